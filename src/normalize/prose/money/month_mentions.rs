//! Months and quarters wherever a text names them: by name, in figures, as `Q4`.

use super::super::days::day_words::month_of;
use super::super::pattern::pattern;
use super::super::words::flow;

pattern!(
    NAMED,
    r"(?i)(?:^|[^\p{L}\d])(jan(?:uari|uary|uar)?|feb(?:ruari|ruary|ruar)?|mars|marts|march|april?|apr|ma[ji]|may|juni|june?|juli|july?|aug(?:usti|ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?|desember)(s?(?:månads?)?(?:hyr(?:an|a|orna|or)|avgift(?:erna|en|er)?|avin?|husleje))?s?\.?(?:\s?(20\d{2})\b|\s?[-'’](\d{2})\b)?"
);
pattern!(
    FIGURES,
    r"(?:^|[^\d\-/.,])(?:(20\d{2})[-/.](0[1-9]|1[0-2])|(0?[1-9]|1[0-2])[-/](20\d{2})|(20\d{2})(0[1-9]|1[0-2]))(?:$|[^\d\-/.,]|[.,](?:\D|$))"
);
pattern!(
    QUARTER,
    r"(?i)(?:^|[^\p{L}\d])(?:q([1-4])|kv(?:artal(?:et)?)?\.?\s?([1-4])|([1-4])(?::[ea])?\.?\s?kv(?:artalet|artal)|(första|andra|tredje|fjärde)\s+kvartalet)(?:\s?[-/]?\s?(20\d{2}))?(?:$|[^\p{L}\d])"
);

/// No letter tells of more months than this.
const MOST: usize = 200;

/// One mention: a month or the first and last of a quarter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention {
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) month: i8,
    pub(super) year: Option<i16>,
    pub(super) months: i8,
}

/// Every month and quarter that a text names.
pub(super) fn mentions(flow: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    named(flow, &mut found);
    figures(flow, &mut found);
    quarters(flow, &mut found);
    found
}

fn number(text: &str) -> Option<i16> {
    text.parse().ok()
}

fn named(flow: &str, found: &mut Vec<Mention>) {
    for fit in NAMED.all(flow).take(MOST) {
        let (Some(whole), Some(name)) = (fit.get(0), fit.get(1)) else { continue };
        let lower = name.as_str().to_lowercase();
        // `may` and `mars` are other words, too, in small letters; `Maj` is a name.
        let behind = flow.get(whole.end()..).unwrap_or_default();
        let alone = name.as_str() == "Maj" && fit.get(3).or(fit.get(4)).is_none();
        let named = alone && behind.trim_start_matches(' ').starts_with(char::is_uppercase);
        if (lower == "may" && name.as_str() == "may") || (named && fit.get(2).is_none()) {
            continue;
        }
        let ends = whole.as_str().ends_with(char::is_alphabetic);
        if ends && behind.starts_with(char::is_alphabetic) {
            continue;
        }
        let Some(month) = month_of(&lower) else { continue };
        let short = fit.get(4).and_then(|year| number(year.as_str())).map(|year| 2000 + year);
        let year = fit.get(3).and_then(|year| number(year.as_str())).or(short);
        found.push(Mention { at: name.start(), end: whole.end(), month, year, months: 1 });
    }
}

fn figures(flow: &str, found: &mut Vec<Mention>) {
    for fit in FIGURES.all(flow).take(MOST) {
        let pairs = [(1, 2), (4, 3), (5, 6)];
        for (year, month) in pairs {
            let (Some(year), Some(month)) = (fit.get(year), fit.get(month)) else { continue };
            let (at, end) = (year.start().min(month.start()), year.end().max(month.end()));
            let head = flow.get(flow::floor(flow, at.saturating_sub(24))..at).unwrap_or_default();
            // Figures run together are a month only where a word says so.
            if end - at == 6 && !cued(head) {
                continue;
            }
            let (year, Ok(month)) = (number(year.as_str()), month.as_str().parse()) else {
                continue;
            };
            found.push(Mention { at, end, month, year, months: 1 });
        }
    }
}

fn quarters(flow: &str, found: &mut Vec<Mention>) {
    for fit in QUARTER.all(flow).take(MOST) {
        let Some(whole) = fit.get(0) else { continue };
        let figure = (1..=3).find_map(|at| fit.get(at)?.as_str().parse::<i8>().ok());
        let words = ["första", "andra", "tredje", "fjärde"];
        let named = fit.get(4).map(|word| word.as_str().to_lowercase());
        let named = named.and_then(|word| words.iter().position(|known| *known == word));
        let Some(quarter) = figure.or(named.and_then(|at| i8::try_from(at + 1).ok())) else {
            continue;
        };
        let year = fit.get(5).and_then(|year| number(year.as_str()));
        let (at, end) = (whole.start(), whole.end());
        found.push(Mention { at, end, month: quarter * 3 - 2, year, months: 3 });
    }
}

/// Whether a word before six figures says that they are a month.
fn cued(head: &str) -> bool {
    let head = head.to_lowercase();
    ["avser", "period", "månad", "hyra", "avgift", "avi"].iter().any(|word| head.contains(word))
}
