//! Corrections on both engines: what was read is kept, what follows from it follows in the same transaction, and links say anew what changed.

use super::make::Made;
use super::make::record;
use super::on_both;
use kvittens::domain::acknowledgement::Purpose;
use kvittens::domain::calendar::LocalTime;
use kvittens::domain::correction::Because;
use kvittens::domain::correction::Said;
use kvittens::domain::digest::Digest;
use kvittens::domain::link::FoundBy;
use kvittens::domain::link::Relation;
use kvittens::domain::masked::Masked;
use kvittens::domain::reference::Reference;
use kvittens::pipeline::correcting;
use kvittens::pipeline::correcting::Bench;
use kvittens::pipeline::correcting::NotCorrected;
use kvittens::pipeline::correcting::Wish;
use kvittens::routing::profile::Profile;
use kvittens::store::Action;
use kvittens::store::ActionRefused;
use kvittens::store::JobKind;
use kvittens::store::Link;
use kvittens::store::LinkChange;
use kvittens::store::Store;
use kvittens::store::corrected_values;

pub(super) async fn kept(store: &Store, key: &str) -> Reference {
    let mut made = record(&Made { key, ..Made::default() });
    made.notices[0].notice_json =
        r#"{"schemaVersion":"1.0","type":"rentArrears","dwelling":{"city":"Lund"}}"#.to_owned();
    let reference = made.answer.reference.clone();
    store.record(made).await.unwrap();
    reference
}

async fn text(store: &Store, reference: &Reference) -> String {
    let rows = store.notices_of(reference.as_str()).await.unwrap();
    rows.into_iter().next().unwrap().notice
}

pub(super) async fn correct(
    store: &Store,
    reference: &Reference,
    seen: Option<Digest>,
    said: &[(&str, &str)],
) -> Result<Vec<String>, NotCorrected> {
    let profile = Profile::parse(include_str!("../../../config/malmo.toml")).unwrap();
    let local_time = LocalTime::named("Europe/Stockholm").unwrap();
    let bench = Bench { store, profile: &profile, local_time: &local_time, job: JobKind::Deliver };
    let said = said
        .iter()
        .map(|(place, value)| Said { place: (*place).to_owned(), value: Masked::new(*value) });
    let wish = Wish {
        actor: "user:anna".to_owned(),
        because: Because::Misread,
        seen,
        said: said.collect(),
        hand_over: false,
    };
    correcting::correct(&bench, reference, wish).await
}

#[tokio::test]
async fn what_was_read_is_kept_and_what_follows_from_a_correction_follows() {
    on_both(|store| async move {
        let (first, later) = (kept(&store, "first").await, kept(&store, "later").await);
        let found = Link::new(
            later.clone(),
            Relation::Supplement,
            FoundBy::Reference,
            "gateway".to_owned(),
        );
        let found = Link { first: Some(first.clone()), against: Some(first.clone()), ..found };
        store.act(Action::Link(LinkChange::Found(Box::new(found), None))).await.unwrap().unwrap();
        let before = text(&store, &later).await;
        let seen = Digest::of(before.as_bytes());
        let said = [
            ("type", "evictionScheduled"),
            ("dwelling/city", "Malmö"),
            ("persons/0/name", "Testa Testsson"),
            ("persons/0/identity/value", "197801022398"),
        ];
        let changed = correct(&store, &later, Some(seen), &said).await.unwrap();
        let places = ["/dwelling/city", "/persons/0/identity/value", "/persons/0/name", "/type"];
        assert_eq!(changed, places);
        let stale = correct(&store, &later, Some(seen), &said).await;
        assert!(matches!(stale, Err(NotCorrected::Refused(ActionRefused::Stale))), "{stale:?}");
        let same = correct(&store, &later, None, &said).await;
        assert!(matches!(same, Err(NotCorrected::Nothing)), "{same:?}");

        let rows = store.corrections_of(&later).await.unwrap();
        assert_eq!(
            (rows.len(), rows[0].earlier.reveal(), rows[0].version),
            (1, before.as_str(), 1)
        );
        let now = text(&store, &later).await;
        assert!(now.contains("evictionScheduled") && now.contains("197801022398"), "{now}");
        let values = corrected_values(&rows, &now);
        let city = values[0].iter().find(|it| it.path == "/dwelling/city").unwrap();
        let reveal = |it: &Option<Masked>| it.as_ref().map(|it| it.reveal().to_owned());
        let stood = (reveal(&city.before), reveal(&city.after));
        assert_eq!(stood, (Some("Lund".to_owned()), Some("Malmö".to_owned())));
        let owed = store.acknowledgements_of(later.as_str()).await.unwrap();
        let owed =
            |purpose: Purpose| owed.iter().filter(|it| it.purpose == purpose.as_str()).count();
        assert_eq!((owed(Purpose::Confirmation), owed(Purpose::Copy)), (1, 1), "the statute's");
        let changed = store.link_of(&later).await.unwrap().unwrap().changed;
        assert_eq!(changed, ["/dwelling/city", "/persons/0"], "seen anew against the first");
        correct(&store, &first, None, &[("dwelling/city", "Malmö")]).await.unwrap();
        let changed = store.link_of(&later).await.unwrap().unwrap().changed;
        assert_eq!(changed, ["/persons/0"], "the first was corrected");

        // Nothing of the statute's is owed for what it turns out to be.
        correct(&store, &later, None, &[("type", "supplement")]).await.unwrap();
        let left = store.acknowledgements_of(later.as_str()).await.unwrap();
        assert!(left.iter().all(|it| it.purpose == "receipt"), "{left:?}");
        assert_eq!(store.verify().await.unwrap().broken, []);
    })
    .await;
}
