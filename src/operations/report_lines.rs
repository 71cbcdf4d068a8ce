//! The report's numbers and notices as the page shows them.

use crate::operations::chrome::Chrome;
use crate::report::Count;
use crate::report::Kept;
use crate::report::Report;
use crate::report::words;
use crate::report::words::Language;

/// A title with numbers below it.
pub(super) struct Table {
    pub(super) title: String,
    pub(super) lines: Vec<Line>,
}

/// A number with its name.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) number: u64,
}

/// How one promise was kept, all together and kind by kind.
pub(super) struct ClockTable {
    pub(super) title: String,
    pub(super) lines: Vec<ClockLine>,
}

/// How one promise was kept for some notices.
pub(super) struct ClockLine {
    pub(super) name: String,
    pub(super) share: String,
    pub(super) class: &'static str,
    pub(super) kept: Kept,
}

/// A single notice.
pub(super) struct MissLine {
    pub(super) reference: String,
    pub(super) link: String,
    pub(super) day: String,
    pub(super) recipient: String,
    pub(super) why: String,
    pub(super) went: String,
}

/// The report's words in the page's language.
pub(super) fn tongue(page: &Chrome) -> Language {
    match page.tag() {
        "sv" => Language::Sv,
        _ => Language::En,
    }
}

/// The plain numbers.
pub(super) fn tables(page: &Chrome, report: &Report) -> Vec<Table> {
    let language = tongue(page);
    let number =
        |swedish, english, number| Line { name: page.say(swedish, english).to_owned(), number };
    let kind = |code: &str| words::kind(language, code).to_owned();
    let other = |code: &str| words::other(language, code).to_owned();
    let units = report.by_unit.iter().map(|unit| Line {
        name: format!("{}, {}", unit.board_name, unit.unit_name),
        number: unit.notices,
    });
    let title = |swedish, english| page.say(swedish, english).to_owned();
    let all = vec![
        number("Underrättelser", "Notices", report.notices),
        number("Meddelanden", "Messages", report.messages),
        number("Annat som kom in", "What else came in", report.not_notices),
        number("Sedda först en senare dag", "First seen on a later day", report.first_seen_later),
        number("Studsar", "Bounces", report.bounces),
    ];
    let ways = report.ways.iter().map(|way| Line {
        name: match way.not_fetched {
            0 => format!(
                "{}, {}",
                words::whom(language, &way.recipient, &way.purpose),
                other(&way.way)
            ),
            called => {
                let words = page.say("av dem inte hämtade än", "of these not fetched yet");
                format!(
                    "{}, {} ({called} {words})",
                    words::whom(language, &way.recipient, &way.purpose),
                    other(&way.way)
                )
            }
        },
        number: way.sent,
    });
    let tables = vec![
        Table { title: title("I allt", "In all"), lines: all },
        Table { title: title("Efter typ", "By kind"), lines: lines(&report.by_kind, kind) },
        Table {
            title: title("Efter avsändare", "By sender"),
            lines: lines(&report.by_sender_kind, other),
        },
        Table { title: title("Efter dörr", "By door"), lines: lines(&report.by_door, other) },
        Table {
            title: title("Efter nämnd och enhet", "By board and unit"),
            lines: units.collect(),
        },
        Table {
            title: title("Bekräftelser som gått ut", "Acknowledgements sent"),
            lines: ways.collect(),
        },
    ];
    tables.into_iter().filter(|table| !table.lines.is_empty()).collect()
}

fn lines(counts: &[Count], name: impl Fn(&str) -> String) -> Vec<Line> {
    let line = |count: &Count| Line { name: name(&count.code), number: count.notices };
    counts.iter().map(line).collect()
}

/// The three clocks; one that nothing was owed by is left out.
pub(super) fn clocks(page: &Chrome, report: &Report) -> Vec<ClockTable> {
    let language = tongue(page);
    let owed = report.clocks.iter().filter(|clock| clock.all.notices > 0);
    let table = |clock: &crate::report::Clock| {
        let mut lines = vec![clock_line(page.say("Alla", "All"), clock.all)];
        let kinds = clock.by_kind.iter();
        lines.extend(kinds.map(|of| clock_line(words::kind(language, &of.kind), of.kept)));
        ClockTable { title: words::clock(language, &clock.purpose).to_owned(), lines }
    };
    owed.map(table).collect()
}

fn clock_line(name: &str, kept: Kept) -> ClockLine {
    let bad = kept.late + kept.missing > 0;
    ClockLine {
        name: name.to_owned(),
        share: kept.share.map_or_else(|| "–".to_owned(), |share| format!("{share} %")),
        class: if bad { "bad" } else { "calm" },
        kept,
    }
}

/// The causes with their numbers.
pub(super) fn causes(page: &Chrome, report: &Report) -> Vec<Line> {
    let language = tongue(page);
    let line = |cause: &crate::report::CauseCount| Line {
        name: format!(
            "{}: {}",
            words::whom(language, &cause.recipient, &cause.purpose),
            words::cause(language, cause.cause)
        ),
        number: cause.notices,
    };
    report.causes.iter().map(line).collect()
}

/// The single misses.
pub(super) fn misses(page: &Chrome, report: &Report) -> Vec<MissLine> {
    let language = tongue(page);
    let line = |miss: &crate::report::Miss| {
        let not_yet = || page.say("inte ute än", "not out yet").to_owned();
        let detail = miss.detail.as_ref().map(|detail| format!(" ({detail})")).unwrap_or_default();
        MissLine {
            link: page.link(&format!("/ops/notices/{}", miss.reference)),
            reference: miss.reference.clone(),
            day: miss.arrival_date.to_string(),
            recipient: words::whom(language, &miss.recipient, &miss.purpose),
            why: format!("{}{detail}", words::cause(language, miss.cause)),
            went: miss.sent_at.map_or_else(not_yet, |at| page.clock(at)),
        }
    };
    report.misses.iter().map(line).collect()
}

/// What has not gone out.
pub(super) fn open(page: &Chrome, report: &Report) -> Vec<MissLine> {
    let language = tongue(page);
    let line = |open: &crate::report::Outstanding| MissLine {
        link: page.link(&format!("/ops/notices/{}", open.reference)),
        reference: open.reference.clone(),
        day: open.arrival_date.to_string(),
        recipient: words::whom(language, &open.recipient, &open.purpose),
        why: words::other(language, &open.state).to_owned(),
        went: page.clock(open.due_at),
    };
    report.outstanding.iter().map(line).collect()
}
