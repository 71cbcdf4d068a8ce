//! The words of reports on delivery that say nothing in fields: servers of thirty years, in English and Swedish.

use super::bounce::BounceOutcome;

/// Who writes reports.
pub(super) const POSTMASTERS: &[&str] = &[
    "mailer-daemon",
    "postmaster@",
    "mail delivery",
    "maildelivery",
    "mail-daemon",
    "microsoftexchange",
];

/// How servers of many makes begin the subject of a report.
pub(super) const SUBJECTS: &[&str] = &[
    "undeliver",
    "delivery status notification",
    "delivery failure",
    "delivery failed",
    "failure notice",
    "mail delivery failed",
    "mail delivery system",
    "returned mail",
    "returned to sender",
    "delivery notification",
    "delivery delayed",
    "message delayed",
    "mail could not be delivered",
    "message you sent",
    "non-delivery",
    "non delivery",
    "ndr:",
    "kunde inte levereras",
    "kan inte levereras",
    "ej levererbar",
    "gick inte att leverera",
    "leveransfel",
    "leveransmeddelande",
    "fördröjd",
    "oleverer",
    "unzustellbar",
    "warning: could not send",
    "delivery report",
    "leveransrapport",
    "mail system error",
    "warning: message",
];

/// What the words of a report say.
pub(super) fn by_words(texts: &[String], status: Option<&str>) -> BounceOutcome {
    let says = |words: &[&str]| {
        texts.iter().any(|text| {
            let text = text.to_lowercase();
            words.iter().any(|word| text.contains(word))
        })
    };
    if says(&[
        "delayed",
        "fördröj",
        "will be retried",
        "will continue to try",
        "still trying",
        "försöker fortfarande",
        "could not send message for past",
        "do not need to resend",
        "behöver inte skicka",
    ]) {
        return BounceOutcome::Delayed;
    }
    let failed = [
        "undeliver",
        "could not be delivered",
        "couldn't be delivered",
        "wasn't able to deliver",
        "was not delivered",
        "kunde inte levereras",
        "kan inte levereras",
        "failed permanently",
        "user unknown",
        "unknown user",
        "mailbox unavailable",
        "mailbox full",
        "no such user",
        "delivery failed",
        "failure notice",
        "delivery has failed",
        "fatal errors",
        "rejected",
        "returned to sender",
        "delivery to the following recipient",
        "not listed in domino",
        "kunde inte nå",
        "finns inte",
        "brevlådan är full",
    ];
    if says(&failed) || status.is_some_and(|status| status.starts_with('5')) {
        return BounceOutcome::Failed;
    }
    if says(&["successfully delivered", "has been delivered", "har levererats", "was delivered"]) {
        return BounceOutcome::Delivered;
    }
    match status.and_then(|status| status.chars().next()) {
        Some('4') => BounceOutcome::Delayed,
        Some('2') => BounceOutcome::Delivered,
        Some(_) | None => BounceOutcome::Unknown,
    }
}
