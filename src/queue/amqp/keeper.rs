//! Keeps one queue: declares it, consumes from it, and begins again when it was deleted or its channel broke.
//!
//! Each queue has its own keeper and channels, so that a fault of one unit's queue holds up no other unit's notices.

use crate::domain::failure::Failure;
use crate::domain::reference::Reference;
use crate::queue::amqp::consumer::Consumed;
use crate::queue::amqp::consumer::settle;
use crate::queue::amqp::link::Link;
use crate::queue::amqp::link::Shared;
use crate::queue::amqp::supervisor::Pause;
use crate::queue::amqp::topology::Queue;
use crate::queue::amqp::topology::declare;
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use lapin::Acker;
use lapin::Channel;
use lapin::message::Delivery;
use lapin::options::BasicCancelOptions;
use lapin::options::BasicConsumeOptions;
use lapin::options::BasicNackOptions;
use lapin::options::BasicQosOptions;
use lapin::options::QueueDeclareOptions;
use lapin::types::FieldTable;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio::time::interval_at;
use tokio::time::sleep;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// How long a message that was dropped without an answer rests before it is handed out again.
pub(super) const ABANDONED_REST: Duration = Duration::from_secs(2);

/// How often a consumer that hears nothing asks the broker whether there is something to hear.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// Everything a keeper needs; one per queue and connection.
pub(super) struct Keeper {
    pub(super) shared: Arc<Shared>,
    pub(super) link: Arc<Link>,
    pub(super) queue: Queue,
    pub(super) messages: mpsc::Sender<Consumed>,
    pub(super) cancel: CancellationToken,
}

impl Keeper {
    /// Runs until it is aborted with its connection.
    pub(super) async fn run(self) {
        let mut unrouted = self.shared.unrouted.subscribe();
        let mut pause = Pause::new();
        loop {
            unrouted.mark_unchanged();
            if self.declare().await {
                pause = Pause::new();
                if let Err(error) = self.serve(&mut unrouted).await {
                    tracing::info!(queue = self.queue.name, %error, "stopped consuming; beginning again");
                }
            }
            sleep(pause.next()).await;
        }
    }

    /// Declares the queue on a channel of its own, because a refusal closes the channel. Says so once when it is news.
    async fn declare(&self) -> bool {
        let name = self.queue.name.as_str();
        let attempt = timeout(self.shared.config.confirm_timeout, async {
            let channel = self.link.connection.create_channel().await.map_err(|error| {
                Failure::Transient(format!("no channel to declare queue {name}: {error}"))
            })?;
            declare(&channel, &self.shared.config, &self.queue).await
        });
        let outcome = attempt.await.unwrap_or_else(|_| {
            Err(Failure::Transient(format!("queue {name} could not be declared in time")))
        });
        let failure = outcome.clone().err();
        let declared = failure.is_none();
        if self.link.note(name, outcome)
            && self.link.connection.status().connected()
            && let Some(failure) = failure
        {
            tracing::error!(queue = name, %failure, "this queue cannot be used; trying on");
        }
        declared
    }

    /// Consumes once somebody wants messages. Returns when the queue has to be declared and consumed anew.
    async fn serve(
        &self,
        unrouted: &mut watch::Receiver<Option<Instant>>,
    ) -> Result<(), lapin::Error> {
        let mut wanted = self.shared.wanted.subscribe();
        tokio::select! {
            // Neither can fail: both senders are in `self.shared`.
            _ = unrouted.changed() => return Ok(()),
            _ = wanted.wait_for(|wanted| *wanted) => {}
        }
        if self.messages.is_closed() || self.cancel.is_cancelled() {
            std::future::pending::<()>().await;
        }
        let Ok(begun) = timeout(self.shared.config.confirm_timeout, self.consume()).await else {
            tracing::warn!(queue = self.queue.name, "the broker does not let us consume in time");
            return Ok(());
        };
        let (channel, consumer) = begun?;
        self.pump(channel, consumer, unrouted).await
    }

    async fn consume(&self) -> Result<(Channel, lapin::Consumer), lapin::Error> {
        let channel = self.link.connection.create_channel().await?;
        let prefetch = self.shared.config.prefetch;
        channel.basic_qos(prefetch, BasicQosOptions { global: false }).await?;
        let consumer = channel
            .basic_consume(
                self.queue.name.as_str().into(),
                "".into(),
                BasicConsumeOptions::default(),
                FieldTable::default(),
            )
            .await?;
        Ok((channel, consumer))
    }

    /// The queue as the broker sees it; `None` when it is not there or the broker does not answer.
    async fn look(&self) -> Option<lapin::Queue> {
        let looking = timeout(self.shared.config.confirm_timeout, async {
            let channel = self.link.connection.create_channel().await?;
            let passive = QueueDeclareOptions::durable().passive();
            channel
                .queue_declare(self.queue.name.as_str().into(), passive, FieldTable::default())
                .await
        });
        looking.await.ok()?.ok()
    }

    async fn pump(
        &self,
        channel: Channel,
        mut consumer: lapin::Consumer,
        unrouted: &mut watch::Receiver<Option<Instant>>,
    ) -> Result<(), lapin::Error> {
        let (abandon, mut abandoned) = mpsc::unbounded_channel();
        let mut resting = FuturesUnordered::new();
        let mut look = interval_at(Instant::now() + LOOK_EVERY, LOOK_EVERY);
        let mut heard = false;
        loop {
            tokio::select! {
                delivery = consumer.next() => match delivery {
                    Some(delivery) => {
                        heard = true;
                        self.forward(delivery?, &abandon).await;
                    }
                    // The broker ended it: the queue was deleted, or its leader moved.
                    None => return Ok(()),
                },
                Some(acker) = abandoned.recv() => resting.push(hand_back(acker)),
                Some(()) = resting.next() => {}
                // Consuming ends before a deleted queue is declared anew: the broker would move the consumer there by itself,
                // and it would never hear anything again (seen with RabbitMQ 3.10).
                _ = unrouted.changed() => match self.look().await {
                    Some(queue) if queue.consumer_count() > 0 => drop(self.declare().await),
                    Some(_) | None => return Ok(()),
                },
                _ = look.tick() => {
                    let idle = !std::mem::take(&mut heard) && abandon.strong_count() == 1 && resting.is_empty();
                    if idle && self.is_deaf().await {
                        tracing::warn!(queue = self.queue.name, "the broker has lost sight of us; consuming anew");
                        return Ok(());
                    }
                }
                () = self.messages.closed() => return Ok(()),
                () = self.cancel.cancelled() => break,
            }
        }
        // No more messages; the channel stays open for what is in hand until the supervisor closes the connection.
        let stop = channel.basic_cancel(consumer.tag(), BasicCancelOptions::default());
        stop.await?;
        std::future::pending().await
    }

    /// Whether a consumer that holds nothing and hears nothing ought to hear something.
    async fn is_deaf(&self) -> bool {
        let queue = self.look().await;
        queue.is_none_or(|queue| queue.consumer_count() == 0 || queue.message_count() > 0)
    }

    async fn forward(&self, delivery: Delivery, abandon: &mpsc::UnboundedSender<Acker>) {
        let id = delivery.properties.message_id().as_ref();
        let reference = id.and_then(|id| Reference::parse(id.as_str()));
        let Some(reference) = reference else {
            tracing::warn!(
                queue = self.queue.name,
                bytes = delivery.data.len(),
                "a message that bears no reference of ours was taken off the queue"
            );
            settle(&delivery.acker).await;
            return;
        };
        let origin = self.queue.origin.clone();
        let again = delivery.redelivered;
        let message = Consumed::new(reference, origin, again, delivery.acker, abandon.clone());
        // Fails when nobody receives any more; the loop then sees that too.
        drop(self.messages.send(message).await);
    }
}

async fn hand_back(acker: Acker) {
    sleep(ABANDONED_REST).await;
    let requeue = BasicNackOptions { requeue: true, multiple: false };
    if acker.nack(requeue).await.is_err() {
        tracing::debug!("a dropped message comes again with the next connection");
    }
}
