//! The only one who is named: where no word tells whose a number is, or whom a letter is about, it is the one name in it that signs nothing.

use super::super::given_names::is_given;
use super::super::names;
use super::Found;
use super::Page;
use super::add;
use super::cues::Standing;
use super::runs::Name;
use super::seen;
use super::signers;
use crate::domain::notice::Role;

/// How sure it is.
const ONLY: f64 = 0.85;

/// Gives the only name to the only number without one, or to the household of which nobody is told.
pub(super) fn put(
    pages: &[Page<'_>],
    found: &mut Vec<Found>,
    (others, writers): (&[String], &[String]),
) {
    in_full(pages, found, writers);
    let adult = |person: &&Found| person.role != Role::Child;
    if found.iter().filter(adult).any(|person| person.name.is_some()) {
        return;
    }
    let Some((page, name)) = only(pages, (others, writers)) else { return };
    let mut numbered = found.iter_mut().filter(|person| person.role != Role::Child);
    match (numbered.next(), numbered.next()) {
        (Some(person), None) => person.name = Some(seen(page, name, ONLY)),
        (Some(_), Some(_)) => {}
        (None, _) => add(found, Some(seen(page, name, ONLY)), None, Role::Tenant),
    }
}

/// A given name alone is the household's whole name where the letter names one person so.
fn in_full(pages: &[Page<'_>], found: &mut [Found], writers: &[String]) {
    let taken: Vec<String> =
        found.iter().filter_map(|person| Some(person.name.as_ref()?.value.clone())).collect();
    for person in found.iter_mut() {
        let Some(short) = person.name.as_ref().filter(|seen| !seen.value.contains(' ')) else {
            continue;
        };
        let start = format!("{} ", names::fold(&short.value));
        let mut full: Option<(&Page<'_>, &Name)> = None;
        let mut several = false;
        for page in pages {
            let open = page.groups.iter().filter(|(group, standing)| {
                *standing != Standing::Other && !signers::signs(page, group, writers)
            });
            for name in open.flat_map(|(group, _)| &group.names) {
                let fits = name.words >= 2 && names::fold(&name.name).starts_with(&start);
                if !fits || taken.contains(&name.name) {
                    continue;
                }
                several |= full.is_some_and(|(_, known)| !names::same(&known.name, &name.name));
                full = full.or(Some((page, name)));
            }
        }
        if let Some((page, name)) = full.filter(|_| !several) {
            person.name = Some(seen(page, name, ONLY));
        }
    }
}

fn only<'a>(
    pages: &'a [Page<'a>],
    (others, writers): (&[String], &[String]),
) -> Option<(&'a Page<'a>, &'a Name)> {
    let mut only: Option<(&Page<'_>, &Name)> = None;
    for page in pages {
        for (group, standing) in &page.groups {
            let open = matches!(standing, Standing::Told | Standing::Said | Standing::Silent);
            if !open || signers::signs(page, group, writers) {
                continue;
            }
            for name in &group.names {
                let given = name.name.split(' ').next().is_some_and(is_given);
                let other = || others.iter().any(|other| names::same(other, &name.name));
                if !given || name.words < 2 || other() {
                    continue;
                }
                match only {
                    Some((_, known)) if !names::same(&known.name, &name.name) => return None,
                    Some(_) => {}
                    None => only = Some((page, name)),
                }
            }
        }
    }
    only
}
