//! A person corrects on a notice's page what the reader misread or did not see. The page shows no value: an empty field leaves what is there, `-` takes
//! it away. What was typed comes back with what is wrong with it.

use crate::domain::correction;
use crate::domain::correction::Because;
use crate::domain::correction::Fault;
use crate::domain::correction::Said;
use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::notice::Known;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::notice::Role;
use crate::domain::notice::SenderKind;
use crate::domain::reference::Reference;
use crate::operations::PageError;
use crate::operations::act;
use crate::operations::chrome::Chrome;
use crate::operations::notice;
use crate::operations::unmask;
use crate::operations::visit::Visit;
use crate::operations::words;
use crate::store::NoticeRow;
use crate::store::StoreError;
use async_trait::async_trait;
use axum::extract::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::BTreeMap;
use std::fmt;

/// Corrects notices; what follows from it is decided elsewhere.
#[async_trait]
pub trait Corrections: fmt::Debug + Send + Sync {
    /// Corrects a notice, if it is still as it was seen.
    async fn correct(&self, reference: &Reference, wish: Wish) -> Result<(), NotDone>;
}

/// What a person says.
pub struct Wish {
    /// Who.
    pub actor: String,
    /// Why.
    pub because: Because,
    /// The digest of the notice that they saw.
    pub seen: Digest,
    /// What stands where.
    pub said: Vec<Said>,
    /// Whether it is handed over as it stands then.
    pub hand_over: bool,
}

/// Why nothing was corrected.
#[derive(Debug)]
pub enum NotDone {
    /// Nothing is another than it was.
    Nothing,
    /// It was corrected meanwhile.
    Stale,
    /// It is being handed over, or its state does not allow it.
    Refused,
    /// Values that cannot stand where they are said to stand.
    Faults(Vec<Fault>),
    /// The store does not answer.
    Store(StoreError),
}

/// What was typed, with what is wrong with it.
#[derive(Default)]
pub(super) struct Typed {
    fields: BTreeMap<String, String>,
    faults: Vec<Fault>,
    /// What is said above the page.
    pub(super) said: Option<(StatusCode, &'static str)>,
}

/// One field of the form.
pub(super) struct Field {
    pub(super) place: String,
    pub(super) id: String,
    pub(super) label: String,
    pub(super) typed: String,
    pub(super) fault: Option<String>,
    /// Words to choose from; none where text is written.
    pub(super) choices: Vec<(&'static str, String)>,
}

/// The form.
pub(super) struct Offer {
    pub(super) link: String,
    pub(super) seen: String,
    pub(super) fields: Vec<Field>,
    pub(super) reasons: Vec<(&'static str, String)>,
    pub(super) because: String,
    pub(super) waits: bool,
}

/// Corrects a notice.
pub(super) async fn correct(
    visit: Visit,
    Path(reference): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let Some((known, row)) = visit.notice(&reference).await? else {
        return visit.no_such_notice();
    };
    if unmask::is_restricted(&visit, &[&row]).await? {
        return unmask::restricted(&visit);
    }
    let fields: BTreeMap<String, String> = fields.into_iter().collect();
    let field = |name: &str| fields.get(name).map_or("", |value| value.trim());
    let place = |name: &str| name.contains('/') || correction::PLACES.contains(&name);
    let said = fields
        .iter()
        .filter(|(name, _)| place(name))
        .map(|(name, value)| Said { place: name.clone(), value: Masked::new(value.as_str()) });
    let asked = (Because::parse(field("because")), Digest::from_hex(field("seen")));
    let done = match asked {
        (Some(because), Some(seen)) => {
            let (actor, hand_over) = (visit.person.actor(), field("how") == "handOver");
            let wish = Wish { actor, because, seen, said: said.collect(), hand_over };
            visit.desk.corrections.correct(&known, wish).await
        }
        _ => Err(NotDone::Nothing),
    };
    let (status, words, faults) = match done {
        Ok(()) => return Ok(act::back(&visit, known.as_str(), "corrected")),
        Err(NotDone::Nothing) => (StatusCode::UNPROCESSABLE_ENTITY, "notCorrected", Vec::new()),
        Err(NotDone::Stale) => (StatusCode::CONFLICT, "correctedMeanwhile", Vec::new()),
        Err(NotDone::Refused) => (StatusCode::CONFLICT, "refused", Vec::new()),
        Err(NotDone::Faults(faults)) => (StatusCode::UNPROCESSABLE_ENTITY, "faults", faults),
        Err(NotDone::Store(error)) => return Err(error.into()),
    };
    let typed = Typed { fields, faults, said: Some((status, words)) };
    notice::show(visit, reference, typed).await
}

/// The form of a notice, with what was typed.
pub(super) fn offer(page: &Chrome, row: &NoticeRow, typed: &Typed) -> Option<Offer> {
    let known = !matches!(row.state.as_str(), "dismissed" | "reading");
    let notice: Notice = serde_json::from_str(&row.notice).ok().filter(|_| known)?;
    let mut places: Vec<String> = correction::PLACES.iter().map(|it| (*it).to_owned()).collect();
    for at in 0..=notice.persons.len() {
        places.extend(correction::OF_A_PERSON.iter().map(|end| format!("persons/{at}/{end}")));
        if at < notice.persons.len() {
            places.push(format!("persons/{at}"));
        }
    }
    let field = |place: String| {
        let fault = typed.faults.iter().find(|fault| fault.place == place);
        Field {
            id: format!("correct-{}", place.replace('/', "-")),
            label: label(page, &place, notice.persons.len()),
            typed: typed.fields.get(&place).cloned().unwrap_or_default(),
            fault: fault.map(|it| it.trouble.words()).map(|(sv, en)| page.say(sv, en).to_owned()),
            choices: choices(page, &place),
            place,
        }
    };
    Some(Offer {
        link: page.link(&format!("/ops/notices/{}/correct", row.reference)),
        seen: Digest::of(row.notice.as_bytes()).to_string(),
        fields: places.into_iter().map(field).collect(),
        reasons: Because::ALL
            .iter()
            .map(|it| (it.as_str(), words::other(page, it.as_str())))
            .collect(),
        because: typed.fields.get("because").cloned().unwrap_or_default(),
        waits: matches!(row.state.as_str(), "needsReview" | "notNotice" | "parked"),
    })
}

const LABELS: [(&str, &str, &str); 17] = [
    ("type", "Slag", "Kind"),
    ("dwelling/street", "Gata och nummer", "Street and number"),
    ("dwelling/postalCode", "Postnummer", "Postal code"),
    ("dwelling/city", "Ort", "City"),
    ("dwelling/apartmentNumber", "Lägenhetsnummer", "Apartment number"),
    ("arrears/amountToRecover", "Belopp att betala", "Amount to recover"),
    ("enforcement/caseNumber", "Målnummer", "Case number"),
    ("enforcement/startsAt", "Tid för avhysningen", "Time of the eviction"),
    ("issuedOn", "Underrättelsens dag", "Day of the notice"),
    ("terminatedOn", "Uppsagd dag", "Day of termination"),
    ("children/known", "Barn", "Children"),
    ("children/count", "Antal barn", "Number of children"),
    ("sender/kind", "Slags avsändare", "Kind of sender"),
    ("sender/name", "Avsändarens namn", "Sender's name"),
    ("role", "roll", "role"),
    ("name", "namn", "name"),
    ("identity/value", "personnummer", "identity number"),
];

pub(super) fn label(page: &Chrome, place: &str, persons: usize) -> String {
    let find = |wanted: &str| LABELS.iter().find(|(known, _, _)| *known == wanted);
    let words = |wanted: &str| find(wanted).map_or("", |(_, sv, en)| page.say(sv, en)).to_owned();
    let Some(rest) = place.strip_prefix("persons/") else { return words(place) };
    let (at, end) = rest.split_once('/').unwrap_or((rest, ""));
    let at: usize = at.parse().unwrap_or(0);
    let who = match at == persons {
        true => page.say("Ny person", "New person").to_owned(),
        false => format!("{} {}", page.say("Person", "Person"), at + 1),
    };
    match end {
        "" => format!("{who}: {}", page.say("ta bort", "take away")),
        end => format!("{who}: {}", words(end)),
    }
}

fn choices(page: &Chrome, place: &str) -> Vec<(&'static str, String)> {
    let own = |word: &'static str| (word, words::other(page, word));
    match place.rsplit_once('/').map_or(place, |(_, end)| end) {
        "type" => {
            NoticeType::ALL.iter().map(|it| (it.as_str(), words::kind(page, it.as_str()))).collect()
        }
        "known" => Known::ALL.iter().map(|it| own(it.as_str())).collect(),
        "kind" => SenderKind::ALL.iter().map(|it| own(it.as_str())).collect(),
        "role" => Role::ALL.iter().map(|it| own(it.as_str())).collect(),
        _ if place.starts_with("persons/") && place.split('/').count() == 2 => {
            vec![(correction::NOTHING, page.say("Ja", "Yes").to_owned())]
        }
        _ => Vec::new(),
    }
}
