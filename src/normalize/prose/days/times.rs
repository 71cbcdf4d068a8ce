//! The days and times of a letter put where they belong in the notice.

use super::super::draft::Draft;
use super::super::seen::Seen;
use super::super::weigh::Words;
use super::Day;
use super::Meaning;
use super::copies;
use crate::domain::notice::NoticeType;
use jiff::Span;
use jiff::civil::Date;

/// The days that the notice itself tells.
pub(in crate::normalize::prose) fn put_days(
    draft: &mut Draft,
    words: &Words<'_>,
    days: &[Seen<Day>],
) {
    let on = words.on;
    let kind = draft.notice.kind;
    let days = &seated(days, words);
    let issued = issued(days, on);
    let terminated = match kind {
        NoticeType::RentArrears
        | NoticeType::TenantOwnedArrears
        | NoticeType::RentTerminationCopy
        | NoticeType::TenantOwnedTerminationCopy
        | NoticeType::UnlawfulSublet
        | NoticeType::RentTribunalDispute
        | NoticeType::Supplement => single(days, Meaning::Terminated, |day| day <= on),
        NoticeType::RentDisturbance
        | NoticeType::TenantOwnedDisturbance
        | NoticeType::ElectricityDebt
        | NoticeType::EvictionApplication
        | NoticeType::EvictionScheduled
        | NoticeType::RemovalApplication
        | NoticeType::RemovalScheduled
        | NoticeType::EvictionChanged
        | NoticeType::EvictionExecuted
        | NoticeType::ChildConcern
        | NoticeType::Withdrawal
        | NoticeType::Unknown => None,
    };
    let terminated = terminated.or_else(|| copies::itself(kind, words.sheets, days, on));
    let about_now = kind != NoticeType::Withdrawal;
    let served = served(days, words).filter(|_| about_now);
    let move_out = single(days, Meaning::MoveOut, |_| true).filter(|_| about_now);
    let rectify = rectify(kind, days, on);
    let disconnect = single(days, Meaning::Disconnect, |_| true)
        .filter(|_| matches!(kind, NoticeType::ElectricityDebt | NoticeType::Supplement));
    let issued = draft.maybe("/issuedOn", issued);
    let terminated = draft.maybe("/terminatedOn", terminated);
    let served = draft.maybe("/servedOn", served);
    let move_out = draft.maybe("/moveOutBy", move_out);
    let rectify = draft.maybe("/rectifyBy", rectify);
    let disconnect = draft.maybe("/disconnectAfter", disconnect);
    if let (Some(terminated), Some(served)) = (terminated, served)
        && served < terminated
    {
        draft.remark("servedOn", "contradiction", "/servedOn");
    }
    let notice = &mut draft.notice;
    (notice.issued_on, notice.terminated_on, notice.served_on) = (issued, terminated, served);
    (notice.move_out_by, notice.rectify_by, notice.disconnect_after) =
        (move_out, rectify, disconnect);
}

/// `I dag` in a letter that bears a day is that day, not the day it came.
pub(in crate::normalize::prose) fn seated(days: &[Seen<Day>], words: &Words<'_>) -> Vec<Seen<Day>> {
    let forwarded = words.sheets.iter().any(|sheet| {
        let start: String =
            sheet.text.trim_start().chars().take(6).collect::<String>().to_lowercase();
        let marks = ["vb:", "fw:", "fwd:", "vidare"];
        sheet.source == "subject" && marks.iter().any(|mark| start.starts_with(mark))
    });
    let mut days = days.to_vec();
    let own: Vec<(usize, Date)> = days
        .iter()
        .filter(|day| day.value.meaning == Meaning::Issued && !day.value.relative)
        .map(|day| (day.sheet, day.value.date))
        .collect();
    for day in days.iter_mut().filter(|day| day.value.relative) {
        let bears = own.iter().find(|(sheet, _)| *sheet == day.sheet).map(|(_, date)| *date);
        match bears.filter(|date| *date <= words.on) {
            Some(date) => {
                let shift = date.duration_since(words.on).as_hours() / 24;
                if let Ok(moved) = day.value.date.checked_add(Span::new().days(shift)) {
                    day.value.date = moved;
                }
            }
            // Of a forwarded mail nobody knows here when it was written.
            None if forwarded => day.confidence = day.confidence.min(0.85),
            None => {}
        }
    }
    days
}

/// The only day of a meaning; of several the first, and not surely.
fn single(days: &[Seen<Day>], meaning: Meaning, fits: impl Fn(Date) -> bool) -> Option<Seen<Date>> {
    let of: Vec<&Seen<Day>> =
        days.iter().filter(|day| day.value.meaning == meaning && fits(day.value.date)).collect();
    let sure = of.iter().map(|day| day.confidence).fold(0.0, f64::max);
    let first = of.iter().find(|day| day.confidence >= sure)?;
    let several = of.iter().any(|day| day.value.date != first.value.date);
    let mut seen = (*first).clone().map(|day| day.date);
    if several {
        seen.confidence = seen.confidence.min(0.85);
    }
    Some(seen)
}

fn issued(days: &[Seen<Day>], on: Date) -> Option<Seen<Date>> {
    let year = on.checked_sub(Span::new().days(400)).unwrap_or(on);
    let fits = |day: &&Seen<Day>| {
        let date = day.value.date;
        day.value.meaning == Meaning::Issued && (year..=on).contains(&date) && !day.value.relative
    };
    let first = days.iter().find(fits)?;
    let several = days
        .iter()
        .filter(fits)
        .any(|day| day.sheet == first.sheet && day.value.date != first.value.date);
    let mut seen = first.clone().map(|day| day.date);
    // A day in a subject may be of what it is about.
    if several || first.source == "subject" {
        seen.confidence = seen.confidence.min(0.9);
    }
    Some(seen)
}

/// The day all were served; nothing where one was served another day, or not yet.
fn served(days: &[Seen<Day>], words: &Words<'_>) -> Option<Seen<Date>> {
    let not = [
        "ej delgiven",
        "inte delgiven",
        "ej delgivna",
        "ännu inte delg",
        "not yet served",
        "not served",
        "not been served",
        "not been reached",
        "inte kunnat delges",
        "ej kunnat delges",
        "inte kunnat nås",
        "inte anträffats",
        "ej anträffats",
    ];
    let open = words.sheets.iter().any(|sheet| {
        let text = sheet.text.to_lowercase();
        not.iter().any(|word| text.contains(word))
    });
    let of: Vec<&Seen<Day>> = days
        .iter()
        .filter(|day| day.value.meaning == Meaning::Served && day.value.date <= words.on)
        .collect();
    let first = of.first().filter(|_| !open)?;
    let date = |day: &Seen<Day>| same_as_terminated(day, days).unwrap_or(day.value.date);
    let told = date(first);
    let agree = of.iter().all(|day| date(day) == told);
    agree.then(|| (*first).clone().map(|_| told))
}

/// `Uppsägningen mottogs samma dag` below the months and the days they were due: the day of the termination.
fn same_as_terminated(served: &Seen<Day>, days: &[Seen<Day>]) -> Option<Date> {
    let quote = served.quote.to_lowercase();
    let told = |meaning: Meaning| days.iter().filter(move |day| day.value.meaning == meaning);
    let due = told(Meaning::Due).any(|day| day.value.date == served.value.date);
    let ended = told(Meaning::Terminated).next()?.value.date;
    let only = told(Meaning::Terminated).all(|day| day.value.date == ended);
    ((quote.contains("samma") || quote.contains("same")) && due && only).then_some(ended)
}

/// The day by which it must be put right; of a debt for electricity, paid.
fn rectify(kind: NoticeType, days: &[Seen<Day>], on: Date) -> Option<Seen<Date>> {
    let ahead = |date: Date| date >= on;
    match kind {
        NoticeType::RentDisturbance
        | NoticeType::TenantOwnedDisturbance
        | NoticeType::UnlawfulSublet => single(days, Meaning::Rectify, |_| true)
            .or_else(|| single(days, Meaning::Deadline, ahead)),
        NoticeType::ElectricityDebt => single(days, Meaning::PayBy, ahead),
        NoticeType::RentArrears | NoticeType::TenantOwnedArrears => {
            single(days, Meaning::PayBy, ahead).map(|mut seen| {
                seen.confidence = seen.confidence.min(0.93);
                seen
            })
        }
        NoticeType::Supplement => single(days, Meaning::Rectify, |_| true),
        NoticeType::RentTerminationCopy
        | NoticeType::TenantOwnedTerminationCopy
        | NoticeType::RentTribunalDispute
        | NoticeType::EvictionApplication
        | NoticeType::EvictionScheduled
        | NoticeType::RemovalApplication
        | NoticeType::RemovalScheduled
        | NoticeType::EvictionChanged
        | NoticeType::EvictionExecuted
        | NoticeType::ChildConcern
        | NoticeType::Withdrawal
        | NoticeType::Unknown => None,
    }
}
