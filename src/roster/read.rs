//! Reads a roster file and holds it against itself and the municipality's units: every fault at once.

use crate::domain::masked::Masked;
use crate::roster::Desk;
use crate::roster::Official;
use crate::roster::Person;
use crate::roster::Roster;
use crate::roster::duty::Absence;
use crate::roster::duty::Duty;
use crate::roster::duty::ExtraDuty;
use crate::roster::duty::Swap;
use crate::roster::fault::RosterFaults;
use crate::roster::fault::Trouble;
use crate::roster::hours::Hours;
use crate::roster::hours::Weekdays;
use crate::roster::hours::Weeks;
use crate::roster::section::Faults;
use crate::roster::section::Found;
use crate::roster::section::Section;
use crate::roster::values;
use jiff::civil::Date;
use std::collections::BTreeMap;
use toml::de::DeTable;
use toml::de::DeValue;

const FILE: &[&str] = &["deputy", "persons", "units", "duties", "absences", "extra", "swaps"];
const PERSON: &[&str] = &["id", "name", "telephone", "mail", "title_sv", "title_en"];
const UNIT: &[&str] = &["id", "telephone", "deputy"];
const DUTY: &[&str] =
    &["unit", "person", "weekdays", "from", "to", "first", "last", "weeks", "every", "holidays"];
const ABSENCE: &[&str] = &["person", "first", "last"];
const EXTRA: &[&str] = &["unit", "person", "date", "from", "to"];
const SWAP: &[&str] = &["unit", "date", "instead_of", "person"];

/// The roster of a text, or every fault of it. `units` are those of the profile; without them they are not asked for.
pub(super) fn read(text: &str, units: Option<&[&str]>) -> Result<Roster, RosterFaults> {
    let mut faults = Faults::of(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let at = error.span().map_or(0, |span| span.start);
        faults.tell("", at, Trouble::Syntax(error.message().to_owned()));
    }
    let roster = match errors.is_empty() {
        true => roster(Section::of(String::new(), 0, table.get_ref()), units, &mut faults),
        // What a broken file seems to hold, or to lack, says little.
        false => Roster::default(),
    };
    let Faults { mut found, .. } = faults;
    found.sort_by_key(|fault| fault.line);
    if found.is_empty() { Ok(roster) } else { Err(RosterFaults(found)) }
}

fn roster(mut file: Section<'_>, units: Option<&[&str]>, faults: &mut Faults<'_>) -> Roster {
    let persons = file.tables("persons", faults);
    let desks = file.tables("units", faults);
    let duties = file.tables("duties", faults);
    let absences = file.tables("absences", faults);
    let extra = file.tables("extra", faults);
    let swaps = file.tables("swaps", faults);
    let mut names = Names::default();
    let persons = persons.into_iter().filter_map(|from| person(from, &mut names, faults)).collect();
    let deputy = file.optional("deputy", values::text, faults);
    let deputy = deputy.map(|id| names.person(id, faults));
    file.finish(FILE, faults);
    Roster {
        deputy,
        persons,
        units: desks.into_iter().filter_map(|d| desk(d, units, &mut names, faults)).collect(),
        duties: duties.into_iter().filter_map(|from| duty(from, &names, faults)).collect(),
        absences: absences.into_iter().filter_map(|from| absence(from, &names, faults)).collect(),
        extra: extra.into_iter().filter_map(|from| extra_duty(from, &names, faults)).collect(),
        swaps: all_swaps(swaps, &names, faults),
    }
}

/// The ids of the file, each with its line: also the ill-made ones, so that who uses them is not told a second fault.
#[derive(Default)]
struct Names {
    persons: BTreeMap<String, usize>,
    units: BTreeMap<String, usize>,
}

impl Names {
    fn person(&self, id: Found<String>, faults: &mut Faults<'_>) -> String {
        if !self.persons.contains_key(&id.value) {
            faults.tell(&id.key, id.at, Trouble::NoSuchPerson);
        }
        id.value
    }

    fn unit(&self, id: Found<String>, faults: &mut Faults<'_>) -> String {
        if !self.units.contains_key(&id.value) {
            faults.tell(&id.key, id.at, Trouble::NoSuchUnit);
        }
        id.value
    }
}

/// The id of an entry, which no other entry may have.
fn own_id(
    entry: &mut Section<'_>,
    seen: &mut BTreeMap<String, usize>,
    faults: &mut Faults<'_>,
) -> Option<Found<String>> {
    let read = |value| Ok::<_, Trouble>((values::text(value)?, values::id(value)));
    let Found { key, at, value: (id, checked) } = entry.required("id", read, faults)?;
    if let Err(trouble) = checked {
        faults.tell(&key, at, trouble);
    }
    if let Some(line) = seen.get(&id) {
        faults.tell(&key, at, Trouble::Twice(*line));
    } else {
        seen.insert(id.clone(), faults.line(at));
    }
    Some(Found { key, at, value: id })
}

fn person(mut from: Section<'_>, names: &mut Names, faults: &mut Faults<'_>) -> Option<Person> {
    let id = own_id(&mut from, &mut names.persons, faults);
    let name = from.required("name", values::text, faults);
    let telephone = from.required("telephone", values::telephone, faults);
    let mail = from.required("mail", values::mail, faults);
    let title_sv = from.optional("title_sv", values::text, faults).map(|found| found.value);
    let title_en = from.optional("title_en", values::text, faults).map(|found| found.value);
    from.finish(PERSON, faults);
    let masked = |found: Found<String>| Masked::new(found.value);
    let (name, telephone, mail) = (masked(name?), masked(telephone?), masked(mail?));
    let caseworker = Official { name, telephone, mail, title_sv, title_en };
    Some(Person { id: id?.value, caseworker })
}

fn desk(
    mut from: Section<'_>,
    units: Option<&[&str]>,
    names: &mut Names,
    faults: &mut Faults<'_>,
) -> Option<Desk> {
    let id = own_id(&mut from, &mut names.units, faults);
    if let (Some(id), Some(units)) = (&id, units)
        && !units.contains(&id.value.as_str())
    {
        faults.tell(&id.key, id.at, Trouble::NotOfProfile);
    }
    let telephone = from.required("telephone", values::telephone, faults);
    let deputy = from.optional("deputy", values::text, faults);
    let deputy = deputy.map(|id| names.person(id, faults));
    from.finish(UNIT, faults);
    Some(Desk { id: id?.value, telephone: telephone?.value, deputy })
}

fn duty(mut from: Section<'_>, names: &Names, faults: &mut Faults<'_>) -> Option<Duty> {
    let (unit, person) = who(&mut from, names, faults);
    let weekdays = from.optional("weekdays", values::weekdays, faults);
    let hours = hours(&mut from, faults);
    let first = from.optional("first", values::date, faults);
    let last = from.optional("last", values::date, faults);
    check_order(first.as_ref(), last.as_ref(), faults);
    let weeks = weeks(&mut from, first.is_some(), faults);
    let holidays = from.optional("holidays", values::yes_no, faults);
    from.finish(DUTY, faults);
    Some(Duty {
        unit: unit?,
        person: person?,
        weekdays: weekdays.map_or(Weekdays::WORKING, |found| found.value),
        hours: hours?,
        first: first.map(|found| found.value),
        last: last.map(|found| found.value),
        weeks,
        holidays: holidays.is_some_and(|found| found.value),
    })
}

fn who(
    from: &mut Section<'_>,
    names: &Names,
    faults: &mut Faults<'_>,
) -> (Option<String>, Option<String>) {
    let unit = from.required("unit", values::text, faults).map(|id| names.unit(id, faults));
    let person = from.required("person", values::text, faults);
    (unit, person.map(|id| names.person(id, faults)))
}

fn hours(from: &mut Section<'_>, faults: &mut Faults<'_>) -> Option<Hours> {
    let begins = from.required("from", values::minute, faults);
    let ends = from.required("to", values::minute, faults);
    let (begins, ends) = (begins?, ends?);
    let hours = Hours::new(begins.value, ends.value);
    if hours.is_none() {
        faults.tell(&ends.key, ends.at, Trouble::NotAfterFrom);
    }
    hours
}

fn check_order(first: Option<&Found<Date>>, last: Option<&Found<Date>>, faults: &mut Faults<'_>) {
    if let (Some(first), Some(last)) = (first, last)
        && last.value < first.value
    {
        faults.tell(&last.key, last.at, Trouble::LastBeforeFirst);
    }
}

fn weeks(from: &mut Section<'_>, has_first: bool, faults: &mut Faults<'_>) -> Weeks {
    let which = |value: &DeValue<'_>| match values::text(value)?.as_str() {
        "all" => Ok(Weeks::All),
        "odd" => Ok(Weeks::Odd),
        "even" => Ok(Weeks::Even),
        _ => Err(Trouble::NotWeeks),
    };
    let weeks = from.optional("weeks", which, faults);
    let Some(every) = from.optional("every", values::every, faults) else {
        return weeks.map_or(Weeks::All, |found| found.value);
    };
    if weeks.is_some_and(|found| found.value != Weeks::All) {
        faults.tell(&every.key, every.at, Trouble::EveryAndWeeks);
    }
    if !has_first {
        faults.tell(&every.key, every.at, Trouble::EveryWithoutFirst);
    }
    Weeks::Every(every.value)
}

fn absence(mut from: Section<'_>, names: &Names, faults: &mut Faults<'_>) -> Option<Absence> {
    let person = from.required("person", values::text, faults);
    let person = person.map(|id| names.person(id, faults));
    let first = from.required("first", values::date, faults);
    let last = from.required("last", values::date, faults);
    check_order(first.as_ref(), last.as_ref(), faults);
    from.finish(ABSENCE, faults);
    Some(Absence { person: person?, first: first?.value, last: last?.value })
}

fn extra_duty(mut from: Section<'_>, names: &Names, faults: &mut Faults<'_>) -> Option<ExtraDuty> {
    let (unit, person) = who(&mut from, names, faults);
    let date = from.required("date", values::date, faults);
    let hours = hours(&mut from, faults);
    from.finish(EXTRA, faults);
    Some(ExtraDuty { unit: unit?, person: person?, date: date?.value, hours: hours? })
}

fn all_swaps(sections: Vec<Section<'_>>, names: &Names, faults: &mut Faults<'_>) -> Vec<Swap> {
    let mut seen = BTreeMap::new();
    let mut swaps = Vec::new();
    for from in sections {
        let (key, at) = (from.key.clone(), from.at);
        let Some(swap) = swap(from, names, faults) else { continue };
        let what = (swap.unit.clone(), swap.date, swap.instead_of.clone());
        if let Some(line) = seen.get(&what) {
            faults.tell(&key, at, Trouble::Twice(*line));
        } else {
            seen.insert(what, faults.line(at));
        }
        swaps.push(swap);
    }
    swaps
}

fn swap(mut from: Section<'_>, names: &Names, faults: &mut Faults<'_>) -> Option<Swap> {
    let unit = from.required("unit", values::text, faults).map(|id| names.unit(id, faults));
    let date = from.required("date", values::date, faults);
    let instead_of = from.required("instead_of", values::text, faults);
    let instead_of = instead_of.map(|id| names.person(id, faults));
    let person = from.required("person", values::text, faults);
    if let Some(person) = &person
        && instead_of.as_ref() == Some(&person.value)
    {
        faults.tell(&person.key, person.at, Trouble::SwapWithSelf);
    }
    let person = person.map(|id| names.person(id, faults));
    from.finish(SWAP, faults);
    Some(Swap { unit: unit?, date: date?.value, instead_of: instead_of?, person: person? })
}
