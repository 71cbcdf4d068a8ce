//! Forms that the answers of the stand-in for Lifecare share, and what it takes for a number or a moment.

use serde_json::Value;
use serde_json::json;

use crate::support::http1::Head;
use crate::support::http1::Reply;

/// One page: `pageSize` records (0 or none: all) from page `pageNr`, the first being 0.
pub(super) fn page(head: &Head, records: Vec<Value>) -> Reply {
    let number = |name| head.query(name).and_then(|value| value.parse::<usize>().ok()).unwrap_or(0);
    let total = records.len();
    let (size, page) = (number("pageSize"), number("pageNr"));
    let shown: Vec<Value> = if size == 0 {
        records
    } else {
        records.into_iter().skip(page * size).take(size).collect()
    };
    let pages = if size == 0 { 1 } else { total.div_ceil(size) };
    Reply::Json(
        200,
        Some(json!({
            "PageNumber": page, "PageSize": size, "TotalNumberOfPages": pages,
            "TotalNumberOfRecords": total, "Result": shown
        })),
    )
}

/// Twelve digits; whether they are anybody's is another question.
pub(super) fn is_person_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `yyyy-MM-ddTHH:mm:ss` and nothing else; a bare day is refused by the real one too.
pub(super) fn is_moment(text: &str) -> bool {
    text.len() == 19 && text.contains('T') && text.parse::<jiff::civil::DateTime>().is_ok()
}

/// A refusal, in the prose the real one uses.
pub(super) fn refusal(status: u16, detail: &str) -> Reply {
    Reply::Json(status, Some(json!({ "title": "Refused", "status": status, "detail": detail })))
}
