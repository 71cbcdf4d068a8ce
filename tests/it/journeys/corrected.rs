//! A person corrects what the reader misread: by the page and by the command line; what was read is kept, and what follows from it follows.

use serde_json::Value;

use crate::support::gateway::Gateway;
use crate::support::wait;

use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::end;
use super::visitor::Visitor;

const LETTER: &str = "From: anna@hyra.example\r\nTo: kvittens@example.org\r\nSubject: Obetald hyra\r\n\
    Message-ID: <1@hyra.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
    Hyresgästen Testa Testsson, 850101-2390, Exempelgatan 12 lgh 1102, 214 00 Malmö, har inte betalt hyran för oktober, 8 912 kr.\r\n";

/// Another official test number.
const NUMBER: &str = "197801022398";

async fn notice(place: &Place) -> Value {
    place.notices().await.into_iter().next().unwrap_or_default()
}

async fn until(place: &Place, state: &str) -> String {
    wait::eventually(state, LIMIT, || async { notice(place).await["state"] == state }).await;
    notice(place).await["reference"].as_str().unwrap_or_default().to_owned()
}

/// The digest that the page's form bears.
fn seen(page: &str) -> String {
    let rest = page.split("name=\"seen\" value=\"").nth(1).unwrap_or_default();
    rest.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_misread_notice_is_corrected_on_its_page_and_handed_over_as_it_stands_then() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    place.workspace.deliver_mail("1", LETTER.as_bytes());
    let reference = until(&place, "needsReview").await;
    let path = format!("/ops/notices/{reference}");
    let reader = Visitor::with_account(&place, "vera", &["--role", "view"]).await;
    assert!(!reader.get(&path).await.text.contains(&format!("{path}/correct")));
    let visitor = Visitor::with_account(&place, "anna", &["--role", "handle"]).await;
    let page = visitor.get(&format!("{path}?lang=en")).await.text;
    let first = seen(&page);
    assert!(page.contains(&format!("{path}/correct")) && !page.contains("198501012390"), "{page}");
    let correct = format!("{path}/correct");
    let wrong = [
        ("seen", first.as_str()),
        ("because", "misread"),
        ("dwelling/city", "Nystad"),
        ("persons/0/identity/value", "197801022399"),
    ];
    let refused = visitor.post(&correct, &wrong).await.text;
    assert!(refused.contains("value=\"Nystad\""), "what was typed is kept: {refused}");
    assert!(refused.contains("correct-persons-0-identity-value-fault"), "{refused}");
    let (well, said) =
        place.says(&["correct", &reference, "--set=dwelling/city=Lund", "--reason=notTold"]).await;
    assert!(well, "{said}");
    let right = [
        ("seen", first.as_str()),
        ("because", "misread"),
        ("how", "handOver"),
        ("persons/0/identity/value", NUMBER),
    ];
    let stale = visitor.post(&correct, &right).await.text;
    assert!(stale.contains(NUMBER) && seen(&stale) != first, "{stale}");
    let now = seen(&stale);
    let right =
        [("seen", now.as_str()), right[1], right[2], right[3], ("type", "evictionScheduled")];
    let done = visitor.post(&correct, &right).await;
    assert!(done.to().contains("said=corrected"), "{}", done.to());
    until(&place, "delivered").await;
    let read = notice(&place).await;
    assert_eq!(read["type"], "evictionScheduled", "{read}");
    let (_, shown) = place.says(&["show", &reference, "--json"]).await;
    assert!(shown.matches("notice.corrected").count() == 2, "{shown}");
    assert!(shown.contains("\"confirmation\"") && shown.contains("\"copy\""), "{shown}");
    assert!(!shown.contains(NUMBER) && !shown.contains("Lund"), "{shown}");
    let (well, said) = place.says(&["verify"]).await;
    assert!(well, "{said}");
    end(gateway).await;
}
