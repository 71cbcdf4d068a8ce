//! The API's addresses, written in one place: answers, receipts and `Location` must agree.

use crate::domain::reference::Reference;
use std::sync::Arc;

/// The API's root below scheme and host.
pub const ROOT: &str = "/eviction-notices/v1";

/// The API's root as an absolute URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiRoot(Arc<str>);

impl ApiRoot {
    /// The root under a base such as `https://host`.
    pub fn under(base: &str) -> Self {
        Self(format!("{}{ROOT}", base.trim_end_matches('/')).into())
    }

    /// The URL, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where whoever holds a receipt checks it.
    pub fn check_page(&self) -> String {
        format!("{}/kvitto", self.0.strip_suffix(ROOT).unwrap_or(&self.0))
    }

    /// Where Kronofogden's client fetches the confirmation with this running number.
    pub fn confirmation(&self, number: i64) -> String {
        format!("{}/confirmations/{number}", self.0)
    }

    /// Where it goes on reading after this number.
    pub fn confirmations_after(&self, number: i64, limit: i64) -> String {
        format!("{}/confirmations?after={number}&limit={limit}", self.0)
    }

    /// Where the sender asks how far a message or notice has come.
    pub fn notice(&self, reference: &Reference) -> String {
        format!("{}/notices/{reference}", self.0)
    }

    /// Where the sender fetches its receipt.
    pub fn receipt(&self, reference: &Reference) -> String {
        format!("{}/notices/{reference}/receipt", self.0)
    }
}
