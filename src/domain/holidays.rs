//! Public holidays (SFS 1989:253) and the three eves that count as such when a period ends (SFS 1930:173 2 §).
//!
//! The list is today's law, for any year: 6 June has been a holiday since 2005, so results for earlier years are not historical.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::civil::Weekday;

/// The public holidays of a year that have a name, in order of the calendar. All Sundays are public holidays too and not listed.
pub fn holidays(year: i16) -> Vec<Date> {
    let fixed = [(1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26)];
    let mut days: Vec<Date> =
        fixed.into_iter().filter_map(|(month, day)| Date::new(year, month, day).ok()).collect();
    if let Some(easter) = easter_sunday(year) {
        // Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday.
        days.extend([-2, 0, 1, 39, 49].map(|after| easter.saturating_add(after.days())));
    }
    days.extend(first_saturday_from(year, 6, 20)); // Midsummer Day: the Saturday of 20–26 June.
    days.extend(first_saturday_from(year, 10, 31)); // All Saints: the Saturday of 31 October–6 November.
    days.sort_unstable();
    days.dedup();
    days
}

/// Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876). `None` outside the calendar's years.
pub fn easter_sunday(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let golden = y.rem_euclid(19);
    let (century, rest) = (y.div_euclid(100), y.rem_euclid(100));
    let (leap_centuries, century_rest) = (century.div_euclid(4), century.rem_euclid(4));
    let moon = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - leap_centuries - moon + 15).rem_euclid(30);
    let weekday = (32 + 2 * century_rest + 2 * (rest / 4) - epact - rest % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday).div_euclid(451);
    let days = epact + weekday - 7 * late + 114;
    Date::new(year, i8::try_from(days / 31).ok()?, i8::try_from(days % 31 + 1).ok()?).ok()
}

/// Whether it is a public holiday: one of the named ones, or a Sunday.
pub fn is_public_holiday(day: Date) -> bool {
    day.weekday() == Weekday::Sunday || holidays(day.year()).contains(&day)
}

/// Whether it counts as a public holiday when a period ends: also Midsummer Eve, Christmas Eve and New Year's Eve do.
pub fn counts_as_holiday(day: Date) -> bool {
    is_eve(day) || is_public_holiday(day)
}

/// Whether it is a day on which nobody is at work though its weekday is an ordinary one: a named public holiday or one of the three eves. A
/// Sunday is one only when it is also that.
pub fn is_day_off(day: Date) -> bool {
    is_eve(day) || holidays(day.year()).contains(&day)
}

/// Midsummer Eve, Christmas Eve, New Year's Eve.
fn is_eve(day: Date) -> bool {
    let midsummer_eve =
        day.month() == 6 && (19..=25).contains(&day.day()) && day.weekday() == Weekday::Friday;
    midsummer_eve || (day.month() == 12 && matches!(day.day(), 24 | 31))
}

fn first_saturday_from(year: i16, month: i8, day: i8) -> Option<Date> {
    let from = Date::new(year, month, day).ok()?;
    let days = from.weekday().until(Weekday::Saturday);
    from.checked_add(i64::from(days).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::counts_as_holiday;
    use super::easter_sunday;
    use super::holidays;
    use super::is_day_off;
    use super::is_public_holiday;
    use jiff::civil::Date;
    use jiff::civil::Weekday;
    use jiff::civil::date;
    use proptest::prelude::any;
    use proptest::prop_assert;
    use proptest::prop_assert_eq;
    use proptest::proptest;

    #[test]
    fn easter_falls_where_the_almanac_says() {
        let table = [
            (1961, 4, 2),
            (2000, 4, 23),
            (2008, 3, 23),
            (2011, 4, 24),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
        ];
        for (year, month, day) in table {
            assert_eq!(easter_sunday(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn the_holidays_of_2026_are_those_of_the_almanac() {
        let expected = [
            (1, 1),
            (1, 6),
            (4, 3),
            (4, 5),
            (4, 6),
            (5, 1),
            (5, 14),
            (5, 24),
            (6, 6),
            (6, 20),
            (10, 31),
            (12, 25),
            (12, 26),
        ];
        assert_eq!(holidays(2026), expected.map(|(month, day)| date(2026, month, day)));
    }

    #[test]
    fn eves_count_when_a_period_ends_but_are_no_public_holidays() {
        for eve in [date(2026, 6, 19), date(2026, 12, 24), date(2026, 12, 31), date(2027, 6, 25)] {
            assert!(counts_as_holiday(eve) && !is_public_holiday(eve), "{eve}");
        }
        for ordinary in [date(2026, 6, 26), date(2026, 4, 4), date(2026, 12, 28)] {
            assert!(!counts_as_holiday(ordinary), "{ordinary}");
        }
        assert!(is_public_holiday(date(2026, 11, 22)), "a Sunday");
    }

    #[test]
    fn a_sunday_is_a_day_off_only_when_it_is_more_than_a_sunday() {
        let off = [date(2026, 6, 19), date(2026, 6, 20), date(2026, 4, 5), date(2028, 12, 24)];
        for day in off {
            assert!(is_day_off(day), "{day}");
        }
        for day in [date(2026, 11, 22), date(2026, 11, 23), date(2026, 6, 26)] {
            assert!(!is_day_off(day), "{day}");
        }
    }

    proptest! {
        #[test]
        fn easter_is_a_sunday_between_22_march_and_25_april(year in 1583_i16..=9998) {
            let easter = easter_sunday(year).expect("an Easter");
            prop_assert_eq!(easter.weekday(), Weekday::Sunday);
            prop_assert!(date(year, 3, 22) <= easter && easter <= date(year, 4, 25));
        }

        #[test]
        fn every_year_has_its_holidays_in_order(year in 1900_i16..=2200) {
            let days = holidays(year);
            prop_assert!((12..=13).contains(&days.len()), "a holiday may fall on another");
            prop_assert!(days.is_sorted());
            prop_assert!(days.iter().all(|day| day.year() == year && is_public_holiday(*day)));
        }

        #[test]
        fn no_year_makes_it_panic(year in any::<i16>()) {
            let _days = (holidays(year), easter_sunday(year));
        }
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_trap() {
        assert!(!counts_as_holiday(Date::MIN) || is_public_holiday(Date::MIN));
        assert!(counts_as_holiday(Date::MAX));
    }
}
