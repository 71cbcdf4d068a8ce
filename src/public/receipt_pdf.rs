//! The receipt that a landlord prints: the kept receipt set as PDF, so that it tells what the data tells and bears the same control code.

use crate::acknowledge::receipt::ApiReceipt;
use crate::domain::masked::Masked;
use crate::http::problem::Problem;
use crate::http::problem_type::ProblemType;
use crate::letter::receipt_pdf;
use crate::letter::receipt_pdf::Control;
use crate::letter::receipt_pdf::ReceiptFacts;
use crate::public::Desk;
use crate::seal;
use crate::seal::keys::KeyRing;
use jiff::Timestamp;

/// The PDF. It is dated by the day of its seal, so that it is the same however often it is fetched.
pub(super) async fn of(
    desk: &Desk,
    receipt: &ApiReceipt,
    ring: Option<&KeyRing>,
) -> Result<Vec<u8>, Problem> {
    let made_at = ring.and_then(|ring| sealed_at(receipt, ring));
    let made_at = made_at.unwrap_or_else(|| desk.clock.now());
    let (facts, local_time) = (facts(desk, receipt, made_at), desk.local_time.clone());
    let set =
        tokio::task::spawn_blocking(move || receipt_pdf::receipt_pdf(&facts, &local_time)).await;
    let set = set.map_err(|error| {
        tracing::error!(%error, "setting a receipt was interrupted");
        Problem::new(ProblemType::Internal)
    })?;
    // A reference of the sender's own in letters that the built-in fonts lack: data and text have it.
    set.map_err(|error| {
        tracing::warn!(%error, "a receipt could not be set as PDF");
        Problem::new(ProblemType::NotAcceptable)
    })
}

/// When it was signed.
fn sealed_at(receipt: &ApiReceipt, ring: &KeyRing) -> Option<Timestamp> {
    let value = serde_json::to_value(receipt).ok()?;
    seal::receipt::verify(&value, &ring.jwk_set()).ok().map(|signature| signature.signed_at)
}

fn facts(desk: &Desk, receipt: &ApiReceipt, made_at: Timestamp) -> ReceiptFacts {
    let organisation = &receipt.contact.organisation;
    ReceiptFacts {
        reference: receipt.reference.clone(),
        received_at: receipt.received_at,
        sha256: receipt.sha256,
        sender_reference: receipt.sender_reference.as_ref().map(plain),
        case_number: receipt.case_number.as_ref().map(plain),
        notices: receipt.notices.iter().map(|notice| notice.reference.clone()).collect(),
        organisation: (organisation.sv.clone(), organisation.en.clone()),
        board: receipt.board.clone(),
        telephone: receipt.contact.telephone.clone(),
        email: receipt.contact.email.clone(),
        control: receipt
            .written_code()
            .map(|code| Control { code: code.into(), address: desk.root.check_page() }),
        issued_on: desk.local_time.day_of(made_at),
        languages: Vec::new(),
    }
}

/// What a sender wrote, on one line.
fn plain(text: &Masked) -> Masked {
    let text = text.reveal().chars().map(|c| if c.is_control() { ' ' } else { c });
    text.collect::<String>().into()
}
