//! Tells people of a trouble: by mail, and by a signed call to a system of theirs. The log is told with the mails.

use crate::acknowledge::alarm;
use crate::acknowledge::transport::MailTransport;
use crate::acknowledge::webhook;
use crate::acknowledge::webhook::Webhook;
use crate::pipeline::Shared;
use crate::pipeline::alarms::Config;
use crate::pipeline::alarms::RECEIVER_GONE;
use crate::pipeline::alarms::Trouble;
use crate::pipeline::alarms::causes::CAUSES;
use crate::store::Action;
use crate::store::Alarm;
use crate::store::AlarmChange;
use crate::store::StoreError;
use jiff::Timestamp;
use std::sync::Arc;

/// By what alarms go out.
#[derive(Clone)]
pub struct Tellers {
    /// Mails.
    pub mail: Arc<dyn MailTransport>,
    /// The receiver of webhooks, where one is configured.
    pub webhook: Option<Webhook>,
}

/// One of them. What each has told is kept apart, so that neither waits for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Channel {
    Mail,
    Webhook,
}

impl Channel {
    pub(super) fn of(tellers: &Tellers) -> impl Iterator<Item = Self> {
        [Self::Mail].into_iter().chain(tellers.webhook.iter().map(|_| Self::Webhook))
    }

    /// What was told by it.
    pub(super) async fn told(self, shared: &Shared) -> Result<Vec<Alarm>, StoreError> {
        match self {
            Self::Mail => shared.store.alarms().await,
            Self::Webhook => shared.store.alarms_by_webhook().await,
        }
    }

    /// Whether its receiver has said that it is gone for good: a person revives it, and another address is another receiver.
    pub(super) fn is_gone(self, tellers: &Tellers, told: &[Alarm]) -> bool {
        let receiver = tellers.webhook.as_ref().filter(|_| self == Self::Webhook);
        let gone = receiver.map(Webhook::fingerprint);
        gone.is_some_and(|gone| told.iter().any(|alarm| alarm.says_gone(&gone)))
    }

    /// How a change is kept.
    pub(super) fn kept(self, change: AlarmChange) -> AlarmChange {
        match self {
            Self::Mail => change,
            Self::Webhook => change.by_webhook(),
        }
    }
}

/// Tells of a trouble by one of the two; whether it need not be told again. `first`: when it was tried first, and whether that is now.
pub(super) async fn tell(
    (shared, config): (&Shared, &Config),
    tellers: &Tellers,
    channel: Channel,
    trouble: &Trouble,
    first: (Timestamp, bool),
) -> bool {
    let Trouble { key, words, level, count } = trouble;
    let text = alarm::Alarm {
        title_sv: words.title.0,
        title_en: words.title.1,
        count: *count,
        next_sv: words.next.0,
        next_en: words.next.1,
    };
    match (channel, &tellers.webhook) {
        (Channel::Mail, _) => {
            if first.1 {
                log(trouble);
            }
            let addresses = config.told_of(words.cause);
            mail((shared, addresses), tellers.mail.as_ref(), &text).await
        }
        (Channel::Webhook, Some(receiver)) => {
            let now = shared.clock.now();
            let (id, payload) = alarm::call(&text, (key, *level), first.0);
            match receiver.call(&id, payload, now).await {
                Ok(_) => true,
                Err(failure) => {
                    tracing::warn!(%failure, "an alarm could not be told by webhook");
                    if webhook::is_gone(&failure) {
                        let change = AlarmChange::gone(&receiver.fingerprint());
                        let kept = shared.store.act(Action::Alarm(change)).await;
                        drop(kept.map_err(|error| {
                            tracing::error!(%error, "could not keep that the alarms' receiver is gone");
                        }));
                    }
                    false
                }
            }
        }
        (Channel::Webhook, None) => true,
    }
}

/// A receiver that has said that it is gone: told by mail, and seen on the front page, until a person has it told of alarms again.
pub(super) async fn deaf(
    shared: &Shared,
    tellers: &Tellers,
) -> Result<Option<Trouble>, StoreError> {
    let known = Channel::Webhook.told(shared).await?;
    let words = CAUSES.iter().find(|words| words.cause == RECEIVER_GONE);
    let words = words.filter(|_| Channel::Webhook.is_gone(tellers, &known));
    let key = RECEIVER_GONE.to_owned();
    Ok(words.map(|words| Trouble { key, words, level: 1, count: 1 }))
}

fn log(trouble: &Trouble) {
    let Trouble { key, words, level, count } = trouble;
    if *level > 0 {
        let (title, next) = (words.title.1, words.next.1);
        tracing::error!(cause = key, level, count, next, "{title}");
    } else {
        tracing::info!(cause = key, "an alarm has ended");
    }
}

async fn mail(
    (shared, addresses): (&Shared, &[String]),
    mail: &dyn MailTransport,
    text: &alarm::Alarm<'_>,
) -> bool {
    let mut taken = addresses.is_empty();
    for to in addresses {
        let Some(letter) = alarm::mail(&shared.acknowledge, text, to, shared.clock.now()) else {
            return true;
        };
        match mail.send(&letter).await {
            Ok(_) => taken = true,
            Err(failure) => tracing::warn!(%failure, "an alarm could not be mailed"),
        }
    }
    // The mail server itself may be the trouble: it is told when it answers again.
    taken
}
