//! Whose address a street is, as the words before it tell: the household's, or the sender's and others'.

use super::super::given_names::is_given;
use super::super::pattern::pattern;

pattern!(
    WORDS,
    r"(?i)(?:^|[^\p{L}])(?:(hyresgäst\p{L}*|hyresgast\p{L}*|bostadsrättshavar\p{L}*|medlem(?:men|mens|s|mar)?|svarande\p{L}*|gäldenär\p{L}*|klient\p{L}*|kund(?:en|ens)?|konsument\p{L}*|abonnent\p{L}*|brukare\p{L}*|inneboende\p{L}*|tenants?|resident|customer|debtor|lejer\p{L}*|(?:bostadsrätts|hyres)?lägenhet\p{L}*|hyreshus(?:et|ets|en)|lejlighed|bostadshus|bostad(?:en|s|sadress|srätt|srätten)?|objekt\p{L}*|anläggning\p{L}*|site|premises|dwelling|flat|apartment|bor|boende|bodde|lives?|avhysning\p{L}*|avlägsnande\p{L}*|vräk\p{L}*|eviction|från|belägen|kontrakts?innehavare\p{L}*|hemma hos|hyr|hyra|hg|folkbokförd\p{L}*|avseende|avser|gäller|angående|rörande|ang|beträffande|betr|motpart\p{L}*|fastighet(?:en)?|bostadslägenhet\p{L}*|kommer till|åker till|åka till|regarding|re|hemmet|mot|avhys\p{L}*|säg[ae]r? upp|sagts? upp|sa(?:de)?s? upp|uppsagd\p{L}*|uppsägning(?:en)? av|hyr ut (?:\p{L}+ )?till|avtal(?:et)? med|kontrakt(?:et)? med|against|evict\p{L}*)|(\p{L}*värd(?:en|ens)?|uthyrare\p{L}*|fastighetsägare\p{L}*|avsändare\p{L}*|besöksadress|kontor(?:et|sadress)?|sökande\p{L}*|\p{L}*förvaltare\p{L}*|ombud\p{L}*|uppdragsgivare|advokat\p{L}*|socialtjänst\p{L}*|social\p{L}*nämnd\p{L}*|landlord|lessor|owner|kronofogd\p{L}*|föreningens|styrelsen|box|ab|hb|kb|brf|bostadsrättsförening(?:en)?|stiftelsen|fastigheter|bostäder|granne\p{L}*|grannen?s|anmälare\p{L}*|anmälan från|uppgiftslämnare\p{L}*|vittne\p{L}*|borgensm[aä]n\p{L}*|fullmakt\p{L}*|god man|gode mannen|förvaltar\p{L}*|(?:hennes|hans|deras|hens|sin|sina|hyresgästens|svarandens|medlemmens|min|mina|vår|våra) (?:\p{L}+ )?(?:syster|bror|mamma|pappa|mor|far|föräldrar|farmor|mormor|morfar|farfar|kusin|vän|väninna|kompis|släkting|svärmor|svärfar)|anhörig\p{L}*|närstående|utredar\p{L}*|\p{L}*sekreterare\p{L}*|betalningsmottagare\p{L}*|leverantör\p{L}*|stämningsm[aä]n\p{L}*|delgivningsm[aä]n\p{L}*|lokal(?:en|er)?|butik(?:en)?|mötesplats|träffas|samling|ny adress|nya adress(?:en)?|flytta(?:t|r|de)? till|hv|kontaktperson\p{L}*|handläggare\p{L}*|betala till|swish|sammanträde\p{L}*|fakturaadress))(?:$|[^\p{L}])"
);
// Words and numbers that stand with anybody's address: they say whose it is only where no other word does.
pattern!(
    PLAIN,
    r"(?i)(?:^|[^\p{L}])(?:gatuadress|post-?adress|adress(?:en)?|adr|address|plats|på|at|(?:\d\d)?\d\d[01]\d\d\d[-+]?\d{4})(?:$|[^\p{L}\d])"
);
// `Vårt kontor ligger på`.
pattern!(
    OFFICE,
    r"(?i)(?:kontor\p{L}*|vi|jag|oss|expedition\p{L}*|reception\p{L}*) (?:\p{L}+ )?(?:ligger|finns|sitter|nås|träffas|håller till|har flyttat)[^.\n]{0,12}$|\b(?:jag|vi)(?: \p{L}+)? (?:bor|är granne\p{L}*|bodde)(?: \p{L}+)? (?:på|i|vid) $"
);
pattern!(
    RIGHT,
    r"(?i)(?:rätta?|korrekta?|riktiga?|correct) (?:\p{L}+ )?(?:\p{L}*adress(?:en)?|address)\s*(?:är|is|:)?[ ]*$"
);
pattern!(
    LABEL,
    r"(?i)(?:^|[\t\n,;(.]|\s)(?:gatu|bostads|hem|objekts?|anläggnings|lägenhetens |besöks|post|hyresgästens |folkbokförings)?(?:adress(?:en)?|adr|address)[ .…]*[:=\t\n]?[ ]*$"
);

pattern!(NAMED, r"\p{Lu}[\p{L}'’-]+ (?:(?:von|af|de|van) )?\p{Lu}[\p{L}'’-]+[,(] ?\(?$");
pattern!(BRACKETED, r"\(\p{Lu}[\p{L}'’-]+ (?:\p{L}+ )?\p{Lu}[\p{L}'’-]+, $");
pattern!(
    FAMILY,
    r"(?i)\b(?:familjen|makarna|paret|hushållet) (?-i:\p{Lu})[\p{L}'’-]+(?: (?-i:\p{Lu})[\p{L}'’-]+)?, $"
);
pattern!(
    SOMEBODY_AT,
    r"\p{Lu}[\p{L}'’-]+ (?:(?:von|af|de|van) )?\p{Lu}[\p{L}'’-]+ (?:på|i|at|in) $"
);
pattern!(
    TO_SOMEBODY,
    r"(?:till|hos|mot|av|för|med|to|at) \p{Lu}[\p{L}'’-]+ (?:(?:von|af|de|van) )?\p{Lu}[\p{L}'’-]+(?:,| \([\d +-]+\),?) $"
);
pattern!(BARE_NUMBER, r"\d{4}[\s,;]*$");
pattern!(
    NAME_ALONE,
    r"^[\s/]*\p{Lu}[\p{L}'’-]+(?: (?:(?:von|af|de|van) )?\p{Lu}[\p{L}'’-]+){1,2}[,\s]*(?:(?:\d\d)?\d{6}[-+ ]?\d{4}\s*)?$|^\s*(?:\d\d)?\d{6}[-+ ]?\d{4}\s*$"
);
pattern!(NUMBERED, r"\p{L}[, (]{1,3}(?:\d\d)?\d{6} ?[-+]? ?\d{4}\)?[,;]? (?:på |i )?$");
pattern!(POINT, r"^\s*(?:\d{1,2}|[A-Z])[.)]\s");

/// A place that only a preposition tells: `på Torget 4`.
pub(super) fn is_place_after(left: &str) -> bool {
    // `Testa Ek, 850101-2390, Provgärdet 2`.
    let named = NAMED.is_in(left) || NUMBERED.is_in(left);
    let left = left.trim_end().to_lowercase();
    let told = [
        " på",
        "bor på",
        " från",
        " at",
        "bostad",
        "boende",
        "(på",
        "hyreshuset",
        " huset",
        "lägenheten",
    ];
    named || told.iter().any(|word| left.ends_with(word))
}

/// Whose address the words before a street tell it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Household,
    /// Nothing but a word that stands with anybody's address.
    Labelled,
    /// A plain label below words for another, or the last lines of a letter below a name.
    Perhaps,
    Another,
    /// Nothing tells.
    Silent,
}

/// Whose address a street is, as the words before it tell.
pub(super) fn whose(left: &str) -> Whose {
    if BRACKETED.is_in(left) || FAMILY.is_in(left) {
        return Whose::Household;
    }
    let line = left.rsplit('\n').next().unwrap_or_default();
    let sentence = line.rsplit(". ").next().unwrap_or(line);
    if OFFICE.is_in(sentence) {
        return Whose::Another;
    }
    if is_somebodys(sentence) {
        return Whose::Household;
    }
    let plain = PLAIN.is_in(sentence);
    match (last_word(line), plain) {
        (Some(true), _) => Whose::Household,
        (Some(false), true) if SOMEBODY_AT.is_in(sentence) => Whose::Silent,
        (Some(false), _) if is_told_of(sentence) => Whose::Silent,
        (Some(false), _) => Whose::Another,
        (None, _) => match (above(left, line), plain) {
            (Some(true), _) => Whose::Household,
            (None, true) => Whose::Labelled,
            (Some(false), true) if !BARE_NUMBER.is_in(line) => Whose::Perhaps,
            (Some(false), _) => Whose::Another,
            (None, false) => Whose::Silent,
        },
    }
}

/// Whether a person is named right before a street, within a sentence: `full betalning av Testa och Lena Ek, `.
fn is_somebodys(sentence: &str) -> bool {
    let Some(name) = NAMED.first(sentence).and_then(|fit| fit.get(0)) else { return false };
    let head = sentence.get(..name.start()).unwrap_or_default();
    let given = name.as_str().split(' ').next().is_some_and(is_given);
    given && head.split_whitespace().count() >= 3
}

/// Whether words stand between the one for another and the name before a street: `Hyresvärden drog tillbaka det, vi kommer inte till Testa Ek, `.
fn is_told_of(sentence: &str) -> bool {
    let Some(name) = TO_SOMEBODY.first(sentence).and_then(|fit| fit.get(0)) else { return false };
    sentence.get(..name.start()).is_some_and(|head| head.split_whitespace().count() >= 5)
}

/// Whether a street stands among the last lines of a letter, below the name of whoever signs.
pub(super) fn is_signed(left: &str, tail: &str) -> bool {
    let below = tail.split('\n').skip(1).filter(|line| !line.trim().is_empty()).take(4).count();
    let mut lines = left.rsplit('\n');
    let own = lines.next().unwrap_or_default();
    let above = lines.take(2).take_while(|line| !line.trim().is_empty());
    below <= 2 && own.trim().is_empty() && above.into_iter().any(|line| NAME_ALONE.is_in(line))
}

/// What the nearest line above says that has a word for somebody: an address stands below a name, and the name below its label.
fn above(left: &str, line: &str) -> Option<bool> {
    if POINT.is_in(line) || line.trim().chars().count() > 45 {
        return None;
    }
    for line in left.rsplit('\n').skip(1).take(3) {
        if line.trim().is_empty() {
            return None;
        }
        // Of two columns the second goes on alone where the first has no more lines.
        let cell = line.rsplit_once('\t').map_or(line, |(_, cell)| cell);
        let plain = (cell.len() < line.len() && PLAIN.is_in(cell)).then_some(true);
        if let Some(told) = last_word(cell).or(plain).or_else(|| last_word(line)) {
            return Some(told);
        }
    }
    None
}

fn last_word(line: &str) -> Option<bool> {
    // What stands before the last full stop is another sentence.
    // But a list's number ends none: `Motparter: 1. Testa Ek`.
    let mut stops = line.rmatch_indices(". ").map(|(at, _)| at);
    let stop = stops.find(|at| {
        let digits = line[..*at].bytes().rev().take_while(u8::is_ascii_digit).count();
        !(1..=2).contains(&digits)
    });
    let line = stop.and_then(|at| line.get(at + 2..)).unwrap_or(line);
    let mut told = None;
    let mut from = 0;
    while let Some(fit) = line.get(from..).and_then(|rest| WORDS.first(rest)) {
        told = Some(fit.get(1).is_some());
        let end = fit.get(1).or_else(|| fit.get(2)).map_or(line.len(), |word| from + word.end());
        from = end.max(from + 1);
        while !line.is_char_boundary(from) {
            from += 1;
        }
    }
    told
}

/// Whether the words before say that this is the address, and whether they say that it is the right one at last.
pub(super) fn labelled(left: &str) -> (bool, bool) {
    (LABEL.is_in(left), RIGHT.is_in(left))
}
