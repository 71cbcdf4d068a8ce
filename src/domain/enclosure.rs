//! What is put with a notice's case after its hand-over, and how each piece is called: the same at every attempt, so that none lies there twice.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::reference::Reference;

/// One piece that belongs with a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnclosureKey {
    /// What was sent about the notice.
    Sent(AcknowledgementKey),
    /// What a person corrected of it after the case system had it.
    Corrected {
        /// The notice.
        reference: Reference,
        /// The how-manieth correction, from 1.
        version: u32,
    },
}

/// The word for a correction, where another piece has its purpose.
const CORRECTION: &str = "correction";

impl EnclosureKey {
    /// The notice with whose case it lies.
    pub fn reference(&self) -> &Reference {
        match self {
            Self::Sent(key) => &key.reference,
            Self::Corrected { reference, .. } => reference,
        }
    }

    /// `confirmation`, `copy`, `offer` or `correction`.
    pub fn purpose(&self) -> &'static str {
        match self {
            Self::Sent(key) => key.purpose.as_str(),
            Self::Corrected { .. } => CORRECTION,
        }
    }

    /// How many of its purpose lie there before it.
    pub fn ordinal(&self) -> u32 {
        match self {
            Self::Sent(key) => key.version,
            Self::Corrected { version, .. } => version.saturating_sub(1),
        }
    }

    /// The key as one word: the acknowledgement's own, or `reference/correction/version`.
    pub fn subject(&self) -> String {
        match self {
            Self::Sent(key) => key.subject(),
            Self::Corrected { reference, version } => format!("{reference}/{CORRECTION}/{version}"),
        }
    }

    /// Reads [`EnclosureKey::subject`].
    pub fn parse(subject: &str) -> Option<Self> {
        let mut parts = subject.split('/');
        let reference = Reference::parse(parts.next()?)?;
        if parts.next()? != CORRECTION {
            return AcknowledgementKey::parse(subject).map(Self::Sent);
        }
        let version = parts.next()?.parse().ok()?;
        parts.next().is_none().then_some(Self::Corrected { reference, version })
    }
}

#[cfg(test)]
mod tests {
    use super::EnclosureKey;

    #[test]
    fn a_key_is_read_back_as_it_was_written() {
        for (subject, purpose, ordinal) in [
            ("AVH-7K4M-2QX6/enforcementAuthority/confirmation/mail/1", "confirmation", 1),
            ("AVH-7K4M-2QX6/correction/1", "correction", 0),
        ] {
            let key = EnclosureKey::parse(subject).unwrap();
            assert_eq!(
                (key.subject().as_str(), key.purpose(), key.ordinal()),
                (subject, purpose, ordinal)
            );
        }
        for odd in
            ["", "AVH-7K4M-2QX6", "AVH-7K4M-2QX6/correction/x", "AVH-7K4M-2QX6/correction/1/2"]
        {
            assert_eq!(EnclosureKey::parse(odd), None, "{odd}");
        }
    }
}
