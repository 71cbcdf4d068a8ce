//! The mail and the call by which people at the municipality are told of a trouble with acknowledgements: what waits, how many, what to do. No word of
//! any person.

use crate::acknowledge::config::Config;
use crate::acknowledge::config::TransportKind;
use crate::acknowledge::mail;
use crate::acknowledge::mail::Automatic;
use crate::acknowledge::receipt_file::whole_seconds;
use crate::acknowledge::transport::OutgoingMail;
use crate::domain::digest::Digest;
use jiff::Timestamp;
use serde_json::json;

/// A trouble in words.
#[derive(Clone, Copy, Debug)]
pub struct Alarm<'a> {
    /// What it is, in Swedish: the subject.
    pub title_sv: &'a str,
    /// The same in English.
    pub title_en: &'a str,
    /// How many it concerns; none when it has ended.
    pub count: i64,
    /// What to do, in Swedish.
    pub next_sv: &'a str,
    /// The same in English.
    pub next_en: &'a str,
}

/// The mail to one address; `None` where no mail goes out at all.
pub fn mail(config: &Config, alarm: &Alarm<'_>, to: &str, now: Timestamp) -> Option<OutgoingMail> {
    if config.transport == TransportKind::None {
        return None;
    }
    let mut text = String::new();
    for (title, count, next) in
        [(alarm.title_sv, "Antal", alarm.next_sv), (alarm.title_en, "How many", alarm.next_en)]
    {
        text.push_str(title);
        text.push_str("\n\n");
        if alarm.count > 0 {
            text.push_str(&format!("{count}: {}\n", alarm.count));
        }
        text.push_str(next);
        text.push_str("\n\n");
    }
    let ended = if alarm.count > 0 { "Larm" } else { "Larmet har upphort" };
    let bytes = mail::compose(&mail::Letter {
        from: &config.from,
        to,
        subject: &format!("kvittens: {ended}"),
        message_id: &format!("{}@{}", uuid::Uuid::new_v4(), config.message_id_domain()),
        in_reply_to: None,
        references: &[],
        automatic: Automatic::Generated,
        date: now,
        text: &text,
        document: None,
    });
    let from = Some(config.from.address.clone()).filter(|_| !config.null_return_path);
    Some(OutgoingMail { from, to: to.to_owned(), bytes: bytes.into() })
}

/// The event's type.
pub const EVENT: &str = "kvittens.alarm.v1";

/// The call's id and body. `key` is the cause, and after a space the day on which what it concerns is due; a level of 0 says that it has ended, 1000
/// that the day has passed. The id is the same for each repeat of what was first tried at `first_at`.
pub fn call(alarm: &Alarm<'_>, (key, level): (&str, i64), first_at: Timestamp) -> (String, String) {
    let (cause, day) = match key.split_once(' ') {
        Some((cause, day)) => (cause, Some(day)),
        None => (key, None),
    };
    let at = whole_seconds(first_at);
    let digest = Digest::of(key.as_bytes()).to_string();
    let id = format!("alarm-{}-{level}-{}", &digest[..16], at.as_second());
    let payload = json!({
        "type": EVENT,
        "timestamp": at.to_string(),
        "data": {
            "cause": cause, "day": day, "state": if level > 0 { "raised" } else { "ended" }, "level": level, "count": alarm.count,
            "title": { "sv": alarm.title_sv, "en": alarm.title_en },
            "nextStep": { "sv": alarm.next_sv, "en": alarm.next_en },
        },
    });
    (id, payload.to_string())
}

#[cfg(test)]
mod tests {
    use super::Alarm;
    use super::call;
    use serde_json::Value;

    #[test]
    fn a_call_tells_cause_day_and_next_step_and_keeps_its_id() {
        let alarm = Alarm { title_sv: "a", title_en: "b", count: 3, next_sv: "c", next_en: "d" };
        let at = |text: &str| text.parse().unwrap();
        let key = ("confirmation.notSent 2026-11-03", 2);
        let (id, payload) = call(&alarm, key, at("2026-11-03T14:00:00.5Z"));
        let told: Value = serde_json::from_str(&payload).unwrap();
        assert_eq!(
            (&told["type"], &told["timestamp"]),
            (&"kvittens.alarm.v1".into(), &"2026-11-03T14:00:00Z".into())
        );
        assert_eq!(
            (&told["data"]["cause"], &told["data"]["day"], &told["data"]["state"]),
            (&"confirmation.notSent".into(), &"2026-11-03".into(), &"raised".into())
        );
        assert!(!id.contains('.'), "{id}");
        assert_eq!(id, call(&alarm, key, at("2026-11-03T14:00:00.9Z")).0);
        for other in
            [("confirmation.notSent 2026-11-04", 2), ("confirmation.notSent 2026-11-03", 3)]
        {
            assert_ne!(id, call(&alarm, other, at("2026-11-03T14:00:00Z")).0, "{other:?}");
        }
        let (_, ended) = call(&alarm, ("roster.holes", 0), at("2026-11-03T14:00:00Z"));
        let ended: Value = serde_json::from_str(&ended).unwrap();
        assert_eq!(
            (&ended["data"]["state"], &ended["data"]["day"]),
            (&"ended".into(), &Value::Null)
        );
    }
}
