//! A message that is read anew keeps what a person corrected in it: the reader never writes over a person's word.

use crate::domain::calendar::LocalTime;
use crate::domain::correction;
use crate::domain::correction::NOTHING;
use crate::domain::correction::Said;
use crate::domain::correction::When;
use crate::domain::finding::Finding;
use crate::domain::masked::Masked;
use crate::domain::notice::Notice;
use crate::domain::reference::Reference;
use crate::normalize::Disposition;
use crate::normalize::Reading;
use crate::store::Store;
use crate::store::StoreError;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeSet;

/// What stands in the stored notice by a person's word is put into what was read anew: in the first notice, which bears its reference. It waits for a person,
/// who lets it go or corrects it further.
pub(super) async fn keep(
    store: &Store,
    reference: &Reference,
    (on, local_time): (Date, &LocalTime),
    reading: &mut Reading,
) -> Result<(), StoreError> {
    let corrections = store.corrections_of(reference).await?;
    let Some(read) = reading.notices.first_mut().filter(|_| !corrections.is_empty()) else {
        return Ok(());
    };
    let rows = store.notices_of(reference.as_str()).await?;
    let row = rows.into_iter().find(|row| row.reference == reference.as_str());
    let row = row.ok_or(StoreError::Corrupt("notice"))?;
    let paths = corrections.into_iter().flat_map(|it| it.paths).collect();
    // Whoever corrected it decides what becomes of it, whatever the reader now makes of the message.
    read.disposition = Disposition::NeedsReview;
    put(&row.notice, &paths, When { on, local_time }, &mut read.notice)
}

fn put(
    corrected: &str,
    paths: &BTreeSet<String>,
    when: When<'_>,
    notice: &mut Notice,
) -> Result<(), StoreError> {
    let corrupt = |_| StoreError::Corrupt("notice");
    let own: Notice = serde_json::from_str(corrected).map_err(corrupt)?;
    let values: Value = serde_json::from_str(corrected).map_err(corrupt)?;
    let (of_persons, others): (Vec<&String>, Vec<&String>) =
        paths.iter().partition(|path| path.starts_with("/persons/"));
    // Who is who in another reading, nobody can say: the persons stay as the person at the municipality left them.
    if !of_persons.is_empty() && notice.persons != own.persons {
        notice.persons.clone_from(&own.persons);
        notice.findings.retain(|finding| !finding.path.starts_with("/persons"));
        notice.evidence.retain(|path, _| !path.starts_with("/persons/"));
        let known = own.evidence.iter().filter(|(path, _)| path.starts_with("/persons/"));
        notice.evidence.extend(known.map(|(path, seen)| (path.clone(), seen.clone())));
        notice.findings.push(stands("/persons"));
    }
    let said = |path: &String| Said { place: path.clone(), value: said_at(&values, path) };
    let mut said: Vec<Said> = others.into_iter().map(said).collect();
    // What a person put there may not stand beside what is read now: another person compares, and the rest stands.
    if let Err(faults) = correction::correct(notice, &said, when) {
        let place = |said: &Said| said.place.trim_start_matches('/').to_owned();
        said.retain(|said| !faults.iter().any(|fault| fault.place == place(said)));
        let fault = |fault: correction::Fault| does_not_fit(&format!("/{}", fault.place));
        notice.findings.extend(faults.into_iter().map(fault));
    }
    if let Ok(kept) = correction::correct(notice, &said, when) {
        *notice = kept.notice;
        notice.findings.extend(kept.paths.iter().map(|path| stands(path)));
    }
    Ok(())
}

fn said_at(values: &Value, path: &str) -> Masked {
    match values.pointer(path) {
        Some(Value::String(text)) => Masked::new(text.clone()),
        Some(value @ (Value::Number(_) | Value::Bool(_))) => Masked::new(value.to_string()),
        Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => Masked::new(NOTHING),
    }
}

fn stands(path: &str) -> Finding {
    Finding::info(
        "correction.stands",
        path,
        "The message was read anew and says something else there, or nothing. What a person corrected stands.",
    )
}

fn does_not_fit(path: &str) -> Finding {
    Finding::error(
        "correction.doesNotFit",
        path,
        "The message was read anew, and what a person corrected before cannot be put there again. Compare with the original and correct it anew.",
    )
}

#[cfg(test)]
mod tests {
    use super::put;
    use crate::domain::calendar::LocalTime;
    use crate::domain::correction::When;
    use crate::domain::notice::Notice;
    use serde_json::json;

    #[test]
    fn what_a_person_corrected_stands_whatever_is_read_anew() {
        let local_time = LocalTime::named("Europe/Stockholm").unwrap();
        let when = When { on: "2026-11-16".parse().unwrap(), local_time: &local_time };
        let corrected = json!({
            "schemaVersion": "1.0", "type": "evictionScheduled", "persons": [{ "role": "tenant", "name": "Testa Testsson" }],
            "dwelling": { "street": "Exempelgatan 12" },
            "evidence": { "/persons/0/name": { "source": "person", "quote": "", "confidence": 1.0 } },
        });
        let read = |kind: &str| -> Notice {
            let read = json!({
                "schemaVersion": "1.0", "type": kind, "issuedOn": "2026-11-12",
                "persons": [{ "role": "tenant", "name": "Prov Exempel" }, { "role": "tenant", "name": "Testa Testsson" }],
                "dwelling": { "street": "Exempelgatan 21", "city": "Malmö" },
            });
            serde_json::from_value(read).unwrap()
        };
        let paths = ["/persons/0/name", "/dwelling/street", "/type", "/issuedOn"];
        let paths = paths.iter().map(|path| (*path).to_owned()).collect();
        let mut notice = read("rentArrears");
        put(&corrected.to_string(), &paths, when, &mut notice).unwrap();
        let written = serde_json::to_value(&notice).unwrap();
        assert_eq!(written["type"], "evictionScheduled");
        assert_eq!(written["dwelling"], json!({ "street": "Exempelgatan 12", "city": "Malmö" }));
        assert_eq!(written["persons"].as_array().map(Vec::len), Some(1));
        assert!(written.get("issuedOn").is_none(), "what was taken away stays away");
        assert_eq!(notice.evidence["/type"].source, "person");
        let told: Vec<&str> = notice.findings.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(told, ["/persons", "/dwelling/street", "/issuedOn", "/type"]);
        // A place that cannot be put again holds nothing up, and takes nothing else with it.
        let mut notice = read("rentArrears");
        let paths = ["/sender/kind", "/dwelling/street"];
        let paths = paths.iter().map(|path| (*path).to_owned()).collect();
        put(&corrected.to_string(), &paths, when, &mut notice).unwrap();
        let codes: Vec<&str> = notice.findings.iter().map(|it| it.code.as_str()).collect();
        assert_eq!(codes, ["correction.doesNotFit", "correction.stands"]);
        let street = notice.dwelling.and_then(|home| home.street);
        assert_eq!(street.as_ref().map(|it| it.reveal()), Some("Exempelgatan 12"));
    }
}
