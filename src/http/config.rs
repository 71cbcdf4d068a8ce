//! `[http]`: where the gateway listens and under which name the outside knows it.

use crate::http::urls::ApiRoot;
use serde::Deserialize;
use serde::Serialize;
use std::net::Ipv4Addr;
use std::net::SocketAddr;
use std::time::Duration;
use url::Url;

/// The `[http]` section.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on. TLS ends in front of it. Default `127.0.0.1:8080`.
    pub listen: SocketAddr,
    /// How callers reach us: scheme, host and, where a proxy adds one, a path. Default: `http://` and the address listened on.
    pub public_url: Option<Url>,
    /// How long a request may take before it is answered with 503, such as `"60s"`.
    #[serde(with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required")]
    pub request_timeout: Duration,
    /// How many connections are open at a time; further callers wait in the system's backlog. Default 2048.
    pub max_connections: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            public_url: None,
            request_timeout: Duration::from_secs(60),
            max_connections: 2048,
        }
    }
}

impl Config {
    /// Every fault of this section, each with its key.
    pub fn faults(&self) -> Vec<(&'static str, String)> {
        let mut faults = Vec::new();
        if self.request_timeout.is_zero() {
            faults.push(("http.request_timeout", "must be longer than nothing".to_owned()));
        }
        if self.max_connections == 0 || self.max_connections > tokio::sync::Semaphore::MAX_PERMITS {
            faults.push(("http.max_connections", "must be at least 1".to_owned()));
        }
        if let Some(url) = &self.public_url
            && (!matches!(url.scheme(), "http" | "https") || url.query().is_some())
        {
            faults.push(("http.public_url", "must be an http(s) URL without a query".to_owned()));
        }
        faults
    }

    /// The API's root as callers write it. `bound` is the address really listened on (a configured port 0 is drawn by the system).
    pub fn api_root(&self, bound: SocketAddr) -> ApiRoot {
        match &self.public_url {
            Some(url) => ApiRoot::under(url.as_str()),
            None => ApiRoot::under(&format!("http://{bound}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Config;

    #[test]
    fn the_section_may_be_empty_and_knows_no_other_keys() {
        let config: Config = toml::from_str("").unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert!(config.faults().is_empty());
        assert!(toml::from_str::<Config>("listne = 1").is_err());
    }

    #[test]
    fn durations_are_written_as_people_write_them() {
        let config: Config = toml::from_str("request_timeout = \"90s\"").unwrap();
        assert_eq!(config.request_timeout.as_secs(), 90);
    }

    #[test]
    fn faults_name_their_keys() {
        let text = "request_timeout = \"0s\"\nmax_connections = 0\npublic_url = \"ftp://a\"";
        let config: Config = toml::from_str(text).unwrap();
        let keys: Vec<_> = config.faults().into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["http.request_timeout", "http.max_connections", "http.public_url"]);
    }

    #[test]
    fn the_root_is_the_public_url_or_the_address_listened_on() {
        let bound = "127.0.0.1:4711".parse().unwrap();
        let mut config = Config::default();
        assert_eq!(config.api_root(bound).as_str(), "http://127.0.0.1:4711/eviction-notices/v1");
        config.public_url = Some("https://socialtjanst.example/".parse().unwrap());
        assert_eq!(
            config.api_root(bound).as_str(),
            "https://socialtjanst.example/eviction-notices/v1"
        );
    }
}
