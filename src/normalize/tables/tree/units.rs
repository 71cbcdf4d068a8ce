//! How many households a program's message tells of: the largest thing in it that repeats and names somebody each time, and what stands around it.

use super::atoms::Atom;
use super::atoms::atoms;
use super::branch::Branch;
use super::gather::party;
use super::shapes;
use jiff::civil::Date;
use std::collections::HashMap;
use std::collections::HashSet;
use std::rc::Rc;

/// A part that is a notice of its own, and what stands around it, the nearest last.
pub(super) struct Unit {
    pub(super) branch: Branch,
    pub(super) around: Vec<Rc<Branch>>,
}

/// What stands around all units together, in values that are looked at again for each; with more, each unit stands for itself.
const AROUND_MAX: usize = 200_000;
/// Lists within lists.
const NESTED_MAX: usize = 8;

/// The units of a tree; the tree itself where nothing in it repeats.
pub(super) fn units(root: &Branch, on: Date) -> Vec<Unit> {
    let mut found = Vec::new();
    within(root, &mut Vec::new(), NESTED_MAX, on, &mut found);
    let mut looked_at = 0;
    let mut around = found.iter().flat_map(|unit| &unit.around);
    let too_many = around.any(|around| {
        looked_at += around.all().len();
        looked_at > AROUND_MAX
    });
    if too_many {
        found.iter_mut().for_each(|unit| unit.around.clear());
    }
    found
}

fn within(
    branch: &Branch,
    around: &mut Vec<Rc<Branch>>,
    levels: usize,
    on: Date,
    found: &mut Vec<Unit>,
) {
    let alone = |found: &mut Vec<Unit>, around: &[Rc<Branch>]| {
        found.push(Unit { branch: branch.clone(), around: around.to_vec() });
    };
    if levels == 0 {
        return alone(found, around);
    }
    let holders: Vec<(usize, &Branch)> =
        branch.inner.iter().enumerate().filter(|(_, inner)| !inner.is_leaf()).collect();
    let mut names: HashMap<&str, usize> = HashMap::new();
    holders.iter().for_each(|(_, it)| *names.entry(&it.name).or_default() += 1);
    let repeats = |name: &str| names.get(name).is_some_and(|count| *count > 1);
    let several: Vec<usize> = holders
        .iter()
        .filter(|(_, it)| repeats(&it.name) && is_household(it, on))
        .map(|(at, _)| *at)
        .collect();
    let holding: Vec<usize> = holders
        .iter()
        .filter(|(at, it)| {
            several.binary_search(at).is_ok() || (holds_some(it, on) && !is_part(it))
        })
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
        .filter(|(at, _)| inner.binary_search(at).is_err())
        .map(|(_, it)| it.clone())
        .collect();
    around.push(Rc::new(rest));
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
        let households = it.inner.iter().filter(|it| !it.is_leaf() && is_household(it, on));
        let mut names = HashSet::new();
        households.map(|it| it.name.as_str()).any(|name| !names.insert(name))
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
