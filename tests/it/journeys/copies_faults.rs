//! The print drop when it is in trouble: closed, full, too late for the day's post; and a gateway that is killed beside it.

use std::path::Path;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::gateway::Gateway;
use crate::support::letter_platform::LetterPlatform;
use crate::support::small_disk::SmallDisk;
use crate::support::wait;

use super::copies::HIM;
use super::copies::PRINT;
use super::copies::nothing_owed;
use super::copies::notice;
use super::copies::place;
use super::copies::sent;
use super::copies::waits;
use super::copies::whole;
use super::place::LIMIT;
use super::place::Place;
use super::place::end;
use super::place::names;
use super::place::rows;

#[tokio::test]
async fn a_print_folder_that_is_away_is_tried_until_it_is_back() {
    let place = place("", "", None);
    let (folder, aside) = (place.path(PRINT), place.path("aside"));
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    std::fs::rename(&folder, &aside).unwrap();
    let reference = sent(&place, &key, &notice(HIM)).await;
    waits(&place, &reference, "cannot write to the print folder").await;
    std::fs::rename(&aside, &folder).unwrap();
    place.names(PRINT, 2).await;
    nothing_owed(&place).await;
    end(gateway).await;
    whole(&place).await;
}

#[tokio::test]
async fn a_print_folder_that_is_full_or_takes_nothing_is_left_for_the_letter_service() {
    let aside = tempfile::tempdir().unwrap();
    let small = SmallDisk::mount(aside.path());
    if small.is_none() {
        println!("skipped: no file system of a few pages can be mounted here");
    }
    // Where nobody may make a file, whoever it is; and where there is no room for one.
    let mut folders = vec![PathBuf::from("/proc")];
    folders.extend(small.as_ref().map(|_| aside.path().to_owned()));
    for folder in folders {
        let platform = LetterPlatform::start(&[HIM]).await;
        let url = platform.url();
        let service = format!(
            "[letter.service]\nurl = \"{url}/messaging\"\nparty_url = \"{url}/party\"\ndepartment = \"d\"\n\
             token = {:?}\nlook_every = \"300ms\"\n",
            platform.token()
        );
        let place = place("ways = [\"print\", \"service\"]", &service, None);
        let config = std::fs::read_to_string(place.workspace.config()).unwrap();
        let (usual, bad) = (place.path(PRINT).display().to_string(), folder.display().to_string());
        std::fs::write(place.workspace.config(), config.replace(&usual, &bad)).unwrap();
        let gateway = Gateway::start(&place.workspace, &[]).await;
        let key = place.client("kronofogden").await;
        let reference = sent(&place, &key, &notice(HIM)).await;
        platform.wait_for(1, LIMIT).await;
        nothing_owed(&place).await;
        let (_, shown) = place.says(&["show", &reference, "--json"]).await;
        assert!(shown.contains("copy.anotherWay"), "{bad}: {shown}");
        end(gateway).await;
        whole(&place).await;
    }
    if small.is_some() {
        assert!(
            names(aside.path()).iter().all(|name| !name.ends_with(".csv")),
            "no list of letters that are not there"
        );
    }
}

#[tokio::test]
async fn what_misses_the_days_post_is_owed_until_it_is_fetched_and_put_there_once() {
    // The only cut-off of the day is at its beginning: whatever comes is too late.
    let place = place("cutoffs = [\"00:00\"]", "", None);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, &notice(HIM)).await;
    place.names(PRINT, 2).await;
    waits(&place, &reference, "after the last cut-off").await;
    end(gateway).await;
    // Whoever fetches letters takes them away; a gateway that starts anew puts them there no second time.
    for name in names(&place.path(PRINT)) {
        std::fs::remove_file(place.path(PRINT).join(name)).unwrap();
    }
    let job = "jobs WHERE kind = 'letter' AND due_at > 0";
    assert_eq!(rows(&place, job).await, 1);
    make_due(&place).await;
    assert_eq!(rows(&place, job).await, 0);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    wait::eventually("it was looked at again", LIMIT, || async { rows(&place, job).await == 1 })
        .await;
    waits(&place, &reference, "after the last cut-off").await;
    assert!(names(&place.path(PRINT)).is_empty());
    let (well, said) = place.says(&["copy", &reference, "--sent", "by messenger at 16:10"]).await;
    assert!(well, "{said}");
    nothing_owed(&place).await;
    end(gateway).await;
    whole(&place).await;
}

#[tokio::test]
async fn killed_between_writing_and_recording_the_letters_lie_there_once() {
    let place = place("", "", None);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    end(gateway).await;
    let kill = [("KVITTENS_TEST_KILL", "after_print_before_outcome:1")];
    let mut gateway = Gateway::start(&place.workspace, &kill).await;
    let reference = sent(&place, &key, &notice(HIM)).await;
    assert!(!gateway.wait_exit().await.success());
    let before = contents(&place.path(PRINT));
    assert_eq!(before.len(), 2, "{reference}");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    nothing_owed(&place).await;
    wait::eventually("the history tells it", LIMIT, || async {
        let (_, shown) = place.says(&["show", &reference, "--json"]).await;
        let told: Value = serde_json::from_str(&shown).unwrap_or_default();
        told.to_string().contains("acknowledgement.sent") || shown.contains("acknowledgement.sent")
    })
    .await;
    end(gateway).await;
    assert_eq!(contents(&place.path(PRINT)), before);
    whole(&place).await;
}

/// As if the time had come for every letter.
async fn make_due(place: &Place) {
    let url = format!("sqlite:{}", place.path("kvittens.db").display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    sqlx::query("UPDATE jobs SET due_at = 0 WHERE kind = 'letter'").execute(&pool).await.unwrap();
    pool.close().await;
}

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let read = |name: String| {
        let bytes = std::fs::read(folder.join(&name)).unwrap();
        (name, bytes)
    };
    names(folder).into_iter().map(read).collect()
}
