//! What belongs to a notice: the same notice from other senders, and others about the same persons, for a person to compare.
//!
//! Equal persons, dates, periods and amounts are one notice, in one case. Anything less is only shown here: nobody but a person joins it.

use crate::domain::person_id::PersonIdentity;
use crate::domain::reference::Reference;
use crate::operations::PageError;
use crate::operations::chrome::Chrome;
use crate::operations::matter::Matter;
use crate::operations::rows::Sibling;
use crate::operations::visit::Visit;
use crate::store::NoticeRow;
use serde_json::Value;
use std::collections::BTreeSet;

/// So many others are shown; the search by number shows them all.
const MOST: usize = 10;

/// What is shown beside one notice; only what the visitor may see.
#[derive(Clone, Debug, Default)]
pub(super) struct Related {
    /// The same notice from other senders or by other doors.
    pub(super) same: Vec<Sibling>,
    /// Other notices that name one of its persons.
    pub(super) same_persons: Vec<Sibling>,
    /// The earlier notice it belongs to, and what came later.
    pub(super) matter: Matter,
}

impl Related {
    /// What belongs to this notice.
    pub(super) async fn to(
        visit: &Visit,
        page: &Chrome,
        notice: &NoticeRow,
    ) -> Result<Self, PageError> {
        let store = &visit.desk.store;
        let same: BTreeSet<String> =
            store.same_notices(&notice.reference).await?.into_iter().collect();
        let mut others = BTreeSet::new();
        for digits in numbers(visit, notice) {
            others.extend(store.by_identity(&digits, visit.person.boards()).await?);
        }
        others.retain(|other| *other != notice.reference && !same.contains(other));
        Ok(Self {
            same: siblings(visit, page, same).await?,
            same_persons: siblings(visit, page, others).await?,
            matter: Matter::of(visit, page, notice).await?,
        })
    }
}

/// The numbers of the notice's persons, twelve digits each.
fn numbers(visit: &Visit, row: &NoticeRow) -> BTreeSet<String> {
    let notice: Value = serde_json::from_str(&row.notice).unwrap_or_default();
    let today = visit.desk.local_time.day_of(visit.now());
    let persons = notice["persons"].as_array().into_iter().flatten();
    let values = persons.filter_map(|person| person.pointer("/identity/value")?.as_str());
    values
        .filter_map(|value| PersonIdentity::read(value, today).0.digits12().map(str::to_owned))
        .collect()
}

pub(super) async fn siblings(
    visit: &Visit,
    page: &Chrome,
    references: BTreeSet<String>,
) -> Result<Vec<Sibling>, PageError> {
    let mut found = Vec::new();
    for reference in references.iter().filter_map(|text| Reference::parse(text)).take(MOST) {
        let message = visit.message(&reference).await?;
        let rows = message.into_iter().flat_map(|message| message.notices);
        found.extend(
            rows.filter(|row| row.reference == reference.as_str())
                .map(|row| Sibling::of(page, &row)),
        );
    }
    Ok(found)
}
