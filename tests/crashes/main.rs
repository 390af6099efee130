//! Nothing is lost and nothing is said twice, wherever the daemon or the machine ends.

#[path = "../harness/mod.rs"]
mod harness;
#[path = "../ledger/mod.rs"]
mod ledger;

mod books;
mod commands;
mod cuts;
mod disk;
mod ending;
mod forged;
mod ground;
mod mailbox;
mod named;
mod neighbours;
mod power;
mod random;
mod strace;
mod syscalls;
mod table;
mod upkeep;
