//! When a notice that was read from free text goes on without a person: every value that something is done by reaches the municipality's threshold,
//! nothing is missing and nothing contradicts itself.

use super::Context;
use super::Disposition;
use super::Reading;
use super::remarks;
use crate::domain::finding::Severity;
use crate::domain::notice::Evidence;
use crate::domain::notice::Notice;
use crate::domain::thresholds::Thresholds;

/// The finding that gives every such notice to a person.
const FREE_TEXT: &str = "message.freeText";

/// Lets those notices go that the reader is sure of. Without thresholds none is.
pub(super) fn let_go(reading: &mut Reading, context: &Context<'_>) {
    let Some(thresholds) = context.thresholds else { return };
    for read in &mut reading.notices {
        if read.disposition == Disposition::NeedsReview && is_sure(&read.notice, thresholds) {
            let findings = &mut read.notice.findings;
            findings.retain(|finding| finding.code != FREE_TEXT);
            findings.push(remarks::finding(Severity::Info, "message", "sure", ""));
            read.disposition = super::disposition(&read.notice);
        }
    }
}

fn is_sure(notice: &Notice, thresholds: &Thresholds) -> bool {
    let mut faults =
        notice.findings.iter().filter(|finding| finding.severity == Severity::Error).peekable();
    if faults.peek().is_none() || faults.any(|finding| finding.code != FREE_TEXT) {
        return false;
    }
    // Kronofogden is told back when it is: a day alone may be all that was read of it.
    let time = notice.enforcement.as_ref().and_then(|it| it.starts_at.as_ref());
    if notice.kind.demands_confirmation() && time.is_none_or(|at| at.instant().is_none()) {
        return false;
    }
    let sure = |(path, evidence): (&String, &Evidence)| {
        goes_by_number(notice, path)
            || thresholds.of(path).is_none_or(|least| evidence.confidence >= least)
    };
    notice.evidence.iter().all(sure)
}

/// Whether a path is the name of a person whose number was read: by that the person is known.
fn goes_by_number(notice: &Notice, path: &str) -> bool {
    let Some((person, "name" | "givenName" | "familyName")) = path.rsplit_once('/') else {
        return false;
    };
    notice.evidence.contains_key(&format!("{person}/identity/value"))
}

#[cfg(test)]
mod tests {
    use crate::domain::calendar::LocalTime;
    use crate::domain::received::Format;
    use crate::domain::thresholds::Thresholds;
    use crate::normalize::Context;
    use crate::normalize::Disposition;
    use crate::normalize::Limits;
    use crate::normalize::read_leniently;

    const LETTER: &str = "From: anna@hyra.example\r\nSubject: Meddelande till socialnämnden om obetald hyra\r\n\
        Content-Type: text/plain; charset=utf-8\r\n\r\nMeddelande enligt 12 kap. 44 § jordabalken.\r\nHyresvärd: Fastighets AB Exempelhus\r\n\
        Hyresgäst: Testa Testsson\r\nPersonnummer: 19850101-2390\r\nAdress: Exempelgatan 12, lgh 1102, 214 32 Malmö\r\n\
        Hyran för oktober 2026, 8 912 kr, är obetald. Hyresgästen sades upp den 2 november 2026. Det finns inga barn i hushållet.\r\n";

    fn disposition(letter: &str, least: Option<f64>) -> (Disposition, Vec<String>) {
        let local_time = LocalTime::named("Europe/Stockholm").unwrap();
        let thresholds = least.map(|least| Thresholds {
            kind: least,
            identity: least,
            address: least,
            amount: least,
            time: least,
        });
        let context = Context {
            received_at: "2026-11-03T08:00:00Z".parse().unwrap(),
            local_time: &local_time,
            limits: Limits::default(),
            robot: false,
            documents: None,
            labels: None,
            thresholds: thresholds.as_ref(),
        };
        let reading = read_leniently(Format::Mail, letter.as_bytes(), &context);
        let read = &reading.notices[0];
        let codes = read.notice.findings.iter().map(|finding| finding.code.clone()).collect();
        (read.disposition.clone(), codes)
    }

    #[test]
    fn only_what_the_reader_is_sure_of_goes_on_and_only_where_the_municipality_says_so() {
        let (told, codes) = disposition(LETTER, None);
        assert_eq!(told, Disposition::NeedsReview, "{codes:?}");
        assert!(codes.contains(&"message.freeText".to_owned()), "{codes:?}");
        let (told, codes) = disposition(LETTER, Some(0.9));
        assert_eq!(told, Disposition::Register, "{codes:?}");
        assert!(codes.contains(&"message.sure".to_owned()), "{codes:?}");
        assert!(!codes.contains(&"message.freeText".to_owned()), "{codes:?}");
        assert_eq!(disposition(LETTER, Some(1.0)).0, Disposition::NeedsReview);
        let without = LETTER.replace("Personnummer: 19850101-2390\r\n", "");
        assert_eq!(
            disposition(&without, Some(0.9)).0,
            Disposition::NeedsReview,
            "nobody is named by number"
        );
    }
}
