-- What makes two notices one (persons, kind, every date, period and amount), hashed with the store's own key.
CREATE TABLE notice_contents (
    notice      TEXT NOT NULL PRIMARY KEY,
    content_key TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_contents_key ON notice_contents (content_key);
