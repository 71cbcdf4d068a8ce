//! `/ops/report`: what came in on some days, what was acknowledged the same day, and why the rest was not; to read, to print and to take away.
//!
//! Numbers for everyone with a log-in; single notices for those who may see notices. All of it about the person's own boards.

use crate::operations::PageError;
use crate::operations::chrome::Chrome;
use crate::operations::list::Nothing;
use crate::operations::report_lines::ClockTable;
use crate::operations::report_lines::Line;
use crate::operations::report_lines::MissLine;
use crate::operations::report_lines::Table;
use crate::operations::report_lines::causes;
use crate::operations::report_lines::clocks;
use crate::operations::report_lines::misses;
use crate::operations::report_lines::open;
use crate::operations::report_lines::tables;
use crate::operations::report_lines::tongue;
use crate::operations::visit::Visit;
use crate::report;
use crate::report::Period;
use crate::report::Report;
use crate::report::text;
use crate::store::Boards;
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse as _;
use axum::response::Response;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Deserialize;

/// The most days of one report.
const DAYS: i64 = 366;

/// The media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The days asked for, as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Days {
    from: String,
    to: String,
}

#[derive(Template)]
#[template(path = "report.html", config = "src/operations/templates/askama.toml")]
struct Page {
    page: Chrome,
    title: String,
    sentence: String,
    from: String,
    to: String,
    query: String,
    tables: Vec<Table>,
    clocks: Vec<ClockTable>,
    causes: Vec<Line>,
    misses: Vec<MissLine>,
    misses_more: u64,
    outstanding: Vec<MissLine>,
    outstanding_more: u64,
    kept: Option<String>,
}

/// The page.
pub(super) async fn page(Query(days): Query<Days>, visit: Visit) -> Result<Response, PageError> {
    let Some(period) = period(&days, &visit) else { return refused(&visit) };
    let report = made(&visit, period).await?;
    let query = format!("from={}&to={}", period.from, period.to);
    let page = visit.page(format!("/ops/report?{query}"));
    let shown = Page {
        title: text::title(&report, tongue(&page)),
        sentence: text::sentence(&report, tongue(&page)),
        from: period.from.to_string(),
        to: period.to.to_string(),
        tables: tables(&page, &report),
        clocks: clocks(&page, &report),
        causes: causes(&page, &report),
        misses: misses(&page, &report),
        misses_more: report.misses_not_listed,
        outstanding: open(&page, &report),
        outstanding_more: report.outstanding_not_listed,
        kept: kept(&visit, &page, period).await?,
        query,
        page,
    };
    Chrome::send(StatusCode::OK, &shown)
}

/// The report as JSON.
pub(super) async fn json(Query(days): Query<Days>, visit: Visit) -> Result<Response, PageError> {
    let Some(period) = period(&days, &visit) else { return refused(&visit) };
    let report = made(&visit, period).await?;
    let text = serde_json::to_string(&report).unwrap_or_default();
    Ok(file(period, ("json", "application/json"), text))
}

/// The report as a table.
pub(super) async fn csv(Query(days): Query<Days>, visit: Visit) -> Result<Response, PageError> {
    let Some(period) = period(&days, &visit) else { return refused(&visit) };
    let report = made(&visit, period).await?;
    Ok(file(period, ("csv", "text/csv; charset=utf-8"), report::csv::csv(&report)))
}

/// The same as a workbook.
pub(super) async fn xlsx(Query(days): Query<Days>, visit: Visit) -> Result<Response, PageError> {
    let Some(period) = period(&days, &visit) else { return refused(&visit) };
    let report = made(&visit, period).await?;
    match report::xlsx::xlsx(&report) {
        Ok(book) => Ok(file(period, ("xlsx", XLSX), book)),
        Err(error) => {
            tracing::error!(%error, "could not make the report's workbook");
            Ok(StatusCode::INTERNAL_SERVER_ERROR.into_response())
        }
    }
}

fn file(
    period: Period,
    (ending, media_type): (&str, &str),
    text: impl Into<axum::body::Body>,
) -> Response {
    let name = format!("kvittens-{}-{}.{ending}", period.from, period.to);
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, text.into()).into_response()
}

/// Yesterday where no day is named; `None` for what are no days, days the wrong way round, and more than a year.
fn period(days: &Days, visit: &Visit) -> Option<Period> {
    let today = visit.desk.local_time.day_of(visit.now());
    let yesterday = today.yesterday().ok()?;
    let read = |text: &str| -> Option<Option<Date>> {
        let text = text.trim();
        if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
    };
    let (from, to) = (read(&days.from)?, read(&days.to)?);
    let from = from.or(to).unwrap_or(yesterday);
    let to = to.unwrap_or(from);
    (from <= to && to < from.saturating_add(DAYS.days())).then_some(Period { from, to })
}

fn refused(visit: &Visit) -> Result<Response, PageError> {
    let page = visit.page("/ops/report");
    let text = page.say(
        "Ange två dagar som 2026-11-21, den första först, högst ett år.",
        "Give two days such as 2026-11-21, the first one first, at most a year.",
    );
    let text = text.to_owned();
    Nothing::send(StatusCode::BAD_REQUEST, page, text)
}

/// The report of the person's boards; without single notices for those who see numbers only.
async fn made(visit: &Visit, period: Period) -> Result<Report, PageError> {
    let desk = &visit.desk;
    let report = desk.store.report(period, visit.person.boards()).await?;
    let report = report.named(|id| Some(desk.board_name(id)), |id| Some(desk.unit_name(id)));
    let may_watch = visit.page("/ops/report").may_watch();
    Ok(if may_watch { report } else { report.without_references() })
}

/// What the morning's report of one day said, for those who see all boards: what it called late may have gone out since.
async fn kept(visit: &Visit, page: &Chrome, period: Period) -> Result<Option<String>, PageError> {
    let (desk, boards) = (&visit.desk, visit.person.boards());
    let all = match boards {
        Boards::All => true,
        Boards::These(_) => desk.profile.boards.iter().all(|board| boards.hold(&board.id)),
    };
    if period.from != period.to || !all {
        return Ok(None);
    }
    let Some(morning) = desk.store.day_report(period.from).await? else { return Ok(None) };
    let mails = desk.store.day_mails(period.from).await?;
    let missed: u64 = morning.causes.iter().map(|cause| cause.notices).sum();
    let made = page.say("Morgonrapporten gjordes", "The morning's report was made");
    let said = page.say(
        "Antal som då inte hade bekräftats samma dag:",
        "Not acknowledged the same day by then:",
    );
    let sent = page.say("Sänd till", "Sent to");
    let of = page.say("av", "of");
    let at = page.seconds(morning.made_at);
    let (sent_to, recipients) = (mails.sent, mails.all);
    Ok(Some(format!("{made} {at}. {said} {missed}. {sent} {sent_to} {of} {recipients}.")))
}
