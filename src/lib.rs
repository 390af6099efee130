//! elitige: confidential dispute resolution between online buyers and sellers, by e-mail.
//!
//! The map of the house stands in `ARCHITECTURE.md`.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod authenticate;
pub mod cli;
pub mod compose;
pub mod config;
pub mod domain;
pub mod letter;
pub mod mailbox;
pub mod oauth;
pub mod reader;
pub mod service;
pub mod settle;
pub mod smtp;
pub mod store;
pub mod story;
pub mod transport;
pub mod workflow;
