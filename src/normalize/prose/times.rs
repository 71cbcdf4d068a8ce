//! The days and times of a letter put where they belong in the notice.

use super::super::Context;
use super::days::Day;
use super::days::Meaning;
use super::draft::Draft;
use super::numbers;
use super::seen::Seen;
use super::weigh::Words;
use crate::domain::masked::Masked;
use crate::domain::moment::Moment;
use crate::domain::notice::Enforcement;
use crate::domain::notice::EnforcementOutcome;
use crate::domain::notice::NoticeType;
use jiff::civil::Date;

/// The days that the notice itself tells.
pub(super) fn put_days(draft: &mut Draft, days: &[Seen<Day>], on: Date) {
    let mut put = |path: &str, meaning: Meaning| {
        let day = days.iter().find(|day| day.value.meaning == meaning)?;
        Some(draft.take(path, day.clone()).date)
    };
    let issued = put("/issuedOn", Meaning::Issued);
    let terminated = put("/terminatedOn", Meaning::Terminated);
    let served = put("/servedOn", Meaning::Served);
    let move_out = put("/moveOutBy", Meaning::MoveOut);
    let rectify = put("/rectifyBy", Meaning::Rectify);
    let disconnect = put("/disconnectAfter", Meaning::Disconnect);
    let notice = &mut draft.notice;
    (notice.issued_on, notice.terminated_on, notice.served_on) = (issued, terminated, served);
    (notice.move_out_by, notice.rectify_by, notice.disconnect_after) =
        (move_out, rectify, disconnect);
    if issued.is_some_and(|day| day > on) {
        draft.remark("issuedOn", "contradiction", "/issuedOn");
    }
}

/// What Kronofogden tells: the case, and the times that hold or no longer hold.
pub(super) fn put_enforcement(
    draft: &mut Draft,
    words: &Words<'_>,
    days: &[Seen<Day>],
    outcome: Option<EnforcementOutcome>,
    context: &Context<'_>,
) {
    let kind = draft.notice.kind;
    let case = words.sheets.iter().find_map(|sheet| numbers::cases(sheet).into_iter().next());
    let case = match kind {
        NoticeType::RentTribunalDispute => {
            case.or_else(|| words.sheets.iter().find_map(numbers::court_case))
        }
        _ => case,
    };
    let moment = |seen: &Seen<Day>| {
        let day = seen.value;
        let at = day.time.and_then(|time| Moment::local(day.date, time, context.local_time));
        seen.clone().map(|_| at.unwrap_or(Moment::Day(day.date)))
    };
    let of = |meaning: Meaning| days.iter().filter(move |day| day.value.meaning == meaning);
    let timed = |meaning: Meaning| {
        of(meaning).find(|day| day.value.time.is_some()).or_else(|| of(meaning).next())
    };
    let mut enforcement = Enforcement {
        case_number: draft.maybe("/enforcement/caseNumber", case).map(Masked::new),
        outcome,
        ..Enforcement::default()
    };
    let applied = of(Meaning::Applied).next().cloned();
    enforcement.applied_on = draft.maybe("/enforcement/appliedOn", applied).map(|day| day.date);
    let starts = timed(Meaning::Starts).map(moment);
    match kind {
        NoticeType::EvictionScheduled | NoticeType::RemovalScheduled => {
            let other = of(Meaning::Starts)
                .filter(|day| {
                    Some(&day.value.date) != timed(Meaning::Starts).map(|day| &day.value.date)
                })
                .count();
            if other > 0 {
                draft.ask("enforcement", "contradiction", "/enforcement/startsAt");
            }
            enforcement.starts_at = draft.vital("/enforcement/startsAt", "enforcement", starts);
        }
        NoticeType::EvictionChanged => {
            let gone = timed(Meaning::NoLonger).or(timed(Meaning::Starts)).map(moment);
            enforcement.no_longer_at = draft.maybe("/enforcement/noLongerAt", gone);
        }
        NoticeType::EvictionExecuted => {
            let done = timed(Meaning::Executed).or(timed(Meaning::Starts)).map(moment);
            enforcement.executed_at = draft.maybe("/enforcement/executedAt", done);
        }
        _ => {}
    }
    if enforcement.starts_at.is_some() && kind == NoticeType::EvictionScheduled {
        let gone = timed(Meaning::NoLonger).map(moment);
        enforcement.no_longer_at = draft.maybe("/enforcement/noLongerAt", gone);
    }
    if enforcement != Enforcement::default() {
        draft.notice.enforcement = Some(enforcement);
    }
}
