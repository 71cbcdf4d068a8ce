//! The caseworker of the person's open case is named, and what was sent about a notice lies with its case: once, however often the gateway dies.

use serde_json::Value;
use serde_json::json;

use crate::support::case_http::CaseHttp;
use crate::support::case_http::CaseOptions;
use crate::support::gateway::Gateway;
use crate::support::wait;

use super::confirmations;
use super::confirmations::FOLDER;
use super::confirmations::ROSTER;
use super::confirmations::confirmation;
use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::answer;
use super::place::end;
use super::place::names;
use super::visitor::Visitor;

/// One more, who has no duty.
const CECILIA: &str = r#"
[[persons]]
id = "cc03"
name = "Cecilia Exempel"
telephone = "040-00 00 03"
mail = "cecilia@kommun.example"
"#;

const AWAY: &str =
    "[[absences]]\nperson = \"cc03\"\nfirst = \"2020-01-01\"\nlast = \"2099-12-31\"\n";

async fn sent(place: &Place, key: &str, case_number: &str) -> String {
    let mut notice: Value = serde_json::from_slice(&confirmations::notice()).unwrap();
    notice["enforcement"]["caseNumber"] = case_number.into();
    let body = notice.to_string().into_bytes();
    let (status, told) = answer(place.post(key, "application/json", body)).await;
    assert_eq!(status, 202, "{told}");
    told["reference"].as_str().unwrap_or_default().to_owned()
}

fn events(shown: &str, event: &str) -> usize {
    shown.matches(event).count()
}

#[tokio::test]
async fn the_open_cases_caseworker_is_named_and_what_was_sent_lies_with_the_case_once() {
    let place = confirmations::place(None, "[\"folder\"]", Some(&format!("{ROSTER}{CECILIA}")));
    std::fs::create_dir_all(place.path("cases")).unwrap();
    let known = json!({ "198501012390": { "name": "EXEMPEL, Cecilia" } }).to_string();
    std::fs::write(place.path("cases/open-cases.json"), known).unwrap();
    let kill = [("KVITTENS_TEST_KILL", "after_enclosing_before_outcome:1")];
    let mut gateway = Gateway::start(&place.workspace, &kill).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, "U-123456-26").await;
    let first = confirmation(&place, 1).await;
    assert_eq!(
        (&first["caseworker"]["name"], &first["caseworker"]["telephone"]),
        (&"Cecilia Exempel".into(), &"040-00 00 03".into())
    );
    assert!(!gateway.wait_exit().await.success(), "killed at its point");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    wait::eventually("it is on record", LIMIT, || async {
        let (_, shown) = place.says(&["show", &reference, "--json"]).await;
        events(&shown, "acknowledgement.enclosed") == 1
    })
    .await;
    let (well, said) = place.says(&["copy", &reference, "--approve"]).await;
    assert!(well, "{said}");
    let enclosed =
        [format!("{reference}.confirmation.0.json"), format!("{reference}.copy.0.1.pdf")];
    wait::eventually("both lie there, and nothing else", LIMIT, || async {
        names(&place.path("cases/enclosed")) == enclosed
    })
    .await;
    let read = |part: String| std::fs::read(place.path(&part)).unwrap();
    assert_eq!(
        read(format!("cases/enclosed/{}", enclosed[0])),
        read(format!("{FOLDER}/bekraftelse-00000001.json")),
        "exactly as it was sent"
    );
    assert_eq!(
        read(format!("cases/enclosed/{}", enclosed[1])),
        read(format!("brev/kopia-{reference}.1.pdf"))
    );
    // Whoever is away is not named: whoever is on duty is.
    std::fs::write(place.path("roster.toml"), format!("{ROSTER}{CECILIA}{AWAY}")).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    sent(&place, &key, "U-654321-26").await;
    assert_eq!(confirmation(&place, 2).await["caseworker"]["name"], "Anna Exempel");
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test]
async fn a_correction_made_after_the_hand_over_lies_with_the_case_once_unless_it_is_about_somebody_else()
 {
    let place = confirmations::place(None, "[\"folder\"]", Some(ROSTER));
    std::fs::create_dir_all(place.path("cases")).unwrap();
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, "U-123456-26").await;
    let first = format!("{reference}.confirmation.0.json");
    let lies = |wanted: Vec<String>| {
        let place = &place;
        async move {
            wait::eventually("it lies there", LIMIT, || async {
                names(&place.path("cases/enclosed")) == wanted
            })
            .await;
        }
    };
    lies(vec![first.clone()]).await;
    end(gateway).await;
    let correct = |set: &'static str| {
        let (place, reference) = (&place, reference.clone());
        async move {
            let (well, said) = place.says(&["correct", &reference, set, "--reason=misread"]).await;
            assert!(well, "{said}");
        }
    };
    correct("--set=dwelling/city=Trelleborg").await;
    let kill = [("KVITTENS_TEST_KILL", "after_enclosing_before_outcome:1")];
    let mut gateway = Gateway::start(&place.workspace, &kill).await;
    assert!(!gateway.wait_exit().await.success(), "killed at its point");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let told = format!("{reference}.correction.1.txt");
    lies(vec![first.clone(), told.clone()]).await;
    wait::eventually("it is on record", LIMIT, || async {
        let (_, shown) = place.says(&["show", &reference, "--json"]).await;
        events(&shown, "correction.enclosed") == 1
    })
    .await;
    let text = std::fs::read_to_string(place.path(&format!("cases/enclosed/{told}"))).unwrap();
    assert!(text.contains("Ort: Trelleborg, tidigare ") && text.contains(&reference), "{text}");
    let anna = Visitor::with_account(&place, "anna", &["--role", "handle"]).await;
    let page = anna.get(&format!("/ops/notices/{reference}?lang=en")).await.text;
    assert!(page.contains("The correction lies with the case"), "{page}");
    // Whose case it is, only people put right; nothing more is put with the wrong person's.
    correct("--set=persons/0/identity/value=197801022398").await;
    wait::eventually("it stands before a person", LIMIT, || async {
        let (_, said) = place.says(&["enclose"]).await;
        said.contains(&format!("{reference}  correction  case "))
    })
    .await;
    let page = anna.get(&format!("/ops/notices/{reference}?lang=en")).await.text;
    assert!(page.contains("Correct the case in the case system by hand"), "{page}");
    assert_eq!(names(&place.path("cases/enclosed")), [first, told], "nothing more lies there");
    let (well, said) = place.says(&["enclose", &reference, "--by-hand"]).await;
    assert!(well, "{said}");
    let page = anna.get(&format!("/ops/notices/{reference}?lang=en")).await.text;
    assert!(
        page.contains("The case was corrected by hand") && !page.contains("by hand, and say so")
    );
    assert!(!gateway.output().contains("Trelleborg"), "no values in the log");
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test]
async fn what_the_case_system_refuses_a_person_puts_there_and_says_so() {
    let platform = CaseHttp::start(CaseOptions::default()).await;
    let place = confirmations::place(None, "[\"folder\"]", Some(ROSTER));
    let (url, token) = (platform.url(), platform.token().to_owned());
    let config = place.workspace.config();
    let more = std::fs::read_to_string(&config).unwrap();
    let more = more.split_once("[acknowledge.enforcement_authority]").unwrap().1.to_owned();
    let more = format!("[acknowledge.enforcement_authority]{more}");
    place.rewrite(&Wishes { platform: Some((url.clone(), token)), more, ..Wishes::default() });
    let text = std::fs::read_to_string(&config).unwrap();
    let refusing = format!("kind = \"http\"\nenclosures = \"{url}/nowhere\"\n");
    std::fs::write(&config, text.replacen("kind = \"http\"\n", &refusing, 1)).unwrap();
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, "U-123456-26").await;
    let listed = || async {
        let (well, said) = place.says(&["enclose"]).await;
        assert!(well, "{said}");
        said.contains(&format!("{reference}  confirmation  case CASE-1"))
    };
    wait::eventually("it is listed", LIMIT, listed).await;
    wait::eventually("the alarm is raised", LIMIT, || async {
        let url = place.workspace.url("/metrics");
        let text = place.http.get(url).send().await.unwrap().text().await.unwrap();
        text.contains("kvittens_alarm{cause=\"case.notEnclosed\"} 1")
    })
    .await;
    let calls = || platform.calls().iter().filter(|call| call.path == "/nowhere").count();
    let before = calls();
    let (well, said) = place.says(&["enclose", &reference, "--again"]).await;
    assert!(well, "{said}");
    wait::eventually("it was tried again", LIMIT, || async { calls() > before }).await;
    wait::eventually("it is listed again", LIMIT, listed).await;
    let (well, said) = place.says(&["enclose", &reference, "--by-hand"]).await;
    assert!(well, "{said}");
    let (_, said) = place.says(&["enclose"]).await;
    assert!(said.contains("Everything that was sent"), "{said}");
    let (well, said) = place.says(&["enclose", &reference, "--by-hand"]).await;
    assert!(!well && said.contains("nothing is missing"), "{said}");
    let (_, shown) = place.says(&["show", &reference, "--json"]).await;
    for event in ["acknowledgement.notEnclosed", "person.enclosureRetried", "person.enclosed"] {
        assert!(shown.contains(event), "{event}: {shown}");
    }
    assert!(names(&place.path("cases")).is_empty());
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}
