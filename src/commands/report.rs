//! `kvittens report`: what came in on some local days, what was acknowledged the same day, and why the rest was not.

use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::config::Loaded;
use crate::letter::report_pdf;
use crate::pipeline::morning;
use crate::report::Period;
use crate::report::Report;
use crate::report::csv;
use crate::report::text;
use crate::report::xlsx;
use crate::store::Boards;
use clap::ValueEnum;
use jiff::civil::Date;
use std::io::IsTerminal as _;
use std::io::Write as _;
use std::path::PathBuf;

/// Arguments of `report`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// The first local day of arrival; yesterday when neither day is given
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// The last one; without it, the first day itself or, when that lies before, yesterday
    #[arg(long, value_name = "DAY")]
    to: Option<Date>,
    /// How it is written
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Write it to this file instead
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Swedish, then English
    Text,
    /// schemas/report.v1.schema.json
    Json,
    /// schemas/report.v1.csv.md
    Csv,
    /// The rows of the CSV as a workbook, with days and numbers
    Xlsx,
    /// To print and to keep
    Pdf,
}

/// Makes the report and writes it.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let usage = |text: &str| Failed::Usage(anyhow::anyhow!("{text}"));
    match (arguments.format, &arguments.out) {
        (Format::Pdf | Format::Xlsx, None) if std::io::stdout().is_terminal() => {
            return Err(usage("that is not for a terminal: name a file with --out FILE"));
        }
        (Format::Text | Format::Json | Format::Csv | Format::Pdf | Format::Xlsx, _) => {}
    }
    let (loaded, store) = super::open(&arguments.config).await?;
    let today = loaded.local_time.day_of(store.clock().now());
    let period = period(arguments.from, arguments.to, today)
        .ok_or_else(|| usage("--to lies before --from"))?;
    let report = morning::report(&store, &loaded.profile, period, &Boards::All).await;
    store.close().await;
    let bytes = written(&report?, arguments.format, &loaded)?;
    match arguments.out {
        Some(path) => {
            use anyhow::Context as _;
            std::fs::write(&path, bytes)
                .with_context(|| format!("cannot write {}", path.display()))?;
            Ok(())
        }
        None if matches!(arguments.format, Format::Pdf | Format::Xlsx) => {
            Ok(std::io::stdout().write_all(&bytes)?)
        }
        None => output::print(String::from_utf8_lossy(&bytes).trim_end()),
    }
}

/// Yesterday, unless days are named; `None` when they are the wrong way round.
fn period(from: Option<Date>, to: Option<Date>, today: Date) -> Option<Period> {
    let yesterday = today.yesterday().unwrap_or(today);
    let period = match (from, to) {
        (Some(from), Some(to)) => Period { from, to },
        (Some(from), None) => Period { from, to: yesterday.max(from) },
        (None, Some(to)) => Period { from: to, to },
        (None, None) => Period { from: yesterday, to: yesterday },
    };
    (period.from <= period.to).then_some(period)
}

fn written(report: &Report, format: Format, loaded: &Loaded) -> Result<Vec<u8>, Failed> {
    Ok(match format {
        Format::Text => text::bilingual(report, &loaded.local_time).into_bytes(),
        Format::Json => serde_json::to_vec(report)?,
        Format::Csv => csv::csv(report).into_bytes(),
        Format::Xlsx => xlsx::xlsx(report).map_err(anyhow::Error::from)?,
        Format::Pdf => {
            let contact = crate::gateway::contact(&loaded.profile, "");
            let organisation = (contact.organisation.sv, contact.organisation.en);
            report_pdf::report_pdf(report, &organisation, &loaded.local_time)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::period;
    use crate::report::Period;
    use jiff::civil::Date;

    #[test]
    fn without_days_it_is_yesterday_and_days_the_wrong_way_round_are_none() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let today = day("2027-03-01");
        let of = |from: &str, to: &str| Some(Period { from: day(from), to: day(to) });
        assert_eq!(period(None, None, today), of("2027-02-28", "2027-02-28"));
        assert_eq!(period(Some(day("2027-02-01")), None, today), of("2027-02-01", "2027-02-28"));
        assert_eq!(period(Some(today), None, today), of("2027-03-01", "2027-03-01"));
        assert_eq!(period(None, Some(day("2027-02-01")), today), of("2027-02-01", "2027-02-01"));
        assert_eq!(period(Some(today), Some(day("2027-02-01")), today), None);
    }
}
