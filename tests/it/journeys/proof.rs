//! Receipts as proof: a landlord fetches a signed receipt, a court checks it, and the whole of a notice is handed over in one file.

use std::path::Path;
use std::path::PathBuf;

use serde_json::Value;
use serde_json::json;
use tokio::process::Command;

use kvittens::seal;
use kvittens::seal::jwk::JwkSet;

use crate::support::gateway::Gateway;
use crate::support::wait;

use super::place::LIMIT;
use super::place::Place;
use super::place::ROOT;
use super::place::Wishes;
use super::place::answer;
use super::place::end;

fn wishes() -> Wishes {
    // Commands and gateway run in the workspace's folder.
    let more = "[seal]\nkeys = \"keys\"\nlook_every = \"200ms\"".to_owned();
    Wishes { more, ..Wishes::default() }
}

fn notice(number: &str) -> Vec<u8> {
    let sender =
        json!({ "kind": "landlord", "name": "Fastighets AB Exempelhus", "reference": number });
    let persons = json!([{ "role": "tenant", "name": "Testa Testsson" }]);
    let notice = json!({ "schemaVersion": "1.0", "type": "rentArrears", "sender": sender, "persons": persons });
    serde_json::to_vec(&notice).expect("a notice")
}

async fn text(place: &Place, path: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let mut request = place.http.get(place.workspace.url(path));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.expect("an answer");
    (response.status().as_u16(), response.text().await.expect("a whole answer"))
}

async fn keys(place: &Place) -> (JwkSet, String) {
    let (status, set) = text(place, &format!("{ROOT}/keys"), &[]).await;
    assert_eq!(status, 200, "{set}");
    (JwkSet::parse(set.as_bytes()).expect("a set of keys"), set)
}

/// Checks a bundle as somebody does who has nothing of the municipality's but perhaps its keys.
async fn verified(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kvittens"));
    command.args(["verify", "--bundle"]).args(arguments).current_dir(folder);
    let output = command.output().await.expect("the program runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

async fn the_check_says(place: &Place, reference: &str, code: &str) -> Value {
    let path = format!("{ROOT}/receipts/verify?reference={reference}&controlCode={code}");
    answer(place.http.get(place.workspace.url(&path))).await.1
}

async fn the_page_says(place: &Place, reference: &str, code: &str) -> String {
    let form = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("reference", reference), ("controlCode", code)])
        .finish();
    let request = place.http.post(place.workspace.url("/kvitto?lang=sv")).body(form);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    request.send().await.expect("an answer").text().await.expect("a page")
}

#[tokio::test]
async fn a_fetched_receipt_is_signed_once_and_anyone_can_check_it() {
    let place = Place::new(&wishes());
    let (well, said) = place.says(&["check"]).await;
    assert!(!well && said.contains("FAULT  seal.keys"), "{said}");
    let (well, said) = place.says(&["key", "rotate"]).await;
    assert!(well, "{said}");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("exempelhus").await;
    let sent = notice("2026-4711");
    let (_, accepted) = answer(place.post(&key, "application/json", sent.clone())).await;
    let reference = accepted["reference"].as_str().expect("a reference").to_owned();
    let path = format!("{ROOT}/notices/{reference}/receipt");
    let bearer = format!("Bearer {key}");
    let own: [(&str, &str); 1] = [("authorization", &bearer)];
    let (_, first) = text(&place, &path, &own).await;
    let receipt = seal::canonical::parse(first.as_bytes()).expect("a receipt");
    let (set, _) = keys(&place).await;
    let signature = seal::receipt::verify(&receipt, &set).expect("the signature holds");
    let code = receipt["controlCode"].as_str().expect("a code").to_owned();

    let told = the_check_says(&place, &reference, &code).await;
    assert_eq!(told["valid"], true, "{told}");
    assert_eq!(told["sha256"], receipt["sha256"]);
    assert_eq!(the_check_says(&place, &reference, "0000000000").await, json!({ "valid": false }));
    assert_eq!(the_check_says(&place, "AVH-0000-0000", &code).await, json!({ "valid": false }));
    let page = the_page_says(&place, &reference, &format!("{}-{}", &code[..5], &code[5..])).await;
    assert!(page.contains("Kvittot är äkta") && !page.contains("Testa"), "{page}");
    let (_, plain) = text(&place, &path, &[own[0], ("accept", "text/plain")]).await;
    assert!(plain.contains(&format!("Kontrollkod: {}-{}", &code[..5], &code[5..])), "{plain}");

    let (well, said) = place.says(&["key", "rotate"]).await;
    assert!(well, "{said}");
    wait::eventually("the new key is published", LIMIT, || async {
        keys(&place).await.0.keys().len() == 2
    })
    .await;
    assert_eq!(text(&place, &path, &own).await.1, first);
    end(gateway).await;
    let gateway = Gateway::start(&place.workspace, &[]).await;
    assert_eq!(text(&place, &path, &own).await.1, first, "after a restart");
    let (well, listed) = place.says(&["key", "list", "--json"]).await;
    assert!(well && listed.lines().count() == 2 && listed.contains(&signature.kid), "{listed}");
    let (well, said) = place.says(&["check"]).await;
    assert!(well && said.contains("ok     seal.keys"), "{said}");
    end(gateway).await;
}

#[tokio::test]
async fn a_bundle_of_evidence_is_proven_far_from_the_gateway_and_shows_every_change() {
    let place = Place::new(&wishes());
    assert!(place.says(&["key", "rotate"]).await.0);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let list = "Hyresgäst;Pnr;Adress;Belopp\nTestsson, Testa;850101-2390;Exempelgatan 12;8 912,00\n\
                Exempel, Provhild;850101-2382;Exempelgatan 14;4 100,00\n";
    place.workspace.drop_file("lista.csv", list.as_bytes());
    place.names("drop/landlord/receipts", 2).await;
    let notices = place.notices().await;
    assert_eq!(notices.len(), 2);
    let reference = notices[0]["reference"].as_str().expect("a reference").to_owned();
    let (_, set) = keys(&place).await;

    let court = tempfile::tempdir().expect("a folder elsewhere");
    std::fs::write(court.path().join("keys.json"), &set).expect("the keys");
    let file = court.path().join("bundle.zip").display().to_string();
    let set_city = ["correct", &reference, "--set=dwelling/city=Lund", "--reason=misread"];
    let (well, said) = place.says(&set_city).await;
    assert!(well, "{said}");
    let (well, said) = place.says(&["evidence", &reference, "--out", &file]).await;
    assert!(
        well && said.contains("PROVEN. Signed") && said.contains("receipts that hold: 1"),
        "{said}"
    );
    assert!(
        !place.says(&["evidence", &reference, "--out", &file]).await.0,
        "nothing is overwritten"
    );
    end(gateway).await;

    let trusting = ["bundle.zip", "--keys", "keys.json"];
    let (well, said) = verified(court.path(), &trusting).await;
    assert!(well && said.contains("PROVEN. Signed"), "{said}");
    let (well, said) = verified(court.path(), &["bundle.zip"]).await;
    assert!(!well && said.contains("UNALTERED, BUT NOT PROVEN WHO MADE IT"), "{said}");
    let (well, said) = place.says(&["verify", "--bundle", &file]).await;
    assert!(well, "with the keys of the configuration: {said}");
    let bytes = std::fs::read(&file).expect("the bundle");
    let whole = String::from_utf8_lossy(&bytes).into_owned();
    for part in
        ["original/message.csv", "corrections/", "answers/", "chain.json", "person.tookEvidence"]
    {
        assert!(whole.contains(part), "{part}");
    }
    for at in [60, bytes.len() / 3, bytes.len() / 2, bytes.len() - 30] {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        std::fs::write(court.path().join("altered.zip"), altered).expect("another bundle");
        let arguments = ["altered.zip", "--keys", "keys.json"];
        let (well, said) = verified(court.path(), &arguments).await;
        assert!(!well && said.contains("NOT PROVEN"), "byte {at}: {said}");
    }
    let (well, said) = place.says(&["verify"]).await;
    assert!(well, "{said}");
    let modes = |path: PathBuf| {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::metadata(path).expect("a file").permissions().mode() & 0o777
    };
    assert_eq!(modes(court.path().join("bundle.zip")), 0o600);
    assert_eq!(modes(place.path("keys")), 0o700);
}

#[tokio::test]
async fn without_keys_the_gateway_runs_and_says_what_its_receipts_lack() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let (well, said) = place.says(&["check"]).await;
    assert!(well && said.contains("note   seal.keys"), "{said}");
    let key = place.client("exempelhus").await;
    let (_, accepted) = answer(place.post(&key, "application/json", notice("1"))).await;
    let reference = accepted["reference"].as_str().expect("a reference").to_owned();
    let url = place.workspace.url(&format!("{ROOT}/notices/{reference}/receipt"));
    let (status, receipt) = answer(place.http.get(url).bearer_auth(&key)).await;
    assert_eq!(status, 200);
    assert!(receipt.get("signature").is_none() && receipt.get("controlCode").is_none());
    assert!(the_page_says(&place, &reference, "7K4M2QX6AB").await.contains("inga kontrollkoder"));
    let (well, said) = place.says(&["evidence", &reference, "--out", "bundle.zip"]).await;
    assert!(!well && said.contains("[seal] keys"), "{said}");
    end(gateway).await;
}
