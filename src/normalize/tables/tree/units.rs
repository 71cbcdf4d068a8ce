//! How many households a program's message tells of: the largest thing in it that repeats and names somebody each time, and what stands around it.

use super::atoms::Atom;
use super::atoms::atoms;
use super::branch::Branch;
use super::gather::party;
use super::shapes;
use jiff::civil::Date;

/// A part that is a notice of its own, and what stands around it, the nearest last.
pub(super) struct Unit {
    pub(super) branch: Branch,
    pub(super) around: Vec<Branch>,
}

/// Lists within lists.
const NESTED_MAX: usize = 8;

/// The units of a tree; the tree itself where nothing in it repeats.
pub(super) fn units(root: &Branch, on: Date) -> Vec<Unit> {
    let mut found = Vec::new();
    within(root, &mut Vec::new(), NESTED_MAX, on, &mut found);
    found
}

fn within(
    branch: &Branch,
    around: &mut Vec<Branch>,
    levels: usize,
    on: Date,
    found: &mut Vec<Unit>,
) {
    let alone = |found: &mut Vec<Unit>, around: &[Branch]| {
        found.push(Unit { branch: branch.clone(), around: around.to_vec() });
    };
    if levels == 0 {
        return alone(found, around);
    }
    let holders: Vec<(usize, &Branch)> =
        branch.inner.iter().enumerate().filter(|(_, inner)| !inner.is_leaf()).collect();
    let repeats = |name: &str| holders.iter().filter(|(_, it)| it.name == name).count() > 1;
    let several: Vec<usize> = holders
        .iter()
        .filter(|(_, it)| repeats(&it.name) && is_household(it, on))
        .map(|(at, _)| *at)
        .collect();
    let holding: Vec<usize> = holders
        .iter()
        .filter(|(at, it)| several.contains(at) || (holds_some(it, on) && !is_part(it)))
        .map(|(at, _)| *at)
        .collect();
    let lists = holding
        .iter()
        .filter(|at| branch.inner.get(**at).is_some_and(|it| holds_list(it, on)))
        .count();
    let inner = if several.len() > 1 || lists > 1 {
        holding
    } else if let [only] = holding.as_slice() {
        // Into the one part that holds lists or all of it.
        match branch.inner.get(*only).is_some_and(|it| holds_list(it, on)) {
            true => vec![*only],
            false => Vec::new(),
        }
    } else if lists == 1 {
        holding
            .into_iter()
            .filter(|at| branch.inner.get(*at).is_some_and(|it| holds_list(it, on)))
            .collect()
    } else {
        Vec::new()
    };
    if inner.is_empty() {
        return alone(found, around);
    }
    let mut rest = Branch { inner: Vec::new(), ..branch.clone() };
    rest.inner = branch
        .inner
        .iter()
        .enumerate()
        .filter(|(at, _)| !inner.contains(at))
        .map(|(_, it)| it.clone())
        .collect();
    around.push(rest);
    for at in inner {
        if let Some(inner) = branch.inner.get(at) {
            within(inner, around, levels - 1, on, found);
        }
    }
    around.pop();
}

/// Whether somewhere in it households stand side by side.
fn holds_list(branch: &Branch, on: Date) -> bool {
    branch.all().iter().any(|it| {
        let households: Vec<&str> = it
            .inner
            .iter()
            .filter(|inner| !inner.is_leaf() && is_household(inner, on))
            .map(|inner| inner.name.as_str())
            .collect();
        households.iter().any(|name| households.iter().filter(|it| it == &name).count() > 1)
    })
}

/// A part of one household's: a person, a home, a debt.
fn is_part(branch: &Branch) -> bool {
    let own = atoms(&branch.name);
    party(&own).is_some() || own.contains(&Atom::Somebody)
}

fn holds_some(branch: &Branch, on: Date) -> bool {
    branch.all().iter().any(|it| it.is_leaf() && shapes::is_identity(&it.value, on))
        || is_household(branch, on)
}

/// Whether a branch tells of a household of its own: somebody, and a home, a debt or a matter.
fn is_household(branch: &Branch, on: Date) -> bool {
    let own = atoms(&branch.name);
    let (mut somebody, mut matter, mut home) = (false, 0, false);
    for leaf in branch.all().into_iter().filter(|it| !it.value.is_empty()) {
        let words = atoms(&leaf.name);
        let says = |any: &[Atom]| words.iter().any(|atom| any.contains(atom));
        somebody |= shapes::is_identity(&leaf.value, on)
            || says(&[Atom::Id, Atom::Given, Atom::Family])
            || (says(&[Atom::Name, Atom::Tenant]) && shapes::is_name(&leaf.value));
        home |= says(&[Atom::Street]) && shapes::words(&leaf.value) > 0;
        home |= shapes::is_case(&leaf.value) || says(&[Atom::Case]);
        let told = says(&[
            Atom::Amount,
            Atom::Recover,
            Atom::Debt,
            Atom::Kind,
            Atom::Hearing,
            Atom::Terminate,
            Atom::Ref,
            Atom::Incident,
        ]);
        matter += usize::from(told);
    }
    let part = party(&own).is_some() || own.contains(&Atom::Somebody);
    let place = own.contains(&Atom::Home);
    match (part, place) {
        // People with a home and a debt each are households, whatever their list is called.
        (true, _) => {
            somebody
                && home
                && matter > 0
                && party(&own) != Some(Atom::Landlord)
                && party(&own) != Some(Atom::Sender)
        }
        (false, true) => somebody && (home || matter > 0),
        (false, false) => home || (somebody && matter > 0),
    }
}
