//! Calls receivers over TLS: one whose authority is in `ca_file`, and those whose certificate proves nothing.

use super::Config;
use super::Webhook;
use crate::seal::chest::Chest;
use crate::seal::keys::KeyRing;
use crate::seal::keys::generate;
use jiff::Timestamp;
use rcgen::BasicConstraints;
use rcgen::CertificateParams;
use rcgen::IsCa;
use rcgen::Issuer;
use rcgen::KeyPair;
use rcgen::date_time_ymd;
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use std::path::Path;
use std::sync::Arc;
use std::sync::Mutex;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// An authority: its certificate in PEM, and itself.
fn authority() -> (String, Issuer<'static, KeyPair>) {
    let key = KeyPair::generate().unwrap();
    let mut parameters = CertificateParams::new(Vec::<String>::new()).unwrap();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let certificate = parameters.self_signed(&key).unwrap();
    (certificate.pem(), Issuer::new(parameters, key))
}

/// A server's part, with a certificate for this name that ends in this year.
fn server(authority: &Issuer<'static, KeyPair>, name: &str, ends: i32) -> Arc<ServerConfig> {
    let key = KeyPair::generate().unwrap();
    let mut leaf = CertificateParams::new(vec![name.to_owned()]).unwrap();
    leaf.not_after = date_time_ymd(ends, 1, 1);
    let leaf = leaf.signed_by(&key, authority).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], key);
    Arc::new(config.unwrap())
}

/// A receiver over TLS: its port, and what it could read.
async fn receiver(config: Arc<ServerConfig>) -> (u16, Arc<Mutex<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let read = Arc::<Mutex<Vec<u8>>>::default();
    let kept = Arc::clone(&read);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = TlsAcceptor::from(Arc::clone(&config)).accept(stream).await else {
                continue;
            };
            let mut piece = [0; 4096];
            while !kept.lock().unwrap().ends_with(b"}") {
                match stream.read(&mut piece).await {
                    Ok(read) if read > 0 => kept.lock().unwrap().extend_from_slice(&piece[..read]),
                    Ok(_) | Err(_) => break,
                }
            }
            drop(stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await);
            drop(stream.shutdown().await);
        }
    });
    (port, read)
}

async fn call(
    port: u16,
    ca_file: Option<&Path>,
) -> Result<String, crate::domain::failure::Failure> {
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let trusted = ca_file.map(|file| format!("ca_file = {file:?}")).unwrap_or_default();
    let text = format!("url = 'https://localhost:{port}/hook'\nallow_private = true\n{trusted}");
    let config: Config = toml::from_str(&text).unwrap();
    let key = generate("2026-11-01T00:00:00Z".parse().unwrap()).unwrap();
    let chest = Chest::of(KeyRing::parse([key.reveal()]).unwrap());
    let webhook = Webhook::open(&config, chest).unwrap();
    let now: Timestamp = "2026-11-03T08:00:00Z".parse().unwrap();
    webhook.call("confirmation-1", "{\"a\":1}".to_owned(), now).await
}

#[tokio::test]
async fn a_receiver_is_called_whose_authority_is_trusted_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("authority.pem");
    let (pem, ours) = authority();
    std::fs::write(&file, &pem).unwrap();
    let (_, stranger) = authority();
    let (port, read) = receiver(server(&ours, "localhost", 2096)).await;
    assert_eq!(call(port, Some(&file)).await.unwrap(), "webhook confirmation-1 answered with 204");
    let read = String::from_utf8(read.lock().unwrap().clone()).unwrap();
    assert!(read.starts_with("POST /hook HTTP/1.1\r\n") && read.ends_with("{\"a\":1}"), "{read}");
    for (config, trusted, what) in [
        (server(&ours, "localhost", 2096), None, "its authority is none that is trusted"),
        (server(&stranger, "localhost", 2096), Some(file.as_path()), "another authority's"),
        (server(&ours, "kfm.example", 2096), Some(file.as_path()), "another name's"),
        (server(&ours, "localhost", 1999), Some(file.as_path()), "one that has run out"),
    ] {
        let (port, read) = receiver(config).await;
        let failure = call(port, trusted).await.unwrap_err();
        assert_eq!(failure.class(), "transient", "{what}: {failure}");
        assert!(failure.reason().contains("cannot be reached"), "{what}: {failure}");
        assert!(read.lock().unwrap().is_empty(), "{what}: nothing was said");
    }
}
