//! The mail by which people at the municipality get the report of a day each morning. References and numbers; no word of any person.

use crate::acknowledge::config::Config;
use crate::acknowledge::config::TransportKind;
use crate::acknowledge::header;
use crate::acknowledge::mail;
use crate::acknowledge::mail::Automatic;
use crate::acknowledge::transport::OutgoingMail;
use crate::domain::masked::Masked;
use jiff::Timestamp;
use jiff::civil::Date;

/// The mail to one address, rendered to be stored before it is sent; `None` where no mail goes out, or to no such address.
pub fn render(config: &Config, day: Date, text: &str, to: &str, now: Timestamp) -> Option<Masked> {
    if config.transport == TransportKind::None {
        return None;
    }
    let to = header::mailbox(to)?;
    let bytes = mail::compose(&mail::Letter {
        from: &config.from,
        to: &to,
        subject: &format!("kvittens: rapport {day}"),
        message_id: &format!("{}@{}", uuid::Uuid::new_v4(), config.message_id_domain()),
        in_reply_to: None,
        references: &[],
        automatic: Automatic::Generated,
        date: now,
        text,
        document: None,
    });
    String::from_utf8(bytes).ok().map(Masked::new)
}

/// What was rendered, with its envelope.
pub fn outgoing(config: &Config, to: &str, rendered: &Masked) -> OutgoingMail {
    let from = Some(config.from.address.clone()).filter(|_| !config.null_return_path);
    OutgoingMail { from, to: to.to_owned(), bytes: rendered.reveal().to_owned().into() }
}

/// Whether mail can be sent to it, for `check`.
pub fn is_address(text: &str) -> bool {
    header::mailbox(text).is_some()
}
