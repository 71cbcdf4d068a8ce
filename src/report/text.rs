//! The report as text, to be mailed and printed: numbers first, then each miss with its reference and cause.

use crate::domain::calendar::LocalTime;
use crate::report::Count;
use crate::report::Kept;
use crate::report::Report;
use crate::report::words;
use crate::report::words::Language;

/// So many lines of single notices go into a text; the rest is told as a number.
const LINES: usize = 200;

/// Swedish, then English.
pub fn bilingual(report: &Report, local_time: &LocalTime) -> String {
    let swedish = text(report, Language::Sv, local_time);
    format!("{swedish}\n* * *\n\n{}", text(report, Language::En, local_time))
}

/// What the report is called: a mail's subject, a document's heading.
pub fn title(report: &Report, language: Language) -> String {
    let days = match report.from == report.to {
        true => report.from.to_string(),
        false => format!("{} – {}", report.from, report.to),
    };
    format!("{} {days}", language.say("Underrättelser", "Notices"))
}

/// The most important sentence.
pub fn sentence(report: &Report, language: Language) -> String {
    let missed: u64 = report.causes.iter().map(|cause| cause.notices).sum();
    let waiting: u64 = report.clocks.iter().map(|clock| clock.all.waiting).sum();
    match (report.notices, missed, waiting) {
        (0, _, _) => language.say("Ingen underrättelse kom in.", "No notice came in.").to_owned(),
        (_, 0, 0) => language
            .say("Allt bekräftades samma dag.", "Everything was acknowledged the same day.")
            .to_owned(),
        (_, 0, _) => language
            .say("Inget är försent; något väntar ännu.", "Nothing is late; something still waits.")
            .to_owned(),
        (_, 1, _) => language
            .say(
                "1 bekräftelse gick inte ut samma dag; orsaken står nedan.",
                "1 acknowledgement did not go out the same day; the cause is below.",
            )
            .to_owned(),
        (_, missed, _) => format!(
            "{missed} {}",
            language.say(
                "bekräftelser gick inte ut samma dag; orsakerna står nedan.",
                "acknowledgements did not go out the same day; the causes are below."
            )
        ),
    }
}

/// One language.
pub fn text(report: &Report, language: Language, local_time: &LocalTime) -> String {
    let mut text = format!("{}\n\n{}\n\n", title(report, language), sentence(report, language));
    numbers(report, language, &mut text);
    for clock in &report.clocks {
        text.push_str(&format!("\n{}\n", words::clock(language, &clock.purpose)));
        text.push_str(&format!("  {}\n", kept(&clock.all, language)));
        for kind in &clock.by_kind {
            let name = words::kind(language, &kind.kind);
            text.push_str(&format!("  {name}: {}\n", kept(&kind.kept, language)));
        }
    }
    causes(report, language, &mut text);
    misses(report, language, local_time, &mut text);
    outstanding(report, language, &mut text);
    ways(report, language, &mut text);
    let day = local_time.day_of(report.made_at);
    let made = language.say("Rapporten gjordes", "This report was made");
    text.push_str(&format!("\n{made} {day} {}.\n", local_time.clock_of(report.made_at)));
    text
}

fn numbers(report: &Report, language: Language, text: &mut String) {
    let mut row = |swedish, english, number: u64| {
        text.push_str(&format!("{}: {number}\n", language.say(swedish, english)));
    };
    row("Underrättelser", "Notices", report.notices);
    row("Meddelanden", "Messages", report.messages);
    row(
        "Annat som kom in (inga underrättelser)",
        "What else came in (no notices)",
        report.not_notices,
    );
    if report.first_seen_later > 0 {
        row("Sedda först en senare dag", "First seen on a later day", report.first_seen_later);
    }
    list(
        language.say("Efter typ", "By kind"),
        &report.by_kind,
        |code| words::kind(language, code).to_owned(),
        text,
    );
    list(
        language.say("Efter avsändare", "By sender"),
        &report.by_sender_kind,
        |code| words::other(language, code).to_owned(),
        text,
    );
    list(
        language.say("Efter dörr", "By door"),
        &report.by_door,
        |code| words::other(language, code).to_owned(),
        text,
    );
    if !report.by_unit.is_empty() {
        text.push_str(&format!(
            "\n{}\n",
            language.say("Efter nämnd och enhet", "By board and unit")
        ));
    }
    for unit in &report.by_unit {
        text.push_str(&format!("  {}, {}: {}\n", unit.board_name, unit.unit_name, unit.notices));
    }
}

fn list(title: &str, counts: &[Count], name: impl Fn(&str) -> String, text: &mut String) {
    if counts.is_empty() {
        return;
    }
    text.push_str(&format!("\n{title}\n"));
    for count in counts {
        text.push_str(&format!("  {}: {}\n", name(&count.code), count.notices));
    }
}

/// How a promise was kept, in one line.
pub fn kept(kept: &Kept, language: Language) -> String {
    let share = kept.share.map_or_else(|| "–".to_owned(), |share| format!("{share} %"));
    let mut parts = vec![format!(
        "{share} {} ({} {} {})",
        language.say("samma dag", "the same day"),
        kept.same_day,
        language.say("av", "of"),
        kept.same_day + kept.late + kept.missing
    )];
    for (number, swedish, english) in [
        (kept.after_hour, "av dem efter utlovad tid", "of these after the promised hour"),
        (kept.late, "för sent", "late"),
        (kept.missing, "inte alls", "not at all"),
        (kept.waiting, "väntar", "waiting"),
        (kept.not_owed, "ska inte ha någon", "none is due"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {}", language.say(swedish, english)));
        }
    }
    parts.join(", ")
}

fn causes(report: &Report, language: Language, text: &mut String) {
    if report.causes.is_empty() {
        return;
    }
    let title = language.say("Inte samma dag, efter orsak", "Not the same day, by cause");
    text.push_str(&format!("\n{title}\n"));
    for cause in &report.causes {
        let recipient = words::whom(language, &cause.recipient, &cause.purpose);
        let words = words::cause(language, cause.cause);
        text.push_str(&format!("  {recipient}: {words}: {}\n", cause.notices));
    }
}

fn misses(report: &Report, language: Language, local_time: &LocalTime, text: &mut String) {
    if report.misses.is_empty() {
        return;
    }
    text.push_str(&format!("\n{}\n", language.say("Vilka", "Which ones")));
    for miss in report.misses.iter().take(LINES) {
        let recipient = words::whom(language, &miss.recipient, &miss.purpose);
        let went = match miss.sent_at {
            Some(at) => format!(
                "{} {} {}",
                language.say("gick ut", "went out"),
                local_time.day_of(at),
                local_time.clock_of(at)
            ),
            None => language.say("inte ute än", "not out yet").to_owned(),
        };
        let (reference, cause) = (&miss.reference, words::cause(language, miss.cause));
        let (day, detail) = (miss.arrival_date, miss.detail.as_deref().unwrap_or_default());
        let detail = if detail.is_empty() { String::new() } else { format!(" ({detail})") };
        text.push_str(&format!("  {reference}  {day}  {recipient}: {cause}{detail}; {went}\n"));
    }
    more(report.misses.len(), report.misses_not_listed, language, text);
}

fn outstanding(report: &Report, language: Language, text: &mut String) {
    if report.outstanding.is_empty() {
        return;
    }
    let title = language.say("Återstår att bekräfta", "Still to be acknowledged");
    text.push_str(&format!("\n{title}\n"));
    for open in report.outstanding.iter().take(LINES) {
        let (recipient, state) = (
            words::whom(language, &open.recipient, &open.purpose),
            words::other(language, &open.state),
        );
        let (reference, day) = (&open.reference, open.arrival_date);
        text.push_str(&format!("  {reference}  {day}  {recipient}: {state}\n"));
    }
    more(report.outstanding.len(), report.outstanding_not_listed, language, text);
}

/// That there are more than a text lists.
fn more(listed: usize, not_listed: u64, language: Language, text: &mut String) {
    let left = u64::try_from(listed.saturating_sub(LINES)).unwrap_or(u64::MAX);
    let left = left.saturating_add(not_listed);
    if left > 0 {
        text.push_str(&format!("  {} {left}\n", language.say("och fler:", "and more:")));
    }
}

fn ways(report: &Report, language: Language, text: &mut String) {
    if report.ways.is_empty() {
        return;
    }
    text.push_str(&format!("\n{}\n", language.say("Skickat", "Sent")));
    for way in &report.ways {
        let (recipient, name) =
            (words::whom(language, &way.recipient, &way.purpose), words::other(language, &way.way));
        let mut parts = vec![way.sent.to_string()];
        if way.not_fetched > 0 {
            let called = language.say("av dem inte hämtade än", "of these not fetched yet");
            parts.push(format!("{} {called}", way.not_fetched));
        }
        for (number, code) in
            [(way.open, "pending"), (way.bounced, "bounced"), (way.failed, "failed")]
        {
            if number > 0 {
                parts.push(format!("{number} {}", words::other(language, code)));
            }
        }
        text.push_str(&format!("  {recipient}, {name}: {}\n", parts.join(", ")));
    }
    let bounces = language.say("Studsar", "Bounces");
    text.push_str(&format!("  {bounces}: {}\n", report.bounces));
}
