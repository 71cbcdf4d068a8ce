//! The letter that offers help after a landlord's notice: off as delivered, and where the profile turns it on gated, sent and counted apart from the statute.

use kvittens::clock::Clock;
use serde_json::Value;
use serde_json::json;

use crate::support::gateway::Gateway;
use crate::support::letter_platform::LetterPlatform;
use crate::support::wait;

use super::copies;
use super::copies::HER;
use super::copies::HIM;
use super::copies::PRINT;
use super::copies::register;
use super::copies::sent;
use super::copies::whole;
use super::copies_service::service;
use super::place::LIMIT;
use super::place::Place;
use super::place::end;
use super::place::names;

/// Whom the register names.
const PROTECTED: &str = "197801022398";

pub(super) const RULE: &str = "\n[[acknowledge]]\nname = \"erbjudande\"\ntypes = [\"rentArrears\", \"tenantOwnedArrears\"]\nto = \"person\"\nsource = \"policy\"\n\n[default]";

/// Malmö's profile with the letter turned on.
pub(super) fn turned_on(place: &Place, rule: &str) {
    let malmo = concat!(env!("CARGO_MANIFEST_DIR"), "/config/malmo.toml");
    let malmo = std::fs::read_to_string(malmo).unwrap().replacen("\n[default]", rule, 1);
    std::fs::write(place.path("profile.toml"), malmo).unwrap();
    let config = std::fs::read_to_string(place.workspace.config()).unwrap();
    let before = config.split("\n[municipality]\n").next().unwrap_or_default().to_owned();
    let own = format!(
        "{before}\n[municipality]\nprofile = {:?}\n",
        place.path("profile.toml").display().to_string()
    );
    std::fs::write(place.workspace.config(), own).unwrap();
}

/// A landlord's notice of arrears, as a system would send it.
pub(super) fn arrears(person: &str) -> Value {
    json!({
        "schemaVersion": "1.0", "type": "rentArrears", "issuedOn": "2026-10-10",
        "sender": { "kind": "landlord", "name": "Fastighets AB Exempelhus", "reference": "4711-88" },
        "persons": [
            { "role": "tenant", "name": "Testa Testsson",
              "identity": { "kind": "personalIdentityNumber", "value": person } },
            { "role": "child", "name": "Barn Testsson" } ],
        "dwelling": { "street": "Exempelgatan 12", "postalCode": "21432", "city": "Malmö" },
        "arrears": { "amountToRecover": "17824.00" },
        "text": "Hyran är obetald."
    })
}

fn withdrawal(change: impl Fn(&mut Value)) -> Value {
    let mut withdrawal = json!({
        "schemaVersion": "1.0", "type": "withdrawal",
        "sender": { "kind": "landlord", "name": "Fastighets AB Exempelhus" },
        "text": "Skulden är betald."
    });
    change(&mut withdrawal);
    withdrawal
}

/// What `kvittens copies --offers` says of a notice, once it says this.
pub(super) async fn waits(place: &Place, reference: &str, reason: &str) {
    wait::until(&format!("{reference} waits: {reason}"), LIMIT, || async {
        let (_, said) = place.says(&["copies", "--offers", "--json"]).await;
        let lines = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let mut ours = lines.filter(|line| line["reference"] == reference);
        ours.find(|line| line["reason"].as_str().is_some_and(|told| told.contains(reason)))
    })
    .await;
}

async fn shows(place: &Place, reference: &str, word: &str) {
    wait::eventually(&format!("{reference} shows {word}"), LIMIT, || async {
        place.says(&["show", reference, "--json"]).await.1.contains(word)
    })
    .await;
}

async fn report(place: &Place) -> Value {
    let today = Clock::system().now().in_tz("Europe/Stockholm").unwrap().date();
    let (from, to) = (today.yesterday().unwrap().to_string(), today.to_string());
    let arguments = ["report", "--from", &from, "--to", &to, "--format", "json"];
    let output = place.workspace.run(&arguments).await;
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test]
async fn nothing_is_planned_where_no_profile_turns_it_on_and_one_letter_to_the_adult_where_it_does()
{
    let place = copies::place("", "", None);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("landlord").await;
    let before = sent(&place, &key, &arrears(HIM)).await;
    let (_, shown) = place.says(&["show", &before, "--json"]).await;
    assert!(!shown.contains("offer") && !shown.contains("\"person\""), "{shown}");
    end(gateway).await;
    turned_on(&place, RULE);
    let (_, said) = place.says(&["check"]).await;
    assert!(said.contains("offers help") && said.contains("no statute"), "{said}");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let reference = sent(&place, &key, &arrears(HER)).await;
    let files = place.names(PRINT, 2).await;
    assert_eq!(files, [format!("brev-{reference}.1.pdf"), format!("brev-{reference}.csv")]);
    shows(&place, &reference, "offer.released").await;
    let report = report(&place).await;
    let clocks = report["clocks"].as_array().unwrap();
    assert_eq!(clocks.len(), 4, "{report}");
    let of = |purpose: &str| clocks.iter().find(|clock| clock["purpose"] == purpose).unwrap();
    assert_eq!(of("offer")["notices"], 1, "{report}");
    assert_eq!(of("offer")["basis"], "policy");
    assert_eq!((&of("copy")["notices"], &of("confirmation")["notices"]), (&json!(0), &json!(0)));
    // The same notice by another client is one notice: no second letter.
    let other = place.client("second-door").await;
    let again = sent(&place, &other, &arrears(HER)).await;
    shows(&place, &again, "sameNotice").await;
    end(gateway).await;
    assert_eq!(names(&place.path(PRINT)).len(), 2);
    whole(&place).await;
}

#[tokio::test]
async fn the_unproven_the_unsure_and_the_protected_get_none_by_themselves() {
    let place = copies::place("", "", None);
    turned_on(&place, RULE);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let landlord = place.client("landlord").await;
    let stranger = place.client("stranger").await;
    let unproven = sent(&place, &stranger, &arrears(HIM)).await;
    waits(&place, &unproven, "gate:landlord").await;
    let mut nameless = arrears(HER);
    nameless["persons"][0].as_object_mut().unwrap().remove("identity");
    let unsure = sent(&place, &landlord, &nameless).await;
    waits(&place, &unsure, "identity").await;
    let protected = sent(&place, &landlord, &arrears(PROTECTED)).await;
    waits(&place, &protected, "protected").await;
    // Apart from the copies, which a statute demands.
    let (_, said) = place.says(&["copies"]).await;
    assert!(said.contains("No copy is owed"), "{said}");
    let (_, said) = place.says(&["copies", "--offers", "--protected", "--json"]).await;
    assert!(said.contains(&protected) && said.lines().count() == 1, "{said}");
    let (well, said) = place.says(&["copy", &protected, "--approve"]).await;
    assert!(!well && said.contains("protected identity"), "{said}");
    let (well, said) =
        place.says(&["copy", &protected, "--not-sent", "reached by telephone"]).await;
    assert!(well, "{said}");
    shows(&place, &protected, "person.droppedOffer").await;
    assert!(names(&place.path(PRINT)).is_empty(), "nothing has left");
    let (well, said) = place.says(&["copy", &unproven, "--approve"]).await;
    assert!(well && said.contains("the print folder"), "{said}");
    place.names(PRINT, 2).await;
    // What a statute demands cannot be left out so.
    let kronofogden = place.client("stranger-2").await;
    let demanded = sent(&place, &kronofogden, &copies::notice(HIM)).await;
    copies::waits(&place, &demanded, "sender").await;
    let (well, _) = place.says(&["copy", &demanded, "--not-sent", "no"]).await;
    assert!(!well);
    end(gateway).await;
    whole(&place).await;
}

#[tokio::test]
async fn a_notice_taken_back_before_its_letter_left_brings_none_and_says_why() {
    let place = copies::place("", "", None);
    turned_on(&place, RULE);
    std::fs::remove_file(place.path(copies::REGISTER)).unwrap();
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let landlord = place.client("landlord").await;
    let stranger = place.client("stranger").await;
    let first = sent(&place, &landlord, &arrears(HIM)).await;
    let second = sent(&place, &landlord, &arrears(HER)).await;
    waits(&place, &first, "gate:protection").await;
    waits(&place, &second, "gate:protection").await;
    // By the person; by our reference. Somebody else's word alone decides nothing.
    let by_person = withdrawal(|it| {
        it["persons"] = json!([{ "role": "tenant", "name": "Testa Testsson",
            "identity": { "kind": "personalIdentityNumber", "value": HIM } }]);
    });
    sent(&place, &stranger, &by_person).await;
    waits(&place, &first, "takenBack").await;
    sent(&place, &landlord, &by_person).await;
    shows(&place, &first, "withdrawn").await;
    let by_reference = withdrawal(|it| it["relatesTo"] = json!({ "reference": second }));
    sent(&place, &landlord, &by_reference).await;
    shows(&place, &second, "withdrawn").await;
    register(&place, &[PROTECTED]);
    let (_, said) = place.says(&["copies", "--offers"]).await;
    assert!(said.contains("No letter that offers help waits"), "{said}");
    end(gateway).await;
    assert!(names(&place.path(PRINT)).is_empty());
    whole(&place).await;
}

#[tokio::test]
async fn one_that_was_released_and_could_not_leave_yet_is_still_taken_back() {
    let place = copies::place("", "", None);
    turned_on(&place, RULE);
    let (folder, aside) = (place.path(PRINT), place.path("aside"));
    std::fs::rename(&folder, &aside).unwrap();
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let landlord = place.client("landlord").await;
    let reference = sent(&place, &landlord, &arrears(HIM)).await;
    waits(&place, &reference, "cannot write to the print folder").await;
    // By the landlord's own reference.
    let taken_back = withdrawal(|it| it["relatesTo"] = json!({ "senderReference": "4711-88" }));
    sent(&place, &landlord, &taken_back).await;
    shows(&place, &reference, "offer.notSent").await;
    std::fs::rename(&aside, &folder).unwrap();
    let (_, said) = place.says(&["copies", "--offers"]).await;
    assert!(said.contains("No letter that offers help waits"), "{said}");
    end(gateway).await;
    assert!(names(&folder).is_empty());
    whole(&place).await;
}

#[tokio::test]
async fn by_the_letter_service_it_goes_once_whenever_the_gateway_is_killed() {
    let platform = LetterPlatform::start(&[HIM]).await;
    let place = service(&platform, "[\"service\", \"print\"]", "");
    turned_on(&place, RULE);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("landlord").await;
    end(gateway).await;
    let points = [
        "after_judging_before_commit:1",
        "after_letter_begun:1",
        "after_letter_posted:1",
        "after_letters_before_outcome:1",
    ];
    let mut gateway =
        Gateway::start_unready(&place.workspace, &[("KVITTENS_TEST_KILL", points[0])]).await;
    gateway.wait_ready().await;
    let reference = sent(&place, &key, &arrears(HIM)).await;
    assert!(!gateway.wait_exit().await.success());
    for point in &points[1..] {
        let mut gateway =
            Gateway::start_unready(&place.workspace, &[("KVITTENS_TEST_KILL", point)]).await;
        assert!(!gateway.wait_exit().await.success(), "{point}");
    }
    let gateway = Gateway::start(&place.workspace, &[]).await;
    wait::eventually("the letter is delivered", LIMIT, || async {
        place.says(&["copies", "--offers"]).await.1.contains("No letter that offers help waits")
    })
    .await;
    // Whom the service does not know has it on paper.
    let paper = sent(&place, &key, &arrears(HER)).await;
    let files = place.names(PRINT, 2).await;
    assert_eq!(files[0], format!("brev-{paper}.1.pdf"));
    end(gateway).await;
    let letters = platform.letters();
    assert_eq!(letters.len(), 1, "{letters:?}");
    let told = letters[0].body.to_string();
    assert!(told.contains(&format!("brev-{reference}.1.pdf")), "{told}");
    assert!(!told.contains("Testsson") && !told.contains("vräk"), "{told}");
    whole(&place).await;
}

#[tokio::test]
async fn an_own_text_is_checked_for_this_letter() {
    let place = copies::place("", "", None);
    let rule = |text: &str| {
        let named = RULE.replace("source = \"policy\"", "source = \"policy\"\ntext = \"hjalp\"");
        named.replace("[default]", &format!("[texts.hjalp]\nsv = \"{text}\"\nen = \"# Help\\n\\nCall {{telephone}}.\"\n\n[default]"))
    };
    turned_on(&place, &rule("# Hjälp\\n\\nRing {telefon} om {målnummer}."));
    let (well, said) = place.says(&["check"]).await;
    assert!(!well && said.contains("texts.hjalp.sv") && said.contains("målnummer"), "{said}");
    turned_on(&place, &rule("# Hjälp\\n\\nRing {telefon}."));
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("landlord").await;
    sent(&place, &key, &arrears(HIM)).await;
    place.names(PRINT, 2).await;
    end(gateway).await;
    whole(&place).await;
}
