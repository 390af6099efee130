//! Any text as the body of a mail, plain and as HTML.
#![no_main]

#[path = "../properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::reply_text(bytes));
