//! The oracle of tests that break the service: mails whose effects are known beforehand, and the comparison of those books with the store and the wire.

#![allow(dead_code, unused_imports, reason = "every test binary uses its own part of the ledger")]

pub mod check;
pub mod generate;
pub mod observe;
pub mod prose;
pub mod receiver;

pub use check::{Carried, Kept, Report, check};
pub use generate::{Effect, Entry, Generator};
pub use observe::observe;
pub use receiver::Receiver;
