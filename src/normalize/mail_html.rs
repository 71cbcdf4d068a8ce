//! The readable text of an HTML mail: laid out where it is built like a mail, stripped of its tags where it is built to hold us up.

use super::build::shorten;
use super::tables::unfolded;
use std::panic::catch_unwind;

/// So much HTML is turned into text; the rest is in the original.
const HTML_BYTES: usize = 128 * 1024;
/// Columns of text made of HTML: wide enough that no street is torn from its number.
const WIDTH: usize = 1000;
/// The same where there are tables, whose cells share them.
const TABLE_WIDTH: usize = 120;
/// Mails nest their tables a dozen deep. Laying out takes time that grows with the power of the depth.
const DEPTH_MAX: usize = 60;
/// Cells of a row that are still a table to read.
const CELLS_MAX: usize = 2000;

/// The text, for a person to read.
pub(super) fn text(html: &str) -> String {
    let (start, _) = shorten(html, HTML_BYTES);
    if let Some(text) = unfolded(start) {
        return text;
    }
    if !is_modest(start) {
        return without_tags(start);
    }
    // A fault in the layout must not cost a notice either.
    let width = if start.contains("<td") || start.contains("<TD") { TABLE_WIDTH } else { WIDTH };
    let laid_out = catch_unwind(|| html2text::from_read(start.as_bytes(), width).ok());
    laid_out.ok().flatten().unwrap_or_else(|| without_tags(start))
}

/// Whether no tags are nested deeper and no table is wider than a person's mail has them.
fn is_modest(html: &str) -> bool {
    let mut depth: usize = 0;
    let mut cells = 0;
    for piece in html.split('<').skip(1) {
        let name = |text: &str| -> String {
            text.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
        };
        match piece.strip_prefix('/') {
            Some(_) => depth = depth.saturating_sub(1),
            None => match name(piece).as_str() {
                // Never closed, or closed by their like.
                "" | "br" | "img" | "hr" | "meta" | "link" | "input" | "col" | "p" | "li"
                | "tr" => {}
                "td" | "th" => cells += 1,
                _ => depth += 1,
            },
        }
        if depth > DEPTH_MAX || cells > CELLS_MAX {
            return false;
        }
    }
    true
}

/// What stands between the tags.
fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    for (at, piece) in html.split('<').enumerate() {
        let text = match piece.split_once('>') {
            Some((_, text)) if at > 0 => text,
            Some(_) | None if at == 0 => piece,
            Some(_) | None => "",
        };
        if !text.is_empty() {
            out.push_str(text);
            out.push(' ');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_long_paragraph_stays_one_line() {
        let long = "Avhysning är bestämd till tisdagen den 22 september 2026 kl. 10.15 hos Testa Testsson, 850101-2382, Exempelgatan 8 B, 573 92 Tranås";
        let text = super::text(&format!("<html><body><p>Hej!</p><p>{long}</p></body></html>"));
        assert!(text.contains(long), "{text}");
    }

    #[test]
    fn html_of_any_depth_and_width_is_read_in_time() {
        for element in ["div", "table", "b", "ul", "blockquote", "table><tr><td", "td", "font a=1"]
        {
            let html = format!("{}hej", format!("<{element}>").repeat(30_000));
            assert!(super::text(&html).len() < html.len(), "{element}");
            let modest = format!("<{element}>").repeat(super::DEPTH_MAX / 2);
            assert!(super::text(&format!("{modest}hej")).contains("hej"), "{element}");
        }
        assert_eq!(super::without_tags("a <b>c</b> d<e"), "a  c  d ");
        assert_eq!(super::text("<p>ett</p><p>två</p>").trim(), "ett\n\ntvå");
    }
}
