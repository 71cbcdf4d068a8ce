//! Reports of other servers on our mails: what became of which.

use super::BounceOutcome;
use super::bounce;

const TOKEN: &str = "0123456789abcdef01234567";

#[test]
fn a_report_tells_outcome_status_and_token() {
    let raw = format!(
        "From: MAILER-DAEMON@x.example\r\nTo: bounce+{TOKEN}@kommun.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nAction: failed\r\nStatus: 5.1.1 (unknown)\r\n--b--\r\n"
    );
    let read = bounce(raw.as_bytes()).unwrap();
    assert_eq!(read.outcome, BounceOutcome::Failed);
    assert_eq!(read.status.as_deref(), Some("5.1.1"));
    assert_eq!(read.tokens, [TOKEN]);
}

#[test]
fn tokens_are_found_encoded_and_broken_over_lines() {
    let spellings = [
        format!("rfc822;bounce+2B{TOKEN}@kommun.example"),
        format!("bounce=2B{}@kommun.example", TOKEN.to_uppercase()),
        format!("bounce+{}=\r\n{}@kommun.example", &TOKEN[..10], &TOKEN[10..]),
    ];
    for spelling in spellings {
        let raw = format!(
            "From: postmaster@x.example\r\nReturn-Path: <>\r\nSubject: Undeliverable\r\n\r\n{spelling}\r\n"
        );
        assert_eq!(bounce(raw.as_bytes()).unwrap().tokens, [TOKEN], "{spelling}");
    }
}

#[test]
fn what_a_person_writes_is_no_report() {
    for header in [
        "From: anna@hyra.example\r\nSubject: Delivery failed",
        "From: postmaster@hyra.example\r\nSubject: Hyresskuld",
        "From: anna@hyra.example\r\nReturn-Path: <>\r\nSubject: Hyresskuld",
    ] {
        assert_eq!(bounce(format!("{header}\r\n\r\ntext").as_bytes()), None, "{header}");
    }
}
