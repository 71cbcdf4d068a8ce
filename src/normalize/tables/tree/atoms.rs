//! What the names in a program's message mean, by the words that they are put together of: `utgangenForrattning`, `lgh_nr`, `GaldenarPersonnummer`.

use super::lexicon::LEXICON;
use crate::domain::labels::folded;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The meaning of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Atom {
    // Whose it is.
    Sender,
    Landlord,
    Tenant,
    Second,
    Somebody,
    Child,
    Officer,
    Contact,
    Ours,
    // What it is about.
    Home,
    Debt,
    Fee,
    Pay,
    Period,
    Incident,
    Hearing,
    Old,
    Serve,
    Terminate,
    Issue,
    Apply,
    Mend,
    Leave,
    Cut,
    Due,
    Rent,
    Protect,
    Birth,
    Executed,
    Relates,
    Household,
    // What of it.
    Name,
    Given,
    Family,
    Id,
    Org,
    Phone,
    Mail,
    Street,
    House,
    Code,
    Town,
    CareOf,
    Flat,
    Object,
    Property,
    Rooms,
    Tenure,
    Amount,
    Total,
    Recover,
    Month,
    Day,
    Clock,
    Bank,
    Plus,
    Ocr,
    Case,
    Ref,
    Number,
    Law,
    Role,
    Count,
    Exists,
    Words,
    Kind,
    Outcome,
    Ore,
    Unit,
    Meta,
}

/// Every word with its meanings.
static WORDS: LazyLock<HashMap<&'static str, Vec<Atom>>> = LazyLock::new(|| {
    let mut words: HashMap<&str, Vec<Atom>> = HashMap::new();
    for (atom, list) in LEXICON {
        for word in list.split(' ') {
            let atoms = words.entry(word).or_default();
            if !atoms.contains(atom) {
                atoms.push(*atom);
            }
        }
    }
    words
});

/// Endings of one word within another.
const SHORT_ENDS: &[&str] = &["nr", "no", "dag", "ort", "adr", "tid", "tel", "id", "kod", "ref"];

/// What a name means; nothing where no word of it is known.
pub(super) fn atoms(name: &str) -> Vec<Atom> {
    let whole = folded(name);
    if let Some(atoms) = WORDS.get(whole.as_str()) {
        return atoms.clone();
    }
    let pieces = pieces(name);
    let mut found: Vec<Atom> = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        // `kronor_att_betala`: several pieces may be one word.
        let joined = (2..=4).rev().find_map(|count| {
            let word = pieces.get(at..at + count)?.concat();
            WORDS.get(word.as_str()).map(|atoms| (atoms.clone(), count))
        });
        let bare = pieces[at].trim_end_matches(|c: char| c.is_ascii_digit());
        let single = || WORDS.get(bare).cloned().unwrap_or_else(|| compound(bare));
        let (atoms, count) = joined.unwrap_or_else(|| (single(), 1));
        at += count;
        for atom in atoms {
            if !found.contains(&atom) {
                found.push(atom);
            }
        }
    }
    found
}

/// The words of a name, folded: `lghNr`, `skv_lgh`, `AVS-ORGNR`.
pub(super) fn pieces(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small = false;
    for c in name.chars() {
        let breaks = !c.is_alphanumeric() || (c.is_uppercase() && small);
        if breaks {
            words.push(String::new());
        }
        small = c.is_lowercase() || c.is_ascii_digit();
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(c);
        }
    }
    words.iter().map(|word| folded(word)).filter(|word| !word.is_empty()).collect()
}

/// The words that one word is put together of, the longest first: `hyresgastuppgifter`, `uppsagningsdatum`.
fn compound(word: &str) -> Vec<Atom> {
    if !word.is_ascii() || word.len() > 60 {
        return Vec::new();
    }
    let mut best: Vec<(usize, Vec<&str>)> = vec![(0, Vec::new())];
    for end in 1..=word.len() {
        let mut own = best.get(end - 1).cloned().unwrap_or_default();
        for start in 0..end {
            let part = &word[start..end];
            let fits = part.len() >= 4 || (end == word.len() && SHORT_ENDS.contains(&part));
            if !fits || !WORDS.contains_key(part) {
                continue;
            }
            let Some((covered, words)) = best.get(start) else { continue };
            let covered = covered + part.len() * 2 - 1;
            if covered > own.0 {
                own = (covered, words.iter().copied().chain([part]).collect());
            }
        }
        best.push(own);
    }
    let Some((covered, words)) = best.pop() else { return Vec::new() };
    // Half of it must be known.
    if covered < word.len() {
        return Vec::new();
    }
    words.iter().filter_map(|word| WORDS.get(word)).flatten().copied().collect()
}
