//! A mail is proven, unproven or forged as its author's domain says, asked of a name server; no answer is no proof.

use crate::support::name_server::NameServer;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use kvittens::domain::proof::Check;
use kvittens::domain::proof::Verdict;
use kvittens::partners::Config;
use kvittens::partners::proof::Prover;
use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter as _;
use mail_auth::dkim::DkimSigner;
use std::net::SocketAddr;

const OURS: &str = "Received: from out.hyra.example by mx.kommun.example with ESMTPS; Mon, 2 Nov 2026 09:00:00 +0100\r\n";
const SPF: &str =
    "Authentication-Results: mx.kommun.example; spf=pass smtp.mailfrom=b@hyra.example\r\n";

/// Signs mails for a domain and has its key published.
pub(crate) struct Signer {
    key: Vec<u8>,
    domain: String,
}

impl Signer {
    pub(crate) fn of(domain: &str, names: &NameServer) -> Self {
        let key = Ed25519Key::generate_pkcs8().unwrap();
        let public = Ed25519Key::from_pkcs8_der(&key).unwrap().public_key();
        let record = format!("v=DKIM1; k=ed25519; p={}", STANDARD.encode(public));
        names.txt(&format!("s1._domainkey.{domain}"), &record);
        Self { key, domain: domain.to_owned() }
    }

    pub(crate) fn signed(&self, mail: &str) -> String {
        let key = Ed25519Key::from_pkcs8_der(&self.key).unwrap();
        let signer = DkimSigner::from_key(key).domain(&self.domain).selector("s1").headers([
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
        ]);
        format!("{}{mail}", signer.sign(mail.as_bytes()).unwrap().to_header())
    }
}

fn mail(from: &str) -> String {
    format!(
        "From: {from}\r\nTo: avhysning@kommun.example\r\nSubject: Underrättelse\r\nDate: Mon, 2 Nov 2026 08:59:00 +0100\r\nMessage-ID: <1@hyra.example>\r\n\r\nTvå rader.\r\nDär andra raden är sist.\r\n"
    )
}

fn prover(resolver: SocketAddr) -> Prover {
    Prover::open(&Config {
        trusted_hosts: vec!["mx.kommun.example".to_owned()],
        resolver: Some(resolver),
        dns_timeout: SignedDuration::from_millis(1500),
        ..Config::default()
    })
    .unwrap()
}

type Case = (&'static str, String, Verdict, Check);

async fn hold(prover: &Prover, cases: Vec<Case>) {
    for (what, raw, verdict, dkim) in cases {
        let proof = prover.prove(raw.as_bytes()).await;
        assert_eq!((proof.verdict, proof.dkim), (verdict, dkim), "{what}: {proof:?}");
    }
}

#[tokio::test]
async fn the_authors_domain_decides() {
    let names = NameServer::start().await;
    let signer = Signer::of("hyra.example", &names);
    let other = Signer::of("massutskick.example", &names);
    names.txt("_dmarc.mild.example", "v=DMARC1; p=none");

    let own = mail("Hyra <info@hyra.example>");
    let signed = signer.signed(&own);
    let tampered = signed.replace("Två rader", "Tre rader");
    let above = signer.signed(&mail("a@post.hyra.example"));
    let seen = format!("{SPF}{OURS}{own}");
    let said = format!("{OURS}{SPF}{own}");
    let two = mail("a@hyra.example, b@strikt.example");
    let cases = vec![
        ("signed by its own domain", signed, Verdict::Proven, Check::Pass),
        ("signed by the domain above", above, Verdict::Proven, Check::Pass),
        ("changed after signing", tampered, Verdict::Unproven, Check::Fail),
        ("signed by somebody else", other.signed(&own), Verdict::Unproven, Check::Fail),
        ("nothing", own, Verdict::Unproven, Check::None),
        ("our host saw SPF pass", seen, Verdict::Proven, Check::None),
        ("the sender says that SPF passed", said, Verdict::Unproven, Check::None),
        ("a mild domain, not signed", mail("a@mild.example"), Verdict::Unproven, Check::None),
        ("no author", "Subject: x\r\n\r\ntext".to_owned(), Verdict::Unproven, Check::None),
        ("two authors", two, Verdict::Unproven, Check::None),
        ("no mail at all", "\0\u{1}".to_owned(), Verdict::Unproven, Check::None),
    ];
    hold(&prover(names.address), cases).await;
}

#[tokio::test]
async fn a_strict_domains_mail_is_forged_when_our_host_saw_that_it_came_from_elsewhere() {
    let names = NameServer::start().await;
    let strict = Signer::of("strikt.example", &names);
    let other = Signer::of("massutskick.example", &names);
    names.txt("_dmarc.strikt.example", "v=DMARC1; p=reject");

    let own = mail("a@strikt.example");
    let from_elsewhere = |mail: &str| {
        format!(
            "Authentication-Results: mx.kommun.example; spf=fail smtp.mailfrom=x@evil.example\r\n{OURS}{mail}"
        )
    };
    let signed = from_elsewhere(&strict.signed(&own));
    let by_another = from_elsewhere(&other.signed(&own));
    let below = from_elsewhere(&mail("a@under.strikt.example"));
    let cases = vec![
        ("signed", signed, Verdict::Proven, Check::Pass),
        ("not signed", from_elsewhere(&own), Verdict::Forged, Check::None),
        ("signed by another", by_another, Verdict::Forged, Check::Fail),
        ("below the domain", below, Verdict::Forged, Check::None),
        ("nothing known of SPF", own, Verdict::Unproven, Check::None),
    ];
    hold(&prover(names.address), cases).await;
}

#[tokio::test]
async fn without_a_name_service_nothing_is_proven_and_nothing_hangs() {
    let silent = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let names = NameServer::start().await;
    let signed = Signer::of("hyra.example", &names).signed(&mail("a@hyra.example"));
    let proof = prover(silent.local_addr().unwrap()).prove(signed.as_bytes()).await;
    assert_eq!(proof.verdict, Verdict::Unknown);
}
