//! Opens the adapter for Lifecare: every key checked, all faults told together.

use crate::case_system::connection;
use crate::case_system::connection::Way;
use crate::case_system::lifecare::Lifecare;
use crate::case_system::lifecare::client::Calls;
use crate::case_system::lifecare::config::LifecareConfig;
use crate::case_system::open::CaseSystemError;
use crate::case_system::open::Faults;
use reqwest::header::HeaderMap;
use reqwest::header::HeaderValue;
use std::time::Duration;
use tokio::sync::Mutex;

impl Lifecare {
    /// Checks the keys and builds the client; sends nothing.
    pub fn open(config: &LifecareConfig) -> Result<Self, CaseSystemError> {
        let mut faults = Faults::default();
        connection::check_url(&mut faults, "url", &config.url, config.allow_plain_http);
        let key = faults.secret("key", config.key.as_ref(), config.key_file.as_deref());
        if key.is_none() && config.key.is_none() && config.key_file.is_none() {
            faults.add("key", "is missing (or give key_file)");
        }
        let headers = headers(&mut faults, config);
        let check_person = faults.secret(
            "check_person",
            config.check_person.as_ref(),
            config.check_person_file.as_deref(),
        );
        named(&mut faults, config);
        let codes_for = Duration::try_from(config.codes_for).unwrap_or_else(|_| {
            faults.add("codes_for", "must not be negative");
            Duration::ZERO
        });
        let way = Way {
            ca_file: config.ca_file.as_deref(),
            timeout: config.timeout,
            connect_timeout: config.connect_timeout,
            connections: config.connections,
            headers,
        };
        let http = connection::client(faults, way)?;
        let mut base = config.url.clone();
        base.set_query(None);
        base.set_fragment(None);
        let key = key.map(|key| key.reveal().to_owned()).unwrap_or_default();
        Ok(Self {
            calls: Calls { http, base, domain: config.domain.clone(), key },
            config: config.clone(),
            codes_for,
            check_person: check_person.map(|number| number.reveal().to_owned()),
            proposals: Mutex::new(None),
        })
    }
}

fn headers(faults: &mut Faults, config: &LifecareConfig) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let file = config.api_key_file.as_deref();
    if let Some(api_key) = faults.secret("api_key", config.api_key.as_ref(), file) {
        match HeaderValue::from_str(api_key.reveal()) {
            Ok(mut value) => {
                value.set_sensitive(true);
                headers.insert("x-api-key", value);
            }
            Err(_) => faults.add("api_key", "holds characters that no header can carry"),
        }
    }
    headers
}

fn named(faults: &mut Faults, config: &LifecareConfig) {
    let names = [
        ("domain", &config.domain),
        ("from_who", &config.from_who),
        ("organisation", &config.organisation),
        ("attachment_type", &config.attachment_type),
        ("attachment_sender_type", &config.attachment_sender_type),
    ];
    for (key, name) in names {
        if name.trim().is_empty() {
            faults.add(key, "is empty");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::case_system::config::Config;
    use crate::case_system::open::open;
    use crate::case_system::sample::install_provider;

    const NEEDED: &str = "kind = \"lifecare\"\nurl = \"http://127.0.0.1:9/WESE.FC.Api.FC\"\ndomain = \"d\"\n\
        organisation = \"Vuxenenheten\"\nfrom_who = \"Hyresvärd\"\nattachment_type = \"Bilaga\"\nattachment_sender_type = \"Annan\"\n";

    #[test]
    fn a_key_is_needed_and_never_printed() {
        install_provider();
        let without: Config = toml::from_str(NEEDED).expect("configuration");
        let error = open(&without).map(drop).expect_err("no key").to_string();
        assert!(error.contains("case_system.key: "), "{error}");
        let with: Config = toml::from_str(&format!("{NEEDED}key = \"hemlig\"")).expect("read");
        assert!(open(&with).is_ok());
        assert!(!format!("{with:?}").contains("hemlig"));
    }

    #[test]
    fn tables_of_names_are_read_by_sender_and_unit() {
        let text = format!(
            "{NEEDED}key = \"k\"\n[from_who_by_sender]\nenforcementAuthority = \"Kronofogden\"\n\
             [organisation_by_unit]\nvuxen = \"Vuxenenheten\"\n[expected_codes]\nUnderrättelse = []"
        );
        // TOML's bare keys are ASCII.
        let text = text.replace("\nUnderrättelse =", "\n\"Underrättelse\" =");
        assert!(matches!(toml::from_str(&text), Ok(Config::Lifecare(_))));
        let wrong = text.replace("enforcementAuthority", "kronofogden");
        assert!(toml::from_str::<Config>(&wrong).is_err());
    }
}
