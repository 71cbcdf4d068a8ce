//! Several households told of in running paragraphs or lines of one letter: each has a notice of its own, so that no two are ever mixed.

use super::Letter;
use super::homes;
use super::identities;
use super::names;
use super::persons;
use super::seen::Sheet;
use super::words::subjects::Likeness;
use super::words::subjects::Subjects;
use crate::domain::notice::Role;
use crate::normalize::Context;
use crate::normalize::build::shorten;
use jiff::civil::Date;

/// A longer text is no letter about a few households.
const MOST_BYTES: usize = 30_000;
/// So many paragraphs or lines are looked at.
const MOST: usize = 400;
/// So much of what is said before and behind goes with each.
const COMMON_BYTES: usize = 3000;

/// A text in which several households are told of, each in its own part.
pub(super) struct Parts<'t> {
    head: &'t str,
    blocks: Vec<Block<'t>>,
    tail: &'t str,
}

/// A household's part, and the line above it that holds for it and those that follow: `onsdagen den 17 juni:`.
struct Block<'t> {
    under: &'t str,
    text: &'t str,
}

impl Parts<'_> {
    /// Each household's part with what is said once for all.
    pub(super) fn texts(&self) -> impl Iterator<Item = String> {
        let common = |text| shorten(text, COMMON_BYTES).0.trim();
        let (head, tail) = (common(self.head), common(self.tail));
        let text = move |block: &Block<'_>| {
            let (under, text) = (block.under.trim(), block.text.trim());
            format!("{head}\n\n{under}\n{text}\n\n{tail}\n")
        };
        self.blocks.iter().map(text)
    }
}

/// No heading is longer.
const HEADING_BYTES: usize = 80;

/// What tells a household from another.
struct Key {
    numbers: Vec<String>,
    names: Vec<String>,
    street: String,
    flat: Option<String>,
}

impl Key {
    /// Who lives where, as a part of a letter tells; `None` where it does not tell both.
    fn of(text: &str, on: Date) -> Option<Self> {
        let sheet = Sheet::new(0, String::new(), text.to_owned());
        let home = homes::home(std::slice::from_ref(&sheet));
        let street = home.street.filter(|street| street.confidence > SURE)?;
        let identities = identities::identities(&sheet, on);
        let found = persons::persons(std::slice::from_ref(&sheet), identities, (on, &[]));
        let mut adults: Vec<_> = found
            .into_iter()
            .filter(|it| !matches!(it.role, Role::Child | Role::Representative))
            .filter(|it| {
                let named = it.name.as_ref().is_some_and(|name| name.confidence >= NAMED);
                it.identity.is_some() || named
            })
            .collect();
        if adults.is_empty() {
            // `Testa Ek, Provgatan 3` with nothing more.
            let at = street.at;
            let name = persons::right_before(&sheet, at)?;
            return Some(Self::new(Vec::new(), vec![name], street.value, home.apartment));
        }
        let numbers = adults.iter_mut().filter_map(|it| it.identity.take());
        let numbers = numbers.map(|it| it.value.identity.value.reveal().to_owned()).collect();
        let names = adults.into_iter().filter_map(|it| it.name).map(|it| it.value).collect();
        Some(Self::new(numbers, names, street.value, home.apartment))
    }

    fn new(
        numbers: Vec<String>,
        names: Vec<String>,
        street: String,
        flat: Option<super::seen::Seen<String>>,
    ) -> Self {
        let flat = flat.map(|seen| seen.value);
        Self { numbers, names, street: street.to_lowercase(), flat }
    }

    /// Whether two are one household: a number, a name or a home in common.
    fn is_same(&self, other: &Self) -> bool {
        let number = self.numbers.iter().any(|number| other.numbers.contains(number));
        let named = |name: &String| other.names.iter().any(|other| names::same(name, other));
        let flats = self.flat.is_none() || other.flat.is_none() || self.flat == other.flat;
        number || self.names.iter().any(named) || (self.street == other.street && flats)
    }
}

/// A name that only its place tells is nobody's household.
const NAMED: f64 = 0.95;
/// A street that nothing speaks for parts no households.
const SURE: f64 = 0.7;

/// The households of a text by paragraphs, or by lines; `None` where it is about one.
pub(super) fn parts(text: &str, on: Date) -> Option<Parts<'_>> {
    if text.len() > MOST_BYTES {
        return None;
    }
    by(text, paragraphs(text), on).or_else(|| by(text, lines(text), on))
}

/// The places of the paragraphs.
fn paragraphs(text: &str) -> Vec<(usize, usize)> {
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut open: Option<usize> = None;
    for (from, to) in lines(text) {
        let empty = text.get(from..to).is_none_or(|line| line.trim().is_empty());
        match (empty, open) {
            (true, Some(start)) => {
                places.push((start, from));
                open = None;
            }
            (false, None) => open = Some(from),
            (true, None) | (false, Some(_)) => {}
        }
    }
    places.extend(open.map(|start| (start, text.len())));
    places
}

fn lines(text: &str) -> Vec<(usize, usize)> {
    let mut from = 0;
    let place = |line: &str| {
        let start = from;
        from += line.len();
        (start, from)
    };
    text.split_inclusive('\n').map(place).collect()
}

fn by(text: &str, places: Vec<(usize, usize)>, on: Date) -> Option<Parts<'_>> {
    let told = places.into_iter().take(MOST).filter_map(|(from, to)| {
        let part = text.get(from..to)?;
        // Who lives where cannot be told without a house's number.
        let may = part.len() > 15 && part.bytes().any(|byte| byte.is_ascii_digit());
        Some((from, to, Key::of(part, on).filter(|_| may)?))
    });
    let mut starts: Vec<usize> = Vec::new();
    let mut keys: Vec<Key> = Vec::new();
    let mut end = 0;
    for (from, to, key) in told {
        match keys.iter().position(|known| known.is_same(&key)) {
            // What says more of the last one goes with it.
            Some(at) if at + 1 == keys.len() => {}
            Some(_) => return None,
            None => {
                starts.push(from);
                keys.push(key);
            }
        }
        end = to;
    }
    if keys.len() < 2 {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([end]);
    let blocks: Vec<&str> =
        starts.iter().zip(ends).filter_map(|(from, to)| text.get(*from..to)).collect();
    let (head, blocks) = under_headings(text.get(..*starts.first()?)?, &blocks);
    Some(Parts { head, blocks, tail: text.get(end..)? })
}

/// Puts each part below its heading, where there are headings between the parts.
fn under_headings<'t>(head: &'t str, blocks: &[&'t str]) -> (&'t str, Vec<Block<'t>>) {
    let between = blocks.split_last().map_or(&[] as &[&str], |(_, others)| others);
    if between.iter().all(|block| heading(block).is_none()) {
        return (head, blocks.iter().map(|text| Block { under: "", text }).collect());
    }
    let (head, mut under) = heading(head).unwrap_or((head, ""));
    let mut parted = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let next = heading(block).filter(|_| at < between.len());
        parted.push(Block { under, text: next.map_or(*block, |(text, _)| text) });
        under = next.map_or(under, |(_, next)| next);
    }
    (head, parted)
}

/// A text and the heading at its end: a short line with a colon.
fn heading(text: &str) -> Option<(&str, &str)> {
    let whole = text.trim_end();
    let at = whole.rfind('\n').map_or(0, |at| at + 1);
    let line = whole.get(at..)?;
    let is = line.ends_with(':') && (4..=HEADING_BYTES).contains(&line.len());
    is.then_some((text.get(..at)?, line))
}

/// Whether a subject may stand above every household's notice: it names none of them.
pub(super) fn is_common(subject: &str) -> bool {
    let subject = Subjects::of(subject);
    subject.likeness(&Subjects::of("")) == Likeness::Silent
}

/// The only text of a letter that tells of several households: its own words, or a document.
pub(super) fn of_letter<'t>(
    own: &'t str,
    documents: &'t [String],
    letter: &Letter<'_>,
    context: &Context<'_>,
) -> Option<(Option<usize>, Parts<'t>)> {
    let on = context.local_time.day_of(context.received_at);
    let body = parts(own, on).map(|parts| (None, parts));
    let texts = documents.iter().enumerate().take(letter.documents.len());
    let files = texts.filter_map(|(at, text)| Some((Some(at), parts(text, on)?)));
    let mut all = body.into_iter().chain(files);
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn what_stands_above_some_households_is_said_of_no_other() {
        let text = "Tre tider:\n\ntisdagen den 16 juni:\nkl. 9 Testa Ek, 850101-2382, Provgatan 1\nkl. 10 Provo Berg, 900102-2384, Provgatan 3\nonsdagen den 17 juni:\nkl. 13 Fiktiv Lund, 780102-2398, Provgatan 5\n\nHälsningar:\nKim";
        let parts = parts(text, "2026-05-16".parse().unwrap()).unwrap();
        let texts: Vec<String> = parts.texts().collect();
        let days: Vec<(bool, bool)> =
            texts.iter().map(|it| (it.contains("16 juni"), it.contains("17 juni"))).collect();
        assert_eq!(days, [(true, false), (true, false), (false, true)]);
        assert!(texts.iter().all(|it| it.contains("Tre tider") && it.contains("Kim")));
    }

    #[test]
    fn each_household_has_its_own_part_and_one_household_none() {
        for (text, meant) in [
            (
                "Hej!\n\nA) Störningar: Testa Ek, Provgatan 3, 217 73 Malmö. Skrik.\n\nB) Avgift: Påhittsgatan 5 lgh 1101, Provo Berg 900102-2384, ej betalt.\n\nStyrelsen",
                2,
            ),
            (
                "Nya ärenden:\n\n4431-26  Hg: Testa Ek, 850101-2382  Provgatan 9 lgh 1202, 212 19 Malmö\n4432-26  Hg: Provo Berg, 900102-2384  Provgatan 9 lgh 1301, 212 19 Malmö\n",
                2,
            ),
            (
                "Vi har två som inte betalar.\n\nDen första är Testa Ek, 850101-2382, på Provgatan 1.\nHon har barn.\n\nHan på Låtsasgatan 4 heter Provo Berg, 900102-2384.\n\nMånadshyran är 5 000 kr för honom.",
                2,
            ),
            (
                "Mål 1\nSvarande: Testa Ek 850101-2382\nBostad: Provgatan 1, 541 30 Skövde\n\nMål 2\nSvarande: Provo Berg 900102-2384\nBostad: Provgatan 3, 541 30 Skövde\n\nMål 3\nSvarande: Fiktiv Lund 780102-2398\nBostad: Provgatan 5, 541 30 Skövde",
                3,
            ),
            (
                "Hyresgäst: Testa Ek, 850101-2382, Provgatan 1.\n\nTesta Ek på Provgatan 1 har inte betalat.",
                0,
            ),
            (
                "Sökande: Provo Berg, 900102-2384, Värdgatan 5, 211 00 Malmö.\n\nSvarande: Testa Ek, 850101-2382, Provgatan 1, 214 00 Malmö.",
                0,
            ),
            (
                "Hyresgäst: Testa Ek, 850101-2382, Provgatan 1.\n\nHon vistas nu hos Provo Berg, Provgatan 2.",
                0,
            ),
            (
                "Hyresgäst: Testa Ek, 850101-2382, Provgatan 1.\nMedhyresgäst: Provo Ek, 900102-2384, Provgatan 1.",
                0,
            ),
            (
                "Hyresgäst: Testa Ek, 850101-2382, Provgatan 1.\n\nKim Prov\nHyresbolaget AB\nVärdgatan 5, 211 00 Malmö",
                0,
            ),
        ] {
            let on = "2026-11-16".parse().unwrap();
            let parts = parts(text, on);
            let texts: Vec<String> = parts.iter().flat_map(super::Parts::texts).collect();
            assert_eq!(texts.len(), meant, "{text}");
            assert!(texts.iter().all(|text| !(text.contains("Ek") && text.contains("Berg"))));
        }
    }
}
