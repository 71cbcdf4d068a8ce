//! What the caller would rather have (RFC 9110 section 12): language of texts, format of a receipt.

use axum::http::HeaderMap;
use axum::http::HeaderName;
use axum::http::header;

/// The languages we speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// For callers that name no language: programs.
    English,
    /// Svenska.
    Swedish,
}

impl Language {
    /// The language tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Swedish => "sv",
        }
    }

    /// The caller's choice by `Accept-Language`; English where it names neither.
    pub fn of(headers: &HeaderMap) -> Self {
        let mut best = (0, Self::English);
        for (range, quality) in ranges(headers, header::ACCEPT_LANGUAGE) {
            let primary = range.split('-').next().unwrap_or_default();
            let language = match primary {
                "sv" => Self::Swedish,
                "en" | "*" => Self::English,
                _ => continue,
            };
            if quality > best.0 {
                best = (quality, language);
            }
        }
        best.1
    }
}

/// Which of the offered media types the caller wants by `Accept`: the first of those it likes best; `None` when it takes none.
pub fn media_type(headers: &HeaderMap, offered: &[&'static str]) -> Option<&'static str> {
    if !headers.contains_key(header::ACCEPT) {
        return offered.first().copied();
    }
    let ranges = ranges(headers, header::ACCEPT);
    let mut best = (0, None);
    for candidate in offered {
        let quality = quality_of(candidate, &ranges);
        if quality > best.0 {
            best = (quality, Some(*candidate));
        }
    }
    best.1
}

/// The most specific range that fits decides.
fn quality_of(candidate: &str, ranges: &[(String, u16)]) -> u16 {
    let family = candidate.split_once('/').map_or("", |(family, _)| family);
    let fitting = ranges.iter().filter_map(|(range, quality)| {
        let weight = match range.as_str() {
            range if range == candidate => 3,
            range if range.strip_suffix("/*") == Some(family) => 2,
            "*/*" => 1,
            _ => return None,
        };
        Some((weight, *quality))
    });
    fitting.max().map_or(0, |(_, quality)| quality)
}

/// The ranges of an accept header in lower case, without parameters, each with its quality in thousandths.
fn ranges(headers: &HeaderMap, name: HeaderName) -> Vec<(String, u16)> {
    let values = headers.get_all(name);
    let texts = values.iter().filter_map(|value| value.to_str().ok());
    texts.flat_map(|text| text.split(',')).take(64).map(range).collect()
}

fn range(text: &str) -> (String, u16) {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default().to_ascii_lowercase();
    let quality = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
    let quality = quality.map_or(Ok(1.0), str::parse::<f32>).unwrap_or(0.0);
    (name, (quality.clamp(0.0, 1.0) * 1000.0) as u16)
}

#[cfg(test)]
mod tests {
    use super::Language;
    use super::media_type;
    use axum::http::HeaderMap;
    use axum::http::HeaderValue;
    use axum::http::header;

    #[test]
    fn the_language_is_the_one_liked_best() {
        let cases = [
            ("", Language::English),
            ("sv", Language::Swedish),
            ("sv-SE,sv;q=0.9,en;q=0.8", Language::Swedish),
            ("en;q=0.5, sv;q=0.4", Language::English),
            ("de, sv;q=0.3, en;q=0.2", Language::Swedish),
            ("sv;q=0", Language::English),
            ("fr", Language::English),
        ];
        for (text, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(text));
            assert_eq!(Language::of(&headers), expected, "{text}");
        }
    }

    #[test]
    fn the_format_is_the_one_liked_best_of_those_offered() {
        let offered = ["application/json", "text/plain"];
        assert_eq!(media_type(&HeaderMap::new(), &offered), Some("application/json"));
        let cases = [
            ("*/*", Some("application/json")),
            ("text/plain", Some("text/plain")),
            ("text/*;q=0.5, application/json;q=0.4", Some("text/plain")),
            ("*/*, application/json;q=0", Some("text/plain")),
            ("TEXT/PLAIN; charset=utf-8", Some("text/plain")),
            ("application/pdf", None),
            ("text/plain;q=0", None),
        ];
        for (text, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_static(text));
            assert_eq!(media_type(&headers, &offered), expected, "{text}");
        }
    }
}
