//! The profile's `[[acknowledge]]`: both cities', and what is refused.

use crate::domain::acknowledgement::Recipient;
use crate::domain::notice::NoticeType;
use crate::routing::profile::Profile;

const MALMO: &str = include_str!("../../config/malmo.toml");
const GOTEBORG: &str = include_str!("../../config/goteborg.toml");

/// Malmö's profile with other promises.
fn with(promises: &str) -> Result<Profile, String> {
    let (before, after) = MALMO.split_once("[[acknowledge]]").unwrap();
    let after = after.split_once("\n[default]").unwrap().1;
    Profile::parse(&format!("{before}{promises}\n[default]{after}"))
        .map_err(|faults| faults.to_string())
}

const LAW: &str = r#"
[[acknowledge]]
name = "a"
types = ["evictionScheduled", "removalScheduled"]
to = "enforcementAuthority"
statutory = true
source = "law"

[[acknowledge]]
name = "b"
types = ["evictionScheduled"]
to = "person"
statutory = true
source = "law"
"#;

#[test]
fn both_cities_keep_what_the_statute_demands_and_answer_every_sender() {
    for profile in [MALMO, GOTEBORG] {
        let profile = Profile::parse(profile).unwrap();
        for kind in NoticeType::ALL.iter().copied() {
            let to = |recipient| profile.promises.to(recipient, kind);
            let confirmed = to(Recipient::EnforcementAuthority);
            assert_eq!(confirmed.is_some_and(|it| it.statutory), kind.demands_confirmation());
            let copied = to(Recipient::Person);
            assert_eq!(copied.is_some_and(|it| it.statutory), kind.demands_copy_to_person());
            let answered = to(Recipient::Sender).unwrap();
            assert!(!answered.statutory && !answered.source.is_empty());
        }
    }
}

#[test]
fn without_the_section_the_statute_holds() {
    let (before, after) = MALMO.split_once("[[acknowledge]]").unwrap();
    let after = after.split_once("\n[default]").unwrap().1;
    let profile = Profile::parse(&format!("{before}[default]{after}")).unwrap();
    let confirmed =
        profile.promises.to(Recipient::EnforcementAuthority, NoticeType::RemovalScheduled);
    assert!(confirmed.is_some());
}

#[test]
fn what_the_statute_demands_cannot_be_left_out_or_made_a_policy() {
    assert!(with(LAW).is_ok());
    let weaker = LAW.replacen("statutory = true", "statutory = false", 1);
    let fewer = LAW.replace("\"evictionScheduled\", \"removalScheduled\"", "\"evictionScheduled\"");
    let other_first =
        format!("[[acknowledge]]\nname = \"c\"\nto = \"person\"\nsource = \"x\"\n{LAW}");
    for (text, fault) in [
        (weaker.as_str(), "`evictionScheduled` to enforcementAuthority"),
        (fewer.as_str(), "`removalScheduled` to enforcementAuthority"),
        (other_first.as_str(), "`evictionScheduled` to person"),
        (&LAW.replace("to = \"person\"", "to = \"sender\""), "`evictionScheduled` to person"),
    ] {
        let told = with(text).unwrap_err();
        assert!(told.contains(fault) && told.contains("11:3"), "{told}");
    }
}

#[test]
fn a_wrong_word_is_told_with_its_key() {
    for (change, fault) in [
        (("source = \"law\"", "source = \" \""), "acknowledge[0].source"),
        (("to = \"person\"", "to = \"tenant\""), "acknowledge[1].to"),
        (("statutory = true", "statutory = true\nby = \"15:00\""), "acknowledge[0].by"),
        (("statutory = true", "statutory = true\nby = \"late\""), "acknowledge[0].by"),
        (("statutory = true", "statutory = true\nways = [\"print\"]"), "acknowledge[0].ways"),
        (("statutory = true", "statutory = true\nways = [\"pigeon\"]"), "acknowledge[0].ways"),
        (
            ("\"evictionScheduled\", ", "\"evictionSchedule\", \"evictionScheduled\", "),
            "acknowledge[0].types",
        ),
    ] {
        let told = with(&LAW.replacen(change.0, change.1, 1)).unwrap_err();
        assert!(told.contains(fault), "{fault}: {told}");
    }
    let ways = format!(
        "{LAW}\n[[acknowledge]]\nname = \"c\"\nto = \"sender\"\nways = [\"mail\"]\nsource = \"x\"\n"
    );
    assert!(with(&ways).unwrap_err().contains("acknowledge[2].ways"));
    let to_person = "to = \"person\"\n";
    let letters = LAW.replace(to_person, &format!("{to_person}ways = [\"print\"]\n"));
    let told = with(&letters).unwrap_err();
    assert!(told.contains("acknowledge[1].ways") && told.contains("[letter] ways"), "{told}");
}

#[test]
fn a_text_is_named_there_and_used_and_all_senders_get_one() {
    let own = LAW.replace("to = \"person\"", "to = \"person\"\ntext = \"brev\"");
    let texts = "[texts.brev]\nsv = \"# A\"\nen = \"# B\"\n";
    let profile = with(&format!("{own}{texts}")).unwrap();
    let promise = profile.promises.to(Recipient::Person, NoticeType::EvictionScheduled).unwrap();
    assert_eq!(promise.text.as_ref().map(|text| text.sv.as_str()), Some("# A"));
    let sender =
        "[[acknowledge]]\nname = \"c\"\nto = \"sender\"\nsource = \"x\"\ntext = \"kvittens\"\n";
    for (more, fault) in [
        (own.clone(), "there is no [texts.brev]"),
        (format!("{LAW}{texts}"), "it would never be used"),
        (format!("{own}[texts.brev]\nsv = \"# A\"\n"), "texts.brev.en: missing"),
        (
            format!(
                "{LAW}{sender}types = [\"rentArrears\"]\n[texts.kvittens]\nsv = \"a\"\nen = \"b\"\n"
            ),
            "one text",
        ),
    ] {
        let told = with(&more).unwrap_err();
        assert!(told.contains(fault), "{fault}\n{told}");
    }
    let one = format!("{LAW}{sender}[texts.kvittens]\nsv = \"a\"\nen = \"b\"\n");
    let profile = with(&one).unwrap();
    assert_eq!(profile.promises.text_to_senders().map(|text| text.name.as_str()), Some("kvittens"));
}

#[test]
fn a_letter_that_offers_help_is_off_in_both_cities_and_turned_on_by_a_rule_of_policy() {
    for profile in [MALMO, GOTEBORG] {
        let profile = Profile::parse(profile).unwrap();
        let offers = NoticeType::ALL.iter().filter(|kind| kind.may_bring_offer());
        for kind in offers {
            assert!(profile.promises.to(Recipient::Person, *kind).is_none(), "{kind:?}");
        }
    }
    let rule = |types: &str, more: &str| {
        format!(
            "{LAW}\n[[acknowledge]]\nname = \"c\"\ntypes = {types}\nto = \"person\"\nsource = \"policy\"\n{more}"
        )
    };
    let on = with(&rule("[\"rentArrears\", \"tenantOwnedArrears\"]", "by = \"16:00\"")).unwrap();
    let promise = on.promises.to(Recipient::Person, NoticeType::RentArrears).unwrap();
    assert!(!promise.statutory && promise.by.is_some());
    assert!(on.promises.to(Recipient::Person, NoticeType::RentDisturbance).is_none());
    for (wrong, key) in [
        (rule("[\"electricityDebt\"]", ""), "`electricityDebt` to person"),
        (rule("[\"childConcern\"]", ""), "`childConcern` to person"),
        (rule("[\"rentArrears\"]", "statutory = true"), "must not say statutory"),
        (rule("[\"rentArrears\"]", "ways = [\"print\"]"), "[letter] ways"),
        (rule("[]", ""), "`evictionApplication` to person"),
    ] {
        let told = with(&wrong).unwrap_err();
        assert!(told.contains(key), "{key}: {told}");
    }
}
