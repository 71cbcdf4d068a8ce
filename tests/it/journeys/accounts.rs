//! The door of the operations pages of a running gateway: who gets in and for how long; and that unmasking is on record.

use reqwest::Method;
use serde_json::json;
use std::time::Duration;

use crate::support::gateway::Gateway;
use crate::support::wait;

use super::needles;
use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::answer;
use super::place::end;
use super::place::rows;
use super::planting::JSON;
use super::planting::clean;
use super::visitor::Seen;
use super::visitor::Visitor;
use super::visitor::account;

const NAME: &str = "kvittens_ops=";

#[tokio::test(flavor = "multi_thread")]
async fn the_door_opens_for_the_right_password_from_our_own_pages_only() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let mut visitor = Visitor::new(&place);
    for path in ["/ops/", "/ops/login", "/ops/notices", "/ops/nothing", "/ops/accounts"] {
        let seen = visitor.get(path).await;
        assert_eq!(seen.status, 403, "{path}");
        assert!(seen.text.contains("kvittens user add") && seen.text.contains("Skapa ett konto"));
    }
    let (_, noted) = place.says(&["check"]).await;
    assert!(noted.contains("nobody may log in"), "{noted}");
    let password = account(&place, "anna", &["--role", "view"]).await;
    let (_, noted) = place.says(&["check"]).await;
    assert!(!noted.contains("nobody may log in"), "{noted}");

    for (path, to) in [
        ("/ops/", "/ops/login"),
        ("/ops", "/ops/login"),
        ("/ops/notices?state=parked&lang=sv", "/ops/login?to=%2Fops%2Fnotices&lang=sv"),
        ("/ops/nothing/19850101-2390", "/ops/login"),
        ("/ops/notices/Testsson", "/ops/login"),
    ] {
        let seen = visitor.get(path).await;
        assert_eq!((seen.status.as_u16(), seen.to()), (303, to), "{path}");
    }
    let (wrong, unknown) =
        (visitor.log_in("anna", "wrong password 1").await, visitor.log_in("bo", &password).await);
    assert_eq!((wrong.status.as_u16(), unknown.status.as_u16()), (403, 403));
    assert!(wrong.cookie().is_none() && wrong.text.contains("do not belong together"));
    let without_time = |seen: &Seen| seen.text.split("<footer>").next().map(str::to_owned);
    assert_eq!(without_time(&wrong), without_time(&unknown), "the same answer");

    foreign_forms_are_refused(&visitor, &password).await;
    visitor.cookie = format!("{NAME}AAAAAAAAAAAAAAAAAAAAAA");
    let seen = visitor.log_in("anna", &password).await;
    let cookie = seen.cookie().expect("a cookie").to_owned();
    for mark in ["HttpOnly", "SameSite=Lax", "Path=/ops", "Max-Age=1800"] {
        assert!(cookie.contains(mark), "{mark}: {cookie}");
    }
    assert!(!cookie.contains("Secure"), "plain HTTP on this machine: {cookie}");
    assert!(!cookie.contains("AAAAAAAA"), "an id from outside is not taken over");
    let front = visitor.get("/ops/").await;
    assert!(front.status == 200 && front.text.contains("Logged in as"), "{}", front.text);
    assert_eq!(front.headers["cache-control"], "no-store");
    let value = visitor.cookie.trim_start_matches(NAME).to_owned();
    let raw = format!("(SELECT 1 FROM sessions WHERE id_hash || data LIKE '%{value}%')");
    assert_eq!((rows(&place, "sessions").await, rows(&place, &raw).await), (1, 0));

    let first = visitor.cookie.clone();
    assert_eq!(visitor.log_in("anna", &password).await.status, 303);
    assert_ne!(visitor.cookie, first, "every log-in begins another session");
    let mut before = Visitor::new(&place);
    before.cookie = first;
    assert_eq!(before.get("/ops/").await.to(), "/ops/login", "the one before has ended");
    assert_eq!(visitor.post("/ops/logout", &[]).await.to(), "/ops/login");
    assert_eq!(visitor.get("/ops/").await.to(), "/ops/login");
    assert_eq!(rows(&place, "sessions").await, 0);
    assert!(!gateway.output().contains(&password) && !gateway.output().contains("anna"));
    end(gateway).await;
}

async fn foreign_forms_are_refused(visitor: &Visitor<'_>, password: &str) {
    let form = [("name", "anna"), ("password", password)];
    let foreign: [&[(&str, &str)]; 5] = [
        &[],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
        &[("sec-fetch-site", "same-origin"), ("host", "evil.example")],
    ];
    for headers in foreign {
        let seen = visitor.ask(Method::POST, "/ops/login", &form, headers).await;
        assert!(seen.status == 403 && seen.cookie().is_none(), "{headers:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_are_slowed_and_the_owner_gets_in_afterwards() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let password = account(&place, "anna", &["--role", "view"]).await;
    let mut visitor = Visitor::new(&place);
    let mut last = visitor.log_in("anna", "wrong password 0").await;
    for guess in 1..8 {
        last = visitor.log_in("anna", &format!("wrong password {guess}")).await;
    }
    assert_eq!(last.status, 429);
    let seconds: u64 =
        last.headers["retry-after"].to_str().expect("a text").parse().expect("seconds");
    assert!((1..=60).contains(&seconds), "{seconds}");
    wait::eventually("the right password opens again", LIMIT, || async {
        Visitor::new(&place).log_in("anna", &password).await.status == 303
    })
    .await;
    let lines = gateway.output().matches("log-in to the operations pages was refused").count();
    assert!(lines >= 5, "{lines}");
    end(gateway).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_with_its_account_its_password_and_its_time() {
    let more = "[municipality]\nname = \"Malmö stad\"".to_owned();
    let place = Place::new(&Wishes { more, ..Wishes::default() });
    let gateway =
        Gateway::start(&place.workspace, &[("KVITTENS__OPERATIONS__SESSION_LIFE", "12s")]).await;
    let password = account(&place, "anna", &["--role", "view"]).await;
    let anna = Visitor::logged_in(&place, "anna", &password).await;
    assert_eq!(anna.get("/ops/notices").await.status, 200);
    assert!(place.says(&["user", "disable", "anna"]).await.0);
    assert_eq!(anna.get("/ops/notices").await.status, 403, "nobody is left who may log in");
    assert_eq!(Visitor::new(&place).log_in("anna", &password).await.status, 403);
    assert!(place.says(&["user", "enable", "anna"]).await.0);
    assert_eq!(anna.get("/ops/notices").await.status, 303, "the old session stays ended");
    let anna = Visitor::logged_in(&place, "anna", &password).await;
    let output = place.workspace.run(&["user", "password", "anna", "--generate"]).await;
    let password = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    assert_eq!(anna.get("/ops/notices").await.status, 303);
    let anna = Visitor::logged_in(&place, "anna", &password).await;
    let own = |current: &str, new: &str| {
        vec![
            ("current".to_owned(), current.to_owned()),
            ("new".to_owned(), new.to_owned()),
            ("again".to_owned(), new.to_owned()),
        ]
    };
    for (current, new, status) in [
        (password.as_str(), "short", 403),
        ("wrong", "korrekt batteri 1", 403),
        (&password, "korrekt batteri 1", 303),
    ] {
        let form = own(current, new);
        let form: Vec<_> =
            form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(anna.post("/ops/password", &form).await.status, status, "{new}");
    }
    assert_eq!(anna.get("/ops/").await.status, 303);
    let anna = Visitor::logged_in(&place, "anna", "korrekt batteri 1").await;
    wait::eventually("the session is too old", Duration::from_secs(60), || async {
        anna.get("/ops/").await.status == 303
    })
    .await;
    end(gateway).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_unmasked_is_on_record_with_who_which_and_why() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("landlord").await;
    let (_, sent) = answer(place.post(&key, JSON, clean("once"))).await;
    let reference = sent["reference"].as_str().expect("a reference");
    let visitor = Visitor::with_account(&place, "anna", &["--role", "handle"]).await;
    let path = format!("/ops/notices/{reference}");
    let page = visitor.get(&path).await.text;
    assert_eq!(needles::found_in(&page), [""; 0], "masked");
    for form in
        [vec![], vec![("why", "because"), ("words", "x")], vec![("why", "other"), ("words", "  ")]]
    {
        let seen = visitor.post(&format!("{path}/unmask"), &form).await;
        assert!(seen.status == 303 && seen.to().ends_with("said=whyMissing"), "{form:?}");
    }
    assert_eq!(rows(&place, "lookings").await, 0);
    let form = [("why", "contact"), ("words", "Testa Testsson ringde")];
    let seen = visitor.post(&format!("{path}/unmask"), &form).await;
    assert!(seen.status == 200 && seen.text.contains("Testa Testsson"), "{}", seen.text);
    assert_eq!(seen.headers["cache-control"], "no-store");
    let seen =
        visitor.post(&format!("{path}/original"), &[("why", "correct"), ("how", "show")]).await;
    assert!(seen.status == 200 && seen.text.contains("schemaVersion"), "{}", seen.text);
    let seen =
        visitor.post(&format!("{path}/original"), &[("why", "correct"), ("how", "download")]).await;
    assert_eq!(seen.text, clean("once"), "byte for byte");
    let name = format!("attachment; filename=\"{reference}.json\"");
    assert_eq!(seen.headers["content-disposition"], name.as_str());
    assert_eq!(seen.headers["content-type"], "application/octet-stream");

    let (_, shown) = place.says(&["show", reference, "--json"]).await;
    let shown: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
    let history = shown["history"].as_array().expect("a history");
    let looks: Vec<_> =
        history.iter().filter(|entry| entry["event"] == "person.unmasked").collect();
    assert_eq!(looks.len(), 3);
    assert_eq!(
        (&looks[0]["actor"], &looks[0]["reference"]),
        (&json!("user:anna"), &json!(reference))
    );
    assert_eq!(
        (&looks[0]["detail"]["what"], &looks[0]["detail"]["why"]),
        (&json!("fields"), &json!("contact"))
    );
    assert_eq!(looks[1]["detail"]["what"], "original");
    assert!(!shown["history"].to_string().contains("Testsson"), "words stand outside the chain");
    let words = "(SELECT 1 FROM lookings WHERE actor = 'user:anna' AND words LIKE 'Testa%')";
    assert_eq!(rows(&place, words).await, 1);
    let page = visitor.get(&path).await.text;
    assert!(page.contains("Hidden data shown to a person") && page.contains("user:anna"));
    assert_eq!(needles::found_in(&page), [""; 0], "masked again");
    assert!(place.says(&["verify"]).await.0);
    assert_eq!(needles::found_in(&gateway.output()), [""; 0], "nor in the log");
    end(gateway).await;
}
