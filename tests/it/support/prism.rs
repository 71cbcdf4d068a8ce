//! Prism between the gateway and a stand-in: it holds both sides against the published description.

use std::path::Path;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::process::Child;
use tokio::process::Command;

use super::ports::free_port;
use super::servers::say_skipped;
use super::wait;

/// The description of Lifecare FamilyCare, or `None` (said aloud) where it is not to be had.
pub(crate) fn lifecare_description() -> Option<PathBuf> {
    description("lifecare/lifecare-fc-api.json", "Lifecare FamilyCare")
}

/// The descriptions of the messaging and of the party service, or `None` (said aloud) where they are not to be had.
pub(crate) fn letter_descriptions() -> Option<(PathBuf, PathBuf)> {
    let messaging = description("sundsvall/messaging.yaml", "the messaging service")?;
    Some((messaging, description("sundsvall/party.yaml", "the party service")?))
}

fn description(file: &str, of: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/contracts").join(file);
    if !path.exists() {
        say_skipped(&format!("the description of {of} is not beside this repository"));
        return None;
    }
    Some(path)
}

/// A running `prism proxy --errors`; ended when dropped.
pub(crate) struct Prism {
    port: u16,
    process: Child,
}

impl Prism {
    /// Starts `program` before `upstream`, refusing what `description` does not allow in either direction.
    pub(crate) async fn start(program: &Path, description: &Path, upstream: &str) -> Self {
        let port = free_port();
        let process = Command::new(program)
            .args(["proxy", "-h", "127.0.0.1", "-p", &port.to_string(), "--errors"])
            .arg(description)
            .arg(upstream)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("prism starts");
        let listens = || async { TcpStream::connect(("127.0.0.1", port)).await.is_ok() };
        wait::eventually("prism listens", Duration::from_secs(60), listens).await;
        Self { port, process }
    }

    /// Its address; it stands for the upstream with its base path.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}
