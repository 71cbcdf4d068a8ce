//! `kvittens read`: what the gateway would make of documents; stores nothing and needs no configuration.

use crate::clock::Clock;
use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::against;
use crate::commands::explain::explain;
use crate::commands::output;
use crate::domain::calendar::LocalTime;
use crate::domain::received::Format;
use crate::normalize::Context;
use crate::normalize::Disposition;
use crate::normalize::Limits;
use crate::normalize::Reading;
use crate::partners::Partners;
use crate::pipeline::documents::documents_of;
use crate::pipeline::reader::Rules;
use crate::routing::profile::Profile;
use crate::sandbox::Sandbox;
use bytes::Bytes;
use futures::StreamExt as _;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;
use std::io::IsTerminal as _;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

/// Arguments of `read`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Documents: eml, pdf, docx, xlsx, csv, xml, json, txt, zip; the kind is told from the bytes
    #[arg(required_unless_present = "against")]
    files: Vec<PathBuf>,
    /// A municipality's profile: malmo, goteborg or a file
    #[arg(long, value_name = "FILE")]
    profile: Option<String>,
    /// When the documents arrived (RFC 3339); now when not given
    #[arg(long, value_name = "TIME")]
    received_at: Option<Timestamp>,
    /// Show the text with the values marked instead of JSON
    #[arg(long)]
    explain: bool,
    /// Read stored messages again that arrived on these days, and print what would differ, before a changed profile or partner's file is used
    #[arg(long, value_name = "FROM..TO", value_parser = against::days, conflicts_with_all = ["files", "received_at", "explain"])]
    against: Option<(Date, Date)>,
    /// With --against: the folder of partners' files to use instead of the configured one
    #[arg(long, value_name = "DIR", requires = "against")]
    partners: Option<PathBuf>,
    /// With --against: the configuration that names the store
    #[command(flatten)]
    config: ConfigArgument,
}

/// Reads each file and prints one JSON line per notice.
pub(super) async fn run(arguments: &Arguments) -> Outcome {
    if let Some(days) = arguments.against {
        return again(days, arguments).await;
    }
    let local_time =
        LocalTime::named("Europe/Stockholm").ok_or(anyhow::anyhow!("no time zones"))?;
    let thresholds = match &arguments.profile {
        Some(name) => profile(name)?.reading,
        None => None,
    };
    let rules = Rules { local_time, limits: Limits::default(), thresholds };
    let received_at = arguments.received_at.unwrap_or_else(|| Clock::system().now());
    let sandbox = Sandbox::new(crate::sandbox::Config::default());
    let shared = Arc::new((rules, sandbox, received_at));
    let mut files = futures::stream::iter(arguments.files.clone())
        .map(|path| {
            let (shared, file) = (shared.clone(), path.display().to_string());
            let job = tokio::spawn(async move { read_file(&path, &shared).await });
            async move { (file, job.await.map_err(anyhow::Error::from).and_then(|read| read)) }
        })
        .buffered(at_once());
    let mut unread = false;
    while let Some((file, read)) = files.next().await {
        match read {
            Ok(reading) if arguments.explain => print_explained(&file, &reading)?,
            Ok(reading) => print_reading(&file, &reading)?,
            Err(error) => {
                print_unread(&file, &format!("cannot be read: {error:#}"))?;
                unread = true;
            }
        }
    }
    if unread { Err(Failed::Said) } else { Ok(()) }
}

/// Reads stored messages again, with what the arguments change.
async fn again(days: (Date, Date), arguments: &Arguments) -> Outcome {
    let (mut loaded, store) = super::open(&arguments.config).await?;
    if let Some(name) = &arguments.profile {
        loaded.profile = profile(name)?;
    }
    if let Some(folder) = &arguments.partners {
        loaded.partners = Partners::open(folder).map_err(|faults| {
            let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
            Failed::Usage(anyhow::anyhow!("--partners: {}", told.join("\n")))
        })?;
    }
    let done = against::run(days, &loaded, &store).await;
    store.close().await;
    done
}

fn profile(name: &str) -> Result<Profile, Failed> {
    crate::config::profile(name).map_err(|faults| {
        let told: Vec<String> = faults.iter().map(|fault| fault.message.clone()).collect();
        Failed::Usage(anyhow::anyhow!("--profile: {}", told.join("\n")))
    })
}

/// So many messages are read at the same time; what they say is printed in their order.
pub(super) fn at_once() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

async fn read_file(path: &Path, shared: &(Rules, Sandbox, Timestamp)) -> anyhow::Result<Reading> {
    let (rules, sandbox, received_at) = shared;
    let raw = Bytes::from(tokio::fs::read(path).await?);
    let format = crate::normalize::detect(&raw, path.file_name().and_then(|name| name.to_str()));
    read(&raw, format, sandbox, *received_at, rules).await
}

async fn read(
    raw: &Bytes,
    format: Format,
    sandbox: &Sandbox,
    received_at: Timestamp,
    rules: &Rules,
) -> anyhow::Result<Reading> {
    let documents = documents_of(raw, format, sandbox, rules.limits).await?;
    let context = Context {
        received_at,
        local_time: &rules.local_time,
        limits: rules.limits,
        robot: false,
        documents: Some(&documents),
        labels: None,
        thresholds: rules.thresholds.as_ref(),
    };
    // A fault in a reader must not cost the files behind this one.
    let read = || crate::normalize::read_leniently(format, raw, &context);
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read))
        .map_err(|_panic| anyhow::anyhow!("the reader broke at it"))
}

fn print_unread(file: &str, reason: &str) -> Outcome {
    let line =
        json!({ "file": file, "part": 0, "disposition": "needsReview", "reasons": [reason] });
    output::print_json(&line)
}

fn print_explained(file: &str, reading: &Reading) -> Outcome {
    let colours = std::io::stdout().is_terminal();
    reading.notices.iter().enumerate().try_for_each(|(part, read)| {
        let (word, kind) = (word(&read.disposition), read.notice.kind.as_str());
        let text = explain(&read.notice, colours);
        output::print(&format!("{file} {part}: {word}, {kind}\n\n{text}"))
    })
}

fn print_reading(file: &str, reading: &Reading) -> Outcome {
    for (part, read) in reading.notices.iter().enumerate() {
        let codes = read.notice.findings.iter().map(|finding| finding.code.clone());
        let reasons: Vec<String> = match &read.disposition {
            Disposition::NotNotice { reason } => vec![reason.clone()],
            Disposition::NeedsReview if codes.len() == 0 => vec!["type.unknown".to_owned()],
            Disposition::NeedsReview | Disposition::Register => codes.collect(),
        };
        let mut line = json!({ "file": file, "part": part, "disposition": word(&read.disposition), "reasons": reasons });
        if !matches!(read.disposition, Disposition::NotNotice { .. })
            && let Some(fields) = line.as_object_mut()
        {
            fields.insert("notice".to_owned(), serde_json::to_value(&read.notice)?);
        }
        output::print_json(&line)?;
    }
    Ok(())
}

pub(super) fn word(disposition: &Disposition) -> &'static str {
    match disposition {
        Disposition::Register => "register",
        Disposition::NeedsReview => "needsReview",
        Disposition::NotNotice { .. } => "notNotice",
    }
}
