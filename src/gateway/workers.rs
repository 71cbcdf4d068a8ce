//! What works off the outbox: reading, acknowledging, naming, warning, handing over.

use crate::acknowledge::MailTransport;
use crate::acknowledge::webhook;
use crate::acknowledge::webhook::Webhook;
use crate::case_system::CaseSystem;
use crate::config::Loaded;
use crate::config::Queue;
use crate::gateway::Parts;
use crate::gateway::Running;
use crate::gateway::pace;
use crate::gateway::roster_log;
use crate::gateway::shared;
use crate::pipeline;
use crate::pipeline::Shared;
use crate::pipeline::acknowledge::Ways;
use crate::pipeline::alarms::Tellers;
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

/// A receiver of webhooks, where one is configured; calls are signed with the keys of receipts.
fn webhook(config: Option<&webhook::Config>, shared: &Shared) -> anyhow::Result<Option<Webhook>> {
    let open = |config| Webhook::open(config, shared.seal.clone());
    config.map(open).transpose().context("opening a receiver of webhooks")
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
        tasks.spawn(shared.switches.clone().follow(shared.store.clone(), stop.clone()));
        tasks.spawn(shared.seal.clone().follow(config.seal.clone(), stop.clone()));
        tasks.spawn(loaded.roster.clone().follow(config.roster.clone(), stop.clone()));
        tasks.spawn(roster_log::run(
            loaded.roster.clone(),
            shared.store.clone(),
            config.roster.look_every,
            stop.clone(),
        ));
        if !parts.deliver {
            return Ok(None);
        }
        self.start_acknowledging(loaded, shared, &case_system)?;
        self.start_letters(loaded, shared, &case_system)?;
        let sandbox = Sandbox::new(config.sandbox.clone());
        let reading = pace(config.sandbox.concurrency.max(1), config.operations.retry);
        tasks.spawn(pipeline::reading::run(shared.clone(), reading, sandbox, stop.clone()));
        let pace = pace(config.operations.deliveries, config.operations.retry);
        tasks.spawn(pipeline::linking::run(shared.clone(), stop.clone()));
        tasks.spawn(pipeline::enclosing::run(
            shared.clone(),
            Arc::clone(&case_system),
            pace.clone(),
            stop.clone(),
        ));
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
    fn start_acknowledging(
        &self,
        loaded: &Loaded,
        shared: &Shared,
        case_system: &Arc<dyn CaseSystem>,
    ) -> anyhow::Result<()> {
        let config = &loaded.config;
        let (tasks, stop) = (&self.worker_tasks, &self.workers);
        // Connections of their own: no confirmation and no alarm waits for a receipt's turn at a slow mail server.
        let (ordinary, statutory) = (transport(loaded)?, transport(loaded)?);
        let sending = pace(config.operations.acknowledgements, config.acknowledge.retry);
        let authority = config.acknowledge.enforcement_authority.webhook.as_ref();
        let ways = Ways {
            mail: ordinary,
            far_folders: Arc::new(self.servers.far_folders()),
            authority_folder: self.servers.authority(),
            authority_webhook: webhook(authority, shared)?,
        };
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
            shared::alarms(loaded),
            Tellers {
                mail: Arc::clone(&statutory),
                webhook: webhook(config.alarms.webhook.as_ref(), shared)?,
            },
            shared::gaps(loaded),
            stop.clone(),
        ));
        let report = config.report.clone();
        tasks.spawn(pipeline::morning::run(shared.clone(), report, statutory, stop.clone()));
        let responsible = shared::responsible(loaded, case_system, &shared.clock);
        tasks.spawn(pipeline::naming::run(shared.clone(), responsible, stop.clone()));
        if let Some(list) = config.acknowledge.enforcement_authority.list.clone() {
            let responsible = shared::responsible(loaded, case_system, &shared.clock);
            tasks.spawn(pipeline::paper::run(shared.clone(), responsible, list, stop.clone()));
        }
        Ok(())
    }

    /// Letters to persons: released, posted and followed up.
    fn start_letters(
        &self,
        loaded: &Loaded,
        shared: &Shared,
        case_system: &Arc<dyn CaseSystem>,
    ) -> anyhow::Result<()> {
        let config = &loaded.config;
        let (tasks, stop) = (&self.worker_tasks, &self.workers);
        let office = shared::letter_office(loaded, case_system, &shared.clock)?;
        let office = Arc::new(office);
        let posting = pace(config.operations.acknowledgements, config.acknowledge.retry);
        let released =
            pipeline::letters::release::run(shared.clone(), Arc::clone(&office), stop.clone());
        tasks.spawn(released);
        let desk = (office, self.servers.print());
        tasks.spawn(pipeline::letters::posting::run(shared.clone(), posting, desk, stop.clone()));
        Ok(())
    }
}
