//! The judge of a trace: whether each message was on the disk before its sender was told.
//!
//! A message is recognised by a mark of its own in what is written to the write-ahead log. The thread that writes the log writes one
//! transaction after the other, each ended by a sync; so the first sync of the log by that thread after the mark is the one that made
//! the message durable, and it must have returned before the settlement began.

use crate::support::trace;
use crate::support::trace::Event;

/// What the write-ahead log's name ends in.
pub(super) const LOG: &str = "/kvittens.db-wal";

/// One message as it must be found in a trace.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    /// Stands in its content and nowhere else.
    pub(super) mark: String,
    /// What the call that settles it contains, all of it.
    pub(super) settled_by: Vec<String>,
    /// Its digest when it lies beside the database.
    pub(super) blob: Option<String>,
}

/// Everything that breaks the promise for one message, in words.
pub(super) fn faults(events: &[Event], sent: &Sent) -> Vec<String> {
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

/// Whether this call tells the sender.
pub(super) fn settles(event: &Event, sent: &Sent) -> bool {
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
pub(super) fn outcome_fault(
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
