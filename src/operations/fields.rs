//! What was read of a notice, with everything that could tell who it is about behind dots: a person sees that a value is there, and where.

use serde_json::Value;

/// What stands for a value that is not shown.
pub(super) const HIDDEN: &str = "•••";

/// Members that are no fields: they are shown elsewhere or not at all.
const APART: [&str; 4] = ["schemaVersion", "findings", "evidence", "attachments"];

/// Fields whose values are words of the schema or days, and tell of nobody. Numbers in a path are written `*`.
const OPEN: [&str; 12] = [
    "type",
    "alsoConcerns/*",
    "sender/kind",
    "persons/*/role",
    "persons/*/identity/kind",
    "dwelling/tenure",
    "children/known",
    "enforcement/outcome",
    "enforcement/appliedOn",
    "enforcement/startsAt",
    "issuedOn",
    "rectifyBy",
];

/// One field that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// Where it stands in the notice.
    pub(super) path: String,
    /// Its value, or dots.
    pub(super) value: String,
    /// Whether dots stand for it.
    pub(super) hidden: bool,
}

/// The fields of a canonical notice, in its order.
pub(super) fn masked(notice: &Value) -> Vec<Field> {
    let mut fields = all(notice, false);
    // That it stands there tells of it.
    fields.retain(|field| !field.path.ends_with("/protectedIdentity"));
    fields
}

/// The same with nothing hidden, for a person who said why.
pub(super) fn unmasked(notice: &Value) -> Vec<Field> {
    all(notice, true)
}

fn all(notice: &Value, bare: bool) -> Vec<Field> {
    let mut fields = Vec::new();
    for (name, value) in notice.as_object().into_iter().flatten() {
        if bare && name == "attachments" || !APART.contains(&name.as_str()) {
            walk(name, value, bare, &mut fields);
        }
    }
    fields
}

fn walk(path: &str, value: &Value, bare: bool, fields: &mut Vec<Field>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                walk(&format!("{path}/{name}"), value, bare, fields);
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                walk(&format!("{path}/{at}"), value, bare, fields);
            }
        }
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            let open = OPEN.contains(&pattern(path).as_str());
            let text = || value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let shown = (bare || open && value.is_string()).then(text);
            fields.push(Field {
                path: path.to_owned(),
                value: shown.clone().unwrap_or_else(|| HIDDEN.to_owned()),
                hidden: shown.is_none(),
            });
        }
    }
}

fn pattern(path: &str) -> String {
    let number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    path.split('/').map(|part| if number(part) { "*" } else { part }).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::masked;
    use super::unmasked;
    use serde_json::json;

    #[test]
    fn only_words_of_the_schema_are_shown() {
        let notice = json!({
            "schemaVersion": "1.0", "type": "rentArrears", "legalBasis": "anything a sender writes",
            "persons": [{ "role": "tenant", "name": "Testa Testsson",
                "identity": { "kind": "personalIdentityNumber", "value": "198501012390" }, "protectedIdentity": true }],
            "dwelling": { "street": "Exempelgatan 12", "rooms": 3, "tenure": "rental" },
            "findings": [{ "code": "x" }], "evidence": { "/type": { "quote": "Testa" } },
        });
        let fields = masked(&notice);
        let open: Vec<_> =
            fields.iter().filter(|field| !field.hidden).map(|field| field.path.as_str()).collect();
        let expected = ["type", "persons/0/role", "persons/0/identity/kind", "dwelling/tenure"];
        assert_eq!(open.len(), expected.len());
        assert!(expected.iter().all(|path| open.contains(path)), "{open:?}");
        assert!(fields.iter().filter(|field| field.hidden).all(|field| field.value == "•••"));
        assert_eq!(fields.len(), 9, "that somebody is protected is no field to see");
        let bare = unmasked(&notice);
        assert!(bare.len() == 10 && !bare.iter().any(|field| field.hidden));
        let rooms = bare.iter().find(|field| field.path == "dwelling/rooms");
        assert_eq!(rooms.map(|field| field.value.as_str()), Some("3"));
    }
}
