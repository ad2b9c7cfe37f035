//! Orders, services and notices as everybody sees them: buyers in their account, vendors and the operator in the console.

pub mod aftersale;
pub mod complaints;
pub mod lines;
pub mod notices;
pub mod order;
pub mod records;
pub mod reviews;
pub mod scale;
pub mod search;
pub mod service;
pub mod timeline;
pub mod words;

#[cfg(test)]
pub(crate) mod samples;
