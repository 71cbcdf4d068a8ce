//! A whole year on a clock of its own: every notice of Kronofogden's is confirmed the same local day and names somebody who is there, over both clock
//! changes, Midsummer, Christmas and a leap day; and with a hole in the roster nothing is hidden.

use std::path::Path;
use std::time::Duration;

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use kvittens::clock::Clock;
use kvittens::config;
use kvittens::config::Loaded;
use kvittens::domain::acknowledgement::Way;
use kvittens::gateway;
use kvittens::gateway::Parts;
use kvittens::gateway::Running;
use kvittens::intake::api::client;
use kvittens::store::Action;
use serde_json::Value;
use serde_json::json;

use crate::support::http_client;
use crate::support::wait;

const LIMIT: Duration = Duration::from_secs(30);

/// A gateway in this process, on a clock that the test sets.
struct Place {
    folder: tempfile::TempDir,
    loaded: Loaded,
    clock: Clock,
    running: Running,
    key: String,
    http: reqwest::Client,
}

impl Place {
    async fn open(at: Timestamp, roster: &str) -> Self {
        drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
        let folder = tempfile::tempdir().unwrap();
        let path = |part: &str| folder.path().join(part);
        for part in ["kronofogden", "cases"] {
            std::fs::create_dir_all(path(part)).unwrap();
        }
        std::fs::write(path("roster.toml"), roster).unwrap();
        let shown = |part: &str| path(part).display().to_string();
        let text = format!(
            "[store]\nurl = \"sqlite:{}\"\n[http]\nlisten = \"127.0.0.1:0\"\n[acknowledge]\nfrom = {{ address = \"a@kommun.example\" }}\n\
             [acknowledge.enforcement_authority]\nways = [\"folder\"]\nfolder = {:?}\n\
             [roster]\nfile = {:?}\nlook_every = \"50ms\"\n[case_system]\nkind = \"memory\"\nfolder = {:?}\n",
            shown("kvittens.db"),
            shown("kronofogden"),
            shown("roster.toml"),
            shown("cases"),
        );
        std::fs::write(path("kvittens.toml"), text).unwrap();
        let loaded = config::load(Some(&path("kvittens.toml"))).expect("a configuration");
        let clock = Clock::fixed(at);
        let running =
            gateway::start(&loaded, Parts::ALL, clock.clone(), None).await.expect("a gateway");
        let key = client::new_key().unwrap().reveal().to_owned();
        let add = Action::AddClient {
            name: "kronofogden".to_owned(),
            key_hash: client::key_hash(&key),
            mail_to: None,
            actor: "test".to_owned(),
        };
        running.store.act(add).await.unwrap().unwrap();
        Self { folder, loaded, clock, running, key, http: http_client() }
    }

    /// Sends a notice at this instant; gives its reference.
    async fn send(&self, at: Timestamp, number: usize) -> String {
        self.clock.set(at);
        let body = json!({
            "schemaVersion": "1.0", "type": if number.is_multiple_of(7) { "removalScheduled" } else { "evictionScheduled" },
            "sender": { "kind": "enforcementAuthority" },
            "enforcement": { "caseNumber": format!("U-{number:06}-26"), "startsAt": "2029-02-01T09:00:00+01:00" }
        });
        let http = self.running.http.expect("a server");
        let url = format!("http://{http}/eviction-notices/v1/notices");
        let request = self.http.post(url).bearer_auth(&self.key).json(&body);
        let told: Value = request.send().await.unwrap().json().await.unwrap();
        told["reference"].as_str().unwrap_or_else(|| panic!("{told}")).to_owned()
    }

    async fn confirmation(&self, number: usize) -> Value {
        let path = self.folder.path().join(format!("kronofogden/bekraftelse-{number:08}.json"));
        let read = || async { serde_json::from_slice(&std::fs::read(&path).ok()?).ok() };
        wait::until(&format!("confirmation {number}"), LIMIT, read).await
    }

    fn at(&self, day: Date, hour: i8, minute: i8) -> Timestamp {
        let time = jiff::civil::time(hour, minute, 0, 0);
        self.loaded.local_time.at(day, time).unwrap().timestamp()
    }

    async fn end(self) {
        assert_eq!(self.running.store.verify().await.unwrap().broken, []);
        self.running.stop().await;
    }
}

/// Two people, one of them away all July; the other is never away.
const FULL: &str = r#"
deputy = "bb02"
[[persons]]
id = "aa01"
name = "Anna Exempel"
telephone = "040-00 00 01"
mail = "anna@kommun.example"
[[persons]]
id = "bb02"
name = "Bo Exempel"
telephone = "040-00 00 02"
mail = "bo@kommun.example"
[[units]]
id = "boende-mottagning"
telephone = "040-00 00 10"
[[duties]]
unit = "boende-mottagning"
person = "aa01"
from = "08:00"
to = "16:30"
[[duties]]
unit = "boende-mottagning"
person = "bb02"
from = "09:00"
to = "15:00"
[[absences]]
person = "aa01"
first = "2028-07-01"
last = "2028-07-31"
"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_a_full_roster_nothing_is_late_and_nothing_unnamed_in_a_year() {
    let first = Date::constant(2028, 1, 1);
    let place = Place::open("2027-12-31T22:00:00Z".parse().unwrap(), FULL).await;
    let mut number = 0;
    // Every day at another hour; the days that are odd at their edges too.
    let odd = [
        "2028-01-01",
        "2028-02-29",
        "2028-03-26",
        "2028-06-23",
        "2028-10-29",
        "2028-12-24",
        "2028-12-31",
    ];
    for day in first.series(1.day()).take_while(|day| day.year() == 2028) {
        let hour = i8::try_from(day.day_of_year() % 24).unwrap();
        let mut times = vec![(hour, 17)];
        if odd.contains(&day.to_string().as_str()) {
            times.extend([(0, 0), (2, 30), (12, 0), (23, 59)]);
            times.sort_unstable();
        }
        for (hour, minute) in times {
            number += 1;
            let reference = place.send(place.at(day, hour, minute), number).await;
            let told = place.confirmation(number).await;
            assert_eq!(told["reference"], reference.as_str(), "{day} {hour}:{minute}");
            // It lies in the folder a moment before that is on record: the clock waits for it.
            wait::eventually("it is on record", LIMIT, || async {
                place.running.store.unconfirmed().await.is_ok_and(|waiting| waiting.is_empty())
            })
            .await;
            assert_eq!(
                (&told["sameDay"], &told["arrivalDate"]),
                (&true.into(), &day.to_string().into())
            );
            let name = told["caseworker"]["name"].as_str().unwrap_or_default();
            let away = day.month() == 7 && day.day() < 31;
            assert!(name == "Bo Exempel" || (name == "Anna Exempel" && !away), "{day} {name}");
        }
    }
    assert!(number > 366, "{number}");
    // Copies wait for a person, who is not played here.
    let alarms = place.running.store.alarms().await.unwrap();
    let grave: Vec<_> = alarms.iter().filter(|it| it.cause.starts_with("confirmation")).collect();
    assert!(grave.is_empty(), "{grave:?}");
    place.end().await;
}

/// The same without a deputy, and with nobody for three weeks from Monday 6 November on.
fn with_a_hole() -> String {
    let away = ["aa01", "bb02"].map(|id| {
        format!("[[absences]]\nperson = \"{id}\"\nfirst = \"2028-11-06\"\nlast = \"2028-11-26\"\n")
    });
    FULL.replace("deputy = \"bb02\"\n", "") + &away.concat()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hole_is_warned_of_ahead_and_what_falls_into_it_goes_the_moment_somebody_is_entered() {
    let place = Place::open("2028-10-26T10:00:00Z".parse().unwrap(), &with_a_hole()).await;
    let alarm = |cause: &'static str, level: i64| {
        let store = &place.running.store;
        wait::eventually(cause, LIMIT, move || async move {
            let alarms = store.alarms().await.unwrap();
            alarms.iter().any(|alarm| alarm.cause.starts_with(cause) && alarm.level >= level)
        })
    };
    alarm("roster.holes", 1).await;
    let day = Date::constant(2028, 11, 7);
    let reference = place.send(place.at(day, 9, 0), 1).await;
    let store = place.running.store.clone();
    wait::eventually("it says that nobody can be named", LIMIT, || async {
        let waiting = store.unconfirmed().await.unwrap();
        waiting.iter().any(|one| {
            one.reference.as_str() == reference
                && one.way == Way::Outstanding
                && one.reason.as_deref() == Some("noCaseworker")
        })
    })
    .await;
    place.clock.set(place.at(day, 15, 0));
    alarm("confirmation.noCaseworker", 2).await;
    // The same evening somebody comes in.
    place.clock.set(place.at(day, 21, 0));
    let extra = "[[extra]]\nunit = \"boende-mottagning\"\nperson = \"cc03\"\ndate = \"2028-11-07\"\nfrom = \"20:00\"\nto = \"22:00\"\n";
    let third = "[[persons]]\nid = \"cc03\"\nname = \"Cecilia Exempel\"\ntelephone = \"040-00 00 03\"\nmail = \"c@kommun.example\"\n";
    write(place.folder.path(), &(with_a_hole() + third + extra));
    let told = place.confirmation(1).await;
    assert_eq!(
        (&told["caseworker"]["name"], &told["sameDay"]),
        (&"Cecilia Exempel".into(), &true.into())
    );
    // Another that nobody saw to until the next day is late, and says so.
    let late = place.send(place.at(day, 23, 0), 2).await;
    place.clock.set(place.at(day, 23, 0).saturating_add(SignedDuration::from_hours(2)).unwrap());
    alarm("confirmation.noCaseworker", 1_000).await;
    write(place.folder.path(), FULL);
    let told = place.confirmation(2).await;
    assert_eq!((&told["reference"], &told["sameDay"]), (&late.as_str().into(), &false.into()));
    wait::eventually("the alarms end", LIMIT, || async {
        let alarms = store.alarms().await.unwrap();
        !alarms.iter().any(|alarm| alarm.cause.starts_with("confirmation"))
    })
    .await;
    place.end().await;
}

fn write(folder: &Path, roster: &str) {
    std::fs::write(folder.join("roster.toml"), roster).unwrap();
}
