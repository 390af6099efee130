//! Any bytes as a file that may go to the other party.
#![no_main]

#[path = "../properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::exhibits(bytes));
