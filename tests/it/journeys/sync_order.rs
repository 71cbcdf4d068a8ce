//! Nobody is told before the disk has it: the gateway's calls to the kernel are watched, and for each message the proof is led that its
//! bytes were synced before its sender saw a 202, a moved file or a mail marked as seen ([`super::order`] judges).

use std::collections::BTreeMap;

use kvittens::clock::Clock;
use kvittens::store::Config;
use kvittens::store::Store;
use serde_json::Value;
use serde_json::json;

use crate::support::gateway::Gateway;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::servers::value;
use crate::support::trace::Event;
use crate::support::trace::Trace;
use crate::support::wait;

use super::order::LOG;
use super::order::Sent;
use super::order::faults;
use super::order::outcome_fault;
use super::order::settles;
use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::answer;
use super::place::end;

/// Messages per door; the last is larger than what lies in a row.
const EACH: usize = 8;

/// Shows a whole page of the database.
const PAGE: usize = 4200;

/// Whether the kernel lets us watch; where everything is required, it must.
async fn may_trace() -> bool {
    let possible = Trace::is_possible().await;
    let required = value("KVITTENS_TEST_REQUIRE").as_deref() == Some("1");
    assert!(
        possible || !required,
        "strace is missing or may not trace here (ptrace); the order of sync and settlement is not proved. \
         Install strace, or run tests/run --quick"
    );
    possible
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_told_before_the_disk_has_it() {
    if !may_trace().await {
        return;
    }
    let place = Place::new(&Wishes::default());
    end(Gateway::start(&place.workspace, &[]).await).await;
    let key = place.client("caller").await;
    let trace = Trace::to(place.path("trace")).showing(PAGE);
    let gateway = Gateway::start_traced(&place.workspace, &[], &trace).await;
    let mut sent = Vec::new();
    for number in 0..EACH {
        let large = number + 1 == EACH;
        let (folder, mail) = (format!("MARK-F-{number:04}"), format!("MARK-M-{number:04}"));
        sent.push(drop_file(&place, &folder, large));
        sent.push(deliver(&place, &mail, large));
        sent.push(post(&place, &key, &format!("MARK-A-{number:04}"), large).await);
    }
    let receipts = place.names("drop/landlord/receipts", 2 * EACH).await;
    place.names("mail-out", EACH).await;
    place.names("maildir/cur", EACH).await;
    let acknowledged = || async {
        let metrics = place.http.get(place.workspace.url("/metrics")).send().await.ok();
        let Some(metrics) = metrics else { return false };
        let text = metrics.text().await.unwrap_or_default();
        let open = text.lines().any(|line| {
            line.starts_with("kvittens_acknowledgements_pending") && line.ends_with(" 0")
        });
        open && place.notices().await.iter().all(|notice| notice["state"] != "queued")
    };
    wait::eventually("all acknowledged and handed over", LIMIT, acknowledged).await;
    end(gateway).await;
    let events = trace.events();
    let wrong: Vec<String> = sent.iter().flat_map(|sent| faults(&events, sent)).collect();
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), sent.len());
    let wrong = outcome_faults(&place, &events, &receipts);
    assert!(wrong.is_empty(), "{wrong:#?}");
    // The judge is judged: the same trace without its syncs, or with settlements before them, must not pass.
    for (what, doctored) in doctored(&events, &sent) {
        let missed: Vec<_> =
            sent.iter().filter(|sent| faults(&doctored, sent).is_empty()).collect();
        assert!(missed.is_empty(), "{what} was not noticed for {missed:?}");
    }
}

/// The receipt files and mails, each against the outcome that calls it sent.
fn outcome_faults(place: &Place, events: &[Event], receipts: &[String]) -> Vec<String> {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in receipts.iter().filter(|name| name.ends_with(".json")) {
        let text =
            std::fs::read(place.path("drop/landlord/receipts").join(name)).expect("a receipt");
        let receipt: Value = serde_json::from_slice(&text).expect("a receipt is JSON");
        let reference = receipt["rows"][0]["reference"].as_str().expect("a reference").to_owned();
        let xml = name.replace(".kvittens.json", ".kvittens.xml");
        files.insert(reference, vec![name.clone(), xml]);
    }
    assert_eq!(files.len(), EACH);
    let mut wrong: Vec<String> = files
        .iter()
        .filter_map(|(reference, files)| outcome_fault(events, reference, files, "/receipts"))
        .collect();
    for name in super::place::names(&place.path("mail-out")) {
        let mail = std::fs::read_to_string(place.path("mail-out").join(&name)).expect("a mail");
        let at = mail.find("AVH-").expect("a reference in the mail");
        let reference = &mail[at..at + "AVH-0000-0000".len()];
        wrong.extend(outcome_fault(events, reference, &[name], "/mail-out"));
    }
    wrong
}

fn doctored(events: &[Event], sent: &[Sent]) -> Vec<(&'static str, Vec<Event>)> {
    let without = events.iter().filter(|event| !event.syncs(LOG)).cloned().collect();
    let failed = events.iter().cloned().map(|mut event| {
        if event.syncs(LOG) {
            event.result = Some(-1);
        }
        event
    });
    let early = events.iter().cloned().map(|mut event| {
        if sent.iter().any(|sent| settles(&event, sent)) {
            event.begun = 0;
        }
        event
    });
    vec![
        ("a log that is never synced", without),
        ("a log whose sync fails", failed.collect()),
        ("a settlement before everything", early.collect()),
    ]
}

fn drop_file(place: &Place, mark: &str, large: bool) -> Sent {
    let body = notice(mark, large);
    let name = format!("{mark}.json");
    place.workspace.drop_file(&name, &body);
    let settled_by = vec![format!("\"{name}\""), "/landlord/in>".to_owned(), "/done/".to_owned()];
    Sent { mark: mark.to_owned(), settled_by, blob: large.then(|| digest(&body)) }
}

fn deliver(place: &Place, mark: &str, large: bool) -> Sent {
    let padding = if large { "Hyran är inte betald.\r\n".repeat(4000) } else { String::new() };
    let mail = format!(
        "From: Hyra <{}@hyra.example>\r\nTo: avhysning@example.org\r\nMessage-ID: <{mark}@hyra.example>\r\n\
         Subject: Uppgift\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{mark}\r\n{padding}",
        mark.to_lowercase()
    );
    place.workspace.deliver_mail(mark, mail.as_bytes());
    let settled_by =
        vec![format!("\"{mark}\""), "/maildir/new>".to_owned(), "/maildir/cur>".to_owned()];
    Sent {
        mark: format!("{mark}@hyra.example"),
        settled_by,
        blob: large.then(|| digest(mail.as_bytes())),
    }
}

async fn post(place: &Place, key: &str, mark: &str, large: bool) -> Sent {
    let body = notice(mark, large);
    let blob = large.then(|| digest(&body));
    let (status, accepted) = answer(place.post(key, "application/json", body)).await;
    assert_eq!(status, 202, "{accepted}");
    let reference = accepted["reference"].as_str().expect("a reference").to_owned();
    Sent { mark: mark.to_owned(), settled_by: vec![reference], blob }
}

fn notice(mark: &str, large: bool) -> Vec<u8> {
    let text = if large { "Hyran är inte betald. ".repeat(4000) } else { "Hyran".to_owned() };
    let notice = json!({
        "schemaVersion": "1.0", "type": "rentArrears", "text": text,
        "sender": { "kind": "landlord", "name": "Fastighets AB Exempelhus", "reference": mark },
        "persons": [{ "role": "tenant", "name": "Testa Testsson",
            "identity": { "kind": "personalIdentityNumber", "value": "198501012390" } }],
    });
    notice.to_string().into_bytes()
}

fn digest(bytes: &[u8]) -> String {
    kvittens::domain::digest::Digest::of(bytes).to_string()
}

/// Our sessions overrule a database that prefers speed, and a server that syncs nothing would be told.
#[tokio::test]
async fn postgres_commits_to_the_disk_in_every_session_of_the_gateway() {
    let Some(servers) = Servers::shared(&[Server::Postgres]).await else { return };
    let database = servers.database().await;
    let plain = sqlx::PgPool::connect(&database.url).await.expect("the database");
    let careless = format!("ALTER DATABASE {} SET synchronous_commit = off", database.name);
    sqlx::query(sqlx::AssertSqlSafe(careless)).execute(&plain).await.expect("a careless setting");
    plain.close().await;
    let show = async |pool: &sqlx::PgPool, name: &str| -> String {
        let statement = sqlx::AssertSqlSafe(format!("SHOW {name}"));
        sqlx::query_scalar(statement).fetch_one(pool).await.expect("a setting")
    };
    let plain = sqlx::PgPool::connect(&database.url).await.expect("the database");
    assert_eq!(show(&plain, "synchronous_commit").await, "off", "what others get");
    assert_eq!(show(&plain, "fsync").await, "on");
    plain.close().await;
    let config = Config { url: database.url.clone(), ..Config::default() };
    let store = Store::open(&config, Clock::system(), true).await.expect("the store");
    assert_eq!(store.weaknesses().await.expect("an answer"), Vec::<String>::new(), "what we get");
    store.close().await;
}
