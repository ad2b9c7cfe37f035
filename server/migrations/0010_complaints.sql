-- Complaints (rule O7) and offline refunds (rule O10): see store/records.rs.

CREATE TABLE complaints (
    id         TEXT    NOT NULL PRIMARY KEY,
    order_id   TEXT    NOT NULL REFERENCES orders (id),
    enterprise TEXT    NOT NULL,
    isv        TEXT    NOT NULL,
    product    TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    figure     INTEGER NOT NULL,
    made_at    INTEGER NOT NULL,
    -- shared::aftersale::Complaint
    document   TEXT    NOT NULL,
    -- Over all the columns before.
    seal       BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX complaints_open ON complaints (order_id) WHERE state IN ('open', 'answered');
CREATE INDEX complaints_of_order ON complaints (order_id);
CREATE INDEX complaints_of_enterprise ON complaints (enterprise, made_at);
CREATE INDEX complaints_of_isv ON complaints (isv, made_at);

CREATE TABLE offline_refunds (
    id         TEXT    NOT NULL PRIMARY KEY,
    order_id   TEXT    NOT NULL REFERENCES orders (id),
    enterprise TEXT    NOT NULL,
    isv        TEXT    NOT NULL,
    product    TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    figure     INTEGER NOT NULL,
    made_at    INTEGER NOT NULL,
    -- shared::aftersale::OfflineRefund
    document   TEXT    NOT NULL,
    -- Over all the columns before.
    seal       BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX offline_refunds_open ON offline_refunds (order_id) WHERE state IN ('recorded');
CREATE INDEX offline_refunds_of_order ON offline_refunds (order_id);
CREATE INDEX offline_refunds_of_enterprise ON offline_refunds (enterprise, made_at);
CREATE INDEX offline_refunds_of_isv ON offline_refunds (isv, made_at);
