//! What stages ask of the store, through the small traits they declare themselves.

use crate::domain::digest::Digest;
use crate::intake::api::Client;
use crate::intake::api::Clients;
use crate::intake::api::ClientsUnavailable;
use crate::intake::mailbox::Taken;
use crate::intake::mailbox::TakenUnavailable;
use crate::store::Store;
use std::collections::HashSet;

/// The store as the API door's register of clients. Asked for every request: a revoked key stops at once.
#[derive(Clone, Debug)]
pub struct StoredClients(pub Store);

#[async_trait::async_trait]
impl Clients for StoredClients {
    async fn by_key(&self, key_hash: &Digest) -> Result<Option<Client>, ClientsUnavailable> {
        let found = self.0.client_by_key(key_hash).await;
        let found = found.map_err(|error| ClientsUnavailable(Box::new(error)))?;
        Ok(found.map(|client| Client { name: client.name, mail_to: client.mail_to }))
    }
}

/// The store as a mailbox's memory of what was taken.
#[derive(Clone, Debug)]
pub struct StoredMails(pub Store);

#[async_trait::async_trait]
impl Taken for StoredMails {
    async fn taken(
        &self,
        door: &str,
        occurrences: &[String],
    ) -> Result<HashSet<String>, TakenUnavailable> {
        let found = self.0.occurrences(door, occurrences).await;
        found.map_err(|error| TakenUnavailable(Box::new(error)))
    }
}
