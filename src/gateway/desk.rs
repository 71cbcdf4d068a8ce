//! What the pages and calls for senders work with, from the configuration.

use crate::config::Loaded;
use crate::gateway::shared::contact;
use crate::http::urls::ApiRoot;
use crate::intake::api::Clients;
use crate::pipeline::Shared;
use crate::public::About;
use crate::public::Desk;
use crate::register::StoredRegister;
use std::sync::Arc;

/// Gathers it.
pub(super) fn desk(
    loaded: &Loaded,
    shared: &Shared,
    clients: Arc<dyn Clients>,
    root: ApiRoot,
) -> Desk {
    let config = &loaded.config;
    let register =
        StoredRegister { store: shared.store.clone(), profile: Arc::clone(&shared.profile) };
    Desk {
        feed: Arc::new(register.clone()),
        register: Arc::new(register),
        clients,
        root,
        local_time: loaded.local_time.clone(),
        about: About {
            documentation: config.public.documentation_url.clone(),
            contact: contact(&loaded.profile, ""),
        },
        chest: shared.seal.clone(),
        clock: shared.clock.clone(),
        proxies: config.operations.proxies.clone(),
    }
}
