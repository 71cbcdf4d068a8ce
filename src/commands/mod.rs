//! The sub-commands, one file each. What the operations pages do, the command line does.

mod against;
mod bundle;
mod check;
mod client;
mod confirm;
mod copies;
mod copy;
mod correct;
mod corrected;
mod demo;
mod enclose;
mod evidence;
mod explain;
mod hold;
mod key;
mod link;
mod notices;
mod output;
mod parse_document;
mod person;
mod read;
mod report;
mod route;
mod serve;
mod show;
mod terminal;
mod user;
mod verify;
mod way;

use crate::clock::Clock;
use crate::config::ConfigError;
use crate::config::Loaded;
use crate::store::Store;
use clap::CommandFactory as _;
use clap::Parser;
use clap::Subcommand;
use std::path::PathBuf;
use std::process::ExitCode;

/// Receives, acknowledges and routes notices about households that risk eviction to a municipality's social services.
///
/// Try `kvittens demo` first: it shows the whole path on this machine, with nothing installed.
#[derive(Debug, Parser)]
#[command(name = "kvittens", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// Where the configuration is.
#[derive(Debug, clap::Args)]
struct ConfigArgument {
    /// The configuration; else KVITTENS_CONFIG, ./kvittens.toml, /etc/kvittens/kvittens.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show the whole path on embedded defaults: sample notices by mail, folder and API become cases
    Demo(demo::Arguments),
    /// Run the gateway as configured
    Serve(serve::Arguments),
    /// Check the configuration and everything it names, and report every fault with its key
    Check(check::Arguments),
    /// Read documents as the gateway would, and print what it finds; stores nothing
    Read(read::Arguments),
    /// Read one document on standard input, under limits
    #[command(hide = true)]
    ParseDocument(parse_document::Arguments),
    /// List notices
    Notices(notices::Arguments),
    /// Show one notice: states, acknowledgements, history
    Show(show::Arguments),
    /// Try notices again
    Retry(person::RetryArguments),
    /// Set a notice aside, with a reason
    Dismiss(person::DismissArguments),
    /// Correct what was read of a notice; what it read before is kept
    Correct(correct::Arguments),
    /// Put on record that a sender whose receipt did not arrive was told another way, or that you confirmed a notice to Kronofogden yourself
    Told(person::ToldArguments),
    /// List the notices whose confirmation Kronofogden has not got, to be printed and worked through
    Unconfirmed(confirm::UnconfirmedArguments),
    /// Name the responsible caseworker of a notice from Kronofogden
    Name(confirm::NameArguments),
    /// List what was sent and could not be put with its case; try it again, or say that you did
    Enclose(enclose::Arguments),
    /// Where a notice belongs: a supplement, withdrawal or new time to its first notice
    Link(link::Arguments),
    /// Hold the confirmation of a notice back to a set hour of the same day, or let it go
    Hold(hold::Arguments),
    /// Whether acknowledgements leave by a way: the kill switch, and the dry run
    Way(way::Arguments),
    /// The copy of a confirmation for the person: look at its letters, approve them, or put on record how you sent it
    Copy(copy::Arguments),
    /// List the copies that persons have not been sent, and why each waits
    Copies(copies::Arguments),
    /// Check the journal's hash chain and that nothing lacks an owner, an acknowledgement or an outcome; or a bundle of evidence
    Verify(verify::Arguments),
    /// Write everything that proves one notice into one signed file, to be checked without the gateway
    Evidence(evidence::Arguments),
    /// The keys with which receipts are signed
    Key(key::Arguments),
    /// API clients: who may send by HTTP
    Client(client::Arguments),
    /// People who may log in to the operations pages
    User(user::Arguments),
    /// What came in, what was acknowledged the same day, and why the rest was not
    Report(report::Arguments),
    /// Explain where a notice goes
    Route(route::Arguments),
    /// Bring the store's tables up to date
    Migrate(ConfigArgument),
    /// Print shell completions
    Completions {
        /// For which shell
        shell: clap_complete::Shell,
    },
    /// Write manual pages
    Man {
        /// Into which folder
        dir: PathBuf,
    },
    /// Retention (not built yet)
    Purge(NotBuilt),
    /// Back the store up (not built yet)
    Backup(NotBuilt),
    /// Restore a backup (not built yet)
    Restore(NotBuilt),
}

/// A command of the contract that is not built yet: it says so and fails.
#[derive(Debug, clap::Args)]
struct NotBuilt {
    /// Taken and ignored
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    rest: Vec<String>,
}

/// How a command ended, when not well.
#[derive(Debug)]
enum Failed {
    /// Exit code 1.
    Work(anyhow::Error),
    /// Exit code 2.
    Usage(anyhow::Error),
    /// Exit code 1; everything is said already.
    Said,
}

impl<E: Into<anyhow::Error>> From<E> for Failed {
    fn from(error: E) -> Self {
        let error = error.into();
        match error.is::<ConfigError>() {
            true => Self::Usage(error),
            false => Self::Work(error),
        }
    }
}

type Outcome = Result<(), Failed>;

/// Runs the program.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            drop(error.print());
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    // The child that reads a document starts nothing else.
    if let Command::ParseDocument(arguments) = &arguments.command {
        return parse_document::run(arguments);
    }
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return end(Err(error.into())),
    };
    let result = runtime.block_on(run(arguments.command));
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    end(result)
}

fn end(result: Outcome) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed::Said) => ExitCode::from(1),
        Err(Failed::Work(error)) => {
            output::complain(&format!("kvittens: {error:#}"));
            ExitCode::from(1)
        }
        Err(Failed::Usage(error)) => {
            output::complain(&format!("kvittens: {error:#}"));
            ExitCode::from(2)
        }
    }
}

async fn run(command: Command) -> Outcome {
    match command {
        Command::Demo(arguments) => demo::run(arguments).await,
        Command::Serve(arguments) => serve::run(arguments).await,
        Command::Check(arguments) => check::run(arguments).await,
        Command::Read(arguments) => read::run(&arguments).await,
        Command::ParseDocument(_) => Ok(()),
        Command::Notices(arguments) => notices::run(arguments).await,
        Command::Show(arguments) => show::run(arguments).await,
        Command::Retry(arguments) => person::retry(arguments).await,
        Command::Dismiss(arguments) => person::dismiss(arguments).await,
        Command::Correct(arguments) => correct::run(arguments).await,
        Command::Told(arguments) => person::told(arguments).await,
        Command::Unconfirmed(arguments) => confirm::unconfirmed(arguments).await,
        Command::Name(arguments) => confirm::name(arguments).await,
        Command::Enclose(arguments) => enclose::run(arguments).await,
        Command::Link(arguments) => link::run(arguments).await,
        Command::Hold(arguments) => hold::run(arguments).await,
        Command::Way(arguments) => way::run(arguments).await,
        Command::Copy(arguments) => copy::run(arguments).await,
        Command::Copies(arguments) => copies::run(arguments).await,
        Command::Verify(arguments) => verify::run(arguments).await,
        Command::Evidence(arguments) => evidence::run(arguments).await,
        Command::Key(arguments) => key::run(arguments),
        Command::Client(arguments) => client::run(arguments).await,
        Command::User(arguments) => user::run(arguments).await,
        Command::Report(arguments) => report::run(arguments).await,
        Command::Route(arguments) => route::run(arguments).await,
        Command::Migrate(argument) => migrate(argument).await,
        Command::Completions { shell } => completions(shell),
        Command::Man { dir } => Ok(clap_mangen::generate_to(Arguments::command(), dir)?),
        Command::Purge(_) => not_built("purge"),
        Command::Backup(_) => not_built("backup"),
        Command::Restore(_) => not_built("restore"),
    }
}

fn not_built(command: &str) -> Outcome {
    Err(Failed::Work(anyhow::anyhow!("`{command}` is not built yet in this version")))
}

fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "kvittens", &mut script);
    output::print(String::from_utf8_lossy(&script).trim_end())
}

async fn migrate(argument: ConfigArgument) -> Outcome {
    let (_, store) = open_or_create(&argument).await?;
    store.close().await;
    output::print("The store's tables are up to date.")
}

/// Loads the configuration and opens the store it names, for commands that look at it or act on it beside a running gateway.
async fn open(argument: &ConfigArgument) -> Result<(Loaded, Store), Failed> {
    open_store(argument, false).await
}

/// The same for what is done before the gateway first runs: a SQLite store is made.
async fn open_or_create(argument: &ConfigArgument) -> Result<(Loaded, Store), Failed> {
    open_store(argument, true).await
}

async fn open_store(argument: &ConfigArgument, create: bool) -> Result<(Loaded, Store), Failed> {
    let loaded = crate::config::load(argument.config.as_deref())?;
    crate::telemetry::start_logging(&loaded.config.telemetry);
    let store = Store::open(&loaded.config.store, Clock::system(), create).await;
    let store = store.map_err(|error| anyhow::Error::from(error).context("opening the store"))?;
    Ok((loaded, store))
}
