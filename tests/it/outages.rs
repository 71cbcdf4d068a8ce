//! Ways out that are down for a day or for days, on a clock of its own: tried again with growing pauses, at which hours people are told, when the last
//! acknowledgement goes, and what the report says of the misses.

mod given_up;
mod letters;
mod mail;
mod refused;
mod webhook;

use jiff::SignedDuration;
use jiff::Timestamp;
use kvittens::domain::retry::RetryPolicy;
use serde_json::Value;
use serde_json::json;

use crate::journeys::confirmations::ROSTER;
use crate::support::simulated::LIMIT;
use crate::support::simulated::Simulated;
use crate::support::wait;
use crate::support::webhook::Receiver;

/// The pauses between attempts: a quarter of an hour, then twice as long each time, never more than six hours.
const RETRY: RetryPolicy = RetryPolicy {
    first: SignedDuration::from_mins(15),
    longest: SignedDuration::from_hours(6),
    attempts: 4,
};

/// What is the same in each: `[acknowledge]` begins it and `ways` goes on in `[acknowledge.enforcement_authority]`.
fn configuration(acknowledge: &str, authority: &str, alarms: &Receiver, mail: &str) -> String {
    format!(
        "[partners]\nproof = false\n[seal]\nkeys = \"{{folder}}/keys\"\n[roster]\nfile = \"{{folder}}/roster.toml\"\n\
         [alarms]\nlook_every = \"50ms\"\n{mail}[alarms.webhook]\nurl = \"http://127.0.0.1:{}/larm\"\nallow_private = true\n\
         [acknowledge]\nfrom = {{ address = \"a@kommun.example\" }}\nretry = {{ first = \"15m\", longest = \"6h\", attempts = {} }}\n{acknowledge}\
         [acknowledge.enforcement_authority]\n{authority}",
        alarms.port, RETRY.attempts
    )
}

/// Receipts and confirmations by mail to this server, and landlords' mails from a folder; `envelope`: the sender that bounces go to.
fn by_mail(port: u16, envelope: &str) -> String {
    format!(
        "{envelope}\ntransport = \"smtp\"\n[acknowledge.smtp]\nhost = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\ntimeout = \"2s\"\n\
         hello_name = \"kommun.example\"\n[[intake.maildir]]\nname = \"mail\"\npath = \"{{folder}}/maildir\"\nscan_every = \"100ms\"\n"
    )
}

/// Puts a mail that arrived at this instant into the folder.
fn put_mail(gateway: &Simulated, at: Timestamp, mail: &str) {
    for part in ["maildir/tmp", "maildir/new", "maildir/cur"] {
        std::fs::create_dir_all(gateway.path(part)).unwrap();
    }
    let new = gateway.path("maildir/tmp/1.mail");
    std::fs::write(&new, mail).unwrap();
    std::fs::File::options().write(true).open(&new).unwrap().set_modified(at.into()).unwrap();
    std::fs::rename(&new, gateway.path("maildir/new/1.mail")).unwrap();
}

async fn open(at: Timestamp, configuration: &str) -> Simulated {
    Simulated::open(at, configuration, |path| {
        std::fs::write(path("roster.toml"), ROSTER).unwrap();
    })
    .await
}

/// A removal: nobody gets a copy.
fn notice(number: usize) -> Value {
    json!({
        "schemaVersion": "1.0", "type": "removalScheduled", "sender": { "kind": "enforcementAuthority" },
        "enforcement": { "caseNumber": format!("U-{number:06}-26"), "startsAt": "2026-12-24T09:00:00+01:00" }
    })
}

/// The levels that the receiver of alarms was told of this cause and day, in order.
fn levels(alarms: &Receiver, cause: &str, day: &str) -> Vec<i64> {
    let data = alarms.calls().into_iter().map(|call| call.payload()["data"].clone());
    let of = data.filter(|data| data["cause"] == cause && data["day"] == day);
    of.map(|data| data["level"].as_i64().unwrap()).collect()
}

async fn is_told(alarms: &Receiver, cause: &str, day: &str, level: i64) {
    wait::eventually(&format!("{cause} {day} {level}"), LIMIT, || async {
        levels(alarms, cause, day).last() == Some(&level)
    })
    .await;
}

/// The misses of these days: recipient and cause.
async fn misses(gateway: &Simulated, from: &str, to: &str) -> Vec<(String, String)> {
    let (well, said) =
        gateway.says(&["report", "--from", from, "--to", to, "--format", "json"]).await;
    assert!(well, "{said}");
    let report: Value = serde_json::from_str(&said).unwrap();
    let text = |miss: &Value, key: &str| miss[key].as_str().unwrap_or_default().to_owned();
    let misses = report["misses"].as_array().unwrap().iter();
    misses.map(|miss| (text(miss, "recipient"), text(miss, "cause"))).collect()
}
