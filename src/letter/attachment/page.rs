//! Pages and drawings that do something by themselves when they are opened.

/// Bytes of a page that are looked at; twice as many where each letter takes two.
const LOOKED_AT: usize = 8 << 20;

/// Whether a file is opened by a browser, by its declared type or its name.
pub(super) fn is_page(declared: &str, name: Option<&str>) -> bool {
    let ending = name.and_then(|name| name.trim_end().rsplit_once('.')).map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    matches!(declared, "text/html" | "application/xhtml+xml" | "image/svg+xml" | "text/xml" | "application/xml" | "multipart/related")
        || matches!(ending.as_str(), "htm" | "html" | "xht" | "xhtml" | "shtml" | "shtm" | "mht" | "mhtml" | "svg" | "xml" | "xsl" | "xslt")
}

/// Elements that make a page more than something to read.
const ELEMENTS: [&[u8]; 6] = [b"<script", b"<foreignobject", b"<iframe", b"<object", b"<embed", b"<applet"];

/// Other things that do.
const ACTIVE: [&[u8]; 6] = [b"javascript:", b"vbscript:", b"data:text/html", b"http-equiv=\"refresh", b"http-equiv=refresh", b"http-equiv='refresh"];

/// Whether an element of that kind begins here, and no longer word.
fn element(rest: &[u8]) -> bool {
    let found = ELEMENTS.iter().find_map(|name| rest.strip_prefix(*name));
    found.is_some_and(|after| !after.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':')))
}

/// Whether a page would run a script, load another page by itself or hold a program.
pub(super) fn script(bytes: &[u8]) -> Option<&'static str> {
    // Without the zeros of UTF-16.
    let text: Vec<u8> = bytes.iter().take(LOOKED_AT).filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let mut rest = text.as_slice();
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'<' | b'j' | b'v' | b'd' | b'h' | b'o')) {
        rest = rest.get(at..).unwrap_or_default();
        if element(rest)
            || ACTIVE.iter().any(|part| rest.starts_with(part))
            || handler(rest, text.len().saturating_sub(rest.len()).checked_sub(1).and_then(|before| text.get(before)))
        {
            return Some("script");
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    None
}

/// Whether an attribute such as `onload="` begins here; `before` is the byte before it.
fn handler(rest: &[u8], before: Option<&u8>) -> bool {
    let Some(name) = rest.strip_prefix(b"on").filter(|_| before.is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'/'))) else {
        return false;
    };
    let length = name.iter().take(24).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let value = name.get(length..).unwrap_or_default().trim_ascii_start();
    length >= 4 && value.strip_prefix(b"=").is_some_and(|value| matches!(value.trim_ascii_start().first(), Some(b'"' | b'\'')))
}
