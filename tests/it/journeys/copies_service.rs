//! The copy to the person by the letter service, through the running gateway: posted, followed up, and by the print folder where that fails.

use serde_json::json;

use crate::support::gateway::Gateway;
use crate::support::http1::HttpFault;
use crate::support::letter_platform::CLIENT;
use crate::support::letter_platform::Fate;
use crate::support::letter_platform::LetterPlatform;
use crate::support::wait;

use super::copies::HER;
use super::copies::HIM;
use super::copies::PRINT;
use super::copies::REGISTER;
use super::copies::nothing_owed;
use super::copies::notice;
use super::copies::register;
use super::copies::sent;
use super::copies::waits;
use super::copies::whole;
use super::place::LIMIT;
use super::place::Place;
use super::place::end;
use super::place::names;

pub(super) fn service(platform: &LetterPlatform, ways: &str, more: &str) -> Place {
    let url = platform.url();
    let keys = format!(
        "[letter.service]\nurl = \"{url}/messaging\"\nparty_url = \"{url}/party\"\ndepartment = \"ASF(Boende)\"\n\
         timeout = \"2s\"\nlook_every = \"300ms\"\n{more}\n[letter.service.oauth]\ntoken_url = \"{url}/token\"\n\
         client_id = {:?}\nclient_secret = {:?}\n",
        CLIENT.0, CLIENT.1
    );
    super::copies::place(&format!("ways = {ways}"), &keys, None)
}

#[tokio::test]
async fn a_letter_goes_by_the_service_and_is_owed_until_it_is_delivered() {
    let platform = LetterPlatform::start(&[HIM]).await;
    platform.deliver(Fate::Waits);
    let place = service(&platform, "[\"service\", \"print\"]", "");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, &notice(HIM)).await;
    let letter = platform.wait_for(1, LIMIT).await.remove(0);
    assert!(letter.pdf().starts_with(b"%PDF-1."));
    assert_eq!(letter.body["attachments"][0]["filename"], format!("kopia-{reference}.1.pdf"));
    assert_eq!(letter.body["department"], "ASF(Boende)");
    let told = letter.body.to_string();
    assert!(
        !told.contains("Testsson") && !told.contains(HIM) && !told.contains("Exempelgatan"),
        "{told}"
    );
    assert!(!letter.body["subject"].as_str().unwrap().contains("avhysning"), "{told}");
    wait::eventually("it is asked for again and again", LIMIT, || async {
        platform.calls("status") > 2
    })
    .await;
    assert!(
        place.says(&["copies"]).await.1.contains(&reference),
        "it is owed until it is delivered"
    );
    platform.end_all(Fate::Digital);
    nothing_owed(&place).await;
    let (_, shown) = place.says(&["show", &reference, "--json"]).await;
    assert!(shown.contains(&letter.message) && shown.contains("DIGITAL_MAIL"), "{shown}");
    end(gateway).await;
    assert_eq!(platform.letters().len(), 1);
    assert!(names(&place.path(PRINT)).is_empty());
    whole(&place).await;
}

#[tokio::test]
async fn whom_the_service_cannot_reach_gets_the_same_letter_on_paper_and_the_other_none_twice() {
    let platform = LetterPlatform::start(&[HIM]).await;
    let place = service(&platform, "[\"service\", \"print\"]", "");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    // Of two respondents the service knows one.
    let mut both = notice(HIM);
    let her = json!({ "role": "coTenant", "name": "Provo Provberg",
        "identity": { "kind": "personalIdentityNumber", "value": HER } });
    both["persons"].as_array_mut().unwrap().push(her);
    let reference = sent(&place, &key, &both).await;
    let files = place.names(PRINT, 2).await;
    assert_eq!(files, [format!("kopia-{reference}.2.pdf"), format!("kopia-{reference}.csv")]);
    let list = std::fs::read_to_string(place.path(PRINT).join(&files[1])).unwrap();
    assert!(list.contains("Provo Provberg") && !list.contains("Testa Testsson"), "{list}");
    nothing_owed(&place).await;
    // Delivered by nobody: the same bytes on paper.
    platform.deliver(Fate::Fails);
    let failed = sent(&place, &key, &notice(HIM)).await;
    let file = place.path(PRINT).join(format!("kopia-{failed}.1.pdf"));
    let printed =
        wait::until("the letter on paper", LIMIT, || async { std::fs::read(&file).ok() }).await;
    assert_eq!(printed, platform.letters().last().unwrap().pdf());
    nothing_owed(&place).await;
    end(gateway).await;
    assert_eq!(platform.letters().len(), 2);
    whole(&place).await;
}

#[tokio::test]
async fn a_service_that_is_down_is_left_for_the_print_folder_and_tried_on_where_there_is_none() {
    let mut platform = LetterPlatform::start(&[HIM]).await;
    let place = service(&platform, "[\"service\", \"print\"]", "");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    platform.stop();
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, &notice(HIM)).await;
    assert_eq!(place.names(PRINT, 2).await[0], format!("kopia-{reference}.1.pdf"));
    nothing_owed(&place).await;
    end(gateway).await;
    assert!(platform.letters().is_empty());
    whole(&place).await;

    let alone = service(&platform, "[\"service\"]", "");
    let config = std::fs::read_to_string(alone.workspace.config()).unwrap();
    let watched = format!("{config}\n[alarms]\nafter = \"1s\"\nlook_every = \"100ms\"\n");
    std::fs::write(alone.workspace.config(), watched).unwrap();
    let gateway = Gateway::start(&alone.workspace, &[]).await;
    let key = alone.client("kronofogden").await;
    let reference = sent(&alone, &key, &notice(HIM)).await;
    waits(&alone, &reference, "cannot be reached").await;
    gauge(&alone, |level| level > 0).await;
    platform.restart();
    platform.wait_for(1, LIMIT).await;
    nothing_owed(&alone).await;
    gauge(&alone, |level| level == 0).await;
    end(gateway).await;
    assert!(names(&alone.path(PRINT)).is_empty());
    whole(&alone).await;
}

/// Waits until the metrics tell of copies that are not sent, as grave as that.
async fn gauge(place: &Place, is: impl Fn(u32) -> bool) {
    let name = "kvittens_alarm{cause=\"copy.notSent\"} ";
    wait::eventually("the gauge of the alarm", LIMIT, || async {
        let told = place.http.get(place.workspace.url("/metrics")).send().await;
        let Ok(told) = told else { return false };
        let text = told.text().await.unwrap_or_default();
        let level = text.lines().find_map(|line| line.strip_prefix(name)?.parse().ok());
        level.is_some_and(&is)
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_without_an_answer_is_found_again_and_posted_once() {
    for fault in [
        HttpFault::ResetAfterStoring,
        HttpFault::ErrorAfterStoring(502),
        HttpFault::HangAfterStoring,
    ] {
        let platform = LetterPlatform::start(&[HIM]).await;
        let place = service(&platform, "[\"service\"]", "");
        platform.fail_posts(1, fault);
        platform.fail_looks(1, HttpFault::Refuse(503));
        let gateway = Gateway::start(&place.workspace, &[]).await;
        let key = place.client("kronofogden").await;
        sent(&place, &key, &notice(HIM)).await;
        nothing_owed(&place).await;
        end(gateway).await;
        assert_eq!(platform.letters().len(), 1, "{fault:?}");
        assert!(platform.calls("history") > 1, "{fault:?}");
        whole(&place).await;
    }
}

#[tokio::test]
async fn a_service_that_answers_every_letter_with_an_error_is_left_for_the_print_folder() {
    let platform = LetterPlatform::start(&[HIM]).await;
    let place = service(&platform, "[\"service\", \"print\"]", "");
    platform.fail_posts(1000, HttpFault::Refuse(500));
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, &notice(HIM)).await;
    // Each of its eight tries is looked for until it would show.
    let printed = format!("kopia-{reference}.csv");
    wait::eventually("the letter on paper", LIMIT * 4, || async {
        names(&place.path(PRINT)).contains(&printed)
    })
    .await;
    nothing_owed(&place).await;
    end(gateway).await;
    assert!(platform.letters().is_empty());
    assert_eq!(platform.calls("letter"), 8);
    whole(&place).await;
}

#[tokio::test]
async fn killed_at_any_step_the_letter_is_posted_once() {
    let platform = LetterPlatform::start(&[HIM]).await;
    let place = service(&platform, "[\"service\"]", "");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    end(gateway).await;
    // What is to be killed starts with its notice in its mailbox: a client would need it up.
    let points = [
        "after_judging_before_commit:1",
        "after_letter_begun:1",
        "after_letter_posted:1",
        "after_letters_before_outcome:1",
    ];
    let gateway =
        Gateway::start_unready(&place.workspace, &[("KVITTENS_TEST_KILL", points[0])]).await;
    let mut gateway = gateway;
    gateway.wait_ready().await;
    let reference = sent(&place, &key, &notice(HIM)).await;
    assert!(!gateway.wait_exit().await.success());
    for point in &points[1..] {
        let mut gateway =
            Gateway::start_unready(&place.workspace, &[("KVITTENS_TEST_KILL", point)]).await;
        assert!(!gateway.wait_exit().await.success(), "{point}");
    }
    let gateway = Gateway::start(&place.workspace, &[]).await;
    nothing_owed(&place).await;
    end(gateway).await;
    let letters = platform.letters();
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert!(letters[0].body.to_string().contains(&reference));
    whole(&place).await;
}

#[tokio::test]
async fn whoever_became_protected_meanwhile_gets_nothing_by_the_next_way() {
    let platform = LetterPlatform::start(&[HIM]).await;
    platform.deliver(Fate::Waits);
    let place = service(&platform, "[\"service\", \"print\"]", "");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, &notice(HIM)).await;
    platform.wait_for(1, LIMIT).await;
    register(&place, &[HIM]);
    assert!(place.path(REGISTER).exists());
    platform.end_all(Fate::Fails);
    waits(&place, &reference, "protected").await;
    end(gateway).await;
    assert!(names(&place.path(PRINT)).is_empty());
    whole(&place).await;
}
