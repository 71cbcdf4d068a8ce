//! Days and times in a text, each with what it is said to be: the cue nearest before it on its line decides.

use super::pattern::pattern;
use super::seen::Seen;
use super::seen::Sheet;
use super::seen::after;
use super::seen::before;
use super::seen::last_cue;
use super::seen::near_end;
use crate::normalize::swedish::dates::read_date;
use jiff::civil::Date;
use jiff::civil::Time;

pattern!(
    DAY,
    r"(?i)(?:^|[^\d\p{L}\-/.,])((?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./]\d{1,2}[ ./-]{1,2}(?:20)?\d{2}|(?:20)\d{6}|(?:den\s+)?\d{1,2}(?::?[ea])?[ .]{0,2}(?:jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?:,?[ -]{0,2}(?:20\d{2}|-?\d{2}\b))?|\d{1,2}/\d{1,2}))(?:$|[^\d\-/])"
);
pattern!(
    CLOCK,
    r"(?i)^[,;]?\s*(?:den\s+)?(?:kl(?:ockan)?\.?|at|tid:?|kl:)?\s*(\d{1,2})[.:](\d{2})\b"
);
pattern!(CLOCK_WORD, r"(?i)^[,;]?\s*(?:kl(?:ockan)?\.?|at)\s*(\d{1,2})\b");

/// No letter tells of more days than this.
const MOST: usize = 300;

/// What a day is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Issued,
    Terminated,
    Served,
    MoveOut,
    Rectify,
    Disconnect,
    Due,
    Incident,
    Applied,
    Starts,
    NoLonger,
    Executed,
    Other,
}

const CUES: &[(&str, Meaning)] = &[
    ("datum", Meaning::Issued),
    ("daterad", Meaning::Issued),
    ("utfärdad", Meaning::Issued),
    ("upprättad", Meaning::Issued),
    ("date:", Meaning::Issued),
    ("uppsagd", Meaning::Terminated),
    ("sades upp", Meaning::Terminated),
    ("sagts upp", Meaning::Terminated),
    ("sagt upp", Meaning::Terminated),
    ("uppsägning", Meaning::Terminated),
    ("terminated", Meaning::Terminated),
    ("delgiv", Meaning::Served),
    ("delgavs", Meaning::Served),
    ("delgett", Meaning::Served),
    ("delgavs hyresgästen", Meaning::Served),
    ("mottog", Meaning::Served),
    ("served", Meaning::Served),
    ("avflytt", Meaning::MoveOut),
    ("flytta", Meaning::MoveOut),
    ("flyttat ut", Meaning::MoveOut),
    ("utflytt", Meaning::MoveOut),
    ("lämna lägenheten", Meaning::MoveOut),
    ("upphör", Meaning::MoveOut),
    ("move out", Meaning::MoveOut),
    ("rättelse", Meaning::Rectify),
    ("rätta sig", Meaning::Rectify),
    ("upphört senast", Meaning::Rectify),
    ("frånkoppl", Meaning::Disconnect),
    ("stängs av", Meaning::Disconnect),
    ("stänga av", Meaning::Disconnect),
    ("bryts", Meaning::Disconnect),
    ("bryta", Meaning::Disconnect),
    ("avstäng", Meaning::Disconnect),
    ("avbryt", Meaning::Disconnect),
    ("förfall", Meaning::Due),
    ("förföll", Meaning::Due),
    ("skulle betalas", Meaning::Due),
    ("skulle ha betalats", Meaning::Due),
    ("due", Meaning::Due),
    ("störning", Meaning::Incident),
    ("tillsägelse", Meaning::Other),
    ("ansök", Meaning::Applied),
    ("inkom", Meaning::Applied),
    ("avhysning", Meaning::Starts),
    ("vräkning", Meaning::Starts),
    ("äger rum", Meaning::Starts),
    ("genomföras", Meaning::Starts),
    ("genomförs", Meaning::Starts),
    ("förrättning", Meaning::Starts),
    ("ny tid", Meaning::Starts),
    ("ny dag", Meaning::Starts),
    ("avlägsnande", Meaning::Starts),
    ("bestämd till", Meaning::Starts),
    ("bestämts till", Meaning::Starts),
    ("fastställts till", Meaning::Starts),
    ("utsatt till", Meaning::Starts),
    ("satt till", Meaning::Starts),
    ("kommer att ske", Meaning::Starts),
    ("eviction", Meaning::Starts),
    ("tidpunkt", Meaning::Starts),
    ("tidigare", Meaning::NoLonger),
    ("i stället för", Meaning::NoLonger),
    ("gäller inte", Meaning::NoLonger),
    ("var bestämd", Meaning::NoLonger),
    ("verkställdes", Meaning::Executed),
    ("genomfördes", Meaning::Executed),
    ("har genomförts", Meaning::Executed),
    ("har verkställts", Meaning::Executed),
    ("född", Meaning::Other),
    ("bifogas", Meaning::Other),
    ("kontrakt", Meaning::Other),
    ("sedan", Meaning::Other),
    ("till och med", Meaning::Other),
    ("påminnelse", Meaning::Other),
];

/// A day, its time where one is told, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) date: Date,
    pub(super) time: Option<Time>,
    pub(super) meaning: Meaning,
}

/// Every day of a sheet. A day without a year is the one nearest to the day of arrival.
pub(super) fn days(sheet: &Sheet, on: Date) -> Vec<Seen<Day>> {
    let text = &sheet.text;
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(fit) = text.get(from..).and_then(|rest| DAY.first(rest))
        && found.len() < MOST
    {
        let Some(day) = fit.get(1) else { break };
        let (at, end) = (from + day.start(), from + day.end());
        from = end;
        let written = day.as_str().trim_end_matches(['.', ',', ' ']);
        let Some((date, sure)) = date_of(written, on) else { continue };
        let cue = before(text, at, 90);
        let meaning = meaning(&cue, &after(text, end, 60), text, at);
        let (time, time_end) = clock(text, end);
        let quote = text.get(at..time_end).unwrap_or(written);
        let sure = if meaning == Meaning::Issued { sure * 0.99 } else { sure };
        found.push(Seen::on(sheet, at, quote, Day { date, time, meaning }, sure));
    }
    found
}

fn date_of(written: &str, on: Date) -> Option<(Date, f64)> {
    if let Some(date) = read_date(written) {
        return Some((date, 0.985));
    }
    let spaced = written.replace(". ", " ").replace('.', " ");
    if let Some(date) = read_date(&spaced) {
        return Some((date, 0.98));
    }
    // Without a year.
    let years = [on.year() - 1, on.year(), on.year() + 1];
    let near = years.into_iter().filter_map(|year| {
        let text = format!("{} {year}", written.trim_end_matches('.'));
        let date = read_date(&text).or_else(|| read_date(&format!("{spaced} {year}")))?;
        let days = date.duration_since(on).as_hours().abs() / 24;
        Some((days, date))
    });
    near.min_by_key(|(days, _)| *days).map(|(_, date)| (date, 0.95))
}

fn meaning(cue: &str, behind: &str, text: &str, at: usize) -> Meaning {
    // The sentence that holds the day, not the one before it.
    let sentence = cue.rsplit(['!', '?', ';']).next().unwrap_or(cue);
    let sentence = match sentence.rfind(". ") {
        Some(stop) if !sentence[..stop].ends_with("kap") && !sentence[..stop].ends_with("kl") => {
            &sentence[stop + 2..]
        }
        _ => sentence,
    };
    let inset =
        ["är inställd", "inställd", "gäller inte", "har ställts in", "blir inte av", "ställs in"];
    if inset.iter().any(|word| behind.contains(word)) {
        return Meaning::NoLonger;
    }
    if let Some((_, meaning)) = last_cue(sentence, CUES) {
        return meaning;
    }
    let behind_cues: &[(&str, Meaning)] = &[
        ("delgavs", Meaning::Served),
        ("delgiven", Meaning::Served),
        ("sades", Meaning::Terminated),
        ("sa vi upp", Meaning::Terminated),
        ("sade vi upp", Meaning::Terminated),
        ("uppsagd", Meaning::Terminated),
        ("kommer avhysning", Meaning::Starts),
        ("sker avhysning", Meaning::Starts),
    ];
    if let Some((_, meaning)) = behind_cues.iter().find(|(word, _)| behind.contains(word)) {
        return *meaning;
    }
    // A place and a day on a line of their own, or near the top: the letter's own day.
    let head = near_end(&text[..at]);
    let head = head.rsplit('\n').next().unwrap_or_default();
    let line: String = text[at..].chars().take(60).take_while(|c| *c != '\n').collect();
    let line = format!("{head}{line}");
    match line.trim().chars().count() <= 40 && line.split_whitespace().count() <= 5 {
        true => Meaning::Issued,
        false => Meaning::Other,
    }
}

/// The time right behind a day.
fn clock(text: &str, end: usize) -> (Option<Time>, usize) {
    let rest = text.get(end..).unwrap_or_default();
    let number = |text: &str| text.parse::<i8>().ok();
    if let Some(fit) = CLOCK.first(rest)
        && let (Some(whole), Some(hour), Some(minute)) = (fit.get(0), fit.get(1), fit.get(2))
        && let (Some(hour), Some(minute)) = (number(hour.as_str()), number(minute.as_str()))
        && let Ok(time) = Time::new(hour, minute, 0, 0)
    {
        return (Some(time), end + whole.end());
    }
    if let Some(fit) = CLOCK_WORD.first(rest)
        && let (Some(whole), Some(hour)) = (fit.get(0), fit.get(1))
        && let Some(time) = number(hour.as_str()).and_then(|hour| Time::new(hour, 0, 0, 0).ok())
    {
        return (Some(time), end + whole.end());
    }
    (None, end)
}

#[cfg(test)]
mod tests {
    use super::Meaning;
    use super::days;
    use crate::normalize::prose::seen::Sheet;

    #[test]
    fn a_day_is_what_is_said_before_it() {
        let on = "2026-11-03".parse().unwrap();
        for (text, date, time, meaning) in [
            ("Uppsagd 2026-10-09", "2026-10-09", None, Meaning::Terminated),
            ("delgavs hyresgästen 12/10 2026.", "2026-10-12", None, Meaning::Served),
            ("Datum: 10 oktober 2026", "2026-10-10", None, Meaning::Issued),
            ("Malmö 2026-10-10", "2026-10-10", None, Meaning::Issued),
            ("flytta senast den 31 januari 2027", "2027-01-31", None, Meaning::MoveOut),
            (
                "Avhysning kommer att genomföras tisdagen den 24 november 2026 kl. 09.00.",
                "2026-11-24",
                Some("09:00:00"),
                Meaning::Starts,
            ),
            ("Avhysningen den 24 november är inställd", "2026-11-24", None, Meaning::NoLonger),
            ("ny tid är den 8 december kl 10", "2026-12-08", Some("10:00:00"), Meaning::Starts),
            ("september 8 912 kr (förföll 2026-08-31)", "2026-08-31", None, Meaning::Due),
            ("skulle ha rättat sig senast 20/10", "2026-10-20", None, Meaning::Other),
        ] {
            let sheet = Sheet::body(text);
            let found = days(&sheet, on);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            let day = found[0].value;
            assert_eq!(day.date.to_string(), date, "{text}");
            assert_eq!(day.time.map(|time| time.to_string()), time.map(str::to_owned), "{text}");
            if meaning != Meaning::Other {
                assert_eq!(day.meaning, meaning, "{text}");
            }
        }
    }
}
