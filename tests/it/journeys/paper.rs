//! The list on paper: what Kronofogden has not been told can be read and printed when the program is down, and no longer names what it has been told.

use crate::support::gateway::Gateway;
use crate::support::wait;

use super::confirmations::LIST;
use super::confirmations::ROSTER;
use super::confirmations::confirmation;
use super::confirmations::name;
use super::confirmations::place;
use super::confirmations::sent;
use super::confirmations::waits;
use super::place::LIMIT;
use super::place::Place;
use super::place::end;

/// The list, once it says this.
async fn list(place: &Place, what: &str) -> String {
    wait::until(what, LIMIT, || async {
        std::fs::read_to_string(place.path(LIST)).ok().filter(|page| page.contains(what))
    })
    .await
}

const NOTHING: &str = "Kronofogden har fått en bekräftelse på varje underrättelse";

#[tokio::test]
async fn the_list_to_print_is_there_when_the_program_is_not() {
    let place = place(None, "[\"folder\"]", None);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    list(&place, NOTHING).await;
    let reference = sent(&place).await;
    waits(&place, &reference, "noCaseworker").await;
    list(&place, "ingen i jourlistan").await;
    end(gateway).await;
    let page = list(&place, &reference).await;
    for told in ["U-123456-26", "2026-12-24 09.00", "Senast", "Bekräftat klockan, av"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    for nobodys in ["Testsson", "19850101", "Exempelgatan", "214"] {
        assert!(!page.contains(nobodys), "{nobodys}: {page}");
    }
    // Back again, and told.
    let gateway = Gateway::start(&place.workspace, &[]).await;
    name(&place, &reference, "Anna Exempel").await;
    confirmation(&place, 1).await;
    let page = list(&place, NOTHING).await;
    assert!(!page.contains(&reference) && !page.contains("U-123456-26"), "{page}");
    end(gateway).await;
}

#[tokio::test]
async fn the_list_says_whom_to_name_and_one_that_cannot_be_written_holds_nothing_up() {
    let place = place(None, "[\"folder\"]", Some(ROSTER));
    let (well, said) = place.says(&["migrate"]).await;
    assert!(well, "{said}");
    let (well, said) = place.says(&["way", "folder", "off", "--reason", "a test"]).await;
    assert!(well, "{said}");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let reference = sent(&place).await;
    waits(&place, &reference, "wayOff").await;
    let page = list(&place, &reference).await;
    assert!(
        page.contains("<td>Anna Exempel<br/><span class=\"whole\">040-00 00 01</span>"),
        "{page}"
    );
    // A folder stands where the list should: the confirmation goes all the same.
    std::fs::remove_file(place.path(LIST)).unwrap();
    std::fs::create_dir(place.path(LIST)).unwrap();
    let (well, said) = place.says(&["way", "folder", "on"]).await;
    assert!(well, "{said}");
    assert_eq!(confirmation(&place, 1).await["reference"], reference.as_str());
    end(gateway).await;
}
