-- Products, every revision of their configuration, and the quotations made from them.
-- Instants are seconds since 1970, amounts whole fen; prices live inside the configuration. Written for SQLite; see
-- server/src/store/migrate.rs for what PostgreSQL is given.

CREATE TABLE products (
    slug     TEXT    NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    visible  INTEGER NOT NULL,
    -- shared::api::ProductText
    text     TEXT    NOT NULL,
    -- The published one.
    revision INTEGER NOT NULL
) STRICT;

CREATE TABLE revisions (
    slug       TEXT    NOT NULL REFERENCES products (slug),
    revision   INTEGER NOT NULL,
    config     TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (slug, revision)
) STRICT;

CREATE TABLE quotations (
    id         TEXT    NOT NULL PRIMARY KEY,
    slug       TEXT    NOT NULL,
    revision   INTEGER NOT NULL,
    -- The exact text that was signed (shared::api::Confirmed), with the selection in it.
    document   TEXT    NOT NULL,
    signature  TEXT    NOT NULL,
    key_id     TEXT    NOT NULL,
    total_fen  INTEGER NOT NULL,
    issued_at  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    FOREIGN KEY (slug, revision) REFERENCES revisions (slug, revision)
) STRICT;

-- What a request with an Idempotency-Key was answered with, for 24 hours.
CREATE TABLE answers (
    caller     TEXT    NOT NULL,
    route      TEXT    NOT NULL,
    key        TEXT    NOT NULL,
    body_hash  BLOB    NOT NULL,
    -- Of what the request made.
    made_id    TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (caller, route, key)
) STRICT;
CREATE INDEX answers_by_age ON answers (created_at);

-- Public keys that quotations were signed with, so that old ones can still be checked.
CREATE TABLE verify_keys (
    kid        TEXT    NOT NULL PRIMARY KEY,
    -- shared::api::VerifyKey
    jwk        TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
