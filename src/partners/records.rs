//! What the name service answered, kept for a while: one landlord's hundred mails ask once.

use mail_auth::ResolverCache;
use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Instant;

/// More names than a municipality's senders have; beyond it everything is asked anew.
const NAMES: usize = 10_000;

/// Records by name, each until its time to live is over.
pub(super) struct Records<K, V>(Mutex<HashMap<K, (V, Instant)>>);

impl<K, V> Default for Records<K, V> {
    fn default() -> Self {
        Self(Mutex::new(HashMap::new()))
    }
}

impl<K: Hash + Eq, V: Clone> ResolverCache<K, V> for Records<K, V> {
    fn get<Q>(&self, name: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (value, valid_until) = kept.get(name)?;
        (Instant::now() < *valid_until).then(|| value.clone())
    }

    fn remove<Q>(&self, name: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.remove(name).map(|(value, _)| value)
    }

    fn insert(&self, key: K, value: V, valid_until: Instant) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= NAMES {
            let now = Instant::now();
            kept.retain(|_, (_, until)| now < *until);
            if kept.len() >= NAMES {
                kept.clear();
            }
        }
        kept.insert(key, (value, valid_until));
    }
}
