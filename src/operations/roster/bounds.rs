//! Which part of a roster a person's boards reach: one roster may serve several boards, and nobody rules over another board's people.

use crate::operations::Desk;
use crate::operations::visit::Visit;
use crate::roster::Roster;
use crate::store::Boards;
use std::collections::BTreeSet;

/// Whether a unit belongs to one of these boards; one that the profile does not know is everybody's.
fn reaches(desk: &Desk, boards: &Boards, unit: &str) -> bool {
    desk.profile.unit(unit).is_none_or(|unit| boards.hold(&unit.board))
}

/// The ids of the units that these boards reach, in the profile's order.
pub(in crate::operations) fn units<'d>(desk: &'d Desk, boards: &Boards) -> Vec<&'d str> {
    let mine = desk.profile.units.iter().filter(|unit| boards.hold(&unit.board));
    mine.map(|unit| unit.id.as_str()).collect()
}

/// Whether all units are within reach: only then may somebody see and change the whole text.
pub(super) fn all(visit: &Visit) -> bool {
    units(&visit.desk, visit.person.boards()).len() == visit.desk.profile.units.len()
}

/// The units that have to do with a person.
fn units_of<'r>(roster: &'r Roster, id: &str) -> BTreeSet<&'r str> {
    let duties = roster.duties.iter().filter(|duty| duty.person == id).map(|duty| &duty.unit);
    let extra = roster.extra.iter().filter(|extra| extra.person == id).map(|extra| &extra.unit);
    let swaps = roster.swaps.iter().filter(|swap| swap.person == id || swap.instead_of == id);
    let deputies = roster.units.iter().filter(|unit| unit.deputy.as_deref() == Some(id));
    let all = duties.chain(extra).chain(swaps.map(|swap| &swap.unit));
    all.chain(deputies.map(|unit| &unit.id)).map(String::as_str).collect()
}

/// Whether a person of the roster has to do with units within reach, or with none at all.
pub(super) fn knows(visit: &Visit, roster: &Roster, id: &str) -> bool {
    let units = units_of(roster, id);
    let mine = |unit: &&str| reaches(&visit.desk, visit.person.boards(), unit);
    units.is_empty() || units.iter().any(mine)
}

/// Whether somebody of the roster may be named by this visitor.
pub(in crate::operations) fn may_name(visit: &Visit, id: &str) -> bool {
    let roster = visit.desk.roster.now();
    roster.person(id).is_some() && knows(visit, &roster, id)
}

/// Ids and names of those whom this visitor may name.
pub(in crate::operations) fn persons(visit: &Visit) -> Vec<(String, String)> {
    let roster = visit.desk.roster.now();
    let mine = roster.persons.iter().filter(|person| knows(visit, &roster, &person.id));
    let label = |name: &str, id: &str| format!("{name} ({id})");
    mine.map(|it| (it.id.clone(), label(it.caseworker.name.reveal(), &it.id))).collect()
}

/// Whether a change touches nothing beyond these boards' reach.
pub(super) fn allow(desk: &Desk, boards: &Boards, old: &Roster, new: &Roster) -> bool {
    let unit = |unit: &str| reaches(desk, boards, unit);
    let person = |id: &str| units_of(old, id).into_iter().chain(units_of(new, id)).all(unit);
    let everything = || desk.profile.units.iter().all(|unit| boards.hold(&unit.board));
    (old.deputy == new.deputy || everything())
        && touched(&old.persons, &new.persons).all(|it| person(&it.id))
        && touched(&old.units, &new.units).all(|it| unit(&it.id))
        && touched(&old.duties, &new.duties).all(|it| unit(&it.unit))
        && touched(&old.absences, &new.absences).all(|it| person(&it.person))
        && touched(&old.extra, &new.extra).all(|it| unit(&it.unit))
        && touched(&old.swaps, &new.swaps).all(|it| unit(&it.unit))
}

/// What is in one list only.
fn touched<'a, T: PartialEq>(old: &'a [T], new: &'a [T]) -> impl Iterator<Item = &'a T> {
    let gone = old.iter().filter(move |one| !new.contains(one));
    gone.chain(new.iter().filter(move |one| !old.contains(one)))
}
