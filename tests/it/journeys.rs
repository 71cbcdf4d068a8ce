//! Journeys: notices on their whole way through the running program, while everything around it breaks.

mod accounts;
mod backlog;
mod bad_files;
mod bad_input;
mod bad_mails;
mod chaos;
mod dice;
mod echoes;
mod evidence;
mod kill;
mod load;
mod malware;
mod manners;
mod masked;
mod needles;
mod oracle;
mod oracle_tests;
mod order;
mod place;
mod planting;
mod privacy;
mod roles;
mod said;
mod scene;
mod sync_order;
mod visitor;
