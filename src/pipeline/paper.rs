//! Keeps the list on paper true: what Kronofogden has not been told stands in a file that people open and print when the program, or all of it, is down.
//!
//! Written when something has changed, and once a minute all the same, so that its time tells whether the program still runs. What cannot be written
//! is told in the log once and tried on: nothing waits for it.

use crate::acknowledge::confirmation::paper::Line;
use crate::acknowledge::confirmation::paper::Sheet;
use crate::pipeline::Shared;
use crate::pipeline::responsible::Responsible;
use crate::store::Awaiting;
use crate::store::StoreError;
use jiff::SignedDuration;
use jiff::Timestamp;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(2);

/// So old the file becomes, at most.
const AGE: SignedDuration = SignedDuration::from_mins(1);

/// Why the list is not what it should be.
#[derive(Debug, thiserror::Error)]
enum PaperError {
    #[error("what waits could not be read")]
    Store(#[from] StoreError),
    #[error("the file could not be put in its folder: {0}")]
    Write(#[source] io::Error),
}

/// Writes until told to stop; the file stays.
pub async fn run(shared: Shared, responsible: Responsible, path: PathBuf, stop: CancellationToken) {
    let mut last: Option<(Timestamp, Vec<Line>)> = None;
    let mut told = false;
    loop {
        match write(&shared, &responsible, &path, &mut last).await {
            Ok(()) => told = false,
            Err(error) if !told => {
                told = true;
                tracing::error!(%error, "the list of unconfirmed notices to print could not be written; it is tried on");
            }
            Err(_) => {}
        }
        if stop.run_until_cancelled(tokio::time::sleep(PAUSE)).await.is_none() {
            return;
        }
    }
}

async fn write(
    shared: &Shared,
    responsible: &Responsible,
    path: &Path,
    last: &mut Option<(Timestamp, Vec<Line>)>,
) -> Result<(), PaperError> {
    let now = shared.clock.now();
    let rows = shared.store.unconfirmed().await?;
    let lines: Vec<Line> = rows.iter().map(|row| line(shared, responsible, row, now)).collect();
    let fresh = |at: Timestamp| now >= at && now.duration_since(at) < AGE;
    if last.as_ref().is_some_and(|(at, known)| *known == lines && fresh(*at)) {
        return Ok(());
    }
    let sheet = Sheet { written: local(shared, now), lines: lines.clone() };
    let path = path.to_owned();
    let put = tokio::task::spawn_blocking(move || sheet.put(&path)).await;
    put.map_err(io::Error::other).flatten().map_err(PaperError::Write)?;
    *last = Some((now, lines));
    Ok(())
}

fn line(shared: &Shared, responsible: &Responsible, row: &Awaiting, now: Timestamp) -> Line {
    let enforcement = row.notice.enforcement.as_ref();
    let number = enforcement.and_then(|it| it.case_number.as_ref());
    let starts = enforcement.and_then(|it| it.starts_at);
    // Whoever was named already; else whoever is on duty.
    let named = row.caseworker.clone().or_else(|| responsible.on_duty(&row.unit));
    let unit = shared.profile.unit(&row.unit).map_or(row.unit.as_str(), |unit| unit.name.as_str());
    Line {
        reference: row.reference.to_string(),
        due: local(shared, row.due_at),
        late: now > row.due_at,
        arrived: local(shared, row.received_at),
        case_number: number.map(|number| number.reveal().to_owned()).unwrap_or_default(),
        starts: starts
            .map(|at| at.instant().map_or_else(|| at.to_string(), |at| local(shared, at)))
            .unwrap_or_default(),
        unit: unit.to_owned(),
        caseworker: named.as_ref().map(|named| named.name.clone()).unwrap_or_default(),
        telephone: named.map(|named| named.telephone).unwrap_or_default(),
    }
}

fn local(shared: &Shared, at: Timestamp) -> String {
    format!("{} {}", shared.local_time.day_of(at), shared.local_time.clock_of(at))
}
