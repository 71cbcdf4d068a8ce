//! A changed folder is in use within a moment; a faulty one changes nothing until it is mended.

use super::Config;
use super::Partners;
use jiff::SignedDuration;
use std::path::Path;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const GOOD: &str =
    "name = \"Bolaget\"\nkind = \"landlord\"\n[mail]\ndomains = [\"bolaget.example\"]";

async fn until(what: &str, holds: impl Fn() -> bool) {
    let limit = tokio::time::Instant::now() + Duration::from_secs(20);
    while !holds() {
        assert!(tokio::time::Instant::now() < limit, "{what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn knows(partners: &Partners, address: &str) -> bool {
    partners.now().by_address(address).is_some()
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

#[tokio::test]
async fn a_good_change_is_taken_and_a_faulty_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "bolaget.toml", GOOD);
    let partners = Partners::open(folder.path()).unwrap();
    assert!(knows(&partners, "a@bolaget.example"));
    let config = Config {
        dir: Some(folder.path().to_owned()),
        look_every: SignedDuration::from_millis(5),
        ..Config::default()
    };
    let stop = CancellationToken::new();
    let following = tokio::spawn(partners.clone().follow(config, stop.clone()));

    write(folder.path(), "annan.toml", &GOOD.replace("bolaget.example", "annan.example"));
    until("the new file is in use", || knows(&partners, "a@annan.example")).await;

    write(folder.path(), "annan.toml", "name = 3");
    until("the fault is told", || !partners.refused().is_empty()).await;
    assert!(knows(&partners, "a@annan.example"), "what was valid stays in use");
    assert_eq!(partners.refused()[0].file, "annan.toml");

    std::fs::remove_file(folder.path().join("annan.toml")).unwrap();
    until("the mended folder is in use", || !knows(&partners, "a@annan.example")).await;
    assert!(partners.refused().is_empty());
    assert!(knows(&partners, "a@bolaget.example"));

    stop.cancel();
    following.await.unwrap();
}
