//! Personal numbers: only those set aside for tests may stand anywhere in the house.

use crate::source::Source;

/// Test numbers published by the tax agency, and the example of a person over a hundred years.
const OFFICIAL: [&str; 12] = [
    "198501012382",
    "198501012390",
    "199001022384",
    "197801022398",
    "201601022385",
    "201901012391",
    "197904842395",
    "197906812388",
    "197910792386",
    "191500722390",
    "191600802399",
    "192001011564",
];

/// Numbers in the text or the name of a file that could be somebody's; the number itself is not repeated.
pub(crate) fn faults(file: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = file.text.lines().enumerate().map(|(at, line)| (at + 1, line));
    for (line, text) in lines.chain([(0, file.path.as_str())]) {
        for digits in candidates(text) {
            if is_personal(&digits) && !OFFICIAL.iter().any(|known| known.ends_with(&digits)) {
                faults.push(format!(
                    "{}:{line}: a personal number that is no official test number",
                    file.path
                ));
            }
        }
    }
    faults
}

/// Runs of 10 or 12 digits, with at most one `-`, `+` or space before the last four, that stand alone.
fn candidates(text: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    let joins = |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric());
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if run == 0 {
            at += 1;
            continue;
        }
        let end = at + run;
        if at == 0 || !joins(at - 1) {
            let tail = end + 1..end + 5;
            let split = matches!(bytes.get(end), Some(b'-' | b'+' | b' '))
                && bytes.get(tail.clone()).is_some_and(|last| last.iter().all(u8::is_ascii_digit))
                && !joins(end + 5);
            if matches!(run, 10 | 12) && !joins(end) {
                found.push(text[at..end].to_owned());
            } else if matches!(run, 6 | 8) && split {
                found.push(format!("{}{}", &text[at..end], &text[tail]));
            }
        }
        at = end;
    }
    found
}

/// Whether the check digit is right and the date could be a day of birth, or one with 60 added.
fn is_personal(digits: &str) -> bool {
    let (century, ten) = digits.split_at(digits.len() - 10);
    let number = |from: usize| ten[from..from + 2].parse::<u32>().unwrap_or(0);
    let (month, day) = (number(2), number(4));
    let dated = (1..=12).contains(&month) && ((1..=31).contains(&day) || (61..=91).contains(&day));
    dated && matches!(century, "" | "18" | "19" | "20") && luhn(ten)
}

fn luhn(ten: &str) -> bool {
    let sum: u32 = ten
        .bytes()
        .enumerate()
        .map(|(at, byte)| {
            let doubled = u32::from(byte - b'0') * if at % 2 == 0 { 2 } else { 1 };
            doubled / 10 + doubled % 10
        })
        .sum();
    sum.is_multiple_of(10)
}
