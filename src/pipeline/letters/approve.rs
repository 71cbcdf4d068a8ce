//! A person approves the letters of a copy: the sources are asked once more, the letters are written as they were shown, and go the first way.

use crate::acknowledge::Contact;
use crate::acknowledge::print::Letter;
use crate::domain::acknowledgement::Purpose;
use crate::domain::calendar::LocalTime;
use crate::domain::notice::Notice;
use crate::domain::notice::SenderKind;
use crate::domain::received::Channel;
use crate::domain::received::Envelope;
use crate::domain::reference::Reference;
use crate::letter::copy::Change;
use crate::partners::Partners;
use crate::pipeline::copying;
use crate::pipeline::copying::Refused;
use crate::pipeline::letters::LetterWay;
use crate::pipeline::letters::Office;
use crate::pipeline::letters::protection::Sources;
use crate::pipeline::letters::standing;
use crate::pipeline::switches::Switches;
use crate::store::Action;
use crate::store::ActionRefused;
use crate::store::Asked;
use crate::store::CopyChange;
use crate::store::CopyWaiting;
use crate::store::NewAcknowledgement;
use crate::store::Protection;
use crate::store::Store;
use crate::store::StoreError;
use jiff::Timestamp;

/// Why nothing was approved.
#[derive(Debug, thiserror::Error)]
pub enum NotApproved {
    /// No copy waits, or nobody is named to Kronofogden yet.
    #[error("no copy waits that a letter could be made of: see `kvittens copies`")]
    Nothing,
    /// No letter can be made.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No way for letters is configured.
    #[error(
        "no way for letters is configured ([letter] ways, print_folder): write the letters with --out, post them, and put it on record with --sent"
    )]
    NoWay,
    /// Some of its letters have gone, or may have.
    #[error(
        "some of its letters have gone, or may have: find out which (`kvittens show`), send the rest yourself, and put it on record with --sent"
    )]
    Partly,
    /// Somebody else was quicker.
    #[error("nothing was sent: {0}")]
    Late(#[from] ActionRefused),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who writes, in whose time.
pub struct Writer<'a> {
    /// Who writes.
    pub contact: &'a Contact,
    /// The municipality's time.
    pub local_time: &'a LocalTime,
    /// Now.
    pub now: Timestamp,
}

/// The letters of a copy as they would go now, and what is stored when a person approves them ([`CopyChange::Approved`]). Sends nothing; asks the sources.
///
/// # Errors
/// See [`NotApproved`]. Protected identity is a refusal, whoever asks: no letter is made then.
pub async fn planned(
    (store, office): (&Store, &Office),
    copy: &CopyWaiting,
    writer: &Writer<'_>,
) -> Result<(Vec<Letter>, LetterWay, NewAcknowledgement), NotApproved> {
    let asked = ask(store, &office.sources, (&copy.reference, &copy.notice)).await?;
    if asked.answer == Protection::Protected {
        return Err(Refused::Protected.into());
    }
    if standing::has_begun(store, copy).await? {
        return Err(NotApproved::Partly);
    }
    let written = written(store, copy, office, writer).await?;
    let (version, letters) = written.ok_or(NotApproved::Nothing)??;
    let switches = Switches::now(store).await?;
    let served = standing::served(store, copy).await?;
    let way = office.first_way((writer.now, writer.local_time), &switches, &served.ways());
    let way = way.ok_or(NotApproved::NoWay)?;
    let about = (&copy.reference, copy.purpose, version);
    let by = (way, &office.config);
    let new =
        copying::acknowledgement(about, &letters, by, Vec::new()).ok_or(NotApproved::NoWay)?;
    Ok((letters, way, new))
}

/// Sends the letters of a copy in a person's name. How many went, and by which way.
///
/// # Errors
/// See [`NotApproved`].
pub async fn approve(
    (store, office): (&Store, &Office),
    copy: &CopyWaiting,
    writer: &Writer<'_>,
    actor: String,
) -> Result<(usize, LetterWay), NotApproved> {
    let (letters, way, new) = planned((store, office), copy, writer).await?;
    let change = CopyChange::Approved { actor, letters: Box::new(new) };
    store.act(Action::Copy(change)).await??;
    Ok((letters.len(), way))
}

/// Letters, and the how-manieth confirmation they are a copy of; or why there are none.
pub type Written = Result<(u32, Vec<Letter>), Refused>;

/// The letters of a copy as they would go now; none before somebody is named. Whom a way has reached that could not reach all gets no second one.
///
/// # Errors
/// When the database does not answer.
pub async fn written(
    store: &Store,
    copy: &CopyWaiting,
    office: &Office,
    writer: &Writer<'_>,
) -> Result<Option<Written>, StoreError> {
    let named = match copy.purpose {
        Purpose::Offer => {
            Some(((office.call)(&copy.unit, writer.contact, writer.now), copy.version))
        }
        Purpose::Copy | Purpose::Confirmation | Purpose::Receipt => copy.caseworker.clone(),
    };
    let Some((caseworker, named)) = named else { return Ok(None) };
    let version = copy.version.max(named);
    let replaces = standing::of(store, (&copy.reference, &copy.notice)).await?.replaces;
    let facts = copying::Facts {
        reference: &copy.reference,
        notice: &copy.notice,
        received_at: copy.received_at,
        today: writer.local_time.day_of(writer.now),
        purpose: copy.purpose,
        caseworker: &caseworker,
        version,
        change: match copy.follows {
            true if copy.corrected => Some(Change::Corrected),
            true => Some(Change::NewCaseworker),
            false => replaces.then_some(Change::NewTime),
        },
        contact: writer.contact,
        local_time: writer.local_time,
    };
    let served = standing::served(store, copy).await?;
    Ok(Some(copying::letters(&facts, &office.config).map(|mut letters| {
        letters.retain(|letter| !served.has(letter));
        (version, letters)
    })))
}

/// Asks about those in the notice of letters that are about to leave; without the notice, what was answered last holds.
pub async fn ask_again(
    store: &Store,
    sources: &Sources,
    reference: &Reference,
) -> Result<Asked, StoreError> {
    match store.notice_of(reference).await? {
        Some(notice) => ask(store, sources, (reference, &notice)).await,
        None => Ok(store
            .protection_of(reference)
            .await?
            .unwrap_or(Asked { answer: Protection::Unknown, sources: String::new() })),
    }
}

/// Asks the named sources about those in a notice, and keeps what they answered when it is new.
pub async fn ask(
    store: &Store,
    sources: &Sources,
    (reference, notice): (&Reference, &Notice),
) -> Result<Asked, StoreError> {
    let asked = sources.ask(notice).await;
    if store.protection_of(reference).await?.as_ref() != Some(&asked) {
        let (reference, asked) = (reference.clone(), asked.clone());
        drop(store.act(Action::Copy(CopyChange::Asked { reference, asked })).await?);
    }
    Ok(asked)
}

/// Whether one of those who may write so is proven to have sent a message, by a door of its own or in a mail that its domain vouches for: Kronofogden for what is
/// copied; for an offer of help a landlord, a tenant-owner association, or whoever acts for one.
pub fn is_proven(partners: &Partners, envelope: &Envelope, purpose: Purpose) -> bool {
    let directory = partners.now();
    let id = envelope.sender.partner.as_deref();
    let (partner, vouched) = match envelope.channel {
        Channel::Api => (id.and_then(|id| directory.by_client(id)), true),
        Channel::Folder | Channel::Sftp => (id.and_then(|id| directory.partner(id)), true),
        Channel::Maildir | Channel::Mailbox => {
            (id.and_then(|id| directory.partner(id)), envelope.sender.proven())
        }
    };
    let theirs = |kind: SenderKind| match purpose {
        Purpose::Offer => matches!(
            kind,
            SenderKind::Landlord | SenderKind::TenantOwnerAssociation | SenderKind::Agent
        ),
        Purpose::Copy | Purpose::Confirmation | Purpose::Receipt => {
            kind == SenderKind::EnforcementAuthority
        }
    };
    vouched && partner.is_some_and(|it| theirs(it.kind) && it.may_use(envelope.channel))
}
