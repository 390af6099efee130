//! Nothing is lost and nothing is said twice, wherever the daemon or the machine ends.

#[path = "../harness/configuration.rs"]
mod configuration;
#[path = "../harness/mod.rs"]
mod harness;
#[path = "../ledger/mod.rs"]
mod ledger;

mod books;
