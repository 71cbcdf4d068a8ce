//! What each role may see and do on the operations pages of a running gateway, and that other boards' notices are as unknown as none.

use reqwest::Method;
use serde_json::json;

use crate::support::gateway::Gateway;

use super::place::Place;
use super::place::Wishes;
use super::place::answer;
use super::place::end;
use super::planting::JSON;
use super::planting::clean;
use super::visitor::Seen;
use super::visitor::Visitor;
use super::visitor::account;

/// Two notices to two boards of one city, and their references.
async fn two_boards(place: &Place) -> (String, String) {
    let key = place.client("landlord").await;
    let mut found = Vec::new();
    for postal_code in ["41501", "41101"] {
        let mut body: serde_json::Value = serde_json::from_str(&clean(postal_code)).expect("JSON");
        body["dwelling"]["postalCode"] = json!(postal_code);
        let (status, answer) = answer(place.post(&key, JSON, body.to_string())).await;
        assert_eq!(status, 202);
        found.push(answer["reference"].as_str().expect("a reference").to_owned());
    }
    let boards: Vec<_> = place.notices().await;
    let board = |reference: &str| {
        let row = boards.iter().find(|row| row["reference"] == reference).expect("the notice");
        row["board"].as_str().expect("a board").to_owned()
    };
    assert_eq!((board(&found[0]), board(&found[1])), ("nordost".to_owned(), "centrum".to_owned()));
    (found[0].clone(), found[1].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_and_board_sees_and_does_its_own_and_nothing_else() {
    let more = "[municipality]\nprofile = \"goteborg\"".to_owned();
    let place = Place::new(&Wishes { more, ..Wishes::default() });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let (mine, theirs) = two_boards(&place).await;
    let (good, said) = place.says(&["user", "add", "x", "--generate", "--role", "view"]).await;
    assert!(!good && said.contains("nordost, centrum"), "{said}");
    let (good, said) = place.says(&["user", "add", "x", "--role", "view", "--board", "no"]).await;
    assert!(!good && said.contains("nordost, centrum"), "{said}");
    let at = async |name, role| {
        Visitor::with_account(&place, name, &["--role", role, "--board", "nordost"]).await
    };
    let viewer = at("viewer", "view").await;
    let handler = at("handler", "handle").await;
    let boss = at("boss", "administer").await;
    let counter = at("counter", "statistics").await;
    let why = [
        ("why", "handle"),
        ("reason", "x"),
        ("name", "nobody"),
        ("act", "disableUser"),
        ("terms", mine.as_str()),
    ];
    let notice = |verb: &str| format!("/ops/notices/{mine}{verb}");
    // path, and the status for view, handle, administer, statistics
    let table = [
        (Method::GET, "/ops/".to_owned(), [200, 200, 200, 200]),
        (Method::GET, "/ops/report".to_owned(), [200, 200, 200, 200]),
        (Method::GET, "/ops/notices".to_owned(), [200, 200, 403, 403]),
        (Method::GET, notice(""), [200, 200, 403, 403]),
        (Method::POST, "/ops/search".to_owned(), [303, 303, 403, 403]),
        (Method::POST, notice("/unmask"), [403, 200, 403, 403]),
        (Method::POST, notice("/original"), [403, 200, 403, 403]),
        (Method::POST, notice("/retry"), [403, 303, 403, 403]),
        (Method::POST, notice("/dismiss"), [403, 303, 403, 403]),
        (Method::GET, "/ops/accounts".to_owned(), [403, 403, 200, 403]),
        (Method::POST, "/ops/accounts".to_owned(), [403, 403, 200, 403]),
        (Method::GET, "/ops/nowhere".to_owned(), [404, 404, 404, 404]),
    ];
    for (method, path, expected) in table {
        for (visitor, status) in [&viewer, &handler, &boss, &counter].into_iter().zip(expected) {
            let same = [("sec-fetch-site", "same-origin")];
            let seen = visitor.ask(method.clone(), &path, &why, &same).await;
            assert_eq!(seen.status, status, "{method} {path}");
            let open = status == 200 && (path.ends_with("unmask") || path.ends_with("original"));
            let personal = seen.text.contains("Testsson") || seen.text.contains("Exempelgatan");
            assert_eq!(personal, open, "{method} {path}");
        }
    }
    for visitor in [&boss, &counter] {
        let front = visitor.get("/ops/").await.text;
        assert!(!front.contains(&mine) && !front.contains("/ops/notices"), "numbers only");
    }
    other_boards_are_unknown(&handler, &mine, &theirs).await;
    an_administrator_rules_over_her_own(&place, &boss).await;
    end(gateway).await;
}

async fn other_boards_are_unknown(handler: &Visitor<'_>, mine: &str, theirs: &str) {
    let list = handler.get("/ops/notices").await.text;
    assert!(list.contains(mine) && !list.contains(theirs));
    assert!(list.contains("<strong id=\"count\">1</strong>"), "{list}");
    assert!(!list.contains("Centrum"), "nor are other boards' units offered");
    let body = |seen: Seen| seen.text.split("<footer>").next().unwrap_or_default().to_owned();
    let unknown = "AVH-7K4M-2QX6";
    for verb in ["", "/unmask", "/original", "/retry", "/dismiss"] {
        let form = [("why", "handle"), ("reason", "x")];
        let seen = |reference: &str| {
            let path = format!("/ops/notices/{reference}{verb}");
            async move {
                match verb {
                    "" => handler.get(&path).await,
                    _ => handler.post(&path, &form).await,
                }
            }
        };
        let (theirs_seen, none_seen) = (seen(theirs).await, seen(unknown).await);
        assert_eq!((theirs_seen.status, none_seen.status), (none_seen.status, theirs_seen.status));
        assert_eq!(theirs_seen.status, 404, "{verb}");
        let (one, other) = (body(theirs_seen), body(none_seen));
        assert_eq!(one.replace(theirs, unknown), other, "{verb}");
    }
    for terms in [theirs, unknown] {
        assert_eq!(handler.post("/ops/search", &[("terms", terms)]).await.status, 404);
    }
    let after = handler.get(&format!("/ops/notices?after={theirs}")).await;
    assert_eq!(after.status, 404);
    let found = handler.post("/ops/search", &[("terms", "850101-2390")]).await;
    let to = found.to().to_owned();
    assert!(to.starts_with("/ops/found/") && !to.contains("2390"), "{to}");
    let found = handler.get(&to).await.text;
    assert!(found.contains(mine) && !found.contains(theirs), "{found}");
    assert!(!found.contains("Testsson"));
}

async fn an_administrator_rules_over_her_own(place: &Place, boss: &Visitor<'_>) {
    account(place, "outsider", &["--role", "view", "--board", "centrum"]).await;
    let page = boss.get("/ops/accounts").await.text;
    assert!(page.contains("viewer") && !page.contains("outsider"));
    let act = async |form: &[(&str, &str)]| boss.post("/ops/accounts", form).await.text;
    let refused = act(&[("act", "disableUser"), ("name", "outsider")]).await;
    assert!(refused.contains("no such account"), "{refused}");
    let too_far = [("act", "addUser"), ("name", "eva"), ("role", "view"), ("board", "centrum")];
    assert!(act(&too_far).await.contains("No account was made"));
    let made =
        act(&[("act", "addUser"), ("name", "eva"), ("role", "view"), ("board", "nordost")]).await;
    let password = made.split("id=\"secret\">").nth(1).and_then(|rest| rest.split('<').next());
    let eva = Visitor::logged_in(place, "eva", password.expect("a password, once")).await;
    assert!(!boss.get("/ops/accounts").await.text.contains(password.expect("a password")));
    assert!(act(&[("act", "disableUser"), ("name", "eva")]).await.contains("It is done"));
    assert_eq!(eva.get("/ops/").await.status, 303);
    let made = act(&[("act", "addClient"), ("name", "landlord-2")]).await;
    assert!(made.contains("kv_"), "{made}");
}
