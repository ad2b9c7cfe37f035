//! The HTTP interface as types: one place says each path, each request and each answer. Server and page both use it.
//!
//! Amounts are strings of yuan, instants RFC 3339 (contract).

mod paths;
mod product;
mod quotation;
mod refusal;

pub use paths::*;
pub use product::{FromPrice, Product, ProductCard, ProductList, ProductText};
pub use quotation::{
    ChargeName, Confirmed, Names, PriceRequest, QuoteRequest, SIGNED_PREFIX, Signed, VerifyKey, VerifyKeys,
};
pub use refusal::Refusal;
