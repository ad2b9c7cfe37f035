-- Renewals and changes of services, and refunds.

-- The service that an order renews or changes, and which of the enterprise's orders of the product it was to be settled.
ALTER TABLE orders ADD COLUMN service TEXT;
ALTER TABLE orders ADD COLUMN turn INTEGER;
CREATE INDEX orders_on_service ON orders (service, state);
CREATE INDEX orders_by_turn ON orders (enterprise, product, turn);

-- The orders that led to a service, renewed it or changed it, once they are settled.
CREATE TABLE service_orders (
    service  TEXT NOT NULL,
    order_id TEXT NOT NULL REFERENCES orders (id),
    PRIMARY KEY (service, order_id)
) STRICT;
CREATE INDEX service_orders_of_order ON service_orders (order_id);

CREATE TABLE refunds (
    id         TEXT    NOT NULL PRIMARY KEY,
    order_id   TEXT    NOT NULL REFERENCES orders (id),
    enterprise TEXT    NOT NULL,
    isv        TEXT    NOT NULL,
    product    TEXT    NOT NULL,
    applicant  TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    amount_fen INTEGER NOT NULL,
    asked_at   INTEGER NOT NULL,
    -- shared::orders::Refund
    document   TEXT    NOT NULL,
    -- Over all the columns before.
    seal       BLOB    NOT NULL
) STRICT;
CREATE INDEX refunds_of_order ON refunds (order_id);
CREATE INDEX refunds_of_isv ON refunds (isv, asked_at);
CREATE INDEX refunds_of_enterprise ON refunds (enterprise, asked_at);
-- One at a time is under review for each enterprise and product (rule O4).
CREATE UNIQUE INDEX refunds_under_review ON refunds (enterprise, product) WHERE state = 'reviewing';
