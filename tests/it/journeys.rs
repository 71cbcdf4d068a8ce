//! Journeys: notices on their whole way through the running program, while everything around it breaks.

mod bad_files;
mod bad_input;
mod bad_mails;
mod echoes;
mod needles;
mod order;
mod place;
mod planting;
mod privacy;
mod said;
mod sync_order;
