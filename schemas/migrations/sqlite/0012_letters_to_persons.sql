-- How far each letter of a copy has come, by the key of its acknowledgement and the letter's place in it: committed before it is posted and after.
CREATE TABLE letters (
    subject TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    stage   TEXT NOT NULL,
    party   TEXT,
    message TEXT,
    note    TEXT,
    tries   INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    PRIMARY KEY (subject, ordinal)
) STRICT, WITHOUT ROWID;
-- What the named sources answered when they were asked whether somebody in a notice has a protected identity.
CREATE TABLE protections (
    notice   TEXT NOT NULL PRIMARY KEY,
    answer   TEXT NOT NULL,
    sources  TEXT NOT NULL,
    asked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Copies that wait for somebody are few, and are looked for every second.
CREATE INDEX acknowledgements_copies ON acknowledgements (due_at) WHERE purpose = 'copy' AND state IN ('pending', 'retrying', 'failed', 'bounced');
