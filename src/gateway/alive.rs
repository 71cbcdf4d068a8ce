//! What is watched of this gateway: its doors, the ways of their canaries, and the rhythm, from the configuration.

use crate::config::Intake;
use crate::config::Loaded;
use crate::domain::masked::Masked;
use crate::gateway::Parts;
use crate::intake::api::DOOR;
use crate::intake::api::client::key_hash;
use crate::intake::api::client::new_key;
use crate::pipeline::Shared;
use crate::pipeline::alive::Watched;
use crate::pipeline::alive::Watching;
use crate::pipeline::alive::Way;
use crate::store::Action;
use crate::store::CanaryChange;
use anyhow::Context as _;
use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::net::Ipv6Addr;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

/// One request to ourselves.
const PATIENCE: Duration = Duration::from_secs(10);

/// Gathers it. `bound`: where HTTP is served, when it is.
pub(super) async fn watching(
    loaded: &Loaded,
    shared: &Shared,
    parts: Parts,
    bound: Option<SocketAddr>,
) -> anyhow::Result<Watching> {
    let (operations, acknowledge) = (&loaded.config.operations, &loaded.config.acknowledge);
    let canary = operations.canary.clone();
    let transport = match canary.every {
        Some(_) => crate::acknowledge::transport::open(acknowledge)
            .context("opening the mail transport for canaries")?,
        None => None,
    };
    let http = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build();
    let mut doors = Vec::new();
    if parts.intake {
        doors.extend(of_intake(&loaded.config.intake, mails_arrive(loaded)));
    }
    let bound = bound.filter(|_| loaded.config.intake.api.enabled);
    let own_address = bound.map(|bound| format!("http://{}", reachable(bound)));
    if let Some(address) = &own_address {
        let way = match canary.wants(DOOR) {
            true => Some(to_ourselves(shared, address).await?),
            false => None,
        };
        doors.push(Watched { door: DOOR.to_owned(), done: None, way });
    }
    Ok(Watching {
        doors,
        deaf_after: operations.deaf_after.unsigned_abs(),
        compare_every: operations.compare_every.unsigned_abs(),
        canary,
        own_address,
        transport,
        from: acknowledge.from.address.clone(),
        http: http.context("making a client for requests to ourselves")?,
    })
}

/// Whether mail sent now goes to a mail server, which brings it to our mailboxes.
fn mails_arrive(loaded: &Loaded) -> bool {
    use crate::acknowledge::config::TransportKind;
    matches!(loaded.config.acknowledge.transport, TransportKind::Smtp)
}

fn of_intake(intake: &Intake, mails_arrive: bool) -> Vec<Watched> {
    let folders = intake.folder.iter().map(|folder| Watched {
        door: folder.door(),
        done: Some(folder.path.join("done")),
        way: Some(Way::Folder(folder.path.join("in"))),
    });
    let maildirs = intake.maildir.iter().map(|maildir| Watched {
        door: maildir.door(),
        done: None,
        way: Some(into_maildir(&maildir.own_addresses, &maildir.path, mails_arrive)),
    });
    let mailboxes = intake.mailbox.iter().map(|mailbox| Watched {
        door: mailbox.door(),
        done: None,
        way: by_mail(&mailbox.own_addresses, mails_arrive),
    });
    let servers =
        intake.sftp.iter().map(|server| Watched { door: server.door(), done: None, way: None });
    folders.chain(maildirs).chain(mailboxes).chain(servers).collect()
}

/// By mail to the first of a mailbox's addresses; no way where none is known or mail does not go to a mail server.
fn by_mail(own_addresses: &[String], mails_arrive: bool) -> Option<Way> {
    own_addresses.first().filter(|_| mails_arrive).map(|address| Way::Mail(Masked::new(address)))
}

/// By mail where that is possible; else straight into the folder.
fn into_maildir(own_addresses: &[String], path: &Path, mails_arrive: bool) -> Way {
    by_mail(own_addresses, mails_arrive).unwrap_or_else(|| Way::Maildir(path.to_owned()))
}

/// A request with a key that lasts as long as the process. The client's name is none that a person can give.
async fn to_ourselves(shared: &Shared, address: &str) -> anyhow::Result<Way> {
    let key = new_key().context("making the canary's key")?;
    let name = format!("canary:{}", shared.instance.0);
    let change = CanaryChange::Key { name, key_hash: key_hash(key.reveal()) };
    shared.store.act(Action::Canary(change)).await?.context("keeping the canary's key")?;
    let url = format!("{address}{}/notices", crate::http::urls::ROOT);
    Ok(Way::Api { url, key })
}

/// An address on this machine for what is bound to all of them.
fn reachable(bound: SocketAddr) -> SocketAddr {
    let ip = match bound.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, bound.port())
}

#[cfg(test)]
mod tests {
    use super::Way;
    use super::by_mail;
    use super::into_maildir;
    use super::reachable;
    use std::path::Path;

    #[test]
    fn a_canary_goes_by_mail_where_mail_arrives_and_the_address_is_known() {
        let own = ["avh@kommun.example".to_owned()];
        let way = |own: &[String], arrive| into_maildir(own, Path::new("/srv/mail"), arrive);
        assert!(matches!(way(&own, true), Way::Mail(to) if to.reveal() == "avh@kommun.example"));
        assert!(matches!(way(&own, false), Way::Maildir(_)));
        assert!(matches!(way(&[], true), Way::Maildir(_)));
        assert!(by_mail(&own, true).is_some() && by_mail(&own, false).is_none());
    }

    #[test]
    fn we_reach_ourselves_wherever_we_listen() {
        for (bound, expected) in [
            ("0.0.0.0:80", "127.0.0.1:80"),
            ("[::]:80", "[::1]:80"),
            ("127.0.0.1:80", "127.0.0.1:80"),
        ] {
            assert_eq!(reachable(bound.parse().unwrap()).to_string(), expected);
        }
    }
}
