//! The forms of a message by household: what is one household's put together, what is another's kept apart.

use super::key::Key;
use super::list::leave;
use super::record::Record;
use super::sheets;
use crate::domain::finding::Finding;
use crate::domain::notice::NoticeType;

/// The forms of one household, as one.
pub(super) struct Household {
    key: Key,
    /// Where the first of them stands.
    pub(super) source: String,
    pub(super) form: Record,
}

/// Puts the forms of each household together. A form that names nobody goes with the only household there is; where there are several, it is left
/// for a person, as is one of a home that is not the household's.
pub(super) fn by_household(
    forms: Vec<(String, Record)>,
    left: &mut Vec<Finding>,
) -> Vec<Household> {
    let mut households: Vec<Household> = Vec::new();
    let mut nobodys: Vec<(String, Record)> = Vec::new();
    for (source, form) in forms {
        let key = Key::of_record(&form);
        if key.is_blank() {
            nobodys.push((source, form));
            continue;
        }
        let last = households.len().checked_sub(1);
        let same = households.iter().position(|it| it.key.fits(&key));
        let same = same.or_else(|| last.filter(|at| households[*at].key.completes(&key)));
        match same.and_then(|at| households.get_mut(at)) {
            Some(household) => household.add(form, key),
            None => households.push(Household { key, source, form }),
        }
    }
    // A home by itself is the sender's, or nobody knows whose, where others are named; told again, it is the only one's who lives there.
    if households.iter().any(|it| !it.key.is_empty()) {
        let (mut named, homes): (Vec<_>, Vec<_>) =
            households.into_iter().partition(|it| !it.key.is_empty());
        for home in homes {
            let mut there = named.iter_mut().filter(|it| it.key.shares_home(&home.key));
            match (there.next(), there.next()) {
                (Some(only), None) => only.add(home.form, home.key),
                (_, _) => leave(left, "dwelling", "leftOver", &home.source),
            }
        }
        households = named;
    }
    for (source, form) in nobodys {
        match households.as_mut_slice() {
            [] => households.push(Household { key: Key::default(), source, form }),
            [only] => only.add(form, Key::default()),
            [..] => leave(left, "message", "leftOver", &source),
        }
    }
    for household in &mut households {
        why_is_no_kind(&mut household.form);
    }
    households
}

/// `Grund: obetalda årsavgifter` in Kronofogden's own form is why it was asked, not what it tells.
fn why_is_no_kind(form: &mut Record) {
    let asked = form.any("enforcement.appliedOn") || form.any("enforcement.startsAt");
    let told = form.kind.as_ref().is_some_and(|(kind, _, _)| {
        matches!(
            kind,
            NoticeType::RentArrears
                | NoticeType::RentDisturbance
                | NoticeType::TenantOwnedArrears
                | NoticeType::TenantOwnedDisturbance
        )
    });
    if told && asked {
        form.kind = None;
    }
}

impl Household {
    fn add(&mut self, form: Record, key: Key) {
        for told in form.values() {
            self.form.put(&told.path, &told.text, &told.from, told.sure);
        }
        self.form.adds &= form.adds;
        self.form.kind = self.form.kind.take().or(form.kind);
        for finding in form.findings {
            if !self.form.findings.contains(&finding) {
                self.form.findings.push(finding);
            }
        }
        self.key.add(key);
    }
}

/// The only household's form with the months that stand in a table beside it.
pub(super) fn with_detail(form: Option<Record>, detail: Option<Record>) -> Option<Record> {
    match (form, detail) {
        (Some(mut form), Some(detail)) => {
            sheets::detail_over(&mut form, detail);
            Some(form)
        }
        (form, detail) => form.or(detail),
    }
}
