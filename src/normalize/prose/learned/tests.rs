//! Kinds and days that no rule knows are told by the words around them, and nothing is told of what holds no words.

use super::DAYS;
use super::KINDS;
use super::features;
use std::collections::BTreeSet;

fn kind_of(text: &str) -> Option<(&'static str, f64)> {
    KINDS.one(&features::of_texts(std::iter::once(text)))
}

#[test]
fn words_that_many_use_tell_a_kind() {
    let late = "han betalar inte hyran langre och ligger efter med tva manader. vi har sagt upp hyresavtalet, skulden ar 9 000 kronor";
    let (kind, likely) = kind_of(late).unwrap();
    assert!(kind == "rentArrears" && likely > 0.6, "{kind} {likely}");
    let noise = "han har stort grannarna med hog musik hela natten, vi har skickat en rattelseanmaning om storningar i boendet";
    assert_eq!(kind_of(noise).map(|(kind, _)| kind), Some("rentDisturbance"));
}

#[test]
fn figures_and_strange_words_tell_none() {
    for text in ["", "1 22 333 4444 55555 666666", "qzx wvq qqq zzx", "d: 0 0a 12 3"] {
        assert_eq!(kind_of(text), None, "{text}");
    }
}

#[test]
fn every_file_holds_weights_for_its_classes() {
    let each = DAYS.each(&BTreeSet::new());
    assert!(each.iter().any(|(class, _)| *class == "terminatedOn"));
    assert!(each.iter().all(|(_, likely)| (0.0..=1.0).contains(likely)));
}
