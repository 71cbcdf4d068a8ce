//! Commands as they are written.

/// A string in quotation marks (RFC 3501 section 4.3). Line breaks and NUL cannot stand in one: they are left out.
pub(super) fn quoted(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for letter in text.chars().filter(|letter| !matches!(letter, '\r' | '\n' | '\0')) {
        if matches!(letter, '"' | '\\') {
            written.push('\\');
        }
        written.push(letter);
    }
    written.push('"');
    written
}

/// A verb and its arguments.
pub(super) fn line(words: &[&str]) -> String {
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::line;
    use super::quoted;

    #[test]
    fn nothing_breaks_out_of_quotation_marks() {
        assert_eq!(quoted("a \"b\" \\ c\r\nk1 LOGOUT\0"), "\"a \\\"b\\\" \\\\ ck1 LOGOUT\"");
        assert_eq!(line(&["UID", "FETCH", "1:2"]), "UID FETCH 1:2");
    }
}
