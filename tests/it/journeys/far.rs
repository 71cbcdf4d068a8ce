//! A partner's server that is reached by SFTP, and everything that can happen on the way to it, through the whole running program.

use std::time::Duration;

use serde_json::Value;

use crate::support::gateway::Gateway;
use crate::support::relay::Relay;
use crate::support::relay::Way;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::sftp;
use crate::support::sftp::FarFolder;
use crate::support::wait;

use super::place::Place;
use super::place::Wishes;
use super::place::end;
use super::place::holds_exactly;

const LIMIT: Duration = Duration::from_secs(60);

/// How often the connection is cut.
const CUTS: u32 = 30;
/// From one cut to the next there are so many bytes more before it: together they reach over a whole turn of login, look, read, receipts, move.
const STEP: u32 = 400;

fn notice(mark: &str) -> String {
    format!(
        r#"{{"schemaVersion":"1.0","type":"rentArrears","sender":{{"kind":"landlord","reference":"{mark}"}},
            "persons":[{{"name":"Testa Testsson","identity":{{"kind":"personalIdentityNumber","value":"198501012390"}}}}]}}"#
    )
}

/// A gateway's place with the partner `far` on the server, by this way.
fn place(far: &FarFolder, port: u16, more: &str) -> Place {
    let keys = far.keys("far", port);
    let quick = "settle_after = \"200ms\"\nscan_every = \"200ms\"";
    let section = format!("[[intake.sftp]]\n{keys}{quick}\n{more}\n");
    Place::new(&Wishes { more: section, ..Wishes::default() })
}

async fn way() -> Relay {
    Relay::open(&format!("sftp://127.0.0.1:{}", sftp::port())).await
}

/// Waits until so many files are put away with both receipts each.
async fn all_is_done(far: &FarFolder, count: usize, gateway: &Gateway) {
    let done = wait::found_within(LIMIT, || async {
        let receipts = far.names("receipts").len();
        (far.names("in").is_empty() && receipts == 2 * count).then_some(())
    });
    if done.await.is_none() {
        let (left, receipts) = (far.names("in"), far.names("receipts"));
        panic!(
            "{left:?} in in/, {} of {} receipts\n{}",
            receipts.len(),
            2 * count,
            gateway.output()
        );
    }
}

/// Every file once in `done/`, every receipt once, numbered without gaps.
fn is_whole(far: &FarFolder, names: &[String]) {
    let days = far.names("done");
    let mut done: Vec<_> = days.iter().flat_map(|day| far.names(format!("done/{day}"))).collect();
    done.sort();
    assert_eq!(done, names);
    let mut numbers = Vec::new();
    for name in names {
        let receipt = far.path(format!("receipts/{name}.kvittens.json"));
        let receipt: Value = serde_json::from_slice(&std::fs::read(receipt).unwrap()).unwrap();
        assert_eq!(receipt["rows"][0]["status"], "accepted", "{receipt}");
        numbers.push(receipt["number"].as_u64().unwrap());
        assert!(far.path(format!("receipts/{name}.kvittens.xml")).exists());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=names.len() as u64).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_cut_anywhere_loses_nothing_and_doubles_nothing() {
    let Some(_server) = Servers::shared(&[Server::Sftp]).await else { return };
    let (far, way) = (FarFolder::new(), way().await);
    let place = place(&far, way.port(), "");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let mut names = Vec::new();
    for cut in 0..CUTS {
        way.cut_after(cut * STEP);
        let name = format!("{cut:02}.json");
        far.drop_file(&name, notice(&name));
        names.push(name);
        wait::eventually("the cut", LIMIT, || async { !way.will_cut() }).await;
        all_is_done(&far, names.len(), &gateway).await;
    }
    is_whole(&far, &names);
    holds_exactly(&place, CUTS.into(), CUTS.into()).await;
    let log = gateway.output();
    assert!(!log.contains(".json"), "a file's name in the log");
    end(gateway).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_server_is_noticed_and_the_files_come_when_it_speaks_again() {
    let Some(_server) = Servers::shared(&[Server::Sftp]).await else { return };
    let (far, way) = (FarFolder::new(), way().await);
    let place =
        place(&far, way.port(), "timeout = \"1s\"\nconnect_timeout = \"2s\"\nkeepalive = \"1s\"");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    far.drop_file("a.json", notice("a"));
    all_is_done(&far, 1, &gateway).await;
    way.set(Way::Silent);
    far.drop_file("b.json", notice("b"));
    wait::eventually("it is noticed", LIMIT, || async {
        gateway.output().contains("cannot look into the folder of a door")
    })
    .await;
    way.set(Way::Open);
    all_is_done(&far, 2, &gateway).await;
    assert!(gateway.output().contains("can look into the folder of a door again"));
    is_whole(&far, &["a.json", "b.json"].map(str::to_owned));
    end(gateway).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_that_cannot_be_written_is_tried_until_it_can_beyond_all_attempts() {
    let Some(_server) = Servers::shared(&[Server::Sftp]).await else { return };
    let far = FarFolder::new();
    let place = place(&far, sftp::port(), "");
    let config = std::fs::read_to_string(place.workspace.config()).unwrap();
    let config = config.replace("attempts = 20", "attempts = 2");
    std::fs::write(place.workspace.config(), config).unwrap();
    let gateway = Gateway::start(&place.workspace, &[]).await;
    wait::eventually("the door made its folders", LIMIT, || async {
        far.path("receipts").is_dir()
    })
    .await;
    // A file stands where the folder was.
    std::fs::remove_dir(far.path("receipts")).unwrap();
    std::fs::write(far.path("receipts"), "in the way").unwrap();
    far.drop_file("a.json", notice("a"));
    let tried = || async {
        let tries = gateway.output().matches("an acknowledgement was not taken").count();
        (tries > 3).then_some(())
    };
    let beyond = wait::found_within(LIMIT, tried).await;
    assert!(beyond.is_some(), "not tried again and again\n{}", gateway.output());
    std::fs::remove_file(far.path("receipts")).unwrap();
    all_is_done(&far, 1, &gateway).await;
    is_whole(&far, &["a.json".to_owned()]);
    end(gateway).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_starts_without_the_server_and_check_says_what_is_wrong() {
    let Some(server) = Servers::alone(&[Server::Sftp]).await else { return };
    let far = FarFolder::new();
    let place = place(&far, sftp::port(), "");
    let (well, said) = place.says(&["check"]).await;
    assert!(well && said.contains("ok     intake.sftp.0.path"), "{said}");
    server.control_sftp("kill").await;
    let gateway = Gateway::start(&place.workspace, &[]).await;
    far.drop_file("a.json", notice("a"));
    let (well, said) = place.says(&["check"]).await;
    assert!(!well && said.contains("FAULT  intake.sftp.0.host: cannot reach"), "{said}");
    server.control_sftp("start").await;
    all_is_done(&far, 1, &gateway).await;
    is_whole(&far, &["a.json".to_owned()]);
    end(gateway).await;
    let pinned = sftp::text("host_ed25519.pub");
    let config = std::fs::read_to_string(place.workspace.config()).unwrap();
    let other = config.replace(&pinned, &sftp::text("user_rsa.pub"));
    std::fs::write(place.workspace.config(), other).unwrap();
    let (well, said) = place.says(&["check"]).await;
    let told = said.lines().find(|line| line.starts_with("FAULT")).unwrap_or_default();
    assert!(!well && told.contains("intake.sftp.0.host_keys"), "{said}");
    assert!(told.contains("SHA256:"), "{said}");
}
