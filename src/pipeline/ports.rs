//! What stages ask of the store, through the small traits they declare themselves.

use crate::domain::digest::Digest;
use crate::domain::received::Channel;
use crate::domain::reference::Reference;
use crate::intake::api::Client;
use crate::intake::api::Clients;
use crate::intake::api::ClientsUnavailable;
use crate::intake::mailbox::Taken;
use crate::intake::mailbox::TakenUnavailable;
use crate::store::Store;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use tokio::sync::oneshot;

/// The digest of a key, and where the one who asks for it waits.
type Question = (Digest, oneshot::Sender<Found>);

type Found = Result<Option<Client>, Arc<crate::store::StoreError>>;

/// The store as the API door's register of clients. Asked anew after every request's arrival, so that a revoked key stops at once; requests
/// that arrive while a question is under way share the next one.
#[derive(Clone, Debug)]
pub struct StoredClients {
    store: Store,
    waiting: Arc<Mutex<Vec<Question>>>,
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl StoredClients {
    /// Over this store.
    pub fn new(store: Store) -> Self {
        Self { store, waiting: Arc::default(), turn: Arc::default() }
    }

    /// Asks for everybody who waits now.
    async fn ask(self, turn: tokio::sync::OwnedMutexGuard<()>) {
        let waiting = std::mem::take(&mut *self.lock());
        let mut known: Vec<(Digest, Found)> = Vec::new();
        for (key_hash, answer) in waiting {
            let found = match known.iter().find(|(known, _)| *known == key_hash) {
                Some((_, found)) => found.clone(),
                None => {
                    let found = self.store.client_by_key(&key_hash).await.map_err(Arc::new);
                    let found = found.map(|found| {
                        found.map(|one| Client { name: one.name, mail_to: one.mail_to })
                    });
                    known.push((key_hash, found.clone()));
                    found
                }
            };
            // A caller who has gone away needs no answer.
            drop(answer.send(found));
        }
        drop(turn);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Question>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait::async_trait]
impl Clients for StoredClients {
    async fn by_key(&self, key_hash: &Digest) -> Result<Option<Client>, ClientsUnavailable> {
        let (answer, mut answered) = oneshot::channel();
        self.lock().push((*key_hash, answer));
        let found = tokio::select! {
            biased;
            found = &mut answered => found,
            turn = Arc::clone(&self.turn).lock_owned() => {
                // On a task of its own: a caller who goes away takes nobody's answer along.
                tokio::spawn(self.clone().ask(turn));
                answered.await
            }
        };
        match found {
            Ok(Ok(client)) => Ok(client),
            Ok(Err(error)) => Err(ClientsUnavailable(Box::new(error))),
            Err(gone) => Err(ClientsUnavailable(Box::new(gone))),
        }
    }

    async fn sent(&self, client: &str, reference: &Reference) -> Result<bool, ClientsUnavailable> {
        let found = self.store.message(reference).await;
        let found = found.map_err(|error| ClientsUnavailable(Box::new(error)))?;
        Ok(found.is_some_and(|message| {
            message.channel == Channel::Api.as_str() && message.partner.as_deref() == Some(client)
        }))
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
