//! The words that take a sign back: conditions, denials, what is asked for, refused, long past or still to pay, folded.

use super::super::pattern::pattern;

pattern!(DENIED, r"\b(?:inte|ej|icke|aldrig|annu|not|never|ikke)\b");
pattern!(
    DENIED_EVENT,
    r"\b(?:inte|ej|icke|aldrig|not|never)\s(?:\w+\s){0,2}(?:installd|installt|stall(?:s|ts|as|des) in|avbokad|avblast|upphavd|avlyst|uppskjut|skjut\w* upp|flytta\w* fram|framflytta|senarelag|aterkall|aterta|tillbaka|anstand|uppskov|cancel|postpone|withdr)"
);
pattern!(
    POSSIBLE,
    r"\b(?:kan|kunna|kunde|could|may|might|can)\s(?:\w+\s){0,3}$|\b(?:kan|kunna|could|may|might)\s(?:\w+\s){0,3}(?:aterkallas|aterkalla|stallas|installas|skjutas|flyttas|medges|beviljas|lamnas|fa anstand|ges|avbokas|be cancelled|be postponed)"
);
pattern!(
    ASKING,
    r"\b(?:begar\w*|ansok\w*|avslag\w*|avslog|avslar|avslas|bestrid\w*|onskar|onskemal|vill ha|hoppas pa|fraga\w* om|fragor om)\b[^.\n]{0,30}$"
);
pattern!(
    ASKED,
    r"\b(?:avslag\w*|avslog|avslar|begart|begarde|begaran om|ansokt om|ansokan om)\b[^.\n]{0,25}\b(?:anstand|uppskov)"
);
pattern!(
    REFUSED,
    r"^\w*\s?(?:(?:har|hade|ar|blir|blev|kommer|att|medges|medge|medgetts|medgivits|beviljas|beviljats|lamnas|lamnats|ges|getts|heller|dock|an|annu|darfor|kan|ska|fran|sokanden|hans|hennes|sin|ansokan)\s){0,5}?(?:inte|ej|icke|avslagits|avslas|avslogs|nekas|nekades|nekats|provas|provades|not|refused|denied|meddelas av|beslutas av)\b"
);
pattern!(
    EARLIER,
    r"\b(?:tidigare|forra|forut|forsta|forriga|aldre)\s(?:en\s)?(?:\w{0,8}avhysning|ansok|vrakning|forrattning|arende|hyresgast|medlem|boende|gang|ar|installd|aterkall|svarande|mal\b|begaran|innehavare|tillfalle|anstand|uppskov|uppskjut)|\bi fjol|\b(?:forra|forrforra) (?:aret|aren|hosten|varen|sommaren|vintern|gangen|arendet)|\bfor (?:\w+ )?(?:ar|manader) sedan|\b(?:i )?(?:ett|flera) (?:tidigare|aldre|annat|andra)|previous (?:tenant|eviction|application|case)|last year|years ago"
);
pattern!(NEARLY, r"\bnastan\b|\bnara att\b|\bhotad\b|\balmost\b|\bnearly\b");
pattern!(NOT_DONE, r"^\s?(?:\w+\s){0,2}?(?:inte|ej|icke|aldrig|not|never)\b");
pattern!(NOT_BEFORE, r"^\s?(?:\w+\s){0,3}?(?:forran|forr an|fore den|innan|until|utan att)\b");
pattern!(
    TO_COME,
    r"^[^.\n]{0,70}?\b(?:(?:inte|ej|annu inte|inte annu|annu ej)\s(?:\w+\s)?(?:bestam|faststall|satt|utsatt|bokad|klar|beslut|kand)|(?:sands|sander|skickas|skickar|meddelas|meddelar|kommer|aterkommer|lamnas|lamnar|bestams|faststalls|utgar|kommuniceras|delges)\s(?:\w+\s)?(?:senare|inom kort|separat|nar|sa snart|i god tid|framover|langre fram|i ett senare)|saknas an|later|not yet|to be decided)"
);
pattern!(
    STILL_OPEN,
    r"^[^.\n]{0,60}?\b(?:men|dock|daremot|fast|but|however|undantag)\b[^.\n]{0,60}?\b(?:inte|ej|icke|obetal\w*|oreglera\w*|saknas|kvar|kvarstar|aterstar|resterar|fortfarande|alltjamt|skyldig|skuld\w*|not|unpaid|outstanding|still)|^\s?(?:forutom|utom|med undantag|except|av sjalv|sjalv)\b|\bso the (?:amount|balance|debt|sum)|sa (?:skulden|beloppet) (?:ar|blir) (?:nu )?\d"
);
pattern!(
    WILL,
    r"\b(?:ska|skulle|skall|maste|borde|kommer att|har lovat(?: att)?|behover)\s(?:ha\s|nu\s|ocksa\s|aven\s){0,2}$"
);
pattern!(YEAR, r"\b((?:19|20)\d\d)\b");

pub(super) const BEGINNINGS: &[&str] = &[
    "om ",
    "ifall ",
    "betalas ",
    "betalar ni ",
    "sker ",
    "sker inte",
    "skulle ",
    "if ",
    "unless ",
    "should ",
    "hvis ",
    "dersom ",
    "nar ",
    "tills ",
    "innan ",
];
pub(super) const WITHIN: &[&str] = &[
    " om ni behover ",
    " yrkar ",
    " yrkas ",
    " yrkat ",
    " om ni onskar ",
    " om ni saknar ",
    " om ni vill ha ",
    " om du behover ",
    " om det behovs ",
    " vid behov av ",
    ", om ",
    " men om ",
    " eller om ",
    " och om ",
    " bara om ",
    " endast om ",
    " ifall ",
    " for det fall ",
    " i annat fall ",
    " annars ",
    " risk for ",
    " risken for ",
    " riskerar ",
    " riskera ",
    " kan leda till ",
    " leda till ",
    " hot om ",
    " hotas av ",
    " kan bli ",
    " kan komma att ",
    " kan innebara ",
    " undvika ",
    " forhindra ",
    " forebygga ",
    " fraga om ",
    " fragor om ",
    " if ",
    " unless ",
    " may ",
    " might ",
    " could ",
    " risk of ",
    " avoid ",
    " tills ",
    " sa snart ",
    " so snart ",
    " hvis ",
    " dersom ",
];
pub(super) const GROUNDS: &[&str] = &[
    " pa grund av ",
    " p.g.a. ",
    " p.g.a ",
    " pga ",
    " p g a ",
    " till foljd av ",
    " med anledning av ",
    " eftersom ",
    " darfor att ",
    " because of ",
    " due to ",
];
pub(super) const DENIALS: &[&str] =
    &["inte", "ej", "aldrig", "icke", "ingen", "inget", "not", "never", "ikke", "utan att", "nej"];

/// What somebody else says or promises is not so yet.
pub(super) const HEARSAY: &[&str] =
    &[" uppger ", " pastar ", " lovat ", " lovar ", " sager att ", " claims ", " promise"];
pub(super) const FUTURE: &[&str] = &[
    "kommer vi att ",
    "kommer att ",
    "avser att ",
    "avser vi ",
    "tanker ",
    "overvager ",
    "ska vi ",
    "will ",
];

/// What `om` follows when it opens no condition: `beslut om anstånd`.
pub(super) const MATTERS: &[&str] = &[
    "mejl",
    "mejlet",
    "mail",
    "mailet",
    "brev",
    "brevet",
    "skrev",
    "beslut",
    "beslutar",
    "beslutade",
    "beslutat",
    "informerat",
    "underrattat",
    "meddelat",
    "paminner",
    "kannedom",
    "begar",
    "begart",
    "begarde",
    "ansoka",
    "ansokte",
    "beslutet",
    "besked",
    "beskedet",
    "underrattelse",
    "underrattelsen",
    "meddelande",
    "meddelandet",
    "information",
    "informerar",
    "begaran",
    "ansokan",
    "fraga",
    "mal",
    "malet",
    "arende",
    "arendet",
    "arenden",
    "overens",
    "overenskommelse",
    "uppgorelse",
    "avtal",
    "dom",
    "utslag",
    "skuld",
    "skulden",
    "underrattar",
    "meddelar",
    "talan",
    "till",
    "sig",
    "yrkande",
    "yrkandet",
    "ansoker",
    "ansokt",
];
