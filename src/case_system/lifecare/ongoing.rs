//! Who is responsible for a person's open case: the caseworker of the investigation (utredning) that is open, else of the service (insats).
//!
//! Lifecare names a caseworker by text, as its users are called there. Of several open ones the one that began last counts.

use crate::case_system::OpenCase;
use crate::case_system::lifecare::client::Calls;
use crate::case_system::lifecare::records::Ongoing;
use crate::domain::failure::Failure;
use jiff::ToSpan;
use jiff::civil::Date;

/// What is older and still open is looked for no longer.
const YEARS: i64 = 10;

/// The lists, the telling one first.
const LISTS: [&str; 2] = ["Investigations", "Services"];

/// The caseworker; none where nothing is open, or this key may not see it. With `types`, only what is of one of them counts.
pub(super) async fn responsible(
    calls: &Calls,
    number: &str,
    on: Date,
    types: &[String],
) -> Result<Option<OpenCase>, Failure> {
    let from = on.saturating_sub(YEARS.years());
    for list in LISTS {
        let all = calls.ongoing(list, number, (from, on)).await?.unwrap_or_default();
        if let Some(found) = latest_open(all, on, types) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn latest_open(all: Vec<Ongoing>, on: Date, types: &[String]) -> Option<OpenCase> {
    let counts = |one: &Ongoing| {
        let kind = one.kind.as_deref().unwrap_or_default().trim();
        types.is_empty() || types.iter().any(|of| of.trim() == kind)
    };
    let open = all.into_iter().filter(|one| counts(one) && is_open(one, on));
    let named = open.filter_map(|one| {
        let name = one.caseworker?.trim().to_owned();
        let unit = one.organization.map(|unit| unit.trim().to_owned());
        let case = OpenCase { name, telephone: None, unit: unit.filter(|unit| !unit.is_empty()) };
        (!case.name.is_empty()).then_some((one.from_date, case))
    });
    named.max_by(|(a, _), (b, _)| a.cmp(b)).map(|(_, case)| case)
}

/// Begun, and not ended before that day. A day that cannot be read ends nothing.
fn is_open(one: &Ongoing, on: Date) -> bool {
    let begun = day(one.from_date.as_deref()).is_none_or(|from| from <= on);
    begun && day(one.to_date.as_deref()).is_none_or(|until| until >= on)
}

/// The day that a text of Lifecare's begins with.
fn day(text: Option<&str>) -> Option<Date> {
    text?.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::latest_open;
    use crate::case_system::lifecare::records::Ongoing;
    use jiff::civil::date;
    use serde_json::json;

    fn list(rows: serde_json::Value) -> Vec<Ongoing> {
        serde_json::from_value(rows).expect("a list")
    }

    #[test]
    fn the_latest_that_is_open_tells() {
        let on = date(2026, 11, 22);
        let rows = json!([
            { "Type": "Utredning", "FromDate": "2026-02-01T00:00:00Z", "ToDate": "2026-06-30T00:00:00Z", "Caseworker": "Avslutad" },
            { "Type": "Utredning", "FromDate": "2026-03-01T00:00:00Z", "ToDate": null, "Caseworker": "Anna Exempel", "Organization": "IFO" },
            { "Type": "Ekonomi", "StartDate": "2026-09-01T00:00:00Z", "EndDate": "2026-11-22T00:00:00Z", "Caseworker": " Bo Exempel " },
            { "Type": "Utredning", "FromDate": "2026-12-01T00:00:00Z", "Caseworker": "Kommer" },
            { "Type": "Utredning", "FromDate": "2026-11-01T00:00:00Z", "Caseworker": "" }
        ]);
        let told = |types: &[&str]| {
            let types: Vec<String> = types.iter().map(|&it| it.to_owned()).collect();
            latest_open(list(rows.clone()), on, &types).map(|case| (case.name, case.unit))
        };
        assert_eq!(told(&[]), Some(("Bo Exempel".to_owned(), None)));
        let of_type = Some(("Anna Exempel".to_owned(), Some("IFO".to_owned())));
        assert_eq!(told(&["Utredning"]), of_type);
        assert_eq!(told(&["Vård"]), None);
        assert!(latest_open(list(json!([])), on, &[]).is_none());
    }
}
