-- What is counted as it happens, so that a page which shows a year, or a customer with 100,000 orders, reads a few rows. What
-- was there before is counted when a server opens the market: a month is one of its civil time.

-- What each enterprise has of each product. It stands in the way of as few pages of the table as there can be: a row is small,
-- and one for many orders.
CREATE TABLE customers (
    enterprise TEXT    NOT NULL,
    product    TEXT    NOT NULL,
    isv        TEXT    NOT NULL,
    orders     INTEGER NOT NULL,
    -- Of the orders that are paid or fulfilled.
    paid_fen   INTEGER NOT NULL,
    -- Of the orders: how many wait to be paid.
    unpaid     INTEGER NOT NULL,
    -- That are active.
    services   INTEGER NOT NULL,
    -- When the last order was placed.
    latest     INTEGER NOT NULL,
    -- The last turn among its orders; 0 where none was settled.
    turns      INTEGER NOT NULL,
    PRIMARY KEY (enterprise, product)
) STRICT, WITHOUT ROWID;
CREATE INDEX customers_of_isv ON customers (isv, enterprise);
DROP INDEX orders_by_customer;
-- Turns are counted from 1 without a gap: only which of them were refunded is looked for.
DROP INDEX orders_by_turn;
CREATE INDEX orders_by_refunded_turn ON orders (enterprise, product, turn) WHERE state = 'refunded';

-- What an ISV's products come to in each month.
CREATE TABLE sums (
    isv        TEXT    NOT NULL,
    -- `2026-01`; empty for what is so now.
    month      TEXT    NOT NULL,
    -- server::store::sums::What
    what       TEXT    NOT NULL,
    product    TEXT    NOT NULL,
    -- One of a few rows with the same sum, by the enterprise, so that those who pay at the same time do not all wait for one.
    slot       INTEGER NOT NULL,
    -- Orders, or services.
    many       INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL,
    PRIMARY KEY (isv, month, what, product, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX sums_by_month ON sums (month, isv);
DROP INDEX orders_sold;
DROP INDEX orders_undone;

-- By which civil time both were counted; no row where they have not been yet.
CREATE TABLE counted (
    utc_offset TEXT    NOT NULL
) STRICT;

-- Which month closes next.
CREATE INDEX due_settling ON due_work (work) WHERE substr(work, 1, 13) = 'settle_month:';
