//! A roster as the text of its file: what the page that edits it writes. Reading it gives the same roster again.

use crate::roster::Roster;
use crate::roster::duty::Duty;
use crate::roster::duty::ExtraDuty;
use crate::roster::hours::Weekdays;
use crate::roster::hours::Weeks;
use crate::roster::hours::clock;
use toml::Table;
use toml::Value;

/// The text; comments that the file had are not in it.
pub(super) fn written(roster: &Roster) -> String {
    let mut text = String::new();
    if let Some(deputy) = &roster.deputy {
        entry(&mut text, "", [("deputy", deputy.as_str().into())]);
    }
    for person in &roster.persons {
        let of = &person.caseworker;
        let values = [
            ("id", Some(person.id.as_str())),
            ("name", Some(of.name.reveal())),
            ("telephone", Some(of.telephone.reveal())),
            ("mail", Some(of.mail.reveal())),
            ("title_sv", of.title_sv.as_deref()),
            ("title_en", of.title_en.as_deref()),
        ];
        let values = values.map(|(key, value)| (key, value.map(Value::from)));
        entry(&mut text, "persons", given(values));
    }
    for desk in &roster.units {
        let values = [
            ("id", Some(desk.id.as_str())),
            ("telephone", Some(desk.telephone.as_str())),
            ("deputy", desk.deputy.as_deref()),
        ];
        entry(&mut text, "units", given(values.map(|(key, value)| (key, value.map(Value::from)))));
    }
    roster.duties.iter().for_each(|duty| recurring(&mut text, duty));
    for absence in &roster.absences {
        let (first, last) = (absence.first.to_string(), absence.last.to_string());
        let values = [("person", absence.person.clone()), ("first", first), ("last", last)];
        entry(&mut text, "absences", values.map(|(key, value)| (key, value.into())));
    }
    roster.extra.iter().for_each(|duty| extra(&mut text, duty));
    for swap in &roster.swaps {
        let values = [
            ("unit", swap.unit.clone()),
            ("date", swap.date.to_string()),
            ("instead_of", swap.instead_of.clone()),
            ("person", swap.person.clone()),
        ];
        entry(&mut text, "swaps", values.map(|(key, value)| (key, value.into())));
    }
    text
}

fn recurring(text: &mut String, duty: &Duty) {
    let weekdays: Vec<Value> = duty.weekdays.words().into_iter().map(Value::from).collect();
    let weekdays = (duty.weekdays != Weekdays::WORKING).then_some(Value::Array(weekdays));
    let (weeks, every) = match duty.weeks {
        Weeks::All => (None, None),
        Weeks::Odd => (Some("odd".into()), None),
        Weeks::Even => (Some("even".into()), None),
        Weeks::Every(weeks) => (None, Some(i64::from(weeks).into())),
    };
    let values = [
        ("unit", Some(duty.unit.as_str().into())),
        ("person", Some(duty.person.as_str().into())),
        ("weekdays", weekdays),
        ("from", Some(clock(duty.hours.from()).into())),
        ("to", Some(clock(duty.hours.to()).into())),
        ("first", duty.first.map(|day| day.to_string().into())),
        ("last", duty.last.map(|day| day.to_string().into())),
        ("weeks", weeks),
        ("every", every),
        ("holidays", duty.holidays.then_some(true.into())),
    ];
    entry(text, "duties", given(values));
}

fn extra(text: &mut String, duty: &ExtraDuty) {
    let values = [
        ("unit", duty.unit.clone()),
        ("person", duty.person.clone()),
        ("date", duty.date.to_string()),
        ("from", clock(duty.hours.from())),
        ("to", clock(duty.hours.to())),
    ];
    entry(text, "extra", values.map(|(key, value)| (key, value.into())));
}

/// One entry: its name in double square brackets, then its keys in this order.
pub(super) fn entry<'v>(
    text: &mut String,
    name: &str,
    values: impl IntoIterator<Item = (&'v str, Value)>,
) {
    if !name.is_empty() {
        let space = if text.is_empty() { "" } else { "\n" };
        text.push_str(&format!("{space}[[{name}]]\n"));
    }
    for (key, value) in values {
        // A table of one key, so that the writer of TOML quotes it.
        text.push_str(&Table::from_iter([(key.to_owned(), value)]).to_string());
    }
}

/// The keys that have a value.
fn given<const N: usize>(
    values: [(&'static str, Option<Value>); N],
) -> impl Iterator<Item = (&'static str, Value)> {
    values.into_iter().filter_map(|(key, value)| Some((key, value?)))
}
