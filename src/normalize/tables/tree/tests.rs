//! Programs' messages that nobody foresaw: what stands in which branch tells whose it is.

use super::super::super::json;
use super::super::super::xml;
use super::Branch;
use super::atoms::Atom;
use super::atoms::atoms;
use super::is_empty;
use super::read;
use crate::domain::calendar::LocalTime;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::normalize::Context;
use crate::normalize::Limits;

fn told(root: &Branch) -> Vec<Notice> {
    let local_time = LocalTime::named("Europe/Stockholm").unwrap();
    let context = Context {
        received_at: "2026-11-20T08:00:00Z".parse().unwrap(),
        local_time: &local_time,
        limits: Limits::default(),
        robot: false,
        documents: None,
        labels: None,
        thresholds: None,
    };
    read(root, "body", &context).map_or_else(Vec::new, |told| told.notices)
}

fn of_json(text: &str) -> Branch {
    Branch::of("", &json::tree(text, 64).unwrap()).unwrap()
}

fn of_xml(text: &str) -> Branch {
    let (name, node) = xml::tree(text, 64).unwrap();
    Branch::of(&name, &node).unwrap()
}

fn number(notice: &Notice, at: usize) -> &str {
    notice.persons[at].identity.as_ref().unwrap().value.reveal()
}

#[test]
fn names_are_the_words_they_are_put_together_of() {
    for (name, meant) in [
        ("lghNr", Atom::Flat),
        ("skv_lgh", Atom::Flat),
        ("uppsagningsdatum", Atom::Terminate),
        ("HYRESGAST-PERSONNUMMER", Atom::Id),
        ("kronor att betala", Atom::Recover),
        ("earliestDisconnectAfter", Atom::Cut),
    ] {
        assert!(atoms(name).contains(&meant), "{name}: {:?}", atoms(name));
    }
    assert!(atoms("xyzzy").is_empty());
}

#[test]
fn a_branch_tells_whose_its_values_are() {
    let root = of_json(
        r#"{"avs": {"bolag": "Låtsashus AB", "orgnr": "556900-0002", "handl": {"namn": "Siv Prov", "tel": "031-390 06 41"}},
        "poster": [{"nr": "LH-26-1", "orsak": "OBET_HYRA",
          "hem": {"gata": "Provgatan 1", "postnr": "21400", "ort": "Malmö"},
          "folk": [{"fornamn": "Testa", "efternamn": "Ek", "pn": "198501012382"}, {"fornamn": "Låtsa", "efternamn": "Ek", "pn": "198501012390"}],
          "fordran": {"oren": 2000000, "rader": [{"avser": "2610", "forf": "20260930", "oren": 1000000}, {"avser": "2611", "forf": "20261030", "oren": 1000000}]}},
         {"nr": "LH-26-2", "orsak": "STORNING", "hem": {"gata": "Provgatan 2", "postnr": "21400", "ort": "Malmö"},
          "folk": [{"fornamn": "Fikta", "efternamn": "Al", "pn": "197801022398"}]}]}"#,
    );
    let notices = told(&root);
    let [one, two] = notices.as_slice() else { panic!("{}", notices.len()) };
    assert_eq!((one.kind, two.kind), (NoticeType::RentArrears, NoticeType::RentDisturbance));
    assert_eq!((number(one, 0), number(one, 1)), ("198501012382", "198501012390"));
    assert_eq!(number(two, 0), "197801022398");
    let arrears = one.arrears.as_ref().unwrap();
    assert_eq!(arrears.amount_to_recover.unwrap().ore(), 2_000_000);
    assert_eq!(arrears.periods.len(), 2);
    let sender = two.sender.as_ref().unwrap();
    assert_eq!(sender.name.as_ref().unwrap().reveal(), "Låtsashus AB");
    assert_eq!(sender.contact_name.as_ref().unwrap().reveal(), "Siv Prov");
    assert_eq!(sender.reference.as_ref().unwrap().reveal(), "LH-26-2");
}

#[test]
fn an_eviction_has_its_hour_and_the_one_that_no_longer_holds() {
    let root = of_xml(
        r#"<avisering><handelse kod="AVH">Ny tid för avhysning bestämd</handelse><malnummer>U-12345-26</malnummer>
        <forrattning datum="2027-01-26" klockslag="1000"/><utgangenForrattning datum="2026-12-10" klockslag="1315"/>
        <svarande><namn>Testa Ek</namn><idnummer>19850101-2382</idnummer></svarande>
        <objekt><gatuadress>Provgatan 1</gatuadress></objekt><sokande><namn>Låtsashus AB</namn></sokande></avisering>"#,
    );
    let notices = told(&root);
    assert_eq!(notices[0].kind, NoticeType::EvictionScheduled);
    let enforcement = notices[0].enforcement.as_ref().unwrap();
    let written = serde_json::to_value(enforcement).unwrap();
    assert_eq!(written["startsAt"], "2027-01-26T10:00:00+01:00");
    assert_eq!(written["noLongerAt"], "2026-12-10T13:15:00+01:00");
}

#[test]
fn two_sums_that_are_called_alike_are_for_a_person() {
    let root = of_json(
        r#"{"typ": "hyresskuld", "hyresgast": {"namn": "Testa Ek", "personnummer": "19850101-2382"},
        "bostad": {"gata": "Provgatan 1"}, "skuld": 5000, "krav": {"skuld": 6000}}"#,
    );
    let notices = told(&root);
    let codes: Vec<&str> = notices[0].findings.iter().map(|it| it.code.as_str()).collect();
    assert!(codes.contains(&"arrears.contradiction"), "{codes:?}");
    assert!(notices[0].evidence["/arrears/amountToRecover"].confidence < 0.9);
}

#[test]
fn a_sign_of_life_is_empty_and_somebodys_number_is_not() {
    let on = "2026-11-20".parse().unwrap();
    let beat = of_json(
        r#"{"typ": "puls", "id": "ev_01", "last": {"ko": 0, "not": "inget att leverera"}}"#,
    );
    assert!(is_empty(&beat, on));
    let somebody = of_json(r#"{"typ": "puls", "not": {"x": "198501012382"}}"#);
    assert!(!is_empty(&somebody, on));
}

#[test]
fn a_message_of_any_size_is_gone_through_once_or_left_to_a_person() {
    use super::branch::BRANCHES_MAX;
    use super::units::units;
    let on = "2026-11-20".parse().unwrap();
    let row =
        "{\"pnr\": \"850101-2390\", \"gata\": \"Provgatan 1\", \"skuld\": \"8912\"},".repeat(1000);
    let around = "\"anm\": \"x\",".repeat(1000);
    let text = format!("{{{around} \"rader\": [{}]}}", row.trim_end_matches(','));
    let root = of_json(&text);
    let found = units(&root, on);
    assert_eq!(found.len(), 1000);
    assert!(found.iter().all(|unit| unit.around.is_empty()), "a thousand times a thousand values");
    let huge = format!("[{}1]", "1,".repeat(BRANCHES_MAX));
    let node = json::tree(&huge, 8).unwrap();
    assert!(Branch::of("", &node).is_none(), "too many values are left to a person");
}
