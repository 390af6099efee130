//! Addresses as delivery reports write them.

use crate::letter::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// An address in plain text.
pub(super) static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?:"[^"\s@]{1,64}"|[A-Za-z0-9.!#$%&*+/=?^_{|}~'-]+)@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"#));

/// The address in a field like `rfc822; a@b` (RFC 3464 §2.1.2) or `utf-8; ü@b` (RFC 6533 §3). `None` where it names no domain.
pub(super) fn typed(value: &str) -> Option<String> {
    let address = plain(value)?;
    let (local, domain) = address.rsplit_once('@')?;
    let sound = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '[' | ']' | ':');
    let good = !local.is_empty() && !local.contains(['<', '>', '(', ')', ',']) && domain.chars().all(sound) && domain.chars().any(char::is_alphanumeric);
    good.then(|| format!("{local}@{}", domain.trim_end_matches('.')))
}

/// What stands in such a field for a mailbox of the reporting server itself: a bare name.
pub(super) fn bare_name(value: &str) -> Option<String> {
    let kind = value.split_once(';').map(|(kind, _)| kind.trim().to_ascii_lowercase());
    let name = plain(value)?;
    let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let mailbox = kind.is_none_or(|kind| matches!(kind.as_str(), "rfc822" | "local" | "unknown" | "x-local" | "utf-8"));
    (mailbox && !name.is_empty() && name.len() <= 64 && name.chars().all(sound)).then_some(name)
}

/// The value without its type, brackets, remarks, source route (RFC 5321 appendix F.2) and escapes (RFC 6533 §3).
fn plain(value: &str) -> Option<String> {
    let value = match value.split_once(';') {
        Some((kind, rest)) if !kind.contains(['@', '<']) => rest,
        _ => value,
    };
    let value = value.trim();
    let value = match value.split_once('<') {
        Some((_, rest)) => rest.split_once('>').map_or(rest, |(inner, _)| inner),
        None => value,
    };
    let value = value.trim().trim_start_matches("mailto:");
    let value = match value.starts_with('@') {
        true => value.split_once(':').map_or(value, |(_, address)| address),
        false => value,
    };
    let end = match value.strip_prefix('"').and_then(|rest| rest.find('"')) {
        Some(quote) if value.get(quote.saturating_add(2)..).is_some_and(|rest| rest.starts_with('@')) => {
            let after = quote.saturating_add(2);
            value.get(after..).and_then(|rest| rest.find([' ', '\t'])).map(|at| at.saturating_add(after))
        }
        _ => value.find([' ', '\t']),
    };
    let value = end.and_then(|end| value.get(..end)).unwrap_or(value);
    let quoted = value.starts_with('"') && value.contains("\"@");
    let value = if quoted { value.trim_end_matches([',', '>', '\'']) } else { value.trim_matches(['<', '>', '"', '\'', ',']) };
    (!value.is_empty()).then(|| unescape(value))
}

/// `\x{FC}` → `ü`.
fn unescape(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("\\x{") {
        plain.push_str(before);
        let decoded = after.split_once('}').and_then(|(hex, tail)| Some((char::from_u32(u32::from_str_radix(hex, 16).ok()?)?, tail)));
        match decoded {
            Some((letter, tail)) => {
                plain.push(letter);
                rest = tail;
            }
            None => {
                plain.push_str("\\x{");
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// Identifiers have an `@` too: long and full of digits.
pub(super) fn looks_like_identifier(address: &str) -> bool {
    let local = address.split_once('@').map_or("", |(local, _)| local);
    local.len() > 24 && local.bytes().filter(u8::is_ascii_digit).count() > 8
}
