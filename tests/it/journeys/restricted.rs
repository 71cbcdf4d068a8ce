//! The restricted list on the pages: those who may see it find every copy for a protected person, and put on record how it was sent; others are not told
//! that there is anybody on it.

use crate::support::gateway::Gateway;
use crate::support::wait;

use super::forms::form;
use super::forms::plain;
use super::place::LIMIT;
use super::place::end;
use super::promised::ROSTER;
use super::promised::confirmation;
use super::promised::handler;
use super::promised::notice;
use super::promised::place;
use super::promised::sent;
use super::visitor::Visitor;

const LIST: &str = "/ops/protected";

#[tokio::test(flavor = "multi_thread")]
async fn the_restricted_list_is_for_few_and_each_look_at_it_is_on_record() {
    let place = place(ROSTER);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let mut protected = notice(Some("Exempelgatan 12"));
    protected["persons"][0]["protectedIdentity"] = true.into();
    let protected = sent(&place, &key, &protected).await;
    let homeless = sent(&place, &key, &notice(None)).await;
    confirmation(&place, 2).await;
    let handler = handler(&place).await;
    let viewer = Visitor::with_account(&place, "vera", &["--role", "view"]).await;
    let few = ["--role", "handle", "--role", "protected"];
    let keeper = Visitor::with_account(&place, "karin", &few).await;
    wait::eventually("it is on the list", LIMIT, || async {
        keeper.get(LIST).await.text.contains(&protected)
    })
    .await;
    let copy = format!("/ops/notices/{protected}/copy");
    for other in [&handler, &viewer] {
        assert_eq!(other.get(LIST).await.status, 403);
        assert_eq!(other.get(&copy).await.status, 403);
        let listed = other.get("/ops/copies").await.text;
        assert!(listed.contains(&homeless) && !listed.contains(&protected), "{listed}");
        assert!(!listed.contains(LIST), "{listed}");
        let front = other.get("/ops/").await.text;
        assert!(front.contains("1 copies to persons wait") && !front.contains(LIST), "{front}");
        let page = other.get(&format!("/ops/notices/{protected}")).await.text;
        for told in ["answer: ", "notice=protected", "reason: protected", "restricted", "/copy\""] {
            assert!(!page.contains(told), "{told}: {page}");
        }
        assert!(
            page.contains("waits for a person") && !page.contains("protectedIdentity"),
            "{page}"
        );
    }
    for verb in ["approve", "sent", "letter/1"] {
        let form = [("reason", "by hand"), ("why", "handle"), ("identity", "yes")];
        assert_eq!(handler.post(&format!("{copy}/{verb}"), &form).await.status, 403, "{verb}");
    }
    let page = keeper.get(LIST).await.text;
    plain(&page);
    assert!(!page.contains(&homeless) && !page.contains("Testsson"), "{page}");
    let told = keeper.get(&format!("/ops/notices/{protected}")).await.text;
    assert!(told.contains("answer: protected") && told.contains("restricted"), "{told}");
    assert!(keeper.get("/ops/copies").await.text.contains("1 more on the restricted list"));
    assert!(keeper.get(&copy).await.text.contains("There is no letter"));
    let by_hand = form(&page, &format!("{copy}/sent"), None);
    let how = [("reason", "by Skatteverket's forwarding")];
    let seen = keeper.post(&by_hand.action, &by_hand.filled(&how)).await;
    assert!(seen.to().ends_with("said=copySent"), "{}", seen.to());
    assert!(keeper.get(LIST).await.text.contains("<strong id=\"count\">0</strong>"));
    assert!(place.names("brev", 0).await.is_empty());
    end(gateway).await;
    let (_, shown) = place.says(&["show", &protected, "--json"]).await;
    for told in ["person.unmasked", "restricted", "user:karin", "person.sentCopy"] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    assert!(place.says(&["verify"]).await.0);
}
