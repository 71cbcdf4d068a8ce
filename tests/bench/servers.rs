//! Private PostgreSQL and RabbitMQ for a run, started as the tests start theirs.

use anyhow::Context as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// Both servers; stopped when dropped.
pub(crate) struct Servers {
    folder: TempDir,
    /// Where PostgreSQL is, password included.
    pub(crate) postgres_url: String,
    /// Where RabbitMQ is, password included.
    pub(crate) amqp_url: String,
    /// PostgreSQL's first process.
    pub(crate) postgres_pid: u32,
    /// RabbitMQ's process.
    pub(crate) amqp_pid: u32,
}

impl Servers {
    /// Starts them; an error says what is missing.
    pub(crate) fn start() -> anyhow::Result<Self> {
        for program in ["/usr/lib/postgresql", "/usr/lib/rabbitmq/bin/rabbitmq-server"] {
            anyhow::ensure!(Path::new(program).exists(), "{program} is not there");
        }
        let folder = tempfile::Builder::new().prefix("kvittens-bench-").tempdir()?;
        // The servers run under users of their own.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o711))?;
        let mut servers = Self {
            folder,
            postgres_url: String::new(),
            amqp_url: String::new(),
            postgres_pid: 0,
            amqp_pid: 0,
        };
        for verb in ["create", "start"] {
            servers.control("postgres", verb)?;
            servers.control("rabbitmq", verb)?;
        }
        servers.postgres_url = servers.line("postgres/url")?;
        servers.amqp_url = servers.line("amqp/url")?;
        servers.postgres_pid = servers.line("postgres/data/postmaster.pid")?.parse()?;
        servers.amqp_pid = servers.line("amqp/broker.pid")?.parse()?;
        Ok(servers)
    }

    fn control(&self, server: &str, verb: &str) -> anyhow::Result<()> {
        let script = format!("{}/tests/servers/{server}", env!("CARGO_MANIFEST_DIR"));
        let status =
            Command::new(script).arg(verb).env("KVITTENS_TEST_DIR", self.folder.path()).status()?;
        anyhow::ensure!(status.success(), "tests/servers/{server} {verb} failed");
        Ok(())
    }

    fn line(&self, path: &str) -> anyhow::Result<String> {
        let text = std::fs::read_to_string(self.folder.path().join(path))?;
        Ok(text.lines().next().with_context(|| format!("{path} is empty"))?.to_owned())
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        self.control("rabbitmq", "stop").ok();
        self.control("postgres", "stop").ok();
    }
}
