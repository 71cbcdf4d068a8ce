//! What a heading or a label names: the documented headings of our CSV first (`csv_columns`), and here the other words that landlords,
//! collectors, Kronofogden and their systems use for the same, in Swedish and English.
//!
//! Words are folded (see [`folded`]). What begins with `~` is no field of its own: the row makes something of it.

use super::super::csv_columns;
use super::super::shape;
use super::asked;
use super::party_labels;
use super::person_words::OF_PERSONS;
use super::person_words::PERSONS;
use super::words::WORDS;
use crate::domain::labels::Labels;
use crate::domain::labels::folded;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What was billed in a month.
pub(super) const CHARGED: &str = "~charged";

/// What was paid of it.
pub(super) const PAID: &str = "~paid";

/// What is left to pay.
pub(super) const BALANCE: &str = "~balance";

/// What is owed for the month behind it.
pub(super) const MONTH: &str = "~month:";

/// Words about the row.
pub(super) const REMARK: &str = "~remark";

/// What has become of the matter.
pub(super) const STATUS: &str = "~status";

/// The hour beside a day.
pub(super) const CLOCK: &str = "~clock";

/// The letter of a house beside its number.
pub(super) const LETTER: &str = "~letter";

/// Whether there are children, or how many.
pub(super) const CHILDREN: &str = "~children";

/// When they were born.
pub(super) const BIRTH_YEARS: &str = "~birthYears";

/// Whether the row is meant for the board at all.
pub(super) const FOR_US: &str = "~forUs";

/// Known, and no part of a notice.
pub(super) const IGNORED: &str = "ignored";

/// The words one by one; a word that stands twice names what it names first.
static FIELDS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let mut fields = HashMap::new();
    for (list, field) in WORDS {
        for word in list.split(' ') {
            fields.entry(word).or_insert(*field);
        }
    }
    fields
});

/// What a heading or a label names; `None` where it is none of ours. The partner's own words go first.
pub(super) fn named(heading: &str, labels: Option<&Labels>) -> Option<String> {
    if let Some(field) = labels.and_then(|labels| labels.field(heading)) {
        return Some(field.to_owned());
    }
    if let Some(field) = asked::field(heading) {
        return Some(field.to_owned());
    }
    let heading = heading.trim().trim_end_matches([':', '*', '=', '?']).trim();
    if heading.chars().count() > 60 {
        return None;
    }
    let whole = folded(heading);
    // Digits alone are nobody's heading, nor is a sentence.
    if whole.is_empty() || whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(field) = by_word(heading, &whole) {
        return Some(field);
    }
    // `Arrears (SEK)`, `Hyresgäst (namn, pnr)`, `Skuld kr`, `Hyresgäst/medlem`.
    let bare = heading.split(['(', '[']).next().unwrap_or(heading).trim();
    let bare = ["kr", "sek", "kronor"].iter().fold(bare, |text, unit| {
        let short = text.len().saturating_sub(unit.len());
        match text.get(short..) {
            Some(end) if end.eq_ignore_ascii_case(unit) && text[..short].ends_with([' ', ',']) => {
                text[..short].trim_end_matches([' ', ','])
            }
            _ => text,
        }
    });
    let folded_bare = folded(bare);
    if folded_bare != whole
        && !folded_bare.is_empty()
        && let Some(field) = by_word(bare, &folded_bare)
    {
        // `Lägenhet (föreningens nr)` is no number of the land survey's.
        let inner = folded(heading.get(bare.len()..).unwrap_or_default());
        let theirs = ["forening", "intern", "egetnr", "vartnr"];
        let theirs = theirs.iter().any(|it| inner.starts_with(it));
        return Some(match theirs && field == "dwelling.apartmentNumber" {
            true => "dwelling.objectNumber".to_owned(),
            false => field,
        });
    }
    // `Date of termination (uppsägning)`: the same in another language.
    if let Some(inner) = heading.get(bare.len()..).and_then(|it| it.trim().strip_prefix('('))
        && let Some((inner, "")) = inner.split_once(')')
        && let Some(field) = by_word(inner, &folded(inner))
    {
        return Some(field);
    }
    // `Lägenhetsnummer, fyra siffror`: how to write it.
    if let Some((first, hint)) = bare.split_once(',')
        && HINTS.iter().any(|word| hint.to_lowercase().contains(word))
    {
        return by_word(first.trim(), &folded(first));
    }
    let (first, rest) = bare.split_once('/')?;
    let field = by_word(first.trim(), &folded(first))?;
    (by_word(rest.trim(), &folded(rest)).as_ref() == Some(&field)).then_some(field)
}

/// Whether a heading is one of those that our CSV is described by.
pub(super) fn is_documented(heading: &str) -> bool {
    csv_columns::documented(heading.trim()).is_some()
}

fn by_word(heading: &str, folded: &str) -> Option<String> {
    match csv_columns::documented(heading) {
        Some(csv_columns::Column::Path(path)) if is_ours(&path) => return Some(path),
        Some(csv_columns::Column::Children) => return Some(CHILDREN.to_owned()),
        Some(csv_columns::Column::BirthYears) => return Some(BIRTH_YEARS.to_owned()),
        Some(_) | None => {}
    }
    if let Some(field) = word(folded).or_else(|| begins(folded)) {
        return Some(field.to_owned());
    }
    of_person(folded).or_else(|| party_labels::of_party(folded))
}

/// Whether a dotted path is one of the notice's: another program's keys have dots, too.
fn is_ours(path: &str) -> bool {
    path.split('.').all(|part| part.bytes().all(|b| b.is_ascii_digit()) || shape::is_member(part))
}

/// Words that say how a form wants to be filled in.
const HINTS: &[&str] =
    &["siffror", "digits", "tecken", "åååå", "yyyy", "ange ", "om du vet", "if known"];

/// What may stand behind a word for a sum and changes nothing of it: `Skuld inkl moms`.
const ADDED: &[&str] = &[
    "inklmoms",
    "inkmoms",
    "inklusivemoms",
    "inklranta",
    "inklavgifter",
    "inklavg",
    "ikr",
    "isek",
    "idag",
    "nu",
    "perdagsdatum",
];

fn word(folded: &str) -> Option<&'static str> {
    let bare = || {
        let stem = ADDED.iter().find_map(|added| folded.strip_suffix(added))?;
        FIELDS.get(stem).copied().filter(|field| field.starts_with("arrears."))
    };
    FIELDS.get(folded).copied().or_else(bare)
}

/// Labels of forms that say at length what they ask for.
const BEGINNINGS: &[(&str, &str)] = &[
    ("beloppattbetala", "arrears.amountToRecover"),
    ("beloppforatt", "arrears.amountToRecover"),
    ("beloppsomskabetalas", "arrears.amountToRecover"),
    ("beloppsomkravs", "arrears.amountToRecover"),
    ("summaattbetala", "arrears.amountToRecover"),
    ("attbetalaforatt", "arrears.amountToRecover"),
    ("amountrequired", "arrears.amountToRecover"),
    ("amounttobepaid", "arrears.amountToRecover"),
    ("lagenhetsnummerenligt", "dwelling.apartmentNumber"),
    ("lagenhetsnrenligt", "dwelling.apartmentNumber"),
    ("lghnrenligt", "dwelling.apartmentNumber"),
    ("lagenhetsnummerilagenhetsregist", "dwelling.apartmentNumber"),
    ("dagdahyresgastendelg", "servedOn"),
    ("dagdahyresgastensades", "terminatedOn"),
    ("datumdahyresgastendelg", "servedOn"),
    ("datumdahyresgastensades", "terminatedOn"),
    ("dagdauppsagning", "terminatedOn"),
    ("datumdauppsagning", "terminatedOn"),
];

fn begins(folded: &str) -> Option<&'static str> {
    BEGINNINGS.iter().find(|(start, _)| folded.starts_with(start)).map(|(_, field)| *field)
}

/// `galdenar1pnr`, `hyresgastenstelefon`, `pnr2`, `fornamn2`, `namn3`.
fn of_person(folded: &str) -> Option<String> {
    for (person, index) in PERSONS {
        let Some(rest) = folded.strip_prefix(person) else { continue };
        let rest = ["ens", "arens", "arnas", "er", "erna", "ernas", "s", "en", "n"]
            .iter()
            .filter_map(|end| rest.strip_prefix(end))
            .find(|rest| is_told(rest))
            .unwrap_or(rest);
        let (number, rest) = match rest.chars().next().and_then(|c| c.to_digit(10)) {
            Some(number) => (number.checked_sub(1), &rest[1..]),
            None => (Some(*index), rest),
        };
        let told = OF_PERSONS.iter().find(|(word, _)| *word == rest);
        if let (Some(number), Some((_, field))) = (number, told) {
            // All who live there live at the first one's address; another's may be elsewhere.
            return match (field.starts_with("dwelling."), number) {
                (false, _) => Some(format!("persons.{number}.{field}")),
                (true, 0) => Some((*field).to_owned()),
                (true, _) => Some(IGNORED.to_owned()),
            };
        }
        if let (Some(0), Some(field)) = (number, party_labels::home_of(rest)) {
            return Some(field.to_owned());
        }
    }
    let last = folded.chars().next_back()?.to_digit(10)?.checked_sub(1)?;
    let stem = &folded[..folded.len() - 1];
    let (_, field) = OF_PERSONS.iter().find(|(word, field)| {
        !word.is_empty() && !field.starts_with("dwelling.") && *word == stem
    })?;
    Some(format!("persons.{last}.{field}"))
}

fn is_told(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    OF_PERSONS.iter().any(|(word, _)| *word == rest) || party_labels::home_of(rest).is_some()
}

#[cfg(test)]
mod tests {
    use super::named;
    use crate::domain::labels::Labels;

    #[test]
    fn headings_name_what_people_mean_by_them() {
        for (heading, field) in [
            ("Personnr", "persons.0.identity.value"),
            ("GALDENAR_2_PNR", "persons.1.identity.value"),
            ("Hyresgästens telefon", "persons.0.phone"),
            ("Hyresgäst (namn, pnr)", "persons.0.name"),
            ("GALD1_NAMN", "persons.0.name"),
            ("GALD2_PNR", "persons.1.identity.value"),
            ("GALD1_PADR", "dwelling.city"),
            ("Hyresgästens gatuadress", "dwelling.street"),
            ("PNR2", "persons.1.identity.value"),
            ("NAMN2", "persons.1.name"),
            ("Förnamn 2", "persons.1.givenName"),
            ("Medhyresgäst", "persons.1.name"),
            ("Arrears (SEK)", "arrears.amountToRecover"),
            ("Skuld kr", "arrears.amountToRecover"),
            ("Hyra/mån", "arrears.monthlyRent"),
            ("Restbelopp", "~balance"),
            ("Unit ID", "dwelling.objectNumber"),
            ("Postadress", "dwelling.city"),
            ("Tenant's name:", "persons.0.name"),
            ("Förfaller", "arrears.periods.0.dueOn"),
            ("MALNR", "enforcement.caseNumber"),
            ("Barn J/N", "~children"),
            ("Date of termination (uppsägning)", "terminatedOn"),
            ("Unit ref. (objekt)", "dwelling.objectNumber"),
        ] {
            assert_eq!(named(heading, None).as_deref(), Some(field), "{heading}");
        }
        for heading in ["", "12", "2026-10-12", "Testa Testsson", "Hund", "Malmö", "Hej!"] {
            assert_eq!(named(heading, None), None, "{heading}");
        }
    }

    #[test]
    fn a_partners_own_words_go_first() {
        let labels = Labels::new([("Skuld".to_owned(), "arrears.monthlyRent".to_owned())]).unwrap();
        assert_eq!(named("SKULD:", Some(&labels)).as_deref(), Some("arrears.monthlyRent"));
        assert_eq!(named("Hyra", Some(&labels)).as_deref(), Some("arrears.monthlyRent"));
    }
}
