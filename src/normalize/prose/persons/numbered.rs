//! Which name an identity number belongs to: the one right before or behind it, or the only person who has none.

use super::super::identities::Identity;
use super::super::names;
use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::near_end;
use super::Found;
use super::MOST;
use super::Page;
use super::cues;
use super::cues::Standing;
use super::is_child;
use super::runs::Group;
use crate::domain::notice::Role;
use jiff::civil::Date;

pattern!(
    GAP,
    r"(?i)^[\s,;:.(\[|/-]*(?:\p{L}+_\d_|\p{L}+ \d[ _])?(?:\(?(?:[\p{L}]+ ){1,3}\d{1,4} ?[a-h]?(?:,? (?:lgh|lägenhet|apt)\.? \d{1,4})?,? )?(?:(?:med|with|har|has|having|och|and)\s+)*(?:(?:person-?\s?(?:nummer|nr)|personnumret|pers\.?\s?-?nr|p\.?-?nr|pnr|persnr|samordningsnummer(?:et)?|samordn(?:ings)?\.?\s?nr|samordningsnr|födelsenummer|person-?/?\s?org(?:anisations)?\.?-?(?:nummer|nr)|(?:personal )?(?:identity )?(?:number|no)|personal number|personal id|coordination number|swedish id|national id|id(?:-?nummer|-?nr| number| no)?|ssn|cpr|född|f|born)\.?)?[\s:.=(|*_-]*$"
);
pattern!(
    BEFORE_IT,
    r"(?:19|20|18)?\d{6}[-+ ]?\d{4}\s*(?:,?\s*(?:resp\.?|respektive|och|samt|and|&)|[,/;])\s*$"
);
pattern!(
    NEXT,
    r"^\)?\s*(?:,?\s*(?:resp\.?|respektive|och|samt|and|&)|[,/;])\s*(?:19|20|18)?\d{6}[-+ ]?\d{4}"
);
pattern!(NUMBER, r"(?:^|\D)\d{6,8}[-+ ]?\d{4}(?:\D|$)");
pattern!(
    MINE,
    r"(?i)\b(?:mitt|min|my|mit)\s+(?:eget |own )?(?:person|p-?nr|id|samordn|social|personal|cpr)[^\n]{0,30}$"
);
pattern!(
    SMALL,
    r"(?:^|[^\p{L}\d])((?:\p{L}[\p{L}'’-]+ ){0,2}\p{L}[\p{L}'’-]+)[\s,;:(]*(?:p(?:ers)?\.?-?(?:on)?(?:nummer|nr)[ :.]*)?$"
);

/// Who stands beside a number.
pub(super) enum Beside {
    /// A name of a group: its number there, and what is said of it.
    Named(Group, usize, Standing),
    /// No name; what is said of the number.
    Nobody(Standing),
    /// Somebody who is not of the household.
    Other(Option<String>),
}

/// The name beside a number.
pub(super) fn beside(page: &Page<'_>, identity: &Seen<Identity>) -> Beside {
    let text = page.text.as_str();
    let (at, end) = (identity.at, identity.at + identity.quote.len());
    if MINE.is_in(near_end(text.get(..at).unwrap_or_default())) {
        return Beside::Other(None);
    }
    let found = match number_first(page, at) {
        true => behind_it(page, end).or_else(|| before_it(page, at, end)),
        false => before_it(page, at, end).or_else(|| behind_it(page, end)),
    };
    let Some((group, which, standing)) = found else {
        return match cues::standing(text, at) {
            Standing::Other => Beside::Other(None),
            standing => Beside::Nobody(standing),
        };
    };
    let open = !matches!(standing, Standing::Is(_)) && cues::is_others(text, end);
    match standing {
        Standing::Is(_) | Standing::Told | Standing::Said | Standing::Silent if open => {
            Beside::Other(group.names.get(which).map(|name| name.name.clone()))
        }
        Standing::Other => Beside::Other(group.names.get(which).map(|name| name.name.clone())),
        standing => Beside::Named(group.clone(), which, standing),
    }
}

/// Whether the line begins with a number and names follow their numbers.
fn number_first(page: &Page<'_>, at: usize) -> bool {
    let text = page.text.as_str();
    let near = near_end(text.get(..at).unwrap_or_default());
    let line = near.rfind('\n').map_or(near, |start| near.get(start + 1..).unwrap_or_default());
    let line_start = at - line.len();
    let first = page.groups.partition_point(|(group, _)| group.start < line_start);
    let first_name = page.groups.get(first).map_or(usize::MAX, |(group, _)| group.start);
    let first_number = NUMBER.first(line).and_then(|found| found.get(0));
    first_number.map_or(at, |number| line_start + number.start()) < first_name
}

fn before_it<'p>(
    page: &'p Page<'_>,
    at: usize,
    end: usize,
) -> Option<(&'p Group, usize, Standing)> {
    let text = page.text.as_str();
    let (mut from, mut passed) = (at, 0);
    while let Some(found) = BEFORE_IT.first(near_end(text.get(..from)?))
        && passed < 5
        && let Some(whole) = found.get(0)
    {
        from -= whole.len();
        passed += 1;
        if page.groups.iter().rev().any(|(group, _)| group.end > from && group.end <= at) {
            break;
        }
    }
    let last = page.groups.partition_point(|(group, _)| group.end <= from).checked_sub(1)?;
    let (group, standing) = page.groups.get(last)?;
    let gap = text.get(group.end..from)?;
    let lines = gap.matches('\n').count();
    if gap.len() > 90 || lines > 2 || !GAP.is_in(gap) {
        return None;
    }
    let listed = passed > 0 || NEXT.is_in(text.get(end..).unwrap_or_default());
    let tabbed = gap.contains('\t');
    let which = match (listed, tabbed) {
        (true, _) => passed,
        (false, true) => 0,
        (false, false) => group.names.len() - 1,
    };
    let which = which.min(group.names.len() - 1);
    Some((group, which, *standing))
}

fn behind_it<'p>(page: &'p Page<'_>, end: usize) -> Option<(&'p Group, usize, Standing)> {
    let text = page.text.as_str();
    let next = page.groups.partition_point(|(group, _)| group.start < end);
    let (group, standing) = page.groups.get(next)?;
    let gap = text.get(end..group.start)?;
    let plain =
        gap.chars().all(|c| matches!(c, ' ' | '\t' | ',' | ';' | ':' | '|' | '-' | ')' | '('));
    (gap.len() <= 20 && plain).then_some((group, 0, *standing))
}

/// Gives the numbers that stand alone to those who can only be meant, and keeps the others as persons without a name.
pub(super) fn settle(
    pages: &[Page<'_>],
    found: &mut Vec<Found>,
    alone: Vec<(Seen<Identity>, Standing)>,
    on: Date,
) {
    let mut left = Vec::new();
    for (identity, standing) in alone {
        let number = identity.value.identity.value.reveal();
        let known = |person: &Found| {
            person.identity.as_ref().is_some_and(|it| it.value.identity.value.reveal() == number)
        };
        if found.iter().any(known) || found.len() >= MOST {
            continue;
        }
        if is_child(&identity, on) || standing == Standing::Is(Role::Child) {
            found.push(Found {
                name: None,
                identity: Some(identity),
                born_on: None,
                role: Role::Child,
            });
            continue;
        }
        match by_given_name(pages, found, &identity) {
            Some(at) => {
                if let Some(person) = found.get_mut(at) {
                    person.identity = Some(identity);
                }
            }
            None if !left.iter().any(|(it, _): &(Seen<Identity>, Standing)| {
                it.value.identity.value.reveal() == number
            }) =>
            {
                left.push((identity, standing));
            }
            None => {}
        }
    }
    let adult = |person: &Found| {
        person.identity.is_none() && !matches!(person.role, Role::Child | Role::Representative)
    };
    let waiting = found.iter().filter(|person| adult(person)).count();
    if waiting == 1
        && left.len() == 1
        && let Some(person) = found.iter_mut().find(|person| adult(person))
    {
        person.identity = left.pop().map(|(identity, _)| identity);
    }
    for (identity, standing) in left {
        let name = small_name(pages, &identity).or_else(|| near_name(pages, found, &identity));
        let role = super::role(standing).unwrap_or(Role::Tenant);
        found.push(Found { name, identity: Some(identity), born_on: None, role });
    }
}

/// `tove 900102-2384`, where only one person is called so.
fn by_given_name(pages: &[Page<'_>], found: &[Found], identity: &Seen<Identity>) -> Option<usize> {
    let page = pages.iter().find(|page| page.sheet.number == identity.sheet)?;
    let near = near_end(page.text.get(..identity.at)?);
    let line = near.rsplit('\n').next().unwrap_or_default();
    let before: Vec<String> = line
        .split_whitespace()
        .rev()
        .take(4)
        .map(|word| names::fold(word.trim_matches([',', '(', ':', ';'])))
        .collect();
    let called = |person: &Found| {
        let name = person.name.as_ref().filter(|_| person.identity.is_none())?;
        let given = names::fold(name.value.split(' ').next()?);
        before.contains(&given).then_some(())
    };
    let mut all = found.iter().enumerate().filter(|(_, person)| called(person).is_some());
    let (at, _) = all.next()?;
    all.next().is_none().then_some(at)
}

/// The only name before a number on its line, a few words away.
fn near_name(
    pages: &[Page<'_>],
    found: &[Found],
    identity: &Seen<Identity>,
) -> Option<Seen<String>> {
    let page = pages.iter().find(|page| page.sheet.number == identity.sheet)?;
    let before =
        page.groups.partition_point(|(group, _)| group.end <= identity.at).checked_sub(1)?;
    let (group, standing) = page.groups.get(before)?;
    let gap = page.text.get(group.end..identity.at)?;
    let [name] = group.names.as_slice() else { return None };
    let known = found
        .iter()
        .filter_map(|person| person.name.as_ref())
        .any(|other| names::same(&other.value, &name.name));
    let near = gap.len() <= 60 && !gap.contains('\n') && name.words >= 2;
    (near && !known && *standing != Standing::Other).then(|| super::seen(page, name, 0.88))
}

/// Words in small letters that are no part of a name written so.
const NO_SMALL_NAME: &[&str] = &[
    "är",
    "har",
    "och",
    "hyresgäst",
    "hyresgästen",
    "hon",
    "han",
    "heter",
    "namn",
    "med",
    "som",
    "den",
    "det",
    "hennes",
    "hans",
    "för",
    "av",
    "till",
    "på",
    "i",
    "nummer",
    "nr",
    "kund",
    "medlem",
    "svarande",
    "om",
    "id",
    "personnummer",
    "personnumret",
    "pnr",
    "gäller",
    "avser",
    "tenant",
    "is",
    "number",
    "no",
    "person",
    "född",
    "deras",
    "hyresgästens",
];

/// A name in small letters right before its number: `testa testsson 850101-2390`.
fn small_name(pages: &[Page<'_>], identity: &Seen<Identity>) -> Option<Seen<String>> {
    let page = pages.iter().find(|page| page.sheet.number == identity.sheet)?;
    let near = near_end(page.text.get(..identity.at)?);
    let line = near.rsplit('\n').next().unwrap_or_default();
    let fit = SMALL.first(line)?.get(1)?;
    let words: Vec<&str> = fit.as_str().split(' ').collect();
    let from = words.iter().rposition(|word| {
        NO_SMALL_NAME.contains(&word.to_lowercase().as_str()) || names::is_no_name(word)
    });
    let words = words.get(from.map_or(0, |at| at + 1)..)?;
    if words.len() < 2 {
        return None;
    }
    let quote = words.join(" ");
    let at = identity.at - line.len() + fit.end() - quote.len();
    let name = words.iter().map(|word| {
        if names::is_particle(word) { (*word).to_owned() } else { names::proper(word) }
    });
    Some(Seen::on(page.sheet, at, &quote, name.collect::<Vec<_>>().join(" "), 0.85))
}
