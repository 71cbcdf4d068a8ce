//! Family names that several share: `Testa och Provo Ek`, `Testa (850101-2382) och Provo Ek`.

use super::super::given_names::is_given;
use super::super::names::is_particle;
use super::super::pattern::pattern;
use super::runs::Group;
use super::runs::Name;

pattern!(NUMBERED, r"^[ ,(]*(?:\d\d)?\d{6}[ ]?[-+]?[ ]?\d{4}\)? (?:och|samt|and|&) $");

/// `Testa (850101-2382) och Provo Ek`: who is named by a given name before a number has the family name of the next.
pub(super) fn share_family(text: &str, groups: &mut [Group]) {
    for at in 1..groups.len() {
        let Some([one, other]) = groups.get_mut(at - 1..=at) else { continue };
        let gap = text.get(one.end..other.start).unwrap_or_default();
        let ([short], [whole, ..]) = (one.names.as_mut_slice(), other.names.as_slice()) else {
            continue;
        };
        if short.words == 1 && whole.words == 2 && is_given(&short.name) && NUMBERED.is_in(gap) {
            short.name = format!("{} {}", short.name, family(&whole.name));
            short.words = 2;
            short.unsure = true;
        }
    }
}

/// Persons joined by a word; one with a single name has the family name of the next.
pub(super) fn group(mut names: Vec<Name>) -> Option<Group> {
    let (start, end) = (names.first()?.start, names.last()?.end);
    for at in 0..names.len().saturating_sub(1) {
        let Some(next) = names.get(at + 1).cloned() else { continue };
        if let Some(name) = names.get_mut(at).filter(|name| name.words == 1 && next.words > 1) {
            name.name = format!("{} {}", name.name, family(&next.name));
            name.words = 2;
            name.unsure |= next.words > 2;
        }
    }
    Some(Group { names, start, end })
}

/// The last word of a name, with its particles.
fn family(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let mut from = words.len().saturating_sub(1);
    while from > 1 && words.get(from - 1).is_some_and(|word| is_particle(word)) {
        from -= 1;
    }
    words.get(from..).unwrap_or_default().join(" ")
}
