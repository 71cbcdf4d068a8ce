//! When two notices are one: the same persons, the same kind, and every date, period, amount and told circumstance equal. A landlord, its agent and
//! its system may each send it; it makes one case. Anything less is for a person to judge, and so is what says its matter in words.

use crate::domain::masked::Masked;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use serde_json::json;

/// What two notices must have in common to be one, as text to be hashed with a key: it names persons. `None` when a notice names nobody by
/// number or bears no date or period at all: then nothing tells this month's from the last.
pub(super) fn sameness(notice: &Notice) -> Option<Masked> {
    let told_in_words = [
        NoticeType::Supplement,
        NoticeType::Withdrawal,
        NoticeType::ChildConcern,
        NoticeType::Unknown,
    ];
    if told_in_words.contains(&notice.kind) {
        return None;
    }
    let mut persons: Vec<String> = notice
        .persons
        .iter()
        .filter_map(|person| person.identity.as_ref())
        .map(|identity| identity.search_form())
        .collect();
    persons.sort_unstable();
    persons.dedup();
    let days = [
        notice.issued_on,
        notice.terminated_on,
        notice.served_on,
        notice.move_out_by,
        notice.rectify_by,
        notice.disconnect_after,
    ];
    let enforcement = notice.enforcement.as_ref();
    let moments = enforcement
        .map(|told| json!([told.applied_on, told.starts_at, told.no_longer_at, told.executed_at]));
    let mut periods: Vec<String> = notice
        .arrears
        .iter()
        .flat_map(|arrears| &arrears.periods)
        .map(|period| json!([period.period, period.due_on, period.amount]).to_string())
        .collect();
    periods.sort_unstable();
    let dated = days.iter().any(Option::is_some)
        || notice.incidents.iter().any(|one| one.occurred_on.is_some())
        || !periods.is_empty()
        || moments.as_ref().is_some_and(|moments| *moments != json!([null, null, null, null]));
    if persons.is_empty() || !dated {
        return None;
    }
    let text = json!([
        notice.kind,
        notice.also_concerns,
        notice.relates_to,
        notice.children,
        persons,
        days,
        notice.incidents,
        periods,
        notice.arrears.as_ref().map(|arrears| &arrears.amount_to_recover),
        moments,
        enforcement.map(|told| (&told.case_number, &told.outcome)),
    ]);
    Some(Masked::new(text.to_string()))
}

#[cfg(test)]
mod tests {
    use super::sameness;
    use crate::domain::notice::Notice;
    use serde_json::Value;
    use serde_json::json;

    fn notice(change: impl Fn(&mut Value)) -> Notice {
        let mut notice = json!({
            "schemaVersion": "1.0", "type": "rentArrears", "issuedOn": "2026-10-10",
            "sender": { "kind": "landlord", "name": "Fastighets AB Exempelhus", "reference": "1" },
            "persons": [
                { "role": "tenant", "name": "Testa Testsson",
                  "identity": { "kind": "personalIdentityNumber", "value": "198501012390" } },
                { "role": "coTenant",
                  "identity": { "kind": "personalIdentityNumber", "value": "197801022398" } } ],
            "arrears": { "amountToRecover": "17824.00", "periods": [
                { "period": "2026-09", "amount": "8912.00" }, { "period": "2026-10", "amount": "8912.00" } ] }
        });
        change(&mut notice);
        serde_json::from_value(notice).unwrap()
    }

    #[test]
    fn who_sends_it_and_in_what_order_and_spelling_makes_no_other_notice() {
        let first = sameness(&notice(|_| {})).unwrap();
        for (what, change) in [
            ("another sender", (|n| n["sender"] = json!({ "kind": "agent" })) as fn(&mut Value)),
            ("a name spelt differently", |n| n["persons"][0]["name"] = json!("Testsson, Testa")),
            ("another order", |n| n["persons"].as_array_mut().unwrap().reverse()),
            ("periods in another order", |n| {
                n["arrears"]["periods"].as_array_mut().unwrap().reverse();
            }),
            ("more words", |n| n["text"] = json!("Se bifogad fil")),
        ] {
            assert!(sameness(&notice(change)).unwrap() == first, "{what}");
        }
    }

    #[test]
    fn another_date_period_amount_person_or_kind_is_another_notice() {
        let first = sameness(&notice(|_| {})).unwrap();
        for (what, change) in [
            ("day", (|n| n["issuedOn"] = json!("2026-11-10")) as fn(&mut Value)),
            ("period", |n| n["arrears"]["periods"][1]["period"] = json!("2026-11")),
            ("amount", |n| n["arrears"]["amountToRecover"] = json!("17825.00")),
            ("person", |n| n["persons"][1] = json!({ "role": "coTenant" })),
            ("kind", |n| n["type"] = json!("rentTerminationCopy")),
            ("second matter", |n| n["alsoConcerns"] = json!(["childConcern"])),
            ("children", |n| n["children"] = json!({ "known": "yes", "count": 1 })),
            ("earlier notice", |n| n["relatesTo"] = json!({ "reference": "1" })),
            ("incident", |n| {
                n["incidents"] =
                    json!([{ "occurredOn": "2026-09-19", "description": "Hög musik" }]);
            }),
            ("case", |n| n["enforcement"] = json!({ "caseNumber": "U-1-26" })),
        ] {
            assert!(sameness(&notice(change)).unwrap() != first, "{what}");
        }
    }

    #[test]
    fn what_names_nobody_or_bears_no_date_is_like_no_other() {
        assert!(
            sameness(&notice(|n| n["persons"] = json!([{ "name": "Testa Testsson" }]))).is_none()
        );
        let undated = notice(|n| {
            n["issuedOn"] = Value::Null;
            n["arrears"] = json!({ "amountToRecover": "17824.00" });
        });
        assert!(sameness(&undated).is_none());
        let in_words = notice(|n| n["type"] = json!("childConcern"));
        assert!(sameness(&in_words).is_none(), "each sender's own words must be read");
    }
}
