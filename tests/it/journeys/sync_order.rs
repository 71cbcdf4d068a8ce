//! Nobody is told before the disk has it: the gateway's calls to the kernel are watched, and for each message the proof is led that its
//! bytes were synced before its sender saw a 202, a moved file or a mail marked as seen.
//!
//! A message is recognised by a mark of its own in what is written to the write-ahead log. The thread that writes the log writes one
//! transaction after the other, each ended by a sync; so the first sync of the log by that thread after the mark is the one that made
//! the message durable, and it must have returned before the settlement began.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::json;

use crate::support::gateway::Gateway;
use crate::support::servers::value;
use crate::support::trace;
use crate::support::trace::Event;
use crate::support::trace::Trace;
use crate::support::wait;

use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::answer;
use super::place::end;

/// Messages per door; the last is larger than what lies in a row.
const EACH: usize = 8;

/// Shows a whole page of the database.
const PAGE: usize = 4200;

const LOG: &str = "/kvittens.db-wal";

/// One message as it must be found in a trace.
#[derive(Clone, Debug)]
struct Sent {
    /// Stands in its content and nowhere else.
    mark: String,
    /// What the call that settles it contains, all of it.
    settled_by: Vec<String>,
    /// Its digest when it lies beside the database.
    blob: Option<String>,
}

/// Everything that breaks the promise for one message, in words.
fn faults(events: &[Event], sent: &Sent) -> Vec<String> {
    match durable_at(events, sent) {
        Err(fault) => vec![fault],
        Ok(durable) => {
            let settled: Vec<&Event> = events.iter().filter(|event| settles(event, sent)).collect();
            if settled.is_empty() {
                return vec![format!("{}: never settled", sent.mark)];
            }
            let early = settled.iter().filter(|event| event.begun <= durable);
            early
                .map(|event| format!("{}: settled before the sync: {event:?}", sent.mark))
                .collect()
        }
    }
}

/// The place in the trace at which the message was on the disk.
fn durable_at(events: &[Event], sent: &Sent) -> Result<usize, String> {
    let mark = &sent.mark;
    let written = events
        .iter()
        .find(|event| event.writes(LOG) && event.arguments.contains(mark.as_str()))
        .ok_or_else(|| format!("{mark}: never written to the log"))?;
    if let Some(digest) = &sent.blob {
        let named = put_durably(events, digest, "/blobs")?;
        if named >= written.begun {
            return Err(format!("{mark}: committed before its original had its name"));
        }
    }
    let synced = trace::first_from(events, written.ended, |event| {
        event.pid == written.pid && event.syncs(LOG)
    });
    synced.map(|event| event.ended).ok_or_else(|| format!("{mark}: never synced"))
}

fn settles(event: &Event, sent: &Sent) -> bool {
    let kind = event.call.starts_with("rename")
        || event.call.starts_with("link")
        || event.sends("HTTP/1.1 202");
    kind && sent.settled_by.iter().all(|part| event.arguments.contains(part.as_str()))
}

/// Where in the trace a file that was written under a temporary name was whole, synced and named, and its folder synced.
fn put_durably(events: &[Event], name: &str, folder: &str) -> Result<usize, String> {
    let fault = |what: &str| format!("{name}: {what}");
    let named = events
        .iter()
        .find(|event| {
            event.call.starts_with("rename")
                && event.result == Some(0)
                && event.target.ends_with(name)
        })
        .ok_or_else(|| fault("never got its name"))?;
    let temporary = named.arguments.split('"').nth(1).unwrap_or_default();
    let temporary = temporary.rsplit('/').next().unwrap_or_default();
    let before = events.iter().filter(|event| event.begun < named.begun);
    let written =
        before.clone().filter(|event| event.writes(temporary)).map(|event| event.ended).max();
    let written = written.ok_or_else(|| fault("was never written"))?;
    let synced = before
        .filter(|event| event.syncs(temporary))
        .any(|event| event.begun >= written && event.ended < named.begun);
    if !synced {
        return Err(fault("got its name before it was synced"));
    }
    let listed = trace::first_from(events, named.ended, |event| event.syncs(folder));
    listed.map(|event| event.ended).ok_or_else(|| fault("its folder was never synced"))
}

/// Whether the outcome "sent" of a reference was committed only after the files that were sent lay safely.
fn outcome_fault(
    events: &[Event],
    reference: &str,
    files: &[String],
    folder: &str,
) -> Option<String> {
    let told = events.iter().find(|event| {
        event.writes(LOG)
            && event.arguments.match_indices("acknowledgement.sent").any(|(at, _)| {
                event.arguments[at..].chars().take(80).collect::<String>().contains(reference)
            })
    });
    let Some(told) = told else { return Some(format!("{reference}: no outcome in the log")) };
    files.iter().find_map(|file| match put_durably(events, file, folder) {
        Ok(safe) if safe < told.begun => None,
        Ok(_) => Some(format!("{reference}: called sent before {folder} was synced")),
        Err(fault) => Some(fault),
    })
}

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

#[test]
fn a_settlement_is_called_early_when_its_sync_came_late_or_from_another() {
    let line = |text: &str| format!("7 {text}\n");
    let write = line("pwrite64(9</w/kvittens.db-wal>, \"..MARK..\", 4096, 56) = 4096");
    let sync = line("fdatasync(9</w/kvittens.db-wal>) = 0");
    let settle = "8 renameat2(5</w/drop/landlord/in>, \"MARK.json\", 6</w/done/2026-10-12>, \"MARK.json\", RENAME_NOREPLACE) = 0\n";
    let settled_by = vec!["\"MARK.json\"".to_owned(), "/done/".to_owned()];
    let sent = Sent { mark: "MARK".to_owned(), settled_by, blob: None };
    let judged = |text: String| faults(&trace::parse(&text), &sent).len();
    assert_eq!(judged(format!("{write}{sync}{settle}")), 0);
    let begun = line("fdatasync(9</w/kvittens.db-wal> <unfinished ...>");
    let ended = line("<... fdatasync resumed>) = 0");
    let other = "9 fdatasync(9</w/kvittens.db-wal>) = 0\n";
    let cases = [
        format!("{write}{settle}{sync}"),
        format!("{write}{begun}{settle}{ended}"),
        format!("{write}{other}{settle}{sync}"),
        format!("{sync}{write}{settle}"),
        format!("{write}{sync}"),
        format!("{sync}{settle}"),
    ];
    for trace in cases {
        assert_eq!(judged(trace.clone()), 1, "{trace}");
    }
}

#[test]
fn a_file_is_safe_only_when_it_and_its_folder_were_synced_in_order() {
    let write = "7 write(9</w/blobs/.tmp>, \"x\", 1) = 1\n";
    let sync = "7 fsync(9</w/blobs/.tmp>) = 0\n";
    let rename = "7 rename(\"/w/blobs/.tmp\", \"/w/blobs/abc\") = 0\n";
    let list = "7 fsync(9</w/blobs>) = 0\n";
    let judged = |text: String| put_durably(&trace::parse(&text), "abc", "/blobs").is_ok();
    assert!(judged(format!("{write}{sync}{rename}{list}")));
    for order in [
        [write, rename, sync, list],
        [sync, write, rename, list],
        [write, sync, list, rename],
        [list, write, sync, ""],
    ] {
        assert!(!judged(order.concat()), "{order:?}");
    }
}
