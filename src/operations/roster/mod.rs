//! `/ops/roster`: who is on duty now and in the days ahead, where nobody is, and the forms that change it. Whoever is on duty is named to Kronofogden
//! as the responsible caseworker.

pub(super) mod bounds;
mod forms;
mod keep;
mod lines;
mod told;
mod view;

pub(super) use keep::change;
pub(super) use view::page;

/// So many days are shown, today among them; holes are warned of as far ahead.
pub(super) const DAYS: u16 = 14;

/// A roster as text is longer than any other form.
pub(super) const FORM_BYTES: usize = 3 * crate::roster::keep::LONGEST;
