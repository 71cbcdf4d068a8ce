//! A text as it was said: lines that only the paper's width broke run on, so that a day keeps the words that tell what it is.

/// A line at least this long, in characters, runs on in one that begins with a small letter.
const SHORT: usize = 30;
/// The same for one that begins with a capital or a digit.
const LONG: usize = 62;
/// No sentence is looked through further than this, in bytes.
const FAR: usize = 320;

/// Words that end with a full stop without ending a sentence.
const SHORTENED: &[&str] = &[
    "kl", "kap", "st", "nr", "ca", "tel", "tfn", "ang", "resp", "dvs", "pga", "enl", "delg", "okt",
    "sept", "sep", "nov", "dec", "jan", "feb", "apr", "aug", "mar", "jul", "jun", "d", "f", "p",
    "s", "m", "g", "o", "i", "a", "mr", "ms", "mrs", "dr", "apt", "no", "adr", "obet", "förf",
    "inkl", "exkl", "oct", "sek", "kr", "rek", "ev", "bl", "tom", "fom", "org", "pers", "mån",
    "betaln", "dat", "pr", "avs", "tis", "ons", "tors", "fre", "lör", "sön", "tot", "forf", "t",
    "e",
];

/// The text with its soft line breaks made spaces; every place stays where it was.
pub(in crate::normalize::prose) fn flow(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        if let Some(next) = lines.peek() {
            out.push(if runs_on(line, next) { ' ' } else { '\n' });
        }
    }
    figures(&out)
}

/// What a scanner took for letters within figures: `14 4OO`, `2O26`.
fn figures(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let misread = |c: char| matches!(c, 'O' | 'l' | 'I');
        let fits = bare.len() > 1 && bare.starts_with(|c: char| c.is_ascii_digit());
        match fits
            && bare.contains(misread)
            && bare.chars().all(|c| c.is_ascii_digit() || misread(c))
        {
            true => out.extend(word.chars().map(|c| match c {
                'O' => '0',
                'l' | 'I' => '1',
                c => c,
            })),
            false => out.push_str(word),
        }
    }
    out
}

fn runs_on(line: &str, next: &str) -> bool {
    let (line, next) = (line.trim(), next.trim());
    let (Some(last), Some(first)) = (line.chars().last(), next.chars().next()) else {
        return false;
    };
    let columns = |text: &str| text.contains('\t') || text.contains("   ");
    if columns(line) || columns(next) || matches!(last, ':' | ';' | '!' | '?' | '.' | '|') {
        return false;
    }
    // A day on a line of its own.
    let day = next.len() == 10 && next.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let tied = [" den", " senast", " till", " från", " och", " av", " och den"];
    if day && !tied.iter().any(|word| line.ends_with(word)) {
        return false;
    }
    let label = next.chars().take(28).collect::<String>().contains(": ");
    if !first.is_alphanumeric() && first != '(' || label {
        return false;
    }
    let most = if first.is_lowercase() { SHORT } else { LONG };
    line.chars().take(most).count() == most
}

/// Where the sentence begins that holds a place.
pub(in crate::normalize::prose) fn sentence_start(flow: &str, at: usize) -> usize {
    let low = floor(flow, at.saturating_sub(FAR));
    let head = flow.get(low..at).unwrap_or_default();
    let mut start = head.rfind('\n').map_or(0, |place| place + 1);
    for (place, sign) in head.match_indices(['.', '!', '?', ';']).rev() {
        if place < start {
            break;
        }
        if ends_sentence(head, place, sign, flow.get(at..).unwrap_or_default()) {
            start = place + sign.len();
            break;
        }
    }
    low + start
}

/// Where the sentence ends that holds a place.
pub(in crate::normalize::prose) fn sentence_end(flow: &str, end: usize) -> usize {
    let high = floor(flow, end.saturating_add(FAR).min(flow.len()));
    let tail = flow.get(end..high).unwrap_or_default();
    let stop = tail.find('\n').unwrap_or(tail.len());
    let ends = tail.match_indices(['.', '!', '?', ';']);
    let mut ends = ends.take_while(|(place, _)| *place < stop);
    let first = ends.find(|(place, sign)| ends_sentence(tail, *place, sign, ""));
    end + first.map_or(stop, |(place, _)| place)
}

/// Whether the sign at a place ends what is said; `rest` is what comes after the text.
fn ends_sentence(text: &str, place: usize, sign: &str, rest: &str) -> bool {
    let after = text.get(place + 1..).unwrap_or_default();
    let behind = after.chars().chain(rest.chars()).take(2).collect::<String>();
    let mut behind = behind.chars();
    let (space, next) = (behind.next(), behind.next());
    if sign != "." {
        return space.is_none_or(char::is_whitespace);
    }
    let word: String = text[..place].chars().rev().take_while(|c| c.is_alphanumeric()).collect();
    let word: String = word.chars().rev().collect::<String>().to_lowercase();
    let number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    match space {
        None => true,
        // Written on a telephone: no space behind the full stop.
        Some(c) if c.is_uppercase() => word.chars().count() > 3 && !number,
        Some(c) if c.is_whitespace() => {
            let small = next.is_some_and(|c| c.is_lowercase() || (number && c.is_numeric()));
            !small && !SHORTENED.contains(&word.as_str())
        }
        Some(_) => false,
    }
}

/// The line above a place, where nothing but spaces stands before the place on its own line; empty otherwise.
pub(in crate::normalize::prose) fn label_above(flow: &str, at: usize) -> &str {
    let low = floor(flow, at.saturating_sub(FAR));
    let head = flow.get(low..at).unwrap_or_default();
    let line = head.rfind('\n').map_or(0, |place| place + 1);
    if !head[line..].trim().is_empty() {
        return "";
    }
    let above = head[..line].trim_end();
    above.rsplit('\n').next().unwrap_or_default()
}

/// The nearest place at or before one that is no part of a letter.
pub(in crate::normalize::prose) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::flow;
    use super::sentence_end;
    use super::sentence_start;

    #[test]
    fn lines_that_the_width_broke_run_on() {
        let text = "Hyresgästen har den 20 oktober uppmanats att städa ur lägenheten och släppa ut\nsenast den 6 november 2026.\nDatum\n2026-10-10\n";
        let flow = flow(text);
        assert_eq!(flow.len(), text.len());
        assert!(flow.contains("ut senast") && flow.contains("2026.\nDatum\n2026"), "{flow}");
    }

    #[test]
    fn a_sentence_is_what_belongs_together() {
        let text = "Hon är uppsagd. Enligt 12 kap. 44 § kl. 10 den 12. november gäller det. Slut.";
        let at = text.find("12. nov").unwrap();
        assert_eq!(text[sentence_start(text, at)..at].trim(), "Enligt 12 kap. 44 § kl. 10 den");
        assert!(text[..sentence_end(text, at)].ends_with("gäller det"));
    }
}
