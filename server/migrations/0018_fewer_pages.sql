-- Two places fewer that each order writes to for its enterprise.

-- A list of notices is put together from those that were not read and those that were; the former are counted in it too.
DROP INDEX notices_unread;
DROP INDEX notices_of_organisation;
CREATE INDEX notices_of_organisation ON notices (organisation, read, at, id);

-- Entries are small, and asked for in the order of their key: a row is kept once, where its key is.
CREATE TABLE chained (
    enterprise TEXT    NOT NULL REFERENCES chains (enterprise),
    number     INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    event      TEXT    NOT NULL,
    -- As JSON: [["receivable:…", 20800], …].
    postings   TEXT    NOT NULL,
    hash       BLOB    NOT NULL,
    PRIMARY KEY (enterprise, number)
) STRICT, WITHOUT ROWID;
INSERT INTO chained SELECT enterprise, number, at, event, postings, hash FROM entries;
DROP TABLE entries;
ALTER TABLE chained RENAME TO entries;
