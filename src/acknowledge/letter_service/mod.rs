//! The way `service`: a letter to a person through the municipality's messaging platform (Sundsvall's open API), digital post before paper.
//!
//! Three calls: the party service tells by what id the platform knows a person; the letter is posted with its bytes as they were stored; its status is
//! asked for until it is sent or has failed. The API recognises no repeat. So each letter bears a mark of ours, and before an attempt without an answer is
//! repeated, what the person was sent is looked through for it.
//!
//! Personnummer travel in addresses of the party service: no address is ever logged or kept in an error.

pub mod config;
mod records;
mod wire;

pub use records::Stand;

use self::config::Config;
use self::config::Delivery;
use self::records::Attachment;
use self::records::BatchResult;
use self::records::ExternalReference;
use self::records::HistoryEntry;
use self::records::LetterRequest;
use self::records::MessageResult;
use self::records::Party;
use self::records::Sender;
use self::records::SupportInfo;
use self::wire::PEER;
use self::wire::address;
use self::wire::authorities;
use self::wire::ok;
use self::wire::token;
use crate::acknowledge::Contact;
use crate::domain::failure::Failure;
use crate::domain::masked::Masked;
use crate::http::oauth::Tokens;
use crate::http::oauth::secret;
use crate::http::peer::Effect;
use jiff::civil::Date;
use reqwest::Client;
use reqwest::RequestBuilder;
use reqwest::Response;
use reqwest::StatusCode;
use std::fmt;
use std::time::Duration;

/// By this key the mark stands among a letter's external references.
const MARK_KEY: &str = "kvittens";

/// What the person reads beside the attached letter.
const BODY: &str = "Se det bifogade brevet.\n\nSee the attached letter.";

/// The letter service.
pub struct LetterService {
    client: Client,
    credentials: Credentials,
    municipality: String,
    config: Config,
}

enum Credentials {
    Token(Masked),
    Tokens(Box<Tokens>),
}

impl fmt::Debug for LetterService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LetterService")
    }
}

/// One letter on its way to the service.
#[derive(Clone, Copy, Debug)]
pub struct Post<'a> {
    /// By what it is found again: reference, version and the how-manieth letter. No personal data.
    pub mark: &'a str,
    /// The person's id there.
    pub party: &'a str,
    /// The file's name.
    pub file: &'a str,
    /// The PDF in base64, as it is stored.
    pub pdf: &'a str,
    /// Who writes.
    pub contact: &'a Contact,
}

/// What the service calls a letter that it has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its id of the message.
    pub message: String,
    /// How far it has come already.
    pub stand: Stand,
}

impl LetterService {
    /// Reads secrets and certificates and builds the client; sends nothing. `municipality` is the code of `[municipality]`.
    ///
    /// # Errors
    /// The key that is at fault, below `letter.service`, and why.
    pub fn open(config: &Config, municipality: &str) -> Result<Self, (&'static str, String)> {
        let told = |key: &'static str| move |error: std::io::Error| (key, error.to_string());
        let timeout = config.timeout.unsigned_abs();
        let credentials = match &config.oauth {
            Some(oauth) => Tokens::open(&oauth.fetcher(), timeout)
                .map(|tokens| Credentials::Tokens(Box::new(tokens)))
                .map_err(|(key, error)| (key, error.to_string()))?,
            None => {
                let token = secret(&config.token, config.token_file.as_deref());
                Credentials::Token(token.map_err(told("token_file"))?.unwrap_or_default())
            }
        };
        let mut builder = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(timeout)
            .connect_timeout(config.connect_timeout.unsigned_abs())
            .pool_idle_timeout(Duration::from_secs(60))
            .user_agent(concat!("kvittens/", env!("CARGO_PKG_VERSION")));
        for authority in authorities(config.ca_file.as_deref()).map_err(|why| ("ca_file", why))? {
            builder = builder.add_root_certificate(authority);
        }
        let client = builder.build().map_err(|error| ("url", error.to_string()))?;
        let municipality = config.municipality.clone().unwrap_or_else(|| municipality.to_owned());
        Ok(Self { client, credentials, municipality, config: config.clone() })
    }

    /// Its configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The id by which the platform knows a person; `None` when it does not. `person`: twelve digits.
    pub async fn party(&self, person: &str) -> Result<Option<String>, Failure> {
        let doing = "looking up the person's id";
        let url =
            address(&self.config.party_url, &[&self.municipality, "PRIVATE", person, "partyId"]);
        let answer = self.call(doing, Effect::Reads, || self.client.get(url.clone())).await?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        let body = ok(doing, Effect::Reads, answer).await?;
        let text = String::from_utf8_lossy(&body);
        // Some gateways in front write it as JSON.
        let id = text.trim().trim_matches('"');
        match uuid::Uuid::parse_str(id) {
            Ok(id) => Ok(Some(id.to_string())),
            Err(_) => Err(PEER.unsure(doing, Effect::Reads, "the answer is no id")),
        }
    }

    /// Posts a letter. A failure is classified here and nowhere else: after the first byte left, anything but a clear refusal is
    /// [`Failure::Uncertain`], to be looked for with [`Self::find`].
    pub async fn post(&self, post: &Post<'_>) -> Result<Taken, Failure> {
        let doing = "posting the letter";
        let mut url = address(&self.config.url, &[&self.municipality, "letter"]);
        url.query_pairs_mut().append_pair("async", "true");
        let subject = format!("Brev från {}", post.contact.organisation.sv);
        let request = LetterRequest {
            party: Party {
                party_ids: [post.party],
                external_references: [ExternalReference { key: MARK_KEY, value: post.mark }],
            },
            subject: &subject,
            sender: Sender {
                support_info: SupportInfo {
                    text: &post.contact.organisation.sv,
                    phone_number: &post.contact.telephone,
                    // The address for all that concerns evictions would tell what the letter is about.
                    email_address: self.config.support_mail.as_deref(),
                },
            },
            content_type: "text/plain",
            body: BODY,
            department: &self.config.department,
            attachments: [Attachment {
                delivery_mode: match self.config.delivery {
                    Delivery::Any => "ANY",
                    Delivery::Digital => "DIGITAL_MAIL",
                },
                filename: post.file,
                content_type: "application/pdf",
                content: post.pdf,
            }],
        };
        let call =
            || self.client.post(url.clone()).header("x-origin", &self.config.origin).json(&request);
        let answer = self.call(doing, Effect::Writes, call).await?;
        let body = ok(doing, Effect::Writes, answer).await?;
        let batch: Option<BatchResult> = serde_json::from_slice(&body).ok();
        let message = batch.and_then(|batch| batch.messages.into_iter().next()).unwrap_or_default();
        match message.message_id.as_deref().and_then(|id| uuid::Uuid::parse_str(id).ok()) {
            Some(id) => Ok(Taken { message: id.to_string(), stand: self.stand(&message) }),
            None => Err(PEER.unsure(doing, Effect::Writes, "the answer tells no message id")),
        }
    }

    /// How far a message has come; `None` when the service knows none of this id.
    pub async fn status(&self, message: &str) -> Result<Option<Stand>, Failure> {
        let doing = "asking how far the letter has come";
        let url = address(&self.config.url, &[&self.municipality, "status", "messages", message]);
        let answer = self.call(doing, Effect::Reads, || self.client.get(url.clone())).await?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        let body = ok(doing, Effect::Reads, answer).await?;
        let told: Option<MessageResult> = serde_json::from_slice(&body).ok();
        let told = told.ok_or(PEER.unsure(doing, Effect::Reads, "the answer cannot be read"))?;
        Ok(Some(self.stand(&told)))
    }

    /// Looks whether the person was sent a letter with this mark from a day on, and how far it came.
    pub async fn find(
        &self,
        party: &str,
        mark: &str,
        from: Date,
    ) -> Result<Option<Stand>, Failure> {
        let doing = "looking for the letter among what was sent";
        let mut url =
            address(&self.config.url, &[&self.municipality, "conversation-history", party]);
        url.query_pairs_mut().append_pair("from", &from.to_string());
        let answer = self.call(doing, Effect::Reads, || self.client.get(url.clone())).await?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        let body = ok(doing, Effect::Reads, answer).await?;
        let entries: Option<Vec<HistoryEntry>> = serde_json::from_slice(&body).ok();
        let entries =
            entries.ok_or(PEER.unsure(doing, Effect::Reads, "the answer cannot be read"))?;
        let ours = entries.into_iter().filter(|entry| records::bears(&entry.content, mark));
        let ours: Vec<records::DeliveryResult> = ours
            .map(|entry| records::DeliveryResult {
                delivery_id: None,
                message_type: entry.message_type,
                status: entry.status,
            })
            .collect();
        let digital = self.config.delivery == Delivery::Digital;
        Ok((!ours.is_empty()).then(|| records::stand(&ours, digital)))
    }

    /// Whether both services answer and let us in; for `check`. A person that nobody is, and a message that was never sent, are asked for.
    pub async fn probe(&self) -> Result<(), Failure> {
        self.status("00000000-0000-0000-0000-000000000000").await?;
        match self.party("000000000000").await {
            Ok(_) | Err(Failure::Permanent(_)) => Ok(()),
            Err(failure @ (Failure::Transient(_) | Failure::Uncertain(_))) => Err(failure),
        }
    }

    fn stand(&self, message: &MessageResult) -> Stand {
        records::stand(&message.deliveries, self.config.delivery == Delivery::Digital)
    }

    /// One call; with tokens from a server, once more with a new one when ours was not accepted.
    async fn call(
        &self,
        doing: &str,
        effect: Effect,
        request: impl Fn() -> RequestBuilder,
    ) -> Result<Response, Failure> {
        let send = async |token: Masked| {
            let sent = request().bearer_auth(token.reveal()).send().await;
            sent.map_err(|error| PEER.unanswered(doing, effect, &error))
        };
        let tokens = match &self.credentials {
            Credentials::Token(token) => return send(token.clone()).await,
            Credentials::Tokens(tokens) => tokens,
        };
        let answer = send(token(tokens).await?).await?;
        if answer.status() != StatusCode::UNAUTHORIZED {
            return Ok(answer);
        }
        tokens.forget().await;
        send(token(tokens).await?).await
    }
}
