//! Real servers for tests and for the demonstration: started on loopback with directories and ports of their own, stopped when they go out
//! of scope, with nothing left behind. A server that is not installed fails the test; it never passes in silence.
//!
//! Nothing here can reach another machine: Postfix knows only the domains it was given and refuses every other recipient.

#![allow(dead_code, unused_imports, reason = "every test binary uses its own part of the harness")]

pub mod certificate;
pub mod courier;
pub mod cyrus;
pub mod dkim;
pub mod dovecot;
pub mod folder;
pub mod issuer;
pub mod person;
pub mod postfix;
pub mod process;
pub mod proxy;
pub mod scripted;
pub mod sink;
pub mod town;

pub use courier::Courier;
pub use cyrus::Cyrus;
pub use dkim::Signers;
pub use dovecot::{Account, Dovecot, DovecotOptions};
pub use issuer::Issuer;
pub use person::Person;
pub use postfix::{Postfix, PostfixOptions};
pub use process::{Workshop, free_port};
pub use proxy::{Plan, Proxy, Rule, Then, Way, When};
pub use scripted::Scripted;
pub use sink::Sink;
pub use town::{Daemon, Town};
