//! `[letter.service]`: the platform that takes a letter to a person and sends it as digital post, or else on paper.

use crate::domain::masked::Masked;
use crate::http::oauth;
use crate::http::peer;
use jiff::SignedDuration;
use serde::Deserialize;
use std::path::PathBuf;
use url::Url;

/// How the letter service is reached, and what it is asked for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The messaging service; `/{municipality}/letter` lies below it.
    pub url: Url,
    /// The party service, which tells by what id the messaging service knows a person.
    pub party_url: Url,
    /// The municipality's four-digit code, as it stands in their addresses; else that of `[municipality]`.
    #[serde(default)]
    pub municipality: Option<String>,
    /// Who pays for what goes on paper, as agreed with the service.
    pub department: String,
    /// What we call ourselves (`x-origin`).
    #[serde(default = "origin")]
    pub origin: String,
    /// A mail address for questions that the service shows beside the letter, outside it: one that does not name the matter. None: telephone alone.
    #[serde(default)]
    pub support_mail: Option<String>,
    /// Whether what has no digital mailbox may go on paper from there.
    #[serde(default)]
    pub delivery: Delivery,
    /// A fixed bearer token.
    #[serde(default)]
    pub token: Option<Masked>,
    /// File that holds it.
    #[serde(default)]
    pub token_file: Option<PathBuf>,
    /// Or tokens from a server.
    #[serde(default)]
    pub oauth: Option<OAuth>,
    /// PEM file with certificate authorities to trust besides the system's.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Accept `http://` to another machine: letters then travel in clear text.
    #[serde(default)]
    pub allow_plain_http: bool,
    /// How long one call may take in all.
    #[serde(default = "timeout")]
    pub timeout: SignedDuration,
    /// How long opening a connection may take.
    #[serde(default = "connect_timeout")]
    pub connect_timeout: SignedDuration,
    /// How soon after it was taken we ask whether a letter is sent; the pauses grow from there.
    #[serde(default = "look_every")]
    pub look_every: SignedDuration,
    /// A letter that was taken and not sent for so long goes the next way, where one is named.
    #[serde(default = "wait")]
    pub wait: SignedDuration,
}

/// How the service may deliver.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Delivery {
    /// Digital post, else paper.
    #[default]
    Any,
    /// Digital post only: what has no mailbox goes our own next way.
    Digital,
}

/// Tokens in the program's own name (client credentials, RFC 6749 4.4).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OAuth {
    /// The token endpoint.
    pub token_url: Url,
    /// Who the program is.
    pub client_id: String,
    /// Its secret.
    #[serde(default)]
    pub client_secret: Option<Masked>,
    /// File that holds the secret.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// What is asked for; nothing when empty.
    #[serde(default)]
    pub scope: String,
}

impl OAuth {
    /// As the fetcher of tokens takes it. The secret travels in the header, as API gateways want it.
    pub(super) fn fetcher(&self) -> oauth::Config {
        oauth::Config {
            token_url: self.token_url.clone(),
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.clone(),
            client_secret_file: self.client_secret_file.clone(),
            refresh_token: None,
            refresh_token_file: None,
            scope: self.scope.clone(),
            basic: true,
        }
    }
}

/// Whether an address tells what a letter is about.
fn names_the_matter(mail: &str) -> bool {
    let mail = mail.to_lowercase();
    let words = ["avhys", "vrak", "vräk", "kronofog", "hyresskuld", "uppsag", "uppsäg", "evict"];
    words.iter().any(|word| mail.contains(word))
}

impl Config {
    /// Everything wrong with the keys, each by its name below `letter.service`. Opens nothing.
    pub fn faults(&self) -> Vec<(String, &'static str)> {
        let mut faults = Vec::new();
        let mut fault = |key: &str, text| faults.push((key.to_owned(), text));
        for (key, url) in [("url", &self.url), ("party_url", &self.party_url)] {
            if let Err(text) = peer::is_safe(url, self.allow_plain_http) {
                fault(key, text);
            }
        }
        let code =
            |code: &String| code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit());
        if self.municipality.as_ref().is_some_and(|it| !code(it)) {
            fault("municipality", "is no four-digit code");
        }
        if self.support_mail.as_ref().is_some_and(|mail| names_the_matter(mail)) {
            fault("support_mail", "names the matter: whoever sees the digital mailbox sees it");
        }
        if self.support_mail.as_ref().is_some_and(|mail| !mail.contains('@')) {
            fault("support_mail", "is no mail address");
        }
        if self.department.trim().is_empty() {
            fault("department", "must name who pays");
        }
        let plain = self.origin.bytes().all(|byte| byte.is_ascii_graphic());
        if self.origin.is_empty() || !plain {
            fault("origin", "must be one word that a header can carry");
        }
        let fixed = usize::from(self.token.is_some()) + usize::from(self.token_file.is_some());
        if fixed + usize::from(self.oauth.is_some()) != 1 {
            fault("token", "give one of token, token_file and [letter.service.oauth]");
        }
        let spans = [
            ("timeout", self.timeout),
            ("connect_timeout", self.connect_timeout),
            ("look_every", self.look_every),
            ("wait", self.wait),
        ];
        for (key, span) in spans {
            if span <= SignedDuration::ZERO {
                fault(key, "must be longer than nothing");
            }
        }
        if let Some(tokens) = &self.oauth {
            let own = tokens.fetcher().faults().into_iter();
            faults.extend(own.map(|(key, text)| (key.to_owned(), text)));
        }
        faults
    }
}

fn origin() -> String {
    "kvittens".to_owned()
}

fn timeout() -> SignedDuration {
    SignedDuration::from_secs(30)
}

fn connect_timeout() -> SignedDuration {
    SignedDuration::from_secs(5)
}

fn look_every() -> SignedDuration {
    SignedDuration::from_mins(1)
}

fn wait() -> SignedDuration {
    SignedDuration::from_hours(2)
}

#[cfg(test)]
mod tests {
    use super::Config;

    const GOOD: &str = "url = \"https://platform.example/messaging\"\nparty_url = \"https://platform.example/party\"\n\
                        department = \"ASF(Boende)\"\n";

    #[test]
    fn every_fault_is_told_with_its_key() {
        let good = format!("{GOOD}token = \"t\"");
        let cases = [
            (good.clone(), vec![]),
            (GOOD.to_owned(), vec!["token"]),
            (format!("{good}\ntoken_file = \"/t\""), vec!["token"]),
            (good.replace("https://platform.example/party", "ftp://x/"), vec!["party_url"]),
            (good.replace("https://platform.example/messaging", "http://x/"), vec!["url"]),
            (good.replace("ASF(Boende)", " "), vec!["department"]),
            (
                format!("{good}\nmunicipality = \"Malmö\"\nwait = \"0s\""),
                vec!["municipality", "wait"],
            ),
            (
                format!("{GOOD}[oauth]\ntoken_url = \"http://x.example/\"\nclient_id = \"a\""),
                vec!["oauth.token_url", "oauth.client_secret_file"],
            ),
        ];
        for (text, expected) in cases {
            let config: Config =
                toml::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
            let keys: Vec<String> = config.faults().into_iter().map(|(key, _)| key).collect();
            assert_eq!(keys, expected, "{text}");
        }
        let config: Config = toml::from_str(&good.replace("\"t\"", "\"hemligt\"")).unwrap();
        assert!(!format!("{config:?}").contains("hemligt"));
    }

    #[test]
    fn an_address_that_names_the_matter_stands_beside_no_letter() {
        let faults = |mail: &str| -> Vec<String> {
            let text = format!(
                "url = \"https://a.example/\"\nparty_url = \"https://a.example/\"\ndepartment = \"X\"\ntoken = \"t\"\nsupport_mail = \"{mail}\"\n"
            );
            let config: Config = toml::from_str(&text).unwrap();
            config.faults().into_iter().map(|(key, _)| key).collect()
        };
        assert!(faults("socialtjansten@kommun.example").is_empty());
        for named in ["avhysning@kommun.example", "Vräkning@kommun.example", "nobody"] {
            assert_eq!(faults(named), ["support_mail"], "{named}");
        }
    }
}
