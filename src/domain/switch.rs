//! Whether acknowledgements leave by a way: on, held back, or made and kept but not sent.

use crate::domain::acknowledgement::Way;
use crate::domain::acknowledgement::words;

/// What a person has set a way out to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Switch {
    /// What goes this way is sent.
    #[default]
    On,
    /// Nothing leaves; what waits goes when the way is on again.
    Off,
    /// Everything is made and stored as it would be sent, and nothing leaves: it counts as failed, and a person decides about each.
    DryRun,
}

words!(Switch { On = "on", Off = "off", DryRun = "dry-run" });

impl Way {
    /// The way out that a person switches, where something leaves by it at all: receipts that are joined into one go by mail, too.
    pub fn switched_as(self) -> Option<Self> {
        match self {
            Self::Mail | Self::Digest => Some(Self::Mail),
            Self::Files
            | Self::Folder
            | Self::Print
            | Self::Service
            | Self::Sftp
            | Self::Feed
            | Self::Webhook => Some(self),
            Self::Api | Self::Outstanding => None,
        }
    }
}
