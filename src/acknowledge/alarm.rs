//! The mail by which people at the municipality are told of a trouble with acknowledgements: what waits, how many, what to do. No word of any person.

use crate::acknowledge::config::Config;
use crate::acknowledge::config::TransportKind;
use crate::acknowledge::mail;
use crate::acknowledge::mail::Automatic;
use crate::acknowledge::transport::OutgoingMail;
use jiff::Timestamp;

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
