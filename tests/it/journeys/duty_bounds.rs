//! The roster's page where little can be done: no file, one that cannot be read, and another board's people.

use crate::support::gateway::Gateway;

use super::duty::PAGE;
use super::duty::change;
use super::duty::journal;
use super::duty::page;
use super::duty::send;
use super::forms::form;
use super::place::Place;
use super::place::Wishes;
use super::place::end;
use super::promised::ROSTER;
use super::promised::place;
use super::visitor::Visitor;

#[tokio::test(flavor = "multi_thread")]
async fn without_a_file_and_with_one_that_cannot_be_written_the_page_says_so() {
    let none = Place::new(&Wishes::default());
    let gateway = Gateway::start(&none.workspace, &[]).await;
    let anna = Visitor::with_account(&none, "anna", &["--role", "handle"]).await;
    assert!(page(&anna).await.contains("No roster is configured"));
    end(gateway).await;
    let place = place(ROSTER);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let anna = Visitor::with_account(&place, "anna", &["--role", "handle"]).await;
    let form = form(&page(&anna).await, PAGE, Some("deputy"));
    // The file is a folder's now: nothing but a plain file is ever replaced.
    let file = place.path("roster.toml");
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    let seen = page(&anna).await;
    assert!(
        seen.contains("The file cannot be read") && seen.contains("Anna Exempel (aa01), on duty"),
        "{seen}"
    );
    let failed = send(&anna, &form, "deputy", &[("id", "bb02")]).await;
    assert!(failed.status == 503 && failed.text.contains("nothing was saved"), "{}", failed.text);
    assert!(file.is_dir());
    end(gateway).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_changes_another_boards_duties() {
    let roster = ROSTER.replace("boende-mottagning", "UNIT-A");
    let place = place("");
    let more = format!(
        "[municipality]\nprofile = \"goteborg\"\n[roster]\nfile = {:?}\nlook_every = \"100ms\"\n",
        place.path("roster.toml").display().to_string()
    );
    place.rewrite(&Wishes { more, ..Wishes::default() });
    let (mine, theirs) = (unit_of("nordost"), unit_of("centrum"));
    let both = format!(
        "{}\n[[units]]\nid = \"{mine}\"\ntelephone = \"040-00 00 12\"\n",
        roster.replace("UNIT-A", &theirs)
    );
    std::fs::write(place.path("roster.toml"), &both).unwrap();
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let options = ["--role", "handle", "--board", "nordost"];
    let eva = Visitor::with_account(&place, "eva", &options).await;
    let seen = page(&eva).await;
    assert!(!seen.contains("<textarea") && !seen.contains("Anna Exempel"), "{seen}");
    let duty = [
        ("unit", mine.as_str()),
        ("person", "bb02"),
        ("weekday", "mon"),
        ("from", "08:00"),
        ("to", "16:00"),
    ];
    assert_eq!(change(&eva, "duty", &duty).await.to(), "/ops/roster?said=saved");
    let form = form(&page(&eva).await, PAGE, Some("duty"));
    for (act, fields) in [
        (
            "duty",
            vec![
                ("unit", theirs.as_str()),
                ("person", "bb02"),
                ("weekday", "mon"),
                ("from", "08:00"),
                ("to", "16:00"),
            ],
        ),
        ("removeDuty", vec![("at", "0")]),
        ("absence", vec![("person", "aa01"), ("first", "2099-01-05"), ("last", "2099-01-09")]),
        (
            "person",
            vec![
                ("id", "aa01"),
                ("name", "X"),
                ("telephone", "040-00 00 01"),
                ("mail", "x@y.example"),
            ],
        ),
        ("deputy", vec![("id", "bb02")]),
        ("text", vec![("text", ROSTER)]),
    ] {
        let before: Vec<(&str, &str)> =
            form.hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let all = [before, fields, vec![("act", act)]].concat();
        assert_eq!(eva.post(PAGE, &all).await.status, 403, "{act}");
    }
    assert_eq!(journal(&place).await.len(), 2, "{:?}", journal(&place).await);
    end(gateway).await;
}

/// A unit of one of Göteborg's boards.
fn unit_of(board: &str) -> String {
    let profile = include_str!("../../../config/goteborg.toml");
    let mark = format!("board = \"{board}\"");
    let unit = profile.split("[[units]]").skip(1).find(|unit| unit.contains(&mark));
    let id = unit.and_then(|unit| unit.split("id = \"").nth(1));
    id.and_then(|rest| rest.split('"').next()).expect("a unit of the board").to_owned()
}
