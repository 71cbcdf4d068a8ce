//! Where a copy stands beside what has gone before it: letters of it that were delivered already, and other notices of the same case.

use crate::acknowledge::print::Letter;
use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::reference::Reference;
use crate::pipeline::compose;
use crate::store::CopyWaiting;
use crate::store::LetterStage;
use crate::store::Store;
use crate::store::StoreError;

/// What other notices of the same case mean for a copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// A copy that tells another time has gone: this one takes its place.
    pub replaces: bool,
    /// A later notice tells another time, or that the eviction is changed: whether this copy should go at all is for a person.
    pub overtaken: bool,
}

/// Where a copy stands among the notices of its case.
///
/// # Errors
/// When the database does not answer.
pub async fn of(
    store: &Store,
    (reference, notice): (&Reference, &Notice),
) -> Result<Standing, StoreError> {
    let Some(case) = compose::case_key(notice) else { return Ok(Standing::default()) };
    let mut standing = Standing::default();
    for other in store.beside(&case, reference).await? {
        let another_time = tells_another_time(&other.notice, notice);
        standing.replaces |= another_time && !other.later && other.copied;
        standing.overtaken |= other.later && (another_time || is_change(&other.notice));
    }
    Ok(standing)
}

fn tells_another_time(other: &Notice, than: &Notice) -> bool {
    let time = |notice: &Notice| notice.enforcement.as_ref().and_then(|it| it.starts_at);
    let both = other.kind == NoticeType::EvictionScheduled && than.kind == other.kind;
    both && time(other).map(|at| at.to_string()) != time(than).map(|at| at.to_string())
}

/// Whether Kronofogden tells what has become of an eviction.
fn is_change(notice: &Notice) -> bool {
    matches!(notice.kind, NoticeType::EvictionChanged | NoticeType::EvictionExecuted)
}

/// Letters of a copy that were delivered by ways which could not deliver all.
pub struct Delivered(Vec<(Way, usize)>);

/// Which letters of a copy were delivered already.
///
/// # Errors
/// When the database does not answer.
pub async fn served(store: &Store, copy: &CopyWaiting) -> Result<Delivered, StoreError> {
    let served = store.letters_served(&copy.reference, copy.version).await?;
    let told = served.into_iter().filter_map(|(way, rendered, place)| {
        let letters: Vec<Letter> = serde_json::from_str(&rendered).ok()?;
        Some((way, number_of(letters.get(place)?)?))
    });
    Ok(Delivered(told.collect()))
}

impl Delivered {
    /// Whether the respondent whom a letter is for has had it.
    pub fn has(&self, letter: &Letter) -> bool {
        number_of(letter).is_some_and(|number| self.0.iter().any(|(_, served)| *served == number))
    }

    /// The ways by which some were delivered: their places in the history are taken.
    pub fn ways(&self) -> Vec<Way> {
        self.0.iter().map(|(way, _)| *way).collect()
    }
}

/// The how-manieth respondent a letter is for: the last part of its file's name.
fn number_of(letter: &Letter) -> Option<usize> {
    letter.file.strip_suffix(".pdf")?.rsplit('.').next()?.parse().ok()
}

/// Whether letters of a copy that no way could deliver have gone all the same, or may have.
///
/// # Errors
/// When the database does not answer.
pub async fn has_begun(store: &Store, copy: &CopyWaiting) -> Result<bool, StoreError> {
    if copy.way == Way::Outstanding {
        return Ok(false);
    }
    let letters = store.letters_of(&key(copy)).await?;
    let gone = |stage: LetterStage| stage == LetterStage::Sent || stage.is_under_way();
    Ok(letters.values().any(|letter| gone(letter.stage)))
}

/// As the store calls a copy.
pub fn key(copy: &CopyWaiting) -> AcknowledgementKey {
    AcknowledgementKey {
        reference: copy.reference.clone(),
        recipient: Recipient::Person,
        purpose: copy.purpose,
        way: copy.way,
        version: copy.version,
    }
}

#[cfg(test)]
mod tests {
    use super::number_of;
    use crate::acknowledge::print::Letter;

    #[test]
    fn the_name_of_a_letter_tells_whom_it_is_for() {
        for (file, number) in [
            ("kopia-AVH-7K4M-2QX6.1.pdf", Some(1)),
            ("kopia-AVH-7K4M-2QX6.v3.12.pdf", Some(12)),
            ("kopia-AVH-7K4M-2QX6.pdf", None),
            ("kopia.csv", None),
        ] {
            let letter = Letter::of(file.to_owned(), Vec::new(), b"");
            assert_eq!(number_of(&letter), number, "{file}");
        }
    }
}
