//! The values of one household out of a program's tree, each put where its name, what it stands in and its own shape say that it belongs.

use super::super::super::Context;
use super::super::record::Place;
use super::super::record::Record;
use super::super::tell::tell;
use super::atoms::Atom;
use super::atoms::atoms;
use super::branch::Branch;
use super::shapes;
use crate::domain::document::Cell;
use crate::domain::finding::Severity;
use jiff::civil::Date;

/// Whose values stand here, and in what.
#[derive(Clone, Default)]
pub(super) struct Around {
    /// Sender, landlord, tenant …
    pub(super) party: Option<Atom>,
    /// Which person.
    pub(super) person: Option<usize>,
    /// What it all stands in, the nearest first.
    pub(super) topics: Vec<Atom>,
    /// What it stands in directly.
    pub(super) near: Vec<Atom>,
    /// Its name there.
    pub(super) parent: String,
    /// The first level of a notice of its own.
    pub(super) top: bool,
}

impl Around {
    /// Whether one of these is what it stands in.
    pub(super) fn within(&self, any: &[Atom]) -> bool {
        self.topics.iter().any(|atom| any.contains(atom))
    }
}

/// A day or an hour of an eviction, and whether it holds no longer.
#[derive(Clone, Default)]
pub(super) struct Hour {
    pub(super) day: Option<(Date, Place)>,
    pub(super) clock: Option<String>,
}

/// A word for the kind, and how much it counts.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) rank: u8,
    pub(super) text: String,
    pub(super) from: Place,
}

/// What was found so far.
#[derive(Clone)]
pub(super) struct Gather<'c> {
    pub(super) record: Record,
    /// The home of whoever lives there, where no other is told.
    pub(super) mailed: Record,
    pub(super) context: &'c Context<'c>,
    pub(super) on: Date,
    pub(super) source: String,
    pub(super) people: usize,
    pub(super) children: usize,
    /// Sums by how surely they are what is to be paid.
    pub(super) sums: Vec<(u8, String, Place)>,
    pub(super) references: Vec<(u8, String, Place)>,
    pub(super) kinds: Vec<Said>,
    pub(super) hours: [Hour; 2],
    /// Sums are counted in hundredths.
    pub(super) ore: bool,
    /// Values that found no place.
    pub(super) lost: Vec<String>,
}

/// Parties.
const PARTIES: &[Atom] = &[
    Atom::Sender,
    Atom::Landlord,
    Atom::Tenant,
    Atom::Second,
    Atom::Child,
    Atom::Officer,
    Atom::Contact,
    Atom::Ours,
];

/// The party among a name's words.
pub(super) fn party(atoms: &[Atom]) -> Option<Atom> {
    let found = PARTIES.iter().copied().find(|party| atoms.contains(party));
    match found {
        // `Hyresgästens hyresvärd`, `sokandeOmbud`: the last is meant, but a contact is its firm's.
        Some(_) => atoms.iter().rev().copied().find(|atom| PARTIES.contains(atom)),
        None => None,
    }
}

impl<'c> Gather<'c> {
    pub(super) fn new(context: &'c Context<'c>, source: &str) -> Self {
        Self {
            record: Record::default(),
            mailed: Record::default(),
            context,
            on: context.local_time.day_of(context.received_at),
            source: source.to_owned(),
            people: 0,
            children: 0,
            sums: Vec::new(),
            references: Vec::new(),
            kinds: Vec::new(),
            hours: [Hour::default(), Hour::default()],
            ore: false,
            lost: Vec::new(),
        }
    }

    /// Everything in a branch.
    pub(super) fn walk(&mut self, branch: &Branch, around: &Around) {
        for inner in &branch.inner {
            if inner.is_leaf() {
                self.leaf(inner, around);
            } else {
                self.holder(inner, around);
            }
        }
    }

    fn holder(&mut self, branch: &Branch, around: &Around) {
        let own = atoms(&branch.name);
        if self.period(branch, &own, around) || self.incident(branch, &own, around) {
            return;
        }
        let mut inside = around.clone();
        inside.top = false;
        inside.parent.clone_from(&branch.name);
        inside.near.clone_from(&own);
        inside.topics.splice(0..0, own.iter().copied());
        let role = role_of(branch);
        let told = role.as_ref().and_then(|(party, _)| *party);
        let named =
            party(&own).filter(|_| !own.contains(&Atom::Home) || own.contains(&Atom::Tenant));
        let generic = own.contains(&Atom::Somebody);
        inside.party = told.or(named).or(around.party).or(generic.then_some(Atom::Tenant));
        if own.contains(&Atom::Home) && named.is_none() && around.party == Some(Atom::Second) {
            inside.party = around.party;
        }
        self.enter(branch, &own, role, &mut inside, around);
        if !branch.value.is_empty() {
            let leaf = Branch { inner: Vec::new(), ..branch.clone() };
            self.leaf(&leaf, around);
        }
        self.walk(branch, &inside);
    }

    /// A person of their own, or a child.
    fn enter(
        &mut self,
        branch: &Branch,
        own: &[Atom],
        role: Option<(Option<Atom>, Option<&'static str>)>,
        inside: &mut Around,
        around: &Around,
    ) {
        let tenant = matches!(inside.party, Some(Atom::Tenant | Atom::Second));
        let says = own.iter().any(|it| {
            matches!(it, Atom::Tenant | Atom::Second | Atom::Somebody)
                && inside.party != Some(Atom::Child)
        });
        if tenant && says && is_person(branch, self.on) {
            let at = self.people;
            self.people += 1;
            inside.person = Some(at);
            if let Some(role) = role.and_then(|(_, role)| role) {
                let from = self.place(branch, &around.parent);
                self.record.put(&format!("persons.{at}.role"), role, &from, 0.97);
            }
        }
        if inside.party == Some(Atom::Child) && is_person(branch, self.on) {
            inside.person = Some(self.children);
            self.children += 1;
        }
    }

    /// Where a value stands, for whoever compares.
    pub(super) fn place(&self, branch: &Branch, parent: &str) -> Place {
        let quote = match parent {
            "" => format!("{}: {}", branch.name, branch.value),
            parent => format!("{parent}.{}: {}", branch.name, branch.value),
        };
        Place { source: self.source.clone(), quote }
    }

    /// Puts a value down as its field is read; two that differ are for a person.
    pub(super) fn put(&mut self, field: &str, heading: &str, text: &str, from: &Place) -> bool {
        let mut one = Record::default();
        let cell = Cell::Text(text.to_owned());
        if !tell(&mut one, field, heading, &cell, from, self.context) {
            return false;
        }
        self.record.remarks.append(&mut one.remarks);
        self.record.findings.append(&mut one.findings);
        let told: Vec<_> = one.values().cloned().collect();
        for told in told {
            match self.record.get(&told.path) {
                Some(other) if !other.eq_ignore_ascii_case(&told.text) => {
                    let path = format!("/{}", told.path.replace('.', "/"));
                    let finding = (Severity::Warning, "message", "contradiction", path);
                    self.record.doubt(&told.path, 0.8);
                    self.record.findings.push(finding);
                }
                Some(_) => {}
                None => self.record.put(&told.path, &told.text, &told.from, told.sure),
            }
        }
        true
    }
}

/// What a branch says of the role of whom it tells.
fn role_of(branch: &Branch) -> Option<(Option<Atom>, Option<&'static str>)> {
    let of_role = |leaf: &&Branch| {
        let own = atoms(&leaf.name);
        own.contains(&Atom::Role) || (own.contains(&Atom::Kind) && shapes::words(&leaf.value) <= 3)
    };
    let leaf = branch.leaves().filter(of_role).find(|leaf| !leaf.value.is_empty())?;
    let own = atoms(&leaf.value);
    let lower = leaf.value.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let role = if says(&["utan", "inneboende", "andrahand", "occupant", "subtenant"]) {
        Some("occupant")
    } else if says(&["godman", "god man", "förvaltare", "representative", "ställföret"]) {
        Some("representative")
    } else if says(&["barn", "child"]) {
        Some("child")
    } else if says(&["med", "co-", "cotenant", "joint"]) {
        Some("coTenant")
    } else {
        None
    };
    let told = match role {
        Some("occupant" | "representative" | "coTenant") => Some(Atom::Tenant),
        Some("child") => Some(Atom::Child),
        _ => party(&own),
    };
    (told.is_some() || role.is_some()).then_some((told, role))
}

/// Whether a branch tells of one person: a name or a number of theirs stands in it and in no other party's within it.
pub(super) fn is_person(branch: &Branch, on: Date) -> bool {
    let tells = |leaf: &Branch| {
        let own = atoms(&leaf.name);
        let named = [Atom::Name, Atom::Given, Atom::Family, Atom::Id];
        own.iter().any(|atom| named.contains(atom)) || shapes::is_identity(&leaf.value, on)
    };
    let parties = branch.inner.iter().filter(|inner| !inner.is_leaf()).any(|inner| {
        let own = atoms(&inner.name);
        own.contains(&Atom::Somebody) || matches!(party(&own), Some(Atom::Tenant | Atom::Second))
    });
    let deeper = || {
        let holders = branch.inner.iter().filter(|inner| !inner.is_leaf());
        holders.flat_map(Branch::leaves).any(tells)
    };
    let named = !branch.value.is_empty() && shapes::is_name(&branch.value);
    named || branch.leaves().any(tells) || (!parties && deeper())
}
