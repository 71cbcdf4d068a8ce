//! The ways into a mailbox: TLS, STARTTLS, password, token; what `check` says of each that is barred; and a server that goes away.

use super::mailbox::open;
use crate::support::certificates::Certificates;
use crate::support::imap::MailServer;
use crate::support::imap::Postman;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use kvittens::intake::mailbox;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

const MAIL: &str =
    "From: Testa <testa@hyra.example>\r\nMessage-ID: <1@hyra.example>\r\n\r\ntext\r\n";

fn secured(server: &MailServer, user: &str, security: &str) -> String {
    let port = if security == "tls" { server.tls_port } else { server.port };
    format!(
        "host = \"localhost\"\nport = {port}\nsecurity = \"{security}\"\nca_file = \"{}\"\nusername = \"{user}\"\n",
        server.ca_file.display()
    )
}

/// A token server that gives one token for ever.
async fn token_server(token: String) -> String {
    token_server_of(token, 3600, Arc::default()).await
}

/// A token server that gives one token, says that it lives for so many seconds, and counts how often it was asked.
async fn token_server_of(token: String, lives: u32, asked: Arc<AtomicUsize>) -> String {
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/token", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 8192];
            assert_ne!(stream.read(&mut request).await.unwrap(), 0);
            asked.fetch_add(1, Ordering::SeqCst);
            let body = format!("{{\"access_token\":\"{token}\",\"expires_in\":{lives}}}");
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    url
}

fn by_token(url: &str) -> String {
    format!("[oauth]\ntoken_url = \"{url}\"\nclient_id = \"kvittens\"\nclient_secret = \"hush\"\n")
}

async fn problem(keys: &str) -> Option<(&'static str, String)> {
    let config: mailbox::Config =
        toml::from_str(&format!("name = \"a\"\ntimeout = \"10s\"\n{keys}")).unwrap();
    mailbox::probe(&config).await.err().map(|problem| (problem.key, problem.text))
}

#[tokio::test]
async fn mails_come_over_tls_and_starttls_by_password_and_by_token() {
    let Some(servers) = Servers::shared(&[Server::Imap]).await else { return };
    let server = servers.mail();
    for security in ["tls", "starttls"] {
        for token in [false, true] {
            let user = server.new_user();
            let mut keys = secured(&server, &user, security);
            match token {
                true => keys += &by_token(&token_server(server.token(&user)).await),
                false => keys += &format!("password = \"{}\"\n", server.password),
            }
            let mut postman = Postman::log_in(&server, &user).await;
            postman.deliver("INBOX", "", "", MAIL.as_bytes()).await;
            assert_eq!(problem(&keys).await, None, "{security}, token: {token}");
            let mut bench = open(&keys, &Arc::default()).await;
            assert_eq!(bench.accept().await.raw, MAIL, "{security}, token: {token}");
        }
    }
}

#[tokio::test]
async fn a_session_is_exchanged_before_its_token_ends() {
    let Some(servers) = Servers::shared(&[Server::Imap]).await else { return };
    let server = servers.mail();
    let user = server.new_user();
    let asked = Arc::new(AtomicUsize::new(0));
    let url = token_server_of(server.token(&user), 1, Arc::clone(&asked)).await;
    let keys = secured(&server, &user, "tls") + &by_token(&url);
    let mut bench = open(&keys, &Arc::default()).await;
    bench.until(|_| asked.load(Ordering::SeqCst) > 2).await;
    let mut postman = Postman::log_in(&server, &user).await;
    postman.deliver("INBOX", "", "", MAIL.as_bytes()).await;
    assert_eq!(bench.accept().await.raw, MAIL);
}

#[tokio::test]
async fn check_names_the_key_that_bars_the_way_and_no_secret() {
    let Some(servers) = Servers::shared(&[Server::Imap]).await else { return };
    let server = servers.mail();
    let user = server.new_user();
    let good = server.keys(&user);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("other-ca.pem"), Certificates::new().ca_pem).unwrap();
    std::fs::write(path("empty"), "").unwrap();
    let tls = secured(&server, &user, "tls") + &format!("password = \"{}\"\n", server.password);
    let ca = server.ca_file.display().to_string();
    let password = format!("password = \"{}\"", server.password);
    let wrong_token = token_server(format!("{}x", server.token(&user))).await;
    let others_token = token_server(server.token("somebody")).await;
    let of_token = |url: &str| secured(&server, &user, "tls") + &by_token(url);
    for (keys, key) in [
        (good.replace(&password, "password = \"wrong\""), "password"),
        (good.replace(&password, "password_file = \"/nonexistent\""), "password_file"),
        (good.replace(&format!("port = {}", server.port), "port = 1"), "host"),
        (format!("{good}folders = [\"Absent\"]\n"), "folders"),
        (format!("{good}done_folder = \"a..b\"\n"), "done_folder"),
        (tls.replace(&ca, &path("other-ca.pem").display().to_string()), "ca_file"),
        (tls.replace(&ca, &path("empty").display().to_string()), "ca_file"),
        (tls.replace("host = \"localhost\"", "host = \"127.0.0.2\""), "ca_file"),
        (of_token(&wrong_token), "oauth"),
        (of_token(&others_token), "oauth"),
        (of_token("http://127.0.0.1:1/"), "oauth.token_url"),
    ] {
        let (found, text) = problem(&keys).await.unwrap_or_else(|| panic!("{key}: nothing wrong"));
        assert_eq!(found, key, "{text}");
        assert!(
            !text.contains(&server.password) && !text.contains(&user) && !text.contains("hush"),
            "{text}"
        );
    }
    assert_eq!(problem(&good).await, None);
}

#[tokio::test]
async fn a_server_that_stops_falls_silent_or_comes_back_costs_no_mail() {
    let Some(servers) = Servers::alone(&[Server::Imap]).await else { return };
    let server = servers.mail();
    let user = server.new_user();
    let mut postman = Postman::log_in(&server, &user).await;
    let mut bench = open(&server.keys(&user), &Arc::default()).await;
    for (number, (harm, cure)) in
        [("restart", ""), ("freeze", "thaw"), ("kill", "start"), ("stop", "start")]
            .iter()
            .enumerate()
    {
        let mail = |part: &str| MAIL.replace("1@", &format!("{number}{part}@"));
        postman.deliver("INBOX", "", "", mail("before").as_bytes()).await;
        let (received, receipt) = bench.next().await;
        assert_eq!(received.raw, mail("before"), "before {harm}");
        servers.control_imap(harm).await;
        // Stored while the server is away: this must not wait for it for long.
        let settling =
            bench.settle(receipt, kvittens::intake::Settlement::Accepted(super::answer(1)));
        tokio::time::timeout(std::time::Duration::from_secs(10), settling).await.expect(harm);
        if !cure.is_empty() {
            servers.control_imap(cure).await;
        }
        postman = Postman::log_in(&server, &user).await;
        postman.deliver("INBOX", "", "", mail("after").as_bytes()).await;
        let received = bench.accept().await;
        assert_eq!(received.raw, mail("after"), "after {harm}");
    }
    bench.until(|_| true).await;
    crate::support::wait::eventually("all are settled", super::LIMIT, || async {
        let mut postman = Postman::log_in(&server, &user).await;
        let left = postman.lying("INBOX").await.len();
        left == 0 && postman.lying("Kvittens.Done").await.len() == 8
    })
    .await;
}
