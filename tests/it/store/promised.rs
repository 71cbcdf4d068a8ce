//! What the pages of the same-day promise rest on, on both engines: counts that agree with their lists, the log of the roster, letters that were seen.

use super::make::Made;
use super::make::record;
use super::on_both;
use jiff::Timestamp;
use kvittens::domain::acknowledgement::AcknowledgementKey;
use kvittens::domain::acknowledgement::AcknowledgementState;
use kvittens::domain::acknowledgement::Purpose;
use kvittens::domain::acknowledgement::Recipient;
use kvittens::domain::acknowledgement::Way;
use kvittens::domain::digest::Digest;
use kvittens::domain::masked::Masked;
use kvittens::store::Action;
use kvittens::store::ActionRefused;
use kvittens::store::Boards;
use kvittens::store::CopyChange;
use kvittens::store::CopyPlace;
use kvittens::store::LetterLook;
use kvittens::store::NewAcknowledgement;
use kvittens::store::Promises;
use kvittens::store::Record;
use kvittens::store::Rendering;
use kvittens::store::RosterChange;
use kvittens::store::Store;

/// A message whose confirmation and copy are owed, due in so many seconds.
fn owed(key: &str, due_in: i64) -> Record {
    let mut made = record(&Made { key, ..Made::default() });
    let template = made.acknowledgements[0].clone();
    let due_at = Timestamp::from_second(4_000_000_000 + due_in).unwrap();
    for (recipient, purpose) in [
        (Recipient::EnforcementAuthority, Purpose::Confirmation),
        (Recipient::Person, Purpose::Copy),
    ] {
        made.acknowledgements.push(NewAcknowledgement {
            key: AcknowledgementKey {
                reference: made.answer.reference.clone(),
                recipient,
                purpose,
                way: Way::Outstanding,
                version: 0,
            },
            state: AcknowledgementState::Pending,
            rendering: Rendering::Nothing,
            address: None,
            job: false,
            due_at,
            ..template.clone()
        });
    }
    made
}

async fn act(store: &Store, action: Action) -> Result<(), ActionRefused> {
    store.act(action).await.unwrap()
}

#[tokio::test]
async fn what_is_owed_is_counted_as_it_is_listed_and_by_board() {
    on_both(|store| async move {
        let mut references = Vec::new();
        for (key, due_in) in [("late", 300), ("soon", 100), ("later", 200)] {
            let made = owed(key, due_in);
            references.push(made.answer.reference.clone());
            store.record(made).await.unwrap();
        }
        let boards = Boards::All;
        let promises = store.promises(&boards).await.unwrap();
        assert_eq!((promises.confirmations.count, promises.copies.count), (3, 3));
        assert_eq!(promises.copies.due_at.unwrap().as_second(), 4_000_000_100);
        assert_eq!(store.unconfirmed().await.unwrap().len(), 3);
        let first = store.open_copies((&boards, Purpose::Copy, false), None, 2).await.unwrap();
        let last = first.last().unwrap();
        let behind = CopyPlace { due_at: last.due_at, reference: last.reference.clone() };
        let rest =
            store.open_copies((&boards, Purpose::Copy, false), Some(&behind), 2).await.unwrap();
        let listed: Vec<_> = first.iter().chain(&rest).map(|copy| copy.reference.clone()).collect();
        let expected = [1, 2, 0].map(|at: usize| references[at].clone());
        assert_eq!(listed, expected, "the most pressing first, each once");
        let none = Boards::These(vec!["no-such-board".to_owned()]);
        assert_eq!(store.promises(&none).await.unwrap(), Promises::default());
        assert!(
            store.open_copies((&none, Purpose::Copy, false), None, 9).await.unwrap().is_empty()
        );
        let (reference, actor) = (references[0].clone(), "user:anna".to_owned());
        let how = "handed over".to_owned();
        act(&store, Action::Copy(CopyChange::ByHand { reference, actor, how })).await.unwrap();
        let promises = store.promises(&boards).await.unwrap();
        assert_eq!((promises.confirmations.count, promises.copies.count), (3, 2));
        assert_eq!(
            store.open_copies((&boards, Purpose::Copy, false), None, 9).await.unwrap().len(),
            2
        );
    })
    .await;
}

#[tokio::test]
async fn the_log_of_the_roster_tells_whose_change_it_was_once() {
    on_both(|store| async move {
        let digest = |text: &str| Digest::of(text.as_bytes());
        let found = |text: &str, what: &str| {
            let what = what.to_owned();
            Action::Roster(RosterChange::Found { digest: digest(text), what })
        };
        let asked = |before: &str, after: &str| {
            Action::Roster(RosterChange::Asked {
                actor: "user:anna".to_owned(),
                before: digest(before),
                after: digest(after),
                what: "persons +aa01".to_owned(),
            })
        };
        let dropped = |after: &str| {
            let actor = "user:anna".to_owned();
            Action::Roster(RosterChange::Dropped { actor, after: digest(after) })
        };
        for action in [
            found("a", ""),
            found("a", ""),
            asked("a", "b"),
            found("b", "not told"),
            found("b", ""),
            found("c", "duties -bb02"),
            asked("c", "d"),
            dropped("d"),
            found("d", ""),
            asked("d", "b"),
            found("e", ""),
            found("b", ""),
        ] {
            act(&store, action).await.unwrap();
        }
        let log = store.roster_log(20).await.unwrap();
        let told: Vec<(&str, &str, &str)> = log
            .iter()
            .rev()
            .map(|entry| (entry.event.as_str(), entry.actor.as_str(), entry.what.as_str()))
            .collect();
        let expected = [
            ("seen", "gateway", ""),
            ("saved", "user:anna", "persons +aa01"),
            ("seen", "gateway", "duties -bb02"),
            ("dropped", "user:anna", ""),
            ("seen", "gateway", ""),
            ("seen", "gateway", ""),
            ("saved", "user:anna", "persons +aa01"),
        ];
        assert_eq!(told, expected);
        assert_eq!(store.verify().await.unwrap().broken, []);
    })
    .await;
}

#[tokio::test]
async fn a_letter_counts_as_seen_by_who_looked_at_it_as_it_is() {
    on_both(|store| async move {
        let made = owed("k1", 100);
        let reference = made.answer.reference.clone();
        store.record(made).await.unwrap();
        for (text, actor) in [("one", "user:anna"), ("one", "user:anna"), ("two", "user:bo")] {
            let look = LetterLook::Seen {
                reference: reference.clone(),
                actor: actor.to_owned(),
                digest: Digest::of(text.as_bytes()),
                why: "confirm".to_owned(),
                words: Masked::default(),
            };
            act(&store, Action::Letter(look)).await.unwrap();
        }
        let seen = store.letters_seen(&reference, "user:anna").await.unwrap();
        assert_eq!(seen, [Digest::of(b"one").to_string()]);
        let history = store.history_of(reference.as_str(), reference.as_str()).await.unwrap();
        let looks = history.iter().filter(|row| row.entry.contains("person.unmasked"));
        assert_eq!(looks.count(), 3, "each look is on record");
        assert_eq!(store.verify().await.unwrap().broken, []);
    })
    .await;
}
