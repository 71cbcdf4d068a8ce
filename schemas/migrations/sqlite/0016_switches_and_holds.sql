-- Ways out that a person has switched off, or set to a dry run; what is not here is on.
CREATE TABLE switches (
    way        TEXT NOT NULL PRIMARY KEY,
    mode       TEXT NOT NULL,
    reason     TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Confirmations to Kronofogden that a person holds back to a set hour of the same day.
CREATE TABLE holds (
    notice TEXT NOT NULL PRIMARY KEY,
    until  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
