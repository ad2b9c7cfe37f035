-- Settlement (rule O8): what the market owes each ISV for each month.

-- What orders add and take, each once; in no month until one closes.
CREATE TABLE settlement_lines (
    order_id   TEXT    NOT NULL REFERENCES orders (id),
    -- shared::settlement::LineKind
    kind       TEXT    NOT NULL,
    isv        TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL,
    -- `2026-01`
    month      TEXT,
    PRIMARY KEY (order_id, kind)
) STRICT;
CREATE INDEX settlement_lines_of_isv ON settlement_lines (isv, month, at);
CREATE INDEX settlement_lines_open ON settlement_lines (at) WHERE month IS NULL;

-- Months that have closed.
CREATE TABLE settlements (
    isv           TEXT    NOT NULL,
    month         TEXT    NOT NULL,
    fulfilled_fen INTEGER NOT NULL,
    refunded_fen  INTEGER NOT NULL,
    -- What earlier months still had to be deducted.
    deducted_fen  INTEGER NOT NULL,
    -- What the next month has to deduct.
    carried_fen   INTEGER NOT NULL,
    state         TEXT    NOT NULL,
    -- shared::settlement::Statement
    document      TEXT    NOT NULL,
    -- SHA-256 of its lines.
    lines         BLOB    NOT NULL,
    -- Over all the columns before.
    seal          BLOB    NOT NULL,
    PRIMARY KEY (isv, month)
) STRICT;
CREATE INDEX settlements_by_month ON settlements (month);
