//! The doors that are folders (here or on a server) and mailboxes, driven directly: what arrives, what is left alone, where it goes after the
//! commit.

mod dropped;
mod far;
mod growth;
mod logins;
mod mailbox;
mod mailbox_many;
mod mailbox_odd;
mod mailbox_settle;
mod mailbox_ways;
mod mails;
mod many;
mod odd;

use jiff::Timestamp;
use jiff::civil::date;
use kvittens::clock::Clock;
use kvittens::domain::answer::Answer;
use kvittens::domain::digest::Digest;
use kvittens::domain::received::Format;
use kvittens::domain::received::Received;
use kvittens::domain::reference::Prefix;
use kvittens::domain::reference::Reference;
use kvittens::intake::IntakeAdapter;
use kvittens::intake::Receive;
use kvittens::intake::Settle;
use kvittens::intake::Settlement;
use kvittens::intake::folder;
use kvittens::intake::folder::FolderDoor;
use kvittens::intake::maildir;
use kvittens::intake::maildir::MaildirDoor;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// No test waits longer than this for anything.
const LIMIT: Duration = Duration::from_secs(30);
/// The local day that the fake pipeline answers with.
const DAY: &str = "2026-11-24";
const SCAN_EVERY: Duration = Duration::from_millis(20);

/// A door, opened, with a folder of its own.
struct Bench<A: IntakeAdapter> {
    dir: TempDir,
    receive: A::Receive,
    settle: A::Settle,
    cancel: CancellationToken,
    got: Vec<(Received, A::Receipt)>,
}

impl<A: IntakeAdapter> Bench<A> {
    async fn open(dir: TempDir, door: impl FnOnce(&Path, CancellationToken) -> A) -> Self {
        let cancel = CancellationToken::new();
        let (receive, settle) = door(dir.path(), cancel.clone()).open().await.unwrap();
        Self { dir, receive, settle, cancel, got: Vec::new() }
    }

    fn path(&self, inside: impl AsRef<Path>) -> PathBuf {
        self.dir.path().join(inside)
    }

    /// The next message.
    async fn next(&mut self) -> (Received, A::Receipt) {
        match self.got.is_empty() {
            true => timeout(LIMIT, self.receive.receive()).await.unwrap().unwrap(),
            false => self.got.remove(0),
        }
    }

    /// Lets the door work, interrupting it all the time, until something is so.
    async fn until(&mut self, so: impl Fn(&Self) -> bool) {
        let waiting = async {
            while !so(self) {
                let pause = Duration::from_millis(5);
                if let Ok(Some(message)) = timeout(pause, self.receive.receive()).await {
                    self.got.push(message);
                }
            }
        };
        timeout(LIMIT, waiting).await.unwrap();
    }

    /// Lets the door look around several times; whatever it brings is kept.
    async fn go_on(&mut self) {
        for _ in 0..20 {
            if let Ok(Some(message)) = timeout(SCAN_EVERY, self.receive.receive()).await {
                self.got.push(message);
            }
        }
    }

    /// Lets the door look around; it must not bring anything yet.
    async fn receive_nothing_for(&mut self, pause: Duration) {
        assert!(timeout(pause, self.receive.receive()).await.is_err(), "brought too early");
    }

    async fn settle(&mut self, receipt: A::Receipt, settlement: Settlement) {
        self.settle.settle(vec![(receipt, settlement)]).await;
    }

    /// Receives and accepts the next message.
    async fn accept(&mut self) -> Received {
        let (received, receipt) = self.next().await;
        self.settle(receipt, Settlement::Accepted(answer(1))).await;
        received
    }
}

fn folder_with(settle_after: Duration) -> impl FnOnce(&Path, CancellationToken) -> FolderDoor {
    move |path, cancel| FolderDoor::new(config(path, settle_after), detect, clock(), cancel)
}

fn config(path: &Path, settle_after: Duration) -> folder::Config {
    let mut config = folder::Config::new("demo", path);
    config.settle_after = settle_after;
    config.scan_every = SCAN_EVERY;
    config.max_bytes = 100_000;
    config
}

fn mailbox(path: &Path, cancel: CancellationToken) -> MaildirDoor {
    let mut config = maildir::Config::new("notices", path);
    config.scan_every = SCAN_EVERY;
    config.max_bytes = 10_000;
    MaildirDoor::new(config, clock(), cancel)
}

async fn quick_folder() -> Bench<FolderDoor> {
    let dir = tempfile::tempdir().unwrap();
    Bench::open(dir, folder_with(Duration::from_millis(40))).await
}

/// A drop folder whose files only count when they are renamed into place.
async fn patient_folder() -> Bench<FolderDoor> {
    Bench::open(tempfile::tempdir().unwrap(), folder_with(Duration::from_secs(3600))).await
}

async fn open_mailbox() -> Bench<MaildirDoor> {
    Bench::open(tempfile::tempdir().unwrap(), mailbox).await
}

/// Puts a file in place as a careful sender does. The folder that is watched must have been looked at before.
fn rename_into(bench: &Path, folder: &str, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
    let temporary = bench.join("being written");
    std::fs::write(&temporary, bytes).unwrap();
    std::fs::rename(temporary, bench.join(folder).join(name)).unwrap();
}

fn clock() -> Clock {
    Clock::system()
}

fn detect(_: &[u8], name: Option<&str>) -> Format {
    if name.is_some_and(|name| name.ends_with(".xml")) { Format::Xml } else { Format::Other }
}

fn reference(number: u8) -> Reference {
    Reference::compose(&Prefix::parse("AVH").unwrap(), [number; 7])
}

fn answer(number: u8) -> Answer {
    Answer {
        reference: reference(number),
        received_at: Timestamp::UNIX_EPOCH,
        arrival_date: date(2026, 11, 24),
        sha256: Digest::of(b""),
        notices: Vec::new(),
    }
}

/// The names in a folder, in order; none when it is not there.
fn names(folder: PathBuf) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
