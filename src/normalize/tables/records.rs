//! Households told one after another as a program prints them, without a heading: lines that begin alike come again for each.

use super::inferred_shapes::is_identity;
use jiff::civil::Date;
use std::ops::Range;

/// Fewer lines are no record.
const LINES_LEAST: usize = 3;

/// As many records are looked at.
const RECORDS_MAX: usize = 300;

/// The lines at which a household begins each; `None` where no pattern comes again with somebody's number each time.
pub(super) fn starts(lines: &[(Range<usize>, &str)], on: Date) -> Option<Vec<usize>> {
    let signs: Vec<String> = lines.iter().map(|(_, line)| sign(line)).collect();
    let people: Vec<Vec<String>> = lines.iter().map(|(_, line)| numbers(line, on)).collect();
    let first_person = people.iter().position(|numbers| !numbers.is_empty())?;
    let mut tried: Vec<&str> = Vec::new();
    for (at, sign) in signs.iter().enumerate().take(first_person + 1) {
        if sign.is_empty() || tried.contains(&sign.as_str()) {
            continue;
        }
        tried.push(sign);
        let places: Vec<usize> = (at..signs.len()).filter(|at| signs[*at] == *sign).collect();
        if !(2..=RECORDS_MAX).contains(&places.len()) {
            continue;
        }
        if each_a_household(&places, &signs, &people) {
            return Some(raised(lines, places));
        }
    }
    None
}

/// The starts as many lines higher as each has above it in its paragraph, where that is the same for all.
fn raised(lines: &[(Range<usize>, &str)], places: Vec<usize>) -> Vec<usize> {
    let above = |at: &usize| {
        let blank = |at: &usize| lines.get(*at).is_none_or(|it| it.1.trim().is_empty());
        (0..*at).rev().take_while(|at| !blank(at)).count()
    };
    let mut counts = places.iter().map(above);
    match counts.next() {
        Some(first @ 1..=3) if counts.all(|other| other == first) => {
            places.iter().map(|at| at - first).collect()
        }
        _ => places,
    }
}

/// Whether between these lines stand as many households: somebody else's number in each, and lines in common with the first.
fn each_a_household(places: &[usize], signs: &[String], people: &[Vec<String>]) -> bool {
    let ends = places.iter().skip(1).copied().chain([signs.len()]);
    let records: Vec<Range<usize>> = places.iter().zip(ends).map(|(from, to)| *from..to).collect();
    let mut seen: Vec<&String> = Vec::new();
    let kinds = |record: &Range<usize>| -> Vec<&str> {
        let mut kinds: Vec<&str> =
            signs[record.clone()].iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        kinds.dedup();
        kinds
    };
    let first = records.first().map(kinds).unwrap_or_default();
    for record in &records {
        let own: Vec<&String> = people[record.clone()].iter().flatten().collect();
        if own.is_empty() || own.iter().any(|number| seen.contains(number)) {
            return false;
        }
        seen.extend(own);
        let kinds = kinds(record);
        let shared = first.iter().filter(|kind| kinds.contains(kind)).count();
        if kinds.len() < LINES_LEAST || shared < LINES_LEAST {
            return false;
        }
    }
    true
}

/// How a line begins: its first word with its figures left out, or the two figures by which a program tells its lines apart.
fn sign(line: &str) -> String {
    let line = line.trim_start_matches(['>', '|', '*', '-', ' ', '\t']);
    let word = line.split_whitespace().next().unwrap_or_default();
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    let coded = digits >= 2 && word.chars().nth(digits).is_some_and(char::is_alphabetic);
    if coded && word.is_char_boundary(2) {
        return word[..2].to_owned();
    }
    let word = word.trim_end_matches([':', '.', '=', ';', ',']);
    if word.chars().count() > 24 || !word.starts_with(char::is_alphabetic) {
        return String::new();
    }
    let plain = |c: char| if c.is_ascii_digit() { '#' } else { c };
    word.chars().flat_map(char::to_lowercase).map(plain).collect()
}

/// The numbers of people in a line: twelve digits, or ten with their sign.
fn numbers(line: &str, on: Date) -> Vec<String> {
    let words: Vec<&str> = line.split([' ', '\t', ',', ';', '(', ')', ':', '=']).collect();
    let mut found = Vec::new();
    for pair in 0..words.len() {
        let one = words[pair];
        let two = words.get(pair + 1).copied().unwrap_or_default();
        // `19850101 2390`
        let both = match (one.len(), two.len()) {
            (6 | 8, 4) => format!("{one}-{two}"),
            _ => one.to_owned(),
        };
        if is_identity(&both, on) {
            let digits: String = both.chars().filter(char::is_ascii_digit).collect();
            found.push(digits[digits.len().saturating_sub(10)..].to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::sections::lines_of;
    use super::starts;
    use jiff::civil::date;

    #[test]
    fn lines_that_come_again_with_somebody_are_households() {
        let on = date(2026, 11, 10);
        let two = "sidhuvud\nakt A-1\nhg1 PROV 19850101 2390\nuppsagd 261101\nakt A-2\nhg1 TEST 19780102 2398\nuppsagd 261102\n";
        assert_eq!(starts(&lines_of(two), on), Some(vec![1, 4]));
        // Two people of one household.
        let one = "akt A-1\nhg1 PROV 19850101 2390\nhg2 TEST 19780102 2398\nuppsagd 261101\n";
        assert_eq!(starts(&lines_of(one), on), None);
        let coded = "10A-1 HYRA\n20A-1 850101-2390 PROV\n30A-1 100,00\n10A-2 AVG\n20A-2 780102-2398 TEST\n30A-2 200,00\n";
        assert_eq!(starts(&lines_of(coded), on), Some(vec![0, 3]));
    }
}
