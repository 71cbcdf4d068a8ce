//! The one way to the person fails all day: a print drop without room, and a letter service that is down. At which hours people hear of the copy, and
//! that it goes once when there is a way again.

use jiff::Timestamp;
use jiff::ToSpan as _;

use super::configuration;
use super::is_told;
use super::levels;
use super::misses;
use crate::journeys::copies::HIM;
use crate::journeys::copies::notice;
use crate::support::letter_platform::LetterPlatform;
use crate::support::simulated::LIMIT;
use crate::support::simulated::Simulated;
use crate::support::small_disk::SmallDisk;
use crate::support::wait;
use crate::support::webhook::Receiver;
use crate::year::export_register;

const DAY: &str = "2026-11-24";
const CAUSE: &str = "copy.notSent";
const PRINT: &str = "brev";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_print_drop_without_room_is_before_people_all_day_and_gets_the_letter_once() {
    let alarms = Receiver::open().await;
    let letter = format!("print_folder = \"{{folder}}/{PRINT}\"\n");
    let (gateway, key) = begin(&alarms, &letter).await;
    let folder = gateway.path(PRINT);
    let small = SmallDisk::mount(&folder);
    if small.is_none() {
        println!("no small disk can be mounted here: the folder is away instead");
        std::fs::remove_dir(&folder).unwrap();
    }
    let reference = sent(&gateway, &key, "print").await;
    told_all_day(&gateway, &alarms).await;
    let lists = || {
        let there = std::fs::read_dir(&folder).into_iter().flatten().flatten();
        let names = there.filter_map(|entry| entry.file_name().into_string().ok());
        names.filter(|name| !name.starts_with('.')).collect::<std::collections::BTreeSet<_>>()
    };
    assert!(lists().is_empty(), "neither a letter nor a list: {:?}", lists());
    match &small {
        Some(disk) => disk.grow(),
        None => std::fs::create_dir(&folder).unwrap(),
    }
    goes(&gateway, &alarms).await;
    let both = [format!("kopia-{reference}.1.pdf"), format!("kopia-{reference}.csv")];
    assert_eq!(lists(), both.into());
    gateway.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_service_that_is_down_is_before_people_all_day_and_gets_the_letter_once() {
    let alarms = Receiver::open().await;
    let mut platform = LetterPlatform::start(&[HIM]).await;
    let (url, token) = (platform.url(), platform.token());
    let letter = format!(
        "ways = [\"service\"]\n[letter.service]\nurl = \"{url}/messaging\"\nparty_url = \"{url}/party\"\ndepartment = \"ASF(Boende)\"\n\
         timeout = \"2s\"\nlook_every = \"1s\"\ntoken = {token:?}\n"
    );
    platform.stop();
    let (gateway, key) = begin(&alarms, &letter).await;
    sent(&gateway, &key, "service").await;
    told_all_day(&gateway, &alarms).await;
    platform.restart();
    goes(&gateway, &alarms).await;
    assert_eq!(platform.letters().len(), 1);
    gateway.end().await;
}

/// A gateway at ten o'clock whose only way to the person is this; the key of Kronofogden's client.
async fn begin(alarms: &Receiver, letter: &str) -> (Simulated, String) {
    let authority = format!(
        "ways = [\"folder\"]\nfolder = \"{{folder}}/kronofogden\"\n\
         [letter]\nprotection = [\"register\"]\nregister = \"{{folder}}/skyddade.csv\"\n{letter}"
    );
    let text = configuration("", &authority, alarms, "");
    let text = text.replacen("[partners]\n", "[partners]\ndir = \"{folder}/partners\"\n", 1);
    let ten: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
    let gateway = Simulated::open(ten, &text, |path| {
        for part in ["kronofogden", "partners", PRINT] {
            std::fs::create_dir_all(path(part)).unwrap();
        }
        let partner = "name = \"Kronofogden\"\nkind = \"enforcementAuthority\"\n";
        std::fs::write(path("partners/kronofogden.toml"), partner).unwrap();
        std::fs::write(path("roster.toml"), crate::journeys::confirmations::ROSTER).unwrap();
        export_register(&path("skyddade.csv"), ten);
    })
    .await;
    let key = gateway.client("kronofogden").await;
    (gateway, key)
}

/// A notice of the time of an eviction, whose copy was tried this way in vain.
async fn sent(gateway: &Simulated, key: &str, way: &str) -> String {
    let reference = gateway.send(gateway.clock.now(), key, &notice(HIM)).await;
    let store = &gateway.running.store;
    wait::eventually("it was tried in vain", LIMIT, || async {
        let rows = store.acknowledgements_of(&reference).await.unwrap();
        rows.iter().any(|row| row.way == way && row.state == "retrying" && row.attempts > 0)
    })
    .await;
    reference
}

/// Half an hour later, at three, at eight and at midnight.
async fn told_all_day(gateway: &Simulated, alarms: &Receiver) {
    let ten = gateway.clock.now();
    for (minutes, level) in [(30, 1), (5 * 60, 2), (10 * 60, 3), (14 * 60, 1_000)] {
        gateway.clock.set(ten + minutes.minutes());
        is_told(alarms, CAUSE, DAY, level).await;
    }
}

/// There is a way again: within the longest pause the copy goes, people hear that it is over, and the report has it as late for that reason.
async fn goes(gateway: &Simulated, alarms: &Receiver) {
    let mut hours = 0;
    let gone = || async {
        let open = gateway.running.store.open_by_cause(gateway.clock.now()).await.ok()?;
        open.is_empty().then_some(())
    };
    while wait::found_within(std::time::Duration::from_secs(6), gone).await.is_none() {
        hours += 1;
        assert!(hours < 8, "within the longest pause");
        gateway.clock.set(gateway.clock.now() + 1.hours());
    }
    is_told(alarms, CAUSE, DAY, 0).await;
    assert_eq!(levels(alarms, CAUSE, DAY), [1, 2, 3, 1_000, 0]);
    let missed = ("person".to_owned(), "wayFailed".to_owned());
    assert_eq!(misses(gateway, DAY, DAY).await, [missed]);
    gateway.clock.set(gateway.clock.now() + 8.hours());
    gateway.nothing_owed().await;
}
