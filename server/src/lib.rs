//! Quotient's server: the market over HTTP, and what its command line does.
//!
//! Calls go one way: `cli → http → usecases → store`. What a price is, is said by the crate `shared` alone.

pub mod caller;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod demo;
pub mod failure;
pub mod fault;
pub mod http;
pub mod keys;
pub mod mail;
pub mod oidc;
pub mod passwords;
pub mod randomness;
pub mod secret;
pub mod store;
pub mod usecases;
