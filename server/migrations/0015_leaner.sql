-- What each order writes, and in how many places. An index of an enterprise's costs every group of orders a page for each
-- enterprise in it. So an enterprise's orders of a product are found in the list of all; and by their state only those of
-- which there are few, and old ones among them: what is paid and waits to be opened is among the newest.

DROP INDEX orders_of_enterprise_by_product;
DROP INDEX orders_of_enterprise_by_state;
CREATE INDEX orders_of_enterprise_by_state ON orders (enterprise, state, placed_at, id, product)
    WHERE state = 'unpaid' OR state = 'cancelled' OR state = 'refunded';
DROP INDEX services_of_enterprise_by_product;
DROP INDEX services_of_enterprise_by_state;
CREATE INDEX services_of_enterprise_by_state ON services (enterprise, state, created_at, id)
    WHERE state = 'expired' OR state = 'closed';

-- Of the orders that are in it, and no others.
DROP INDEX orders_by_turn;
CREATE INDEX orders_by_turn ON orders (enterprise, product, turn) WHERE turn IS NOT NULL;
DROP INDEX orders_on_service;
CREATE INDEX orders_on_service ON orders (service, state) WHERE service IS NOT NULL;
DROP INDEX orders_by_method;
CREATE INDEX orders_transferred ON orders (placed_at, id) WHERE method = 'transfer';

-- An entry has its postings with it, as JSON: [["receivable:…", 20800], …].
ALTER TABLE entries ADD COLUMN postings TEXT NOT NULL DEFAULT '[]';
UPDATE entries SET postings = coalesce(
    (SELECT '[' || string_agg('["' || p.account || '",' || p.fen || ']', ',' ORDER BY p.account) || ']'
     FROM postings p WHERE p.enterprise = entries.enterprise AND p.number = entries.number), '[]');
DROP TABLE postings;

-- Both come in the order of their keys: a row is kept once, where its key is.
CREATE TABLE due (
    at         INTEGER NOT NULL,
    work       TEXT    NOT NULL,
    PRIMARY KEY (at, work)
) STRICT, WITHOUT ROWID;
INSERT INTO due SELECT at, work FROM due_work;
DROP TABLE due_work;
ALTER TABLE due RENAME TO due_work;
CREATE TABLE belongings (
    service    TEXT    NOT NULL,
    order_id   TEXT    NOT NULL REFERENCES orders (id),
    PRIMARY KEY (service, order_id)
) STRICT, WITHOUT ROWID;
INSERT INTO belongings SELECT service, order_id FROM service_orders;
DROP TABLE service_orders;
ALTER TABLE belongings RENAME TO service_orders;
CREATE INDEX service_orders_of_order ON service_orders (order_id);
