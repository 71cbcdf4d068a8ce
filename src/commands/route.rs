//! `kvittens route --explain`: which rule of the profile sends a notice where, and why.

use crate::clock::Clock;
use crate::commands::ConfigArgument;
use crate::commands::Outcome;
use crate::commands::output;
use crate::domain::notice::Notice;
use crate::domain::reference::Reference;
use crate::normalize::Context;
use crate::normalize::Limits;
use crate::pipeline::documents::documents_of;
use crate::sandbox::Sandbox;
use bytes::Bytes;
use std::path::Path;

/// Arguments of `route`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// A stored notice's reference, or a file that holds notices
    #[arg(long, value_name = "REF|FILE")]
    explain: String,
}

/// Explains the routing of each notice found.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let loaded = crate::config::load(arguments.config.config.as_deref())?;
    let now = Clock::system().now();
    let notices: Vec<Notice> = match Reference::parse(&arguments.explain) {
        Some(reference) if !Path::new(&arguments.explain).exists() => {
            let (_, store) = super::open(&arguments.config).await?;
            let message = store.message(&reference).await?;
            let message =
                message.ok_or_else(|| anyhow::anyhow!("there is no notice {reference}"))?;
            let rows = store.notices_of(&message.reference).await?;
            store.close().await;
            rows.iter().map(|row| serde_json::from_str(&row.notice)).collect::<Result<_, _>>()?
        }
        _ => {
            let raw = Bytes::from(std::fs::read(&arguments.explain)?);
            let format = crate::normalize::detect(&raw, Some(&arguments.explain));
            let sandbox = Sandbox::new(crate::sandbox::Config::default());
            let limits = Limits::default();
            let documents = documents_of(&raw, format, &sandbox, limits).await?;
            let context = Context {
                received_at: now,
                local_time: &loaded.local_time,
                limits,
                robot: false,
                documents: Some(&documents),
                labels: None,
                thresholds: None,
            };
            let reading = crate::normalize::read_leniently(format, &raw, &context);
            reading.notices.into_iter().map(|read| read.notice).collect()
        }
    };
    let on = loaded.local_time.day_of(now);
    for notice in &notices {
        for line in crate::routing::explain(&loaded.profile, notice, on) {
            output::print(&line)?;
        }
        output::print("")?;
    }
    Ok(())
}
