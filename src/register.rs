//! The store as senders may see it: their own messages, and of these only what the contract allows.

use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::answer::Answer;
use crate::domain::answer::AnsweredNotice;
use crate::domain::delivery::DeliveryState;
use crate::domain::masked::Masked;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::received::Envelope;
use crate::domain::reference::Reference;
use crate::domain::switch::Switch;
use crate::public::AcknowledgementView;
use crate::public::MessageView;
use crate::public::NoticeView;
use crate::public::Register;
use crate::public::RegisterUnavailable;
use crate::public::feed::Entry;
use crate::public::feed::Feed;
use crate::routing::profile::Profile;
use crate::store::Action;
use crate::store::ActionRefused;
use crate::store::FeedChange;
use crate::store::FeedRow;
use crate::store::NoticeRow;
use crate::store::ProofChange;
use crate::store::Store;
use crate::store::StoreError;
use crate::telemetry;
use std::sync::Arc;

/// Answers senders from the store.
#[derive(Clone)]
pub struct StoredRegister {
    /// The truth.
    pub store: Store,
    /// For the boards' names.
    pub profile: Arc<Profile>,
}

fn unavailable(error: StoreError) -> RegisterUnavailable {
    RegisterUnavailable(Box::new(error))
}

/// A notice of the message, as a receipt names it.
fn answered(row: &NoticeRow) -> Option<AnsweredNotice> {
    Some(AnsweredNotice {
        reference: Reference::parse(&row.reference)?,
        kind: NoticeType::parse(&row.kind)?,
        findings: Vec::new(),
        needs_review: row.state == DeliveryState::NeedsReview.as_str(),
    })
}

#[async_trait::async_trait]
impl Register for StoredRegister {
    async fn message(
        &self,
        reference: &Reference,
    ) -> Result<Option<MessageView>, RegisterUnavailable> {
        self.view(reference).await.map_err(unavailable)
    }

    async fn kept_receipt(
        &self,
        message: &Reference,
        notices: usize,
    ) -> Result<Option<String>, RegisterUnavailable> {
        self.store.kept_receipt(message, notices).await.map_err(unavailable)
    }

    async fn keep_receipt(
        &self,
        message: &Reference,
        notices: usize,
        receipt: Masked,
    ) -> Result<String, RegisterUnavailable> {
        let change = ProofChange::Receipt { message: message.clone(), notices, receipt };
        let kept = self.store.act(Action::Proof(change)).await.map_err(unavailable)?;
        kept.map_err(|refused| RegisterUnavailable(Box::new(refused)))?;
        let kept = self.store.kept_receipt(message, notices).await.map_err(unavailable)?;
        kept.ok_or_else(|| unavailable(StoreError::Corrupt("receipt")))
    }
}

#[async_trait::async_trait]
impl Feed for StoredRegister {
    async fn may_read(&self, client: &str) -> Result<bool, RegisterUnavailable> {
        self.store.may_read_feed(client).await.map_err(unavailable)
    }

    async fn after(&self, number: i64, limit: i64) -> Result<Vec<Entry>, RegisterUnavailable> {
        let rows = self.store.confirmations_after(number, limit).await.map_err(unavailable)?;
        rows.into_iter().map(entry).collect()
    }

    async fn one(&self, number: i64) -> Result<Option<Entry>, RegisterUnavailable> {
        let row = self.store.confirmation(number).await.map_err(unavailable)?;
        row.map(entry).transpose()
    }

    async fn hand_out(&self, client: &str, entries: &[Entry]) -> Result<(), RegisterUnavailable> {
        let switches = self.store.switches().await.map_err(unavailable)?;
        if switches.iter().any(|it| it.way == Way::Feed && it.switch != Switch::On) {
            let off = ActionRefused::State("switched off".to_owned());
            return Err(RegisterUnavailable(Box::new(off)));
        }
        let numbers = entries.iter().map(|entry| entry.confirmation.number).collect();
        let change = FeedChange::Fetched { client: client.to_owned(), numbers };
        let kept = self.store.act(Action::Feed(change)).await.map_err(unavailable)?;
        telemetry::kill_point("after_handing_out_before_answer");
        kept.map_err(|refused| RegisterUnavailable(Box::new(refused)))
    }
}

/// A confirmation as it stands in the series.
fn entry(row: FeedRow) -> Result<Entry, RegisterUnavailable> {
    let read = serde_json::from_str(&row.document);
    let confirmation = read.map_err(|_| unavailable(StoreError::Corrupt("confirmation")))?;
    Ok(Entry { document: row.document, confirmation, fetched: row.fetched_at.is_some() })
}

impl StoredRegister {
    async fn view(&self, reference: &Reference) -> Result<Option<MessageView>, StoreError> {
        let Some(message) = self.store.message(reference).await? else { return Ok(None) };
        let envelope: Envelope =
            serde_json::from_str(&message.envelope).map_err(|_| StoreError::Corrupt("envelope"))?;
        let notices = self.store.notices_of(&message.reference).await?;
        let acknowledgements = self.store.acknowledgements_of(&message.reference).await?;
        let case_number = match notices.as_slice() {
            [only] => serde_json::from_str::<Notice>(&only.notice)
                .ok()
                .and_then(|notice| notice.enforcement)
                .and_then(|enforcement| enforcement.case_number),
            _ => None,
        };
        let board = self.profile.board(&message.board).map(|board| board.name.clone());
        let mut answer: Answer =
            serde_json::from_str(&message.answer).map_err(|_| StoreError::Corrupt("answer"))?;
        // An API client's first answer stays as it was given; its documents may have told of more notices since.
        if answer.notices.len() < notices.len() {
            answer.notices = notices.iter().filter_map(answered).collect();
        }
        Ok(Some(MessageView {
            answer,
            partner: message.partner,
            channel: envelope.channel,
            sender_reference: message.sender_reference.map(Masked::new),
            case_number,
            board: board.unwrap_or(message.board),
            acknowledgements: acknowledgements
                .into_iter()
                .filter_map(|row| {
                    Some(AcknowledgementView {
                        recipient: Recipient::parse(&row.recipient)?,
                        purpose: Purpose::parse(&row.purpose)?,
                        state: AcknowledgementState::parse(&row.state)?,
                        at: row.sent_at,
                    })
                })
                .collect(),
            notices: notices
                .into_iter()
                .filter_map(|row| {
                    Some(NoticeView {
                        reference: Reference::parse(&row.reference)?,
                        state: DeliveryState::parse(&row.state)?,
                    })
                })
                .collect(),
        }))
    }
}
