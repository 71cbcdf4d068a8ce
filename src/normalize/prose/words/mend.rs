//! Text as it was meant: decomposed letters put together, UTF-8 that was taken for Windows-1252 put right, all spaces and hyphens alike.

use unicode_normalization::UnicodeNormalization as _;

/// What `å ä ö é ü` and quotes become when UTF-8 is read as Windows-1252.
const TWICE: &[(&str, &str)] = &[
    ("Ã¥", "å"),
    ("Ã¤", "ä"),
    ("Ã¶", "ö"),
    ("Ã…", "Å"),
    ("Ã\u{85}", "Å"),
    ("Ã„", "Ä"),
    ("Ã\u{84}", "Ä"),
    ("Ã–", "Ö"),
    ("Ã\u{96}", "Ö"),
    ("Ã©", "é"),
    ("Ã¼", "ü"),
    ("Â§", "§"),
    ("Â\u{a0}", " "),
    ("â€“", "-"),
    ("â€”", "-"),
    ("â€™", "'"),
    ("â€œ", "\""),
    ("â€\u{9d}", "\""),
    ("â€¢", "-"),
];

/// The mended text. Line breaks stay where they are.
pub(in crate::normalize::prose) fn mend(text: &str) -> String {
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.contains('Ã') || text.contains("â€") || text.contains('Â') {
        for (wrong, right) in TWICE {
            text = text.replace(wrong, right);
        }
    }
    if text.contains(['│', '┃', '─', '━']) {
        text = without_rules(&text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' => {}
            '\u{2028}' | '\u{2029}' | '\u{c}' | '\u{b}' => out.push('\n'),
            c if c != '\n' && c != '\t' && c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Tables that were drawn with lines: cells behind tabs, no rules, no asterisks that meant bold letters.
fn without_rules(text: &str) -> String {
    let rule = |c: char| matches!(c, '\u{2500}'..='\u{257f}') || c.is_whitespace();
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        if !line.is_empty() && line.chars().all(rule) && !line.contains(['│', '┃']) {
            continue;
        }
        let line = line.replace("**", "");
        let cells: Vec<&str> = line.split(['│', '┃']).map(str::trim).collect();
        out.push_str(cells.join("\t").trim());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn letters_come_back_as_they_were_meant() {
        for (text, meant) in [
            ("Ma\u{30a}lmo\u{308}", "Målmö"),
            ("Ã–vre VÃ¤gen, Ã…kerÃ¶", "Övre Vägen, Åkerö"),
            ("12\u{a0}450\u{2013}2026\r\nx", "12 450-2026\nx"),
            ("JB 12:44 Â§", "JB 12:44 §"),
            ("──┬──\n**Kund**  │Testa Ek \n──┴──\n", "Kund\tTesta Ek\n"),
            ("Å Ä Ö", "Å Ä Ö"),
        ] {
            assert_eq!(mend(text), meant);
        }
    }
}
