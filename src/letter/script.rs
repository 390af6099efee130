//! Letters that pass for others: an address is only somebody's name if no other one looks like it (THREATS T8).

/// Whether every part of an address is of one script, and of one whose letters cannot be taken for those of ASCII.
pub(super) fn is_plain(address: &str) -> bool {
    let (local, domain) = address.split_once('@').unwrap_or((address, ""));
    one_script(local)
        && domain
            .split('.')
            .all(|label| if is_ace(label) { punycode(label.get(4..).unwrap_or_default()).is_some_and(|label| one_script(&label)) } else { one_script(label) })
}

fn is_ace(label: &str) -> bool {
    label.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("xn--"))
}

/// ASCII alone, or one script besides it that has nothing in common with it.
fn one_script(text: &str) -> bool {
    let mut scripts = text.chars().filter_map(script);
    match scripts.next() {
        None | Some(Script::Ascii) => scripts.all(|script| script == Script::Ascii),
        Some(Script::LooksAlike) => false,
        Some(first) => scripts.all(|script| script == first),
    }
}

#[derive(PartialEq)]
enum Script {
    Ascii,
    Arabic,
    Hebrew,
    Indic(u32),
    East,
    /// Latin beyond ASCII, Greek, Cyrillic and everything else that has letters like those of ASCII.
    LooksAlike,
}

/// The script of a letter; digits and marks belong to any.
fn script(c: char) -> Option<Script> {
    match c {
        _ if c.is_ascii_alphabetic() => Some(Script::Ascii),
        _ if c.is_ascii() => None,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' => Some(Script::Arabic),
        '\u{590}'..='\u{5ff}' => Some(Script::Hebrew),
        '\u{900}'..='\u{dff}' => Some(Script::Indic(u32::from(c) / 128)),
        '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' => Some(Script::East),
        _ => Some(Script::LooksAlike),
    }
}

/// Longest label that is read (RFC 1035 §2.3.4).
const LABEL: usize = 63;

/// What an `xn--` label stands for (RFC 3492 §6.2); `None` where it stands for nothing.
fn punycode(label: &str) -> Option<String> {
    let (basic, extended) = label.rsplit_once('-').unwrap_or(("", label));
    if label.len() > LABEL || !label.is_ascii() || extended.is_empty() {
        return None;
    }
    let mut output: Vec<char> = basic.chars().collect();
    let (mut code, mut place, mut bias) = (128u32, 0u32, 72u32);
    let mut digits = extended.bytes();
    while digits.len() > 0 {
        let (before, mut weight) = (place, 1u32);
        for step in 1u32.. {
            let digit = match digits.next()? {
                byte @ (b'a'..=b'z' | b'A'..=b'Z') => u32::from(byte.to_ascii_lowercase().saturating_sub(b'a')),
                byte @ b'0'..=b'9' => u32::from(byte.saturating_sub(b'0')).saturating_add(26),
                _ => return None,
            };
            place = place.checked_add(digit.checked_mul(weight)?)?;
            let threshold = step.checked_mul(36)?.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36u32.saturating_sub(threshold))?;
        }
        let count = u32::try_from(output.len()).ok()?.checked_add(1)?;
        bias = adapted(place.checked_sub(before)?, count, before == 0);
        code = code.checked_add(place.checked_div(count)?)?;
        place = place.checked_rem(count)?;
        output.insert(usize::try_from(place).ok()?, char::from_u32(code)?);
        place = place.checked_add(1)?;
    }
    Some(output.into_iter().collect())
}

/// RFC 3492 §6.1.
fn adapted(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = delta.checked_div(if first { 700 } else { 2 }).unwrap_or_default();
    delta = delta.saturating_add(delta.checked_div(count).unwrap_or_default());
    let mut bias = 0u32;
    while delta > 455 {
        delta /= 35;
        bias = bias.saturating_add(36);
    }
    bias.saturating_add(delta.saturating_mul(36).checked_div(delta.saturating_add(38)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_decoded_as_the_standard_shows() {
        for (label, text) in [("egbpdaj6bu4bxfgehfvwxn", "ليهمابتكلموشعربي؟"), ("mgbc0a9azcg", "المغرب"), ("80ak6aa92e", "аррӏе"), ("caf-dma", "café")]
        {
            assert_eq!(punycode(label).as_deref(), Some(text));
        }
        for bad in ["", "-", "a!b", "99999999999", "a-99999999", &"a".repeat(64)] {
            assert_eq!(punycode(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_could_be_taken_for_another_address_is_not_plain() {
        for good in ["leila@example.org", "o'neil+x.1@mail-2.example.org", "ليلى@مثال.المغرب", "leila@xn--mgbc0a9azcg", "ليلى2@example.org"] {
            assert!(is_plain(good), "{good}");
        }
        for bad in [
            "leila@exаmple.org",
            "lеila@example.org",
            "leila@xn--80ak6aa92e.com",
            "leila@xn--caf-dma.ma",
            "léila@example.org",
            "leila@xn--!.org",
            "leilaليلى@example.org",
            "leila@ｅxample.org",
        ] {
            assert!(!is_plain(bad), "{bad}");
        }
    }
}
