-- Notices that also go out by mail: one row for each notice and member, written with the notice.
-- Instants are those outside: a sandbox that is set to next year sends nothing sooner.

CREATE TABLE mails (
    notice     TEXT    NOT NULL REFERENCES notices (id),
    member     TEXT    NOT NULL REFERENCES members (id),
    -- `waiting`, `sent` or `given_up`.
    state      TEXT    NOT NULL DEFAULT 'waiting',
    attempts   INTEGER NOT NULL DEFAULT 0,
    -- Not tried before. A server that takes it sets this ahead for as long as it may need, so that no other takes it.
    next_at    INTEGER NOT NULL,
    -- Why the last attempt failed.
    error      TEXT,
    sent_at    INTEGER,
    PRIMARY KEY (notice, member)
) STRICT;
CREATE INDEX mails_waiting ON mails (next_at) WHERE state = 'waiting';

-- `zh` or `en`: what a member reads, else what the organisation does; neither: `zh`.
ALTER TABLE members ADD COLUMN language TEXT;
ALTER TABLE organisations ADD COLUMN language TEXT;
