//! Forms whose labels stand above what is filled in, as printed boxes and systems' mails have them: one label over its lines, or a row of labels over a
//! row of values. They become lines of label and value.

use super::cards;
use super::vocabulary;

/// A value has no more lines than this.
const VALUE_LINES: usize = 3;
/// So many of them make a form.
const LEAST: usize = 4;

/// The text with its labels beside their values; `None` where too few stand above one.
pub(super) fn beside(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut out = String::with_capacity(text.len());
    let mut found = 0;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let told = row(&lines, at).or_else(|| single(&lines, at));
        let Some((pairs, next)) = told else {
            out.push_str(line);
            out.push('\n');
            at += 1;
            continue;
        };
        for (label, value) in pairs {
            found += usize::from(cards::is_label(&label) && !value.is_empty());
            out.push_str(label.trim().trim_end_matches(':'));
            out.push('\t');
            out.push_str(&value.replace("**", ""));
            out.push('\n');
        }
        at = next;
    }
    (found >= LEAST).then_some(out)
}

/// The first line behind `at` on which anything stands, at most one empty line further.
fn below(lines: &[&str], at: usize) -> Option<usize> {
    let first = at + 1;
    let filled = |at: usize| lines.get(at).is_some_and(|line| !line.trim().is_empty());
    [first, first + 1].into_iter().find(|at| filled(*at))
}

/// A label alone on its line, and the lines below it.
fn single(lines: &[&str], at: usize) -> Option<(Vec<cards::Pair>, usize)> {
    let label = lines.get(at)?.trim();
    let above = at.checked_sub(1).and_then(|above| lines.get(above)).map_or("", |line| line.trim());
    if label.contains('\t') || !cards::is_label(label) || above.ends_with(',') {
        return None;
    }
    let first = below(lines, at)?;
    let mut values: Vec<&str> = Vec::new();
    let mut end = first;
    while let Some(line) = lines.get(end).map(|line| line.trim()) {
        let label = cards::is_label(line) || line.split('\t').next().is_some_and(cards::is_label);
        if line.is_empty() || label || line.contains(": ") || values.len() == VALUE_LINES {
            break;
        }
        values.push(line);
        end += 1;
    }
    // A paragraph is no value.
    let long = values.iter().any(|line| line.chars().count() > 90) || values.len() == VALUE_LINES;
    // Several people below one label are told apart by whoever reads the text.
    let named = |line: &&str| line.chars().filter(|c| c.is_alphabetic()).count() > 3;
    let people = values.len() > 1
        && values.iter().all(named)
        && vocabulary::named(label, None).is_some_and(|field| field.starts_with("persons."));
    if values.is_empty() || long || people {
        return None;
    }
    let value = values.join(", ").replace('\t', " ");
    Some((vec![(label.to_owned(), value)], end))
}

/// A row of labels and the row below it.
fn row(lines: &[&str], at: usize) -> Option<(Vec<cards::Pair>, usize)> {
    let labels = cells(lines.get(at)?);
    let known = labels.iter().filter(|label| cards::is_label(label)).count();
    let words = |cell: &&str| cell.bytes().all(|byte| !byte.is_ascii_digit());
    if labels.len() < 2 || known < 2 || known * 2 < labels.len() || !labels.iter().all(words) {
        return None;
    }
    let first = below(lines, at)?;
    let values = cells(lines.get(first)?);
    let same = values.len() == labels.len() && !values.iter().any(|value| cards::is_label(value));
    // More rows of as many cells make it a table.
    let table = below(lines, first).is_some_and(|next| {
        let next = cells(lines[next]);
        next.len() == labels.len() && !next.iter().any(|cell| cards::is_label(cell))
    });
    if !same || table {
        return None;
    }
    let pairs = labels.iter().zip(&values);
    let pairs = pairs.map(|(label, value)| ((*label).to_owned(), (*value).to_owned()));
    Some((pairs.collect(), first + 1))
}

/// Cells behind tabs or wide gaps.
fn cells(line: &str) -> Vec<&str> {
    let line = line.trim();
    if line.contains('\t') {
        return line.split('\t').map(str::trim).filter(|cell| !cell.is_empty()).collect();
    }
    super::rows::wide(line)
        .into_iter()
        .map(|(_, cell)| cell)
        .filter(|cell| !cell.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn labels_above_their_values_come_beside_them() {
        let text = "Kronofogden\tAnsökan om avhysning\n\nMålnummer\nU-1-26\n\nSvarande\nTesta Ek\n\nAdress\nExempelgatan 12\n214 00 Malmö\n\nSökande\tOrganisationsnummer\tOmbud\nHus AB\t556900-0002\tNågon\n\nTiden är ännu inte bestämd.\n";
        let told = beside(text).unwrap();
        for line in [
            "Målnummer\tU-1-26",
            "Svarande\tTesta Ek",
            "Adress\tExempelgatan 12, 214 00 Malmö",
            "Organisationsnummer\t556900-0002",
            "Tiden är ännu inte bestämd.",
        ] {
            assert!(told.lines().any(|it| it == line), "{line}: {told}");
        }
        for none in [
            "Namn\tPersonnummer\tSkuld\nTesta\t1\t2\nProvo\t3\t4\n",
            "Hej,\nAdress\nkommer sedan.\n",
            "Hyresgäst: Testa Ek\nAdress: Exempelgatan 12\nSkuld: 900\nLägenhet: 1102\n",
        ] {
            assert_eq!(beside(none), None, "{none}");
        }
    }
}
