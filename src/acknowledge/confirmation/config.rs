//! `[acknowledge.enforcement_authority]`: by what ways confirmations reach Kronofogden, as was agreed with it.

use crate::acknowledge::config::Config;
use crate::acknowledge::config::Faults;
use crate::acknowledge::config::TransportKind;
use crate::acknowledge::header;
use crate::acknowledge::webhook;
use crate::domain::acknowledgement::Way;
use crate::files::sftp::section::Section;
use jiff::SignedDuration;
use serde::Deserialize;
use std::path::PathBuf;

/// Where confirmations under SFS 2025:468 11:3 go, by agreement with Kronofogden.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EnforcementAuthority {
    /// The first is used; each of the others when those before it have failed for good.
    pub ways: Vec<ConfirmationWay>,
    /// The folder from which Kronofogden's system fetches confirmations, for the way `folder`.
    pub folder: Option<PathBuf>,
    /// The agreed address, for the way `mail`: a confirmation names a case number, so the way there must be a secure one.
    pub mail: Option<String>,
    /// The folder on a server, for the way `sftp`.
    pub sftp: Option<Section>,
    /// Kronofogden's receiver, for the way `webhook`: it is told where to fetch a confirmation from the feed.
    pub webhook: Option<webhook::Config>,
    /// What nobody has fetched from the feed after this time goes by the next way, where the way is `feed` and there is a next one.
    pub feed_within: SignedDuration,
    /// The file that always holds what Kronofogden has not been told, to be printed when the system is down.
    pub list: Option<PathBuf>,
}

impl Default for EnforcementAuthority {
    fn default() -> Self {
        Self {
            ways: Vec::new(),
            folder: None,
            mail: None,
            sftp: None,
            webhook: None,
            feed_within: SignedDuration::from_hours(1),
            list: None,
        }
    }
}

/// A way to Kronofogden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConfirmationWay {
    /// Files in a folder.
    Folder,
    /// A mail.
    Mail,
    /// Files in a folder on a server.
    Sftp,
    /// The API's feed, which Kronofogden's own client reads.
    Feed,
    /// A call that tells of a confirmation in the feed.
    Webhook,
}

impl ConfirmationWay {
    /// As acknowledgements call it.
    pub fn way(self) -> Way {
        match self {
            Self::Folder => Way::Folder,
            Self::Mail => Way::Mail,
            Self::Sftp => Way::Sftp,
            Self::Feed => Way::Feed,
            Self::Webhook => Way::Webhook,
        }
    }
}

/// Everything wrong or worth knowing about the section.
pub(in crate::acknowledge) fn faults(config: &Config, faults: &mut Faults) {
    let authority = &config.enforcement_authority;
    if authority.ways.is_empty() {
        faults.notice(
            "enforcement_authority.ways",
            "No way to Kronofogden is configured: confirmations under SFS 2025:468 11:3 are shown, and a person must send them.",
        );
    }
    for (at, way) in authority.ways.iter().enumerate() {
        if authority.ways[..at].contains(way) {
            faults.fatal("enforcement_authority.ways", "Name each way once.");
        }
        of_way(config, *way, faults);
    }
    for (key, text) in authority.sftp.iter().flat_map(Section::faults) {
        faults.fatal(&format!("enforcement_authority.sftp.{key}"), text);
    }
    for (key, text) in authority.webhook.iter().flat_map(webhook::Config::faults) {
        faults.fatal(&format!("enforcement_authority.webhook.{key}"), text);
    }
    if authority.list.as_ref().is_some_and(|list| !list.is_absolute() || list.file_name().is_none())
    {
        faults.fatal("enforcement_authority.list", "Give the whole path of a file.");
    }
    if authority.feed_within < SignedDuration::from_secs(1) {
        faults.fatal("enforcement_authority.feed_within", "Must be at least \"1s\".");
    }
}

fn of_way(config: &Config, way: ConfirmationWay, faults: &mut Faults) {
    let authority = &config.enforcement_authority;
    match way {
        ConfirmationWay::Folder if authority.folder.is_none() => {
            faults
                .fatal("enforcement_authority.folder", "Name the folder of the way \"folder\".");
        }
        ConfirmationWay::Mail if config.transport == TransportKind::None => faults.fatal(
            "enforcement_authority.ways",
            "The way \"mail\" needs a transport: set acknowledge.transport.",
        ),
        ConfirmationWay::Mail => {
            let address = authority.mail.as_deref().unwrap_or_default();
            if header::mailbox(address).as_deref() != Some(address) {
                faults.fatal(
                    "enforcement_authority.mail",
                    "Give the one plain mail address that was agreed.",
                );
            }
        }
        ConfirmationWay::Sftp if authority.sftp.is_none() => faults.fatal(
            "enforcement_authority.sftp",
            "Describe the server of the way \"sftp\" in [acknowledge.enforcement_authority.sftp].",
        ),
        ConfirmationWay::Webhook if authority.webhook.is_none() => faults.fatal(
            "enforcement_authority.webhook",
            "Describe the receiver of the way \"webhook\" in [acknowledge.enforcement_authority.webhook].",
        ),
        ConfirmationWay::Folder
        | ConfirmationWay::Sftp
        | ConfirmationWay::Feed
        | ConfirmationWay::Webhook => {}
    }
}
