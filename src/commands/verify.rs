//! `kvittens verify`: the journal's chain holds, and no notice lacks an owner, an acknowledgement state or an outcome.

use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::store::Broken;
use std::path::PathBuf;

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// Check a signed bundle instead (not built yet)
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,
}

/// Verifies the store; fails when anything is broken.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    if arguments.bundle.is_some() {
        return Err(anyhow::anyhow!("--bundle is not built yet in this version").into());
    }
    let (_, store) = super::open(&arguments.config).await?;
    let found = store.verify().await?;
    store.close().await;
    for broken in &found.broken {
        output::print(&match broken {
            Broken::Chain { seq } => {
                format!("BROKEN  the journal's chain does not hold at entry {seq}")
            }
            Broken::Head => {
                "BROKEN  the journal's head does not stand on its last entry".to_owned()
            }
            Broken::Promise { reference, promise } => {
                format!("BROKEN  {reference}: not so that {promise}")
            }
        })?;
    }
    if !found.broken.is_empty() {
        return Err(Failed::Said);
    }
    output::print(&format!(
        "All is well: {} journal entries, one unbroken chain, every notice has its owner.",
        found.entries
    ))
}
