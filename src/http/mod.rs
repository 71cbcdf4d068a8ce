//! What every page and call over HTTP shares: the server loop, request ids, errors after RFC 9457, health; and for our own calls, tokens and what
//! an answer that does not come means.
//!
//! Nothing here knows a notice. It keeps two promises for the rooms above: no answer leaves without a request id, and no error
//! leaves in any other form than a problem with all five members, without a word of what the caller sent.

pub mod attempts;
pub mod caller;
pub mod config;
pub mod health;
pub mod negotiate;
pub mod oauth;
pub mod peer;
pub mod problem;
pub mod problem_type;
pub mod request_id;
pub mod server;
pub mod urls;
pub mod wrap;

pub use config::Config;
