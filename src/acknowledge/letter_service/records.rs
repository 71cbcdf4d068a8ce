//! What the letter service is sent and answers, as far as a letter needs it (messaging API 7.10).

use serde::Deserialize;
use serde::Serialize;
use serde_json::Value;

/// One letter to one person.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LetterRequest<'a> {
    pub(super) party: Party<'a>,
    pub(super) subject: &'a str,
    pub(super) sender: Sender<'a>,
    pub(super) content_type: &'static str,
    pub(super) body: &'a str,
    pub(super) department: &'a str,
    pub(super) attachments: [Attachment<'a>; 1],
}

/// To whom. No address: where it goes on paper, the service knows the registered one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Party<'a> {
    pub(super) party_ids: [&'a str; 1],
    pub(super) external_references: [ExternalReference<'a>; 1],
}

/// By what we find our own letter again.
#[derive(Serialize)]
pub(super) struct ExternalReference<'a> {
    pub(super) key: &'static str,
    pub(super) value: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sender<'a> {
    pub(super) support_info: SupportInfo<'a>,
}

/// Whom the person asks.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SupportInfo<'a> {
    pub(super) text: &'a str,
    pub(super) phone_number: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email_address: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Attachment<'a> {
    pub(super) delivery_mode: &'static str,
    pub(super) filename: &'a str,
    pub(super) content_type: &'static str,
    /// Base64.
    pub(super) content: &'a str,
}

#[derive(Deserialize)]
pub(super) struct BatchResult {
    #[serde(default)]
    pub(super) messages: Vec<MessageResult>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MessageResult {
    #[serde(default)]
    pub(super) message_id: Option<String>,
    #[serde(default)]
    pub(super) deliveries: Vec<DeliveryResult>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DeliveryResult {
    #[serde(default)]
    pub(super) delivery_id: Option<String>,
    #[serde(default)]
    pub(super) message_type: Option<String>,
    #[serde(default)]
    pub(super) status: Option<String>,
}

/// One entry of what a person was sent.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HistoryEntry {
    #[serde(default)]
    pub(super) content: Value,
    #[serde(default)]
    pub(super) message_type: Option<String>,
    #[serde(default)]
    pub(super) status: Option<String>,
}

/// How far a letter has come at the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Delivered: by what means, and under which delivery.
    Sent {
        /// Such as `DIGITAL_MAIL`.
        means: String,
        /// The service's id of the delivery; empty where it tells none.
        delivery: String,
    },
    /// On its way.
    Waits,
    /// The digital delivery has ended in vain; paper may follow.
    DigitalEnded,
    /// It will not be delivered: the stable words of all deliveries.
    Failed(String),
}

/// Words of the service end up in records that people read: short and plain, or nothing.
pub(super) fn plain(word: Option<&str>) -> String {
    let fits = |word: &&str| {
        word.len() <= 64
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
    };
    word.filter(fits).unwrap_or_default().to_owned()
}

/// What deliveries come to together. A word that is not known is taken as on its way.
pub(super) fn stand(deliveries: &[DeliveryResult], digital_only: bool) -> Stand {
    let of = |delivery: &DeliveryResult| delivery.status.as_deref().unwrap_or_default().to_owned();
    if let Some(sent) = deliveries.iter().find(|delivery| of(delivery) == "SENT") {
        return Stand::Sent {
            means: plain(sent.message_type.as_deref()),
            delivery: plain(sent.delivery_id.as_deref()),
        };
    }
    let ended = ["NOT_SENT", "FAILED", "NO_CONTACT_SETTINGS_FOUND", "NO_CONTACT_WANTED"];
    if deliveries.is_empty() || !deliveries.iter().all(|it| ended.contains(&of(it).as_str())) {
        return Stand::Waits;
    }
    let on_paper = deliveries.iter().any(|it| it.message_type.as_deref() == Some("SNAIL_MAIL"));
    if !on_paper && !digital_only {
        return Stand::DigitalEnded;
    }
    let told = |it: &DeliveryResult| format!("{} {}", plain(it.message_type.as_deref()), of(it));
    Stand::Failed(deliveries.iter().map(told).collect::<Vec<_>>().join(", "))
}

/// Whether our mark stands anywhere in an entry.
pub(super) fn bears(content: &Value, mark: &str) -> bool {
    match content {
        Value::String(text) => text == mark,
        Value::Array(items) => items.iter().any(|item| bears(item, mark)),
        Value::Object(members) => members.values().any(|member| bears(member, mark)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::DeliveryResult;
    use super::Stand;
    use super::stand;

    fn delivery(means: &str, status: &str) -> DeliveryResult {
        DeliveryResult {
            delivery_id: Some("41141c6f-4825-45a7-b52b-79fbff70765e".to_owned()),
            message_type: Some(means.to_owned()),
            status: Some(status.to_owned()),
        }
    }

    #[test]
    fn a_letter_is_sent_when_one_delivery_is_and_failed_when_all_have_ended() {
        let cases = [
            (vec![], "Waits"),
            (vec![("LETTER", "PENDING")], "Waits"),
            (vec![("DIGITAL_MAIL", "AWAITING_FEEDBACK")], "Waits"),
            (vec![("DIGITAL_MAIL", "SENT")], "Sent"),
            (vec![("DIGITAL_MAIL", "FAILED")], "DigitalEnded"),
            (vec![("DIGITAL_MAIL", "NOT_SENT"), ("SNAIL_MAIL", "PENDING")], "Waits"),
            (vec![("DIGITAL_MAIL", "NOT_SENT"), ("SNAIL_MAIL", "SENT")], "Sent"),
            (vec![("DIGITAL_MAIL", "NOT_SENT"), ("SNAIL_MAIL", "FAILED")], "Failed"),
            (vec![("SNAIL_MAIL", "a word of tomorrow")], "Waits"),
        ];
        for (deliveries, expected) in cases {
            let told: Vec<DeliveryResult> =
                deliveries.iter().map(|(means, status)| delivery(means, status)).collect();
            assert!(format!("{:?}", stand(&told, false)).starts_with(expected), "{deliveries:?}");
        }
        let only = stand(&[delivery("DIGITAL_MAIL", "NO_CONTACT_WANTED")], true);
        assert_eq!(only, Stand::Failed("DIGITAL_MAIL NO_CONTACT_WANTED".to_owned()));
    }
}
