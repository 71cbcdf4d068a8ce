-- The report of each local day as it was made the next morning, and the mails that tell it: one row a mail, so that each goes out once.
CREATE TABLE day_reports (
    day     TEXT NOT NULL PRIMARY KEY,
    made_at INTEGER NOT NULL,
    report  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE day_report_mails (
    day         TEXT NOT NULL,
    recipient   TEXT NOT NULL,
    mail        TEXT NOT NULL,
    due_at      INTEGER NOT NULL,
    lease_until INTEGER,
    holder      TEXT,
    attempts    INTEGER NOT NULL DEFAULT 0,
    sent_at     INTEGER,
    failed_at   INTEGER,
    PRIMARY KEY (day, recipient)
) STRICT, WITHOUT ROWID;
-- A report goes by the local day of arrival.
CREATE INDEX messages_arrival ON messages (arrival_date, reference);
