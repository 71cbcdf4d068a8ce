//! The composition root: configuration in, adapters, workers and servers out; runs until told to stop.

mod alive;
mod corrections;
mod desk;
mod letters;
mod roster_log;
mod servers;
mod shared;
mod stop;
mod watch;
mod workers;

pub use corrections::corrections;
pub use letters::letters;
pub use shared::contact;
pub use shared::letter_office;
pub use stop::told_to_stop;

use self::servers::Servers;
use crate::clock::Clock;
use crate::config::Loaded;
use crate::intake::folder::FolderDoor;
use crate::intake::mailbox::MailboxDoor;
use crate::intake::maildir::MaildirDoor;
use crate::pipeline;
use crate::pipeline::Pace;
use crate::pipeline::Shared;
use crate::pipeline::ports::StoredClients;
use crate::pipeline::ports::StoredMails;
use crate::queue::amqp;
use crate::store::Action;
use crate::store::Instance;
use crate::store::Store;
use crate::watchman::Watchman;
use anyhow::Context as _;
use axum::Router;
use jiff::SignedDuration;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Which parts run in this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Folders, mail folders and mailboxes.
    pub intake: bool,
    /// Acknowledgements and hand-over.
    pub deliver: bool,
    /// The HTTP server: API, status, health.
    pub http: bool,
}

impl Parts {
    /// All of them.
    pub const ALL: Self = Self { intake: true, deliver: true, http: true };
}

/// A gateway that is up.
pub struct Running {
    /// The store; for those who look inside, such as the demo.
    pub store: Store,
    /// Where HTTP is served, when it is.
    pub http: Option<SocketAddr>,
    doors: CancellationToken,
    workers: CancellationToken,
    door_tasks: TaskTracker,
    worker_tasks: TaskTracker,
    servers: Servers,
    _lock: crate::store::InstanceLock,
}

/// Longer than any attempt can last.
const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// Between two tries to open a door.
const DOOR_PAUSE: Duration = Duration::from_secs(10);

/// Starts all parts; returns when HTTP is being served and every door is open or retrying.
pub async fn start(
    loaded: &Loaded,
    parts: Parts,
    clock: Clock,
    operations: Option<Router>,
) -> anyhow::Result<Running> {
    let config = &loaded.config;
    let store =
        Store::open(&config.store, clock.clone(), true).await.context("opening the store")?;
    let instance = Instance(config.operations.instance.clone());
    let lock = store.hold(&instance).await.context("taking the instance's name")?;
    store.act(Action::Recover(instance.clone())).await?.context("recovering attempts")?;
    let seal =
        shared::seal(loaded, &clock).context("opening the keys for receipts ([seal] keys)")?;
    let switches = pipeline::switches::Switches::open(&store)
        .await
        .context("reading the switches of the ways out")?;
    let shared = shared::shared(loaded, (store.clone(), switches), instance, (clock, seal));
    let case_system =
        crate::case_system::open::open(&config.case_system).context("opening the case system")?;
    let mut running = Running {
        store,
        http: None,
        doors: CancellationToken::new(),
        workers: CancellationToken::new(),
        door_tasks: TaskTracker::new(),
        worker_tasks: TaskTracker::new(),
        servers: Servers::of(config, loaded.state_folder()),
        _lock: lock,
    };
    let publisher = running.start_workers(loaded, &shared, case_system, parts)?;
    if parts.intake {
        running.open_doors(loaded, &shared);
    }
    if parts.http {
        running.serve_http(loaded, &shared, publisher, operations).await?;
    }
    let watching = alive::watching(loaded, &shared, parts, running.http).await?;
    running.door_tasks.spawn(pipeline::alive::run(shared, watching, running.doors.clone()));
    Ok(running)
}

impl Running {
    /// Stops receiving, finishes what is in hand, closes.
    pub async fn stop(self) {
        self.doors.cancel();
        self.door_tasks.close();
        self.door_tasks.wait().await;
        self.workers.cancel();
        self.worker_tasks.close();
        self.worker_tasks.wait().await;
        // Nobody needs an answer any more.
        self.servers.close();
        // On PostgreSQL the name is held by one of the connections that closing waits for; it is given up when that one closes.
        drop(self._lock);
        self.store.close().await;
    }

    fn open_doors(&self, loaded: &Loaded, shared: &Shared) {
        let intake = &loaded.config.intake;
        for config in intake.folder.clone() {
            let (clock, stop) = (shared.clock.clone(), self.doors.clone());
            let name = config.door();
            let make = move || {
                let detect = crate::normalize::detect;
                FolderDoor::new(config.clone(), detect, clock.clone(), stop.clone())
            };
            self.open_door(name, make, shared);
        }
        for config in intake.maildir.clone() {
            let (clock, stop) = (shared.clock.clone(), self.doors.clone());
            let name = config.door();
            let make = move || MaildirDoor::new(config.clone(), clock.clone(), stop.clone());
            self.open_door(name, make, shared);
        }
        for config in intake.mailbox.clone() {
            let (clock, stop) = (shared.clock.clone(), self.doors.clone());
            let (name, taken) = (config.door(), Arc::new(StoredMails(shared.store.clone())));
            let make = move || {
                let taken = Arc::clone(&taken) as _;
                MailboxDoor::new(config.clone(), taken, clock.clone(), stop.clone())
            };
            self.open_door(name, make, shared);
        }
        for (name, make) in self.servers.doors(&shared.clock, &self.doors) {
            self.open_door(name, make, shared);
        }
    }

    /// Opens a door; one that cannot be opened (a disk that is not mounted yet) is tried again until it can.
    fn open_door<A: crate::intake::IntakeAdapter>(
        &self,
        name: String,
        make: impl Fn() -> A + Send + 'static,
        shared: &Shared,
    ) {
        let (shared, stop) = (shared.clone(), self.doors.clone());
        self.door_tasks.spawn(async move {
            while let Err(error) = pipeline::receive::run(make(), shared.clone(), stop.clone()).await {
                let error = format!("{:#}", anyhow::Error::from(error));
                crate::pulse::board().failed(&name, "open the door");
                tracing::error!(door = %name, error, "a door could not be opened; it is tried again");
                if stop.run_until_cancelled(tokio::time::sleep(DOOR_PAUSE)).await.is_none() {
                    return;
                }
            }
        });
    }

    async fn serve_http(
        &mut self,
        loaded: &Loaded,
        shared: &Shared,
        publisher: Option<amqp::Publisher>,
        operations: Option<Router>,
    ) -> anyhow::Result<()> {
        let config = &loaded.config;
        let listener = TcpListener::bind(config.http.listen)
            .await
            .with_context(|| format!("listening on {} ([http] listen)", config.http.listen))?;
        let bound = listener.local_addr()?;
        self.http = Some(bound);
        let root = config.http.api_root(bound);
        let clients = Arc::new(StoredClients::new(shared.store.clone()));
        let (door, api) = crate::intake::api::door(
            &config.intake.api,
            Arc::clone(&clients) as _,
            root.clone(),
            shared.clock.clone(),
        );
        let desk = desk::desk(loaded, shared, clients, root);
        let watchman =
            Watchman { store: shared.store.clone(), publisher, config: config.store.clone() };
        let metrics =
            Arc::new(|| crate::telemetry::metrics().map(|all| all.render()).unwrap_or_default());
        let mut router = crate::http::health::routes(Arc::new(watchman), metrics)
            .merge(crate::public::routes(desk));
        if config.intake.api.enabled {
            router = router.merge(api);
            let run = pipeline::receive::run(door, shared.clone(), self.doors.clone());
            self.door_tasks.spawn(async move { drop(run.await) });
        }
        let pages = match operations {
            Some(pages) => pages,
            None => watch::pages(loaded, shared, bound)?,
        };
        router = router.merge(pages);
        let (http, stop) = (config.http.clone(), self.doors.clone());
        self.door_tasks
            .spawn(async move { crate::http::server::serve(listener, router, &http, stop).await });
        Ok(())
    }
}

fn pace(concurrency: usize, retry: crate::domain::retry::RetryPolicy) -> Pace {
    Pace { concurrency, retry, lease: LEASE, sweep: Duration::from_secs(1) }
}
