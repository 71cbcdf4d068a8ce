//! `kvittens user`: who may log in to the operations pages. Passwords are kept as argon2id hashes; every change is journalled.

use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::commands::terminal;
use crate::domain::masked::Masked;
use crate::operations::accounts::is_name;
use crate::operations::password;
use crate::routing::profile::Profile;
use crate::store::AccountAction;
use crate::store::Action;
use crate::store::Store;
use crate::store::User;
use clap::Subcommand;
use clap::ValueEnum;
use serde_json::json;

/// Arguments of `user`.
///
/// The first account:  kvittens user add anna --role handle --role administer
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make an account; its password is asked for, or read from the first line of standard input
    Add {
        #[command(flatten)]
        config: ConfigArgument,
        /// Its name: begins with a letter; lower-case letters, digits, dot, hyphen, underscore
        name: String,
        /// What it may do; give several for several roles
        #[arg(long = "role", value_name = "ROLE", required = true)]
        roles: Vec<RoleArgument>,
        /// Whose notices it sees: a board of the profile. Needed where the profile has several; give several for several boards
        #[arg(long = "board", value_name = "BOARD")]
        boards: Vec<String>,
        /// Draw a password and print it, once
        #[arg(long)]
        generate: bool,
    },
    /// List accounts
    List {
        #[command(flatten)]
        config: ConfigArgument,
        /// Print one JSON line per account
        #[arg(long)]
        json: bool,
    },
    /// Give an account another password; all its sessions end
    Password {
        #[command(flatten)]
        config: ConfigArgument,
        /// Its name
        name: String,
        /// Draw a password and print it, once
        #[arg(long)]
        generate: bool,
    },
    /// Let an account in no more; its sessions end at once
    Disable {
        #[command(flatten)]
        config: ConfigArgument,
        /// Its name
        name: String,
    },
    /// Let a disabled account in again, with the password it had
    Enable {
        #[command(flatten)]
        config: ConfigArgument,
        /// Its name
        name: String,
    },
}

/// A role, as the command line explains it.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum RoleArgument {
    /// See notices, with personal data hidden
    View,
    /// The same, and show what is hidden (with a reason, on record), retry, dismiss
    Handle,
    /// Make and end accounts and API clients
    Administer,
    /// See numbers only
    Statistics,
    /// Beside another role: look at what concerns persons with protected identity
    Protected,
}

impl RoleArgument {
    fn word(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// Does what is asked.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    match arguments.command {
        Command::Add { config, name, roles, boards, generate } => {
            let roles = roles.into_iter().map(RoleArgument::word).collect();
            add(&config, (name, roles, boards), generate).await
        }
        Command::List { config, json } => list(&config, json).await,
        Command::Password { config, name, generate } => renew(&config, name, generate).await,
        Command::Disable { config, name } => {
            act(&config, AccountAction::Disable { name }).await?;
            output::print("The account is disabled; its sessions have ended.")
        }
        Command::Enable { config, name } => {
            act(&config, AccountAction::Enable { name }).await?;
            output::print("The account may log in again.")
        }
    }
}

async fn add(
    config: &ConfigArgument,
    (name, mut roles, boards): (String, Vec<String>, Vec<String>),
    generate: bool,
) -> Outcome {
    if !is_name(&name) {
        return Err(Failed::Usage(anyhow::anyhow!(
            "an account's name begins with a lower-case letter and holds up to 40 lower-case letters, digits, dots, hyphens, underscores"
        )));
    }
    roles.dedup();
    let (loaded, store) = super::open_or_create(config).await?;
    let boards = boards_of(&loaded.profile, boards)?;
    if store.user(&name).await?.is_some() {
        store.close().await;
        return Err(Failed::Work(anyhow::anyhow!("the account is not made: the name is taken")));
    }
    let chosen = choose(&name, generate)?;
    let hash = password::hash(chosen.clone()).await?;
    let action = AccountAction::Add { name, password: hash, roles, boards };
    finish(&store, action).await?;
    tell(generate, &chosen, "The account is made.")
}

/// The boards named, all of them known; the only one where the profile has one.
fn boards_of(profile: &Profile, named: Vec<String>) -> Result<Vec<String>, Failed> {
    let known: Vec<&str> = profile.boards.iter().map(|board| board.id.as_str()).collect();
    let list = known.join(", ");
    if let Some(_unknown) = named.iter().find(|id| !known.contains(&id.as_str())) {
        return Err(Failed::Usage(anyhow::anyhow!("--board: the profile's boards are {list}")));
    }
    match (named.is_empty(), known.as_slice()) {
        (true, [only]) => Ok(vec![(*only).to_owned()]),
        (true, _) => Err(Failed::Usage(anyhow::anyhow!(
            "name each board whose notices the account may see with --board: {list}"
        ))),
        (false, _) => Ok(named),
    }
}

fn choose(name: &str, generate: bool) -> Result<Masked, Failed> {
    if generate {
        return Ok(password::draw()?);
    }
    let typed = terminal::new_password()?;
    password::check(typed.reveal(), name)?;
    Ok(typed)
}

fn tell(generate: bool, password: &Masked, done: &str) -> Outcome {
    if !generate {
        return output::print(done);
    }
    output::complain(&format!("{done} This password is shown once; hand it over by a safe way."));
    output::print(password.reveal())
}

async fn renew(config: &ConfigArgument, name: String, generate: bool) -> Outcome {
    let chosen = choose(&name, generate)?;
    let password = password::hash(chosen.clone()).await?;
    act(config, AccountAction::SetPassword { name, password }).await?;
    tell(generate, &chosen, "The password is changed; the account's sessions have ended.")
}

async fn act(config: &ConfigArgument, action: AccountAction) -> Outcome {
    let (_, store) = super::open(config).await?;
    finish(&store, action).await
}

async fn finish(store: &Store, action: AccountAction) -> Outcome {
    let done = store.act(Action::Account { actor: crate::config::actor(), action }).await?;
    store.close().await;
    done.map_err(|why| Failed::Work(anyhow::anyhow!("nothing was done: {why}")))
}

async fn list(config: &ConfigArgument, as_json: bool) -> Outcome {
    let (_, store) = super::open(config).await?;
    let users = store.users().await?;
    store.close().await;
    if as_json {
        return users.iter().try_for_each(|user| {
            output::print_json(&json!({
                "name": user.name, "roles": user.roles, "boards": user.boards, "createdAt": user.created_at,
                "passwordSetAt": user.password_set_at, "disabledAt": user.disabled_at,
            }))
        });
    }
    if users.is_empty() {
        return output::print(
            "Nobody may log in. Make an account: kvittens user add NAME --role handle",
        );
    }
    let row = |user: &User| {
        let disabled = user.disabled_at.map(|at| format!("disabled {at}")).unwrap_or_default();
        let since = user.created_at.to_string();
        vec![user.name.clone(), user.roles.join(", "), user.boards.join(", "), since, disabled]
    };
    let rows: Vec<Vec<String>> = users.iter().map(row).collect();
    output::print(&output::table(&["name", "roles", "boards", "since", ""], &rows))
}
