//! What is known of a letter when it is judged: what the sources and the gates say, whether it is still needed, and what of it is left to send.

use crate::acknowledge::print::Letter;
use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::Purpose;
use crate::pipeline::Shared;
use crate::pipeline::letters::approve;
use crate::pipeline::letters::gates;
use crate::pipeline::letters::gates::Verdict;
use crate::pipeline::letters::needless;
use crate::pipeline::letters::needless::Need;
use crate::pipeline::letters::office::Office;
use crate::pipeline::letters::posting_service;
use crate::pipeline::letters::standing;
use crate::store::Asked;
use crate::store::CopyWaiting;
use crate::store::LetterRow;
use crate::store::LetterStage;
use crate::store::StoreError;
use std::collections::BTreeMap;

/// Whether it is still to go: what a statute demands always is.
pub(super) async fn need(shared: &Shared, copy: &CopyWaiting) -> Result<Need, StoreError> {
    if copy.purpose != Purpose::Offer {
        return Ok(Need::Stands);
    }
    let about = (&copy.reference, &copy.notice);
    let by = (&shared.store, &shared.partners);
    needless::of(by, about, Some(&copy.notice_state)).await
}

/// Why an offer of help that was released is not to go any more; [`crate::pipeline::letters::release`] then says so on record.
pub(super) async fn needless(
    shared: &Shared,
    key: &AcknowledgementKey,
) -> Result<Option<&'static str>, StoreError> {
    if key.purpose != Purpose::Offer {
        return Ok(None);
    }
    let Some(notice) = shared.store.notice_of(&key.reference).await? else { return Ok(None) };
    let by = (&shared.store, &shared.partners);
    Ok(match needless::of(by, (&key.reference, &notice), None).await? {
        Need::Gone(why) => Some(why),
        Need::Stands | Need::InDoubt => None,
    })
}

/// What the gates say of a copy, or of an offer of help, after the named sources were asked.
pub(super) async fn judge(
    (shared, office): (&Shared, &Office),
    copy: &CopyWaiting,
    need: Need,
) -> Result<(Verdict, Asked), StoreError> {
    let about = (&copy.reference, &copy.notice);
    let asked = approve::ask(&shared.store, &office.sources, about).await?;
    let overtaken = match copy.purpose {
        Purpose::Offer => need == Need::InDoubt,
        Purpose::Copy | Purpose::Confirmation | Purpose::Receipt => {
            standing::of(&shared.store, about).await?.overtaken
        }
    };
    let case = gates::Case {
        notice: &copy.notice,
        purpose: copy.purpose,
        format: copy.envelope.format,
        sender_proven: approve::is_proven(&shared.partners, &copy.envelope, copy.purpose),
        thresholds: shared.profile.reading.as_ref(),
        on: shared.local_time.day_of(copy.received_at),
        in_review: matches!(
            copy.notice_state.as_str(),
            "needsReview" | "notNotice" | "dismissed" | "reading"
        ),
        protection: asked.answer,
        overtaken,
        corrected: copy.corrected,
    };
    Ok((gates::judge(&case), asked))
}

/// The letters of a copy that were not delivered, and what is put on record of those that were; nothing when they cannot be read.
pub(super) fn left_of(
    copy: &CopyWaiting,
    mut rows: BTreeMap<usize, LetterRow>,
) -> Option<(Vec<Letter>, Option<String>)> {
    let letters: Vec<Letter> = serde_json::from_str(copy.rendered.as_deref()?).ok()?;
    rows.retain(|_, row| row.stage == LetterStage::Sent);
    let delivered = (!rows.is_empty()).then(|| posting_service::evidence(&rows));
    let all = letters.into_iter().enumerate();
    let left = all.filter(|(ordinal, _)| !rows.contains_key(ordinal));
    Some((left.map(|(_, letter)| letter).collect(), delivered))
}
