//! Letters to the person whom an eviction concerns, from the copy that waits to the proof that it was sent.
//!
//! [`gates`] says whether one may leave by itself, [`protection`] asks the named sources about protected identity, [`release`] writes what may leave or
//! was approved and follows one way with the next, [`posting`] puts it into the print folder or hands it to the letter service and follows it up,
//! [`approve`] is what a person does, [`cutoffs`] knows when the day's post is gone.
//!
//! **One copy for each time of an eviction.** The ordinance (SFS 2025:468 11 kap. 3 §) has the board confirm a notice of the time the same day, naming
//! the responsible caseworker, and send a copy of that confirmation to the person. A new time is a new notice: it has its own confirmation and its own copy.
//! A change of caseworker afterwards is confirmed to Kronofogden anew, but no notice of a time has come, and the person whom another letter about
//! the same eviction reaches may take it for another eviction. So no second letter goes by itself; a municipality that wants it says so
//! (`[letter] on_change`), and the letter then says what has changed. As long as the first copy has not gone it names whoever is responsible when it goes.

pub mod approve;
mod carrying;
pub mod config;
pub mod cutoffs;
pub mod gates;
mod judging;
pub mod needless;
pub mod office;
pub mod posting;
mod posting_service;
pub mod protection;
pub mod register;
pub mod release;
pub mod standing;

#[cfg(test)]
mod corpus_tests;

pub use config::Config;
pub use config::LetterWay;
pub use office::Office;
