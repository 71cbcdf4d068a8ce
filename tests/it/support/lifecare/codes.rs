//! The code lists the stand-in offers: two types with reasons of their own, as a municipality would name them.

use serde_json::Value;
use serde_json::json;

/// What `GET Actualisations/Proposals` answers.
pub(super) fn proposals() -> Value {
    let reasons = |first: i64| {
        json!([
            { "Id": first, "Name": "Obetalda hyresskulder/obetalda hyror" },
            { "Id": first + 1, "Name": "Anmodan om rättelse vid störningar i boendet" },
            { "Id": first + 2, "Name": "Information från Kronofogdemyndigheten om avhysning" },
            { "Id": first + 3, "Name": "Olovlig andrahandsuthyrning" },
            { "Id": first + 4, "Name": "Elskulder" },
            { "Id": first + 5, "Name": "Avhysning" }
        ])
    };
    let kind = |id: i64, name: &str, from: &[(i64, &str)]| {
        let from: Vec<_> =
            from.iter().map(|(id, name)| json!({ "Id": id, "Name": name })).collect();
        json!({
            "Id": id, "Name": name, "SpecifyTypeMandatory": false, "WorkingStatus": false,
            "Reasons": reasons(id * 100), "FromWho": from, "InvestigationTypes": [], "ServiceTypes": []
        })
    };
    json!({
        "ActualisationTypes": [
            kind(1, "Anmälan", &[(21, "Hyresvärd"), (22, "Annan")]),
            kind(2, "Underrättelse", &[(21, "Hyresvärd"), (23, "Kronofogden"), (24, "Hyresnämnden")])
        ],
        "SpecifyTypes": [{ "Id": 31, "Name": "Boende" }],
        "WorkingStatus": [{ "Id": 41, "Name": "Ny" }],
        "Organizations": [
            { "Id": 51, "UnitId": "VUX", "Name": "Vuxenenheten" },
            { "Id": 52, "UnitId": "EKB", "Name": "Ekonomiskt bistånd" },
            { "Id": 53, "UnitId": "BOU", "Name": "Barn och unga" }
        ],
        "Investigations": [],
        "Services": [],
        "AttachmentTypes": [
            { "Id": 61, "Name": "Inkommen handling", "SenderTypes": [
                { "Id": 71, "Name": "Hyresvärd" }, { "Id": 72, "Name": "Myndighet" }, { "Id": 73, "Name": "Annan" }
            ] },
            { "Id": 62, "Name": "Upprättad handling", "SenderTypes": [{ "Id": 74, "Name": "Kommunen" }] }
        ]
    })
}

/// The names behind the ids of a new actualisation.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) kind: String,
    pub(super) reason: String,
    pub(super) from_who: String,
    pub(super) organisation: String,
}

/// Looks the ids of a new actualisation up; a reason or a source counts only within its type.
pub(super) fn resolve(body: &Value) -> Result<Names, &'static str> {
    let lists = proposals();
    let kind = with_id(&lists["ActualisationTypes"], &body["Type"]).ok_or("Type is not offered")?;
    let reason =
        with_id(&kind["Reasons"], &body["Reason"]).ok_or("Reason is not offered for this type")?;
    let from_who = with_id(&kind["FromWho"], &body["FromWho"])
        .ok_or("FromWho is not offered for this type")?;
    let organisation = with_id(&lists["Organizations"], &body["OrganisationId"]);
    let organisation = organisation.filter(|found| found["UnitId"] == body["OrganisationUnitId"]);
    let organisation =
        organisation.ok_or("OrganisationId and OrganisationUnitId do not belong together")?;
    let name = |value: &Value| value["Name"].as_str().unwrap_or_default().to_owned();
    Ok(Names {
        kind: name(kind),
        reason: name(reason),
        from_who: name(from_who),
        organisation: name(organisation),
    })
}

/// Whether a document type and a sender type, as sent in a form, belong together.
pub(super) fn knows_attachment_type(document_type: &str, sender_type: &str) -> bool {
    let id = |text: &str| text.parse::<i64>().map(Value::from).unwrap_or_default();
    let lists = proposals();
    let found = with_id(&lists["AttachmentTypes"], &id(document_type));
    found.and_then(|kind| with_id(&kind["SenderTypes"], &id(sender_type))).is_some()
}

fn with_id<'v>(list: &'v Value, id: &Value) -> Option<&'v Value> {
    list.as_array()?.iter().find(|entry| &entry["Id"] == id)
}
