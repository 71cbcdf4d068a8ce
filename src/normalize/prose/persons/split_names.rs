//! A name whose parts stand behind labels of their own: `Förnamn: Testa`, and on the next line `Efternamn: Ek`.

use super::super::pattern::pattern;
use super::runs::Group;
use super::runs::Name;

pattern!(
    PART,
    r"(?im)^[ \t*]*(?:(för-?namn|tilltalsnamn|given names?|first names?|fornavn)|(efter-?namn|släktnamn|surname|last name|family name|efternavn))(?: [1-9])?[ .…*]*[:=\t][ \t*]*(\p{L}[\p{L}'’-]*(?: \p{L}[\p{L}'’-]*){0,3})[ \t]*$"
);

/// So far below the first part the other may stand, in bytes.
const NEAR: usize = 120;

/// Puts the parts together, in place of what was read of each.
pub(super) fn put_together(text: &str, groups: &mut Vec<Group>) {
    let mut parts = Vec::new();
    for fit in PART.all(text).take(60) {
        let Some(value) = fit.get(3) else { continue };
        parts.push((fit.get(1).is_some(), value.start(), value.end(), value.as_str()));
    }
    for pair in parts.windows(2) {
        let [one, other] = pair else { continue };
        if one.0 == other.0 || other.1 - one.2 > NEAR {
            continue;
        }
        let (given, family) = if one.0 { (one.3, other.3) } else { (other.3, one.3) };
        let proper = |part: &str| match part.chars().any(char::is_lowercase)
            && part.starts_with(char::is_uppercase)
        {
            true => part.to_owned(),
            false => super::names::ordinary(&part.to_uppercase()),
        };
        let name = format!("{} {}", proper(given), proper(family));
        let words = name.split(' ').count();
        groups.retain(|group| group.end <= one.1 || group.start >= other.2);
        let (start, end) = (one.1, other.2);
        let name = Name { name, start, end, words, unsure: false };
        groups.push(Group { names: vec![name], start, end });
    }
    groups.sort_by_key(|group| group.start);
}
