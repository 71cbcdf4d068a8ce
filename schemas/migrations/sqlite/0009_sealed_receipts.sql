-- Receipts as they were first handed out, signed and coded: whoever asks again gets the same bytes. One for each number of notices known of a
-- message: its documents may tell of more after the first was handed out.
CREATE TABLE sealed_receipts (
    message TEXT NOT NULL,
    notices INTEGER NOT NULL,
    receipt TEXT NOT NULL,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (message, notices)
) STRICT, WITHOUT ROWID;
