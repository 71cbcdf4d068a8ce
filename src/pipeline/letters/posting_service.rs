//! The letters of a copy on their way through the letter service, together: each is carried one step further in an attempt, and the copy is sent
//! when all of them are delivered. What is held back is not begun; what the service has is followed up all the same.

use crate::acknowledge::letter_service::LetterService;
use crate::acknowledge::print::Letter;
use crate::domain::retry::RetryPolicy;
use crate::pipeline::letters::carrying::Carrier;
use crate::pipeline::letters::posting::Posting;
use crate::pipeline::letters::posting::pause;
use crate::store::LetterRow;
use crate::store::LetterStage;
use crate::store::Outcome;
use crate::store::StoreError;
use jiff::SignedDuration;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A letter that was begun shows in what the person was sent after this time, or was not posted.
pub(super) const SETTLES: SignedDuration = SignedDuration::from_secs(5);

/// The longest pause between two looks at a letter that the service has taken.
const LONGEST_LOOK: SignedDuration = SignedDuration::from_mins(15);

/// No letter is begun later in an attempt than this.
const ONE_ATTEMPT: SignedDuration = SignedDuration::from_secs(20);

/// Takes each letter of a copy one step further. `held`: none is begun.
pub(super) async fn post(
    posting: &Posting<'_>,
    known: &BTreeMap<usize, LetterRow>,
    held: bool,
) -> Result<Outcome, StoreError> {
    let Some(service) = &posting.office.service else {
        return Ok(posting.failed("no letter service is configured any more".to_owned()));
    };
    let Ok(letters) = serde_json::from_str::<Vec<Letter>>(&posting.job.rendered) else {
        return Ok(posting.failed("the stored letters cannot be read".to_owned()));
    };
    let mut rows = BTreeMap::new();
    let begun_at = posting.now();
    for (ordinal, letter) in letters.iter().enumerate() {
        let carrier = Carrier { posting, service, ordinal, letter, held };
        let known = known.get(&ordinal);
        let row = match posting.now().duration_since(begun_at) > ONE_ATTEMPT {
            // A slow service: the rest has its turn in the next attempt, within its lease.
            true => known.cloned().unwrap_or_else(|| carrier.row(LetterStage::Waiting, 0)),
            false => carrier.step(known).await?,
        };
        rows.insert(ordinal, row);
    }
    Ok(summary(posting, service, &rows))
}

/// What the letters come to together.
fn summary(
    posting: &Posting<'_>,
    service: &LetterService,
    rows: &BTreeMap<usize, LetterRow>,
) -> Outcome {
    let now = posting.now();
    let open: Vec<&LetterRow> = rows.values().filter(|row| is_open(row)).collect();
    let (look_every, retry) = (service.config().look_every, posting.retry);
    let next = open.iter().map(|row| next_look(row, look_every, retry, now)).min();
    if let Some(at) = next {
        let note = open.iter().find_map(|row| row.note.clone());
        return posting.again(at, note.unwrap_or_else(|| "with the letter service".to_owned()));
    }
    let failed: Vec<&str> = rows
        .values()
        .filter(|row| row.stage == LetterStage::Failed)
        .map(|row| row.note.as_deref().unwrap_or_default())
        .collect();
    match failed.is_empty() {
        true => posting.sent(evidence(rows)),
        false => posting.failed(format!(
            "{} of {} letters cannot be delivered by the letter service: {}",
            failed.len(),
            rows.len(),
            failed.join("; ")
        )),
    }
}

/// What is put on record of the letters that were delivered.
pub(super) fn evidence(rows: &BTreeMap<usize, LetterRow>) -> String {
    let sent = rows.iter().filter(|(_, row)| row.stage == LetterStage::Sent);
    let told = sent.map(|(ordinal, row)| {
        let message = row.message.as_deref().unwrap_or("-");
        format!(
            "letter {}: message {message}, {}",
            ordinal + 1,
            row.note.as_deref().unwrap_or_default()
        )
    });
    format!("letter service: {}", told.collect::<Vec<_>>().join("; "))
}

fn is_open(row: &LetterRow) -> bool {
    match row.stage {
        LetterStage::Waiting | LetterStage::Begun | LetterStage::Taken => true,
        LetterStage::Sent | LetterStage::Failed | LetterStage::Placed => false,
    }
}

/// When a letter is looked at again. What was begun in vain waits longer each time, as what was not.
fn next_look(
    row: &LetterRow,
    look_every: SignedDuration,
    retry: RetryPolicy,
    now: Timestamp,
) -> Timestamp {
    let after = |pause: SignedDuration| now.saturating_add(pause).unwrap_or(now);
    match row.stage {
        LetterStage::Waiting => pause(retry, row.tries, now),
        LetterStage::Begun => {
            let settled = after(look_every.min(SETTLES));
            if row.tries > 1 { settled.max(pause(retry, row.tries, now)) } else { settled }
        }
        // The longer it takes, the seldomer we ask.
        LetterStage::Taken | LetterStage::Sent | LetterStage::Failed | LetterStage::Placed => {
            let waited = now.duration_since(row.since) / 4;
            after(waited.clamp(look_every, LONGEST_LOOK.max(look_every)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SETTLES;
    use super::next_look;
    use crate::domain::retry::RetryPolicy;
    use crate::store::LetterRow;
    use crate::store::LetterStage;
    use jiff::SignedDuration;
    use jiff::Timestamp;

    #[test]
    fn what_was_begun_in_vain_is_looked_for_with_growing_pauses() {
        let now = Timestamp::UNIX_EPOCH;
        let begun = |tries| LetterRow {
            stage: LetterStage::Begun,
            party: None,
            message: None,
            note: None,
            tries,
            since: now,
        };
        let look_every = SignedDuration::from_secs(30);
        let pauses: Vec<i64> = (1..=8)
            .map(|tries| next_look(&begun(tries), look_every, RetryPolicy::default(), now))
            .map(|at| at.as_second())
            .collect();
        assert_eq!(pauses, [5, 5, 8, 16, 32, 64, 128, 256]);
        assert_eq!(pauses[0], SETTLES.as_secs());
    }
}
