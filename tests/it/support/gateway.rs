//! The gateway under test: the real program as a process that can be killed, stopped, watched and started again.

use std::fs::File;
use std::path::Path;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::process::Stdio;
use std::time::Duration;

use rustix::process::Pid;
use rustix::process::Signal;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::process::Child;
use tokio::process::Command;

use super::trace::Trace;
use super::wait;
use super::workspace::Workspace;

/// How long a start or an orderly stop may take on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

/// A running `kvittens serve`; killed when dropped.
pub(crate) struct Gateway {
    process: Child,
    /// The gateway itself; with a trace, `process` is strace.
    pid: Pid,
    port: u16,
    stdout: PathBuf,
    stderr: PathBuf,
}

impl Gateway {
    /// Starts the gateway of this workspace and waits until `/readyz` answers 200. Output is added to
    /// `stdout.log` and `stderr.log` in the workspace.
    pub(crate) async fn start(workspace: &Workspace, environment: &[(&str, &str)]) -> Self {
        let mut gateway = Self::start_unready(workspace, environment).await;
        gateway.wait_ready().await;
        gateway
    }

    /// Starts it and returns at once, for gateways that are to die or to refuse on the way up.
    pub(crate) async fn start_unready(workspace: &Workspace, environment: &[(&str, &str)]) -> Self {
        let command = Command::new(env!("CARGO_BIN_EXE_kvittens"));
        Self::spawn(command, workspace, environment).await
    }

    /// Starts it under strace, and waits until it is ready.
    pub(crate) async fn start_traced(
        workspace: &Workspace,
        environment: &[(&str, &str)],
        trace: &Trace,
    ) -> Self {
        let command = trace.command(Path::new(env!("CARGO_BIN_EXE_kvittens")));
        let mut gateway = Self::spawn(command, workspace, environment).await;
        let tracer = gateway.pid;
        gateway.pid =
            wait::until("strace has started the gateway", LIMIT, || async { child_of(tracer) })
                .await;
        gateway.wait_ready().await;
        gateway
    }

    async fn spawn(
        mut command: Command,
        workspace: &Workspace,
        environment: &[(&str, &str)],
    ) -> Self {
        let (stdout, stderr) = (workspace.path("stdout.log"), workspace.path("stderr.log"));
        let process = command
            .args(["serve", "--config"])
            .arg(workspace.config())
            .envs(environment.iter().copied())
            .current_dir(workspace.path("."))
            .stdin(Stdio::null())
            .stdout(added_to(&stdout))
            .stderr(added_to(&stderr))
            .kill_on_drop(true)
            .spawn()
            .expect("the gateway starts");
        let pid =
            process.id().and_then(|id| Pid::from_raw(id.cast_signed())).expect("a process id");
        Self { process, pid, port: workspace.http_port, stdout, stderr }
    }

    /// Waits until `/readyz` answers 200; panics with what the gateway wrote when it ends or takes too long.
    pub(crate) async fn wait_ready(&mut self) {
        let deadline = std::time::Instant::now() + LIMIT;
        loop {
            if status_of(self.port, "/readyz").await == Some(200) {
                return;
            }
            let ended = self.exit_status();
            let late = std::time::Instant::now() > deadline;
            assert!(ended.is_none() && !late, "not ready (exit: {ended:?})\n{}", self.output());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// The gateway's process id.
    pub(crate) fn id(&self) -> u32 {
        self.pid.as_raw_nonzero().get().cast_unsigned()
    }

    /// SIGKILL, as a power cut for the process, and waits until it is gone.
    pub(crate) async fn kill(&mut self) {
        self.signal(Signal::KILL);
        self.wait_exit().await;
    }

    /// SIGTERM, and waits for the orderly end.
    pub(crate) async fn terminate(&mut self) -> ExitStatus {
        self.signal(Signal::TERM);
        self.wait_exit().await
    }

    /// Sends a signal, unless the process has ended.
    pub(crate) fn signal(&mut self, signal: Signal) {
        if self.exit_status().is_none() {
            rustix::process::kill_process(self.pid, signal).ok();
        }
    }

    /// Waits until the process has ended by itself.
    pub(crate) async fn wait_exit(&mut self) -> ExitStatus {
        match tokio::time::timeout(LIMIT, self.process.wait()).await {
            Ok(status) => status.expect("the end of the gateway"),
            Err(_) => panic!("the gateway does not end within {LIMIT:?}\n{}", self.output()),
        }
    }

    /// How it ended, or `None` while it runs.
    pub(crate) fn exit_status(&mut self) -> Option<ExitStatus> {
        self.process.try_wait().expect("the state of the gateway")
    }

    /// Everything this workspace's gateways have written to standard output.
    pub(crate) fn stdout(&self) -> String {
        read(&self.stdout)
    }

    /// Everything this workspace's gateways have written to standard error.
    pub(crate) fn stderr(&self) -> String {
        read(&self.stderr)
    }

    /// Both outputs, for messages of failed tests.
    pub(crate) fn output(&self) -> String {
        format!("--- stdout\n{}--- stderr\n{}", self.stdout(), self.stderr())
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // `kill_on_drop` ends what was spawned; under strace the gateway is its child and needs a kill of its own.
        self.signal(Signal::KILL);
    }
}

/// The status that a GET on 127.0.0.1 is answered with, or `None` when nobody answers.
pub(crate) async fn status_of(port: u16, path: &str) -> Option<u16> {
    let ask = async {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok()?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        answer.split(' ').nth(1)?.parse().ok()
    };
    tokio::time::timeout(Duration::from_secs(5), ask).await.ok().flatten()
}

/// The first child of a process.
fn child_of(parent: Pid) -> Option<Pid> {
    let parent = parent.as_raw_nonzero();
    let children =
        std::fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).ok()?;
    let child = children.split_whitespace().next()?.parse().ok()?;
    // strace first starts short-lived children of its own to try what the kernel can do.
    let program = std::fs::read_link(format!("/proc/{child}/exe")).ok()?;
    (program == Path::new(env!("CARGO_BIN_EXE_kvittens"))).then(|| Pid::from_raw(child)).flatten()
}

fn added_to(path: &Path) -> File {
    File::options().create(true).append(true).open(path).expect("a log file")
}

fn read(path: &Path) -> String {
    std::fs::read(path)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}
