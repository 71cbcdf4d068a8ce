//! Which kind of notice a text is, by statute, wording and form label. The strongest signs decide; signs of two kinds leave it to a person.

use super::pattern::Pattern;
use super::pattern::pattern;
use super::seen::Seen;
use super::seen::Sheet;
use crate::domain::notice::EnforcementOutcome;
use crate::domain::notice::NoticeType;

pattern!(
    JB_44,
    r"(?i)(?:12\s*kap\.?\s*44\s*§|jb\s*12\s*:\s*44|44\s*§[^\n]{0,30}jordabalk|meddelande till socialnämnd(?:en)?\s+om\s+uppsägning\s+av\s+(?:bostads)?hyresgäst)"
);
pattern!(
    RENT_LATE,
    r"(?i)(?:obetald[a]?\s+(?:hyr|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)|hyres?skuld|hyr(?:an|or|orna)[^.\n]{0,70}(?:inte|ej|icke|obetald|saknas|uteblivit|förfall)|(?:inte|ej|aldrig)\s+(?:har\s+)?betal[^.\n]{0,40}hyr|försummad\s+(?:hyres|hyra)|betalningsförsummelse|dröjsmål med hyr|hyresfordran|släpar efter med hyran|unpaid rent|rent arrears|(?:has|have)\s+not\s+paid[^.\n]{0,40}rent|efter med hyran|ligger efter[^.\n]{0,30}hyr)"
);
pattern!(
    TENANT_OWNED,
    r"(?i)(?:bostadsrättslagen|\bbrl\b|bostadsrättshavar|årsavgift|månadsavgift|medlem(?:men)?\s|nyttjanderätt|andelen|avgiften till föreningen|bostadsrättsförening|\bbrf\b)"
);
pattern!(
    BRL_23,
    r"(?i)(?:7\s*kap\.?\s*23\s*§|brl\s*7\s*:\s*23|(?:obetald|försummad|utebliven|saknad)[a-z]*\s+(?:års|månads)?avgift|(?:års|månads)?avgift(?:en|er|erna)?[^.\n]{0,60}(?:inte|ej|obetald|saknas|försumma|förfall)|avgiftsskuld)"
);
pattern!(
    JB_25A,
    r"(?i)(?:12\s*kap\.?\s*25\s*a\s*§|jb\s*12\s*:\s*25\s*a|25\s*a\s*§[^\n]{0,30}jordabalk)"
);
pattern!(
    DISTURBANCE,
    r"(?i)(?:störning(?:ar|en|arna)?|störande|rättelseanmaning|anmodan om rättelse|uppmaning om rättelse|vanvård|sanitär olägenhet|hög musik|festande|bråk i trapp|disturbance|loud music)"
);
pattern!(BRL_9, r"(?i)(?:7\s*kap\.?\s*9\s*§|brl\s*7\s*:\s*9\b)");
pattern!(
    TERMINATION_COPY,
    r"(?i)(?:kopia\s+(?:av|på)\s+(?:en\s+)?uppsägning|uppsägning[^.\n]{0,60}(?:särskilt\s+allvarlig)|särskilt\s+allvarliga\s+störning|12\s*kap\.?\s*42\s*§\s*(?:fjärde|4)|7\s*kap\.?\s*20\s*§\s*(?:fjärde|4))"
);
pattern!(
    SUBLET,
    r"(?i)(?:olovlig(?:t|en)?\s+(?:andrahand|uthyr|överlåt|upplåt)|andrahandsuthyrning[^.\n]{0,40}utan|hyrs?\s+ut[^.\n]{0,40}utan\s+(?:lov|tillstånd|samtycke|tillåtelse)|otillåten\s+andrahand|unlawful(?:ly)? sublet)"
);
pattern!(
    ELECTRICITY,
    r"(?i)(?:elskuld|elräkning|elleverans|elnät|ellagen|elabonnemang|frånkoppl|elen[^.\n]{0,40}(?:stängs|bryts)|strömmen[^.\n]{0,40}(?:stängs|bryts)|avbryta överföringen|bryta leverans)"
);
pattern!(TRIBUNAL, r"(?i)(?:hyresnämnden|arrendenämnd|förlängningstvist|13\s*b\s*§|hyrestvist)");
pattern!(
    APPLICATION,
    r"(?i)(?:ansök(?:an|t|er)\s+om\s+(?:verkställighet\s+av\s+)?(?:avhysning|vräkning)|begärt?\s+(?:att[^.\n]{0,40})?avhys|ansökan\s+om\s+verkställighet|avhysningsansök|application for eviction)"
);
pattern!(
    SCHEDULED,
    r"(?i)(?:(?:tid|tidpunkt|datum|dag)(?:en)?\s+(?:för|till)\s+(?:avhysning|vräkning|förrättning|verkställ)|avhysning(?:en)?[^.\n]{0,140}(?:kommer\s+att\s+(?:ske|genomföras|verkställas|äga)|äger\s+rum|ska\s+ske|är\s+(?:bestämd|fastställd|utsatt|planerad|satt)|verkställs|genomförs|sker)|(?:kommer|ska)[^.\n]{0,60}avhys(?:as|a)\b|ny\s+tid\b[^.\n]{0,60}|eviction[^.\n]{0,60}(?:will take place|scheduled)|utsatt\s+till)"
);
pattern!(REMOVAL, r"(?i)(?:avlägsnande|1991:1339|särskild handräckning|handräckning)");
pattern!(
    CANCELLED,
    r"(?i)(?:avhysning(?:en)?|förrättning(?:en)?|verkställighet(?:en)?|tid(?:en)?)[^.\n]{0,80}(?:inställd|ställs\s+in|ställts\s+in|avbokad|avblåst|blir\s+inte\s+av|upphävd)|(?:inställd\s+(?:avhysning|förrättning))"
);
pattern!(
    POSTPONED,
    r"(?i)(?:anstånd\s+(?:har\s+)?(?:medge|bevilj|lämna)|uppskov|uppskjut|skjuts\s+upp|flyttas\s+fram|flyttats\s+fram|senarelagd|(?:beviljats|medgivits|fått)\s+anstånd)"
);
pattern!(
    WITHDRAWN,
    r"(?i)(?:återkalla(?:t|r|s|d|ts|de)?\b|återtagit|återtar|drar\s+tillbaka|dragit\s+tillbaka|återkallelse)"
);
pattern!(
    EXECUTED,
    r"(?i)(?:avhysning(?:en)?[^.\n]{0,80}(?:verkställdes|genomfördes|har\s+(?:verkställts|genomförts|ägt\s+rum)|är\s+(?:verkställd|genomförd))|verkställd\s+avhysning|genomförd\s+avhysning)"
);
pattern!(
    PAID,
    r"(?i)(?:(?:skuld(?:en)?|hyran|hyrorna|avgiften|fordran|beloppet|allt|hela)[^.\n]{0,60}(?:är|har|blivit|blev)\s+(?:nu\s+)?(?:slut|helt\s+)?(?:betal|reglera|inbetal)|(?:har|hade)\s+(?:nu\s+)?(?:betalat|betalt|reglerat)|debt (?:has been|is) paid|ärendet kan avslutas|bortse från|makuler|återkallar\s+(?:härmed\s+)?(?:vår|min|vårt|meddelande|underrättelse|anmälan))"
);
pattern!(
    SUPPLEMENT,
    r"(?i)(?:komplettering|kompletterar|tillägg till|som tillägg|kompletterande uppgift|glömde (?:bifoga|skriva|nämna|att)|här kommer (?:även|också|bilagan)|rättelse av (?:tidigare|vår)|supplement)"
);
pattern!(
    CHILD_CONCERN,
    r"(?i)(?:orosanmäl|oro för (?:barn|ett barn|barnen|dotter|son)|far(?:a|er)?\s+illa|19\s*kap\.?\s*1\s*§)"
);

pattern!(
    RENT_AND_DEBT,
    r"(?is)(?:\b(?:hyra|hyran|hyror|hyrorna|hyresgäst\p{L}*|hyresavi\p{L}*|hyr ut|inneboende|rent|rents|tenant)\b.{0,400}(?:(?:inte|ej|aldrig|slutat|vägrar)\s+(?:att\s+)?(?:ha\s+|har\s+|kunnat\s+)?betal|betalar?\s+(?:inte|ej|aldrig)|skuld|skyldig|obetal|oreglera|släpar|uteblir|uteblivit|restförd|\bowes?\b|unpaid|not\s+(?:been\s+)?paid|overdue|in\s+arrears)|(?:(?:inte|ej|aldrig)\s+(?:har\s+)?betal|betalar?\s+(?:inte|ej)|skuld|skyldig|obetal|oreglera|unpaid|not\s+paid|overdue).{0,200}\b(?:hyra|hyran|hyror|hyrorna|månadshyr\p{L}*|hyresgäst\p{L}*|rent|tenant)\b)"
);
pattern!(
    FEE_AND_DEBT,
    r"(?is)(?:\b(?:avgift|avgiften|avgifter|avgifterna|månadsavgift\p{L}*|årsavgift\p{L}*)\b.{0,300}(?:(?:inte|ej)\s+(?:har\s+)?betal|skuld|skyldig|obetal|släpar|uteblivit|förfall|sagt upp|uppsagd)|(?:skuld|skyldig|obetal|(?:inte|ej)\s+betal).{0,200}\b(?:månads|års)?avgift\p{L}*\b)"
);
pattern!(
    BOOKED,
    r"(?i)(?:(?:bokat|bokad|utsatt|satt|planera[dt]|bestämt|fastställt|ändrad|flyttad|ny)\s+(?:in\s+)?(?:en\s+)?(?:dag|tid|datum)?\s*(?:för\s+)?(?:avhysning|vräkning|avlägsnande)|(?:avhysning|vräkning|avlägsnande)(?:en)?\b[^.\n]{0,40}\b\d{1,2}[/ .](?:\d{1,2}|\p{L}+)[^.\n]{0,20}\bkl|(?:ändrad|ny)\s+tid\b[^.\n]{0,80}\bkl)"
);
pattern!(
    SUBLET_EN,
    r"(?i)(?:sub-?let(?:ting|s)?\b|second-?hand\b[^.\n]{0,40}without|andrahand\p{L}*[^.\n]{0,80}(?:utan|otillåt|olovlig|aldrig|inte))"
);
pattern!(
    NEIGHBOURS,
    r"(?i)(?:klagomål|grannar(?:na)?\s[^.\n]{0,40}(?:klag|stör|rädd)|skrik|hotfull|hotat|störningsjour|nuisance|complaints?\b[^.\n]{0,40}(?:noise|neighbour))"
);

/// A sign and how much it says.
struct Sign {
    kind: NoticeType,
    pattern: &'static Pattern,
    weight: i32,
}

macro_rules! sign {
    ($kind:ident, $pattern:ident, $weight:expr) => {
        Sign { kind: NoticeType::$kind, pattern: &$pattern, weight: $weight }
    };
}

static SIGNS: &[Sign] = &[
    sign!(RentArrears, JB_44, 6),
    sign!(RentArrears, RENT_LATE, 4),
    sign!(RentArrears, RENT_AND_DEBT, 4),
    sign!(TenantOwnedArrears, FEE_AND_DEBT, 5),
    sign!(TenantOwnedArrears, BRL_23, 6),
    sign!(RentDisturbance, JB_25A, 6),
    sign!(RentDisturbance, DISTURBANCE, 4),
    sign!(RentDisturbance, NEIGHBOURS, 3),
    sign!(TenantOwnedDisturbance, BRL_9, 6),
    sign!(RentTerminationCopy, TERMINATION_COPY, 8),
    sign!(UnlawfulSublet, SUBLET, 8),
    sign!(UnlawfulSublet, SUBLET_EN, 6),
    sign!(ElectricityDebt, ELECTRICITY, 7),
    sign!(RentTribunalDispute, TRIBUNAL, 3),
    sign!(EvictionApplication, APPLICATION, 7),
    sign!(EvictionScheduled, SCHEDULED, 9),
    sign!(EvictionScheduled, BOOKED, 9),
    sign!(EvictionChanged, CANCELLED, 14),
    sign!(EvictionExecuted, EXECUTED, 15),
    sign!(ChildConcern, CHILD_CONCERN, 7),
    sign!(Supplement, SUPPLEMENT, 7),
    sign!(Withdrawal, PAID, 7),
];

/// What was made of the signs.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub(super) kind: Option<Seen<NoticeType>>,
    pub(super) also: Vec<NoticeType>,
    pub(super) outcome: Option<EnforcementOutcome>,
}

/// Tells the kind of what is said. `official`: the sender is Kronofogden.
pub(super) fn kind(sheets: &[Sheet], official: bool) -> Kind {
    let mut tallies: Vec<(NoticeType, i32, Seen<NoticeType>)> = Vec::new();
    for sheet in sheets {
        // What a subject names it is about.
        let more = i32::from(sheet.source == "subject") * 3;
        for sign in SIGNS {
            let Some(found) = sign.pattern.first(&sheet.text).and_then(|found| found.get(0)) else {
                continue;
            };
            let weight = sign.weight + more;
            let seen = Seen::on(sheet, found.start(), found.as_str(), sign.kind, 0.0);
            match tallies.iter_mut().find(|(kind, ..)| *kind == sign.kind) {
                Some((_, sum, _)) => *sum += weight / 2,
                None => tallies.push((sign.kind, weight, seen)),
            }
        }
    }
    let said = |pattern: &Pattern| sheets.iter().any(|sheet| pattern.is_in(&sheet.text));
    let enforcement = official || said(&APPLICATION) || said(&SCHEDULED) || said(&CANCELLED);
    let outcome = outcome(&said, enforcement);
    tallies.sort_by_key(|(_, sum, _)| -sum);
    let also = match tallies
        .iter()
        .skip(1)
        .any(|(kind, sum, _)| *kind == NoticeType::ChildConcern && *sum >= 7)
    {
        true => vec![NoticeType::ChildConcern],
        false => Vec::new(),
    };
    let second = tallies.iter().skip(1).find(|(kind, ..)| *kind != NoticeType::ChildConcern);
    let second = second.map_or(0, |(_, sum, _)| *sum);
    let kind = tallies.into_iter().next().map(|(kind, sum, seen)| {
        let kind = fitting(kind, &said, enforcement);
        let gap = sum - second;
        let sure = match (sum, gap) {
            (8.., 4..) => 0.99,
            (8.., 2..) => 0.97,
            (6.., 3..) => 0.96,
            (6.., 1..) => 0.9,
            (4.., 2..) => 0.9,
            _ => 0.7,
        };
        Seen { value: kind, confidence: sure, ..seen }
    });
    Kind { kind, also, outcome }
}

/// The same matter in a tenant-owned home, at Kronofogden, or as a removal.
fn fitting(kind: NoticeType, said: &impl Fn(&Pattern) -> bool, enforcement: bool) -> NoticeType {
    let owned = said(&TENANT_OWNED) && !said(&JB_44) && !said(&JB_25A);
    let removal = said(&REMOVAL);
    match kind {
        NoticeType::RentArrears if owned => NoticeType::TenantOwnedArrears,
        NoticeType::RentDisturbance if owned => NoticeType::TenantOwnedDisturbance,
        NoticeType::RentTerminationCopy if owned => NoticeType::TenantOwnedTerminationCopy,
        NoticeType::EvictionScheduled
            if said(&CANCELLED) || (said(&POSTPONED) && !has_new_time(said)) =>
        {
            NoticeType::EvictionChanged
        }
        NoticeType::EvictionScheduled | NoticeType::EvictionApplication
            if said(&WITHDRAWN) && enforcement =>
        {
            NoticeType::EvictionChanged
        }
        NoticeType::EvictionScheduled if removal => NoticeType::RemovalScheduled,
        NoticeType::EvictionApplication if removal => NoticeType::RemovalApplication,
        other => other,
    }
}

pattern!(NEW_TIME, r"(?i)\bny\s+(?:tid|dag|tidpunkt|förrättning)");

fn has_new_time(said: &impl Fn(&Pattern) -> bool) -> bool {
    said(&NEW_TIME)
}

fn outcome(said: &impl Fn(&Pattern) -> bool, enforcement: bool) -> Option<EnforcementOutcome> {
    match () {
        () if !enforcement && !said(&EXECUTED) => None,
        () if said(&EXECUTED) => Some(EnforcementOutcome::Executed),
        () if said(&WITHDRAWN) => Some(EnforcementOutcome::Withdrawn),
        () if said(&POSTPONED) => Some(EnforcementOutcome::Postponed),
        () if said(&CANCELLED) => Some(EnforcementOutcome::Cancelled),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::kind;
    use crate::domain::notice::NoticeType;
    use crate::normalize::prose::seen::Sheet;

    #[test]
    fn the_wording_tells_the_kind() {
        for (text, expected) in [
            (
                "Meddelande till socialnämnden enligt 12 kap. 44 § jordabalken",
                NoticeType::RentArrears,
            ),
            ("hyresgästen har inte betalt hyran för september", NoticeType::RentArrears),
            (
                "Medlemmens årsavgift är obetald, 7 kap. 23 § bostadsrättslagen",
                NoticeType::TenantOwnedArrears,
            ),
            (
                "Underrättelse om störningar i boendet (12 kap. 25 a § jordabalken)",
                NoticeType::RentDisturbance,
            ),
            (
                "Kopia av uppsägning på grund av särskilt allvarliga störningar",
                NoticeType::RentTerminationCopy,
            ),
            (
                "Underrättelse om tid för avhysning. Avhysningen äger rum den 24 november",
                NoticeType::EvictionScheduled,
            ),
            (
                "Ansökan om avhysning har kommit in till Kronofogden",
                NoticeType::EvictionApplication,
            ),
            (
                "Avhysningen den 24 november är inställd. Sökanden har återkallat ansökan.",
                NoticeType::EvictionChanged,
            ),
            (
                "Avhysningen verkställdes den 24 november 2026 kl. 09.20.",
                NoticeType::EvictionExecuted,
            ),
            (
                "Underrättelse om tid för avlägsnande. Tid för förrättning den 3 december",
                NoticeType::RemovalScheduled,
            ),
            ("Lägenheten hyrs ut i andra hand utan lov", NoticeType::UnlawfulSublet),
            ("Elskuld: elen stängs av den 3 november", NoticeType::ElectricityDebt),
        ] {
            let sheet = Sheet::body(text);
            let told = kind(&[sheet], false).kind.map(|seen| seen.value);
            assert_eq!(told, Some(expected), "{text}");
        }
        let sheet = Sheet::body("Hej! När öppnar ni?");
        assert!(kind(&[sheet], false).kind.is_none());
    }
}
