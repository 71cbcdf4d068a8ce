//! What kind of sender it is, by its name, its address and what it writes in.

use crate::domain::notice::NoticeType;
use crate::domain::notice::SenderKind;

/// Where people have mail of their own.
const FREE_MAIL: &[&str] = &[
    "gmail.",
    "googlemail.",
    "hotmail.",
    "outlook.",
    "live.",
    "msn.",
    "icloud.",
    "me.com",
    "mac.com",
    "yahoo.",
    "telia.com",
    "bredband",
    "comhem.",
    "spray.",
    "swipnet.",
    "tele2.",
    "glocalnet.",
    "protonmail.",
    "proton.me",
    "gmx.",
    "brevlada.",
    "mejl.",
    "mail.com",
    "home.se",
    "passagen.",
];

/// What mail services are called.
const MAIL_WORDS: &[&str] =
    &["mail", "mejl", "epost", "brevlad", "inbox", "inkorg", "minpost", "postlad", "webbpost"];

/// The words that name a kind of sender, the surest first.
const NAMED: &[(&[&str], SenderKind)] = &[
    (&["kronofogd", "enforcement authority"], SenderKind::EnforcementAuthority),
    (&["hyresnämnd", "hyresnamnd"], SenderKind::RentTribunal),
    (
        &[
            "inkasso",
            "advokat",
            "jurist",
            "juridik",
            "law firm",
            "kravkonsult",
            "fordring",
            "kravbyrå",
        ],
        SenderKind::Agent,
    ),
    (
        &["elnät", " nät ab", "energi", "elhandel", "kraft", "elbolag", "power ", "elektricitet"],
        SenderKind::EnergyCompany,
    ),
    (&["brf ", "bostadsrättsf", "brf:", "bostadsföreningen"], SenderKind::TenantOwnerAssociation),
    (
        &["förskola", "skola ", "skolan ", "elevhälsa", "gymnasi", "utbildningsförvaltning"],
        SenderKind::MunicipalDepartment,
    ),
    // Care, police and courts are none of the kinds.
    (
        &[
            "vårdcentral",
            "barnavård",
            "bvc ",
            "bup ",
            "psykiatri",
            "sjukhus",
            "polismyndighet",
            "tingsrätt",
            "hovrätt",
            "frivården",
            "kriminalvård",
            "region ",
        ],
        SenderKind::Unknown,
    ),
];
/// Firms that look after other people's houses.
const MANAGERS: &[&str] = &[
    "fastighetsservice",
    "fastighetsskötsel",
    "rentals",
    "lettings",
    "letting agen",
    "property management",
    "uthyrningsservice",
    "hyresadministration",
    "mäkleri",
    "mäklar",
    "redovisning",
    "bokföring",
    "ekonomibyrå",
    "kravbolag",
];
/// What those sign with who keep an owner's books or sell homes.
const TRADES: &[&str] =
    &["redovisning", "bokslut", "bokföring", "fastighetsmäklare", "reg. mäklare", "boutredning"];
/// How owners of a house sign.
const OWNERS: &[&str] = &[
    "hyresvärd",
    "fastighetsägare",
    "husägare",
    "landlord",
    "äger huset",
    "äger fastigheten",
    "ägare till",
];
const MUNICIPAL: &[&str] = &[
    "kommun",
    "socialtjänst",
    "socialförvaltning",
    "stadsdelsförvaltning",
    "budget- och skuld",
    "boendeenhet",
    "goteborg.se",
    "malmo.se",
    "stockholm.se",
    "hemtjänst",
];

/// What is known of who writes.
#[derive(Clone, Copy, Default)]
pub(super) struct Clues<'a> {
    /// The organisation's name.
    pub(super) name: &'a str,
    /// What stands below the greeting and in the address's name.
    pub(super) signed: &'a str,
    /// The address's domain.
    pub(super) domain: &'a str,
    /// The name of the person whose address it is.
    pub(super) person: &'a str,
    /// Another's home than the sender's is spoken of: an association's.
    pub(super) association: bool,
    /// A municipality's own office writes.
    pub(super) municipal: bool,
    /// An own house with flats is spoken of.
    pub(super) house: bool,
    /// It writes for the home's owner.
    pub(super) for_owner: bool,
}

/// Words in the domains of those who let homes.
const HOUSING: &[&str] =
    &["fastighet", "bostad", "hyres", "hem.", "bo.", "hus.", "forvaltning", "estate", "housing"];

/// The kind of a sender.
pub(super) fn kind(clues: &Clues<'_>) -> SenderKind {
    let name = format!("{} ", clues.name.to_lowercase());
    let own_words = |words: &[&str]| words.iter().any(|word| name.contains(word));
    // What an authority wrote stays its own when a registry sends it on.
    let office = |kind: SenderKind| {
        matches!(kind, SenderKind::EnforcementAuthority | SenderKind::RentTribunal)
    };
    let named = NAMED.iter().find(|(words, _)| own_words(words)).map(|(_, kind)| *kind);
    match named {
        Some(kind) if office(kind) || !clues.municipal => return kind,
        Some(_) | None if clues.municipal => return SenderKind::MunicipalDepartment,
        Some(_) | None => {}
    }
    let domain = clues.domain;
    let named = |words: &[&str]| words.iter().any(|word| domain.contains(word));
    if domain.starts_with("kfm.") || domain.contains("kronofogd") {
        return SenderKind::EnforcementAuthority;
    }
    if domain.contains("hyresnamnd") {
        return SenderKind::RentTribunal;
    }
    if own_words(MUNICIPAL) {
        return SenderKind::MunicipalDepartment;
    }
    if named(&["inkasso", "advokat", "juridik", "jurist"]) {
        return SenderKind::Agent;
    }
    if domain.starts_with("brf") || domain.contains("bostadsrattsforening") {
        return SenderKind::TenantOwnerAssociation;
    }
    if named(&["elnat", "energi", "kraft", "power", "elhandel"]) {
        return SenderKind::EnergyCompany;
    }
    let signed = clues.signed.to_lowercase();
    let below = |words: &[&str]| words.iter().any(|word| signed.contains(word));
    if below(&["ombud för", "enligt fullmakt", "på uppdrag av", "advokat", "inkasso"])
        || below(TRADES)
    {
        return SenderKind::Agent;
    }
    by_matter(clues)
}

/// The kind where neither a name nor an address tells it.
fn by_matter(clues: &Clues<'_>) -> SenderKind {
    let name = format!("{} ", clues.name.to_lowercase());
    let own_words = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let signed = clues.signed.to_lowercase();
    let named = |words: &[&str]| words.iter().any(|word| clues.domain.contains(word));
    match (clues.name.is_empty(), clues.association) {
        (false, true) => SenderKind::Agent,
        (false, false) if clues.for_owner || own_words(MANAGERS) => SenderKind::Agent,
        (false, false) => SenderKind::Landlord,
        (true, _) if clues.house || OWNERS.iter().any(|word| signed.contains(word)) => {
            SenderKind::Landlord
        }
        (true, _) if is_private(clues) => SenderKind::Private,
        (true, _) if named(HOUSING) => SenderKind::Landlord,
        (true, _) => SenderKind::Unknown,
    }
}

/// Kronofogden's own address, or a court's.
pub(super) fn is_authority(domain: &str) -> bool {
    let court = domain == "dom.se" || domain.ends_with(".dom.se");
    domain.starts_with("kfm.")
        || domain.contains("kronofogd")
        || domain.contains("hyresnamnd")
        || court
}

/// An address at a mail service, or one that bears the person's own name.
fn is_private(clues: &Clues<'_>) -> bool {
    let host = clues.domain.split('.').next().unwrap_or_default();
    let person = clues.person.to_lowercase().replace(['ö', 'ø'], "o").replace(['å', 'ä'], "a");
    let person = person.replace("oe", "o");
    let surname = person.split([' ', '-']).next_back().unwrap_or_default();
    let own = surname.chars().count() > 3 && host.replace("oe", "o").contains(surname);
    let service = MAIL_WORDS.iter().any(|word| host.contains(word)) && !host.contains("kommun");
    own || service
        || FREE_MAIL.iter().any(|mail| clues.domain.starts_with(mail) || clues.domain == *mail)
        || FREE_MAIL.iter().any(|mail| clues.domain.ends_with(mail.trim_end_matches('.')))
}

/// The kind in the light of what is told.
pub(super) fn fit(
    kind: SenderKind,
    notice: NoticeType,
    named: bool,
    matter: Option<SenderKind>,
) -> SenderKind {
    match (kind, notice) {
        (
            SenderKind::Landlord | SenderKind::Unknown | SenderKind::Private,
            NoticeType::TenantOwnedArrears
            | NoticeType::TenantOwnedDisturbance
            | NoticeType::TenantOwnedTerminationCopy,
        ) if !named => SenderKind::TenantOwnerAssociation,
        (
            SenderKind::Landlord,
            NoticeType::TenantOwnedArrears
            | NoticeType::TenantOwnedDisturbance
            | NoticeType::TenantOwnedTerminationCopy,
        ) => SenderKind::Agent,
        (SenderKind::Landlord | SenderKind::Unknown, NoticeType::ElectricityDebt) => {
            SenderKind::EnergyCompany
        }
        (
            SenderKind::Unknown,
            NoticeType::RentArrears
            | NoticeType::RentDisturbance
            | NoticeType::RentTerminationCopy
            | NoticeType::UnlawfulSublet,
        ) => SenderKind::Landlord,
        (SenderKind::Unknown, NoticeType::RentTribunalDispute) => SenderKind::RentTribunal,
        // What is added or taken back is told by the one whose matter it was.
        (SenderKind::Unknown, NoticeType::Withdrawal | NoticeType::Supplement) => {
            matter.unwrap_or(SenderKind::Unknown)
        }
        (kind, _) => kind,
    }
}
