//! The report's words, Swedish and English; those for the kinds of notices serve the operations pages too.

use crate::domain::acknowledgement::Purpose;
use crate::report::cause::Cause;

/// A language of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Svenska.
    Sv,
    /// English.
    En,
}

impl Language {
    /// One of two texts.
    pub fn say<'a>(self, swedish: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Sv => swedish,
            Self::En => english,
        }
    }
}

/// A code in words: the code, Swedish, English.
pub type Word = (&'static str, &'static str, &'static str);

/// The kinds of notices.
pub const KINDS: &[Word] = &[
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

const OTHERS: &[Word] = &[
    ("landlord", "hyresvärd", "landlord"),
    ("tenantOwnerAssociation", "bostadsrättsförening", "tenant-owner association"),
    ("enforcementAuthority", "Kronofogden", "Kronofogden"),
    ("rentTribunal", "hyresnämnd", "rent tribunal"),
    ("energyCompany", "energibolag", "energy company"),
    ("municipalDepartment", "kommunal förvaltning", "municipal department"),
    ("agent", "ombud", "agent"),
    ("private", "privatperson", "private person"),
    ("unknown", "okänd", "not known"),
    ("api", "API", "API"),
    ("folder", "mapp", "folder"),
    ("maildir", "e-post", "mail"),
    ("mailbox", "e-postlåda", "mailbox"),
    ("sftp", "SFTP", "SFTP"),
    ("mail", "e-post", "mail"),
    ("files", "kvittensfil", "receipt file"),
    ("print", "brev", "letter"),
    ("service", "digital post eller brev", "digital post or letter"),
    ("feed", "hämtas ur API:et", "fetched from the API"),
    ("webhook", "anrop till mottagarens system", "call to the recipient's system"),
    ("digest", "samlingsbrev", "joined mail"),
    ("outstanding", "inget sätt ännu", "no way yet"),
    ("sender", "avsändaren", "the sender"),
    ("person", "personen", "the person"),
    ("pending", "väntar", "waiting"),
    ("retrying", "försöker igen", "trying again"),
    ("bounced", "studsade", "bounced"),
    ("failed", "misslyckades", "failed"),
];

fn find<'a>(words: &'a [Word], language: Language, code: &'a str) -> &'a str {
    let found = words.iter().find(|(known, _, _)| *known == code);
    found.map_or(code, |(_, swedish, english)| language.say(swedish, english))
}

/// A kind of notice; a code without words is shown as it is.
pub fn kind(language: Language, code: &str) -> &str {
    find(KINDS, language, code)
}

/// A recipient, a sort of sender, a door, a way or a state.
pub fn other(language: Language, code: &str) -> &str {
    find(OTHERS, language, code)
}

/// Why something was not told the same day, in a few words.
pub fn cause(language: Language, cause: Cause) -> &'static str {
    match cause {
        Cause::FirstSeenLater => language.say(
            "kom fram före midnatt men sågs först efter (e-postserver, karantän eller ingen hämtning)",
            "arrived before midnight and was first seen after (mail server, quarantine, or nobody looked)",
        ),
        Cause::StoredLater => {
            language.say("hann inte tas emot före midnatt", "was not committed before midnight")
        }
        Cause::Misread => language.say(
            "lästes först som ett slag som inget krävs för och rättades efter midnatt",
            "was read as a kind that nothing is owed for, and corrected after midnight",
        ),
        Cause::NoCaseworker => language
            .say("ingen ansvarig handläggare kunde anges", "no caseworker could be named"),
        Cause::Held => language.say("hölls av en person", "was held by a person"),
        Cause::WayOff => language.say("vägen ut var avstängd", "the way out was switched off"),
        Cause::DryRun => {
            language.say("vägen ut provkördes", "the way out was in a dry run: nothing was sent")
        }
        Cause::NotFetched => language
            .say("mottagaren anropades men hämtade den inte", "was called about and not fetched"),
        Cause::NoWay => language.say("inget sätt är inställt", "no way is configured"),
        Cause::WaitsForApproval => {
            language.say("väntade på att en person godkänner", "waited for a person's approval")
        }
        Cause::BadAddress => {
            language.say("adressen går inte att skicka till", "nothing can be sent to the address")
        }
        Cause::Bounced => language.say("studsade", "bounced"),
        Cause::WayFailed => language.say("vägen ut tog inte emot", "the way out did not take it"),
        Cause::Joined => language.say("väntade på att samlas", "waited to be joined with others"),
        Cause::SentLate => language.say("skickades för sent", "went out too late"),
        Cause::NotSent => language.say("har inte skickats", "has not gone out"),
    }
}

/// Who was to be told, and of what where that is more than one thing.
pub fn whom(language: Language, recipient: &str, purpose: &str) -> String {
    let recipient = other(language, recipient);
    match Purpose::parse(purpose) {
        Some(Purpose::Offer) => {
            format!("{recipient} ({})", language.say("erbjudande om hjälp", "offer of help"))
        }
        Some(Purpose::Receipt | Purpose::Confirmation | Purpose::Copy) | None => {
            recipient.to_owned()
        }
    }
}

/// Whose clock it is, and on what it rests.
pub fn clock(language: Language, purpose: &str) -> &'static str {
    match Purpose::parse(purpose) {
        Some(Purpose::Confirmation) => language.say(
            "Bekräftelse till Kronofogden (lag: samma dag)",
            "Confirmation to Kronofogden (statute: the same day)",
        ),
        Some(Purpose::Copy) => language.say(
            "Kopia till personen (lag; samma dag enligt kommunen)",
            "Copy to the person (statute; the same day by policy)",
        ),
        Some(Purpose::Offer) => language.say(
            "Erbjudande om hjälp till personen (ingen lag; samma dag enligt kommunen)",
            "Offer of help to the person (no statute; the same day by policy)",
        ),
        Some(Purpose::Receipt) | None => language.say(
            "Kvittens till avsändaren (samma dag enligt kommunen)",
            "Receipt to the sender (the same day by policy)",
        ),
    }
}
