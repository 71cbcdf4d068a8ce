//! What the forms of the roster's page ask for, as changes of its file; and what was typed, so that nobody types it twice.

use crate::operations::chrome::Chrome;
use crate::roster::Roster;
use crate::roster::amend::Amendment;
use crate::roster::amend::Section;
use std::collections::BTreeMap;
use toml::Value;

/// What a form of the page brings.
#[derive(Clone, Debug, Default)]
pub(super) struct Wish {
    /// Which form.
    pub(super) act: String,
    /// The digest of the file that the page showed.
    pub(super) before: String,
    /// The other fields, without the spaces around them.
    fields: BTreeMap<String, String>,
    weekdays: Vec<String>,
}

/// Why a form's wish is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unclear {
    /// There is no such form or entry.
    Unknown,
    /// The person is used elsewhere in the roster.
    InUse,
}

/// The texts of a form that become keys of an entry, in this order. An empty one is left out.
const PERSON: [&str; 6] = ["id", "name", "telephone", "mail", "title_sv", "title_en"];
const UNIT: [&str; 3] = ["id", "telephone", "deputy"];
const ABSENCE: [&str; 3] = ["person", "first", "last"];
const EXTRA: [&str; 5] = ["unit", "person", "date", "from", "to"];
const SWAP: [&str; 4] = ["unit", "date", "instead_of", "person"];
const DUTY: [&str; 6] = ["unit", "person", "from", "to", "first", "last"];

/// Key of the file, Swedish label, English label.
const LABELS: [(&str, &str, &str); 17] = [
    ("id", "Id", "Id"),
    ("name", "Namn", "Name"),
    ("telephone", "Telefon", "Telephone"),
    ("mail", "E-post", "Mail"),
    ("title_sv", "Titel på svenska", "Title in Swedish"),
    ("title_en", "Titel på engelska", "Title in English"),
    ("deputy", "Ersättare", "Deputy"),
    ("unit", "Enhet", "Unit"),
    ("person", "Person", "Person"),
    ("weekdays", "Veckodagar", "Days of the week"),
    ("from", "Från klockan", "From o'clock"),
    ("to", "Till klockan", "To o'clock"),
    ("first", "Första dag", "First day"),
    ("last", "Sista dag", "Last day"),
    ("every", "Var så många veckor", "Every so many weeks"),
    ("date", "Dag", "Day"),
    ("instead_of", "I stället för", "Instead of"),
];

/// What a key of the file is called on the page.
pub(super) fn label(page: &Chrome, key: &str) -> String {
    let last = key.rsplit('.').next().unwrap_or(key);
    let found = LABELS.iter().find(|(known, _, _)| *known == last);
    found.map_or_else(|| key.to_owned(), |(_, sv, en)| page.say(sv, en).to_owned())
}

impl Wish {
    /// Reads a form.
    pub(super) fn of(fields: Vec<(String, String)>) -> Self {
        let mut wish = Self::default();
        for (field, value) in fields {
            match field.as_str() {
                "act" => wish.act = value,
                "before" => wish.before = value,
                "weekday" => wish.weekdays.push(value),
                // A browser sends a text's lines as the network has them.
                "text" => drop(wish.fields.insert(field, value.replace("\r\n", "\n"))),
                _ => drop(wish.fields.insert(field, value.trim().to_owned())),
            }
        }
        wish
    }

    /// What was typed into a field; empty for nothing.
    pub(super) fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// Whether a day of the week was ticked.
    pub(super) fn has_weekday(&self, word: &str) -> bool {
        self.weekdays.iter().any(|ticked| ticked == word)
    }

    fn entry<const N: usize>(&self, keys: [&'static str; N]) -> Vec<(&'static str, Value)> {
        let filled = keys.into_iter().filter(|key| !self.field(key).is_empty());
        filled.map(|key| (key, Value::from(self.field(key)))).collect()
    }

    /// What is to be changed, one after the other.
    pub(super) fn amendments(&self, roster: &Roster) -> Result<Vec<Amendment>, Unclear> {
        let put = |section, instead_of, entry| Amendment::Put { section, instead_of, entry };
        let id = self.field("id");
        let one = match self.act.as_str() {
            "person" => {
                let known = roster.persons.iter().position(|person| person.id == id);
                put(Section::Persons, known, self.entry(PERSON))
            }
            "unit" => {
                let known = roster.units.iter().position(|unit| unit.id == id);
                put(Section::Units, known, self.entry(UNIT))
            }
            "duty" => put(Section::Duties, None, self.duty()),
            "absence" => put(Section::Absences, None, self.entry(ABSENCE)),
            "extra" => put(Section::Extra, None, self.entry(EXTRA)),
            "swap" => put(Section::Swaps, None, self.entry(SWAP)),
            "deputy" => Amendment::Deputy(Some(id.to_owned()).filter(|id| !id.is_empty())),
            "removePerson" => return without(roster, id),
            "removeDuty" => self.remove(Section::Duties, roster.duties.len())?,
            "removeAbsence" => self.remove(Section::Absences, roster.absences.len())?,
            "removeExtra" => self.remove(Section::Extra, roster.extra.len())?,
            "removeSwap" => self.remove(Section::Swaps, roster.swaps.len())?,
            _ => return Err(Unclear::Unknown),
        };
        Ok(vec![one])
    }

    fn duty(&self) -> Vec<(&'static str, Value)> {
        let mut entry = self.entry(DUTY);
        let ticked = |word: &&str| self.has_weekday(word);
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].into_iter().filter(ticked);
        entry.push(("weekdays", Value::Array(days.map(Value::from).collect())));
        let weeks = self.field("weeks");
        if !matches!(weeks, "" | "all") {
            entry.push(("weeks", weeks.into()));
        }
        let every = self.field("every");
        if !every.is_empty() {
            let number = every.parse::<i64>().map_or_else(|_| every.into(), Value::from);
            entry.push(("every", number));
        }
        if self.field("holidays") == "yes" {
            entry.push(("holidays", true.into()));
        }
        entry
    }

    fn remove(&self, section: Section, count: usize) -> Result<Amendment, Unclear> {
        let at = self.field("at").parse().ok().filter(|at| *at < count);
        at.map(|at| Amendment::Remove { section, at }).ok_or(Unclear::Unknown)
    }
}

/// A person goes with their absences; not while they have duties, stand in, or take over.
fn without(roster: &Roster, id: &str) -> Result<Vec<Amendment>, Unclear> {
    let at = roster.persons.iter().position(|person| person.id == id).ok_or(Unclear::Unknown)?;
    let swap = |person: &str, other: &str| person == id || other == id;
    let used = roster.duties.iter().any(|duty| duty.person == id)
        || roster.extra.iter().any(|extra| extra.person == id)
        || roster.swaps.iter().any(|it| swap(&it.person, &it.instead_of))
        || roster.units.iter().any(|unit| unit.deputy.as_deref() == Some(id))
        || roster.deputy.as_deref() == Some(id);
    if used {
        return Err(Unclear::InUse);
    }
    let away = roster.absences.iter().enumerate().filter(|(_, absence)| absence.person == id);
    let mut all: Vec<Amendment> =
        away.map(|(at, _)| Amendment::Remove { section: Section::Absences, at }).collect();
    // From the last: the numbers of those before stay.
    all.reverse();
    all.push(Amendment::Remove { section: Section::Persons, at });
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::Unclear;
    use super::Wish;
    use crate::roster::Roster;
    use crate::roster::amend::amended;

    const SAMPLE: &str = include_str!("../../../config/roster.toml");

    fn after(fields: &[(&str, &str)]) -> Result<String, String> {
        let pairs = fields.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        let before = Roster::parse(SAMPLE).unwrap();
        let (mut text, mut roster) = (SAMPLE.to_owned(), before.clone());
        let wish = Wish::of(pairs.collect());
        for amendment in wish.amendments(&before).map_err(|why| format!("{why:?}"))? {
            let read = |text: &str| Roster::parse(text);
            text = amended((&text, &roster), &amendment, read).map_err(|it| it.to_string())?;
            roster = Roster::parse(&text).unwrap();
        }
        Ok(before.difference(&roster))
    }

    #[test]
    fn each_form_changes_what_it_says() {
        let person = |id: &'static str| {
            vec![
                ("act", "person"),
                ("id", id),
                ("name", "Eva Ny"),
                ("telephone", "040-00 00 09"),
                ("mail", "e@k.example"),
                ("title_sv", ""),
            ]
        };
        let mut unit = vec![("act", "unit"), ("id", "barn-och-familj")];
        unit.extend([("telephone", "040-00 00 20"), ("deputy", "bb02")]);
        let mut duty = vec![("act", "duty"), ("unit", "barn-och-familj"), ("person", "bb02")];
        duty.extend([("weekday", "sat"), ("weekday", "sun"), ("from", "8.00"), ("to", "24:00")]);
        duty.extend([("holidays", "yes"), ("every", "3"), ("first", "2026-11-28")]);
        let mut absence = vec![("act", "absence"), ("person", "cc03")];
        absence.extend([("first", "2026-12-01"), ("last", "2026-12-02")]);
        let table = [
            (person("ee05"), "persons +ee05"),
            (person("aa01"), "persons ~aa01"),
            (unit, "units ~barn-och-familj"),
            (duty, "duties +bb02"),
            (absence, "absences +cc03"),
            (vec![("act", "deputy"), ("id", "")], "deputy ~"),
            (vec![("act", "removeDuty"), ("at", "1")], "duties -bb02"),
            (vec![("act", "removeAbsence"), ("at", "0")], "absences -aa01"),
            (vec![("act", "removeSwap"), ("at", "0")], "swaps -bb02"),
        ];
        for (fields, expected) in table {
            assert_eq!(after(&fields).as_deref(), Ok(expected), "{fields:?}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let refused = |fields: &[(&str, &str)]| after(fields).unwrap_err();
        let unknown = format!("{:?}", Unclear::Unknown);
        assert_eq!(refused(&[("act", "removeDuty"), ("at", "99")]), unknown);
        assert_eq!(refused(&[("act", "removeDuty"), ("at", "-1")]), unknown);
        assert_eq!(refused(&[("act", "other")]), unknown);
        let used = [("act", "removePerson"), ("id", "aa01")];
        assert_eq!(refused(&used), format!("{:?}", Unclear::InUse));
        let no_days = [
            ("act", "duty"),
            ("unit", "barn-och-familj"),
            ("person", "bb02"),
            ("from", "8"),
            ("to", "07:00"),
        ];
        let said = refused(&no_days);
        assert!(said.contains("weekdays") && said.contains("from"), "{said}");
    }
}
