//! Who knocks: the clients that may send by the HTTP door, known by a key in `Authorization: Bearer`.
//!
//! A key is 256 random bits; we keep its SHA-256 only. Looking the digest up is the comparison: it tells nothing by its timing,
//! since nobody can choose a key for the digest it has.

use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::http::problem::Problem;
use crate::http::problem_type::ProblemType;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::header;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// What a key begins with, so that one is recognised where it should not be.
pub const KEY_PREFIX: &str = "kv_";

/// The length of a key: the prefix and 43 characters of base64url.
const KEY_LENGTH: usize = 3 + 43;

/// How soon a caller comes back when the store does not answer, in seconds.
const RETRY_AFTER_SECONDS: u32 = 5;

/// A client that may send by the HTTP door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its name, the proven sender of what it sends.
    pub name: String,
    /// Also send receipts by mail to this address.
    pub mail_to: Option<Masked>,
}

/// What the door asks of the store.
#[async_trait::async_trait]
pub trait Clients: Send + Sync {
    /// The client with this key, by the digest of the key; `None` when there is none or it was revoked. Called for every request.
    async fn by_key(&self, key_hash: &Digest) -> Result<Option<Client>, ClientsUnavailable>;

    /// Whether a client sent the message of this reference, or the one that held the notice of it, by this door.
    async fn sent(&self, client: &str, reference: &Reference) -> Result<bool, ClientsUnavailable>;
}

/// The store did not tell whose key it is.
#[derive(Debug, thiserror::Error)]
#[error("cannot look up an API client")]
pub struct ClientsUnavailable(
    /// Why.
    #[source]
    pub Box<dyn std::error::Error + Send + Sync>,
);

/// The system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the system's random source gave no key")]
pub struct NoRandomness;

/// A new key. It is shown once; only [`key_hash`] of it is kept.
pub fn new_key() -> Result<Masked, NoRandomness> {
    let mut bytes = [0_u8; 32];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_unspecified| NoRandomness)?;
    Ok(Masked::new(format!("{KEY_PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))))
}

/// What is kept of a key.
pub fn key_hash(key: &str) -> Digest {
    Digest::of(key.as_bytes())
}

/// The client that makes a request: 401 without a valid key, 503 when it cannot be told.
pub async fn authenticate(headers: &HeaderMap, clients: &dyn Clients) -> Result<Client, Problem> {
    let Some(key) = bearer(headers) else {
        return Err(refused("Bearer realm=\"eviction-notices\""));
    };
    match clients.by_key(&key_hash(key)).await {
        Ok(Some(client)) => Ok(client),
        Ok(None) => Err(refused("Bearer realm=\"eviction-notices\", error=\"invalid_token\"")),
        Err(error) => {
            tracing::warn!(%error, "could not look up an API client");
            Err(Problem::unavailable(RETRY_AFTER_SECONDS))
        }
    }
}

/// The key, when there is exactly one and it has the form of ours.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return None;
    };
    let (scheme, key) = value.to_str().ok()?.split_once(' ')?;
    let key = key.trim();
    let fits = scheme.eq_ignore_ascii_case("bearer")
        && key.len() == KEY_LENGTH
        && key.starts_with(KEY_PREFIX);
    fits.then_some(key)
}

fn refused(challenge: &'static str) -> Problem {
    let value = HeaderValue::from_static(challenge);
    Problem::new(ProblemType::Unauthorized).header(header::WWW_AUTHENTICATE, value)
}

#[cfg(test)]
mod tests {
    use super::bearer;
    use super::key_hash;
    use super::new_key;
    use axum::http::HeaderMap;
    use axum::http::HeaderValue;

    #[test]
    fn keys_are_long_random_and_masked() {
        let (one, other) = (new_key().unwrap(), new_key().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.reveal().len(), super::KEY_LENGTH);
        assert_ne!(key_hash(one.reveal()), key_hash(other.reveal()));
        assert_eq!(format!("{one:?}"), "***");
    }

    #[test]
    fn only_one_bearer_key_of_our_form_is_looked_up() {
        let key = format!("kv_{}", "a".repeat(43));
        let cases = [
            (vec![format!("Bearer {key}")], true),
            (vec![format!("bearer  {key}")], true),
            (vec![format!("Basic {key}")], false),
            (vec![format!("Bearer {key}"), format!("Bearer {key}")], false),
            (vec!["Bearer kv_short".to_owned()], false),
            (vec![key.clone()], false),
            (vec![], false),
        ];
        for (values, expected) in cases {
            let mut headers = HeaderMap::new();
            for value in &values {
                headers.append("authorization", HeaderValue::from_str(value).unwrap());
            }
            assert_eq!(bearer(&headers).is_some(), expected, "{}", values.len());
        }
    }
}
