//! How persons are looked up: by a keyed hash of their number, with a key that the store draws for itself.

use crate::store::StoreError;
use crate::store::engine::Engine;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;

pub(super) const INSERT_SECRET: Statement =
    same!("INSERT INTO secrets (name, value) VALUES ('lookup', $1) ON CONFLICT DO NOTHING");
pub(super) const READ_SECRET: Statement = same!("SELECT value FROM secrets WHERE name = 'lookup'");

/// The key of the hashes by which persons are looked up.
pub(super) struct LookupKey(aws_lc_rs::hmac::Key);

impl LookupKey {
    /// HMAC-SHA-256 of an identity number, as hexadecimal digits.
    pub(super) fn hash(&self, identity: &str) -> String {
        hex::encode(aws_lc_rs::hmac::sign(&self.0, identity.as_bytes()))
    }
}

/// Reads the key in the running session.
pub(super) async fn lookup_key(session: &mut Session) -> Result<LookupKey, StoreError> {
    let row = session.row(&READ_SECRET, &[]).await?;
    let value = row.ok_or(StoreError::Corrupt("lookup key"))?.text(0);
    Ok(LookupKey(aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, value.as_bytes())))
}

/// Draws the key when the store is new.
pub(super) async fn ensure_lookup_key(engine: &Engine) -> Result<(), StoreError> {
    let mut session = engine.writing().await?;
    if session.row(&READ_SECRET, &[]).await?.is_some() {
        return Ok(());
    }
    let value = hex::encode(rand::random::<[u8; 32]>());
    session.run(&INSERT_SECRET, &[value.into()]).await.map(drop)
}
