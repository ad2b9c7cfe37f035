-- Organisations and their members; by what they are known: passwords, sessions, devices, tokens; invitations; and who tried
-- to sign in and failed. Of a secret its SHA-256 is kept, of a password its Argon2id hash.

CREATE TABLE organisations (
    id         TEXT    NOT NULL PRIMARY KEY,
    -- shared::api::OrganisationKind
    kind       TEXT    NOT NULL CHECK (kind IN ('enterprise', 'isv', 'operator')),
    name       TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE members (
    id            TEXT    NOT NULL PRIMARY KEY,
    organisation  TEXT    NOT NULL REFERENCES organisations (id),
    -- In lower case: two members never share one.
    email         TEXT    NOT NULL UNIQUE,
    name          TEXT    NOT NULL,
    -- shared::api::Role
    role          TEXT    NOT NULL,
    -- None for who signs in otherwise.
    password_hash TEXT,
    -- Who the organisation's own identity provider says it is (OpenID Connect).
    subject       TEXT,
    -- One of the demo market's accounts.
    demo          INTEGER NOT NULL,
    joined_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX members_by_organisation ON members (organisation, joined_at);
CREATE UNIQUE INDEX members_by_subject ON members (organisation, subject);

CREATE TABLE sessions (
    hash       BLOB    NOT NULL PRIMARY KEY,
    member     TEXT    NOT NULL REFERENCES members (id),
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_member ON sessions (member);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- Browsers in which a member has signed in before: their failures are counted apart.
CREATE TABLE devices (
    hash    BLOB    NOT NULL,
    member  TEXT    NOT NULL REFERENCES members (id),
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (hash, member)
) STRICT;
CREATE INDEX devices_by_member ON devices (member);

CREATE TABLE invitations (
    hash         BLOB    NOT NULL PRIMARY KEY,
    organisation TEXT    NOT NULL REFERENCES organisations (id),
    role         TEXT    NOT NULL,
    email        TEXT,
    -- None: who runs the server.
    made_by      TEXT    REFERENCES members (id),
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    -- Who took it up; it is good for one.
    taken_by     TEXT    REFERENCES members (id)
) STRICT;

CREATE TABLE api_tokens (
    id           TEXT    NOT NULL PRIMARY KEY,
    hash         BLOB    NOT NULL UNIQUE,
    member       TEXT    NOT NULL REFERENCES members (id),
    name         TEXT    NOT NULL,
    -- shared::api::Scope, with spaces between.
    scopes       TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    used_at      INTEGER,
    expires_at   INTEGER
) STRICT;
CREATE INDEX api_tokens_by_member ON api_tokens (member, created_at);

-- Failures in a row, by whom they are counted for.
CREATE TABLE sign_in_failures (
    -- SHA-256: neither addresses nor clients are written down.
    counted_for BLOB    NOT NULL PRIMARY KEY,
    failures    INTEGER NOT NULL,
    last_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_failures_by_age ON sign_in_failures (last_at);

-- Who sells it: an organisation of the kind `isv`; none where the operator published it without.
ALTER TABLE products ADD COLUMN isv TEXT REFERENCES organisations (id);
CREATE INDEX products_by_isv ON products (isv);
