//! Receipts as proof, asked for as senders and others do: signed receipts, public keys, the check, and its page.

use crate::domain::delivery::DeliveryState;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::http::server::Peer;
use crate::public::MessageView;
use crate::public::Register;
use crate::public::RegisterUnavailable;
use crate::public::routes;
use crate::public::tests::api;
use crate::public::tests::bearer;
use crate::public::tests::desk;
use crate::public::tests::get_from;
use crate::public::tests::reference;
use crate::public::tests::text;
use crate::seal;
use crate::seal::chest::Chest;
use crate::seal::jwk::JwkSet;
use crate::seal::keys::KeyRing;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::response::Response;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::Mutex;
use tower::ServiceExt;

pub(super) const ROOT: &str = "/eviction-notices/v1";

/// One message, and the receipts that were kept of it.
#[derive(Default)]
pub(super) struct Keeping {
    pub(super) board: Mutex<String>,
    notices: Mutex<usize>,
    kept: Mutex<HashMap<usize, String>>,
}

#[async_trait::async_trait]
impl Register for Keeping {
    async fn message(
        &self,
        wanted: &Reference,
    ) -> Result<Option<MessageView>, RegisterUnavailable> {
        let states = vec![DeliveryState::Queued; *self.notices.lock().unwrap() + 1];
        let mut view = api(&states).view();
        view.board = self.board.lock().unwrap().clone();
        Ok((*wanted == view.answer.reference).then_some(view))
    }

    async fn kept_receipt(
        &self,
        _message: &Reference,
        notices: usize,
    ) -> Result<Option<String>, RegisterUnavailable> {
        Ok(self.kept.lock().unwrap().get(&notices).cloned())
    }

    async fn keep_receipt(
        &self,
        _message: &Reference,
        notices: usize,
        receipt: Masked,
    ) -> Result<String, RegisterUnavailable> {
        let mut kept = self.kept.lock().unwrap();
        Ok(kept.entry(notices).or_insert_with(|| receipt.reveal().to_owned()).clone())
    }
}

fn now() -> Timestamp {
    "2026-10-12T09:00:00Z".parse().unwrap()
}

pub(super) fn ring() -> KeyRing {
    KeyRing::parse([seal::keys::generate(now()).unwrap().reveal()]).unwrap()
}

pub(super) fn router(chest: Chest) -> (Arc<Keeping>, Router) {
    let register = Arc::new(Keeping::default());
    let mut desk = desk(register.clone());
    desk.chest = chest;
    (register, crate::http::wrap::wrap(routes(desk), &crate::http::Config::default()))
}

pub(super) async fn ask(
    router: &Router,
    request: axum::http::request::Builder,
    body: String,
) -> Response {
    let request = request.extension(Peer(IpAddr::from([192, 0, 2, 1])));
    router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap()
}

async fn get(router: &Router, path: &str) -> Response {
    let request = Request::get(path).header("authorization", bearer('a'));
    ask(router, request, String::new()).await
}

pub(super) async fn receipt(router: &Router) -> String {
    let answer = get(router, &format!("{ROOT}/notices/{}/receipt", reference(0))).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "application/json");
    text(answer).await
}

async fn typed(router: &Router, lang: &str, reference: &str, code: &str) -> Response {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("reference", reference), ("controlCode", code)])
        .finish();
    let request = Request::post(format!("/kvitto?lang={lang}"))
        .header("content-type", "application/x-www-form-urlencoded");
    ask(router, request, body).await
}

#[tokio::test]
async fn a_receipt_comes_as_data_or_as_text() {
    let path = format!("/notices/{}/receipt", reference(0));
    let key = bearer('a');
    for (accept, status, content_type) in [
        ("*/*", 200, "application/json"),
        ("application/json", 200, "application/json"),
        ("text/plain", 200, "text/plain; charset=utf-8"),
        ("application/pdf", 200, "application/pdf"),
        ("image/png", 406, "application/problem+json"),
    ] {
        let headers = [("authorization", key.as_str()), ("accept", accept)];
        let response = get_from(api(&[DeliveryState::Queued]), &path, &headers).await;
        assert_eq!(response.status(), status, "{accept}");
        assert_eq!(response.headers()["content-type"], content_type);
        if content_type == "application/pdf" {
            let named = response.headers()["content-disposition"].to_str().unwrap().to_owned();
            assert!(named.contains(reference(0).as_str()), "{named}");
            let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
            assert!(bytes.starts_with(b"%PDF-"));
            continue;
        }
        let body = text(response).await;
        if content_type.starts_with("text") {
            assert!(body.contains(reference(0).as_str()) && body.contains("2026-10-12 kl. 10.15"));
            assert!(body.contains("Exempelnämnden"));
            assert!(!body.contains("\nSHA-256: forged"), "one value, one line");
        }
        if content_type == "application/json" {
            let body: Value = serde_json::from_str(&body).unwrap();
            for member in ["reference", "receivedAt", "arrivalDate", "sha256", "senderReference"] {
                assert!(body[member].is_string(), "{member}");
            }
            assert_eq!(body["contact"]["telephone"], "010-000 00 00");
            assert_eq!(body["board"], "Exempelnämnden");
        }
    }
}

#[tokio::test]
async fn a_receipt_is_signed_once_and_the_same_bytes_ever_after() {
    let ring = ring();
    let keys = ring.jwk_set();
    let (register, router) = router(Chest::of(ring));
    let first = receipt(&router).await;
    let value = seal::canonical::parse(first.as_bytes()).unwrap();
    assert!(seal::receipt::verify(&value, &keys).is_ok());
    assert_eq!(value["controlCode"].as_str().map(str::len), Some(10));
    *register.board.lock().unwrap() = "En annan nämnd".to_owned();
    assert_eq!(receipt(&router).await, first, "the board is called otherwise by now");
    *register.notices.lock().unwrap() = 2;
    let more = receipt(&router).await;
    assert_eq!(
        serde_json::from_str::<Value>(&more).unwrap()["notices"].as_array().unwrap().len(),
        3
    );
    assert_eq!(receipt(&router).await, more);
}

#[tokio::test]
async fn without_keys_or_without_one_in_force_a_receipt_goes_out_unsigned_and_is_not_kept() {
    for chest in [Chest::default(), Chest::of(KeyRing::default())] {
        let (register, router) = router(chest);
        let value: Value = serde_json::from_str(&receipt(&router).await).unwrap();
        assert!(value.get("signature").is_none() && value.get("controlCode").is_none());
        assert!(register.kept.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_public_keys_are_there_for_everyone() {
    let ring = ring();
    let kid = ring.current(now()).unwrap().kid().to_owned();
    let (_, with) = router(Chest::of(ring));
    let answer = ask(&with, Request::get(format!("{ROOT}/keys")), String::new()).await;
    assert_eq!(answer.headers()["content-type"], "application/jwk-set+json");
    let set = text(answer).await;
    assert!(JwkSet::parse(set.as_bytes()).unwrap().key(&kid).is_some());
    let members: Value = serde_json::from_str(&set).unwrap();
    let described = serde_json::to_value(crate::public::openapi::document()).unwrap();
    let described = &described["components"]["schemas"]["PublicKey"]["properties"];
    for member in members["keys"][0].as_object().unwrap().keys() {
        assert!(described[member].is_object(), "{member} is not in the OpenAPI document");
    }
    let (_, without) = router(Chest::default());
    assert_eq!(text(get(&without, &format!("{ROOT}/keys")).await).await, r#"{"keys":[]}"#);
}

#[tokio::test]
async fn the_check_tells_of_the_right_code_and_of_nothing_else() {
    let (_, router) = router(Chest::of(ring()));
    let value: Value = serde_json::from_str(&receipt(&router).await).unwrap();
    let code = value["controlCode"].as_str().unwrap();
    let path = |reference: &str, code: &str| {
        format!("{ROOT}/receipts/verify?reference={reference}&controlCode={code}")
    };
    let own = reference(0).to_string();
    for spelling in [code.to_owned(), format!("{}-{}", &code[..5].to_lowercase(), &code[5..])] {
        let answer = get(&router, &path(&own, &spelling)).await;
        assert_eq!(answer.headers()["cache-control"], "no-store");
        let told: Value = serde_json::from_str(&text(answer).await).unwrap();
        assert_eq!(told["valid"], true);
        for member in ["reference", "receivedAt", "arrivalDate", "sha256"] {
            assert_eq!(told[member], value[member], "{member}");
        }
        assert_eq!(told.as_object().unwrap().len(), 5);
    }
    let unknown = reference(8).to_string();
    for (reference, code) in
        [(own.as_str(), "0000000000"), (&unknown, code), (&own, "x"), ("nonsense", code), ("", "")]
    {
        let told = text(get(&router, &path(reference, code)).await).await;
        assert_eq!(told, r#"{"valid":false}"#, "{reference} {code}");
    }
    let nothing = get(&router, &format!("{ROOT}/receipts/verify")).await;
    assert_eq!(text(nothing).await, r#"{"valid":false}"#);
}

#[tokio::test]
async fn guesses_are_limited_by_address_on_the_api_and_on_the_page_together() {
    let (_, router) = router(Chest::of(ring()));
    let own = reference(0).to_string();
    let path = format!("{ROOT}/receipts/verify?reference={own}&controlCode=0000000000");
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(get(&router, &path).await.status().as_u16());
    }
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429]);
    let page = typed(&router, "en", &own, "0000000000").await;
    assert_eq!(page.status(), 429);
    assert!(page.headers().contains_key("retry-after"));
    assert!(text(page).await.contains("Too many attempts"));
    let request = Request::get(&path).extension(Peer(IpAddr::from([192, 0, 2, 2])));
    let other = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(other.status(), 200, "another address is free");
}

#[tokio::test]
async fn the_page_says_in_both_languages_what_a_receipt_is_worth() {
    let (_, router) = router(Chest::of(ring()));
    let value: Value = serde_json::from_str(&receipt(&router).await).unwrap();
    let code = value["controlCode"].as_str().unwrap();
    let own = reference(0).to_string();
    for (lang, genuine, wrong, arrived) in [
        ("sv", "Kvittot är äkta", "Kvittot kan inte bekräftas", "2026-10-12 kl. 10.15"),
        ("en", "The receipt is genuine", "The receipt cannot be confirmed", "2026-10-12 at 10:15"),
    ] {
        let page = typed(&router, lang, &own, code).await;
        assert_eq!(page.headers()["content-language"], lang);
        assert_eq!(page.headers()["cache-control"], "no-store");
        let page = text(page).await;
        let digest = value["sha256"].as_str().unwrap();
        assert!(
            page.contains(genuine) && page.contains(arrived) && page.contains(digest),
            "{page}"
        );
        assert!(page.contains("role=\"status\""));
        let page = text(typed(&router, lang, &own, "0000000000").await).await;
        assert!(page.contains(wrong) && page.contains("role=\"alert\"") && !page.contains(digest));
    }
}

#[tokio::test]
async fn the_page_opens_with_labels_for_every_field_and_takes_nothing_typed_as_markup() {
    let (_, with) = router(Chest::of(ring()));
    let page = get(&with, "/kvitto?lang=sv&reference=AVH-%3Cb%3E%22").await;
    assert_eq!(page.status(), 200);
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("default-src 'none'") && policy.contains("form-action 'self'"));
    let page = text(page).await;
    assert!(!page.contains("<script") && !page.contains("AVH-<b>"), "{page}");
    for field in ["reference", "code"] {
        assert!(page.contains(&format!("<label for=\"{field}\">")), "{field}");
        assert!(page.contains(&format!("aria-describedby=\"{field}-hint\"")), "{field}");
    }
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"sv\">"));
    let (_, without) = router(Chest::default());
    assert!(text(get(&without, "/kvitto?lang=en").await).await.contains("no control codes yet"));
    let path = format!("{ROOT}/receipts/verify?reference=AVH-7K4M-2QX6&controlCode=7K4M2QX6AB");
    assert_eq!(get(&without, &path).await.status(), 404);
}
