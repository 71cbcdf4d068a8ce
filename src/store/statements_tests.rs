//! Every statement is parsed by both engines: what one accepts and the other refuses is found here, not in production.

use crate::clock::Clock;
use crate::store::Config;
use crate::store::Store;
use crate::store::actions;
use crate::store::bounces;
use crate::store::clients;
use crate::store::digests;
use crate::store::engine::Statement;
use crate::store::figures;
use crate::store::instance;
use crate::store::lookup;
use crate::store::orphans;
use crate::store::statements as sql;
use crate::store::views;

/// Every statement of the store, by its name in the source.
fn all() -> Vec<(&'static str, &'static Statement)> {
    macro_rules! named {
        ($($room:ident { $($name:ident),+ $(,)? })+) => {
            vec![$($((stringify!($name), &$room::$name)),+),+]
        };
    }
    let mut all = named! {
        sql {
            PING, WEAK_SETTINGS, INSERT_MESSAGES, FIND_DUPLICATES, INSERT_OCCURRENCES, INSERT_NOTICES, INSERT_PERSON_KEYS,
            INSERT_ACKNOWLEDGEMENTS, NEXT_NUMBER, LAST_VERSION, INSERT_BLOB_PIECE, READ_BLOB_PIECES, INSERT_JOBS, CLAIM_DUE,
            CLAIM_NAMED, RELEASE_LEASES, EXPIRE_LEASES, DELETE_JOBS, RESCHEDULE_JOBS, INSERT_JOBS_OF_OPEN, MOVE_NOTICES,
            MOVE_ACKNOWLEDGEMENTS, READ_ACKNOWLEDGEMENT_JOBS, READ_DELIVERY_JOBS, LOCK_JOURNAL_HEAD, MOVE_JOURNAL_HEAD,
            APPEND_JOURNAL, READ_JOURNAL, READ_JOURNAL_HEAD
        }
        actions {
            NOTICE_STATE, SET_NOTICE_STATE, DELETE_NOTICE_JOBS, SET_INTERRUPTED, INSERT_INTERRUPTED,
            FAILED_ACKNOWLEDGEMENTS
        }
        views {
            MESSAGE, NOTICES_OF, NOTICES_IN_STATE, NOTICES_OPEN, NOTICES_RECENT, ACKNOWLEDGEMENTS_OF, JOURNAL_OF,
            ORIGINAL, COUNT_STATES, COUNT_OPEN_ACKNOWLEDGEMENTS, COUNT_DAY, COUNT_DELIVERED, COUNT_JOBS
        }
        digests { WAITING, TAKE_UP, GIVE_BACK, SENT_WITH }
        bounces { BY_TOKEN, MARK_BOUNCED }
        clients { INSERT_CLIENT, REVOKE_CLIENT, CLIENT_BY_KEY, LIST_CLIENTS }
        lookup { INSERT_SECRET, READ_SECRET }
        orphans { SPOKEN_OF }
        figures { UNIT_QUEUES, OLDEST_UNACKNOWLEDGED, FIRST_WITH_DIGEST }
        instance { HOLD }
    };
    for listed in [
        &figures::ALL,
        &figures::RECEIVED_TODAY,
        &figures::ACKNOWLEDGED_TODAY,
        &figures::UNACKNOWLEDGED,
        &figures::OUTSTANDING,
        &figures::NOT_HANDED_OVER,
        &figures::IN_STATE,
    ] {
        all.extend([("Listed", &listed.count), ("Listed", &listed.list)]);
    }
    all.extend(sql::PROMISES.iter().map(|(statement, _)| ("PROMISES", statement)));
    all
}

#[test]
fn the_list_above_holds_every_statement_of_the_room() {
    let sources = [
        include_str!("statements.rs"),
        include_str!("actions.rs"),
        include_str!("views.rs"),
        include_str!("instance.rs"),
        include_str!("figures.rs"),
        include_str!("clients.rs"),
        include_str!("bounces.rs"),
        include_str!("digests.rs"),
        include_str!("lookup.rs"),
        include_str!("orphans.rs"),
    ];
    let listed: Vec<&str> = all().iter().map(|(name, _)| *name).collect();
    for name in sources.iter().flat_map(|source| source.split("const ").skip(1)) {
        let Some((name, rest)) = name.split_once(':') else { continue };
        if rest.trim_start().starts_with("Statement") {
            assert!(listed.contains(&name), "{name} is not in the list");
        }
    }
}

#[tokio::test]
async fn sqlite_parses_every_statement() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}/kvittens.db", folder.path().display());
    prepare_all(url).await;
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the test command tells where its servers are")]
async fn postgres_parses_every_statement() {
    match std::env::var("KVITTENS_TEST_POSTGRES_URL") {
        Ok(url) => prepare_all(url).await,
        Err(_) => {
            assert!(std::env::var("KVITTENS_TEST_REQUIRE").is_err(), "no PostgreSQL");
            eprintln!("skipped: no PostgreSQL (tests/run starts one)");
        }
    }
}

async fn prepare_all(url: String) {
    let config = Config { url, ..Config::default() };
    let store = Store::open(&config, Clock::system(), true).await.unwrap();
    let mut session = store.engine.reading().await.unwrap();
    for (name, statement) in all() {
        session.prepare(statement).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
    }
    drop(session);
    store.close().await;
}
