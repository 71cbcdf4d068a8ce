//! `kvittens check`: loads the configuration and opens what it names; 2 for a fault in the file, 1 for something that could not be opened.

mod letters;

use crate::clock::Clock;
use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::config::Fault;
use crate::config::Loaded;
use crate::config::Queue;
use crate::seal::chest::Chest;
use crate::store::Store;
use serde_json::json;
use std::path::Path;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

mod ways_out;

/// How long one thing may take to open.
const PATIENCE: Duration = Duration::from_secs(15);

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

struct Finding {
    key: String,
    problem: Option<String>,
}

/// Checks everything and reports every fault.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let loaded = crate::config::load(arguments.config.config.as_deref())?;
    let (of_store, notes) = store(&loaded).await;
    let mut findings = vec![of_store];
    findings.extend(doors(&loaded));
    findings.extend(servers(&loaded).await);
    findings.extend(mailboxes(&loaded).await);
    findings.extend(ways_out::findings(&loaded).await);
    findings.push(proof(&loaded));
    findings.extend(seal(&loaded));
    findings.extend(malware(&loaded).await);
    findings.push(mail(&loaded).await);
    findings.extend(queue(&loaded).await);
    findings.push(case_system(&loaded).await);
    findings.extend(letters::findings(&loaded).await);
    findings.extend(running(&loaded).await);
    for finding in &findings {
        tell(finding, arguments.json)?;
    }
    let gaps = gaps(&loaded);
    for warning in loaded.warnings.iter().chain(&notes).chain(&gaps) {
        match arguments.json {
            true => output::print_json(&json!({ "key": warning.key, "warning": warning.message }))?,
            false => output::print(&format!("note   {}: {}", warning.key, warning.message))?,
        }
    }
    match findings.iter().any(|finding| finding.problem.is_some()) {
        true => Err(Failed::Said),
        false => Ok(()),
    }
}

fn tell(finding: &Finding, as_json: bool) -> Outcome {
    match (as_json, &finding.problem) {
        (true, problem) => output::print_json(
            &json!({ "key": finding.key, "ok": problem.is_none(), "problem": problem }),
        ),
        (false, None) => output::print(&format!("ok     {}", finding.key)),
        (false, Some(problem)) => output::print(&format!("FAULT  {}: {problem}", finding.key)),
    }
}

async fn within<T, E: std::fmt::Display>(
    work: impl Future<Output = Result<T, E>>,
) -> Option<String> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(Ok(_)) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(_) => Some(format!("no answer within {} s", PATIENCE.as_secs())),
    }
}

/// Opens the store; notes what is odd in it.
async fn store(loaded: &Loaded) -> (Finding, Vec<Fault>) {
    let mut notes = Vec::new();
    let open = async {
        let store = Store::open(&loaded.config.store, Clock::system(), true).await?;
        store.ping().await?;
        let weaknesses = store.weaknesses().await?;
        if !store.anyone_may_log_in().await? {
            let message =
                "nobody may log in to the operations pages: kvittens user add NAME --role handle";
            notes.push(Fault { key: "operations".to_owned(), message: message.to_owned() });
        }
        notes.extend(ways_out::unread(loaded, &store).await?);
        store.close().await;
        anyhow::ensure!(
            weaknesses.is_empty(),
            "the database server runs with {}: after a power cut, notices that have a receipt may be gone",
            weaknesses.join(" and ")
        );
        anyhow::Ok(())
    };
    let problem = within(open).await;
    (Finding { key: "store.url".to_owned(), problem }, notes)
}

fn doors(loaded: &Loaded) -> Vec<Finding> {
    let intake = &loaded.config.intake;
    let folders = intake
        .folder
        .iter()
        .enumerate()
        .map(|(at, door)| (format!("intake.folder.{at}.path"), door.path.clone()));
    let maildirs = intake
        .maildir
        .iter()
        .enumerate()
        .map(|(at, door)| (format!("intake.maildir.{at}.path"), door.path.clone()));
    folders.chain(maildirs).map(|(key, path)| Finding { key, problem: writable(&path) }).collect()
}

/// Where the roster has nobody within the next days, unit by unit.
fn gaps(loaded: &Loaded) -> Vec<Fault> {
    let note = |message: String| Fault { key: "roster.file".to_owned(), message };
    if !loaded.roster.is_kept() {
        let message = "no duty roster: a person must name the responsible caseworker each time";
        return vec![note(message.to_owned())];
    }
    let roster = loaded.roster.now();
    let units: Vec<&str> = loaded.profile.units.iter().map(|unit| unit.id.as_str()).collect();
    let from = loaded.local_time.day_of(Clock::system().now());
    let holes = roster.holes(&units, from, crate::roster::naming::LOOK_AHEAD_DAYS);
    let hole = |hole: crate::roster::holes::Hole| {
        let stands_in = match hole.stands_in {
            Some(named) => format!("{} stands in", named.person.id),
            None => "nobody stands in".to_owned(),
        };
        note(format!(
            "nobody is on duty for {} from {} to {} ({} working days); {stands_in}",
            hole.unit, hole.first, hole.last, hole.working_days
        ))
    };
    holes.into_iter().map(hole).collect()
}

async fn servers(loaded: &Loaded) -> Vec<Finding> {
    let doors = loaded.config.intake.sftp.iter().enumerate();
    let probes = doors.map(|(at, door)| async move {
        let patience = PATIENCE + door.connect_timeout;
        let said = crate::intake::sftp::probe(door.clone(), patience).await;
        let (key, problem) = match said {
            Ok(()) => ("path", None),
            Err((key, problem)) => (key, Some(problem)),
        };
        Finding { key: format!("intake.sftp.{at}.{key}"), problem }
    });
    futures::future::join_all(probes).await
}

/// Opens every mailbox; they are tried side by side.
async fn mailboxes(loaded: &Loaded) -> Vec<Finding> {
    let probes = loaded.config.intake.mailbox.iter().enumerate().map(async |(at, config)| {
        let key = |key: &str| format!("intake.mailbox.{at}.{key}");
        match tokio::time::timeout(PATIENCE, crate::intake::mailbox::probe(config)).await {
            Ok(Ok(())) => Finding { key: key("host"), problem: None },
            Ok(Err(problem)) => Finding { key: key(problem.key), problem: Some(problem.text) },
            Err(_) => {
                let silent = format!("no answer within {} s", PATIENCE.as_secs());
                Finding { key: key("host"), problem: Some(silent) }
            }
        }
    });
    futures::future::join_all(probes).await
}

/// Whether a file can be made and removed there.
fn writable(folder: &Path) -> Option<String> {
    let probe = folder.join(".kvittens-check.tmp");
    let tried = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&probe, b""))
        .and_then(|()| std::fs::remove_file(&probe));
    tried.err().map(|error| format!("cannot write there: {error}"))
}

async fn malware(loaded: &Loaded) -> Option<Finding> {
    let scanner = crate::malware::Scanner::open(&loaded.config.malware)?;
    let problem = within(scanner.probe()).await;
    Some(Finding { key: "malware.clamd".to_owned(), problem })
}

fn proof(loaded: &Loaded) -> Finding {
    let config = &loaded.config.partners;
    let opened = config.proof.then(|| crate::partners::proof::Prover::open(config));
    let problem = opened.and_then(Result::err).map(|error| error.to_string());
    Finding { key: "partners.proof".to_owned(), problem }
}

/// The keys for receipts: readable, of one piece, and one of them in force.
fn seal(loaded: &Loaded) -> Option<Finding> {
    loaded.config.seal.keys.as_ref()?;
    let opened = Chest::open(&loaded.config.seal).and_then(|chest| match chest.ring() {
        Some(ring) => Ok(ring.current(Clock::system().now()).map(drop)?),
        None => Ok(()),
    });
    let problem = opened.err().map(|error| format!("{:#}", anyhow::Error::from(error)));
    Some(Finding { key: "seal.keys".to_owned(), problem })
}

async fn mail(loaded: &Loaded) -> Finding {
    let key = "acknowledge.transport".to_owned();
    let problem = match crate::acknowledge::transport::open(&loaded.config.acknowledge) {
        Ok(Some(transport)) => within(transport.probe()).await,
        Ok(None) => None,
        Err(error) => Some(error.to_string()),
    };
    Finding { key, problem }
}

async fn queue(loaded: &Loaded) -> Option<Finding> {
    let Queue::Amqp(config) = &loaded.config.queue else { return None };
    let stop = CancellationToken::new();
    let units = loaded.profile.units.iter().map(|unit| unit.id.clone()).collect();
    let (publisher, _consumer) = crate::queue::amqp::start((**config).clone(), units, stop.clone());
    let problem = within(publisher.probe()).await;
    stop.cancel();
    Some(Finding { key: "queue.url".to_owned(), problem })
}

async fn case_system(loaded: &Loaded) -> Finding {
    let problem = match crate::case_system::open::open(&loaded.config.case_system) {
        Ok(system) => within(system.probe()).await,
        Err(error) => Some(error.to_string()),
    };
    Finding { key: "case_system".to_owned(), problem }
}

/// How the doors of a gateway that runs with this configuration are, as it tells on its own address; nothing when none answers.
async fn running(loaded: &Loaded) -> Vec<Finding> {
    let mut listen = loaded.config.http.listen;
    if listen.ip().is_unspecified() {
        listen.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    let asked = async {
        let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(3)).build()?;
        http.get(format!("http://{listen}/readyz")).send().await?.json::<serde_json::Value>().await
    };
    let told: serde_json::Value = asked.await.unwrap_or_default();
    let doors = told["detail"]["doors"].as_array().cloned().unwrap_or_default();
    doors.iter().filter_map(of_running).collect()
}

fn of_running(door: &serde_json::Value) -> Option<Finding> {
    let mut problems = Vec::new();
    if door["hearing"] == "deaf" {
        let last = door["lastLookAt"].as_str().unwrap_or("never");
        let why = door["lastFailure"].as_str().unwrap_or("hear anything");
        problems.push(format!("it is deaf: cannot {why}; last look that worked: {last}"));
    }
    if let Some(since) = door["canary"]["failingSince"].as_str() {
        problems.push(format!("its canary has not come out since {since}"));
    }
    let count = &door["comparison"];
    if let (Some(own), Some(store)) = (count["door"].as_i64(), count["store"].as_i64())
        && (own > store || (own < store && count["whole"] == true))
    {
        problems.push(format!("on {} it counts {own}, the store {store}", count["day"]));
    }
    let problem = (!problems.is_empty()).then(|| problems.join("; "));
    Some(Finding { key: format!("running door {}", door["name"].as_str()?), problem })
}
