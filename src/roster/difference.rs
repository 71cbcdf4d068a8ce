//! What differs between two rosters, told by sections and ids: for the journal, which holds no names.

use crate::roster::Roster;
use std::collections::BTreeMap;

impl Roster {
    /// What differs in `other`, such as `persons +ee05 ~aa01, absences +aa01`; empty when nothing does. A `+` was added, a `-` removed, a `~` changed.
    pub fn difference(&self, other: &Self) -> String {
        let mut parts = Vec::new();
        let mut add = |section: &str, changes: Vec<String>| {
            if !changes.is_empty() {
                parts.push(format!("{section} {}", changes.join(" ")));
            }
        };
        if self.deputy != other.deputy {
            add("deputy", vec!["~".to_owned() + other.deputy.as_deref().unwrap_or_default()]);
        }
        add("persons", by_id(&self.persons, &other.persons, |person| &person.id));
        add("units", by_id(&self.units, &other.units, |unit| &unit.id));
        add("duties", by_person(&self.duties, &other.duties, |duty| &duty.person));
        add("absences", by_person(&self.absences, &other.absences, |absence| &absence.person));
        add("extra", by_person(&self.extra, &other.extra, |extra| &extra.person));
        add("swaps", by_person(&self.swaps, &other.swaps, |swap| &swap.person));
        parts.join(", ")
    }
}

/// Entries that an id tells apart.
fn by_id<T: PartialEq>(old: &[T], new: &[T], id: impl Fn(&T) -> &String) -> Vec<String> {
    let of = |all: &[T], key: &str| all.iter().position(|one| id(one) == key);
    let gone = old.iter().filter(|one| of(new, id(one)).is_none());
    let gone: Vec<String> = gone.map(|one| format!("-{}", id(one))).collect();
    let added = new.iter().filter_map(|one| {
        let before = of(old, id(one)).and_then(|at| old.get(at));
        match before {
            None => Some(format!("+{}", id(one))),
            Some(before) => (before != one).then(|| format!("~{}", id(one))),
        }
    });
    let mut changes: Vec<String> = added.chain(gone).collect();
    if changes.is_empty() && old != new {
        changes.push("order".to_owned());
    }
    changes
}

/// Entries of persons, of which each may have several.
fn by_person<T: PartialEq>(old: &[T], new: &[T], id: impl Fn(&T) -> &String) -> Vec<String> {
    let mut counts: BTreeMap<&String, (usize, usize)> = BTreeMap::new();
    for (one, others, added) in
        old.iter().map(|one| (one, new, false)).chain(new.iter().map(|one| (one, old, true)))
    {
        if !others.contains(one) {
            let (more, less) = counts.entry(id(one)).or_default();
            if added { *more += 1 } else { *less += 1 }
        }
    }
    let told = counts.into_iter().map(|(id, (more, less))| match (more, less) {
        (_, 0) => format!("+{id}"),
        (0, _) => format!("-{id}"),
        (_, _) => format!("~{id}"),
    });
    let mut changes: Vec<String> = told.collect();
    if changes.is_empty() && old != new {
        changes.push("order".to_owned());
    }
    changes
}

#[cfg(test)]
mod tests {
    use crate::roster::Roster;

    const SAMPLE: &str = include_str!("../../config/roster.toml");

    #[test]
    fn what_differs_is_told_by_sections_and_ids_and_never_by_name() {
        let before = Roster::parse(SAMPLE).unwrap();
        let after = |change: fn(&mut Roster)| {
            let mut after = before.clone();
            change(&mut after);
            before.difference(&after)
        };
        assert_eq!(after(|_| {}), "");
        assert_eq!(after(|it| it.deputy = None), "deputy ~");
        assert_eq!(after(|it| it.persons[0].caseworker.name = "Ny".into()), "persons ~aa01");
        assert_eq!(after(|it| drop(it.persons.remove(1))), "persons -bb02");
        assert_eq!(after(|it| it.duties.reverse()), "duties order");
        assert_eq!(after(|it| drop(it.duties.remove(0))), "duties -aa01");
        let twice = after(|it| {
            it.units[0].deputy = None;
            let more = it.duties[0].clone();
            it.duties[0].holidays = !it.duties[0].holidays;
            it.duties.push(crate::roster::Duty { holidays: !more.holidays, ..more });
        });
        assert_eq!(twice, "units ~boende-mottagning, duties ~aa01");
    }
}
