//! What is planted about people (contract section 12) through every door and in everything that can go wrong, is found nowhere but where
//! it belongs: not in logs at their most talkative, metrics, problems, mails, receipts, the history, or what the commands print.

use reqwest::StatusCode;
use sqlx::AssertSqlSafe;
use sqlx::SqlitePool;
use sqlx::sqlite::SqlitePoolOptions;

use crate::support::gateway::Gateway;
use crate::support::wait;

use super::echoes::EchoPlatform;
use super::echoes::EchoSmtp;
use super::masked::pages;
use super::needles;
use super::place::LIMIT;
use super::place::Place;
use super::place::ROOT;
use super::place::Wishes;
use super::place::end;
use super::place::names;
use super::planting::JSON;
use super::planting::clean;
use super::planting::deliver_mails;
use super::planting::drop_files;
use super::planting::notice;
use super::planting::odd_documents;
use super::said::Said;
use super::said::mails;
use super::said::receipts;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_personal_is_told_where_it_does_not_belong() {
    journey(false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nor_where_log_lines_are_json() {
    journey(true).await;
}

async fn journey(log_json: bool) {
    let (platform, smtp) = (EchoPlatform::start(), EchoSmtp::start());
    let number = needles::SENDER.number;
    let place = Place::new(&Wishes {
        smtp_port: Some(smtp.stage.port()),
        platform: Some((format!("http://127.0.0.1:{}", platform.stage.port()), "token".to_owned())),
        folder: format!("mail_to = \"testa.testsson.{number}@hyra.example\""),
        more: format!("[telemetry]\njson = {log_json}\nfilter = \"debug,kvittens=trace\""),
        ..Wishes::default()
    });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let mail_to = format!("drift.{number}@privat.example");
    let added = place.workspace.run(&["client", "add", "caller", "--mail-to", &mail_to]).await;
    assert!(added.status.success());
    let key = String::from_utf8_lossy(&added.stdout).trim().to_owned();
    let mut said = Said::default();
    drop_files(&place);
    deliver_mails(&place);
    send(&place, &key, &mut said).await;
    ask(&place, &key, &mut said).await;
    let enough = || async { (smtp.mails().len() >= 8 && platform.calls() >= 8).then_some(()) };
    let both = wait::found_within(LIMIT, enough).await;
    assert!(both.is_some(), "{} mails, {} calls", smtp.mails().len(), platform.calls());
    break_the_store(&place, &key, &mut said).await;
    wait::eventually("the store works again", LIMIT, || async {
        names(&place.path("drop/landlord/in")).is_empty()
            && names(&place.path("maildir/new")).len() <= 1
    })
    .await;
    look(&place, &mut said).await;
    mails(&smtp, &mut said);
    receipts(&place, &mut said);
    command_lines(&place, &mut said).await;
    pages(&place, &mut said).await;
    said.hear("stdout", gateway.stdout());
    said.hear("stderr", gateway.stderr());
    end(gateway).await;
    let leaks = said.leaks();
    assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks.join("\n"));
    // The search itself is searched: the same words in one more log line must be found.
    said.hear("planted", "WARN kvittens: could not read 850101\u{2011}2390");
    assert_eq!(said.leaks().len(), 1);
}

async fn send(place: &Place, key: &str, said: &mut Said) {
    for (number, spelling) in needles::KEY.spellings().iter().enumerate() {
        let bodies = [notice(&number.to_string()), notice(&format!("{number} again"))];
        for (again, body) in [false, true].into_iter().zip(bodies) {
            let key_header: String = spelling.chars().filter(char::is_ascii_graphic).collect();
            let request = place.post(key, JSON, body).header("idempotency-key", key_header);
            let status = hear(said, "a keyed request's answer", request).await;
            let expected = if again { 422 } else { 202 };
            assert!(number > 0 || status == expected, "{status} {:?}", said.texts.last());
        }
    }
    for number in 0..8 {
        let request = place.post(key, JSON, clean(&number.to_string()));
        hear(said, "the answer to a clean notice", request).await;
    }
    for (media_type, body) in odd_documents() {
        hear(said, format!("the answer to {media_type}"), place.post(key, media_type, body)).await;
    }
    let media_type = format!("text/{}; charset=Testsson", needles::ADDRESS.number);
    hear(said, "415", place.post(key, &media_type, notice("x"))).await;
}

/// Asks for what is not there, with numbers wherever a request can hold one.
async fn ask(place: &Place, key: &str, said: &mut Said) {
    for spelling in needles::ADDRESS.spellings() {
        let visible: String = spelling.chars().filter(char::is_ascii).collect();
        for path in [
            format!("{ROOT}/notices/{spelling}"),
            format!("{ROOT}/notices/{spelling}/receipt?name=Testa%20Testsson"),
            format!("{ROOT}/notices/{spelling}/supplements"),
            format!("{ROOT}/receipts/verify?reference={spelling}&controlCode=Exempelgatan%2012"),
            format!("/{spelling}?personnummer={spelling}"),
            format!("/ops/{spelling}"),
        ] {
            for method in ["GET", "POST", "TESTSSON"] {
                let method = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
                let mut request =
                    place.http.request(method, place.workspace.url(&path)).bearer_auth(key);
                for header in [
                    "x-request-id",
                    "traceparent",
                    "referer",
                    "user-agent",
                    "accept",
                    "accept-language",
                    "cookie",
                    "from",
                ] {
                    request = request.header(header, format!("{visible} Testa Testsson"));
                }
                hear(said, format!("the answer to {} {}", path.len(), spelling.len()), request)
                    .await;
            }
        }
        let stranger = place.post(&visible, JSON, notice("stranger"));
        hear(said, "401", stranger).await;
    }
}

async fn hear(
    said: &mut Said,
    from: impl Into<String>,
    request: reqwest::RequestBuilder,
) -> StatusCode {
    let response = request.send().await.expect("an answer");
    let status = response.status();
    let text = format!(
        "{} {:?} {}",
        response.status(),
        response.headers().clone(),
        response.text().await.unwrap_or_default()
    );
    said.hear(from, text);
    status
}

/// The database refuses with errors that quote what it was to store.
async fn break_the_store(place: &Place, key: &str, said: &mut Said) {
    let url = format!("sqlite:{}", place.path("kvittens.db").display());
    // One connection: another would not know yet what the first has renamed.
    let store = SqlitePoolOptions::new().max_connections(1).connect(&url).await;
    let store = store.expect("the store");
    let run = async |sql: &str| sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&store).await;
    let quoting = "CREATE TRIGGER quoting BEFORE INSERT ON notices BEGIN SELECT RAISE(ABORT, NEW.notice); END";
    let fixed = "CREATE TRIGGER quoting BEFORE INSERT ON notices BEGIN SELECT RAISE(ABORT, 'Testa Testsson 850101-2390'); END";
    if run(quoting).await.is_err() {
        run(fixed).await.expect("a trigger that quotes");
    }
    let breaks = [
        ("SELECT 1", "DROP TRIGGER quoting"),
        (
            "ALTER TABLE person_keys RENAME TO \"Testsson 850101-2390 A\"",
            "ALTER TABLE \"Testsson 850101-2390 A\" RENAME TO person_keys",
        ),
        (
            "ALTER TABLE api_clients RENAME TO \"Testsson 850101-2390 B\"",
            "ALTER TABLE \"Testsson 850101-2390 B\" RENAME TO api_clients",
        ),
    ];
    for (number, (broken, mended)) in breaks.into_iter().enumerate() {
        run(broken).await.expect("the store is broken");
        let body = clean(&format!("while the store is broken {number}"));
        place.workspace.drop_file(
            &format!("{} broken {number}.json", needles::FILE_NAME.number),
            body.as_bytes(),
        );
        let request = place.post(key, JSON, body).send().await.expect("an answer");
        assert_eq!(request.status(), 503, "{number}");
        said.hear("503", request.text().await.unwrap_or_default());
        run(mended).await.expect("the store is mended");
    }
    store.close().await;
}

/// Metrics, status, history, and the words kept about failures.
async fn look(place: &Place, said: &mut Said) {
    for path in ["/metrics", "/readyz", "/healthz"] {
        hear(said, path, place.http.get(place.workspace.url(path))).await;
    }
    let url = format!("sqlite:{}", place.path("kvittens.db").display());
    let store = SqlitePool::connect(&url).await.expect("the store");
    for (what, sql) in [
        ("the journal", "SELECT entry FROM journal"),
        ("reasons of notices", "SELECT coalesce(reason, '') FROM notices"),
        ("reasons of acknowledgements", "SELECT coalesce(reason, '') FROM acknowledgements"),
        ("jobs", "SELECT kind || ' ' || subject || ' ' || coalesce(holder, '') FROM jobs"),
        ("assignments", "SELECT assignment FROM notices"),
    ] {
        let rows: Vec<String> = sqlx::query_scalar(sql).fetch_all(&store).await.expect("rows");
        assert!(!rows.is_empty() || what == "jobs", "{what}");
        said.hear(what, rows.join("\n"));
    }
    store.close().await;
}

/// What the commands print about notices, and about arguments that are none.
async fn command_lines(place: &Place, said: &mut Said) {
    let stored = place.notices().await;
    let number = needles::COMMAND.number;
    let file = place.path("unreadable.json");
    std::fs::write(&file, notice("x")).expect("a file");
    let path = file.to_string_lossy().into_owned();
    let mut lines = vec![
        vec!["notices"],
        vec!["notices", "--json"],
        vec!["notices", "--open"],
        vec!["verify"],
        vec!["check"],
        vec!["check", "--json"],
        vec!["client", "list"],
        vec!["client", "list", "--json"],
        vec!["client", "revoke", number],
        vec!["client", "add", "Testa Testsson"],
        vec!["show", number],
        vec!["retry", number],
        vec!["dismiss", number, "--reason", "x"],
        vec!["route", "--explain", &path],
    ];
    let mut states = std::collections::BTreeSet::new();
    let shown: Vec<&str> = stored
        .iter()
        .filter(|notice| states.insert((notice["state"].as_str(), notice["channel"].as_str())))
        .filter_map(|notice| notice["reference"].as_str())
        .collect();
    assert!(states.len() >= 4, "{states:?}");
    for reference in &shown {
        lines.push(vec!["show", reference]);
        lines.push(vec!["show", reference, "--json"]);
        lines.push(vec!["route", "--explain", reference]);
    }
    for line in &lines {
        let (_, text) = place.says(line).await;
        said.hear(format!("kvittens {}", line[0]), text);
    }
}
