//! Accounts, sessions, and lists narrowed to boards: the same on both engines.

use super::make::Made;
use super::make::record;
use super::on_both;
use jiff::Timestamp;
use kvittens::domain::digest::Digest;
use kvittens::domain::masked::Masked;
use kvittens::domain::reference::Reference;
use kvittens::store::AccountAction;
use kvittens::store::Action;
use kvittens::store::ActionRefused;
use kvittens::store::Boards;
use kvittens::store::Place;
use kvittens::store::SessionChange;
use kvittens::store::Store;
use kvittens::store::Watch;
use kvittens::store::Watched;

async fn account(store: &Store, action: AccountAction) -> Result<(), ActionRefused> {
    let actor = "cli:test".to_owned();
    store.act(Action::Account { actor, action }).await.unwrap()
}

async fn session(store: &Store, change: SessionChange) -> Result<(), ActionRefused> {
    store.act(Action::Session(change)).await.unwrap()
}

fn add(name: &str) -> AccountAction {
    AccountAction::Add {
        name: name.to_owned(),
        password: Masked::new("hash"),
        roles: vec!["view".to_owned(), "handle".to_owned()],
        boards: vec!["board".to_owned()],
    }
}

fn begin(id: &str, user: &str, second: i64) -> SessionChange {
    SessionChange::Begin {
        id_hash: Digest::of(id.as_bytes()),
        user: user.to_owned(),
        data: "{}".to_owned(),
        expires_at: Timestamp::from_second(second).unwrap(),
    }
}

const LATER: i64 = 4_000_000_000;

#[tokio::test]
async fn an_account_is_made_once_and_every_change_of_it_is_in_the_history() {
    on_both(|store| async move {
        assert!(!store.anyone_may_log_in().await.unwrap());
        assert_eq!(account(&store, add("anna")).await, Ok(()));
        assert_eq!(account(&store, add("anna")).await, Err(ActionRefused::Taken));
        let user = store.user("anna").await.unwrap().unwrap();
        assert_eq!((user.roles.as_slice(), user.boards.as_slice()).0, ["view", "handle"]);
        assert_eq!(user.boards, ["board"]);
        assert!(store.anyone_may_log_in().await.unwrap());
        let password = Masked::new("other hash");
        let name = || "anna".to_owned();
        let set = AccountAction::SetPassword { name: name(), password };
        assert_eq!(account(&store, set).await, Ok(()));
        assert_eq!(store.user("anna").await.unwrap().unwrap().password.reveal(), "other hash");
        assert_eq!(account(&store, AccountAction::Disable { name: name() }).await, Ok(()));
        assert!(!store.anyone_may_log_in().await.unwrap());
        let again = account(&store, AccountAction::Disable { name: name() }).await;
        assert_eq!(again, Err(ActionRefused::Unknown));
        assert_eq!(account(&store, AccountAction::Enable { name: name() }).await, Ok(()));
        let nobody = AccountAction::Disable { name: "nobody".to_owned() };
        assert_eq!(account(&store, nobody).await, Err(ActionRefused::Unknown));
        let events: Vec<String> = store
            .history_of("", "")
            .await
            .unwrap()
            .iter()
            .map(|row| serde_json::from_str::<serde_json::Value>(&row.entry).unwrap())
            .map(|entry| entry["event"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(events, ["user.added", "user.passwordSet", "user.disabled", "user.enabled"]);
        assert_eq!(store.verify().await.unwrap().broken, []);
    })
    .await;
}

#[tokio::test]
async fn sessions_end_with_their_account_their_time_and_for_good() {
    on_both(|store| async move {
        let known = async |id: &str| {
            store.session(&Digest::of(id.as_bytes())).await.unwrap().map(|kept| kept.data)
        };
        account(&store, add("anna")).await.unwrap();
        session(&store, begin("one", "anna", LATER)).await.unwrap();
        let taken = session(&store, begin("one", "bo", LATER)).await;
        assert_eq!(taken, Err(ActionRefused::Taken));
        session(&store, begin("two", "anna", LATER)).await.unwrap();
        session(&store, begin("old", "anna", 1)).await.unwrap();
        session(&store, begin("other", "bo", LATER)).await.unwrap();
        assert_eq!(known("old").await, None, "it has expired");
        let keep = |id: &str| SessionChange::Keep {
            id_hash: Digest::of(id.as_bytes()),
            data: "{\"a\":1}".to_owned(),
            expires_at: Timestamp::from_second(LATER).unwrap(),
        };
        session(&store, keep("one")).await.unwrap();
        assert_eq!(known("one").await.as_deref(), Some("{\"a\":1}"));
        session(&store, SessionChange::End { id_hash: Digest::of(b"two") }).await.unwrap();
        session(&store, keep("two")).await.unwrap();
        assert_eq!(known("two").await, None, "what has ended is not kept alive");
        account(&store, AccountAction::Disable { name: "anna".to_owned() }).await.unwrap();
        assert_eq!(known("one").await, None);
        assert_eq!(known("other").await.as_deref(), Some("{}"));
    })
    .await;
}

#[tokio::test]
async fn a_list_goes_on_page_by_page_and_holds_each_notice_of_its_boards_once() {
    on_both(|store| async move {
        let mut mine = Vec::new();
        let records = (0..130).map(|n| {
            let key = format!("key-{n}");
            let mut made = record(&Made { key: &key, ..Made::default() });
            if n % 2 == 0 {
                made.notices[0].assignment.board = "other".to_owned();
            } else {
                mine.push(made.notices[0].reference.to_string());
            }
            made
        });
        let records: Vec<_> = records.collect();
        futures::future::join_all(records.into_iter().map(|made| store.record(made))).await;
        let boards = Boards::These(vec!["board".to_owned()]);
        let watch = Watch::new(Watched::All, boards.clone(), Timestamp::UNIX_EPOCH);
        assert_eq!(store.count_watched(&watch).await.unwrap(), 65);
        let (mut seen, mut place) = (Vec::new(), Place::start());
        loop {
            let page = store.list_watched(&watch, &place, 20).await.unwrap();
            let Some(last) = page.last() else { break };
            let last = Reference::parse(&last.reference).unwrap();
            place = store.place_behind(&last, &boards).await.unwrap().unwrap();
            let other = Boards::These(vec!["other".to_owned()]);
            assert!(store.place_behind(&last, &other).await.unwrap().is_none());
            seen.extend(page.into_iter().map(|notice| notice.reference));
        }
        seen.sort();
        mine.sort();
        assert_eq!(seen, mine);
    })
    .await;
}

#[tokio::test]
async fn boards_doors_units_and_numbers_narrow_what_is_seen() {
    on_both(|store| async move {
        let one = record(&Made { key: "a", ..Made::default() });
        let mut two = record(&Made { key: "b", ..Made::folder() });
        two.notices[0].assignment.board = "other".to_owned();
        let reference = one.answer.reference.to_string();
        store.record(one).await.unwrap();
        store.record(two).await.unwrap();
        let these = |ids: &[&str]| Boards::These(ids.iter().map(|id| (*id).to_owned()).collect());
        let cases = [
            (Boards::All, 2),
            (these(&["board"]), 1),
            (these(&["board", "other"]), 2),
            (these(&["*"]), 0),
            (these(&[]), 0),
        ];
        for (boards, expected) in cases {
            for what in [
                Watched::All,
                Watched::ReceivedToday,
                Watched::NotHandedOver,
                Watched::State("queued".to_owned()),
            ] {
                let watch = Watch::new(what, boards.clone(), Timestamp::UNIX_EPOCH);
                let list = store.list_watched(&watch, &Place::start(), 10).await.unwrap();
                assert_eq!(store.count_watched(&watch).await.unwrap(), expected, "{watch:?}");
                assert_eq!(list.len(), usize::try_from(expected).unwrap());
            }
            let queues = store.unit_queues(&boards).await.unwrap();
            assert_eq!(queues.iter().map(|queue| queue.count).sum::<i64>(), expected);
            let found = store.by_identity("198501012390", &boards).await.unwrap();
            assert_eq!(found.len(), usize::try_from(expected).unwrap());
            let oldest = store.oldest_unacknowledged(&boards).await.unwrap();
            assert_eq!(oldest.is_some(), boards.hold("other"), "only the file's is unsent");
        }
        let mut watch = Watch::new(Watched::All, Boards::All, Timestamp::UNIX_EPOCH);
        watch.channel = Some("api".to_owned());
        let list = store.list_watched(&watch, &Place::start(), 10).await.unwrap();
        assert_eq!(list.iter().map(|notice| &notice.reference).collect::<Vec<_>>(), [&reference]);
        watch.unit = Some("another".to_owned());
        assert_eq!(store.count_watched(&watch).await.unwrap(), 0);
    })
    .await;
}
