//! The stand-in for Lifecare: what goes wrong on demand, and what it shows afterwards.

use std::time::Duration;

use serde_json::Value;
use serde_json::json;

use crate::support::http_client;
use crate::support::http1::HttpFault;
use crate::support::lifecare::Lifecare;
use crate::support::lifecare::LifecareOptions;
use crate::support::lifecare::Operation;
use crate::support::lifecare::Person;

const PERSON: &str = "199001022384";

fn url(lifecare: &Lifecare, path: &str) -> String {
    format!("{}/apifc/v1/{path}domain=test-domain&key=test-licence", lifecare.url())
}

async fn create(lifecare: &Lifecare, request_id: &str) -> Option<u16> {
    let body = json!({
        "PersonId": PERSON, "Date": "2026-10-12T00:00:00", "Type": 1, "FromWho": 21, "Reason": 100,
        "OrganisationId": 52, "OrganisationUnitId": "EKB"
    });
    let call =
        http_client().post(url(lifecare, "Actualisations?")).header("X-API-Key", "test-api-key");
    let call = call.header("x-api-requestId", request_id).timeout(Duration::from_millis(500));
    call.json(&body).send().await.ok().map(|answer| answer.status().as_u16())
}

async fn read(lifecare: &Lifecare, path: &str) -> (u16, Value) {
    let call = http_client().get(url(lifecare, path)).header("X-API-Key", "test-api-key");
    let answer = call.send().await.expect("an answer");
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

#[tokio::test]
async fn the_log_tells_whether_a_lost_call_did_its_work() {
    let cases = [
        (HttpFault::Refuse(401), Some(401), 0),
        (HttpFault::ResetBeforeStoring, None, 0),
        (HttpFault::ErrorAfterStoring(500), Some(500), 1),
        (HttpFault::ResetAfterStoring, None, 1),
        (HttpFault::HangAfterStoring, None, 1),
    ];
    for (fault, status, stored) in cases {
        let lifecare = Lifecare::start(LifecareOptions::default()).await;
        lifecare.fail_next(Operation::Create, 1, fault);
        assert_eq!(create(&lifecare, "lost-1").await, status, "{fault:?}");
        assert_eq!(lifecare.actualisations().len(), stored, "{fault:?}");
        let (_, logs) = read(&lifecare, "ApiLogs?requestId=lost-1&").await;
        assert_eq!(logs["TotalNumberOfRecords"], stored, "{fault:?}");
        let period = "startDate=2026-10-12T00:00:00&endDate=2026-10-12T23:59:59";
        let (_, listed) =
            read(&lifecare, &format!("Actualisations?personId={PERSON}&{period}&")).await;
        assert_eq!(listed["TotalNumberOfRecords"], stored, "{fault:?}");
    }
}

#[tokio::test]
async fn pages_begin_at_zero_and_size_zero_means_all() {
    let lifecare = Lifecare::start(LifecareOptions::default()).await;
    for day in 1..=5 {
        lifecare.add_actualisation(PERSON, &format!("2026-10-0{day}T00:00:00"));
    }
    let range = format!(
        "Actualisations?personId={PERSON}&startDate=2026-10-02T00:00:00&endDate=2026-10-31T23:59:59&"
    );
    let dates = |listed: Value| -> Vec<String> {
        let result = listed["Result"].as_array().cloned().unwrap_or_default();
        result
            .iter()
            .map(|entry| entry["Date"].as_str().unwrap_or_default()[8..10].to_owned())
            .collect()
    };
    assert_eq!(dates(read(&lifecare, &range).await.1), ["02", "03", "04", "05"]);
    assert_eq!(
        dates(read(&lifecare, &format!("{range}pageSize=3&pageNr=0&")).await.1),
        ["02", "03", "04"]
    );
    assert_eq!(dates(read(&lifecare, &format!("{range}pageSize=3&pageNr=1&")).await.1), ["05"]);
    let bare = format!("Actualisations?personId={PERSON}&startDate=2026-10-02&endDate=2026-10-31&");
    assert_eq!(read(&lifecare, &bare).await.0, 400);
}

#[tokio::test]
async fn a_protected_person_is_shown_as_such_without_an_address() {
    let lifecare = Lifecare::start(LifecareOptions::default()).await;
    let person_id = "197801022398".to_owned();
    lifecare.add_person(Person { person_id, name: "Skydda Skyddsson".to_owned(), protected: true });
    let (status, person) = read(&lifecare, "Persons?personId=197801022398&").await;
    assert_eq!((status, &person["ProtectedRegistration"]), (200, &json!(true)));
    assert!(person["StreetAddress"].is_null());
    lifecare.forget_person("197801022398");
    assert_eq!(read(&lifecare, "Persons?personId=197801022398&").await.0, 404);
    assert_eq!(read(&lifecare, "Persons?personId=1978&").await.0, 400);
    let no_api_key =
        http_client().get(url(&lifecare, "Persons?personId=197801022398&")).send().await;
    assert_eq!(no_api_key.expect("an answer").status().as_u16(), 401);
}
