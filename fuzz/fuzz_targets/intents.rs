//! Any text as the answer of a person, above and within a quotation.
#![no_main]

#[path = "../properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::intents(bytes));
