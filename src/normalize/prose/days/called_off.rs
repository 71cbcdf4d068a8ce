//! A time whose sentence ends in its being called off: `avhysningen den 4 december från Provgatan 5, 211 20 Malmö är inställd`. The word may stand far
//! behind the day, with the household and the home between them.

use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::super::words::fold::Folded;
use super::Day;
use super::Meaning;

pattern!(
    OFF,
    r"\b(?:ar|har|blir|blev|var) (?:(?:nu|darfor|alltsa|saledes|darmed|nyss|i ?dag) )?(?:installd|avbokad|struken|avblast|framflyttad|uppskjuten|senarelagd|stallts in|flyttats fram|skjutits upp|avbokats)\b|\b(?:blir|sker|genomfors|verkstalls|galler) (?:(?:nu|darfor|alltsa|saledes|darmed|da) )?(?:inte|ej)\b|\bstalls (?:(?:nu|darfor|alltsa|darmed|saledes) )?in\b|\butgar\b|\bager (?:(?:nu|darfor|alltsa) )?(?:inte|ej) rum\b|\bskjuts (?:(?:nu|darfor|alltsa|darmed|saledes) )?(?:upp|fram)\b"
);
pattern!(SOMEBODY, r"\b(?:hon|han|de|hyresgasten|svaranden|barnen?|vi|jag)\b");

/// So far behind a day its sentence is looked at, in bytes.
const REACH: usize = 220;

/// How often such a sentence is right.
const CALLED_OFF: f64 = 0.97;

/// Sets the times right that are called off behind them.
pub(in crate::normalize::prose) fn settle(days: &mut [Seen<Day>], sheets: &[Sheet]) {
    let places: Vec<(usize, usize)> = days.iter().map(|day| (day.sheet, day.at)).collect();
    for day in days.iter_mut().filter(|day| may_be_off(day)) {
        let Some(sheet) = sheets.iter().find(|sheet| sheet.number == day.sheet) else { continue };
        let end = day.at + day.quote.len();
        let next = places.iter().filter(|(number, at)| *number == day.sheet && *at >= end);
        let next = next.map(|(_, at)| *at).min().unwrap_or(usize::MAX);
        if is_off(rest_of_sentence(&sheet.text, end, next)) {
            day.value.meaning = Meaning::NoLonger;
            // That it is an eviction's day and that it is called off, is said in one sentence.
            day.confidence = if day.confidence >= 0.9 { CALLED_OFF } else { day.confidence };
        }
    }
}

/// Whether it is a time that something was set for.
fn may_be_off(day: &Seen<Day>) -> bool {
    match day.value.meaning {
        Meaning::Starts => true,
        Meaning::Other => day.value.time.is_some(),
        _ => false,
    }
}

/// What stands behind a place in its sentence, up to the next day.
fn rest_of_sentence(text: &str, from: usize, next: usize) -> &str {
    let mut to = from.saturating_add(REACH).min(next).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let rest = text.get(from..to).unwrap_or_default();
    let end = rest.match_indices(['.', '\n', ';']).find(|(at, mark)| {
        let behind = rest.get(at + 1..).unwrap_or_default();
        let number = behind.trim_start().starts_with(|c: char| c.is_ascii_digit());
        match *mark {
            "." => !number && behind.starts_with([' ', '\n']),
            "\n" => behind.starts_with('\n'),
            _ => true,
        }
    });
    rest.get(..end.map_or(rest.len(), |(at, _)| at)).unwrap_or_default()
}

fn is_off(rest: &str) -> bool {
    let folded = Folded::of(rest);
    OFF.places(&folded.text).next().is_some_and(|(at, _)| {
        // What somebody does not do is no time that does not hold.
        let clause = folded.text.get(..at).unwrap_or_default().rsplit([',', '(']).next();
        !SOMEBODY.is_in(clause.unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::is_off;
    use super::rest_of_sentence;

    #[test]
    fn a_sentence_may_end_in_calling_it_off() {
        for (text, off) in [
            (" hos Tova Provsson, 900102-2384, Provgatan 3 B, Malmö, är inställd", true),
            (" från Provgatan 5 ställs därför in", true),
            (" i mål U-4410-26 blir alltså inte av", true),
            (" är inte inställd", false),
            (" och hon blir inte hemma", false),
            (" hos Tova Provsson", false),
        ] {
            assert_eq!(is_off(text), off, "{text}");
        }
        let text = "den 4 kl. 10 hos Testa, är inställd. Hej";
        assert_eq!(rest_of_sentence(text, 5, usize::MAX), " kl. 10 hos Testa, är inställd");
        assert_eq!(rest_of_sentence(text, 5, 12), " kl. 10");
    }
}
