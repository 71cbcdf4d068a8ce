//! What a row or a form tells, put over what the reader of free text made of the same message: the form's value stands, the text supplies what
//! the form lacks, and what the two tell differently is a finding.

use super::super::remarks;
use super::align::align;
use super::align::landlord_as_sender;
use crate::domain::finding::Severity;
use crate::domain::masked::Masked;
use crate::domain::notice::Evidence;
use crate::domain::notice::Notice;
use crate::domain::notice::Role;
use serde_json::Map;
use serde_json::Value;
use std::collections::BTreeMap;

/// Below this a value goes to a person.
const CERTAIN: f64 = 0.95;

/// Values that are told in two ways.
const TOLD_TWICE: f64 = 0.9;

/// Which of them decide a notice's way.
const VITAL: &[&str] = &[
    "/identity/value",
    "/dwelling/street",
    "/arrears/amountToRecover",
    "/enforcement/startsAt",
    "/enforcement/caseNumber",
];

/// Puts `top` over `base`.
pub(super) fn over(base: Notice, top: Notice) -> Notice {
    let mut top = top;
    let mut base = base;
    one_home(&mut base, &top);
    align(&mut base, &mut top);
    let (Ok(mut whole), Ok(upper)) = (serde_json::to_value(&base), serde_json::to_value(&top))
    else {
        return top;
    };
    let mut evidence = std::mem::take(&mut base.evidence);
    let periods = lists(&mut whole, &mut evidence, &upper);
    let mut findings = std::mem::take(&mut base.findings);
    let mut paths: Vec<String> = Vec::new();
    leaves(&upper, &mut String::new(), &mut paths);
    for path in paths {
        let own = top.evidence.get(&path).cloned();
        if path.starts_with("/arrears/periods/") && !periods {
            continue;
        }
        let (Some(value), below) = (upper.pointer(&path), whole.pointer(&path)) else { continue };
        let differs = below.is_some_and(|below| !alike(below, value));
        let mut told = own;
        if let Some(told) = told.as_mut() {
            let other = evidence.get(&path);
            let elsewhere = other
                .is_some_and(|other| other.source != told.source && other.confidence >= CERTAIN);
            if differs && elsewhere {
                told.confidence = told.confidence.min(TOLD_TWICE);
                alternatives(told, other);
                if VITAL.iter().any(|vital| path.ends_with(vital)) {
                    let name = path.split('/').nth(1).unwrap_or_default();
                    let name = if name == "persons" { "personIdentity" } else { name };
                    findings.push(remarks::finding(Severity::Error, name, "contradiction", &path));
                }
            }
        } else if below.is_some() && !path.ends_with("/role") {
            // Nothing of its own to show for it: what the text shows stands.
            continue;
        }
        put(&mut whole, &path, value.clone());
        if let Some(told) = told {
            evidence.insert(path, told);
        }
    }
    let Ok(mut notice) = serde_json::from_value::<Notice>(whole) else { return top };
    notice.evidence = evidence;
    notice.findings = findings;
    notice.findings.extend(top.findings);
    landlord_as_sender(&mut notice);
    settle(&mut notice);
    notice
}

/// Makes place for the lists of `upper`; whether its months are those that count.
fn lists(whole: &mut Value, evidence: &mut BTreeMap<String, Evidence>, upper: &Value) -> bool {
    let below = whole.pointer("/arrears/periods").and_then(Value::as_array).map_or(0, Vec::len);
    let periods = upper.pointer("/arrears/periods").and_then(Value::as_array).is_some_and(|list| {
        list.len() >= below || list.iter().any(|it| it.get("amount").is_some())
    });
    if periods {
        clear(whole, evidence, "/arrears/periods");
    }
    if upper.get("incidents").is_some() {
        clear(whole, evidence, "/incidents");
    }
    periods
}

/// A town belongs to its street: what the text says of another home, or of none, is left out.
fn one_home(base: &mut Notice, top: &Notice) {
    let street = |notice: &Notice| {
        let street = notice.dwelling.as_ref().and_then(|home| home.street.as_ref());
        street.map(|street| street.reveal().to_lowercase())
    };
    let (below, above) = (street(base), street(top));
    if below.is_some() && (above.is_none() || above == below) {
        return;
    }
    if let Some(home) = base.dwelling.as_mut() {
        home.postal_code = None;
        home.city = None;
        base.evidence
            .retain(|path, _| !matches!(path.as_str(), "/dwelling/postalCode" | "/dwelling/city"));
    }
}

/// The quote shows both.
fn alternatives(told: &mut Evidence, other: Option<&Evidence>) {
    let Some(other) = other else { return };
    let quote = format!("{} | {}: {}", told.quote.reveal(), other.source, other.quote.reveal());
    told.quote = Masked::new(super::super::build::shorten(&quote, 500).0);
}

/// What the text alone did not tell is told now; what it was unsure of is sure.
fn settle(notice: &mut Notice) {
    let identity =
        notice.persons.iter().any(|person| person.role != Role::Child && person.identity.is_some());
    let street = notice.dwelling.as_ref().is_some_and(|dwelling| dwelling.street.is_some());
    let starts = notice.enforcement.as_ref().is_some_and(|it| it.starts_at.is_some());
    let evidence = &notice.evidence;
    notice.findings.retain(|finding| match finding.code.as_str() {
        "personIdentity.notFound" => !identity,
        "dwelling.notFound" => !street,
        "enforcement.notFound" => !starts,
        code if code.ends_with(".uncertain") => {
            evidence.get(&finding.path).is_none_or(|it| it.confidence < CERTAIN)
        }
        _ => true,
    });
    let mut seen = Vec::new();
    notice.findings.retain(|finding| {
        let new = !seen.contains(finding);
        seen.push(finding.clone());
        new
    });
}

fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => {
            let plain = |text: &str| text.to_lowercase().split_whitespace().collect::<String>();
            plain(one) == plain(other)
        }
        (one, other) => one == other,
    }
}

/// Every value that is no list or object, but for what is beside the notice.
fn leaves(value: &Value, path: &mut String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if path.is_empty()
                    && matches!(
                        name.as_str(),
                        "evidence" | "findings" | "schemaVersion" | "attachments" | "text"
                    )
                {
                    continue;
                }
                descend(value, name, path, found);
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                descend(value, &at.to_string(), path, found);
            }
        }
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) | Value::String(_) => found.push(path.clone()),
    }
}

fn descend(value: &Value, name: &str, path: &mut String, found: &mut Vec<String>) {
    let length = path.len();
    path.push('/');
    path.push_str(name);
    leaves(value, path, found);
    path.truncate(length);
}

fn clear(whole: &mut Value, evidence: &mut BTreeMap<String, Evidence>, path: &str) {
    let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
    if let Some(Value::Object(members)) = whole.pointer_mut(above) {
        members.remove(name);
    }
    let prefix = format!("{path}/");
    evidence.retain(|path, _| !path.starts_with(&prefix));
}

/// Puts a value at a pointer, making what is missing above it.
fn put(whole: &mut Value, path: &str, value: Value) {
    let mut at = whole;
    for step in path.split('/').skip(1) {
        let index = step.parse::<usize>().ok();
        if at.is_null() {
            *at =
                if index.is_some() { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
        }
        at = match (at, index) {
            (Value::Array(items), Some(index)) if index < 100 => {
                while items.len() <= index {
                    items.push(Value::Null);
                }
                &mut items[index]
            }
            (Value::Object(members), _) => members.entry(step.to_owned()).or_insert(Value::Null),
            _ => return,
        };
    }
    *at = value;
}
