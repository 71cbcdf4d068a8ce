//! Who writes, who owns the home and who handles the matter, set right once all of a message is read: a firm that names another as the home's owner
//! writes for it, and only Kronofogden has an officer.

use super::super::prose;
use super::record::Record;
use super::record::Told;
use crate::domain::masked::Masked;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::notice::Officer;
use crate::domain::notice::SenderKind;

/// Sets them right.
pub(super) fn settle(notice: &mut Notice) {
    by_name(notice);
    nobody(notice);
    agent(notice);
    handler(notice);
    fit(notice);
}

/// The firm that writes, or owns the home, lives in none.
fn nobody(notice: &mut Notice) {
    let sender = notice.sender.as_ref().and_then(|it| it.name.as_ref());
    let landlord = notice.landlord.as_ref().and_then(|it| it.name.as_ref());
    let firms: Vec<String> =
        [sender, landlord].into_iter().flatten().map(|it| it.reveal().to_lowercase()).collect();
    for (at, person) in notice.persons.iter_mut().enumerate() {
        let firm = |name: &Masked| firms.contains(&name.reveal().to_lowercase());
        if person
            .name
            .as_ref()
            .is_some_and(|name| super::nobody::is_company(name.reveal()) && firm(name))
        {
            person.name = None;
            notice.evidence.remove(&format!("/persons/{at}/name"));
        }
    }
}

/// A form that names who writes tells what kind of sender it is.
fn by_name(notice: &mut Notice) {
    let Some(sender) = notice.sender.as_mut() else { return };
    if sender.kind == SenderKind::Unknown
        && let Some(name) = sender.name.as_ref()
        && let Some(kind) = prose::sender_kind(name.reveal())
    {
        sender.kind = kind;
    }
}

/// `Uppdragsgivare: Exempelhus AB` in what a collector sends: the one who writes is not the landlord.
fn agent(notice: &mut Notice) {
    let landlord = notice.landlord.as_ref().and_then(|it| it.name.as_ref());
    let Some(sender) = notice.sender.as_mut() else { return };
    let open = matches!(sender.kind, SenderKind::Landlord | SenderKind::Unknown);
    let (Some(name), Some(landlord)) = (sender.name.as_ref(), landlord) else { return };
    if open && !alike(name.reveal(), landlord.reveal()) {
        sender.kind = SenderKind::Agent;
    }
    // One number is one firm's, and a letter that names the owner gives the owner's.
    let number = notice.landlord.as_ref().and_then(|it| it.organisation_number.as_ref());
    if sender.kind == SenderKind::Agent
        && number.is_some()
        && sender.organisation_number.as_ref() == number
    {
        sender.organisation_number = None;
        notice.evidence.remove("/sender/organisationNumber");
    }
}

/// A form that names the home's owner as its sender, in what a manager sends for it: the manager writes.
pub(super) fn form_of_owner(base: &Notice, form: &mut Record) {
    let agent = base.sender.as_ref().filter(|sender| sender.kind == SenderKind::Agent);
    let manager = agent.and_then(|sender| sender.name.as_ref());
    let other = |told: &&Told| manager.is_some_and(|name| !alike(name.reveal(), &told.text));
    let Some(owner) = form.told("sender.name").filter(other).cloned() else { return };
    form.take("sender.name");
    form.put("landlord.name", &owner.text, &owner.from, owner.sure);
    if let Some(number) = form.take("sender.organisationNumber") {
        form.put("landlord.organisationNumber", &number.text, &number.from, number.sure);
    }
}

/// Whether two names are one firm's: `Provbo` and `Provbo Fastigheter AB`, `AB Provbo`.
fn alike(one: &str, other: &str) -> bool {
    const FORMS: &[&str] =
        &["ab", "hb", "kb", "brf", "hsb", "stiftelsen", "fastighets", "i", "nr", "(publ)"];
    let words = |name: &str| -> Vec<String> {
        let words = name.to_lowercase();
        let words = words.split([' ', ',', '.']).filter(|word| word.len() > 1 || word.is_empty());
        words.filter(|word| !word.is_empty() && !FORMS.contains(word)).map(str::to_owned).collect()
    };
    let (one, other) = (words(one), words(other));
    one.is_empty()
        || other.is_empty()
        || one.first() == other.first()
        || one.iter().any(|word| word.len() > 5 && other.contains(word))
}

/// What a form's words tell without saying who writes: an association's matter is its members', a tribunal's a dispute.
fn fit(notice: &mut Notice) {
    let Some(sender) = notice.sender.as_ref().map(|sender| sender.kind) else { return };
    let rented = notice.evidence.get("/type").is_some_and(|told| {
        let quote = told.quote.reveal().to_lowercase();
        quote.contains("hyr") || quote.contains("12 kap") || quote.contains("12:")
    });
    let kind = match (sender, notice.kind) {
        (SenderKind::TenantOwnerAssociation, kind) if !rented => of_members(kind),
        (SenderKind::RentTribunal, kind) if of_members(kind) != kind => {
            NoticeType::RentTribunalDispute
        }
        (_, kind) => kind,
    };
    if kind != notice.kind {
        notice.kind = kind;
        if let Some(told) = notice.evidence.get_mut("/type") {
            told.confidence = told.confidence.min(INFERRED);
        }
        if let Some(home) = notice.dwelling.as_mut().filter(|home| home.tenure.is_some()) {
            home.tenure = prose::tenure(kind);
        }
    }
}

/// So sure is a kind that who writes has changed.
const INFERRED: f64 = 0.9;

/// The same matter in a tenant-owned home.
fn of_members(kind: NoticeType) -> NoticeType {
    match kind {
        NoticeType::RentArrears => NoticeType::TenantOwnedArrears,
        NoticeType::RentDisturbance => NoticeType::TenantOwnedDisturbance,
        NoticeType::RentTerminationCopy => NoticeType::TenantOwnedTerminationCopy,
        other => other,
    }
}

/// A handler is Kronofogden's only in what Kronofogden tells; elsewhere it is whom to ask at the sender's.
fn handler(notice: &mut Notice) {
    let enforcer =
        notice.sender.as_ref().is_some_and(|it| it.kind == SenderKind::EnforcementAuthority);
    let Some(enforcement) = notice.enforcement.as_mut() else { return };
    if let Some(officer) = enforcement.officer.as_mut()
        && split_phone(officer)
        && let Some(told) = notice.evidence.get("/enforcement/officer/name").cloned()
    {
        notice.evidence.insert("/enforcement/officer/phone".to_owned(), told);
    }
    if enforcer || enforcement.case_number.is_some() || notice.kind.demands_confirmation() {
        return;
    }
    let Some(officer) = enforcement.officer.take() else { return };
    let sender = notice.sender.get_or_insert_default();
    let new = sender.contact_name.is_none() && officer.name.is_some();
    sender.contact_name = sender.contact_name.take().or(officer.name);
    sender.phone = sender.phone.take().or(officer.phone);
    let told = notice.evidence.remove("/enforcement/officer/name");
    if let Some(told) = told.filter(|_| new) {
        notice.evidence.insert("/sender/contactName".to_owned(), told);
    }
    notice.evidence.remove("/enforcement/officer/phone");
    if *enforcement == crate::domain::notice::Enforcement::default() {
        notice.enforcement = None;
    }
}

/// `Testa Testsson, telefon 031-390 06 14` is a name and a telephone; whether it was both.
fn split_phone(officer: &mut Officer) -> bool {
    let Some(told) = officer.name.as_ref().map(|name| name.reveal().to_owned()) else {
        return false;
    };
    let Some((name, rest)) = told.split_once(',') else { return false };
    if rest.bytes().filter(u8::is_ascii_digit).count() < 6 {
        return false;
    }
    let at = rest.find(|c: char| c.is_ascii_digit() || c == '+').unwrap_or(0);
    let phone = rest.get(at..).unwrap_or_default().split(',').next().unwrap_or_default();
    officer.name = Some(Masked::new(name.trim().to_owned()));
    let new = officer.phone.is_none();
    officer.phone = officer.phone.take().or_else(|| Some(Masked::new(phone.trim().to_owned())));
    new
}

#[cfg(test)]
mod tests {
    use super::alike;
    use super::split_phone;
    use crate::domain::masked::Masked;
    use crate::domain::notice::Officer;

    #[test]
    fn a_firm_goes_by_more_than_one_name() {
        for (one, other, same) in [
            ("Provbo", "Provbo Fastigheter AB", true),
            ("AB Provbo", "Provbo", true),
            ("Brf Provet", "Bostadsrättsföreningen Provet", true),
            ("Kravbolaget AB", "Provbo Fastigheter AB", false),
        ] {
            assert_eq!(alike(one, other), same, "{one} {other}");
        }
    }

    #[test]
    fn a_telephone_is_no_part_of_a_name() {
        let mut officer = Officer {
            name: Some(Masked::new("Fogda Exempelroth, telefon 010-390 73 12".to_owned())),
            phone: None,
        };
        split_phone(&mut officer);
        assert_eq!(officer.name.as_ref().map(Masked::reveal), Some("Fogda Exempelroth"));
        assert_eq!(officer.phone.as_ref().map(Masked::reveal), Some("010-390 73 12"));
    }
}
