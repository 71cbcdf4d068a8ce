//! Mail in a Maildir.

use super::answer;
use super::mailbox;
use super::names;
use super::open_mailbox;
use super::rename_into;
use kvittens::domain::received::Channel;
use kvittens::domain::received::Format;
use kvittens::domain::received::ReplyTo;
use kvittens::intake::IntakeAdapter;
use kvittens::intake::Receive;
use kvittens::intake::Settlement;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use tokio_util::sync::CancellationToken;

const MAIL: &str = "Received: from a by b\r\nFrom: Testa <testa@hyra.example>\r\n\
    Message-ID: <1@hyra.example>\r\nSubject: x\r\n\r\ntext\r\n";

#[tokio::test]
async fn a_mail_stays_in_new_until_the_commit_and_is_then_seen_in_cur() {
    let mut bench = open_mailbox().await;
    rename_into(bench.dir.path(), "new", "17.M1.host", MAIL);
    let (received, receipt) = bench.next().await;
    assert_eq!(names(bench.path("new")), ["17.M1.host"]);
    let envelope = &received.envelope;
    assert_eq!((envelope.channel, envelope.format), (Channel::Maildir, Format::Mail));
    assert_eq!(received.raw, MAIL);
    assert_eq!(envelope.source_key.door, "maildir:notices");
    assert!(envelope.source_key.key.starts_with("mid:1@hyra.example:"));
    assert_eq!(envelope.occurrence.as_deref(), Some("17.M1.host"));
    let ReplyTo::Mail { to, .. } = &envelope.reply_to else { panic!("{:?}", envelope.reply_to) };
    assert_eq!(to.reveal(), "testa@hyra.example");
    bench.settle(receipt, Settlement::Released).await;
    let (again, receipt) = bench.next().await;
    assert_eq!(again.envelope.occurrence, received.envelope.occurrence);
    assert_eq!(names(bench.path("new")), ["17.M1.host"]);
    let redelivered = Settlement::Duplicate { answer: answer(1), redelivered: true };
    bench.settle(receipt, redelivered).await;
    assert_eq!(names(bench.path("cur")), ["17.M1.host:2,S"]);
    assert!(names(bench.path("new")).is_empty());
}

#[tokio::test]
async fn two_deliveries_of_one_mail_have_one_key_and_other_content_another() {
    let mut bench = open_mailbox().await;
    let mut keys = Vec::new();
    for (name, mail) in [
        ("1", MAIL.to_owned()),
        ("2", MAIL.replace("from a by b", "from c by d")),
        ("3", MAIL.replace("text", "other text")),
        ("4", MAIL.replace("Message-ID", "X-Id")),
        ("5", String::new()),
    ] {
        rename_into(bench.dir.path(), "new", name, mail);
        keys.push(bench.accept().await.envelope.source_key.key);
    }
    assert_eq!(keys[0], keys[1]);
    assert!(keys[2] != keys[0] && keys[2].starts_with("mid:"));
    assert!(keys[3].starts_with("sha256:") && keys[4].starts_with("sha256:"));
    assert_eq!(names(bench.path("cur")).len(), 5);
}

#[tokio::test]
async fn a_mail_beyond_the_limit_is_told_of_and_kept_for_ever() {
    let mut bench = open_mailbox().await;
    let head = MAIL.replace("Subject: x", "Content-Type: multipart/mixed; boundary=b");
    let mail = |body: &str| format!("{head}{}", body.repeat(11_000));
    rename_into(bench.dir.path(), "new", "1", mail("x"));
    let first = bench.accept().await;
    rename_into(bench.dir.path(), "new", "2", mail("y"));
    let second = bench.accept().await;
    let raw = String::from_utf8(first.raw.to_vec()).unwrap();
    assert!(raw.len() < 1_000 && raw.contains("message larger than the limit"), "{raw}");
    assert!(raw.starts_with("Received: from a by b\r\nFrom: Testa"));
    assert!(matches!(first.envelope.reply_to, ReplyTo::Mail { .. }));
    assert_eq!(first.raw, second.raw);
    assert_ne!(first.envelope.source_key, second.envelope.source_key, "the whole mail counts");
    assert_eq!(names(bench.path("cur")), ["1:2,FS", "2:2,FS"]);
    assert_eq!(std::fs::read_to_string(bench.path("cur/1:2,FS")).unwrap(), mail("x"));
}

#[tokio::test]
async fn odd_names_are_only_names_and_a_taken_one_is_numbered() {
    let mut bench = open_mailbox().await;
    std::fs::write(bench.path("cur/a:2,S"), "there before").unwrap();
    let long = "x".repeat(255);
    let odd: [&[u8]; 6] =
        [b"a", b"b:2,RF", b"c\nd", b"\xff\xfe", b"e:1,odd:2,x y", long.as_bytes()];
    for name in odd {
        let mail = MAIL.replace("text", &format!("{name:?}"));
        rename_into(bench.dir.path(), "new", OsStr::from_bytes(name), mail);
        bench.accept().await;
    }
    let cur = names(bench.path("cur"));
    for name in ["a:2,S", "a.2:2,S", "b:2,FRS", "c\nd:2,S", "e:1,odd:2,x y:2,S"] {
        assert!(cur.iter().any(|there| there == name), "{name:?} in {cur:?}");
    }
    assert_eq!(cur.len(), 7);
    assert_eq!(std::fs::read(bench.path("cur/a:2,S")).unwrap(), b"there before");
}

#[tokio::test]
async fn what_is_no_mail_stays_and_nothing_is_taken_from_tmp() {
    let mut bench = open_mailbox().await;
    std::fs::write(bench.path("secret"), MAIL).unwrap();
    std::os::unix::fs::symlink(bench.path("secret"), bench.path("new/link")).unwrap();
    std::fs::create_dir(bench.path("new/folder")).unwrap();
    std::fs::write(bench.path("tmp/half"), MAIL).unwrap();
    std::fs::write(bench.path("new/.hidden"), MAIL).unwrap();
    std::fs::write(bench.path("new/copied"), MAIL).unwrap();
    assert_eq!(bench.accept().await.envelope.occurrence.as_deref(), Some("copied"));
    rename_into(bench.dir.path(), "new", "later", MAIL);
    assert_eq!(bench.accept().await.envelope.occurrence.as_deref(), Some("later"));
    assert_eq!(names(bench.path("new")), [".hidden", "folder", "link"]);
    assert_eq!(names(bench.path("tmp")), ["half"]);
}

#[tokio::test]
async fn a_mail_that_changed_after_it_was_read_is_read_again() {
    let mut bench = open_mailbox().await;
    rename_into(bench.dir.path(), "new", "1", MAIL);
    let (_, receipt) = bench.next().await;
    std::fs::write(bench.path("new/1"), format!("{MAIL}more\r\n")).unwrap();
    bench.settle(receipt, Settlement::Accepted(answer(1))).await;
    assert!(bench.accept().await.raw.ends_with(b"more\r\n"));
    assert_eq!(names(bench.path("cur")), ["1:2,S"]);
}

#[tokio::test]
async fn a_mailbox_that_is_not_there_does_not_open_and_a_closed_one_gives_none() {
    let dir = tempfile::tempdir().unwrap();
    let absent = mailbox(&dir.path().join("absent"), CancellationToken::new());
    let refused = absent.open().await.err().unwrap().to_string();
    assert_eq!(refused, "cannot use the mailbox of door maildir:notices");
    let mut bench = open_mailbox().await;
    bench.cancel.cancel();
    assert!(bench.receive.receive().await.is_none());
}
