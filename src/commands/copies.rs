//! `kvittens copies`: the copies of confirmations that the persons concerned have not been sent, why each waits and what to do; the restricted list of
//! protected persons apart. Neither names anybody.

use crate::commands::ConfigArgument;
use crate::commands::Outcome;
use crate::commands::output;
use crate::domain::acknowledgement::Purpose;
use crate::domain::calendar::LocalTime;
use crate::domain::copy_reason;
use crate::store::Boards;
use crate::store::CopyWaiting;
use serde_json::json;

/// Arguments of `copies`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// Only those where somebody's identity is protected: no letter is made, and staff send each copy by Skatteverket's forwarding or by hand
    #[arg(long)]
    protected: bool,
    /// Not the copies but the letters that offer help after a landlord's notice: no statute asks for them
    #[arg(long)]
    offers: bool,
    /// Print one JSON line per copy
    #[arg(long)]
    json: bool,
}

/// Prints the list: the store alone is needed.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let (loaded, store) = super::open(&arguments.config).await?;
    let mut rows = store.copies_owed(&Boards::All, arguments.protected).await?;
    rows.retain(|row| (row.purpose == Purpose::Offer) == arguments.offers);
    store.close().await;
    if arguments.json {
        return rows.iter().try_for_each(|row| output::print_json(&line(row)));
    }
    if rows.is_empty() {
        return output::print(match arguments.offers {
            true => "No letter that offers help waits.",
            false => "No copy is owed to anybody.",
        });
    }
    let time = &loaded.local_time;
    let cells: Vec<Vec<String>> = rows.iter().map(|row| cells(row, time)).collect();
    let header =
        ["reference", "arrived", "due", "unit", "way", "state", "why, and what to make sure of"];
    output::print(&output::table(&header, &cells))?;
    if arguments.offers {
        return output::print(
            "\nLook with `kvittens copy REFERENCE --out DIR`, approve with `--approve`, put on record with `--sent HOW` how you reached the person yourself, or with \
             `--not-sent WHY` that nothing is sent. No statute asks for these letters.",
        );
    }
    output::print(match arguments.protected {
        true => {
            "\nSend each by Skatteverket's forwarding or by hand today, and put it on record with `kvittens copy REFERENCE --sent HOW`."
        }
        false => {
            "\nLook with `kvittens copy REFERENCE --out DIR`, approve with `--approve`, or put on record with `--sent HOW` what you sent yourself."
        }
    })
}

fn cells(row: &CopyWaiting, time: &LocalTime) -> Vec<String> {
    let local = |at| format!("{} {}", time.day_of(at), time.clock_of(at));
    vec![
        row.reference.to_string(),
        local(row.received_at),
        local(row.due_at),
        row.unit.clone(),
        row.way.as_str().to_owned(),
        row.state.as_str().to_owned(),
        why(row).join("; "),
    ]
}

/// In words where it waits for somebody; else as the way said it.
fn why(row: &CopyWaiting) -> Vec<String> {
    let reason = row.reason.as_deref().unwrap_or_default();
    if row.way.as_str() != "outstanding" {
        return vec![reason.to_owned()];
    }
    let words = match row.purpose {
        Purpose::Offer => copy_reason::words_of_offer(reason),
        Purpose::Copy | Purpose::Confirmation | Purpose::Receipt => copy_reason::words(reason),
    };
    words.into_iter().map(|(_, english)| english.to_owned()).collect()
}

fn line(row: &CopyWaiting) -> serde_json::Value {
    json!({
        "reference": row.reference, "purpose": row.purpose.as_str(), "version": row.version, "receivedAt": row.received_at, "dueAt": row.due_at, "unit": row.unit,
        "board": row.board, "way": row.way.as_str(), "state": row.state.as_str(), "reason": row.reason, "why": why(row),
    })
}
