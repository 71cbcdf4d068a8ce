//! What a later notice of a matter tells otherwise than the one before it. What it does not mention has not changed.

use crate::domain::notice::Notice;
use serde_json::Map;
use serde_json::Value;

/// Members that say nothing of the matter itself, or are compared otherwise.
const APART: [&str; 10] = [
    "schemaVersion",
    "type",
    "alsoConcerns",
    "legalBasis",
    "persons",
    "text",
    "attachments",
    "relatesTo",
    "findings",
    "evidence",
];

/// The paths of the later notice whose values are new or differ, as JSON Pointers, in order: `/dwelling/street`, `/persons/1`.
pub(super) fn changes(before: &Notice, after: &Notice) -> Vec<String> {
    let (before, after) = (members(before), members(after));
    let mut changed = Vec::new();
    for (name, value) in &after {
        if !APART.contains(&name.as_str()) {
            differ(&format!("/{name}"), before.get(name), value, &mut changed);
        }
    }
    // Their own reference and contact differ from letter to letter.
    changed.retain(|path: &String| !path.starts_with("/sender/"));
    persons(before.get("persons"), after.get("persons"), &mut changed);
    // That it stands there tells of it, and what changed is told to all who see the notice.
    changed.retain(|path| !path.ends_with("/protectedIdentity"));
    changed.sort();
    changed
}

fn members(notice: &Notice) -> Map<String, Value> {
    match serde_json::to_value(notice) {
        Ok(Value::Object(members)) => members,
        Ok(_) | Err(_) => Map::new(),
    }
}

fn differ(path: &str, before: Option<&Value>, after: &Value, changed: &mut Vec<String>) {
    match (before, after) {
        (Some(Value::Object(before)), Value::Object(after)) => {
            for (name, value) in after {
                differ(&format!("{path}/{name}"), before.get(name), value, changed);
            }
        }
        (None, Value::Object(after)) => {
            for (name, value) in after {
                differ(&format!("{path}/{name}"), None, value, changed);
            }
        }
        (Some(before), after) if same(before, after) => {}
        (_, Value::Null) => {}
        // Not knowing takes nothing back.
        (_, Value::String(word)) if word == "unknown" => {}
        _ => changed.push(path.to_owned()),
    }
}

/// Persons are known again by their number, else by their name: their order says nothing.
fn persons(before: Option<&Value>, after: Option<&Value>, changed: &mut Vec<String>) {
    let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let (before, after) = (list(before), list(after));
    for (at, person) in after.iter().enumerate() {
        let path = format!("/persons/{at}");
        let known = before.iter().find(|other| is_same_person(other, person));
        match known {
            Some(known) => differ(&path, Some(known), person, changed),
            None => changed.push(path),
        }
    }
}

fn is_same_person(one: &Value, other: &Value) -> bool {
    let number = |person: &Value| person.pointer("/identity/value").cloned();
    match (number(one), number(other)) {
        (Some(one), Some(other)) => one == other,
        _ => {
            let name = |person: &Value| person["name"].as_str().map(plain);
            name(one).is_some() && name(one) == name(other)
        }
    }
}

fn same(one: &Value, other: &Value) -> bool {
    match (one.as_str(), other.as_str()) {
        (Some(one), Some(other)) => plain(one) == plain(other),
        _ => one == other,
    }
}

/// Without what spelling makes of it.
fn plain(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::changes;
    use crate::domain::notice::Notice;
    use serde_json::Value;
    use serde_json::json;

    fn notice(change: impl Fn(&mut Value)) -> Notice {
        let mut notice = json!({
            "schemaVersion": "1.0", "type": "rentArrears", "issuedOn": "2026-10-10",
            "sender": { "kind": "landlord", "reference": "1" },
            "persons": [
                { "role": "tenant", "name": "Testa Testsson",
                  "identity": { "kind": "personalIdentityNumber", "value": "198501012390" } },
                { "role": "coTenant", "name": "Prov Exempel" } ],
            "dwelling": { "street": "Exempelgatan 12" },
            "arrears": { "amountToRecover": "17824.00" }
        });
        change(&mut notice);
        serde_json::from_value(notice).unwrap()
    }

    fn changed(change: impl Fn(&mut Value)) -> Vec<String> {
        changes(&notice(|_| {}), &notice(change))
    }

    #[test]
    fn what_is_told_otherwise_or_anew_has_changed() {
        for (change, expected) in [
            (
                (|n| n["dwelling"]["street"] = json!("Exempelgatan 14")) as fn(&mut Value),
                "/dwelling/street",
            ),
            (|n| n["dwelling"]["apartmentNumber"] = json!("1102"), "/dwelling/apartmentNumber"),
            (|n| n["arrears"]["amountToRecover"] = json!("17825.00"), "/arrears/amountToRecover"),
            (|n| n["servedOn"] = json!("2026-10-12"), "/servedOn"),
            (|n| n["children"] = json!({ "known": "no" }), "/children/known"),
            (
                |n| {
                    n["persons"][1]["identity"] =
                        json!({ "kind": "personalIdentityNumber", "value": "197801022398" })
                },
                "/persons/1/identity/kind /persons/1/identity/value",
            ),
            (|n| n["persons"][1] = json!({ "name": "Ny Fiktiv" }), "/persons/1"),
        ] {
            assert_eq!(changed(change).join(" "), expected);
        }
    }

    #[test]
    fn silence_spelling_order_and_their_own_reference_change_nothing() {
        for change in [
            (|n| n["arrears"] = json!({})) as fn(&mut Value),
            |n| n["dwelling"] = json!({ "street": "EXEMPELGATAN  12" }),
            |n| n["persons"].as_array_mut().unwrap().reverse(),
            |n| n["persons"] = json!([]),
            |n| n["sender"]["reference"] = json!("2"),
            |n| n["children"] = json!({ "known": "unknown" }),
            |n| n["text"] = json!("Hej"),
            |n| n["persons"][0]["protectedIdentity"] = json!(true),
            |n| n["type"] = json!("supplement"),
        ] {
            assert_eq!(changed(change), Vec::<String>::new());
        }
    }
}
