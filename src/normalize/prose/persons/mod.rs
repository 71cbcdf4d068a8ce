//! Who the notice is about: names beside identity numbers and behind the words for a tenant, children apart, and nobody who only writes or helps.

mod alone;
mod births;
mod cues;
mod doubts;
mod families;
mod numbered;
mod oneself;
mod only;
mod order;
mod roles;
mod runs;
pub(super) mod signers;
mod split_names;
#[cfg(test)]
mod tests;
mod told;

use super::given_names::bare;
use super::identities::Identity;
use super::names;
use super::seen::Seen;
use super::seen::Sheet;
use super::words::flow::flowing;
use crate::domain::notice::Role;
use cues::Standing;
use jiff::civil::Date;
use numbered::Beside;
use runs::Group;

/// A person as a text tells of one.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) name: Option<Seen<String>>,
    pub(super) identity: Option<Seen<Identity>>,
    pub(super) born_on: Option<Seen<Date>>,
    pub(super) role: Role,
}

/// The names of a sheet and what is said of each.
struct Page<'a> {
    sheet: &'a Sheet,
    text: String,
    groups: Vec<(Group, Standing)>,
}

/// So sure is the reader of a given name that stands alone.
const GIVEN: f64 = 0.85;

/// No letter names more persons than this.
const MOST: usize = 100;

/// The persons of these sheets, with the numbers that were found in them. A child is one by its word or its number.
pub(super) fn persons(
    sheets: &[Sheet],
    identities: Vec<Seen<Identity>>,
    (on, writers): (Date, &[String]),
) -> Vec<Found> {
    let pages: Vec<Page<'_>> = sheets.iter().map(page).collect();
    let mut found: Vec<Found> = Vec::new();
    let (mut alone, mut others, mut apart) = (Vec::new(), Vec::new(), Vec::new());
    for identity in identities {
        let Some(page) = pages.iter().find(|page| page.sheet.number == identity.sheet) else {
            continue;
        };
        match numbered::beside(page, &identity) {
            Beside::Named(group, which, standing) => {
                with_number(page, &mut found, (group, which, standing), (identity, on));
            }
            Beside::Nobody(standing) => alone.push((identity, standing)),
            Beside::Other(name) => {
                others.extend(name.clone());
                apart.push((name, identity));
            }
        }
    }
    for page in &pages {
        labelled(page, &mut found, &others);
    }
    if found.iter().all(|person| person.role == Role::Child || person.name.is_none()) {
        told::told(&pages, &mut found, &others);
    }
    doubts::doubt(&pages, &mut found, writers);
    alone::settle(&pages, &mut found, alone, on);
    oneself::put(&pages, &mut found, &apart, on);
    only::put(&pages, &mut found, (&others, writers));
    births::put(&pages, &mut found, on);
    for person in &mut found {
        let bare = |seen: Seen<String>| bare(&seen.value).map(|name| seen.map(|_| name));
        person.name = person.name.take().and_then(bare);
    }
    order::several(&mut found);
    oneself::heirs(&pages, &mut found);
    found.truncate(MOST);
    found
}

/// Whom a text says that it is about, and everybody it names.
pub(super) fn named(text: &str) -> (Vec<String>, Vec<String>) {
    let sheet = Sheet::new(0, String::new(), text.to_owned());
    let page = page(&sheet);
    let (mut about, mut all) = (Vec::new(), Vec::new());
    for (group, standing) in &page.groups {
        let told = match standing {
            Standing::Is(role) => *role != Role::Representative,
            Standing::Told => true,
            Standing::Said | Standing::Silent => cues::behind(&page.text, group.end).does,
            Standing::Other => false,
        };
        for name in group.names.iter().filter(|name| name.words >= 2) {
            all.push(name.name.clone());
            if told {
                about.push(name.name.clone());
            }
        }
    }
    (about, all)
}

/// The name of one person right before a place, where nothing says that it is another's than the household's.
pub(super) fn right_before(sheet: &Sheet, at: usize) -> Option<String> {
    let page = page(sheet);
    let last = page.groups.partition_point(|(group, _)| group.end <= at).checked_sub(1)?;
    let (group, standing) = page.groups.get(last)?;
    let gap = page.text.get(group.end..at)?;
    let near = matches!(gap.trim().trim_matches([',', '(']).trim(), "" | "på" | "i");
    let name = group.names.first().filter(|name| name.words >= 2)?;
    let open = !matches!(standing, Standing::Other | Standing::Said);
    (near && gap.len() <= 6 && open).then(|| name.name.clone())
}

/// The only name in a text; `None` when there is none, several, or a firm's.
pub(super) fn only_name(text: &str) -> Option<String> {
    let firm = text.split_whitespace().any(|word| {
        let word = word.trim_matches([',', '.']).to_lowercase();
        matches!(
            word.as_str(),
            "ab" | "hb" | "kb" | "brf" | "kommun" | "stiftelsen" | "fastigheter" | "bostäder"
        )
    });
    let groups = runs::groups(text);
    let [group] = groups.as_slice() else { return None };
    let [name] = group.names.as_slice() else { return None };
    (name.words >= 2 && !firm).then(|| name.name.clone())
}

fn page(sheet: &Sheet) -> Page<'_> {
    let text = flowing(&sheet.text);
    let mut groups: Vec<(Group, Standing)> = Vec::new();
    let mut all = runs::groups(&text);
    split_names::put_together(&text, &mut all);
    for group in all {
        let mut standing = cues::standing(&text, group.start);
        let open = matches!(standing, Standing::Silent | Standing::Said);
        // In a list the word before the first name counts for all.
        if open
            && let Some((last, Standing::Is(role))) = groups.last()
            && text.get(last.end..group.start).is_some_and(cues::chained)
        {
            standing = Standing::Is(if *role == Role::Tenant { Role::CoTenant } else { *role });
        }
        if open && cues::behind(&text, group.end).partner {
            standing = Standing::Is(Role::CoTenant);
        }
        groups.push((group, standing));
    }
    Page { sheet, text, groups }
}

fn role(standing: Standing) -> Option<Role> {
    match standing {
        Standing::Is(role) => Some(role),
        Standing::Other | Standing::Told | Standing::Said | Standing::Silent => None,
    }
}

fn is_child(identity: &Seen<Identity>, on: Date) -> bool {
    let born = identity.value.identity.birth_date();
    born.is_some_and(|born| {
        born.year() + 18 > on.year()
            || (born.year() + 18 == on.year()
                && (born.month(), born.day()) > (on.month(), on.day()))
    })
}

/// Adds a person, or what is new of one who is there.
fn add(
    found: &mut Vec<Found>,
    name: Option<Seen<String>>,
    identity: Option<Seen<Identity>>,
    role: Role,
) {
    let number = |identity: &Seen<Identity>| identity.value.identity.value.reveal().to_owned();
    let known = identity.as_ref().map(number);
    let same = |person: &&mut Found| {
        let numbered = person.identity.as_ref().map(number);
        match (&numbered, &known) {
            (Some(one), Some(other)) => one == other,
            (None | Some(_), None | Some(_)) => {
                let (one, other) = (person.name.as_ref(), name.as_ref());
                one.zip(other).is_some_and(|(one, other)| names::same(&one.value, &other.value))
            }
        }
    };
    let many = found.len() >= MOST;
    match found.iter_mut().find(same) {
        Some(person) => {
            let longer = |new: &Seen<String>| {
                person.name.as_ref().is_none_or(|old| {
                    let words = |name: &str| name.split(' ').count();
                    (words(&old.value), old.confidence) < (words(&new.value), new.confidence)
                })
            };
            if let Some(new) = name.filter(longer) {
                person.name = Some(new);
            }
            person.identity = person.identity.take().or(identity);
        }
        None if many => {}
        None => found.push(Found { name, identity, born_on: None, role }),
    }
}

/// A person with a number, and those who are named side by side with it.
fn with_number(
    page: &Page<'_>,
    found: &mut Vec<Found>,
    (group, which, standing): (Group, usize, Standing),
    (identity, on): (Seen<Identity>, Date),
) {
    let told = role(standing).unwrap_or(Role::Tenant);
    let child = is_child(&identity, on);
    let mut identity = Some(identity);
    for (at, name) in group.names.iter().enumerate() {
        let beside = at == which;
        let sure = match (beside, name.words, name.unsure) {
            (true, 2.., false) => 0.975,
            (true, 2.., true) => 0.94,
            (false, 2.., _) => 0.94,
            (_, 0 | 1, _) => 0.85,
        };
        if !beside && name.words < 2 {
            continue;
        }
        let is = if beside && child { Role::Child } else { told };
        let number = if beside { identity.take() } else { None };
        add(found, Some(seen(page, name, sure)), number, is);
    }
}

/// Names that a word gives to a person of the household.
fn labelled(page: &Page<'_>, found: &mut Vec<Found>, others: &[String]) {
    for (group, standing) in &page.groups {
        let Standing::Is(role) = *standing else { continue };
        let behind = cues::behind(&page.text, group.end);
        for (at, name) in group.names.iter().enumerate() {
            let enough = if cues::is_given(&page.text, group.start) { 1 } else { 2 };
            let known = || {
                let mut all = found.iter().filter_map(|person| person.name.as_ref());
                name.words < 2 && all.any(|it| names::same(&it.value, &name.name))
            };
            if name.words < enough
                || others.iter().any(|other| names::same(other, &name.name))
                || known()
            {
                continue;
            }
            if name.words < 2 {
                // `bor ihop med sin sambo Saga`, `barnen Provia och Provian`: a given name is all that is told.
                add(found, Some(seen(page, name, GIVEN)), None, role);
                continue;
            }
            let sure = match (name.unsure, behind.titled) {
                (false, false) => 0.965,
                (true, false) => 0.94,
                (false | true, true) => 0.9,
            };
            let role = match role {
                Role::Tenant if at > 0 => Role::CoTenant,
                Role::Tenant
                | Role::CoTenant
                | Role::Occupant
                | Role::Child
                | Role::Representative => role,
            };
            let seen = seen(page, name, sure);
            add(found, Some(seen), None, role);
        }
    }
}

fn seen(page: &Page<'_>, name: &runs::Name, sure: f64) -> Seen<String> {
    let quote = page.sheet.text.get(name.start..name.end).unwrap_or_default();
    Seen::on(page.sheet, name.start, quote, name.name.clone(), sure)
}
