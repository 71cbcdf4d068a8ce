//! What people corrected of a notice, for its page: who, when, why, and what stood and stands at each place. Values that tell of somebody are behind dots.

use crate::domain::correction;
use crate::domain::masked::Masked;
use crate::domain::notice::Notice;
use crate::operations::chrome::Chrome;
use crate::operations::correcting;
use crate::operations::fields::HIDDEN;
use crate::operations::words;
use crate::store::Change;
use crate::store::CorrectionRow;
use crate::store::NoticeRow;
use crate::store::corrected_values;

/// One correction.
pub(super) struct Corrected {
    pub(super) at: String,
    pub(super) actor: String,
    pub(super) because: String,
    pub(super) places: Vec<Place>,
    /// Whether Kronofogden, and whether the person, is told of it anew, and what becomes of it in the case system.
    pub(super) told: Vec<String>,
}

/// One place of it.
pub(super) struct Place {
    pub(super) label: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// The corrections of a notice, the first first.
pub(super) fn list(page: &Chrome, rows: &[CorrectionRow], notice: &NoticeRow) -> Vec<Corrected> {
    let changed = corrected_values(rows, &notice.notice);
    rows.iter().zip(changed).map(|(row, changes)| one(page, row, changes)).collect()
}

fn one(page: &Chrome, row: &CorrectionRow, changes: Vec<Change>) -> Corrected {
    let persons = serde_json::from_str::<Notice>(row.earlier.reveal());
    let persons = persons.map_or(0, |notice| notice.persons.len());
    let place = |change: Change| {
        let place = change.path.trim_start_matches('/');
        let shown =
            |value: Option<Masked>| value.map_or("–".to_owned(), |it| word(page, place, &it));
        Place {
            label: correcting::label(page, place, persons),
            before: shown(change.before),
            after: shown(change.after),
        }
    };
    let with_case = with_case(row);
    let told = [
        (
            row.confirmation,
            "Kronofogden får en ny bekräftelse",
            "Kronofogden is sent a new confirmation",
        ),
        (row.copy, "Personen får ett nytt brev", "The person is sent a new letter"),
    ];
    Corrected {
        at: page.seconds(row.at),
        actor: row.actor.clone(),
        because: words::other(page, row.because.as_str()),
        places: changes.into_iter().map(place).collect(),
        told: told
            .into_iter()
            .filter_map(|(version, sv, en)| version.map(|_| (sv, en)))
            .chain(with_case)
            .map(|(sv, en)| page.say(sv, en).to_owned())
            .collect(),
    }
}

/// What becomes of it in the case system, which had the earlier text.
fn with_case(row: &CorrectionRow) -> Option<(&'static str, &'static str)> {
    let told = match row.enclosed.as_deref() {
        None => ("Rättelsen läggs i ärendet", "The correction is put with the case"),
        Some("taken") => (
            "Rättelsen ligger i ärendet; handläggaren ändrar uppgifterna där",
            "The correction lies with the case; the caseworker changes the values there",
        ),
        Some("byHand") => ("Ärendet är rättat för hand", "The case was corrected by hand"),
        Some(_) => ("Ärendet är inte rättat", "The case is not corrected"),
    };
    row.is_after_hand_over().then_some(told)
}

fn word(page: &Chrome, place: &str, value: &Masked) -> String {
    match place {
        _ if !correction::tells_of_nobody(place) => HIDDEN.to_owned(),
        "type" => words::kind(page, value.reveal()),
        _ => words::other(page, value.reveal()),
    }
}
