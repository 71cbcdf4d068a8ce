-- What a person corrected of a notice: the text as it was before, who, when, why, and which places changed. The notice as it stands is in notices.
CREATE TABLE corrections (
    notice       TEXT NOT NULL,
    version      INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    actor        TEXT NOT NULL,
    reason       TEXT NOT NULL,
    paths        TEXT NOT NULL,
    earlier      TEXT NOT NULL,
    -- The state in which the notice was: what had gone by then holds the earlier text.
    state        TEXT NOT NULL,
    -- The how-manieth confirmation tells Kronofogden of it, and the how-manieth copy the person; none where nothing had gone that it changes.
    confirmation INTEGER,
    copy         INTEGER,
    PRIMARY KEY (notice, version)
) STRICT, WITHOUT ROWID;
