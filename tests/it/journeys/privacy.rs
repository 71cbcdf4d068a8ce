//! What is planted about people (contract section 12) through every door and in everything that can go wrong, is found nowhere but where
//! it belongs: not in logs at their most talkative, metrics, problems, mails, receipts, the history, or what the commands print.

use std::os::unix::fs::symlink;

use serde_json::json;
use sqlx::AssertSqlSafe;
use sqlx::SqlitePool;

use crate::support::gateway::Gateway;
use crate::support::wait;

use super::echoes::EchoPlatform;
use super::echoes::EchoSmtp;
use super::needles;
use super::needles::found_in;
use super::place::LIMIT;
use super::place::Place;
use super::place::ROOT;
use super::place::Wishes;
use super::place::end;
use super::place::names;

const JSON: &str = "application/json";

/// Everything the gateway said, each with where.
#[derive(Default)]
struct Said {
    texts: Vec<(String, String)>,
}

impl Said {
    fn hear(&mut self, from: impl Into<String>, text: impl Into<String>) {
        self.texts.push((from.into(), text.into()));
    }

    /// What of the planted stands where, with the line it stands in.
    fn leaks(&self) -> Vec<String> {
        let lines = self.texts.iter().flat_map(|(from, text)| {
            text.lines().filter_map(move |line| {
                let found = found_in(line);
                (!found.is_empty()).then(|| format!("{from}: {found:?}: {line:.600}"))
            })
        });
        lines.collect()
    }
}

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
    wait::eventually("mails and cases", LIMIT, || async {
        smtp.mails().len() >= 8 && platform.calls() >= 8
    })
    .await;
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
    said.hear("stdout", gateway.stdout());
    said.hear("stderr", gateway.stderr());
    end(gateway).await;
    let leaks = said.leaks();
    assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks.join("\n"));
    // The search itself is searched: the same words in one more log line must be found.
    said.hear("planted", "WARN kvittens: could not read 850101\u{2011}2390");
    assert_eq!(said.leaks().len(), 1);
}

/// A notice in which every value is about somebody.
fn notice(text: &str) -> String {
    let number = needles::BODY.everywhere();
    json!({
        "schemaVersion": "1.0", "type": "rentArrears", "text": format!("{text} Testa Testsson {number}"),
        "sender": { "kind": "850101-2390", "name": "Testa Testsson", "reference": needles::OWN_REFERENCE.number },
        "persons": [
            { "role": "Testa Testsson", "name": "Testa Testsson", "phone": "070-174 06 05", "bornOn": "850101-2390",
              "identity": { "kind": "personalIdentityNumber", "value": "850101-2390" }, "email": "testa@privat.example" },
            { "name": "Testa Testsson", "identity": { "kind": "Testsson", "value": number } } ],
        "dwelling": { "street": "Exempelgatan 12", "careOf": "Testa Testsson", "apartmentNumber": "lgh 1102 X", "rooms": "850101-2390" },
        "arrears": { "amountToRecover": "850101-2390", "monthlyRent": "19850101-2390" },
        "issuedOn": "850101-2390", "children": { "known": "Testsson", "count": 2 },
        "incidents": [ { "occurredOn": "Exempelgatan 12", "description": number } ],
        "enforcement": { "startsAt": "Testa Testsson", "outcome": "850101-2390" },
        "relatesTo": { "reference": "850101-2390" },
        "findings": [ { "code": "Testa.Testsson", "severity": "info", "path": "/850101-2390", "message": "Testa Testsson" } ],
        "evidence": { "/850101-2390": { "source": "Testsson", "quote": "850101-2390", "confidence": 1 } },
    })
    .to_string()
}

/// Documents that are broken, or odd in their names, each around something planted.
fn odd_documents() -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    for spelling in needles::BROKEN.spellings() {
        let xml = format!(
            "<notice xmlns=\"urn:kvittens:notice:1\" person=\"{spelling}\"><type>{spelling}</wrong></notice>"
        );
        all.push(("application/xml", xml));
        all.push((JSON, format!("{{\"schemaVersion\":\"1.0\",\"type\":\"rentArrears\",\"text\":\"{spelling}\" {spelling}")));
        all.push((JSON, format!("{{\"schemaVersion\":{{\"{spelling}\":1}},\"type\":[\"{spelling}\"],\"persons\":\"{spelling}\"}}")));
        all.push((
            "text/csv",
            format!("{spelling};Testa Testsson;Exempelgatan 12\r\n{spelling};\"open\r\n"),
        ));
    }
    for spelling in needles::NAMES.spellings() {
        all.push((JSON, format!(
            "{{\"schemaVersion\":\"{spelling}\",\"type\":\"{spelling}\",\"{spelling}\":1,\"persons\":[{{\"{spelling}\":{{}}}}],\
             \"dwelling\":{{\"Exempelgatan 12\":\"Testa Testsson\"}}}}"
        )));
        all.push(("text/csv", format!("type;{spelling};persons.0.{spelling};Testa Testsson\r\n{spelling};{spelling};x;y\r\n")));
    }
    let xml = [
        "<Testsson-850101-2390 xmlns='urn:kvittens:notice:1'/>",
        "<notice xmlns='urn:Testsson:850101-2390'><type>rentArrears</type></notice>",
        "<notice xmlns='urn:kvittens:notice:1'><schemaVersion>1.0</schemaVersion><type>rentArrears</type><Testsson>&Testsson;</Testsson></notice>",
        "<!DOCTYPE Testsson [<!ENTITY e '850101-2390'>]><notice>&e;</notice>",
        "<notice xmlns='urn:kvittens:notice:1' Testsson='850101-2390' Testsson='850101-2390'/>",
        "<notice xmlns='urn:kvittens:notice:1'><schemaVersion>1.0</schemaVersion><type>rentArrears</type>\
         <Exempelgatan id='850101-2390'>Testa Testsson</Exempelgatan><persons><Testsson/></persons></notice>",
        "<?xml version='1.0' encoding='Testsson-850101-2390'?><notice/>",
    ];
    all.extend(xml.map(|text| ("application/xml", text.to_owned())));
    all
}

async fn send(place: &Place, key: &str, said: &mut Said) {
    for (number, spelling) in needles::KEY.spellings().iter().enumerate() {
        let bodies = [notice(&number.to_string()), notice(&format!("{number} again"))];
        for body in bodies {
            let key_header: String = spelling.chars().filter(char::is_ascii_graphic).collect();
            let request = place.post(key, JSON, body).header("idempotency-key", key_header);
            hear(said, "a keyed request's answer", request).await;
        }
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

async fn hear(said: &mut Said, from: impl Into<String>, request: reqwest::RequestBuilder) {
    let response = request.send().await.expect("an answer");
    let text = format!(
        "{} {:?} {}",
        response.status(),
        response.headers().clone(),
        response.text().await.unwrap_or_default()
    );
    said.hear(from, text);
}

fn drop_files(place: &Place) {
    for (number, spelling) in needles::FILE_NAME.spellings().iter().enumerate() {
        let name = format!("{spelling} Testa Testsson Exempelgatan 12.json");
        place.workspace.drop_file(&name, notice(&number.to_string()).as_bytes());
    }
    for (number, (_, body)) in odd_documents().iter().enumerate().step_by(5) {
        place
            .workspace
            .drop_file(&format!("{} {number}.xml", needles::FILE_NAME.number), body.as_bytes());
    }
    let link = format!("drop/landlord/in/Testa Testsson {}.pdf", needles::FILE_NAME.number);
    symlink("/nowhere", place.path(&link)).expect("a link");
    std::fs::create_dir(place.path(&format!("drop/landlord/in/{}", needles::FILE_NAME.number)))
        .expect("a folder");
}

fn deliver_mails(place: &Place) {
    let subjects = needles::SUBJECT.spellings();
    let (subject, sender, id) =
        (needles::SUBJECT.number, needles::SENDER.number, needles::MESSAGE_ID.number);
    for (number, spelling) in subjects.iter().enumerate() {
        let automatic = if number % 5 == 4 { "Auto-Submitted: auto-replied\r\n" } else { "" };
        let mail = format!(
            "From: \"Testa Testsson {subject}\" <testa.{sender}.{number}@privat.example>\r\nTo: Testa Testsson <avhysning@example.org>\r\n\
             Subject: Testa Testsson {spelling} Exempelgatan 12\r\nMessage-ID: <{id}.{number}@privat.example>\r\n{automatic}\
             References: <testsson.{id}@privat.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"{subject}\"\r\n\r\n\
             --{subject}\r\nContent-Type: text/plain; charset={subject}\r\n\r\n{text}\r\n\
             --{subject}\r\nContent-Type: application/json; name=\"{spelling}.json\"\r\n\r\n{json}\r\n\
             --{subject}\r\nContent-Type: application/xml; name=\"Testa Testsson.xml\"\r\n\r\n<Testsson {spelling}\r\n--{subject}--\r\n",
            text = needles::BODY.everywhere(),
            json = notice(spelling),
        );
        place.workspace.deliver_mail(
            &format!("{}.M{number}.host", needles::FILE_NAME.number),
            mail.as_bytes(),
        );
    }
    let link = format!("maildir/new/{}.testsson", needles::FILE_NAME.number);
    symlink("/nowhere", place.path(&link)).expect("a link");
}

/// The database refuses with errors that quote what it was to store.
async fn break_the_store(place: &Place, key: &str, said: &mut Said) {
    let url = format!("sqlite:{}", place.path("kvittens.db").display());
    let store = SqlitePool::connect(&url).await.expect("the store");
    let run = async |sql: &str| sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&store).await;
    let quoting = "CREATE TRIGGER quoting BEFORE INSERT ON notices BEGIN SELECT RAISE(ABORT, NEW.notice); END";
    let fixed = "CREATE TRIGGER quoting BEFORE INSERT ON notices BEGIN SELECT RAISE(ABORT, 'Testa Testsson 850101-2390'); END";
    if run(quoting).await.is_err() {
        run(fixed).await.expect("a trigger that quotes");
    }
    let breaks = [
        ("SELECT 1", "DROP TRIGGER quoting"),
        (
            "ALTER TABLE person_keys RENAME TO \"Testsson 850101-2390\"",
            "ALTER TABLE \"Testsson 850101-2390\" RENAME TO person_keys",
        ),
        (
            "ALTER TABLE api_clients RENAME TO \"Testsson 850101-2390\"",
            "ALTER TABLE \"Testsson 850101-2390\" RENAME TO api_clients",
        ),
    ];
    for (number, (broken, mended)) in breaks.into_iter().enumerate() {
        run(broken).await.expect("the store is broken");
        let body = notice(&format!("while the store is broken {number}"));
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

/// Subjects, bodies and all headers but those that name the recipient and the mail that is answered.
fn mails(smtp: &EchoSmtp, said: &mut Said) {
    for mail in smtp.mails() {
        assert!(!mail.contains("base64") && !mail.contains("?B?"), "the search reads no base64");
        let (head, body) = mail.split_once("\r\n\r\n").expect("a head and a body");
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let threads = ["To:", "In-Reply-To:", "References:"];
        let rest = head.lines().filter(|line| !threads.iter().any(|name| line.starts_with(name)));
        said.hear("a mail's head", rest.collect::<Vec<_>>().join("\n"));
        // The sender's own reference is theirs to see again.
        said.hear("a mail's body", body.replace(needles::OWN_REFERENCE.number, ""));
    }
}

/// Receipt files and reasons, without the sender's own file name and reference.
fn receipts(place: &Place, said: &mut Said) {
    for folder in ["drop/landlord/receipts", "drop/landlord/failed"] {
        let files = names(&place.path(folder));
        assert!(!files.is_empty(), "{folder}");
        for name in files.iter().filter(|name| !name.ends_with(".pdf")) {
            let text = std::fs::read_to_string(place.path(folder).join(name)).expect("a text");
            let own = |line: &&str| {
                let line = line.trim_start();
                ["\"fileName\"", "<fileName>", "\"senderReference\"", "<senderReference>"]
                    .iter()
                    .any(|own| line.starts_with(own))
            };
            let rest: Vec<&str> = text.lines().filter(|line| !own(line)).collect();
            said.hear(folder, rest.join("\n"));
        }
    }
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
