//! The copy to the person on the pages: a letter is looked at, then approved, and leaves as it was seen; where there is none it is said why.

use crate::support::gateway::Gateway;

use super::forms::form;
use super::forms::plain;
use super::place::Place;
use super::place::end;
use super::promised::ROSTER;
use super::promised::confirmation;
use super::promised::handler;
use super::promised::notice;
use super::promised::place;
use super::promised::sent;
use super::visitor::Visitor;

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_looked_at_then_approved_and_leaves_as_it_was_seen() {
    let place = place(ROSTER);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, &notice(Some("Exempelgatan 12"))).await;
    confirmation(&place, 1).await;
    let handler = handler(&place).await;
    let list = handler.get("/ops/copies").await.text;
    assert!(list.contains(&reference) && list.contains("Letters to look at and approve"), "{list}");
    let path = format!("/ops/notices/{reference}/copy");
    let page = handler.get(&path).await.text;
    plain(&page);
    assert!(!page.contains("Testsson") && !page.contains("Exempelgatan"), "{page}");
    let checks =
        [("identity", "yes"), ("address", "yes"), ("protection", "yes"), ("asked", "register")];
    let approve = format!("{path}/approve");
    let unseen = handler.post(&approve, &checks).await;
    assert!(unseen.to().ends_with("said=notSeen"), "{}", unseen.to());
    let mut letters = Vec::new();
    for number in 1..=2 {
        let open = form(&page, &format!("{path}/letter/{number}"), None);
        let refused = handler.post(&open.action, &open.filled(&[("why", "")])).await;
        assert!(refused.to().ends_with("said=whyMissing"));
        let unseen = handler.post(&approve, &checks).await;
        assert!(unseen.to().ends_with("said=notSeen"), "not all are seen: {}", unseen.to());
        letters.push(opened(&place, &handler, &open.action).await);
    }
    assert_ne!(letters[0], letters[1]);
    assert_eq!(handler.post(&format!("{path}/letter/3"), &[("why", "confirm")]).await.status, 404);
    let page = handler.get(&path).await.text;
    plain(&page);
    let ready = form(&page, &approve, None);
    for missing in 0..checks.len() {
        let mut some = checks.to_vec();
        some.remove(missing);
        let seen = handler.post(&approve, &ready.filled(&some)).await;
        assert!(seen.to().ends_with("said=notChecked"), "{missing}");
    }
    let other = Visitor::with_account(&place, "bo", &["--role", "handle"]).await;
    let unseen = other.post(&approve, &checks).await;
    assert!(unseen.to().ends_with("said=notSeen"), "another person has not looked");
    assert!(place.names("brev", 0).await.is_empty(), "nothing has left");
    let seen = handler.post(&approve, &ready.filled(&checks)).await;
    assert!(seen.to().ends_with("said=approved"), "{}", seen.to());
    let names = place.names("brev", 3).await;
    for (letter, name) in letters.iter().zip(&names) {
        assert_eq!(*letter, std::fs::read(place.path("brev").join(name)).unwrap(), "{name}");
    }
    let again = handler.post(&approve, &checks).await;
    assert!(again.to().ends_with("said=refused"), "{}", again.to());
    end(gateway).await;
    let (_, shown) = place.says(&["show", &reference, "--json"]).await;
    for event in ["person.unmasked", "person.checkedCopy", "person.approvedCopy", "register"] {
        assert!(shown.contains(event), "{event}: {shown}");
    }
    assert!(place.says(&["verify"]).await.0);
}

/// A letter as the browser gets it.
async fn opened(place: &Place, handler: &Visitor<'_>, action: &str) -> Vec<u8> {
    let request = place.http.post(place.workspace.url(action)).header("cookie", &handler.cookie);
    let request = request.header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let answer = request.body("why=confirm").send().await.expect("an answer");
    let header = |name: &str| answer.headers()[name].to_str().expect("a text").to_owned();
    assert_eq!(
        (answer.status().as_u16(), header("content-type").as_str()),
        (200, "application/pdf")
    );
    assert!(header("content-disposition").starts_with("inline; filename=\"kopia-"));
    assert_eq!(
        (header("cache-control").as_str(), header("x-content-type-options").as_str()),
        ("no-store", "nosniff")
    );
    let pdf = answer.bytes().await.expect("the letter").to_vec();
    assert!(pdf.starts_with(b"%PDF-"));
    pdf
}

#[tokio::test(flavor = "multi_thread")]
async fn where_there_is_no_letter_it_is_said_why_and_the_copy_is_put_on_record() {
    let place = place(ROSTER);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let homeless = sent(&place, &key, &notice(None)).await;
    confirmation(&place, 1).await;
    let handler = handler(&place).await;
    let list = handler.get("/ops/copies?lang=sv").await.text;
    assert!(list.contains("Ingen postadress"), "{list}");
    let path = format!("/ops/notices/{homeless}/copy");
    let page = handler.get(&path).await.text;
    assert!(page.contains("There is no letter") && !page.contains("/letter/1"), "{page}");
    let checks =
        [("identity", "yes"), ("address", "yes"), ("protection", "yes"), ("asked", "register")];
    let refused = handler.post(&format!("{path}/approve"), &checks).await;
    assert!(refused.to().ends_with("said=refused"), "{}", refused.to());
    let by_hand = form(&page, &format!("{path}/sent"), None);
    let how = [("reason", "handed over at 15:20")];
    let seen = handler.post(&by_hand.action, &by_hand.filled(&how)).await;
    assert!(seen.to().ends_with("said=copySent"), "{}", seen.to());
    let list = handler.get("/ops/copies").await.text;
    assert!(list.contains("<strong id=\"count\">0</strong>"), "{list}");
    assert!(handler.get("/ops/").await.text.contains("No copies to persons wait."));
    assert!(place.names("brev", 0).await.is_empty());
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}
