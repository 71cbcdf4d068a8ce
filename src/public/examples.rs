//! The examples in the OpenAPI document: every request and every answer has one, with the official test numbers.

use crate::acknowledge::confirmation::Confirmation;
use crate::domain::received::Format;
use serde_json::Value;
use serde_json::json;
use utoipa::openapi::Content;
use utoipa::openapi::RefOr;
use utoipa::openapi::example::Example;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::path::Operation;

/// A notice as JSON: what a landlord's system sends for late rent.
pub fn notice_json() -> Value {
    json!({
        "schemaVersion": "1.0",
        "type": "rentArrears",
        "sender": { "kind": "landlord", "name": "Fastighets AB Exempelhus", "organisationNumber": "5569000002",
            "reference": "2026-4711" },
        "persons": [{ "role": "tenant", "name": "Testa Testsson",
            "identity": { "kind": "personalIdentityNumber", "value": "198501012390" }, "servedOn": "2026-10-12" }],
        "dwelling": { "street": "Exempelgatan 12", "postalCode": "21400", "city": "Malmö",
            "apartmentNumber": "1102" },
        "arrears": { "amountToRecover": "17824.00", "currency": "SEK", "asWritten": "17 824 kr",
            "periods": [{ "period": "2026-09", "dueOn": "2026-08-31", "amount": "8912.00" }] },
        "issuedOn": "2026-10-10",
        "children": { "known": "unknown" }
    })
}

/// The same as XML.
pub const NOTICE_XML: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
    "<notice xmlns=\"urn:kvittens:notice:1\">\n",
    "  <schemaVersion>1.0</schemaVersion>\n",
    "  <type>rentArrears</type>\n",
    "  <sender><kind>landlord</kind><name>Fastighets AB Exempelhus</name></sender>\n",
    "  <persons><person><role>tenant</role><name>Testa Testsson</name></person></persons>\n",
    "  <arrears><amountToRecover>17824.00</amountToRecover><currency>SEK</currency></arrears>\n",
    "</notice>\n",
);

/// The same as CSV.
pub const NOTICE_CSV: &str = concat!(
    "type;persons.0.name;persons.0.identity.value;dwelling.street;arrears.amountToRecover\n",
    "rentArrears;Testa Testsson;198501012390;Exempelgatan 12;17824.00\n",
);

const REFERENCE: &str = "AVH-7K4M-2QX6";
const SHA256: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const BASE: &str = "https://socialtjanst.example/eviction-notices/v1";

fn accepted() -> Value {
    json!({
        "reference": REFERENCE, "receivedAt": "2026-10-12T08:15:30Z", "arrivalDate": "2026-10-12", "sha256": SHA256,
        "status": format!("{BASE}/notices/{REFERENCE}"),
        "receipt": format!("{BASE}/notices/{REFERENCE}/receipt"),
        "notices": [{ "reference": REFERENCE, "type": "rentArrears", "findings": [{
            "code": "personIdentity.checkDigit", "severity": "warning", "path": "/persons/0/identity",
            "message": "The check digit of the identity number does not fit." }] }]
    })
}

fn status() -> Value {
    json!({
        "reference": REFERENCE, "receivedAt": "2026-10-12T08:15:30Z", "arrivalDate": "2026-10-12", "state": "registered",
        "acknowledgements": [{ "recipient": "sender", "state": "sent", "at": "2026-10-12T08:15:30Z" }]
    })
}

fn receipt() -> Value {
    json!({
        "reference": REFERENCE, "receivedAt": "2026-10-12T08:15:30Z", "arrivalDate": "2026-10-12", "sha256": SHA256,
        "senderReference": "2026-4711", "caseNumber": "U-123456-26", "board": "Exempelnämnden",
        "contact": { "organisation": { "sv": "Exempelstads kommun", "en": "Municipality of Exempelstad" }, "telephone": "010-000 00 00",
            "email": "kontakt@kommun.example" },
        "notices": [{ "reference": REFERENCE }],
        "controlCode": "7K4M2QX6AB",
        "signature": format!("eyJhbGciOiJFZERTQSIsImlhdCI6MTc5MTc5MjkzMCwia2lkIjoiLi4uIiwidHlwIjoia3ZpdHRlbnMtcmVjZWlwdCtqd3MifQ..{}", "A".repeat(86))
    })
}

/// The confirmation of the examples.
fn confirmation() -> Value {
    json!({
        "schemaVersion": "1.0", "number": 17, "reference": REFERENCE, "version": 0, "legalBasis": "SFS 2025:468 11:3",
        "type": "evictionScheduled", "caseNumber": "U-123456-26", "startsAt": "2026-11-24T09:00:00+01:00",
        "receivedAt": "2026-10-12T08:15:30Z", "arrivalDate": "2026-10-12", "confirmedAt": "2026-10-12T08:15:31Z", "sameDay": true,
        "caseworker": { "name": "Anna Exempel", "unit": "Mottagningen", "telephone": "010-000 00 01" },
        "contact": { "organisation": { "sv": "Exempelstads kommun", "en": "Municipality of Exempelstad" }, "board": "Exempelnämnden",
            "telephone": "010-000 00 00", "email": "kontakt@kommun.example" }
    })
}

fn confirmations() -> Value {
    json!({ "confirmations": [confirmation()], "next": format!("{BASE}/confirmations?after=17&limit=20"), "more": false })
}

fn confirmation_as(render: fn(&Confirmation) -> String) -> Value {
    serde_json::from_value(confirmation()).map(|read| render(&read).into()).unwrap_or_default()
}

fn keys() -> Value {
    json!({ "keys": [{ "alg": "EdDSA", "crv": "Ed25519", "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", "kty": "OKP",
        "nbf": 1_791_792_000, "use": "sig", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }] })
}

fn verification() -> Value {
    json!({
        "valid": true, "reference": REFERENCE, "receivedAt": "2026-10-12T08:15:30Z", "arrivalDate": "2026-10-12", "sha256": SHA256
    })
}

fn receipt_text() -> Value {
    Value::String(format!(
        "Mottagningskvittens\n\nMottagare: Exempelstads kommun, Exempelnämnden\nReferens: {REFERENCE}\nKom fram: 2026-10-12 kl. 10.15\n"
    ))
}

fn api_info() -> Value {
    json!({
        "apiName": "eviction-notices", "apiVersion": "1.0.0", "apiReleased": "2026-11-22",
        "apiDocumentation": format!("{BASE}/openapi.json"), "apiStatus": "active"
    })
}

fn problem_page() -> Value {
    json!({
        "code": "key-reused", "status": 422, "title": "The key was used before with other content",
        "detail": "An Idempotency-Key belongs to one content for ever. Use a new key for new content."
    })
}

/// What stands for a document.
const THE_BYTES: &str = "(the document's bytes)";

/// A letter with a document, as a form sends it.
const FORM: &str = "--part\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nSe bifogat formul\u{e4}r.\r\n--part\r\n\
    Content-Disposition: form-data; name=\"file\"; filename=\"formular.pdf\"\r\nContent-Type: application/pdf\r\n\r\n\
    (the document's bytes)\r\n--part--\r\n";

/// Status, media type and what an answer holds.
type Answer = (&'static str, &'static str, fn() -> Value);

/// What a call is sent as JSON.
fn sent_as_json(operation_id: &str) -> Value {
    match operation_id {
        "postSupplement" => json!({
            "schemaVersion": "1.0", "type": "supplement",
            "dwelling": { "street": "Exempelgatan 14", "apartmentNumber": "1102" }
        }),
        "postWithdrawal" => {
            json!({ "schemaVersion": "1.0", "type": "withdrawal", "text": "Skulden \u{e4}r betald." })
        }
        _ => notice_json(),
    }
}

/// Adds the examples of one call: of its request and of its good answer.
pub fn add(operation_id: &str, operation: &mut Operation) {
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        body.required = Some(utoipa::openapi::Required::True);
        let known = [
            ("application/json", sent_as_json(operation_id)),
            ("application/xml", Value::from(NOTICE_XML)),
            ("text/csv", Value::from(NOTICE_CSV)),
            (Format::Pdf.media_type(), Value::from(THE_BYTES)),
            (Format::Xlsx.media_type(), Value::from(THE_BYTES)),
            (Format::Docx.media_type(), Value::from(THE_BYTES)),
            ("multipart/form-data", Value::from(FORM)),
        ];
        for (media_type, value) in known {
            insert(body.content.get_mut(media_type), value);
        }
    }
    let answers: &[Answer] = match operation_id {
        "postNotices" | "postSupplement" | "postWithdrawal" => {
            &[("202", "application/json", accepted)]
        }
        "getNotice" => &[("200", "application/json", status)],
        "getReceipt" => {
            &[
                ("200", "application/json", receipt),
                ("200", "text/plain", receipt_text),
                // The first bytes of one.
                ("200", "application/pdf", || json!("%PDF-1.7")),
            ]
        }
        "getConfirmations" => &[("200", "application/json", confirmations)],
        "getConfirmation" => &[
            ("200", "application/json", confirmation),
            ("200", "application/xml", || confirmation_as(Confirmation::as_xml)),
            ("200", "text/plain", || confirmation_as(Confirmation::as_fixed_text)),
        ],
        "getKeys" => &[("200", "application/jwk-set+json", keys)],
        "verifyReceipt" => &[("200", "application/json", verification)],
        "getApiInfo" => &[("200", "application/json", api_info)],
        "getOpenApi" => &[("200", "application/json", || json!({ "openapi": "3.1.0" }))],
        "getProblem" => &[("200", "application/json", problem_page)],
        _ => &[],
    };
    for (code, media_type, value) in answers {
        if let Some(RefOr::T(response)) = operation.responses.responses.get_mut(*code) {
            insert(response.content.get_mut(*media_type), value());
        }
    }
}

/// One named example.
pub fn example(summary: &str, value: serde_json::Result<Value>) -> RefOr<Example> {
    ExampleBuilder::new().summary(summary).value(value.ok()).build().into()
}

fn insert(content: Option<&mut RefOr<Content>>, value: Value) {
    if let Some(RefOr::T(content)) = content {
        let example = example("An example. Ett exempel.", Ok(value));
        content.examples.insert("example".to_owned(), example);
    }
}
