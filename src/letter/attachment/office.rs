//! Office files that bring a program along. Nothing is unpacked: names of streams and control words stand in the open.

use crate::letter::pattern::bytes_pattern;
use regex::bytes::Regex;
use std::sync::LazyLock;

/// Word, Excel and PowerPoint before 2007, installers, saved mails: a file system in a file, with names in UTF-16 ([MS-CFB]).
pub(super) fn compound(bytes: &[u8]) -> Option<&'static str> {
    let named = |name: &str| holds(bytes, &wide(name));
    if named("_VBA_PROJECT") || named("Macros") && named("VBA") {
        return Some("macros");
    }
    if named("\u{1}Ole10Native") {
        return Some("embedded-program");
    }
    // The class of an installer (000C1084-…) in the root of the file.
    holds(bytes, b"\x84\x10\x0c\0\0\0\0\0\xc0\0\0\0\0\0\0\x46").then_some("program")
}

/// Rich text with objects in it: it is opened by Word, which starts them.
pub(super) fn rich_text(bytes: &[u8]) -> Option<&'static str> {
    let control_words: [&[u8]; 6] = [b"\\objdata", b"\\objupdate", b"\\objautlink", b"\\objocx", b"\\objemb", b"\\objlink"];
    control_words.iter().any(|word| holds(bytes, word)).then_some("embedded-object")
}

/// A PDF that starts a program, or runs a script as soon as it is opened.
pub(super) fn pdf(bytes: &[u8]) -> Option<&'static str> {
    // Few hold any of these: all are looked for at once.
    static ANY: LazyLock<Regex> = LazyLock::new(|| bytes_pattern("/Launch|/OpenAction"));
    if !ANY.is_match(bytes) {
        return None;
    }
    if holds(bytes, b"/Launch") && holds(bytes, b"/Action") || holds(bytes, b"/S/Launch") || holds(bytes, b"/S /Launch") {
        return Some("starts-a-program");
    }
    (holds(bytes, b"/OpenAction") && holds(bytes, b"/JavaScript")).then_some("script")
}

fn wide(name: &str) -> Vec<u8> {
    name.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Whether `part` stands in `bytes`. Linear: the first byte is looked for, then compared.
pub(super) fn holds(bytes: &[u8], part: &[u8]) -> bool {
    let Some(first) = part.first() else { return true };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        rest = rest.get(at..).unwrap_or_default();
        if rest.starts_with(part) {
            return true;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    false
}
