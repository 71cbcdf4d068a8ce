//! Links between notices on both engines: found once, put right by people, and a matter has one first notice.

use super::make::Made;
use super::make::record;
use super::on_both;
use kvittens::domain::link::FoundBy;
use kvittens::domain::link::Relation;
use kvittens::domain::notice::Notice;
use kvittens::domain::notice::NoticeType;
use kvittens::domain::reference::Reference;
use kvittens::store::Action;
use kvittens::store::ActionRefused;
use kvittens::store::Link;
use kvittens::store::LinkChange;
use kvittens::store::Sought;
use kvittens::store::Store;

async fn kept(store: &Store, key: &str, hours: i64) -> Reference {
    let mut made = record(&Made { key, ..Made::default() });
    let at = made.envelope.received_at.saturating_add(jiff::SignedDuration::from_hours(hours));
    made.envelope.received_at = at.unwrap();
    let reference = made.answer.reference.clone();
    store.record(made).await.unwrap();
    reference
}

fn link(later: &Reference, first: Option<&Reference>) -> Box<Link> {
    let new =
        Link::new(later.clone(), Relation::Supplement, FoundBy::Reference, "gateway".to_owned());
    Box::new(Link { first: first.cloned(), changed: vec!["/dwelling/street".to_owned()], ..new })
}

async fn act(store: &Store, change: LinkChange) -> Result<(), ActionRefused> {
    store.act(Action::Link(change)).await.unwrap()
}

#[tokio::test]
async fn a_notice_is_linked_once_by_the_gateway_and_anew_by_a_person() {
    on_both(|store| async move {
        let first = kept(&store, "first", 0).await;
        let second = kept(&store, "second", 1).await;
        let third = kept(&store, "third", 2).await;
        let found = store.candidates(Sought::Reference(first.as_str()), &third).await.unwrap();
        assert_eq!(found.len(), 1);
        assert!(found[0].same_sender && found[0].first.is_none());
        let later = store.candidates(Sought::Reference(third.as_str()), &first).await.unwrap();
        assert!(later.is_empty(), "what came later is no earlier one");
        act(&store, LinkChange::Found(link(&third, Some(&second)), None)).await.unwrap();
        let again = act(&store, LinkChange::Found(link(&third, None), None)).await;
        assert!(matches!(again, Err(ActionRefused::Taken)), "found once");
        act(&store, LinkChange::Found(link(&second, Some(&first)), None)).await.unwrap();
        let of_third = store.link_of(&third).await.unwrap().unwrap();
        assert_eq!(of_third.first.as_ref(), Some(&first), "one matter has one first notice");
        assert_eq!(of_third.changed, ["/dwelling/street"]);
        assert_eq!(store.linked_to(&first).await.unwrap().len(), 2);
        let notice = Notice::of(NoticeType::Withdrawal);
        let circle = store.join_by_hand((&first, &notice), &second, "user:anna").await.unwrap();
        assert!(circle.is_none(), "nothing belongs to what belongs to it");
        let by_hand = store.join_by_hand((&third, &notice), &second, "user:anna").await.unwrap();
        let by_hand = by_hand.expect("an earlier one");
        assert_eq!(by_hand.relation, "withdrawal");
        act(&store, LinkChange::ByHand(Box::new(by_hand))).await.unwrap();
        assert_eq!(store.link_of(&third).await.unwrap().unwrap().actor, "user:anna");
        act(&store, LinkChange::ByHand(link(&third, None))).await.unwrap();
        assert!(store.link_of(&third).await.unwrap().is_none());
        let unknown = kept_nowhere();
        let refused = act(&store, LinkChange::ByHand(link(&unknown, Some(&first)))).await;
        assert!(refused.is_err(), "there is no such notice");
    })
    .await;
}

fn kept_nowhere() -> Reference {
    record(&Made::default()).answer.reference
}
