//! Tokens from a server of our own on this machine.

use super::Config;
use super::TokenError;
use super::Tokens;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

/// A token server that gives these answers one after the other, and what it was asked.
async fn server(answers: &[(u16, &str)]) -> (String, Arc<Mutex<Vec<String>>>) {
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/token", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let mut answers: VecDeque<(u16, String)> =
        answers.iter().map(|(status, body)| (*status, (*body).to_owned())).collect();
    let told = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Some((status, body)) = answers.pop_front() {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !complete(&request) {
                let mut piece = [0; 4096];
                let read = stream.read(&mut piece).await.unwrap();
                request.extend_from_slice(&piece[..read]);
            }
            let request = String::from_utf8(request).unwrap();
            told.lock().unwrap().push(request.split_once("\r\n\r\n").unwrap().1.to_owned());
            let length = body.len();
            let answer = format!(
                "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (url, asked)
}

fn complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
    length.is_none_or(|length| body.len() >= length.trim().parse().unwrap())
}

fn tokens(url: &str, more: &str) -> Tokens {
    let text = format!("token_url = '{url}'\nclient_id = 'program'\n{more}");
    let config: Config = toml::from_str(&text).unwrap();
    Tokens::open(&config, Duration::from_secs(5)).unwrap()
}

const FIRST: &str = r#"{"access_token":"one","expires_in":3600,"token_type":"Bearer"}"#;
const SECOND: &str = r#"{"access_token":"two","expires_in":"3600"}"#;

#[tokio::test]
async fn a_token_is_kept_until_it_is_about_to_end_or_was_refused() {
    let (url, asked) = server(&[(200, FIRST), (200, SECOND)]).await;
    let tokens = tokens(&url, "client_secret = 'hush&'\nscope = 'a b'");
    for expected in ["one", "one"] {
        assert_eq!(tokens.token().await.unwrap().0.reveal(), expected);
    }
    tokens.forget().await;
    assert_eq!(tokens.token().await.unwrap().0.reveal(), "two");
    let asked = asked.lock().unwrap().clone();
    assert_eq!(
        asked,
        ["grant_type=client_credentials&client_id=program&client_secret=hush%26&scope=a+b"; 2]
    );
}

#[tokio::test]
async fn a_token_that_lives_for_a_second_is_renewed_before_its_end() {
    let short = r#"{"access_token":"one","expires_in":1}"#;
    let (url, _) = server(&[(200, short), (200, SECOND)]).await;
    let tokens = tokens(&url, "client_secret = 'hush'");
    let (_, until) = tokens.token().await.unwrap();
    assert!(until.duration_since(tokio::time::Instant::now()) < Duration::from_millis(900));
    tokio::time::sleep_until(until).await;
    assert_eq!(tokens.token().await.unwrap().0.reveal(), "two");
}

#[tokio::test]
async fn a_refresh_token_that_is_exchanged_is_kept() {
    let exchanged = r#"{"access_token":"one","expires_in":3600,"refresh_token":"newer"}"#;
    let (url, asked) = server(&[(200, exchanged), (200, SECOND), (200, SECOND)]).await;
    let tokens = tokens(&url, "refresh_token = 'older'\nscope = ''");
    for _ in 0..3 {
        tokens.token().await.unwrap();
        tokens.forget().await;
    }
    let asked = asked.lock().unwrap().clone();
    let refresh =
        |token: &str| format!("grant_type=refresh_token&refresh_token={token}&client_id=program");
    assert_eq!(asked, [refresh("older"), refresh("newer"), refresh("newer")]);
}

#[tokio::test]
async fn a_refusal_tells_its_code_and_nothing_of_its_text() {
    for (status, body, expected) in [
        (
            400,
            r#"{"error":"invalid_client","error_description":"secret hush of testa@example.org"}"#,
            "the token server refused with status 400 (invalid_client)",
        ),
        (401, r#"{"error":"Wrong Secret hush"}"#, "the token server refused with status 401"),
        (503, "hush", "the token server refused with status 503"),
        (200, r#"{"access_token":""}"#, "the token server's answer holds no token"),
        (200, r#"{"access_token":"a\r\nb"}"#, "the token server's answer holds no token"),
        (200, "<html>", "the token server's answer holds no token"),
    ] {
        let (url, _) = server(&[(status, body)]).await;
        let refused = tokens(&url, "client_secret = 'hush'").token().await.unwrap_err();
        assert_eq!(refused.to_string(), expected);
    }
    let away = tokens("http://127.0.0.1:1/token", "client_secret = 'hush'").token().await;
    assert!(matches!(away.unwrap_err(), TokenError::Unreachable(_)));
}

#[test]
fn secrets_come_from_files_without_their_last_line_break() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    std::fs::write(&file, "hush \r\n").unwrap();
    let found = super::secret(&None, Some(&file)).unwrap().unwrap();
    assert_eq!(found.reveal(), "hush ");
    assert!(super::secret(&None, Some(&folder.path().join("absent"))).is_err());
}
