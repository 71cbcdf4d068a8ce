//! # The path of a notice
//!
//! When a household risks eviction, landlords and Kronofogden (the Enforcement Authority) must tell the municipality's social services.
//! This is the gateway that receives what they send, acknowledges it the same day, and routes it into the case system.
//!
//! Follow one notice through the rooms, in the order they are declared here:
//!
//! 1. It knocks at a door ([`intake`]): a request ([`intake::api`]), a file ([`intake::folder`], [`intake::sftp`]), a mail ([`intake::maildir`],
//!    [`intake::mailbox`]). The door wraps the
//!    bytes in an envelope ([`domain::received`]) and hands them over together with the means to settle them.
//!    Its sender is recognised ([`partners`]), and it is looked through for malware ([`malware`]).
//! 2. It is read ([`normalize`]) into the canonical notice ([`domain::notice`]). What cannot be read is stored all the same, acknowledged,
//!    and given to a person. PDF, Word, Excel and archives are read
//!    after the commit, each in a process of its own ([`sandbox`], [`pipeline::reading`]); it waits
//!    for that, acknowledged.
//! 3. It is given a unit, a routine and a priority ([`routing`]), from the municipality's profile.
//! 4. Its acknowledgements are planned and rendered ([`mod@acknowledge`]): who is told what, by when. The statutory one names the
//!    responsible caseworker ([`domain::caseworker`]): whom the case system tells, else whoever is on the duty roster ([`roster`]).
//!    The copy to the person concerned and a receipt to print are letters ([`letter`]): PDF that a screen reader can read. Whether one may leave, and how,
//!    is seen to in [`pipeline::letters`].
//! 5. Bytes, notices, acknowledgements, jobs and history are committed in one transaction ([`store`]).
//! 6. Only then is it settled with its door, by the pipeline ([`pipeline::receive`]) that joined all these.
//! 7. Its receipt is sent ([`pipeline::acknowledge`]), the same bytes however often it must be tried. Whoever holds it can prove it
//!    without asking anyone ([`seal`]).
//! 8. It crosses the queue ([`queue`]): embedded in the store, or RabbitMQ ([`pipeline::broker`]).
//! 9. The earlier notice that it belongs to is found ([`pipeline::linking`]), and it becomes a case ([`case_system`]): the attempt is committed before its first byte leaves, and an attempt without an answer is looked up
//!    before it is repeated ([`pipeline::deliver`]).
//! 10. Its sender may ask how it stands ([`public`]), those who watch see it ([`operations`]) and correct what was misread
//!     ([`pipeline::correcting`]), and the next morning the day is reported ([`report`]).
//!
//! **The promise.** A message is settled only after its bytes are committed and synced; from then on it has an acknowledgement with a deadline
//! and an owner, whether or not anyone could read it; it ends in exactly one of delivered, parked for a person, or dismissed by a
//! person; a duplicate gets the first one's answer.
//!
//! **Who may import whom** (`tests/tidy.rs` checks it): [`domain`] nothing of ours; [`clock`], [`telemetry`], [`http`], [`files`], [`mail`], [`pulse`], [`report`], [`sandbox`], [`seal`] only the
//! domain; the stages 1–5, 8 and 9 those two levels, never a sibling; [`pipeline`], [`operations`], [`public`] the stages, not each
//! other; [`config`], [`gateway`], [`register`], [`watchman`], [`commands`], [`demo`] everything. A stage that needs something of the store declares a small trait
//! of its own, which [`pipeline::ports`] implements.
//!
//! Beside the plan that the house began from, there is a room [`mail`] at the level of [`files`]: doors and readers both need the headers of a
//! mail; and a stage [`malware`] between door and reader, and
//! [`pulse`], where doors show that they live. A message is held in memory between door and commit; each door bounds how much that can be.

pub mod domain;

pub mod clock;
pub mod telemetry;

pub mod files;
pub mod http;
pub mod mail;
pub mod pulse;
pub mod report;
pub mod sandbox;
pub mod seal;

pub mod intake;
pub mod malware;
pub mod normalize;
pub mod partners;
pub mod routing;

pub mod acknowledge;
pub mod letter;
pub mod roster;
pub mod store;

pub mod case_system;
pub mod queue;

pub mod operations;
pub mod pipeline;
pub mod public;

pub mod config;
pub mod gateway;
pub mod register;
pub mod watchman;

pub mod commands;
pub mod demo;
