//! Each turn of a door is told once, and counts are kept by day.

use super::Board;
use super::Canary;
use super::Comparison;
use super::Hearing;
use super::Silent;
use jiff::Timestamp;
use jiff::civil::date;
use std::time::Duration;
use std::time::Instant;

const LIMIT: Duration = Duration::from_secs(300);

#[test]
fn a_door_that_looks_in_vain_turns_deaf_once_and_hears_again_once() {
    let board = Board::default();
    board.expect("folder:demo");
    let start = Instant::now();
    assert!(board.judge(LIMIT, start + LIMIT / 2).is_empty());
    board.failed("folder:demo", "look into the folder");
    let turns = board.judge(LIMIT, start + 2 * LIMIT);
    assert_eq!(turns.len(), 1);
    assert!(turns[0].deaf && turns[0].failure == Some("look into the folder"), "{turns:?}");
    assert!(board.judge(LIMIT, start + 3 * LIMIT).is_empty(), "told once");
    let report = board.report(Timestamp::UNIX_EPOCH);
    assert!(report.troubled() && report.doors[0].hearing == Hearing::Deaf);
    board.heard("folder:demo");
    let turns = board.judge(LIMIT, Instant::now());
    assert!(matches!(turns.as_slice(), [turn] if !turn.deaf), "{turns:?}");
    assert!(!board.report(Timestamp::UNIX_EPOCH).troubled());
}

#[test]
fn a_door_that_never_looked_turns_deaf_as_well() {
    let board = Board::default();
    board.expect("mailbox:a");
    assert_eq!(board.report(Timestamp::UNIX_EPOCH).doors[0].hearing, Hearing::Waits);
    assert!(board.judge(LIMIT, Instant::now() + LIMIT)[0].deaf);
}

#[test]
fn a_failing_canary_is_told_when_it_begins_and_when_it_ends() {
    let board = Board::default();
    let well = Canary { last_success_at: Some(Timestamp::UNIX_EPOCH), ..Canary::default() };
    let ill = Canary { failing_since: Some(Timestamp::UNIX_EPOCH), ..well };
    let told = [well, ill, ill, well].map(|canary| board.canary("api", canary));
    assert_eq!(told, [false, true, false, true]);
}

#[test]
fn counts_are_kept_by_day_and_old_days_forgotten() {
    let board = Board::default();
    for day in 1..=6 {
        board.settled("api", date(2026, 11, day), 2);
        board.settled("api", date(2026, 11, day), 1);
    }
    let counts = [1, 2, 3, 6].map(|day| board.settled_on("api", date(2026, 11, day)));
    assert_eq!(counts, [0, 0, 3, 3]);
}

#[test]
fn a_difference_is_told_once_and_a_part_of_a_day_only_when_it_is_more() {
    let day = date(2026, 11, 21);
    let whole = |door, store| Comparison { day, door, store, whole: true };
    let part = |door, store| Comparison { day, door, store, whole: false };
    assert_eq!(
        [whole(2, 3), whole(3, 2), part(2, 3), part(3, 2)].map(|one| one.difference()),
        [-1, 1, 0, 1]
    );
    let board = Board::default();
    let told = [whole(3, 3), whole(2, 3), whole(2, 3), whole(3, 3)]
        .map(|comparison| board.compared("folder:demo", comparison));
    assert_eq!(told, [true, true, false, true]);
}

#[test]
fn a_silent_partner_is_new_once() {
    let board = Board::default();
    let silent =
        |partner: &str| Silent { partner: partner.to_owned(), after_days: 3, last_at: None };
    assert_eq!(board.silent(vec![silent("a")]).len(), 1);
    let fresh = board.silent(vec![silent("a"), silent("b")]);
    assert_eq!(fresh, [silent("b")]);
    assert!(board.silent(Vec::new()).is_empty());
    assert_eq!(board.silent(vec![silent("a")]).len(), 1, "silent anew");
}
