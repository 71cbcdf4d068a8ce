//! The id of one request: in the answer, in its problem, in our log lines.
//!
//! A caller may bring its own in `X-Request-Id`. Since the id reaches logs, only what cannot hold a name is taken over
//! (a UUID, or 16 to 64 hexadecimal digits), and nothing in which a personnummer or coordination number could hide.

use axum::http::HeaderMap;
use axum::http::HeaderName;
use axum::http::HeaderValue;
use std::fmt;

/// The header, in and out.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// A new one.
    pub fn fresh() -> Self {
        Self(uuid::Uuid::new_v4().to_string())
    }

    /// The one in documentation.
    pub fn example() -> Self {
        Self("0f8fad5b-d9cb-469f-a165-70867728950e".to_owned())
    }

    /// The caller's id where it is harmless, else a new one.
    pub fn of(headers: &HeaderMap) -> Self {
        let brought = headers.get(HEADER).and_then(|value| value.to_str().ok());
        match brought {
            Some(text) if is_harmless(text) => Self(text.to_owned()),
            Some(_) | None => Self::fresh(),
        }
    }

    /// The id as the `instance` of a problem.
    pub fn urn(&self) -> String {
        format!("urn:kvittens:request:{}", self.0)
    }

    /// The id as a header; `None` cannot happen for ids made here.
    pub fn header_value(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.0).ok()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_harmless(text: &str) -> bool {
    let plain =
        (16..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    (plain || is_uuid(text)) && !may_hold_identity_number(text.as_bytes())
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}

/// Ten digits in a row, or six and four around a hyphen, of which the third to sixth can be a month and a day (coordination
/// numbers: day + 60).
fn may_hold_identity_number(text: &[u8]) -> bool {
    let apart = |window: &[u8]| match window[6] {
        b'-' => may_be_identity_number(&[&window[..6], &window[7..]].concat()),
        _ => false,
    };
    text.windows(10).any(may_be_identity_number) || text.windows(11).any(apart)
}

fn may_be_identity_number(digits: &[u8]) -> bool {
    let pair = |at: usize| u32::from(digits[at] - b'0') * 10 + u32::from(digits[at + 1] - b'0');
    digits.iter().all(u8::is_ascii_digit)
        && (1..=12).contains(&pair(2))
        && matches!(pair(4), 1..=31 | 61..=91)
}

#[cfg(test)]
mod tests {
    use super::RequestId;
    use axum::http::HeaderMap;
    use axum::http::HeaderValue;

    fn taken_over(text: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(super::HEADER, HeaderValue::from_str(text).unwrap());
        RequestId::of(&headers).to_string() == text
    }

    #[test]
    fn a_callers_id_is_taken_over_when_it_cannot_tell_anything_of_a_person() {
        let cases = [
            ("0f8fad5b-d9cb-469f-a165-70867728950e", true),
            ("4bf92f3577b34da6a3ce929d0e0e4736", true),
            ("Testa-Testsson-1985", false),
            ("short", false),
            ("00000000-0000-0000-0000-198501012382", false),
            ("aa790684-2395-4aaa-8aaa-aaaaaaaaaaaa", false),
            ("aaaa8501012382aa", false),
            ("1985-01-01-2382-aa", false),
            ("0123456789abcdef\u{7f}", false),
        ];
        for (text, expected) in cases {
            let Ok(value) = HeaderValue::from_str(text) else { continue };
            assert_eq!(taken_over(value.to_str().unwrap_or(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_request_without_an_id_gets_one_of_its_own() {
        let none = HeaderMap::new();
        assert_ne!(RequestId::of(&none), RequestId::of(&none));
    }
}
