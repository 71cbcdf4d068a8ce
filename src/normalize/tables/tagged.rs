//! The text of a message that a program wrote in tags or in keys within braces: each value becomes a line of label and value, as a form has them,
//! and what stands around them stays.

use super::html::plain;
use crate::domain::labels::folded;
use std::collections::HashMap;

/// Fewer values than this are no message of a program.
const LEAST: usize = 5;
/// A text that is longer is none that people send so.
const TEXT_BYTES: usize = 100_000;
/// Elements within elements.
const NESTED_MAX: usize = 12;

/// The text with its values as lines; `None` where no program wrote it.
pub(super) fn lines(text: &str) -> Option<String> {
    if text.len() > TEXT_BYTES {
        return None;
    }
    of_tags(text).or_else(|| of_braces(text))
}

/// An element that is open.
struct Open {
    name: String,
    /// Its place among those of the same name beside it.
    number: usize,
    attributes: Vec<String>,
    text: String,
    inner: HashMap<String, usize>,
    /// Where its lines begin.
    from: usize,
    leaves: usize,
}

impl Open {
    fn new(name: &str, number: usize, from: usize) -> Self {
        Self {
            name: name.to_owned(),
            number,
            attributes: Vec::new(),
            text: String::new(),
            inner: HashMap::new(),
            from,
            leaves: 0,
        }
    }
}

/// `<Hyresgast><Namn>Testa Ek</Namn></Hyresgast>`
fn of_tags(text: &str) -> Option<String> {
    let mut out: Vec<String> = Vec::new();
    let mut stack = vec![Open::new("", 1, 0)];
    let mut found = 0;
    for (at, piece) in text.split('<').enumerate() {
        let (tag, behind) = match piece.split_once('>') {
            Some((tag, behind)) if at > 0 => (tag, behind),
            Some(_) | None if at == 0 => ("", piece),
            // `< 18 år` is no tag.
            Some(_) | None => return None,
        };
        if let Some(name) = tag.strip_prefix('/') {
            let open = stack.pop().filter(|open| open.name == name.trim() && !stack.is_empty())?;
            found += close(open, &mut stack, &mut out);
        } else if !tag.is_empty() && !tag.starts_with(['?', '!']) {
            let whole = tag.trim_end_matches('/');
            let name = whole.split_whitespace().next().filter(|name| is_name(name))?;
            let from = out.len();
            let parent = stack.last_mut()?;
            let number = parent.inner.entry(name.to_owned()).or_insert(0);
            *number += 1;
            let mut open = Open::new(name, *number, from);
            open.attributes = attributes(whole);
            if tag.ends_with('/') {
                found += close(open, &mut stack, &mut out);
            } else if stack.len() < NESTED_MAX {
                stack.push(open);
            } else {
                return None;
            }
        }
        match stack.as_mut_slice() {
            [_] => out.extend(behind.lines().map(str::to_owned)),
            [.., open] => open.text.push_str(&plain(behind)),
            [] => return None,
        }
    }
    (stack.len() == 1 && found >= LEAST).then(|| out.join("\n"))
}

fn is_name(name: &str) -> bool {
    name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
}

/// What attributes tell: days, months and sums, not the words of a program.
fn attributes(tag: &str) -> Vec<String> {
    let told = |value: &&str| {
        value.len() >= 6
            && value.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ',' | '.'))
    };
    tag.split('"').skip(1).step_by(2).filter(told).map(str::to_owned).collect()
}

/// Puts an element's own value down as a line; how many values it has told.
fn close(open: Open, stack: &mut [Open], out: &mut Vec<String>) -> usize {
    let Some(parent) = stack.last_mut() else { return 0 };
    let value = open.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if open.leaves >= LEAST && parent.inner.get(&open.name).is_some_and(|count| *count > 1) {
        // One household after another, each in an element of its own.
        if open.number == 2 && !out.iter().any(|line| line == "--- 1 ---") {
            let first = out.iter().position(|line| line.contains('=')).unwrap_or(0);
            out.insert(first, "--- 1 ---".to_owned());
            out.insert(open.from + 1, "--- 2 ---".to_owned());
        } else {
            out.insert(open.from, format!("--- {} ---", open.number));
        }
    }
    if !open.inner.is_empty() {
        parent.leaves += open.leaves;
        return 0;
    }
    let mut parts = open.attributes;
    parts.push(value);
    parts.retain(|part| !part.is_empty());
    let number = if parts.len() > 1 { open.number } else { 0 };
    parent.leaves += 1;
    let label = label(&parent.name, parent.number, &open.name, number);
    out.push(format!("{label}={}", parts.join(";")));
    1
}

/// A value's name with that of what it stands in, where the two tell more: `GaldenarNamn`, `Galdenar2Namn`.
fn label(parent: &str, number: usize, name: &str, own: usize) -> String {
    let numbered = |name: &str, number: usize| match number {
        0 => name.to_owned(),
        number => format!("{name}{number}"),
    };
    let both = match number {
        1 => format!("{parent}{name}"),
        number => format!("{parent}{number}{name}"),
    };
    if own == 0 && super::vocabulary::named(&folded(&both), None).is_some() {
        return both;
    }
    numbered(name, own)
}

/// `"hyresgast": "Testa Ek",` line by line.
fn of_braces(text: &str) -> Option<String> {
    let from = text.find('{')?;
    let end = text.rfind('}')?;
    let value: serde_json::Value = serde_json::from_str(text.get(from..=end)?).ok()?;
    let mut out = Vec::new();
    let found = put("", 1, "", &value, &mut out);
    let (head, tail) = (text.get(..from)?, text.get(end + 1..)?);
    (found >= LEAST).then(|| format!("{head}\n{}\n{tail}", out.join("\n")))
}

fn put(
    parent: &str,
    number: usize,
    name: &str,
    value: &serde_json::Value,
    out: &mut Vec<String>,
) -> usize {
    use serde_json::Value;
    let line = |text: &str, out: &mut Vec<String>| {
        out.push(format!("{}={}", label(parent, number, name, 0), text.replace('\n', " ")));
        1
    };
    match value {
        Value::Null => 0,
        Value::Bool(flag) => line(if *flag { "ja" } else { "nej" }, out),
        Value::Number(number) => line(&number.to_string(), out),
        Value::String(text) => line(text, out),
        Value::Array(all) => {
            let large = |it: &Value| it.as_object().is_some_and(|it| it.len() >= LEAST);
            let many = all.iter().filter(|it| large(it)).count() > 1;
            let mut found = 0;
            for (at, inner) in (1..).zip(all) {
                if many {
                    out.push(format!("--- {at} ---"));
                }
                found += match inner {
                    Value::Object(members) => {
                        members.iter().map(|(key, it)| put(name, at, key, it, out)).sum()
                    }
                    other => put(parent, at, name, other, out),
                };
            }
            found
        }
        Value::Object(members) => members.iter().map(|(key, it)| put(name, 1, key, it, out)).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn what_a_program_wrote_becomes_lines() {
        let tags = "Hej\n<Arende nr=\"1\"><Datum>2026-11-19</Datum><Galdenar><Namn>Testa Ek</Namn><PersonNr>850101-2390</PersonNr></Galdenar><Galdenar><Namn>Provo Ek</Namn></Galdenar><Rad period=\"2026-09\" forfall=\"2026-08-31\">5 105,00</Rad><Barn>J</Barn><Tom/></Arende>";
        let told = lines(tags).unwrap();
        for line in [
            "Hej",
            "ArendeDatum=2026-11-19",
            "GaldenarNamn=Testa Ek",
            "GaldenarPersonNr=850101-2390",
            "Galdenar2Namn=Provo Ek",
            "Rad1=2026-09;2026-08-31;5 105,00",
        ] {
            assert!(told.lines().any(|it| it == line), "{line}: {told}");
        }
        let braces = r#"{"skapad": "2026-11-19", "hyresgast": {"namn": "Testa Ek", "pnr": "850101-2390"}, "barn": true, "belopp": 9300.5}"#;
        let told = lines(braces).unwrap();
        for line in ["hyresgastnamn=Testa Ek", "hyresgastpnr=850101-2390", "barn=ja"] {
            assert!(told.lines().any(|it| it == line), "{line}: {told}");
        }
        for none in ["", "a < b", "<b>hej</b>", "{x}", "Från: Testa <testa@prov.example>"] {
            assert_eq!(lines(none), None, "{none}");
        }
        for hostile in ["<a>", "<a/>", "{\"a\":[", "</a>", "<", "{}"] {
            lines(&hostile.repeat(20_000));
        }
    }
}
