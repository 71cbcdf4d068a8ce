//! What a mailbox's section may say.

use super::Config;

const LEAST: &str =
    "name = 'notices'\nhost = 'mail.example.org'\nusername = 'notices@example.org'\n";

fn keys(text: &str) -> Vec<&'static str> {
    let config: Config = toml::from_str(text).unwrap();
    config.faults().into_iter().map(|(key, _)| key).collect()
}

#[test]
fn four_keys_are_enough() {
    let config: Config = toml::from_str(&format!("{LEAST}password = 'secret'")).unwrap();
    assert_eq!(config.faults(), []);
    assert_eq!((config.door().as_str(), config.port), ("mailbox:notices", 993));
    assert!(!format!("{config:?}").contains("secret"));
}

#[test]
fn wrong_values_are_told_with_their_keys() {
    for (more, expected) in [
        ("", vec!["password_file"]),
        ("password = 'a'\npassword_file = 'b'", vec!["password_file"]),
        ("password = 'a'\nsecurity = 'none'", vec!["security"]),
        ("password = 'a'\nfolders = []", vec!["folders"]),
        ("password = 'a'\nfolders = ['inbox', 'INBOX']", vec!["folders"]),
        ("password = 'a'\ndone_folder = 'Inbox'", vec!["done_folder"]),
        ("password = 'a'\ndone_folder = 'Inbox'\nafter = 'flag'", vec![]),
        ("password = 'a'\nafter = 'flag'\nflag = '\\Deleted'", vec!["flag"]),
        ("password = 'a'\nafter = 'flag'\nflag = 'a b'", vec!["flag"]),
        ("password = 'a'\nafter = 'flag'\nflag = '\\Seen'", vec![]),
        ("password = 'a'\nidle_for = '30m'\ntimeout = '0s'", vec!["idle_for", "timeout"]),
        ("password = 'a'\nretry = { attempts = 0 }", vec!["retry"]),
        (
            "[oauth]\ntoken_url = 'https://x.example/token'\nclient_id = 'a'",
            vec!["oauth.client_secret_file"],
        ),
        (
            "[oauth]\ntoken_url = 'http://x.example/token'\nclient_id = ''\nclient_secret = 'a'",
            vec!["oauth.token_url", "oauth.client_id"],
        ),
        (
            "[oauth]\ntoken_url = 'http://127.0.0.1:1/'\nclient_id = 'a'\nrefresh_token = 'b'",
            vec![],
        ),
    ] {
        assert_eq!(keys(&format!("{LEAST}{more}")), expected, "{more}");
    }
    let here = "name = 'a'\nhost = '127.0.0.1'\nusername = 'b'\npassword = 'c'\nsecurity = 'none'";
    assert!(keys(here).is_empty());
    assert!(toml::from_str::<Config>(&format!("{LEAST}folder = 'INBOX'")).is_err());
}

#[test]
fn two_sections_may_not_read_one_folder() {
    let config = |more: &str| toml::from_str::<Config>(&format!("{LEAST}{more}")).unwrap();
    let inbox = config("folders = ['INBOX', 'Andra']");
    assert!(inbox.overlaps(&config("folders = ['andra']")));
    assert!(!inbox.overlaps(&config("folders = ['Tredje']")));
}
