//! Who we are to a real OpenSSH server, and how we know that it is the right one.

use super::LIMIT;
use super::far::config;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::sftp;
use crate::support::sftp::FarFolder;
use kvittens::domain::masked::Masked;
use kvittens::files::sftp::HostKey;
use kvittens::intake::sftp::Config;
use kvittens::intake::sftp::probe;

/// A change of the configuration.
type Change = fn(&mut Config);

fn key(config: &mut Config, name: &str) {
    config.key_file = Some(sftp::home().join(name));
}

fn password(config: &mut Config) {
    config.key_file = None;
    config.password = Some(Masked::new(sftp::text("password")));
}

fn rsa_host_key() -> HostKey {
    HostKey::parse(&sftp::text("host_rsa.pub")).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_key_and_a_password_are_let_in() {
    let Some(_servers) = Servers::shared(&[Server::Sftp]).await else { return };
    let ways: [(&str, Change); 9] = [
        ("ed25519", |_| {}),
        ("RSA", |config| key(config, "user_rsa")),
        ("a key given as text", |config| {
            config.key_file = None;
            config.key = Some(Masked::new(sftp::text("user_rsa")));
        }),
        ("an encrypted key", |config| {
            key(config, "user_encrypted");
            config.passphrase_file = Some(sftp::home().join("passphrase"));
        }),
        ("a password", password),
        ("a password when the key is refused", |config| {
            password(config);
            key(config, "user_stranger");
        }),
        ("by the fingerprint", |config| {
            let key = HostKey::parse(&sftp::text("host_ed25519.pub")).unwrap();
            config.host_keys = vec![key.to_string()];
        }),
        ("by the server's other key", |config| {
            config.host_keys = vec![sftp::text("host_rsa.pub")];
        }),
        ("by the other key's fingerprint", |config| {
            config.host_keys = vec![rsa_host_key().to_string()];
        }),
    ];
    for (what, change) in ways {
        let far = FarFolder::new();
        let mut config = config(&far);
        change(&mut config);
        assert!(config.faults().is_empty(), "{what}: {:?}", config.faults());
        assert_eq!(probe(config, LIMIT).await, Ok(()), "{what}");
        for folder in ["done", "failed", "receipts"] {
            assert!(far.path(folder).is_dir() && far.names(folder).is_empty(), "{what}: {folder}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_not_pinned_or_not_known_is_refused_with_a_key_and_a_reason() {
    let Some(_servers) = Servers::shared(&[Server::Sftp]).await else { return };
    let shown = HostKey::parse(&sftp::text("host_ed25519.pub")).unwrap().to_string();
    let ways: [(&str, &str, &str, Change); 8] = [
        ("another key", "host_keys", &shown, |config| {
            config.host_keys = vec![sftp::text("user_ed25519.pub")];
        }),
        ("another fingerprint", "host_keys", &shown, |config| {
            config.host_keys = vec![format!("SHA256:{}", "A".repeat(43))];
        }),
        ("a stranger's key", "user", "refuses the login", |config| key(config, "user_stranger")),
        ("a wrong password", "user", "refuses the login", |config| {
            password(config);
            config.password = Some(Masked::new("not-the-secret"));
        }),
        ("no passphrase", "user", "passphrase", |config| key(config, "user_encrypted")),
        ("a wrong passphrase", "user", "passphrase", |config| {
            key(config, "user_encrypted");
            config.passphrase = Some(Masked::new("not-the-secret"));
        }),
        ("nobody there", "host", "cannot reach", |config| config.port = 1),
        ("no such folder", "path", "in folder", |config| config.path = "absent/absent".into()),
    ];
    for (what, at_fault, told, change) in ways {
        let far = FarFolder::new();
        let mut config = config(&far);
        change(&mut config);
        let (key, problem) = probe(config, LIMIT).await.unwrap_err();
        assert_eq!(key, at_fault, "{what}: {problem}");
        assert!(problem.contains(told), "{what}: {problem}");
        assert!(!problem.contains("not-the-secret"), "{what}: {problem}");
    }
}
