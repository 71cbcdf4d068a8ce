-- Who may open the operations pages, their sessions, and why they looked at what is personal.

CREATE TABLE users (
    name            TEXT NOT NULL PRIMARY KEY,
    password        TEXT NOT NULL,    -- argon2id, as a PHC string
    roles           TEXT NOT NULL,    -- words with spaces between them
    boards          TEXT NOT NULL,    -- ids with spaces between them
    created_at      BIGINT NOT NULL,
    password_set_at BIGINT NOT NULL,
    disabled_at     BIGINT
);

-- A session is known by the hash of what its cookie holds.
CREATE TABLE sessions (
    id_hash    TEXT NOT NULL PRIMARY KEY,
    user_name  TEXT NOT NULL,
    data       TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_name);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- The words a person gave for looking. They may be personal, so the journal holds only their digest, and retention can take them away.
CREATE TABLE lookings (
    reference TEXT NOT NULL,
    at        BIGINT NOT NULL,
    actor     TEXT NOT NULL,
    what      TEXT NOT NULL,
    why       TEXT NOT NULL,
    words     TEXT NOT NULL
);
CREATE INDEX lookings_reference ON lookings (reference, at);

-- The lists of what was set aside; other notices are not in it.
CREATE INDEX notices_set_aside ON notices (state, updated_at) WHERE state IN ('dismissed', 'notNotice');
