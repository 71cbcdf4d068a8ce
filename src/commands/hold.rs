//! `kvittens hold`: holds the confirmation of one notice back to a set hour of the same day, or lets it go; past midnight it would be a breach of
//! SFS 2025:468 11 kap. 3 §, and is refused.

use crate::clock::Clock;
use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::commands::show;
use crate::store::Action;
use crate::store::ConfirmationChange;
use crate::store::Hold;
use jiff::civil::Time;

/// Arguments of `hold`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// The notice's reference
    reference: String,
    /// The local time of today until which its confirmation waits, such as 16:00
    #[arg(long, value_name = "HH:MM", required_unless_present = "release")]
    until: Option<String>,
    /// Let it go now
    #[arg(long, conflicts_with = "until")]
    release: bool,
}

/// Holds it back, or lets it go.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let reference = show::parse(&arguments.reference)?;
    let hour = arguments.until.as_deref().map(hour).transpose()?;
    let (loaded, store) = super::open(&arguments.config).await?;
    let now = Clock::system().now();
    let today = loaded.local_time.day_of(now);
    let until = hour.and_then(|hour| loaded.local_time.at(today, hour));
    let until = until.map_or(now, |until| until.timestamp());
    if hour.is_some() && until <= now {
        store.close().await;
        return Err(Failed::Usage(anyhow::anyhow!("--until must be later today")));
    }
    let hold = Hold { reference: reference.clone(), until, actor: crate::config::actor() };
    let done = store.act(Action::Confirmation(ConfirmationChange::Held(hold))).await?;
    store.close().await;
    done.map_err(|why| Failed::Work(anyhow::anyhow!("{reference}: nothing is held: {why}")))?;
    match hour {
        Some(hour) => output::print(&format!(
            "{reference}  its confirmation waits until {}; it is due today all the same",
            hour.strftime("%H:%M")
        )),
        None => output::print(&format!("{reference}  its confirmation goes now")),
    }
}

fn hour(text: &str) -> Result<Time, Failed> {
    let wrong = || Failed::Usage(anyhow::anyhow!("--until must be a time such as 16:00"));
    Time::strptime("%H:%M", text.replace('.', ":")).map_err(|_| wrong())
}
