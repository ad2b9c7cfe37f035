-- Reviews (rule O6), and who uses what: see store/records.rs and store/standings.rs.

CREATE TABLE reviews (
    id         TEXT    NOT NULL PRIMARY KEY,
    order_id   TEXT    NOT NULL UNIQUE REFERENCES orders (id),
    enterprise TEXT    NOT NULL,
    isv        TEXT    NOT NULL,
    product    TEXT    NOT NULL,
    -- Whether something of it waits for the ISV's answer.
    state      TEXT    NOT NULL,
    -- The stars of the first.
    figure     INTEGER NOT NULL,
    made_at    INTEGER NOT NULL,
    -- shared::aftersale::Review
    document   TEXT    NOT NULL,
    -- Over all the columns before.
    seal       BLOB    NOT NULL
) STRICT;
CREATE INDEX reviews_of_product ON reviews (product, made_at);
CREATE INDEX reviews_of_enterprise ON reviews (enterprise, made_at);
CREATE INDEX reviews_of_isv ON reviews (isv, made_at);

-- Paid for, and no trial.
ALTER TABLE services ADD COLUMN paid INTEGER NOT NULL DEFAULT 0;
UPDATE services SET paid = 1 WHERE document LIKE '%"trial":null%';
CREATE INDEX services_in_use ON services (product, enterprise) WHERE state = 'active' AND paid = 1;
