//! Each door's own count of the last local day against the store's: what a door has that the store does not know was lost, what the store has
//! that a folder does not was taken away.
//!
//! A drop folder is counted by the files that lie in it. Every other door is counted by what it settled since the process started: of a mailbox
//! that people read too, and of requests, nothing remains to count.

use crate::pipeline::Shared;
use crate::pipeline::alive::Watched;
use crate::pipeline::alive::Watching;
use crate::pulse;
use crate::pulse::Comparison;
use crate::store::StoreError;
use crate::telemetry;
use jiff::civil::Date;
use std::io;
use std::path::Path;
use std::time::Duration;

/// A difference counts when it is still there after so long: what is being settled meanwhile is none.
const AGAIN_AFTER: Duration = Duration::from_secs(3);

/// Why counts could not be compared.
#[derive(Debug, thiserror::Error)]
enum CompareError {
    #[error("the store cannot count")]
    Store(#[from] StoreError),
    #[error("the folder of the day cannot be listed")]
    Folder(#[from] io::Error),
}

/// Compares in its rhythm.
pub(super) async fn run(shared: &Shared, watching: &Watching) {
    let mut ticks = tokio::time::interval(watching.compare_every);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        for watched in &watching.doors {
            let compared = match compare(shared, watched).await {
                Ok(first) if first.difference() != 0 => {
                    tokio::time::sleep(AGAIN_AFTER).await;
                    compare(shared, watched).await
                }
                other => other,
            };
            match compared {
                Ok(comparison) => note(&watched.door, comparison),
                Err(error) => {
                    let (door, error) =
                        (&watched.door, format!("{:#}", anyhow::Error::from(error)));
                    tracing::warn!(
                        door,
                        error,
                        "could not compare a door's count with the store's"
                    );
                }
            }
        }
    }
}

async fn compare(shared: &Shared, watched: &Watched) -> Result<Comparison, CompareError> {
    let today = shared.local_time.day_of(shared.clock.now());
    let day = today.yesterday().unwrap_or(today);
    let day_start = shared.local_time.start_of(day);
    let (store, door) = (&shared.store, &watched.door);
    let Some(done) = &watched.done else {
        // First the door, then the store, which is never behind it.
        let settled = pulse::board().settled_on(door, day);
        let stored = store.day_of_door(door, day, day_start).await?;
        return Ok(Comparison { day, door: settled, store: stored, whole: false });
    };
    let of_day = done.join(day.to_string());
    let files = tokio::task::spawn_blocking(move || files(&of_day)).await;
    let files = files.unwrap_or_else(|died| Err(io::Error::other(died)))?;
    let stored = store.files_of_door(door, day, day_start).await?;
    Ok(Comparison { day, door: files, store: stored, whole: true })
}

/// How many files lie in a day's folder; none when there is no such folder.
fn files(of_day: &Path) -> io::Result<u64> {
    let entries = match std::fs::read_dir(of_day) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    let mut count = 0;
    for entry in entries {
        let entry = entry?;
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        count += u64::from(!hidden && entry.file_type()?.is_file());
    }
    Ok(count)
}

fn note(door: &str, comparison: Comparison) {
    let difference = comparison.difference();
    metrics::gauge!(telemetry::DOOR_DIFFERENCE, "door" => door.to_owned()).set(difference as f64);
    if pulse::board().compared(door, comparison) && difference != 0 {
        tracing::error!(
            door,
            day = %comparison.day,
            counted = comparison.door,
            stored = comparison.store,
            "a door's own count of a day is not the store's"
        );
    }
}

/// Notes what is about to be settled with a door, as that door's own count.
pub(in crate::pipeline) fn count<'a>(door: &str, days: impl Iterator<Item = &'a Date>) {
    let mut counts = std::collections::BTreeMap::<Date, u64>::new();
    days.for_each(|day| *counts.entry(*day).or_default() += 1);
    counts.into_iter().for_each(|(day, count)| pulse::board().settled(door, day, count));
}
