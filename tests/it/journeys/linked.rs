//! A supplement, a withdrawal and a new time find their first notice and say what changed; a stranger's word links nothing, and people put it right.

use serde_json::Value;
use serde_json::json;

use crate::support::gateway::Gateway;
use crate::support::wait;

use super::place::LIMIT;
use super::place::Place;
use super::place::ROOT;
use super::place::Wishes;
use super::place::answer;
use super::place::end;
use super::promised::sent;
use super::visitor::Visitor;

fn of(kind: &str, change: impl Fn(&mut Value)) -> Value {
    let mut notice = json!({
        "schemaVersion": "1.0", "type": kind,
        "sender": { "kind": "landlord", "name": "Hyresvärden Exempel" },
        "persons": [{ "role": "tenant", "name": "Testa Testsson",
            "identity": { "kind": "personalIdentityNumber", "value": "198501012390" } }],
    });
    change(&mut notice);
    notice
}

fn first(notice: &mut Value) {
    notice["dwelling"] = json!({ "street": "Exempelgatan 12" });
    notice["arrears"] = json!({ "amountToRecover": "17824.00" });
    notice["issuedOn"] = json!("2026-10-10");
}

async fn told(place: &Place, reference: &str) -> String {
    let (well, said) = place.says(&["link", reference]).await;
    assert!(well, "{said}");
    said.trim().to_owned()
}

async fn handed_over(place: &Place, count: usize) {
    wait::eventually("all are in a case", LIMIT, || async {
        let notices = place.notices().await;
        notices.len() == count && notices.iter().all(|notice| notice["state"] == "delivered")
    })
    .await;
}

fn case_of(place: &Place, reference: &str) -> Value {
    let names = super::place::names(&place.path("cases"));
    let name = names.iter().find(|name| name.contains(reference)).expect("a case of its own");
    let read = std::fs::read(place.path("cases").join(name)).unwrap();
    serde_json::from_slice(&read).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_later_is_linked_to_the_first_and_says_what_changed() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let (landlord, other) = (place.client("landlord").await, place.client("other").await);
    let reference = sent(&place, &landlord, &of("rentArrears", first)).await;
    handed_over(&place, 1).await;
    let supplement = |notice: &mut Value| {
        notice["relatesTo"] = json!({ "reference": reference.to_lowercase() });
        notice["dwelling"] = json!({ "street": "Exempelgatan 14", "postalCode": "21400" });
    };
    let added = sent(&place, &landlord, &of("supplement", supplement)).await;
    let withdrawn = sent(&place, &landlord, &of("withdrawal", |_| {})).await;
    let strange = sent(&place, &other, &of("withdrawal", |_| {})).await;
    let guessed = |notice: &mut Value| {
        notice["relatesTo"] = json!({ "reference": reference });
        notice["persons"] = json!([]);
    };
    let guessed = sent(&place, &other, &of("supplement", guessed)).await;
    wait::eventually("what can be linked is linked", LIMIT, || async {
        told(&place, &reference).await.lines().count() == 2
    })
    .await;
    let expected = format!(
        "{added}  belongs to {reference}  supplement (reference); new or changed: /dwelling/postalCode /dwelling/street"
    );
    assert_eq!(told(&place, &added).await, expected);
    let expected = format!("{withdrawn}  belongs to {reference}  withdrawal (person)");
    assert_eq!(told(&place, &withdrawn).await, expected);
    for unknown in [&strange, &guessed] {
        let expected = "belongs to no earlier notice, and nothing came later";
        assert!(
            told(&place, unknown).await.contains(expected),
            "another sender's word is not enough"
        );
    }
    by_hand(&place, &strange, &reference).await;
    let cases = place.notices().await;
    let first_case = cases.iter().find(|it| it["reference"] == reference.as_str()).unwrap();
    let handed = case_of(&place, &added);
    let belongs = &handed["event"]["belongsTo"];
    assert_eq!(belongs["reference"], reference.as_str(), "{handed}");
    assert_eq!(belongs["caseId"], first_case["caseId"]);
    assert_eq!(belongs["relation"], "supplement");
    assert!(!gateway.output().contains("850101"), "no numbers in the log");
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

/// A person says on the page where a notice belongs, and takes it back by command.
async fn by_hand(place: &Place, later: &str, first: &str) {
    let anna = Visitor::with_account(place, "anna", &["--role", "handle"]).await;
    let vera = Visitor::with_account(place, "vera", &["--role", "view"]).await;
    let (page, to) = (format!("/ops/notices/{later}"), format!("/ops/notices/{later}/belongs-to"));
    assert!(anna.get(&page).await.text.contains(&to) && !vera.get(&page).await.text.contains(&to));
    assert_eq!(vera.post(&to, &[("earlier", first)]).await.status, 403);
    let said = |seen: super::visitor::Seen| seen.to().to_owned();
    let none = said(anna.post(&to, &[("earlier", "AVH-0000-0000")]).await);
    assert_eq!(none, format!("{page}?said=noSuchEarlier"));
    let itself = said(anna.post(&to, &[("earlier", later)]).await);
    assert_eq!(itself, format!("{page}?said=noSuchEarlier"));
    let done = said(anna.post(&to, &[("earlier", first)]).await);
    assert_eq!(done, format!("{page}?said=linked"));
    let shown = vera.get(&page).await.text;
    assert!(shown.contains("Withdrawal of") && shown.contains("A person said so."), "{shown}");
    let shown = vera.get(&format!("/ops/notices/{first}")).await.text;
    assert!(
        shown.contains("This came later in the same matter") && shown.contains(later),
        "{shown}"
    );
    let (well, text) = place.says(&["link", later, "--none"]).await;
    assert!(well, "{text}");
    assert!(told(place, later).await.contains("belongs to no earlier notice"));
    let (well, text) = place.says(&["show", later]).await;
    assert!(well && text.contains("notice.linked") && text.contains("notice.unlinked"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_time_takes_the_place_of_the_first_and_what_follows_is_the_same_matter() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let time = |starts_at: &'static str| {
        move |notice: &mut Value| {
            notice["sender"] = json!({ "kind": "enforcementAuthority", "name": "Kronofogden" });
            notice["enforcement"] = json!({ "caseNumber": "U-123456-26", "startsAt": starts_at });
        }
    };
    let first =
        sent(&place, &key, &of("evictionScheduled", time("2026-12-22T09:00:00+01:00"))).await;
    wait::eventually("the first is there", LIMIT, || async { place.notices().await.len() == 1 })
        .await;
    let anew =
        sent(&place, &key, &of("evictionScheduled", time("2026-12-29T09:00:00+01:00"))).await;
    let off = |notice: &mut Value| {
        time("2026-12-29T09:00:00+01:00")(notice);
        notice["enforcement"] = json!({ "caseNumber": "U-123456-26", "outcome": "cancelled" });
    };
    let off = sent(&place, &key, &of("evictionChanged", off)).await;
    wait::eventually("both belong to the first", LIMIT, || async {
        told(&place, &first).await.lines().count() == 2
    })
    .await;
    let expected = "newTime (caseNumber); new or changed: /enforcement/startsAt";
    assert!(told(&place, &anew).await.ends_with(expected));
    let expected = format!(
        "{off}  belongs to {first}  changed (caseNumber); new or changed: /enforcement/outcome"
    );
    assert_eq!(told(&place, &off).await, expected);
    end(gateway).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_adds_to_its_own_notice_and_takes_it_back_by_its_address() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let (landlord, other) = (place.client("landlord").await, place.client("other").await);
    let reference = sent(&place, &landlord, &of("rentArrears", first)).await;
    let to = |what: &str, key: &str, body: &Value| {
        let url = place.workspace.url(&format!("{ROOT}/notices/{reference}/{what}"));
        let request = place.http.post(url).bearer_auth(key);
        request.header("content-type", "application/json").body(body.to_string())
    };
    let told_more = json!({ "schemaVersion": "1.0", "type": "supplement", "dwelling": { "street": "Exempelgatan 14" } });
    let (status, _) = answer(to("supplements", &other, &told_more)).await;
    assert_eq!(status, 404, "nobody else's notice");
    let (status, added) = answer(to("supplements", &landlord, &told_more)).await;
    assert_eq!(status, 202, "{added}");
    assert_eq!(added["notices"][0]["type"], "supplement");
    let (_, again) = answer(to("supplements", &landlord, &told_more)).await;
    assert_eq!((&again["reference"], &again["duplicate"]), (&added["reference"], &json!(true)));
    let paid =
        json!({ "schemaVersion": "1.0", "type": "withdrawal", "text": "Skulden är betald." });
    let (status, back) = answer(to("withdrawals", &landlord, &paid)).await;
    assert_eq!(status, 202, "{back}");
    assert_eq!(back["notices"][0]["type"], "withdrawal");
    let corrected = of("rentArrears", |notice| {
        first(notice);
        notice["arrears"] = json!({ "amountToRecover": "8912.00" });
    });
    let (status, corrected) = answer(to("supplements", &landlord, &corrected)).await;
    assert_eq!((status.as_u16(), &corrected["notices"][0]["type"]), (202, &json!("rentArrears")));
    wait::eventually("all are linked", LIMIT, || async {
        told(&place, &reference).await.lines().count() == 3
    })
    .await;
    let said = told(&place, &reference).await;
    for expected in [
        "supplement (reference); new or changed: /dwelling/street",
        "withdrawal (reference)",
        "continues (reference); new or changed: /arrears/amountToRecover",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}
