//! When a person is taken out of a notice, the others move up, with what was read and remarked of them.

use crate::domain::notice::Notice;
use std::collections::BTreeSet;

/// The notice without these persons.
pub(super) fn without(notice: &mut Notice, removed: &BTreeSet<usize>) {
    if removed.is_empty() {
        return;
    }
    let persons = std::mem::take(&mut notice.persons).into_iter().enumerate();
    notice.persons = persons.filter(|(at, _)| !removed.contains(at)).map(|(_, it)| it).collect();
    let findings = std::mem::take(&mut notice.findings).into_iter();
    notice.findings = findings
        .filter_map(|mut finding| {
            finding.path = moved(&finding.path, removed)?;
            Some(finding)
        })
        .collect();
    let evidence = std::mem::take(&mut notice.evidence).into_iter();
    notice.evidence =
        evidence.filter_map(|(path, it)| Some((moved(&path, removed)?, it))).collect();
}

/// Where a place is now; nowhere when its person is gone.
fn moved(path: &str, removed: &BTreeSet<usize>) -> Option<String> {
    let Some(rest) = path.strip_prefix("/persons/") else { return Some(path.to_owned()) };
    let (at, rest) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
    let Ok(at) = at.parse::<usize>() else { return Some(path.to_owned()) };
    let before = removed.range(..at).count();
    (!removed.contains(&at)).then(|| format!("/persons/{}{rest}", at - before))
}
