//! A person decides what leaves: ways out are switched off or set to a dry run, and a confirmation is held to an hour of the same day.

use crate::support::gateway::Gateway;
use crate::support::smtp::Fault;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use crate::support::wait;

use super::confirmations::FOLDER;
use super::confirmations::ROSTER;
use super::confirmations::confirmation;
use super::confirmations::name;
use super::confirmations::place;
use super::confirmations::sent;
use super::confirmations::waits;
use super::place::LIMIT;
use super::place::Place;
use super::place::end;
use super::promised::handler;

async fn does(place: &Place, arguments: &[&str]) -> String {
    let (well, said) = place.says(arguments).await;
    assert!(well, "{arguments:?}: {said}");
    said
}

async fn all_confirmed(place: &Place) {
    wait::eventually("Kronofogden has every confirmation", LIMIT, || async {
        place.says(&["unconfirmed"]).await.1.contains("every notice")
    })
    .await;
}

#[tokio::test]
async fn nothing_leaves_by_a_way_that_is_off_and_what_waited_goes_when_it_is_on_again() {
    let place = place(None, "[\"folder\"]", Some(ROSTER));
    let gateway = Gateway::start(&place.workspace, &[]).await;
    does(&place, &["way", "folder", "off", "--reason", "wrong folder"]).await;
    let listed = does(&place, &["way"]).await;
    assert!(listed.contains("wrong folder"), "{listed}");
    end(gateway).await;
    // A gateway knows it before it sends anything.
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let reference = sent(&place).await;
    waits(&place, &reference, "wayOff").await;
    let handler = handler(&place).await;
    let notice = format!("/ops/notices/{reference}");
    for page in ["/ops/unconfirmed", notice.as_str()] {
        let seen = handler.get(page).await.text;
        assert!(seen.contains("Its way is off. Turn it on"), "{page}: {seen}");
        assert!(!seen.contains("It is on its way."), "{page}: {seen}");
    }
    assert!(place.names(FOLDER, 0).await.is_empty());
    does(&place, &["way", "folder", "on"]).await;
    assert_eq!(confirmation(&place, 1).await["reference"], reference.as_str());
    all_confirmed(&place).await;
    end(gateway).await;
    let shown = does(&place, &["show", &reference, "--json"]).await;
    assert!(!shown.contains("acknowledgement.retrying"), "nothing was attempted: {shown}");
    does(&place, &["verify"]).await;
}

#[tokio::test]
async fn a_confirmation_takes_the_next_way_when_one_is_off_and_nothing_leaves_in_a_dry_run() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let place = place(Some(&sink), "[\"folder\", \"mail\"]", Some(ROSTER));
    let gateway = Gateway::start(&place.workspace, &[]).await;
    does(&place, &["way", "folder", "off", "--reason", "moved"]).await;
    does(&place, &["way", "mail", "dry-run", "--reason", "looking first"]).await;
    end(gateway).await;
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let reference = sent(&place).await;
    waits(&place, &reference, "dryRun").await;
    let seen = handler(&place).await.get("/ops/unconfirmed").await.text;
    assert!(seen.contains("Its way is in a dry run: nothing was sent."), "{seen}");
    assert!(place.names(FOLDER, 0).await.is_empty());
    assert_eq!(sink.count(), 0, "nothing left");
    // On again: what was made in the dry run goes only when a person says so.
    does(&place, &["way", "mail", "on"]).await;
    wait::eventually("the gateway follows", LIMIT, || async {
        place.says(&["retry", &reference, "--acknowledgements"]).await;
        sink.count() > 0
    })
    .await;
    all_confirmed(&place).await;
    end(gateway).await;
    assert!(place.names(FOLDER, 0).await.is_empty(), "the way that is off stayed unused");
    does(&place, &["verify"]).await;
}

/// The kill switch of what senders get: receipts by mail and receipt files, each for itself.
#[tokio::test]
async fn receipts_by_mail_and_receipt_files_wait_while_their_way_is_off() {
    let place = place(None, "[\"folder\"]", None);
    does(&place, &["migrate"]).await;
    let receipts = ["mail-out", "drop/landlord/receipts"];
    for way in ["mail", "files"] {
        does(&place, &["way", way, "off", "--reason", "a test"]).await;
    }
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let mail = "From: hyra@hyra.example\r\nTo: avhysning@example.org\r\nMessage-ID: <1@hyra.example>\r\n\r\nHyran är obetald.\r\n";
    std::fs::write(place.path("maildir/new/1.hyra"), mail).unwrap();
    std::fs::write(place.path("drop/landlord/in/skulder.csv"), "type\nrentArrears\n").unwrap();
    let waiting = || async {
        let notices = place.notices().await;
        let mut shown = String::new();
        for notice in &notices {
            let reference = notice["reference"].as_str().unwrap_or_default();
            shown += &does(&place, &["show", reference, "--json"]).await;
        }
        (notices.len() == 2 && shown.matches("wayOff").count() >= 2).then_some(shown)
    };
    let shown = wait::until("both receipts are held back", LIMIT, waiting).await;
    assert!(!shown.contains("acknowledgement.sent"), "{shown}");
    for folder in receipts {
        assert!(place.names(folder, 0).await.is_empty(), "{folder}");
    }
    // One is on again: what goes by the other waits on.
    does(&place, &["way", "files", "on"]).await;
    place.names(receipts[1], 2).await;
    assert!(place.names(receipts[0], 0).await.is_empty());
    does(&place, &["way", "mail", "on"]).await;
    place.names(receipts[0], 1).await;
    end(gateway).await;
    assert_eq!(place.names(receipts[0], 1).await.len(), 1, "each once");
    assert_eq!(place.names(receipts[1], 2).await.len(), 2);
    does(&place, &["verify"]).await;
}

/// A way in a dry run sends nothing: an outage of the way before it is waited out.
#[tokio::test]
async fn an_outage_gives_nothing_up_for_a_way_in_a_dry_run() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let place = place(Some(&sink), "[\"mail\", \"folder\"]", Some(ROSTER));
    let gateway = Gateway::start(&place.workspace, &[]).await;
    does(&place, &["way", "folder", "dry-run", "--reason", "looking first"]).await;
    end(gateway).await;
    let gateway = Gateway::start(&place.workspace, &[]).await;
    sink.fail_next(200, Fault::RefuseRecipientForNow);
    let reference = sent(&place).await;
    let tries = || async {
        let (_, shown) = place.says(&["show", &reference, "--json"]).await;
        assert!(!shown.contains("acknowledgement.failed"), "given up: {shown}");
        shown.contains("\"attempt\":9")
    };
    wait::eventually("it is tried on", LIMIT, tries).await;
    sink.heal();
    all_confirmed(&place).await;
    assert!(place.names(FOLDER, 0).await.is_empty());
    end(gateway).await;
    does(&place, &["verify"]).await;
}

#[tokio::test]
async fn a_confirmation_is_held_within_its_day_and_let_go() {
    let place = place(None, "[\"folder\"]", None);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let reference = sent(&place).await;
    waits(&place, &reference, "noCaseworker").await;
    let (well, said) = place.says(&["hold", &reference, "--until", "25:00"]).await;
    assert!(!well && said.contains("--until"), "{said}");
    let (well, said) = place.says(&["hold", &reference, "--until", "00:00"]).await;
    assert!(!well && said.contains("later today"), "{said}");
    // In the last minute of a day nothing can be held any more, and this test has nothing to show.
    let (held, said) = place.says(&["hold", &reference, "--until", "23:59"]).await;
    if held {
        name(&place, &reference, "Anna Exempel").await;
        waits(&place, &reference, "held").await;
        let seen = handler(&place).await.get("/ops/unconfirmed").await.text;
        assert!(seen.contains("A person holds it until a set hour"), "{seen}");
        assert!(place.names(FOLDER, 0).await.is_empty());
        does(&place, &["hold", &reference, "--release"]).await;
    } else {
        assert!(said.contains("later today"), "{said}");
        name(&place, &reference, "Anna Exempel").await;
    }
    assert_eq!(confirmation(&place, 1).await["caseworker"]["name"], "Anna Exempel");
    all_confirmed(&place).await;
    let (well, said) = place.says(&["hold", &reference, "--release"]).await;
    assert!(!well && said.contains("nothing is held"), "{said}");
    end(gateway).await;
    does(&place, &["verify"]).await;
}

#[tokio::test]
async fn words_that_mean_nothing_are_refused() {
    let place = place(None, "[\"folder\"]", None);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    for (arguments, said) in [
        (vec!["way", "pigeon", "off", "--reason", "x"], "none of mail"),
        (vec!["way", "mail", "perhaps", "--reason", "x"], "none of on"),
        (vec!["way", "mail", "off"], "--reason"),
        (vec!["way", "mail"], "SWITCH"),
        (vec!["hold", "AVH-0000-0000", "--release"], "AVH-0000-0000"),
    ] {
        let (well, told) = place.says(&arguments).await;
        assert!(
            !well && told.to_lowercase().contains(&said.to_lowercase()),
            "{arguments:?}: {told}"
        );
    }
    end(gateway).await;
}
