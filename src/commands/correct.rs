//! `kvittens correct`: a person's correction of what was read of a notice, when the pages are down; by the same rules.

use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::commands::show;
use crate::config::Queue;
use crate::domain::correction::Because;
use crate::domain::correction::Said;
use crate::domain::masked::Masked;
use crate::pipeline::correcting;
use crate::pipeline::correcting::Bench;
use crate::pipeline::correcting::NotCorrected;
use crate::pipeline::correcting::Wish;
use crate::store::JobKind;

/// Stands for a value that is read from standard input.
const FROM_INPUT: &str = "@";

/// Arguments of `correct`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// The notice's reference
    reference: String,
    /// What stands where, such as dwelling/city=Malmö; `-` takes a value or a person away. `persons/0/identity/value=@` reads the value from standard
    /// input, a line for each `@` in their order: numbers and names do not belong in a shell's history
    #[arg(long, value_name = "PATH=VALUE", required = true)]
    set: Vec<String>,
    /// Why: misread, notTold (the message does not say it, but it is known) or other
    #[arg(long)]
    reason: String,
    /// Hand it over as it stands then
    #[arg(long)]
    hand_over: bool,
}

/// Corrects a notice.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let reference = show::parse(&arguments.reference)?;
    let usage = |text: &str| Failed::Usage(anyhow::anyhow!("{text}"));
    let because = Because::parse(&arguments.reason)
        .ok_or_else(|| usage("--reason must be misread, notTold or other"))?;
    let mut lines = std::io::stdin().lines();
    let mut said = Vec::new();
    for set in &arguments.set {
        let parts = set.split_once('=').ok_or_else(|| usage("--set must be PATH=VALUE"))?;
        let value = match parts.1 {
            FROM_INPUT => {
                lines.next().transpose().map_err(anyhow::Error::from)?.ok_or_else(|| {
                    usage("standard input has fewer lines than there are values to be read from it")
                })?
            }
            written => written.to_owned(),
        };
        said.push(Said { place: parts.0.trim().to_owned(), value: Masked::new(value) });
    }
    let (loaded, store) = super::open(&arguments.config).await?;
    let job = match loaded.config.queue {
        Queue::Embedded => JobKind::Deliver,
        Queue::Amqp(_) => JobKind::Publish,
    };
    let bench =
        Bench { store: &store, profile: &loaded.profile, local_time: &loaded.local_time, job };
    let (actor, hand_over) = (crate::config::actor(), arguments.hand_over);
    let wish = Wish { actor, because, seen: None, said, hand_over };
    let corrected = correcting::correct(&bench, &reference, wish).await;
    store.close().await;
    match corrected {
        Ok(paths) => output::print(&format!("{reference}  is corrected: {}", paths.join(", "))),
        Err(NotCorrected::Faults(faults)) => {
            for fault in faults {
                output::complain(&format!("{}: {}", fault.place, fault.trouble.words().1));
            }
            Err(Failed::Usage(anyhow::anyhow!("{reference} is not corrected")))
        }
        Err(why) => Err(Failed::Work(anyhow::anyhow!("{reference} is not corrected: {why}"))),
    }
}
