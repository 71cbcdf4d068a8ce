//! What people write in a roster file, value by value.

use crate::roster::Roster;
use crate::roster::duty::Duty;
use crate::roster::hours::Weekdays;
use crate::roster::made_up::HEAD;
use jiff::civil::Weekday;
use jiff::civil::date;

#[test]
fn text_that_would_end_up_in_a_mail_or_letter_is_held_to_one_plain_line() {
    for (from, to, said) in [
        ("Testa Testsson", "Testa\\nBcc: Testsson", "a sign that cannot be printed"),
        ("Testa Testsson", "Testa \u{202e}nosstseT", "a sign that cannot be printed"),
        ("Testa Testsson", &"Testa ".repeat(20), "longer than 100 characters"),
        ("testa@exempel.example", "testa@exempel.example, x@y.example", "not a mail address"),
        ("testa@exempel.example", "testa@exempel..example", "not a mail address"),
        ("testa@exempel.example", "a@b@c.example", "not a mail address"),
        ("040-000 00 10", "0x40-00000", "not a telephone number"),
        ("040-000 00 10", "0046+40000", "not a telephone number"),
    ] {
        let told = Roster::parse(&HEAD.replace(from, to)).expect_err("a fault").to_string();
        assert!(told.contains(said), "{told}");
    }
}

#[test]
fn times_and_days_may_be_written_in_several_ways() {
    let table = [
        ("\"08:00\"", "\"16:30\"", Some((480, 990))),
        ("\"8.00\"", "\"16.30\"", Some((480, 990))),
        ("08:00:00", "16:30:00", Some((480, 990))),
        ("08:00", "16:30", Some((480, 990))),
        ("\"00:00\"", "\"24:00\"", Some((0, 1440))),
        ("\"08:00:30\"", "\"16:30\"", None),
        ("\"08:60\"", "\"16:30\"", None),
        ("\"24:01\"", "\"24:00\"", None),
        ("\"800\"", "\"16:30\"", None),
        ("\"+8:00\"", "\"16:30\"", None),
        ("\"08:00\"", "\"08:00\"", None),
        ("8", "17", None),
    ];
    for (from, to, expected) in table {
        let toml = format!(
            "{HEAD}[[duties]]\nunit = \"mottagning\"\nperson = \"anna\"\nfrom = {from}\nto = {to}\n\
             weekdays = [\"MON\", \"tis\", \"sön\"]\nfirst = 2026-06-19\nlast = \"2026-06-19\"\n"
        );
        let found = Roster::parse(&toml).ok().map(|roster| roster.duties[0].clone());
        let hours = found.as_ref().map(|duty| (duty.hours.from(), duty.hours.to()));
        assert_eq!(hours, expected, "{from} {to}");
        let days = [Weekday::Sunday, Weekday::Monday, Weekday::Tuesday];
        let as_written = |duty: &Duty| {
            duty.weekdays == Weekdays::of(days) && duty.first == Some(date(2026, 6, 19))
        };
        assert!(found.is_none_or(|duty| as_written(&duty)), "{from} {to}");
    }
}
