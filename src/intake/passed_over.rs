//! Names that a door can neither take nor put away: told once, left where they are, never in the way of the others.

use crate::files::identity::Entry;
use crate::files::identity::FileIdentity;
use std::collections::HashMap;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::ffi::OsString;
use std::time::Duration;
use tokio::time::Instant;

/// After this a name is tried again: permissions change without a trace in the file.
const TRY_AGAIN: Duration = Duration::from_secs(60);

/// The names passed over.
#[derive(Default)]
pub(super) struct PassedOver {
    names: HashMap<OsString, (FileIdentity, Instant)>,
}

impl PassedOver {
    /// Passes a name over for a while. Answers whether it is the first time for this file, and so to be told.
    pub(super) fn add(&mut self, entry: &Entry, now: Instant) -> bool {
        let before = self.names.insert(entry.name.clone(), (entry.identity, now + TRY_AGAIN));
        before.is_none_or(|(identity, _)| identity != entry.identity)
    }

    /// Whether to leave this one alone for now.
    pub(super) fn covers(&self, entry: &Entry, now: Instant) -> bool {
        self.names
            .get(&entry.name)
            .is_some_and(|(identity, until)| *identity == entry.identity && now < *until)
    }

    /// Forgets what is no longer there.
    pub(super) fn keep_only(&mut self, present: &HashSet<&OsStr>) {
        self.names.retain(|name, _| present.contains(name.as_os_str()));
    }
}
