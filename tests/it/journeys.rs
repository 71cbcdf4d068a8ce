//! Journeys: notices on their whole way through the running program, while everything around it breaks.

mod chaos;
mod dice;
mod evidence;
mod kill;
mod load;
mod oracle;
mod oracle_tests;
mod scene;
