//! The stand-in for Lifecare against the published description: Prism stands between and refuses what either
//! side may not say. Prism knows forms and types; the rules it cannot know are the stand-in's own.

use serde_json::Value;
use serde_json::json;

use crate::support;
use crate::support::lifecare::Lifecare;
use crate::support::lifecare::LifecareOptions;
use crate::support::lifecare::Operation;
use crate::support::prism;
use crate::support::prism::Prism;
use crate::support::servers::Server;
use crate::support::servers::Servers;

const LICENCE: [(&str, &str); 2] = [("domain", "test-domain"), ("key", "test-licence")];
const PERSON: &str = "198501012390";

struct Caller {
    client: reqwest::Client,
    base: String,
}

impl Caller {
    fn to(base: String) -> Self {
        Self { client: support::http_client(), base }
    }

    fn get(&self, path: &str, query: &[(&str, &str)]) -> reqwest::RequestBuilder {
        let call = self.client.get(format!("{}/apifc/v1/{path}", self.base));
        call.header("X-API-Key", "test-api-key").header("Accept", "application/json").query(query)
    }

    fn post(&self, path: &str, query: &[(&str, &str)]) -> reqwest::RequestBuilder {
        let call = self.client.post(format!("{}/apifc/v1/{path}", self.base));
        call.header("X-API-Key", "test-api-key").header("Accept", "application/json").query(query)
    }

    async fn read(&self, path: &str, query: &[(&str, &str)]) -> Value {
        let answer = self.get(path, &LICENCE).query(query).send().await.expect("an answer");
        let status = answer.status().as_u16();
        let text = answer.text().await.expect("a body");
        assert_eq!(status, 200, "GET {path}: {text}");
        serde_json::from_str(&text).expect("JSON")
    }
}

fn actualisation() -> Value {
    json!({
        "PersonId": PERSON, "Date": "2026-10-12T00:00:00", "Type": 2, "FromWho": 23, "Reason": 202,
        "OrganisationId": 51, "OrganisationUnitId": "VUX"
    })
}

fn attachment() -> reqwest::multipart::Form {
    let content = reqwest::multipart::Part::bytes(b"%PDF-1.7 exempel".to_vec())
        .file_name("underrattelse.pdf");
    let content = content.mime_str("application/pdf").expect("a media type");
    reqwest::multipart::Form::new()
        .text("InsertDocumentType", "61")
        .text("InsertDocumentSenderType", "71")
        .text("Title", "Underrättelse [ref AVH-7K4M-2QX6]")
        .text("SenderName", "Fastighets AB Exempelhus")
        .part("Content", content)
}

#[tokio::test]
async fn good_calls_pass_the_published_description_and_bad_ones_do_not() {
    let Some(servers) = Servers::shared(&[Server::Prism]).await else { return };
    let Some(description) = prism::lifecare_description() else { return };
    let lifecare = Lifecare::start(LifecareOptions::default()).await;
    let prism = Prism::start(&servers.prism(), &description, &lifecare.url()).await;
    let caller = Caller::to(prism.url());

    let person = caller.read("Persons", &[("personId", PERSON)]).await;
    assert_eq!(person["ProtectedRegistration"], false);
    let proposals = caller.read("Actualisations/Proposals", &[("personId", PERSON)]).await;
    assert_eq!(proposals["ActualisationTypes"][1]["Name"], "Underrättelse");
    let created = caller.post("Actualisations", &LICENCE).header("x-api-requestId", "request-1");
    let created = created.json(&actualisation()).send().await.expect("an answer");
    let (status, id) = (created.status(), created.text().await.expect("a body"));
    assert_eq!((status.as_u16(), id.as_str()), (200, "98765"));
    let path = format!("Actualisations/{id}/Attachments");
    let attached =
        caller.post(&path, &LICENCE).multipart(attachment()).send().await.expect("an answer");
    assert_eq!(attached.status().as_u16(), 204);
    let october = [
        ("personId", PERSON),
        ("startDate", "2026-10-01T00:00:00"),
        ("endDate", "2026-10-31T23:59:59"),
    ];
    let listed = caller.read("Actualisations", &october).await;
    assert_eq!(listed["Result"][0]["Id"], 98_765);
    assert_eq!(
        listed["Result"][0]["Reason"],
        "Information från Kronofogdemyndigheten om avhysning"
    );
    let documents = caller.read("Documents", &october).await;
    assert_eq!(documents["Result"][0]["Title"], "Underrättelse [ref AVH-7K4M-2QX6]");
    let logs = caller.read("ApiLogs", &[("requestId", "request-1")]).await;
    assert_eq!(logs["Result"][0]["Status"], "Ok");

    let stored = lifecare.actualisations();
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].attachments[0].content, b"%PDF-1.7 exempel");
    let calls = lifecare.calls().len();

    let no_key =
        caller.get("Persons", &[("personId", PERSON), ("domain", "test-domain")]).send().await;
    assert_eq!(no_key.expect("an answer").status().as_u16(), 422);
    let mut text_for_number = actualisation();
    text_for_number["Type"] = json!("Underrättelse");
    let answer = caller.post("Actualisations", &LICENCE).json(&text_for_number).send().await;
    assert_eq!(answer.expect("an answer").status().as_u16(), 422);
    assert_eq!(lifecare.calls().len(), calls, "what Prism refuses does not reach the system");
}

#[tokio::test]
async fn the_stand_in_refuses_what_the_description_lets_through() {
    let lifecare = Lifecare::start(LifecareOptions::default()).await;
    let caller = Caller::to(lifecare.url());
    let changed = |member: &str, value: Value| {
        let mut body = actualisation();
        body[member] = value;
        body
    };
    let cases = [
        ("a bare date", changed("Date", json!("2026-10-12")), 400),
        ("a date without seconds", changed("Date", json!("2026-10-12T00:00")), 400),
        ("an impossible date", changed("Date", json!("2026-02-30T00:00:00")), 400),
        ("a reason of another type", changed("Reason", json!(102)), 400),
        ("an unknown organisation", changed("OrganisationUnitId", json!("XXX")), 400),
        ("a missing member", changed("FromWho", Value::Null), 400),
        ("an unknown person", changed("PersonId", json!("201601022385")), 404),
        ("what is right", actualisation(), 200),
        ("the same once more, for it recognises no repeat", actualisation(), 200),
    ];
    for (what, body, wanted) in cases {
        let answer =
            caller.post("Actualisations", &LICENCE).json(&body).send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), wanted, "{what}");
    }
    assert_eq!(lifecare.actualisations().len(), 2);

    let unknown =
        caller.get("Persons", &LICENCE).query(&[("personId", "201601022385")]).send().await;
    assert_eq!(unknown.expect("an answer").status().as_u16(), 404);
    let twice =
        caller.get("Persons", &LICENCE).query(&LICENCE).query(&[("personId", PERSON)]).send().await;
    assert_eq!(twice.expect("an answer").status().as_u16(), 401);
    let path = "Actualisations/1/Attachments";
    let nowhere =
        caller.post(path, &LICENCE).multipart(attachment()).send().await.expect("an answer");
    assert_eq!(nowhere.status().as_u16(), 404);
    let creations =
        lifecare.calls().into_iter().filter(|call| call.operation == Some(Operation::Create));
    assert_eq!(creations.count(), 9, "every call is on record");
}
