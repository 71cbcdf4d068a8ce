-- Messages that the gateway sends to itself through its own doors, each known by the digest of its one-time token.
CREATE TABLE canaries (
    token    TEXT NOT NULL PRIMARY KEY,
    door     TEXT NOT NULL,
    sent_at  BIGINT NOT NULL,
    came_at  BIGINT,
    claimant TEXT,                    -- the message that bore the token first: no other one can
    message  TEXT
);
CREATE INDEX canaries_message ON canaries (message) WHERE message IS NOT NULL;
