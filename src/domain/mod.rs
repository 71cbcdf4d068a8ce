//! The vocabulary of the house: what a notice is and what can happen to it. Pure: no async, no clock, no I/O.
//!
//! Swedish terms are explained where they first appear; the sources (SFS paragraphs, RFCs) stand beside the rule they bind.

pub mod acknowledgement;
pub mod answer;
pub mod assignment;
pub mod braces;
pub mod calendar;
pub mod caseworker;
pub mod copy_reason;
pub mod correction;
pub mod delivery;
pub mod digest;
pub mod document;
pub mod enclosure;
pub mod failure;
pub mod finding;
pub mod holidays;
pub mod labels;
pub mod link;
pub mod masked;
pub mod moment;
pub mod money;
pub mod notice;
pub mod organisation_number;
pub mod person_id;
pub mod promise;
pub mod proof;
pub mod protection;
pub mod received;
pub mod reference;
pub mod retry;
pub mod standing;
pub mod switch;
pub mod thresholds;
