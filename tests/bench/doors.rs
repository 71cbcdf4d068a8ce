//! How fast a door takes in what lies before it, stored and settled, against a bare fetch of the same from the same server.

use crate::gateway::Gateway;
use crate::imap::Bare;
use crate::notice;
use crate::plan::Plan;
use crate::process;
use crate::report::Table;
use crate::servers::Private;
use crate::stand_ins::Sinks;
use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;
use tokio::process::Command;
use tokio::time::Instant;

/// How long a door may take for everything.
const LIMIT: Duration = Duration::from_secs(300);

/// What one door did.
struct Taken {
    /// Until the door was empty.
    settled: Duration,
    /// Until every receipt and every case was out.
    done: Duration,
    cpu: f64,
}

/// The mailbox on the mail server.
pub(crate) async fn imap(plan: &Plan, server: &Private) -> anyhow::Result<()> {
    let port = server.line("imap/port")?;
    let password = server.line("imap/password")?;
    let mails: Vec<String> = (0..plan.notices).map(mail).collect();
    let mut theirs = Bare::log_in(port.parse()?, "bare", &password).await?;
    theirs.deliver(&mails).await?;
    let bare = quickest(async || {
        let began = Instant::now();
        theirs.fetch_all().await?;
        anyhow::Ok(began.elapsed())
    })
    .await?;
    let mut ours = Bare::log_in(port.parse()?, "gateway", &password).await?;
    ours.deliver(&mails).await?;
    let sinks = Sinks::start().await?;
    let section = format!(
        "[[intake.mailbox]]\nname = \"mail\"\nhost = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\n\
         username = \"gateway\"\npassword = \"{password}\"\n"
    );
    let taken = take(plan, sinks, &section, async || Ok(ours.lying().await? == 0)).await?;
    tell("Mailbox (IMAP)", "mails", plan, &taken, bare);
    Ok(())
}

/// A partner's folder on the SFTP server.
pub(crate) async fn sftp(plan: &Plan, server: &Private) -> anyhow::Result<()> {
    let home = server.path("openssh");
    let folder = home.join("files/partner");
    let inbox = folder.join("in");
    // The door's login makes its other folders itself.
    let login = std::fs::metadata(home.join("user_ed25519"))?.uid();
    for path in [&folder, &inbox] {
        std::fs::create_dir(path)?;
        std::fs::set_permissions(path, PermissionsExt::from_mode(0o777))?;
    }
    for number in 0..plan.notices {
        let path = inbox.join(format!("{number}.json"));
        std::fs::write(&path, notice::numbered(number))?;
        std::os::unix::fs::lchown(&path, Some(login), None).ok();
    }
    let bare = quickest(async || download(&home, &server.line("openssh/port")?).await).await?;
    let sinks = Sinks::start().await?;
    let section = format!(
        "[[intake.sftp]]\npartner = \"partner\"\nhost = \"127.0.0.1\"\nport = {}\nuser = \"kvittens\"\n\
         host_keys = [\"{}\"]\nkey_file = \"{}\"\npath = \"partner\"\nsettle_after = \"100ms\"\nscan_every = \"100ms\"\n\
         mail_to = \"partner@hyresvard.example\"\n",
        server.line("openssh/port")?,
        server.line("openssh/host_ed25519.pub")?,
        home.join("user_ed25519").display(),
    );
    let empty = async || Ok(std::fs::read_dir(&inbox)?.next().is_none());
    let taken = take(plan, sinks, &section, empty).await?;
    tell("SFTP", "files", plan, &taken, bare);
    Ok(())
}

/// Starts a gateway before a full door and waits until all is through.
async fn take(
    plan: &Plan,
    mut sinks: Sinks,
    section: &str,
    mut empty: impl AsyncFnMut() -> anyhow::Result<bool>,
) -> anyhow::Result<Taken> {
    let began = Instant::now();
    let gateway = Gateway::start(&sinks, None, section).await?;
    while !empty().await? {
        anyhow::ensure!(began.elapsed() < LIMIT, "the door is not empty: {}", gateway.log());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let settled = began.elapsed();
    loop {
        let counts = sinks.counts().await?;
        if counts.mails >= plan.notices && counts.cases >= plan.notices {
            break;
        }
        anyhow::ensure!(began.elapsed() < LIMIT, "only {counts:?}: {}", gateway.log());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let cpu = process::cpu_seconds(gateway.id());
    Ok(Taken { settled, done: began.elapsed(), cpu })
}

fn tell(title: &str, what: &str, plan: &Plan, taken: &Taken, bare: Duration) {
    let a_second = |span: Duration| f64::from(plan.notices) / span.as_secs_f64();
    let rate = |span: Duration| format!("{:.0}/s", a_second(span));
    let share = |span: Duration| {
        format!("{:.0} % of a bare fetch", a_second(span) * 100.0 / a_second(bare))
    };
    let mut table = Table::default();
    table.add(&format!("{what} stored and settled"), rate(taken.settled), &share(taken.settled));
    table.add("with receipt and case", rate(taken.done), &share(taken.done));
    let cpu = taken.cpu * 1000.0 / f64::from(plan.notices);
    table.add("CPU of the gateway", format!("{cpu:.2} s"), "a thousand, its start included");
    table.add("a bare fetch of the same", rate(bare), "one connection, nothing stored");
    table.print(title);
}

/// The quickest of three: what others do on the machine is not the server's.
async fn quickest(
    mut once: impl AsyncFnMut() -> anyhow::Result<Duration>,
) -> anyhow::Result<Duration> {
    let mut best = once().await?;
    for _ in 0..2 {
        best = best.min(once().await?);
    }
    Ok(best)
}

/// Everything in the partner's folder, by OpenSSH's own client.
async fn download(home: &Path, port: &str) -> anyhow::Result<Duration> {
    let to = tempfile::Builder::new().prefix("kvittens-bench-").tempdir()?;
    let batch = to.path().join("batch");
    std::fs::write(&batch, format!("get -r partner/in {}\n", to.path().display()))?;
    let began = Instant::now();
    let output = Command::new("sftp")
        .args(["-q", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"])
        .args(["-o", "BatchMode=yes", "-P", port, "-i"])
        .arg(home.join("user_ed25519"))
        .arg("-b")
        .arg(&batch)
        .arg("kvittens@127.0.0.1")
        .output()
        .await
        .context("sftp")?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    anyhow::ensure!(output.status.success(), "sftp: {told}");
    Ok(began.elapsed())
}

/// A mail with a notice in an attachment.
fn mail(number: u32) -> String {
    let encoded = STANDARD.encode(notice::numbered(number));
    format!(
        "From: Hyra <info@hyresvard{number}.example>\r\nTo: mottagning@kommun.example\r\nSubject: Underrattelse {number}\r\n\
         Message-ID: <{number}@hyresvard.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSe bifogad fil.\r\n\
         --b\r\nContent-Type: application/json; name=\"notice.json\"\r\nContent-Disposition: attachment; filename=\"notice.json\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n--b--\r\n"
    )
}
