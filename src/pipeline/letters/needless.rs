//! What takes the reason for an offer of help away before it has left: the notice was taken back ("skulden är betald"), was dismissed, or came by another
//! door too. A copy that a statute demands is never looked at here.

use crate::domain::acknowledgement::Purpose;
use crate::domain::copy_reason::DISMISSED;
use crate::domain::copy_reason::SAME_NOTICE;
use crate::domain::copy_reason::WITHDRAWN;
use crate::domain::notice::Notice;
use crate::domain::received::Envelope;
use crate::domain::reference::Reference;
use crate::partners::Partners;
use crate::pipeline::compose;
use crate::pipeline::letters::approve;
use crate::store::Store;
use crate::store::StoreError;

/// Whether an offer is still to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing stands against it.
    Stands,
    /// Somebody has written that may have taken the notice back: a person decides.
    InDoubt,
    /// It is not sent; why, a stable code.
    Gone(&'static str),
}

/// Whether the offer about a notice is still to go; `state` is the notice's own; none once it was released.
///
/// # Errors
/// When the database does not answer.
pub async fn of(
    (store, partners): (&Store, &Partners),
    (reference, notice): (&Reference, &Notice),
    state: Option<&str>,
) -> Result<Need, StoreError> {
    match state {
        Some("dismissed") => return Ok(Need::Gone(DISMISSED)),
        // Of two that were released at once, neither waits for the other.
        Some(_) if store.offered_already(reference).await? => {
            return Ok(Need::Gone(SAME_NOTICE));
        }
        Some(_) | None => {}
    }
    let Some(own) = store.envelope_of(reference).await? else { return Ok(Need::Stands) };
    let mut need = Need::Stands;
    for key in compose::withdrawn_by(reference, notice, &own) {
        for (envelope, withdrawal) in store.withdrawals(&key, reference).await? {
            if takes_back((&envelope, &withdrawal), (reference, notice, &own), partners) {
                return Ok(Need::Gone(WITHDRAWN));
            }
            need = Need::InDoubt;
        }
    }
    Ok(need)
}

/// Whether a withdrawal surely takes a notice back: the same sender is proven to have written both, and it names no other notice.
fn takes_back(
    (envelope, withdrawal): (&Envelope, &Notice),
    (reference, notice, own): (&Reference, &Notice, &Envelope),
    partners: &Partners,
) -> bool {
    let of_sender = |it: &Envelope| it.sender.partner.clone();
    let same_sender = of_sender(envelope).is_some() && of_sender(envelope) == of_sender(own);
    if !same_sender || !approve::is_proven(partners, envelope, Purpose::Offer) {
        return false;
    }
    let Some(relates) = &withdrawal.relates_to else { return true };
    let theirs = notice.sender.as_ref().and_then(|sender| sender.reference.as_ref());
    let ours = relates
        .reference
        .as_ref()
        .map(|told| Reference::parse(told).is_some_and(|told| told == *reference));
    let by_theirs = relates.sender_reference.as_ref().map(|told| Some(told) == theirs);
    match (ours, by_theirs) {
        (None, None) => true,
        (ours, by_theirs) => ours == Some(true) || (ours.is_none() && by_theirs == Some(true)),
    }
}
