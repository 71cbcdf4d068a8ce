//! The private PostgreSQL, RabbitMQ, Prism and Dovecot that `tests/run` starts, as tests ask for them.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::LazyLock;

use sqlx::AssertSqlSafe;
use sqlx::Connection;
use sqlx::PgConnection;
use tokio::sync::OwnedRwLockReadGuard;
use tokio::sync::OwnedRwLockWriteGuard;
use tokio::sync::RwLock;

use super::imap::MailServer;
use super::ports::random_name;

/// Held shared by tests that use the servers, alone by one that restarts them.
static USE: LazyLock<Arc<RwLock<()>>> = LazyLock::new(Arc::default);

/// One of the servers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Server {
    /// PostgreSQL 15.
    Postgres,
    /// RabbitMQ.
    Amqp,
    /// Stoplight Prism.
    Prism,
    /// OpenSSH.
    Sftp,
    /// Dovecot.
    Imap,
    /// clamd, with one signature of our own.
    Clamd,
}

impl Server {
    fn variable(self) -> &'static str {
        match self {
            Self::Postgres => "KVITTENS_TEST_POSTGRES_URL",
            Self::Amqp => "KVITTENS_TEST_AMQP_URL",
            Self::Prism => "KVITTENS_TEST_PRISM",
            Self::Sftp => "KVITTENS_TEST_SFTP_HOME",
            Self::Imap => "KVITTENS_TEST_IMAP_DIR",
            Self::Clamd => "KVITTENS_TEST_CLAMD",
        }
    }
}

enum Hold {
    Shared(OwnedRwLockReadGuard<()>),
    Alone(OwnedRwLockWriteGuard<()>),
}

/// The right to use the servers; keep it as long as they are used.
pub(crate) struct Servers {
    hold: Hold,
}

impl Servers {
    /// The servers a test needs, beside other tests; `None` (said aloud) when one is not there and need not be.
    /// Ask once per test, for all it needs.
    pub(crate) async fn shared(needs: &[Server]) -> Option<Self> {
        all_there(needs).then_some(())?;
        Some(Self { hold: Hold::Shared(Arc::clone(&USE).read_owned().await) })
    }

    /// The same, with no other test using them, for tests that stop them.
    pub(crate) async fn alone(needs: &[Server]) -> Option<Self> {
        all_there(needs).then_some(())?;
        Some(Self { hold: Hold::Alone(Arc::clone(&USE).write_owned().await) })
    }

    /// A new, empty database of this test's own; dropped with the value.
    pub(crate) async fn database(&self) -> Database {
        let server = value(Server::Postgres.variable()).expect("KVITTENS_TEST_POSTGRES_URL");
        let name = format!("kv_{}", random_name());
        run_sql(&server, &format!("CREATE DATABASE {name}")).await.expect("a new database");
        let mut url = url::Url::parse(&server).expect("KVITTENS_TEST_POSTGRES_URL is a URL");
        url.set_path(&name);
        Database { url: url.to_string(), name, server }
    }

    /// The broker and a prefix for this test's exchanges and queues.
    pub(crate) fn broker(&self) -> Broker {
        let url = value(Server::Amqp.variable()).expect("KVITTENS_TEST_AMQP_URL");
        Broker { url, prefix: format!("kv{}", random_name()) }
    }

    /// The program `prism`.
    pub(crate) fn prism(&self) -> PathBuf {
        value(Server::Prism.variable()).expect("KVITTENS_TEST_PRISM").into()
    }

    /// Where clamd listens, as `[malware] clamd` takes it.
    pub(crate) fn clamd(&self) -> String {
        value(Server::Clamd.variable()).expect("KVITTENS_TEST_CLAMD")
    }

    /// Stops, starts, restarts or kills PostgreSQL (`stop`, `start`, `restart`, `kill`); waits until it is done.
    pub(crate) async fn control_postgres(&self, verb: &str) {
        self.control("KVITTENS_TEST_POSTGRES_CTL", verb).await;
    }

    /// The same for RabbitMQ.
    pub(crate) async fn control_amqp(&self, verb: &str) {
        self.control("KVITTENS_TEST_AMQP_CTL", verb).await;
    }

    /// The same for OpenSSH.
    pub(crate) async fn control_sftp(&self, verb: &str) {
        self.control("KVITTENS_TEST_SFTP_CTL", verb).await;
    }

    /// The same for Dovecot, which can also be made silent (`freeze`) and speak again (`thaw`).
    pub(crate) async fn control_imap(&self, verb: &str) {
        self.control("KVITTENS_TEST_IMAP_CTL", verb).await;
    }

    /// Dovecot.
    pub(crate) fn mail(&self) -> MailServer {
        MailServer::in_folder(&value(Server::Imap.variable()).expect("KVITTENS_TEST_IMAP_DIR"))
    }

    async fn control(&self, variable: &str, verb: &str) {
        assert!(matches!(self.hold, Hold::Alone(_)), "only Servers::alone may {verb} a server");
        let program = value(variable).unwrap_or_else(|| panic!("{variable} is not set"));
        let status = tokio::process::Command::new(program)
            .arg(verb)
            .status()
            .await
            .expect("the control script runs");
        assert!(status.success(), "{variable} {verb} failed");
    }
}

/// A database of one test's own.
pub(crate) struct Database {
    /// `postgres://…`, password included.
    pub(crate) url: String,
    /// Its name.
    pub(crate) name: String,
    server: String,
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropping = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
            let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            runtime.block_on(run_sql(&server, &statement)).ok()
        });
        // A database that stays is gone with the server at the end of the run.
        dropping.join().ok();
    }
}

/// The broker, and what one test may name its exchanges and queues.
#[derive(Clone, Debug)]
pub(crate) struct Broker {
    /// `amqp://…`, password included.
    pub(crate) url: String,
    /// Begins the name of everything this test declares.
    pub(crate) prefix: String,
}

async fn run_sql(url: &str, statement: &str) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::query(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await?;
    connection.close().await
}

fn all_there(needs: &[Server]) -> bool {
    let missing = needs.iter().find(|server| value(server.variable()).is_none());
    let Some(server) = missing else { return true };
    let required = value("KVITTENS_TEST_REQUIRE").as_deref() == Some("1");
    assert!(!required, "{} is not set; run tests/run", server.variable());
    say_skipped(&format!("{server:?} is not there ({} is not set)", server.variable()));
    false
}

/// Says aloud what is not tested and why; not with `println!`, which is kept from sight when a test passes.
pub(crate) fn say_skipped(reason: &str) {
    writeln!(std::io::stderr(), "skipped: {reason}").ok();
}

/// What an environment variable holds, if it is set and not empty.
#[allow(
    clippy::disallowed_methods,
    reason = "the tests are told by tests/run where the servers are"
)]
pub(crate) fn value(variable: &str) -> Option<String> {
    std::env::var(variable).ok().filter(|value| !value.is_empty())
}

/// Whether a program can be started at all.
pub(crate) fn has_program(name: &str) -> bool {
    Command::new(name).arg("--version").output().is_ok()
}
