-- Orders, their payment, the ledger, services, and what time brings.
-- A state is kept whole, as the JSON text of its type in shared::orders; the columns beside it are what is searched by.

CREATE TABLE orders (
    id         TEXT    NOT NULL PRIMARY KEY,
    enterprise TEXT    NOT NULL,
    isv        TEXT    NOT NULL,
    product    TEXT    NOT NULL,
    -- Each quotation is good for one order; a trial has none.
    quotation  TEXT    UNIQUE REFERENCES quotations (id),
    kind       TEXT    NOT NULL,
    method     TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    amount_fen INTEGER NOT NULL,
    placed_at  INTEGER NOT NULL,
    -- shared::orders::Order
    document   TEXT    NOT NULL,
    -- Of the product as it was then: see Words.
    words      TEXT    NOT NULL,
    -- Over all the columns before, words apart.
    seal       BLOB    NOT NULL
) STRICT;
CREATE INDEX orders_of_enterprise ON orders (enterprise, placed_at);
CREATE INDEX orders_of_isv ON orders (isv, placed_at);

CREATE TABLE services (
    id         TEXT    NOT NULL PRIMARY KEY,
    enterprise TEXT    NOT NULL,
    isv        TEXT    NOT NULL,
    product    TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    -- The ISV's own words.
    note       TEXT    NOT NULL DEFAULT '',
    -- shared::orders::Service
    document   TEXT    NOT NULL,
    words      TEXT    NOT NULL,
    -- Over all the columns before, note and words apart.
    seal       BLOB    NOT NULL
) STRICT;
CREATE INDEX services_of_enterprise ON services (enterprise, product);
CREATE INDEX services_of_isv ON services (isv, created_at);

-- One trial for each enterprise and product (rule L13).
CREATE TABLE trials (
    enterprise TEXT    NOT NULL,
    product    TEXT    NOT NULL,
    service    TEXT    NOT NULL REFERENCES services (id),
    PRIMARY KEY (enterprise, product)
) STRICT;

-- The ledger: a chain of entries for each enterprise, each with the hash of all before it. Whoever changes what an
-- enterprise has holds the row of its chain.
CREATE TABLE chains (
    enterprise TEXT    NOT NULL PRIMARY KEY,
    entries    INTEGER NOT NULL,
    hash       BLOB    NOT NULL
) STRICT;

CREATE TABLE entries (
    enterprise TEXT    NOT NULL REFERENCES chains (enterprise),
    number     INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    event      TEXT    NOT NULL,
    hash       BLOB    NOT NULL,
    PRIMARY KEY (enterprise, number)
) STRICT;

CREATE TABLE postings (
    enterprise TEXT    NOT NULL,
    number     INTEGER NOT NULL,
    account    TEXT    NOT NULL,
    fen        INTEGER NOT NULL,
    PRIMARY KEY (enterprise, number, account),
    FOREIGN KEY (enterprise, number) REFERENCES entries (enterprise, number)
) STRICT;
CREATE INDEX postings_of_account ON postings (account);

-- Movements of money that paid something or went back, each once.
CREATE TABLE receipts (
    movement   TEXT    NOT NULL PRIMARY KEY,
    order_id   TEXT    NOT NULL REFERENCES orders (id),
    amount_fen INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    seal       BLOB    NOT NULL
) STRICT;
CREATE INDEX receipts_of_order ON receipts (order_id);

-- Money that goes back: by the provider, or by the operator's hand.
CREATE TABLE returns (
    id         TEXT    NOT NULL PRIMARY KEY,
    order_id   TEXT    NOT NULL REFERENCES orders (id),
    amount_fen INTEGER NOT NULL,
    method     TEXT    NOT NULL,
    movement   TEXT,
    at         INTEGER NOT NULL,
    seal       BLOB    NOT NULL
) STRICT;
CREATE INDEX returns_of_order ON returns (order_id);

-- What the sandbox's payment provider keeps.
CREATE TABLE sandbox_payments (
    id         TEXT    NOT NULL PRIMARY KEY,
    order_id   TEXT    NOT NULL REFERENCES orders (id),
    amount_fen INTEGER NOT NULL,
    state      TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX sandbox_payments_of_order ON sandbox_payments (order_id, amount_fen);

-- Notifications that the sandbox's payment provider has still to send.
CREATE TABLE sandbox_notifications (
    id         TEXT    NOT NULL PRIMARY KEY,
    due_at     INTEGER NOT NULL,
    body       TEXT    NOT NULL
) STRICT;
CREATE INDEX sandbox_notifications_by_time ON sandbox_notifications (due_at);

-- Work that time brings, in the order in which it is due.
CREATE TABLE due_work (
    at         INTEGER NOT NULL,
    work       TEXT    NOT NULL,
    PRIMARY KEY (at, work)
) STRICT;

CREATE TABLE notices (
    id           TEXT    NOT NULL PRIMARY KEY,
    -- An organisation's id; empty for the operator.
    organisation TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    read         INTEGER NOT NULL DEFAULT 0,
    -- shared::orders::NoticeKind
    kind         TEXT    NOT NULL
) STRICT;
CREATE INDEX notices_of_organisation ON notices (organisation, at);

-- The sandbox: how far its clock was set forward, in seconds, and with what its payment provider signs.
CREATE TABLE sandbox (
    ahead INTEGER NOT NULL,
    key   BLOB    NOT NULL
) STRICT;

-- A quotation that was made for somebody who was signed in belongs to that enterprise.
ALTER TABLE quotations ADD COLUMN enterprise TEXT;
