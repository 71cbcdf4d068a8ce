//! A connection to a server that has proved who it is, logged in, and ready for files.
//!
//! Nothing of ours, not even the user's name, is sent before the host key was found among the pinned ones; there is no trust on first
//! use. Signatures with SHA-1 are neither made nor taken.

use super::client::Client;
use super::error::SftpError;
use super::server::HostKey;
use super::server::Server;
use super::server::fingerprint;
use russh::client;
use russh::client::AuthResult;
use russh::client::Handle;
use russh::client::KeyboardInteractiveAuthResponse;
use russh::keys::Algorithm;
use russh::keys::HashAlg;
use russh::keys::PrivateKeyWithHashAlg;
use russh::keys::PublicKey;
use russh::keys::PublicKeyOrCertificate;
use std::borrow::Cow;
use std::io;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

/// How often a server may ask for the password anew under keyboard-interactive before it counts as refused.
const ROUNDS: usize = 4;

/// A connection in use; dropping it ends it.
pub(super) struct Session {
    pub(super) client: Client,
    _connection: Handle<Gatekeeper>,
}

/// Looks at the server's key.
struct Gatekeeper {
    pinned: Vec<HostKey>,
    refused: Arc<Mutex<Option<PublicKey>>>,
}

impl client::Handler for Gatekeeper {
    type Error = russh::Error;

    async fn check_server_key(
        &mut self,
        shown: &PublicKeyOrCertificate,
    ) -> Result<bool, russh::Error> {
        let PublicKeyOrCertificate::PublicKey { key, .. } = shown else { return Ok(false) };
        let known = self.pinned.iter().any(|pinned| pinned.is(key));
        if !known {
            let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
            *refused = Some(key.clone());
        }
        Ok(known)
    }
}

/// Connects, within the time that is configured for it.
pub(super) async fn connect(server: &Server) -> Result<Session, SftpError> {
    match tokio::time::timeout(server.connect_timeout, connect_in_time(server)).await {
        Ok(connected) => connected,
        Err(_) => Err(SftpError::Unreachable {
            server: server.name(),
            source: io::ErrorKind::TimedOut.into(),
        }),
    }
}

async fn connect_in_time(server: &Server) -> Result<Session, SftpError> {
    // A missing or unreadable key is our own fault and told without troubling the server.
    let key = server.private_key()?;
    let mut connection = shake_hands(server).await?;
    log_in(server, key, &mut connection).await?;
    let failed = |source| SftpError::Handshake { server: server.name(), source };
    let no_sftp = |_| SftpError::NoSftp { server: server.name() };
    let mut channel = connection.channel_open_session().await.map_err(failed)?;
    channel.request_subsystem(true, "sftp").await.map_err(no_sftp)?;
    loop {
        match channel.wait().await {
            Some(russh::ChannelMsg::Success) => break,
            Some(russh::ChannelMsg::WindowAdjusted { .. }) => {}
            Some(_) | None => return Err(SftpError::NoSftp { server: server.name() }),
        }
    }
    let client = Client::begin(channel.into_stream(), server.timeout).await?;
    Ok(Session { client, _connection: connection })
}

/// A server may have keys of several kinds and shows one of those we ask for. We ask for the kinds of the pinned keys; a fingerprint does
/// not tell its kind, so then the kinds are asked for one after the other until the pinned key is shown.
async fn shake_hands(server: &Server) -> Result<Handle<Gatekeeper>, SftpError> {
    let mut kinds = kinds(&server.host_keys);
    let mut first_refused = None;
    loop {
        let refused = Arc::<Mutex<Option<PublicKey>>>::default();
        let gatekeeper =
            Gatekeeper { pinned: server.host_keys.clone(), refused: Arc::clone(&refused) };
        let socket = tokio::net::TcpStream::connect((server.host.as_str(), server.port)).await;
        let unreachable = |source| SftpError::Unreachable { server: server.name(), source };
        let socket = socket.map_err(unreachable)?;
        socket.set_nodelay(true).map_err(unreachable)?;
        let config = Arc::new(config(server, kinds.clone()));
        let shaken = client::connect_stream(config, socket, gatekeeper).await;
        let error = match shaken {
            Ok(connection) => return Ok(connection),
            Err(error) => error,
        };
        let shown = refused.lock().unwrap_or_else(PoisonError::into_inner).take();
        match (shown, first_refused) {
            (Some(shown), earlier) => {
                kinds.retain(|kind| !alike(kind, &shown.algorithm()));
                let first = earlier.unwrap_or_else(|| SftpError::HostKey {
                    server: server.name(),
                    shown: format!("{} ({})", fingerprint(&shown), shown.algorithm()),
                });
                if kinds.is_empty() {
                    return Err(first);
                }
                first_refused = Some(first);
            }
            // No kind is left that the server has a key of.
            (None, Some(first)) => return Err(first),
            (None, None) => {
                return Err(SftpError::Handshake { server: server.name(), source: error });
            }
        }
    }
}

fn config(server: &Server, kinds: Vec<Algorithm>) -> client::Config {
    client::Config {
        keepalive_interval: Some(server.keepalive),
        keepalive_max: 3,
        nodelay: true,
        preferred: russh::Preferred { key: Cow::Owned(kinds), ..russh::Preferred::DEFAULT },
        ..client::Config::default()
    }
}

/// The kinds of host key that can be pinned here, best first; without RSA's SHA-1.
fn kinds(pinned: &[HostKey]) -> Vec<Algorithm> {
    let all = russh::Preferred::DEFAULT.key;
    let modern = all.iter().filter(|kind| !matches!(kind, Algorithm::Rsa { hash: None }));
    let wanted = |kind: &&Algorithm| {
        pinned.iter().any(|key| match key {
            HostKey::Key(key) => alike(kind, &key.algorithm()),
            HostKey::Fingerprint(_) => true,
        })
    };
    modern.filter(wanted).cloned().collect()
}

/// Whether both are of one kind, whatever the digest that RSA signs with.
fn alike(one: &Algorithm, other: &Algorithm) -> bool {
    let rsa = |kind: &Algorithm| matches!(kind, Algorithm::Rsa { .. });
    one == other || (rsa(one) && rsa(other))
}

async fn log_in(
    server: &Server,
    key: Option<russh::keys::PrivateKey>,
    connection: &mut Handle<Gatekeeper>,
) -> Result<(), SftpError> {
    let failed = |source| SftpError::Handshake { server: server.name(), source };
    let mut tried = Vec::new();
    let mut offered = String::new();
    if let Some(key) = key {
        let key = Arc::new(key);
        tried.push("key");
        for hash in signing(&key, connection).await.map_err(failed)? {
            let key = PrivateKeyWithHashAlg::new(Arc::clone(&key), hash);
            let outcome = connection.authenticate_publickey(&server.user, key).await;
            match outcome.map_err(failed)? {
                AuthResult::Success => return Ok(()),
                AuthResult::Failure { remaining_methods, partial_success } => {
                    offered = names(&remaining_methods);
                    if partial_success {
                        break;
                    }
                }
            }
        }
    }
    if let Some(secret) = &server.password {
        let password = secret.read("password")?;
        tried.push("password");
        let outcome = connection.authenticate_password(&server.user, &password).await;
        match outcome.map_err(failed)? {
            AuthResult::Success => return Ok(()),
            AuthResult::Failure { remaining_methods, .. } => offered = names(&remaining_methods),
        }
        if offered.contains("keyboard-interactive")
            && answer_prompts(server, &password, connection).await.map_err(failed)?
        {
            return Ok(());
        }
    }
    // Who refuses says what may be tried instead (RFC 4252 section 5.1). Without that the connection broke in the midst of it.
    if offered.is_empty() {
        return Err(SftpError::Lost);
    }
    Err(SftpError::Login { server: server.name(), tried: tried.join(", "), offered })
}

fn names(methods: &russh::MethodSet) -> String {
    methods.iter().map(<&str>::from).collect::<Vec<_>>().join(", ")
}

/// With what an RSA key signs: what the server says that it takes, else both that are safe. Other keys know only one way.
async fn signing(
    key: &russh::keys::PrivateKey,
    connection: &Handle<Gatekeeper>,
) -> Result<Vec<Option<HashAlg>>, russh::Error> {
    if !key.algorithm().is_rsa() {
        return Ok(vec![None]);
    }
    Ok(match connection.best_supported_rsa_hash().await? {
        Some(Some(hash)) => vec![Some(hash)],
        // `Some(None)` would be SHA-1.
        Some(None) | None => vec![Some(HashAlg::Sha512), Some(HashAlg::Sha256)],
    })
}

/// Some servers ask for the password by a prompt. Only prompts that hide what is typed get it.
async fn answer_prompts(
    server: &Server,
    password: &str,
    connection: &mut Handle<Gatekeeper>,
) -> Result<bool, russh::Error> {
    let mut said =
        connection.authenticate_keyboard_interactive_start(&server.user, None::<String>).await?;
    for _ in 0..ROUNDS {
        let prompts = match said {
            KeyboardInteractiveAuthResponse::Success => return Ok(true),
            KeyboardInteractiveAuthResponse::Failure { .. } => return Ok(false),
            KeyboardInteractiveAuthResponse::InfoRequest { prompts, .. } => prompts,
        };
        let answer = |prompt: &client::Prompt| match prompt.echo {
            true => String::new(),
            false => password.to_owned(),
        };
        let answers = prompts.iter().map(answer).collect();
        said = connection.authenticate_keyboard_interactive_respond(answers).await?;
    }
    Ok(false)
}
