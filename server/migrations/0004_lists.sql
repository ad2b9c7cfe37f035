-- Lists of orders and services, the newest first: for each who looks, whole, of a state and of a product. With the id, so that
-- the order of a list is the order of its index.

DROP INDEX orders_of_enterprise;
DROP INDEX orders_of_isv;
CREATE INDEX orders_of_enterprise ON orders (enterprise, placed_at, id);
CREATE INDEX orders_of_enterprise_by_state ON orders (enterprise, state, placed_at, id);
CREATE INDEX orders_of_enterprise_by_product ON orders (enterprise, product, placed_at, id);
CREATE INDEX orders_of_isv ON orders (isv, placed_at, id);
CREATE INDEX orders_of_isv_by_state ON orders (isv, state, placed_at, id);
CREATE INDEX orders_by_time ON orders (placed_at, id);
CREATE INDEX orders_by_state ON orders (state, placed_at, id);
CREATE INDEX orders_by_product ON orders (product, placed_at, id);
CREATE INDEX orders_by_method ON orders (method, placed_at, id);

DROP INDEX services_of_enterprise;
DROP INDEX services_of_isv;
CREATE INDEX services_of_enterprise ON services (enterprise, created_at, id);
CREATE INDEX services_of_enterprise_by_state ON services (enterprise, state, created_at, id);
CREATE INDEX services_of_enterprise_by_product ON services (enterprise, product, created_at, id);
CREATE INDEX services_of_isv ON services (isv, created_at, id);
CREATE INDEX services_of_isv_by_state ON services (isv, state, created_at, id);
CREATE INDEX services_by_time ON services (created_at, id);
CREATE INDEX services_by_state ON services (state, created_at, id);
CREATE INDEX services_by_product ON services (product, created_at, id);
CREATE INDEX services_with_note ON services (isv, created_at, id) WHERE note <> '';

-- Read once and then no more.
CREATE INDEX notices_unread ON notices (organisation) WHERE read = 0;
-- Nobody asks by account: an audit walks the entries.
DROP INDEX postings_of_account;
