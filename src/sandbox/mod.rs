//! Readers of hostile formats run in a child process of this same program, which limits itself before it reads the first byte.
//!
//! A document that crashes its reader, fills its memory or never ends costs one child process and becomes a finding. The child knows no
//! secrets (its environment is empty), can write no file and open only a few; the document goes in by its standard input and one answer of
//! bounded length comes out. [`child`] is the inner side, [`Sandbox`] the outer one.

pub mod child;
mod ended;

use crate::domain::document::Answer;
use crate::domain::document::Content;
use crate::domain::document::Document;
use crate::domain::document::DocumentKind;
use crate::domain::document::Entry;
use crate::domain::document::Outcome;
use crate::domain::received::Format;
use bytes::Bytes;
use serde::Deserialize;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use tokio::sync::Semaphore;

/// The hidden sub-command that is the child.
pub const COMMAND: &str = "parse-document";

/// So much of what a child complains of is kept, to tell memory from other faults. It is never logged.
const COMPLAINT_BYTES: u64 = 8 * 1024;

/// What the allocator takes from the system at a time.
const ARENA_KIBIBYTES: &str = "16384";

/// Entries of an archive that are read one by one after all together failed.
const PIECES_MAX: usize = 100;

/// What a child may use.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Children at a time; the rest wait.
    pub concurrency: usize,
    /// Address space of a child, in bytes.
    pub memory_bytes: u64,
    /// Processor time of a child, in seconds.
    pub cpu_seconds: u64,
    /// Time from a child's start to its end, in seconds.
    pub wall_seconds: u64,
    /// Longest answer, in bytes.
    pub answer_bytes: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            concurrency: 2,
            memory_bytes: 1024 * 1024 * 1024,
            cpu_seconds: 10,
            wall_seconds: 20,
            answer_bytes: 16 * 1024 * 1024,
        }
    }
}

impl Config {
    /// What cannot work, by key.
    pub fn faults(&self) -> Vec<(String, String)> {
        let least = [
            ("concurrency", self.concurrency as u64, 1),
            ("memory_bytes", self.memory_bytes, 256 * 1024 * 1024),
            ("cpu_seconds", self.cpu_seconds, 1),
            ("wall_seconds", self.wall_seconds, self.cpu_seconds),
            ("answer_bytes", self.answer_bytes as u64, 64 * 1024),
        ];
        let low = least.into_iter().filter(|(_, value, least)| value < least);
        low.map(|(key, value, least)| {
            (format!("sandbox.{key}"), format!("{value} is too little; at least {least} is needed"))
        })
        .collect()
    }
}

/// Why a document could not even be tried: a fault of this machine, not of the document. It may be tried again.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The program could not be started.
    #[error("starting the process that reads a document")]
    Start(#[source] std::io::Error),
    /// The process is there, but its end cannot be seen.
    #[error("waiting for the process that reads a document")]
    Wait(#[source] std::io::Error),
    /// The message could not be looked through for documents.
    #[error("looking for the documents of a message")]
    Look,
    /// The process does not know what it is asked for: it is not this program.
    #[error("the program that was started does not read documents")]
    NotAReader,
}

/// Reads documents in child processes. Cheap to clone; all clones share the bound on how many run at a time.
#[derive(Clone, Debug)]
pub struct Sandbox {
    program: PathBuf,
    config: Config,
    places: Arc<Semaphore>,
}

impl Sandbox {
    /// Children are this same program, also when its file was replaced since it started.
    pub fn new(config: Config) -> Self {
        let own = PathBuf::from("/proc/self/exe");
        let program = if own.exists() { own } else { std::env::current_exe().unwrap_or(own) };
        Self::of(program, config)
    }

    /// Children are this program: for tests, which are not the program themselves.
    pub fn of(program: PathBuf, config: Config) -> Self {
        let places = Arc::new(Semaphore::new(config.concurrency.max(1)));
        Self { program, config, places }
    }

    /// Reads one document. Cancel safe: a reading nobody waits for is killed.
    ///
    /// # Errors
    /// When no child could be started or seen to its end; whatever the document does to the child is an outcome.
    pub async fn read(&self, format: Format, raw: &Bytes) -> Result<Outcome, SandboxError> {
        let outcome = self.run(format, raw, None).await?;
        let broken = match &outcome {
            Outcome::Crashed | Outcome::TimedOut | Outcome::TooMuch => true,
            Outcome::Done(_) | Outcome::Refused(_) => false,
        };
        if broken && format == Format::Zip {
            return self.piecewise(raw, outcome).await;
        }
        Ok(outcome)
    }

    /// One bad file in an archive shall not cost the others: each gets a child of its own, as long as there is time.
    async fn piecewise(&self, raw: &Bytes, whole: Outcome) -> Result<Outcome, SandboxError> {
        let end = tokio::time::Instant::now() + self.wall() * 3;
        let mut archive = Document::of(DocumentKind::Archive);
        for at in 0..PIECES_MAX {
            if tokio::time::Instant::now() >= end {
                archive.remark("tooManyEntries");
                break;
            }
            let skipped = match self.run(Format::Zip, raw, Some(at)).await? {
                Outcome::Done(piece) if piece.entries.is_empty() => break,
                Outcome::Done(piece) => {
                    piece.remarks.iter().for_each(|remark| archive.remark(remark));
                    archive.entries.extend(piece.entries);
                    continue;
                }
                // The archive itself is what breaks the reader.
                Outcome::Refused(_) => return Ok(whole),
                Outcome::Crashed => "crashed",
                Outcome::TimedOut => "timedOut",
                Outcome::TooMuch => "tooMuch",
            };
            let content = Content::Skipped(skipped.to_owned());
            archive.entries.push(Entry { name: String::new(), content });
        }
        let read = |entry: &Entry| matches!(entry.content, Content::Document(_));
        Ok(if archive.entries.iter().any(read) { Outcome::Done(Box::new(archive)) } else { whole })
    }

    fn wall(&self) -> Duration {
        Duration::from_secs(self.config.wall_seconds.max(1))
    }

    async fn run(
        &self,
        format: Format,
        raw: &Bytes,
        entry: Option<usize>,
    ) -> Result<Outcome, SandboxError> {
        // Nobody closes it.
        let _place = self.places.acquire().await.ok();
        let mut child = self.command(format, entry).spawn().map_err(SandboxError::Start)?;
        let (input, output, complaint) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let raw = raw.clone();
        let write = async move {
            if let Some(mut input) = input {
                // A child that ends before it has read everything says why with its end.
                drop(input.write_all(&raw).await);
            }
        };
        let cap = self.config.answer_bytes as u64 + 1024;
        let work = async {
            let read = read_to(output, cap);
            let complaint = read_to(complaint, COMPLAINT_BYTES);
            let ((), answer, complaint) = tokio::join!(write, read, complaint);
            (answer, complaint)
        };
        let Ok((answer, complaint)) = tokio::time::timeout(self.wall(), work).await else {
            drop(child.kill().await);
            return Ok(Outcome::TimedOut);
        };
        if answer.len() as u64 >= cap {
            drop(child.kill().await);
            return Ok(Outcome::TooMuch);
        }
        let Ok(status) = tokio::time::timeout(self.wall(), child.wait()).await else {
            drop(child.kill().await);
            return Ok(Outcome::TimedOut);
        };
        let status = status.map_err(SandboxError::Wait)?;
        match child::answer_in(&answer) {
            Some(Answer::Read(document)) if status.success() => Ok(Outcome::Done(document)),
            Some(Answer::Refused(refusal)) if status.success() => Ok(Outcome::Refused(refusal)),
            Some(_) | None => ended::outcome(status, &complaint),
        }
    }

    fn command(&self, format: Format, entry: Option<usize>) -> Command {
        let mut command = Command::new(&self.program);
        command.arg0("kvittens").arg(COMMAND).arg(format.as_str());
        command.arg("--memory-bytes").arg(self.config.memory_bytes.to_string());
        command.arg("--cpu-seconds").arg(self.config.cpu_seconds.to_string());
        command.arg("--answer-bytes").arg(self.config.answer_bytes.to_string());
        if let Some(entry) = entry {
            command.arg("--entry").arg(entry.to_string());
        }
        // Secrets stand in the environment; a parser needs none of it.
        command.env_clear().current_dir("/").kill_on_drop(true);
        // The allocator takes a gibibyte of addresses before the child can limit itself, and would have none left afterwards.
        command.env("MIMALLOC_ARENA_RESERVE", ARENA_KIBIBYTES);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

/// What comes out, up to so many bytes; then the pipe is closed.
async fn read_to(from: Option<impl AsyncReadExt + Unpin>, bytes: u64) -> Vec<u8> {
    let mut read = Vec::new();
    if let Some(from) = from {
        drop(from.take(bytes).read_to_end(&mut read).await);
    }
    read
}
