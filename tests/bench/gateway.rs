//! The gateway under measurement: the real program as a process, with a folder of its own.

use crate::now_microseconds;
use crate::servers::Servers;
use crate::stand_ins::Sinks;
use anyhow::Context as _;
use std::fs::File;
use std::path::Path;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::process::Child;
use tokio::process::Command;

/// The program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_kvittens");

/// A running gateway; ended when dropped.
pub(crate) struct Gateway {
    process: Child,
    folder: TempDir,
    /// Its HTTP port.
    pub(crate) port: u16,
    /// Its only client's key.
    pub(crate) key: String,
    /// From exec to `/readyz` answering 200, in milliseconds.
    pub(crate) ready_ms: f64,
}

impl Gateway {
    /// Configures and starts one; with `servers` on PostgreSQL and RabbitMQ, else on SQLite and the embedded queue. `doors` are further sections.
    pub(crate) async fn start(
        sinks: &Sinks,
        servers: Option<&Servers>,
        doors: &str,
    ) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("kvittens-bench-").tempdir()?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let config = folder.path().join("kvittens.toml");
        let text = configuration(&folder, port, sinks, servers);
        std::fs::write(&config, format!("{text}\n{doors}"))?;
        let log = File::create(folder.path().join("log"))?;
        let began = now_microseconds();
        let process = Command::new(PROGRAM)
            .args(["serve", "--config"])
            .arg(&config)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()?;
        let key = String::new();
        let mut gateway = Self { process, folder, port, key, ready_ms: 0.0 };
        gateway.wait_ready().await?;
        gateway.ready_ms = (now_microseconds() - began) as f64 / 1000.0;
        gateway.key = add_client(&config).await?;
        Ok(gateway)
    }

    /// Its process id.
    pub(crate) fn id(&self) -> u32 {
        self.process.id().unwrap_or(0)
    }

    /// The file of its store, with SQLite.
    pub(crate) fn store_file(&self) -> PathBuf {
        self.folder.path().join("kvittens.db")
    }

    /// What it wrote to its log.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Stops it in order; its folder stays until the value is dropped.
    pub(crate) async fn stop(&mut self) -> anyhow::Result<()> {
        let pid = i32::try_from(self.id()).ok().and_then(rustix::process::Pid::from_raw);
        let pid = pid.context("the gateway is gone")?;
        rustix::process::kill_process(pid, rustix::process::Signal::TERM)?;
        tokio::time::timeout(Duration::from_secs(60), self.process.wait()).await??;
        Ok(())
    }

    async fn wait_ready(&mut self) -> anyhow::Result<()> {
        loop {
            if ready(self.port).await.is_ok_and(|ready| ready) {
                return Ok(());
            }
            if let Some(status) = self.process.try_wait()? {
                anyhow::bail!("the gateway ended ({status}): {}", self.log());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

/// Registers a client that also gets receipts by mail; its key.
async fn add_client(config: &Path) -> anyhow::Result<String> {
    let added = Command::new(PROGRAM)
        .args(["client", "add", "bench", "--mail-to", "kvitto@hyresvard.example", "--config"])
        .arg(config)
        .output()
        .await?;
    let told = String::from_utf8_lossy(&added.stderr).into_owned();
    anyhow::ensure!(added.status.success(), "client add: {told}");
    Ok(String::from_utf8(added.stdout)?.trim().to_owned())
}

async fn ready(port: u16) -> anyhow::Result<bool> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n").await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer.starts_with(b"HTTP/1.1 200"))
}

fn configuration(folder: &TempDir, port: u16, sinks: &Sinks, servers: Option<&Servers>) -> String {
    let store = match servers {
        Some(servers) => servers.postgres_url.clone(),
        None => format!("sqlite:{}/kvittens.db", folder.path().display()),
    };
    let queue = match servers {
        Some(servers) => format!("kind = \"amqp\"\nurl = \"{}\"", servers.amqp_url),
        None => "kind = \"embedded\"".to_owned(),
    };
    format!(
        r#"[store]
url = "{store}"

[queue]
{queue}

[http]
listen = "127.0.0.1:{port}"

[partners]
proof = false

[acknowledge]
from = {{ address = "mottagning@kommun.example" }}
bounce_address = "bounce+{{token}}@kommun.example"
transport = "smtp"

[acknowledge.smtp]
host = "127.0.0.1"
port = {smtp}
security = "none"

[case_system]
kind = "http"
url = "http://127.0.0.1:{http}/cases"
"#,
        smtp = sinks.smtp_port,
        http = sinks.http_port,
    )
}
