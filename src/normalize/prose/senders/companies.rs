//! Names of landlords, associations, agents and authorities: a line of a signature or a letterhead, or words within a text.

use super::super::pattern::pattern;

pattern!(
    WITHIN,
    r"((?:(?:HSB|HSF|Riksbyggen)[ ])?(?:(?:Brf|BRF|Bostadsrättsföreningen?)[ ]\p{Lu}[\p{L}-]+(?:[ ]\p{Lu}[\p{L}-]+){0,2}(?:[ ]\d{1,3}\b)?(?:[ ]u\.p\.a\.)?)|(?:Advokatfirman|Advokatbyrån|Juristbyrån|Kommanditbolaget|Handelsbolaget|Bolaget|Stiftelsen|Bostadsstiftelsen|Föreningen)[ ]\p{Lu}[\p{L}-]+(?:[ ](?:&|och)[ ]\p{Lu}[\p{L}-]+|[ ]\p{Lu}[\p{L}-]+){0,2}(?:[ ](?:AB|KB|HB))?|(?:Fastighets|Bostads|Förvaltnings|Bostadsaktie)?[ ]?\bAB[ ]\p{Lu}[\p{L}-]+(?:[ ]\p{Lu}[\p{L}-]+){0,2}|(?:\p{Lu}[\p{L}&.'’-]*[ ](?:i[ ]|&[ ]|och[ ])?){1,4}(?:AB|HB|KB|Handelsbolag|Aktiebolag|Ekonomisk [Ff]örening|Ltd|ApS)\b|\p{Lu}[\p{L}-]+(?:[ ]\p{Lu}[\p{L}-]+)?[ ](?:Fastigheter|Förvaltning(?:en)?|Bostäder|Hyreshus|Homes|Elnät|Energi))"
);
pattern!(
    WORD,
    r"(?i)(?:^|[\s,|/])(?:\p{L}*(?:ab|hb|kb)\b|brf|bostadsrättsf\p{L}*|\p{L}*stiftelse\p{L}*|\p{L}*förvaltning(?:en|ar)?|\p{L}*förvaltarna|\p{L}*fastigheter|\p{L}*bostäder|\p{L}{3,}hem|\p{L}*hyreshus|homes|\p{L}*energi|\p{L}*kraft|power\b[^,|]*|\p{L}*elnät|advokat(?:firma|byrå)\p{L}*|jurist(?:firma|byrå)\p{L}*|\p{L}*inkasso|kronofogde\p{L}*|hyresnämnd\p{L}*|(?:kooperativa )?hyresrättsför\p{L}*|bostadsför\p{L}*|\p{L}*samfällighet\p{L}*|\p{L}*mäkleri|\p{L}*mäklar(?:na|firma\p{L}*|byrå\p{L}*)|\p{L}{3,}byrå(?:n|er|erna)?|\p{L}*kravbolag|\p{L}*tingsrätt|\p{L}*hovrätt|polismyndigheten|\p{L}*vårdcentral(?:en)?|\p{L}*barnavårdscentral(?:en)?|bvc|bup|\p{L}*psykiatri(?:n|ska kliniken)?|\p{L}*sjukhus(?:et)?|frivården|kriminalvården|kommanditbolaget|handelsbolaget|utleie|bolig|ltd|inc|gmbh|a/s|aps)(?:$|[\s,|])"
);
pattern!(
    GREETED,
    r"(?i)^[\s/-]*(?:(?:m\.?v\.?h\.?|vh|bh|(?:med )?(?:vänlig(?:a)?|bästa|varma) hälsning(?:ar|er)?|hälsning(?:ar|er)?|hälsar|vänligen|kind regards|best regards|regards)\b[\s,.:/]*|/+\s*)(\S.*)$"
);
pattern!(
    ROLE,
    r"(?i)^[\s/-]*(?:för(?: och på uppdrag av| styrelsen i)?|å|(?:vice )?ordförande|ordf\.?|v\.? ?ordf\.?|kassör(?:en)?|sekreterare|styrelse(?:ledamot|n)|ledamot|suppleant|ekonomiansvarig|vicevärd|kundsupport|kundtjänst)(?: (?:i|för|hos|på|vid))?,? +((?-i:\p{Lu}).*)$"
);
pattern!(
    MUNICIPAL,
    r"(?i)\b(?:\p{L}*förvaltning(?:en)?\b|\p{L}*enheten\b|enheten för|\p{L}*avdelning(?:en)?\b|\p{L}*sektion(?:en)?\b|\p{L}*mottagning(?:en)?\b|\p{L}*jouren\b|elevhälsa(?:n)?\b|vårdcentral(?:en)?\b|förskola(?:n)?\b|\p{L}*gymnasi\p{L}*|stadsledning\p{L}*|hemtjänst\p{L}*|stadsområde\p{L}*|stadsdel\p{L}*|\p{L}*rådgivning(?:en)?\b|fritids\p{L}*|\p{L}*gårde?n?\b|\p{L}*biblioteket?\b|\p{L}*expedition(?:en)?\b|\p{L}*boendet\b|\p{L}*skola(?:n)?\b|\p{L}*kontor(?:et)?\b|kontaktcenter|socialtjänst\p{L}*|\p{L}*kommun\b|\p{L}* stad\b|\p{L}*teamet\b|överförmyndar(?:en|nämnd\p{L}*|enhet\p{L}*|kansli\p{L}*|förvaltning\p{L}*)\b)"
);

pattern!(TOWN, r"^( i \p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)?)(?:\s*[(,]|[ \t]*(?:\n|$))");
pattern!(HELLO, r"(?i)^(?:hej(?:san)?|hallå|tjena|tja|god ?dag|hello|hi)(?: igen)?[.!,]+ +(\S.*)$");
// `bostadsrådgivare, vräkningsförebyggande teamet`: a unit without a capital.
pattern!(
    UNIT,
    r"^(?:\p{Ll}[\p{L}-]+ ){0,2}[\p{Ll}-]*(?:teamet|enheten|gruppen|mottagningen|sektionen|avdelningen|jouren)$"
);

/// `Hej. Exempelbo AB` is signed by Exempelbo AB.
fn without_hello(part: &str) -> &str {
    HELLO.first(part).and_then(|found| found.get(1)).map_or(part, |rest| rest.as_str())
}

/// A name within a text, as it stands.
pub(super) fn within(text: &str) -> Option<(usize, &str)> {
    all_within(text).next()
}

/// Every name within a text.
pub(super) fn all_within(text: &str) -> impl Iterator<Item = (usize, &str)> {
    WITHIN.all(text).take(50).filter_map(|found| {
        let found = found.get(1)?;
        let name = found.as_str().trim();
        let at = found.start() + found.as_str().find(name).unwrap_or(0);
        Some((at, with_town(text, at, name)))
    })
}

/// `Brf Provet i Malmö (769600-0004)`: the town is part of the name where the name ends with it.
fn with_town<'a>(text: &'a str, at: usize, name: &'a str) -> &'a str {
    let lower = name.to_lowercase();
    let bears = ["brf", "bostadsrättsför", "stiftelsen"].iter().any(|it| lower.starts_with(it));
    let end = at + name.len();
    // `Köptes av Brf Provet i Malmö` tells where it was; a line of its own is a name.
    let begins = text.get(..at).is_none_or(|head| head.is_empty() || head.ends_with('\n'));
    let town = text.get(end..).and_then(|rest| TOWN.first(rest)).filter(|town| {
        let closed = town.get(0).is_some_and(|whole| whole.as_str().ends_with(['(', ',']));
        bears && (begins || closed)
    });
    let town = town.and_then(|town| town.get(1));
    town.and_then(|town| text.get(at..end + town.end())).unwrap_or(name)
}

/// `Mvh Exempelbo AB` is signed by Exempelbo AB.
pub(super) fn without_greeting(line: &str) -> &str {
    GREETED.first(line).and_then(|found| found.get(1)).map_or(line, |rest| rest.as_str())
}

/// The name that a line of a signature bears, without what stands beside it; `municipal`: departments have names of their own kind.
pub(super) fn on_line(line: &str, municipal: bool) -> Option<&str> {
    without_role(without_greeting(line))
        .split(['|', '*', '•', '·', ',', '\t', '"', '”', ')'])
        .flat_map(|part| part.split("  "))
        .flat_map(|part| part.split(" / "))
        .map(|part| without_hello(part.trim()))
        .find(|part| {
            let short = part.chars().count() <= 60 && part.split(' ').count() <= 7;
            let own = part.starts_with(char::is_uppercase) || (municipal && UNIT.is_in(part));
            let named = own && !part.contains([':', '@', '?', '!']);
            let told = WORD.is_in(part) || (municipal && MUNICIPAL.is_in(part));
            short && named && told && !is_sentence(part) && !is_somebody(part)
        })
        .map(without_office)
        .map(without_tail)
}

/// `kassör Brf Provet` is signed by Brf Provet.
fn without_role(line: &str) -> &str {
    ROLE.first(line).and_then(|found| found.get(1)).map_or(line, |rest| rest.as_str())
}

/// `Styrelsen för Brf Provet` is Brf Provet; `Förvaltaren AB för Brf Provet` is the manager.
fn without_office(name: &str) -> &str {
    match name.split_once(" för ") {
        Some((office, association)) if !WORD.is_in(office) && WORD.is_in(association) => {
            association
        }
        Some((agent, _)) if WORD.is_in(agent) && !MUNICIPAL.is_in(agent) => agent,
        Some(_) | None => within_firm(name),
    }
}

/// `Petra på Exempelbo AB`, `Prova Ek for Exempelbo AB`: the firm behind the person.
fn within_firm(name: &str) -> &str {
    let marks = [" på ", " från ", " hos ", " vid ", " at ", " for ", " from ", " of "];
    let firm = marks.iter().find_map(|mark| {
        let (person, firm) = name.split_once(mark)?;
        let words = person.split(' ').count() <= 3 && !WORD.is_in(person);
        (words && WORD.is_in(firm) && firm.starts_with(char::is_uppercase)).then_some(firm)
    });
    firm.unwrap_or(name)
}

/// `Miriam Söderhem` is a person's name; `Provhem` and `AB Provhem` are firms.
fn is_somebody(part: &str) -> bool {
    let words: Vec<&str> = part.trim().split(' ').collect();
    let [given, family] = words.as_slice() else { return false };
    let family = family.to_lowercase();
    let ends = family.ends_with("hem") || family.ends_with("kraft");
    let plain = given.chars().all(|c| c.is_alphabetic() || c == '-')
        && given.chars().skip(1).all(|c| c.is_lowercase() || c == '-' || c.is_uppercase())
        && given.chars().any(char::is_lowercase);
    let firm = [
        "stiftelsen",
        "bostads",
        "fastighets",
        "kommunala",
        "nya",
        "hyresbostäder",
        "allmännyttan",
    ];
    ends && plain
        && !super::naming::names_an_office(given)
        && !WORD.is_in(given)
        && !firm.contains(&given.to_lowercase().as_str())
}

/// A line that goes on with a number, an address, or under what it was cut by.
fn without_tail(name: &str) -> &str {
    let lower = name.to_lowercase();
    let cuts = [
        " org.nr", " org nr", " orgnr", " box ", " genom ", " gm ", " gnm ", " tel ", " tfn ",
        "  ", " (", " – ", " - ",
    ];
    let end = cuts.iter().filter_map(|cut| lower.find(cut)).min().unwrap_or(name.len());
    let name = name.get(..end).unwrap_or(name);
    let digits =
        name.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 3 && !is_numbered(name, *at));
    digits.and_then(|at| name.get(..at)).unwrap_or(name).trim_end_matches(['.', ' ', ',', '-'])
}

/// `Brf Provet 12` is called so.
fn is_numbered(name: &str, at: usize) -> bool {
    name.get(at..).is_some_and(|rest| rest.len() <= 3) && name.to_lowercase().contains("brf")
}

fn is_sentence(part: &str) -> bool {
    let words = [
        " är ",
        " har ",
        " inte ",
        " vi ",
        " att ",
        " som ",
        " och vi",
        " till ",
        " ska ",
        " av ",
        " översänds ",
        " meddelar ",
        " lämnas ",
        " sänder ",
    ];
    let part = format!(" {} ", part.to_lowercase());
    words.iter().any(|word| part.contains(word))
}

/// Ordinary case for a name in capitals; short company forms stay.
pub(super) fn ordinary(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 5 || name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let word = |word: &str| -> String {
        match word {
            "AB" | "HB" | "KB" | "HSB" | "HSF" | "&" => word.to_owned(),
            "I" | "OCH" | "AV" | "FÖR" => word.to_lowercase(),
            other => {
                let mut letters = other.chars();
                let first = letters.next().into_iter();
                first.chain(letters.flat_map(char::to_lowercase)).collect()
            }
        }
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::on_line;
    use super::ordinary;
    use super::within;

    #[test]
    fn names_are_found_whole() {
        for (text, name) in [
            ("på uppdrag av Låtsasbo i Göteborg AB informeras", "Låtsasbo i Göteborg AB"),
            ("Sökande: Fastighets AB Exempelhus, 556", "Fastighets AB Exempelhus"),
            ("Advokatfirman Fiktius & Provander KB", "Advokatfirman Fiktius & Provander KB"),
            ("av Brf Provet 12 i Malmö", "Brf Provet 12"),
            ("HSB Brf Provkvarnen har", "HSB Brf Provkvarnen"),
            ("Stiftelsen Fiktiva Hem", "Stiftelsen Fiktiva Hem"),
        ] {
            assert_eq!(within(text).map(|(_, name)| name), Some(name), "{text}");
        }
    }

    #[test]
    fn a_line_of_a_signature_tells_the_name() {
        for (line, name) in [
            ("Hittepåsson Fastigheter HB", Some("Hittepåsson Fastigheter HB")),
            ("Volta Testborg, Exempelkraft, 040-628 04 71", Some("Exempelkraft")),
            ("Bostads AB Exempelhem  |  org.nr 556900-0002", Some("Bostads AB Exempelhem")),
            ("Nordic Example Homes AB | reg. no. 556900-0002", Some("Nordic Example Homes AB")),
            ("Testina Styrelseberg", None),
            ("Testina Söderhem", None),
            ("/Testa på Exempelbo Fastigheter AB", Some("Exempelbo Fastigheter AB")),
            ("Tel 031-390 06 14", None),
        ] {
            assert_eq!(on_line(line, false), name, "{line}");
        }
        assert_eq!(on_line("Usk Provia, Hemtjänst Provsyd, 070", true), Some("Hemtjänst Provsyd"));
        assert_eq!(ordinary("STIFTELSEN FIKTIVA HEM"), "Stiftelsen Fiktiva Hem");
        assert_eq!(ordinary("LÅTSASBO I GÖTEBORG AB"), "Låtsasbo i Göteborg AB");
    }
}
