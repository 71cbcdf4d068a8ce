//! Every statement that writes or moves a notice, in one list; a test prepares each on both engines.

use crate::store::engine::Statement;
use crate::store::engine::over_rows;
use crate::store::engine::same;

pub(super) const PING: Statement = same!("SELECT seq FROM journal_head");

/// What of the server's settings lets a commit return before it is on the disk.
pub(super) const WEAK_SETTINGS: Statement = Statement {
    sqlite: "SELECT '' WHERE false",
    postgres: "SELECT name FROM pg_settings \
        WHERE name IN ('fsync', 'synchronous_commit') AND setting = 'off' ORDER BY name",
};

pub(super) const FIND_DUPLICATES: Statement = over_rows!(
    "SELECT r.value ->> 0, m.answer, o.reference",
    "JOIN messages m ON m.door = r.value ->> 1 AND m.sender = r.value ->> 2 AND m.source_key = r.value ->> 3 \
     LEFT JOIN occurrences o ON o.door = r.value ->> 1 AND o.occurrence = r.value ->> 4"
);

pub(super) const FIND_OCCURRENCES: Statement = over_rows!(
    "SELECT o.occurrence",
    "JOIN occurrences o ON o.door = r.value ->> 0 AND o.occurrence = r.value ->> 1"
);

pub(super) const NEXT_NUMBER: Statement = same!(
    "INSERT INTO counters (name, value) VALUES ($1, 1) \
     ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value"
);

pub(super) const LAST_VERSION: Statement =
    same!("SELECT MAX(version) FROM acknowledgements WHERE reference = $1");

pub(super) const INSERT_BLOB_PIECE: Statement = Statement {
    sqlite: "SELECT 1 WHERE $1 = $2 AND $3 IS NULL",
    postgres: "INSERT INTO blobs (sha256, piece, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
};

pub(super) const READ_BLOB_PIECES: Statement = Statement {
    sqlite: "SELECT NULL WHERE $1 IS NULL",
    postgres: "SELECT bytes FROM blobs WHERE sha256 = $1 ORDER BY piece",
};

pub(super) const CLAIM_DUE: Statement = Statement {
    sqlite: "UPDATE jobs SET holder = $3, lease_until = $4, attempt = attempt + 1 \
             WHERE (kind, subject) IN (SELECT kind, subject FROM jobs WHERE kind = $1 AND due_at <= $2 AND lease_until IS NULL \
             ORDER BY priority, due_at LIMIT $5) RETURNING subject, attempt, interrupted, created_at",
    postgres: "UPDATE jobs SET holder = $3, lease_until = $4, attempt = attempt + 1 \
               WHERE (kind, subject) IN (SELECT kind, subject FROM jobs WHERE kind = $1 AND due_at <= $2 AND lease_until IS NULL \
               ORDER BY priority, due_at LIMIT $5 FOR UPDATE SKIP LOCKED) \
               RETURNING subject, attempt, interrupted, created_at",
};

/// For what a broker delivered: the job is made when the outcome of its publication is not committed yet.
pub(super) const CLAIM_NAMED: Statement = Statement {
    sqlite: "INSERT INTO jobs (kind, subject, priority, due_at, attempt, created_at, holder, lease_until) \
             SELECT $1, n.reference, n.priority, $2, 1, $2, $3, $4 FROM json_each($5) AS r \
             JOIN notices n ON n.reference = r.value WHERE n.state IN ('queued', 'retrying', 'uncertain') \
             ON CONFLICT (kind, subject) DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until, \
             attempt = jobs.attempt + 1 WHERE jobs.lease_until IS NULL \
             RETURNING subject, attempt, interrupted, created_at",
    postgres: "INSERT INTO jobs (kind, subject, priority, due_at, attempt, created_at, holder, lease_until) \
               SELECT DISTINCT $1, n.reference, n.priority, $2::bigint, 1, $2::bigint, $3, $4::bigint \
               FROM json_array_elements_text($5::json) AS r(value) \
               JOIN notices n ON n.reference = r.value WHERE n.state IN ('queued', 'retrying', 'uncertain') \
               ON CONFLICT (kind, subject) DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until, \
               attempt = jobs.attempt + 1 WHERE jobs.lease_until IS NULL \
               RETURNING subject, attempt, interrupted, created_at",
};

pub(super) const RELEASE_LEASES: Statement = same!(
    "UPDATE jobs SET holder = NULL, lease_until = NULL, interrupted = 1 WHERE holder = $1 AND lease_until IS NOT NULL"
);

pub(super) const EXPIRE_LEASES: Statement = same!(
    "UPDATE jobs SET holder = NULL, lease_until = NULL, interrupted = 1 WHERE lease_until < $1"
);

pub(super) const DELETE_JOBS: Statement = Statement {
    sqlite: "DELETE FROM jobs WHERE (kind, subject) IN (SELECT r.value ->> 0, r.value ->> 1 FROM json_each($1) AS r)",
    postgres: "DELETE FROM jobs USING jsonb_array_elements($1::jsonb) AS r(value) \
               WHERE kind = r.value ->> 0 AND subject = r.value ->> 1",
};

pub(super) const RESCHEDULE_JOBS: Statement = over_rows!(
    "UPDATE jobs SET due_at = CAST(r.value ->> 2 AS BIGINT), interrupted = CAST(r.value ->> 3 AS BIGINT), holder = NULL, \
     lease_until = NULL",
    "WHERE jobs.kind = r.value ->> 0 AND jobs.subject = r.value ->> 1"
);

/// What was claimed and not begun is as it was before the claim.
pub(super) const GIVE_BACK_JOBS: Statement = over_rows!(
    "UPDATE jobs SET attempt = attempt - 1, holder = NULL, lease_until = NULL",
    "WHERE jobs.kind = r.value ->> 0 AND jobs.subject = r.value ->> 1 AND lease_until IS NOT NULL"
);

/// A job for each open notice that has none of this kind: the watch over what a broker holds.
pub(super) const INSERT_JOBS_OF_OPEN: Statement = over_rows!(
    "INSERT INTO jobs (kind, subject, priority, due_at, created_at) \
     SELECT r.value ->> 0, n.reference, n.priority, CAST(r.value ->> 2 AS BIGINT), CAST(r.value ->> 3 AS BIGINT)",
    "JOIN notices n ON n.reference = r.value ->> 1 WHERE n.state IN ('queued', 'retrying', 'uncertain') \
     ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at WHERE jobs.lease_until IS NULL"
);

pub(super) const MOVE_NOTICES: Statement = over_rows!(
    "UPDATE notices SET state = r.value ->> 1, case_id = COALESCE(r.value ->> 2, case_id), progress = COALESCE(r.value ->> 3, progress), \
     reason = r.value ->> 4, updated_at = CAST(r.value ->> 5 AS BIGINT), attempts = CAST(r.value ->> 6 AS BIGINT)",
    "WHERE notices.reference = r.value ->> 0 AND notices.state <> 'delivered' \
     AND (notices.state <> 'dismissed' OR r.value ->> 1 = 'delivered')"
);

/// What was fetched from the feed, or put on record by a person, while an attempt was under way stays told.
pub(super) const MOVE_ACKNOWLEDGEMENTS: Statement = over_rows!(
    "UPDATE acknowledgements SET state = r.value ->> 5, sent_at = COALESCE(CAST(r.value ->> 6 AS BIGINT), sent_at), \
     reason = r.value ->> 7, evidence = COALESCE(r.value ->> 8, evidence), attempts = CAST(r.value ->> 9 AS BIGINT)",
    "WHERE acknowledgements.reference = r.value ->> 0 AND recipient = r.value ->> 1 AND purpose = r.value ->> 2 \
     AND way = r.value ->> 3 AND version = CAST(r.value ->> 4 AS BIGINT) AND (acknowledgements.state <> 'sent' OR r.value ->> 5 = 'sent') \
     AND COALESCE(acknowledgements.reason, '') <> 'byHand'"
);

pub(super) const READ_ACKNOWLEDGEMENT_JOBS: Statement = over_rows!(
    "SELECT a.reference || '/' || a.recipient || '/' || a.purpose || '/' || a.way || '/' || CAST(a.version AS TEXT), \
     a.address, a.rendered, m.received_at, n.kind, CASE WHEN a.purpose = 'confirmation' THEN h.until END, \
     CASE WHEN a.purpose = 'confirmation' AND EXISTS (SELECT 1 FROM acknowledgements b WHERE b.reference = a.reference \
     AND b.purpose = a.purpose AND b.version > a.version) THEN 1 ELSE 0 END",
    "JOIN acknowledgements a ON a.reference = r.value ->> 0 AND a.recipient = r.value ->> 1 AND a.purpose = r.value ->> 2 \
     AND a.way = r.value ->> 3 AND a.version = CAST(r.value ->> 4 AS BIGINT) JOIN messages m ON m.reference = a.message \
     LEFT JOIN notices n ON n.reference = a.reference LEFT JOIN holds h ON h.notice = a.reference"
);

pub(super) const READ_DELIVERY_JOBS: Statement = Statement {
    sqlite: "SELECT n.reference, n.message, n.state, n.kind, n.assignment, n.notice, n.case_id, n.progress, m.received_at, \
             m.arrival_date, m.channel, m.format, m.stored_at FROM json_each($1) AS r \
             JOIN notices n ON n.reference = r.value JOIN messages m ON m.reference = n.message",
    postgres: "SELECT n.reference, n.message, n.state, n.kind, n.assignment, n.notice, n.case_id, n.progress, m.received_at, \
               m.arrival_date, m.channel, m.format, m.stored_at FROM json_array_elements_text($1::json) AS r(value) \
               JOIN notices n ON n.reference = r.value JOIN messages m ON m.reference = n.message",
};

pub(super) const LOCK_JOURNAL_HEAD: Statement =
    same!("UPDATE journal_head SET seq = seq + $1 WHERE one = 1 RETURNING seq, hash");

pub(super) const MOVE_JOURNAL_HEAD: Statement =
    same!("UPDATE journal_head SET hash = $1 WHERE one = 1");

pub(super) const READ_JOURNAL: Statement =
    same!("SELECT seq, entry, hash FROM journal WHERE seq > $1 ORDER BY seq LIMIT 1000");

pub(super) const READ_JOURNAL_HEAD: Statement = same!("SELECT seq, hash FROM journal_head");

/// What `verify` holds the store to; each query names those that break the promise.
pub(super) const PROMISES: &[(Statement, &str)] = &[
    (
        same!(
            "SELECT m.reference FROM messages m WHERE NOT EXISTS \
             (SELECT 1 FROM acknowledgements a WHERE a.message = m.reference)"
        ),
        "every message has an acknowledgement state",
    ),
    (
        same!(
            "SELECT m.reference FROM messages m WHERE NOT EXISTS (SELECT 1 FROM notices n WHERE n.message = m.reference)"
        ),
        "every message holds at least one notice",
    ),
    (
        same!(
            "SELECT n.reference FROM notices n WHERE n.state IN ('queued', 'retrying') AND NOT EXISTS \
             (SELECT 1 FROM jobs j WHERE j.subject = n.reference AND j.kind IN ('deliver', 'publish'))"
        ),
        "every notice on its way has a job that moves it",
    ),
    (
        same!(
            "SELECT n.reference FROM notices n WHERE n.state = 'reading' AND NOT EXISTS \
             (SELECT 1 FROM jobs j WHERE j.subject = n.reference AND j.kind = 'read')"
        ),
        "every notice that is being read has a job that reads it",
    ),
    (
        same!(
            "SELECT n.reference FROM notices n WHERE n.state = 'delivered' AND n.case_id IS NULL"
        ),
        "every delivered notice has its case",
    ),
    (
        same!(
            "SELECT a.reference FROM acknowledgements a WHERE a.state IN ('pending', 'retrying') AND a.way NOT IN ('outstanding', 'feed') \
             AND COALESCE(a.reason, '') <> 'digest' AND COALESCE(a.reason, '') NOT LIKE 'digest:%' AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.kind IN ('acknowledge', 'confirm', 'letter') AND j.subject = \
             a.reference || '/' || a.recipient || '/' || a.purpose || '/' || a.way || '/' || CAST(a.version AS TEXT))"
        ),
        "every acknowledgement not sent yet has a job that sends it",
    ),
    (
        same!(
            "SELECT reference FROM acknowledgements WHERE state = 'suppressed' AND purpose NOT IN ('receipt', 'offer')"
        ),
        "no confirmation or copy is suppressed",
    ),
];
