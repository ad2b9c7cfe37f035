//! The server as its users meet it: over HTTP, on both databases, from the command line.

mod aftersale;
mod audit;
mod backup;
mod changes;
mod connections;
mod errors;
mod hostile;
mod lists;
mod mail;
mod openapi;
mod outage;
mod pages;
mod people;
mod process;
mod quotes;
mod refunds;
mod store;
mod support;
mod trade;
mod workbench;
