//! A second opinion on the kind of sender: what the learned weights say of its name, its address, its signature and its words.

use super::From;
use super::sort::Clues;
use crate::domain::notice::SenderKind;
use crate::normalize::prose::learned::SENDERS;
use crate::normalize::prose::learned::features::marked;
#[cfg(test)]
use crate::normalize::prose::learned::lessons;
use crate::normalize::prose::seen::Sheet;
use std::collections::BTreeSet;

/// The kind that the words tell, where it is likelier than the one that was told.
pub(super) fn kind(
    sheets: &[Sheet],
    clues: &Clues<'_>,
    from: From<'_>,
    told: SenderKind,
) -> Option<SenderKind> {
    let words = words(sheets, clues, from, told);
    #[cfg(test)]
    lessons::asked("senders", &words, None);
    let (class, likely) = SENDERS.one(&words)?;
    let kind = SenderKind::parse(class).filter(|kind| *kind != SenderKind::Unknown)?;
    // Who lets and has no firm may be anybody.
    let nameless = clues.name.is_empty() && kind == SenderKind::Private;
    let least = if nameless { 0.8 } else { least(kind, told) };
    (likely >= least).then_some(kind)
}

/// How likely a kind must be to be told instead of another. Who lets is a landlord where nothing else is told; whoever has another business says so.
fn least(kind: SenderKind, told: SenderKind) -> f64 {
    use SenderKind as Is;
    match (kind, told) {
        (Is::Landlord | Is::Private, Is::Unknown) => 0.85,
        // Who has houses to let may write from an address of their own.
        (Is::Landlord, Is::Private) => 0.75,
        (Is::Landlord | Is::Private, _) => 0.97,
        (_, Is::Unknown | Is::Landlord | Is::Private) => 0.55,
        _ => 0.85,
    }
}

fn words(
    sheets: &[Sheet],
    clues: &Clues<'_>,
    from: From<'_>,
    told: SenderKind,
) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    marked(&mut words, "n", clues.name);
    marked(&mut words, "n", clues.person);
    marked(&mut words, "s", clues.signed);
    marked(&mut words, "f", from.address.unwrap_or_default());
    for sheet in sheets {
        marked(&mut words, "b", &sheet.text);
    }
    words.insert(format!("={}", told.as_str()));
    words
}
