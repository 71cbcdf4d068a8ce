//! Calls another system by Standard Webhooks 1.0, signed with the municipality's own keys (Ed25519, `v1a`): that there is a confirmation to fetch, or
//! that something is wrong with acknowledgements.
//!
//! A call says what happened and where to read of it, and nothing of anybody. Its id stays the same however often it is repeated, so a receiver that
//! got it twice can tell; its time and its signature are new each time. What is answered is not read beyond its status.

mod address;
pub mod config;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tls_tests;

pub use config::Config;

use crate::acknowledge::webhook::address::Guard;
use crate::acknowledge::webhook::address::Refused;
use crate::domain::failure::Failure;
use crate::seal;
use crate::seal::chest::Chest;
use jiff::Timestamp;
use reqwest::Certificate;
use reqwest::Client;
use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The longest that connecting may take.
const CONNECT: Duration = Duration::from_secs(5);

/// What a receiver says that is gone.
const GONE: &str =
    "the webhook's receiver says that it is gone for good (410): ask whom it belongs to";

/// Whether a receiver said that it is gone for good, and is not to be called again.
pub fn is_gone(failure: &Failure) -> bool {
    matches!(failure, Failure::Permanent(reason) if reason == GONE)
}

/// Why a receiver cannot be called at all.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// The authorities to trust cannot be read.
    #[error("ca_file cannot be read as certificates in PEM form")]
    Authority,
    /// The client could not be made.
    #[error("cannot make a client for webhooks")]
    Client(#[source] reqwest::Error),
}

/// A receiver.
#[derive(Clone)]
pub struct Webhook {
    http: Client,
    config: Arc<Config>,
    chest: Chest,
}

impl Webhook {
    /// The receiver of this section; calls are signed with the keys that are in the chest when they are made.
    ///
    /// # Errors
    /// When the file of authorities cannot be read.
    pub fn open(config: &Config, chest: Chest) -> Result<Self, WebhookError> {
        let mut builder = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(config.timeout)
            .connect_timeout(CONNECT.min(config.timeout))
            .pool_max_idle_per_host(0)
            .dns_resolver(Guard { allow_private: config.allow_private })
            .user_agent(concat!("kvittens/", env!("CARGO_PKG_VERSION")));
        for authority in config.ca_file.as_deref().map_or(Ok(Vec::new()), authorities)? {
            builder = builder.add_root_certificate(authority);
        }
        let http = builder.build().map_err(WebhookError::Client)?;
        Ok(Self { http, config: Arc::new(config.clone()), chest })
    }

    /// Calls once. `id` names the event and holds no full stop; `payload` is its JSON. Answers what the receiver said, as evidence.
    ///
    /// # Errors
    /// Permanent when the receiver says that it is gone for good (410); uncertain when it may have got the call; transient else.
    pub async fn call(&self, id: &str, payload: String, now: Timestamp) -> Result<String, Failure> {
        let unsigned = || {
            Failure::Transient(
                "a webhook cannot be signed: no key is in force ([seal] keys)".into(),
            )
        };
        let ring = self.chest.ring().ok_or_else(unsigned)?;
        let signed = seal::webhook::signatures(&ring, id, now, &payload);
        let signature = signed.map_err(|_none_in_force| unsigned())?;
        let literal = address::literal(&self.config.url);
        if literal.is_some_and(|ip| !address::may_be_called(ip, self.config.allow_private)) {
            return Err(Failure::Transient(format!("the webhook is not called: {Refused}")));
        }
        let request = self
            .http
            .post(self.config.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", now.as_second().to_string())
            .header("webhook-signature", signature)
            .body(payload);
        match request.send().await {
            Ok(answer) => told(id, answer.status()),
            Err(error) => Err(unanswered(&error)),
        }
    }

    /// Tells one receiver from another without its address, which may be secret.
    pub fn fingerprint(&self) -> String {
        self.config.fingerprint()
    }

    /// Looks the receiver's name up, and says what is wrong. Calls nobody.
    ///
    /// # Errors
    /// When the name leads nowhere, or where it must not.
    pub async fn probe(&self) -> Result<(), String> {
        let url = &self.config.url;
        if address::literal(url).is_some() {
            // What may be wrong with it is a fault of the configuration.
            return Ok(());
        }
        let name = url.host_str().and_then(|host| host.parse().ok()).ok_or("names no host")?;
        let guard = Guard { allow_private: self.config.allow_private };
        let found = reqwest::dns::Resolve::resolve(&guard, name).await;
        found.map(drop).map_err(|error| format!("cannot be called: {error}"))
    }
}

fn authorities(file: &Path) -> Result<Vec<Certificate>, WebhookError> {
    let text = std::fs::read(file).map_err(|_unreadable| WebhookError::Authority)?;
    let found = Certificate::from_pem_bundle(&text).map_err(|_not_pem| WebhookError::Authority)?;
    match found.is_empty() {
        true => Err(WebhookError::Authority),
        false => Ok(found),
    }
}

/// What an answer means.
fn told(id: &str, status: StatusCode) -> Result<String, Failure> {
    let code = status.as_u16();
    match code {
        200..=299 => Ok(format!("webhook {id} answered with {code}")),
        410 => Err(Failure::Permanent(GONE.to_owned())),
        300..=399 => Err(Failure::Transient(format!(
            "the webhook was answered with {code}, a redirect, which is not followed"
        ))),
        _ => Err(Failure::Transient(format!("the webhook was answered with {code}"))),
    }
}

/// No answer came. The texts hold no address.
fn unanswered(error: &reqwest::Error) -> Failure {
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    let mut innermost = "no connection".to_owned();
    while let Some(inner) = cause {
        if inner.is::<Refused>() {
            return Failure::Transient(format!("the webhook is not called: {inner}"));
        }
        innermost = inner.to_string();
        cause = inner.source();
    }
    if error.is_connect() {
        return Failure::Transient(format!(
            "the webhook's receiver cannot be reached: {innermost}"
        ));
    }
    let how = if error.is_timeout() { "no answer in time" } else { "the connection broke" };
    Failure::Uncertain(format!("the webhook: {how}"))
}
