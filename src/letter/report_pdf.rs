//! The report as PDF, to print and to keep: the same facts as its text, with headings and rows that a screen reader can read.

use crate::domain::calendar::LocalTime;
use crate::letter::Block;
use crate::letter::Language;
use crate::letter::Letter;
use crate::letter::LetterError;
use crate::letter::Part;
use crate::letter::Row;
use crate::report::Count;
use crate::report::Report;
use crate::report::text;
use crate::report::words;
use crate::report::words::Language as Tongue;

/// So many single notices are listed; the rest is told as a number, and stands in the CSV.
const LISTED: usize = 400;

/// The report as PDF. `organisation`: the municipality in Swedish and in English.
///
/// # Errors
/// When it cannot be set: a name in the profile has characters that the built-in fonts lack.
pub fn report_pdf(
    report: &Report,
    organisation: &(String, String),
    local_time: &LocalTime,
) -> Result<Vec<u8>, LetterError> {
    let part = |language| part(report, language, local_time);
    crate::letter::render(&Letter {
        sender: vec![organisation.0.clone(), "kvittens".to_owned()],
        recipient: Vec::new(),
        date: local_time.day_of(report.made_at),
        our_reference: format!("{} – {}", report.from, report.to),
        parts: vec![part(Language::Sv), part(Language::En)],
    })
}

fn part(report: &Report, language: Language, local_time: &LocalTime) -> Part {
    let tongue = match language {
        Language::Sv => Tongue::Sv,
        Language::En => Tongue::En,
    };
    let say = |swedish, english| tongue.say(swedish, english).to_owned();
    let mut body = vec![Block::Paragraph(text::sentence(report, tongue)), numbers(report, tongue)];
    let kind = |code: &str| words::kind(tongue, code).to_owned();
    let other = |code: &str| words::other(tongue, code).to_owned();
    section(&mut body, say("Efter typ", "By kind"), counted(&report.by_kind, kind));
    section(&mut body, say("Efter avsändare", "By sender"), counted(&report.by_sender_kind, other));
    let unit = |unit: &crate::report::UnitCount| {
        row(format!("{}, {}", unit.board_name, unit.unit_name), unit.notices.to_string())
    };
    let units = report.by_unit.iter().map(unit).collect();
    section(&mut body, say("Efter nämnd och enhet", "By board and unit"), units);
    for clock in &report.clocks {
        let mut rows = vec![row(say("Alla", "All"), text::kept(&clock.all, tongue))];
        let kinds = clock.by_kind.iter();
        rows.extend(
            kinds.map(|of| {
                row(words::kind(tongue, &of.kind).to_owned(), text::kept(&of.kept, tongue))
            }),
        );
        section(&mut body, words::clock(tongue, &clock.purpose).to_owned(), rows);
    }
    let causes = report.causes.iter().map(|cause| {
        let recipient = words::whom(tongue, &cause.recipient, &cause.purpose);
        let why = words::cause(tongue, cause.cause);
        row(format!("{recipient}: {why}"), cause.notices.to_string())
    });
    let title = say("Inte samma dag, efter orsak", "Not the same day, by cause");
    section(&mut body, title, causes.collect());
    section(&mut body, say("Vilka", "Which ones"), misses(report, tongue, local_time));
    let open = report.outstanding.iter().take(LISTED).map(|open| {
        let recipient = words::whom(tongue, &open.recipient, &open.purpose);
        let state = words::other(tongue, &open.state);
        row(open.reference.clone(), format!("{}, {recipient}: {state}", open.arrival_date))
    });
    let title = say("Återstår att bekräfta", "Still to be acknowledged");
    section(&mut body, title, open.collect());
    Part {
        language,
        heading: text::title(report, tongue),
        body,
        closing: Vec::new(),
        footer: Vec::new(),
    }
}

fn numbers(report: &Report, tongue: Tongue) -> Block {
    let number = |swedish, english, number: u64| {
        row(tongue.say(swedish, english).to_owned(), number.to_string())
    };
    Block::Rows(vec![
        number("Underrättelser", "Notices", report.notices),
        number("Meddelanden", "Messages", report.messages),
        number("Annat som kom in", "What else came in", report.not_notices),
        number("Sedda först en senare dag", "First seen on a later day", report.first_seen_later),
        number("Studsar", "Bounces", report.bounces),
    ])
}

fn misses(report: &Report, tongue: Tongue, local_time: &LocalTime) -> Vec<Row> {
    let listed = report.misses.iter().take(LISTED).map(|miss| {
        let recipient = words::whom(tongue, &miss.recipient, &miss.purpose);
        let went = miss.sent_at.map_or_else(
            || tongue.say("inte ute än", "not out yet").to_owned(),
            |at| {
                let (day, clock) = (local_time.day_of(at), local_time.clock_of(at));
                format!("{} {day} {clock}", tongue.say("gick ut", "went out"))
            },
        );
        let cause = words::cause(tongue, miss.cause);
        row(miss.reference.clone(), format!("{}, {recipient}: {cause}; {went}", miss.arrival_date))
    });
    let mut rows: Vec<Row> = listed.collect();
    let beyond = report.misses.len().saturating_sub(LISTED);
    let more = u64::try_from(beyond).unwrap_or(u64::MAX).saturating_add(report.misses_not_listed);
    if more > 0 {
        rows.push(row(tongue.say("och fler", "and more").to_owned(), more.to_string()));
    }
    rows
}

fn counted(counts: &[Count], name: impl Fn(&str) -> String) -> Vec<Row> {
    counts.iter().map(|count| row(name(&count.code), count.notices.to_string())).collect()
}

fn section(body: &mut Vec<Block>, title: String, rows: Vec<Row>) {
    if !rows.is_empty() {
        body.extend([Block::Heading(title), Block::Rows(rows)]);
    }
}

fn row(label: String, value: String) -> Row {
    Row { label, value }
}
