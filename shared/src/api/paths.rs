//! Every path, once.

/// The published products: GET → [`super::ProductList`].
pub const PRODUCTS: &str = "/api/products";
/// One product: GET → [`super::Product`].
pub const PRODUCT: &str = "/api/products/{slug}";
/// A price, neither signed nor stored: POST [`super::PriceRequest`] → a [`crate::lifecycle::Quote`].
pub const PRICES: &str = "/api/prices";
/// A signed and stored quotation: POST [`super::QuoteRequest`] → 201 [`super::Signed`].
pub const QUOTES: &str = "/api/quotes";
/// A stored quotation: GET → [`super::Signed`].
pub const QUOTE: &str = "/api/quotes/{id}";
/// The interface's description.
pub const OPENAPI: &str = "/api/openapi.json";
/// Answers when the server is ready.
pub const HEALTH: &str = "/healthz";
/// The keys that quotations are signed with, as a JSON Web Key Set (RFC 7517, RFC 8037).
pub const KEYS: &str = "/.well-known/jwks.json";

/// The path of one product's description.
pub fn product(slug: &str) -> String {
    PRODUCT.replace("{slug}", slug)
}

/// The path of one stored quotation.
pub fn quote(id: &str) -> String {
    QUOTE.replace("{id}", id)
}
