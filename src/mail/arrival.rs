//! When a mail reached the municipality: when the outermost of its own hosts took it (outward contract, section 8).
//!
//! Every host on the way writes a `Received` field with its time above those of the hosts before it. Only those that our own hosts wrote, counted
//! from the top without a gap, can be believed; the lowest of them is the host that took the mail from outside. So a mail that lay
//! in quarantine for a night arrived when it was put there, not when somebody let it go.

use super::named;
use super::received_by::believed;
use super::split;
use super::text_of;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// When the outermost trusted host took the mail; `None` when no trusted host wrote a time. `trusted` are host names, addresses or patterns such as
/// `*.kommun.example`.
pub fn arrived_at(raw: &[u8], trusted: &[String]) -> Option<Timestamp> {
    let (fields, _) = split(raw);
    let chain = believed(&fields, trusted).iter().filter(|field| named(field, "received"));
    chain.rev().find_map(|field| time(&text_of(field)?))
}

/// What stands behind the last semicolon; what is said about it in brackets does not count.
fn time(field: &str) -> Option<Timestamp> {
    let (_, written) = field.rsplit_once(';')?;
    let written = written.split('(').next().unwrap_or_default();
    let words = written.split_whitespace().collect::<Vec<_>>().join(" ");
    DateTimeParser::new().relaxed_weekday(true).parse_timestamp(words).ok()
}

#[cfg(test)]
mod tests {
    use super::arrived_at;
    use proptest::prelude::proptest;

    fn arrived(fields: &[&str]) -> Option<String> {
        let trusted = ["*.kommun.example".to_owned(), "gw.filter.example".to_owned()];
        let raw = format!("{}\r\nSubject: x\r\n\r\ntext", fields.join("\r\n"));
        arrived_at(raw.as_bytes(), &trusted).map(|at| at.to_string())
    }

    const BOX: &str =
        "Received: from gw.filter.example by box.kommun.example; Tue, 3 Nov 2026 08:10:00 +0100";
    const GATE: &str = "Received: from out.hyra.example\r\n by gw.filter.example with ESMTPS id 1;\r\n Mon, 2 Nov 2026 23:59:59 +0100";
    const THEIRS: &str = "Received: from pc by out.hyra.example; Mon, 2 Nov 2026 21:00:00 +0100";

    #[test]
    fn a_sender_cannot_write_our_name_and_an_earlier_day() {
        let forged = "Received: from x by gw.filter.example; Mon, 12 Oct 2026 09:00:00 +0200";
        assert_eq!(arrived(&[BOX, GATE, forged]).as_deref(), Some("2026-11-02T22:59:59Z"));
        assert_eq!(arrived(&[GATE, forged, forged]).as_deref(), Some("2026-11-02T22:59:59Z"));
    }

    #[test]
    fn the_outermost_host_of_ours_tells_the_time() {
        for (why, fields, expected) in [
            (
                "a second before midnight, released the next day",
                vec![BOX, GATE, THEIRS],
                "2026-11-02T22:59:59Z",
            ),
            ("only one host", vec![BOX, THEIRS], "2026-11-03T07:10:00Z"),
            ("no hop before ours", vec![BOX], "2026-11-03T07:10:00Z"),
        ] {
            assert_eq!(arrived(&fields).as_deref(), Some(expected), "{why}");
        }
    }

    #[test]
    fn what_a_sender_wrote_itself_is_not_believed() {
        let forged = GATE.replace("2 Nov", "1 Nov");
        assert_eq!(arrived(&[BOX, THEIRS, &forged]).as_deref(), Some("2026-11-03T07:10:00Z"));
        assert_eq!(arrived(&[THEIRS, BOX]), None, "the top host is not ours");
        assert_eq!(arrived(&["X-A: b"]), None);
    }

    #[test]
    fn times_are_read_in_the_zone_they_were_written_in() {
        let at = |time: &str| arrived(&[&format!("Received: by mx.kommun.example; {time}")]);
        for (time, expected) in [
            ("Sun, 25 Oct 2026 02:30:00 +0200", Some("2026-10-25T00:30:00Z")),
            ("Sun, 25 Oct 2026 02:30:00 +0100 (CET)", Some("2026-10-25T01:30:00Z")),
            ("Sun, 29 Mar 2026 03:00:00 +0200", Some("2026-03-29T01:00:00Z")),
            ("31 Dec 2026 23:59:59 +0000", Some("2026-12-31T23:59:59Z")),
            ("Mon, 1 Jan 2027 00:00:00 GMT", Some("2027-01-01T00:00:00Z")),
            ("Tue, 3 Nov 2026 08:10 +0100", Some("2026-11-03T07:10:00Z")),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(at(time).as_deref(), expected, "{time}");
        }
        let unreadable = "Received: from gw.filter.example by gw.filter.example; soon";
        assert_eq!(arrived(&[BOX, unreadable]).as_deref(), Some("2026-11-03T07:10:00Z"));
    }

    proptest! {
        #[test]
        fn no_field_stops_it(text: String) {
            arrived(&[&format!("Received: by mx.kommun.example; {text}")]);
        }
    }
}
