//! Header fields as they come: folded, doubled, missing, hostile.

use super::mail_headers;

fn mail(fields: &[&str]) -> Vec<u8> {
    format!("{}\r\n\r\nHej\r\n", fields.join("\r\n")).into_bytes()
}

#[test]
fn ids_and_addresses_are_read_from_folded_fields() {
    let headers = mail_headers(&mail(&[
        "Return-Path: <kim@example.org>",
        "From: =?utf-8?q?Kim_=C3=85?=\r\n <kim@example.org>",
        "Message-ID:\r\n <one@example.org>",
        "In-Reply-To: <zero@example.org> (text)",
        "References: <a@example.org>\r\n\t<b@example.org>",
    ]));
    assert_eq!(headers.from.as_ref().map(|from| from.reveal()), Some("kim@example.org"));
    assert_eq!(headers.message_id.as_deref(), Some("one@example.org"));
    assert_eq!(headers.in_reply_to.as_deref(), Some("zero@example.org"));
    assert_eq!(headers.references, ["a@example.org", "b@example.org"]);
    assert_eq!(headers.return_path.as_deref(), Some("kim@example.org"));
    assert_eq!(headers.auto_reply_suppressed, None);
}

#[test]
fn the_receipt_goes_to_reply_to_only_within_the_senders_domain() {
    let cases = [
        ("a@example.org", "b@example.org", "b@example.org"),
        ("a@example.org", "b@mail.EXAMPLE.org", "b@mail.EXAMPLE.org"),
        ("a@example.org", "b@evil-example.org", "a@example.org"),
        ("a@example.org", "b@example.com", "a@example.org"),
    ];
    for (from, reply_to, target) in cases {
        let headers =
            mail_headers(&mail(&[&format!("From: {from}"), &format!("Reply-To: {reply_to}")]));
        assert_eq!(headers.reply_target().map(|to| to.reveal()), Some(target));
    }
    assert!(mail_headers(&mail(&["Reply-To: b@example.org"])).reply_target().is_none());
}

#[test]
fn automatic_mail_lists_and_reports_get_no_receipt() {
    let cases: &[(&str, Option<&str>)] = &[
        ("Auto-Submitted: no", None),
        ("Auto-Submitted: auto-replied (vacation)", Some("autoSubmitted")),
        ("Auto-Submitted: auto-generated; owner=x", Some("autoSubmitted")),
        ("Precedence: auto_reply", Some("autoSubmitted")),
        ("Return-Path: <>", Some("nullReturnPath")),
        ("List-Id: <news.example.org>", Some("mailingList")),
        ("List-Unsubscribe: <https://example.org/u>", None),
        ("Precedence: bulk\r\nList-Unsubscribe: <https://example.org/u>", Some("mailingList")),
        ("Precedence: Bulk", Some("bulk")),
        ("Content-Type: multipart/report; report-type=delivery-status", Some("deliveryStatus")),
        (
            "Content-Type: multipart/report;\r\n report-type=\"disposition-notification\"",
            Some("dispositionNotification"),
        ),
        ("Subject: hej", None),
    ];
    for (field, reason) in cases {
        let headers = mail_headers(&mail(&["From: a@example.org", field]));
        assert_eq!(headers.auto_reply_suppressed, *reason, "{field}");
    }
}

#[test]
fn two_deliveries_of_one_mail_have_one_digest_and_another_text_has_another() {
    let first =
        mail_headers(b"Received: x\r\n y\r\nFrom: a@b.example\r\nX-Spam-Score: 1\r\n\r\nHej\r\n");
    let second = mail_headers(b"Delivered-To: c\nReceived: z\nFrom: a@b.example\n\nHej\n");
    let third = mail_headers(b"From: a@b.example\n\nHejsan\n");
    assert_eq!(first.digest_without_trace, second.digest_without_trace);
    assert_ne!(first.digest_without_trace, third.digest_without_trace);
}

proptest::proptest! {
    #[test]
    fn no_bytes_stop_it(raw in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        let headers = mail_headers(&raw);
        proptest::prop_assert!(headers.message_id.is_none_or(|id| id.is_ascii()));
    }
}
