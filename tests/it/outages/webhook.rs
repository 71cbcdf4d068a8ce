//! Kronofogden's receiver of webhooks is down for three days: each confirmation is called about again with growing pauses, and once when it is back.

use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::RETRY;
use super::configuration;
use super::is_told;
use super::levels;
use super::misses;
use super::notice;
use super::open;
use crate::support::simulated::LIMIT;
use crate::support::simulated::Simulated;
use crate::support::wait;
use crate::support::webhook::Answer;
use crate::support::webhook::Call;
use crate::support::webhook::Receiver;

const CAUSE: &str = "confirmation.notSent";

/// Tuesday, Wednesday and Thursday; on Friday it is back.
const DAYS: [Date; 3] =
    [Date::constant(2026, 11, 24), Date::constant(2026, 11, 25), Date::constant(2026, 11, 26)];

/// What happens at an hour.
#[derive(Clone, Copy)]
enum Step {
    Send,
    Alarm(Date, i64),
}

/// One confirmation that is not told: how often it was tried, and when it is tried next.
struct Waiting {
    reference: String,
    tries: u32,
    due: Timestamp,
}

struct Scene {
    gateway: Simulated,
    receiver: Receiver,
    alarms: Receiver,
    key: String,
    waiting: Vec<Waiting>,
}

impl Scene {
    fn calls(&self, reference: &str) -> Vec<Call> {
        let mut calls = self.receiver.calls();
        calls.retain(|call| call.id == format!("confirmation-{reference}-0"));
        calls
    }

    /// The call is made, and what came of it is kept: the clock may go on.
    async fn is_called(&self, reference: &str, times: u32) {
        let made = usize::try_from(times).unwrap();
        wait::eventually(&format!("call {times}"), LIMIT, || async {
            self.calls(reference).len() == made
        })
        .await;
        let store = &self.gateway.running.store;
        wait::eventually(&format!("call {times} is kept"), LIMIT, || async {
            let kept = store.acknowledgements_of(reference).await.unwrap();
            kept.iter().any(|row| row.way == "webhook" && row.attempts == i64::from(times))
        })
        .await;
    }

    async fn step(&mut self, at: Timestamp, step: Step) {
        match step {
            Step::Send => {
                let notice = notice(self.waiting.len() + 1);
                let reference = self.gateway.send(at, &self.key, &notice).await;
                self.is_called(&reference, 1).await;
                self.waiting.push(Waiting { reference, tries: 1, due: next(1, at) });
            }
            Step::Alarm(day, level) => {
                self.gateway.clock.set(at);
                is_told(&self.alarms, CAUSE, &day.to_string(), level).await;
            }
        }
    }

    /// The clock goes to the next attempt, and it is made.
    async fn attempt(&mut self) {
        let Some(one) = self.waiting.iter().min_by_key(|one| one.due) else { return };
        self.gateway.clock.set(one.due);
        self.is_called(&one.reference, one.tries + 1).await;
        let one = self.waiting.iter_mut().min_by_key(|one| one.due).unwrap();
        one.tries += 1;
        one.due = next(one.tries, one.due);
    }
}

/// When it is tried again after so many attempts; beyond the last at the longest pause.
fn next(tries: u32, at: Timestamp) -> Timestamp {
    RETRY.next(tries, at).unwrap_or(at + RETRY.longest)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_could_not_be_told_for_three_days_is_told_once_when_the_receiver_is_back() {
    let (receiver, alarms) = (Receiver::open().await, Receiver::open().await);
    receiver.always(Answer::Status(503));
    let authority = format!(
        "ways = [\"webhook\"]\n[acknowledge.enforcement_authority.webhook]\nurl = \"http://127.0.0.1:{}/hook\"\nallow_private = true\n",
        receiver.port
    );
    let configuration = configuration("", &authority, &alarms, "");
    let gateway = open("2026-11-24T08:00:00Z".parse().unwrap(), &configuration).await;
    let key = gateway.client("kronofogden").await;
    let mut scene = Scene { gateway, receiver, alarms, key, waiting: Vec::new() };
    down(&mut scene).await;
    let tried: Vec<usize> =
        scene.waiting.iter().map(|one| scene.calls(&one.reference).len()).collect();
    assert!(
        tried.iter().all(|tries| (4..20).contains(tries)),
        "neither given up nor flooded: {tried:?}"
    );
    scene.receiver.always(Answer::Status(204));
    for _ in DAYS {
        scene.attempt().await;
        // It is told: it is not tried again.
        let told = scene.waiting.iter_mut().max_by_key(|one| one.due).unwrap();
        told.due = Timestamp::MAX;
    }
    back(&scene).await;
    scene.gateway.end().await;
}

/// One notice a day at ten; people are told half an hour later, at three, at eight, and when the day has passed.
async fn down(scene: &mut Scene) {
    let mut steps = Vec::new();
    for day in DAYS {
        let at = |hour, minute| scene.gateway.at(day, hour, minute);
        steps.push((at(10, 0), Step::Send));
        let midnight = scene.gateway.at(day.tomorrow().unwrap(), 0, 0);
        for (level, at) in [(1, at(10, 30)), (2, at(15, 0)), (3, at(20, 0)), (1_000, midnight)] {
            steps.push((at, Step::Alarm(day, level)));
        }
    }
    let end = scene.gateway.at(DAYS[2].tomorrow().unwrap(), 10, 0);
    let mut steps = steps.into_iter().peekable();
    loop {
        let due = scene.waiting.iter().map(|one| one.due).min().unwrap_or(Timestamp::MAX);
        match steps.next_if(|(at, _)| *at <= due) {
            Some((at, step)) => scene.step(at, step).await,
            None if due < end => scene.attempt().await,
            None => return,
        }
    }
}

/// Each was told once, at its time, and everybody who was alarmed hears that it is over.
async fn back(scene: &Scene) {
    let known = scene.receiver.calls().len();
    scene.gateway.nothing_owed().await;
    for day in DAYS {
        is_told(&scene.alarms, CAUSE, &day.to_string(), 0).await;
        assert_eq!(levels(&scene.alarms, CAUSE, &day.to_string()), [1, 2, 3, 1_000, 0], "{day}");
    }
    let about = scene.alarms.calls();
    let about = about.iter().filter(|call| call.payload()["data"]["cause"] == CAUSE);
    assert_eq!(about.count(), 5 * DAYS.len(), "none for another day");
    for one in &scene.waiting {
        let calls = scene.calls(&one.reference);
        let times = calls.iter().map(|call| call.timestamp.parse::<i64>().unwrap());
        let times: Vec<Timestamp> =
            times.map(|second| Timestamp::from_second(second).unwrap()).collect();
        for (tries, two) in (1..).zip(times.windows(2)) {
            assert_eq!(two[1], next(tries, two[0]), "{tries}");
        }
        assert!(calls.iter().all(|call| call.body == calls[0].body), "the same each time");
    }
    let day_after = scene.gateway.clock.now() + 30.hours();
    scene.gateway.clock.set(day_after);
    scene.gateway.nothing_owed().await;
    assert_eq!(scene.receiver.calls().len(), known, "who was told is called no more");
    let late = misses(&scene.gateway, "2026-11-24", "2026-11-26").await;
    let expected = ("enforcementAuthority".to_owned(), "wayFailed".to_owned());
    assert_eq!(late, vec![expected; DAYS.len()]);
}
