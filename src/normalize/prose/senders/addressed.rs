//! A firm known by the address it writes from and a line below its letter.

use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::From;
use super::municipal;
use super::naming::proper;

/// What is longer is no line of a signature, in bytes.
const LONGEST: usize = 160;

/// The firm of an address, where a line below the letter bears the same name: `Fastighetsskötare, NordLet` at nordlet.se.
pub(super) fn of_address(sheet: &Sheet, start: usize, from: From<'_>) -> Option<Seen<String>> {
    let host = from.address?.rsplit('@').next()?;
    let own = host.rsplit('.').nth(1).filter(|own| own.len() >= 4)?;
    let person = municipal::letters(from.name.unwrap_or_default());
    let mut at = start;
    for line in sheet.text.get(start..)?.split_inclusive('\n').take(12) {
        let parts = line.split([',', '|', '/', '*', '•', '\t', '\n']).map(str::trim);
        for part in parts.filter(|part| part.len() <= LONGEST) {
            // The firm stands last, behind an office: `kundsupport Nordhus Energi`.
            let starts = part.char_indices().filter(|(at, c)| {
                c.is_uppercase()
                    && part.get(..*at).is_none_or(|head| head.is_empty() || head.ends_with(' '))
            });
            let name =
                starts.map(|(start, _)| part.get(start..).unwrap_or_default()).find(|name| {
                    // `Siffror & Sånt` is siffrorochsant.
                    let letters = municipal::letters(&name.replace('&', "och"));
                    letters.starts_with(own)
                        && letters.len() <= own.len() + 20
                        && !person.ends_with(&letters)
                });
            let plain = |name: &&str| !name.contains(['@', ':']) && name.split(' ').count() <= 6;
            if let Some(name) = name.filter(plain) {
                let at = at + line.find(name).unwrap_or(0);
                return Some(Seen::on(sheet, at, name, proper(name), 0.9));
            }
        }
        at += line.len();
    }
    None
}

/// Where the last lines of a text begin.
pub(super) fn last_lines(text: &str) -> usize {
    text.trim_end().rmatch_indices('\n').nth(3).map_or(0, |(at, _)| at + 1)
}
