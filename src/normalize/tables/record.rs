//! What one row, or one form, tells: values by their path in the notice, each with the cell it was read from.

use super::super::Context;
use super::super::Input;
use super::super::build;
use super::super::csv_row::insert;
use super::super::fields::Fields;
use super::super::fields::Style;
use super::super::node::Members;
use crate::domain::finding::Severity;
use crate::domain::masked::Masked;
use crate::domain::notice::Evidence;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::fmt;

/// A value and where it was read.
#[derive(Clone)]
pub(super) struct Told {
    /// Where it belongs in the notice: `persons.0.name`.
    pub(super) path: String,
    /// The value in the schema's spelling.
    pub(super) text: String,
    /// Where it was read.
    pub(super) from: Place,
    /// How sure it is.
    pub(super) sure: f64,
}

/// A cell or a line: its name in evidence and what stands in it.
#[derive(Clone, Default)]
pub(super) struct Place {
    /// `attachments/0/Blad1!C7`.
    pub(super) source: String,
    /// What stands there.
    pub(super) quote: String,
}

/// What a row or a form tells.
#[derive(Clone, Default)]
pub(super) struct Record {
    values: Vec<Told>,
    places: HashMap<String, usize>,
    /// What it says that it is.
    pub(super) kind: Option<(NoticeType, f64, Place)>,
    /// Its column for the kind says something that is no kind of ours.
    pub(super) odd_kind: bool,
    /// Words about it.
    pub(super) remarks: Vec<(String, Place)>,
    /// What is to be said of it: severity, value, fault, path.
    pub(super) findings: Vec<(Severity, &'static str, &'static str, String)>,
    /// How many months it has, and how many disturbances.
    pub(super) periods: usize,
    pub(super) incidents: usize,
    /// Its month is paid: nothing is owed for it.
    pub(super) settled: bool,
    /// How many cells told something.
    pub(super) cells: usize,
    /// Something stands in its cells for a person, and in those for a home or a contract, whether it was understood or not.
    pub(super) named: bool,
    pub(super) homed: bool,
    /// Its labels stand above what is filled in, which may be another's: it adds what the text alone does not tell.
    pub(super) adds: bool,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({} values, {} months)", self.values().count(), self.periods)
    }
}

impl Record {
    /// Puts a value in its place. What is there already stays.
    pub(super) fn put(&mut self, path: &str, text: &str, from: &Place, sure: f64) {
        let text = text.trim();
        if text.is_empty() || self.places.contains_key(path) {
            return;
        }
        self.places.insert(path.to_owned(), self.values.len());
        let (path, text) = (path.to_owned(), text.to_owned());
        self.values.push(Told { path, text, from: from.clone(), sure });
    }

    /// The value at a path.
    pub(super) fn get(&self, path: &str) -> Option<&str> {
        self.told(path).map(|told| told.text.as_str())
    }

    /// The value at a path with its place.
    pub(super) fn told(&self, path: &str) -> Option<&Told> {
        self.places.get(path).and_then(|at| self.values.get(*at)).filter(|told| told.path == path)
    }

    /// Takes a value out.
    pub(super) fn take(&mut self, path: &str) -> Option<Told> {
        let at = self.places.remove(path)?;
        let told = self.values.get_mut(at)?;
        let taken = told.clone();
        told.path.clear();
        Some(taken)
    }

    /// Every value.
    pub(super) fn values(&self) -> impl Iterator<Item = &Told> {
        self.values.iter().filter(|told| !told.path.is_empty())
    }

    /// Every value below a path.
    pub(super) fn any(&self, prefix: &str) -> bool {
        self.values().any(|told| told.path.starts_with(prefix))
    }

    /// The first number from which on no person is told of.
    pub(super) fn free_person(&self) -> usize {
        let number = |told: &Told| {
            told.path.strip_prefix("persons.")?.split('.').next()?.parse::<usize>().ok()
        };
        self.values().filter_map(number).max().map_or(0, |last| last + 1)
    }

    /// Whether nothing but people is told, the first of them with a number.
    pub(super) fn only_people(&self) -> bool {
        let people = self.values().all(|told| told.path.starts_with("persons."));
        people && self.get("persons.0.identity.value").is_some()
    }

    /// Makes all values of a kind less sure.
    pub(super) fn doubt(&mut self, prefix: &str, most: f64) {
        for told in self.values.iter_mut().filter(|told| told.path.starts_with(prefix)) {
            told.sure = told.sure.min(most);
        }
    }

    /// Whether it names a person, a home or a case.
    pub(super) fn names_somebody(&self) -> bool {
        self.any("persons.")
            || self.any("dwelling.")
            || self.any("enforcement.")
            || self.any("sender.reference")
            || self.any("relatesTo.")
    }

    /// The notice that it tells, by way of the reader that CSV, XML and JSON go through.
    pub(super) fn notice(&self, kind: NoticeType, context: &Context<'_>) -> Notice {
        let input = Input { raw: &[], strict: false, source: "body" };
        let mut fields = Fields::new(Style::Sheet, &input, context, String::new(), String::new());
        let mut members = Members::new();
        let people = self.people();
        for told in self.values() {
            let path = numbered(&told.path, &people);
            let steps: Vec<&str> = path.split('.').collect();
            insert(&mut members, &steps, &told.text);
        }
        super::super::csv_row::second_tenants(&mut members);
        let mut notice = build::notice(&mut fields, &mut members);
        notice.kind = kind;
        notice.findings.append(&mut fields.findings);
        for (severity, value, fault, path) in &self.findings {
            notice.findings.push(super::super::remarks::finding(*severity, value, fault, path));
        }
        self.put_evidence(&mut notice);
        notice
    }

    /// The numbers of the persons told of: a second tenant without a first is the only one there is.
    fn people(&self) -> BTreeSet<usize> {
        let number =
            |told: &Told| person_of(&told.path).and_then(|(number, _)| number.parse().ok());
        self.values().filter_map(number).collect()
    }

    fn put_evidence(&self, notice: &mut Notice) {
        notice.evidence.clear();
        let whole = serde_json::to_value(&*notice).unwrap_or(Value::Null);
        let people = self.people();
        for told in self.values() {
            let pointer = format!("/{}", numbered(&told.path, &people).replace('.', "/"));
            if whole.pointer(&pointer).is_some() {
                notice.evidence.insert(pointer, told.evidence());
            }
        }
        if let Some((kind, sure, from)) = &self.kind
            && *kind == notice.kind
        {
            notice.evidence.insert("/type".to_owned(), evidence(from, *sure));
        }
    }
}

/// `1` and `name` of `persons.1.name`.
fn person_of(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix("persons.")?.split_once('.')
}

/// The path with its person's place among the others.
fn numbered<'a>(path: &'a str, people: &BTreeSet<usize>) -> Cow<'a, str> {
    let place = person_of(path).and_then(|(number, member)| {
        let number: usize = number.parse().ok()?;
        Some((number, people.range(..number).count(), member))
    });
    match place {
        Some((number, at, member)) if number != at => Cow::Owned(format!("persons.{at}.{member}")),
        Some(_) | None => Cow::Borrowed(path),
    }
}

impl Told {
    fn evidence(&self) -> Evidence {
        evidence(&self.from, self.sure)
    }
}

/// The evidence of a value that stands at a place.
pub(super) fn evidence(from: &Place, sure: f64) -> Evidence {
    let (quote, _) = build::shorten(from.quote.trim(), 500);
    let confidence = (sure * 100.0).round() / 100.0;
    Evidence { source: from.source.clone(), quote: Masked::new(quote), confidence }
}
