//! API clients: who may send by HTTP, known by the hash of their key.

use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Row;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs;
use jiff::Timestamp;

/// An API client as stored.
#[derive(Clone, Debug)]
pub struct ApiClient {
    /// Its name.
    pub name: String,
    /// Also send it receipts by mail.
    pub mail_to: Option<Masked>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When its access ended.
    pub revoked_at: Option<Timestamp>,
}

pub(super) const INSERT_CLIENT: Statement = same!(
    "INSERT INTO api_clients (name, key_hash, mail_to, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
);
pub(super) const REVOKE_CLIENT: Statement = same!(
    "UPDATE api_clients SET revoked_at = $2 WHERE name = $1 AND revoked_at IS NULL AND name NOT LIKE 'canary:%'"
);
pub(super) const CLIENT_BY_KEY: Statement = same!(
    "SELECT name, mail_to, created_at, revoked_at FROM api_clients WHERE key_hash = $1 AND revoked_at IS NULL"
);
pub(super) const LIST_CLIENTS: Statement = same!(
    "SELECT name, mail_to, created_at, revoked_at FROM api_clients WHERE name NOT LIKE 'canary:%' ORDER BY name"
);

impl Store {
    /// The client whose key has this hash, unless its access ended. Asked for every request: a revoked key stops at once.
    pub async fn client_by_key(&self, key_hash: &Digest) -> Result<Option<ApiClient>, StoreError> {
        let mut session = self.engine.reading().await?;
        let row = session.row(&CLIENT_BY_KEY, &[key_hash.to_string().into()]).await?;
        Ok(row.map(client))
    }

    /// All clients but our own that canaries are sent by.
    pub async fn clients(&self) -> Result<Vec<ApiClient>, StoreError> {
        let mut session = self.engine.reading().await?;
        Ok(session.rows(&LIST_CLIENTS, &[]).await?.into_iter().map(client).collect())
    }
}

fn client(mut row: Row) -> ApiClient {
    ApiClient {
        name: row.text(0),
        mail_to: row.maybe_text(1).map(Masked::new),
        created_at: jobs::instant(row.int(2)),
        revoked_at: row.maybe_int(3).map(jobs::instant),
    }
}
