//! `read --against`: what other rules would make of messages that are stored, before they are put in use.

use std::path::Path;

use serde_json::Value;

use crate::support::gateway::Gateway;
use crate::support::wait;

use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::end;

/// A system's mail: no notice, unless its partner's file says that it sends so.
const MAIL: &str = "From: system@hyra.example\r\nTo: kvittens@example.org\r\nSubject: Lista\r\nAuto-Submitted: auto-generated\r\n\
    Message-ID: <1@hyra.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nVeckans lista.\r\n";

async fn again(place: &Place, more: &[&str]) -> Vec<Value> {
    let arguments = [&["read", "--against", "2020-01-01..2099-12-31"], more].concat();
    let (well, said) = place.says(&arguments).await;
    assert!(well, "{said}");
    said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

#[tokio::test]
async fn stored_messages_are_read_again_and_only_what_would_differ_is_told() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    place.workspace.deliver_mail("1", MAIL.as_bytes());
    let csv = "type;persons.0.name\r\nrentArrears;Testa Testsson\r\n";
    place.workspace.drop_file("list.csv", csv.as_bytes());
    wait::eventually("both are stored", LIMIT, || async { place.notices().await.len() == 2 }).await;
    let same = again(&place, &[]).await;
    assert_eq!(same.len(), 1, "nothing differs by the same rules: {same:?}");
    assert_eq!((&same[0]["messages"], &same[0]["differ"]), (&2.into(), &0.into()));
    let none = place.says(&["read", "--against", "2019-01-01..2019-12-31"]).await.1;
    assert!(none.contains("\"messages\":0"), "{none}");
    let (well, said) = place.says(&["read", "--against", "yesterday"]).await;
    assert!(!well && said.contains("2026-10-01..2026-10-31"), "{said}");
    end(gateway).await;
}

const LIST: &str = "Hyresgäst;Personnummer;Adress;Kvarstår\r\n\
    Testa Testsson;19850101-2390;Exempelgatan 12, 214 32 Malmö;8 912,00\r\n\
    Prova Provsson;19900102-2384;Exempelgatan 14, 214 32 Malmö;7 100,00\r\n";

const PARTNER: &str = "name = \"Exempelhus\"\nkind = \"landlord\"\n[labels]\n\"Kvarstår\" = \"arrears.amountToRecover\"\n";

/// What a notice owes, as the case system's hand-over would tell it.
fn amount(differs: &Value) -> &Value {
    &differs["differs"]["/arrears/amountToRecover"]
}

#[tokio::test]
async fn a_partners_own_headings_are_tried_on_what_is_stored_and_then_used() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    place.workspace.drop_file("list.csv", LIST.as_bytes());
    wait::eventually("both are stored", LIMIT, || async { place.notices().await.len() == 2 }).await;
    let folder = place.path("partners");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("landlord.toml"), PARTNER).unwrap();
    let dir = folder.display().to_string();
    let told = again(&place, &["--partners", &dir]).await;
    assert_eq!(told.len(), 3, "{told:?}");
    assert_eq!(amount(&told[0])["was"], Value::Null, "{told:?}");
    assert_eq!(amount(&told[0])["would"], "8912.00", "{told:?}");
    assert_eq!(amount(&told[1])["would"], "7100.00", "{told:?}");
    end(gateway).await;
    place.rewrite(&Wishes {
        partners: format!("proof = false\ndir = {dir:?}\n"),
        ..Wishes::default()
    });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    place.workspace.drop_file("later.csv", LIST.replace("8 912", "8 913").as_bytes());
    wait::eventually("it is stored", LIMIT, || async { place.notices().await.len() == 4 }).await;
    let told = again(&place, &[]).await;
    assert_eq!(told.len(), 3, "only the first file would differ now: {told:?}");
    assert_eq!(amount(&told[0])["would"], "8912.00", "{told:?}");
    end(gateway).await;
}

const LETTER: &str = "From: anna@hyra.example\r\nTo: kvittens@example.org\r\nSubject: Meddelande till socialnämnden om obetald hyra\r\n\
    Message-ID: <2@hyra.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nMeddelande enligt 12 kap. 44 § jordabalken.\r\n\
    Hyresvärd: Fastighets AB Exempelhus\r\nHyresgäst: Testa Testsson\r\nPersonnummer: 19850101-2390\r\n\
    Adress: Exempelgatan 12, lgh 1102, 214 32 Malmö\r\nHyran för oktober 2026, 8 912 kr, är obetald.\r\n\
    Hyresgästen sades upp den 2 november 2026. Det finns inga barn i hushållet.\r\n";

#[tokio::test]
async fn thresholds_are_tried_on_what_is_stored_and_then_let_a_clear_letter_go_by_itself() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    place.workspace.deliver_mail("1", LETTER.as_bytes());
    wait::eventually("it waits for a person", LIMIT, || async {
        place.notices().await.iter().any(|notice| notice["state"] == "needsReview")
    })
    .await;
    // The shipped profile, with the section that it shows.
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("config").join("malmo.toml");
    let shipped = std::fs::read_to_string(shipped).unwrap();
    let mut profile = shipped.clone();
    for key in ["[reading]", "kind =", "identity =", "address =", "amount =", "time ="] {
        profile = profile.replacen(&format!("# {key}"), key, 1);
    }
    assert_ne!(profile, shipped);
    let path = place.path("profile.toml");
    std::fs::write(&path, profile).unwrap();
    let path = path.display().to_string();
    let told = again(&place, &["--profile", &path]).await;
    assert_eq!(told.len(), 2, "{told:?}");
    let disposition = &told[0]["differs"]["disposition"];
    assert_eq!(disposition["was"], "needsReview", "{told:?}");
    assert_eq!(disposition["would"], "register", "{told:?}");
    end(gateway).await;
    let own = [("KVITTENS__MUNICIPALITY__PROFILE", path.as_str())];
    let gateway = Gateway::start(&place.workspace, &own).await;
    place
        .workspace
        .deliver_mail("2", LETTER.replace("<2@", "<3@").replace("8 912", "8 913").as_bytes());
    place.workspace.deliver_mail(
        "3",
        LETTER.replace("<2@", "<4@").replace("Personnummer: 19850101-2390\r\n", "").as_bytes(),
    );
    wait::eventually("the clear one is in a case, and the other waits", LIMIT, || async {
        let notices = place.notices().await;
        let count = |state: &str| notices.iter().filter(|one| one["state"] == state).count();
        (count("delivered"), count("needsReview")) == (1, 2)
    })
    .await;
    end(gateway).await;
}
