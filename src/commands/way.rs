//! `kvittens way`: whether acknowledgements leave by a way, or are held back: the kill switch, and the dry run; and whether the receiver of alarms is told.

use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::config::Loaded;
use crate::domain::acknowledgement::Way;
use crate::domain::switch::Switch;
use crate::store::Action;
use crate::store::AlarmChange;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::SwitchChange;
use crate::store::SwitchRow;
use jiff::Timestamp;
use serde_json::json;

/// What the receiver of alarms is called beside the ways.
const ALARMS: &str = "alarms";

/// Why it is told nothing.
const GONE: &str = "410: its receiver is gone for good";

/// Arguments of `way`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "off      nothing leaves; what waits goes when the way is on again. Confirmations to Kronofogden and letters to persons take the next configured way.\n\
                  dry-run  everything is made and stored as it would be sent, and nothing leaves: it counts as failed. Send it with `kvittens\n\
                  \x20        retry`, or put on record with `kvittens told` that you did it another way; a letter to a person with\n\
                  \x20        `kvittens copy REFERENCE --approve` or `--sent HOW`. Confirmations and letters go by a way that is on, where one is named, before they are made for one in a dry run; what was made stays there.\n\n\
                  alarms   calls to the receiver of [alarms.webhook] stop by themselves when it answers that it is gone (410); `kvittens way alarms on`\n\
                  \x20        calls it again. Alarms by mail are not touched by it.\n\n\
                  Running gateways follow within two seconds; what is being sent at that moment goes out."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// The way: one of those that the list shows; without one, lists them all
    #[arg(requires = "switch")]
    way: Option<String>,
    /// What to set it to: on, off or dry-run
    switch: Option<String>,
    /// Why; shown to everybody who looks
    #[arg(long, requires = "way")]
    reason: Option<String>,
    /// Print one JSON line per way
    #[arg(long, conflicts_with = "way")]
    json: bool,
}

/// Lists the ways, or sets one.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let (Some(way), Some(switch)) = (&arguments.way, &arguments.switch) else {
        return list(&arguments).await;
    };
    let usage = |what: String| Failed::Usage(anyhow::anyhow!(what));
    if way == ALARMS {
        return match Switch::parse(switch) {
            Some(Switch::On) => revive(&arguments).await,
            Some(Switch::Off | Switch::DryRun) | None => Err(usage(
                "alarms can be switched `on` only; who is to get none is taken out of [alarms]"
                    .to_owned(),
            )),
        };
    }
    let words: Vec<&str> = switched().map(Way::as_str).collect();
    let known = Way::parse(way).filter(|way| words.contains(&way.as_str()));
    let way = known.ok_or_else(|| usage(format!("`{way}` is none of {}", words.join(", "))))?;
    let set = Switch::parse(switch);
    let switch = set.ok_or_else(|| usage(format!("`{switch}` is none of on, off, dry-run")))?;
    let reason = arguments.reason.as_deref().unwrap_or_default().trim();
    if switch != Switch::On && reason.is_empty() {
        return Err(usage("say why with --reason: others must know".to_owned()));
    }
    let (_, store) = super::open(&arguments.config).await?;
    let change =
        SwitchChange { way, switch, reason: reason.to_owned(), actor: crate::config::actor() };
    let done = store.act(Action::Switch(change)).await?;
    store.close().await;
    done.map_err(|why| Failed::Work(anyhow::anyhow!("nothing was switched: {why}")))?;
    output::print(&format!(
        "{} is {}; running gateways follow within two seconds",
        way.as_str(),
        switch.as_str()
    ))
}

/// Calls the receiver of alarms again that has said that it is gone.
async fn revive(arguments: &Arguments) -> Outcome {
    let (loaded, store) = super::open(&arguments.config).await?;
    let done = match deaf(&loaded, &store).await? {
        Some(_) => {
            let actor = crate::config::actor();
            store.act(Action::Alarm(AlarmChange::Revived { actor })).await?
        }
        None => Ok(()),
    };
    let configured = loaded.config.alarms.webhook.is_some();
    store.close().await;
    done.map_err(|why| Failed::Work(anyhow::anyhow!("nothing was switched: {why}")))?;
    match configured {
        true => output::print("alarms is on; running gateways call its receiver within seconds"),
        false => Err(Failed::Usage(anyhow::anyhow!("[alarms.webhook] names no receiver"))),
    }
}

/// Since when the configured receiver of alarms is known to be gone.
async fn deaf(loaded: &Loaded, store: &Store) -> Result<Option<Timestamp>, StoreError> {
    let Some(receiver) = &loaded.config.alarms.webhook else { return Ok(None) };
    let (known, receiver) = (store.alarms_by_webhook().await?, receiver.fingerprint());
    Ok(known.iter().find(|alarm| alarm.says_gone(&receiver)).map(|alarm| alarm.since))
}

/// What the list says of alarms; nothing where no receiver is configured.
async fn of_alarms(loaded: &Loaded, store: &Store) -> Result<Option<Set>, StoreError> {
    if loaded.config.alarms.webhook.is_none() {
        return Ok(None);
    }
    let gone = deaf(loaded, store).await?;
    Ok(Some(Set {
        way: ALARMS,
        switch: if gone.is_some() { Switch::Off } else { Switch::On },
        changed: gone.map(|at| (at, "gateway".to_owned(), GONE.to_owned())),
    }))
}

/// The ways that can be switched.
fn switched() -> impl Iterator<Item = Way> {
    Way::ALL.iter().copied().filter(|way| way.switched_as() == Some(*way))
}

/// What a way is set to; when, by whom and why, where anybody ever set it.
struct Set {
    way: &'static str,
    switch: Switch,
    changed: Option<(Timestamp, String, String)>,
}

fn set(way: Way, rows: &[SwitchRow]) -> Set {
    let row = rows.iter().find(|row| row.way == way);
    Set {
        way: way.as_str(),
        switch: row.map_or(Switch::On, |row| row.switch),
        changed: row.map(|row| (row.changed_at, row.changed_by.clone(), row.reason.clone())),
    }
}

async fn list(arguments: &Arguments) -> Outcome {
    let (loaded, store) = super::open(&arguments.config).await?;
    let rows = store.switches().await?;
    let alarms = of_alarms(&loaded, &store).await?;
    store.close().await;
    let mut all = switched().map(|way| set(way, &rows)).chain(alarms);
    if arguments.json {
        return all.try_for_each(|set| output::print_json(&line(&set)));
    }
    let clock = |at: Timestamp| {
        format!("{} {}", loaded.local_time.day_of(at), loaded.local_time.clock_of(at))
    };
    let cells = |set: Set| {
        let (at, by, because) = match set.changed {
            Some((at, by, because)) => (clock(at), by, because),
            None => Default::default(),
        };
        vec![set.way.to_owned(), set.switch.as_str().to_owned(), at, by, because]
    };
    let cells: Vec<Vec<String>> = all.map(cells).collect();
    output::print(&output::table(&["way", "is", "since", "by", "because"], &cells))
}

fn line(set: &Set) -> serde_json::Value {
    let changed = set.changed.as_ref();
    json!({
        "way": set.way, "switch": set.switch.as_str(),
        "changedAt": changed.map(|(at, ..)| at), "changedBy": changed.map(|(_, by, _)| by),
        "reason": changed.map(|(.., because)| because),
    })
}
