//! Any bytes as what stands in From, To and Cc.
#![no_main]

#[path = "../properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::addresses(bytes));
