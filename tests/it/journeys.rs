//! Journeys: notices on their whole way through the running program, while everything around it breaks.

mod bad_files;
mod bad_input;
mod bad_mails;
mod chaos;
mod dice;
mod echoes;
mod evidence;
mod far;
mod kill;
mod load;
mod malware;
mod manners;
mod needles;
mod oracle;
mod oracle_tests;
mod order;
mod place;
mod planting;
mod privacy;
mod said;
mod scene;
mod sync_order;
