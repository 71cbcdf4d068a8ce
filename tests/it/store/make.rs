//! Messages made up for the store's tests.

use bytes::Bytes;
use jiff::SignedDuration;
use jiff::Timestamp;
use kvittens::domain::acknowledgement::AcknowledgementKey;
use kvittens::domain::acknowledgement::AcknowledgementState;
use kvittens::domain::acknowledgement::Purpose;
use kvittens::domain::acknowledgement::Recipient;
use kvittens::domain::acknowledgement::Way;
use kvittens::domain::answer::Answer;
use kvittens::domain::answer::AnsweredNotice;
use kvittens::domain::assignment::Assignment;
use kvittens::domain::assignment::Priority;
use kvittens::domain::assignment::Routine;
use kvittens::domain::delivery::DeliveryState;
use kvittens::domain::digest::Digest;
use kvittens::domain::masked::Masked;
use kvittens::domain::notice::NoticeType;
use kvittens::domain::received::Channel;
use kvittens::domain::received::Envelope;
use kvittens::domain::received::Format;
use kvittens::domain::received::ReplyTo;
use kvittens::domain::received::Sender;
use kvittens::domain::received::SourceKey;
use kvittens::domain::reference::Prefix;
use kvittens::domain::reference::Reference;
use kvittens::store::Claim;
use kvittens::store::ClaimedJob;
use kvittens::store::Instance;
use kvittens::store::JobKind;
use kvittens::store::NewAcknowledgement;
use kvittens::store::NewNotice;
use kvittens::store::Record;
use kvittens::store::Rendering;
use kvittens::store::Store;
use std::sync::Arc;

/// What a made-up message is like.
pub(super) struct Made<'a> {
    pub(super) channel: Channel,
    pub(super) sender: &'a str,
    pub(super) key: &'a str,
    pub(super) occurrence: Option<&'a str>,
}

impl Default for Made<'_> {
    fn default() -> Self {
        Self { channel: Channel::Api, sender: "landlord", key: "key", occurrence: None }
    }
}

impl Made<'_> {
    pub(super) fn folder() -> Self {
        Self { channel: Channel::Folder, ..Self::default() }
    }
}

fn draw() -> Reference {
    Reference::compose(&Prefix::parse("AVH").unwrap(), rand::random())
}

/// A message of one notice under fresh references.
pub(super) fn record(made: &Made<'_>) -> Record {
    let reference = draw();
    let now = Timestamp::UNIX_EPOCH.saturating_add(SignedDuration::from_hours(500_000)).unwrap();
    let original = Bytes::from(format!("{} {}", made.sender, made.key));
    let notices = vec![AnsweredNotice {
        reference: reference.clone(),
        kind: NoticeType::RentArrears,
        findings: Vec::new(),
        needs_review: false,
    }];
    let answer = Answer {
        reference: reference.clone(),
        received_at: now,
        arrival_date: jiff::civil::date(2027, 1, 15),
        sha256: Digest::of(&original),
        notices,
    };
    Record {
        envelope: envelope(made, now),
        original,
        answer,
        board: "board".to_owned(),
        sender_reference: None,
        sealed: None,
        bounce: None,
        notices: vec![notice(&reference)],
        acknowledgements: receipts(&reference, made.channel),
        begun: None,
        canary: None,
    }
}

fn envelope(made: &Made<'_>, now: Timestamp) -> Envelope {
    Envelope {
        channel: made.channel,
        source_key: SourceKey {
            door: made.channel.as_str().to_owned(),
            sender: made.sender.to_owned(),
            key: made.key.to_owned(),
        },
        occurrence: made.occurrence.map(str::to_owned),
        sender: Sender { partner: Some(made.sender.to_owned()), address: None, proof: None },
        reply_to: ReplyTo::Api { mail_to: None },
        format: Format::Json,
        file_name: None,
        continues: None,
        speaks_of: None,
        received_at: now,
        seen_at: now,
    }
}

fn notice(reference: &Reference) -> NewNotice {
    NewNotice {
        reference: reference.clone(),
        kind: NoticeType::RentArrears,
        state: DeliveryState::Queued,
        reason: None,
        assignment: Assignment {
            board: "board".to_owned(),
            unit: "unit".to_owned(),
            co_units: Vec::new(),
            routine: Routine::Unknown,
            intake_type: "Underrättelse".to_owned(),
            reason_code: "Obetald hyra".to_owned(),
            priority: Priority::Normal,
        },
        notice_json: r#"{"schemaVersion":"1.0","type":"rentArrears","text":"å\u0000ä"}"#.to_owned(),
        sameness: Some(Masked::new(reference.to_string())),
        identities: vec!["198501012390".to_owned()],
        job: Some(JobKind::Deliver),
    }
}

/// The sender's receipt: sent with the answer at the API, numbered and pending for files.
pub(super) fn receipts(reference: &Reference, channel: Channel) -> Vec<NewAcknowledgement> {
    let files = channel == Channel::Folder;
    let render = Arc::new(|number: i64| format!("receipt {number}"));
    vec![NewAcknowledgement {
        key: AcknowledgementKey {
            reference: reference.clone(),
            recipient: Recipient::Sender,
            purpose: Purpose::Receipt,
            way: if files { Way::Files } else { Way::Api },
            version: 0,
        },
        state: if files { AcknowledgementState::Pending } else { AcknowledgementState::Sent },
        due_at: Timestamp::MAX.min(Timestamp::from_second(2_000_000_000).unwrap()),
        promised_at: None,
        owed_at: None,
        reason: None,
        address: files.then(|| "{}".to_owned()),
        rendering: match files {
            true => Rendering::Numbered { counter: "receipts:demo".to_owned(), render },
            false => Rendering::Nothing,
        },
        job: files,
        wait: jiff::SignedDuration::ZERO,
    }]
}

/// A claim of everything due, by `holder`.
pub(super) fn claim(kind: JobKind, holder: &str, limit: u32) -> Claim {
    Claim {
        kind,
        holder: Instance(holder.to_owned()),
        lease: SignedDuration::from_mins(2),
        limit,
        only: None,
    }
}

/// Claims all that is due.
pub(super) async fn claim_all(store: &Store, kind: JobKind) -> Vec<ClaimedJob> {
    store.claim(claim(kind, "test", 10_000)).await.unwrap()
}
