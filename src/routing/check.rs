//! Checks a profile as it stands in its file and tells all faults at once, each with its key.

use crate::domain::assignment::Priority;
use crate::domain::assignment::Routine;
use crate::domain::notice::Known;
use crate::domain::notice::NoticeType;
use crate::domain::notice::SenderKind;
use crate::domain::reference::Prefix;
use crate::routing::file::CodesFile;
use crate::routing::file::ContactFile;
use crate::routing::file::ProfileFile;
use crate::routing::file::RuleFile;
use crate::routing::file::TargetFile;
use crate::routing::profile::Board;
use crate::routing::profile::CodeNames;
use crate::routing::profile::Codes;
use crate::routing::profile::Contact;
use crate::routing::profile::District;
use crate::routing::profile::Policies;
use crate::routing::profile::Profile;
use crate::routing::profile::ProfileFault;
use crate::routing::profile::ProfileFaults;
use crate::routing::profile::Rule;
use crate::routing::profile::Target;
use crate::routing::profile::Unit;
use crate::routing::promises;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The checked profile, or every fault of it.
pub(super) fn checked(file: ProfileFile) -> Result<Profile, ProfileFaults> {
    let mut faults = Faults(Vec::new());
    check_places(&file, &mut faults);
    let names = Names::of(&file);
    faults.unless(
        is_digits(&file.municipality_code, 4..=4),
        "municipality_code",
        "not four digits",
    );
    let prefix = faults.need(
        Prefix::parse(&file.reference_prefix),
        "reference_prefix",
        "not two to five letters of A–Z without I, L, O, U",
    );
    let contact = faults.need(file.contact.map(contact), "contact", "missing");
    if let Some(contact) = &contact {
        check_contact(contact, &mut faults);
    }
    let codes = codes(file.codes, &mut faults);
    let rules = file.rules.into_iter().enumerate();
    let rules = rules.map(|(place, from)| rule(place, from, &names, &mut faults)).collect();
    let promises = promises::checked(file.acknowledge, file.texts, &mut faults);
    let default = faults.need(file.default, "default", "missing: every notice must go somewhere");
    let default = default.map(|from| {
        let is_unit = names.units.contains(&from.unit);
        faults.unless(is_unit, "default.unit", "no such unit (a function will not do here)");
        target(from, "default", &names, &mut faults)
    });
    match (prefix, contact, default) {
        (Some(reference_prefix), Some(contact), Some(default)) if faults.0.is_empty() => {
            Ok(Profile {
                name: file.name,
                municipality_code: file.municipality_code,
                reference_prefix,
                urgent_within_days: file.urgent_within_days,
                boards: file.boards.into_iter().map(Board::from).collect(),
                districts: file.districts.into_iter().map(District::from).collect(),
                units: file.units.into_iter().map(Unit::from).collect(),
                contact,
                policies: Policies { entry_per_adult: file.policies.entry_per_adult },
                reading: file.reading,
                codes,
                rules,
                promises,
                default,
            })
        }
        _ => Err(ProfileFaults(faults.0)),
    }
}

fn check_contact(contact: &Contact, faults: &mut Faults) {
    let has_at = contact.email.split_once('@').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
    faults.unless(has_at, "contact.email", "not a mail address");
    faults.unless(!contact.telephone.trim().is_empty(), "contact.telephone", "empty");
}

/// Faults as they are found.
pub(super) struct Faults(Vec<ProfileFault>);

impl Faults {
    pub(super) fn tell(&mut self, key: impl Into<String>, message: impl Into<String>) {
        self.0.push(ProfileFault { key: key.into(), message: message.into() });
    }

    pub(super) fn unless(
        &mut self,
        holds: bool,
        key: impl Into<String>,
        message: impl Into<String>,
    ) {
        if !holds {
            self.tell(key, message);
        }
    }

    fn need<T>(&mut self, value: Option<T>, key: &str, message: &str) -> Option<T> {
        self.unless(value.is_some(), key, message);
        value
    }

    /// Words of a list, read one by one.
    pub(super) fn words<T>(
        &mut self,
        words: &[String],
        key: &str,
        read: fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let mut values = Vec::new();
        for word in words {
            match read(word) {
                Some(value) => values.push(value),
                None => self.tell(key, format!("`{word}` is no word for this key")),
            }
        }
        values
    }
}

/// What rules may name.
struct Names {
    units: BTreeSet<String>,
    functions: BTreeSet<String>,
}

impl Names {
    fn of(file: &ProfileFile) -> Self {
        Self {
            units: file.units.iter().map(|unit| unit.id.clone()).collect(),
            functions: file.units.iter().filter_map(|unit| unit.function.clone()).collect(),
        }
    }

    fn know(&self, name: &str) -> bool {
        self.units.contains(name) || self.functions.contains(name)
    }
}

/// Boards, districts and units: ids, and that they fit together.
fn check_places(file: &ProfileFile, faults: &mut Faults) {
    let boards = ids("boards", file.boards.iter().map(|board| &board.id), faults);
    let districts = ids("districts", file.districts.iter().map(|district| &district.id), faults);
    let units = ids("units", file.units.iter().map(|unit| &unit.id), faults);
    let mut codes = BTreeSet::new();
    for (place, district) in file.districts.iter().enumerate() {
        let key = format!("districts[{place}].postal_codes");
        postal_codes(&district.postal_codes, &key, faults);
        for code in &district.postal_codes {
            faults.unless(codes.insert(code), &key, format!("`{code}` belongs to two districts"));
        }
    }
    let mut served = BTreeSet::new();
    for (place, unit) in file.units.iter().enumerate() {
        let key = |name: &str| format!("units[{place}].{name}");
        faults.unless(boards.contains(&unit.board), key("board"), "no such board");
        if let Some(district) = &unit.district {
            faults.unless(districts.contains(district), key("district"), "no such district");
        }
        let Some(function) = &unit.function else { continue };
        faults.unless(!units.contains(function), key("function"), "is also the id of a unit");
        faults.unless(unit.district.is_some(), key("district"), "a function needs a district");
        let is_first = served.insert((function, unit.district.as_ref()));
        faults.unless(is_first, key("function"), "the district has another unit of this function");
    }
    let functions: BTreeSet<_> = served.iter().map(|(function, _)| *function).collect();
    for function in functions {
        for district in &districts {
            let is_served = served.contains(&(function, Some(district)));
            let message = format!("district `{district}` has no unit of function `{function}`");
            faults.unless(is_served, "units", message);
        }
    }
}

fn ids<'a>(
    key: &str,
    all: impl Iterator<Item = &'a String>,
    faults: &mut Faults,
) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    for (place, id) in all.enumerate() {
        let key = format!("{key}[{place}].id");
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let is_id = !id.is_empty() && id.len() <= 64 && id.bytes().all(fits);
        faults.unless(is_id, &key, "not lower-case letters a–z, digits and hyphens");
        faults.unless(seen.insert(id.clone()), &key, format!("`{id}` stands twice"));
    }
    seen
}

fn postal_codes(codes: &[String], key: &str, faults: &mut Faults) {
    for code in codes {
        faults.unless(is_digits(code, 1..=5), key, format!("`{code}` is not one to five digits"));
    }
}

fn is_digits(text: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn contact(from: ContactFile) -> Contact {
    Contact {
        telephone: from.telephone,
        email: from.email,
        organisation_sv: from.organisation_sv,
        organisation_en: from.organisation_en,
    }
}

fn codes(from: BTreeMap<String, CodesFile>, faults: &mut Faults) -> BTreeMap<NoticeType, Codes> {
    let mut codes = BTreeMap::new();
    for (word, from) in from {
        let key = format!("codes.{word}");
        let Some(kind) = NoticeType::parse(&word) else {
            faults.tell(key, "no such type of notice");
            continue;
        };
        let usual = CodeNames { intake_type: from.intake_type, reason_code: from.reason_code };
        let mut by_sender = BTreeMap::new();
        for (word, names) in from.by_sender {
            match SenderKind::parse(&word) {
                Some(sender) => {
                    let names = CodeNames {
                        intake_type: names.intake_type.unwrap_or_else(|| usual.intake_type.clone()),
                        reason_code: names.reason_code.unwrap_or_else(|| usual.reason_code.clone()),
                    };
                    by_sender.insert(sender, names);
                }
                None => faults.tell(format!("{key}.by_sender.{word}"), "no such kind of sender"),
            }
        }
        for names in by_sender.values().chain([&usual]) {
            let is_empty =
                names.intake_type.trim().is_empty() || names.reason_code.trim().is_empty();
            faults.unless(!is_empty, &key, "a code name is empty");
        }
        codes.insert(kind, Codes { usual, by_sender });
    }
    for kind in NoticeType::ALL {
        let is_there = codes.contains_key(kind);
        faults.unless(is_there, format!("codes.{}", kind.as_str()), "missing");
    }
    codes
}

fn rule(place: usize, from: RuleFile, names: &Names, faults: &mut Faults) -> Rule {
    let key = format!("rules[{place}]");
    let conditions = [&from.types, &from.senders, &from.children, &from.postal_codes]
        .map(|list| list.is_empty());
    faults.unless(!conditions.iter().all(|empty| *empty), &key, "no condition: use [default]");
    postal_codes(&from.postal_codes, &format!("{key}.postal_codes"), faults);
    Rule {
        types: faults.words(&from.types, &format!("{key}.types"), NoticeType::parse),
        senders: faults.words(&from.senders, &format!("{key}.senders"), SenderKind::parse),
        children: faults.words(&from.children, &format!("{key}.children"), Known::parse),
        target: target(
            TargetFile {
                unit: from.unit,
                co_units: from.co_units,
                routine: from.routine,
                priority: from.priority,
            },
            &key,
            names,
            faults,
        ),
        name: from.name,
        postal_codes: from.postal_codes,
    }
}

fn target(from: TargetFile, key: &str, names: &Names, faults: &mut Faults) -> Target {
    if key != "default" {
        faults.unless(names.know(&from.unit), format!("{key}.unit"), "no such unit or function");
    }
    for co_unit in &from.co_units {
        let message = format!("`{co_unit}` is no unit or function");
        faults.unless(names.know(co_unit), format!("{key}.co_units"), message);
    }
    let routine: Vec<String> = from.routine.into_iter().collect();
    let priority: Vec<String> = from.priority.into_iter().collect();
    Target {
        unit: from.unit,
        co_units: from.co_units,
        routine: faults.words(&routine, &format!("{key}.routine"), Routine::parse).pop(),
        priority: faults.words(&priority, &format!("{key}.priority"), Priority::parse).pop(),
    }
}
