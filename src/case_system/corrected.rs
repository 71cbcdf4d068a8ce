//! What a person corrected of a notice after the case system had it, as a caseworker reads it: what stood and what stands at each place, then the whole notice
//! as it stands. It is personal data from end to end and goes nowhere but into the case system.

use crate::case_system::HandOver;
use crate::case_system::enclosure::Document;
use crate::case_system::page::Page;
use crate::case_system::summary;
use crate::domain::correction::Because;
use crate::domain::failure::Failure;
use crate::domain::masked::Masked;
use crate::domain::notice::NoticeType;
use crate::domain::reference::Reference;
use bytes::Bytes;

/// A person's correction.
#[derive(Clone, Debug)]
pub struct Corrected {
    /// The how-manieth of its notice, from 1.
    pub version: u32,
    /// The local day and hour, as people read it.
    pub at: String,
    /// Whose account made it.
    pub actor: String,
    /// Why.
    pub because: Because,
    /// Each place (a JSON Pointer), what stood there and what stands there.
    pub changes: Vec<(String, Option<Masked>, Option<Masked>)>,
}

/// Places by their last word, in Swedish.
const PLACES: [(&str, &str); 17] = [
    ("type", "Slag"),
    ("street", "Adress"),
    ("postalCode", "Postnummer"),
    ("city", "Ort"),
    ("apartmentNumber", "Lägenhetsnummer"),
    ("amountToRecover", "Belopp för återvinning"),
    ("caseNumber", "Målnummer"),
    ("startsAt", "Tid för avhysningen"),
    ("issuedOn", "Underrättelsens dag"),
    ("terminatedOn", "Uppsagd dag"),
    ("known", "Barn"),
    ("count", "Antal barn"),
    ("kind", "Slags avsändare"),
    ("name", "Namn"),
    ("role", "Roll"),
    ("value", "Personnummer eller annat id"),
    ("persons", "Person"),
];

/// Words of the schema that may stand at a place.
const WORDS: [(&str, &str); 15] = [
    ("yes", "ja"),
    ("no", "nej"),
    ("unknown", "okänt"),
    ("tenant", "hyresgäst eller bostadsrättshavare"),
    ("coTenant", "medhyresgäst"),
    ("occupant", "boende"),
    ("child", "barn"),
    ("representative", "företrädare"),
    ("landlord", "hyresvärd"),
    ("tenantOwnerAssociation", "bostadsrättsförening"),
    ("enforcementAuthority", "Kronofogden"),
    ("rentTribunal", "hyresnämnden"),
    ("energyCompany", "energibolag"),
    ("municipalDepartment", "kommunens egen verksamhet"),
    ("private", "privatperson"),
];

/// The document that is put with the case.
///
/// # Errors
/// When the notice cannot be read.
pub fn document(hand_over: &HandOver, corrected: &Corrected) -> Result<Document, Failure> {
    let notice = hand_over.notice()?;
    let mut page = Page::default();
    let reference = &hand_over.reference;
    page.line(&format!("Rättelse av uppgifter ur underrättelsen [ref {reference}]"));
    page.line(
        "Uppgifterna i ärendet kom ur underrättelsen så som den först lästes. De här gäller nu.",
    );
    page.field("Rättad", Some(&corrected.at));
    page.field("Av", Some(&corrected.actor));
    let why = match corrected.because {
        Because::Misread => "underrättelsen lästes fel",
        Because::NotTold => "underrättelsen säger det inte, men det är känt",
        Because::Other => "annan orsak",
    };
    page.field("Orsak", Some(why));
    page.head("Vad som ändrades");
    for (place, before, after) in &corrected.changes {
        let word =
            |value: &Option<Masked>| value.as_ref().map_or("–".to_owned(), |it| word(place, it));
        page.field(&named(place), Some(format!("{}, tidigare {}", word(after), word(before))));
    }
    page.head("Underrättelsen som den nu lyder");
    page.line(&summary::write(hand_over, &notice));
    let day = corrected.at.split(' ').next().unwrap_or_default();
    Ok(Document {
        title: format!("Rättelse av uppgifter ur underrättelsen {day}"),
        file: file(reference, corrected.version),
        media_type: "text/plain; charset=utf-8",
        bytes: Bytes::from(page.text().into_bytes()),
        person: None,
    })
}

fn file(reference: &Reference, version: u32) -> String {
    format!("{reference}.correction.{version}.txt")
}

/// `/persons/1/name` becomes `Person 2, Namn`.
fn named(place: &str) -> String {
    let mut parts = place.trim_start_matches('/').split('/');
    let (first, second) = (parts.next().unwrap_or_default(), parts.next());
    let last = place.rsplit('/').next().unwrap_or_default();
    let find = |wanted: &str| PLACES.iter().find(|(known, _)| *known == wanted);
    let label = find(last).map(|(_, label)| *label);
    let label = if place == "/sender/name" { Some("Avsändarens namn") } else { label };
    match second.and_then(|at| at.parse::<usize>().ok()).filter(|_| first == "persons") {
        Some(at) => match label {
            Some(label) => format!("Person {}, {}", at + 1, label.to_lowercase()),
            None => format!("Person {}", at + 1),
        },
        None => label.unwrap_or(last).to_owned(),
    }
}

fn word(place: &str, value: &Masked) -> String {
    let text = value.reveal();
    if place == "/type" {
        let kind = NoticeType::parse(text);
        return kind.map_or_else(|| text.to_owned(), |kind| summary::name_of(kind).to_owned());
    }
    let is_word = ["known", "kind", "role"].iter().any(|last| place.ends_with(last));
    let found = WORDS.iter().find(|(known, _)| is_word && *known == text);
    found.map_or(text, |(_, swedish)| *swedish).to_owned()
}

#[cfg(test)]
mod tests {
    use super::Corrected;
    use super::document;
    use crate::case_system::sample::hand_over;
    use crate::domain::correction::Because;
    use crate::domain::masked::Masked;

    #[test]
    fn it_tells_what_stood_and_what_stands_and_the_whole_notice() {
        let change = |place: &str, before: &str, after: &str| {
            let some = |text: &str| (!text.is_empty()).then(|| Masked::new(text));
            (place.to_owned(), some(before), some(after))
        };
        let corrected = Corrected {
            version: 2,
            at: "2026-11-23 10:31".to_owned(),
            actor: "anna".to_owned(),
            because: Because::Misread,
            changes: vec![
                change("/type", "unknown", "rentArrears"),
                change("/dwelling/street", "Exempelgatan 21", "Exempelgatan 12"),
                change("/persons/0/role", "occupant", "tenant"),
                change("/arrears/amountToRecover", "", "8912.00"),
            ],
        };
        let document = document(&hand_over(), &corrected).unwrap();
        assert_eq!(document.file, "AVH-7K4M-2QX6.correction.2.txt");
        assert!(!document.title.contains("Testa"), "{}", document.title);
        let text = String::from_utf8(document.bytes.to_vec()).unwrap();
        for line in [
            "Rättelse av uppgifter ur underrättelsen [ref AVH-7K4M-2QX6]",
            "Rättad: 2026-11-23 10:31",
            "Av: anna",
            "Orsak: underrättelsen lästes fel",
            "Slag: Underrättelse om obetald hyra, tidigare Meddelande av okänd typ",
            "Adress: Exempelgatan 12, tidigare Exempelgatan 21",
            "Person 1, roll: hyresgäst eller bostadsrättshavare, tidigare boende",
            "Belopp för återvinning: 8912.00, tidigare –",
            "Personnummer eller annat id: 198501012390",
        ] {
            assert!(text.lines().any(|it| it.trim_end() == line), "{line}\n{text}");
        }
    }
}
