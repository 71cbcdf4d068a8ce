//! The conditions behind the figures: a count and its list are made from one condition, narrowed to a person's boards on the server.
//! Canaries are in no count but that of their state: they are nobody's notices.

use crate::store::engine::Statement;
use crate::store::engine::same;

/// A count and its list; with a door chosen, another way to the same count.
pub(super) struct Listed {
    pub(super) count: Statement,
    pub(super) count_by_door: Statement,
    pub(super) list: Statement,
}

// $1: the day's first instant, $2: the unit or nothing, $3: a state or nothing, $4: the boards, $5: the door or nothing; of a list also
// $6: how many, $7 to $9: where it goes on.
macro_rules! narrowed {
    ($boards:literal) => {
        concat!(
            " AND (CAST($2 AS TEXT) = '' OR n.unit = CAST($2 AS TEXT)) AND CAST($1 AS BIGINT) IS NOT NULL \
             AND CAST($3 AS TEXT) IS NOT NULL \
             AND (CAST($4 AS TEXT) = '[\"*\"]' OR n.board IN (SELECT b.value FROM ",
            $boards,
            "))"
        )
    };
}
macro_rules! counting {
    ($condition:literal, $boards:literal) => {
        concat!(
            "SELECT COUNT(*) FROM notices n WHERE CAST($5 AS TEXT) = '' AND ",
            $condition,
            narrowed!($boards)
        )
    };
}
macro_rules! counting_by_door {
    ($condition:literal, $boards:literal) => {
        concat!(
            "SELECT COUNT(*) FROM messages m CROSS JOIN notices n WHERE n.message = m.reference \
             AND m.channel = CAST($5 AS TEXT) AND ",
            $condition,
            narrowed!($boards)
        )
    };
}
macro_rules! listing {
    ($from:literal, $condition:literal, $boards:literal) => {
        concat!(
            "SELECT n.reference, n.kind, n.state, n.unit, n.case_id, m.channel, m.received_at, n.attempts, \
             (SELECT MIN(CASE a.state WHEN 'sent' THEN '1sent' WHEN 'suppressed' THEN '2suppressed' \
             WHEN 'pending' THEN '3pending' WHEN 'retrying' THEN '4retrying' WHEN 'bounced' THEN '5bounced' \
             ELSE '6failed' END) FROM acknowledgements a WHERE a.message = n.message AND a.purpose = 'receipt'), \
             (SELECT COUNT(*) FROM acknowledgements a WHERE a.message = n.message AND a.reference = n.reference \
             AND a.purpose IN ('confirmation', 'copy') AND a.state <> 'sent') FROM ",
            $from,
            " WHERE n.message = m.reference AND ",
            $condition,
            narrowed!($boards),
            " AND (CAST($5 AS TEXT) = '' OR m.channel = CAST($5 AS TEXT)) \
             AND m.stored_at <= CAST($7 AS BIGINT) AND (m.stored_at < CAST($7 AS BIGINT) OR n.message > CAST($8 AS TEXT) \
             OR (n.message = CAST($8 AS TEXT) AND n.ordinal > CAST($9 AS BIGINT))) \
             ORDER BY m.stored_at DESC, n.message, n.ordinal LIMIT CAST($6 AS BIGINT)"
        )
    };
}
/// `many`: SQLite walks the messages from the newest until the page is full. `few`: it begins with the notices, by their index.
macro_rules! listed {
    (many, $condition:literal) => {
        listed!("messages m CROSS JOIN notices n", $condition)
    };
    (few, $condition:literal) => {
        listed!("notices n JOIN messages m ON m.reference = n.message", $condition)
    };
    ($from:literal, $condition:literal) => {
        Listed {
            count: Statement {
                sqlite: counting!($condition, "json_each($4) AS b"),
                postgres: counting!($condition, "json_array_elements_text($4::json) AS b(value)"),
            },
            count_by_door: Statement {
                sqlite: counting_by_door!($condition, "json_each($4) AS b"),
                postgres: counting_by_door!(
                    $condition,
                    "json_array_elements_text($4::json) AS b(value)"
                ),
            },
            list: Statement {
                sqlite: listing!($from, $condition, "json_each($4) AS b"),
                postgres: listing!(
                    $from,
                    $condition,
                    "json_array_elements_text($4::json) AS b(value)"
                ),
            },
        }
    };
}
/// A statement narrowed to the boards in `$1`.
macro_rules! of_boards {
    ($head:literal, $tail:literal) => {
        Statement {
            sqlite: concat!(
                $head,
                "(CAST($1 AS TEXT) = '[\"*\"]' OR n.board IN (SELECT b.value FROM json_each($1) AS b))",
                $tail
            ),
            postgres: concat!(
                $head,
                "(CAST($1 AS TEXT) = '[\"*\"]' OR n.board IN (SELECT b.value FROM json_array_elements_text($1::json) AS b(value)))",
                $tail
            ),
        }
    };
}

pub(super) const ALL: Listed =
    listed!(many, "NOT (n.state = 'notNotice' AND COALESCE(n.reason, '') = 'canary')");
pub(super) const RECEIVED_TODAY: Listed = listed!(
    many,
    "n.message IN (SELECT t.reference FROM messages t WHERE t.stored_at >= CAST($1 AS BIGINT)) AND NOT (n.state = 'notNotice' AND COALESCE(n.reason, '') = 'canary')"
);
pub(super) const ACKNOWLEDGED_TODAY: Listed = listed!(
    many,
    "n.message IN (SELECT t.reference FROM messages t WHERE t.stored_at >= CAST($1 AS BIGINT)) AND NOT (n.state = 'notNotice' AND COALESCE(n.reason, '') = 'canary') \
     AND EXISTS (SELECT 1 FROM acknowledgements r WHERE r.message = n.message \
     AND r.purpose = 'receipt' AND ((r.state = 'sent' OR COALESCE(r.reason, '') = 'toldByPerson') AND r.sent_at < r.due_at + 1000000 \
     OR r.state = 'suppressed' AND COALESCE(r.reason, '') <> 'toldByPerson' AND NOT EXISTS (SELECT 1 FROM acknowledgements o \
     WHERE o.message = n.message AND o.purpose = 'receipt' AND (o.state <> 'suppressed' OR o.reason = 'toldByPerson'))))"
);
pub(super) const UNACKNOWLEDGED: Listed = listed!(
    few,
    "NOT (n.state = 'notNotice' AND COALESCE(n.reason, '') = 'canary') AND n.message IN (SELECT r.message FROM acknowledgements r WHERE r.purpose = 'receipt' \
     AND r.state IN ('pending', 'retrying', 'failed', 'bounced')) \
     AND NOT EXISTS (SELECT 1 FROM acknowledgements r WHERE r.message = n.message AND r.purpose = 'receipt' \
     AND r.state IN ('sent', 'suppressed'))"
);
pub(super) const OUTSTANDING: Listed = listed!(
    few,
    "n.reference IN (SELECT r.reference FROM acknowledgements r WHERE r.purpose IN ('confirmation', 'copy') \
     AND r.state IN ('pending', 'retrying', 'failed', 'bounced'))"
);
pub(super) const NOT_HANDED_OVER: Listed = listed!(
    few,
    "n.state NOT IN ('delivered', 'dismissed', 'notNotice') \
     AND n.state IN ('reading', 'queued', 'retrying', 'uncertain', 'parked')"
);
pub(super) const IN_STATE: Listed = listed!(many, "n.state = CAST($3 AS TEXT)");
pub(super) const SET_ASIDE: Listed =
    listed!(few, "n.state IN ('dismissed', 'notNotice') AND n.state = CAST($3 AS TEXT)");
pub(super) const OPEN_IN_STATE: Listed = listed!(
    few,
    "n.state NOT IN ('delivered', 'dismissed', 'notNotice') AND n.state = CAST($3 AS TEXT)"
);
pub(super) const UNIT_QUEUES: Statement = of_boards!(
    "SELECT n.unit, n.state, COUNT(*), MIN(m.stored_at) FROM notices n JOIN messages m ON m.reference = n.message \
     WHERE n.state NOT IN ('delivered', 'dismissed', 'notNotice') AND ",
    " GROUP BY n.unit, n.state ORDER BY n.unit, n.state"
);
pub(super) const OLDEST_UNACKNOWLEDGED: Statement = of_boards!(
    "SELECT m.reference, m.received_at FROM messages m WHERE m.reference IN (SELECT r.message FROM acknowledgements r \
     WHERE r.purpose = 'receipt' AND r.state IN ('pending', 'retrying', 'failed', 'bounced')) \
     AND NOT EXISTS (SELECT 1 FROM acknowledgements r WHERE r.message = m.reference AND r.purpose = 'receipt' \
     AND r.state IN ('sent', 'suppressed')) AND EXISTS (SELECT 1 FROM notices n WHERE n.message = m.reference \
     AND NOT (n.state = 'notNotice' AND COALESCE(n.reason, '') = 'canary') AND ",
    ") ORDER BY m.received_at LIMIT 1"
);
pub(super) const BY_IDENTITY: Statement = of_boards!(
    "SELECT n.reference FROM person_keys k JOIN notices n ON n.reference = k.notice WHERE k.key_hash = $2 AND ",
    " ORDER BY n.updated_at DESC LIMIT 200"
);
pub(super) const PLACE: Statement = same!(
    "SELECT m.stored_at, n.message, n.ordinal, n.board FROM notices n JOIN messages m ON m.reference = n.message \
     WHERE n.reference = $1"
);
pub(super) const FIRST_WITH_DIGEST: Statement =
    same!("SELECT reference FROM messages WHERE sha256 = $1 ORDER BY stored_at LIMIT 1");
