-- Messages that the gateway sends to itself through its own doors, each known by the digest of its one-time token.
CREATE TABLE canaries (
    token    TEXT NOT NULL PRIMARY KEY,
    door     TEXT NOT NULL,
    sent_at  INTEGER NOT NULL,
    came_at  INTEGER,
    claimant TEXT,                    -- the message that bore the token first: no other one can
    message  TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX canaries_message ON canaries (message) WHERE message IS NOT NULL;
