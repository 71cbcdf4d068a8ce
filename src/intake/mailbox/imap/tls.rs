//! TLS to a mail server: the system's authorities, or the one that the configuration names.

use super::ImapError;
use super::wire::Stream;
use rustls::ClientConfig;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::ServerName;
use rustls::pki_types::pem::PemObject as _;
use std::io;
use std::path::Path;
use std::sync::Arc;
use tokio_rustls::TlsConnector;

/// Whom we trust: the authorities in a PEM file, else the system's.
pub(in crate::intake::mailbox) fn trust(ca_file: Option<&Path>) -> io::Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    match ca_file {
        Some(path) => {
            let pem = std::fs::read(path)?;
            let certificates: Result<Vec<CertificateDer<'_>>, _> =
                CertificateDer::pem_slice_iter(&pem).collect();
            let certificates = certificates.map_err(io::Error::other)?;
            roots.add_parsable_certificates(certificates);
        }
        None => {
            let found = rustls_native_certs::load_native_certs();
            roots.add_parsable_certificates(found.certs);
        }
    }
    if roots.is_empty() {
        return Err(io::Error::other("there is no certificate of an authority in it"));
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?;
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}

/// Begins TLS on a connection.
pub(super) async fn begin(
    config: &Arc<ClientConfig>,
    host: &str,
    stream: Box<dyn Stream>,
) -> Result<Box<dyn Stream>, ImapError> {
    let host = ServerName::try_from(host.to_owned())
        .map_err(|wrong| ImapError::Tls(io::Error::other(wrong)))?;
    let connector = TlsConnector::from(Arc::clone(config));
    let encrypted = connector.connect(host, stream).await.map_err(ImapError::Tls)?;
    Ok(Box::new(encrypted))
}
