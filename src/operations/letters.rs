//! What the pages ask about the letters of a copy to the person: what would go out as it is now, or why there is none. The letters are written
//! elsewhere; a page shows them to a person, and only what that person has seen may leave.

use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use crate::operations::chrome::Chrome;
use crate::store::StoreError;
use async_trait::async_trait;
use std::fmt;

/// Writes the letters of a notice's copy.
#[async_trait]
pub trait Letters: fmt::Debug + Send + Sync {
    /// The letters as they would leave now. Sends nothing; the same notice, caseworker and day give the same bytes.
    async fn draft(&self, reference: &Reference) -> Result<Draft, NoLetter>;

    /// Puts the letters on their way in somebody's name, if each of them is one of those that they have seen.
    async fn approve(
        &self,
        reference: &Reference,
        actor: &str,
        seen: &[Digest],
    ) -> Result<(), NotApproved>;
}

/// Letters that nobody has sent yet. `Debug` shows how many.
pub struct Draft {
    /// Each as a PDF.
    pub letters: Vec<Vec<u8>>,
    /// Whether a way for letters is configured.
    pub has_way: bool,
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Draft({})", self.letters.len())
    }
}

impl Draft {
    /// Tells the letters from any others.
    pub fn digests(&self) -> Vec<Digest> {
        self.letters.iter().map(|pdf| Digest::of(pdf)).collect()
    }
}

/// Why letters were not put on their way.
#[derive(Debug, thiserror::Error)]
pub enum NotApproved {
    /// They are not those that were seen.
    #[error("the letters are not those that were seen")]
    NotSeen,
    /// No way for letters is configured.
    #[error("no way for letters is configured")]
    NoWay,
    /// The copy does not wait for an approval.
    #[error("the copy does not wait for an approval")]
    Refused,
    /// There is no letter.
    #[error("there is no letter")]
    Letter(#[from] NoLetter),
}

/// Why there is no letter.
#[derive(Debug, thiserror::Error)]
pub enum NoLetter {
    /// There is no such notice.
    #[error("there is no such notice")]
    NoNotice,
    /// Nobody is named as responsible caseworker yet.
    #[error("nobody is named as responsible caseworker")]
    NoCaseworker,
    /// Somebody in the notice may be protected.
    #[error("the notice hints at a protected identity")]
    Protected,
    /// Not every respondent's name was read.
    #[error("not every respondent's name was read")]
    NoRespondent,
    /// No postal address was read.
    #[error("no postal address was read")]
    NoAddress,
    /// The letter cannot be set.
    #[error("the letter cannot be set")]
    Unwritable,
    /// Some of the letters have gone, or may have.
    #[error("some of the letters have gone, or may have")]
    Partly,
    /// The store does not answer.
    #[error("cannot read what the letter is about")]
    Store(#[from] StoreError),
}

impl NoLetter {
    /// Why, and what to do: for the person who must send the copy today.
    pub(super) fn words(&self, page: &Chrome) -> String {
        let (swedish, english) = match self {
            Self::NoNotice => ("Underrättelsen finns inte.", "There is no such notice."),
            Self::NoCaseworker => (
                "Ingen ansvarig handläggare är angiven ännu. Ange en handläggare först; kopian skrivs efter bekräftelsen.",
                "Nobody is named as responsible caseworker yet. Name somebody first; the copy follows the confirmation.",
            ),
            Self::Protected => (
                "Någon i underrättelsen kan ha skyddad identitet: inget brev skrivs. Skicka kopian i dag genom Skatteverkets förmedling eller lämna den personligen, och anteckna hur.",
                "Somebody in the notice may have a protected identity: no letter is made. Send the copy today by Skatteverket's forwarding or hand it over, and put on record how.",
            ),
            Self::NoRespondent => (
                "Alla svarandes namn kunde inte läsas. Adressera kopiorna för hand i dag, och anteckna hur de skickades.",
                "Not every respondent's name was read. Address the copies by hand today, and put on record how they were sent.",
            ),
            Self::NoAddress => (
                "Ingen postadress kunde läsas. Lämna kopian på annat sätt i dag, och anteckna hur.",
                "No postal address was read. Hand the copy over another way today, and put on record how.",
            ),
            Self::Unwritable => (
                "Brevet kan inte sättas: ett tecken finns inte i typsnittet, eller texten är för lång. Skriv det för hand i dag, och anteckna hur det skickades.",
                "The letter cannot be set: a sign is not in the fonts, or the text is too long. Write it by hand today, and put on record how it was sent.",
            ),
            Self::Partly => (
                "En del av breven har gått, eller kan ha gått. Se händelserna, skicka resten på annat sätt i dag, och anteckna hur.",
                "Some of the letters have gone, or may have. See the timeline, send the rest another way today, and put on record how.",
            ),
            Self::Store(_) => (
                "Det går inte att läsa just nu. Försök igen om en stund.",
                "It cannot be read just now. Try again in a while.",
            ),
        };
        page.say(swedish, english).to_owned()
    }
}
