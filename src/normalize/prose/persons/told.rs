//! Whom a letter is about where no label tells: those it says it is about, who live somewhere or owe.

use super::super::names;
use super::Found;
use super::Page;
use super::add;
use super::cues;
use super::cues::Standing;
use super::runs;
use super::runs::Group;
use super::seen;
use crate::domain::notice::Role;

/// Where no label tells: names that the letter says it is about, or that live and owe.
pub(super) fn told(pages: &[Page<'_>], found: &mut Vec<Found>, others: &[String]) {
    let mut best: Option<(f64, &Page<'_>, &Group)> = None;
    for page in pages {
        for (group, standing) in &page.groups {
            let named = group.names.iter().all(|name| name.words >= 2 && name.words <= 5);
            let other =
                |name: &runs::Name| others.iter().any(|other| names::same(other, &name.name));
            if !named || group.names.iter().any(other) {
                continue;
            }
            let Some(sure) = told_sure(page, group, *standing) else { continue };
            let again = group.names.first().is_some_and(|name| repeated(pages, page, &name.name));
            // A name behind any word at all is the tenant's only where another part of the letter has it, too.
            if sure < 0.88 && !again {
                continue;
            }
            let sure = if again { (sure + 0.03f64).min(0.96) } else { sure };
            if best.is_none_or(|(other, ..)| sure > other) {
                best = Some((sure, page, group));
            }
        }
    }
    if let Some((sure, page, group)) = best {
        for name in &group.names {
            let sure = if name.unsure { sure.min(0.9) } else { sure };
            add(found, Some(seen(page, name, sure)), None, Role::Tenant);
        }
    }
}

fn told_sure(page: &Page<'_>, group: &Group, standing: Standing) -> Option<f64> {
    let behind = cues::behind(&page.text, group.end);
    // `Den som bor där heter Testa Testsson, telefon …`: who is told of may be reached.
    let reached = behind.phone && standing != Standing::Told;
    if behind.office || reached || (page.sheet.source == "subject" && standing == Standing::Silent)
    {
        return None;
    }
    match (standing, behind.home, behind.does) {
        (Standing::Told, true, _) | (Standing::Told, _, true) => Some(0.955),
        (Standing::Told, false, false) => Some(0.95),
        (Standing::Said, true, _) | (Standing::Said, _, true) => Some(0.945),
        (Standing::Silent, _, true) => Some(0.94),
        (Standing::Silent, true, false) => Some(0.9),
        (Standing::Said, false, false) => Some(0.87),
        (Standing::Is(_) | Standing::Other, _, _) | (Standing::Silent, false, false) => None,
    }
}

/// Whether another sheet names the same person.
fn repeated(pages: &[Page<'_>], here: &Page<'_>, name: &str) -> bool {
    let others = pages.iter().filter(|page| page.sheet.number != here.sheet.number);
    others
        .flat_map(|page| &page.groups)
        .flat_map(|(group, _)| &group.names)
        .any(|other| other.words >= 2 && names::same(&other.name, name))
}
