//! `[public]`: what senders can look at besides the door itself.

use serde::Deserialize;
use serde::Serialize;
use url::Url;

/// The `[public]` section.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the documentation for senders stands, named in `api-info`. Default: the OpenAPI document itself.
    pub documentation_url: Option<Url>,
}
