//! What the configuration's `[queue]` section says when `kind = "amqp"`: where the broker is and how much may wait for a unit.

use crate::domain::failure::Failure;
use lapin::uri::AMQPUri;
use serde::Deserialize;
use std::fmt;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// Keys of `[queue]`; every one has a default that suits one broker on the same host.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `amqp://user:password@host:5672/vhost` or `amqps://…`; the virtual host `/` is written `%2f` or left out.
    pub url: BrokerUrl,
    /// A file that holds the URL instead; read anew at every connection, so that a changed password needs no restart.
    pub url_file: Option<PathBuf>,
    /// PEM file of the authority that signed the broker's certificate, when the system does not know it.
    pub ca_file: Option<PathBuf>,
    /// The durable topic exchange that notices are published to.
    pub exchange: String,
    /// What a unit's queue is called before the unit's own name.
    pub queue_prefix: String,
    /// Where the broker puts what was handed out more than [`Config::delivery_limit`] times (Dead Letter Channel).
    pub parked_queue: String,
    /// How many unconsumed messages a unit's queue takes before it refuses more; they then wait in the store.
    pub max_length: u32,
    /// How often a message may come back unsettled before it is parked.
    pub delivery_limit: u32,
    /// How many unsettled messages the broker hands out per queue.
    pub prefetch: u16,
    /// How long a batch may wait for the broker's confirmations; also how long connecting may take.
    #[serde(with = "jiff::fmt::serde::unsigned_duration::required")]
    pub confirm_timeout: Duration,
    /// How often both sides show that they live, in whole seconds; silence for twice as long ends the connection.
    #[serde(with = "jiff::fmt::serde::unsigned_duration::required")]
    pub heartbeat: Duration,
    /// How much a message carries.
    pub body: Body,
    /// The CloudEvent's `source`: which gateway speaks, as a URI reference.
    pub source: String,
}

/// How much a message carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Body {
    /// The whole event.
    Event,
    /// Only the reference to fetch it by, for brokers that may not hold personal data.
    Reference,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            url: BrokerUrl("amqp://127.0.0.1:5672/%2f".to_owned()),
            url_file: None,
            ca_file: None,
            exchange: "kvittens.notices".to_owned(),
            queue_prefix: "kvittens.case.".to_owned(),
            parked_queue: "kvittens.parked".to_owned(),
            max_length: 10_000,
            delivery_limit: 20,
            prefetch: 256,
            confirm_timeout: Duration::from_secs(10),
            heartbeat: Duration::from_secs(10),
            body: Body::Event,
            source: "/kvittens".to_owned(),
        }
    }
}

impl Config {
    /// Every fault that can be seen without the broker, each with its key below `queue`.
    pub fn faults(&self) -> Vec<(&'static str, String)> {
        let mut faults = Vec::new();
        if let Err(failure) = self.uri() {
            faults.push((self.url_key(), failure.reason().to_owned()));
        }
        if let Err(failure) = self.authority() {
            faults.push(("ca_file", failure.reason().to_owned()));
        }
        for (key, name) in [("exchange", &self.exchange), ("parked_queue", &self.parked_queue)] {
            if name.is_empty() || name.len() > LONGEST_NAME {
                faults.push((key, format!("must have 1 to {LONGEST_NAME} bytes")));
            }
        }
        if self.queue_prefix.len() > LONGEST_NAME {
            faults.push(("queue_prefix", format!("must have at most {LONGEST_NAME} bytes")));
        }
        for (key, number) in
            [("max_length", self.max_length), ("delivery_limit", self.delivery_limit)]
        {
            if number == 0 {
                faults.push((key, "must be at least 1".to_owned()));
            }
        }
        if self.prefetch == 0 {
            faults
                .push(("prefetch", "must be at least 1: 0 means without limit to a broker".into()));
        }
        for (key, span) in
            [("confirm_timeout", self.confirm_timeout), ("heartbeat", self.heartbeat)]
        {
            if span < Duration::from_secs(1) || span > Duration::from_secs(3600) {
                faults.push((key, "must lie between one second and one hour".to_owned()));
            }
        }
        faults
    }

    /// The key that gives the broker's URL.
    fn url_key(&self) -> &'static str {
        if self.url_file.is_some() { "url_file" } else { "url" }
    }

    /// The broker's address with user and password. Its own `Debug` shows the password: never log it.
    pub(super) fn uri(&self) -> Result<AMQPUri, Failure> {
        let from_file = self.url_file.as_deref().map(read).transpose()?;
        let text = from_file.as_deref().unwrap_or(&self.url.0).trim();
        let fault = |what: &str| Failure::Permanent(format!("the broker's URL {what}"));
        let url = Url::parse(text).map_err(|_| fault("cannot be read"))?;
        if !matches!(url.scheme(), "amqp" | "amqps") {
            return Err(fault("must begin with amqp:// or amqps://"));
        }
        let host = url.host_str().ok_or_else(|| fault("names no host"))?;
        let mut uri: AMQPUri = text.parse().map_err(|_| fault("cannot be read"))?;
        // The library takes an IPv6 address for a missing host and an empty path for a virtual host without a name.
        uri.authority.host = host.trim_matches(['[', ']']).to_owned();
        if uri.vhost.is_empty() {
            uri.vhost = "/".to_owned();
        }
        let seconds = self.heartbeat.as_secs().clamp(1, u64::from(u16::MAX));
        uri.query.heartbeat = u16::try_from(seconds).ok();
        Ok(uri)
    }

    /// The certificates of [`Config::ca_file`] as PEM text.
    pub(super) fn authority(&self) -> Result<Option<String>, Failure> {
        self.ca_file.as_deref().map(read).transpose()
    }

    /// What the broker calls a unit's queue.
    pub fn queue_of(&self, unit: &str) -> String {
        format!("{}{unit}", self.queue_prefix)
    }
}

/// AMQP 0-9-1 names are short strings.
const LONGEST_NAME: usize = 200;

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| {
        Failure::Permanent(format!("{} cannot be read: {}", path.display(), error.kind()))
    })
}

/// A broker's URL; shows its host and nothing else.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct BrokerUrl(String);

impl BrokerUrl {
    /// Wraps a URL as written; it is read when it is used.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for BrokerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Url::parse(self.0.trim()) {
            Ok(url) => {
                let host = url.host_str().unwrap_or("?");
                write!(f, "{}://***@{host}", url.scheme())?;
                url.port().map_or(Ok(()), |port| write!(f, ":{port}"))
            }
            Err(_) => f.write_str("***"),
        }
    }
}

impl fmt::Debug for BrokerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_reads_from_toml_and_hides_its_password() {
        let config: Config = toml::from_str(
            "url = \"amqps://gateway:hemligt@broker.example:5671/prod\"\nconfirm_timeout = \"3s\"\nbody = \"reference\"\n",
        )
        .unwrap();
        assert_eq!(config.confirm_timeout, Duration::from_secs(3));
        assert_eq!(config.body, Body::Reference);
        assert!(config.faults().is_empty());
        let shown = format!("{config:?}");
        assert!(shown.contains("amqps://***@broker.example:5671"), "{shown}");
        assert!(!shown.contains("hemligt") && !shown.contains("gateway:"), "{shown}");
        assert!(toml::from_str::<Config>("uri = \"x\"").is_err());
    }

    #[test]
    fn a_url_is_read_as_people_write_it() {
        for (text, host, port, vhost) in [
            ("amqp://127.0.0.1", "127.0.0.1", 5672, "/"),
            ("amqp://127.0.0.1/", "127.0.0.1", 5672, "/"),
            ("amqp://a:b@broker:5673/%2f", "broker", 5673, "/"),
            ("amqps://a:b@[::1]/prod", "::1", 5671, "prod"),
        ] {
            let config = Config { url: BrokerUrl::new(text), ..Config::default() };
            let uri = config.uri().unwrap();
            let read = (uri.authority.host.as_str(), uri.authority.port, uri.vhost.as_str());
            assert_eq!(read, (host, port, vhost), "{text}");
            assert_eq!(uri.query.heartbeat, Some(10));
        }
    }

    #[test]
    fn every_fault_bears_its_key_and_no_secret() {
        let config = Config {
            url: BrokerUrl::new("http://a:hemligt@broker"),
            ca_file: Some(PathBuf::from("/nonexistent/ca.pem")),
            exchange: String::new(),
            prefetch: 0,
            heartbeat: Duration::ZERO,
            ..Config::default()
        };
        let faults = config.faults();
        let keys: Vec<_> = faults.iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, ["url", "ca_file", "exchange", "prefetch", "heartbeat"]);
        assert!(!format!("{faults:?}{config:?}").contains("hemligt"));
        let file =
            Config { url_file: Some(PathBuf::from("/nonexistent/url")), ..Config::default() };
        assert_eq!(file.faults()[0].0, "url_file");
    }
}
