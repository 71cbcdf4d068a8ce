//! `kvittens read --against`: what another profile, or partners' files that were changed, would make of messages that are stored. Nothing is stored.

use crate::commands::Outcome;
use crate::commands::output;
use crate::commands::read::at_once;
use crate::commands::read::word;
use crate::config::Loaded;
use crate::domain::delivery::DeliveryState;
use crate::domain::reference::Reference;
use crate::normalize::Disposition;
use crate::normalize::Limits;
use crate::normalize::ReadNotice;
use crate::pipeline::again;
use crate::pipeline::reader::Rules;
use crate::pipeline::suspicion::kept_back;
use crate::sandbox::Sandbox;
use crate::store::Behind;
use crate::store::NoticeRow;
use crate::store::Store;
use crate::store::StoreError;
use futures::StreamExt as _;
use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::sync::Arc;

/// So many messages are asked for at a time.
const PAGE: i64 = 200;

/// Members of a notice that say how it was read, not what it says.
const NOT_COMPARED: [&str; 3] = ["findings", "evidence", "schemaVersion"];

/// First and last local day.
pub(super) fn days(text: &str) -> Result<(Date, Date), String> {
    let form = || "write two days, such as 2026-10-01..2026-10-31".to_owned();
    let (from, to) = text.split_once("..").ok_or_else(form)?;
    let (from, to) = (from.parse().map_err(|_| form())?, to.parse().map_err(|_| form())?);
    if from > to {
        Err("the first day must not be after the last".to_owned())
    } else {
        Ok((from, to))
    }
}

/// Reads again what arrived on these days and prints one JSON line for each notice that would differ.
pub(super) async fn run((from, to): (Date, Date), loaded: &Loaded, store: &Store) -> Outcome {
    let (local_time, limits) = (loaded.local_time.clone(), Limits::default());
    let rules = Rules { local_time, limits, thresholds: loaded.profile.reading };
    let sandbox = Sandbox::new(loaded.config.sandbox.clone());
    let start = rules.local_time.start_of(from);
    let end = to.checked_add(1.day()).map_or(Timestamp::MAX, |day| rules.local_time.start_of(day));
    let mut behind = Behind { at: start, reference: String::new() };
    let mut tally = Tally::default();
    let shared =
        Arc::new(Compared { rules, loaded: loaded.clone(), store: store.clone(), sandbox });
    loop {
        let page = shared.store.arrived(&behind, end, PAGE).await?;
        let Some((last, at)) = page.last() else { break };
        behind = Behind { at: *at, reference: last.to_string() };
        let mut compared = futures::stream::iter(page)
            .map(|(reference, _)| {
                let shared = shared.clone();
                tokio::spawn(async move { shared.compare(&reference).await })
            })
            .buffered(at_once());
        while let Some(one) = compared.next().await {
            tally.add(one.map_err(anyhow::Error::from)??)?;
        }
    }
    output::print_json(&json!({
        "messages": tally.messages, "notices": tally.notices, "differ": tally.differ, "byField": tally.fields,
        "passedOver": tally.passed_over,
    }))
}

/// What a comparison counts.
#[derive(Default)]
struct Tally {
    messages: usize,
    /// Messages with malware, and those that are being read.
    passed_over: usize,
    notices: usize,
    differ: usize,
    fields: BTreeMap<String, usize>,
}

impl Tally {
    /// Counts a message and prints what would differ in it.
    fn add(&mut self, one: One) -> Outcome {
        match one {
            One::Gone => return Ok(()),
            One::PassedOver => {
                self.passed_over += 1;
                return Ok(());
            }
            One::Compared { notices, lines } => {
                self.messages += 1;
                self.notices += notices;
                self.differ += lines.len();
                for line in lines {
                    for path in line["differs"].as_object().into_iter().flat_map(Map::keys) {
                        *self.fields.entry(of_any(path)).or_default() += 1;
                    }
                    output::print_json(&line)?;
                }
            }
        }
        if self.messages.is_multiple_of(100) && std::io::stderr().is_terminal() {
            output::complain(&format!("{} messages were read again", self.messages));
        }
        Ok(())
    }
}

/// What came of one message.
enum One {
    /// It is no longer stored.
    Gone,
    /// It holds malware, or is being read.
    PassedOver,
    /// So many notices, and a line for each that would differ.
    Compared { notices: usize, lines: Vec<Value> },
}

/// What the comparisons share.
struct Compared {
    rules: Rules,
    loaded: Loaded,
    store: Store,
    sandbox: Sandbox,
}

impl Compared {
    async fn compare(&self, reference: &Reference) -> anyhow::Result<One> {
        let store = &self.store;
        let Some(received) = again::stored(store, reference).await? else { return Ok(One::Gone) };
        let rows = store.notices_of(reference.as_str()).await?;
        // What may do harm was never read, and what is being read has nothing yet to compare with.
        let reading = |row: &NoticeRow| row.state == DeliveryState::Reading.as_str();
        if rows.iter().any(|row| reading(row) || kept_back(&row.notice).is_some()) {
            return Ok(One::PassedOver);
        }
        let reading =
            again::read(&self.rules, &self.loaded.partners, &received, &self.sandbox).await?;
        let first = first_states(store, reference.as_str()).await?;
        let notices = rows.len().max(reading.notices.len());
        let line = |at: usize| {
            let (row, read) = (rows.get(at), reading.notices.get(at));
            let mut differences = differences(row, read);
            let was = row.and_then(|row| first.get(&row.reference)).map(String::as_str);
            let would = read.map(|read| word(&read.disposition));
            if was != would {
                let disposition = json!({ "was": was, "would": would });
                differences.insert("disposition".to_owned(), disposition);
            }
            let told = json!({ "reference": reference, "notice": at, "differs": differences });
            (!differences.is_empty()).then_some(told)
        };
        Ok(One::Compared { notices, lines: (0..notices).filter_map(line).collect() })
    }
}

/// What the reader made of each notice when the message was read, by its reference: persons may have moved them since.
async fn first_states(
    store: &Store,
    message: &str,
) -> Result<BTreeMap<String, String>, StoreError> {
    let mut first = BTreeMap::new();
    for row in store.history_of(message, message).await? {
        let entry: Value = serde_json::from_str(&row.entry).unwrap_or_default();
        if !matches!(entry["event"].as_str(), Some("message.received" | "message.read")) {
            continue;
        }
        for told in entry["detail"]["notices"].as_array().into_iter().flatten() {
            let (reference, state) = (told["reference"].as_str(), told["state"].as_str());
            let disposition = match state {
                Some("queued") => word(&Disposition::Register),
                Some(other) => other,
                None => continue,
            };
            first.insert(reference.unwrap_or_default().to_owned(), disposition.to_owned());
        }
    }
    Ok(first)
}

/// What the notice was, and what it would be, by the place in it.
fn differences(row: Option<&NoticeRow>, read: Option<&ReadNotice>) -> BTreeMap<String, Value> {
    let was = row.and_then(|row| serde_json::from_str(&row.notice).ok());
    let would = read.and_then(|read| serde_json::to_value(&read.notice).ok());
    let (mut old, mut new) = (BTreeMap::new(), BTreeMap::new());
    leaves("", &was.unwrap_or_default(), &mut old);
    leaves("", &would.unwrap_or_default(), &mut new);
    let paths: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differ = paths.into_iter().filter(|path| old.get(*path) != new.get(*path));
    differ
        .map(|path| (path.clone(), json!({ "was": old.get(path), "would": new.get(path) })))
        .collect()
}

fn leaves(path: &str, value: &Value, found: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(members) => {
            let compared = members
                .iter()
                .filter(|(name, _)| !path.is_empty() || !NOT_COMPARED.contains(&name.as_str()));
            compared.for_each(|(name, value)| leaves(&format!("{path}/{name}"), value, found));
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, value)| leaves(&format!("{path}/{at}"), value, found)),
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            found.insert(path.to_owned(), value.clone());
        }
    }
}

/// The place with `*` for each number.
fn of_any(path: &str) -> String {
    let steps = path.split('/').map(|step| if step.parse::<usize>().is_ok() { "*" } else { step });
    steps.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::days;
    use super::leaves;
    use super::of_any;
    use serde_json::json;
    use std::collections::BTreeMap;

    #[test]
    fn two_days_are_asked_for_in_their_order() {
        assert!(days("2026-10-01..2026-10-01").is_ok());
        for text in ["2026-10-01", "2026-10-02..2026-10-01", "x..y", ""] {
            assert!(days(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_a_notice_says_is_compared_and_not_how_it_was_read() {
        let mut found = BTreeMap::new();
        let notice = json!({
            "type": "rentArrears", "findings": [{ "code": "x" }], "evidence": { "/type": {} },
            "persons": [{ "name": "Testa Testsson", "findings": 1 }], "issuedOn": null,
        });
        leaves("", &notice, &mut found);
        let paths: Vec<_> = found.keys().map(String::as_str).collect();
        assert_eq!(paths, ["/persons/0/findings", "/persons/0/name", "/type"]);
        assert_eq!(of_any("/persons/0/name"), "/persons/*/name");
    }
}
