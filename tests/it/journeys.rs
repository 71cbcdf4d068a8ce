//! Journeys: notices on their whole way through the running program, while everything around it breaks.

<<<<<<< HEAD
mod chaos;
mod dice;
mod evidence;
mod kill;
mod load;
mod oracle;
mod oracle_tests;
mod scene;
=======
mod bad_files;
mod bad_input;
mod bad_mails;
mod echoes;
mod needles;
mod place;
mod privacy;
mod sync_order;
>>>>>>> evil
