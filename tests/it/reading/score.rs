//! Right, wrong and missed values by field, and which messages cost most.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

/// A field's name and where its values stand in a notice; `*` is any index.
const FIELDS: &[(&str, &[&str])] = &[
    ("type", &["/type"]),
    ("identity", &["/persons/*/identity/value"]),
    ("name", &["/persons/*/name"]),
    ("street", &["/dwelling/street"]),
    ("postalCode", &["/dwelling/postalCode"]),
    ("city", &["/dwelling/city"]),
    ("apartment", &["/dwelling/apartmentNumber"]),
    ("object", &["/dwelling/objectNumber"]),
    ("amount", &["/arrears/amountToRecover"]),
    ("monthlyRent", &["/arrears/monthlyRent"]),
    ("period", &["/arrears/periods/*/period"]),
    ("periodAmount", &["/arrears/periods/*/amount"]),
    ("dueOn", &["/arrears/periods/*/dueOn"]),
    (
        "payment",
        &["/arrears/payment/bankgiro", "/arrears/payment/plusgiro", "/arrears/payment/ocr"],
    ),
    ("issuedOn", &["/issuedOn"]),
    ("terminatedOn", &["/terminatedOn"]),
    ("servedOn", &["/servedOn"]),
    ("moveOutBy", &["/moveOutBy"]),
    ("rectifyBy", &["/rectifyBy"]),
    ("caseNumber", &["/enforcement/caseNumber"]),
    ("startsAt", &["/enforcement/startsAt"]),
    (
        "otherTimes",
        &["/enforcement/noLongerAt", "/enforcement/executedAt", "/enforcement/appliedOn"],
    ),
    ("outcome", &["/enforcement/outcome"]),
    ("children", &["/children/known"]),
    ("childCount", &["/children/count", "/children/birthYears/*"]),
    ("senderKind", &["/sender/kind"]),
    ("senderName", &["/sender/name"]),
    ("organisation", &["/sender/organisationNumber", "/landlord/organisationNumber"]),
    ("reference", &["/sender/reference"]),
];

#[derive(Clone, Copy, Default)]
struct Count {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Count {
    fn precision(self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// What becomes of a message that was read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// All its notices go on.
    ByItself,
    /// Each goes on, or does so as soon as it is linked to the notice of which it speaks.
    WithItsFirst,
    /// A person looks at one.
    ToAPerson,
}

/// The score so far.
#[derive(Default)]
pub(super) struct Score {
    fields: BTreeMap<&'static str, Count>,
    styles: BTreeMap<String, Count>,
    /// Of values with at least this confidence: how many, and how many right.
    sure: Count,
    right_values: usize,
    errors: Vec<String>,
    messages: usize,
    complete: usize,
    complete_to_a_person: usize,
    complete_to_be_linked: usize,
    notices_lost: usize,
    notices_made: usize,
    used_wrong: Vec<String>,
    waiting: Vec<String>,
    shown: bool,
}

impl Score {
    /// Nothing yet; `shown`: whether each fault is told, or the figures alone.
    pub(super) fn of(shown: bool) -> Self {
        Self { shown, ..Self::default() }
    }

    /// Adds one message: its label, the notices that were read, and whether they go on without a person.
    pub(super) fn add(&mut self, style: &str, name: &str, label: &Value, read: &[Value], way: Way) {
        let by_itself = way == Way::ByItself;
        self.messages += 1;
        let meant: Vec<Value> = label["notices"].as_array().cloned().unwrap_or_default();
        match (label["disposition"].as_str(), read.is_empty()) {
            (Some("notice"), true) => self.notices_lost += 1,
            (Some("notNotice"), false) => {
                self.notices_made += usize::from(by_itself);
                return;
            }
            _ => {}
        }
        if label["complete"] == true {
            self.complete += 1;
            self.complete_to_be_linked += usize::from(way == Way::WithItsFirst);
            if way == Way::ToAPerson {
                self.complete_to_a_person += 1;
                self.waiting.push(format!("person        {style}/{name} {}", remarked_on(read)));
            }
        }
        for at in 0..meant.len().max(read.len()) {
            let place = format!("{style}/{name}#{at}");
            let none = Value::Null;
            let (meant, read) = (meant.get(at).unwrap_or(&none), read.get(at).unwrap_or(&none));
            for (field, paths) in FIELDS {
                self.compare(
                    field,
                    (style, &place),
                    (&values(meant, paths), &values(read, paths)),
                    by_itself,
                );
            }
            self.weigh(meant, read);
        }
    }

    fn compare(
        &mut self,
        field: &'static str,
        (style, place): (&str, &str),
        (meant, read): (&BTreeSet<String>, &BTreeSet<String>),
        by_itself: bool,
    ) {
        let count = Count {
            right: meant.intersection(read).count(),
            wrong: read.difference(meant).count(),
            missed: meant.difference(read).count(),
        };
        for total in [
            self.fields.entry(field).or_default(),
            self.styles.entry(style.to_owned()).or_default(),
        ] {
            total.right += count.right;
            total.wrong += count.wrong;
            total.missed += count.missed;
        }
        if count.wrong + count.missed > 0 {
            let wrong: Vec<&String> = read.difference(meant).collect();
            let missed: Vec<&String> = meant.difference(read).collect();
            self.errors.push(format!("{field:<13} {place:<28} read {wrong:?}, meant {missed:?}"));
        }
        if by_itself && count.wrong > 0 && matches!(field, "identity" | "street" | "startsAt") {
            self.used_wrong.push(format!("{place} {field}"));
        }
    }

    /// Counts how right the values are that are given for sure.
    fn weigh(&mut self, meant: &Value, read: &Value) {
        for (path, evidence) in read["evidence"].as_object().into_iter().flatten() {
            let known =
                FIELDS.iter().flat_map(|(_, paths)| paths.iter()).find(|known| fits(known, path));
            let Some(known) = known else { continue };
            let value = read.pointer(path).and_then(plain);
            let right = value.is_some_and(|value| values(meant, &[known]).contains(&value));
            self.right_values += usize::from(right);
            if evidence["confidence"].as_f64().is_some_and(|sure| sure >= 0.95) {
                self.sure.right += usize::from(right);
                self.sure.wrong += usize::from(!right);
            }
        }
    }

    /// Fields that do not reach what they must.
    pub(super) fn below(&self, floors: &[(&str, f64, f64)]) -> Vec<String> {
        let missed = floors.iter().filter_map(|(field, precision, recall)| {
            let count = self.fields.get(field).copied().unwrap_or_default();
            let fits = count.precision() >= *precision && count.recall() >= *recall;
            (!fits).then(|| format!("{field}: {:.3} {:.3}", count.precision(), count.recall()))
        });
        missed.collect()
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |f: &mut fmt::Formatter<'_>, name: &str, count: &Count| {
            let (precision, recall) = (count.precision() * 100.0, count.recall() * 100.0);
            let Count { right, wrong, missed } = count;
            writeln!(
                f,
                "  {name:<22} {precision:6.1} {recall:6.1}   {right:5} {wrong:5} {missed:5}"
            )
        };
        writeln!(
            f,
            "{} messages\n  field                precision recall   right wrong missed",
            self.messages
        )?;
        for (field, _) in FIELDS {
            line(f, field, &self.fields.get(field).copied().unwrap_or_default())?;
        }
        let mut styles: Vec<_> = self.styles.iter().collect();
        styles.sort_by(|one, other| one.1.recall().total_cmp(&other.1.recall()));
        writeln!(f, "by style, the worst first")?;
        for (style, count) in styles {
            line(f, style, count)?;
        }
        let sure = self.sure;
        writeln!(
            f,
            "given for sure: {:.1} % right; {:.1} % of the right values are given so",
            sure.precision() * 100.0,
            share(sure.right, self.right_values) * 100.0
        )?;
        writeln!(
            f,
            "complete messages that go to a person: {} of {}; {} more go with the notice to which they are linked, else to a person",
            self.complete_to_a_person, self.complete, self.complete_to_be_linked
        )?;
        writeln!(
            f,
            "notices lost: {}; made of what is none and used: {}",
            self.notices_lost, self.notices_made
        )?;
        writeln!(f, "wrong and used without a person: {}", self.used_wrong.len())?;
        let mut errors =
            self.errors.iter().chain(&self.waiting).chain(&self.used_wrong).filter(|_| self.shown);
        errors.try_for_each(|error| writeln!(f, "{error}"))
    }
}

/// Why notices go to a person: the codes of what was remarked on in them.
fn remarked_on(read: &[Value]) -> String {
    let findings = read.iter().flat_map(|notice| notice["findings"].as_array()).flatten();
    let codes = findings.filter_map(|finding| finding["code"].as_str());
    let mut codes: Vec<&str> = codes.filter(|code| *code != "message.freeText").collect();
    codes.sort_unstable();
    codes.dedup();
    codes.join(" ")
}

/// The values at these places of a notice, made comparable.
fn values(notice: &Value, paths: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in paths {
        let mut at = vec![notice];
        for step in path.split('/').skip(1) {
            at = match step {
                "*" => at.iter().flat_map(|value| value.as_array().into_iter().flatten()).collect(),
                _ => at.iter().filter_map(|value| value.get(step)).collect(),
            };
        }
        // An account's groups of figures are its spelling.
        let account = path.contains("/payment/");
        let plain = |value: &Value| {
            plain(value).map(|text| if account { text.replace(' ', "") } else { text })
        };
        found.extend(at.into_iter().filter_map(plain));
    }
    found
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text == "unknown" => None,
        Value::String(text) => {
            Some(text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "))
        }
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Whether a path is one of a pattern's.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<_>, Vec<_>) =
        (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern.iter().zip(&path).all(|(one, other)| *one == "*" || one == other)
}
