//! Keeps a changed roster: only over the file that the page showed, only within the person's boards, and on record before and after.
//!
//! Asked for, written, found: a process that dies between the last two leaves the finding to the next look at the file.

use crate::domain::digest::Digest;
use crate::operations::PageError;
use crate::operations::roster::bounds;
use crate::operations::roster::forms::Unclear;
use crate::operations::roster::forms::Wish;
use crate::operations::roster::view;
use crate::operations::visit::Visit;
use crate::roster::Roster;
use crate::roster::amend::amended;
use crate::roster::book::BookError;
use crate::roster::fault::RosterFaults;
use crate::roster::keep::KeepError;
use crate::roster::keep::OnDisk;
use crate::store::Action;
use crate::store::RosterChange;
use crate::telemetry;
use axum::extract::Form;
use axum::response::IntoResponse as _;
use axum::response::Redirect;
use axum::response::Response;

/// What came of a change.
#[derive(Debug)]
pub(super) enum Kept {
    /// It stands in the file.
    Saved,
    /// It says what the file says already.
    Unchanged,
    /// No file is configured.
    NoFile,
    /// The file changed meanwhile.
    Stale,
    /// It has faults.
    Faults(RosterFaults),
    /// It reaches beyond the person's boards.
    NotYours,
    /// The form asks for nothing that can be done.
    Unclear(Unclear),
    /// The file cannot be written by the program: the text to put there.
    Unwritable(String),
    /// It could not be read or written.
    Failed,
}

/// Changes the roster as a form asks.
pub(in crate::operations) async fn change(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let wish = Wish::of(fields);
    let kept = kept(&visit, &wish).await?;
    let said = match &kept {
        Kept::Saved => "saved",
        Kept::Unchanged => "unchanged",
        Kept::NoFile
        | Kept::Stale
        | Kept::Faults(_)
        | Kept::NotYours
        | Kept::Unclear(_)
        | Kept::Unwritable(_)
        | Kept::Failed => return view::show(&visit, Some(kept), wish).await,
    };
    let to = visit.page("/ops/").link(&format!("/ops/roster?said={said}"));
    Ok(Redirect::to(&to).into_response())
}

/// The file as it is; nothing where none is configured.
pub(super) async fn on_disk(visit: &Visit) -> Result<Option<OnDisk>, BookError> {
    let book = visit.desk.roster.clone();
    let read = tokio::task::spawn_blocking(move || book.on_disk()).await;
    read.unwrap_or_else(|broken| Err(BookError::Read(std::io::Error::other(broken))))
}

async fn kept(visit: &Visit, wish: &Wish) -> Result<Kept, PageError> {
    let disk = match on_disk(visit).await {
        Ok(Some(disk)) => disk,
        Ok(None) => return Ok(Kept::NoFile),
        Err(_) => return Ok(Kept::Failed),
    };
    if disk.digest.to_string() != wish.before {
        return Ok(Kept::Stale);
    }
    let book = &visit.desk.roster;
    let old = book.check(&disk.text);
    let text = match edited(visit, wish, (&disk.text, &old)) {
        Ok(text) => text,
        Err(refused) => return Ok(refused),
    };
    if text == disk.text {
        return Ok(Kept::Unchanged);
    }
    let new = match book.check(&text) {
        Ok(new) => new,
        Err(faults) => return Ok(Kept::Faults(faults)),
    };
    let what = match &old {
        Ok(old) if !bounds::allow(&visit.desk, visit.person.boards(), old, &new) => {
            return Ok(Kept::NotYours);
        }
        Ok(old) => old.difference(&new),
        Err(_) => "faults".to_owned(),
    };
    let what = if what.is_empty() { "text".to_owned() } else { what };
    if !book.is_writable() {
        return Ok(Kept::Unwritable(text));
    }
    let by_others = match &old {
        Ok(old) => book.now().difference(old),
        Err(faults) => format!("faults {}", faults.0.len()),
    };
    // What others changed a moment ago is on record before what takes its place, as the look that follows the file would have it.
    let found = RosterChange::Found { digest: disk.digest, what: by_others };
    if visit.desk.store.act(Action::Roster(found)).await?.is_err() {
        return Ok(Kept::Stale);
    }
    write(visit, disk.digest, text, what).await
}

/// The text that the form asks for; a file with faults can be mended as a whole only.
fn edited(
    visit: &Visit,
    wish: &Wish,
    (text, old): (&str, &Result<Roster, RosterFaults>),
) -> Result<String, Kept> {
    if wish.act == "text" {
        return if bounds::all(visit) {
            Ok(wish.field("text").to_owned())
        } else {
            Err(Kept::NotYours)
        };
    }
    let old = old.as_ref().map_err(|faults| Kept::Faults(faults.clone()))?;
    let check = |text: &str| visit.desk.roster.check(text);
    let (mut text, mut roster) = (text.to_owned(), old.clone());
    for amendment in wish.amendments(old).map_err(Kept::Unclear)? {
        text = amended((&text, &roster), &amendment, check).map_err(Kept::Faults)?;
        roster = check(&text).map_err(Kept::Faults)?;
    }
    Ok(text)
}

async fn write(
    visit: &Visit,
    before: Digest,
    text: String,
    what: String,
) -> Result<Kept, PageError> {
    let store = &visit.desk.store;
    let (actor, after) = (visit.person.actor(), Digest::of(text.as_bytes()));
    let asked = RosterChange::Asked { actor: actor.clone(), before, after, what };
    if store.act(Action::Roster(asked)).await?.is_err() {
        return Ok(Kept::Stale);
    }
    telemetry::kill_point("before_roster_is_written");
    let book = visit.desk.roster.clone();
    let written = tokio::task::spawn_blocking(move || book.keep(&before, &text)).await;
    let kept = match written {
        Ok(Ok(())) => {
            telemetry::kill_point("after_roster_before_record");
            let found = RosterChange::Found { digest: after, what: String::new() };
            // Where another process was quicker, it is on record already.
            drop(store.act(Action::Roster(found)).await?);
            return Ok(Kept::Saved);
        }
        Ok(Err(KeepError::Changed)) => Kept::Stale,
        Ok(Err(KeepError::Faults(faults))) => Kept::Faults(faults),
        Ok(Err(KeepError::NoFile)) => Kept::NoFile,
        Ok(Err(KeepError::Read(error) | KeepError::Write(error))) => {
            tracing::error!(%error, "the duty roster could not be written");
            Kept::Failed
        }
        Err(_) => Kept::Failed,
    };
    drop(store.act(Action::Roster(RosterChange::Dropped { actor, after })).await?);
    Ok(kept)
}
