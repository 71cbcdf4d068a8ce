//! Private servers for a run, started as the tests start theirs.

use anyhow::Context as _;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// Servers in a folder of their own; stopped when dropped.
pub(crate) struct Private {
    folder: TempDir,
    names: Vec<&'static str>,
}

impl Private {
    /// Starts what `tests/servers` calls by these names; an error says what is missing.
    pub(crate) fn start(names: &[&'static str]) -> anyhow::Result<Self> {
        for name in names {
            let program = program(name);
            anyhow::ensure!(Path::new(program).exists(), "{program} is not there");
        }
        let folder = tempfile::Builder::new().prefix("kvittens-bench-").tempdir()?;
        // The servers run under users of their own.
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o711))?;
        let servers = Self { folder, names: names.to_vec() };
        for verb in ["create", "start"] {
            for name in names {
                servers.control(name, verb)?;
            }
        }
        Ok(servers)
    }

    /// Something in their folder.
    pub(crate) fn path(&self, part: &str) -> PathBuf {
        self.folder.path().join(part)
    }

    /// The first line of one of their small files.
    pub(crate) fn line(&self, part: &str) -> anyhow::Result<String> {
        let text = std::fs::read_to_string(self.path(part))?;
        Ok(text.lines().next().with_context(|| format!("{part} is empty"))?.trim().to_owned())
    }

    fn control(&self, server: &str, verb: &str) -> anyhow::Result<()> {
        let script = format!("{}/tests/servers/{server}", env!("CARGO_MANIFEST_DIR"));
        let status =
            Command::new(script).arg(verb).env("KVITTENS_TEST_DIR", self.folder.path()).status()?;
        anyhow::ensure!(status.success(), "tests/servers/{server} {verb} failed");
        Ok(())
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        for name in self.names.iter().rev() {
            self.control(name, "stop").ok();
        }
    }
}

/// The program of a server.
fn program(name: &str) -> &'static str {
    match name {
        "postgres" => "/usr/lib/postgresql",
        "rabbitmq" => "/usr/lib/rabbitmq/bin/rabbitmq-server",
        "dovecot" => "/usr/sbin/dovecot",
        _ => "/usr/sbin/sshd",
    }
}

/// PostgreSQL and RabbitMQ.
pub(crate) struct Servers {
    /// Where PostgreSQL is, password included.
    pub(crate) postgres_url: String,
    /// Where RabbitMQ is, password included.
    pub(crate) amqp_url: String,
    /// PostgreSQL's first process.
    pub(crate) postgres_pid: u32,
    /// RabbitMQ's process.
    pub(crate) amqp_pid: u32,
    _running: Private,
}

impl Servers {
    /// Starts them; an error says what is missing.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let running = Private::start(&["postgres", "rabbitmq"])?;
        Ok(Self {
            postgres_url: running.line("postgres/url")?,
            amqp_url: running.line("amqp/url")?,
            postgres_pid: running.line("postgres/data/postmaster.pid")?.parse()?,
            amqp_pid: running.line("amqp/broker.pid")?.parse()?,
            _running: running,
        })
    }
}
