//! `config/kvittens.toml` is held against the code: every key in it is known, and where it shows a default, that is the default.

use crate::config::overlay;
use toml::Table;
use toml::Value;

const FILE: &str = include_str!("../../config/kvittens.toml");

/// Keys that show an example because their default is "none", or that only some `kind` knows.
const EXAMPLES: &[&str] = &[
    "url_file",
    "ca_file",
    "public_url",
    "mail_to",
    "own_addresses",
    "message_id_domain",
    "username",
    "password_file",
    "host_keys",
    "user",
    "key_file",
    "passphrase_file",
    "hello_name",
    "documentation_url",
    "partner",
    "path",
    "name",
    "host",
    "kind",
    "every",
    "trusted_hosts",
    "resolver",
    "clamd",
    "token_url",
    "client_id",
    "client_secret_file",
    "refresh_token_file",
    "ways",
    "folder",
    "list",
    "mail",
    "file",
    "keys",
    "print_folder",
    "register",
    "support_mail",
    "party_url",
    "municipality",
    "department",
    "token_file",
    "protected_mail",
];

/// The documented keys: (section, key, value), with the `kind` that knows them.
fn documented() -> Vec<(String, String, String, Option<&'static str>)> {
    let mut section = String::new();
    let mut kind = None;
    let mut found = Vec::new();
    for line in FILE.lines() {
        let bare = line.trim_start_matches("# ").trim();
        if let Some(kind_of) = ["memory", "http", "lifecare"]
            .into_iter()
            .find(|kind| bare.starts_with(&format!("kind = \"{kind}\"")))
            && line.starts_with('#')
        {
            kind = Some(kind_of);
        }
        if bare.starts_with('[') && bare.ends_with(']') && !bare.contains(' ') {
            section = bare.trim_matches(['[', ']']).to_owned();
            kind = None;
            continue;
        }
        let Some((key, value)) = bare.split_once(" = ") else { continue };
        let plain = key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        if plain && key != "kind" && !section.is_empty() {
            found.push((section.clone(), key.to_owned(), value.to_owned(), kind));
        }
    }
    found
}

fn base() -> Table {
    toml::from_str(
        r#"
        acknowledge = { from = { address = "a@example.org" }, enforcement_authority = { sftp = { host = "h", user = "u", host_keys = [] }, webhook = { url = "https://example.org/" } } }
        alarms = { webhook = { url = "https://example.org/" } }
        case_system = { kind = "memory" }
        queue = { kind = "amqp" }
        letter = { print_sftp = { host = "h", user = "u", host_keys = [] }, service = { url = "https://example.org/", party_url = "https://example.org/", department = "d", oauth = { token_url = "https://example.org/", client_id = "c" } } }
        intake = { folder = [{ partner = "demo", path = "p" }], maildir = [{ name = "demo", path = "p" }], mailbox = [{ name = "demo", host = "h", username = "u", oauth = { token_url = "https://example.org/", client_id = "c" } }], sftp = [{ partner = "demo", host = "h", user = "u", host_keys = [] }] }
        "#,
    )
    .unwrap()
}

fn section<'a>(table: &'a mut Table, path: &str) -> &'a mut Table {
    let mut here = table;
    for name in path.split('.') {
        let next = here.entry(name).or_insert_with(|| Value::Table(Table::new()));
        here = match next {
            Value::Array(items) => items[0].as_table_mut().unwrap(),
            other => other.as_table_mut().unwrap(),
        };
    }
    here
}

/// A section that a case system of this kind needs.
fn case_system(kind: &str) -> Table {
    toml::from_str(match kind {
        "http" => "kind = \"http\"\nurl = \"https://example.org\"",
        "lifecare" => {
            "kind = \"lifecare\"\nurl = \"https://example.org\"\ndomain = \"1\"\nfrom_who = \"a\"\norganisation = \"b\"\n\
             attachment_type = \"c\"\nattachment_sender_type = \"d\""
        }
        _ => "kind = \"memory\"",
    })
    .unwrap()
}

#[test]
fn the_documented_file_loads_as_it_is() {
    overlay::parse(FILE, Vec::new()).unwrap();
}

#[test]
fn every_documented_key_is_known_and_every_shown_default_is_the_default() {
    let documented = documented();
    assert!(documented.len() > 80, "{}", documented.len());
    for (path, key, value, kind) in documented {
        let mut table = base();
        if let Some(kind) = kind {
            table.insert("case_system".to_owned(), Value::Table(case_system(kind)));
        }
        let plain = overlay::parse(&table.to_string(), Vec::new()).unwrap();
        let shown: Table =
            toml::from_str(&format!("{key} = {value}")).unwrap_or_else(|_| panic!("{path}.{key}"));
        section(&mut table, &path).extend(shown);
        let with = overlay::parse(&table.to_string(), Vec::new())
            .unwrap_or_else(|fault| panic!("{path}.{key}: {}", fault.message));
        let example = EXAMPLES.contains(&key.as_str()) || path == "case_system";
        let required = matches!(key.as_str(), "from" | "bounce_address");
        // A mail transport or broker address of one's own is an example too.
        let own = (key == "url"
            && (path == "queue" || path == "letter.service" || path.ends_with("webhook")))
            || (key == "dir" && matches!(path.as_str(), "acknowledge.file" | "partners"));
        if !(example || required || own) {
            assert_eq!(
                format!("{with:?}"),
                format!("{plain:?}"),
                "{path}.{key} shows another default"
            );
        }
    }
}
