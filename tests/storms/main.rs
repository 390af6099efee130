//! Floods, loops and reflections, settled dry: real rules, real letters, a real store; only mail servers and time are played.
//! Each test is named by the row of the threats that it is about.

#[path = "../harness/configuration.rs"]
mod configuration;
mod ground;
mod inbound;
mod letters;
mod outbound;
