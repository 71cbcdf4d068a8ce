//! `[intake.api]`: how much the HTTP door takes.

use serde::Deserialize;
use serde::Serialize;
use std::time::Duration;

/// The `[intake.api]` section.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Whether the door is open. Default true.
    pub enabled: bool,
    /// The most bytes of one request; more is 413. Default 10485760.
    pub max_bytes: usize,
    /// How many requests are in hand at a time, from the first byte until their message is settled; more is 503. Default 512.
    pub max_concurrent: usize,
    /// The most bytes of all requests in hand together; more is 503. Default 268435456.
    pub max_waiting_bytes: usize,
    /// How many requests one client may make a minute; more is 429. A minute's worth may come at once. Default 600000.
    pub requests_per_minute: u32,
    /// How long a caller may take to send the content, such as `"30s"`; longer is 408.
    #[serde(with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required")]
    pub body_timeout: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            enabled: true,
            max_bytes: 10 * 1024 * 1024,
            max_concurrent: 512,
            max_waiting_bytes: 256 * 1024 * 1024,
            requests_per_minute: 600_000,
            body_timeout: Duration::from_secs(30),
        }
    }
}

impl Config {
    /// Every fault of this section, each with its key.
    pub fn faults(&self) -> Vec<(&'static str, String)> {
        let mut faults = Vec::new();
        let positive = [
            ("intake.api.max_bytes", self.max_bytes),
            ("intake.api.max_concurrent", self.max_concurrent),
            ("intake.api.requests_per_minute", self.requests_per_minute as usize),
        ];
        for (key, value) in positive {
            if value == 0 {
                faults.push((key, "must be at least 1".to_owned()));
            }
        }
        if self.max_concurrent > 100_000 {
            faults.push(("intake.api.max_concurrent", "must be at most 100000".to_owned()));
        }
        if self.max_waiting_bytes < self.max_bytes {
            let text = "must not be less than intake.api.max_bytes".to_owned();
            faults.push(("intake.api.max_waiting_bytes", text));
        }
        if self.max_waiting_bytes > 1 << 38 {
            faults.push(("intake.api.max_waiting_bytes", "must be at most 256 GiB".to_owned()));
        }
        if self.body_timeout.is_zero() {
            faults.push(("intake.api.body_timeout", "must be longer than nothing".to_owned()));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::Config;

    #[test]
    fn the_defaults_are_without_fault_and_faults_name_their_keys() {
        assert!(Config::default().faults().is_empty());
        let text =
            "max_bytes = 0\nmax_concurrent = 0\nrequests_per_minute = 0\nbody_timeout = \"0s\"";
        let config: Config = toml::from_str(text).unwrap();
        assert_eq!(config.faults().len(), 4);
        let config: Config = toml::from_str("max_bytes = 20\nmax_waiting_bytes = 10").unwrap();
        assert_eq!(config.faults()[0].0, "intake.api.max_waiting_bytes");
        assert!(toml::from_str::<Config>("max_bites = 1").is_err());
    }
}
