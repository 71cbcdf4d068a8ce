//! `kvittens unconfirmed` and `kvittens name`: what Kronofogden has not been told yet, and who is named as the responsible caseworker
//! (SFS 2025:468 11 kap. 3 §).

use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::commands::show;
use crate::domain::calendar::LocalTime;
use crate::domain::caseworker::Caseworker;
use crate::store::Action;
use crate::store::Awaiting;
use crate::store::ConfirmationChange;
use jiff::Timestamp;
use serde_json::json;

/// Arguments of `unconfirmed`.
#[derive(Debug, clap::Args)]
pub(super) struct UnconfirmedArguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// Print one JSON line per notice
    #[arg(long)]
    json: bool,
}

/// Arguments of `name`.
#[derive(Debug, clap::Args)]
pub(super) struct NameArguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// The notice's reference
    reference: String,
    /// The caseworker's name, as Kronofogden is told
    #[arg(long)]
    caseworker: String,
    /// The caseworker's telephone
    #[arg(long)]
    telephone: String,
    /// The caseworker's unit; else the notice's own
    #[arg(long)]
    unit: Option<String>,
}

/// Prints the list, to be worked through by hand when nothing else works: the store alone is needed.
pub(super) async fn unconfirmed(arguments: UnconfirmedArguments) -> Outcome {
    let (loaded, store) = super::open(&arguments.config).await?;
    let rows = store.unconfirmed().await?;
    store.close().await;
    let now = crate::clock::Clock::system().now();
    if arguments.json {
        return rows.iter().try_for_each(|row| output::print_json(&line(row, now)));
    }
    if rows.is_empty() {
        return output::print("Kronofogden has a confirmation of every notice.");
    }
    let time = &loaded.local_time;
    let cells: Vec<Vec<String>> = rows.iter().map(|row| cells(row, time, now)).collect();
    let header = ["reference", "arrived", "due", "case number", "time", "unit", "stands"];
    output::print(&output::table(&header, &cells))?;
    output::print(
        "\nName a caseworker with `kvittens name REFERENCE --caseworker NAME --telephone NUMBER`;\nput on record what you confirmed yourself with `kvittens told REFERENCE --kronofogden --reason HOW`.",
    )
}

fn cells(row: &Awaiting, time: &LocalTime, now: Timestamp) -> Vec<String> {
    let local = |at| format!("{} {}", time.day_of(at), time.clock_of(at));
    let enforcement = row.notice.enforcement.as_ref();
    let number = enforcement.and_then(|it| it.case_number.as_ref());
    vec![
        row.reference.to_string(),
        local(row.received_at),
        local(row.due_at),
        number.map(|number| number.reveal().to_owned()).unwrap_or_default(),
        enforcement.and_then(|it| it.starts_at).map(|at| at.to_string()).unwrap_or_default(),
        row.unit.clone(),
        row.why(now).unwrap_or_else(|| row.state.as_str()).to_owned(),
    ]
}

fn line(row: &Awaiting, now: Timestamp) -> serde_json::Value {
    let enforcement = row.notice.enforcement.as_ref();
    json!({
        "reference": row.reference, "version": row.version, "receivedAt": row.received_at, "dueAt": row.due_at,
        "caseNumber": enforcement.and_then(|it| it.case_number.as_ref()), "startsAt": enforcement.and_then(|it| it.starts_at),
        "unit": row.unit, "way": row.way.as_str(), "state": row.state.as_str(), "reason": row.why(now),
    })
}

/// Names the caseworker: the confirmation that waits goes out, or a new one that takes the place of what was sent.
pub(super) async fn name(arguments: NameArguments) -> Outcome {
    let reference = show::parse(&arguments.reference)?;
    let filled = |text: &str, option: &str| match text.trim() {
        "" => Err(Failed::Usage(anyhow::anyhow!("{option} must not be empty"))),
        text => Ok(text.to_owned()),
    };
    let (name, telephone) = (
        filled(&arguments.caseworker, "--caseworker")?,
        filled(&arguments.telephone, "--telephone")?,
    );
    let (loaded, store) = super::open(&arguments.config).await?;
    let rows = store.notices_of(reference.as_str()).await?;
    let unit = rows.first().and_then(|row| loaded.profile.unit(&row.unit));
    let unit = arguments.unit.or_else(|| unit.map(|unit| unit.name.clone())).unwrap_or_default();
    let now = crate::clock::Clock::system().now();
    let change = ConfirmationChange::ByPerson {
        reference: reference.clone(),
        actor: crate::config::actor(),
        caseworker: Caseworker {
            id: "named".to_owned(),
            name,
            unit,
            telephone,
            because: "person".to_owned(),
        },
        due_at: loaded.local_time.end_of(loaded.local_time.day_of(now)),
    };
    let named = store.act(Action::Confirmation(change)).await?;
    store.close().await;
    named.map_err(|why| Failed::Work(anyhow::anyhow!("{reference}: nobody is named: {why}")))?;
    output::print(&format!(
        "{reference}  the caseworker is named; a running gateway tells Kronofogden"
    ))
}
