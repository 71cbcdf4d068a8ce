-- Which earlier notice a later one belongs to and what it changes: a supplement, a withdrawal, a new time. Without `first` it was looked for in vain.
CREATE TABLE links (
    notice   TEXT NOT NULL PRIMARY KEY,
    first    TEXT,
    against  TEXT,                -- the latest of the same matter before it: what the changes are seen against
    relation TEXT NOT NULL,
    found_by TEXT NOT NULL,
    changed  TEXT NOT NULL,       -- JSON: the paths that differ
    actor    TEXT NOT NULL,
    at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX links_first ON links (first) WHERE first IS NOT NULL;
CREATE INDEX notices_updated ON notices (updated_at);
