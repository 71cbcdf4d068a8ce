//! Persons whom a form and a text both name, put in the same place; the landlord that writes itself, made the sender.

use super::super::prose::pattern::pattern;
use super::super::remarks;
use super::record::Record;
use crate::domain::finding::Severity;
use crate::domain::notice::Landlord;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeSender;
use crate::domain::notice::Person;
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

/// Who writes for a landlord that its form names beside it is an agent.
pub(super) fn agent_of_landlord(notice: &mut Notice, form: &Record) {
    let told = |path: &str| form.get(path).map(str::to_lowercase);
    let (Some(own), Some(landlord)) = (told("sender.name"), told("landlord.name")) else { return };
    let Some(sender) = notice.sender.as_mut() else { return };
    let said = matches!(
        sender.kind,
        SenderKind::Landlord | SenderKind::TenantOwnerAssociation | SenderKind::Unknown
    );
    let writes = sender.name.as_ref().is_some_and(|name| name.reveal().to_lowercase() == own);
    if said && writes && !own.contains(&landlord) && !landlord.contains(&own) {
        sender.kind = SenderKind::Agent;
    }
}

fn digits(person: &Person) -> Option<&str> {
    person.identity.as_ref().map(|it| it.value.reveal())
}

/// The words of a person's name in any order.
fn name(person: &Person) -> Vec<String> {
    let name = person.name.as_ref().map(|it| it.reveal().to_lowercase()).unwrap_or_default();
    let mut words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
    words.sort();
    words
}

/// Persons that both name stand in the same place.
pub(super) fn align(base: &mut Notice, top: &mut Notice) {
    if top.persons.is_empty() || base.persons.is_empty() {
        return;
    }
    // A number or a name that stands by itself is the form's tenant's only where each side has one adult, and nothing says that it is another's.
    let adults =
        |notice: &Notice| notice.persons.iter().filter(|it| it.role != Role::Child).count();
    let single = adults(base) == 1 && adults(top) == 1;
    let doubted = |at: usize| {
        let evidence = base.evidence.get(&format!("/persons/{at}/identity/value"));
        evidence.is_some_and(|it| it.confidence <= KIN)
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
            let child = other.role == Role::Child;
            let alone = if child { true } else { single && !doubted(*at) };
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
            let same_role = child == (person.role == Role::Child);
            !order.contains(at) && same_role && alone && open && number && named
        };
        let all = 0..base.persons.len();
        let at = all.clone().find(fits).or_else(|| all.clone().find(free));
        order.push(at.unwrap_or(NOBODY));
    }
    // The others of the text stay behind those of the form where they are children; the form names all adults.
    let child = |at: &usize| base.persons[*at].role == Role::Child;
    let placed = |at: &usize| order.contains(at);
    let rest: Vec<usize> = (0..base.persons.len()).filter(|at| !placed(at) && child(at)).collect();
    let others = (0..base.persons.len()).filter(|at| !placed(at) && !child(at));
    if others.into_iter().any(|at| base.persons[at].identity.is_some()) {
        // A number in the text is nobody's of the form: whose it is, a person must see.
        base.findings.push(remarks::finding(Severity::Error, "message", "beside", "/text"));
    }
    let order: Vec<usize> = order.into_iter().chain(rest).collect();
    reorder(base, &order);
}

/// So sure is the reader at most of whose a number is that stands beside a word for another than the tenant.
const KIN: f64 = 0.9;

/// Doubts the numbers of the text that stand beside a word for another than the tenant: `Sambon har personnummer …`.
pub(super) fn doubt_kin(base: &mut Notice, texts: &[&str]) {
    for at in 0..base.persons.len() {
        let path = format!("/persons/{at}/identity/value");
        let Some(evidence) = base.evidence.get_mut(&path) else { continue };
        let quote = evidence.quote.reveal();
        let named = base.persons.get(at).is_some_and(|person| person.name.is_some());
        let beside = |text: &&str| {
            let start = text.find(quote).unwrap_or(0);
            let line = text[..start].rsplit(['.', '\n', ';']).next().unwrap_or_default();
            BESIDE.is_in(line)
        };
        if !named && !quote.is_empty() && texts.iter().any(beside) {
            evidence.confidence = evidence.confidence.min(KIN);
            base.findings.push(remarks::finding(
                Severity::Error,
                "personIdentity",
                "uncertain",
                &path,
            ));
        }
    }
}

pattern!(
    BESIDE,
    r"(?i)\b(?:sambo|maka|make|hustru|fru|man|dotter|son|mor|mamma|far|pappa|bror|syster|partner|anhörig|kontaktperson|borgens(?:man|kvinna)|god\s?man|förvaltare|ombud|granne|inneboende|andrahandshyresgäst|medhyresgäst|hans|hennes|deras|barnets?|spouse|wife|husband|daughter|brother|sister|mother|father|guarantor|neighbour)(?:en|n|s|ens|ns|rs|ern|erns|nens)?\b"
);

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
