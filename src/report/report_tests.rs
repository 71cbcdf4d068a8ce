//! When something counts as told the same day, over both clock changes, and each miss with its cause.

use crate::domain::acknowledgement::AcknowledgementState as State;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::calendar::LocalTime;
use crate::report::Period;
use crate::report::Report;
use crate::report::cause::Cause;
use crate::report::facts::Arrived;
use crate::report::facts::ArrivedNotice;
use crate::report::facts::Event;
use crate::report::facts::TOLD_BY_PERSON;
use crate::report::facts::Told;
use crate::report::fold::Tally;
use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Date;

pub(super) fn sweden() -> LocalTime {
    LocalTime::named("Europe/Stockholm").expect("the zone")
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().expect(text)
}

pub(super) fn hours(at: Timestamp, hours: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_hours(hours)).expect("a time")
}

/// A message of one notice that arrived at an instant, seen and stored then, with its receipt sent a second later.
pub(super) fn arrived(reference: &str, kind: &str, received_at: Timestamp) -> Arrived {
    let day = sweden().day_of(received_at);
    let notice = ArrivedNotice {
        reference: reference.to_owned(),
        board: "namnd".to_owned(),
        unit: "enhet".to_owned(),
        kind: kind.to_owned(),
        sender_kind: "landlord".to_owned(),
        not_notice: false,
        canary: false,
    };
    let mut message = Arrived {
        reference: reference.to_owned(),
        arrival_date: day,
        channel: "mailbox".to_owned(),
        seen_at: received_at,
        stored_at: received_at,
        notices: vec![notice],
        told: Vec::new(),
        history: Vec::new(),
    };
    let sent = received_at.saturating_add(SignedDuration::from_secs(1)).expect("a time");
    message.told.push(told(&message, Purpose::Receipt, State::Sent, Some(sent)));
    message
}

pub(super) fn told(
    message: &Arrived,
    purpose: Purpose,
    state: State,
    sent_at: Option<Timestamp>,
) -> Told {
    let recipient = match purpose {
        Purpose::Receipt => Recipient::Sender,
        Purpose::Confirmation => Recipient::EnforcementAuthority,
        Purpose::Copy | Purpose::Offer => Recipient::Person,
    };
    Told {
        reference: message.reference.clone(),
        recipient,
        purpose,
        way: Way::Mail,
        state,
        due_at: sweden().end_of(message.arrival_date),
        promised_at: None,
        fetched_at: None,
        created_at: message.stored_at,
        sent_at,
        reason: None,
    }
}

pub(super) fn event(message: &Arrived, event: &str, purpose: Purpose, at: Timestamp) -> Event {
    let (reference, purpose) = (message.reference.clone(), Some(purpose));
    Event { reference, event: event.to_owned(), at, purpose, reason: None }
}

pub(super) fn report(period: (&str, &str), now: Timestamp, messages: &[Arrived]) -> Report {
    let day = |text: &str| text.parse::<Date>().expect("a day");
    let mut tally = Tally::new(Period { from: day(period.0), to: day(period.1) }, now);
    messages.iter().for_each(|message| tally.add(message));
    tally.finish()
}

pub(super) const NOON: &str = "2026-10-12T10:00:00Z";

/// The receipt of a message of that noon, changed, as the next day's noon sees it.
pub(super) fn changed(change: impl FnOnce(&mut Arrived)) -> Report {
    let mut message = arrived("A", "rentArrears", at(NOON));
    change(&mut message);
    report(("2026-10-12", "2026-10-12"), hours(at(NOON), 24), &[message])
}

pub(super) fn only(report: &Report) -> (Cause, Option<&str>, bool) {
    let [miss] = report.misses.as_slice() else { panic!("{:?}", report.misses) };
    (miss.cause, miss.detail.as_deref(), miss.sent_at.is_some())
}

#[test]
fn what_went_within_the_last_second_went_the_same_day_and_the_first_instant_after_did_not() {
    let end = sweden().end_of("2026-10-12".parse().expect("a day"));
    for (later_ms, same_day) in [(0, 1), (999, 1), (1000, 0)] {
        let sent = end.saturating_add(SignedDuration::from_millis(later_ms)).expect("a time");
        let report = changed(|message| message.told[0].sent_at = Some(sent));
        let clock = report.clock(Purpose::Receipt).expect("a clock");
        assert_eq!((clock.all.same_day, clock.all.late), (same_day, 1 - same_day), "{later_ms}");
        assert_eq!(clock.all.share, Some(same_day * 100));
    }
}

#[test]
fn a_day_has_23_or_25_hours_when_the_clock_changes() {
    for (received, sent, same_day) in [
        // 29 March has 23 hours and ends at 22:00 UTC, 25 October has 25 and ends at 23:00 UTC.
        ("2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z", true),
        ("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", false),
        ("2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z", true),
        ("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", false),
        ("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", true),
    ] {
        let mut message = arrived("A", "rentArrears", at(received));
        message.told[0].sent_at = Some(at(sent));
        let report = report(("2026-03-01", "2026-10-31"), at("2026-11-01T12:00:00Z"), &[message]);
        let clock = report.clock(Purpose::Receipt).expect("a clock");
        assert_eq!(clock.all.same_day == 1, same_day, "{received} {sent}");
        assert_eq!(report.has_misses(), !same_day);
    }
}

#[test]
fn each_miss_has_its_cause() {
    let late = hours(at(NOON), 20);
    let receipt = |change: &dyn Fn(&mut Arrived)| {
        changed(|message| {
            message.told[0].sent_at = Some(late);
            change(message);
        })
    };
    assert_eq!(only(&receipt(&|_| {})), (Cause::SentLate, None, true));
    let seen = receipt(&|message| {
        (message.seen_at, message.stored_at) = (hours(at(NOON), 13), hours(at(NOON), 13));
    });
    assert_eq!((only(&seen), seen.first_seen_later), ((Cause::FirstSeenLater, None, true), 1));
    let stored = receipt(&|message| message.stored_at = hours(at(NOON), 13));
    assert_eq!(only(&stored), (Cause::StoredLater, None, true));
    let failed = receipt(&|message| {
        let line = event(message, "acknowledgement.retrying", Purpose::Receipt, hours(at(NOON), 1));
        message.history.push(line);
    });
    assert_eq!(only(&failed), (Cause::WayFailed, None, true));
    let bounced = receipt(&|message| {
        let line = event(message, "acknowledgement.bounced", Purpose::Receipt, hours(at(NOON), 1));
        message.history.push(line);
    });
    assert_eq!((only(&bounced).0, bounced.bounces), (Cause::Bounced, 1));
    let state = |state: State, reason: &str| {
        changed(|message| {
            message.told[0].state = state;
            message.told[0].sent_at = None;
            message.told[0].reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
        })
    };
    assert_eq!(only(&state(State::Pending, "")), (Cause::NotSent, None, false));
    assert_eq!(only(&state(State::Bounced, "")).0, Cause::Bounced);
    assert_eq!(only(&state(State::Failed, "the server said no")), (Cause::WayFailed, None, false));
    assert_eq!(only(&state(State::Failed, "dryRun")), (Cause::DryRun, None, false));
    assert_eq!(only(&state(State::Pending, "wayOff")), (Cause::WayOff, None, false));
    assert_eq!(only(&state(State::Pending, "held")), (Cause::Held, None, false));
    assert_eq!(only(&state(State::Failed, "badReturnAddress")).0, Cause::BadAddress);
    assert_eq!(only(&state(State::Pending, "noMailTransport")).0, Cause::NoWay);
    assert_eq!(only(&state(State::Pending, "digest")), (Cause::Joined, Some("digest"), false));
    let suppressed = state(State::Suppressed, "autoSubmitted");
    let clock = suppressed.clock(Purpose::Receipt).expect("a clock");
    assert_eq!((clock.all.not_owed, clock.all.share), (1, None));
    assert!(!suppressed.has_misses() && suppressed.outstanding.is_empty());
}

#[test]
fn what_a_person_told_counts_from_when_they_told_it() {
    for (told_at, same_day) in [(hours(at(NOON), 2), 1), (hours(at(NOON), 20), 0)] {
        let report = changed(|message| {
            let line =
                event(message, "acknowledgement.bounced", Purpose::Receipt, hours(at(NOON), 1));
            message.history.push(line);
            let row = &mut message.told[0];
            (row.state, row.sent_at) = (State::Suppressed, Some(told_at));
            row.reason = Some(TOLD_BY_PERSON.to_owned());
        });
        assert_eq!(report.clock(Purpose::Receipt).expect("a clock").all.same_day, same_day);
        assert_eq!(
            report.causes.first().map(|it| it.cause),
            (same_day == 0).then_some(Cause::Bounced)
        );
    }
}

/// Kronofogden's notice of that noon with its confirmation and its copy, changed.
pub(super) fn statutory(change: impl FnOnce(&mut Arrived)) -> Report {
    changed(|message| {
        message.notices[0].kind = "evictionScheduled".to_owned();
        let sent = Some(hours(at(NOON), 1));
        for purpose in [Purpose::Confirmation, Purpose::Copy] {
            let row = told(message, purpose, State::Sent, sent);
            message.told.push(row);
        }
        change(message);
    })
}

#[test]
fn the_three_clocks_are_apart_and_a_statute_is_no_policy() {
    let report = statutory(|message| message.told[0].sent_at = Some(hours(at(NOON), 20)));
    let all: Vec<_> =
        report.clocks.iter().map(|clock| (clock.all.notices, clock.all.share)).collect();
    assert_eq!(all, [(1, Some(0)), (1, Some(100)), (1, Some(100))]);
    let plain = changed(|_| {});
    let all: Vec<_> =
        plain.clocks.iter().map(|clock| (clock.all.notices, clock.all.share)).collect();
    assert_eq!(all, [(1, Some(100)), (0, None), (0, None)]);
}

#[test]
fn a_confirmation_without_a_name_a_failed_way_and_a_copy_nobody_approved_are_told_apart() {
    let waits = |message: &mut Arrived, hour: i64| {
        let line =
            event(message, "confirmation.waits", Purpose::Confirmation, hours(at(NOON), hour));
        message.history.push(Event { reason: Some("noCaseworker".to_owned()), ..line });
    };
    let unnamed = statutory(|message| {
        waits(message, 0);
        (message.told[1].created_at, message.told[1].sent_at) =
            (hours(at(NOON), 15), Some(hours(at(NOON), 15)));
    });
    assert_eq!(only(&unnamed), (Cause::NoCaseworker, None, true));
    assert!(unnamed.misses[0].statutory);
    // Named the same day; it was the way that failed.
    let failed = statutory(|message| {
        waits(message, 0);
        let line =
            event(message, "acknowledgement.retrying", Purpose::Confirmation, hours(at(NOON), 2));
        message.history.push(line);
        (message.told[1].created_at, message.told[1].sent_at) =
            (hours(at(NOON), 1), Some(hours(at(NOON), 15)));
    });
    assert_eq!(only(&failed).0, Cause::WayFailed);
    // Not named before midnight; that the way failed after it is not why.
    let both = statutory(|message| {
        waits(message, 0);
        let line =
            event(message, "acknowledgement.retrying", Purpose::Confirmation, hours(at(NOON), 16));
        message.history.push(line);
        (message.told[1].created_at, message.told[1].sent_at) =
            (hours(at(NOON), 15), Some(hours(at(NOON), 17)));
    });
    assert_eq!(only(&both).0, Cause::NoCaseworker);
    let copy = statutory(|message| {
        let row = &mut message.told[2];
        (row.way, row.state, row.sent_at) = (Way::Outstanding, State::Pending, None);
        row.reason = Some("protectedIdentity".to_owned());
    });
    assert_eq!(only(&copy), (Cause::WaitsForApproval, Some("protectedIdentity"), false));
    assert_eq!(copy.outstanding.len(), 1);
    let approved_late = statutory(|message| {
        (message.told[2].created_at, message.told[2].sent_at) =
            (hours(at(NOON), 18), Some(hours(at(NOON), 18)));
    });
    assert_eq!(only(&approved_late).0, Cause::WaitsForApproval);
    // Nothing was planned at all: not hidden.
    let none = statutory(|message| message.told.truncate(2));
    assert_eq!(none.clock(Purpose::Copy).expect("a clock").all.missing, 1);
}

#[test]
fn a_change_of_caseworker_takes_nothing_back_and_is_outstanding_until_it_is_told() {
    let report = statutory(|message| {
        let mut next = told(message, Purpose::Confirmation, State::Pending, None);
        next.due_at = hours(next.due_at, 48);
        message.told.push(next);
    });
    assert!(!report.has_misses());
    let open: Vec<_> = report.outstanding.iter().map(|it| it.recipient.as_str()).collect();
    assert_eq!(open, ["enforcementAuthority"]);
}
