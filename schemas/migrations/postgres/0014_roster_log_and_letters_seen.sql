-- What became of the duty roster's file: who asked for which change, that it stands in the file, and what was found changed by other hands. Only ever
-- added to; digests and ids, no names. The file itself is the roster.
CREATE TABLE roster_log (
    seq           BIGINT NOT NULL PRIMARY KEY,
    at            BIGINT NOT NULL,
    actor         TEXT NOT NULL,
    event         TEXT NOT NULL,
    digest_before TEXT NOT NULL,
    digest_after  TEXT NOT NULL,
    what          TEXT NOT NULL
);
CREATE INDEX roster_log_after ON roster_log (digest_after, seq);
CREATE FUNCTION roster_log_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the log of the roster is only added to'; END $$;
CREATE TRIGGER roster_log_kept BEFORE UPDATE OR DELETE ON roster_log FOR EACH ROW EXECUTE FUNCTION roster_log_is_only_added_to();

-- Which letters somebody has looked at, by their digests: nobody approves one that they have not seen.
CREATE TABLE letters_seen (
    reference TEXT NOT NULL,
    actor     TEXT NOT NULL,
    digest    TEXT NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (reference, actor, digest)
);
