-- What is kept beside an order: invoices (rule O5). See store/records.rs: tables of records are alike.

CREATE TABLE invoices (
    id         TEXT    NOT NULL PRIMARY KEY,
    order_id   TEXT    NOT NULL REFERENCES orders (id),
    enterprise TEXT    NOT NULL,
    isv        TEXT    NOT NULL,
    product    TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    -- The amount, in fen.
    figure     INTEGER NOT NULL,
    made_at    INTEGER NOT NULL,
    -- shared::aftersale::Invoice
    document   TEXT    NOT NULL,
    -- Over all the columns before.
    seal       BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX invoices_held ON invoices (order_id) WHERE state IN ('open', 'issued');
CREATE INDEX invoices_of_order ON invoices (order_id);
CREATE INDEX invoices_of_enterprise ON invoices (enterprise, made_at);
CREATE INDEX invoices_of_isv ON invoices (isv, made_at);
