//! The history of a notice, as its page tells it: stable words in plain language, codes and references as they are.

use crate::operations::chrome::Chrome;
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

/// An entry in words; `None` for one that cannot be read.
pub(super) fn entry(page: &Chrome, row: &JournalRow) -> Option<Entry> {
    let entry: Value = serde_json::from_str(&row.entry).ok()?;
    let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let at: Timestamp = text("at").parse().ok()?;
    let detail = entry.get("detail").and_then(Value::as_object);
    let plain = |(key, value): (&String, &Value)| match value {
        Value::String(value) => Some(format!("{key}: {value}")),
        Value::Number(_) | Value::Bool(_) => Some(format!("{key}: {value}")),
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
