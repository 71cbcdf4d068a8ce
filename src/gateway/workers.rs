//! What works off the outbox: reading, acknowledging, naming, warning, handing over.

use crate::acknowledge::MailTransport;
use crate::case_system::CaseSystem;
use crate::config::Loaded;
use crate::config::Queue;
use crate::gateway::Parts;
use crate::gateway::Running;
use crate::gateway::pace;
use crate::gateway::shared;
use crate::pipeline;
use crate::pipeline::Shared;
use crate::pipeline::acknowledge::Ways;
use crate::pipeline::deliver::Deliverer;
use crate::queue::amqp;
use crate::sandbox::Sandbox;
use anyhow::Context as _;
use std::sync::Arc;

/// The configured way for mails; one that takes none where no way is configured.
fn transport(loaded: &Loaded) -> anyhow::Result<Arc<dyn MailTransport>> {
    let opened = crate::acknowledge::transport::open(&loaded.config.acknowledge);
    let opened = opened.context("opening the mail transport")?;
    Ok(opened.unwrap_or_else(|| Arc::new(crate::acknowledge::no_mail::NoMail)))
}

impl Running {
    /// Starts them; with a broker, tells who publishes to it.
    pub(super) fn start_workers(
        &self,
        loaded: &Loaded,
        shared: &Shared,
        case_system: Arc<dyn CaseSystem>,
        parts: Parts,
    ) -> anyhow::Result<Option<amqp::Publisher>> {
        let config = &loaded.config;
        let (tasks, stop) = (&self.worker_tasks, &self.workers);
        tasks.spawn(pipeline::sweep::run(shared.clone(), stop.clone()));
        tasks.spawn(shared.partners.clone().follow(config.partners.clone(), stop.clone()));
        tasks.spawn(shared.seal.clone().follow(config.seal.clone(), stop.clone()));
        tasks.spawn(loaded.roster.clone().follow(config.roster.clone(), stop.clone()));
        if !parts.deliver {
            return Ok(None);
        }
        self.start_acknowledging(loaded, shared)?;
        let sandbox = Sandbox::new(config.sandbox.clone());
        let reading = pace(config.sandbox.concurrency.max(1), config.operations.retry);
        tasks.spawn(pipeline::reading::run(shared.clone(), reading, sandbox, stop.clone()));
        let pace = pace(config.operations.deliveries, config.operations.retry);
        let deliverer = |watch| Deliverer {
            shared: shared.clone(),
            case_system: Arc::clone(&case_system),
            retry: config.operations.retry,
            look_after: config.operations.look_after.unsigned_abs(),
            watch,
        };
        let Queue::Amqp(amqp) = &config.queue else {
            tasks.spawn(pipeline::deliver::run(deliverer(None), pace, stop.clone()));
            return Ok(None);
        };
        let units = loaded.profile.units.iter().map(|unit| unit.id.clone()).collect();
        let (publisher, consumer) = amqp::start((**amqp).clone(), units, stop.clone());
        let deliverer = deliverer(Some(pipeline::broker::WATCH));
        let publish = pipeline::broker::publish;
        tasks.spawn(publish(deliverer.clone(), pace.clone(), publisher.clone(), stop.clone()));
        tasks.spawn(pipeline::broker::consume(
            deliverer.clone(),
            pace.clone(),
            consumer,
            stop.clone(),
        ));
        tasks.spawn(pipeline::broker::watch(deliverer, pace, stop.clone()));
        Ok(Some(publisher))
    }

    /// Receipts, confirmations, and warnings of both.
    fn start_acknowledging(&self, loaded: &Loaded, shared: &Shared) -> anyhow::Result<()> {
        let config = &loaded.config;
        let (tasks, stop) = (&self.worker_tasks, &self.workers);
        // Connections of their own: no confirmation and no alarm waits for a receipt's turn at a slow mail server.
        let (ordinary, statutory) = (transport(loaded)?, transport(loaded)?);
        let sending = pace(config.operations.acknowledgements, config.acknowledge.retry);
        let ways = Ways { mail: ordinary, far_folders: Arc::new(self.servers.far_folders()) };
        let confirming = Ways { mail: Arc::clone(&statutory), ..ways.clone() };
        tasks.spawn(pipeline::acknowledge::confirm(
            shared.clone(),
            sending.clone(),
            confirming,
            stop.clone(),
        ));
        tasks.spawn(pipeline::acknowledge::run(shared.clone(), sending, ways, stop.clone()));
        tasks.spawn(pipeline::alarms::run(
            shared.clone(),
            config.alarms.clone(),
            statutory,
            shared::gaps(loaded),
            stop.clone(),
        ));
        let on_duty = shared::on_duty(loaded);
        tasks.spawn(pipeline::naming::run(shared.clone(), on_duty, stop.clone()));
        Ok(())
    }
}
