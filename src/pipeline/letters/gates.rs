//! The gates before a letter to a person: which may leave by itself, which a person must approve, and which is never made.
//!
//! A letter that tells of an eviction and reaches the wrong home cannot be taken back. So it leaves by itself only when Kronofogden (for an offer of help a
//! landlord or an association) is proven to have sent the notice, identity and address were told or read as surely as the municipality demands, and every named source said that nobody is
//! protected. What is in doubt, a person approves the same day; whoever is protected gets no letter at all.

use crate::domain::acknowledgement::Purpose;
use crate::domain::copy_reason::GATE;
use crate::domain::copy_reason::PROTECTED;
use crate::domain::correction::BY_PERSON;
use crate::domain::finding::Finding;
use crate::domain::finding::Severity;
use crate::domain::notice::Notice;
use crate::domain::notice::Person;
use crate::domain::notice::Role;
use crate::domain::person_id::PersonIdentity;
use crate::domain::protection;
use crate::domain::received::Format;
use crate::domain::thresholds::Thresholds;
use crate::store::Protection;
use jiff::ToSpan;
use jiff::civil::Date;

/// What is known of a notice when it stands before the gates.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The notice.
    pub notice: &'a Notice,
    /// In what form it came: what was told field by field is as sure as its sender.
    pub format: Format,
    /// A copy, or an offer of help.
    pub purpose: Purpose,
    /// Whether Kronofogden is proven to have sent it; for an offer of help, a landlord or an association.
    pub sender_proven: bool,
    /// How sure the reader must be; without thresholds nothing read from free text is sure.
    pub thresholds: Option<&'a Thresholds>,
    /// The local day of its arrival.
    pub on: Date,
    /// Whether a person has still to look at it.
    pub in_review: bool,
    /// What the named sources answered.
    pub protection: Protection,
    /// Whether a later notice of the same case tells another time, or that it is changed; for an offer of help, whether one may have taken it back.
    pub overtaken: bool,
    /// Whether it takes the place of letters that were made before a person corrected the notice.
    pub corrected: bool,
}

/// What a person must make sure of before a letter leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The notice waits for a person who compares it with the original.
    Review,
    /// Nothing proves that Kronofogden sent it.
    Sender,
    /// Nothing proves that a landlord or an association sent it.
    Landlord,
    /// Who it concerns: names, numbers, who is a respondent and who is a child.
    Identity,
    /// Where the person lives.
    Address,
    /// Whether somebody is protected.
    Protection,
    /// Whether it should go at all: a later notice of the same case tells something else.
    Newer,
    /// Whether it is right now: a person has corrected the notice after letters had been made.
    Corrected,
    /// Whether an offer of help should still go: somebody else may have taken the notice back.
    TakenBack,
}

impl Doubt {
    /// Its stable word.
    fn word(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Sender => "sender",
            Self::Landlord => "landlord",
            Self::Identity => "identity",
            Self::Address => "address",
            Self::Protection => "protection",
            Self::Newer => "newer",
            Self::Corrected => "corrected",
            Self::TakenBack => "takenBack",
        }
    }
}

/// What the gates say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The letters may leave.
    Leave,
    /// A person must approve them, and make sure of this.
    Person(Vec<Doubt>),
    /// No letter is made.
    Protected,
}

impl Verdict {
    /// Why no letter leaves by itself, as a stable code such as `gate:sender+protection`; none when it may.
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Leave => None,
            Self::Protected => Some(PROTECTED.to_owned()),
            Self::Person(doubts) => {
                let words: Vec<&str> = doubts.iter().map(|doubt| doubt.word()).collect();
                Some(format!("{GATE}{}", words.join("+")))
            }
        }
    }
}

/// Judges a notice. Whether its letters can be written at all (names, an address) is another question.
pub fn judge(case: &Case<'_>) -> Verdict {
    if case.protection == Protection::Protected || protection::is_hinted_at(case.notice) {
        return Verdict::Protected;
    }
    let (sender, newer) = match case.purpose {
        Purpose::Offer => (Doubt::Landlord, Doubt::TakenBack),
        Purpose::Copy | Purpose::Confirmation | Purpose::Receipt => (Doubt::Sender, Doubt::Newer),
    };
    let doubts: Vec<Doubt> = [
        (case.in_review, Doubt::Review),
        (!case.sender_proven, sender),
        (!identity_is_sure(case), Doubt::Identity),
        (!address_is_sure(case), Doubt::Address),
        (case.protection == Protection::Unknown, Doubt::Protection),
        (case.overtaken, newer),
        (case.corrected, Doubt::Corrected),
    ]
    .into_iter()
    .filter_map(|(in_doubt, doubt)| in_doubt.then_some(doubt))
    .collect();
    if doubts.is_empty() { Verdict::Leave } else { Verdict::Person(doubts) }
}

/// An adult whom the eviction is directed against, by the role that the notice gives.
pub fn is_respondent(person: &Person) -> bool {
    matches!(person.role, Role::Tenant | Role::CoTenant)
}

/// Every respondent is an adult with a name and a sound number, no two with the same, and nothing of it was read in doubt.
fn identity_is_sure(case: &Case<'_>) -> bool {
    let mut numbers = Vec::new();
    let respondents = case.notice.persons.iter().enumerate().filter(|(_, it)| is_respondent(it));
    for (at, person) in respondents {
        let place = format!("/persons/{at}");
        let words = person.name.as_ref().map_or(0, |name| name.reveal().split_whitespace().count());
        // Read from free text, one word is a surname, and the letter would be for anybody of the family.
        let read = case.notice.evidence.contains_key(&format!("{place}/name"));
        let named = words > usize::from(read);
        let Some(number) = sound_number(person, case.on) else { return false };
        let surely_read =
            ["/name", "/identity/value"].iter().all(|end| is_sure(case, &format!("{place}{end}")));
        if !named || numbers.contains(&number) || !surely_read || is_doubted(case.notice, &place) {
            return false;
        }
        numbers.push(number);
    }
    let of_others = case.notice.persons.iter().filter(|person| !is_respondent(person));
    let mut others = of_others.filter_map(|person| person.identity.as_ref()?.digits12());
    !numbers.is_empty() && others.all(|other| numbers.iter().all(|number| number != other))
}

/// The number of an adult that holds against its check digit and its date.
fn sound_number(person: &Person, on: Date) -> Option<String> {
    let identity = person.identity.as_ref()?;
    let digits = identity.digits12()?;
    let (read, fault) = PersonIdentity::read(digits, on);
    if fault.is_some() || read.digits12() != Some(digits) {
        return None;
    }
    // A coordination number without a calendar date tells no age: a person looks.
    let born = identity.birth_date()?;
    if person.born_on.is_some_and(|told| told != born) {
        return None;
    }
    let of_age = born.checked_add(18.years()).ok()?;
    (of_age <= on).then(|| digits.to_owned())
}

/// The address is whole, it is the person's own door, and nothing of it was read in doubt.
fn address_is_sure(case: &Case<'_>) -> bool {
    let Some(dwelling) = &case.notice.dwelling else { return false };
    let own_door = dwelling.care_of.as_ref().is_none_or(|name| name.is_empty());
    let parts = [
        ("street", dwelling.street.is_some(), true),
        ("postalCode", dwelling.postal_code.is_some(), true),
        ("city", dwelling.city.is_some(), true),
        ("apartmentNumber", dwelling.apartment_number.is_some(), false),
    ];
    let sure = |(part, told, needed): &(&str, bool, bool)| match told {
        true => is_sure(case, &format!("/dwelling/{part}")),
        false => !needed,
    };
    own_door && parts.iter().all(sure) && !is_doubted(case.notice, "/dwelling")
}

/// Whether a value was read surely enough; what was told field by field has no evidence and needs none.
fn is_sure(case: &Case<'_>, path: &str) -> bool {
    match case.notice.evidence.get(path) {
        // A person's own word is as sure as an approval.
        Some(evidence) if evidence.source == BY_PERSON => true,
        Some(evidence) => {
            let least = case.thresholds.and_then(|thresholds| thresholds.of(path));
            least.is_some_and(|least| evidence.confidence >= least)
        }
        None => matches!(case.format, Format::Json | Format::Xml | Format::Csv),
    }
}

/// Whether something at or below a place was found odd.
fn is_doubted(notice: &Notice, place: &str) -> bool {
    let there = |finding: &Finding| {
        let rest = finding.path.strip_prefix(place);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    notice.findings.iter().any(|finding| finding.severity != Severity::Info && there(finding))
}

#[cfg(test)]
#[path = "gates_tests.rs"]
mod tests;
