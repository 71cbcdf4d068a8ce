//! Asks the pages as senders do: their own messages, others' messages, and what is not built.

use crate::acknowledge::Bilingual;
use crate::acknowledge::Contact;
use crate::clock::Clock;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Recipient;
use crate::domain::answer::Answer;
use crate::domain::answer::AnsweredNotice;
use crate::domain::calendar::LocalTime;
use crate::domain::delivery::DeliveryState;
use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::notice::NoticeType;
use crate::domain::received::Channel;
use crate::domain::reference::Prefix;
use crate::domain::reference::Reference;
use crate::http::urls::ApiRoot;
use crate::intake::api::Client;
use crate::intake::api::Clients;
use crate::intake::api::ClientsUnavailable;
use crate::intake::api::client::key_hash;
use crate::public::About;
use crate::public::AcknowledgementView;
use crate::public::Desk;
use crate::public::MessageView;
use crate::public::NoticeView;
use crate::public::Register;
use crate::public::RegisterUnavailable;
use crate::public::feed_tests;
use crate::public::routes;
use crate::seal::chest::Chest;
use axum::body::Body;
use axum::http::Request;
use axum::response::Response;
use serde_json::Value;
use std::sync::Arc;
use tower::ServiceExt;

pub(super) fn key(letter: char) -> String {
    format!("kv_{}", letter.to_string().repeat(43))
}

pub(super) fn reference(number: u8) -> Reference {
    Reference::compose(&Prefix::parse("AVH").unwrap(), [number; 7])
}

struct Known;

#[async_trait::async_trait]
impl Clients for Known {
    async fn by_key(&self, hash: &Digest) -> Result<Option<Client>, ClientsUnavailable> {
        let known = [('a', "exempelhus"), ('b', "annan")];
        let found = known.into_iter().find(|(letter, _)| *hash == key_hash(&key(*letter)));
        Ok(found.map(|(_, name)| Client { name: name.to_owned(), mail_to: None }))
    }

    async fn sent(&self, client: &str, reference: &Reference) -> Result<bool, ClientsUnavailable> {
        Ok(client == "exempelhus" && reference.as_str().starts_with("AVH-"))
    }
}

pub(super) struct Fixed {
    channel: Channel,
    states: Vec<DeliveryState>,
}

impl Fixed {
    /// No message at all.
    pub(super) fn nothing() -> Self {
        Self { channel: Channel::Api, states: Vec::new() }
    }

    pub(super) fn view(&self) -> MessageView {
        let references = (1..).take(self.states.len()).map(reference);
        let notices: Vec<_> = references
            .zip(&self.states)
            .map(|(reference, state)| NoticeView { reference, state: *state })
            .collect();
        let answered = notices.iter().map(|notice| AnsweredNotice {
            reference: notice.reference.clone(),
            kind: NoticeType::RentArrears,
            findings: Vec::new(),
            needs_review: true,
        });
        let acknowledgement = |recipient, purpose| AcknowledgementView {
            recipient,
            purpose,
            state: AcknowledgementState::Sent,
            at: Some("2026-10-12T08:15:30.9Z".parse().unwrap()),
        };
        MessageView {
            answer: Answer {
                reference: reference(0),
                received_at: "2026-10-12T08:15:30.123456Z".parse().unwrap(),
                arrival_date: "2026-10-12".parse().unwrap(),
                sha256: Digest::of(b"x"),
                notices: answered.collect(),
            },
            partner: Some("exempelhus".to_owned()),
            channel: self.channel,
            sender_reference: Some(Masked::new("2026-4711\nSHA-256: forged")),
            case_number: None,
            board: "Exempelnämnden".to_owned(),
            acknowledgements: vec![
                acknowledgement(Recipient::Sender, Purpose::Receipt),
                acknowledgement(Recipient::EnforcementAuthority, Purpose::Confirmation),
                acknowledgement(Recipient::Person, Purpose::Copy),
            ],
            notices,
        }
    }
}

#[async_trait::async_trait]
impl Register for Fixed {
    async fn message(
        &self,
        wanted: &Reference,
    ) -> Result<Option<MessageView>, RegisterUnavailable> {
        if *wanted == reference(9) {
            return Err(RegisterUnavailable("gone".into()));
        }
        let view = self.view();
        let held = *wanted == view.answer.reference
            || view.notices.iter().any(|notice| notice.reference == *wanted);
        Ok(held.then_some(view))
    }

    async fn kept_receipt(
        &self,
        _message: &Reference,
        _notices: usize,
    ) -> Result<Option<String>, RegisterUnavailable> {
        Ok(None)
    }

    async fn keep_receipt(
        &self,
        _message: &Reference,
        _notices: usize,
        receipt: Masked,
    ) -> Result<String, RegisterUnavailable> {
        Ok(receipt.reveal().to_owned())
    }
}

/// What the pages work with: this register, no keys.
pub(super) fn desk(register: Arc<dyn Register>) -> Desk {
    let contact = Contact {
        organisation: Bilingual { sv: "Exempelstads kommun".to_owned(), en: String::new() },
        board: String::new(),
        telephone: "010-000 00 00".to_owned(),
        email: "kontakt@kommun.example".to_owned(),
    };
    Desk {
        register,
        feed: Arc::<feed_tests::Three>::default(),
        clients: Arc::new(Known),
        root: ApiRoot::under("https://socialtjanst.example"),
        local_time: LocalTime::named("Europe/Stockholm").unwrap(),
        about: About { documentation: None, contact },
        chest: Chest::default(),
        clock: Clock::fixed("2026-10-12T09:00:00Z".parse().unwrap()),
        proxies: Vec::new(),
    }
}

pub(super) async fn get_from(register: Fixed, path: &str, headers: &[(&str, &str)]) -> Response {
    let desk = desk(Arc::new(register));
    let router = crate::http::wrap::wrap(routes(desk), &crate::http::Config::default());
    let mut request = Request::builder().uri(format!("/eviction-notices/v1{path}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

pub(super) async fn text(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 1_000_000).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

async fn json(response: Response) -> Value {
    serde_json::from_str(&text(response).await).unwrap()
}

pub(super) fn api(states: &[DeliveryState]) -> Fixed {
    Fixed { channel: Channel::Api, states: states.to_vec() }
}

pub(super) fn bearer(letter: char) -> String {
    format!("Bearer {}", key(letter))
}

#[tokio::test]
async fn a_status_tells_its_sender_received_or_registered_and_nothing_else() {
    use DeliveryState as S;
    let cases: &[(&[S], &str)] = &[
        (&[], "received"),
        (&[S::Reading], "received"),
        (&[S::NeedsReview], "received"),
        (&[S::Queued], "registered"),
        (&[S::Retrying], "registered"),
        (&[S::Uncertain], "registered"),
        (&[S::Parked], "registered"),
        (&[S::Delivered], "registered"),
        (&[S::Dismissed], "registered"),
        (&[S::NotNotice], "registered"),
        (&[S::Delivered, S::NeedsReview], "received"),
    ];
    for (states, expected) in cases {
        let path = format!("/notices/{}", reference(0));
        let response = get_from(api(states), &path, &[("authorization", &bearer('a'))]).await;
        assert_eq!(response.status(), 200);
        let body = json(response).await;
        assert_eq!(body["state"], *expected, "{states:?}");
        assert_eq!(body["receivedAt"], "2026-10-12T08:15:30Z");
        assert_eq!(body["arrivalDate"], "2026-10-12");
        let told = serde_json::json!([{"recipient": "sender", "state": "sent", "at": "2026-10-12T08:15:30Z"}]);
        assert_eq!(body["acknowledgements"], told);
        assert_eq!(body.get("notices").is_some(), states.len() > 1);
    }
}

#[tokio::test]
async fn one_notice_of_several_has_its_own_status() {
    let states = [DeliveryState::Delivered, DeliveryState::NeedsReview];
    for (number, expected) in [(1, "registered"), (2, "received")] {
        let path = format!("/notices/{}", reference(number));
        let body =
            json(get_from(api(&states), &path, &[("authorization", &bearer('a'))]).await).await;
        assert_eq!(body["state"], expected);
        assert_eq!(body["reference"], reference(number).as_str());
        assert!(body.get("notices").is_none());
    }
}

#[tokio::test]
async fn another_sender_learns_no_more_than_of_a_reference_that_does_not_exist() {
    let folder = Fixed { channel: Channel::Folder, states: vec![DeliveryState::Queued] };
    let queued = || api(&[DeliveryState::Queued]);
    for tail in ["", "/receipt"] {
        let own = format!("/notices/{}{tail}", reference(0));
        let none = format!("/notices/{}{tail}", reference(8));
        let (ours, theirs) = (bearer('a'), bearer('b'));
        let mut answers = Vec::new();
        let folder = Fixed { channel: folder.channel, states: folder.states.clone() };
        for (register, path, key) in
            [(queued(), &own, &theirs), (queued(), &none, &ours), (folder, &own, &ours)]
        {
            let response = get_from(register, path, &[("authorization", key)]).await;
            assert_eq!(response.status(), 404);
            let mut body = json(response).await;
            body.as_object_mut().unwrap().remove("instance");
            answers.push(body);
        }
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
        assert_eq!(get_from(queued(), &own, &[]).await.status(), 401);
        let unknown = bearer('c');
        assert_eq!(get_from(queued(), &own, &[("authorization", &unknown)]).await.status(), 401);
    }
}

#[tokio::test]
async fn a_store_that_does_not_answer_is_a_503() {
    let path = format!("/notices/{}", reference(9));
    let response = get_from(api(&[]), &path, &[("authorization", &bearer('a'))]).await;
    assert_eq!(response.status(), 503);
    assert!(response.headers().contains_key("retry-after"));
}

#[tokio::test]
async fn the_api_tells_what_it_is_without_a_key() {
    let info = json(get_from(api(&[]), "/api-info", &[]).await).await;
    for member in ["apiName", "apiVersion", "apiReleased", "apiDocumentation", "apiStatus"] {
        assert!(info[member].as_str().is_some_and(|text| !text.is_empty()), "{member}");
    }
    let document = json(get_from(api(&[]), "/openapi.json", &[]).await).await;
    assert_eq!(document["servers"][0]["url"], "https://socialtjanst.example/eviction-notices/v1");
    assert_eq!(document["info"]["contact"]["email"], "kontakt@kommun.example");
    let page = get_from(api(&[]), "/problems/key-reused", &[("accept-language", "sv")]).await;
    assert_eq!(json(page).await["title"], "Nyckeln har använts till annat innehåll");
    assert_eq!(get_from(api(&[]), "/problems/nothing", &[]).await.status(), 404);
}

#[tokio::test]
async fn what_is_not_built_says_so() {
    for path in ["/batches/1", "/events"] {
        let response = get_from(api(&[]), path, &[]).await;
        assert_eq!(response.status(), 501, "{path}");
        assert_eq!(json(response).await["status"], 501);
    }
}
