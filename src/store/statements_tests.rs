//! Every statement is parsed by both engines: what one accepts and the other refuses is found here, not in production.

use crate::clock::Clock;
use crate::store::Config;
use crate::store::Store;
use crate::store::accounts;
use crate::store::alarms;
use crate::store::archive;
use crate::store::awaiting;
use crate::store::bounces;
use crate::store::by_hand;
use crate::store::called;
use crate::store::canaries;
use crate::store::candidates;
use crate::store::clients;
use crate::store::compared;
use crate::store::confirmations;
use crate::store::copies;
use crate::store::corrections;
use crate::store::corrections::effects;
use crate::store::corrections::enclosed;
use crate::store::corrections::look;
use crate::store::day_reports;
use crate::store::decisions;
use crate::store::digests;
use crate::store::earlier;
use crate::store::enclosures;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::feed;
use crate::store::holds;
use crate::store::inserts;
use crate::store::instance;
use crate::store::letters;
use crate::store::letters_seen;
use crate::store::links;
use crate::store::lookup;
use crate::store::offers;
use crate::store::orphans;
use crate::store::promises;
use crate::store::proofs;
use crate::store::protections;
use crate::store::reading;
use crate::store::replaced;
use crate::store::report;
use crate::store::roster_log;
use crate::store::sameness;
use crate::store::sessions;
use crate::store::statements as sql;
use crate::store::switches;
use crate::store::views;
use crate::store::waiting_copies;
use crate::store::watched;

/// A statement with its name in the source.
type Named = (&'static str, &'static Statement);

macro_rules! named {
    ($($room:ident { $($name:ident),+ $(,)? })+) => {
        vec![$($((stringify!($name), &$room::$name)),+),+]
    };
}

/// Those of messages and notices.
fn of_notices() -> Vec<Named> {
    named! {
        sql {
            PING, WEAK_SETTINGS, FIND_DUPLICATES, FIND_OCCURRENCES,
            NEXT_NUMBER, LAST_VERSION, INSERT_BLOB_PIECE, READ_BLOB_PIECES, CLAIM_DUE,
            CLAIM_NAMED, RELEASE_LEASES, EXPIRE_LEASES, DELETE_JOBS, RESCHEDULE_JOBS, GIVE_BACK_JOBS, INSERT_JOBS_OF_OPEN, MOVE_NOTICES,
            MOVE_ACKNOWLEDGEMENTS, READ_ACKNOWLEDGEMENT_JOBS, READ_DELIVERY_JOBS, LOCK_JOURNAL_HEAD, MOVE_JOURNAL_HEAD,
            READ_JOURNAL, READ_JOURNAL_HEAD
        }
        decisions {
            NOTICE_STATE, SET_NOTICE_STATE, DELETE_NOTICE_JOBS, SET_INTERRUPTED, INSERT_INTERRUPTED,
            FAILED_ACKNOWLEDGEMENTS, MESSAGE_OF, TOLD_BY_A_PERSON
        }
        views {
            MESSAGE, NOTICES_OF, NOTICES_IN_STATE, NOTICES_OPEN, NOTICES_RECENT, ACKNOWLEDGEMENTS_OF, JOURNAL_OF,
            ORIGINAL, COUNT_STATES, COUNT_OPEN_ACKNOWLEDGEMENTS, COUNT_DAY, COUNT_DELIVERED, COUNT_JOBS
        }
        archive { ARRIVED }
        earlier { OF_CASE, BESIDE }
        candidates { BY_KEY, BY_REFERENCE, BY_SENDER_REFERENCE }
        links { UNLINKED, LINK, GO_ALONG, UNLINK, LOOK_AGAIN, COMPARED_WITH, COMPARED, FOLLOW, LINK_OF, LINKED_TO }
        orphans { SPOKEN_OF }
        reading { FIRST_READ, MESSAGE_READ, TOLD_OF, HURRY, NUMBER_OF, RENDER_ANEW }
        sameness { OWNER, OWN, SAME_NOTICES }
    }
}

/// Those of acknowledgements.
fn of_acknowledgements() -> Vec<Named> {
    named! {
        digests { WAITING, TAKE_UP, GIVE_BACK, SENT_WITH }
        bounces { BY_TOKEN, MARK_BOUNCED, MARK_LISTED }
        awaiting { AWAITING, UNCONFIRMED, NAMED_LAST }
        confirmations {
            TAKE_AWAITING, NAME, SAY_WHY, LAST_CONFIRMATION, INSERT_OUTSTANDING, NAMED, CONFIRMED_BY_HAND
        }
        feed { WRITE, FIRST_HELD, IS_HELD, READ_ON, READ_ONE, READ_OF, FETCHED, TOLD_BY_FEED, CALL_ANSWERED, ALLOW_READER, READERS, MAY_READ }
        called { CALLED_ONLY, CALLED_IN_VAIN }
        replaced { OWED, END_REPLACED }
        holds { OPEN, HOLD, PUT_OFF, HELD_UNTIL }
        enclosures { MISSING, PLAN, READ_ENCLOSURES, MARK, AGAIN, BY_HAND, FAILED }
        enclosed { MISSING_CORRECTION, PLAN_CORRECTIONS, MARK_CORRECTION, CORRECTION_AGAIN, CORRECTION_BY_HAND }
        copies { TAKE_COPY, COPY_WAITS, TAKE_FAILED_COPY, TAKE_GIVEN_UP, KEEP_PART_OF_COPY, INSERT_COPY_ANEW }
        by_hand { SENT_BY_HAND, DELETE_JOB }
        offers { NOT_SENT, WITHDRAWALS, ENVELOPE_OF, OFFERED_ALREADY }
        letters { LETTERS_OF, KEEP_LETTER, SERVED }
        protections { PROTECTION_OF, NOTICE_OF, KEEP_PROTECTION }
        waiting_copies { COPIES_TO_RELEASE, COPIES_OWED, COPIES_PROTECTED, COPIES_OUTDATED }
        alarms { OPEN_BY_CAUSE, ALARMS, ALARMS_BY_WEBHOOK, RAISE, END, REVIVE }
        promises { OWED, OPEN_COPIES, RESTRICTED_OWED }
        letters_seen { SEE_LETTER, LETTERS_SEEN }
        proofs { KEPT_RECEIPT, KEPT_RECEIPTS, KEEP_RECEIPT, JOURNAL_LINES, SENT }
    }
}

/// Those of people, clients and the watch over the gateway.
fn of_operation() -> Vec<Named> {
    named! {
        canaries { INSERT_CANARY, FORGET_CANARIES, CLAIM_CANARY, NAME_CANARY, CANARY_STATE, SET_CANARY_KEY }
        compared { DAY_OF_DOOR, FILES_OF_DOOR, LAST_HEARD, FIRST_STORED }
        clients { INSERT_CLIENT, REVOKE_CLIENT, CLIENT_BY_KEY, LIST_CLIENTS }
        accounts { INSERT_USER, SET_PASSWORD, DISABLE_USER, ENABLE_USER, USER, LIST_USERS, ANY_USER, INSERT_LOOKING }
        sessions { INSERT_SESSION, KEEP_SESSION, DELETE_SESSION, DELETE_SESSIONS_OF, DELETE_EXPIRED_SESSIONS, SESSION }
        corrections {
            CORRECT, STAY, IN_HAND, ASSIGNED, KEEP_EARLIER, FORGET_PERSONS, FORGET_CONTENT, GIVE_UP_CONTENT, ASK_ANEW
        }
        effects { END_OPEN, TOLD, NAMED_BEFORE, TOLD_OF_IT }
        look { CORRECTIONS_OF }
        lookup { INSERT_SECRET, READ_SECRET }
        report { ARRIVED_IN, NOTICES_IN, TOLD_IN, HISTORY_IN }
        day_reports {
            DAY_REPORT, LAST_DAY_REPORT, KEEP_DAY_REPORT, INSERT_DAY_MAIL, FORGET_DAY_MAILS, DUE_DAY_MAILS, TAKE_DAY_MAIL, RELEASE_DAY_MAILS,
            SENT_DAY_MAIL, DAY_MAIL_AGAIN, DAY_MAIL_FAILED, DAY_MAILS
        }
        watched { UNIT_QUEUES, OLDEST_UNACKNOWLEDGED, FIRST_WITH_DIGEST, PLACE, BY_IDENTITY }
        switches { SET, SWITCHES, WAKE }
        instance { HOLD }
        roster_log { ADD_TO_ROSTER_LOG, LAST_ROSTER, ASKED_FOR_ROSTER, ROSTER_LOG }
    }
}

/// Every statement of the store.
fn all() -> Vec<Named> {
    let mut all = of_notices();
    all.extend(of_acknowledgements());
    all.extend(of_operation());
    for listed in [
        &watched::ALL,
        &watched::RECEIVED_TODAY,
        &watched::ACKNOWLEDGED_TODAY,
        &watched::UNACKNOWLEDGED,
        &watched::OUTSTANDING,
        &watched::NOT_HANDED_OVER,
        &watched::IN_STATE,
        &watched::OPEN_IN_STATE,
        &watched::SET_ASIDE,
    ] {
        for statement in [&listed.count, &listed.count_by_door, &listed.list] {
            all.push(("Listed", statement));
        }
    }
    all.extend(sql::PROMISES.iter().map(|(statement, _)| ("PROMISES", statement)));
    all
}

#[test]
fn the_list_above_holds_every_statement_of_the_room() {
    let sources = [
        include_str!("statements.rs"),
        include_str!("decisions.rs"),
        include_str!("views.rs"),
        include_str!("instance.rs"),
        include_str!("watched.rs"),
        include_str!("clients.rs"),
        include_str!("bounces.rs"),
        include_str!("canaries.rs"),
        include_str!("compared.rs"),
        include_str!("awaiting.rs"),
        include_str!("confirmations.rs"),
        include_str!("copies.rs"),
        include_str!("corrections/mod.rs"),
        include_str!("corrections/effects.rs"),
        include_str!("corrections/enclosed.rs"),
        include_str!("corrections/look.rs"),
        include_str!("digests.rs"),
        include_str!("earlier.rs"),
        include_str!("feed.rs"),
        include_str!("holds.rs"),
        include_str!("switches.rs"),
        include_str!("report.rs"),
        include_str!("day_reports.rs"),
        include_str!("letters.rs"),
        include_str!("letters_seen.rs"),
        include_str!("lookup.rs"),
        include_str!("protections.rs"),
        include_str!("waiting_copies.rs"),
        include_str!("accounts.rs"),
        include_str!("sessions.rs"),
        include_str!("alarms.rs"),
        include_str!("archive.rs"),
        include_str!("orphans.rs"),
        include_str!("promises.rs"),
        include_str!("proofs.rs"),
        include_str!("roster_log.rs"),
        include_str!("reading.rs"),
        include_str!("sameness.rs"),
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
async fn postgres_parses_every_statement() {
    if let Some(url) = postgres_url() {
        prepare_all(url).await;
    }
}

#[tokio::test]
async fn on_postgres_the_writer_finds_rows_by_their_keys_however_the_tables_have_grown() {
    let Some(url) = postgres_url() else { return };
    let config = Config { url, ..Config::default() };
    let store = Store::open(&config, Clock::system(), true).await.unwrap();
    let mut session = store.engine.writing().await.unwrap();
    let settings = same!(
        "SELECT current_setting('plan_cache_mode'), current_setting('enable_seqscan'), \
         current_setting('enable_hashjoin'), current_setting('enable_mergejoin')"
    );
    let mut row = session.row(&settings, &[]).await.unwrap().unwrap();
    let found: Vec<String> = (0..4).map(|column| row.text(column)).collect();
    assert_eq!(found, ["force_custom_plan", "off", "off", "off"]);
    drop(session);
    store.close().await;
}

#[expect(clippy::disallowed_methods, reason = "the test command tells where its servers are")]
fn postgres_url() -> Option<String> {
    let url = std::env::var("KVITTENS_TEST_POSTGRES_URL").ok();
    if url.is_none() {
        assert!(std::env::var("KVITTENS_TEST_REQUIRE").is_err(), "no PostgreSQL");
        eprintln!("skipped: no PostgreSQL (tests/run starts one)");
    }
    url
}

async fn prepare_all(url: String) {
    let config = Config { url, ..Config::default() };
    let store = Store::open(&config, Clock::system(), true).await.unwrap();
    let mut session = store.engine.reading().await.unwrap();
    for (name, statement) in all() {
        session.prepare(statement).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
    }
    for insert in inserts::ALL {
        let prepared = session.prepare_insert(insert).await;
        prepared.unwrap_or_else(|error| panic!("{}: {error:?}", insert.table));
    }
    drop(session);
    store.close().await;
}
