//! A certificate authority for one test, with a server certificate for localhost and 127.0.0.1 (a certificate
//! that is its own authority is refused by rustls, so there are always two).

use std::sync::Arc;

use rcgen::BasicConstraints;
use rcgen::CertificateParams;
use rcgen::IsCa;
use rcgen::Issuer;
use rcgen::KeyPair;
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;

/// An authority and one leaf.
#[derive(Clone)]
pub(crate) struct Certificates {
    /// The authority's certificate, for the gateway's `ca_file` keys.
    pub(crate) ca_pem: String,
    /// For servers of ours.
    pub(crate) server: Arc<ServerConfig>,
}

impl Certificates {
    /// Makes a new authority and a leaf for `localhost` and `127.0.0.1`.
    pub(crate) fn new() -> Self {
        let ca_key = KeyPair::generate().expect("a key");
        let mut ca = CertificateParams::new(Vec::<String>::new()).expect("parameters");
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let ca_certificate = ca.self_signed(&ca_key).expect("an authority");
        let issuer = Issuer::new(ca, ca_key);
        let leaf_key = KeyPair::generate().expect("a key");
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let leaf = CertificateParams::new(names).expect("parameters");
        let leaf = leaf.signed_by(&leaf_key, &issuer).expect("a leaf");
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let key = PrivateKeyDer::try_from(leaf_key.serialize_der()).expect("a key in DER");
        let server = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("protocol versions")
            .with_no_client_auth()
            .with_single_cert(vec![leaf.der().clone()], key)
            .expect("a server configuration");
        Self { ca_pem: ca_certificate.pem(), server: Arc::new(server) }
    }
}
