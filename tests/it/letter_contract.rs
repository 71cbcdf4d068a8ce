//! Our calls to the letter service, and the stand-in for it, against the published descriptions: Prism stands between and refuses what either
//! side may not say.

use std::sync::Once;

use kvittens::acknowledge::Bilingual;
use kvittens::acknowledge::Contact;
use kvittens::acknowledge::letter_service::LetterService;
use kvittens::acknowledge::letter_service::Post;
use kvittens::acknowledge::letter_service::Stand;
use kvittens::acknowledge::letter_service::config::Config;
use serde_json::json;

use crate::support::http_client;
use crate::support::letter_platform::Fate;
use crate::support::letter_platform::LetterPlatform;
use crate::support::prism;
use crate::support::prism::Prism;
use crate::support::servers::Server;
use crate::support::servers::Servers;

const PERSON: &str = "198501012390";
const STRANGER: &str = "197801022398";

fn contact() -> Contact {
    Contact {
        organisation: Bilingual {
            sv: "Exempelstads kommun".to_owned(),
            en: "Exempelstad".to_owned(),
        },
        board: "Socialnämnden".to_owned(),
        telephone: "040-10 00 00".to_owned(),
        email: "avhysning@example.org".to_owned(),
    }
}

fn service(messaging: &str, party: &str, token: &str) -> LetterService {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| drop(rustls::crypto::aws_lc_rs::default_provider().install_default()));
    let keys = format!(
        "url = {messaging:?}\nparty_url = {party:?}\ndepartment = \"ASF(Boende)\"\ntoken = {token:?}\ntimeout = \"20s\""
    );
    let config: Config = toml::from_str(&keys).expect("the keys");
    LetterService::open(&config, "1280").expect("a service")
}

/// Posts a letter, follows it up and finds it again, as the gateway does.
async fn whole_way(service: &LetterService, platform: &LetterPlatform) {
    let party = service.party(PERSON).await.expect("an answer").expect("a party");
    assert_eq!(service.party(STRANGER).await.expect("an answer"), None);
    let contact = contact();
    let mark = "AVH-7K4M-2QX6/0/kopia.pdf";
    let post = Post { mark, party: &party, file: "kopia.pdf", pdf: "JVBERi0x", contact: &contact };
    let today = jiff::civil::date(2026, 11, 3);
    assert_eq!(service.find(&party, mark, today).await.expect("an answer"), None);
    for (fate, means) in [(Fate::Digital, "DIGITAL_MAIL"), (Fate::Paper, "SNAIL_MAIL")] {
        platform.deliver(fate);
        let taken = service.post(&post).await.expect("taken");
        assert_eq!(taken.stand, Stand::Waits);
        let stand = service.status(&taken.message).await.expect("an answer");
        assert!(matches!(&stand, Some(Stand::Sent { means: by, .. }) if by == means), "{stand:?}");
    }
    platform.deliver(Fate::Fails);
    let taken = service.post(&post).await.expect("taken");
    let stand = service.status(&taken.message).await.expect("an answer");
    assert!(matches!(&stand, Some(Stand::Failed(_))), "{stand:?}");
    let found = service.find(&party, mark, today).await.expect("an answer");
    assert!(matches!(found, Some(Stand::Sent { .. })), "{found:?}");
    assert_eq!(service.find(&party, "another", today).await.expect("an answer"), None);
    let nowhere = service.status("00000000-0000-4000-8000-000000000000").await;
    assert_eq!(nowhere.expect("an answer"), None);
    service.probe().await.expect("both answer");
}

#[tokio::test]
async fn a_letter_is_posted_followed_up_and_found_again() {
    let platform = LetterPlatform::start(&[PERSON]).await;
    let (messaging, party) =
        (format!("{}/messaging", platform.url()), format!("{}/party/", platform.url()));
    whole_way(&service(&messaging, &party, &platform.token()), &platform).await;
    assert_eq!(platform.letters()[0].pdf(), b"%PDF-1");
}

#[tokio::test]
async fn our_calls_pass_the_published_descriptions_and_known_bad_ones_do_not() {
    let Some(servers) = Servers::shared(&[Server::Prism]).await else { return };
    let Some((messaging, party)) = prism::letter_descriptions() else { return };
    let platform = LetterPlatform::start(&[PERSON]).await;
    let url = platform.url();
    let messaging = Prism::start(&servers.prism(), &messaging, &format!("{url}/messaging")).await;
    let party = Prism::start(&servers.prism(), &party, &format!("{url}/party")).await;
    let service = service(&messaging.url(), &party.url(), &platform.token());
    whole_way(&service, &platform).await;

    let good = platform.letters()[0].body.clone();
    let taken = platform.letters().len();
    let http = http_client();
    let send = async |body: &serde_json::Value| {
        let call =
            http.post(format!("{}/1280/letter", messaging.url())).bearer_auth(platform.token());
        call.json(body).send().await.expect("an answer").status().as_u16()
    };
    assert_eq!(send(&good).await, 201);
    let without = |member: &str| {
        let mut body = good.clone();
        body.as_object_mut().unwrap().remove(member);
        body
    };
    let changed = |path: &str, value: serde_json::Value| {
        let mut body = good.clone();
        *body.pointer_mut(path).unwrap() = value;
        body
    };
    let bad = [
        without("department"),
        without("attachments"),
        changed("/attachments/0/contentType", json!("application/msword")),
        changed("/attachments/0/deliveryMode", json!("PIGEON")),
        changed("/party/partyIds/0", json!(PERSON)),
        changed("/contentType", json!("text/markdown")),
    ];
    for body in &bad {
        assert_eq!(send(body).await, 422, "what Prism refuses does not reach the platform");
    }
    assert_eq!(platform.letters().len(), taken + 1);
    let company = http.get(format!("{}/1280/PERSON/{PERSON}/partyId", party.url()));
    let refused = company.bearer_auth(platform.token()).send().await.expect("an answer");
    assert_eq!(refused.status().as_u16(), 422, "a type of party that there is not");
}

#[tokio::test]
async fn tokens_are_fetched_and_fetched_anew_when_they_count_no_more() {
    let platform = LetterPlatform::start(&[PERSON]).await;
    let url = platform.url();
    drop(service(&url, &url, "t"));
    let keys = format!(
        "url = \"{url}/messaging\"\nparty_url = \"{url}/party\"\ndepartment = \"d\"\n\
         [oauth]\ntoken_url = \"{url}/token\"\nclient_id = \"kvittens\"\nclient_secret = \"letter-secret\""
    );
    let config: Config = toml::from_str(&keys).expect("the keys");
    let service = LetterService::open(&config, "1280").expect("a service");
    assert!(service.party(PERSON).await.expect("an answer").is_some());
    assert!(service.party(PERSON).await.expect("an answer").is_some());
    assert_eq!(platform.calls("token"), 1, "one token for both");
    platform.end_tokens();
    assert!(service.party(PERSON).await.expect("an answer").is_some());
    assert_eq!(platform.calls("token"), 2);
    let wrong: Config =
        toml::from_str(&keys.replace("letter-secret", "guessed")).expect("the keys");
    let wrong = LetterService::open(&wrong, "1280").expect("a service");
    let refused = wrong.party(PERSON).await.expect_err("no token");
    assert_eq!(refused.class(), "transient");
    assert!(refused.reason().contains("invalid_client") && !refused.reason().contains("guessed"));
}
