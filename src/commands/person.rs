//! `kvittens retry`, `kvittens dismiss` and `kvittens told`: what a person decides about a notice or its receipt.

use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::commands::show;
use crate::config::Queue;
use crate::domain::reference::Reference;
use crate::store::Action;
use crate::store::Again;
use crate::store::ConfirmationChange;
use crate::store::JobKind;
use crate::store::NoticeFilter;

/// Arguments of `retry`.
#[derive(Debug, clap::Args)]
pub(super) struct RetryArguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// The notices' references
    #[arg(required_unless_present = "state")]
    references: Vec<String>,
    /// All notices in this state: parked, uncertain, retrying or needsReview
    #[arg(long, value_name = "STATE", conflicts_with = "references")]
    state: Option<String>,
    /// Do not look for an earlier case first: only when you have looked in the case system yourself
    #[arg(long)]
    without_looking: bool,
    /// Hand over what waits for a person: only when you have compared each with its original. Without it, one whose documents could not be
    /// read is read again, and every other one stays
    #[arg(long, conflicts_with = "state")]
    compared: bool,
    /// Only send again what failed of its acknowledgements, was sent back or was held by a dry run; the notice stays where it is, also when it
    /// waits for a person
    #[arg(long, conflicts_with_all = ["compared", "without_looking"])]
    acknowledgements: bool,
}

/// Arguments of `dismiss`.
#[derive(Debug, clap::Args)]
pub(super) struct DismissArguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// The notice's reference
    reference: String,
    /// Why; kept with the notice
    #[arg(long)]
    reason: String,
}

/// Arguments of `told`.
#[derive(Debug, clap::Args)]
pub(super) struct ToldArguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// The message's or notice's reference
    reference: String,
    /// How it was told; kept with the receipt or the confirmation
    #[arg(long)]
    reason: String,
    /// You have confirmed the notice to Kronofogden yourself, and named a caseworker
    #[arg(long)]
    kronofogden: bool,
}

/// Puts notices back on their way.
pub(super) async fn retry(arguments: RetryArguments) -> Outcome {
    let named: Result<Vec<Reference>, Failed> =
        arguments.references.iter().map(|text| show::parse(text)).collect();
    let mut references = named?;
    let (loaded, store) = super::open(&arguments.config).await?;
    if let Some(state) = arguments.state {
        let rows = store.notices(&NoticeFilter::State(state), i64::from(u32::MAX)).await?;
        references.extend(rows.iter().filter_map(|row| Reference::parse(&row.reference)));
    }
    let job = match loaded.config.queue {
        Queue::Embedded => JobKind::Deliver,
        Queue::Amqp(_) => JobKind::Publish,
    };
    let again = (!arguments.acknowledgements).then_some(Again {
        job,
        look_first: !arguments.without_looking,
        compared: arguments.compared,
    });
    let (one, all) = match again {
        Some(_) => ("is tried again", "are tried again"),
        None => {
            ("its acknowledgements are sent again", "have acknowledgements that are sent again")
        }
    };
    let mut refused = 0usize;
    for reference in &references {
        let (of, actor) = (reference.clone(), crate::config::actor());
        let action = match again {
            Some(again) => Action::Retry { reference: of, actor, again },
            None => Action::SendAgain { reference: of, actor },
        };
        match store.act(action).await? {
            Ok(()) => output::print(&format!("{reference}  {one}"))?,
            Err(why) => {
                refused += 1;
                output::print(&format!("{reference}  not tried again: {why}"))?;
            }
        }
    }
    store.close().await;
    output::print(&format!("{} of {} {all}", references.len() - refused, references.len()))?;
    if refused > 0 { Err(Failed::Said) } else { Ok(()) }
}

/// Sets a notice aside.
pub(super) async fn dismiss(arguments: DismissArguments) -> Outcome {
    let DismissArguments { config, reference, reason } = arguments;
    let action = |reference, actor, reason| Action::Dismiss { reference, actor, reason };
    decide(&config, &reference, reason, action, "dismissed").await
}

/// Puts on record that the sender was told another way what a receipt that did not arrive would have told.
pub(super) async fn told(arguments: ToldArguments) -> Outcome {
    let ToldArguments { config, reference, reason, kronofogden } = arguments;
    if kronofogden {
        let confirmed = |reference, actor, how| {
            Action::Confirmation(ConfirmationChange::ByHand { reference, actor, how })
        };
        return decide(&config, &reference, reason, confirmed, "confirmed another way").await;
    }
    let action = |reference, actor, reason| Action::Told { reference, actor, reason };
    decide(&config, &reference, reason, action, "told another way").await
}

async fn decide(
    config: &ConfigArgument,
    reference: &str,
    reason: String,
    action: impl FnOnce(Reference, String, String) -> Action,
    done: &str,
) -> Outcome {
    let reference = show::parse(reference)?;
    if reason.trim().is_empty() {
        return Err(Failed::Usage(anyhow::anyhow!("--reason must say why")));
    }
    let (_, store) = super::open(config).await?;
    let decided = store.act(action(reference.clone(), crate::config::actor(), reason)).await?;
    store.close().await;
    decided.map_err(|why| Failed::Work(anyhow::anyhow!("{reference} is not {done}: {why}")))?;
    output::print(&format!("{reference}  is {done}"))
}
