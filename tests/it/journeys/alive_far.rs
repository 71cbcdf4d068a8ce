//! Doors on other machines: a canary walks through the mailbox's real address on a real mail server, and a server that is silent or gone makes
//! its door deaf, seen by everyone, until it is back.

use crate::support::gateway::Gateway;
use crate::support::imap::MailServer;
use crate::support::imap::Postman;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::sftp;
use crate::support::sftp::FarFolder;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use crate::support::wait;

use super::alive::CANARY;
use super::alive::canaries;
use super::alive::metric;
use super::alive::until_door;
use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::end;
use super::visitor::Visitor;

const ADDRESS: &str = "avh@kommun.example";

fn mailbox(server: &MailServer, user: &str) -> String {
    let keys = server.keys(user);
    format!(
        "[[intake.mailbox]]\nname = \"post\"\n{keys}idle_for = \"2s\"\ntimeout = \"2s\"\nown_addresses = [\"{ADDRESS}\"]\n"
    )
}

#[tokio::test]
async fn a_canary_walks_out_by_smtp_and_in_through_the_mailbox() {
    let Some(servers) = Servers::shared(&[Server::Imap]).await else { return };
    let (server, sink) = (servers.mail(), SmtpSink::start(SmtpOptions::default()).await);
    let user = server.new_user();
    let doors = "doors = [\"mailbox:post\"]\n";
    let place = Place::new(&Wishes {
        smtp_port: Some(sink.port()),
        more: format!("{CANARY}{doors}{}", mailbox(&server, &user)),
        ..Wishes::default()
    });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let mail = sink.wait_for(1, LIMIT).await.remove(0);
    assert_eq!(mail.envelope_to, [ADDRESS]);
    // The mail server of the town brings it into the mailbox.
    let mut postman = Postman::log_in(&server, &user).await;
    postman.deliver("INBOX", "", "01-Nov-2026 12:00:00 +0000", &mail.data).await;
    until_door(&place, "mailbox:post", "its canary came out", |door| {
        door["canary"]["lastSuccessAt"].is_string()
    })
    .await;
    let (ours, others) = canaries(&place).await;
    assert!(!ours.is_empty() && others.is_empty(), "{others:?}");
    let done = postman.lying("Kvittens.Done").await;
    assert!(!done.is_empty(), "the canary is moved away like any mail");
    end(gateway).await;
}

#[tokio::test]
async fn a_mail_server_that_is_silent_or_gone_makes_its_door_deaf() {
    let Some(servers) = Servers::alone(&[Server::Imap]).await else { return };
    let server = servers.mail();
    let user = server.new_user();
    let more = format!("deaf_after = \"4s\"\n{}", mailbox(&server, &user));
    let place = Place::new(&Wishes { more, ..Wishes::default() });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    for (ill, well) in [("freeze", "thaw"), ("kill", "start")] {
        until_door(&place, "mailbox:post", "hears", |door| door["hearing"] == "hears").await;
        servers.control_imap(ill).await;
        until_door(&place, "mailbox:post", "is deaf", |door| door["hearing"] == "deaf").await;
        let line = "kvittens_door_deaf{door=\"mailbox:post\"} 1";
        wait::eventually("the metric", LIMIT, || async { metric(&place, line).await }).await;
        servers.control_imap(well).await;
    }
    until_door(&place, "mailbox:post", "hears again", |door| door["hearing"] == "hears").await;
    end(gateway).await;
}

#[tokio::test]
async fn an_sftp_server_that_is_gone_makes_its_door_deaf() {
    let Some(servers) = Servers::alone(&[Server::Sftp]).await else { return };
    let far = FarFolder::new();
    let keys = far.keys("far", sftp::port());
    let more = format!(
        "deaf_after = \"3s\"\n[[intake.sftp]]\n{keys}scan_every = \"200ms\"\ntimeout = \"2s\"\n"
    );
    let place = Place::new(&Wishes { more, ..Wishes::default() });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    until_door(&place, "sftp:far", "hears", |door| door["hearing"] == "hears").await;
    servers.control_sftp("kill").await;
    until_door(&place, "sftp:far", "is deaf", |door| door["hearing"] == "deaf").await;
    let visitor = Visitor::with_account(&place, "anna", &["--role", "view"]).await;
    let front = visitor.get("/ops/?lang=en").await.text;
    assert!(front.contains("SFTP far") && front.contains("> deaf"), "{front}");
    servers.control_sftp("start").await;
    until_door(&place, "sftp:far", "hears again", |door| door["hearing"] == "hears").await;
    end(gateway).await;
}
