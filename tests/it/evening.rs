//! From half past ten in the evening on a mail server that takes few mails: what the statute demands goes before all that waits, and what misses the
//! day is listed the next morning with its cause.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use kvittens::clock::Clock;
use kvittens::config;
use kvittens::gateway;
use kvittens::gateway::Parts;
use kvittens::gateway::Running;
use kvittens::intake::api::client;
use kvittens::store::Action;
use serde_json::Value;
use serde_json::json;

use crate::support::http_client;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use crate::support::wait;

const LIMIT: Duration = Duration::from_secs(120);
/// Landlords' mails; each gets a receipt by mail.
const ORDINARY: usize = 80;
/// Kronofogden's notices, after all of them.
const STATUTORY: usize = 5;
const AUTHORITY: &str = "avhysning@kronofogden.example";

/// Half past ten in Malmö on a Tuesday.
const EVENING: &str = "2026-11-24T21:30:00Z";
/// Ten past midnight.
const AFTER_MIDNIGHT: &str = "2026-11-24T23:10:00Z";

fn configuration(folder: &Path, port: u16) -> String {
    let shown = |part: &str| folder.join(part).display().to_string();
    format!(
        "[store]\nurl = \"sqlite:{}\"\n[http]\nlisten = \"127.0.0.1:0\"\n[partners]\nproof = false\n\
         [[intake.maildir]]\nname = \"mail\"\npath = {:?}\nscan_every = \"200ms\"\n\
         [acknowledge]\nfrom = {{ address = \"a@kommun.example\" }}\nreceipts_per_hour = 100000\nnull_return_path = true\ntransport = \"smtp\"\n\
         [acknowledge.smtp]\nhost = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\ntimeout = \"60s\"\nhello_name = \"kommun.example\"\n\
         [acknowledge.enforcement_authority]\nways = [\"mail\"]\nmail = \"{AUTHORITY}\"\n\
         [roster]\nfile = {:?}\n[case_system]\nkind = \"memory\"\nfolder = {:?}\n",
        shown("kvittens.db"),
        shown("maildir"),
        shown("roster.toml"),
        shown("cases"),
    )
}

/// Mails that arrived at that instant, each from an address of its own.
fn deliver(folder: &Path, at: Timestamp) {
    for part in ["tmp", "new", "cur"] {
        std::fs::create_dir_all(folder.join("maildir").join(part)).unwrap();
    }
    for n in 0..ORDINARY {
        let mail = format!(
            "From: hyra{n}@hyra.example\r\nTo: avhysning@kommun.example\r\nMessage-ID: <{n}@hyra.example>\r\nSubject: Obetald hyra\r\n\r\n\
             Hej, hyran {n} är obetald. Underrättelse om hyresskuld enligt 12 kap. 44 § jordabalken.\r\n"
        );
        let path = folder.join("maildir/tmp").join(format!("{n}.mail"));
        std::fs::write(&path, mail).unwrap();
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(at.into()).unwrap();
        std::fs::rename(&path, folder.join("maildir/new").join(format!("{n}.mail"))).unwrap();
    }
}

/// Kronofogden's notices, one after the other.
async fn send(running: &Running) {
    let key = client::new_key().unwrap().reveal().to_owned();
    let add = Action::AddClient {
        name: "kronofogden".to_owned(),
        key_hash: client::key_hash(&key),
        mail_to: None,
        actor: "test".to_owned(),
    };
    running.store.act(add).await.unwrap().unwrap();
    let url = format!("http://{}/eviction-notices/v1/notices", running.http.expect("a server"));
    for n in 0..STATUTORY {
        let body = json!({
            "schemaVersion": "1.0", "type": "evictionScheduled", "sender": { "kind": "enforcementAuthority" },
            "enforcement": { "caseNumber": format!("U-{n:06}-26"), "startsAt": "2026-12-24T09:00:00+01:00" }
        });
        let sent = http_client().post(&url).bearer_auth(&key).json(&body).send().await.unwrap();
        assert_eq!(sent.status(), 202);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_statute_demands_overtakes_what_waits_and_each_miss_has_its_cause() {
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let pace = Some(Duration::from_millis(150));
    let sink = SmtpSink::start(SmtpOptions { pace, ..SmtpOptions::default() }).await;
    let folder = tempfile::tempdir().unwrap();
    let path = |part: &str| folder.path().join(part);
    std::fs::write(path("roster.toml"), crate::journeys::confirmations::ROSTER).unwrap();
    std::fs::create_dir_all(path("cases")).unwrap();
    std::fs::write(path("kvittens.toml"), configuration(folder.path(), sink.port())).unwrap();
    let loaded = config::load(Some(&path("kvittens.toml"))).expect("a configuration");
    let clock = Clock::fixed(EVENING.parse().unwrap());
    deliver(folder.path(), EVENING.parse().unwrap());
    let running =
        gateway::start(&loaded, Parts::ALL, clock.clone(), None).await.expect("a gateway");
    wait::eventually("all are received", LIMIT, || async {
        let counts = running.store.counts(EVENING.parse().unwrap()).await.unwrap();
        usize::try_from(counts.acknowledgements_pending)
            .is_ok_and(|open| open + sink.count() >= ORDINARY)
    })
    .await;
    send(&running).await;
    let of = |statutory: bool| {
        let to = |mail: &&crate::support::smtp::Mail| mail.envelope_to == [AUTHORITY];
        sink.mails().iter().filter(|mail| to(mail) == statutory).count()
    };
    wait::eventually("all of Kronofogden's are confirmed", LIMIT, || async {
        of(true) == STATUTORY
    })
    .await;
    let still = ORDINARY - of(false);
    assert!(still > ORDINARY / 4, "they went before {still} that had come before them");
    wait::eventually("that is on record", LIMIT, || async {
        running.store.unconfirmed().await.is_ok_and(|waiting| waiting.is_empty())
    })
    .await;
    clock.set(AFTER_MIDNIGHT.parse().unwrap());
    wait::eventually("all have their receipts", LIMIT, || async { of(false) == ORDINARY }).await;
    assert_eq!(running.store.verify().await.unwrap().broken, []);
    running.stop().await;
    let report = report(&path("kvittens.toml"));
    let clock_of = |purpose: &str| {
        let clocks = report["clocks"].as_array().unwrap();
        clocks.iter().find(|clock| clock["purpose"] == purpose).unwrap().clone()
    };
    let confirmed = clock_of("confirmation");
    assert_eq!((&confirmed["sameDay"], &confirmed["late"]), (&json!(STATUTORY), &json!(0)));
    let receipts = clock_of("receipt");
    let late = receipts["late"].as_u64().unwrap();
    assert!(late > 0 && usize::try_from(late).unwrap() <= still, "{late} of {still}");
    let misses = report["misses"].as_array().unwrap();
    let listed: Vec<&Value> = misses.iter().filter(|miss| miss["recipient"] == "sender").collect();
    assert_eq!(u64::try_from(listed.len()).unwrap(), late, "each miss is listed");
    assert!(listed.iter().all(|miss| miss["cause"] == "sentLate"), "{listed:?}");
}

/// What `kvittens report` says of that day.
fn report(config: &Path) -> Value {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_kvittens"))
        .args([
            "report",
            "--from",
            "2026-11-24",
            "--to",
            "2026-11-24",
            "--format",
            "json",
            "--config",
        ])
        .arg(config)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}
