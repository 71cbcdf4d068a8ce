//! A flood: 5,000 notices within one minute, twenty of them Kronofogden's and among the last, at a mail server that takes 50 mails a second, and at one
//! that takes one. How long Kronofogden's confirmations took, how many receipts still waited then, and what memory it cost.

use crate::gateway::Gateway;
use crate::notice;
use crate::process;
use crate::report::Table;
use crate::sinks::STATUTORY;
use crate::stand_ins::Order;
use crate::stand_ins::Posted;
use crate::stand_ins::Sinks;
use crate::stand_ins::post;
use std::collections::HashMap;
use std::time::Duration;
use tokio::time::Instant;

/// Landlords' notices, and how many of them a second.
const ORDINARY: u32 = 4_980;
const RATE: u32 = 83;

/// Kronofogden's, in the last five seconds.
const OF_KRONOFOGDEN: u32 = 20;
const BEFORE: Duration = Duration::from_secs(55);

/// How long Kronofogden's confirmations may take before we give up waiting.
const LIMIT: Duration = Duration::from_secs(600);

/// Both mail servers.
pub(crate) async fn run() -> anyhow::Result<()> {
    for mails_a_second in [50, 1] {
        flood(mails_a_second).await?;
    }
    Ok(())
}

async fn flood(mails_a_second: u32) -> anyhow::Result<()> {
    let mut sinks = Sinks::paced(Some(mails_a_second)).await?;
    let roster = tempfile::Builder::new().prefix("kvittens-bench-").suffix(".toml").tempfile()?;
    std::fs::write(roster.path(), ROSTER)?;
    let doors = format!(
        "[acknowledge.enforcement_authority]\nways = [\"mail\"]\nmail = \"avhysning@kronofogden.example\"\n[roster]\nfile = {:?}\n",
        roster.path().display().to_string()
    );
    let gateway = Gateway::start(&sinks, None, &doors).await?;
    let rest = process::memory_mib(gateway.id(), "VmRSS");
    let key = gateway.key.clone();
    let order = |first, count, connections, rate| {
        let port = gateway.port;
        Order { port, key: &key, first, count, connections, rate }
    };
    let ordinary = order(0, ORDINARY, 32, RATE);
    let statutory = order(notice::STATUTORY, OF_KRONOFOGDEN, 4, 4);
    let (ordinary, statutory) = tokio::join!(post(&ordinary), async {
        tokio::time::sleep(BEFORE).await;
        post(&statutory).await
    });
    let ((ordinary, _), (statutory, _)) = (ordinary?, statutory?);
    let mails = confirmed(&mut sinks, &statutory).await?;
    let mut table = Table::default();
    tell(&mut table, (&ordinary, &statutory), &mails);
    let most = process::memory_mib(gateway.id(), "VmHWM");
    table.add("memory", format!("{most:.1} MiB"), &format!("highest; {rest:.1} at rest"));
    table.print(&format!(
        "5,000 notices in a minute, a mail server that takes {mails_a_second} a second"
    ));
    // It is killed: an orderly stop waits for the mails in hand, which a slow server takes one by one.
    drop(gateway);
    Ok(())
}

/// Waits until each of Kronofogden's notices is confirmed; all mails so far.
async fn confirmed(
    sinks: &mut Sinks,
    statutory: &[Posted],
) -> anyhow::Result<HashMap<String, u64>> {
    let began = Instant::now();
    loop {
        let mails = sinks.mails().await?;
        let told = |one: &&Posted| mails.contains_key(&format!("{STATUTORY}{}", one.reference));
        let told = statutory.iter().filter(told).count();
        if told == statutory.len() {
            return Ok(mails);
        }
        anyhow::ensure!(began.elapsed() < LIMIT, "only {told} of Kronofogden's are confirmed");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn tell(
    table: &mut Table,
    (ordinary, statutory): (&[Posted], &[Posted]),
    mails: &HashMap<String, u64>,
) {
    let taken = |one: &Posted| mails.get(&format!("{STATUTORY}{}", one.reference)).copied();
    let mut took: Vec<f64> = statutory
        .iter()
        .filter_map(|one| Some((taken(one)?.saturating_sub(one.sent)) as f64 / 1e6))
        .collect();
    took.sort_unstable_by(f64::total_cmp);
    let longest = took.last().copied().unwrap_or(f64::NAN);
    let middle = took.get(took.len() / 2).copied().unwrap_or(f64::NAN);
    let beside = "from POST to the mail server's 250, of 20; aim: 60 s";
    table.add("confirmed, median/longest", format!("{middle:.1}/{longest:.1} s"), beside);
    let last = statutory.iter().filter_map(taken).max().unwrap_or(0);
    let first = statutory.iter().map(|one| one.sent).min().unwrap_or(0);
    let waited = |at: u64| {
        let open = |one: &&Posted| {
            one.sent < at && mails.get(&one.reference).is_none_or(|taken| *taken > at)
        };
        ordinary.iter().filter(open).count()
    };
    let both = format!("{}/{}", waited(first), waited(last));
    table.add(
        "receipts that waited then",
        both,
        "when the first came, when the last was confirmed",
    );
    let between = mails
        .iter()
        .filter(|(reference, at)| !reference.starts_with(STATUTORY) && (first..last).contains(*at));
    let between = between.count().to_string();
    table.add("receipts mailed meanwhile", between, "over connections of their own");
}

/// Somebody is always on duty.
const ROSTER: &str = r#"
deputy = "aa01"

[[persons]]
id = "aa01"
name = "Anna Exempel"
telephone = "040-00 00 01"
mail = "anna@kommun.example"

[[units]]
id = "boende-mottagning"
telephone = "040-00 00 10"

[[duties]]
unit = "boende-mottagning"
person = "aa01"
weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
from = "00:00"
to = "24:00"
holidays = true
"#;
