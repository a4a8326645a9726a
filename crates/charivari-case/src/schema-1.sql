-- What was done, in order. Nothing in `log` and `content` is ever changed or taken out.
CREATE TABLE log (
    number INTEGER PRIMARY KEY,
    time   INTEGER NOT NULL,
    by     TEXT NOT NULL,
    action TEXT NOT NULL,
    letter TEXT,
    record INTEGER,
    digest BLOB NOT NULL,
    hash   BLOB NOT NULL
) STRICT;

-- What each entry says, in canonical JSON; its SHA-256 is the entry's digest.
CREATE TABLE content (
    entry INTEGER PRIMARY KEY REFERENCES log (number),
    body  TEXT NOT NULL
) STRICT;

CREATE INDEX log_by_action ON log (action, number);

CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
CREATE TRIGGER log_is_never_cut BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is never cut'); END;
CREATE TRIGGER content_is_never_changed BEFORE UPDATE ON content
BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END;
CREATE TRIGGER content_is_never_deleted BEFORE DELETE ON content
BEGIN SELECT RAISE(ABORT, 'a record is never deleted'); END;
