-- The message store of a municipality's gateways. Instants are microseconds since 1970 (UTC), local days are YYYY-MM-DD, JSON is stored as text.

CREATE TABLE messages (
    reference    TEXT NOT NULL PRIMARY KEY,
    door         TEXT NOT NULL,
    sender       TEXT NOT NULL,
    source_key   TEXT NOT NULL,
    channel      TEXT NOT NULL,
    format       TEXT NOT NULL,
    partner      TEXT,
    board        TEXT NOT NULL,
    received_at  BIGINT NOT NULL,
    seen_at      BIGINT NOT NULL,
    stored_at    BIGINT NOT NULL,
    arrival_date TEXT NOT NULL,
    size_bytes   BIGINT NOT NULL,
    sha256       TEXT NOT NULL,
    original     BYTEA,                -- NULL above the claim-check size: then the blob with this digest
    envelope     TEXT NOT NULL,
    answer       TEXT NOT NULL,
    sender_reference TEXT,
    UNIQUE (door, sender, source_key)
);
CREATE INDEX messages_stored ON messages (stored_at);

-- Each delivery of a message by its channel, so that a delivery that was interrupted is told from one that was repeated.
CREATE TABLE occurrences (
    door       TEXT NOT NULL,
    occurrence TEXT NOT NULL,
    reference  TEXT NOT NULL,
    PRIMARY KEY (door, occurrence)
);

CREATE TABLE notices (
    reference    TEXT NOT NULL PRIMARY KEY,
    message      TEXT NOT NULL,
    ordinal      BIGINT NOT NULL,
    board        TEXT NOT NULL,
    kind         TEXT NOT NULL,
    state        TEXT NOT NULL,
    unit         TEXT NOT NULL,
    priority     BIGINT NOT NULL,
    arrival_date TEXT NOT NULL,
    assignment   TEXT NOT NULL,
    notice       TEXT NOT NULL,
    case_id      TEXT,
    progress     TEXT,
    reason       TEXT,
    attempts     BIGINT NOT NULL DEFAULT 0,
    updated_at   BIGINT NOT NULL
);
CREATE INDEX notices_message ON notices (message);
CREATE INDEX notices_open ON notices (state, updated_at) WHERE state NOT IN ('delivered', 'dismissed', 'notNotice');

-- Keyed hashes of identity numbers: the only way a person is looked up.
CREATE TABLE person_keys (
    key_hash TEXT NOT NULL,
    notice   TEXT NOT NULL,
    PRIMARY KEY (key_hash, notice)
);

CREATE TABLE acknowledgements (
    reference  TEXT NOT NULL,
    recipient  TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    way        TEXT NOT NULL,
    version    BIGINT NOT NULL,
    message    TEXT NOT NULL,
    state      TEXT NOT NULL,
    due_at     BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at    BIGINT,
    reason     TEXT,
    address    TEXT,
    rendered   TEXT,
    number     BIGINT,
    evidence   TEXT,
    attempts   BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (reference, recipient, purpose, way, version)
);
CREATE INDEX acknowledgements_message ON acknowledgements (message);
CREATE INDEX acknowledgements_open ON acknowledgements (state, due_at) WHERE state IN ('pending', 'retrying', 'failed', 'bounced');

-- The transactional outbox. A row is work to do; a lease is an attempt that was committed before its first byte left.
CREATE TABLE jobs (
    kind        TEXT NOT NULL,
    subject     TEXT NOT NULL,
    priority    BIGINT NOT NULL,
    due_at      BIGINT NOT NULL,
    attempt     BIGINT NOT NULL DEFAULT 0,
    created_at  BIGINT NOT NULL,
    holder      TEXT,
    lease_until BIGINT,
    interrupted BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, subject)
);
CREATE INDEX jobs_due ON jobs (kind, priority, due_at) WHERE lease_until IS NULL;
CREATE INDEX jobs_leased ON jobs (lease_until) WHERE lease_until IS NOT NULL;

-- One hash chain over everything that happened. Entries are stored as text and never changed.
CREATE TABLE journal (
    seq       BIGINT NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL,
    entry     TEXT NOT NULL,
    hash      TEXT NOT NULL
);
CREATE INDEX journal_reference ON journal (reference, seq);
CREATE TABLE journal_head (
    one  BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    seq  BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO journal_head (one, seq, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE counters (
    name  TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE api_clients (
    name       TEXT NOT NULL PRIMARY KEY,
    key_hash   TEXT NOT NULL UNIQUE,
    mail_to    TEXT,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- The store's own secrets: the key of the hashes in person_keys.
CREATE TABLE secrets (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- Claim check: originals above the inline size, in pieces of 1 MiB, so that any host can read them.
CREATE TABLE blobs (
    sha256 TEXT NOT NULL,
    piece  BIGINT NOT NULL,
    bytes  BYTEA NOT NULL,
    PRIMARY KEY (sha256, piece)
);
