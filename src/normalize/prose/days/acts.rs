//! What stands between the word for a termination and a day, articles that say nothing and acts that make it another day; and what denies a day that
//! was set.

use super::super::pattern::pattern;
use super::Meaning;

pattern!(
    DENIED,
    r"^(?:,?\s*(?:kl\.?|klockan)?\s*\d{1,2}[.:]\d\d)?[^.;:()\n]{0,60}?\b(?:blir|blev|genomförs|verkställs|sker|gäller|äger|hålls|utförs|kommer)\s(?:\p{L}+\s){0,3}?(?:inte|ej|icke|aldrig)\b"
);
pattern!(PERSON, r"\b(?:hon|han|de|hyresgästen|svaranden|barnen?|vi|jag)\b");

/// `Avhysningen den 8 december blir alltså inte av`: a day that no longer holds.
pub(super) fn denied(behind: &str) -> Option<(Meaning, f64)> {
    let fit = DENIED.first(behind)?.get(0)?;
    (!PERSON.is_in(fit.as_str())).then_some((Meaning::NoLonger, 0.96))
}

/// `Skrivit till henne uppsägning den 12 november`: the word for the paper right before its day.
pub(super) fn named_last(before: &str) -> Option<(Meaning, f64)> {
    let words = before.trim_end().trim_end_matches("den").trim_end();
    let papers = [" uppsägning", " uppsägningen", " opsigelse", " oppsigelse", " oppsigelsen"];
    let given = ["skri", "lämn", "gav", "gett", "givit", "lade", "la ", "lagt", "sän", "skick"];
    let near: &str =
        words.get(super::super::words::flow::floor(words, words.len().saturating_sub(60))..)?;
    let fits = papers.iter().any(|paper| words.ends_with(paper))
        && given.iter().any(|verb| near.contains(verb))
        && !near.contains("delg");
    fits.then_some((Meaning::Terminated, 0.96))
}

/// `Komplettering till vårt meddelande av den 10 december`: the day of an earlier letter.
pub(super) fn earlier_letter(before: &str) -> Option<(Meaning, f64)> {
    let words = before.trim_end().trim_end_matches(" den");
    let letters = [
        "meddelande",
        "meddelandet",
        "underrättelse",
        "underrättelsen",
        "brev",
        "skrivelse",
        "skrivelsen",
        "mejl",
        "mail",
        "e-post",
        "notice",
        "letter",
        "email",
    ];
    let head = ["av", "från", "of", "daterat", "daterad", "dated"]
        .iter()
        .find_map(|word| words.strip_suffix(word).filter(|rest| rest.ends_with(' ')))?
        .trim_end();
    let named = letters.iter().any(|letter| head.ends_with(letter));
    let earlier = ["till", "i", "enligt", "anledning", "hänvisar", "our", "to", "vårt", "vår"];
    let own = head.rsplit(['.', '\n']).next().unwrap_or_default();
    let said = own.split_whitespace().any(|word| earlier.contains(&word));
    (named && said).then_some((Meaning::Other, 0.97))
}

/// Whether only another person's name stands between two days: `delgiven Ali 2026-11-13, Shirin 2026-11-16`.
pub(super) fn names_next(between: &str) -> bool {
    let mut words = between
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty() && !matches!(*word, "och" | "and" | "den" | "resp"))
        .peekable();
    words.peek().is_some()
        && between.len() <= 40
        && words.all(|word| word.starts_with(char::is_uppercase))
        && !between.contains(['.', '\n', ':'])
}

/// `La en skriftlig uppsägning i lådan` as `la uppsägning i lådan`.
pub(super) fn without_articles(text: &str) -> String {
    let between =
        [" skriftlig ", " formell ", " papper på ", " en ", " ett ", " sin ", " vår ", " min "];
    let mut out = text.to_owned();
    for word in between {
        for noun in ["uppsägning", "brev", "papper"] {
            out = out.replace(&format!("{word}{noun}"), &format!(" {noun}"));
        }
    }
    out
}

/// Whether a day behind `uppsägning` is that of what led to it: `kopia på uppsägning (hot med kniv den 15 november)`.
pub(super) fn tells_an_act(before: &str) -> bool {
    let from = before.rfind("uppsägning").unwrap_or(0);
    let acts = [
        "hot ",
        "hota",
        "kniv",
        "slog",
        "sparka",
        "misshand",
        "störning",
        "stört",
        "störde",
        "fest",
        "bråk",
        "händelse",
        "skrik",
        "brand",
        "eld ",
        "inbrott",
        "slagsmål",
        "vapen",
        "krossa",
        "polis",
    ];
    before.get(from..).is_some_and(|rest| acts.iter().any(|act| rest.contains(act)))
}

/// `Det blir alltså ingen avhysning den 25`: a time that does not come.
pub(super) fn none_then(before: &str) -> bool {
    let words = ["ingen avhysning", "ingen förrättning", "ingen vräkning", "no eviction"];
    words.iter().any(|word| before.contains(word))
}

/// Whether a sentence tells when a letter was taken in, not when it was written.
pub(super) fn stamped(head: &str) -> bool {
    let words =
        ["inlämna", "inkom ", "inkommen", "inkommet", "ankom", "mottage", "inskanna", "avskriv"];
    let start = head.trim_start();
    words.iter().any(|word| start.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::denied;
    use super::earlier_letter;
    use super::named_last;
    use super::names_next;
    use super::tells_an_act;
    use super::without_articles;

    #[test]
    fn an_act_is_no_termination() {
        assert_eq!(
            without_articles("jag la en skriftlig uppsägning i lådan"),
            "jag la uppsägning i lådan"
        );
        assert!(tells_an_act("kopia på uppsägning (hot med kniv den "));
        assert!(!tells_an_act("han hotade oss, så vi skrev en uppsägning den "));
    }

    #[test]
    fn a_day_may_be_denied() {
        assert!(denied(" kl. 10.30 blir alltså inte av").is_some());
        assert!(denied(" genomförs därför ej").is_some());
        assert!(denied(" har hon inte betalat").is_none());
        assert!(named_last("jag har skrivit till henne uppsägning ").is_some());
        assert!(named_last("ärendet gäller uppsägning ").is_none());
        assert!(named_last("hon delgavs uppsägningen den ").is_none());
        assert!(earlier_letter("komplettering till vårt meddelande av den ").is_some());
        assert!(earlier_letter("vi har fått brev av ").is_none());
        assert!(names_next(", Shirin ") && !names_next(", betald ") && !names_next(", "));
    }
}
