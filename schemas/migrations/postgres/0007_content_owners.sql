-- Of the notices that are one, the one that makes the case: the first that was committed on its way, within a board.
CREATE TABLE content_owners (
    board       TEXT NOT NULL,
    content_key TEXT NOT NULL,
    notice      TEXT NOT NULL,
    PRIMARY KEY (board, content_key)
);
-- The reasons by which receipts wait for a digest and are taken up by one; both engines find them by equality.
DROP INDEX acknowledgements_digest;
CREATE INDEX acknowledgements_reason ON acknowledgements (reason) WHERE reason IS NOT NULL;
