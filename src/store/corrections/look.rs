//! Looking at the corrections of a notice.

use crate::domain::correction::Because;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Row;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::instant;
use jiff::Timestamp;
use serde_json::Value;

pub(in crate::store) const CORRECTIONS_OF: Statement = same!(
    "SELECT version, at, actor, reason, paths, earlier, state, confirmation, copy, enclosed FROM corrections WHERE notice = $1 ORDER BY version"
);

/// One correction of a notice.
#[derive(Clone, Debug)]
pub struct CorrectionRow {
    /// The how-manieth.
    pub version: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// Why.
    pub because: Because,
    /// JSON Pointers of what changed, by the text that it was before.
    pub paths: Vec<String>,
    /// The text before (JSON).
    pub earlier: Masked,
    /// Where the notice stood: what had been handed over by then holds that text.
    pub state: String,
    /// The confirmation that tells Kronofogden of it.
    pub confirmation: Option<i64>,
    /// The copy that tells the person.
    pub copy: Option<i64>,
    /// Whether it lies with the case: `taken`, `notTaken`, `failed`, `byHand`; none yet, or the case was made of what it says.
    pub enclosed: Option<String>,
}

/// One place of a correction, with what stood there and what stands there now; nothing where there was or is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The place, by the text that it was before.
    pub path: String,
    /// What stood there.
    pub before: Option<Masked>,
    /// What a person put there.
    pub after: Option<Masked>,
}

/// What each of a notice's corrections changed; `now` is the notice's text as it stands (JSON).
pub fn changes(rows: &[CorrectionRow], now: &str) -> Vec<Vec<Change>> {
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let next = |at: usize| match rows.get(at + 1) {
        Some(row) => read(row.earlier.reveal()),
        None => read(now),
    };
    let of =
        |(at, row): (usize, &CorrectionRow)| between(row, &read(row.earlier.reveal()), &next(at));
    rows.iter().enumerate().map(of).collect()
}

fn between(row: &CorrectionRow, before: &Value, after: &Value) -> Vec<Change> {
    let whole = |path: &String| path.strip_prefix("/persons/")?.parse::<usize>().ok();
    let gone: Vec<usize> = row.paths.iter().filter_map(whole).collect();
    let change = |path: &String| {
        let after = moved(path, &gone).and_then(|path| text_at(after, &path));
        Change { before: text_at(before, path), after, path: path.clone() }
    };
    row.paths.iter().map(change).collect()
}

/// Where a place stands when persons before it are gone; nowhere when its own person is.
fn moved(path: &str, gone: &[usize]) -> Option<String> {
    let Some(rest) = path.strip_prefix("/persons/") else { return Some(path.to_owned()) };
    let (at, rest) = rest.split_once('/')?;
    let at: usize = at.parse().ok().filter(|at| !gone.contains(at))?;
    let before = gone.iter().filter(|gone| **gone < at).count();
    Some(format!("/persons/{}/{rest}", at - before))
}

fn text_at(notice: &Value, path: &str) -> Option<Masked> {
    match notice.pointer(path)? {
        Value::Null | Value::Array(_) => None,
        Value::String(text) => Some(Masked::new(text.clone())),
        // A whole person is told by the name.
        Value::Object(members) => Some(Masked::new(members.get("name")?.as_str()?)),
        value @ (Value::Bool(_) | Value::Number(_)) => Some(Masked::new(value.to_string())),
    }
}

impl CorrectionRow {
    /// Whether the case system may hold the text as it was before.
    pub fn is_after_hand_over(&self) -> bool {
        matches!(self.state.as_str(), "delivered" | "uncertain")
    }

    /// Whether a person must put the case right: the case system takes no corrections, or did not take this one.
    pub fn is_for_hands(&self) -> bool {
        matches!(self.enclosed.as_deref(), Some("notTaken" | "failed"))
    }

    /// Whether it says of somebody else what the case system may hold of a person: a number, or the whole person, is another.
    pub fn is_about_another(&self) -> bool {
        let person = |path: &String| {
            let rest = path.strip_prefix("/persons/")?;
            Some(rest.ends_with("/identity/value") || !rest.contains('/'))
        };
        self.is_after_hand_over() && self.paths.iter().filter_map(person).any(|is| is)
    }
}

impl Store {
    /// The corrections of a notice, the first first.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn corrections_of(
        &self,
        notice: &Reference,
    ) -> Result<Vec<CorrectionRow>, StoreError> {
        let values = [notice.as_str().into()];
        let rows = self.engine.reading().await?.rows(&CORRECTIONS_OF, &values).await?;
        rows.into_iter().map(correction).collect()
    }
}

fn correction(mut row: Row) -> Result<CorrectionRow, StoreError> {
    Ok(CorrectionRow {
        version: row.int(0),
        at: instant(row.int(1)),
        actor: row.text(2),
        because: Because::parse(&row.text(3)).ok_or(StoreError::Corrupt("correction"))?,
        paths: serde_json::from_str(&row.text(4)).map_err(|_| StoreError::Corrupt("correction"))?,
        earlier: Masked::new(row.text(5)),
        state: row.text(6),
        confirmation: row.maybe_int(7),
        copy: row.maybe_int(8),
        enclosed: row.maybe_text(9),
    })
}

#[cfg(test)]
mod tests {
    use super::CorrectionRow;
    use super::changes;
    use crate::domain::correction::Because;
    use crate::domain::masked::Masked;
    use serde_json::json;

    #[test]
    fn what_stood_and_what_stands_is_told_when_a_person_before_it_is_taken_away() {
        let row = |paths: &[&str], earlier: serde_json::Value| CorrectionRow {
            version: 1,
            at: jiff::Timestamp::UNIX_EPOCH,
            actor: "anna".to_owned(),
            because: Because::Misread,
            paths: paths.iter().map(|path| (*path).to_owned()).collect(),
            earlier: Masked::new(earlier.to_string()),
            state: "needsReview".to_owned(),
            confirmation: None,
            copy: None,
            enclosed: None,
        };
        let person = |name: &str, role: &str| json!({ "name": name, "role": role });
        let first =
            json!({ "type": "unknown", "persons": [person("A", "tenant"), person("B", "tenant")] });
        let second = json!({ "type": "rentArrears", "persons": [person("B", "coTenant")] });
        let now = json!({ "type": "rentArrears", "persons": [person("C", "coTenant")] });
        let rows = [
            row(&["/persons/0", "/persons/1/role", "/type"], first),
            row(&["/persons/0/name"], second),
        ];
        let told: Vec<Vec<(Option<String>, Option<String>)>> = changes(&rows, &now.to_string())
            .into_iter()
            .map(|all| {
                let text = |it: Option<Masked>| it.map(|it| it.reveal().to_owned());
                all.into_iter().map(|it| (text(it.before), text(it.after))).collect()
            })
            .collect();
        let pair = |before: &str, after: &str| {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            (some(before), some(after))
        };
        let expected =
            vec![pair("A", ""), pair("tenant", "coTenant"), pair("unknown", "rentArrears")];
        assert_eq!(told, [expected, vec![pair("B", "C")]]);
    }
}
