//! The kill test: the gateway dies again and again, at random moments and at the points where it hurts most, while senders go on and
//! everything around it fails now and then. What was confirmed must be there once, and nothing twice.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::time::Duration;
use std::time::Instant;

use crate::support::gateway::Gateway;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::servers::value;
use crate::support::wait;
use crate::support::workspace::QueueKind;
use crate::support::workspace::StoreKind;

use super::dice::Dice;
use super::load::Load;
use super::oracle::Verdict;
use super::oracle::judge;
use super::outage::restart;
use super::post::Mailbox;
use super::scene::Cases;
use super::scene::Scene;

/// Every so often each kind of sender sends one notice.
const PACE: Duration = Duration::from_millis(110);

/// How long it may take until all is quiet after the last kill.
pub(super) const QUIET: Duration = Duration::from_secs(90);

/// A point that is not passed within this time is not waited for.
const PASSED: Duration = Duration::from_secs(3);

#[tokio::test]
async fn nothing_is_lost_or_doubled_when_killed_on_sqlite() {
    let servers = Servers::shared(&[Server::Imap]).await;
    let around = (Cases::that_recognise_repeats().await, servers.as_ref().map(Mailbox::new));
    let scene =
        Scene::set("sqlite, recognising", StoreKind::Sqlite, QueueKind::Embedded, around).await;
    run(scene, kills(35), None).await;
}

#[tokio::test]
async fn nothing_is_doubled_in_a_case_system_that_recognises_no_repeats() {
    let cases = Cases::that_recognise_nothing().await;
    let scene = Scene::set(
        "sqlite, recognising nothing",
        StoreKind::Sqlite,
        QueueKind::Embedded,
        (cases, None),
    )
    .await;
    run(scene, kills(35), None).await;
}

#[tokio::test]
async fn nothing_is_lost_or_doubled_in_lifecare() {
    let cases = Cases::in_lifecare().await;
    let around = (cases, None);
    let scene =
        Scene::set("sqlite, lifecare", StoreKind::Sqlite, QueueKind::Embedded, around).await;
    run(scene, kills(25), None).await;
}

#[tokio::test]
async fn nothing_is_lost_or_doubled_when_killed_on_postgres_and_rabbitmq() {
    let needs = [Server::Postgres, Server::Amqp, Server::Imap, Server::Sftp];
    let Some(servers) = Servers::alone(&needs).await else { return };
    let (database, broker) = (servers.database().await, servers.broker());
    let queue = QueueKind::Amqp { url: broker.url, prefix: broker.prefix };
    let around = (Cases::that_recognise_nothing().await, Some(Mailbox::new(&servers)));
    let store = StoreKind::Postgres(database.url.clone());
    let scene = Scene::set("postgres and rabbitmq", store, queue, around).await;
    run(scene, kills(30), Some(&servers)).await;
}

/// This run's part of all kills: `share` of 125, or of `KVITTENS_TEST_KILLS`.
fn kills(share: usize) -> usize {
    let all = value("KVITTENS_TEST_KILLS").and_then(|text| text.parse().ok()).unwrap_or(125);
    (share * all).div_ceil(125)
}

/// What a run counts.
#[derive(Default)]
struct Tally {
    /// Kills by the moment at which they came.
    kills: BTreeMap<&'static str, usize>,
    /// From start to `/readyz`.
    ready: Vec<Duration>,
}

async fn run(scene: Scene, kills: usize, servers: Option<&Servers>) {
    let began = Instant::now();
    let (mut dice, seed) = Dice::thrown();
    println!("{}: {kills} kills, KVITTENS_TEST_SEED={seed}", scene.name);
    let mut tally = Tally::default();
    let mut gateway = Gateway::start(&scene.workspace, &[]).await;
    let key = scene.workspace.add_client("caller", "caller@hyra.example").await;
    // What is alike (person, reason, day) is a question to a person in Lifecare: there it comes seldom and from many days.
    let lifecare = matches!(scene.cases, Cases::Lifecare(_));
    let (pace, days) = if lifecare { (PACE * 3, 50) } else { (PACE, 1) };
    let mailbox = scene.mailbox.as_ref();
    let mut load =
        Load::start(scene.workspace.clone(), key, (pace, days), (scene.far.clone(), mailbox));
    gateway.kill().await;
    for number in 1..=kills {
        scene.disturb(&mut dice);
        let outage = servers.zip(outage_at(number, kills));
        let moment = match outage {
            Some((servers, which)) => restart(&scene, &load, servers, which).await,
            None => cycle(&scene, number, &mut dice, &mut tally).await,
        };
        *tally.kills.entry(moment).or_default() += 1;
    }
    let killed = began.elapsed();
    scene.heal();
    load.stop().await;
    let mut gateway = Gateway::start(&scene.workspace, &[]).await;
    let quiet = settle(&scene, &load).await;
    let ended = gateway.terminate().await;
    let verified = scene.workspace.run(&["verify"]).await;
    let world = scene.look(&load).await;
    let mut verdict = judge(&world);
    if let Err(loud) = quiet {
        verdict.wrong.push(loud);
    }
    if !ended.success() {
        verdict.wrong.push(format!("the gateway's orderly end: {ended}"));
    }
    if !verified.status.success() {
        verdict.wrong.push(String::from_utf8_lossy(&verified.stdout).into_owned());
    }
    if kills >= 25 {
        let missed = scene.points().iter().filter(|point| !tally.kills.contains_key(*point));
        verdict.wrong.extend(missed.map(|point| format!("never killed at {point}")));
    }
    println!("{}", summary(&scene, &tally, &verdict, &load, (killed, began.elapsed())));
    let wrong = &verdict.wrong;
    let first: Vec<_> = wrong.iter().take(40).map(String::as_str).collect();
    let log = gateway.stderr();
    let tail = log.lines().rev().take(60).collect::<Vec<_>>().join("\n");
    assert!(
        wrong.is_empty(),
        "{} (seed {seed}): {} wrong\n{}\n--- last lines first\n{tail}",
        scene.name,
        wrong.len(),
        first.join("\n")
    );
}

/// The server that goes away instead of the gateway's own kill of this number.
fn outage_at(number: usize, kills: usize) -> Option<Server> {
    let all = [(1, Server::Amqp), (2, Server::Imap), (3, Server::Sftp), (4, Server::Postgres)];
    all.into_iter().find(|(part, _)| number == kills * part / 5).map(|(_, server)| server)
}

impl Scene {
    /// The named points that this gateway passes.
    fn points(&self) -> &'static [&'static str] {
        let all = &[
            "after_intent",
            "after_commit_before_settle",
            "after_send_before_outcome",
            "after_step_before_progress",
        ];
        if matches!(self.cases, Cases::Lifecare(_)) { all } else { &all[..3] }
    }
}

/// Starts the gateway and has it killed; tells at which moment.
async fn cycle(scene: &Scene, number: usize, dice: &mut Dice, tally: &mut Tally) -> &'static str {
    if number.is_multiple_of(2) {
        let points = scene.points();
        let (point, pass) = (points[number / 2 % points.len()], 1 + dice.below(12));
        let told = format!("{point}:{pass}");
        let mut gateway =
            Gateway::start_unready(&scene.workspace, &[("KVITTENS_TEST_KILL", &told)]).await;
        return match tokio::time::timeout(PASSED, gateway.wait_exit()).await {
            Ok(ended) => {
                assert_eq!(ended.signal(), Some(9), "{ended}\n{}", gateway.output());
                point
            }
            Err(_) => {
                gateway.kill().await;
                "point not passed"
            }
        };
    }
    let started = Instant::now();
    let mut gateway = Gateway::start_unready(&scene.workspace, &[]).await;
    let (moment, after) = if dice.percent(25) {
        ("on the way up", Duration::from_millis(dice.below(150)))
    } else {
        gateway.wait_ready().await;
        tally.ready.push(started.elapsed());
        ("at random", Duration::from_millis(dice.below(800)))
    };
    let early = tokio::time::timeout(after, gateway.wait_exit()).await;
    assert!(early.is_err(), "the gateway ended by itself: {early:?}\n{}", gateway.output());
    gateway.kill().await;
    moment
}

/// Waits until nothing is on its way any more; else says what is.
async fn settle(scene: &Scene, load: &Load) -> Result<(), String> {
    let limit = Instant::now() + QUIET;
    if tokio::time::timeout(QUIET, load.finished()).await.is_err() {
        return Err("callers who repeat were not answered".to_owned());
    }
    let left = limit.saturating_duration_since(Instant::now());
    let open = || async {
        let waiting = scene.waiting().await;
        let ends = ["delivered", "dismissed", "notNotice", "uncertain", "needsReview", "parked"];
        let shown = scene.shown(&[]).await;
        let moving = shown.iter().filter(|shown| !ends.contains(&shown.state.as_str())).count();
        let missing = judge(&scene.look(load).await).wrong.len();
        let to_do = scene.to_do().await;
        let quiet = waiting + moving + missing == 0 && to_do == Some(0.0);
        (quiet, format!("{waiting} not taken in, {moving} on their way, {to_do:?} to do"))
    };
    let quiet = wait::found_within(left, || async { open().await.0.then_some(()) }).await.is_some();
    if quiet {
        return Ok(());
    }
    Err(format!("not quiet within {QUIET:?}: {}", open().await.1))
}

fn summary(
    scene: &Scene,
    tally: &Tally,
    verdict: &Verdict,
    load: &Load,
    (killed, all): (Duration, Duration),
) -> String {
    let doors = verdict
        .doors
        .iter()
        .map(|(door, (offered, confirmed))| format!("{door} {confirmed} of {offered} confirmed"));
    let mut ready = tally.ready.clone();
    ready.sort_unstable();
    let slowest = ready.last().copied().unwrap_or_default();
    let middle = ready.get(ready.len() / 2).copied().unwrap_or_default();
    let cases = match &scene.cases {
        Cases::Platform(platform) => platform.count(),
        Cases::Lifecare(lifecare) => lifecare.actualisations().len(),
    };
    format!(
        "{}: {} kills {:?}; {}; {cases} cases, {} of them unconfirmed, {} notices with a person; \
         {} mails, {} of them repeats; {} answers replayed; ready after {} ms (half), {} ms (slowest); \
         {:.1} s of kills, {:.1} s in all",
        scene.name,
        tally.kills.values().sum::<usize>(),
        tally.kills,
        doors.collect::<Vec<_>>().join(", "),
        verdict.unconfirmed_with_case,
        verdict.with_a_person,
        scene.smtp.count(),
        verdict.repeats,
        load.replayed(),
        middle.as_millis(),
        slowest.as_millis(),
        killed.as_secs_f64(),
        all.as_secs_f64()
    )
}
