-- Whom each confirmation to Kronofogden names (SFS 2025:468 11:3), as JSON; a later version takes the place of an earlier one.
CREATE TABLE caseworkers (
    notice     TEXT NOT NULL,
    version    INTEGER NOT NULL,
    caseworker TEXT NOT NULL,
    named_at   INTEGER NOT NULL,
    PRIMARY KEY (notice, version)
) STRICT, WITHOUT ROWID;
-- Confirmations that wait for a caseworker or for another way are few, and are looked for every second.
CREATE INDEX acknowledgements_confirmations ON acknowledgements (due_at) WHERE purpose = 'confirmation' AND state IN ('pending', 'failed', 'bounced');
-- Troubles that people were told of, and how grave each was then: told once when it begins, when it grows and when it ends.
CREATE TABLE alarms (
    cause TEXT NOT NULL PRIMARY KEY,
    since INTEGER NOT NULL,
    level INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
