//! Lifecare's own register of persons decides whether a letter may leave: through the program, with the letters and corrections lying at the right entries.

use crate::support::gateway::Gateway;
use crate::support::http1::HttpFault;
use crate::support::lifecare::Lifecare;
use crate::support::lifecare::LifecareOptions;
use crate::support::lifecare::Operation;
use crate::support::lifecare::Person;
use crate::support::wait;

use super::copies;
use super::copies::HER;
use super::copies::HIM;
use super::copies::PRINT;
use super::copies::notice;
use super::copies::sent;
use super::copies::waits;
use super::copies::whole;
use super::place::LIMIT;
use super::place::Place;
use super::place::end;
use super::place::names;

/// Somebody whom Lifecare does not know.
const STRANGER: &str = "197801022398";

/// A place whose case system and only source of protection is Lifecare.
fn place(lifecare: &Lifecare) -> Place {
    let place = copies::place("", "", None);
    let config = std::fs::read_to_string(place.workspace.config()).unwrap();
    let options = lifecare.options();
    let keys = format!(
        "kind = \"lifecare\"\nurl = \"{}\"\ndomain = \"{}\"\nkey = \"{}\"\napi_key = \"{}\"\nfrom_who = \"Kronofogden\"\n\
         organisation = \"Vuxenenheten\"\nattachment_type = \"Inkommen handling\"\nattachment_sender_type = \"Hyresvärd\"",
        lifecare.url(),
        options.domain,
        options.key,
        options.api_key.clone().unwrap_or_default(),
    );
    let (before, rest) = config.split_once("[case_system]\n").unwrap();
    let (_memory, after) = rest.split_once("[operations]").unwrap();
    let config = format!("{before}[case_system]\n{keys}\n[operations]{after}");
    let asks = config.replace("protection = [\"register\"]", "protection = [\"case_system\"]");
    assert_ne!(asks, config);
    std::fs::write(place.workspace.config(), asks).unwrap();
    place
}

fn titles(lifecare: &Lifecare, person: &str) -> Vec<String> {
    let all = lifecare.actualisations();
    let own = all.iter().filter(|entry| entry.person_id == person);
    own.flat_map(|entry| entry.attachments.iter().map(|it| it.title.clone())).collect()
}

#[tokio::test]
async fn a_letter_leaves_only_for_whom_lifecare_knows_and_does_not_protect() {
    let lifecare = Lifecare::start(LifecareOptions::default()).await;
    let name = "Prova Provsson".to_owned();
    lifecare.add_person(Person { person_id: HER.to_owned(), name, protected: true });
    lifecare.forget_person(STRANGER);
    let place = place(&lifecare);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;

    let his = sent(&place, &key, &notice(HIM)).await;
    let files = place.names(PRINT, 2).await;
    assert_eq!(files, [format!("kopia-{his}.1.pdf"), format!("kopia-{his}.csv")]);
    let (_, shown) = place.says(&["show", &his, "--json"]).await;
    assert!(shown.contains("caseSystem=notProtected"), "{shown}");

    let hers = sent(&place, &key, &notice(HER)).await;
    waits(&place, &hers, "protected").await;
    let (well, said) = place.says(&["copy", &hers, "--approve"]).await;
    assert!(!well && said.contains("protected identity"), "{said}");
    let strangers = sent(&place, &key, &notice(STRANGER)).await;
    waits(&place, &strangers, "protection").await;
    assert_eq!(names(&place.path(PRINT)).len(), 2, "no letter to her, and none to the stranger");

    // Both lie at his entry, and what a person corrects afterwards as well.
    let lies = |wanted: &'static str| {
        let lifecare = &lifecare;
        async move {
            wait::eventually(wanted, LIMIT, || async {
                titles(lifecare, HIM).iter().filter(|title| title.contains(wanted)).count() == 1
            })
            .await;
        }
    };
    lies("Bekräftelse till Kronofogden").await;
    lies("Kopia av bekräftelsen").await;
    let set = "--set=dwelling/city=Lund";
    let (well, said) = place.says(&["correct", &his, set, "--reason=misread"]).await;
    assert!(well, "{said}");
    lies("Rättelse av uppgifter").await;
    assert!(titles(&lifecare, STRANGER).is_empty(), "nothing of his lies with anybody else");
    end(gateway).await;
    whole(&place).await;
}

#[tokio::test]
async fn a_lifecare_that_does_not_answer_lets_nothing_leave() {
    let lifecare = Lifecare::start(LifecareOptions::default()).await;
    lifecare.fail_next(Operation::Person, 1_000, HttpFault::Refuse(500));
    let place = place(&lifecare);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, &notice(HIM)).await;
    waits(&place, &reference, "protection").await;
    assert!(names(&place.path(PRINT)).is_empty());
    lifecare.heal();
    assert_eq!(
        place.names(PRINT, 2).await[0],
        format!("kopia-{reference}.1.pdf"),
        "it is asked again"
    );
    end(gateway).await;
    whole(&place).await;
}
