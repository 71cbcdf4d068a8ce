//! `kvittens client`: who may send by HTTP. A key is shown once; only its hash is kept.

use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::domain::masked::Masked;
use crate::intake::api::client;
use crate::store::Action;
use crate::store::FeedChange;
use clap::Subcommand;
use serde_json::json;

/// Arguments of `client`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Register a client and print its key, once
    Add {
        #[command(flatten)]
        config: ConfigArgument,
        /// Its name: lower-case letters, digits and hyphens
        name: String,
        /// Also send it receipts by mail
        #[arg(long, value_name = "ADDRESS")]
        mail_to: Option<String>,
        /// It may also read what Kronofogden is told: for Kronofogden's own client
        #[arg(long, value_name = "WHAT")]
        reads: Option<Reads>,
    },
    /// List clients
    List {
        #[command(flatten)]
        config: ConfigArgument,
        /// Print one JSON line per client
        #[arg(long)]
        json: bool,
    },
    /// End a client's access, at once
    Revoke {
        #[command(flatten)]
        config: ConfigArgument,
        /// Its name
        name: String,
    },
}

/// What a client may read besides what it sent itself.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Reads {
    /// The feed of confirmations to Kronofogden.
    Confirmations,
}

/// Does what is asked.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    match arguments.command {
        Command::Add { config, name, mail_to, reads } => add(&config, name, mail_to, reads).await,
        Command::List { config, json } => list(&config, json).await,
        Command::Revoke { config, name } => revoke(&config, name).await,
    }
}

async fn add(
    config: &ConfigArgument,
    name: String,
    mail_to: Option<String>,
    reads: Option<Reads>,
) -> Outcome {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(plain) {
        return Err(Failed::Usage(anyhow::anyhow!(
            "a client's name consists of lower-case letters, digits and hyphens"
        )));
    }
    let (_, store) = super::open_or_create(config).await?;
    let key = client::new_key()?;
    let allowed = reads.map(|Reads::Confirmations| FeedChange::Allowed {
        client: name.clone(),
        actor: crate::config::actor(),
    });
    let action = Action::AddClient {
        name,
        key_hash: client::key_hash(key.reveal()),
        mail_to: mail_to.map(Masked::new),
        actor: crate::config::actor(),
    };
    let done = store.act(action).await?;
    if let (Ok(()), Some(allowed)) = (&done, allowed) {
        // Its key is not known to anybody yet.
        drop(store.act(Action::Feed(allowed)).await?);
    }
    store.close().await;
    done.map_err(|why| Failed::Work(anyhow::anyhow!("the client is not added: {why}")))?;
    output::complain(
        "This key is shown once. Hand it over by a safe way; it goes into the header `Authorization: Bearer KEY`.",
    );
    output::print(key.reveal())
}

async fn list(config: &ConfigArgument, as_json: bool) -> Outcome {
    let (_, store) = super::open(config).await?;
    let (clients, readers) = (store.clients().await?, store.feed_readers().await?);
    store.close().await;
    let reads = |name: &String| readers.contains(name).then_some("confirmations");
    if as_json {
        return clients.iter().try_for_each(|client| {
            output::print_json(&json!({
                "name": client.name, "createdAt": client.created_at, "revokedAt": client.revoked_at, "reads": reads(&client.name),
            }))
        });
    }
    let rows: Vec<Vec<String>> = clients
        .iter()
        .map(|client| {
            let revoked = client.revoked_at.map(|at| format!("revoked {at}")).unwrap_or_default();
            let reads = reads(&client.name).unwrap_or_default().to_owned();
            vec![client.name.clone(), client.created_at.to_string(), reads, revoked]
        })
        .collect();
    output::print(&output::table(&["name", "since", "reads", ""], &rows))
}

async fn revoke(config: &ConfigArgument, name: String) -> Outcome {
    let (_, store) = super::open(config).await?;
    let done = store.act(Action::RevokeClient { name, actor: crate::config::actor() }).await?;
    store.close().await;
    done.map_err(|why| Failed::Work(anyhow::anyhow!("not revoked: {why}")))?;
    output::print("The key is no longer taken.")
}
