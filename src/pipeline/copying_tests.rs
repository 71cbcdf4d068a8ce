//! Tests of who gets a letter, and who does not.

use super::Facts;
use super::Refused;
use super::letters;
use crate::acknowledge::Bilingual;
use crate::acknowledge::Contact;
use crate::acknowledge::print::Letter;
use crate::domain::acknowledgement::Purpose;
use crate::domain::calendar::LocalTime;
use crate::domain::caseworker::Caseworker;
use crate::domain::masked::Masked;
use crate::domain::notice::Dwelling;
use crate::domain::notice::Enforcement;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::notice::Person;
use crate::domain::notice::Role;
use crate::domain::reference::Reference;
use crate::pipeline::letters::Config;

fn person(role: Role, name: &str) -> Person {
    Person { role, name: Some(Masked::new(name)), ..Person::default() }
}

fn notice() -> Notice {
    let mut notice = Notice::of(NoticeType::EvictionScheduled);
    notice.persons = vec![
        person(Role::Tenant, "Testa Testsson"),
        person(Role::CoTenant, "Provo Provberg"),
        person(Role::Child, "Barn Testsson"),
        person(Role::Occupant, "Inneboende Provsson"),
        person(Role::Representative, "Ombud Provberg"),
    ];
    notice.dwelling = Some(Dwelling {
        street: Some(Masked::new("Exempelgatan 12")),
        care_of: Some(Masked::new("Provsson")),
        postal_code: Some(Masked::new("21432")),
        city: Some(Masked::new("Malmö")),
        apartment_number: Some(Masked::new("1102")),
        ..Dwelling::default()
    });
    notice.enforcement = Some(Enforcement {
        case_number: Some(Masked::new("U-123456-26")),
        starts_at: crate::domain::moment::Moment::parse("2026-11-24T09:00:00+01:00"),
        ..Enforcement::default()
    });
    notice
}

fn written(notice: &Notice) -> Result<Vec<Letter>, Refused> {
    written_as(notice, Purpose::Copy)
}

fn written_as(notice: &Notice, purpose: Purpose) -> Result<Vec<Letter>, Refused> {
    let local_time = LocalTime::named("Europe/Stockholm").unwrap();
    let received_at = "2026-11-03T09:22:31Z".parse().unwrap();
    let contact = Contact {
        organisation: Bilingual {
            sv: "Exempelstads kommun".to_owned(),
            en: "Exempelstad".to_owned(),
        },
        board: "Socialnämnden".to_owned(),
        telephone: "040-10 00 00".to_owned(),
        email: "vrak@example.se".to_owned(),
    };
    let caseworker = Caseworker {
        id: "aa01".to_owned(),
        name: "Anna Exempel".to_owned(),
        unit: "Mottagningen".to_owned(),
        telephone: "040-00 00 01".to_owned(),
        because: "onDuty".to_owned(),
    };
    let facts = Facts {
        reference: &Reference::parse("AVH-7K4M-2QX6").unwrap(),
        notice,
        received_at,
        today: local_time.day_of(received_at),
        purpose,
        caseworker: &caseworker,
        version: 0,
        change: None,
        contact: &contact,
        local_time: &local_time,
    };
    letters(&facts, &Config::default())
}

#[test]
fn every_respondent_gets_a_letter_and_nobody_else_in_the_home() {
    let letters = written(&notice()).unwrap();
    let lines: Vec<&[String]> = letters.iter().map(|letter| letter.lines.as_slice()).collect();
    let home = ["c/o Provsson", "Exempelgatan 12 lgh 1102", "214 32 Malmö"];
    for (lines, name) in lines.iter().zip(["Testa Testsson", "Provo Provberg"]) {
        assert_eq!(lines[0], name);
        assert_eq!(lines[1..], home);
    }
    assert_eq!(lines.len(), 2);
    assert_eq!(letters[1].file, "kopia-AVH-7K4M-2QX6.2.pdf");
    assert_eq!(
        written(&notice()).unwrap()[0].pdf,
        letters[0].pdf,
        "the same bytes whenever it is written"
    );
}

#[test]
fn an_offer_of_help_goes_to_the_same_adults_and_tells_nothing_of_the_notice() {
    let mut told = notice();
    told.kind = NoticeType::RentArrears;
    let offers = written_as(&told, Purpose::Offer).unwrap();
    assert_eq!(offers.len(), 2);
    assert_eq!(offers[0].file, "brev-AVH-7K4M-2QX6.1.pdf");
    // Whatever else the landlord wrote, the letter is the same.
    told.text = Some(Masked::new("Hyran är obetald, grannen klagar."));
    told.enforcement = None;
    told.persons.retain(|person| person.role != Role::Child);
    assert_eq!(written_as(&told, Purpose::Offer).unwrap()[0].pdf, offers[0].pdf);
    assert_ne!(written(&notice()).unwrap()[0].pdf, offers[0].pdf);
}

#[test]
fn no_letter_is_made_for_the_protected_or_without_a_name_or_an_address() {
    let mut protected = notice();
    protected.persons[2].protected_identity = Some(true);
    assert!(matches!(written(&protected), Err(Refused::Protected)));
    let mut told = notice();
    told.text = Some(Masked::new("Svaranden har skyddade personuppgifter."));
    assert!(matches!(written(&told), Err(Refused::Protected)));
    let mut nameless = notice();
    nameless.persons.retain(|person| person.role == Role::Child);
    assert!(matches!(written(&nameless), Err(Refused::NoRespondent)));
    let mut half = notice();
    half.persons[1].name = None;
    assert!(matches!(written(&half), Err(Refused::NoRespondent)), "nobody is left out in silence");
    let mut homeless = notice();
    homeless.dwelling = None;
    assert!(matches!(written(&homeless), Err(Refused::NoAddress)));
}
