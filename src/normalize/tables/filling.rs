//! Sheets that tell more of the households of a list by their contract, their object or the tenant's number: the address beside the ledger.

use super::list::leave;
use super::record::Record;
use super::sheets::Kind;
use crate::domain::finding::Finding;
use crate::domain::finding::Severity;
use crate::domain::labels::folded;
use std::collections::HashMap;

/// What two sheets may have in common. One sort of key is never held against another: a contract's number may be another home's object.
const KEYS: &[&str] = &["sender.reference", "dwelling.objectNumber", "persons.0.identity.value"];

/// Where a key leads: to one row, or to several, which is to none.
#[derive(Clone, Copy)]
enum Row {
    One(usize),
    Several,
}

/// Fills the records of a list with what loose rows tell of the same contract, object or tenant; what a loose row tells that is nobody's is left.
pub(super) fn fill_by_key(
    records: &mut [(Record, Option<Kind>)],
    loose: &[Record],
) -> Vec<Finding> {
    let mut rows: HashMap<(&str, String), Row> = HashMap::new();
    for (at, record) in loose.iter().enumerate() {
        for (path, key) in keys(record) {
            rows.entry((path, key)).and_modify(|row| *row = Row::Several).or_insert(Row::One(at));
        }
    }
    let mut used = vec![false; loose.len()];
    for (record, _) in records.iter_mut() {
        let mut found: Vec<Row> =
            keys(record).into_iter().filter_map(|key| rows.get(&key).copied()).collect();
        let at = match found.pop() {
            None => continue,
            Some(Row::One(at))
                if found.iter().all(|row| matches!(row, Row::One(same) if *same == at)) =>
            {
                at
            }
            Some(Row::One(_) | Row::Several) => {
                // Which home is meant, the sheets do not tell.
                let path = "/dwelling/street".to_owned();
                record.findings.push((Severity::Error, "dwelling", "contradiction", path));
                continue;
            }
        };
        let Some(more) = loose.get(at) else { continue };
        for told in more.values().filter(|it| is_filling(&it.path)) {
            record.put(&told.path, &told.text, &told.from, told.sure);
        }
        if let Some(slot) = used.get_mut(at) {
            *slot = true;
        }
    }
    // A register of homes tells of nobody; a day or a case beside a home does.
    let mut left = Vec::new();
    for (record, _) in loose.iter().zip(&used).filter(|(_, used)| !**used) {
        let tells = |path: &str| !is_filling(path) && path != "sender.reference";
        let head = records.len() == 1
            && record.values().filter(|it| tells(&it.path)).all(|it| is_head(&it.path, &it.text));
        if let Some(told) = record.values().find(|it| tells(&it.path))
            && !records.is_empty()
            && !head
        {
            leave(&mut left, "row", "leftOver", &told.from.source);
        }
    }
    left
}

/// A letter's own day and case stand above it in a table of their own, and who sends it or is the landlord; another case, or an hour, is told where it is found
/// to be nobody's.
pub(super) fn is_head(path: &str, text: &str) -> bool {
    match path {
        path if path.starts_with("landlord.") || path.starts_with("sender.") => true,
        "enforcement.caseNumber" | "issuedOn" => true,
        "enforcement.startsAt" => !text.contains([':', 'T']),
        _ => false,
    }
}

fn is_filling(path: &str) -> bool {
    ["dwelling.", "persons.", "children."].iter().any(|part| path.starts_with(part))
}

fn keys(record: &Record) -> Vec<(&'static str, String)> {
    let mut keys = Vec::new();
    for path in KEYS {
        keys.extend(record.get(path).map(|key| (*path, folded(key))));
    }
    keys
}
