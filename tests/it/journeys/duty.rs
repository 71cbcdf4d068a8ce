//! The roster's page of a running gateway: who is on duty, holes, changes by forms and as text, and the trace of each change, however the gateway dies.

use serde_json::Value;

use crate::support::gateway::Gateway;
use crate::support::wait;

use super::forms::PageForm;
use super::forms::form;
use super::forms::plain;
use super::place::LIMIT;
use super::place::Place;
use super::place::end;
use super::place::rows;
use super::promised::ROSTER;
use super::promised::place;
use super::visitor::Seen;
use super::visitor::Visitor;

pub(super) const PAGE: &str = "/ops/roster";

fn on_disk(place: &Place) -> String {
    std::fs::read_to_string(place.path("roster.toml")).unwrap()
}

pub(super) async fn page(visitor: &Visitor<'_>) -> String {
    let seen = visitor.get(PAGE).await;
    assert_eq!(seen.status, 200);
    seen.text
}

/// Sends one of the page's forms as it stands now.
pub(super) async fn change(visitor: &Visitor<'_>, button: &str, with: &[(&str, &str)]) -> Seen {
    let form = form(&page(visitor).await, PAGE, Some(button));
    send(visitor, &form, button, with).await
}

pub(super) async fn send(
    visitor: &Visitor<'_>,
    form: &PageForm,
    button: &str,
    with: &[(&str, &str)],
) -> Seen {
    let with = [with, &[("act", button)]].concat();
    visitor.post(PAGE, &form.filled(&with)).await
}

/// What the journal holds of the roster: event, actor, what.
pub(super) async fn journal(place: &Place) -> Vec<(String, String, String)> {
    let url = format!("sqlite:{}", place.path("kvittens.db").display());
    let pool = sqlx::SqlitePool::connect(&url).await.expect("the store");
    let query = "SELECT entry FROM journal WHERE entry LIKE '%\"event\":\"roster.%' ORDER BY seq";
    let entries: Vec<String> = sqlx::query_scalar(query).fetch_all(&pool).await.expect("entries");
    pool.close().await;
    let read = |entry: &String| {
        let entry: Value = serde_json::from_str(entry).expect("JSON");
        let text =
            |at: &str| entry.pointer(at).and_then(Value::as_str).unwrap_or_default().to_owned();
        (text("/event"), text("/actor"), text("/detail/what"))
    };
    entries.iter().map(read).collect()
}

fn entry(event: &str, actor: &str, what: &str) -> (String, String, String) {
    (event.to_owned(), actor.to_owned(), what.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_roster_is_shown_changed_by_forms_and_each_change_is_on_record() {
    let place = place(ROSTER);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let anna = Visitor::with_account(&place, "anna", &["--role", "handle"]).await;
    let viewer = Visitor::with_account(&place, "vera", &["--role", "view"]).await;
    let shown = page(&anna).await;
    plain(&shown);
    assert!(shown.contains("Anna Exempel (aa01), on duty"), "{shown}");
    assert!(shown.contains("hole: nobody on duty"), "the other units have nobody: {shown}");
    assert!(!page(&viewer).await.contains("<textarea"), "who may only look sees no forms");
    let front = viewer.get("/ops/").await.text;
    assert!(front.contains("holes within the next 14 days."), "{front}");
    let away = [("person", "aa01"), ("first", "2099-01-05"), ("last", "2099-01-09")];
    assert_eq!(change(&anna, "absence", &away).await.to(), "/ops/roster?said=saved");
    let text = on_disk(&place);
    assert!(text.starts_with(ROSTER) && text.contains("[[absences]]"), "comments stay: {text}");
    let person = [
        ("id", "cc03"),
        ("name", "Cia \"C\" Exempel"),
        ("telephone", "040-00 00 03"),
        ("mail", "cia@kommun.example"),
    ];
    assert_eq!(change(&anna, "person", &person).await.status, 303);
    let duty = [
        ("unit", "boende-mottagning"),
        ("person", "cc03"),
        ("weekday", "sat"),
        ("from", "08:00"),
        ("to", "24:00"),
        ("weeks", "odd"),
    ];
    assert_eq!(change(&anna, "duty", &duty).await.status, 303);
    let unit = [("id", "boende-mottagning"), ("telephone", "040-00 00 11"), ("deputy", "bb02")];
    assert_eq!(change(&anna, "unit", &unit).await.status, 303);
    assert_eq!(change(&anna, "deputy", &[("id", "bb02")]).await.status, 303);
    let refused = change(&anna, "removePerson", &[]).await;
    assert_eq!(refused.status, 409, "the first person has duties");
    assert_eq!(change(&anna, "removeAbsence", &[]).await.status, 303);
    what_was_typed_is_kept(&anna).await;
    let expected = [
        entry("roster.seen", "gateway", ""),
        entry("roster.changed", "user:anna", "absences +aa01"),
        entry("roster.changed", "user:anna", "persons +cc03"),
        entry("roster.changed", "user:anna", "duties +cc03"),
        entry("roster.changed", "user:anna", "units ~boende-mottagning"),
        entry("roster.changed", "user:anna", "deputy ~bb02"),
        entry("roster.changed", "user:anna", "absences -aa01"),
    ];
    assert_eq!(journal(&place).await, expected);
    let log = page(&anna).await;
    assert!(log.contains("duties +cc03") && log.contains("user:anna"), "{log}");
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

/// A form with faults tells them by its fields, and nobody types it twice.
async fn what_was_typed_is_kept(anna: &Visitor<'_>) {
    let wrong = change(
        anna,
        "absence",
        &[("person", "bb02"), ("first", "2099-02-30"), ("last", "2099-02-01")],
    )
    .await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.text.contains("<title>Error: ")
            && wrong.text.contains("First day: not a day of the calendar"),
        "{}",
        wrong.text
    );
    assert!(wrong.text.contains("value=\"2099-02-30\""), "nobody types it twice");
    plain(&wrong.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_text_is_changed_with_faults_told_by_line_and_never_over_anothers_change() {
    let place = place(ROSTER);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let anna = Visitor::with_account(&place, "anna", &["--role", "administer"]).await;
    let form = form(&page(&anna).await, PAGE, Some("text"));
    let text = |text: &str| text.replace('\n', "\r\n");
    let faulty = send(
        &anna,
        &form,
        "text",
        &[("text", &text(&ROSTER.replace("\"aa01\"\nname", "\"AA 01\"\nname")))],
    )
    .await;
    assert_eq!(faulty.status, 422);
    assert!(faulty.text.contains("line 3: persons[0].id: not 1 to 64"), "{}", faulty.text);
    assert!(faulty.text.contains("AA 01"), "what was typed is kept");
    assert_eq!(on_disk(&place), ROSTER);
    // By other hands, meanwhile.
    let by_hand = ROSTER.replace("Bo Exempel", "Bosse Exempel");
    std::fs::write(place.path("roster.toml"), &by_hand).unwrap();
    let mine = ROSTER.replace("Anna Exempel", "Anna Annan");
    let stale = send(&anna, &form, "text", &[("text", &text(&mine))]).await;
    assert_eq!(stale.status, 409);
    assert!(stale.text.contains("has changed since you opened the page"), "{}", stale.text);
    assert!(
        stale.text.contains("Anna Annan") && stale.text.contains("Bosse Exempel"),
        "both are shown"
    );
    assert_eq!(on_disk(&place), by_hand);
    let fresh = super::forms::form(&page(&anna).await, PAGE, Some("text"));
    let both = by_hand.replace("Anna Exempel", "Anna Annan");
    assert_eq!(
        send(&anna, &fresh, "text", &[("text", &text(&both))]).await.to(),
        "/ops/roster?said=saved"
    );
    assert_eq!(on_disk(&place), both, "the lines are those of the file");
    wait::eventually("both changes are on record", LIMIT, || async {
        let seen = journal(&place).await;
        seen.len() == 3 && seen.contains(&entry("roster.changed", "user:anna", "persons ~aa01"))
    })
    .await;
    let by_others =
        journal(&place).await.into_iter().filter(|(event, _, _)| event == "roster.seen");
    assert_eq!(
        by_others.count(),
        2,
        "the first look and the change by hand: {:?}",
        journal(&place).await
    );
    assert!(!gateway.output().contains("Annan"), "no names in the log");
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_a_change_is_written_it_stands_or_not_and_is_on_record_once() {
    let place = place(ROSTER);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let password = super::visitor::account(&place, "anna", &["--role", "handle"]).await;
    wait::eventually("the file is on record", LIMIT, || async { journal(&place).await.len() == 1 })
        .await;
    end(gateway).await;
    for (point, stands) in
        [("before_roster_is_written:1", false), ("after_roster_before_record:1", true)]
    {
        let mut gateway = Gateway::start(&place.workspace, &[("KVITTENS_TEST_KILL", point)]).await;
        let anna = Visitor::logged_in(&place, "anna", &password).await;
        let form = form(&page(&anna).await, PAGE, Some("deputy"));
        let with = form.filled(&[("id", "bb02"), ("act", "deputy")]);
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(with).finish();
        let request = place.http.post(place.workspace.url(PAGE)).header("cookie", &anna.cookie);
        let request = request.header("sec-fetch-site", "same-origin").body(body);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        assert!(request.send().await.is_err(), "{point}: it dies");
        assert!(!gateway.wait_exit().await.success(), "{point}");
        assert_eq!(on_disk(&place).contains("deputy = \"bb02\""), stands, "{point}");
        assert_eq!(journal(&place).await.len(), 1, "{point}: not yet on record");
    }
    let gateway = Gateway::start(&place.workspace, &[]).await;
    wait::eventually("it is on record", LIMIT, || async { journal(&place).await.len() == 2 }).await;
    assert_eq!(journal(&place).await[1], entry("roster.changed", "user:anna", "deputy ~bb02"));
    end(gateway).await;
    let left = std::fs::read_dir(place.path("")).unwrap().flatten();
    assert!(
        !left.map(|entry| entry.file_name()).any(|name| name.to_string_lossy().ends_with(".tmp"))
    );
    assert_eq!(rows(&place, "roster_log WHERE event = 'saved'").await, 1);
    assert!(place.says(&["verify"]).await.0);
}
