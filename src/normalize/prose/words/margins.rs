//! Lines that a letter's margin broke put together again, every byte in its place: a name or a town may stand on two of them.

/// A line is wrapped by the margin only when it is about this long.
const WIDE: usize = 58;

/// The text with a space for every line break that only the margin made. Lists, labels and cells keep theirs.
pub(in crate::normalize::prose) fn flowing(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        if let Some(next) = lines.peek() {
            out.push(if wrapped(line, next) { ' ' } else { '\n' });
        }
    }
    out
}

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

#[cfg(test)]
mod tests {
    use super::flowing;

    #[test]
    fn only_the_margins_breaks_go() {
        let letter = "Stiftelsen hyr ut lägenheten 1403 om tre rum till makarna Ohyra\nProvsson och Fingerad.\nHyresgäst: Testa\nAdress: Provgatan 2\n";
        let flowing = flowing(letter);
        assert_eq!(flowing.len(), letter.len());
        assert!(flowing.contains("makarna Ohyra Provsson"));
        assert!(flowing.contains("Fingerad.\nHyresgäst: Testa\nAdress"));
    }
}
