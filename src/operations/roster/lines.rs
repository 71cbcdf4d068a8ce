//! A roster in words: who is named now, each day of the days ahead, holes, and the entries of its file.

use crate::domain::holidays::is_day_off;
use crate::operations::chrome::Chrome;
use crate::operations::visit::Visit;
use crate::roster::Roster;
use crate::roster::duty::Duty;
use crate::roster::holes::Cause;
use crate::roster::holes::Hole;
use crate::roster::holes::Unnamed;
use crate::roster::hours::Weeks;
use crate::roster::naming::Because;
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::civil::Weekday;

/// Who is named for a unit now.
pub(super) struct NowLine {
    pub(super) unit: String,
    pub(super) class: &'static str,
    pub(super) who: String,
}

/// One unit's days ahead.
pub(super) struct UnitDays {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) has_hole: bool,
    pub(super) days: Vec<DayLine>,
}

/// One day of one unit.
pub(super) struct DayLine {
    pub(super) day: String,
    pub(super) who: String,
    pub(super) hole: bool,
}

/// An entry of the file with its number.
pub(super) struct EntryLine {
    pub(super) at: usize,
    pub(super) words: String,
}

/// Name and id.
pub(super) fn person(roster: &Roster, id: &str) -> String {
    let found = roster.person(id);
    found.map_or_else(|| id.to_owned(), |it| format!("{} ({id})", it.caseworker.name.reveal()))
}

/// Who would be named at this moment, and why.
pub(super) fn now(visit: &Visit, page: &Chrome, roster: &Roster, unit: &str) -> NowLine {
    let named = roster.named(unit, page.now(), &visit.desk.local_time);
    let (class, who) = match named {
        None => ("bad", page.say("Ingen!", "Nobody!").to_owned()),
        Some(named) => {
            let because = match named.because {
                Because::OnDuty => page.say("i tjänst", "on duty").to_owned(),
                Because::NextWorkingDay(day) if day == page.today() => {
                    page.say("senare i dag", "later today").to_owned()
                }
                Because::NextWorkingDay(next) => {
                    format!("{} {}", page.say("i tjänst", "on duty"), day(page, next))
                }
                Because::Deputy => page.say("ersättare", "deputy").to_owned(),
            };
            ("good", format!("{}, {because}", person(roster, &named.person.id)))
        }
    };
    NowLine { unit: visit.desk.unit_name(unit), class, who }
}

/// A unit's days from today on.
pub(super) fn unit_days(
    visit: &Visit,
    page: &Chrome,
    (roster, holes): (&Roster, &[Hole]),
    unit: &str,
) -> UnitDays {
    let days = page.today().series(1.day()).take(usize::from(super::DAYS));
    let line = |on: Date| {
        let hole = holes.iter().any(|hole| {
            let within = (hole.first..=hole.last).contains(&on);
            within && hole.unit == unit && crate::domain::calendar::is_weekday_for_limits(on)
        });
        let there = roster.on_duty(unit, on).into_iter();
        let there = there.map(|(id, hours)| format!("{} {hours}", person(roster, &id)));
        let there: Vec<String> = there.collect();
        let nobody = match hole {
            true => page.say("lucka: ingen i tjänst", "hole: nobody on duty"),
            false => page.say("ingen (ledig dag)", "nobody (day off)"),
        };
        let who = if there.is_empty() { nobody.to_owned() } else { there.join("; ") };
        DayLine { day: day(page, on), who, hole }
    };
    let days: Vec<DayLine> = days.map(line).collect();
    UnitDays {
        id: unit.to_owned(),
        name: visit.desk.unit_name(unit),
        has_hole: days.iter().any(|day| day.hole),
        days,
    }
}

/// A hole, why it is there, and who is named instead.
pub(super) fn hole(visit: &Visit, page: &Chrome, roster: &Roster, hole: &Hole) -> String {
    let days = if hole.first == hole.last {
        day(page, hole.first)
    } else {
        format!("{} – {}", day(page, hole.first), day(page, hole.last))
    };
    let why = match &hole.cause {
        Cause::NoDuty => page.say("ingen tjänst är inlagd", "no duty is entered").to_owned(),
        Cause::AllAway(ids) => {
            let who: Vec<String> = ids.iter().map(|id| person(roster, id)).collect();
            format!("{}: {}", page.say("frånvarande", "away"), who.join(", "))
        }
    };
    let instead = match &hole.stands_in {
        Some(named) => {
            let lead = page.say("i stället anges", "named instead is");
            format!("{lead} {}", person(roster, &named.person.id))
        }
        None => page.say("ingen kan anges!", "nobody can be named!").to_owned(),
    };
    format!("{}, {days}: {why}; {instead}", visit.desk.unit_name(&hole.unit))
}

/// A stretch of time for which nobody at all could be named.
pub(super) fn unnamed(visit: &Visit, page: &Chrome, gap: &Unnamed) -> String {
    let at = |at: jiff::civil::DateTime| {
        format!("{} {:02}:{:02}", day(page, at.date()), at.hour(), at.minute())
    };
    let unit = visit.desk.unit_name(&gap.unit);
    format!("{unit}: {} – {}", at(gap.from), at(gap.until))
}

/// A duty as a line.
pub(super) fn duty(visit: &Visit, page: &Chrome, roster: &Roster, duty: &Duty) -> String {
    let days: Vec<&str> = duty.weekdays.days().into_iter().map(|day| weekday(page, day)).collect();
    let mut words = format!(
        "{}: {}, {} {}",
        visit.desk.unit_name(&duty.unit),
        person(roster, &duty.person),
        days.join(" "),
        duty.hours
    );
    let weeks = match duty.weeks {
        Weeks::All => None,
        Weeks::Odd => Some(page.say("udda veckor", "odd weeks").to_owned()),
        Weeks::Even => Some(page.say("jämna veckor", "even weeks").to_owned()),
        Weeks::Every(every) => match page.tag() {
            "sv" => Some(format!("var {every}:e vecka")),
            _ => Some(format!("every {every} weeks")),
        },
    };
    let first = duty.first.map(|first| format!("{} {first}", page.say("från", "from")));
    let last = duty.last.map(|last| format!("{} {last}", page.say("till", "until")));
    let holidays = page.say("även helgdagar", "holidays too").to_owned();
    let holidays = duty.holidays.then_some(holidays);
    for more in [weeks, first, last, holidays].into_iter().flatten() {
        words.push_str(&format!(", {more}"));
    }
    words
}

/// A day with its weekday, and whether it is a holiday.
pub(super) fn day(page: &Chrome, day: Date) -> String {
    let off = if is_day_off(day) { page.say(", helgdag", ", holiday") } else { "" };
    format!("{} {day}{off}", weekday(page, day.weekday()))
}

/// A day of the week, shortened.
pub(super) fn weekday(page: &Chrome, day: Weekday) -> &'static str {
    let (swedish, english) = match day {
        Weekday::Monday => ("mån", "Mon"),
        Weekday::Tuesday => ("tis", "Tue"),
        Weekday::Wednesday => ("ons", "Wed"),
        Weekday::Thursday => ("tor", "Thu"),
        Weekday::Friday => ("fre", "Fri"),
        Weekday::Saturday => ("lör", "Sat"),
        Weekday::Sunday => ("sön", "Sun"),
    };
    if page.tag() == "sv" { swedish } else { english }
}
