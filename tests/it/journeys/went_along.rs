//! A withdrawal that its proven sender wrote goes on with the notice to which it belongs, where the municipality lets it; a stranger's waits for a person, and
//! so does one whose first notice waits itself.

use crate::support::gateway::Gateway;
use crate::support::wait;

use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::end;

const FIRST: &str = "Till socialnämnden\n\nMeddelande enligt 12 kap. 44 § jordabalken: obetald hyra.\n\nHyresgäst: Testa Testsson, 850101-2390\n\
    Bostad: Exempelgatan 12, lgh 1102, 214 32 Malmö\nHyran för oktober 2026 är inte betald. Att betala för att återvinna hyresrätten: 8 912 kr.\n\
    Hyresgästen har sagts upp och delgavs den 12 oktober 2026.\n\nFastighets AB Exempelhus\n";

const PAID: &str = "Till socialnämnden\n\nVi återkallar vårt meddelande om obetald hyra för Testa Testsson, 850101-2390, Exempelgatan 12, lgh 1102, 214 32 Malmö.\n\
    Skulden är betald i sin helhet.\n\nFastighets AB Exempelhus\n";

/// Malmö's profile with the section that lets what was read surely go, and what is linked with it.
fn let_go(place: &Place, linked: bool) {
    let malmo = concat!(env!("CARGO_MANIFEST_DIR"), "/config/malmo.toml");
    let mut profile = std::fs::read_to_string(malmo).unwrap();
    for key in ["[reading]", "kind =", "identity =", "address =", "amount =", "time ="] {
        profile = profile.replacen(&format!("# {key}"), key, 1);
    }
    if linked {
        profile = profile.replacen("# linked = true", "linked = true", 1);
        assert!(profile.contains("\nlinked = true"));
    }
    std::fs::write(place.path("profile.toml"), profile).unwrap();
}

fn wishes(place: Option<&Place>) -> Wishes {
    let shown = |place: &Place, part: &str| place.path(part).display().to_string();
    let more = place.map(|place| {
        format!(
            "[municipality]\nprofile = {:?}\n[[intake.folder]]\npartner = \"annan\"\npath = {:?}\nscan_every = \"200ms\"\n",
            shown(place, "profile.toml"),
            shown(place, "drop/annan"),
        )
    });
    Wishes { more: more.unwrap_or_default(), ..Wishes::default() }
}

fn place(linked: bool) -> Place {
    let place = Place::new(&wishes(None));
    let_go(&place, linked);
    place.rewrite(&wishes(Some(&place)));
    place
}

fn dropped(place: &Place, name: &str, text: &str) {
    dropped_by(place, "landlord", name, text);
}

fn dropped_by(place: &Place, partner: &str, name: &str, text: &str) {
    let folder = place.path("drop").join(partner).join("in");
    std::fs::create_dir_all(&folder).unwrap();
    let hidden = folder.join(format!(".{name}.part"));
    std::fs::write(&hidden, text).unwrap();
    std::fs::rename(hidden, folder.join(name)).unwrap();
}

fn mailed(place: &Place, text: &str) {
    let folder = place.path("maildir");
    for part in ["new", "cur", "tmp"] {
        std::fs::create_dir_all(folder.join(part)).unwrap();
    }
    let mail = format!(
        "From: Exempelhus <post@exempelhus.example>\r\nTo: social@example.org\r\nSubject: Betald skuld\r\nMessage-ID: <betald@exempelhus.example>\r\n\
         Date: Mon, 23 Nov 2026 10:00:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}"
    );
    std::fs::write(folder.join("tmp/betald"), mail).unwrap();
    std::fs::rename(folder.join("tmp/betald"), folder.join("new/betald")).unwrap();
}

/// The states of all notices, the earliest first, as soon as there are so many and none is on its way.
async fn settled(place: &Place, count: usize) -> Vec<String> {
    let states = || async {
        let notices = place.notices().await;
        let states = notices.iter().map(|it| it["state"].as_str().unwrap_or_default().to_owned());
        states.collect::<Vec<_>>()
    };
    wait::eventually("all rest", LIMIT, || async {
        let states = states().await;
        states.len() == count && states.iter().all(|it| it == "delivered" || it == "needsReview")
    })
    .await;
    let mut all = states().await;
    all.sort();
    all
}

async fn is_linked(place: &Place, count: usize) {
    wait::eventually("what can be linked is linked", LIMIT, || async {
        let mut linked = 0;
        for notice in place.notices().await {
            let (_, said) = place.says(&["link", notice["reference"].as_str().unwrap()]).await;
            linked += said.lines().filter(|line| line.contains("withdrawal (person)")).count();
        }
        // Told of both: of the later one and of its first.
        linked == 2 * count
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_of_the_proven_sender_goes_on_with_its_first_and_a_mail_nobody_vouches_for_waits()
 {
    let place = place(true);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    dropped(&place, "obetald.txt", FIRST);
    assert_eq!(settled(&place, 1).await, ["delivered"]);
    dropped(&place, "betald.txt", PAID);
    wait::eventually("it went along", LIMIT, || async {
        settled(&place, 2).await == ["delivered", "delivered"]
    })
    .await;
    is_linked(&place, 1).await;
    let later = place.notices().await;
    let later = later.iter().find(|it| it["type"] == "withdrawal").unwrap();
    let (well, told) = place.says(&["show", later["reference"].as_str().unwrap()]).await;
    assert!(well && told.contains("notice.wentAlong"), "{told}");
    mailed(&place, PAID);
    let states = settled(&place, 3).await;
    assert_eq!(states, ["delivered", "delivered", "needsReview"], "nobody vouches for the mail");
    let first = place.notices().await;
    let first = first.iter().find(|it| it["type"] == "rentArrears").unwrap()["reference"].clone();
    let told = format!("{PAID}\nEr referens: {}\n", first.as_str().unwrap());
    dropped_by(&place, "annan", "betald.txt", &told);
    let states = settled(&place, 4).await;
    let waits = ["delivered", "delivered", "needsReview", "needsReview"];
    assert_eq!(states, waits, "another partner's word takes nothing back unseen");
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_waits_for_a_person_where_the_municipality_did_not_say_so_or_its_first_waits() {
    let place = place(false);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    dropped(&place, "obetald.txt", FIRST);
    assert_eq!(settled(&place, 1).await, ["delivered"]);
    dropped(&place, "betald.txt", PAID);
    is_linked(&place, 1).await;
    assert_eq!(settled(&place, 2).await, ["delivered", "needsReview"], "nobody let it go");
    end(gateway).await;

    let place = self::place(true);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    dropped(
        &place,
        "obetald.txt",
        &FIRST.replace("Exempelgatan 12, lgh 1102, 214 32 Malmö", "okänd"),
    );
    assert_eq!(settled(&place, 1).await, ["needsReview"]);
    dropped(&place, "betald.txt", PAID);
    is_linked(&place, 1).await;
    assert_eq!(settled(&place, 2).await, ["needsReview", "needsReview"], "both wait together");
    end(gateway).await;
}
