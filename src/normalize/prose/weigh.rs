//! What was seen, weighed into one notice: each value where it belongs, and what is missing, unsure or contradictory as a finding for a person.

use super::super::Context;
use super::children;
use super::days;
use super::days::Day;
use super::days::times;
use super::draft::Draft;
use super::enforcement;
use super::homes;
use super::homes::Home;
use super::identities;
use super::kinds;
use super::money::debts;
use super::persons;
use super::persons::Found;
use super::seen::Seen;
use super::seen::Sheet;
use super::senders;
use crate::domain::masked::Masked;
use crate::domain::notice::Children;
use crate::domain::notice::Dwelling;
use crate::domain::notice::Known;
use crate::domain::notice::Landlord;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeSender;
use crate::domain::notice::NoticeType;
use crate::domain::notice::Person;
use crate::domain::notice::Role;
use crate::domain::notice::SenderKind;
use crate::domain::notice::Tenure;
use jiff::civil::Date;

/// How sure the only number of a letter is.
const ONLY_NUMBER: f64 = 0.96;

/// What is weighed.
pub(super) struct Words<'a> {
    /// What is said, the weightiest first.
    pub(super) sheets: &'a [Sheet],
    /// Who says it.
    pub(super) signature: &'a Sheet,
    /// The address it came from.
    pub(super) from: senders::From<'a>,
    /// The day it arrived.
    pub(super) on: Date,
    /// The kind that a form or a table tells, for words that tell none.
    pub(super) told: Option<NoticeType>,
}

/// Weighs them.
pub(super) fn weigh(words: &Words<'_>, context: &Context<'_>) -> Notice {
    let mut draft = Draft::new();
    let sender = senders::sender(words.sheets, words.signature, words.from);
    let mut days: Vec<Seen<Day>> =
        words.sheets.iter().flat_map(|sheet| days::days(sheet, words.on)).collect();
    days::called_off::settle(&mut days, words.sheets);
    let writes = if sender.owned { SenderKind::TenantOwnerAssociation } else { sender.kind };
    let case = kinds::Case::of(writes, words.on, &days);
    let kind = kinds::kind(words.sheets, &case, words.told.is_none());
    match (kind.kind, words.told) {
        (Some(seen), _) => {
            let unsure = seen.confidence < super::draft::CERTAIN;
            draft.notice.kind = draft.take("/type", seen);
            if unsure {
                draft.ask("type", "uncertain", "/type");
            }
        }
        (None, Some(told)) => draft.notice.kind = told,
        (None, None) => draft.ask("type", "notFound", "/type"),
    }
    draft.notice.also_concerns = kind.also;
    put_sender(&mut draft, sender);
    put_persons(&mut draft, words);
    put_home(&mut draft, homes::home(words.sheets));
    debts::put_arrears(&mut draft, words, &days);
    times::put_days(&mut draft, words, &days);
    enforcement::put_enforcement(&mut draft, words, &days, kind.outcome, context);
    let told = draft.maybe("/children/known", children::children(words.sheets));
    let concern = draft.notice.kind == NoticeType::ChildConcern;
    let told =
        told.or_else(|| concern.then(|| Children { known: Known::Yes, ..Children::default() }));
    let alone = concern && !children::are_several(words.sheets);
    draft.notice.children = children::with_numbers(told, &draft.notice.persons, alone);
    if matches!(
        draft.notice.kind,
        NoticeType::Supplement | NoticeType::Withdrawal | NoticeType::ChildConcern
    ) {
        draft.ask("type", "forPerson", "/type");
    }
    draft.notice
}

fn put_sender(draft: &mut Draft, sender: senders::Sender) {
    let kind = sender.kind_for(draft.notice.kind);
    let masked = |text: Option<String>| text.map(Masked::new);
    let told = NoticeSender {
        kind,
        name: masked(draft.maybe("/sender/name", sender.name)),
        organisation_number: draft.maybe("/sender/organisationNumber", sender.organisation),
        contact_name: masked(draft.maybe("/sender/contactName", sender.contact)),
        email: None,
        phone: masked(draft.maybe("/sender/phone", sender.phone)),
        reference: masked(draft.maybe("/sender/reference", sender.reference)),
    };
    // Of a file that nobody signed there is no sender.
    draft.notice.sender = (told != NoticeSender::default()).then_some(told);
    let landlord = Landlord {
        name: masked(draft.maybe("/landlord/name", sender.landlord)),
        organisation_number: draft
            .maybe("/landlord/organisationNumber", sender.landlord_organisation),
    };
    draft.notice.landlord = (landlord != Landlord::default()).then_some(landlord);
}

fn put_persons(draft: &mut Draft, words: &Words<'_>) {
    let identities: Vec<Seen<identities::Identity>> =
        words.sheets.iter().flat_map(|sheet| identities::identities(sheet, words.on)).collect();
    let number = |seen: &Seen<identities::Identity>| seen.value.identity.value.clone();
    let several = identities
        .first()
        .is_some_and(|first| identities.iter().any(|one| number(one) != number(first)));
    let writers = persons::signers::writers(words.from.name, &words.signature.text);
    let mut found = persons::persons(words.sheets, identities, (words.on, &writers));
    only_number(&mut found, several);
    let adults = |person: &&Found| person.role != Role::Child;
    let nameless = found.iter().filter(adults).all(|person| person.identity.is_none());
    if nameless {
        draft.ask("personIdentity", "notFound", "/persons");
    }
    for (at, person) in found.into_iter().enumerate() {
        let path = format!("/persons/{at}");
        let identity = person.identity.map(|seen| {
            let place = format!("{path}/identity/value");
            if seen.value.fault.is_some() {
                draft.ask("personIdentity", "checkDigit", &place);
            } else if seen.confidence < super::draft::CERTAIN {
                draft.ask("personIdentity", "uncertain", &place);
            }
            draft.take(&place, seen).identity
        });
        let name = draft.maybe(&format!("{path}/name"), person.name).map(Masked::new);
        let born_on = draft.maybe(&format!("{path}/bornOn"), person.born_on);
        let role = person.role;
        draft.notice.persons.push(Person { role, name, identity, born_on, ..Person::default() });
    }
}

/// The one number in a letter is the household's, wherever it stands.
fn only_number(found: &mut [Found], several: bool) {
    let adult = |person: &Found| person.role != Role::Child && person.role != Role::Representative;
    let mut numbered = found.iter_mut().filter(|person| person.identity.is_some());
    if let (Some(person), None, false) = (numbered.next(), numbered.next(), several)
        && adult(person)
        && person.name.is_some()
    {
        person.identity = person.identity.take().map(|seen| seen.at_least(ONLY_NUMBER));
    }
}

fn put_home(draft: &mut Draft, home: Home) {
    let masked = |text: Option<String>| text.map(Masked::new);
    let vital =
        !matches!(draft.notice.kind, NoticeType::EvictionChanged | NoticeType::EvictionExecuted);
    let street = match vital {
        true => draft.vital("/dwelling/street", "dwelling", home.street),
        false => draft.maybe("/dwelling/street", home.street),
    };
    if home.other_streets > 0 && vital {
        draft.remark("dwelling", "contradiction", "/dwelling/street");
    }
    let dwelling = Dwelling {
        street: masked(street),
        care_of: masked(draft.maybe("/dwelling/careOf", home.care_of)),
        postal_code: masked(draft.maybe("/dwelling/postalCode", home.postal_code)),
        city: masked(draft.maybe("/dwelling/city", home.city)),
        apartment_number: masked(draft.maybe("/dwelling/apartmentNumber", home.apartment)),
        object_number: masked(draft.maybe("/dwelling/objectNumber", home.object)),
        property_designation: masked(draft.maybe("/dwelling/propertyDesignation", home.property)),
        rooms: draft.maybe("/dwelling/rooms", home.rooms),
        tenure: tenure(draft.notice.kind),
    };
    let known = dwelling != Dwelling { tenure: dwelling.tenure, ..Dwelling::default() };
    draft.notice.dwelling = known.then_some(dwelling);
}

/// How the home is held, as the kind tells.
pub(in crate::normalize) fn tenure(kind: NoticeType) -> Option<Tenure> {
    match kind {
        NoticeType::RentArrears | NoticeType::RentDisturbance | NoticeType::RentTerminationCopy => {
            Some(Tenure::Rental)
        }
        NoticeType::TenantOwnedArrears
        | NoticeType::TenantOwnedDisturbance
        | NoticeType::TenantOwnedTerminationCopy => Some(Tenure::TenantOwned),
        NoticeType::UnlawfulSublet
        | NoticeType::ElectricityDebt
        | NoticeType::RentTribunalDispute
        | NoticeType::EvictionApplication
        | NoticeType::EvictionScheduled
        | NoticeType::RemovalApplication
        | NoticeType::RemovalScheduled
        | NoticeType::EvictionChanged
        | NoticeType::EvictionExecuted
        | NoticeType::ChildConcern
        | NoticeType::Supplement
        | NoticeType::Withdrawal
        | NoticeType::Unknown => None,
    }
}
