//! `kvittens verify`: the journal's chain holds, and no notice lacks an owner, an acknowledgement state or an outcome; or a bundle of
//! evidence holds.

use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::bundle;
use crate::commands::output;
use crate::store::Broken;
use std::path::PathBuf;

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// Check a bundle of evidence instead; needs neither store nor network
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,
    /// The municipality's public keys (GET /eviction-notices/v1/keys), got from the municipality itself. Else those of the
    /// configuration named with --config; without either a bundle is never proven
    #[arg(long, value_name = "FILE", requires = "bundle")]
    keys: Option<PathBuf>,
}

/// Verifies the store; fails when anything is broken.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    if let Some(bundle) = &arguments.bundle {
        return bundle::verify(bundle, arguments.keys.as_deref(), &arguments.config);
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
