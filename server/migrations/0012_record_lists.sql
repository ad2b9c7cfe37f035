-- Lists of what is kept beside orders are asked for in parts: of a tenant and of the whole market, by time, then by id.

DROP INDEX refunds_of_isv;
DROP INDEX refunds_of_enterprise;
CREATE INDEX refunds_of_isv ON refunds (isv, asked_at, id);
CREATE INDEX refunds_of_enterprise ON refunds (enterprise, asked_at, id);
CREATE INDEX refunds_by_time ON refunds (asked_at, id);

DROP INDEX invoices_of_enterprise;
DROP INDEX invoices_of_isv;
CREATE INDEX invoices_of_enterprise ON invoices (enterprise, made_at, id);
CREATE INDEX invoices_of_isv ON invoices (isv, made_at, id);
CREATE INDEX invoices_by_time ON invoices (made_at, id);

DROP INDEX reviews_of_enterprise;
DROP INDEX reviews_of_isv;
CREATE INDEX reviews_of_enterprise ON reviews (enterprise, made_at, id);
CREATE INDEX reviews_of_isv ON reviews (isv, made_at, id);
CREATE INDEX reviews_by_time ON reviews (made_at, id);

DROP INDEX complaints_of_enterprise;
DROP INDEX complaints_of_isv;
CREATE INDEX complaints_of_enterprise ON complaints (enterprise, made_at, id);
CREATE INDEX complaints_of_isv ON complaints (isv, made_at, id);
CREATE INDEX complaints_by_time ON complaints (made_at, id);

DROP INDEX offline_refunds_of_enterprise;
DROP INDEX offline_refunds_of_isv;
CREATE INDEX offline_refunds_of_enterprise ON offline_refunds (enterprise, made_at, id);
CREATE INDEX offline_refunds_of_isv ON offline_refunds (isv, made_at, id);
CREATE INDEX offline_refunds_by_time ON offline_refunds (made_at, id);

-- What was refunded is as rare as what was cancelled.
DROP INDEX orders_of_enterprise_by_state;
CREATE INDEX orders_of_enterprise_by_state ON orders (enterprise, state, placed_at, id)
    WHERE state = 'unpaid' OR state = 'paid' OR state = 'cancelled' OR state = 'refunded';
