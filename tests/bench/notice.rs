//! Distinct notices of 1.5 KB, as a landlord's system would post them.

use serde_json::json;

/// How long each is, in bytes.
const SIZE_BYTES: usize = 1500;

/// Numbers set aside for tests.
const PERSONS: [&str; 4] = ["198501012382", "198501012390", "199001022384", "197801022398"];

/// From this number on they are Kronofogden's, of the time of an eviction.
pub(crate) const STATUTORY: u32 = 1_000_000;

/// The notice with this number; no two are alike.
pub(crate) fn numbered(number: u32) -> Vec<u8> {
    let person = PERSONS[number as usize % PERSONS.len()];
    let mut notice = json!({
        "schemaVersion": "1.0",
        "type": "rentArrears",
        "legalBasis": "JB 12:44",
        "sender": { "kind": "landlord", "name": "Fastighets AB Exempelhus", "organisationNumber": "5569000002",
            "contactName": "Testa Testsson", "reference": format!("BENCH-{number}") },
        "persons": [ { "role": "tenant", "name": "Testa Testsson",
            "identity": { "kind": "personalIdentityNumber", "value": person } } ],
        "dwelling": { "street": "Exempelgatan 12", "postalCode": "21400", "city": "Malmö",
            "apartmentNumber": "1102", "objectNumber": format!("4711-{number}"), "tenure": "rental" },
        "arrears": { "amountToRecover": format!("{}.00", 17_824 + number), "currency": "SEK", "asWritten": "17 824 kr jämte ränta",
            "monthlyRent": "8912.00",
            "periods": [ { "period": "2026-09", "dueOn": "2026-08-31", "amount": "8912.00" },
                { "period": "2026-10", "dueOn": "2026-09-30", "amount": "8912.00" } ] },
        "issuedOn": "2026-10-10",
        "children": { "known": "yes", "count": 1, "birthYears": [2016] },
    });
    if number >= STATUTORY {
        notice["type"] = "evictionScheduled".into();
        notice["legalBasis"] = "UF 16:2".into();
        notice["sender"] = json!({ "kind": "enforcementAuthority", "name": "Kronofogden" });
        notice["enforcement"] = json!({ "caseNumber": format!("U-{}-26", number - STATUTORY + 1), "startsAt": "2026-12-24T09:00:00+01:00" });
    }
    let so_far = notice.to_string().len() + r#","text":"""#.len();
    let words = "Hyran är inte betald och meddelandet lämnas enligt jordabalken. ";
    let mut text = words.repeat(SIZE_BYTES.saturating_sub(so_far) / words.len());
    text.extend(std::iter::repeat_n('.', SIZE_BYTES.saturating_sub(so_far + text.len())));
    notice["text"] = text.into();
    notice.to_string().into_bytes()
}
