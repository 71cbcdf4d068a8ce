//! What a label means that nobody foresaw: by the words within it (`DEBTOR_SSN`, `contract.terminatedAt`, `Hyresgästens pers.id`) and by the shape of
//! what stands beside or below it. The two must agree; a label that says nothing is taken for what only its value can be.

use super::cells;
use super::inferred_shapes::is_identity;
use super::inferred_shapes::is_street;
use super::inferred_words::APARTMENT;
use super::inferred_words::APPLIED;
use super::inferred_words::CHILD;
use super::inferred_words::CITY;
use super::inferred_words::COSTS;
use super::inferred_words::CUT;
use super::inferred_words::DUE;
use super::inferred_words::ISSUED;
use super::inferred_words::LEAVE;
use super::inferred_words::MONEY;
use super::inferred_words::MONTHLY;
use super::inferred_words::OTHERS;
use super::inferred_words::PERIOD;
use super::inferred_words::PERSON;
use super::inferred_words::RECTIFY;
use super::inferred_words::REFERENCE;
use super::inferred_words::RENT;
use super::inferred_words::SECOND;
use super::inferred_words::SERVED;
use super::inferred_words::STARTS;
use super::inferred_words::SUM;
use super::inferred_words::TERMINATED;
use super::inferred_words::UNIT;
use super::inferred_words::ZIP;
use super::nobody;
use super::vocabulary::CHILDREN;
use crate::domain::organisation_number::OrganisationNumber;
use crate::normalize::values::yes_or_no;
use jiff::civil::Date;

/// Longer labels are sentences.
const LABEL_MOST: usize = 48;

/// The field that a label with this value names.
pub(super) fn field(label: &str, value: &str, on: Date) -> Option<String> {
    let value = value.trim();
    if label.chars().count() > LABEL_MOST || value.is_empty() || value.len() > 120 {
        return None;
    }
    let words = words(label);
    if words.is_empty() || words.len() > 7 || label.contains([',', ';', '!']) {
        return None;
    }
    let said = Said { words: &words };
    shaped(&said, value, on)
        .or_else(|| worded(&said, value))
        .or_else(|| super::tree::heading(label, value, on))
}

/// The field that a heading with these values below it names: most of them have one shape.
pub(super) fn column(heading: &str, values: &[&str], on: Date) -> Option<String> {
    // `uppg saknas`, `-`: nothing is told there.
    let silent = |value: &str| {
        let lower = value.to_lowercase();
        lower.contains("saknas")
            || lower.contains("okän")
            || lower.contains("unknown")
            || !lower.chars().any(char::is_alphanumeric)
    };
    let values: Vec<&str> = values.iter().copied().filter(|value| !silent(value)).collect();
    let values = values.as_slice();
    let fields: Vec<Option<String>> =
        values.iter().map(|value| field(heading, value, on)).collect();
    let Some(first) = fields.iter().flatten().next() else {
        return names(heading, values).then(|| "persons.0.name".to_owned());
    };
    let same = fields.iter().filter(|field| field.as_ref() == Some(first)).count();
    (same * 5 >= fields.len() * 4).then(|| first.clone())
}

/// Whether persons' names stand below a heading that is nobody else's.
fn names(heading: &str, values: &[&str]) -> bool {
    let words = words(heading);
    let named = |value: &&&str| nobody::is_person(value) && value.split_whitespace().count() > 1;
    !(Said { words: &words }).any(OTHERS)
        && !words.is_empty()
        && values.len() > 1
        && values.iter().all(|value| named(&value))
}

/// Whether no person writes a label so, but a program: `UNIT_NO`, `tenant.name`, `rentDue`.
pub(super) fn is_key(label: &str) -> bool {
    let inner = label.trim_end_matches(['.', ':', ' ']);
    let letters = || inner.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().count() > 2 && letters().all(char::is_uppercase);
    let humped = inner.chars().zip(inner.chars().skip(1));
    let mut humped = humped.map(|(one, two)| one.is_lowercase() && two.is_uppercase());
    // `Ref.nr` is a person's.
    let dotted = inner.split('.').count() > 1
        && inner.split('.').all(|part| part.len() > 2 && part.chars().all(char::is_alphanumeric));
    !inner.contains(' ') && (inner.contains('_') || dotted || capitals || humped.any(|it| it))
}

/// The words of a label: parted by signs, by capitals within and by figures, folded.
pub(super) fn words(label: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut last = ' ';
    for letter in label.chars() {
        let breaks = !letter.is_alphanumeric()
            || (letter.is_uppercase() && last.is_lowercase())
            || (letter.is_ascii_digit() != last.is_ascii_digit() && last.is_alphanumeric());
        if breaks && !word.is_empty() {
            found.push(crate::domain::labels::folded(&word));
            word.clear();
        }
        if letter.is_alphanumeric() {
            word.push(letter);
        }
        last = letter;
    }
    if !word.is_empty() {
        found.push(crate::domain::labels::folded(&word));
    }
    found.retain(|word| !word.is_empty());
    found
}

/// What the words of a label say.
struct Said<'a> {
    words: &'a [String],
}

impl Said<'_> {
    /// Whether one of these words stands in it: whole, or before an ending where it has five letters or more.
    fn any(&self, list: &str) -> bool {
        self.words.iter().any(|word| {
            list.split(' ')
                .any(|known| word == known || (known.len() >= 5 && word.starts_with(known)))
        })
    }

    /// It is told of who writes, who lets the home or who handles the matter.
    fn of_others(&self) -> bool {
        self.any(OTHERS) && !self.any(PERSON)
    }

    fn person(&self) -> usize {
        usize::from(self.any(SECOND) || self.words.iter().any(|word| word == "2"))
    }
}

/// What the shape of a value can only be, where the label does not give it to another.
fn shaped(said: &Said<'_>, value: &str, on: Date) -> Option<String> {
    let others = said.of_others();
    // `Testa Ek 850101-2390`: somebody with their number.
    let numbered = |part: &str| is_identity(part.trim_matches(['(', ')', ',']), on);
    if value.split_whitespace().count() > 2 && value.split_whitespace().any(numbered) {
        let named = nobody::is_person(value.split(|c: char| c.is_ascii_digit()).next()?.trim());
        return (named && !others).then(|| format!("persons.{}.name", said.person()));
    }
    if is_identity(value, on) {
        return (!others).then(|| format!("persons.{}.identity.value", said.person()));
    }
    let short = value.len() <= 20;
    if short
        && cells::day(value, on).is_some()
        && value.bytes().filter(u8::is_ascii_digit).count() >= 6
    {
        return dated(said).map(str::to_owned);
    }
    let lone = value.bytes().filter(u8::is_ascii_digit).count();
    if lone == 5 && value.len() <= 9 && said.any(ZIP) {
        return (!others).then(|| "dwelling.postalCode".to_owned());
    }
    // `602 20 Provköping`
    if let (Some(_), Some(_)) = cells::code_and_town(value)
        && value.starts_with(|c: char| c.is_ascii_digit())
    {
        return (!others).then(|| "dwelling.city".to_owned());
    }
    if is_street(value) && !others && !said.any("mail epost email web") {
        return Some("dwelling.street".to_owned());
    }
    if value.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return counted(said, value).map(str::to_owned);
    }
    None
}

/// What a day is by the words of its label.
fn dated(said: &Said<'_>) -> Option<&'static str> {
    let by = [
        (CUT, "disconnectAfter"),
        (SERVED, "servedOn"),
        (DUE, "arrears.periods.0.dueOn"),
        (STARTS, "enforcement.startsAt"),
        (APPLIED, "enforcement.appliedOn"),
        (LEAVE, "moveOutBy"),
        (RECTIFY, "rectifyBy"),
        (TERMINATED, "terminatedOn"),
        (ISSUED, "issuedOn"),
    ];
    let late = "effective expir expires valid until upphor upphorande end slut";
    let day = "date datum dag day time tid at on den scheduled";
    let fits = |field: &str| match field {
        "terminatedOn" => !said.any(late),
        "arrears.periods.0.dueOn" => !said.any("aldsta oldest first forsta last"),
        "enforcement.startsAt" => said.any(day),
        _ => true,
    };
    by.iter().find(|(list, field)| said.any(list) && fits(field)).map(|(_, field)| *field)
}

/// What a number is by the words of its label.
fn counted(said: &Said<'_>, value: &str) -> Option<&'static str> {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let small = digits <= 2 && value.len() <= 2;
    if said.any(CHILD) && small {
        return Some(CHILDREN);
    }
    if said.of_others() && !said.any("company bolag") {
        return None;
    }
    if said.any(APARTMENT) && digits == 4 && value.len() == 4 {
        return Some("dwelling.apartmentNumber");
    }
    if cells::amount(value).is_some() && digits >= 3 && !said.any(COSTS) {
        if said.any(RENT) && said.any(MONTHLY) && !said.any(SUM) {
            return Some("arrears.monthlyRent");
        }
        if said.any(SUM) || (said.any(MONEY) && said.words.len() <= 2) {
            return Some("arrears.amountToRecover");
        }
    }
    None
}

/// What the words of a label name, where the value may be of that sort.
fn worded(said: &Said<'_>, value: &str) -> Option<String> {
    let words = value.split_whitespace().count();
    let first = value.split([',', ' ', '(', '.']).next().unwrap_or_default();
    let none = matches!(first.to_lowercase().as_str(), "inga" | "ingen" | "inget" | "none" | "no");
    let counted = first.len() == 1 && first.bytes().all(|byte| byte.is_ascii_digit());
    if said.any(CHILD)
        && !said.any("protected name namn")
        && (yes_or_no(first).is_some() || none || (counted && !value.contains("år")))
    {
        return Some(CHILDREN.to_owned());
    }
    if said.any("gata gatuadress street adress address addr")
        && !said.of_others()
        && !value.to_lowercase().starts_with("box")
        && cells::address(value).street.is_some()
    {
        return Some("dwelling.street".to_owned());
    }
    let named = said.any("name namn fullname") || said.words.len() == 1;
    if said.any(PERSON) && !said.of_others() && nobody::is_person(value) && words >= 2 && named {
        return Some(format!("persons.{}.name", said.person()));
    }
    if said.any(PERSON) && words == 1 && value.chars().all(|c| c.is_alphabetic() || c == '-') {
        if said.any("first given fornamn forename") {
            return Some(format!("persons.{}.givenName", said.person()));
        }
        if said.any("last surname family efternamn") {
            return Some(format!("persons.{}.familyName", said.person()));
        }
    }
    let letters = value.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'));
    if said.any(CITY) && !said.of_others() && letters && words <= 3 {
        return Some("dwelling.city".to_owned());
    }
    let digit = value.bytes().any(|byte| byte.is_ascii_digit());
    let numbered = said.any("no nr number nummer num id ref code kod");
    let numbered = numbered || said.words.len() == 1;
    if said.any(UNIT) && numbered && digit && words == 1 {
        return Some("dwelling.objectNumber".to_owned());
    }
    let org = said.any("org orgnr orgno organisation organization vat");
    if org && OrganisationNumber::read(value).1.is_none() {
        let landlord =
            said.any("landlord hyresvard owner agare creditor borgenar principal lessor");
        return Some(
            if landlord { "landlord.organisationNumber" } else { "sender.organisationNumber" }
                .to_owned(),
        );
    }
    if said.any(REFERENCE) && numbered && digit && words == 1 && !said.any("payment ocr") {
        return Some("sender.reference".to_owned());
    }
    if said.any(PERIOD)
        && digit
        && words <= 3
        && !said.any("rent hyra from to aldsta oldest first forsta last sedan since")
    {
        return Some("arrears.periods.0.period".to_owned());
    }
    None
}
