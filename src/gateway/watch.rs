//! The operations pages of a gateway, with the rules of its configuration.

use crate::config::Loaded;
use crate::pipeline::Shared;
use axum::Router;
use std::net::SocketAddr;

/// The operations pages, for those who log in.
pub(super) fn pages(loaded: &Loaded, shared: &Shared, bound: SocketAddr) -> anyhow::Result<Router> {
    let config = &loaded.config;
    let desk = crate::operations::Desk {
        store: shared.store.clone(),
        profile: loaded.profile.clone(),
        partners: loaded.partners.clone(),
        local_time: loaded.local_time.clone(),
        job: shared.queue_job,
        roster: loaded.roster.clone(),
        letters: crate::gateway::letters(loaded, shared.store.clone())?,
        corrections: crate::gateway::corrections(loaded, shared.store.clone(), shared.queue_job),
    };
    let here = || url::Url::parse(&format!("http://{bound}")).ok();
    let rules = crate::operations::Rules {
        public_url: config.http.public_url.clone().or_else(here),
        idle: config.operations.session_idle,
        life: config.operations.session_life,
        proxies: config.operations.proxies.clone(),
    };
    Ok(crate::operations::pages(desk, rules))
}
