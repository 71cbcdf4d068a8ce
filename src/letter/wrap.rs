//! Lines: a text broken at its spaces so that none is wider than its column. Ragged at the right, never hyphenated.

use crate::letter::fonts::Fonts;
use crate::letter::fonts::cleaned;
use crate::letter::paper::Type;
use unicode_normalization::char::is_combining_mark;

/// The lines of a text in a column. A line that goes on at a space ends with it, so that its words stay apart when they are read
/// aloud or copied. A word wider than the column is broken after a hyphen, slash or at sign, else into even pieces.
pub(super) fn lines(text: &str, face: Type, column: f32, fonts: &Fonts) -> Vec<String> {
    let text = cleaned(text);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fonts.width(&longer, face) <= column {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(format!("{line} "));
        }
        let mut pieces = pieces(word, face, column, fonts);
        line = pieces.pop().unwrap_or_default();
        lines.extend(pieces);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A word in pieces that each fit.
fn pieces(word: &str, face: Type, column: f32, fonts: &Fonts) -> Vec<String> {
    let fits = |text: &str| fonts.width(text, face) <= column;
    let mut pieces: Vec<String> = Vec::new();
    for part in word.split_inclusive(['-', '/', '@', '\u{2010}']) {
        if let Some(last) = pieces.last_mut()
            && fits(&format!("{last}{part}"))
        {
            last.push_str(part);
        } else if fits(part) {
            pieces.push(part.to_owned());
        } else {
            pieces.extend(even(part, face, column, fonts));
        }
    }
    pieces
}

/// A run of letters in as few even pieces as fit; an accent stays with its letter.
fn even(text: &str, face: Type, column: f32, fonts: &Fonts) -> Vec<String> {
    let mut letters: Vec<String> = Vec::new();
    for c in text.chars() {
        match letters.last_mut() {
            Some(letter) if is_combining_mark(c) => letter.push(c),
            Some(_) | None => letters.push(c.to_string()),
        }
    }
    for count in 2..letters.len() {
        let length = letters.len().div_ceil(count);
        let pieces: Vec<String> = letters.chunks(length).map(|piece| piece.concat()).collect();
        if pieces.iter().all(|piece| fonts.width(piece, face) <= column) {
            return pieces;
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::letter::fonts::Fonts;
    use crate::letter::fonts::cleaned;
    use crate::letter::paper::TEXT;
    use proptest::prop_assert;
    use proptest::prop_assert_eq;
    use proptest::proptest;

    fn broken(text: &str, column: f32) -> Vec<String> {
        lines(text, TEXT, column, &Fonts::built_in().expect("the fonts"))
    }

    #[test]
    fn a_text_breaks_at_its_spaces_and_keeps_them() {
        let text = "Vi har tagit emot ett meddelande från Kronofogden.";
        assert_eq!(
            broken(text, 150.0),
            ["Vi har tagit emot ett ", "meddelande från ", "Kronofogden."]
        );
        assert_eq!(broken(text, 1000.0), [text]);
        assert_eq!(broken(" \n ", 100.0), Vec::<String>::new());
    }

    #[test]
    fn a_word_wider_than_its_column_breaks_after_a_hyphen_or_into_even_pieces() {
        let digest = "0123456789abcdef".repeat(4);
        let halves = broken(&digest, 250.0);
        assert_eq!(halves.concat(), digest);
        assert_eq!(halves.iter().map(String::len).collect::<Vec<_>>(), [32, 32]);
        assert_eq!(
            broken("Testsson-Exempelsson-Provsson", 90.0),
            ["Testsson-", "Exempelsson-", "Provsson"]
        );
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_nothing_is_lost(text in "[a-zåäö \u{301}@/-]{0,200}", column in 40.0_f32..400.0) {
            let fonts = Fonts::built_in().expect("the fonts");
            let lines = lines(&text, TEXT, column, &fonts);
            for line in &lines {
                prop_assert!(fonts.width(line.trim_end(), TEXT) <= column + 0.01, "{line}");
            }
            prop_assert_eq!(lines.concat(), cleaned(&text));
        }
    }
}
