//! A day with a time of day, as Kronofogden writes it: `tisdagen den 24 november 2026 kl. 09.00`.

use crate::domain::calendar::LocalTime;
use crate::domain::moment::Moment;
use crate::normalize::swedish::dates;
use jiff::civil::Time;

/// Reads a moment: RFC 3339, or a day as [`dates::read_date`] reads it with an optional time of day (`kl. 09.00`, `kl 9`,
/// `2026-11-24 09:00`), which is then local time. `None` when the day cannot be read, or there is a time that cannot.
pub fn read_moment(text: &str, local: &LocalTime) -> Option<Moment> {
    if let Some(moment) = Moment::read(text, local) {
        return Some(moment);
    }
    let (day, clock) = dates::split_time(text)?;
    let day = dates::read_day(&day)?;
    match clock {
        None => Some(Moment::Day(day)),
        Some(clock) => Moment::local(day, read_clock(&clock)?, local),
    }
}

/// `09.00`, `9:30`, `9`, `0900`.
fn read_clock(text: &str) -> Option<Time> {
    let text = text.trim_end_matches(['.', ',', ' ']);
    let (hour, minute) = match text.split_once(['.', ':']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        None if text.len() == 4 => (text.get(..2)?, text.get(2..)?),
        None => (text, "0"),
        Some(_) => return None,
    };
    let is_number =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !is_number(hour) || !is_number(minute) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::read_moment;
    use crate::domain::calendar::LocalTime;
    use proptest::prelude::any;
    use proptest::proptest;

    fn sweden() -> LocalTime {
        LocalTime::named("Europe/Stockholm").expect("the zone")
    }

    #[test]
    fn a_day_with_a_time_of_day_is_local_time() {
        let table = [
            ("tisdagen den 24 november 2026 kl. 09.00", "2026-11-24T09:00:00+01:00"),
            ("24 november 2026 kl 9", "2026-11-24T09:00:00+01:00"),
            ("24 november 2026 klockan 08.30", "2026-11-24T08:30:00+01:00"),
            ("24/11 2026 kl. 9:30", "2026-11-24T09:30:00+01:00"),
            ("2026-07-24 kl. 0900", "2026-07-24T09:00:00+02:00"),
            ("2026-07-24 09.15", "2026-07-24T09:15:00+02:00"),
            ("2026-11-24T09:00", "2026-11-24T09:00:00+01:00"),
            ("2026-11-24T09:00:00+01:00", "2026-11-24T09:00:00+01:00"),
            ("24 nov. 2026", "2026-11-24"),
        ];
        for (text, expected) in table {
            let moment = read_moment(text, &sweden()).map(|moment| moment.to_string());
            assert_eq!(moment.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_time_that_cannot_be_read_is_not_dropped() {
        for text in ["24 november 2026 kl. 25.00", "2026-11-24 kl. nio", "kl. 09.00", "", "9.00"] {
            assert_eq!(read_moment(text, &sweden()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _read = read_moment(&text, &sweden());
        }
    }
}
