//! Two parties side by side on a page, one below the other: `Sökande | Svarande`, and below each its name, number and address. Read line by line, the
//! one's postal code would stand beside the other's street.

use super::fold::Folded;
use std::borrow::Cow;

/// Headings of such columns, folded.
const PARTIES: &[&str] = &[
    "sokande",
    "svarande",
    "hyresvard",
    "hyresgast",
    "hyresvarden",
    "hyresgasten",
    "hyresgaster",
    "fastighetsagare",
    "bostadsrattsforening",
    "bostadsrattshavare",
    "forening",
    "medlem",
    "borgenar",
    "galdenar",
    "part",
    "motpart",
    "ombud",
    "uppdragsgivare",
    "kund",
    "avsandare",
    "mottagare",
    "landlord",
    "tenant",
];

/// A column has no more lines than this.
const MOST: usize = 12;

/// The text with such columns below each other.
pub(in crate::normalize::prose) fn apart(text: &str) -> Cow<'_, str> {
    if !text.lines().any(|line| headings(line).is_some()) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at + 1..).unwrap_or_default();
        let blank = rest.iter().take_while(|line| line.trim().is_empty()).count();
        let rows = rest.get(blank.min(1)..).unwrap_or_default();
        let rows: Vec<(&str, &str)> = rows.iter().map_while(|line| two(line)).take(MOST).collect();
        match headings(line).filter(|_| rows.len() >= 2) {
            Some((one, other)) => {
                let left = rows.iter().map(|(left, _)| *left);
                let right = rows.iter().map(|(_, right)| *right);
                for cell in std::iter::once(one).chain(left) {
                    out.extend([cell, "\n"]);
                }
                out.push('\n');
                for cell in std::iter::once(other).chain(right) {
                    out.extend([cell, "\n"]);
                }
                at += 1 + blank.min(1) + rows.len();
            }
            None => {
                out.extend([*line, "\n"]);
                at += 1;
            }
        }
    }
    Cow::Owned(out)
}

/// The two cells of a line; `None` where there are more or fewer.
fn two(line: &str) -> Option<(&str, &str)> {
    let mut cells = line.split('\t').map(str::trim).filter(|cell| !cell.is_empty());
    match (cells.next(), cells.next(), cells.next()) {
        (Some(one), Some(other), None) => Some((one, other)),
        (_, _, _) => None,
    }
}

/// The headings of two parties.
fn headings(line: &str) -> Option<(&str, &str)> {
    let (one, other) = two(line).filter(|_| line.len() < 120)?;
    let party = |cell: &str| {
        let cell = Folded::of(cell.trim_end_matches(':'));
        PARTIES.contains(&cell.text.trim())
    };
    (party(one) && party(other)).then_some((one, other))
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn parties_side_by_side_are_read_one_by_one() {
        let page = "Beslut\n\nSökande\tSvarande\n\nProvhem AB\tTesta Ek\n556900-0002\t850101-2382\nBox 120\tProvgatan 6\n643 22 Prov\t643 32 Prov\n\nBostad: Provgatan 6\n";
        let read = "Beslut\n\nSökande\nProvhem AB\n556900-0002\nBox 120\n643 22 Prov\n\nSvarande\nTesta Ek\n850101-2382\nProvgatan 6\n643 32 Prov\n\nBostad: Provgatan 6\n";
        assert_eq!(apart(page), read);
        for same in [
            "Sökande\tProvhem AB\nSvarande\tTesta Ek\n",
            "Sökande\tSvarande\nProvhem\tTesta\tEk\n",
            "",
        ] {
            assert_eq!(apart(same), same);
        }
    }
}
