//! Numbers beside names of which nothing is said: theirs may be anybody's, the writer's, a guarantor's, a victim's.

use super::super::names;
use super::super::pattern::pattern;
use super::Found;
use super::Page;
use super::cues;
use super::cues::Standing;
use super::runs::Group;
use super::signers;
use crate::domain::notice::Role;

pattern!(JOINED, r"(?i)(?:^|[\s,)])(?:och|samt|jämte|and|&)\s");

/// What nothing but its place tells is never surer where another may be meant.
const OPEN: f64 = 0.9;

/// Takes sureness from those of whom nothing is said where a word tells who the tenant is, or where another who is named may be.
pub(super) fn doubt(pages: &[Page<'_>], found: &mut [Found], writers: &[String]) {
    let mut told: Vec<Told> = found.iter().map(|person| told(pages, person)).collect();
    in_chains(pages, found, &mut told);
    // `Testa Testsson 850101-2390 och sambo Provo Ek`: the word for the other says nothing against the first.
    let tells =
        |(told, person): (&Told, &Found)| *told == Told::Household && person.role != Role::CoTenant;
    let said = told.iter().zip(found.iter()).any(tells);
    let rival = if said { None } else { rival(pages, found, writers) };
    let apart = told.iter().filter(|told| **told == Told::Apart).count();
    let apart = if of_one_family(found) { 1 } else { apart };
    for (person, told) in found.iter_mut().zip(told) {
        let cap = match told {
            Told::Household | Told::Nobody => None,
            Told::About => (said || rival == Some(true)).then_some(0.94),
            Told::Open | Told::Apart => (said || rival.is_some() || apart > 1).then_some(OPEN),
        };
        let Some(cap) = cap else { continue };
        let name = person.name.as_mut().map(|seen| &mut seen.confidence);
        let number = person.identity.as_mut().map(|seen| &mut seen.confidence);
        for confidence in [name, number].into_iter().flatten() {
            *confidence = confidence.min(cap);
        }
    }
    if said {
        // Those whom a word gives to the household come first.
        found.sort_by_key(|person| {
            let adult = person.role != Role::Child;
            adult && matches!(self::told(pages, person), Told::Open | Told::Apart)
        });
    }
}

/// `Testa Ek, 850101-2382, och Provo Ek, 850101-2390, hyr bostaden`: what is said behind the last is said of both. `Vi har sagt upp
/// Testa Ek, 850101-2382, och Provo Ek, 850101-2390`: what is said before the first is, too.
fn in_chains(pages: &[Page<'_>], found: &[Found], told: &mut [Told]) {
    for at in (1..found.len()).rev() {
        let open = matches!(told.get(at - 1), Some(Told::Open | Told::Apart));
        if open && told.get(at) == Some(&Told::About) && between(pages, found, at).is_some() {
            set(told, at - 1, Told::About);
        }
    }
    for at in 1..found.len() {
        let first = told.get(at - 1).copied();
        let said = matches!(first, Some(Told::About | Told::Household));
        let numbered = found.get(at).is_some_and(|person| person.identity.is_some());
        let joined = || between(pages, found, at).is_some_and(|gap| JOINED.is_in(gap));
        if said && numbered && told.get(at) == Some(&Told::Open) && joined() {
            set(told, at, Told::About);
        }
    }
}

fn set(told: &mut [Told], at: usize, is: Told) {
    if let Some(told) = told.get_mut(at) {
        *told = is;
    }
}

/// What stands between the number of one and the name of this one, where that is no more than a joining word.
fn between<'a>(pages: &'a [Page<'_>], found: &[Found], at: usize) -> Option<&'a str> {
    let (one, other) = (found.get(at.checked_sub(1)?)?, found.get(at)?);
    let (number, name) = (one.identity.as_ref()?, other.name.as_ref()?);
    let page = pages.iter().find(|page| page.sheet.number == name.sheet)?;
    let end = number.at + number.quote.len();
    let gap = page.text.get(end..name.at).filter(|_| number.sheet == name.sheet)?;
    cues::chained(gap).then_some(gap)
}

/// Whether all adults who are named by number bear one family name: a couple, of whom none is a guarantor or a neighbour.
fn of_one_family(found: &[Found]) -> bool {
    let mut families = found
        .iter()
        .filter(|person| person.role != Role::Child && person.identity.is_some())
        .map(|person| {
            let name = person.name.as_ref()?.value.rsplit(' ').next()?;
            Some(names::fold(name))
        });
    let first = families.next().flatten();
    first.is_some() && families.all(|family| family == first)
}

/// What tells that somebody is of the household.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    /// A word for it.
    Household,
    /// The letter says that it is about them, or what they do.
    About,
    /// Nothing; the name stands in a list with the one before.
    Open,
    /// Nothing, and the name stands alone.
    Apart,
    /// Not to be asked: a child, or nobody's name.
    Nobody,
}

fn told(pages: &[Page<'_>], person: &Found) -> Told {
    let group = || {
        let name = person.name.as_ref()?;
        let page = pages.iter().find(|page| page.sheet.number == name.sheet)?;
        let at = page.groups.partition_point(|(group, _)| group.start <= name.at).checked_sub(1)?;
        let (group, standing) = page.groups.get(at)?;
        let before = at.checked_sub(1).and_then(|at| page.groups.get(at));
        Some((page, group, *standing, before.map(|(group, _)| group)))
    };
    if person.role == Role::Child || person.role == Role::Representative {
        return Told::Nobody;
    }
    let Some((page, group, standing, before)) = group() else { return Told::Nobody };
    let end = person.identity.as_ref().map_or(group.end, |it| it.at + it.quote.len());
    let acts = || does(page, group.end) || does(page, end.max(group.end));
    match standing {
        Standing::Is(Role::Tenant | Role::CoTenant | Role::Occupant) => Told::Household,
        Standing::Is(Role::Child | Role::Representative) | Standing::Other => Told::Nobody,
        Standing::Told => Told::About,
        Standing::Said | Standing::Silent if acts() => Told::About,
        Standing::Said | Standing::Silent => {
            let gap = before.and_then(|before| page.text.get(before.end..group.start));
            if gap.is_some_and(cues::chained) { Told::Open } else { Told::Apart }
        }
    }
}

fn does(page: &Page<'_>, end: usize) -> bool {
    cues::behind(&page.text, end).does
}

/// Whether somebody else is named who may be the tenant, and whether the letter says that it is about one of them.
fn rival(pages: &[Page<'_>], found: &[Found], writers: &[String]) -> Option<bool> {
    let known = |name: &str| {
        let mut all = found.iter().filter_map(|person| person.name.as_ref());
        all.any(|other| names::same(&other.value, name))
    };
    let may_be = |page: &Page<'_>, (group, standing): &(Group, Standing)| {
        let other =
            matches!(standing, Standing::Other | Standing::Is(Role::Child | Role::Representative))
                || (*standing != Standing::Told && signers::signs(page, group, writers));
        !other && group.names.iter().any(|name| name.words >= 2 && !known(&name.name))
    };
    let all = pages.iter().flat_map(|page| page.groups.iter().map(move |it| (page, it)));
    let mut rivals = all.filter(|(page, it)| may_be(page, it)).peekable();
    rivals.peek()?;
    Some(
        rivals
            .any(|(page, (group, standing))| *standing == Standing::Told || does(page, group.end)),
    )
}
