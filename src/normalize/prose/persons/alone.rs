//! Numbers without a name beside them: whose they can only be, and who is known by a number alone.

use super::super::identities::Identity;
use super::super::names;
use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::near_end;
use super::Found;
use super::MOST;
use super::Page;
use super::cues::Standing;
use super::is_child;
use crate::domain::notice::Role;
use jiff::civil::Date;

/// A number of which nothing says whose it is, beside somebody who is named.
const UNSAID: f64 = 0.9;

pattern!(
    LABELLED,
    r"(?i)(?:^|[^\p{L}])(?:person-?\s?(?:nummer|nr)|personnumret|personal (?:identity )?(?:number|no|id)|pers\.?\s?-?nr|p\.?-?nr|pnr|personbeteckning|samordning\p{L}*|numret|nummer(?:et)?|cpr|id(?:-?nr|-?nummer)?|född|born|ssn|identity\p{L}*)[^\n\d]{0,30}$"
);
// `790484-2395 är numret`, `han heter 790484-2395 i personnummer`.
pattern!(
    NAMED_BEHIND,
    r"(?i)^[ ,)]*(?:(?:är|som|i|e|blir|was|is)\s+)?(?:\p{L}+s?\s+){0,2}(?:person-?\s?(?:nummer|nr)\p{L}*|personnumret|p-?nr|numret|nummer(?:et)?|id(?:-?nr|nummer)?)\b"
);
pattern!(SMALL_ALONE, r"^[ \t]*\p{Ll}[\p{L}'’-]+(?: \p{L}[\p{L}'’-]+){1,3}[ \t,]*\n[ \t]*$");
pattern!(
    SMALL,
    r"(?:^|[^\p{L}\d])((?:\p{L}[\p{L}'’-]+ ){0,2}\p{L}[\p{L}'’-]+)[\s,;:(]*(?:p(?:ers)?\.?-?(?:on)?(?:nummer|nr)[ :.]*)?$"
);

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
    let waiting = found.iter().filter(|person| is_waiting(person)).count();
    let names = |identity: &Seen<Identity>| {
        small_name(pages, identity).or_else(|| near_name(pages, found, identity))
    };
    let of_another = left.first().is_some_and(|(identity, _)| names(identity).is_some());
    if waiting == 1
        && left.len() == 1
        && !of_another
        && let Some(person) = found.iter_mut().find(|person| is_waiting(person))
    {
        person.identity = left.pop().map(|(identity, standing)| given(pages, identity, standing));
    }
    let named = found.iter().any(|person| person.name.is_some() && person.role != Role::Child);
    for (mut identity, standing) in left {
        let name = small_name(pages, &identity).or_else(|| near_name(pages, found, &identity));
        let role = super::role(standing).unwrap_or(Role::Tenant);
        if named && super::role(standing).is_none() {
            identity.confidence = identity.confidence.min(UNSAID);
        }
        found.push(Found { name, identity: Some(identity), born_on: None, role });
    }
}

/// An adult without a number; who is called by a given name alone is not the one who is known by one.
fn is_waiting(person: &Found) -> bool {
    let other = matches!(person.role, Role::Child | Role::Representative);
    let whole =
        person.role == Role::Tenant || person.name.as_ref().is_none_or(|it| it.value.contains(' '));
    person.identity.is_none() && !other && whole
}

/// A number given to the only one who has none: sure where its own label or a word for the household says whose it is.
fn given(pages: &[Page<'_>], mut identity: Seen<Identity>, standing: Standing) -> Seen<Identity> {
    let page = pages.iter().find(|page| page.sheet.number == identity.sheet);
    let head = page.and_then(|page| page.text.get(..identity.at)).map_or("", near_end);
    let line = head.rsplit('\n').next().unwrap_or_default();
    // In a form's box the label stands above.
    let line = match line.trim().is_empty() {
        true => head.trim_end().rsplit('\n').next().unwrap_or_default(),
        false => line,
    };
    let end = identity.at + identity.quote.len();
    let tail = page.and_then(|page| page.text.get(end..)).unwrap_or_default();
    let named = NAMED_BEHIND.is_in(tail.split('\n').next().unwrap_or_default());
    let said = super::role(standing).is_some() || LABELLED.is_in(line) || named;
    if !said {
        identity.confidence = identity.confidence.min(UNSAID);
    }
    identity
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
    "gav",
    "visa",
    "säger",
    "sa",
    "fick",
    "får",
    "få",
    "betalar",
    "betalat",
    "betalt",
    "hyr",
    "bor",
    "bort",
    "ut",
    "stör",
    "hotar",
    "hotade",
    "samma",
    "nu",
    "killen",
    "tjejen",
    "mannen",
    "kvinnan",
    "damen",
    "tanten",
    "vår",
    "min",
    "denne",
    "denna",
    "ang",
    "angående",
    "o",
    "å",
    "e",
    "de",
    "dom",
    "ja",
    "jag",
    "vi",
    "me",
    "mej",
    "mig",
    "inte",
    "att",
    "igen",
];

/// A name in small letters right before its number: `testa testsson 850101-2390`.
fn small_name(pages: &[Page<'_>], identity: &Seen<Identity>) -> Option<Seen<String>> {
    let page = pages.iter().find(|page| page.sheet.number == identity.sheet)?;
    let near = near_end(page.text.get(..identity.at)?);
    let mut line = near.rsplit('\n').next().unwrap_or_default();
    // A name alone on the line above its number.
    if line.trim().is_empty() {
        let above = near.trim_end().rfind('\n').map_or(0, |at| at + 1);
        line = near.get(above..).filter(|line| SMALL_ALONE.is_in(line)).unwrap_or(line);
    }
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
