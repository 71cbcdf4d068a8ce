//! Letters that must not leave: a way that is switched off or in a dry run, somebody who has become protected, an earlier time, a confirmation that has not
//! gone. And whoever has had a letter gets no second one.

use serde_json::json;

use crate::support::gateway::Gateway;
use crate::support::letter_platform::Fate;
use crate::support::letter_platform::LetterPlatform;
use crate::support::wait;

use super::copies::HER;
use super::copies::HIM;
use super::copies::PRINT;
use super::copies::REGISTER;
use super::copies::nothing_owed;
use super::copies::notice;
use super::copies::place;
use super::copies::register;
use super::copies::sent;
use super::copies::waits;
use super::copies::whole;
use super::copies_service::service;
use super::place::LIMIT;
use super::place::Place;
use super::place::end;
use super::place::names;

/// Nobody of the other tests' notices.
const SOMEBODY: &str = "197801022398";

async fn does(place: &Place, arguments: &[&str]) -> String {
    let (well, said) = place.says(arguments).await;
    assert!(well, "{arguments:?}: {said}");
    said
}

async fn switch(place: &Place, way: &str, to: &str) {
    does(place, &["way", way, to, "--reason", "a test"]).await;
}

async fn printed(place: &Place, reference: &str) {
    let list = format!("kopia-{reference}.csv");
    wait::eventually("a letter on paper", LIMIT, || async {
        names(&place.path(PRINT)).contains(&list)
    })
    .await;
}

#[tokio::test]
async fn what_the_service_has_taken_is_followed_up_whatever_is_switched() {
    let platform = LetterPlatform::start(&[HIM, HER]).await;
    platform.deliver(Fate::Waits);
    let place = service(&platform, "[\"service\", \"print\"]", "");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let taken = sent(&place, &key, &notice(HIM)).await;
    platform.wait_for(1, LIMIT).await;
    switch(&place, "service", "off").await;
    let known = "kvittens_way_held_back{way=\"service\"} 1";
    wait::eventually("the switch is known", LIMIT, || async {
        let told = place.http.get(place.workspace.url("/metrics")).send().await;
        let Ok(told) = told else { return false };
        told.text().await.is_ok_and(|text| text.contains(known))
    })
    .await;
    // What has not begun takes the other way.
    let other = sent(&place, &key, &notice(HER)).await;
    printed(&place, &other).await;
    let asked = platform.calls("status");
    wait::eventually("it is asked for on", LIMIT, || async { platform.calls("status") > asked })
        .await;
    platform.end_all(Fate::Digital);
    nothing_owed(&place).await;
    end(gateway).await;
    assert_eq!(platform.letters().len(), 1);
    assert!(!names(&place.path(PRINT)).contains(&format!("kopia-{taken}.csv")));
    whole(&place).await;
}

#[tokio::test]
async fn what_was_made_in_a_dry_run_goes_when_a_person_approves_it_and_by_no_retry() {
    let platform = LetterPlatform::start(&[HIM]).await;
    let place = service(&platform, "[\"service\", \"print\"]", "");
    does(&place, &["migrate"]).await;
    switch(&place, "service", "dry-run").await;
    switch(&place, "print", "off").await;
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, &notice(HIM)).await;
    waits(&place, &reference, "dryRun").await;
    let (retried, said) = place.says(&["retry", &reference]).await;
    assert!(!retried || said.contains(&reference), "{said}");
    switch(&place, "print", "on").await;
    // A letter of its own shows that the way is on, and that it goes before one in a dry run.
    let other = sent(&place, &key, &notice(HER)).await;
    printed(&place, &other).await;
    waits(&place, &reference, "dryRun").await;
    assert_eq!(names(&place.path(PRINT)).len(), 2);
    let said = does(&place, &["copy", &reference, "--approve"]).await;
    assert!(said.contains("the print folder"), "{said}");
    printed(&place, &reference).await;
    nothing_owed(&place).await;
    end(gateway).await;
    assert!(platform.letters().is_empty());
    whole(&place).await;
}

#[tokio::test]
async fn whoever_became_protected_before_a_letter_began_gets_none() {
    let platform = LetterPlatform::start(&[HIM]).await;
    let place = service(&platform, "[\"service\"]", "");
    does(&place, &["migrate"]).await;
    switch(&place, "service", "off").await;
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, &notice(HIM)).await;
    waits(&place, &reference, "wayOff").await;
    register(&place, &[HIM]);
    switch(&place, "service", "on").await;
    waits(&place, &reference, "protected").await;
    let folder = place.path("looked-at");
    std::fs::create_dir(&folder).unwrap();
    let out = folder.display().to_string();
    let (well, said) = place.says(&["copy", &reference, "--out", &out]).await;
    assert!(!well && said.contains("protected identity"), "{said}");
    assert!(names(&folder).is_empty());
    end(gateway).await;
    assert!(platform.letters().is_empty());
    whole(&place).await;
}

#[tokio::test]
async fn whom_a_part_of_the_copy_has_reached_gets_no_second_letter() {
    let platform = LetterPlatform::start(&[HIM]).await;
    platform.deliver(Fate::Waits);
    let place = service(&platform, "[\"service\", \"print\"]", "");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    // The service knows him, and not her.
    let mut both = notice(HIM);
    let her = json!({ "role": "coTenant", "name": "Provo Provberg",
        "identity": { "kind": "personalIdentityNumber", "value": HER } });
    both["persons"].as_array_mut().unwrap().push(her);
    let reference = sent(&place, &key, &both).await;
    platform.wait_for(1, LIMIT).await;
    register(&place, &[HER]);
    platform.end_all(Fate::Digital);
    waits(&place, &reference, "protected").await;
    register(&place, &[SOMEBODY]);
    // One copy that cannot be stored would hold up all others.
    let other = sent(&place, &key, &notice(HIM)).await;
    platform.wait_for(2, LIMIT).await;
    platform.end_all(Fate::Digital);
    let said = does(&place, &["copy", &reference, "--approve"]).await;
    assert!(said.contains("1 letter(s) go to the print folder"), "{said}");
    printed(&place, &reference).await;
    nothing_owed(&place).await;
    end(gateway).await;
    let files = names(&place.path(PRINT));
    assert_eq!(files, [format!("kopia-{reference}.2.pdf"), format!("kopia-{reference}.csv")]);
    assert_eq!(platform.letters().len(), 2, "{other}");
    whole(&place).await;
}

#[tokio::test]
async fn a_copy_of_an_earlier_time_leaves_by_no_program_and_a_new_time_says_what_it_replaces() {
    let place = place("", "", None);
    std::fs::remove_file(place.path(REGISTER)).unwrap();
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let at = |case: &str, day: &str| {
        let mut notice = notice(HIM);
        notice["enforcement"]["caseNumber"] = json!(case);
        notice["enforcement"]["startsAt"] = json!(format!("{day}T09:00:00+01:00"));
        notice
    };
    let changed = |case: &str| {
        let mut notice = at(case, "2027-01-14");
        notice["type"] = json!("evictionChanged");
        notice["enforcement"]["outcome"] = json!("cancelled");
        notice
    };
    let first = sent(&place, &key, &at("U-111111-26", "2026-12-24")).await;
    waits(&place, &first, "gate:protection").await;
    let cancelled = sent(&place, &key, &at("U-222222-26", "2026-12-24")).await;
    waits(&place, &cancelled, "gate:protection").await;
    sent(&place, &key, &changed("U-222222-26")).await;
    let second = sent(&place, &key, &at("U-111111-26", "2027-01-14")).await;
    waits(&place, &second, "gate:protection").await;
    register(&place, &[SOMEBODY]);
    printed(&place, &second).await;
    for earlier in [&first, &cancelled] {
        waits(&place, earlier, "gate:newer").await;
    }
    assert_eq!(names(&place.path(PRINT)).len(), 2, "the second time alone");
    assert!(!says_replaced(&place, &second), "nothing has gone before it");
    // What has gone is replaced, and says so.
    let third = sent(&place, &key, &at("U-111111-26", "2027-02-11")).await;
    printed(&place, &third).await;
    assert!(says_replaced(&place, &third));
    end(gateway).await;
    whole(&place).await;
}

/// Whether a letter tells that it replaces one.
fn says_replaced(place: &Place, reference: &str) -> bool {
    let pdf = place.path(PRINT).join(format!("kopia-{reference}.1.pdf"));
    let text = lopdf::Document::load(&pdf).unwrap().extract_text(&[1]).unwrap();
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(plain.contains("U-111111-26"), "{text}");
    plain.contains("harändrattiden")
}

#[tokio::test]
async fn a_copy_follows_the_confirmation_that_it_is_a_copy_of() {
    let place = place("", "", None);
    does(&place, &["migrate"]).await;
    switch(&place, "folder", "off").await;
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, &notice(HIM)).await;
    wait::eventually("the confirmation waits", LIMIT, || async {
        place.says(&["unconfirmed", "--json"]).await.1.contains("wayOff")
    })
    .await;
    switch(&place, "folder", "on").await;
    printed(&place, &reference).await;
    nothing_owed(&place).await;
    let shown = does(&place, &["show", &reference, "--json"]).await;
    let place_of = |what: &str| shown.find(what).unwrap_or_else(|| panic!("{what}: {shown}"));
    assert!(place_of("acknowledgement.sent") < place_of("copy.released"), "{shown}");
    end(gateway).await;
    whole(&place).await;
}

#[tokio::test]
async fn what_a_person_sent_is_no_copy_that_a_new_caseworker_makes_anew() {
    let place = place("on_change = true", "", None);
    std::fs::remove_file(place.path(REGISTER)).unwrap();
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, &notice(HIM)).await;
    waits(&place, &reference, "gate:protection").await;
    let folder = place.path("looked-at");
    std::fs::create_dir(&folder).unwrap();
    does(&place, &["copy", &reference, "--out", &folder.display().to_string()]).await;
    assert_eq!(names(&folder), [format!("kopia-{reference}.1.pdf")]);
    let named = ["name", &reference, "--caseworker", "Bo Exempel", "--telephone", "040-00 00 02"];
    does(&place, &named).await;
    place.names("kronofogden", 6).await;
    does(&place, &["copy", &reference, "--sent", "handed over"]).await;
    // A letter of its own shows that all have been looked at meanwhile.
    register(&place, &[SOMEBODY]);
    let other = sent(&place, &key, &notice(HER)).await;
    printed(&place, &other).await;
    nothing_owed(&place).await;
    let shown = does(&place, &["show", &reference, "--json"]).await;
    assert!(shown.contains("person.unmasked") && !shown.contains("copy.anew"), "{shown}");
    end(gateway).await;
    whole(&place).await;
}
