//! The report of the day before goes out each morning, once, whatever happens to the gateway and the mail server; and who may see it.

use serde_json::Value;
use serde_json::json;

use crate::support::gateway::Gateway;
use crate::support::smtp::Fault;
use crate::support::smtp::Mail;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use crate::support::wait;

use super::place::LIMIT;
use super::place::Place;
use super::place::ROOT;
use super::place::Wishes;
use super::place::answer;
use super::place::end;
use super::place::rows;
use super::visitor::Visitor;

const CHIEF: &str = "chef@kommun.example";

fn notice(kind: &str) -> Vec<u8> {
    let sender = if kind == "rentArrears" { "landlord" } else { "enforcementAuthority" };
    json!({
        "schemaVersion": "1.0", "type": kind, "sender": { "kind": sender, "name": "Exempelhus" },
        "persons": [ { "role": "tenant", "name": "Testa Testsson" } ],
        "dwelling": { "street": "Exempelgatan 12", "postalCode": "21432", "city": "Malmö" },
        "enforcement": { "caseNumber": "U-123456-26", "startsAt": "2026-12-24T09:00:00+01:00" }
    })
    .to_string()
    .into_bytes()
}

/// Two notices of yesterday: a landlord's, and Kronofogden's, for which nobody could be named.
async fn yesterday(place: &Place) -> String {
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("sender").await;
    let mut last = String::new();
    for kind in ["rentArrears", "evictionScheduled"] {
        let (status, told) = answer(place.post(&key, "application/json", notice(kind))).await;
        assert_eq!(status, 202, "{told}");
        last = told["reference"].as_str().unwrap_or_default().to_owned();
    }
    wait::eventually("it says why it waits", LIMIT, || async {
        place.says(&["unconfirmed"]).await.1.contains("noCaseworker")
    })
    .await;
    end(gateway).await;
    a_day_passes(place).await;
    last
}

/// Everything in the store becomes a day older; the journal stays as it is.
async fn a_day_passes(place: &Place) {
    let url = format!("sqlite:{}", place.path("kvittens.db").display());
    let pool = sqlx::SqlitePool::connect(&url).await.expect("the store");
    for change in [
        "UPDATE messages SET received_at = received_at - 86400000000, seen_at = seen_at - 86400000000, \
         stored_at = stored_at - 86400000000, arrival_date = date(arrival_date, '-1 day')",
        "UPDATE notices SET arrival_date = date(arrival_date, '-1 day')",
        "UPDATE acknowledgements SET due_at = due_at - 86400000000, created_at = created_at - 86400000000, \
         sent_at = sent_at - 86400000000, owed_at = owed_at - 86400000000, promised_at = promised_at - 86400000000",
    ] {
        let changed = sqlx::query(change).execute(&pool).await.expect("a change");
        assert!(changed.rows_affected() > 0);
    }
    pool.close().await;
}

/// A mail's text.
fn words(mail: &Mail) -> String {
    let parsed = mail_parser::MessageParser::default().parse(mail.data.as_ref()).expect("a mail");
    parsed.body_text(0).expect("a text").replace("\r\n", "\n")
}

fn wishes(sink: &SmtpSink) -> Wishes {
    let more = format!("[report]\nat = \"00:00\"\nmail = [\"{CHIEF}\"]\n");
    Wishes { smtp_port: Some(sink.port()), more, ..Wishes::default() }
}

#[tokio::test]
async fn the_report_of_yesterday_is_mailed_once_however_often_the_gateway_dies() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let place = Place::new(&Wishes::default());
    let missed = yesterday(&place).await;
    place.rewrite(&wishes(&sink));
    for point in ["after_report_before_keeping:1", "after_report_sent_before_record:1"] {
        let mut gateway =
            Gateway::start_unready(&place.workspace, &[("KVITTENS_TEST_KILL", point)]).await;
        assert!(!gateway.wait_exit().await.success(), "{point}");
    }
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let mails = sink.wait_for(2, LIMIT).await;
    assert_eq!(mails[0].data, mails[1].data, "the same bytes, so one mail to whoever reads it");
    assert_eq!(mails[0].envelope_to, [CHIEF]);
    wait::eventually("it is on record", LIMIT, || async {
        rows(&place, "(SELECT 1 FROM day_report_mails WHERE sent_at IS NOT NULL)").await == 1
    })
    .await;
    assert_eq!(rows(&place, "day_reports").await, 1);
    let text = words(&mails[0]);
    for told in [
        "Underrättelser: 2",
        "Bekräftelse till Kronofogden (lag: samma dag)",
        "0 % samma dag (0 av 1), 1 inte alls",
        "ingen ansvarig handläggare kunde anges",
        &missed,
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
    assert!(!text.contains("Testsson") && !text.contains("Exempelgatan"), "{text}");
    end(gateway).await;
    // Once more from the start: it is not sent again.
    let gateway = Gateway::start(&place.workspace, &[]).await;
    assert!(wait::stays(std::time::Duration::from_secs(7), || async { sink.count() == 2 }).await);
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test]
async fn a_mail_server_that_refuses_gets_it_when_it_is_well_again() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let place = Place::new(&Wishes::default());
    yesterday(&place).await;
    place.rewrite(&wishes(&sink));
    sink.fail_next(1, Fault::RefuseRecipientForNow);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    wait::eventually("it is taken at last", LIMIT, || async {
        rows(&place, "(SELECT 1 FROM day_report_mails WHERE sent_at IS NOT NULL AND attempts > 1)")
            .await
            == 1
    })
    .await;
    end(gateway).await;
}

#[tokio::test]
async fn the_report_is_for_those_with_an_account_and_single_notices_for_those_who_see_them() {
    let place = Place::new(&Wishes::default());
    let missed = yesterday(&place).await;
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let (well, printed) = place.says(&["report"]).await;
    assert!(well && printed.contains(&missed), "{printed}");
    let (_, json) = place.says(&["report", "--format", "json"]).await;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&json["notices"], &json["clocks"][1]["missing"]), (&2.into(), &1.into()));
    let (_, table) = place.says(&["report", "--format", "csv"]).await;
    assert!(table.contains("\nclock;;enforcementAuthority;") && table.contains(&missed), "{table}");
    let pdf = place.path("report.pdf");
    let (well, said) =
        place.says(&["report", "--format", "pdf", "--out", pdf.to_str().unwrap()]).await;
    assert!(well && std::fs::read(&pdf).expect("a file").starts_with(b"%PDF-"), "{said}");
    let book = place.path("report.xlsx");
    let (well, said) =
        place.says(&["report", "--format", "xlsx", "--out", book.to_str().unwrap()]).await;
    assert!(well && std::fs::read(&book).expect("a file").starts_with(b"PK"), "{said}");
    let wrong = ["report", "--from", "2026-02-02", "--to", "2026-02-01"];
    assert!(!place.says(&wrong).await.0);
    for path in ["/ops/report", "/ops/report.json", "/ops/report.csv", "/ops/report.xlsx"] {
        let nobody = Visitor::new(&place).get(path).await;
        assert!([302, 303, 401, 403].contains(&nobody.status.as_u16()), "{path} {}", nobody.status);
        assert!(!nobody.text.contains(&missed));
    }
    let viewer = Visitor::with_account(&place, "viewer", &["--role", "view"]).await;
    let counter = Visitor::with_account(&place, "counter", &["--role", "statistics"]).await;
    for path in ["/ops/report?lang=sv", "/ops/report.json", "/ops/report.csv"] {
        let (seen, counted) = (viewer.get(path).await, counter.get(path).await);
        assert_eq!((seen.status.as_u16(), counted.status.as_u16()), (200, 200), "{path}");
        assert!(seen.text.contains(&missed), "{path} {}", seen.text);
        assert!(!counted.text.contains(&missed), "{path} {}", counted.text);
        assert!(!seen.text.contains("Testsson"), "{path}");
    }
    let book = viewer.get("/ops/report.xlsx").await;
    assert!(book.status == 200 && book.text.starts_with("PK"), "{}", book.status);
    let page = viewer.get("/ops/report?lang=sv").await.text;
    assert!(page.contains("ingen ansvarig handläggare kunde anges"), "{page}");
    for query in ["from=x", "from=2026-02-02&to=2026-02-01", "from=2020-01-01&to=2026-01-01"] {
        assert_eq!(viewer.get(&format!("/ops/report?{query}")).await.status, 400, "{query}");
    }
    let empty = viewer.get("/ops/report?from=2020-01-01&to=2020-01-31").await;
    assert!(empty.text.contains("No notice came in."), "{}", empty.text);
    end(gateway).await;
}

#[tokio::test]
async fn a_receipt_by_mail_bears_the_code_of_the_receipt_that_is_kept() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let more = "[seal]\nkeys = \"keys\"\n".to_owned();
    let place = Place::new(&Wishes { smtp_port: Some(sink.port()), more, ..Wishes::default() });
    let (well, said) = place.says(&["key", "rotate"]).await;
    assert!(well, "{said}");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.workspace.add_client("landlord", "hyra@hyresvard.example").await;
    let (_, told) = answer(place.post(&key, "application/json", notice("rentArrears"))).await;
    let reference = told["reference"].as_str().expect("a reference").to_owned();
    let mail = sink.wait_for(1, LIMIT).await.remove(0);
    let path = format!("{ROOT}/notices/{reference}/receipt");
    assert_eq!(rows(&place, "sealed_receipts").await, 1, "sealed when it was committed");
    let fetched = place.http.get(place.workspace.url(&path)).bearer_auth(&key);
    let (_, receipt) = answer(fetched).await;
    assert_eq!(rows(&place, "sealed_receipts").await, 1, "and not again");
    let code = receipt["controlCode"].as_str().expect("a code");
    let written = format!("{}-{}", &code[..5], &code[5..]);
    let body = words(&mail);
    assert!(body.contains(&format!("Kontrollkod: {written}")), "{body}");
    assert!(body.contains(&format!("Control code: {written}")), "{body}");
    let check = format!("{ROOT}/receipts/verify?reference={reference}&controlCode={written}");
    let (_, told) = answer(place.http.get(place.workspace.url(&check))).await;
    assert_eq!(told["valid"], true, "{told}");
    let request = place.http.get(place.workspace.url(&path)).bearer_auth(&key);
    let pdf = request.header("accept", "application/pdf").send().await.expect("an answer");
    assert_eq!(
        (pdf.status().as_u16(), &pdf.headers()["content-type"]),
        (200, &"application/pdf".parse().unwrap())
    );
    let words = pdf_extract::extract_text_from_mem(&pdf.bytes().await.expect("bytes")).unwrap();
    assert!(words.contains(&written) && words.contains(&reference), "{words}");
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}
