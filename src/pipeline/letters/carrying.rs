//! One letter on its way through the letter service: posted once as far as the service lets us know, followed up until it is delivered.

use crate::acknowledge::letter_service::LetterService;
use crate::acknowledge::letter_service::Post;
use crate::acknowledge::letter_service::Stand;
use crate::acknowledge::print::Letter;
use crate::domain::failure::Failure;
use crate::pipeline::letters::posting::Posting;
use crate::pipeline::letters::posting::TRIES_OF_ONE_WAY;
use crate::pipeline::letters::posting_service::SETTLES;
use crate::store::LetterRow;
use crate::store::LetterStage;
use crate::store::StoreError;
use crate::telemetry;

/// The service's digital delivery has ended in vain, and none on paper has begun.
const DIGITAL_ENDED: &str = "digitalEnded";

/// The service has no such letter, however often it was posted.
const NEVER_TAKEN: &str = "the service took it at no attempt";

/// Carries one letter.
pub(super) struct Carrier<'a> {
    pub(super) posting: &'a Posting<'a>,
    pub(super) service: &'a LetterService,
    /// Its place in the copy.
    pub(super) ordinal: usize,
    pub(super) letter: &'a Letter,
    /// It is not begun: its way is switched off, or somebody has become protected.
    pub(super) held: bool,
}

impl Carrier<'_> {
    /// One step further.
    pub(super) async fn step(&self, known: Option<&LetterRow>) -> Result<LetterRow, StoreError> {
        let Some(known) = known else {
            return match self.held {
                true => Ok(self.row(LetterStage::Waiting, 0)),
                false => self.begin(0).await,
            };
        };
        match known.stage {
            LetterStage::Waiting | LetterStage::Failed if self.held => Ok(known.clone()),
            LetterStage::Waiting => self.begin(known.tries).await,
            LetterStage::Begun => self.look_for(known).await,
            LetterStage::Taken => self.ask(known).await,
            // A person has the whole copy tried again.
            LetterStage::Failed if self.posting.attempt == 1 => self.begin(0).await,
            LetterStage::Failed | LetterStage::Sent | LetterStage::Placed => Ok(known.clone()),
        }
    }

    /// It was certainly not posted: it is begun again, or waits until it may be.
    async fn anew(&self, known: &LetterRow) -> Result<LetterRow, StoreError> {
        match self.held {
            true => {
                let waits = self.row(LetterStage::Waiting, known.tries);
                self.posting.keep(self.ordinal, waits).await
            }
            false => self.begin(known.tries).await,
        }
    }

    /// Looks the person up, commits the intent, posts.
    async fn begin(&self, tries: u32) -> Result<LetterRow, StoreError> {
        let tries = tries + 1;
        let blank = self.row(LetterStage::Waiting, tries);
        let Some(person) = &self.letter.person else {
            return self.fail(blank, "noIdentity".to_owned()).await;
        };
        let party = match self.service.party(person).await {
            Ok(Some(party)) => party,
            Ok(None) => return self.fail(blank, "partyNotFound".to_owned()).await,
            Err(failure) => return self.not_posted(blank, failure).await,
        };
        let begun = LetterRow { party: Some(party.clone()), ..self.row(LetterStage::Begun, tries) };
        let begun = self.posting.keep(self.ordinal, begun).await?;
        telemetry::kill_point("after_letter_begun");
        let board = &self.posting.shared.contacts;
        let post = Post {
            mark: &self.mark(),
            party: &party,
            file: &self.letter.file,
            pdf: &self.letter.pdf,
            contact: &board(""),
        };
        match self.service.post(&post).await {
            Ok(taken) => {
                telemetry::kill_point("after_letter_posted");
                let taken_row = LetterRow {
                    message: Some(taken.message),
                    ..LetterRow { party: Some(party), ..self.row(LetterStage::Taken, tries) }
                };
                let row = self.posting.keep(self.ordinal, taken_row).await?;
                self.moved(row, taken.stand).await
            }
            Err(failure) => self.not_posted(begun, failure).await,
        }
    }

    async fn not_posted(&self, row: LetterRow, failure: Failure) -> Result<LetterRow, StoreError> {
        let note = failure.to_string();
        match failure {
            Failure::Permanent(_) => self.fail(row, note).await,
            Failure::Transient(_) if self.is_enough(row.tries) => self.fail(row, note).await,
            Failure::Transient(_) => {
                let waits =
                    LetterRow { note: Some(note), ..self.row(LetterStage::Waiting, row.tries) };
                self.posting.keep(self.ordinal, waits).await
            }
            // It may have been posted: it is looked for.
            Failure::Uncertain(_) => {
                self.posting.keep(self.ordinal, LetterRow { note: Some(note), ..row }).await
            }
        }
    }

    /// It was begun and has no outcome: what the person was sent tells, or it is posted once more. The bytes are the same.
    async fn look_for(&self, known: &LetterRow) -> Result<LetterRow, StoreError> {
        let Some(party) = &known.party else { return self.anew(known).await };
        let from = self.posting.shared.local_time.day_of(known.since);
        let now = self.posting.now();
        match self.service.find(party, &self.mark(), from).await {
            Ok(Some(stand)) => self.moved(known.clone(), stand).await,
            Ok(None) if now.duration_since(known.since) < SETTLES => Ok(known.clone()),
            // A service that takes nothing and says so by errors alone is left as one that is down.
            Ok(None) if self.is_enough(known.tries) => {
                let note = known.note.clone().unwrap_or_else(|| NEVER_TAKEN.to_owned());
                self.fail(known.clone(), note).await
            }
            Ok(None) => self.anew(known).await,
            // Whether it was posted cannot be told: twice the same letter is better than none.
            Err(failure) if self.is_enough(known.tries) => {
                self.fail(known.clone(), failure.to_string()).await
            }
            Err(_) if known.tries >= TRIES_OF_ONE_WAY && !self.held => {
                self.begin(known.tries).await
            }
            Err(failure) => {
                let note = Some(failure.to_string());
                let row = LetterRow { note, tries: known.tries + 1, ..known.clone() };
                self.posting.keep(self.ordinal, row).await
            }
        }
    }

    /// Asks how far it has come.
    async fn ask(&self, known: &LetterRow) -> Result<LetterRow, StoreError> {
        let Some(message) = &known.message else { return self.look_for(known).await };
        match self.service.status(message).await {
            Ok(Some(stand)) => self.moved(known.clone(), stand).await,
            Ok(None) => {
                self.fail(known.clone(), "the service knows no such message".to_owned()).await
            }
            Err(failure) => {
                let reference = &self.posting.key().reference;
                tracing::warn!(%reference, %failure, "the letter service could not be asked how far a letter has come");
                self.waited(known.clone()).await
            }
        }
    }

    async fn moved(&self, row: LetterRow, stand: Stand) -> Result<LetterRow, StoreError> {
        match stand {
            Stand::Sent { means, delivery } => {
                let note = Some(format!("{means} {delivery}").trim().to_owned());
                let sent =
                    LetterRow { stage: LetterStage::Sent, note, since: self.posting.now(), ..row };
                self.posting.keep(self.ordinal, sent).await
            }
            Stand::Waits => self.waited(row).await,
            // The paper's delivery may be about to begin: it is asked for once more.
            Stand::DigitalEnded if row.note.as_deref() != Some(DIGITAL_ENDED) => {
                let note = Some(DIGITAL_ENDED.to_owned());
                self.posting.keep(self.ordinal, LetterRow { note, ..row }).await
            }
            Stand::DigitalEnded => self.fail(row, DIGITAL_ENDED.to_owned()).await,
            Stand::Failed(words) => self.fail(row, words).await,
        }
    }

    /// It is with the service; after so long it goes another way, where one is named.
    async fn waited(&self, row: LetterRow) -> Result<LetterRow, StoreError> {
        let waited = self.posting.now().duration_since(row.since);
        match waited > self.service.config().wait && self.posting.has_another_way() {
            true => self.fail(row, "not delivered in time".to_owned()).await,
            false => Ok(row),
        }
    }

    async fn fail(&self, row: LetterRow, note: String) -> Result<LetterRow, StoreError> {
        let since = self.posting.now();
        let failed = LetterRow { stage: LetterStage::Failed, note: Some(note), since, ..row };
        self.posting.keep(self.ordinal, failed).await
    }

    fn is_enough(&self, tries: u32) -> bool {
        tries >= TRIES_OF_ONE_WAY && self.posting.has_another_way()
    }

    /// A letter that has come so far, and nothing else known of it.
    pub(super) fn row(&self, stage: LetterStage, tries: u32) -> LetterRow {
        let since = self.posting.now();
        LetterRow { stage, party: None, message: None, note: None, tries, since }
    }

    /// By what the letter is found again.
    fn mark(&self) -> String {
        let key = self.posting.key();
        format!("{}/{}/{}", key.reference, key.version, self.letter.file)
    }
}
