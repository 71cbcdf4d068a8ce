//! The load generator and the sinks as processes beside this one.

use anyhow::Context as _;
use std::collections::HashMap;
use std::process::Stdio;
use tokio::io::AsyncBufReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::io::BufReader;
use tokio::io::Lines;
use tokio::process::Child;
use tokio::process::ChildStdin;
use tokio::process::ChildStdout;
use tokio::process::Command;

/// The sinks, while they run.
pub(crate) struct Sinks {
    process: Child,
    ask: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
    /// Port of the mail server.
    pub(crate) smtp_port: u16,
    /// Port of the case system.
    pub(crate) http_port: u16,
}

/// How far the sinks have come.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counts {
    /// Distinct references mailed.
    pub(crate) mails: u32,
    /// Distinct references with a case.
    pub(crate) cases: u32,
    /// When the last new one was taken, in microseconds.
    pub(crate) last: u64,
}

impl Sinks {
    /// Starts them.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        Self::paced(None).await
    }

    /// Starts them with a mail server that takes so many mails a second.
    pub(crate) async fn paced(rate: Option<u32>) -> anyhow::Result<Self> {
        let mut process = this_program()?
            .arg("role-sinks")
            .args(rate.map(|rate| rate.to_string()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let ask = process.stdin.take().context("the sinks' input")?;
        let output = process.stdout.take().context("the sinks' output")?;
        let mut answers = BufReader::new(output).lines();
        let ports = answers.next_line().await?.context("the sinks' ports")?;
        let (smtp, http) = ports.split_once(' ').context("the sinks' ports")?;
        let (smtp_port, http_port) = (smtp.parse()?, http.parse()?);
        Ok(Self { process, ask, answers, smtp_port, http_port })
    }

    /// Their process id.
    pub(crate) fn id(&self) -> u32 {
        self.process.id().unwrap_or(0)
    }

    /// How far they are.
    pub(crate) async fn counts(&mut self) -> anyhow::Result<Counts> {
        self.ask.write_all(b"counts\n").await?;
        let line = self.answers.next_line().await?.context("the sinks are gone")?;
        let numbers: Vec<u64> = line.split(' ').filter_map(|word| word.parse().ok()).collect();
        let number = |at: usize| numbers.get(at).copied().unwrap_or(0);
        let count = |at: usize| u32::try_from(number(at)).unwrap_or(u32::MAX);
        Ok(Counts { mails: count(0), cases: count(1), last: number(2) })
    }

    /// When each reference's mail was taken.
    pub(crate) async fn mails(&mut self) -> anyhow::Result<HashMap<String, u64>> {
        self.ask.write_all(b"mails\n").await?;
        let mut mails = HashMap::new();
        while let Some(line) = self.answers.next_line().await?.filter(|line| !line.is_empty()) {
            let (reference, at) = line.split_once(' ').context("a mail's line")?;
            mails.insert(reference.to_owned(), at.parse()?);
        }
        Ok(mails)
    }
}

/// One notice as its sender saw it.
#[derive(Clone, Debug)]
pub(crate) struct Posted {
    /// Its reference.
    pub(crate) reference: String,
    /// When its first byte left, in microseconds.
    pub(crate) sent: u64,
    /// When the 202 was read.
    pub(crate) answered: u64,
}

/// What to post.
#[derive(Clone, Debug)]
pub(crate) struct Order<'a> {
    /// The gateway's port.
    pub(crate) port: u16,
    /// Its client's key.
    pub(crate) key: &'a str,
    /// The first notice's number.
    pub(crate) first: u32,
    /// How many.
    pub(crate) count: u32,
    /// Over how many connections.
    pub(crate) connections: u32,
    /// A second; 0: as many as go.
    pub(crate) rate: u32,
}

/// Runs the load generator to its end; every notice was accepted, or it fails. Also its CPU seconds.
pub(crate) async fn post(order: &Order<'_>) -> anyhow::Result<(Vec<Posted>, f64)> {
    let numbers = [order.first, order.count, order.connections, order.rate];
    let output = this_program()?
        .args(["role-load", &order.port.to_string(), order.key])
        .args(numbers.map(|number| number.to_string()))
        .stderr(Stdio::inherit())
        .kill_on_drop(true)
        .output()
        .await?;
    anyhow::ensure!(output.status.success(), "the load generator failed");
    let mut posted = Vec::new();
    let mut cpu = 0.0;
    for line in String::from_utf8(output.stdout)?.lines() {
        let mut words = line.split(' ');
        let mut word = || words.next().context("a line of the load generator");
        match word()? {
            "" => {}
            "cpu" => cpu = word()?.parse()?,
            reference => {
                let reference = reference.to_owned();
                posted.push(Posted {
                    reference,
                    sent: word()?.parse()?,
                    answered: word()?.parse()?,
                });
            }
        }
    }
    Ok((posted, cpu))
}

fn this_program() -> anyhow::Result<Command> {
    Ok(Command::new(std::env::current_exe()?))
}
