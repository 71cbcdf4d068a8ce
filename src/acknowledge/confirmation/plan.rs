//! Plans a confirmation by one of the ways to Kronofogden: what is stored, and sent as it was stored.

use crate::acknowledge::Contact;
use crate::acknowledge::Planned;
use crate::acknowledge::Rendering;
use crate::acknowledge::config::Config;
use crate::acknowledge::config::ConfirmationWay;
use crate::acknowledge::confirmation::Confirmation;
use crate::acknowledge::confirmation::Replaced;
use crate::acknowledge::confirmation::event;
use crate::acknowledge::confirmation::folder::FolderAddress;
use crate::acknowledge::confirmation::words;
use crate::acknowledge::mail;
use crate::acknowledge::mail::Automatic;
use crate::acknowledge::plan::mail_address;
use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::calendar::LocalTime;
use crate::domain::caseworker::Caseworker;
use crate::domain::notice::Notice;
use crate::domain::promise::OwnText;
use crate::domain::reference::Reference;
use crate::http::urls::ApiRoot;
use jiff::Timestamp;
use jiff::civil::Date;
use std::sync::Arc;

/// Whose running number it bears.
const COUNTER: &str = "confirmations";

/// What is known when a confirmation is written.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// What we call the notice.
    pub reference: &'a Reference,
    /// The how-manieth confirmation of it.
    pub version: u32,
    /// The notice.
    pub notice: &'a Notice,
    /// When it arrived.
    pub received_at: Timestamp,
    /// The local day of that.
    pub arrival_date: Date,
    /// When it is due: the end of the day of arrival, or, of a later one, of the day on which another was named.
    pub due_at: Timestamp,
    /// Who is named.
    pub caseworker: &'a Caseworker,
    /// Whom to ask.
    pub contact: &'a Contact,
    /// The municipality's time.
    pub local_time: &'a LocalTime,
    /// Where our API is reached.
    pub root: &'a ApiRoot,
    /// The notice of the same case whose time it takes the place of.
    pub replaces: Option<&'a Replaced>,
    /// The municipality's own text for mails.
    pub text: Option<&'a OwnText>,
    /// It as it was written before (JSON with its number), for a way that failed.
    pub written: Option<&'a str>,
}

/// A confirmation by one of the ways, ready to store.
pub struct Drawn {
    /// What is sent.
    pub planned: Planned,
    /// The confirmation itself as JSON, for the series of all; nothing where it stands there already.
    pub document: Rendering,
}

/// The confirmation by one of the configured ways, rendered and ready to store; `None` where that way is not configured. `now` becomes its date,
/// unless it was written before, for another way.
pub fn plan(
    config: &Config,
    facts: &Facts<'_>,
    way: ConfirmationWay,
    now: Timestamp,
) -> Option<Drawn> {
    let written = facts.written.and_then(|json| serde_json::from_str(json).ok());
    let confirmation: Confirmation = written.unwrap_or_else(|| Confirmation::of(facts, now));
    let number = confirmation.number;
    let numbered = |render: Arc<dyn Fn(i64) -> Vec<u8> + Send + Sync>| match number {
        0 => Rendering::Numbered { counter: COUNTER.to_owned(), render },
        number => Rendering::Bytes(render(number)),
    };
    let as_json = {
        let confirmation = confirmation.clone();
        numbered(Arc::new(move |number| confirmation.numbered_json(number)))
    };
    let authority = &config.enforcement_authority;
    let key = |way| AcknowledgementKey {
        reference: facts.reference.clone(),
        recipient: Recipient::EnforcementAuthority,
        purpose: Purpose::Confirmation,
        way,
        version: facts.version,
    };
    // Where the configuration alone knows the place, a mended one holds for what waits too.
    let configured = || "{}".to_owned();
    let (key, address, rendering) = match way {
        ConfirmationWay::Folder => {
            let address = FolderAddress { folder: authority.folder.clone()? };
            (key(Way::Folder), serde_json::to_string(&address).ok()?, as_json.clone())
        }
        ConfirmationWay::Sftp => {
            authority.sftp.as_ref()?;
            (key(Way::Sftp), configured(), as_json.clone())
        }
        ConfirmationWay::Feed => (key(Way::Feed), configured(), as_json.clone()),
        ConfirmationWay::Webhook => {
            authority.webhook.as_ref()?;
            let (root, reference) = (facts.root.clone(), facts.reference.clone());
            let (version, at) = (facts.version, confirmation.confirmed_at);
            let render =
                move |number| event::payload(&root, (&reference, version, number), at).into_bytes();
            (key(Way::Webhook), configured(), numbered(Arc::new(render)))
        }
        ConfirmationWay::Mail => {
            let to = authority.mail.clone()?;
            let key = key(Way::Mail);
            let render = as_mail(config, facts, confirmation.clone(), (&key, &to), now);
            (key, mail_address(config, to)?, numbered(render))
        }
    };
    let planned = Planned {
        key,
        state: AcknowledgementState::Pending,
        due_at: facts.due_at,
        promised_at: None,
        reason: None,
        address: Some(address),
        rendering,
    };
    let document = if number == 0 { as_json } else { Rendering::Nothing };
    Some(Drawn { planned, document })
}

/// A new message to the agreed address, never an answer to one that a header names. It says that it is late when it is itself, which one that
/// tells of a new caseworker on a later day is not.
fn as_mail(
    config: &Config,
    facts: &Facts<'_>,
    confirmation: Confirmation,
    (key, to): (&AcknowledgementKey, &str),
    now: Timestamp,
) -> Arc<dyn Fn(i64) -> Vec<u8> + Send + Sync> {
    let (reference, domain) = (key.reference.as_str(), config.message_id_domain());
    let message_id = format!(
        "{reference}.{}.{}.{}@{domain}",
        key.recipient.as_str(),
        key.purpose.as_str(),
        key.version
    );
    let subject = format!("Bekraftelse {reference}");
    let same_day = now.as_second() <= facts.due_at.as_second();
    let own = facts.text.map(|text| text.sv.clone());
    let (from, to, local_time) = (config.from.clone(), to.to_owned(), facts.local_time.clone());
    Arc::new(move |number| {
        let told = Confirmation { number, same_day, ..confirmation.clone() };
        mail::compose(&mail::Letter {
            from: &from,
            to: &to,
            subject: &subject,
            message_id: &message_id,
            in_reply_to: None,
            references: &[],
            automatic: Automatic::Generated,
            date: now,
            text: &words::text(&told, &local_time, own.as_deref()),
            document: None,
        })
    })
}
