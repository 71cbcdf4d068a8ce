//! Programs' messages that nobody foresaw.
