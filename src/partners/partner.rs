//! One partner's file: who it is, by which doors it sends, how its mail is known, and how it wants its receipts.

use crate::domain::labels::Labels;
use crate::domain::masked::Masked;
use crate::domain::notice::SenderKind;
use crate::domain::organisation_number::OrganisationNumber;
use crate::domain::received::Channel;
use serde::Deserialize;

/// A known sender. The file's name without `.toml` is its id.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// The id: lower-case letters, digits and hyphens. A drop folder and an API client of the same name are this partner's.
    #[serde(skip)]
    pub id: String,
    /// Its name, as people say it.
    pub name: String,
    /// What kind of sender it is, in the words of a notice's `sender.kind`.
    pub kind: SenderKind,
    /// Its organisationsnummer.
    #[serde(default)]
    pub organisation_number: Option<String>,
    /// The doors it may use; all when absent. What comes from it by another door is taken as from an unknown sender.
    #[serde(default)]
    pub doors: Option<Vec<Door>>,
    /// The formats agreed with it; all when absent. Another one is taken all the same and goes to a person.
    #[serde(default)]
    pub formats: Option<Vec<AgreedFormat>>,
    /// How its mail is known.
    #[serde(default)]
    pub mail: MailRules,
    /// API clients that are it, beside the one of its own id.
    #[serde(default)]
    pub api_clients: Vec<String>,
    /// How it wants its receipts.
    #[serde(default)]
    pub receipts: Receipts,
    /// How much it sends.
    #[serde(default)]
    pub limits: Limits,
    /// What it calls its columns and the lines of its forms, and the field of the notice that each of them names.
    #[serde(default)]
    pub labels: Labels,
    /// Whom to ask at the partner.
    #[serde(default)]
    pub contact: Contact,
}

/// A way in, as a partner's file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Door {
    /// Mail, however it is fetched.
    Mail,
    /// The HTTP API.
    Api,
    /// A drop folder.
    Folder,
    /// A folder on an SFTP server.
    Sftp,
}

/// A format, as a partner's file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AgreedFormat {
    /// JSON notices.
    Json,
    /// XML notices.
    Xml,
    /// One notice a row.
    Csv,
    /// Free text, letters and forms.
    Text,
}

/// How a partner's mail is known.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailRules {
    /// The addresses it writes from.
    pub addresses: Vec<String>,
    /// The domains it writes from, subdomains included. Never a domain where anyone can have a mailbox.
    pub domains: Vec<String>,
    /// What must vouch for a mail before it counts as this partner's.
    pub proof: Demand,
    /// Its system sends as a machine does (`Auto-Submitted`, a list header, an empty return path): its mail is a notice and gets a receipt.
    pub automatic: bool,
}

/// What must vouch for a partner's mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Demand {
    /// DKIM or SPF that is aligned with its domain.
    #[default]
    Required,
    /// Nothing: its domain signs nothing yet. Its own reference is not told back by mail then.
    None,
}

/// How a partner wants its receipts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Receipts {
    /// Where receipts by mail go instead of to the sender's address: for systems that send from an address nobody reads.
    pub to: Option<Masked>,
    /// In which languages, in their order; the gateway's own when empty.
    pub languages: Vec<ReceiptLanguage>,
    /// What a receipt by mail is made of. Receipt files have their two forms always.
    pub form: ReceiptForm,
}

/// What a receipt by mail is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReceiptForm {
    /// Text that people read.
    #[default]
    Text,
    /// The text, and the same as JSON in an attachment (`schemas/receipt.v1.schema.json`).
    Json,
}

/// A language of receipts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReceiptLanguage {
    /// Swedish.
    Sv,
    /// English.
    En,
}

/// How much a partner sends.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Receipts by mail an hour before the rest is joined into one digest; the gateway's own number when absent.
    pub receipts_per_hour: Option<u32>,
    /// How long it is usually silent at most, in days. More is shown as a warning.
    pub silent_days: Option<u32>,
}

/// Whom to ask at a partner. Shown to staff, never sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Contact {
    /// A person or a desk.
    pub name: Option<Masked>,
    /// A telephone number.
    pub telephone: Option<Masked>,
    /// A mail address.
    pub email: Option<Masked>,
}

impl Contact {
    /// All of it on one line, for staff.
    pub fn line(&self) -> Option<String> {
        let parts = [&self.name, &self.telephone, &self.email].into_iter().flatten();
        let told: Vec<&str> = parts.map(|text| text.reveal()).collect();
        (!told.is_empty()).then(|| told.join(", "))
    }
}

impl Partner {
    /// Whether it may send by this channel.
    pub fn may_use(&self, channel: Channel) -> bool {
        let door = match channel {
            Channel::Api => Door::Api,
            Channel::Folder => Door::Folder,
            Channel::Maildir | Channel::Mailbox => Door::Mail,
            Channel::Sftp => Door::Sftp,
        };
        self.doors.as_ref().is_none_or(|doors| doors.contains(&door))
    }

    /// Every fault of the file by itself, each with its key.
    pub(super) fn faults(&self) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        let mut fault = |key: &str, text: &str| faults.push((key.to_owned(), text.to_owned()));
        if self.name.trim().is_empty() {
            fault("name", "name the partner");
        }
        if let Some(number) = &self.organisation_number
            && !matches!(OrganisationNumber::read(number), (Some(_), None))
        {
            fault("organisation_number", "is no organisationsnummer; check its digits");
        }
        if self.doors.as_ref().is_some_and(Vec::is_empty) {
            fault("doors", "an empty list shuts every door; remove the key or name the doors");
        }
        if self.formats.as_ref().is_some_and(Vec::is_empty) {
            fault("formats", "an empty list agrees on nothing; remove the key or name the formats");
        }
        for address in &self.mail.addresses {
            if !super::names::is_address(address) {
                fault("mail.addresses", "holds something that is no mail address");
            }
        }
        for domain in &self.mail.domains {
            match () {
                () if !super::names::is_domain(domain) => {
                    fault("mail.domains", "holds something that is no domain");
                }
                () if super::names::is_public(domain) => {
                    let text =
                        "anyone can have a mailbox there; list the partner's addresses instead";
                    fault("mail.domains", text);
                }
                () => {}
            }
        }
        if let Some(to) = &self.receipts.to
            && !super::names::is_address(to.reveal())
        {
            fault("receipts.to", "is no mail address");
        }
        if self.limits.receipts_per_hour == Some(0) {
            fault("limits.receipts_per_hour", "must be at least 1: no receipt is ever dropped");
        }
        faults
    }
}
