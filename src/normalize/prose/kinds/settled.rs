//! How a matter that was told before is taken back or added to, in folded words.

use super::super::pattern::pattern;

pattern!(
    TAKEN_BACK,
    r"aterkall(?:ar|as|else|ade|at|ats) (?:harmed |darfor |nu |vi )*(?:var|vart|min|mitt|meddelande|underrattelse|anmalan|uppsagning|talan)|ater(?:tar|tagande)(?: harmed| av)? (?:vart |var |mitt |min )?(?:meddelande|underrattelse|anmalan|uppsagning)|(?:drar|dragit|drog|tar|tagit) tillbaka[^.\n]{0,20}(?:meddelande|underrattelse|anmalan|uppsagning)|(?:uppsagning\w*|meddelandet|underrattelsen|anmalan)[^.\n]{0,30}\b(?:aterkalla\w*|aterta\w*|dragits tillbaka|dras tillbaka|makulera\w*|upphavd)|bortse fran (?:var|vart|min|mitt|meddelande|underrattelse|tidigare|forra|brevet|mail|mejl|anmalan)|makuler\w*|disregard (?:our|my|the)|withdraw(?:n|s|ing)? (?:our|my|the) (?:notice|notification|termination)|traekker (?:\w+ )?tilbage|trekker tilbake"
);
pattern!(
    SETTLED,
    r"\b(?:skuld(?:en|er|erna)?|hyresskuld\w*|elskuld\w*|hyran|hyrorna|avgift(?:en|er|erna)|fordran|beloppet|allt|hela beloppet|samtliga[^.\n]{0,40})\b[^.\n]{0,60}\b(?:ar|har|blivit|blev)\s(?:nu\s|idag\s|i dag\s|darmed\s)?(?:slut|helt |fullt |till fullo )?(?:betald|betalda|betalad|betalats|betalat|betalts|reglera\w*|inbetal\w*|fullbetald|slutbetald|losta?)|skuld(?:en)? reglerad|\b(?:har|hade)\s(?:nu\s|idag\s|i dag\s|antligen\s|redan\s|igar\s)?(?:betalat|betalt|reglerat|gjort upp)\s(?:hela|allt|alla|samtliga|sin|sina|skulden|hyran|hyresskulden|avgift\w*|arsavgift\w*|in hela|av)\b|\b(?:hyresratten|bostadsratten) ar (?:darmed )?atervunnen|(?:debt|rent|arrears|balance)[^.\n]{0,30}(?:has been|have been|is|are|was) (?:now )?(?:fully )?(?:paid|settled|cleared)|settled (?:the|his|her|their|all)[^.\n]{0,20}(?:balance|debt|arrears|rent)|paid in full|orsak\s?=\s?(?:reglerat|betald)|typ\s?=\s?(?:avslut|aterkall)|\bslutbetal|gaelden er betalt|gjelden er betalt|har betalt (?:hele|alt)"
);
pattern!(
    PAID,
    r"\b(?:har|hade)\s(?:nu\s|idag\s|i dag\s|antligen\s)?(?:betalat|betalt|reglerat)\b|\bnu har (?:han|hon|hen|de|dom)\s(?:betalat|betalt)|pengarna (?:har|ar)[^.\n]{0,30}(?:fatt|inne|kommit)|betalning(?:en)? (?:har|ar) (?:inkommit|mottagen|kommit)|has (?:now )?paid\b"
);
pattern!(
    CLOSED,
    r"stryka? (?:arendet|min anmalan|anmalan|det)|lagga? (?:ner|ned)\b|arendet (?:ar|kan) (?:nu |darmed |harmed )?(?:avslut|avskriv|stang)|avskriv(?:et|en|its)|flyttat ut[^.\n]{0,40}(?:nyckel|nycklar)|(?:inget|ingen)[^.\n]{0,25}atgard[^.\n]{0,25}(?:behov|kravs)|avblast|(?:far|kan) bo kvar|case (?:can be|is) closed|forlikning"
);
pattern!(
    SUPPLEMENT_TITLE,
    r"^\s*(?:(?:sv|re|vb|fw|fwd)\s?:\s?)*(?:meddelande om )?komplettering|komplettering (?:till|av|for|i|avseende|angaende|delgivning|gallande)\b|komplettering\s?[:(]|(?:som|har ar en|skickar (?:det )?som) komplettering|kompletterande (?:uppgift|information|handling)|tillagg till|(?:som|ett) tillagg|additional information|supplement(?:ary)? (?:to|information)|supplerende opl|kompletterar (?:vart|var|mitt|min|meddelande|underrattelse|tidigare)|typ\s?:?=?\s?komplettering"
);
pattern!(
    SUPPLEMENT,
    r"glomde\s?(?::|att|bifoga|skriva|namna|ta med)|glomde jag|har kommer (?:aven |ocksa |den |det )?(?:bilag|saknade)|rattelse av (?:tidigare|var|uppgift)|(?:blev|var|angavs)[^.\n]{0,30}\bfel\b|skrev fel|fel (?:belopp|adress|uppgift|personnummer)[^.\n]{0,30}(?:skrev|angav|i)|ratt (?:belopp|adress|\w*adress|personnummer|summa|namn|lagenhet\w*)[^.\n]{0,40}\bar\b|beloppet (?:ar )?nu|\bar beloppet nu|nya uppgifter i|please add the following|correction to our|forgot to (?:mention|add|attach)|har (?:nu )?delgivits|tilla?gger|\btill anmalan\b[^.\n]{0,40}\d|delgivningskvitto|\bavser (?:vart|var|mitt|min) (?:tidigare )?(?:meddelande|underrattelse|anmalan)|\bi (?:var|vart|min|mitt) (?:tidigare |forra )(?:meddelande|underrattelse|anmalan|brev|mejl|mail)|ar nu delg[ie]v|further to our (?:notice|letter|message)|angaende (?:vart|mitt|min|var) (?:tidigare )?(?:meddelande|underrattelse|anmalan)"
);
