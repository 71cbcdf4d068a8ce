//! For senders, after the door: how far a message has come, its receipt and the check of it, and what the API is.
//!
//! A message is shown to the client that sent it and to nobody else; everyone else gets the same answer as for a reference that
//! does not exist. Nothing tells of the person, of other recipients, of the case, or that somebody handles it by hand.

pub mod about;
pub mod config;
pub mod examples;
pub mod feed;
pub mod front;
pub mod keys;
mod kvitto;
mod kvitto_words;
pub mod not_built;
pub mod openapi;
pub mod receipt;
mod receipt_pdf;
pub mod status;
pub mod verify;

#[cfg(test)]
mod feed_tests;
#[cfg(test)]
mod proof_tests;
#[cfg(test)]
mod receipt_pdf_tests;
#[cfg(test)]
mod tests;

pub use config::Config;

use crate::acknowledge::Contact;
use crate::clock::Clock;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Recipient;
use crate::domain::answer::Answer;
use crate::domain::calendar::LocalTime;
use crate::domain::delivery::DeliveryState;
use crate::domain::masked::Masked;
use crate::domain::received::Channel;
use crate::domain::reference::Reference;
use crate::http::problem::Problem;
use crate::http::problem_type::ProblemType;
use crate::http::urls::ApiRoot;
use crate::http::urls::ROOT;
use crate::intake::api::Clients;
use crate::intake::api::client::authenticate;
use crate::public::feed::Feed;
use crate::public::verify::Counter;
use crate::seal::chest::Chest;
use axum::Router;
use axum::http::HeaderMap;
use axum::routing::get;
use jiff::Timestamp;
use std::net::IpAddr;
use std::sync::Arc;

/// How soon a caller comes back when the store does not answer, in seconds.
const RETRY_AFTER_SECONDS: u32 = 5;

/// What these pages ask of the store.
#[async_trait::async_trait]
pub trait Register: Send + Sync {
    /// The message with this reference, or the one that holds the notice with this reference; `None` when there is none.
    async fn message(
        &self,
        reference: &Reference,
    ) -> Result<Option<MessageView>, RegisterUnavailable>;

    /// The receipt (JSON) that was handed out first while so many notices of a message were known; `None` when there is none.
    async fn kept_receipt(
        &self,
        message: &Reference,
        notices: usize,
    ) -> Result<Option<String>, RegisterUnavailable>;

    /// Keeps a receipt (JSON) that is handed out, and gives the one that was kept first.
    async fn keep_receipt(
        &self,
        message: &Reference,
        notices: usize,
        receipt: Masked,
    ) -> Result<String, RegisterUnavailable>;
}

/// The store did not answer.
#[derive(Debug, thiserror::Error)]
#[error("cannot look up or keep something of a message")]
pub struct RegisterUnavailable(
    /// Why.
    #[source]
    pub Box<dyn std::error::Error + Send + Sync>,
);

/// A message as the store tells it. What of it the sender sees is decided here.
#[derive(Clone, Debug)]
pub struct MessageView {
    /// The first answer.
    pub answer: Answer,
    /// Who sent it, as the door proved it.
    pub partner: Option<String>,
    /// By which kind of door.
    pub channel: Channel,
    /// The sender's own reference.
    pub sender_reference: Option<Masked>,
    /// The case number that the sender gave (Kronofogden's målnummer).
    pub case_number: Option<Masked>,
    /// The board (nämnd) that received it.
    pub board: String,
    /// Every acknowledgement, to whomever.
    pub acknowledgements: Vec<AcknowledgementView>,
    /// The notices in it with their states.
    pub notices: Vec<NoticeView>,
}

/// One acknowledgement of a message.
#[derive(Clone, Debug)]
pub struct AcknowledgementView {
    /// Who is told.
    pub recipient: Recipient,
    /// What is told.
    pub purpose: Purpose,
    /// How far it has come.
    pub state: AcknowledgementState,
    /// When it reached that state.
    pub at: Option<Timestamp>,
}

/// One notice of a message.
#[derive(Clone, Debug)]
pub struct NoticeView {
    /// Its reference.
    pub reference: Reference,
    /// How far it has come.
    pub state: DeliveryState,
}

/// What the pages work with.
#[derive(Clone)]
pub struct Desk {
    /// The store's answers.
    pub register: Arc<dyn Register>,
    /// The confirmations to Kronofogden.
    pub feed: Arc<dyn Feed>,
    /// Who may ask.
    pub clients: Arc<dyn Clients>,
    /// The API's address.
    pub root: ApiRoot,
    /// The municipality's time zone: receipts as text tell the local hour.
    pub local_time: LocalTime,
    /// Where the API is described and whom to ask.
    pub about: About,
    /// With what receipts are signed and coded.
    pub chest: Chest,
    /// The time.
    pub clock: Clock,
    /// Proxies whose word is taken about the address of whoever checks a receipt.
    pub proxies: Vec<IpAddr>,
}

/// What the API says of itself.
#[derive(Clone, Debug)]
pub struct About {
    /// Where the documentation stands; `None`: the OpenAPI document.
    pub documentation: Option<url::Url>,
    /// Whom senders ask, from the municipality's profile; the board is each message's own.
    pub contact: Contact,
}

/// Every page and call for senders but the door itself.
pub fn routes(desk: Desk) -> Router {
    let document = about::Served(openapi::served(&desk.root, &desk.about));
    let pages = front::routes(&desk);
    let open = Router::new()
        .route(&format!("{ROOT}/openapi.json"), get(about::openapi))
        .route(&format!("{ROOT}/problems/{{code}}"), get(about::problem_page))
        .with_state(document);
    let counter = Arc::new(Counter::new(desk.clone()));
    let checks = Router::new()
        .route(&format!("{ROOT}/receipts/verify"), get(verify::get_verification))
        .with_state(Arc::clone(&counter));
    let asked = Router::new()
        .route(&format!("{ROOT}/keys"), get(keys::get_keys))
        .route(&format!("{ROOT}/api-info"), get(about::api_info))
        .route(&format!("{ROOT}/confirmations"), get(feed::get_confirmations))
        .route(&format!("{ROOT}/confirmations/{{number}}"), get(feed::get_confirmation))
        .route(&format!("{ROOT}/notices/{{reference}}"), get(status::get_notice))
        .route(&format!("{ROOT}/notices/{{reference}}/receipt"), get(receipt::get_receipt))
        .with_state(Arc::new(desk));
    let pages = pages.merge(kvitto::routes(counter));
    open.merge(asked).merge(checks).merge(not_built::routes()).merge(pages)
}

/// A message that its own sender asks for: the reference as asked and the message. Anyone else gets 404.
async fn own_message(
    desk: &Desk,
    headers: &HeaderMap,
    reference: &str,
) -> Result<(Reference, MessageView), Problem> {
    let client = authenticate(headers, desk.clients.as_ref()).await?;
    let unknown = || Problem::new(ProblemType::NotFound);
    let reference = Reference::parse(reference).ok_or_else(unknown)?;
    let view = desk.register.message(&reference).await.map_err(|error| {
        tracing::warn!(%error, "could not look up a message");
        Problem::unavailable(RETRY_AFTER_SECONDS)
    })?;
    let own = |view: &MessageView| {
        view.channel == Channel::Api && view.partner.as_deref() == Some(client.name.as_str())
    };
    let view = view.filter(own).ok_or_else(unknown)?;
    Ok((reference, view))
}
