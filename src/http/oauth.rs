//! Access tokens (OAuth 2, RFC 6749) for a mailbox or a letter service, fetched before they are needed and renewed before they end.
//!
//! Two grants: the program in its own name (client credentials, as Exchange Online and API gateways want it), or with a refresh token that a person
//! once gave. One that the server exchanges for a new one is kept for as long as the program runs. No token and no secret is ever logged; of a refusal
//! only the error's code is told.

use crate::domain::masked::Masked;
use crate::http::peer::is_this_machine;
use serde::Deserialize;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;

/// A token is renewed this long before its end.
const MARGIN: Duration = Duration::from_secs(300);

/// Most of an answer that is read.
const ANSWER_BYTES: usize = 256 * 1024;

/// Where tokens come from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The token endpoint.
    pub token_url: Url,
    /// Who the program is.
    pub client_id: String,
    /// Its secret.
    #[serde(default)]
    pub client_secret: Option<Masked>,
    /// File that holds the secret.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// A refresh token: then tokens are fetched in the name of the person who gave it.
    #[serde(default)]
    pub refresh_token: Option<Masked>,
    /// File that holds the refresh token.
    #[serde(default)]
    pub refresh_token_file: Option<PathBuf>,
    /// What is asked for. Default: Exchange Online's mailboxes.
    #[serde(default = "scope")]
    pub scope: String,
    /// The secret travels in the header (RFC 6749 2.3.1, as API gateways want it) instead of in the form. No key of its own.
    #[serde(skip)]
    pub basic: bool,
}

impl Config {
    /// What is wrong with the keys: key and text.
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let local = self.token_url.host_str().is_some_and(is_this_machine);
        let secure =
            self.token_url.scheme() == "https" || (self.token_url.scheme() == "http" && local);
        let secret = (self.client_secret.is_some(), self.client_secret_file.is_some());
        let refresh = (self.refresh_token.is_some(), self.refresh_token_file.is_some());
        [
            (!secure, "oauth.token_url", "must be https"),
            (self.client_id.is_empty(), "oauth.client_id", "must name the program"),
            (
                secret == (true, true),
                "oauth.client_secret_file",
                "give the secret or its file, not both",
            ),
            (
                refresh == (true, true),
                "oauth.refresh_token_file",
                "give the refresh token or its file, not both",
            ),
            (
                secret == (false, false) && refresh == (false, false),
                "oauth.client_secret_file",
                "give a client secret, or a refresh token",
            ),
        ]
        .into_iter()
        .filter_map(|(wrong, key, what)| wrong.then_some((key, what)))
        .collect()
    }
}

fn scope() -> String {
    "https://outlook.office365.com/.default".to_owned()
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// No answer came.
    #[error("the token server cannot be reached: {0}")]
    Unreachable(&'static str),
    /// It said no.
    #[error("the token server refused with status {status}{}", .code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default())]
    Refused {
        /// HTTP status.
        status: u16,
        /// RFC 6749's code, such as `invalid_client`.
        code: Option<String>,
    },
    /// Its answer holds no token.
    #[error("the token server's answer holds no token")]
    Garbled,
}

/// The tokens of one mailbox.
pub struct Tokens {
    client: reqwest::Client,
    config: Config,
    secret: Option<Masked>,
    state: Mutex<State>,
}

struct State {
    refresh: Option<Masked>,
    current: Option<(Masked, Instant)>,
}

#[derive(Deserialize)]
struct Granted {
    access_token: Masked,
    /// Seconds; some servers write them as text.
    #[serde(default)]
    expires_in: serde_json::Value,
    #[serde(default)]
    refresh_token: Option<Masked>,
}

#[derive(Deserialize)]
struct Denied {
    error: String,
}

impl Tokens {
    /// Reads the secrets. Fails with the key whose file cannot be read.
    pub fn open(config: &Config, timeout: Duration) -> Result<Self, (&'static str, io::Error)> {
        let secret = secret(&config.client_secret, config.client_secret_file.as_deref())
            .map_err(|failed| ("oauth.client_secret_file", failed))?;
        let refresh = secret_of_refresh(config)?;
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(timeout)
            .user_agent(concat!("kvittens/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|failed| ("oauth", io::Error::other(failed)))?;
        let state = Mutex::new(State { refresh, current: None });
        Ok(Self { client, config: config.clone(), secret, state })
    }

    /// A token, and until when it is good for new connections.
    pub async fn token(&self) -> Result<(Masked, Instant), TokenError> {
        // Held over the request: the folders of a mailbox share one token.
        let mut state = self.state.lock().await;
        if let Some((token, until)) =
            state.current.as_ref().filter(|(_, until)| Instant::now() < *until)
        {
            return Ok((token.clone(), *until));
        }
        state.current = None;
        let granted = self.ask(state.refresh.as_ref()).await?;
        if granted.refresh_token.as_ref().is_some_and(|token| !token.is_empty()) {
            state.refresh = granted.refresh_token;
        }
        let seconds = match &granted.expires_in {
            serde_json::Value::Number(number) => number.as_u64(),
            serde_json::Value::String(text) => text.parse().ok(),
            _ => None,
        };
        let lives = Duration::from_secs(seconds.unwrap_or(3600).clamp(1, 7 * 86_400));
        let until = Instant::now() + lives.saturating_sub(MARGIN.min(lives / 5));
        state.current = Some((granted.access_token.clone(), until));
        Ok((granted.access_token, until))
    }

    /// The mail server did not accept the token: the next one is fetched anew.
    pub async fn forget(&self) {
        self.state.lock().await.current = None;
    }

    fn form(&self, refresh: Option<&Masked>) -> String {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        match refresh {
            Some(token) => form
                .append_pair("grant_type", "refresh_token")
                .append_pair("refresh_token", token.reveal()),
            None => form.append_pair("grant_type", "client_credentials"),
        };
        if !self.config.basic {
            form.append_pair("client_id", &self.config.client_id);
            if let Some(secret) = &self.secret {
                form.append_pair("client_secret", secret.reveal());
            }
        }
        if !self.config.scope.is_empty() {
            form.append_pair("scope", &self.config.scope);
        }
        form.finish()
    }

    async fn ask(&self, refresh: Option<&Masked>) -> Result<Granted, TokenError> {
        let request = self.client.post(self.config.token_url.clone());
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let request = request.header("accept", "application/json").body(self.form(refresh));
        let request = match self.config.basic {
            true => {
                let secret = self.secret.as_ref().map(|secret| form_encoded(secret.reveal()));
                request.basic_auth(form_encoded(&self.config.client_id), secret)
            }
            false => request,
        };
        let answer = request.send().await.map_err(|error| unreachable_by(&error))?;
        let status = answer.status();
        let body = read(answer).await?;
        if status.is_success() {
            let granted: Granted =
                serde_json::from_slice(&body).map_err(|_| TokenError::Garbled)?;
            let token = granted.access_token.reveal();
            let usable = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
            return if usable { Ok(granted) } else { Err(TokenError::Garbled) };
        }
        let plain = |code: &String| {
            code.len() <= 40 && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        };
        let denied: Option<Denied> = serde_json::from_slice(&body).ok();
        let code = denied.map(|denied| denied.error).filter(plain);
        Err(TokenError::Refused { status: status.as_u16(), code })
    }
}

/// As the two halves of the header are written (RFC 6749 2.3.1).
fn form_encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

async fn read(mut answer: reqwest::Response) -> Result<Vec<u8>, TokenError> {
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| unreachable_by(&error))? {
        body.extend_from_slice(&piece);
        if body.len() > ANSWER_BYTES {
            return Err(TokenError::Garbled);
        }
    }
    Ok(body)
}

fn unreachable_by(error: &reqwest::Error) -> TokenError {
    TokenError::Unreachable(match (error.is_timeout(), error.is_connect()) {
        (true, _) => "no answer in time",
        (false, true) => "no connection",
        (false, false) => "the connection broke",
    })
}

fn secret_of_refresh(config: &Config) -> Result<Option<Masked>, (&'static str, io::Error)> {
    secret(&config.refresh_token, config.refresh_token_file.as_deref())
        .map_err(|failed| ("oauth.refresh_token_file", failed))
}

/// A secret from its key or from the file beside it; a line break at the file's end is not part of it.
pub fn secret(value: &Option<Masked>, file: Option<&Path>) -> io::Result<Option<Masked>> {
    match (value, file) {
        (Some(value), _) => Ok(Some(value.clone())),
        (None, Some(file)) => {
            let text = std::fs::read_to_string(file)?;
            Ok(Some(Masked::new(text.trim_end_matches(['\r', '\n']))))
        }
        (None, None) => Ok(None),
    }
}

#[cfg(test)]
#[path = "oauth_tests.rs"]
mod tests;
