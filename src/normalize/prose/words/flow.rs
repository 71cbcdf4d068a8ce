//! A text as it was said: lines that only the paper's width broke run on, so that a day keeps the words that tell what it is and a name is whole.

use super::sentence_ends::ends_sentence;

/// A line at least this long, in characters, runs on in one that begins with a small letter.
const SHORT: usize = 30;
/// The same for one that begins with a capital or a digit.
const LONG: usize = 62;
/// A line is wrapped by the margin only when it is about this long.
const WIDE: usize = 58;
/// No sentence is looked through further than this, in bytes.
const FAR: usize = 320;

/// The text with its soft line breaks made spaces; every place stays where it was.
pub(in crate::normalize::prose) fn flow(text: &str) -> String {
    figures(&joined(&leaders(text), runs_on))
}

/// The dots that lead from a label to its value made spaces: `Uppsagd . . . . : 2026-11-09`. Every byte keeps its place.
fn leaders(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains(" . . ") && !text.contains("....") {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let dots = |run: &str| run.bytes().filter(|byte| *byte == b'.').count() >= 3;
        let mut rest = line;
        while let Some(at) = rest.find(" . ").into_iter().chain(rest.find("....")).min() {
            let (head, tail) = rest.split_at(at);
            let length = tail.bytes().take_while(|byte| matches!(byte, b'.' | b' ')).count();
            let (run, next) = tail.split_at(length);
            out.push_str(head);
            if dots(run) {
                out.extend(std::iter::repeat_n(' ', length));
            } else {
                out.push_str(run);
            }
            rest = next;
        }
        out.push_str(rest);
    }
    out.into()
}

/// The text with a space for every line break that only the margin made: a name or a town may stand on two lines. Lists, labels and cells keep theirs.
pub(in crate::normalize::prose) fn flowing(text: &str) -> String {
    joined(text, wrapped)
}

/// The text with a space for the break between a line and the next where `one` says that they are one; every byte keeps its place.
fn joined(text: &str, one: impl Fn(&str, &str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        if let Some(next) = lines.peek() {
            out.push(if one(line, next) { ' ' } else { '\n' });
        }
    }
    out
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

/// Whether a sentence goes on: its day keeps the words that tell what it is.
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
    // A line of a letterhead ends with its telephone.
    if first.is_uppercase() && last.is_ascii_digit() {
        return false;
    }
    if !first.is_alphanumeric() && first != '(' || label {
        return false;
    }
    let most = if first.is_lowercase() { SHORT } else { LONG };
    line.chars().take(most).count() == most
}

/// Whether a full line goes on in the next as a name, a street or a town does.
fn wrapped(line: &str, next: &str) -> bool {
    let prose = |line: &str| !line.contains('\t') && !line.contains("  ");
    let open = line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '('));
    let goes_on = next.starts_with(|c: char| c.is_alphanumeric() || c == '(');
    let label = next.split(' ').take(3).any(|word| word.ends_with(':'));
    // A form's next point, or a line that ends with a telephone, is no wrapped line.
    let mut start = next.split(' ');
    let point = start.next().is_some_and(|mark| {
        let mark = mark.trim_end_matches(['.', ')']);
        mark.len() <= 2 && mark.bytes().all(|byte| byte.is_ascii_digit())
    }) && start.next().is_some_and(|word| word.starts_with(char::is_uppercase));
    // But a street's number is: `från Exempelgatan` and `40 B, 214 00 Malmö`.
    let street = ["gatan", "vägen", "gränd", "gränden", "stigen", "torget", "allén", "backen"];
    let point = point && !street.iter().any(|end| line.ends_with(end));
    let digits =
        line.bytes().rev().take_while(|byte| byte.is_ascii_digit() || *byte == b' ').count();
    // A short line that begins with a capital is more likely the next label.
    let label = label
        || (next.starts_with(char::is_uppercase)
            && next.chars().count() < 25
            && !next.ends_with('.')
            && !is_code(line, next));
    open && goes_on
        && (!point || is_code(line, next))
        && (digits == 0 || next.starts_with(char::is_lowercase) || is_code(line, next))
        && !label
        && prose(line)
        && !next.contains('\t')
        && line.len() >= WIDE
        && line.chars().count() >= WIDE
}

/// Whether the line ends with a postal code, whose town is on the next.
fn is_code(line: &str, next: &str) -> bool {
    let tail: String = line.chars().rev().take(8).collect();
    let shape: String =
        tail.chars().rev().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let rest = next.split(' ').next().unwrap_or_default();
    let half = rest.len() == 2 && rest.bytes().all(|byte| byte.is_ascii_digit());
    shape.ends_with(", 000 00") || shape.ends_with(", 00000") || (half && shape.ends_with(", 000"))
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
    use super::flowing;
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

    #[test]
    fn only_the_margins_breaks_go() {
        let letter = "Stiftelsen hyr ut lägenheten 1403 om tre rum till makarna Ohyra\nProvsson och Fingerad.\nHyresgäst: Testa\nAdress: Provgatan 2\n";
        let flowing = flowing(letter);
        assert_eq!(flowing.len(), letter.len());
        assert!(flowing.contains("makarna Ohyra Provsson"));
        assert!(flowing.contains("Fingerad.\nHyresgäst: Testa\nAdress"));
    }
}
