//! Sessions in the store. What the cookie holds is never stored, only its digest.

use crate::domain::digest::Digest;
use crate::store::Action;
use crate::store::SessionChange;
use crate::store::Store;
use jiff::Timestamp;
use tower_sessions::SessionStore;
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::Id;
use tower_sessions::session::Record;
use tower_sessions::session_store::Error;
use tower_sessions::session_store::Result;

/// The member of a session's data that says whose it is.
pub(super) const ENTERED: &str = "entered";

/// Keeps sessions in the message store, so that they hold over restarts and on every gateway that shares it.
#[derive(Clone, Debug)]
pub(super) struct StoredSessions(pub(super) Store);

#[async_trait::async_trait]
impl SessionStore for StoredSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        loop {
            let begin = SessionChange::Begin {
                id_hash: hash(&record.id),
                user: user(record),
                data: data(record)?,
                expires_at: expiry(record)?,
            };
            match self.0.act(Action::Session(begin)).await.map_err(unavailable)? {
                Ok(()) => return Ok(()),
                Err(_taken) => record.id = Id::default(),
            }
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let (id_hash, data, expires_at) = (hash(&record.id), data(record)?, expiry(record)?);
        let keep = SessionChange::Keep { id_hash, data, expires_at };
        self.0.act(Action::Session(keep)).await.map_err(unavailable).map(drop)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let Some(stored) = self.0.session(&hash(id)).await.map_err(unavailable)? else {
            return Ok(None);
        };
        let seconds = stored.expires_at.as_second();
        let data = serde_json::from_str(&stored.data)
            .map_err(|_error| Error::Decode("a session's data".to_owned()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(seconds)
            .map_err(|_error| Error::Decode("a session's end".to_owned()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let end = SessionChange::End { id_hash: hash(id) };
        self.0.act(Action::Session(end)).await.map_err(unavailable).map(drop)
    }
}

fn hash(id: &Id) -> Digest {
    Digest::of(&id.0.to_le_bytes())
}

fn user(record: &Record) -> String {
    let entered = record.data.get(ENTERED).and_then(|entered| entered.get("user"));
    entered.and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

fn data(record: &Record) -> Result<String> {
    serde_json::to_string(&record.data)
        .map_err(|_error| Error::Encode("a session's data".to_owned()))
}

fn expiry(record: &Record) -> Result<Timestamp> {
    Timestamp::from_second(record.expiry_date.unix_timestamp())
        .map_err(|_error| Error::Encode("a session's end".to_owned()))
}

fn unavailable(error: crate::store::StoreError) -> Error {
    Error::Backend(error.to_string())
}
