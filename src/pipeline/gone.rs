//! Kronofogden's receiver of webhooks that has said that it is gone for good (410) is called no more: its way is switched off, which people see, until one
//! of them turns it on again or another receiver is configured.

use crate::acknowledge::webhook;
use crate::acknowledge::webhook::Webhook;
use crate::domain::acknowledgement::Way;
use crate::domain::failure::Failure;
use crate::domain::switch::Switch;
use crate::pipeline::Shared;
use crate::store::Action;
use crate::store::StoreError;
use crate::store::SwitchChange;

/// Who switches the way: nobody.
const GATEWAY: &str = "gateway";

/// Switches the way off where a call's failure says so.
pub(super) async fn leave(
    shared: &Shared,
    way: Way,
    receiver: Option<&Webhook>,
    failure: &Failure,
) {
    let Some(receiver) = receiver.filter(|_| way == Way::Webhook && webhook::is_gone(failure))
    else {
        return;
    };
    // What is under way in this process stops at once; the rest a second later.
    shared.switches.set(way, Switch::Off);
    let reason = format!("410: its receiver is gone for good ({})", receiver.fingerprint());
    if let Err(error) = switch(shared, Switch::Off, reason).await {
        tracing::error!(%error, "could not switch off the way to a receiver that is gone");
    }
}

/// Switches the way on again where it was left for another receiver than the one that is configured now.
pub(super) async fn come_back(shared: &Shared, receiver: &Webhook) -> Result<(), StoreError> {
    let set = shared.store.switches().await?;
    let left = set.iter().find(|row| row.way == Way::Webhook && row.switch == Switch::Off);
    let another = left.is_some_and(|row| {
        row.changed_by == GATEWAY && !row.reason.contains(&receiver.fingerprint())
    });
    match another {
        true => switch(shared, Switch::On, "another receiver is configured".to_owned()).await,
        false => Ok(()),
    }
}

async fn switch(shared: &Shared, to: Switch, reason: String) -> Result<(), StoreError> {
    tracing::warn!(to = to.as_str(), reason, "the way webhook is switched");
    let actor = GATEWAY.to_owned();
    let change = SwitchChange { way: Way::Webhook, switch: to, reason, actor };
    shared.store.act(Action::Switch(change)).await.map(drop)
}
