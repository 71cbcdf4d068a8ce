//! Amounts in a text, each with what it is said to be: the sum to pay, one month's, the rent itself, or a fee that is neither.

use super::pattern::pattern;
use super::seen::Seen;
use super::seen::Sheet;
use super::seen::after;
use super::seen::before;
use super::seen::last_cue;
use crate::domain::money::Money;
use crate::normalize::swedish::amounts::read_amount;
use jiff::civil::Date;

pattern!(
    AMOUNT,
    r"(?i)(?:^|[^\d\p{L}\-/.,:])((?:(?:SEK|kr)\s?)?\d{1,3}(?:[ .]\d{3})+(?:[,:.]\d{1,2})?(?:\s?(?:kronor|kr\b\.?|SEK|:-|,-|:\s?-))?|(?:(?:SEK|kr)\s?)\d{1,7}(?:[,.:]\d{1,2})?|\d{1,7}(?:[,.:]\d{1,2})?\s?(?:kronor|kr\b\.?|SEK|:-|,-|\.-)|\d{3,7}[,.]\d{2})(?:$|[^\d\p{L}])"
);
pattern!(
    MONTH,
    r"(?i)\b(jan(?:uari)?|feb(?:ruari)?|mars|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?:s?\s*(?:månads?\s+)?(?:hyra|avgift)[a-z]*)?[ ,]*((?:20)\d{2}|-\d{2})?\b|\b(20\d{2})-(0[1-9]|1[0-2])\b(?:[^-]|$)"
);

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

/// No letter tells of more amounts than this.
const MOST: usize = 300;

/// What an amount is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// What must be paid to keep the home.
    Recover,
    /// A sum without a word that tells more.
    Sum,
    Monthly,
    Period,
    Other,
}

const CUES: &[(&str, Meaning)] = &[
    ("återvinna", Meaning::Recover),
    ("återvinning", Meaning::Recover),
    ("att betala", Meaning::Recover),
    ("totalt", Meaning::Recover),
    ("total", Meaning::Recover),
    ("summa", Meaning::Recover),
    ("summan", Meaning::Recover),
    ("sammanlagt", Meaning::Recover),
    ("tillsammans", Meaning::Recover),
    ("skuld", Meaning::Recover),
    ("skulden", Meaning::Recover),
    ("skyldig", Meaning::Recover),
    ("uppgår till", Meaning::Recover),
    ("förfallet belopp", Meaning::Recover),
    ("belopp", Meaning::Recover),
    ("kapital", Meaning::Recover),
    ("fordran", Meaning::Recover),
    ("owes", Meaning::Recover),
    ("arrears", Meaning::Recover),
    ("obetald", Meaning::Sum),
    ("betalat", Meaning::Sum),
    ("saknas", Meaning::Sum),
    ("månadshyra", Meaning::Monthly),
    ("månadshyran", Meaning::Monthly),
    ("hyra per månad", Meaning::Monthly),
    ("hyran per månad", Meaning::Monthly),
    ("hyra/mån", Meaning::Monthly),
    ("hyran är", Meaning::Monthly),
    ("hyra är", Meaning::Monthly),
    ("månadsavgift", Meaning::Monthly),
    ("avgift per månad", Meaning::Monthly),
    ("avgift/mån", Meaning::Monthly),
    ("monthly rent", Meaning::Monthly),
    ("hyresbelopp", Meaning::Monthly),
    ("ränta", Meaning::Other),
    ("deposition", Meaning::Other),
    ("påminnelseavgift", Meaning::Other),
    ("inkasso", Meaning::Other),
    ("kostnad", Meaning::Other),
    ("delbetal", Meaning::Other),
    ("betalning om", Meaning::Other),
    ("grundavgift", Meaning::Other),
    ("ansökningsavgift", Meaning::Other),
    ("ombudsarvode", Meaning::Other),
];

/// An amount, what it is, and of which month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) amount: Money,
    pub(super) meaning: Meaning,
    /// `2026-09`.
    pub(super) period: Option<String>,
    /// As written, with what stands behind it on its line.
    pub(super) written: String,
}

/// Every amount of a sheet.
pub(super) fn sums(sheet: &Sheet, on: Date) -> Vec<Seen<Sum>> {
    let text = &sheet.text;
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(fit) = text.get(from..).and_then(|rest| AMOUNT.first(rest))
        && found.len() < MOST
    {
        let Some(amount) = fit.get(1) else { break };
        let (at, end) = (from + amount.start(), from + amount.end());
        from = end;
        let written = amount.as_str().trim_end_matches(['.', ' ']);
        let Some(money) = read_amount(&written.replace(": -", ":-")) else { continue };
        let marked = written.chars().any(|c| c.is_alphabetic())
            || written.ends_with('-')
            || written.contains(',');
        let cue = before(text, at, 70);
        let behind = after(text, end, 24);
        let period = month_before(&cue, on).or_else(|| month_after(&behind, on));
        let Some((meaning, sure)) = meaning(&cue, &behind, period.is_some(), marked) else {
            continue;
        };
        let sum = Sum {
            amount: money,
            meaning,
            period: period.filter(|_| meaning == Meaning::Period),
            written: written.to_owned(),
        };
        found.push(Seen::on(sheet, at, written, sum, sure));
    }
    found
}

fn meaning(cue: &str, behind: &str, month: bool, marked: bool) -> Option<(Meaning, f64)> {
    let clause = cue.rsplit([';', '!', '?', '(']).next().unwrap_or(cue);
    let cued = last_cue(clause, CUES);
    // Between the cue and the amount another number may stand: then the cue is that number's.
    let direct =
        |end: usize| !clause.get(end..).unwrap_or_default().chars().any(|c| c.is_ascii_digit());
    let monthly = ["per månad", "/mån", "i månaden", "/månad", "kr/mån"];
    match cued {
        _ if monthly.iter().any(|word| behind.trim_start().starts_with(word)) => {
            Some((Meaning::Monthly, 0.97))
        }
        Some((end, meaning)) if direct(end) && !(month && meaning == Meaning::Sum) => {
            Some((meaning, 0.975))
        }
        _ if month => Some((Meaning::Period, 0.96)),
        Some((_, Meaning::Other)) => Some((Meaning::Other, 0.9)),
        Some((_, meaning)) if marked => Some((meaning, 0.9)),
        None if marked => Some((Meaning::Sum, 0.85)),
        _ => None,
    }
}

fn month_before(cue: &str, on: Date) -> Option<String> {
    let fit = MONTH.all(cue).last()?;
    let whole = fit.get(0)?;
    let between = cue.get(whole.end()..)?;
    let near = between.chars().count() <= 18 && !between.chars().any(|c| c.is_ascii_digit());
    near.then(|| month_of(&fit, on)).flatten()
}

fn month_after(behind: &str, on: Date) -> Option<String> {
    let fit = MONTH.first(behind)?;
    let whole = fit.get(0)?;
    let between = behind.get(..whole.start())?.trim();
    matches!(between, "för" | "(" | "avser" | "avseende" | "hyra" | "for" | "hyra för" | "för hyra")
        .then(|| month_of(&fit, on))
        .flatten()
}

/// The month as `YYYY-MM`; without a year, the latest that has begun when the message arrived or begins within a month.
fn month_of(fit: &regex::Captures<'_>, on: Date) -> Option<String> {
    if let (Some(year), Some(month)) = (fit.get(3), fit.get(4)) {
        return Some(format!("{}-{}", year.as_str(), month.as_str()));
    }
    let name = fit.get(1)?.as_str().to_lowercase();
    let month = MONTHS.iter().position(|start| name.starts_with(start))? as i16 + 1;
    let year = match fit.get(2).map(|year| year.as_str()) {
        Some(short) if short.starts_with('-') => format!("20{}", &short[1..]).parse().ok()?,
        Some(year) => year.parse().ok()?,
        None if month > i16::from(on.month()) + 1 => on.year() - 1,
        None => on.year(),
    };
    Some(format!("{year}-{month:02}"))
}

#[cfg(test)]
mod tests {
    use super::Meaning;
    use super::sums;
    use crate::normalize::prose::seen::Sheet;

    #[test]
    fn an_amount_is_what_is_said_before_it() {
        let on = "2026-11-03".parse().unwrap();
        for (text, expected) in [
            (
                "Obetald hyra: september 8 912 kr (förföll 2026-08-31), oktober 8 912 kr.\nAtt betala för att återvinna hyresrätten: 17 824 kr jämte ränta",
                vec![
                    ("8912.00", Meaning::Period, Some("2026-09")),
                    ("8912.00", Meaning::Period, Some("2026-10")),
                    ("17824.00", Meaning::Recover, None),
                ],
            ),
            ("skulden är 12 450:-", vec![("12450.00", Meaning::Recover, None)]),
            ("Månadshyra: 12.450,50 kr", vec![("12450.50", Meaning::Monthly, None)]),
            ("Hyran är 7 500 kr/mån", vec![("7500.00", Meaning::Monthly, None)]),
            ("Total debt SEK 12450", vec![("12450.00", Meaning::Recover, None)]),
            ("Exempelgatan 12, 214 00 Malmö, lgh 1102", vec![]),
            ("tel 040-628 04 12", vec![]),
        ] {
            let sheet = Sheet::body(text);
            let found = sums(&sheet, on);
            let found: Vec<_> = found
                .iter()
                .map(|seen| {
                    (
                        seen.value.amount.to_string(),
                        seen.value.meaning,
                        seen.value.period.as_deref(),
                    )
                })
                .collect();
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(sum, meaning, period)| (sum.to_owned(), meaning, period))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
