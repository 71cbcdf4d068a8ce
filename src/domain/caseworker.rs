//! The responsible caseworker (ansvarig handläggare), whom the confirmation of a notice must name (SFS 2025:468 11:3).
//!
//! Who it is may come from the case system, from the duty roster or from a person who enters it; what is told is the same.

use crate::domain::masked::Masked;

/// A caseworker as a confirmation names them. Nothing of it is shown by `Debug`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Caseworker {
    /// First name and family name.
    pub name: Masked,
    /// The telephone at work, as people write it.
    pub telephone: Masked,
    /// The mail address at work.
    pub mail: Masked,
    /// What they are, in Swedish, such as `socialsekreterare`.
    pub title_sv: Option<String>,
    /// What they are, in English.
    pub title_en: Option<String>,
}
