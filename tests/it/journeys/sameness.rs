//! One notice through many doors: each sender gets its own reference and receipt, and there is one case.

use serde_json::json;

use crate::support::gateway::Gateway;
use crate::support::wait;

use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::answer;
use super::place::end;
use super::visitor::Visitor;

fn notice(sender: &str, issued_on: &str) -> String {
    notice_of(sender, issued_on, "8912.00")
}

/// A notice of rent arrears of this amount.
pub(super) fn notice_of(sender: &str, issued_on: &str, amount: &str) -> String {
    json!({
        "schemaVersion": "1.0", "type": "rentArrears", "issuedOn": issued_on,
        "sender": { "kind": "landlord", "name": sender, "reference": sender },
        "persons": [{ "role": "tenant", "name": "Testa Testsson",
            "identity": { "kind": "personalIdentityNumber", "value": "198501012390" } }],
        "arrears": { "amountToRecover": amount },
    })
    .to_string()
}

#[tokio::test]
async fn the_same_notice_from_three_senders_makes_one_case() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let (landlord, agent) = (place.client("landlord").await, place.client("agent").await);

    let mut references = Vec::new();
    for (key, sender) in [(&landlord, "Hyresvärden"), (&agent, "Ombudet")] {
        let body = notice(sender, "2026-10-10");
        let (status, told) = answer(place.post(key, "application/json", body)).await;
        assert_eq!(status, 202, "{told}");
        assert!(told.get("duplicate").is_none(), "no sender learns of another: {told}");
        references.push(told["reference"].as_str().unwrap_or_default().to_owned());
    }
    place.workspace.drop_file("lista.json", notice("Systemet", "2026-10-10").as_bytes());
    let mail = format!(
        "From: anna@hyra.example\r\nSubject: Fil\r\nMessage-ID: <1@hyra.example>\r\nContent-Type: application/json\r\n\r\n{}\r\n",
        notice("Anna", "2026-10-10")
    );
    place.workspace.deliver_mail("1", mail.as_bytes());
    // The next month's is another notice.
    let (_, next) =
        answer(place.post(&landlord, "application/json", notice("Hyresvärden", "2026-11-10")))
            .await;

    wait::eventually("all five are in a case", LIMIT, || async {
        let notices = place.notices().await;
        notices.len() == 5 && notices.iter().all(|notice| notice["state"] == "delivered")
    })
    .await;
    let notices = place.notices().await;
    let case_of = |reference: &str| {
        let found = notices.iter().find(|notice| notice["reference"] == reference);
        found.and_then(|notice| notice["caseId"].as_str()).unwrap_or_default().to_owned()
    };
    let mut cases: Vec<&str> =
        notices.iter().filter_map(|notice| notice["caseId"].as_str()).collect();
    cases.sort_unstable();
    cases.dedup();
    assert_eq!(cases.len(), 2, "{notices:?}");
    assert_eq!(case_of(&references[0]), case_of(&references[1]));
    assert_ne!(case_of(&references[0]), case_of(next["reference"].as_str().unwrap_or_default()));
    assert_eq!(place.names("cases", 2).await.len(), 2, "the case system holds two cases");
    assert_eq!(place.names("mail-out", 1).await.len(), 1, "the mail has its own receipt");
    place.names("drop/landlord/receipts", 2).await;

    let (_, said) = place.says(&["show", &references[1], "--json"]).await;
    assert!(said.contains("delivery.linked") && said.contains(&references[0]), "{said}");
    let visitor = Visitor::with_account(&place, "anna", &["--role", "view"]).await;
    let page = visitor.get(&format!("/ops/notices/{}?lang=en", references[1])).await.text;
    let belongs =
        page.split("id=\"related\"").nth(1).and_then(|rest| rest.split("</section>").next());
    let (same, others) = belongs.and_then(|part| part.split_once("Other notices")).expect(&page);
    assert!(same.contains(&references[0]), "one notice: {same}");
    assert!(others.contains(next["reference"].as_str().unwrap_or("-")), "for a person: {others}");

    let (well, said) = place.says(&["verify"]).await;
    assert!(well, "{said}");
    end(gateway).await;
}
