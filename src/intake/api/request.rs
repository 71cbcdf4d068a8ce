//! Reads one request: what it claims to be, under which key, and its bytes, never more of them than the limit.

use crate::domain::received::Format;
use crate::http::problem::Problem;
use crate::http::problem_type::ProblemType;
use crate::intake::api::config::Config;
use crate::intake::api::limits::Held;
use crate::intake::api::limits::Limits;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::http::header;
use bytes::Bytes;
use bytes::BytesMut;
use futures::StreamExt;

/// The header under which a caller repeats a request safely.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// What the door takes, as `Accept-Post` says it.
const ACCEPT_POST: &str = "application/json, application/xml, text/xml, text/csv, multipart/form-data, application/pdf, \
    application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, \
    application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// What is sent together, as a browser's form sends it (RFC 7578).
pub(super) const FORM: &str = "multipart/form-data";

/// The format by `Content-Type`, or 415. The bytes decide on their encoding, so `charset` is not looked at here. What is sent as a form is a mail
/// without a header, see [`super::form`].
pub fn format(headers: &HeaderMap) -> Result<Format, Problem> {
    let media_type = media_type(headers);
    let plain = headers.get(header::CONTENT_ENCODING).is_none_or(|value| value == "identity");
    let known = [
        ("application/json", Format::Json),
        ("application/xml", Format::Xml),
        ("text/xml", Format::Xml),
        ("text/csv", Format::Csv),
        (FORM, Format::Mail),
        (Format::Pdf.media_type(), Format::Pdf),
        (Format::Xlsx.media_type(), Format::Xlsx),
        (Format::Docx.media_type(), Format::Docx),
    ];
    let found = known.into_iter().find(|(name, _)| media_type.eq_ignore_ascii_case(name));
    match found {
        Some((_, format)) if plain => Ok(format),
        Some(_) | None => {
            let name = HeaderName::from_static("accept-post");
            let problem = Problem::new(ProblemType::UnsupportedFormat);
            Err(problem.header(name, HeaderValue::from_static(ACCEPT_POST)))
        }
    }
}

pub(super) fn media_type(headers: &HeaderMap) -> &str {
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    text.and_then(|text| text.split(';').next()).unwrap_or_default().trim()
}

/// The `Idempotency-Key`: 1 to 255 visible ASCII characters, once; else 400.
pub fn idempotency_key(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let mut values = headers.get_all(IDEMPOTENCY_KEY).iter();
    let key = match (values.next(), values.next()) {
        (None, _) => return Ok(None),
        (Some(value), None) => value.to_str().ok(),
        (Some(_), Some(_)) => None,
    };
    let fits = |key: &&str| {
        (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
    };
    match key.filter(fits) {
        Some(key) => Ok(Some(key)),
        None => Err(Problem::new(ProblemType::InvalidHeader)),
    }
}

/// 413 when the caller announces more than the limit. A content without an announced length is counted as it comes.
pub fn announced_bytes(headers: &HeaderMap, config: &Config) -> Result<usize, Problem> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let length = length.and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    match usize::try_from(length) {
        Ok(length) if length <= config.max_bytes => Ok(length),
        Ok(_) | Err(_) => Err(Problem::new(ProblemType::TooLarge)),
    }
}

/// The whole content: 413 as soon as the count exceeds the limit, 408 when it takes too long, 503 when all requests in hand
/// together hold too much.
pub async fn content(
    body: Body,
    config: &Config,
    limits: &Limits,
    held: &mut Held,
) -> Result<Bytes, Problem> {
    match tokio::time::timeout(config.body_timeout, collect(body, config, limits, held)).await {
        Ok(content) => content,
        Err(_elapsed) => Err(Problem::new(ProblemType::RequestTimeout)
            .header(header::CONNECTION, HeaderValue::from_static("close"))),
    }
}

async fn collect(
    body: Body,
    config: &Config,
    limits: &Limits,
    held: &mut Held,
) -> Result<Bytes, Problem> {
    let mut pieces = body.into_data_stream();
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    let mut count = 0;
    while let Some(piece) = pieces.next().await {
        let Ok(piece) = piece else {
            return Err(Problem::new(ProblemType::NotReadable));
        };
        count += piece.len();
        if count > config.max_bytes {
            return Err(Problem::new(ProblemType::TooLarge));
        }
        limits.hold_bytes(held, count)?;
        if first.is_empty() {
            first = piece;
            continue;
        }
        if rest.is_empty() {
            rest.extend_from_slice(&first);
        }
        rest.extend_from_slice(&piece);
    }
    Ok(if rest.is_empty() { first } else { rest.freeze() })
}
