//! Servers that go away under the running gateway, in the middle of a run.

use crate::support::gateway::Gateway;
use crate::support::gateway::status_of;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::wait;

use super::kill::QUIET;
use super::load::Load;
use super::scene::Scene;

/// Restarts a server under the running gateway, waits until answers are given again, and kills the gateway then.
pub(super) async fn restart(
    scene: &Scene,
    load: &Load,
    servers: &Servers,
    which: Server,
) -> &'static str {
    let mut gateway = Gateway::start(&scene.workspace, &[]).await;
    let moment = match which {
        Server::Amqp => {
            servers.control_amqp("restart").await;
            "after the broker's restart"
        }
        Server::Sftp => {
            servers.control_sftp("kill").await;
            servers.control_sftp("start").await;
            "after the partner's server's end"
        }
        Server::Imap => {
            // Silent first, with its connections open; then gone with all that it had not on its disk.
            servers.control_imap("freeze").await;
            let noticed = "cannot use the mailbox of a door";
            wait::eventually("the silence is noticed", QUIET, || async {
                gateway.stderr().contains(noticed)
            })
            .await;
            servers.control_imap("kill").await;
            servers.control_imap("start").await;
            "after the mail server's silence and end"
        }
        Server::Postgres | Server::Prism | Server::Clamd => {
            // As a crash: what was confirmed must be on its disk.
            servers.control_postgres("kill").await;
            servers.control_postgres("start").await;
            "after the database's crash"
        }
    };
    let before = load.answered();
    let what = format!("answers {moment}");
    wait::eventually(&what, QUIET, || async { load.answered() >= before + 20 }).await;
    wait::eventually("ready again", QUIET, || async {
        status_of(scene.workspace.http_port, "/readyz").await == Some(200)
    })
    .await;
    gateway.kill().await;
    moment
}
