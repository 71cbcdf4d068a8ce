//! The pages for what must be done the same day: naming a caseworker, looking at and approving letters, and putting on record what was done otherwise.
//! A browser without JavaScript, the roles, and forms of other sites.

use reqwest::Method;
use serde_json::Value;
use serde_json::json;

use crate::support::gateway::Gateway;
use crate::support::wait;

use super::forms::form;
use super::forms::plain;
use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::answer;
use super::place::end;
use super::planting::JSON;
use super::visitor::Visitor;

/// Everybody is on duty all day, every day.
pub(super) const ROSTER: &str = r#"# Our own people.
[[persons]]
id = "aa01"
name = "Anna Exempel"
telephone = "040-00 00 01"
mail = "anna@kommun.example"

[[persons]]
id = "bb02"
name = "Bo Exempel"
telephone = "040-00 00 02"
mail = "bo@kommun.example"

[[units]]
id = "boende-mottagning"
telephone = "040-00 00 10"

# Always.
[[duties]]
unit = "boende-mottagning"
person = "aa01"
weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
from = "00:00"
to = "24:00"
holidays = true
"#;

/// A place with ways to Kronofogden and to persons, and a roster.
pub(super) fn place(roster: &str) -> Place {
    let place = Place::new(&Wishes::default());
    for folder in ["kronofogden", "brev"] {
        std::fs::create_dir_all(place.path(folder)).unwrap();
    }
    let shown = |part: &str| place.path(part).display().to_string();
    std::fs::write(place.path("roster.toml"), roster).unwrap();
    let more = format!(
        "[acknowledge.enforcement_authority]\nways = [\"folder\"]\nfolder = {:?}\n[letter]\nprint_folder = {:?}\n\
         [roster]\nfile = {:?}\nlook_every = \"100ms\"\n",
        shown("kronofogden"),
        shown("brev"),
        shown("roster.toml")
    );
    place.rewrite(&Wishes { more, ..Wishes::default() });
    place
}

/// A notice of the time of an eviction of two persons, as Kronofogden's system would send it.
pub(super) fn notice(street: Option<&str>) -> Value {
    json!({
        "schemaVersion": "1.0", "type": "evictionScheduled",
        "sender": { "kind": "enforcementAuthority", "name": "Kronofogden" },
        "persons": [
            { "role": "tenant", "name": "Testa Testsson",
              "identity": { "kind": "personalIdentityNumber", "value": "198501012390" } },
            { "role": "coTenant", "name": "Provo Testsson",
              "identity": { "kind": "personalIdentityNumber", "value": "199001022384" } } ],
        "dwelling": { "street": street, "postalCode": "21432", "city": "Malmö" },
        "enforcement": { "caseNumber": "U-123456-26", "startsAt": "2026-12-24T09:00:00+01:00" }
    })
}

pub(super) async fn sent(place: &Place, key: &str, notice: &Value) -> String {
    let (status, told) = answer(place.post(key, JSON, notice.to_string())).await;
    assert_eq!(status, 202, "{told}");
    told["reference"].as_str().unwrap_or_default().to_owned()
}

/// A confirmation in Kronofogden's folder, by its number.
pub(super) async fn confirmation(place: &Place, number: u32) -> Value {
    let file = place.path("kronofogden").join(format!("bekraftelse-{number:08}.json"));
    wait::until("a confirmation in the folder", LIMIT, || async {
        serde_json::from_slice(&std::fs::read(&file).ok()?).ok()
    })
    .await
}

pub(super) async fn handler<'a>(place: &'a Place) -> Visitor<'a> {
    Visitor::with_account(place, "anna", &["--role", "handle"]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caseworker_is_named_on_the_page_and_the_confirmation_goes() {
    let place = place("");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let first = sent(&place, &key, &notice(Some("Exempelgatan 12"))).await;
    let second = sent(&place, &key, &notice(Some("Exempelgatan 13"))).await;
    let handler = handler(&place).await;
    wait::eventually("both wait for a name", LIMIT, || async {
        let list = handler.get("/ops/unconfirmed").await.text;
        list.matches("no responsible caseworker can be named").count() == 2
    })
    .await;
    let list = handler.get("/ops/unconfirmed?lang=sv").await.text;
    plain(&list);
    assert!(
        list.contains("<strong id=\"count\">2</strong>") && list.contains("Ange en handläggare")
    );
    assert!(!list.contains("U-123456-26") && !list.contains("Testsson"), "{list}");
    let front = handler.get("/ops/").await.text;
    assert!(front.contains("2 not confirmed to Kronofogden"), "{front}");
    assert!(front.contains("2 confirmations to Kronofogden are owed."), "{front}");
    the_list_to_print(&place, &handler, &first).await;
    let to = format!("/ops/notices/{first}/name");
    let asked = form(&list, &to, None);
    for (wrong, said) in [
        (vec![("name", "Anna Exempel"), ("telephone", "12")], "notDialled"),
        (vec![("name", ""), ("telephone", "040-00 00 01")], "nobodyNamed"),
        (vec![("name", "Anna\nExempel"), ("telephone", "040-00 00 01")], "nobodyNamed"),
    ] {
        let seen = handler.post(&to, &asked.filled(&wrong)).await;
        assert_eq!(seen.to(), format!("/ops/unconfirmed?said={said}"));
    }
    let named = [("name", "Anna Exempel"), ("telephone", "040-00 00 01")];
    let seen = handler.post(&to, &asked.filled(&named)).await;
    assert_eq!(seen.to(), "/ops/unconfirmed?said=named");
    let told = confirmation(&place, 1).await;
    assert_eq!(
        (&told["reference"], &told["caseworker"]["name"]),
        (&first.as_str().into(), &"Anna Exempel".into())
    );
    let page = handler.get(&format!("/ops/notices/{second}")).await.text;
    plain(&page);
    let otherwise = form(&page, &format!("/ops/notices/{second}/confirmed"), None);
    let seen = handler.post(&otherwise.action, &otherwise.filled(&[("reason", "")])).await;
    assert!(seen.to().ends_with("said=reasonMissing"));
    let seen = handler
        .post(&otherwise.action, &otherwise.filled(&[("reason", "by telephone 14:10")]))
        .await;
    assert_eq!(seen.to(), format!("/ops/notices/{second}?said=confirmed"));
    wait::eventually("nothing is owed", LIMIT, || async {
        handler.get("/ops/unconfirmed").await.text.contains("a confirmation of every notice")
    })
    .await;
    let again = handler.post(&otherwise.action, &otherwise.filled(&[("reason", "twice")])).await;
    assert!(again.to().ends_with("said=refused"));
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
    let (_, shown) = place.says(&["show", &first, "--json"]).await;
    assert!(shown.contains("user:anna") && shown.contains("person.named"), "{shown}");
}

/// Kronofogden's numbers are shown to somebody who says why, and each look is on record.
async fn the_list_to_print(place: &Place, handler: &Visitor<'_>, first: &str) {
    let list = handler.get("/ops/unconfirmed").await.text;
    let asked = form(&list, "/ops/unconfirmed", None);
    let seen = handler.post("/ops/unconfirmed", &asked.filled(&[("why", "")])).await;
    assert_eq!(seen.to(), "/ops/unconfirmed?said=whyMissing");
    let sheet = handler.post("/ops/unconfirmed", &asked.filled(&[("why", "confirm")])).await;
    assert_eq!(sheet.headers["cache-control"], "no-store");
    assert_eq!(sheet.text.matches("U-123456-26").count(), 2, "{}", sheet.text);
    assert!(sheet.text.contains("2026-12-24 09:00") && sheet.text.contains("Confirmed at, by"));
    let (_, shown) = place.says(&["show", first, "--json"]).await;
    assert!(shown.contains("person.unmasked") && shown.contains("caseNumber"), "{shown}");
    let css = handler.get("/ops/style.css").await.text;
    assert!(css.contains("@media print") && css.contains(".sheet .byhand { display: table-cell"));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_does_its_own_and_forms_of_other_sites_do_nothing() {
    let place = place(ROSTER);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, &notice(Some("Exempelgatan 12"))).await;
    confirmation(&place, 1).await;
    let mut visitors = Vec::new();
    for role in ["view", "handle", "administer", "statistics"] {
        visitors.push(Visitor::with_account(&place, role, &["--role", role]).await);
    }
    let of = |verb: &str| format!("/ops/notices/{reference}/{verb}");
    // path, and the status for view, handle, administer, statistics
    let table = [
        (Method::GET, "/ops/unconfirmed".to_owned(), [200, 200, 403, 403]),
        (Method::GET, "/ops/copies".to_owned(), [200, 200, 403, 403]),
        (Method::GET, "/ops/roster".to_owned(), [200, 200, 200, 403]),
        (Method::GET, of("copy"), [403, 200, 403, 403]),
        (Method::POST, "/ops/unconfirmed".to_owned(), [403, 303, 403, 403]),
        (Method::POST, of("name"), [403, 303, 403, 403]),
        (Method::POST, of("confirmed"), [403, 303, 403, 403]),
        (Method::POST, of("copy/letter/1"), [403, 303, 403, 403]),
        (Method::POST, of("copy/approve"), [403, 303, 403, 403]),
        (Method::POST, of("copy/sent"), [403, 303, 403, 403]),
        (Method::POST, "/ops/roster".to_owned(), [403, 409, 409, 403]),
    ];
    for (method, path, expected) in &table {
        for (visitor, status) in visitors.iter().zip(expected) {
            let same = [("sec-fetch-site", "same-origin")];
            let seen = visitor.ask(method.clone(), path, &[], &same).await;
            assert_eq!(seen.status, *status, "{method} {path}");
        }
        if *method == Method::POST {
            for foreign in [vec![], vec![("sec-fetch-site", "cross-site")]] {
                let seen =
                    visitors[1].ask(Method::POST, path, &[("why", "confirm")], &foreign).await;
                assert_eq!(seen.status, 403, "{path} {foreign:?}");
                assert!(seen.text.contains("nothing was done"));
            }
        }
    }
    let front = visitors[3].get("/ops/").await.text;
    assert!(
        front.contains("copies to persons wait") && !front.contains("/ops/copies"),
        "numbers only"
    );
    end(gateway).await;
    let (_, shown) = place.says(&["show", &reference, "--json"]).await;
    assert!(!shown.contains("person."), "nothing was done: {shown}");
}
