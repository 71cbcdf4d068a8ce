//! `kvittens notices`: lists notices, newest first. Nothing personal is shown.

use crate::commands::ConfigArgument;
use crate::commands::Outcome;
use crate::commands::output;
use crate::store::NoticeFilter;
use crate::store::NoticeRow;
use serde_json::json;

/// Arguments of `notices`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// Only those in this state, such as needsReview, parked, uncertain, retrying
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
    /// Only those that have not ended
    #[arg(long, conflicts_with = "state")]
    open: bool,
    /// How many at most
    #[arg(long, default_value_t = 50)]
    limit: i64,
    /// Print one JSON line per notice
    #[arg(long)]
    json: bool,
}

/// Prints the list.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let (loaded, store) = super::open(&arguments.config).await?;
    let filter = match (arguments.state, arguments.open) {
        (Some(state), _) => NoticeFilter::State(state),
        (None, true) => NoticeFilter::Open,
        (None, false) => NoticeFilter::Recent,
    };
    let rows = store.notices(&filter, arguments.limit).await?;
    store.close().await;
    if arguments.json {
        return rows.iter().try_for_each(|row| output::print_json(&line(row)));
    }
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let local = loaded.local_time.day_of(row.received_at);
            let clock = loaded.local_time.clock_of(row.received_at);
            vec![
                row.reference.clone(),
                format!("{local} {clock}"),
                row.channel.clone(),
                row.kind.clone(),
                row.unit.clone(),
                row.state.clone(),
                row.case_id.clone().or(row.reason.clone()).unwrap_or_default(),
            ]
        })
        .collect();
    if cells.is_empty() {
        return output::print("No notices.");
    }
    let header = ["reference", "arrived", "door", "kind", "unit", "state", "case or why not"];
    output::print(&output::table(&header, &cells))
}

fn line(row: &NoticeRow) -> serde_json::Value {
    json!({
        "reference": row.reference, "message": row.message, "type": row.kind, "state": row.state, "unit": row.unit,
        "board": row.board, "channel": row.channel, "caseId": row.case_id, "reason": row.reason,
        "attempts": row.attempts, "receivedAt": row.received_at, "updatedAt": row.updated_at,
    })
}
