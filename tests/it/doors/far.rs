//! The folder on a partner's server, by SFTP with a real OpenSSH: what arrives, what is left alone, where it goes after the commit.

use super::Bench;
use super::DAY;
use super::answer;
use super::clock;
use super::detect;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::sftp;
use crate::support::sftp::FarFolder;
use kvittens::domain::received::Channel;
use kvittens::domain::received::ReplyTo;
use kvittens::files::sftp::Link;
use kvittens::files::sftp::SftpDisk;
use kvittens::intake::Settlement;
use kvittens::intake::sftp::Config;
use kvittens::intake::sftp::SftpDoor;
use rustix::fs::CWD;
use rustix::fs::Mode;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::File;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::fs::symlink;
use std::time::Duration;

/// A door's configuration with short pauses.
pub(super) fn config(far: &FarFolder) -> Config {
    let mut config: Config = toml::from_str(&far.keys("demo", sftp::port())).unwrap();
    config.settle_after = Duration::from_millis(150);
    config.scan_every = Duration::from_millis(50);
    config.max_bytes = 200_000;
    config
}

struct Far {
    folder: FarFolder,
    bench: Bench<SftpDoor>,
    _servers: Servers,
}

impl Far {
    async fn open() -> Option<Self> {
        let servers = Servers::shared(&[Server::Sftp]).await?;
        Some(Self::over(FarFolder::new(), tempfile::tempdir().unwrap(), servers).await)
    }

    async fn over(folder: FarFolder, dir: tempfile::TempDir, servers: Servers) -> Self {
        let config = config(&folder);
        let disk = SftpDisk::new(Link::new(config.server()));
        let door = |state: &std::path::Path, cancel| {
            SftpDoor::new(config, disk, detect, clock(), cancel).keeping(Some(state))
        };
        let bench = Bench::open(dir, door).await;
        Self { folder, bench, _servers: servers }
    }

    /// The same after a start anew.
    async fn again(self) -> Self {
        let Self { folder, bench, _servers: servers } = self;
        let Bench { dir, receive, settle, cancel, got } = bench;
        cancel.cancel();
        drop((receive, settle, got));
        Self::over(folder, dir, servers).await
    }

    /// Drops a file as a program does that keeps the time of its own.
    fn drop_old(&self, name: &str) {
        self.folder.drop_file(name, "x");
        let file = File::options().append(true).open(self.folder.path("in").join(name)).unwrap();
        file.set_modified(std::time::UNIX_EPOCH + Duration::from_secs(86_400)).unwrap();
    }

    fn done(&self) -> Vec<String> {
        self.folder.names(format!("done/{DAY}"))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_on_the_server_is_moved_to_its_day_after_the_commit_and_not_before() {
    let Some(mut far) = Far::open().await else { return };
    far.folder.drop_file("a.xml", "<notice/>");
    let begun = clock().now();
    // What the sender's program says about the time is not believed.
    let file = File::options().append(true).open(far.folder.path("in/a.xml")).unwrap();
    file.set_modified(std::time::UNIX_EPOCH + Duration::from_secs(86_400)).unwrap();
    let (received, receipt) = far.bench.next().await;
    let envelope = &received.envelope;
    assert_eq!(&received.raw[..], b"<notice/>");
    assert_eq!((envelope.channel, &*envelope.source_key.door), (Channel::Sftp, "sftp:demo"));
    assert_eq!(envelope.file_name.as_ref().unwrap().reveal(), "a.xml");
    let reply_to =
        ReplyTo::Sftp { door: "sftp:demo".to_owned(), partner: "demo".to_owned(), mail_to: None };
    assert_eq!(envelope.reply_to, reply_to);
    assert!(envelope.received_at >= begun && envelope.received_at < envelope.seen_at);
    assert_eq!(far.folder.names("in"), ["a.xml"]);
    far.bench.settle(receipt, Settlement::Accepted(answer(1))).await;
    assert!(far.folder.names("in").is_empty());
    assert_eq!(far.done(), ["a.xml"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_of_any_encoding_are_taken_and_put_away_unchanged() {
    let Some(mut far) = Far::open().await else { return };
    let names: [&[u8]; 6] = [
        "vräkning.xml".as_bytes(),
        "vra\u{308}kning.xml".as_bytes(),
        b"vr\xe4kning.xml",
        b"a b;$(c)`d`'\".xml",
        b"line\nbreak.xml",
        b"a..",
    ];
    for (number, name) in names.iter().enumerate() {
        far.folder.drop_file(OsStr::from_bytes(name), number.to_string());
    }
    for left_alone in ["a.tmp", "b.PART", "c.filepart"] {
        far.folder.drop_file(left_alone, "half");
    }
    for _ in names {
        far.bench.accept().await;
    }
    far.bench.go_on().await;
    assert!(far.bench.got.is_empty());
    let left = far.folder.names("in").len();
    assert_eq!(left, 3, "names of somebody still writing");
    for (number, name) in names.iter().enumerate() {
        let path = far.folder.path(format!("done/{DAY}")).join(OsStr::from_bytes(name));
        assert_eq!(std::fs::read_to_string(path).unwrap(), number.to_string());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_taken_goes_to_failed_and_blocks_nobody() {
    let Some(mut far) = Far::open().await else { return };
    let inside = |name: &str| far.folder.path("in").join(name);
    symlink("/etc/passwd", inside("link.xml")).unwrap();
    rustix::fs::mkfifoat(CWD, inside("pipe.xml"), Mode::from_raw_mode(0o666)).unwrap();
    for name in ["link.xml", "pipe.xml"] {
        far.folder.give(&inside(name));
    }
    std::fs::create_dir(inside("folder.xml")).unwrap();
    far.folder.drop_file("large.xml", vec![b'x'; 200_001]);
    far.folder.drop_file("secret.xml", "x");
    std::fs::set_permissions(inside("secret.xml"), PermissionsExt::from_mode(0o000)).unwrap();
    far.folder.drop_file("good.xml", "good");
    assert_eq!(&far.bench.accept().await.raw[..], b"good");
    let refused = ["large.xml", "link.xml", "pipe.xml", "secret.xml"];
    far.bench.until(|_| far.folder.names("failed").len() == 2 * refused.len()).await;
    assert_eq!(far.folder.names("in"), ["folder.xml"]);
    for (name, code) in
        refused.iter().zip(["too-large", "not-a-file", "not-a-file", "no-permission"])
    {
        let reason = far.folder.path("failed").join(format!("{name}.reason.txt"));
        assert!(std::fs::read_to_string(reason).unwrap().contains(code), "{name}");
    }
    let link = std::fs::read_link(far.folder.path("failed/link.xml")).unwrap();
    assert_eq!(link.to_str(), Some("/etc/passwd"), "moved as a link");
    assert!(far.bench.got.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_name_is_numbered_and_what_grew_comes_as_a_supplement() {
    let Some(mut far) = Far::open().await else { return };
    for text in ["one", "two"] {
        far.folder.drop_file("a.xml", text);
        assert_eq!(far.bench.accept().await.raw, text);
    }
    assert_eq!(far.done(), ["a.xml", "a.xml.2"]);
    far.folder.drop_file("b.xml", "begun");
    let (_, receipt) = far.bench.next().await;
    std::fs::write(far.folder.path("in/b.xml"), "begun and ended").unwrap();
    far.bench.settle(receipt, Settlement::Accepted(answer(7))).await;
    assert_eq!(far.folder.names("in"), ["b.xml"], "what nobody read does not go to done/");
    let whole = far.bench.accept().await;
    assert_eq!(&whole.raw[..], b"begun and ended");
    assert_eq!(whole.envelope.continues, Some(super::reference(7)));
    // A writer that kept the file open goes on after it was put away.
    std::fs::write(far.folder.path(format!("done/{DAY}/b.xml")), "begun and ended and more")
        .unwrap();
    assert_eq!(&far.bench.accept().await.raw[..], b"begun and ended and more");
    assert_eq!(far.done(), ["a.xml", "a.xml.2", "b.xml"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_disappears_is_no_trouble_at_any_moment() {
    let Some(mut far) = Far::open().await else { return };
    far.folder.drop_file("a.xml", "a");
    far.bench.receive_nothing_for(Duration::from_millis(60)).await;
    std::fs::remove_file(far.folder.path("in/a.xml")).ok();
    far.folder.drop_file("b.xml", "b");
    let (received, receipt) = far.bench.next().await;
    assert_eq!(&received.raw[..], b"b");
    std::fs::remove_file(far.folder.path("in/b.xml")).unwrap();
    far.bench.settle(receipt, Settlement::Accepted(answer(1))).await;
    far.folder.drop_file("c.xml", "c");
    assert_eq!(&far.bench.accept().await.raw[..], b"c");
    assert_eq!(far.done(), ["c.xml"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_files_at_once_are_all_taken_and_put_away_once() {
    let Some(mut far) = Far::open().await else { return };
    let expected: BTreeSet<String> = (0..1_000).map(|number| format!("{number:04}.xml")).collect();
    for name in &expected {
        far.folder.drop_file(name, name);
    }
    let mut seen = BTreeSet::new();
    while seen.len() < expected.len() {
        let (received, receipt) = far.bench.next().await;
        let name = String::from_utf8(received.raw.to_vec()).unwrap();
        assert!(seen.insert(name.clone()), "{name} came twice");
        far.bench.settle(receipt, Settlement::Accepted(answer(1))).await;
    }
    assert_eq!(far.done().into_iter().collect::<BTreeSet<_>>(), expected);
    assert!(far.folder.names("in").is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_sent_again_with_its_old_time_is_a_delivery_of_its_own_and_one_found_again_is_not() {
    let Some(mut far) = Far::open().await else { return };
    let mut occurrences = Vec::new();
    for _ in 0..2 {
        far.drop_old("a.xml");
        let (received, receipt) = far.bench.next().await;
        occurrences.push(received.envelope.occurrence);
        far.bench.settle(receipt, Settlement::Released).await;
        occurrences.push(far.bench.accept().await.envelope.occurrence);
    }
    assert_eq!(occurrences[0], occurrences[1]);
    assert_eq!(occurrences[2], occurrences[3]);
    assert_ne!(occurrences[0], occurrences[2]);
    assert!(far.folder.names("in").is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_seen_before_a_start_anew_arrived_when_it_was_first_seen() {
    let Some(mut far) = Far::open().await else { return };
    far.folder.drop_file("a.xml", "x");
    let (before, _) = far.bench.next().await;
    let mut far = far.again().await;
    let after = far.bench.accept().await;
    assert_eq!(before.envelope.received_at, after.envelope.received_at);
    assert!(before.envelope.seen_at < after.envelope.seen_at);
    // The next of the same name is another.
    let mut far = far.again().await;
    far.folder.drop_file("a.xml", "y");
    assert!(far.bench.accept().await.envelope.received_at > after.envelope.seen_at);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_sent_again_with_its_old_time_after_a_start_anew_is_a_delivery_of_its_own() {
    let Some(mut far) = Far::open().await else { return };
    let again = |redelivered| Settlement::Duplicate { answer: answer(1), redelivered };
    far.drop_old("a.xml");
    // Between commit and move.
    let (first, _) = far.bench.next().await;
    let mut far = far.again().await;
    let (found, receipt) = far.bench.next().await;
    assert_eq!(found.envelope.occurrence, first.envelope.occurrence);
    far.bench.settle(receipt, again(true)).await;
    assert_eq!((far.folder.names("in").len(), far.done()), (0, vec!["a.xml".to_owned()]));
    let mut far = far.again().await;
    far.drop_old("a.xml");
    let (sent, receipt) = far.bench.next().await;
    assert_eq!(sent.envelope.occurrence, first.envelope.occurrence, "nothing tells them apart yet");
    far.bench.settle(receipt, again(true)).await;
    let (sent, receipt) = far.bench.next().await;
    assert_ne!(sent.envelope.occurrence, first.envelope.occurrence);
    far.bench.settle(receipt, again(false)).await;
    far.bench.go_on().await;
    assert!(far.folder.names("in").is_empty() && far.bench.got.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_whose_answer_was_lost_counts_as_a_move() {
    let Some(mut far) = Far::open().await else { return };
    far.drop_old("a.xml");
    let (first, receipt) = far.bench.next().await;
    std::fs::rename(far.folder.path("done"), far.folder.path("away")).unwrap();
    far.bench.settle(receipt, Settlement::Accepted(answer(1))).await;
    std::fs::remove_file(far.folder.path("in/a.xml")).unwrap();
    std::fs::rename(far.folder.path("away"), far.folder.path("done")).unwrap();
    // Until it was tried again, the name counts as being in hand.
    far.bench.receive_nothing_for(Duration::from_secs(2)).await;
    far.drop_old("a.xml");
    assert_ne!(far.bench.accept().await.envelope.occurrence, first.envelope.occurrence);
}
