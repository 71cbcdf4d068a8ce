//! Whether a machine wrote a mail (RFC 3834), a list sent it on, or it reports on another mail: such mail gets no receipt.

/// A delivery status notification (RFC 3464).
pub(super) const DELIVERY_STATUS: &str = "deliveryStatus";
/// A message disposition notification (RFC 8098), or another report.
pub(super) const DISPOSITION_NOTIFICATION: &str = "dispositionNotification";
/// Sent to many, by its own account.
pub(super) const BULK: &str = "bulk";

/// The reason, if there is one. `value` gives a header field's value by its name in lower case.
pub(super) fn reason(value: impl Fn(&str) -> Option<String>) -> Option<&'static str> {
    let lower = |name: &str| value(name).map(|text| text.to_ascii_lowercase());
    if let Some(content_type) = lower("content-type")
        && let Some(reason) = report(&content_type)
    {
        return Some(reason);
    }
    // RFC 3834 section 5: the word before parameters and comments.
    if let Some(submitted) = lower("auto-submitted") {
        let word = submitted.split([';', ' ', '(']).next().unwrap_or_default();
        if !word.is_empty() && word != "no" {
            return Some("autoSubmitted");
        }
    }
    let precedence = lower("precedence").unwrap_or_default();
    let replied = precedence == "auto_reply" || precedence == "auto-reply";
    if replied || value("x-autoreply").is_some() || value("x-autorespond").is_some() {
        return Some("autoSubmitted");
    }
    if value("return-path").is_some_and(|path| path.replace(' ', "") == "<>") {
        return Some("nullReturnPath");
    }
    let bulk = matches!(precedence.as_str(), "bulk" | "list" | "junk");
    // List-Unsubscribe alone stands in many mails that people and systems write to one recipient.
    let list = value("list-id").is_some() || value("list-unsubscribe-post").is_some();
    if list || (bulk && value("list-unsubscribe").is_some()) {
        return Some("mailingList");
    }
    bulk.then_some(BULK)
}

fn report(content_type: &str) -> Option<&'static str> {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    if kind == "message/delivery-status" {
        return Some(DELIVERY_STATUS);
    }
    if kind != "multipart/report" {
        return None;
    }
    if content_type.contains("delivery-status") || !content_type.contains("report-type") {
        return Some(DELIVERY_STATUS);
    }
    Some(DISPOSITION_NOTIFICATION)
}
