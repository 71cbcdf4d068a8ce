//! Persons whom a form and a text both name, put in the same place; the landlord that writes itself, made the sender.

use crate::domain::notice::Landlord;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeSender;
use crate::domain::notice::Role;
use crate::domain::notice::SenderKind;

/// Where the landlord itself writes, it is the sender.
pub(super) fn landlord_as_sender(notice: &mut Notice) {
    let sender = notice.sender.get_or_insert_default();
    let own = matches!(
        sender.kind,
        SenderKind::Landlord
            | SenderKind::TenantOwnerAssociation
            | SenderKind::Private
            | SenderKind::Unknown
    );
    let same = |landlord: &Landlord| {
        sender.name.is_none() || landlord.name.is_none() || sender.name == landlord.name
    };
    let Some(landlord) = notice.landlord.take_if(|landlord| own && same(landlord)) else {
        if *sender == NoticeSender::default() {
            notice.sender = None;
        }
        return;
    };
    sender.name = sender.name.take().or(landlord.name);
    sender.organisation_number = sender.organisation_number.take().or(landlord.organisation_number);
    for member in ["name", "organisationNumber"] {
        if let Some(evidence) = notice.evidence.remove(&format!("/landlord/{member}")) {
            notice.evidence.entry(format!("/sender/{member}")).or_insert(evidence);
        }
    }
}

/// Persons that both name stand in the same place.
pub(super) fn align(base: &mut Notice, top: &mut Notice) {
    if top.persons.is_empty() || base.persons.is_empty() {
        return;
    }
    let digits = |person: &crate::domain::notice::Person| {
        person.identity.as_ref().map(|it| it.value.reveal().to_owned())
    };
    let name = |person: &crate::domain::notice::Person| {
        let mut words: Vec<String> = person
            .name
            .as_ref()
            .map(|it| it.reveal().to_lowercase())
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        words.sort();
        words
    };
    let mut order: Vec<usize> = Vec::new();
    for person in &top.persons {
        let fits = |at: &usize| {
            let other = &base.persons[*at];
            !order.contains(at)
                && match (digits(person), digits(other)) {
                    (Some(one), Some(two)) => one == two,
                    _ => !name(person).is_empty() && name(person) == name(other),
                }
        };
        let free = |at: &usize| {
            let other = &base.persons[*at];
            let same_role = (other.role == Role::Child) == (person.role == Role::Child);
            let open = person.name.is_none()
                || other.name.is_none()
                || person.identity.is_none()
                || other.identity.is_none();
            let number = match (digits(person), digits(other)) {
                (Some(one), Some(two)) => one == two,
                _ => true,
            };
            let named =
                name(person).is_empty() || name(other).is_empty() || name(person) == name(other);
            !order.contains(at) && same_role && open && number && named
        };
        let all = 0..base.persons.len();
        let at = all.clone().find(fits).or_else(|| all.clone().find(free));
        order.push(at.unwrap_or(NOBODY));
    }
    // The others of the text stay behind those of the form where they are children; the form names all adults.
    let child = |at: &usize| base.persons[*at].role == Role::Child;
    let rest: Vec<usize> =
        (0..base.persons.len()).filter(|at| !order.contains(at) && child(at)).collect();
    let order: Vec<usize> = order.into_iter().chain(rest).collect();
    reorder(base, &order);
}

/// The place of a person whom only the form names.
const NOBODY: usize = usize::MAX;

fn reorder(notice: &mut Notice, order: &[usize]) {
    let old = std::mem::take(&mut notice.persons);
    let evidence = std::mem::take(&mut notice.evidence);
    let place = |path: &str| -> Option<String> {
        let Some(rest) = path.strip_prefix("/persons/") else { return Some(path.to_owned()) };
        let (number, member) = rest.split_once('/').unwrap_or((rest, ""));
        let number = number.parse::<usize>().ok()?;
        let at = order.iter().position(|old| *old == number)?;
        Some(format!("/persons/{at}/{member}"))
    };
    notice.persons = order.iter().map(|at| old.get(*at).cloned().unwrap_or_default()).collect();
    notice.evidence =
        evidence.into_iter().filter_map(|(path, it)| Some((place(&path)?, it))).collect();
    for finding in &mut notice.findings {
        if let Some(path) = place(&finding.path) {
            finding.path = path;
        }
    }
}
