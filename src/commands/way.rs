//! `kvittens way`: whether acknowledgements leave by a way, or are held back: the kill switch, and the dry run.

use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::domain::acknowledgement::Way;
use crate::domain::switch::Switch;
use crate::store::Action;
use crate::store::SwitchChange;
use crate::store::SwitchRow;
use serde_json::json;

/// Arguments of `way`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "off      nothing leaves; what waits goes when the way is on again. Confirmations to Kronofogden and letters to persons take the next configured way.\n\
                  dry-run  everything is made and stored as it would be sent, and nothing leaves: it counts as failed. Send it with `kvittens\n\
                  \x20        retry`, or put on record with `kvittens told` that you did it another way; a letter to a person with\n\
                  \x20        `kvittens copy REFERENCE --approve` or `--sent HOW`. No other way is tried.\n\n\
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

/// The ways that can be switched.
fn switched() -> impl Iterator<Item = Way> {
    Way::ALL.iter().copied().filter(|way| way.switched_as() == Some(*way))
}

async fn list(arguments: &Arguments) -> Outcome {
    let (loaded, store) = super::open(&arguments.config).await?;
    let rows = store.switches().await?;
    store.close().await;
    let of = |way: Way| rows.iter().find(|row| row.way == way);
    if arguments.json {
        return switched().try_for_each(|way| output::print_json(&line(way, of(way))));
    }
    let cells: Vec<Vec<String>> = switched()
        .map(|way| {
            let row = of(way);
            let at = row.map(|row| {
                let (day, clock) = (
                    loaded.local_time.day_of(row.changed_at),
                    loaded.local_time.clock_of(row.changed_at),
                );
                format!("{day} {clock}")
            });
            vec![
                way.as_str().to_owned(),
                row.map_or(Switch::On, |row| row.switch).as_str().to_owned(),
                at.unwrap_or_default(),
                row.map(|row| row.changed_by.clone()).unwrap_or_default(),
                row.map(|row| row.reason.clone()).unwrap_or_default(),
            ]
        })
        .collect();
    output::print(&output::table(&["way", "is", "since", "by", "because"], &cells))
}

fn line(way: Way, row: Option<&SwitchRow>) -> serde_json::Value {
    json!({
        "way": way.as_str(), "switch": row.map_or(Switch::On, |row| row.switch).as_str(),
        "changedAt": row.map(|row| row.changed_at), "changedBy": row.map(|row| row.changed_by.as_str()),
        "reason": row.map(|row| row.reason.as_str()),
    })
}
