//! Journeys: notices on their whole way through the running program, while everything around it breaks.

mod bad_files;
mod bad_input;
mod bad_mails;
mod echoes;
mod needles;
mod place;
mod privacy;
mod sync_order;
