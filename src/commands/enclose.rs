//! `kvittens enclose`: what was sent about a notice, or corrected of it, and could not be put with its case; a person lets it be tried again, or has put it
//! there.

use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::commands::show;
use crate::store::Action;
use crate::store::EnclosureChange;

/// Arguments of `enclose`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// The notice's reference; without one all are listed
    reference: Option<String>,
    /// Try it again now
    #[arg(long, requires = "reference", conflicts_with = "by_hand")]
    again: bool,
    /// You have put it into the case yourself
    #[arg(long, requires = "reference")]
    by_hand: bool,
}

/// Lists them, or settles one.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let reference = arguments.reference.as_deref().map(show::parse).transpose()?;
    let (_, store) = super::open(&arguments.config).await?;
    let (reference, done) = match reference {
        Some(reference) if arguments.again || arguments.by_hand => {
            let (of, actor) = (reference.clone(), crate::config::actor());
            let change = match arguments.again {
                true => EnclosureChange::Retried { reference: of, actor },
                false => EnclosureChange::ByHand { reference: of, actor },
            };
            let done = store.act(Action::Enclosure(change)).await;
            store.close().await;
            (reference, done?)
        }
        of => {
            let listed = store.not_enclosed().await;
            store.close().await;
            let listed = listed?;
            let mut any = false;
            for one in listed.iter().filter(|one| of.as_ref().is_none_or(|of| *of == one.reference))
            {
                any = true;
                let (reference, purpose, case) = (&one.reference, &one.purpose, &one.case_id);
                output::print(&format!("{reference}  {purpose}  case {case}"))?;
            }
            return match any {
                true => output::print(
                    "Put them into the case by hand and say so with --by-hand, or mend what is in the way and use --again. `kvittens evidence` writes what was sent.",
                ),
                false => output::print(
                    "Everything that was sent or corrected lies with its case, or waits for one.",
                ),
            };
        }
    };
    done.map_err(|why| Failed::Work(anyhow::anyhow!("{reference}: nothing is missing: {why}")))?;
    match arguments.again {
        true => output::print(&format!("{reference}  is tried again")),
        false => output::print(&format!("{reference}  is on record as put there by hand")),
    }
}
