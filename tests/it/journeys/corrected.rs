//! A person corrects what the reader misread: by the page and by the command line; what was read is kept, and what follows from it follows.

use serde_json::Value;
use serde_json::json;

use crate::support::gateway::Gateway;
use crate::support::wait;

use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::end;
use super::promised;
use super::visitor::Visitor;
use super::visitor::account;

const LETTER: &str = "From: anna@hyra.example\r\nTo: kvittens@example.org\r\nSubject: Obetald hyra\r\n\
    Message-ID: <1@hyra.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
    Hyresgästen Testa Testsson, 850101-2390, Exempelgatan 12 lgh 1102, 214 00 Malmö, har inte betalt hyran för oktober, 8 912 kr.\r\n";

/// Another official test number.
const NUMBER: &str = "197801022398";

async fn notice(place: &Place) -> Value {
    place.notices().await.into_iter().next().unwrap_or_default()
}

async fn until(place: &Place, state: &str) -> String {
    wait::eventually(state, LIMIT, || async { notice(place).await["state"] == state }).await;
    notice(place).await["reference"].as_str().unwrap_or_default().to_owned()
}

/// The digest that the page's form bears.
fn seen(page: &str) -> String {
    let rest = page.split("name=\"seen\" value=\"").nth(1).unwrap_or_default();
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// What the command and the page list of the second correction: what stood and what stands, numbers hidden.
fn lists(shown: &str, page: &str) {
    let told: Value = serde_json::from_str(shown).expect("JSON");
    let changes = told["corrections"][1]["changes"].as_array().cloned().unwrap_or_default();
    let kind = changes.iter().find(|it| it["path"] == "/type").cloned().unwrap_or_default();
    assert_eq!(
        (&kind["before"], &kind["after"]),
        (&json!("rentArrears"), &json!("evictionScheduled"))
    );
    let number = changes.iter().find(|it| it["path"] == "/persons/0/identity/value");
    assert_eq!(number.map(|it| it["after"].clone()), Some(json!("***")), "{told}");
    let listed = page.split("id=\"corrected\"").nth(1).unwrap_or_default();
    let listed = listed.split("</section>").next().unwrap_or_default();
    assert!(
        listed.contains("misread") && listed.contains("•••") && !listed.contains(NUMBER),
        "{listed}"
    );
}

#[tokio::test]
async fn a_misread_notice_is_corrected_on_its_page_and_handed_over_as_it_stands_then() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    place.workspace.deliver_mail("1", LETTER.as_bytes());
    let reference = until(&place, "needsReview").await;
    let path = format!("/ops/notices/{reference}");
    let reader = Visitor::with_account(&place, "vera", &["--role", "view"]).await;
    assert!(!reader.get(&path).await.text.contains(&format!("{path}/correct")));
    let visitor = Visitor::with_account(&place, "anna", &["--role", "handle"]).await;
    let page = visitor.get(&format!("{path}?lang=en")).await.text;
    let first = seen(&page);
    assert!(page.contains(&format!("{path}/correct")) && !page.contains("198501012390"), "{page}");
    let correct = format!("{path}/correct");
    let wrong = [
        ("seen", first.as_str()),
        ("because", "misread"),
        ("dwelling/city", "Nystad"),
        ("persons/0/identity/value", "197801022399"),
    ];
    let refused = visitor.post(&correct, &wrong).await.text;
    assert!(refused.contains("value=\"Nystad\""), "what was typed is kept: {refused}");
    assert!(refused.contains("correct-persons-0-identity-value-fault"), "{refused}");
    let (well, said) =
        place.says(&["correct", &reference, "--set=dwelling/city=Lund", "--reason=notTold"]).await;
    assert!(well, "{said}");
    let right = [
        ("seen", first.as_str()),
        ("because", "misread"),
        ("how", "handOver"),
        ("persons/0/identity/value", NUMBER),
    ];
    let stale = visitor.post(&correct, &right).await.text;
    assert!(stale.contains(NUMBER) && seen(&stale) != first, "{stale}");
    let now = seen(&stale);
    let right =
        [("seen", now.as_str()), right[1], right[2], right[3], ("type", "evictionScheduled")];
    let done = visitor.post(&correct, &right).await;
    assert!(done.to().contains("said=corrected"), "{}", done.to());
    until(&place, "delivered").await;
    let read = notice(&place).await;
    assert_eq!(read["type"], "evictionScheduled", "{read}");
    let (_, shown) = place.says(&["show", &reference, "--json"]).await;
    assert!(shown.matches("notice.corrected").count() == 2, "{shown}");
    assert!(shown.contains("\"confirmation\"") && shown.contains("\"copy\""), "{shown}");
    assert!(!shown.contains(NUMBER) && !shown.contains("Lund"), "{shown}");
    lists(&shown, &visitor.get(&format!("{path}?lang=en")).await.text);
    let (well, said) = place.says(&["verify"]).await;
    assert!(well, "{said}");
    end(gateway).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_around_a_correction_it_stands_whole_or_not_at_all() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    place.workspace.deliver_mail("1", LETTER.as_bytes());
    let reference = until(&place, "needsReview").await;
    let password = account(&place, "anna", &["--role", "handle"]).await;
    end(gateway).await;
    let path = format!("/ops/notices/{reference}");
    let kills = [("before_correction:1", 0), ("after_correction_before_answer:1", 1)];
    for (point, stands) in kills {
        let mut gateway = Gateway::start(&place.workspace, &[("KVITTENS_TEST_KILL", point)]).await;
        let anna = Visitor::logged_in(&place, "anna", &password).await;
        let now = seen(&anna.get(&path).await.text);
        let said = [
            ("seen", now.as_str()),
            ("because", "misread"),
            ("how", "correct"),
            ("type", "evictionScheduled"),
            ("persons/0/identity/value", NUMBER),
        ];
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(said).finish();
        let request = place.http.post(place.workspace.url(&format!("{path}/correct")));
        let request =
            request.header("cookie", &anna.cookie).header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        assert!(request.body(body).send().await.is_err(), "{point}: it dies");
        assert!(!gateway.wait_exit().await.success(), "{point}");
        let (well, shown) = place.says(&["show", &reference, "--json"]).await;
        assert!(well, "{shown}");
        let shown: Value = serde_json::from_str(&shown).expect("JSON");
        assert_eq!(shown["corrections"].as_array().map(Vec::len), Some(stands), "{point}: {shown}");
        let owed = shown["acknowledgements"].as_array().cloned().unwrap_or_default();
        let owed = owed.iter().filter(|it| it["purpose"] == "confirmation").count();
        assert_eq!(owed, stands, "{point}: what the kind demands stands and falls with it");
        let lines = shown["history"].as_array().cloned().unwrap_or_default();
        let lines = lines.iter().filter(|it| it["event"] == "notice.corrected").count();
        assert_eq!(lines, stands, "{point}");
    }
    let gateway = Gateway::start(&place.workspace, &[]).await;
    assert_eq!(notice(&place).await["type"], "evictionScheduled");
    let (well, said) = place.says(&["verify"]).await;
    assert!(well, "{said}");
    let log = gateway.output();
    assert!(!log.contains(NUMBER) && !log.contains("780102"), "{log}");
    end(gateway).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kronofogden_is_told_anew_what_it_was_told_wrong() {
    let place = promised::place(promised::ROSTER);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = promised::sent(&place, &key, &promised::notice(Some("Exempelgatan 12"))).await;
    let first = promised::confirmation(&place, 1).await;
    assert_eq!((&first["caseNumber"], first.get("replaces")), (&json!("U-123456-26"), None));
    let (well, said) = place
        .says(&[
            "correct",
            &reference,
            "--set=enforcement/caseNumber=U-654321-26",
            "--reason=misread",
        ])
        .await;
    assert!(well, "{said}");
    let second = promised::confirmation(&place, 2).await;
    assert_eq!((&second["version"], &second["caseNumber"]), (&json!(1), &json!("U-654321-26")));
    let replaces = json!({
        "reference": reference, "caseNumber": "U-123456-26", "startsAt": first["startsAt"],
    });
    assert_eq!(second["replaces"], replaces, "{second}");
    assert_eq!(second["caseworker"], first["caseworker"]);
    let (well, said) =
        place.says(&["correct", &reference, "--set=dwelling/city=Lund", "--reason=other"]).await;
    assert!(well, "{said}");
    let (_, shown) = place.says(&["show", &reference, "--json"]).await;
    let shown: Value = serde_json::from_str(&shown).expect("JSON");
    let told: Vec<&Value> = shown["corrections"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| &it["confirmation"])
        .collect();
    assert_eq!(told, [&json!(1), &Value::Null], "a city tells Kronofogden nothing new");
    end(gateway).await;
    let (well, said) = place.says(&["verify"]).await;
    assert!(well, "{said}");
}
