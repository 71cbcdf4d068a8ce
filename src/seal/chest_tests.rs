//! The folder of the keys: who may read it, what a rotation does, and what a running gateway notices.

use super::Chest;
use super::ChestError;
use super::Config;
use super::rotate;
use crate::seal::keys::tests::RFC_KEY;
use crate::seal::keys::tests::RFC_KID;
use crate::seal::keys::tests::at;
use jiff::SignedDuration;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use tokio_util::sync::CancellationToken;

const NOW: &str = "2026-11-22T16:53:24Z";

fn config(folder: &Path) -> Config {
    Config { keys: Some(folder.to_owned()), look_every: SignedDuration::from_millis(5) }
}

fn put(folder: &Path, name: &str, text: &str, mode: u32) {
    fs::write(folder.join(name), text).unwrap();
    fs::set_permissions(folder.join(name), fs::Permissions::from_mode(mode)).unwrap();
}

fn signs(chest: &Chest, now: &str) -> Option<String> {
    chest.ring()?.current(at(now)).ok().map(|key| key.kid().to_owned())
}

#[test]
fn the_first_key_signs_at_once_and_the_next_one_a_quarter_of_an_hour_later() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("state/keys");
    let (first, from) = rotate(&folder, at(NOW)).unwrap();
    assert_eq!(from, at(NOW));
    let (second, from) = rotate(&folder, at("2026-11-23T08:00:00Z")).unwrap();
    assert_eq!(from, at("2026-11-23T08:15:00Z"));
    let chest = Chest::open(&config(&folder)).unwrap();
    for (now, kid) in [
        ("2026-11-22T16:53:23Z", None),
        (NOW, Some(&first.kid)),
        ("2026-11-23T08:14:59Z", Some(&first.kid)),
        ("2026-11-23T08:15:00Z", Some(&second.kid)),
    ] {
        assert_eq!(signs(&chest, now).as_ref(), kid, "{now}");
    }
    let modes = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(modes(&folder), 0o700);
    let files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap()).collect();
    assert_eq!(files.len(), 2, "and no draft");
    assert!(files.iter().all(|file| modes(&file.path()) == 0o600));
}

#[test]
fn after_a_withdrawn_key_the_next_one_signs_at_once() {
    let place = tempfile::tempdir().unwrap();
    let (first, _) = rotate(place.path(), at(NOW)).unwrap();
    let text = format!("{}revoked_at = \"2026-11-23T08:00:00Z\"\n", first.reveal());
    put(place.path(), &first.file_name, &text, 0o600);
    let later = at("2026-11-23T08:30:00Z");
    assert_eq!(rotate(place.path(), later).unwrap().1, later);
}

#[test]
fn what_cannot_be_used_is_named_by_its_file_and_never_quoted() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let open = || Chest::open(&config(folder)).map(|chest| signs(&chest, NOW));
    put(folder, "a.toml", RFC_KEY, 0o600);
    put(folder, ".b.toml", "no key", 0o600);
    put(folder, "notes.txt", "no key", 0o644);
    assert_eq!(open().unwrap().as_deref(), Some(RFC_KID));
    put(folder, "a.toml", RFC_KEY, 0o640);
    assert!(matches!(open(), Err(ChestError::Readable(name)) if name == "a.toml"));
    put(folder, "a.toml", RFC_KEY, 0o600);
    put(folder, "b.toml", &RFC_KEY.replace("secret", "sekret"), 0o600);
    let error = open().unwrap_err();
    assert!(matches!(&error, ChestError::Key(name, _) if name == "b.toml"), "{error}");
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("nWG"), "{shown}");
    assert!(rotate(folder, at(NOW)).is_err(), "no key is added to what cannot be used");
    fs::remove_file(folder.join("b.toml")).unwrap();
    fs::remove_file(folder.join("a.toml")).unwrap();
    assert_eq!(open().unwrap(), None, "an empty folder signs nothing");
    let missing = Chest::open(&config(&folder.join("none")));
    assert!(matches!(missing, Err(ChestError::Folder(_))));
    assert!(Chest::open(&Config::default()).unwrap().ring().is_none());
}

#[test]
fn the_folder_is_looked_at_more_often_than_a_new_key_is_ahead() {
    for (minutes, good) in [(0, false), (2, true), (10, true), (11, false)] {
        let look_every = SignedDuration::from_mins(minutes);
        assert_eq!(Config { keys: None, look_every }.faults().is_empty(), good, "{minutes}");
    }
}

#[tokio::test]
async fn a_running_gateway_takes_a_new_key_and_keeps_the_old_ones_when_the_folder_breaks() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    put(folder, "a.toml", RFC_KEY, 0o600);
    let chest = Chest::open(&config(folder)).unwrap();
    let stop = CancellationToken::new();
    let task = tokio::spawn(chest.clone().follow(config(folder), stop.clone()));
    put(folder, "b.toml", "no key", 0o600);
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert_eq!(signs(&chest, NOW).as_deref(), Some(RFC_KID));
    fs::remove_file(folder.join("b.toml")).unwrap();
    let (next, _) = rotate(folder, at("2026-11-22T16:00:00Z")).unwrap();
    let mut looks = 0;
    while signs(&chest, NOW).as_deref() != Some(next.kid.as_str()) {
        looks += 1;
        assert!(looks < 2_000);
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    stop.cancel();
    task.await.unwrap();
}
