//! Why a copy to a person waits: stable codes, and what they say to people in Swedish and English. None of them names anybody.

/// No letter is made: somebody in the notice is protected.
pub const PROTECTED: &str = "protected";
/// Nobody is named to Kronofogden yet: there is nothing to copy.
pub const NO_CASEWORKER: &str = "noCaseworker";
/// No way for letters is configured.
pub const NO_WAY: &str = "noLetterWay";
/// Not every respondent's name was read.
pub const NO_RESPONDENT: &str = "noRespondent";
/// No postal address was read.
pub const NO_ADDRESS: &str = "noAddress";
/// A letter cannot be set, such as for a name in letters that the fonts lack.
pub const UNWRITABLE: &str = "unwritable";
/// Kronofogden has not got the confirmation yet that this is a copy of.
pub const NOT_CONFIRMED: &str = "notConfirmed";
/// Its letters were made in a dry run: nothing was sent, and a person decides.
pub const DRY_RUN: &str = "dryRun";
/// Some of its letters were delivered and the rest goes another way: what stands here is the proof of those, and no whole copy.
pub const PART: &str = "partOfCopy";
/// An offer of help is not sent: the notice was taken back before it left.
pub const WITHDRAWN: &str = "withdrawn";
/// An offer of help is not sent: the notice was dismissed.
pub const DISMISSED: &str = "dismissed";
/// An offer of help is not sent: one about the same notice, which came by another door too, has gone.
pub const SAME_NOTICE: &str = "sameNotice";
/// An offer of help is not sent: a person says so.
pub const BY_PERSON: &str = "byPerson";
/// Before the list of what a person must make sure of: `gate:sender+protection`.
pub const GATE: &str = "gate:";

/// What a code says of a letter that offers help: no statute asks for one, so nothing must be done today.
pub fn words_of_offer(reason: &str) -> Vec<(&'static str, &'static str)> {
    let told = match reason {
        PROTECTED => {
            ("skyddade personuppgifter: inget brev görs", "protected identity: no letter is made")
        }
        NO_RESPONDENT => ("alla namn kunde inte läsas", "not every name was read"),
        NO_ADDRESS => ("ingen postadress kunde läsas", "no postal address was read"),
        UNWRITABLE => ("brevet kan inte skrivas", "the letter cannot be written"),
        _ => return words(reason),
    };
    vec![told]
}

/// What a code says, Swedish and English, one for each thing to do; none for what is no such code.
pub fn words(reason: &str) -> Vec<(&'static str, &'static str)> {
    if let Some(doubts) = reason.strip_prefix(GATE) {
        return doubts.split('+').filter_map(doubt).collect();
    }
    let told = match reason {
        PROTECTED => (
            "skyddade personuppgifter: inget brev görs, skicka kopian på annat sätt i dag",
            "protected identity: no letter is made, send the copy another way today",
        ),
        NO_CASEWORKER => ("ingen ansvarig handläggare är utsedd", "no caseworker is named"),
        NO_WAY => ("inget sätt att skicka brev är inställt", "no way for letters is configured"),
        NO_RESPONDENT => (
            "alla namn kunde inte läsas: adressera kopiorna för hand",
            "not every name was read: address the copies by hand",
        ),
        NO_ADDRESS => (
            "ingen postadress kunde läsas: lämna över kopian",
            "no postal address was read: hand the copy over",
        ),
        UNWRITABLE => (
            "brevet kan inte skrivas: skicka kopian på annat sätt",
            "the letter cannot be written: send the copy another way",
        ),
        WITHDRAWN => (
            "inget brev: underrättelsen togs tillbaka innan det hade gått",
            "no letter: the notice was taken back before it had gone",
        ),
        DISMISSED => {
            ("inget brev: underrättelsen är avskriven", "no letter: the notice is dismissed")
        }
        SAME_NOTICE => (
            "inget brev: ett om samma underrättelse har gått",
            "no letter: one about the same notice has gone",
        ),
        BY_PERSON => ("inget brev: så har en person bestämt", "no letter: a person has decided so"),
        NOT_CONFIRMED => (
            "bekräftelsen till Kronofogden har inte gått: kopian följer den, i sista stund går den ändå",
            "the confirmation to Kronofogden has not gone: the copy follows it, and at the last moment goes all the same",
        ),
        _ => return Vec::new(),
    };
    vec![told]
}

/// What a person must make sure of.
fn doubt(word: &str) -> Option<(&'static str, &'static str)> {
    match word {
        "review" => {
            Some(("jämför underrättelsen med originalet", "compare the notice with the original"))
        }
        "sender" => Some(("är det Kronofogden som har skickat?", "did Kronofogden send it?")),
        "landlord" => Some((
            "är det hyresvärden eller föreningen som har skickat?",
            "did the landlord or the association send it?",
        )),
        "identity" => Some(("stämmer namn och personnummer?", "are names and numbers right?")),
        "address" => Some(("stämmer adressen?", "is the address right?")),
        "protection" => {
            Some(("har någon skyddade personuppgifter?", "is anybody's identity protected?"))
        }
        "newer" => Some((
            "samma mål har fått en ny tid eller ändring: ska den här kopian ändå skickas?",
            "the same case has a new time or a change: should this copy still go?",
        )),
        "corrected" => Some((
            "underrättelsen är rättad sedan breven skrevs: stämmer de nu?",
            "the notice was corrected after the letters were made: are they right now?",
        )),
        "takenBack" => Some((
            "underrättelsen kan ha tagits tillbaka: ska brevet ändå skickas?",
            "the notice may have been taken back: should the letter still go?",
        )),
        _ => None,
    }
}
