//! `kvittens serve`: runs the gateway until SIGTERM or Ctrl-C.

use crate::clock::Clock;
use crate::commands::ConfigArgument;
use crate::commands::Outcome;
use crate::gateway::Parts;
use clap::ValueEnum;

/// Arguments of `serve`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// Run only these parts, to split the gateway over processes that share PostgreSQL and RabbitMQ
    #[arg(long, value_delimiter = ',', value_name = "PARTS")]
    only: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Folders and mail folders
    Intake,
    /// Acknowledgements and hand-over
    Deliver,
    /// The HTTP server
    Http,
}

/// Runs the gateway.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let loaded = crate::config::load(arguments.config.config.as_deref())?;
    crate::telemetry::start_logging(&loaded.config.telemetry);
    crate::telemetry::mask_panics();
    crate::telemetry::metrics();
    for warning in &loaded.warnings {
        tracing::warn!(key = %warning.key, "{}", warning.message);
    }
    let parts = match arguments.only.as_slice() {
        [] => Parts::ALL,
        only => Parts {
            intake: only.contains(&Part::Intake),
            deliver: only.contains(&Part::Deliver),
            http: only.contains(&Part::Http),
        },
    };
    let told_to_stop = crate::gateway::told_to_stop()?;
    let running = crate::gateway::start(&loaded, parts, Clock::system(), None).await?;
    if let Some(address) = running.http {
        tracing::info!(%address, "the gateway is up");
    } else {
        tracing::info!("the gateway is up, without HTTP");
    }
    told_to_stop.await;
    tracing::info!("stopping: finishing what is in hand");
    running.stop().await;
    Ok(())
}
