//! The oracle must be able to say no: a world in which all is well, and each way in which it can go wrong.

use super::load::Door;
use super::load::Offer;
use super::load::message_id;
use super::oracle::Acknowledgement;
use super::oracle::Case;
use super::oracle::Receipt;
use super::oracle::Shown;
use super::oracle::World;
use super::oracle::judge;
use super::oracle_told::AUTHORITY;

const DOORS: [Door; 4] = [Door::ApiUntilAnswered, Door::ApiOnce, Door::Folder, Door::Maildir];

fn reference(at: usize) -> String {
    format!("AVH-0000-000{at}")
}

fn mark(at: usize) -> String {
    format!("r-00000{at}")
}

fn acknowledgement(at: usize) -> Acknowledgement {
    Acknowledgement {
        message_id: format!("<{at}@kommun.example>"),
        in_reply_to: (DOORS[at] == Door::Maildir).then(|| message_id(&mark(at))),
        recipient: "a@hyra.example".to_owned(),
        reference: reference(at),
        bytes: b"receipt".to_vec(),
        taken: true,
    }
}

/// One notice through each door, all well; the caller who sends once got no answer.
fn well() -> World {
    let offer = |at: usize| Offer {
        mark: mark(at),
        door: DOORS[at],
        answered: (at == 0).then(|| reference(at)),
        refused: None,
    };
    let case = |at| Case { mark: Some(mark(at)), reference: reference(at), whole: true };
    let shown = |at| Shown {
        reference: reference(at),
        state: "delivered".to_owned(),
        kind: "rentArrears".to_owned(),
    };
    World {
        offers: (0..4).map(offer).collect(),
        settled: vec![mark(2), mark(3)],
        cases: (0..4).map(case).collect(),
        acknowledgements: (0..4).map(acknowledgement).collect(),
        receipts: vec![Receipt {
            mark: mark(2),
            number: 1,
            reference: reference(2),
            has_xml: true,
        }],
        shown: (0..4).map(shown).collect(),
        may_ask_a_person: false,
    }
}

#[test]
fn the_oracle_has_no_complaint_when_all_is_well() {
    let verdict = judge(&well());
    assert!(verdict.wrong.is_empty(), "{:?}", verdict.wrong);
    assert_eq!(verdict.unconfirmed_with_case, 1);
    let mut world = well();
    world.cases.remove(1);
    world.shown.remove(1);
    world.acknowledgements.push(acknowledgement(0));
    let verdict = judge(&world);
    assert!(verdict.wrong.is_empty(), "an unconfirmed one may be unknown: {:?}", verdict.wrong);
    assert_eq!(verdict.repeats, 1);
}

#[test]
fn the_oracle_complains_of_every_way_in_which_it_goes_wrong() {
    type Spoil = fn(&mut World);
    let ways: [(&str, Spoil); 23] = [
        ("a lost case of a caller", |world| drop(world.cases.remove(0))),
        ("a lost case of a file", |world| drop(world.cases.remove(2))),
        ("a lost case of a mail", |world| drop(world.cases.remove(3))),
        ("a second case", |world| world.cases.push(world.cases[0].clone())),
        ("a second case of one unconfirmed", |world| world.cases.push(world.cases[1].clone())),
        ("a second case under another reference", |world| {
            world.cases.push(Case { reference: reference(9), ..world.cases[3].clone() });
        }),
        ("a case that nobody offered", |world| world.cases[1].mark = Some("r-000009".to_owned())),
        ("a case that lacks a part", |world| world.cases[3].whole = false),
        ("a repeat with other bytes", |world| {
            let bytes = b"another receipt".to_vec();
            world.acknowledgements.push(Acknowledgement { bytes, ..acknowledgement(3) });
        }),
        ("a repeat under another Message-ID", |world| {
            let message_id = "<x@kommun.example>".to_owned();
            world.acknowledgements.push(Acknowledgement { message_id, ..acknowledgement(3) });
        }),
        ("a mail without acknowledgement", |world| drop(world.acknowledgements.remove(3))),
        ("an acknowledgement nobody took", |world| world.acknowledgements[2].taken = false),
        ("a caller told another reference", |world| world.offers[0].answered = Some(reference(1))),
        ("a caller refused", |world| world.offers[1].refused = Some("status 500".to_owned())),
        ("a repeating caller never answered", |world| world.offers[0].answered = None),
        ("a file never settled", |world| drop(world.settled.remove(0))),
        ("a mail settled twice", |world| world.settled.push(mark(3))),
        ("a file without receipt", |world| world.receipts.clear()),
        ("a gap in the receipts", |world| world.receipts[0].number = 2),
        ("a receipt without XML", |world| world.receipts[0].has_xml = false),
        ("a removal that Kronofogden hears nothing of", |world| {
            world.shown[3].kind = "removalScheduled".to_owned();
        }),
        ("a confirmation that nothing demands", |world| {
            let recipient = AUTHORITY.to_owned();
            let message_id = "<k@kommun.example>".to_owned();
            let told = Acknowledgement { recipient, message_id, ..acknowledgement(3) };
            world.acknowledgements.push(told);
        }),
        ("a notice that never ends", |world| world.shown[3].state = "retrying".to_owned()),
    ];
    for (way, spoil) in ways {
        let mut world = well();
        spoil(&mut world);
        assert!(!judge(&world).wrong.is_empty(), "{way} goes unnoticed");
    }
}

#[test]
fn only_where_a_person_may_be_asked_a_notice_may_wait_for_one() {
    let mut world = well();
    world.cases.remove(0);
    world.shown[0].state = "uncertain".to_owned();
    assert!(!judge(&world).wrong.is_empty());
    world.may_ask_a_person = true;
    assert!(judge(&world).wrong.is_empty(), "{:?}", judge(&world).wrong);
    world.cases.extend([0, 0].map(|at| Case {
        mark: None,
        reference: reference(at),
        whole: false,
    }));
    assert!(!judge(&world).wrong.is_empty(), "two entries are one too many for any person");
}
