//! Texts that nobody would write as a letter: all are read to their end, and what comes out of them stays bounded.

use super::super::Context;
use super::super::Limits;
use super::super::Reading;
use super::super::read_leniently;
use super::MOST_BYTES;
use crate::domain::calendar::LocalTime;
use crate::domain::received::Format;

/// More persons than this no notice has, whatever stands in it.
const PERSONS_MAX: usize = 100;
/// Nor more values with evidence: a person has a name, a number and a day of birth.
const EVIDENCE_MAX: usize = 400;

fn read(body: &str) -> Reading {
    let local_time = LocalTime::named("Europe/Stockholm").unwrap();
    let context = Context {
        received_at: "2026-10-15T09:00:00Z".parse().unwrap(),
        local_time: &local_time,
        limits: Limits::default(),
        robot: false,
        documents: None,
        labels: None,
        thresholds: None,
    };
    let mail = format!(
        "From: Provhyra <info@hyresvard.example>\r\nTo: mottagning@kommun.example\r\nSubject: Uppsagd\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n{body}"
    );
    read_leniently(Format::Mail, mail.as_bytes(), &context)
}

fn filled(with: &str) -> String {
    with.repeat(MOST_BYTES / with.len())
}

#[test]
fn one_thing_over_and_over_makes_one_notice_of_bounded_size() {
    for with in [
        "Barn finns i hushållet. ",
        "Två barn bor där, ett barn är 5 år. ",
        "målnr 1-2 ",
        "Målnr 1-2\n",
        "mål nr U-123456-26, ",
        "Från: a@b.example\n",
        "Från: a@b.example\nSkickat: 2026-10-01\nTill: c@d.example\nÄmne: hyra\n\nHej\n",
        "> > > Hyran är obetald 5 kr\n",
        "a",
        "hyresgästen betalar hyra ",
        "1",
        "12 345 ",
        "\t",
        "\n",
        "och ",
        "Testa Testsson och ",
        "850101-2382 Testa Testsson, ",
        "Skuld 8 912 kr\n",
        "den 12 oktober 2026 kl. 9.00, ",
        "Exempelgatan 12 lgh 1102, 214 00 Malmö\n",
        "Namn: Testa Testsson\nAdress: Exempelgatan 12\nPersonnummer: 850101-2382\n",
        "å: b\n",
        "| a | b |\n",
        "å\tb\t1\n",
        "Fastighets AB Exempelhus 556900-0002, ",
        "Avhysning ska ske den 24 november 2026 kl. 9.00. ",
        "Med vänlig hälsning\nTesta\n",
        "ÅÄÖ ",
        "a. ",
        "\u{301}å",
    ] {
        let reading = read(&filled(with));
        assert_eq!(reading.notices.len(), 1, "{with:?}");
        bounded(&reading, with);
    }
}

#[test]
fn thousands_of_persons_and_of_months_stay_bounded() {
    let numbers = (0..3_000).map(|n| {
        format!("19{:02}{:02}{:02}-{n:04} Testa Testsson, ", n % 80, n % 12 + 1, n % 28 + 1)
    });
    let persons = read(&numbers.collect::<String>());
    bounded(&persons, "persons");
    let rows = (0..14_000).map(|n| format!("2026-{:02}\t{}\n", n % 12 + 1, 1000 + n));
    let months = read(&format!("Månad\tBelopp\n{}", rows.collect::<String>()));
    bounded(&months, "months");
    let households = read(&filled("Hushåll 1\nNamn: Testa Testsson\nSkuld: 5 000 kr\n\n"));
    bounded(&households, "households");
}

fn bounded(reading: &Reading, what: &str) {
    assert!(reading.notices.len() <= Limits::default().notices, "{what:?}");
    for read in &reading.notices {
        let (persons, evidence) = (read.notice.persons.len(), read.notice.evidence.len());
        let findings = read.notice.findings.len();
        let few = persons <= PERSONS_MAX && evidence <= EVIDENCE_MAX && findings <= EVIDENCE_MAX;
        assert!(few, "{what:?}: {persons} persons, {evidence} values, {findings} findings");
    }
}
