//! Whether a mail comes from the domain it says it comes from: DKIM and DMARC asked for ourselves, SPF as our receiving host wrote it down.
//!
//! SPF needs the address that the mail came from, which only the host that took it saw; so its word is believed, and nobody
//! else's. Nothing here can fail a mail: without an answer in time it is unproven.

use super::config::Config;
use super::records::Records;
use crate::domain::proof::Check;
use crate::domain::proof::Proof;
use crate::domain::proof::Verdict;
use crate::mail::spf_seen;
use futures::FutureExt as _;
use hickory_resolver::config::ConnectionConfig;
use hickory_resolver::config::NameServerConfig;
use hickory_resolver::config::ResolverConfig;
use hickory_resolver::config::ResolverOpts;
use mail_auth::AuthenticatedMessage;
use mail_auth::DkimOutput;
use mail_auth::DkimResult;
use mail_auth::DmarcOutput;
use mail_auth::DmarcResult;
use mail_auth::MX;
use mail_auth::MessageAuthenticator;
use mail_auth::Parameters;
use mail_auth::RecordSet;
use mail_auth::SpfOutput;
use mail_auth::SpfResult;
use mail_auth::Txt;
use mail_auth::dmarc::Policy;
use mail_auth::dmarc::verify::DmarcParameters;
use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::net::Ipv6Addr;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

/// Asks for proof of mails' author domains.
#[derive(Clone)]
pub struct Prover(Arc<Asking>);

struct Asking {
    authenticator: MessageAuthenticator,
    trusted_hosts: Vec<String>,
    patience: Duration,
    txt: Records<Box<str>, Txt>,
    ipv4: Records<Box<str>, RecordSet<Ipv4Addr>>,
}

/// The name service cannot be used at all.
#[derive(Debug, thiserror::Error)]
#[error("cannot set up the name service that mails are proven by")]
pub struct NoNameService(#[source] hickory_resolver::net::NetError);

impl Prover {
    /// A prover that asks the configured name server.
    ///
    /// # Errors
    /// The system's own name service is not set up.
    pub fn open(config: &Config) -> Result<Self, NoNameService> {
        let authenticator = match config.resolver {
            Some(server) => asking(server),
            None => MessageAuthenticator::new_system_conf(),
        };
        Ok(Self(Arc::new(Asking {
            authenticator: authenticator.map_err(NoNameService)?,
            trusted_hosts: config.trusted_hosts.clone(),
            patience: config.dns_timeout.unsigned_abs(),
            txt: Records::default(),
            ipv4: Records::default(),
        })))
    }

    /// What vouches for a mail. Takes at most the configured time.
    pub async fn prove(&self, raw: &[u8]) -> Proof {
        let asked = AssertUnwindSafe(tokio::time::timeout(self.0.patience, self.0.ask(raw)));
        match asked.catch_unwind().await {
            Ok(Ok(proof)) => proof,
            Ok(Err(_late)) => Proof { verdict: Verdict::Unknown, ..Proof::default() },
            Err(_panicked) => Proof::default(),
        }
    }
}

fn asking(server: SocketAddr) -> Result<MessageAuthenticator, hickory_resolver::net::NetError> {
    let at_port = |mut connection: ConnectionConfig| {
        connection.port = server.port();
        connection
    };
    let connections = vec![at_port(ConnectionConfig::udp()), at_port(ConnectionConfig::tcp())];
    let servers = vec![NameServerConfig::new(server.ip(), true, connections)];
    MessageAuthenticator::new(
        ResolverConfig::from_parts(None, Vec::new(), servers),
        ResolverOpts::default(),
    )
}

type Asked<'a, P> = Parameters<
    'a,
    P,
    Records<Box<str>, Txt>,
    Records<Box<str>, RecordSet<MX>>,
    Records<Box<str>, RecordSet<Ipv4Addr>>,
    Records<Box<str>, RecordSet<Ipv6Addr>>,
    Records<IpAddr, RecordSet<Box<str>>>,
>;

impl Asking {
    fn with<'a, P>(&'a self, params: P) -> Asked<'a, P> {
        Parameters {
            params,
            cache_txt: Some(&self.txt),
            cache_mx: None,
            cache_ptr: None,
            cache_ipv4: Some(&self.ipv4),
            cache_ipv6: None,
        }
    }

    async fn ask(&self, raw: &[u8]) -> Proof {
        let Some(message) = AuthenticatedMessage::parse(raw) else { return Proof::default() };
        let [from] = message.from.as_slice() else { return Proof::default() };
        let Some((_, author)) = from.rsplit_once('@') else { return Proof::default() };
        let author = author.to_lowercase();
        let dkim = self.authenticator.verify_dkim(self.with(&message)).await;
        let seen = spf_seen(raw, &self.trusted_hosts);
        let domain = seen.as_ref().map(|seen| seen.domain.clone()).unwrap_or_default();
        let spf = SpfOutput::new(domain.clone())
            .with_result(seen.as_ref().map_or(SpfResult::None, |seen| spf_result(&seen.result)));
        let parameters = DmarcParameters {
            message: &message,
            dkim_output: &dkim,
            dkim2_output: None,
            rfc5321_mail_from_domain: &domain,
            spf_output: &spf,
        };
        let dmarc = self.authenticator.verify_dmarc(self.with(parameters)).await;
        weigh(&author, &dkim, seen.is_some().then_some(&spf), &dmarc)
    }
}

/// With a policy of the author's domain DMARC decides; without one, a signature or an envelope of that very domain vouches. Where our own host told
/// nothing of SPF, a mail may still be what its domain allows: then nobody is called a forger.
fn weigh(
    author: &str,
    dkim: &[DkimOutput<'_>],
    spf: Option<&SpfOutput>,
    dmarc: &DmarcOutput,
) -> Proof {
    let signed_by = |output: &&DkimOutput<'_>| {
        output.signature().is_some_and(|signature| within(author, &signature.d.to_lowercase()))
    };
    let passes = |output: &DkimOutput<'_>| matches!(output.result(), DkimResult::Pass);
    let late = |output: &DkimOutput<'_>| matches!(output.result(), DkimResult::TempError(_));
    let dkim_check = match dkim {
        [] => Check::None,
        all if all.iter().filter(signed_by).any(passes) => Check::Pass,
        all if all.iter().any(late) => Check::Unavailable,
        _ => Check::Fail,
    };
    let spf_check = match spf.map(|spf| (spf.result(), spf.domain())) {
        Some((SpfResult::Pass, domain)) if within(author, domain) => Check::Pass,
        None | Some((SpfResult::None, _)) => Check::None,
        Some((SpfResult::TempError, _)) => Check::Unavailable,
        Some(_) => Check::Fail,
    };
    let dmarc_check = match dmarc.result() {
        DmarcResult::Pass => Check::Pass,
        DmarcResult::Fail(_) => Check::Fail,
        DmarcResult::TempError(_) => Check::Unavailable,
        DmarcResult::PermError(_) | DmarcResult::None => Check::None,
    };
    let strict = matches!(dmarc.policy(), Policy::Quarantine | Policy::Reject);
    let verdict = match dmarc_check {
        Check::Pass => Verdict::Proven,
        Check::Fail if strict && spf.is_some() => Verdict::Forged,
        Check::Fail => Verdict::Unproven,
        Check::Unavailable => Verdict::Unknown,
        Check::None if dkim_check == Check::Pass || spf_check == Check::Pass => Verdict::Proven,
        Check::None if dkim_check == Check::Unavailable => Verdict::Unknown,
        Check::None => Verdict::Unproven,
    };
    Proof { verdict, dkim: dkim_check, spf: spf_check, dmarc: dmarc_check }
}

/// Whether the author's domain is this one or lies below it; an empty domain is nobody's.
fn within(author: &str, domain: &str) -> bool {
    let below = author.strip_suffix(domain).is_some_and(|before| before.ends_with('.'));
    !domain.is_empty() && (author == domain || (below && domain.contains('.')))
}

fn spf_result(word: &str) -> SpfResult {
    match word {
        "pass" => SpfResult::Pass,
        "fail" => SpfResult::Fail,
        "softfail" => SpfResult::SoftFail,
        "neutral" => SpfResult::Neutral,
        "temperror" => SpfResult::TempError,
        "permerror" => SpfResult::PermError,
        _ => SpfResult::None,
    }
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn an_author_is_within_its_own_domain_and_never_within_none() {
        for (author, domain, meant) in [
            ("hyra.example", "hyra.example", true),
            ("post.hyra.example", "hyra.example", true),
            ("nothyra.example", "hyra.example", false),
            ("hyra.example", "example", false),
            ("hyra.example", "", false),
            ("", "", false),
        ] {
            assert_eq!(within(author, domain), meant, "{author} {domain}");
        }
    }
}
