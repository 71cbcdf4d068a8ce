//! Stable codes in words, Swedish and English. A code without words here is shown as it is.

use crate::operations::chrome::Chrome;

/// Code, Swedish, English.
type Word = (&'static str, &'static str, &'static str);

const KINDS: &[Word] = &[
    ("rentArrears", "Hyresskuld", "Rent arrears"),
    ("rentDisturbance", "Störning", "Disturbance"),
    ("rentTerminationCopy", "Kopia av uppsägning", "Copy of termination"),
    ("tenantOwnedArrears", "Skuld, bostadsrätt", "Arrears, tenant-owned"),
    ("tenantOwnedDisturbance", "Störning, bostadsrätt", "Disturbance, tenant-owned"),
    (
        "tenantOwnedTerminationCopy",
        "Kopia av uppsägning, bostadsrätt",
        "Copy of termination, tenant-owned",
    ),
    ("unlawfulSublet", "Olovlig andrahandsuthyrning", "Unlawful sublet"),
    ("electricityDebt", "Elskuld", "Electricity debt"),
    ("rentTribunalDispute", "Tvist i hyresnämnden", "Rent tribunal dispute"),
    ("evictionApplication", "Ansökan om avhysning", "Application for eviction"),
    ("evictionScheduled", "Tid för avhysning", "Eviction scheduled"),
    ("removalApplication", "Ansökan om avlägsnande", "Application for removal"),
    ("removalScheduled", "Tid för avlägsnande", "Removal scheduled"),
    ("evictionChanged", "Ändrad avhysning", "Eviction changed"),
    ("evictionExecuted", "Verkställd avhysning", "Eviction executed"),
    ("childConcern", "Oro för barn", "Concern for a child"),
    ("supplement", "Komplettering", "Supplement"),
    ("withdrawal", "Återkallelse", "Withdrawal"),
    ("unknown", "Okänd", "Unknown"),
];

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
    ("outstanding", "inget sätt ännu", "no way yet"),
    ("sender", "avsändaren", "the sender"),
    ("enforcementAuthority", "Kronofogden", "Kronofogden"),
    ("person", "personen", "the person"),
    ("receipt", "mottagningsbekräftelse", "receipt"),
    ("confirmation", "lagstadgad bekräftelse", "statutory confirmation"),
    ("copy", "kopia av bekräftelsen", "copy of the confirmation"),
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
    (
        "noCaseworker",
        "ingen ansvarig handläggare kan anges",
        "no responsible caseworker can be named",
    ),
    ("noWay", "ingen väg till Kronofogden är inställd", "no way to Kronofogden is configured"),
    ("byHand", "skickad av en person", "sent by a person"),
    (
        "confirmation.waits",
        "Bekräftelsen till Kronofogden väntar",
        "The confirmation to Kronofogden waits",
    ),
    ("confirmation.named", "Ansvarig handläggare angiven", "The responsible caseworker is named"),
    ("person.named", "En person angav handläggaren", "A person named the caseworker"),
    (
        "person.confirmed",
        "En person bekräftade för Kronofogden",
        "A person confirmed to Kronofogden",
    ),
    ("person.approvedCopy", "En person godkände kopian", "A person approved the copy"),
    ("person.sentCopy", "En person skickade kopian", "A person sent the copy"),
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
