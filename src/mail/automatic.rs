//! Whether a machine wrote a mail (RFC 3834), a list sent it on, or it reports on another mail: such mail gets no receipt.
//!
//! Headers decide. Words decide only where they stand first and something else agrees: a letter that names a tenant and a debt is a notice,
//! whatever its subject begins with.

use super::bounce;

/// A delivery status notification (RFC 3464), or what older servers send instead.
pub(super) const DELIVERY_STATUS: &str = "deliveryStatus";
/// A message disposition notification (RFC 8098), or another report.
pub(super) const DISPOSITION_NOTIFICATION: &str = "dispositionNotification";
/// Sent to many, by its own account.
pub(super) const BULK: &str = "bulk";
/// To the address for bounces, which never answers.
pub(super) const BOUNCE_ADDRESS: &str = "bounceAddress";
const AUTOMATIC: &str = "autoSubmitted";
const LIST: &str = "mailingList";

/// What a mail says of itself.
pub(super) trait Signs {
    /// Every value of a header field, by its name in lower case.
    fn values(&self, name: &str) -> Vec<String>;
    /// The subject, decoded.
    fn subject(&self) -> String;
    /// The first of its text, decoded.
    fn letter(&self) -> String;
}

/// The reason, if there is one.
pub(super) fn reason(mail: &impl Signs) -> Option<&'static str> {
    if bounce::is_report(mail) {
        return Some(DELIVERY_STATUS);
    }
    if is_other_report(mail) {
        return Some(DISPOSITION_NOTIFICATION);
    }
    if says_automatic(mail) || words_say_automatic(mail) {
        return Some(AUTOMATIC);
    }
    if bounce::is_from_nobody(mail) {
        return Some("nullReturnPath");
    }
    list(mail).or_else(|| bounce::came_to_bounce_address(mail).then_some(BOUNCE_ADDRESS))
}

/// A report of another type than on delivery: read, deleted, abuse, DMARC, TLS.
fn is_other_report(mail: &impl Signs) -> bool {
    let content_type = mail.values("content-type").concat().to_lowercase();
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    if kind == "multipart/report" || kind == "message/disposition-notification" {
        return true;
    }
    let subject = mail.subject().to_lowercase();
    let dmarc = subject.starts_with("report domain:") && subject.contains("submitter:");
    let tls = !mail.values("tls-report-domain").is_empty();
    let read =
        ["läst:", "read:", "inte läst:", "not read:"].iter().any(|word| subject.starts_with(word));
    let threaded = !mail.values("in-reply-to").is_empty() || !mail.values("references").is_empty();
    let told = || {
        let letter = mail.letter().to_lowercase();
        letter.contains("lästes den")
            || letter.contains("was read on")
            || letter.contains("ditt meddelande")
            || letter.contains("your message")
    };
    dmarc || tls || (read && threaded && told())
}

/// What headers say of robots: RFC 3834 and what was before it.
fn says_automatic(mail: &impl Signs) -> bool {
    let submitted = mail.values("auto-submitted").into_iter().any(|value| {
        let value = without_comments(&value).to_lowercase();
        let word = value.split([';', ' ']).find(|word| !word.is_empty());
        word.is_some_and(|word| word != "no")
    });
    let any = |name: &str| mail.values(name).iter().any(|value| !value.is_empty());
    let precedence = mail.values("precedence").concat().to_lowercase();
    let replied = matches!(precedence.as_str(), "auto_reply" | "auto-reply");
    let suppress = mail.values("x-auto-response-suppress").concat().to_lowercase();
    let asks = suppress.split([',', ' ']).any(|word| matches!(word, "all" | "autoreply"));
    let to: String =
        ["to", "delivered-to", "cc"].map(|name| mail.values(name).concat().to_lowercase()).concat();
    let been_here = mail
        .values("x-loop")
        .iter()
        .any(|value| value.contains('@') && to.contains(&value.trim().to_lowercase()));
    submitted
        || replied
        || asks
        || been_here
        || any("x-autoreply")
        || any("x-autorespond")
        || any("x-autoreply-from")
}

fn without_comments(text: &str) -> String {
    let mut depth = 0u32;
    let outside = |c: &char| {
        match c {
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    };
    text.chars().filter(outside).collect()
}

/// How programs without headers for it begin the subject of leave.
const LEAVE: &[&str] = &[
    "autosvar",
    "automatiskt svar",
    "frånvarande",
    "frånvaro",
    "ej på kontoret",
    "inte på kontoret",
    "frånvaromeddelande",
    "automatisk svar",
    "automatiskt besked",
    "automatisk besvarelse",
    "fravær",
    "ikke til stede",
    "ikke på kontoret",
    "på ferie",
    "ute av kontoret",
    "automatic reply",
    "automatic response",
    "auto reply",
    "autoreply",
    "auto-reply",
    "out of office",
    "out of the office",
    "out-of-office",
    "ooo:",
    "auto:",
    "automatische antwort",
    "abwesenheit",
    "vacation:",
    "on vacation",
];
/// What leave speaks of.
const ABSENCE: &[&str] = &[
    "out of the office",
    "out of office",
    "on vacation",
    "on leave",
    "no access to mail",
    "jag är ledig",
    "är på semester",
    "åter den",
    "åter på kontoret",
    "är inte på kontoret",
    "tjänstledig",
    "föräldraledig",
    "jag är tillbaka",
    "jag har semester",
    "vi har semesterstängt",
    "jeg er på ferie",
    "jeg har ferie",
    "jeg holder ferie",
    "er tilbage",
    "er tilbake",
    "ikke på kontoret",
    "ikke til stede",
    "på barsel",
    "i permisjon",
    "is an automat",
    "ett automatiskt",
    "går inte att besvara",
];

/// Whether a subject, in lower case, begins as leave does.
pub(super) fn begins_with_leave(subject: &str) -> bool {
    LEAVE.iter().any(|word| subject.starts_with(word))
}

fn words_say_automatic(mail: &impl Signs) -> bool {
    let subject = mail.subject().to_lowercase();
    let threaded = !mail.values("in-reply-to").concat().trim().is_empty();
    let leave_first = begins_with_leave(&subject);
    let leave_within =
        subject.contains("is out of the office") || subject.contains("är inte på kontoret");
    let absent = || {
        let letter = mail.letter().to_lowercase();
        ABSENCE.iter().any(|words| letter.contains(words))
    };
    let from = mail.values("from").concat().to_lowercase();
    let nobody = [
        "no-reply@",
        "noreply@",
        "no_reply@",
        "donotreply@",
        "do-not-reply@",
        "ej-svar@",
        "svara-ej@",
    ];
    let robot_in_thread = threaded && nobody.iter().any(|name| from.contains(name));
    robot_in_thread || ((leave_first || leave_within) && absent())
}

/// Lists name themselves (RFC 2919, RFC 2369) or their robot; `Precedence` alone tells how urgent a mail is and not who wrote it.
fn list(mail: &impl Signs) -> Option<&'static str> {
    let any = |name: &str| mail.values(name).iter().any(|value| !value.is_empty());
    let names = [
        "list-id",
        "list-post",
        "mailing-list",
        "x-mailing-list",
        "list-unsubscribe-post",
        "x-list-administrivia",
    ];
    let precedence = mail.values("precedence").concat().to_lowercase();
    let bulk = matches!(precedence.as_str(), "bulk" | "list" | "junk");
    let sender =
        [mail.values("sender"), mail.values("return-path")].concat().concat().to_lowercase();
    let robot =
        ["owner-", "-owner@", "-request@", "-bounces@"].iter().any(|part| sender.contains(part));
    if names.iter().any(|name| any(name)) || (bulk && (robot || any("list-unsubscribe"))) {
        return Some(LIST);
    }
    bulk.then_some(BULK)
}
