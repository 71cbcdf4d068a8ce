//! Tables that are laid out as cards: each cell a label with its value below it, or a row of labels above a row of values. They become lines of label
//! and value, as a form has them.

use super::vocabulary;

/// A label is no longer than this.
const LABEL_MAX: usize = 45;

/// The lines of each cell of a table, row by row.
pub(super) type Rows = Vec<Vec<Vec<String>>>;

/// A label and what stands below it; a label alone has an empty value.
pub(super) type Pair = (String, String);

/// The rows of a table as labels with their values, row by row; `None` where the table is none of cards.
pub(super) fn pairs(rows: &Rows) -> Option<Vec<Vec<Pair>>> {
    stacked(rows).or_else(|| above(rows))
}

/// Whether a text is a label that we know.
pub(super) fn is_label(text: &str) -> bool {
    let text = text.trim();
    (text.chars().count() <= LABEL_MAX || text.contains('?'))
        && !text.bytes().any(|byte| byte.is_ascii_digit())
        && vocabulary::named(text, None).is_some()
}

/// A heading without the number that forms give it: `2. Hyresgäst`, `3) Lägenhet`, `B. Skuld`.
pub(super) fn without_number(line: &str) -> &str {
    let line = line.trim();
    match line.split_once(['.', ')']) {
        Some((number, rest)) if rest.starts_with(' ') && number.len() <= 2 => {
            let counts = number.bytes().all(|byte| byte.is_ascii_digit())
                || (number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_uppercase()));
            if counts && !number.is_empty() { rest.trim() } else { line }
        }
        Some(_) | None => line,
    }
}

/// Whether a heading is that of what is told of the landlord.
pub(super) fn is_senders(field: &str) -> bool {
    field.starts_with("landlord.") || field.starts_with("sender.name")
}

/// Headings, folded, of what is told of the one who writes.
const WRITERS: &[&str] = &[
    "vemlamnar",
    "vemskickar",
    "vemskriver",
    "vemanmaler",
    "vemardu",
    "omdig",
    "dinauppgifter",
    "dinakontaktuppgifter",
    "uppgifteromdig",
    "uppgifteromavsandaren",
    "uppgifteromanmalaren",
    "anmalare",
    "avsandare",
    "inlamnadav",
    "uppgiftslamnare",
    "aboutyou",
    "yourdetails",
    "submittedby",
    "reportedby",
];

/// Whether what stands below a heading is the writer's own: `1. Vem lämnar underrättelsen?`.
pub(super) fn is_writers(heading: &str) -> bool {
    let heading = crate::domain::labels::folded(heading.trim_end_matches(['?', ':']));
    WRITERS.iter().any(|start| heading.starts_with(start)) && heading.len() < 40
}

/// Whether a landlord has it as well as a tenant: a name, an address, a telephone.
pub(super) fn is_anybodys(field: &str) -> bool {
    matches!(
        field,
        "persons.0.name"
            | "persons.0.phone"
            | "persons.0.email"
            | "dwelling.street"
            | "dwelling.postalCode"
            | "dwelling.city"
            | "dwelling.careOf"
    )
}

/// Labels, folded, of words about the matter.
const WORDED: &[&str] = &[
    "atgard",
    "orsak",
    "anledning",
    "handelse",
    "handelser",
    "status",
    "arende",
    "arendet",
    "arenderubrik",
    "arendetyp",
    "typ",
    "typavarende",
    "typavmeddelande",
    "rubrik",
    "amne",
    "galler",
    "vadgallerdet",
    "vaddetgaller",
    "detgaller",
    "avser",
    "avseende",
    "angaende",
    "saken",
    "syfte",
    "skal",
    "grund",
    "bakgrund",
    "beskrivning",
    "beskrivningavarendet",
    "meddelande",
    "kommentar",
    "anteckning",
    "anteckningar",
    "notering",
    "text",
    "fritext",
    "information",
    "ovrigt",
    "upplysning",
    "upplysningar",
    "innehall",
    "sammanfattning",
    "subject",
    "matter",
    "reason",
    "message",
    "description",
    "note",
    "notes",
    "comment",
    "comments",
    "vadhardethant",
    "vadharhant",
    "vadvilldumeddelaoss",
];

/// Whether what stands behind a label is read as words, too.
pub(super) fn is_of_words(field: &str, value: &str) -> bool {
    let numbered = value.bytes().any(|byte| byte.is_ascii_digit());
    field == vocabulary::REMARK || field == "text" || (field == "sender.reference" && !numbered)
}

/// Whether a label stands before words about the matter: `ATGARD=UNDERRATTELSEN ATERKALLAS`.
pub(super) fn tells_in_words(label: &str) -> bool {
    let label = crate::domain::labels::folded(label);
    WORDED.contains(&label.as_str())
}

/// Whether a text may be a label, of whatever name.
fn may_be(text: &str) -> bool {
    let text = text.trim();
    let figures = text.bytes().filter(u8::is_ascii_digit).count();
    text.chars().count() <= LABEL_MAX
        && figures <= 1
        && text.chars().any(char::is_alphabetic)
        && !text.ends_with(['.', ','])
        && text.split_whitespace().count() <= 5
}

/// Cells with a label above its value.
fn stacked(rows: &Rows) -> Option<Vec<Vec<Pair>>> {
    let cells = || rows.iter().flatten().filter(|cell| !cell.is_empty());
    let card = |cell: &&Vec<String>| {
        cell.first().is_some_and(|label| is_label(label))
            && cell.get(1).is_some_and(|value| !is_label(value))
    };
    let cards = cells().filter(card).count();
    let other = cells().filter(|cell| cell.len() > 1 && !may_be(&cell[0])).count();
    if cards < 2 || other > cards || cards * 2 < cells().count() {
        return None;
    }
    let pair = |cell: &Vec<String>| match cell.split_first() {
        Some((label, values)) if may_be(label) => (plain(label), values.join(", ")),
        Some(_) | None => (String::new(), cell.join(", ")),
    };
    let row =
        |row: &Vec<Vec<String>>| row.iter().filter(|cell| !cell.is_empty()).map(pair).collect();
    Some(rows.iter().map(row).collect())
}

/// A row of labels above each row of values, twice or more.
fn above(rows: &Rows) -> Option<Vec<Vec<Pair>>> {
    let filled: Vec<&Vec<Vec<String>>> =
        rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
    let labels = |row: &Vec<Vec<String>>| {
        let mut cells = row.iter().filter(|cell| !cell.is_empty());
        let known = cells.clone().filter(|cell| is_label(&cell.join(" "))).count();
        known * 2 > cells.clone().count() && cells.all(|cell| may_be(&cell.join(" ")))
    };
    let mut pairs: Vec<Vec<Pair>> = Vec::new();
    let mut found = 0;
    let mut at = 0;
    while let Some(row) = filled.get(at) {
        match filled.get(at + 1).filter(|below| labels(row) && !labels(below)) {
            Some(values)
                if filled.get(at + 2).is_none_or(|next| labels(next) || next.len() == 1) =>
            {
                found += 1;
                let told = |(column, label): (usize, &Vec<String>)| {
                    let value = values.get(column).map(|value| value.join(", "));
                    (plain(&label.join(" ")), value.unwrap_or_default())
                };
                pairs
                    .push(row.iter().enumerate().map(told).filter(|it| !it.0.is_empty()).collect());
                at += 2;
            }
            Some(_) => return None,
            None if row.len() == 1 => {
                pairs.push(vec![(String::new(), row[0].join(", "))]);
                at += 1;
            }
            None => return None,
        }
    }
    (found >= 2).then_some(pairs)
}

/// A label without its colon.
fn plain(label: &str) -> String {
    label.trim().trim_end_matches(':').trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::pairs;

    fn rows(rows: &[&[&str]]) -> super::Rows {
        let cell = |text: &&str| -> Vec<String> {
            text.split('\n').filter(|line| !line.is_empty()).map(str::to_owned).collect()
        };
        rows.iter().map(|row| row.iter().map(cell).collect()).collect()
    }

    #[test]
    fn a_label_above_its_value_is_a_line_of_a_form() {
        let told = |told: &[&[&str]]| {
            let pairs = pairs(&rows(told)).unwrap_or_default().concat();
            pairs.into_iter().map(|(label, value)| format!("{label}={value}")).collect::<Vec<_>>()
        };
        for cards in [
            &[&["Hyresgäst\nTesta Ek", "Personnummer:\n850101-2390", "Kö\n3"][..], &["OCR"][..]][..],
            &[
                &["Hyresgäst", "Personnummer", "Kö"],
                &["Testa Ek", "850101-2390", "3"],
                &["OCR", "Skuld"],
                &["12", "900"],
            ],
        ] {
            let told = told(cards);
            assert!(
                told.starts_with(&["Hyresgäst=Testa Ek".into(), "Personnummer=850101-2390".into()]),
                "{told:?}"
            );
            assert!(
                told.contains(&"Kö=3".to_owned()) && told.iter().any(|it| it.starts_with("OCR=")),
                "{told:?}"
            );
        }
        for none in [
            &[&["Hyresgäst", "Skuld"][..], &["Testa Ek", "8 912"], &["Provo Ek", "7 000"]][..],
            &[&["Hyresgäst", "Testa Ek"], &["Skuld", "8 912"]],
            &[&["Hej"]],
        ] {
            assert_eq!(pairs(&rows(none)), None);
        }
    }
}
