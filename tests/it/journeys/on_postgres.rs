//! The promise on PostgreSQL, with real letters: confirmed, copied, corrected and told anew, and a protected person shown to people alone; killed in between.

use serde_json::Value;
use serde_json::json;

use crate::support::gateway::Gateway;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::wait;

use super::copies;
use super::copies::HIM;
use super::copies::PRINT;
use super::copies::nothing_owed;
use super::copies::notice;
use super::copies::sent;
use super::copies::waits;
use super::copies::whole;
use super::place::LIMIT;
use super::place::Place;
use super::place::end;
use super::place::names;

/// Whom the register names.
const PROTECTED: &str = "197801022398";

/// The same place with its store on PostgreSQL.
fn on_postgres(place: &Place, url: &str) {
    let config = std::fs::read_to_string(place.workspace.config()).expect("a configuration");
    let line = config.lines().find(|line| line.starts_with("url = \"sqlite:")).expect("a store");
    let moved = config.replacen(line, &format!("url = {url:?}"), 1);
    std::fs::write(place.workspace.config(), moved).expect("a configuration");
}

async fn confirmed(place: &Place, number: u32) -> Value {
    let file = place.path("kronofogden").join(format!("bekraftelse-{number:08}.json"));
    wait::until("a confirmation", LIMIT, || async {
        serde_json::from_slice(&std::fs::read(&file).ok()?).ok()
    })
    .await
}

#[tokio::test]
async fn letters_and_corrections_keep_the_promise_on_postgres_and_are_killed_in_vain() {
    let Some(servers) = Servers::shared(&[Server::Postgres]).await else { return };
    let database = servers.database().await;
    let place = copies::place("", "", None);
    on_postgres(&place, &database.url);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    end(gateway).await;
    let kill = [("KVITTENS_TEST_KILL", "after_letters_before_outcome:1")];
    let mut gateway = Gateway::start(&place.workspace, &kill).await;
    let reference = sent(&place, &key, &notice(HIM)).await;
    assert!(!gateway.wait_exit().await.success(), "it dies with the letter on the drop");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    nothing_owed(&place).await;
    let files = names(&place.path(PRINT));
    assert_eq!(files, [format!("kopia-{reference}.1.pdf"), format!("kopia-{reference}.csv")]);
    assert_eq!(confirmed(&place, 1).await["caseNumber"], "U-123456-26");

    let set =
        ["correct", &reference, "--set=enforcement/caseNumber=U-654321-26", "--reason=misread"];
    let (well, said) = place.says(&set).await;
    assert!(well, "{said}");
    let told = confirmed(&place, 2).await;
    assert_eq!(told["replaces"]["caseNumber"], "U-123456-26", "{told}");
    waits(&place, &reference, "").await;
    let (_, shown) = place.says(&["show", &reference, "--json"]).await;
    let shown: Value = serde_json::from_str(&shown).expect("JSON");
    assert_eq!(shown["corrections"][0]["confirmation"], json!(1), "{shown}");

    let hidden = sent(&place, &key, &notice(PROTECTED)).await;
    waits(&place, &hidden, "protected").await;
    let (well, said) = place.says(&["copy", &hidden, "--approve"]).await;
    assert!(!well && said.contains("protected identity"), "{said}");
    let log = gateway.output();
    assert!(!log.contains(HIM) && !log.contains(PROTECTED), "{log}");
    end(gateway).await;
    assert_eq!(names(&place.path(PRINT)).len(), 2, "nothing of the protected");
    whole(&place).await;
}
