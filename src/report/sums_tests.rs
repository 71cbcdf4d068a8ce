//! Each notice counted once and all sums agreeing, whatever came; what lists, texts and tables make of them.

use crate::domain::acknowledgement::AcknowledgementState as State;
use crate::domain::acknowledgement::Purpose;
use crate::report::Report;
use crate::report::cause::Cause;
use crate::report::csv;
use crate::report::tests::NOON;
use crate::report::tests::arrived;
use crate::report::tests::at;
use crate::report::tests::changed;
use crate::report::tests::event;
use crate::report::tests::hours;
use crate::report::tests::report;
use crate::report::tests::statutory;
use crate::report::tests::sweden;
use crate::report::tests::told;
use crate::report::text;
use crate::report::words;
use crate::report::words::Language;
use jiff::SignedDuration;
use proptest::prelude::*;

#[test]
fn before_midnight_nothing_is_missed() {
    let mut message = arrived("A", "rentArrears", at(NOON));
    (message.told[0].state, message.told[0].sent_at) = (State::Retrying, None);
    let now = at("2026-10-12T21:59:59.9Z");
    let report = report(("2026-10-12", "2026-10-12"), now, &[message]);
    let all = report.clock(Purpose::Receipt).expect("a clock").all;
    assert_eq!((all.waiting, all.missing, all.share), (1, 0, None));
    assert!(!report.has_misses());
    assert_eq!(report.outstanding.len(), 1);
}

#[test]
fn canaries_are_in_no_number_and_what_is_no_notice_stands_apart() {
    let report = changed(|message| {
        let mut canary = message.notices[0].clone();
        (canary.canary, canary.not_notice) = (true, true);
        let mut newsletter = message.notices[0].clone();
        newsletter.not_notice = true;
        message.notices.extend([canary, newsletter]);
    });
    assert_eq!((report.notices, report.not_notices, report.messages), (1, 1, 1));
    let nothing = changed(|message| message.notices[0].not_notice = true);
    assert_eq!((nothing.notices, nothing.not_notices, nothing.messages), (0, 1, 0));
    assert!(nothing.ways.is_empty() && nothing.by_kind.is_empty());
}

#[test]
fn a_share_is_never_rounded_up() {
    let mut messages: Vec<_> =
        (0..1000).map(|n| arrived(&format!("A{n}"), "rentArrears", at(NOON))).collect();
    messages[7].told[0].sent_at = Some(hours(at(NOON), 20));
    let report = report(("2026-10-12", "2026-10-12"), hours(at(NOON), 24), &messages);
    assert_eq!(report.clock(Purpose::Receipt).expect("a clock").all.share, Some(99));
}

#[test]
fn the_lists_end_and_the_numbers_do_not() {
    let late = |n: usize| {
        let mut message = arrived(&format!("A{n}"), "rentArrears", at(NOON));
        (message.told[0].state, message.told[0].sent_at) = (State::Failed, None);
        message
    };
    let messages: Vec<_> = (0..2_345).map(late).collect();
    let report = report(("2026-10-12", "2026-10-12"), hours(at(NOON), 24), &messages);
    assert_eq!((report.misses.len(), report.misses_not_listed), (2_000, 345));
    assert_eq!((report.outstanding.len(), report.outstanding_not_listed), (2_000, 345));
    assert_eq!(report.causes[0].notices, 2_345);
    let text = text::text(&report, Language::En, &sweden());
    assert!(text.contains("and more: 2145"), "{text}");
    let numbers = report.without_references();
    assert_eq!((numbers.misses.len(), numbers.misses_not_listed), (0, 2_345));
}

#[test]
fn what_was_misread_and_corrected_the_day_after_is_told_apart() {
    let only = |report: &Report| (report.misses[0].cause, report.misses[0].statutory);
    // Nothing was owed for the kind that it was read as, until a person put it right the day after.
    let misread = statutory(|message| {
        let line =
            event(message, "acknowledgement.owed", Purpose::Confirmation, hours(at(NOON), 20));
        message.history.push(line);
        message.told[1].sent_at = Some(hours(at(NOON), 21));
    });
    assert_eq!(only(&misread), (Cause::Misread, true));
    let same_day = statutory(|message| {
        let line =
            event(message, "acknowledgement.owed", Purpose::Confirmation, hours(at(NOON), 1));
        message.history.push(line);
        message.told[1].sent_at = Some(hours(at(NOON), 21));
    });
    assert_eq!(only(&same_day), (Cause::SentLate, true));
}

#[test]
fn text_and_table_say_the_same_and_every_code_has_words() {
    let report = statutory(|message| {
        (message.told[1].state, message.told[1].sent_at) = (State::Failed, None);
    });
    let swedish = text::text(&report, Language::Sv, &sweden());
    for told in [
        "Underrättelser 2026-10-12",
        "1 bekräftelse gick inte ut samma dag; orsaken står nedan.",
        "Bekräftelse till Kronofogden (lag: samma dag)\n  0 % samma dag (0 av 1), 1 inte alls",
        "A  2026-10-12  Kronofogden: vägen ut tog inte emot; inte ute än",
    ] {
        assert!(swedish.contains(told), "{told}\n{swedish}");
    }
    let table = csv::csv(&report);
    let width = csv::HEADER.len();
    assert!(table.lines().all(|line| line.split(';').count() == width), "{table}");
    assert!(
        table.contains("\nmiss;;enforcementAuthority;evictionScheduled;namnd;enhet;A;2026-10-12;")
    );
    for cause in Cause::ALL {
        assert_ne!(words::cause(Language::Sv, cause), words::cause(Language::En, cause));
        assert_eq!(serde_json::to_value(cause).expect("a word"), cause.as_str());
    }
    let json = serde_json::to_string(&report).expect("JSON");
    assert_eq!(serde_json::from_str::<Report>(&json).expect("a report"), report);
}

fn any_state() -> impl Strategy<Value = (State, Option<i64>)> {
    prop_oneof![
        (0_i64..60).prop_map(|hour| (State::Sent, Some(hour))),
        (0_i64..60).prop_map(|hour| (State::Bounced, Some(hour))),
        Just((State::Pending, None)),
        Just((State::Retrying, None)),
        Just((State::Failed, None)),
        Just((State::Suppressed, None)),
    ]
}

proptest! {
    #[test]
    fn every_notice_is_counted_once_and_all_sums_agree(
        drawn in prop::collection::vec((0_i64..40 * 24 * 60, 0_usize..4, any_state(), any_state(), 0_i64..30), 0..60),
        now in 0_i64..45 * 24,
    ) {
        let start = at("2026-10-01T00:00:00Z");
        let kinds = ["rentArrears", "evictionScheduled", "removalScheduled", "unknown"];
        let mut messages = Vec::new();
        for (n, (minute, kind, receipt, statute, seen)) in drawn.iter().enumerate() {
            let received = start.saturating_add(SignedDuration::from_mins(*minute)).expect("a time");
            let mut message = arrived(&format!("A{n}"), kinds[*kind], received);
            (message.seen_at, message.stored_at) = (hours(received, *seen), hours(received, *seen));
            let row = &mut message.told[0];
            (row.state, row.sent_at) = (receipt.0, receipt.1.map(|hour| hours(received, hour)));
            if *kind == 1 {
                let sent = statute.1.map(|hour| hours(received, hour));
                for purpose in [Purpose::Confirmation, Purpose::Copy] {
                    let row = told(&message, purpose, statute.0, sent);
                    message.told.push(row);
                }
            }
            messages.push(message);
        }
        let report = report(("2026-10-01", "2026-11-10"), hours(start, now), &messages);
        prop_assert_eq!(report.notices, messages.len() as u64);
        for counts in [&report.by_kind, &report.by_sender_kind, &report.by_door] {
            prop_assert_eq!(counts.iter().map(|count| count.notices).sum::<u64>(), report.notices);
        }
        prop_assert_eq!(report.by_unit.iter().map(|count| count.notices).sum::<u64>(), report.notices);
        let mut missed = 0;
        for clock in &report.clocks {
            let all = &clock.all;
            let parts = all.same_day + all.late + all.missing + all.waiting + all.not_owed;
            prop_assert_eq!(parts, all.notices);
            let kinds = clock.by_kind.iter().map(|kind| kind.kept.notices).sum::<u64>();
            prop_assert_eq!(kinds, all.notices);
            missed += all.late + all.missing;
        }
        prop_assert_eq!(report.clocks[0].all.notices, report.notices);
        prop_assert_eq!(report.causes.iter().map(|cause| cause.notices).sum::<u64>(), missed);
        prop_assert_eq!(report.misses.len() as u64 + report.misses_not_listed, missed);
    }
}

#[test]
fn a_part_of_a_copy_is_no_copy_and_nobody_is_called_protected() {
    let report = statutory(|message| {
        let copy = message.told.iter_mut().find(|told| told.purpose == Purpose::Copy);
        let copy = copy.expect("a copy");
        copy.reason = Some("partOfCopy".to_owned());
        let mut rest = copy.clone();
        (rest.state, rest.sent_at) = (State::Pending, None);
        rest.reason = Some("protected".to_owned());
        message.told.push(rest);
    });
    let copies = report.clock(Purpose::Copy).expect("a clock").all;
    assert_eq!((copies.same_day, copies.missing), (0, 1));
    let written = serde_json::to_string(&report).expect("the report");
    assert!(!written.contains("protected"), "{written}");
    let whole = statutory(|_| {}).clock(Purpose::Copy).expect("a clock").all;
    assert_eq!((whole.same_day, whole.missing), (1, 0));
}

#[test]
fn a_promised_hour_and_the_day_are_two_things() {
    for (hour, after_hour) in [(12, 0), (10, 1), (9, 1)] {
        let report = changed(|message| {
            let noon = at(NOON);
            message.told[0].sent_at = Some(hours(noon, 1));
            message.told[0].promised_at = Some(hours(noon, hour - 10));
        });
        let kept = report.clocks[0].all;
        assert_eq!((kept.same_day, kept.after_hour, kept.share), (1, after_hour, Some(100)));
        assert!(report.misses.is_empty(), "{:?}", report.misses);
        let text =
            crate::report::text::text(&report, crate::report::words::Language::En, &sweden());
        assert_eq!(text.contains("after the promised hour"), after_hour > 0, "{text}");
    }
    let late = changed(|message| {
        message.told[0].promised_at = Some(hours(at(NOON), 1));
        message.told[0].sent_at = Some(hours(at(NOON), 20));
    });
    let kept = late.clocks[0].all;
    assert_eq!((kept.late, kept.after_hour), (1, 0), "late is late");
}
