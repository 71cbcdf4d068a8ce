//! How fast the reader is, in ratios to what it stands on: text mails against mail-parser alone, PDF against `pdftotext`, XLSX against calamine
//! alone. All on the same files, those of `tests/fixtures/reading`, on one core, the quickest of several rounds.

use crate::report::Table;
use crate::report::say;
use anyhow::Context as _;
use bytes::Bytes;
use calamine::Reader as _;
use kvittens::domain::calendar::LocalTime;
use kvittens::domain::received::Format;
use kvittens::normalize;
use kvittens::normalize::Context;
use kvittens::normalize::Limits;
use kvittens::sandbox;
use kvittens::sandbox::Sandbox;
use mail_parser::MessageParser;
use std::hint::black_box;
use std::io::Cursor;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

/// So often everything is read; patterns are compiled in the first round.
const ROUNDS: usize = 5;

/// The labelled messages, by what they are.
#[derive(Default)]
struct Files {
    /// Mails without a document.
    mails: Vec<Bytes>,
    pdfs: Vec<Bytes>,
    sheets: Vec<Bytes>,
}

impl Files {
    fn find(folder: &Path) -> anyhow::Result<Self> {
        let mut files = Self::default();
        for style in std::fs::read_dir(folder)? {
            let style = style?.path();
            if !style.is_dir() {
                continue;
            }
            for file in std::fs::read_dir(&style)? {
                let path = file?.path();
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                if !name.ends_with(".label.json") {
                    files.add(&Bytes::from(std::fs::read(&path)?), name);
                }
            }
        }
        Ok(files)
    }

    fn add(&mut self, raw: &Bytes, name: &str) {
        let format = normalize::detect(raw, Some(name));
        let documents = normalize::documents_in(raw, format, &Limits::default());
        if format == Format::Mail && documents.is_empty() {
            self.mails.push(raw.clone());
        }
        for document in documents {
            match document.format {
                Format::Pdf => self.pdfs.push(document.raw),
                Format::Xlsx => self.sheets.push(document.raw),
                Format::Json
                | Format::Xml
                | Format::Csv
                | Format::Mail
                | Format::Docx
                | Format::Zip
                | Format::Other => {}
            }
        }
    }
}

/// Measures all three and prints them.
pub(crate) async fn run() -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reading");
    let files = Files::find(&folder).context("the labelled messages")?;
    let mut table = Table::default();
    mails(&files.mails, &mut table)?;
    pdfs(&files.pdfs, &mut table).await?;
    sheets(&files.sheets, &mut table)?;
    table.print("Reader");
    Ok(())
}

fn mails(mails: &[Bytes], table: &mut Table) -> anyhow::Result<()> {
    let local_time = LocalTime::named("Europe/Stockholm").context("the time zone")?;
    let context = Context {
        received_at: "2026-11-20T08:00:00Z".parse()?,
        local_time: &local_time,
        limits: Limits::default(),
        robot: false,
        documents: None,
        labels: None,
        thresholds: None,
    };
    let ours = quickest(|| {
        for mail in mails {
            black_box(normalize::read_leniently(Format::Mail, mail, &context));
        }
        Ok(())
    })?;
    let bare = quickest(|| {
        for mail in mails {
            black_box(MessageParser::default().parse(mail.as_ref()));
        }
        Ok(())
    })?;
    tell(table, "text mails read into notices", mails, ours, None);
    tell(table, "the same by mail-parser alone", mails, bare, Some(("our time", ours)));
    Ok(())
}

async fn pdfs(pdfs: &[Bytes], table: &mut Table) -> anyhow::Result<()> {
    let ours = quickest(|| {
        for pdf in pdfs {
            black_box(normalize::documents::parse(Format::Pdf, pdf, None));
        }
        Ok(())
    })?;
    tell(table, "PDF in this process", pdfs, ours, None);
    let program = PathBuf::from(env!("CARGO_BIN_EXE_kvittens"));
    let sandbox = Sandbox::of(program, sandbox::Config::default());
    let mut boxed = Duration::MAX;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        for pdf in pdfs {
            black_box(sandbox.read(Format::Pdf, pdf).await?);
        }
        boxed = boxed.min(began.elapsed());
    }
    tell(table, "PDF each in a child process", pdfs, boxed, None);
    let folder = tempfile::Builder::new().prefix("kvittens-bench-").tempdir()?;
    let mut paths = Vec::new();
    for (number, pdf) in pdfs.iter().enumerate() {
        let path = folder.path().join(format!("{number}.pdf"));
        std::fs::write(&path, pdf)?;
        paths.push(path);
    }
    if let Err(error) = pdftotext(Path::new("-v")) {
        say(&format!("\nskipped: pdftotext of poppler-utils ({error:#})"));
        return Ok(());
    }
    let bare = quickest(|| paths.iter().try_for_each(|path| pdftotext(path)))?;
    tell(table, "PDF by pdftotext", pdfs, bare, Some(("ours in this process", ours)));
    tell(table, "PDF by pdftotext", pdfs, bare, Some(("ours in a child process", boxed)));
    Ok(())
}

/// Has a file's text written to nowhere. One that the program cannot read takes its time, too.
fn pdftotext(path: &Path) -> anyhow::Result<()> {
    let mut command = Command::new("pdftotext");
    command.arg("-layout").arg(path).arg("-").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().context("pdftotext")?;
    Ok(())
}

fn sheets(sheets: &[Bytes], table: &mut Table) -> anyhow::Result<()> {
    let ours = quickest(|| {
        for sheet in sheets {
            black_box(normalize::documents::parse(Format::Xlsx, sheet, None));
        }
        Ok(())
    })?;
    let bare = quickest(|| {
        for sheet in sheets {
            let mut workbook: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(sheet.as_ref()))?;
            for name in workbook.sheet_names() {
                black_box(workbook.worksheet_range(&name)?);
            }
        }
        Ok(())
    })?;
    tell(table, "XLSX read into tables", sheets, ours, None);
    tell(table, "the same by calamine alone", sheets, bare, Some(("our time", ours)));
    Ok(())
}

fn quickest(mut round: impl FnMut() -> anyhow::Result<()>) -> anyhow::Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        round()?;
        best = best.min(began.elapsed());
    }
    Ok(best)
}

/// A line of the table; with `ours`, how many times the bare reader's time that is.
fn tell(
    table: &mut Table,
    what: &str,
    files: &[Bytes],
    span: Duration,
    ours: Option<(&str, Duration)>,
) {
    let rate = files.len() as f64 / span.as_secs_f64();
    let each = span.as_secs_f64() * 1e3 / files.len().max(1) as f64;
    let beside = match ours {
        Some((whose, ours)) => {
            let times = ours.as_secs_f64() / span.as_secs_f64();
            format!("{each:.3} ms each; {whose} is {times:.2} times as long")
        }
        None => format!("{each:.3} ms each, {} files", files.len()),
    };
    table.add(what, format!("{rate:.0}/s"), &beside);
}
