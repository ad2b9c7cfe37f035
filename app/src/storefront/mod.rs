//! The buyer's pages.

pub mod home;
pub mod lines;
pub mod plain;
pub mod product;
pub mod quotation;
pub mod screen;
