//! What the writer is asked to do, and how the one who asked is told what came of it.

use crate::store::StoreError;
use crate::store::actions::Action;
use crate::store::actions::ActionRefused;
use crate::store::jobs::Claim;
use crate::store::jobs::ClaimedJob;
use crate::store::outcome::Outcome;
use crate::store::record::Record;
use crate::store::record::Recorded;
use crate::store::repeat::Repeat;
use tokio::sync::oneshot;

/// Where the one who asked waits.
pub(super) type Reply<T> = oneshot::Sender<Result<T, StoreError>>;

/// What the writer is asked to do.
pub(super) enum Command {
    /// Store a message.
    Record(Box<Record>, Reply<Recorded>),
    /// Store what a message turned out to say; tells whether that was still awaited.
    Found(Box<Record>, Reply<bool>),
    /// Note that a message came once more.
    Repeat(Box<Repeat>, Reply<()>),
    /// Take due jobs.
    Claim(Claim, Reply<Vec<ClaimedJob>>),
    /// Commit what became of attempts.
    Finish(Vec<Outcome>, Reply<()>),
    /// What a person does.
    Act(Box<Action>, Reply<Result<(), ActionRefused>>),
    /// Finish what waits and stop.
    Close(oneshot::Sender<()>),
}

/// What a command came to, inside the transaction.
pub(super) enum Done {
    Recorded(Recorded),
    Found(bool),
    Nothing,
    Claimed(Vec<ClaimedJob>),
    Acted(Result<(), ActionRefused>),
}

/// Tells a caller; one who has gone away is no fault.
pub(super) fn reply(command: Command, result: Result<Done, StoreError>) {
    fn tell<T>(
        to: Reply<T>,
        result: Result<Done, StoreError>,
        pick: impl FnOnce(Done) -> Option<T>,
    ) {
        drop(to.send(result.and_then(|done| pick(done).ok_or(StoreError::Closed))));
    }
    match command {
        Command::Record(_, to) => tell(to, result, |done| match done {
            Done::Recorded(recorded) => Some(recorded),
            Done::Found(_) | Done::Nothing | Done::Claimed(_) | Done::Acted(_) => None,
        }),
        Command::Found(_, to) => tell(to, result, |done| match done {
            Done::Found(awaited) => Some(awaited),
            Done::Recorded(_) | Done::Nothing | Done::Claimed(_) | Done::Acted(_) => None,
        }),
        Command::Claim(_, to) => tell(to, result, |done| match done {
            Done::Claimed(jobs) => Some(jobs),
            Done::Nothing | Done::Recorded(_) | Done::Found(_) | Done::Acted(_) => None,
        }),
        Command::Act(_, to) => tell(to, result, |done| match done {
            Done::Acted(acted) => Some(acted),
            Done::Nothing | Done::Recorded(_) | Done::Found(_) | Done::Claimed(_) => None,
        }),
        Command::Repeat(_, to) | Command::Finish(_, to) => tell(to, result, |_| Some(())),
        Command::Close(to) => drop(to.send(())),
    }
}
