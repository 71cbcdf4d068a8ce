//! Documents about people that a journey plants: good ones, broken ones, and odd ones, through the folder and by mail.

use std::os::unix::fs::symlink;

use serde_json::json;

use super::needles;
use super::place::Place;

/// The media type of JSON.
pub(super) const JSON: &str = "application/json";

/// A notice in which every value is about somebody.
pub(super) fn notice(text: &str) -> String {
    let number = needles::BODY.everywhere();
    json!({
        "schemaVersion": "1.0", "type": "rentArrears", "text": format!("{text} Testa Testsson {number}"),
        "sender": { "kind": "850101-2390", "name": "Testa Testsson", "reference": needles::OWN_REFERENCE.number },
        "persons": [
            { "role": "Testa Testsson", "name": "Testa Testsson", "phone": "070-174 06 05", "bornOn": "850101-2390",
              "identity": { "kind": "personalIdentityNumber", "value": "850101-2390" }, "email": "testa@privat.example" },
            { "name": "Testa Testsson", "identity": { "kind": "Testsson", "value": number } } ],
        "dwelling": { "street": "Exempelgatan 12", "careOf": "Testa Testsson", "apartmentNumber": "lgh 1102 X", "rooms": 3 },
        "arrears": { "amountToRecover": "850101-2390", "monthlyRent": "19850101-2390" },
        "issuedOn": "850101-2390", "children": { "known": "Testsson", "count": 2 },
        "incidents": [ { "occurredOn": "Exempelgatan 12", "description": number } ],
        "enforcement": { "startsAt": "Testa Testsson", "outcome": "850101-2390" },
        "relatesTo": { "reference": "850101-2390" },
        "findings": [ { "code": "Testa.Testsson", "severity": "info", "path": "/850101-2390", "message": "Testa Testsson" } ],
        "evidence": { "/850101-2390": { "source": "Testsson", "quote": "850101-2390", "confidence": 1 } },
    })
    .to_string()
}

/// A notice about somebody with nothing to remark on, so that it is handed over.
pub(super) fn clean(text: &str) -> String {
    let (number, reference) = (needles::BODY.number, needles::OWN_REFERENCE.number);
    json!({
        "schemaVersion": "1.0", "type": "rentArrears", "text": format!("{text} Testa Testsson {}", needles::BODY.everywhere()),
        "sender": { "kind": "landlord", "name": "Testa Testsson", "reference": reference },
        "persons": [{ "role": "tenant", "name": "Testa Testsson", "phone": "070-174 06 05", "email": "testa@privat.example",
            "identity": { "kind": "personalIdentityNumber", "value": number } }],
        "dwelling": { "street": "Exempelgatan 12", "apartmentNumber": "lgh 1102 X", "postalCode": "21400", "city": "Malmö" },
    })
    .to_string()
}

/// Documents that are broken, or odd in their names, each around something planted.
pub(super) fn odd_documents() -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    for spelling in needles::BROKEN.spellings() {
        let xml = format!(
            "<notice xmlns=\"urn:kvittens:notice:1\" person=\"{spelling}\"><type>{spelling}</wrong></notice>"
        );
        all.push(("application/xml", xml));
        all.push((JSON, format!("{{\"schemaVersion\":\"1.0\",\"type\":\"rentArrears\",\"text\":\"{spelling}\" {spelling}")));
        all.push((JSON, format!("{{\"schemaVersion\":{{\"{spelling}\":1}},\"type\":[\"{spelling}\"],\"persons\":\"{spelling}\"}}")));
        all.push((
            "text/csv",
            format!("{spelling};Testa Testsson;Exempelgatan 12\r\n{spelling};\"open\r\n"),
        ));
    }
    for spelling in needles::NAMES.spellings() {
        all.push((JSON, format!(
            "{{\"schemaVersion\":\"{spelling}\",\"type\":\"{spelling}\",\"{spelling}\":1,\"persons\":[{{\"{spelling}\":{{}}}}],\
             \"dwelling\":{{\"Exempelgatan 12\":\"Testa Testsson\"}}}}"
        )));
        all.push(("text/csv", format!("type;{spelling};persons.0.{spelling};Testa Testsson\r\n{spelling};{spelling};x;y\r\n")));
    }
    let xml = [
        "<Testsson-850101-2390 xmlns='urn:kvittens:notice:1'/>",
        "<notice xmlns='urn:Testsson:850101-2390'><type>rentArrears</type></notice>",
        "<notice xmlns='urn:kvittens:notice:1'><schemaVersion>1.0</schemaVersion><type>rentArrears</type><Testsson>&Testsson;</Testsson></notice>",
        "<!DOCTYPE Testsson [<!ENTITY e '850101-2390'>]><notice>&e;</notice>",
        "<notice xmlns='urn:kvittens:notice:1' Testsson='850101-2390' Testsson='850101-2390'/>",
        "<notice xmlns='urn:kvittens:notice:1'><schemaVersion>1.0</schemaVersion><type>rentArrears</type>\
         <Exempelgatan id='850101-2390'>Testa Testsson</Exempelgatan><persons><Testsson/></persons></notice>",
        "<?xml version='1.0' encoding='Testsson-850101-2390'?><notice/>",
    ];
    all.extend(xml.map(|text| ("application/xml", text.to_owned())));
    all
}

/// Drops files whose names and contents are about people, one of them a link.
pub(super) fn drop_files(place: &Place) {
    for (number, spelling) in needles::FILE_NAME.spellings().iter().enumerate() {
        let name = format!("{spelling} Testa Testsson Exempelgatan 12.json");
        let body = if number < 4 { clean(&name) } else { notice(&name) };
        place.workspace.drop_file(&name, body.as_bytes());
    }
    for (number, (_, body)) in odd_documents().iter().enumerate().step_by(5) {
        place
            .workspace
            .drop_file(&format!("{} {number}.xml", needles::FILE_NAME.number), body.as_bytes());
    }
    let link = format!("drop/landlord/in/Testa Testsson {}.pdf", needles::FILE_NAME.number);
    symlink("/nowhere", place.path(&link)).expect("a link");
    std::fs::create_dir(place.path(&format!("drop/landlord/in/{}", needles::FILE_NAME.number)))
        .expect("a folder");
}

/// Delivers mails that are about people from their first header to their last attachment.
pub(super) fn deliver_mails(place: &Place) {
    let subjects = needles::SUBJECT.spellings();
    let (subject, sender, id) =
        (needles::SUBJECT.number, needles::SENDER.number, needles::MESSAGE_ID.number);
    for (number, spelling) in subjects.iter().enumerate() {
        let automatic = if number % 5 == 4 { "Auto-Submitted: auto-replied\r\n" } else { "" };
        let mail = format!(
            "From: \"Testa Testsson {subject}\" <testa.{sender}.{number}@privat.example>\r\nTo: Testa Testsson <avhysning@example.org>\r\n\
             Subject: Testa Testsson {spelling} Exempelgatan 12\r\nMessage-ID: <{id}.{number}@privat.example>\r\n{automatic}\
             References: <testsson.{id}@privat.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"{subject}\"\r\n\r\n\
             --{subject}\r\nContent-Type: text/plain; charset={subject}\r\n\r\n{text}\r\n\
             --{subject}\r\nContent-Type: application/json; name=\"{spelling}.json\"\r\n\r\n{json}\r\n\
             --{subject}\r\nContent-Type: application/xml; name=\"Testa Testsson.xml\"\r\n\r\n<Testsson {spelling}\r\n--{subject}--\r\n",
            text = needles::BODY.everywhere(),
            json = notice(spelling),
        );
        place.workspace.deliver_mail(
            &format!("{}.M{number}.host", needles::FILE_NAME.number),
            mail.as_bytes(),
        );
    }
    let link = format!("maildir/new/{}.testsson", needles::FILE_NAME.number);
    symlink("/nowhere", place.path(&link)).expect("a link");
}
