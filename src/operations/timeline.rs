//! The history of a notice, as its page tells it: stable words in plain language, codes and references as they are.

use crate::operations::chrome::Chrome;
use crate::operations::protected;
use crate::operations::words;
use crate::store::JournalRow;
use jiff::Timestamp;
use serde_json::Value;

/// One entry of the history.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) at: String,
    pub(super) at_iso: String,
    pub(super) event: String,
    pub(super) actor: String,
    pub(super) detail: String,
}

/// An entry in words; `None` for one that cannot be read, and for looks at the restricted list where the visitor may not know of it. What the
/// sources of protection answered, and that a copy waits for it, is told to those alone who may see that list.
pub(super) fn entry(page: &Chrome, row: &JournalRow) -> Option<Entry> {
    let entry: Value = serde_json::from_str(&row.entry).ok()?;
    let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let at: Timestamp = text("at").parse().ok()?;
    let may_know = page.may_see_protected();
    let detail = entry.get("detail").and_then(Value::as_object);
    let what = entry.pointer("/detail/what").and_then(Value::as_str);
    if what == Some(protected::LOOK) && !may_know {
        return None;
    }
    let detail = detail.filter(|_| may_know || text("event") != "protection.asked");
    let plain = |(key, value): (&String, &Value)| match value {
        Value::String(value) if key == "reason" && !may_know => {
            let reason = protected::reason(page, value);
            Some(format!("{key}: {reason}"))
        }
        Value::String(value) => Some(format!("{key}: {value}")),
        Value::Number(_) | Value::Bool(_) => Some(format!("{key}: {value}")),
        // Places of a correction: no values.
        Value::Array(places) if key == "paths" => {
            let places: Vec<&str> = places.iter().filter_map(Value::as_str).collect();
            Some(format!("{key}: {}", places.join(" ")))
        }
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    Some(Entry {
        at: page.seconds(at),
        at_iso: at.to_string(),
        event: words::other(page, &text("event")),
        actor: text("actor"),
        detail: detail.into_iter().flatten().filter_map(plain).collect::<Vec<_>>().join(", "),
    })
}
