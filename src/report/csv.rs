//! The report as a table for a spreadsheet: one row a number or a notice, always the same columns (`schemas/report.v1.csv.md`).
//!
//! Codes, ids, references and numbers only: nothing in it can be taken for a formula.

use crate::report::Count;
use crate::report::Kept;
use crate::report::Report;

/// The columns, in order.
pub const HEADER: [&str; 21] = [
    "section",
    "code",
    "recipient",
    "kind",
    "board",
    "unit",
    "reference",
    "arrivalDate",
    "dueAt",
    "sentAt",
    "cause",
    "detail",
    "notices",
    "sameDay",
    "late",
    "missing",
    "waiting",
    "notOwed",
    "share",
    "afterHour",
    "purpose",
];

/// One row, by column name; what is not named is empty.
pub(super) type Cells = Vec<(&'static str, String)>;

/// The table, with semicolons and line feeds.
pub fn csv(report: &Report) -> String {
    let mut text = HEADER.join(";");
    text.push('\n');
    for cells in rows(report) {
        let of = |column: &&str| {
            let found = cells.iter().find(|(name, _)| name == column);
            found.map(|(_, value)| plain(value)).unwrap_or_default()
        };
        text.push_str(&HEADER.iter().map(of).collect::<Vec<_>>().join(";"));
        text.push('\n');
    }
    text
}

/// A cell holds no separator, no quote and no line break, and begins with a letter or a digit.
pub(super) fn plain(value: &str) -> String {
    let kept = |c: char| if matches!(c, ';' | '"' | '\r' | '\n' | '\t') { ' ' } else { c };
    let value: String = value.chars().map(kept).collect();
    value.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

pub(super) fn rows(report: &Report) -> Vec<Cells> {
    let mut rows = vec![
        vec![("section", "period".to_owned()), ("code", format!("{}/{}", report.from, report.to))],
        vec![("section", "made".to_owned()), ("code", report.made_at.to_string())],
        number("messages", report.messages),
        number("notices", report.notices),
        number("notNotices", report.not_notices),
        number("firstSeenLater", report.first_seen_later),
        number("bounces", report.bounces),
        number("missesNotListed", report.misses_not_listed),
        number("outstandingNotListed", report.outstanding_not_listed),
    ];
    rows.extend(report.by_kind.iter().map(|count| of_sort("kind", count)));
    rows.extend(report.by_sender_kind.iter().map(|count| of_sort("senderKind", count)));
    rows.extend(report.by_door.iter().map(|count| of_sort("door", count)));
    for unit in &report.by_unit {
        let mut row = number("unit", unit.notices);
        row.extend([("board", unit.board.clone()), ("unit", unit.unit.clone())]);
        rows.push(row);
    }
    for clock in &report.clocks {
        rows.push(kept((&clock.recipient, &clock.purpose), "", &clock.all));
        let kinds = clock.by_kind.iter();
        rows.extend(kinds.map(|of| kept((&clock.recipient, &clock.purpose), &of.kind, &of.kept)));
    }
    for cause in &report.causes {
        let mut row = number("cause", cause.notices);
        row.extend([
            ("recipient", cause.recipient.clone()),
            ("purpose", cause.purpose.clone()),
            ("cause", cause.cause.as_str().to_owned()),
        ]);
        rows.push(row);
    }
    single(report, &mut rows);
    for way in &report.ways {
        for (state, count) in [
            ("sent", way.sent),
            ("notFetched", way.not_fetched),
            ("open", way.open),
            ("bounced", way.bounced),
            ("failed", way.failed),
            ("suppressed", way.suppressed),
        ] {
            let mut row = number("way", count);
            row.extend([
                ("recipient", way.recipient.clone()),
                ("purpose", way.purpose.clone()),
                ("code", way.way.clone()),
                ("detail", state.to_owned()),
            ]);
            rows.push(row);
        }
    }
    rows
}

/// The single notices.
fn single(report: &Report, rows: &mut Vec<Cells>) {
    for miss in &report.misses {
        let mut row = vec![
            ("section", "miss".to_owned()),
            ("recipient", miss.recipient.clone()),
            ("purpose", miss.purpose.clone()),
            ("kind", miss.kind.clone()),
            ("board", miss.board.clone()),
            ("unit", miss.unit.clone()),
            ("reference", miss.reference.clone()),
            ("arrivalDate", miss.arrival_date.to_string()),
            ("dueAt", miss.due_at.to_string()),
            ("cause", miss.cause.as_str().to_owned()),
            ("detail", miss.detail.clone().unwrap_or_default()),
        ];
        row.extend(miss.sent_at.map(|at| ("sentAt", at.to_string())));
        rows.push(row);
    }
    for open in &report.outstanding {
        rows.push(vec![
            ("section", "outstanding".to_owned()),
            ("code", open.state.clone()),
            ("recipient", open.recipient.clone()),
            ("purpose", open.purpose.clone()),
            ("reference", open.reference.clone()),
            ("arrivalDate", open.arrival_date.to_string()),
            ("dueAt", open.due_at.to_string()),
        ]);
    }
}

fn number(section: &str, notices: u64) -> Cells {
    vec![("section", section.to_owned()), ("notices", notices.to_string())]
}

fn of_sort(section: &str, count: &Count) -> Cells {
    let mut row = number(section, count.notices);
    row.push(("code", count.code.clone()));
    row
}

fn kept((recipient, purpose): (&str, &str), kind: &str, kept: &Kept) -> Cells {
    let mut row = number("clock", kept.notices);
    row.extend([
        ("recipient", recipient.to_owned()),
        ("purpose", purpose.to_owned()),
        ("kind", kind.to_owned()),
        ("sameDay", kept.same_day.to_string()),
        ("late", kept.late.to_string()),
        ("missing", kept.missing.to_string()),
        ("waiting", kept.waiting.to_string()),
        ("notOwed", kept.not_owed.to_string()),
        ("share", kept.share.map(|share| share.to_string()).unwrap_or_default()),
        ("afterHour", kept.after_hour.to_string()),
    ]);
    row
}
