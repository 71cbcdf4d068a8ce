//! Bad mails through the mail folder of the running program: each is kept, each sender that can be told is told, and none holds up the next.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::symlink;

use rustix::fs::CWD;
use rustix::fs::Mode;

use crate::support::gateway::Gateway;
use crate::support::wait;

use super::bad_input::laughs;
use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::end;
use super::place::holds_exactly;
use super::place::names;

/// A mail from this sender with these header lines and this body.
fn mail(from: &str, header: &str, body: &[u8]) -> Vec<u8> {
    let mut mail =
        format!("From: {from}\r\nTo: avhysning@example.org\r\nSubject: Uppgift\r\n{header}\r\n")
            .into_bytes();
    mail.extend_from_slice(body);
    mail
}

/// Name, bytes, and to whom the receipt goes.
fn mails() -> Vec<(&'static str, Vec<u8>, Option<&'static str>)> {
    let deep: String = (0..300)
        .map(|level| {
            format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n")
        })
        .collect();
    let wide = format!("{}--b--\r\n", "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n".repeat(5000));
    let xml = format!(
        "--b\r\nContent-Type: application/xml; name=a.xml\r\n\r\n{}\r\n--b--\r\n",
        laughs()
    );
    let parts = "Content-Type: multipart/mixed; boundary=b\r\n";
    vec![
        ("01empty", Vec::new(), None),
        ("02noise", (0..=255).cycle().take(50_000).collect(), None),
        ("03nuls", mail("nuls@hyra.example", "", &[0; 5000]), Some("nuls@hyra.example")),
        (
            "04charset",
            mail(
                "teckn@hyra.example",
                "Content-Type: text/plain; charset=utf-99\r\n",
                b"\xff\xfe\x00h",
            ),
            Some("teckn@hyra.example"),
        ),
        (
            "05base64",
            mail("bas@hyra.example", "Content-Transfer-Encoding: base64\r\n", b"!!!not base64!!!"),
            Some("bas@hyra.example"),
        ),
        (
            "06open",
            mail(
                "open@hyra.example",
                parts,
                b"--b\r\nContent-Type: text/plain\r\n\r\nnever closed",
            ),
            Some("open@hyra.example"),
        ),
        (
            "07deep",
            mail("djup@hyra.example", &deep.replacen("\r\n\r\n", "\r\n\r\n ", 1), b""),
            Some("djup@hyra.example"),
        ),
        ("08wide", mail("bred@hyra.example", parts, wide.as_bytes()), Some("bred@hyra.example")),
        (
            "09laughs",
            mail("skratt@hyra.example", parts, xml.as_bytes()),
            Some("skratt@hyra.example"),
        ),
        ("10nobody", b"Subject: from nobody\r\n\r\ntext\r\n".to_vec(), None),
        (
            "11inject",
            mail(
                "\"a\r\n Bcc: x@evil.example\" <in@hyra.example>",
                "Reply-To: in@hyra.example\r\n\tBcc: y@evil.example\r\n",
                b"text",
            ),
            Some("in@hyra.example"),
        ),
        (
            "12header",
            mail("bara@hyra.example", &format!("X-Long: {}\r\n", "x".repeat(200_000)), b""),
            Some("bara@hyra.example"),
        ),
    ]
}

#[tokio::test]
async fn every_mail_is_kept_and_answered_however_broken() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let mails = mails();
    for (name, bytes, _) in &mails {
        place.workspace.deliver_mail(name, bytes);
    }
    let mut large = File::create(place.path("maildir/tmp/99large")).expect("a mail");
    large
        .write_all(&mail("stor@hyra.example", "Message-ID: <stor@hyra.example>\r\n", b""))
        .expect("its header");
    large.set_len(100 * 1024 * 1024).expect("100 MB of nothing");
    std::fs::rename(place.path("maildir/tmp/99large"), place.path("maildir/new/99large"))
        .expect("a large mail");
    symlink("/etc/passwd", place.path("maildir/new/link")).expect("a link");
    rustix::fs::mkfifoat(CWD, place.path("maildir/new/pipe"), Mode::from_raw_mode(0o600))
        .expect("a pipe");
    let kept = place.names("maildir/cur", mails.len() + 1).await;
    for (name, bytes, _) in &mails {
        let name = format!("{name}:2,S");
        assert!(kept.contains(&name), "{name}: {kept:?}");
        assert!(std::fs::read(place.path("maildir/cur").join(name)).expect("a mail") == *bytes);
    }
    assert!(kept.contains(&"99large:2,FS".to_owned()), "{kept:?}");
    let size = std::fs::metadata(place.path("maildir/cur/99large:2,FS")).expect("a mail").len();
    assert_eq!(size, 100 * 1024 * 1024, "the large mail is kept whole");
    assert_eq!(
        names(&place.path("maildir/new")),
        ["link", "pipe"],
        "no mail, and left where it is"
    );
    let mut expected: Vec<String> =
        mails.iter().filter_map(|(_, _, to)| to.map(str::to_owned)).collect();
    expected.push("stor@hyra.example".to_owned());
    let told = || {
        let mails = names(&place.path("mail-out"));
        let mut to: Vec<String> = mails
            .iter()
            .map(|name| {
                let mail =
                    std::fs::read_to_string(place.path("mail-out").join(name)).expect("a mail");
                assert!(!mail.contains("evil.example"), "{mail}");
                let line =
                    mail.lines().find_map(|line| line.strip_prefix("To: ")).expect("a recipient");
                line.trim_matches(['<', '>', ' ']).to_owned()
            })
            .collect();
        to.sort();
        to
    };
    expected.sort();
    let what = format!("receipts for {expected:?}");
    wait::found_within(LIMIT, || async { (told().len() >= expected.len()).then_some(()) }).await;
    assert_eq!(told(), expected, "{what}");
    let stored = i64::try_from(mails.len() + 1).expect("a count");
    holds_exactly(&place, stored, stored).await;
    end(gateway).await;
}
