//! Acknowledgements: who is told what, by when, and how far that has come.
//!
//! An acknowledgement is a track of its own beside reading and delivery: it is due on the day the message arrived, whether or
//! not anyone could read it. States are those of the outward contract.

use crate::domain::notice::NoticeType;
use crate::domain::reference::Reference;
use serde::Deserialize;
use serde::Serialize;

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Recipient {
    /// The one who sent the message.
    Sender,
    /// Kronofogden, under socialtjänstförordningen (2025:468) 11 kap. 3 §.
    EnforcementAuthority,
    /// The person whom an eviction concerns.
    Person,
}

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Purpose {
    /// That the message arrived, and when.
    Receipt,
    /// The statutory confirmation that names the responsible caseworker.
    Confirmation,
    /// A copy of that confirmation.
    Copy,
    /// A letter to the person whom a landlord's notice concerns: that help is offered. Policy, never statute, and never a copy.
    Offer,
}

/// By what way it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Way {
    /// The answer to the request itself.
    Api,
    /// A mail.
    Mail,
    /// Receipt files beside the dropped file.
    Files,
    /// Letters in a folder, to be printed and posted the same day.
    Print,
    /// Letters through the municipality's messaging platform: digital post, else paper.
    Service,
    /// A machine answer in a folder that Kronofogden's system fetches from.
    Folder,
    /// The same in a folder on a server that is reached by SFTP.
    Sftp,
    /// Handed out by our API when Kronofogden's own client asks.
    Feed,
    /// A signed call that tells Kronofogden's system where to fetch it.
    Webhook,
    /// One mail that joins the receipts of several messages from one sender.
    Digest,
    /// Not decided yet (who is named, whether a letter may leave), or no way is configured: it stays outstanding and is shown so.
    Outstanding,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AcknowledgementState {
    /// Not sent yet.
    Pending,
    /// Accepted by the recipient's side: 250 after DATA, a receipt file renamed into place, a committed answer.
    Sent,
    /// Failed for now; will be tried again.
    Retrying,
    /// A delivery status notification said that it did not arrive.
    Bounced,
    /// Given up; a person must act.
    Failed,
    /// Not sent on purpose; the reason is recorded. Never for a confirmation or a copy; a letter that offers help may be.
    Suppressed,
}

macro_rules! words {
    ($type:ty { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $type {
            /// Every value, in the order of the contract.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stable word of the outward contract.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the stable word.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use words;

words!(Recipient { Sender = "sender", EnforcementAuthority = "enforcementAuthority", Person = "person" });
words!(Purpose { Receipt = "receipt", Confirmation = "confirmation", Copy = "copy", Offer = "offer" });

impl Purpose {
    /// Whether a statute demands it (SFS 2025:468 11 kap. 3 §).
    pub fn is_statutory(self) -> bool {
        match self {
            Self::Confirmation | Self::Copy => true,
            Self::Receipt | Self::Offer => false,
        }
    }

    /// What the person is sent about a type of notice.
    pub fn to_person(kind: NoticeType) -> Self {
        if kind.demands_copy_to_person() { Self::Copy } else { Self::Offer }
    }
}

words!(Way {
    Api = "api",
    Mail = "mail",
    Files = "files",
    Print = "print",
    Service = "service",
    Folder = "folder",
    Sftp = "sftp",
    Feed = "feed",
    Webhook = "webhook",
    Digest = "digest",
    Outstanding = "outstanding",
});
words!(AcknowledgementState {
    Pending = "pending",
    Sent = "sent",
    Retrying = "retrying",
    Bounced = "bounced",
    Failed = "failed",
    Suppressed = "suppressed",
});

/// Which acknowledgement: of which message or notice, to whom, for what, by which way, and the how-manieth (0 = first).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AcknowledgementKey {
    /// The message's reference for receipts; the notice's for confirmations and letters.
    pub reference: Reference,
    /// Who is told.
    pub recipient: Recipient,
    /// What is told.
    pub purpose: Purpose,
    /// By which way.
    pub way: Way,
    /// 0 for the first; a repeated drop of the same file gets its own receipt with the next number.
    pub version: u32,
}

impl AcknowledgementKey {
    /// The key as one word, `reference/recipient/purpose/way/version`: what jobs and the journal call it.
    pub fn subject(&self) -> String {
        format!(
            "{}/{}/{}/{}/{}",
            self.reference,
            self.recipient.as_str(),
            self.purpose.as_str(),
            self.way.as_str(),
            self.version
        )
    }

    /// Reads [`AcknowledgementKey::subject`].
    pub fn parse(subject: &str) -> Option<Self> {
        let mut parts = subject.split('/');
        let key = Self {
            reference: Reference::parse(parts.next()?)?,
            recipient: Recipient::parse(parts.next()?)?,
            purpose: Purpose::parse(parts.next()?)?,
            way: Way::parse(parts.next()?)?,
            version: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(key)
    }
}
