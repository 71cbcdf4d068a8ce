//! The SMTP sink, with lettre as the client and by hand.

use std::time::Duration;

use lettre::AsyncSmtpTransport;
use lettre::AsyncTransport;
use lettre::Message;
use lettre::Tokio1Executor;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::Certificate;
use lettre::transport::smtp::client::Tls;
use lettre::transport::smtp::client::TlsParameters;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::support::certificates::Certificates;
use crate::support::smtp::Fault;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;

const LIMIT: Duration = Duration::from_secs(10);

type Transport = AsyncSmtpTransport<Tokio1Executor>;

fn plain(port: u16) -> Transport {
    Transport::builder_dangerous("127.0.0.1").port(port).build()
}

fn message() -> Message {
    Message::builder()
        .from("mottagning@kommun.example".parse().expect("an address"))
        .to("hyra@fastighet.example".parse().expect("an address"))
        .subject("Mottaget AVH-7K4M-2QX6")
        .body("Rad ett\r\n.rad med punkt\r\n".to_owned())
        .expect("a message")
}

#[tokio::test]
async fn a_mail_is_kept_as_it_was_sent() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    plain(sink.port()).send(message()).await.expect("accepted");
    let mails = sink.wait_for(1, LIMIT).await;
    assert_eq!(mails[0].envelope_from, "mottagning@kommun.example");
    assert_eq!(mails[0].envelope_to, ["hyra@fastighet.example"]);
    assert_eq!(mails[0].header("subject").as_deref(), Some("Mottaget AVH-7K4M-2QX6"));
    assert!(mails[0].body().contains("\r\n.rad med punkt\r\n"), "dot-stuffing is undone");
    assert!(mails[0].answered);
}

#[tokio::test]
async fn faults_happen_in_the_order_given_and_then_stop() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let transport = plain(sink.port());
    sink.fail_next(1, Fault::RefuseRecipientForNow);
    sink.fail_next(1, Fault::RefuseRecipient);
    sink.fail_next(1, Fault::RefuseAfterData);
    sink.fail_next(1, Fault::DropAfterData);
    assert!(transport.send(message()).await.expect_err("451").is_transient());
    assert!(transport.send(message()).await.expect_err("550").is_permanent());
    assert!(transport.send(message()).await.expect_err("452").is_transient());
    assert_eq!(sink.count(), 1, "only what was refused after its data is kept");
    let cut = transport.send(message()).await.expect_err("cut");
    assert!(!cut.is_transient() && !cut.is_permanent());
    assert_eq!(sink.count(), 2, "a mail cut off after its dot has arrived");
    transport.send(message()).await.expect("healed");
    let answered: Vec<bool> = sink.mails().iter().map(|mail| mail.answered).collect();
    assert_eq!(answered, [false, false, true]);
}

#[tokio::test]
async fn silence_lasts_until_the_client_gives_up() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    for fault in [Fault::SilentOnConnect, Fault::SilentAfterData] {
        sink.fail_next(1, fault);
        let transport = plain(sink.port());
        let sending = tokio::time::timeout(Duration::from_millis(200), transport.send(message()));
        assert!(sending.await.is_err(), "{fault:?}");
    }
    assert_eq!(sink.count(), 1);
}

#[tokio::test]
async fn mail_waits_for_tls_and_log_in_where_they_are_demanded() {
    let certificates = Certificates::new();
    let options = SmtpOptions {
        starttls: Some(certificates.clone()),
        require_tls: true,
        login: Some(("kvittens".to_owned(), "hemligt".to_owned())),
        ..SmtpOptions::default()
    };
    let sink = SmtpSink::start(options).await;
    assert!(plain(sink.port()).send(message()).await.is_err(), "plain text is refused");
    let ca = Certificate::from_pem(certificates.ca_pem.as_bytes()).expect("a certificate");
    let tls = TlsParameters::builder("localhost".to_owned())
        .add_root_certificate(ca)
        .build_rustls()
        .expect("TLS");
    let secure = |password: &str| {
        Transport::builder_dangerous("127.0.0.1")
            .port(sink.port())
            .tls(Tls::Required(tls.clone()))
            .credentials(Credentials::new("kvittens".to_owned(), password.to_owned()))
            .build()
    };
    assert!(secure("fel").send(message()).await.is_err(), "a wrong password is refused");
    secure("hemligt").send(message()).await.expect("accepted");
    assert_eq!(sink.count(), 1);
}

#[tokio::test]
async fn commands_sent_ahead_are_answered_in_turn_and_wrong_ones_refused() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let mut stream = TcpStream::connect(("127.0.0.1", sink.port())).await.expect("a connection");
    let talk = "DATA\r\nEHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<nobody>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n\
                Subject: x\r\n\r\n..\r\n.\r\nHELLO\r\nQUIT\r\n";
    stream.write_all(talk.as_bytes()).await.expect("sent");
    let mut answers = String::new();
    stream.read_to_string(&mut answers).await.expect("answers");
    let codes: Vec<&str> =
        answers.lines().filter(|line| line.as_bytes()[3] == b' ').map(|line| &line[..3]).collect();
    assert_eq!(codes, ["220", "503", "250", "250", "501", "250", "354", "250", "502", "221"]);
    assert_eq!(sink.mails()[0].data.as_ref(), b"Subject: x\r\n\r\n.\r\n");
}

#[tokio::test]
async fn a_restart_keeps_the_port_and_the_mails() {
    let mut sink = SmtpSink::start(SmtpOptions::default()).await;
    plain(sink.port()).send(message()).await.expect("accepted");
    sink.stop();
    assert!(plain(sink.port()).send(message()).await.is_err());
    sink.restart();
    plain(sink.port()).send(message()).await.expect("accepted");
    assert_eq!(sink.count(), 2);
}
