//! Whose address a street is, as the words before it tell: the household's, or the sender's and others'.

use super::super::pattern::pattern;

pattern!(
    WORDS,
    r"(?i)(?:^|[^\p{L}])(?:(hyresgäst\p{L}*|hyresgast\p{L}*|bostadsrättshavar\p{L}*|medlem(?:men|mens|s|mar)?|svarande\p{L}*|gäldenär\p{L}*|klient\p{L}*|kund(?:en|ens)?|konsument\p{L}*|abonnent\p{L}*|brukare\p{L}*|inneboende\p{L}*|tenants?|resident|customer|debtor|lejer\p{L}*|lägenhet\p{L}*|lejlighed|bostad(?:en|s|sadress|srätt|srätten)?|objekt\p{L}*|anläggning\p{L}*|site|premises|dwelling|flat|apartment|gatuadress|adress(?:en)?|adr|address|bor|boende|bodde|lives?|avhysning\p{L}*|avlägsnande\p{L}*|vräk\p{L}*|eviction|från|belägen|kontrakts?innehavare\p{L}*|hemma hos|postadress|plats|på|at|hyr|hyra|hg|folkbokförd\p{L}*|avseende|avser|gäller|angående|regarding|re|(?:\d\d)?\d\d[01]\d\d\d[-+]?\d{4})|(\p{L}*värd(?:en|ens)?|uthyrare\p{L}*|fastighetsägare\p{L}*|avsändare\p{L}*|besöksadress|kontor(?:et|sadress)?|sökande\p{L}*|\p{L}*förvaltare\p{L}*|ombud\p{L}*|uppdragsgivare|advokat\p{L}*|socialtjänst\p{L}*|social\p{L}*nämnd\p{L}*|landlord|lessor|owner|kronofogd\p{L}*|föreningens|styrelsen|box|ab|hb|kb|brf|bostadsrättsförening(?:en)?|stiftelsen|fastigheter|bostäder|granne\p{L}*|ny adress|nya adress(?:en)?|flytta(?:t|r|de)? till|hv|kontaktperson\p{L}*|handläggare\p{L}*|betala till|swish|sammanträde\p{L}*|fakturaadress))(?:$|[^\p{L}])"
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
pattern!(POINT, r"^\s*(?:\d{1,2}|[A-Z])[.)]\s");

/// A place that only a preposition tells: `på Torget 4`.
pub(super) fn is_place_after(left: &str) -> bool {
    let named = NAMED.is_in(left);
    let left = left.trim_end().to_lowercase();
    let told = [" på", "bor på", " från", " at", "bostad", "boende", "(på"];
    named || told.iter().any(|word| left.ends_with(word))
}

/// Whose address the words before a street tell it is: the household's, another's, or nothing.
pub(super) fn whose(left: &str) -> Option<bool> {
    if BRACKETED.is_in(left) {
        return Some(true);
    }
    let mut lines = left.rsplit('\n');
    let line = lines.next().unwrap_or_default();
    if let Some(told) = last_word(line) {
        return Some(told);
    }
    if POINT.is_in(line) || line.trim().chars().count() > 45 {
        return None;
    }
    // An address stands below a name, and the name below its label.
    for line in lines.take(3) {
        if line.trim().is_empty() {
            return None;
        }
        if let Some(told) = last_word(line) {
            return Some(told);
        }
    }
    None
}

fn last_word(line: &str) -> Option<bool> {
    // What stands before the last full stop is another sentence.
    let line = line.rsplit(". ").next().unwrap_or(line);
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
