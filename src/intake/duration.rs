//! Durations in a door's configuration: `"2s"`, `"500ms"`, `"1m"`.

use jiff::SignedDuration;
use serde::Deserialize;
use serde::Deserializer;
use std::time::Duration;

/// Reads a duration that is not negative.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(from)?;
    text.parse::<SignedDuration>()
        .ok()
        .and_then(|duration| Duration::try_from(duration).ok())
        .ok_or_else(|| serde::de::Error::custom("not a duration such as \"2s\" or \"500ms\""))
}
