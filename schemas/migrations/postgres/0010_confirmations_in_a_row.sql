-- Every confirmation to Kronofogden as it was first written (JSON), under its running number: one series without holes, whichever way each goes.
CREATE TABLE confirmations (
    number     BIGINT NOT NULL PRIMARY KEY,
    notice     TEXT NOT NULL,
    version    BIGINT NOT NULL,
    document   TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    fetched_at BIGINT,                -- when a client first fetched it from the feed
    fetched_by TEXT,
    UNIQUE (notice, version)
);
INSERT INTO confirmations (number, notice, version, document, written_at)
    SELECT number, reference, version, rendered, created_at FROM acknowledgements
    WHERE purpose = 'confirmation' AND way = 'folder' AND number IS NOT NULL AND rendered IS NOT NULL;
-- Which API clients may read them.
CREATE TABLE feed_readers (
    client TEXT NOT NULL PRIMARY KEY,
    since  BIGINT NOT NULL
);
