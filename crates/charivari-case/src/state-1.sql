-- What follows from the log, kept so that nobody has to read all of it. It can be made again.
CREATE TABLE {in}.made (
    letter TEXT NOT NULL,
    number INTEGER NOT NULL,
    entry  INTEGER NOT NULL,
    PRIMARY KEY (letter, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE {in}.evidence (
    number   INTEGER PRIMARY KEY,
    sha256   TEXT NOT NULL UNIQUE,
    custody  TEXT NOT NULL,
    source   TEXT NOT NULL
) STRICT;

CREATE TABLE {in}.run (
    number        INTEGER PRIMARY KEY,
    identity      TEXT NOT NULL,
    superseded_by TEXT
) STRICT;
CREATE INDEX {in}.run_by_identity ON run (identity, number);

-- `standing` is 0 accepted, 1 open, 2 rejected; `decided` is the entry of the decision.
CREATE TABLE {in}.finding (
    number        INTEGER PRIMARY KEY,
    run           INTEGER NOT NULL,
    standing      INTEGER NOT NULL,
    decided       INTEGER,
    superseded_by TEXT
) STRICT;
CREATE INDEX {in}.finding_by_standing ON finding (superseded_by IS NOT NULL, standing, number);
CREATE INDEX {in}.finding_by_run ON finding (run, number);

CREATE TABLE {in}.tally (
    name  TEXT PRIMARY KEY,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
