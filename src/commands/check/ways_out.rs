//! What `check` finds of the ways by which confirmations, letters and alarms go out: folders are written to, servers are logged in to, receivers of
//! webhooks are looked up. Nobody is told anything.

use super::Finding;
use super::PATIENCE;
use super::within;
use super::writable;
use crate::acknowledge::config::ConfirmationWay;
use crate::acknowledge::far_folder;
use crate::acknowledge::webhook;
use crate::acknowledge::webhook::Webhook;
use crate::config::Fault;
use crate::config::Loaded;
use crate::seal::chest::Chest;
use crate::store::Store;
use crate::store::StoreError;
use std::path::Path;

const AUTHORITY: &str = "acknowledge.enforcement_authority";

/// All of them.
pub(super) async fn findings(loaded: &Loaded) -> Vec<Finding> {
    let config = &loaded.config;
    let authority = &config.acknowledge.enforcement_authority;
    let folders = [
        (format!("{AUTHORITY}.folder"), &authority.folder),
        ("letter.print_folder".to_owned(), &config.letter.print_folder),
    ];
    let named = folders.into_iter().filter_map(|(key, path)| Some((key, path.as_deref()?)));
    let list = authority.list.as_deref().and_then(Path::parent);
    let named = named.chain(list.map(|folder| (format!("{AUTHORITY}.list"), folder)));
    let mut findings: Vec<Finding> =
        named.map(|(key, path)| Finding { key, problem: writable(path) }).collect();
    let far = [
        (format!("{AUTHORITY}.sftp"), authority.sftp.as_ref()),
        ("letter.print_sftp".to_owned(), config.letter.print_sftp.as_deref()),
    ];
    for (name, section) in far {
        let Some(section) = section else { continue };
        let patience = PATIENCE + section.connect_timeout;
        let (key, problem) = match far_folder::probe(section.clone(), patience).await {
            Ok(()) => ("path", None),
            Err((key, problem)) => (key, Some(problem)),
        };
        findings.push(Finding { key: format!("{name}.{key}"), problem });
    }
    for (key, receiver) in [
        (format!("{AUTHORITY}.webhook.url"), &authority.webhook),
        ("alarms.webhook.url".to_owned(), &config.alarms.webhook),
    ] {
        if let Some(receiver) = receiver {
            findings.push(Finding { key, problem: looked_up(receiver).await });
        }
    }
    findings
}

async fn looked_up(receiver: &webhook::Config) -> Option<String> {
    match Webhook::open(receiver, Chest::default()) {
        Ok(webhook) => within(webhook.probe()).await,
        Err(error) => Some(error.to_string()),
    }
}

/// Kronofogden is to fetch confirmations, and nobody may.
pub(super) async fn unread(loaded: &Loaded, store: &Store) -> Result<Option<Fault>, StoreError> {
    let ways = &loaded.config.acknowledge.enforcement_authority.ways;
    let fetched = |way: &ConfirmationWay| match way {
        ConfirmationWay::Feed | ConfirmationWay::Webhook => true,
        ConfirmationWay::Folder | ConfirmationWay::Sftp | ConfirmationWay::Mail => false,
    };
    if !ways.iter().any(fetched) {
        return Ok(None);
    }
    let (clients, readers) = (store.clients().await?, store.feed_readers().await?);
    let mut able = clients.iter().filter(|client| client.revoked_at.is_none());
    if able.any(|client| readers.contains(&client.name)) {
        return Ok(None);
    }
    let message = "Kronofogden is to fetch confirmations, and no client may: kvittens client add NAME --reads confirmations";
    Ok(Some(Fault { key: format!("{AUTHORITY}.ways"), message: message.to_owned() }))
}
