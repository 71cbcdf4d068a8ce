//! The letter that offers help to the person whom a landlord's or a tenant-owner association's notice concerns, where the municipality's profile sends one.
//!
//! It is no copy of anything and rests on no statute. It says that the municipality has been told that the home may be lost, that help is offered, and whom to
//! call; nothing of what the landlord wrote, no amount, no other person, no children. Its text is the profile's, else the built-in one.

use crate::domain::calendar::LocalTime;
use crate::domain::promise::OwnText;
use crate::letter::Letter;
use crate::letter::copy;
use crate::letter::copy::CopyFacts;
use crate::letter::placeholder::Placeholder;
use crate::letter::template;
use crate::letter::template::Fault;
use crate::letter::template::Templates;

/// What each text must tell: whom to call.
const REQUIRED: [Placeholder; 1] = [Placeholder::Telephone];

/// What no text of it may ask for: they belong to the confirmation, and there is none.
const FOREIGN: [Placeholder; 4] =
    [Placeholder::Facts, Placeholder::Scheduled, Placeholder::Confirmed, Placeholder::CaseNumber];

/// The built-in texts.
pub fn built_in() -> Templates {
    Templates {
        sv: include_str!("texts/offer.sv.txt").to_owned(),
        en: include_str!("texts/offer.en.txt").to_owned(),
    }
}

/// The municipality's own; ours in the language that it leaves out.
pub fn own(text: &OwnText) -> Templates {
    let en = text.en.clone().unwrap_or_else(|| built_in().en);
    Templates { sv: text.sv.clone(), en }
}

/// Everything wrong with the text of an offer, in the order of the text; empty when it may be used.
pub fn check_template(text: &str) -> Vec<Fault> {
    template::check(text, &REQUIRED, &FOREIGN)
}

/// The offer as a letter; `facts.caseworker` is whom to call. Set it by [`crate::letter::render`].
pub fn offer(facts: &CopyFacts, templates: &Templates, local_time: &LocalTime) -> Letter {
    copy::copy(facts, templates, local_time)
}

#[cfg(test)]
#[path = "tests/offer_tests.rs"]
mod tests;
