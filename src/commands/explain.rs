//! `kvittens read --explain`: the text with every value marked where it was read, and how sure the reader is of each.

use crate::domain::notice::Notice;
use serde_json::Value;
use std::fmt::Write as _;

/// One mark in the text.
struct Mark<'a> {
    start: usize,
    end: usize,
    path: &'a str,
}

/// The text of a notice with its values marked, and a line for each value: for the terminal of somebody who may read it.
pub(super) fn explain(notice: &Notice, colours: bool) -> String {
    let text = notice.text.as_ref().map(|text| text.reveal()).unwrap_or_default();
    let mut out = marked(notice, text, colours);
    let plain = serde_json::to_value(notice).unwrap_or_default();
    out.push('\n');
    for (path, evidence) in &notice.evidence {
        let value = plain.pointer(path).map(shown).unwrap_or_default();
        let (sure, source) = (evidence.confidence * 100.0, &evidence.source);
        let quote = evidence.quote.reveal().replace('\n', " ");
        let written = writeln!(out, "  {sure:3.0} %  {path:<32} {value:<28} {source}: {quote}");
        debug_assert!(written.is_ok(), "writing to a String does not fail");
    }
    for finding in &notice.findings {
        let (code, message) = (&finding.code, &finding.message);
        let written = writeln!(out, "  {code}: {message}");
        debug_assert!(written.is_ok(), "writing to a String does not fail");
    }
    out
}

/// The text with its marks; a quote that stands in it several times is marked at the first place.
fn marked(notice: &Notice, text: &str, colours: bool) -> String {
    let mut marks: Vec<Mark<'_>> = Vec::new();
    for (path, evidence) in &notice.evidence {
        let quote = evidence.quote.reveal();
        let Some(start) = text.find(quote).filter(|_| !quote.is_empty()) else { continue };
        let end = start + quote.len();
        if !marks.iter().any(|mark| start < mark.end && mark.start < end) {
            marks.push(Mark { start, end, path });
        }
    }
    marks.sort_by_key(|mark| mark.start);
    let (open, close) = if colours { ("\u{1b}[1;4m", "\u{1b}[0m") } else { ("[", "]") };
    let (mut out, mut from) = (String::with_capacity(text.len() * 2), 0);
    for mark in marks {
        let name = mark.path.rsplit('/').find(|step| step.parse::<usize>().is_err());
        out.push_str(&text[from..mark.start]);
        out.push_str(open);
        out.push_str(&text[mark.start..mark.end]);
        out.push_str(close);
        let written = write!(out, "<{}>", name.unwrap_or_default());
        debug_assert!(written.is_ok(), "writing to a String does not fail");
        from = mark.end;
    }
    out.push_str(&text[from..]);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::explain;
    use crate::domain::masked::Masked;
    use crate::domain::notice::Evidence;
    use crate::domain::notice::Notice;
    use crate::domain::notice::NoticeType;

    #[test]
    fn values_are_marked_where_they_were_read() {
        let mut notice = Notice::of(NoticeType::RentArrears);
        notice.text = Some(Masked::new("Hyran är obetald."));
        let evidence =
            Evidence { source: "body".to_owned(), quote: Masked::new("obetald"), confidence: 0.9 };
        notice.evidence.insert("/type".to_owned(), evidence);
        let told = explain(&notice, false);
        assert!(told.starts_with("Hyran är [obetald]<type>.\n"), "{told}");
        assert!(told.contains("90 %  /type") && told.contains("rentArrears"), "{told}");
    }
}
