//! What the remarks of a row tell beside their words: days, protected data, children, that it is paid.

use super::super::Context;
use super::super::prose::pattern::pattern;
use super::kinds;
use super::record::Place;
use super::record::Record;
use crate::domain::notice::NoticeType;

pattern!(
    CHILDREN,
    r"(?i)\b(\d{1,2}|ett|en|två|tva|tre|fyra|fem|sex|sju|åtta|atta|nio|tio|one|two|three|four|five|six)\s+(?:st\s+|minderårig\w*\s+|hemmaboende\s+|små\s+|minor\s+|young\s+)?(?:barn|minderåriga?|children|child|kids?|småbarn)\b"
);
pattern!(
    NO_CHILDREN,
    r"(?i)\b(?:inga|ej|utan|saknar|ingen|no|inte några)\s+(?:minderårig\w*\s+|kända\s+|hemmaboende\s+|known\s+)?(?:barn|children|kids)\b|\bbarn\s*[:=]?\s*(?:nej|inga|0)\b"
);
pattern!(
    SOME_CHILDREN,
    r"(?i)\bbarnfamilj\b|\b(?:har|finns|bor)\s+(?:också\s+|även\s+|minderårig\w*\s+)?barn\b|\bbarn\s+(?:finns|i (?:hushållet|lägenheten|familjen|bostaden))\b|\bbarn\s*[:=]?\s*ja\b"
);
pattern!(
    BORN,
    r"(?i)\b(?:f\.?|född\w*|fodd\w*|born)\s*((?:(?:19|20)\d\d\b[\s,&+-]*(?:och|o|and)?\s*){1,8})"
);
pattern!(MONTHS, r"(?i)\b(?:jan|feb|mars|apr|maj|juni|juli|aug|sep|okt|nov|dec)[a-z]*\b");

/// What the remarks tell.
pub(super) fn remarks(record: &mut Record, context: &Context<'_>) {
    let on = context.local_time.day_of(context.received_at);
    for (text, from) in record.remarks.clone() {
        let lower = text.to_lowercase();
        if ["skyddad", "sekretessmark", "protected"].iter().any(|word| lower.contains(word)) {
            record.put("persons.0.protectedIdentity", "true", &from, 0.93);
        }
        for (words, path) in [
            (&["uppsagd", "uppsagt", "uppsägning", "sades upp", "terminated"][..], "terminatedOn"),
            (&["delgiv", "delgav", "served"][..], "servedOn"),
            (&["rättelse senast", "rättas senast"][..], "rectifyBy"),
            (&["avflytt", "flytta senast"][..], "moveOutBy"),
        ] {
            let Some(at) = words.iter().find_map(|word| lower.find(word).map(|at| at + word.len()))
            else {
                continue;
            };
            if let Some((day, sure)) =
                super::lines::first_day(lower.get(at..).unwrap_or_default(), on)
            {
                record.put(path, &day.to_string(), &from, sure.min(0.95));
            }
        }
        children(record, &text, &from);
        over(record, &text, from);
    }
}

/// `två barn`, `ensamstående, inga barn`, `barnfamilj`; not of a row that has a place for it.
fn children(record: &mut Record, text: &str, from: &Place) {
    if record.any("children.") {
        return;
    }
    if NO_CHILDREN.is_in(text) {
        record.put("children.known", "no", from, 0.95);
        return;
    }
    let count = CHILDREN.first(text).and_then(|fit| count(fit.get(1)?.as_str()));
    if let Some(count) = count {
        record.put("children.known", "yes", from, 0.95);
        record.put("children.count", &count.to_string(), from, 0.95);
    } else if SOME_CHILDREN.is_in(text) {
        record.put("children.known", "yes", from, 0.95);
    } else {
        return;
    }
    let years = BORN.first(text).and_then(|fit| Some(fit.get(1)?.as_str().to_owned()));
    let years = years.unwrap_or_default();
    let years = years.split(|c: char| !c.is_ascii_digit()).filter(|year| year.len() == 4);
    for (at, year) in years.enumerate() {
        record.put(&format!("children.birthYears.{at}"), year, from, 0.95);
    }
}

pub(super) fn count(word: &str) -> Option<usize> {
    const WORDS: &[&[&str]] = &[
        &["ett", "en", "one"],
        &["två", "tva", "two"],
        &["tre", "three"],
        &["fyra", "four"],
        &["fem", "five"],
        &["sex", "six"],
        &["sju"],
        &["åtta", "atta"],
        &["nio"],
        &["tio"],
    ];
    let lower = word.to_lowercase();
    let named = WORDS.iter().position(|words| words.contains(&lower.as_str())).map(|at| at + 1);
    named.or_else(|| lower.parse().ok().filter(|count| (1..=20).contains(count)))
}

/// A row that says that all is paid, or that it completes an earlier one. `okt också sen men betald` is about a month.
fn over(record: &mut Record, text: &str, from: Place) {
    if record.kind.is_some() {
        return;
    }
    let Some((kind, sure)) = kinds::of_words(text) else { return };
    let part = MONTHS.is_in(text) && !text.to_lowercase().contains("skuld");
    if kind == NoticeType::Supplement || (kind == NoticeType::Withdrawal && !part) {
        record.kind = Some((kind, sure.min(0.93), from));
    }
}

#[cfg(test)]
mod tests {
    use super::children;
    use crate::normalize::tables::record::Place;
    use crate::normalize::tables::record::Record;

    #[test]
    fn a_remark_tells_of_children() {
        for (text, known, number) in [
            ("två barn", Some("yes"), Some("2")),
            ("3 barn", Some("yes"), Some("3")),
            ("ensamstående, inga barn", Some("no"), None),
            ("Barnfamilj", Some("yes"), None),
            ("ett barn f. 2019", Some("yes"), Some("1")),
            ("barnvakt sökes", None, None),
            ("god man finns", None, None),
        ] {
            let mut record = Record::default();
            children(&mut record, text, &Place::default());
            assert_eq!(record.get("children.known"), known, "{text}");
            assert_eq!(record.get("children.count"), number, "{text}");
        }
    }
}
