//! Letters that offer help and must wait: their way is switched off or in a dry run, or the day's post has left.

use crate::support::gateway::Gateway;

use super::copies;
use super::copies::HER;
use super::copies::HIM;
use super::copies::PRINT;
use super::copies::sent;
use super::copies::whole;
use super::offers::RULE;
use super::offers::arrears;
use super::offers::turned_on;
use super::offers::waits;
use super::place::Place;
use super::place::end;
use super::place::names;

/// Switches a way; the gateway looks each second.
async fn switch(place: &Place, to: &str) {
    let (well, said) = place.says(&["way", "print", to, "--reason", "a test"]).await;
    assert!(well, "{said}");
}

#[tokio::test]
async fn it_waits_while_its_way_is_off_and_what_a_dry_run_made_goes_when_a_person_approves_it() {
    let place = copies::place("", "", None);
    turned_on(&place, RULE);
    let (well, said) = place.says(&["migrate"]).await;
    assert!(well, "{said}");
    switch(&place, "off").await;
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let landlord = place.client("landlord").await;
    let off = sent(&place, &landlord, &arrears(HIM)).await;
    waits(&place, &off, "wayOff").await;
    assert!(names(&place.path(PRINT)).is_empty());
    switch(&place, "on").await;
    let files = place.names(PRINT, 2).await;
    assert_eq!(files, [format!("brev-{off}.1.pdf"), format!("brev-{off}.csv")]);
    end(gateway).await;
    switch(&place, "dry-run").await;
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let tried = sent(&place, &landlord, &arrears(HER)).await;
    waits(&place, &tried, "dryRun").await;
    switch(&place, "on").await;
    // No retry sends what a dry run made: a person does.
    drop(place.says(&["retry", &tried]).await);
    waits(&place, &tried, "dryRun").await;
    assert_eq!(names(&place.path(PRINT)).len(), 2);
    let (well, said) = place.says(&["copy", &tried, "--approve"]).await;
    assert!(well && said.contains("the print folder"), "{said}");
    place.names(PRINT, 4).await;
    end(gateway).await;
    whole(&place).await;
}

#[tokio::test]
async fn one_that_missed_the_days_post_is_told_apart_and_put_there_once() {
    let place = copies::place("cutoffs = [\"00:00\"]", "", None);
    turned_on(&place, RULE);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let landlord = place.client("landlord").await;
    let reference = sent(&place, &landlord, &arrears(HIM)).await;
    place.names(PRINT, 2).await;
    waits(&place, &reference, "after the last cut-off").await;
    let (_, said) = place.says(&["copies"]).await;
    assert!(said.contains("No copy is owed"), "no statute demands it: {said}");
    end(gateway).await;
    let gateway = Gateway::start(&place.workspace, &[]).await;
    waits(&place, &reference, "after the last cut-off").await;
    assert_eq!(names(&place.path(PRINT)).len(), 2);
    end(gateway).await;
    whole(&place).await;
}
