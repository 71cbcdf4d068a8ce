//! Tests of the configuration: its keys, its faults, its secrets.

use super::Config;
use super::Security;
use super::TransportKind;
use std::time::Duration;

const FULL: &str = r#"
from = { address = "kvittens@example.se", name = "Exempelstad" }
bounce_address = "bounce+{token}@example.se"
transport = "smtp"
languages = ["sv"]
message_id_domain = "kvittens.example.se"
retry = { first = "1s", longest = "5m", attempts = 12 }
enforcement_authority = { ways = ["mail"], mail = "avhysning@kronofogden.example" }
[smtp]
host = "mail.example.se"
port = 465
security = "tls"
username = "kvittens"
password = "hemligt"
ca_file = "/etc/kvittens/ca.pem"
timeout = "10s"
connections = 32
hello_name = "gw.example.se"
"#;

#[test]
fn every_key_is_read_and_the_password_is_not_shown() {
    let config: Config = toml::from_str(FULL).unwrap();
    assert_eq!(config.faults(), []);
    assert_eq!(config.smtp.timeout(), Duration::from_secs(10));
    assert_eq!(config.smtp.security, Security::Tls);
    assert_eq!(config.message_id_domain(), "kvittens.example.se");
    assert!(!format!("{config:?}").contains("hemligt"));
    assert!(toml::from_str::<Config>("unknown = 1").is_err());
    let nothing: Config = toml::from_str("").unwrap();
    assert_eq!(nothing.transport, TransportKind::None);
    assert!(nothing.faults().iter().all(|fault| !fault.fatal), "{:?}", nothing.faults());
}

#[test]
fn faults_name_their_keys_all_at_once() {
    let faults = |text: &str| -> Vec<(String, bool)> {
        let config: Config = toml::from_str(text).unwrap();
        config.faults().into_iter().map(|fault| (fault.key, fault.fatal)).collect()
    };
    let found =
        faults("transport = \"smtp\"\nsmtp = { port = 0, connections = 0, username = \"x\" }");
    for key in ["from.address", "bounce_address", "smtp.host", "smtp.port", "smtp.connections"] {
        assert!(found.contains(&(format!("acknowledge.{key}"), true)), "{key} {found:?}");
    }
    assert!(found.contains(&("acknowledge.smtp.username".to_owned(), true)));
    let sender = "from = { address = \"a@example.se\" }\ntransport = \"file\"\nfile.dir = \"x\"\n\
        enforcement_authority = { ways = [\"folder\"], folder = \"x\" }\n";
    for (authority, key, fatal) in [
        ("", "enforcement_authority.ways", false),
        ("enforcement_authority.ways = [\"folder\"]", "enforcement_authority.folder", true),
        (
            "enforcement_authority = { ways = [\"mail\"], mail = \"a b\" }",
            "enforcement_authority.ways",
            true,
        ),
    ] {
        assert!(faults(authority).contains(&(format!("acknowledge.{key}"), fatal)), "{authority}");
    }
    assert_eq!(
        faults(&format!("{sender}null_return_path = true")),
        [("acknowledge.null_return_path".to_owned(), false)]
    );
    for wrong in ["bounce@example.se", "bounce {token}", "{token}"] {
        assert_eq!(
            faults(&format!("{sender}bounce_address = \"{wrong}\"")),
            [("acknowledge.bounce_address".to_owned(), true)]
        );
    }
    let clear = FULL.replace("\"tls\"", "\"none\"");
    assert!(faults(&clear).contains(&("acknowledge.smtp.security".to_owned(), false)));
}
