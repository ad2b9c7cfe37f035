-- Who bought what of an ISV, and what it sold in which month.

CREATE INDEX organisations_by_name ON organisations (kind, name, id);
CREATE INDEX orders_by_customer ON orders (isv, enterprise, placed_at);

-- When it was paid, and when it was undone. Of orders of before: when their money came, and when it was asked back.
ALTER TABLE orders ADD COLUMN paid_at INTEGER;
ALTER TABLE orders ADD COLUMN refunded_at INTEGER;
UPDATE orders SET paid_at = coalesce((SELECT max(r.at) FROM receipts r WHERE r.order_id = orders.id), placed_at)
    WHERE state = 'paid' OR state = 'fulfilled' OR state = 'refunded';
UPDATE orders SET refunded_at = coalesce((SELECT max(r.asked_at) FROM refunds r WHERE r.order_id = orders.id), placed_at)
    WHERE state = 'refunded';
-- All that is asked of them stands in the index.
CREATE INDEX orders_sold ON orders (isv, paid_at, kind, product, amount_fen) WHERE paid_at IS NOT NULL;
CREATE INDEX orders_undone ON orders (isv, refunded_at, product, amount_fen) WHERE refunded_at IS NOT NULL;
