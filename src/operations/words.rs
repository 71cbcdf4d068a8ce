//! Stable codes in words, Swedish and English. A code without words here is shown as it is.

use crate::domain::copy_reason;
use crate::operations::chrome::Chrome;
use crate::report::words::KINDS;

/// Code, Swedish, English.
type Word = (&'static str, &'static str, &'static str);

const STATES: &[Word] = &[
    ("reading", "läses", "being read"),
    ("needsReview", "behöver granskas", "needs review"),
    ("queued", "i kö", "queued"),
    ("retrying", "försöker igen", "trying again"),
    ("uncertain", "osäker, kontrolleras", "uncertain, being looked up"),
    ("parked", "väntar på beslut", "waits for a decision"),
    ("delivered", "överförd", "handed over"),
    ("dismissed", "avskriven", "dismissed"),
    ("notNotice", "ingen underrättelse", "not a notice"),
    ("pending", "väntar", "waiting"),
    ("sent", "bekräftad", "acknowledged"),
    ("bounced", "studsade", "bounced"),
    ("failed", "misslyckades", "failed"),
    ("suppressed", "ska inte bekräftas", "none is due"),
];

const OTHERS: &[Word] = &[
    ("api", "API", "API"),
    ("folder", "mapp", "folder"),
    ("maildir", "e-post", "mail"),
    ("mailbox", "e-postlåda", "mailbox"),
    ("sftp", "SFTP", "SFTP"),
    ("mail", "e-post", "mail"),
    ("files", "kvittensfil", "receipt file"),
    ("feed", "hämtas ur API:et", "fetched from the API"),
    ("webhook", "anrop till mottagarens system", "call to the recipient's system"),
    ("outstanding", "inget sätt ännu", "no way yet"),
    ("sender", "avsändaren", "the sender"),
    ("enforcementAuthority", "Kronofogden", "Kronofogden"),
    ("person", "personen", "the person"),
    ("receipt", "mottagningsbekräftelse", "receipt"),
    ("confirmation", "lagstadgad bekräftelse", "statutory confirmation"),
    ("copy", "kopia av bekräftelsen", "copy of the confirmation"),
    ("offer", "erbjudande om hjälp (inget lagkrav)", "offer of help (no statute)"),
    ("withdrawn", "underrättelsen togs tillbaka", "the notice was taken back"),
    (
        "sameNotice",
        "ett brev om samma underrättelse har gått",
        "one about the same notice has gone",
    ),
    ("byPerson", "en person har bestämt det", "a person has decided so"),
    ("urgent", "brådskande", "urgent"),
    ("normal", "normal", "normal"),
    ("familyWithChildren", "barnfamilj", "family with children"),
    ("householdWithoutChildren", "hushåll utan barn", "household without children"),
    ("enforcement", "information från Kronofogden", "information from Kronofogden"),
    ("unknown", "okänd", "not known"),
    ("canary", "provmeddelande från programmet självt", "a canary from the program itself"),
    ("needsPerson", "en person behöver läsa den", "a person must read it"),
    ("info", "upplysning", "note"),
    ("warning", "varning", "warning"),
    ("error", "fel", "fault"),
    ("message.received", "Mottagen", "Received"),
    ("message.read", "Läst, med sina dokument", "Read, with its documents"),
    ("message.repeated", "Sänd en gång till", "Sent once more"),
    ("acknowledgement.sent", "Bekräftelse sänd", "Acknowledgement sent"),
    (
        "acknowledgement.retrying",
        "Bekräftelsen sänds igen senare",
        "Acknowledgement is tried again later",
    ),
    ("acknowledgement.failed", "Bekräftelsen gick inte fram", "Acknowledgement failed"),
    ("acknowledgement.bounced", "Bekräftelsen studsade", "The acknowledgement bounced"),
    ("acknowledgement.reported", "Leveransrapport kom", "A delivery report came"),
    ("acknowledgement.digest", "Bekräftelser samlade i ett brev", "Receipts joined into one mail"),
    (
        "delivery.linked",
        "Hör till ett ärende som redan finns",
        "Belongs to a case that is there already",
    ),
    ("person.told", "En person gav avsändaren besked", "A person told the sender"),
    ("malware", "skadlig kod hittades", "malware was found"),
    ("notScanned", "kunde inte genomsökas", "could not be looked through"),
    ("sameNoticeOnItsWay", "samma underrättelse är redan på väg", "the same notice is on its way"),
    (
        "sameNoticeWaits",
        "samma underrättelse väntar på en person",
        "the same notice waits for a person",
    ),
    ("autoSubmitted", "automatisk post", "automatic mail"),
    ("unrelated", "handlar om annat", "about something else"),
    ("mailingList", "sändlista", "mailing list"),
    ("bulk", "massutskick", "bulk mail"),
    ("nullReturnPath", "utan returadress", "without a return address"),
    ("deliveryStatus", "leveransrapport", "delivery report"),
    ("dispositionNotification", "läskvitto eller annan rapport", "read receipt or another report"),
    ("ownAddress", "från vår egen adress", "from our own address"),
    ("bounceAddress", "till adressen för studsar", "to the address for bounces"),
    ("noSenderAddress", "utan avsändaradress", "without a sender's address"),
    ("circle", "går i cirkel med våra svar", "goes in a circle with our answers"),
    ("digest", "väntar på att samlas", "waits to be joined"),
    ("toldByPerson", "besked gavs på annat sätt", "told another way"),
    ("delivery.opened", "Överföring påbörjad", "Hand-over begun"),
    ("delivery.delivered", "Överförd till verksamhetssystemet", "Handed over to the case system"),
    ("delivery.retrying", "Överföringen görs om senare", "Hand-over is tried again later"),
    (
        "delivery.uncertain",
        "Osäkert om överföringen gick fram",
        "Uncertain whether it was handed over",
    ),
    ("delivery.person", "En person avgör", "A person decides"),
    ("notice.corrected", "Rättad av en person", "Corrected by a person"),
    (
        "confirmation.corrected",
        "Ny bekräftelse: en uppgift är rättad",
        "A new confirmation: a value was corrected",
    ),
    (
        "acknowledgement.owed",
        "Ska bekräftas: slaget är rättat",
        "Must be confirmed: the kind was corrected",
    ),
    ("acknowledgement.ended", "Gäller inte längre", "No longer stands"),
    ("misread", "fel läst", "misread"),
    ("notTold", "står inte i meddelandet men är känt", "not told by the message, but known"),
    ("other", "annat", "something else"),
    ("person.readAgain", "Läses igen på begäran", "Read again by request"),
    ("person.retried", "Försök igen, begärt av en person", "Tried again by a person"),
    (
        "person.sentAgain",
        "Bekräftelsen sänd igen av en person",
        "Acknowledgement sent again by a person",
    ),
    ("person.dismissed", "Avskriven av en person", "Dismissed by a person"),
    ("person.unmasked", "Dolda uppgifter visade för en person", "Hidden data shown to a person"),
    ("folder", "mapp", "folder"),
    ("print", "brev", "letter"),
    ("service", "digital post", "digital post"),
    ("protected", "skyddade personuppgifter", "protected identity"),
    ("waitsForPerson", "väntar på en person", "waits for a person"),
    ("partOfCopy", "en del av breven", "some of the letters"),
    (
        "notConfirmed",
        "väntar på bekräftelsen till Kronofogden",
        "waits for the confirmation to Kronofogden",
    ),
    ("noRespondent", "alla namn kunde inte läsas", "not every name was read"),
    ("noAddress", "ingen postadress kunde läsas", "no postal address was read"),
    ("unwritable", "brevet kan inte skrivas", "the letter cannot be written"),
    ("noLetterWay", "inget sätt att skicka brev är inställt", "no way for letters is configured"),
    ("protection.asked", "Frågat om skyddade personuppgifter", "Asked about protected identity"),
    ("copy.waits", "Kopian väntar på en person", "The copy waits for a person"),
    ("offer.waits", "Brevet väntar på en person", "The letter waits for a person"),
    ("offer.released", "Brevet som erbjuder hjälp går ut", "The letter that offers help goes out"),
    ("offer.anotherWay", "Brevet skickas på annat sätt", "The letter goes another way"),
    ("offer.notSent", "Brevet skickas inte", "The letter is not sent"),
    (
        "person.droppedOffer",
        "En person bestämde att brevet inte skickas",
        "A person decided that the letter is not sent",
    ),
    ("copy.released", "Kopian går ut", "The copy goes out"),
    ("copy.anotherWay", "Kopian skickas på annat sätt", "The copy goes another way"),
    ("copy.anew", "Ny kopia, handläggaren har bytts", "Another copy, the caseworker changed"),
    ("letter.moved", "Ett brev på väg", "A letter on its way"),
    (
        "noCaseworker",
        "ingen ansvarig handläggare kan anges",
        "no responsible caseworker can be named",
    ),
    ("noWay", "ingen väg till Kronofogden är inställd", "no way to Kronofogden is configured"),
    ("byHand", "skickad av en person", "sent by a person"),
    ("held", "hålls av en person", "held by a person"),
    ("wayOff", "vägen är avstängd", "the way is off"),
    ("dryRun", "vägen provkörs, inget är skickat", "the way is in a dry run, nothing was sent"),
    ("person.held", "En person håller bekräftelsen", "A person holds the confirmation"),
    ("person.letGo", "En person släppte bekräftelsen", "A person let the confirmation go"),
    (
        "confirmation.waits",
        "Bekräftelsen till Kronofogden väntar",
        "The confirmation to Kronofogden waits",
    ),
    ("notFetched", "anropad men inte hämtad i tid", "called and not fetched in time"),
    (
        "confirmation.notFetched",
        "Kronofogden hämtade den inte efter anropet; den går en annan väg",
        "Kronofogden did not fetch it after the call; it goes another way",
    ),
    (
        "confirmation.replaced",
        "En nyare bekräftelse ersatte den som inte hade gått",
        "A newer confirmation took the place of one that had not gone",
    ),
    (
        "confirmation.fetched",
        "Bekräftelsen hämtad av Kronofogden",
        "The confirmation was fetched by Kronofogden",
    ),
    ("acknowledgement.enclosed", "Lagt i ärendet", "Put with the case"),
    (
        "acknowledgement.notEnclosed",
        "Kunde inte läggas i ärendet",
        "Could not be put with the case",
    ),
    ("correction.enclosed", "Rättelsen lades i ärendet", "The correction was put with the case"),
    (
        "correction.notEnclosed",
        "Rättelsen kunde inte läggas i ärendet",
        "The correction could not be put with the case",
    ),
    ("person.enclosureRetried", "En person försökte igen", "A person tried again"),
    ("person.enclosed", "En person lade det i ärendet", "A person put it with the case"),
    ("confirmation.named", "Ansvarig handläggare angiven", "The responsible caseworker is named"),
    ("person.named", "En person angav handläggaren", "A person named the caseworker"),
    (
        "person.confirmed",
        "En person bekräftade för Kronofogden",
        "A person confirmed to Kronofogden",
    ),
    ("person.approvedCopy", "En person godkände kopian", "A person approved the copy"),
    ("person.sentCopy", "En person skickade kopian", "A person sent the copy"),
    ("person.checkedCopy", "En person kontrollerade kopian", "A person checked the copy"),
    ("notice.linked", "Hör till en tidigare", "Belongs to an earlier one"),
    ("notice.wentAlong", "Gick vidare med den", "Went on with it"),
    ("notice.unlinked", "Hör inte till någon tidigare", "Belongs to no earlier one"),
    ("roster.saved", "Ändrad här", "Changed here"),
    ("roster.seen", "Funnen så i filen, inte ändrad här", "Found so in the file, not changed here"),
    ("roster.dropped", "Kunde inte sparas", "Could not be saved"),
    ("view", "läsa", "view"),
    ("handle", "handlägga", "handle"),
    ("administer", "administrera", "administer"),
    ("statistics", "statistik", "statistics"),
];

fn find(words: &[Word], chrome: &Chrome, code: &str) -> String {
    let found = words.iter().find(|(known, _, _)| *known == code);
    found.map_or_else(|| code.to_owned(), |(_, sv, en)| chrome.say(sv, en).to_owned())
}

/// A notice's kind.
pub(super) fn kind(chrome: &Chrome, code: &str) -> String {
    find(KINDS, chrome, code)
}

/// A state of either track.
pub(super) fn state(chrome: &Chrome, code: &str) -> String {
    find(STATES, chrome, code)
}

/// Anything else: doors, ways, recipients, events.
pub(super) fn other(chrome: &Chrome, code: &str) -> String {
    if code.starts_with(copy_reason::GATE) {
        let told = copy_reason::words(code).into_iter();
        return told.map(|(sv, en)| chrome.say(sv, en)).collect::<Vec<_>>().join(" ");
    }
    find(OTHERS, chrome, code)
}

/// How a state looks: a mark beside its words, and the class that colours both.
pub(super) fn look(code: &str) -> (&'static str, &'static str) {
    match code {
        "delivered" | "sent" => ("✓", "good"),
        "needsReview" | "parked" | "uncertain" | "failed" | "bounced" => ("!", "bad"),
        "retrying" | "pending" | "queued" | "reading" => ("…", "wait"),
        _ => ("–", "calm"),
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::acknowledgement::AcknowledgementState;
    use crate::domain::delivery::DeliveryState;
    use crate::domain::notice::NoticeType;
    use crate::operations::chrome::tests::chrome;

    #[test]
    fn every_kind_and_state_has_words_in_both_languages() {
        let (sv, en) = (chrome("sv"), chrome("en"));
        for kind in NoticeType::ALL {
            let code = kind.as_str();
            let (swedish, english) = (super::kind(&sv, code), super::kind(&en, code));
            assert!(swedish != code && english != code, "{code}");
        }
        let acknowledgements = AcknowledgementState::ALL.iter().map(|state| state.as_str());
        for code in DeliveryState::ALL.iter().map(|state| state.as_str()).chain(acknowledgements) {
            assert_ne!(super::state(&sv, code), code);
        }
    }
}
