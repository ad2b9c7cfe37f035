//! The statements that both databases understand.

pub(super) const PRODUCTS: &str = "SELECT p.slug, p.text, p.revision, r.config FROM products p \
     JOIN revisions r ON r.slug = p.slug AND r.revision = p.revision WHERE p.visible ORDER BY p.position, p.slug";

pub(super) const HAS_PRODUCTS: &str = "SELECT EXISTS (SELECT 1 FROM products)";

/// Returns the number of the new revision. A new product goes last.
pub(super) const PUBLISH_PRODUCT: &str = "INSERT INTO products (slug, position, visible, text, revision) \
     VALUES ($1, (SELECT coalesce(max(position), 0) + 1 FROM products), $2, $3, 1) \
     ON CONFLICT (slug) DO UPDATE SET visible = excluded.visible, text = excluded.text, \
     revision = products.revision + 1 RETURNING revision";

pub(super) const PUBLISH_REVISION: &str =
    "INSERT INTO revisions (slug, revision, config, created_at) VALUES ($1, $2, $3, $4)";

pub(super) const QUOTATION: &str = "SELECT id, slug, revision, document, signature, key_id, total_fen, issued_at, \
     expires_at FROM quotations WHERE id = $1";

pub(super) const ANSWERED: &str = "SELECT body_hash, made_id, body FROM answers \
     WHERE caller = $1 AND route = $2 AND key = $3 AND created_at > $4";

pub(super) const FORGET_ANSWERS: &str = "DELETE FROM answers WHERE created_at <= $1";

/// Changes no row where the request was answered before.
pub(super) const REMEMBER: &str = "INSERT INTO answers (caller, route, key, body_hash, made_id, body, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (caller, route, key) DO NOTHING";

pub(super) const KEEP_KEY: &str =
    "INSERT INTO verify_keys (kid, jwk, created_at) VALUES ($1, $2, $3) ON CONFLICT (kid) DO NOTHING";

pub(super) const KEYS: &str = "SELECT jwk FROM verify_keys ORDER BY created_at DESC, kid";
