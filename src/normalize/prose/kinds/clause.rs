//! The sentence around a sign: what stands before it, in it and behind it, in folded words.

/// How far a sentence is looked at to either side.
const REACH: usize = 160;

/// What stands before a place in its sentence.
pub(super) fn head(text: &str, at: usize) -> &str {
    let mut start = at.saturating_sub(REACH);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let head = text.get(start..at).unwrap_or_default();
    let end = head.char_indices().rev().find(|(end, c)| ends(head, *end, *c));
    let begin = end.map_or(0, |(end, c)| end + c.len_utf8());
    head.get(begin..).unwrap_or_default().trim_start_matches([' ', '-', '"', '('])
}

/// What stands behind a place in its sentence.
pub(super) fn tail(text: &str, at: usize) -> &str {
    let mut end = at.saturating_add(REACH).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let tail = text.get(at..end).unwrap_or_default();
    let stop = tail.char_indices().find(|(end, c)| ends(tail, *end, *c));
    tail.get(..stop.map_or(tail.len(), |(end, _)| end)).unwrap_or_default()
}

fn ends(text: &str, at: usize, c: char) -> bool {
    match c {
        '\n' | ';' | '!' | '?' => true,
        '.' => is_full_stop(text, at),
        _ => false,
    }
}

/// A stop that ends a sentence: no abbreviation's, no number's.
fn is_full_stop(text: &str, at: usize) -> bool {
    let rest = text.get(at + 1..).unwrap_or_default();
    if !rest.is_empty() && !rest.starts_with([' ', '\n']) {
        return false;
    }
    let word = text.get(..at).unwrap_or_default().rsplit([' ', '\n']).next().unwrap_or_default();
    !matches!(word, "kap" | "kl" | "st" | "nr" | "tel" | "p" | "ca" | "bl" | "t" | "d" | "m")
}

#[cfg(test)]
mod tests {
    use super::head;
    use super::tail;

    #[test]
    fn a_sentence_ends_at_its_stop() {
        let text = "hyran ar betald. avhysningen kl. 9.00 ar installd efter beslut. hej";
        let at = text.find("ar installd").unwrap_or_default();
        assert_eq!(head(text, at), "avhysningen kl. 9.00 ");
        assert_eq!(tail(text, at + 11), " efter beslut");
        assert_eq!((head("", 0), tail("", 0)), ("", ""));
    }
}
