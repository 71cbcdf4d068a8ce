//! `kvittens key`: the keys with which receipts are signed. A running gateway reads a new one by itself, before it begins to sign.

use crate::clock::Clock;
use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::seal::chest;
use crate::seal::chest::Chest;
use crate::seal::chest::Config;
use crate::seal::jwk::PublicKey;
use crate::seal::keys::KeyRing;
use crate::seal::webhook;
use clap::Subcommand;
use jiff::Timestamp;
use serde_json::json;
use std::path::PathBuf;

/// Arguments of `key`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new key: the first signs at once, a further one in a quarter of an hour. Run it as the user that the gateway runs as
    Rotate(ConfigArgument),
    /// List the keys; nothing secret is shown
    List {
        #[command(flatten)]
        config: ConfigArgument,
        /// Print one JSON line per key
        #[arg(long)]
        json: bool,
    },
}

/// Does what is asked.
pub(super) fn run(arguments: Arguments) -> Outcome {
    match arguments.command {
        Command::Rotate(config) => rotate(&config),
        Command::List { config, json } => list(&config, json),
    }
}

/// The section and its folder.
fn configured(argument: &ConfigArgument) -> Result<(Config, PathBuf), Failed> {
    let config = crate::config::load(argument.config.as_deref())?.config.seal;
    let folder = config.keys.clone();
    let missing = || anyhow::anyhow!("no folder for keys is configured: name one with [seal] keys");
    Ok((config, folder.ok_or_else(|| Failed::Usage(missing()))?))
}

fn rotate(argument: &ConfigArgument) -> Outcome {
    let (_, folder) = configured(argument)?;
    let (document, from) = chest::rotate(&folder, Clock::system().now())?;
    output::print(&format!("{}  signs from {}", document.kid, whole(from)))?;
    output::print(&format!("Written to {}.", folder.join(&document.file_name).display()))?;
    output::print(
        "Every gateway must have this file by then. Keep the old ones: by them old receipts are checked. Back the folder up, in secret.",
    )
}

fn whole(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

fn list(argument: &ConfigArgument, as_json: bool) -> Outcome {
    let (config, _) = configured(argument)?;
    let ring = Chest::open(&config)?.ring().unwrap_or_default();
    let now = Clock::system().now();
    let set = ring.jwk_set();
    if as_json {
        return set.keys().iter().try_for_each(|key| {
            output::print_json(&json!({
                "kid": key.kid(), "from": key.from(), "until": key.until(), "revokedAt": key.revoked_at(),
                "state": state(&ring, key, now), "webhookKey": webhook::public_key(key),
            }))
        });
    }
    if set.keys().is_empty() {
        return output::print("There is no key yet: make one with `kvittens key rotate`.");
    }
    let time = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let row = |key: &PublicKey| {
        let state = state(&ring, key, now).to_owned();
        let webhook = webhook::public_key(key);
        vec![key.kid().to_owned(), time(key.from()), time(key.until()), state, webhook]
    };
    let rows: Vec<Vec<String>> = set.keys().iter().map(row).collect();
    output::print(&output::table(
        &["key", "from", "until", "state", "for receivers of webhooks"],
        &rows,
    ))
}

fn state(ring: &KeyRing, key: &PublicKey, now: Timestamp) -> &'static str {
    let current = ring.current(now).ok().map(PublicKey::kid);
    if key.revoked_at().is_some() {
        "withdrawn"
    } else if current == Some(key.kid()) {
        "signs"
    } else if key.from().is_some_and(|from| from > now) {
        "begins later"
    } else {
        "for checks only"
    }
}
