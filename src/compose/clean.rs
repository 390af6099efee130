//! What a person wrote, made fit to be shown to another: one line at a time, nothing hidden in it, nothing that a mail program makes clickable.

/// Longest name that is shown; a longer one is cut, as it is no name.
const LONGEST_NAME: usize = 100;
/// Keeps two characters together and breaks what a mail program would take for a web or mail address.
const WORD_JOINER: char = '\u{2060}';
/// What [`dead`] leaves where it broke something.
const DEAD: &str = "\u{2060}\u{2060}";

/// One line of a person's words: no controls, no invisible direction signs, single spaces, and no live address.
pub(super) fn line(text: &str) -> String {
    disarmed(&plain(text))
}

/// A person's name.
pub(super) fn name(text: &str) -> String {
    let cut: String = plain(text).chars().take(LONGEST_NAME).collect();
    disarmed(cut.trim_end())
}

/// A person's name, if a person can be greeted by it: a host, a handle, an address or a number is no name.
pub(super) fn greeting(text: &str) -> Option<String> {
    let shown = plain(text);
    let named = shown.chars().any(char::is_alphabetic) && !shown.split(' ').any(is_address);
    named.then(|| name(&shown))
}

/// Whether a word is where somebody is found rather than how somebody is called.
fn is_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
    let ending = word.rsplit_once('.').map_or("", |(_, ending)| ending);
    word.contains(['@', '/', '_']) || (ending.chars().count() > 1 && ending.chars().all(char::is_alphabetic))
}

/// A value as the text part shows it.
///
/// A field of one word, such as the seller's site, is copied from there into a browser or an answer, so nothing is hidden in it, though some programs
/// then make a bare host clickable. That is bearable: letters go only to authenticated senders and to those whom the registrar invites after having read
/// the request (THREATS §7 T35). Sentences and whole links stay broken, for there a stranger's call to click could ride on our name.
pub(super) fn copied(value: &str) -> String {
    let one_word = !value.contains([' ', '\u{a0}']) && !value.contains(DEAD) && !value.replace(WORD_JOINER, "").contains("://");
    if one_word { value.replace(WORD_JOINER, "") } else { value.to_owned() }
}

/// `text` as it stands in a first letter, whose reader may not be who we think: nothing in it can be followed, dialled or written to, not even where one
/// word would otherwise be shown bare to be copied (THREATS §5, T35). It reads the same.
pub(super) fn dead(text: &str) -> String {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) && !text.contains(WORD_JOINER) {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let mut safe = String::with_capacity(text.len());
    let mut at = 0usize;
    while let Some(c) = letters.get(at) {
        let run = number_at(letters.get(at..).unwrap_or_default());
        let number = letters.get(at..at.saturating_add(run)).unwrap_or_default();
        let dialled = number.iter().filter(|c| c.is_ascii_digit()).count() >= TELEPHONE;
        for (place, c) in number.iter().enumerate() {
            if dialled && place % 4 == 3 {
                safe.push_str(DEAD);
            }
            safe.push(*c);
        }
        if run == 0 {
            safe.push(*c);
            if *c == WORD_JOINER {
                safe.push(WORD_JOINER);
            }
        }
        at = at.saturating_add(run.max(1));
    }
    safe
}

/// Digits from which on a mail program takes a number for one that can be dialled.
const TELEPHONE: usize = 9;

/// How many of the first characters are one number: digits with single separators between them.
fn number_at(text: &[char]) -> usize {
    let digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    let separator = |at: usize| text.get(at).is_some_and(|c| matches!(c, ' ' | '.' | '-' | '\u{a0}'));
    let mut end = 0usize;
    while digit(end) || (end > 0 && separator(end) && digit(end.saturating_add(1))) {
        end = end.saturating_add(1);
    }
    end
}

/// A longer account, paragraph by paragraph, whole.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}'])
        .map(plain)
        .filter(|line| !line.is_empty())
        .map(|line| disarmed(&line))
        .collect()
}

/// `text` on one line without controls and invisible signs, as it may also stand in a header.
pub(super) fn plain(text: &str) -> String {
    let (mut shown, mut parts) = (String::with_capacity(text.len()), false);
    for c in text.chars().filter(|c| c.is_ascii_graphic() || !is_hidden(*c)) {
        if !c.is_ascii_graphic() && (c.is_control() || c.is_whitespace()) {
            parts = !shown.is_empty();
            continue;
        }
        if std::mem::take(&mut parts) {
            shown.push(' ');
        }
        shown.push(c);
    }
    shown
}

/// Signs that turn or hide text: directions (UAX 9), zero-width spaces, tags, annotations, private use.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Breaks web and mail addresses without changing what the eye reads.
fn disarmed(text: &str) -> String {
    let (mut safe, mut done) = (String::with_capacity(text.len()), 0);
    for (at, sign) in text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'.' | b'@' | b'/')) {
        let before = text.get(..at).and_then(|before| before.chars().next_back()).unwrap_or(' ');
        let after = || text.get(at.saturating_add(1)..).and_then(|after| after.chars().next()).unwrap_or(' ');
        let breaks = match sign {
            b'.' => before.is_alphanumeric() && after().is_alphabetic(),
            b'@' => before != ' ',
            _ => before == ':',
        };
        if breaks {
            safe.push_str(text.get(done..at).unwrap_or_default());
            safe.push(WORD_JOINER);
            done = at;
        }
    }
    safe.push_str(text.get(done..).unwrap_or_default());
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_stay_readable_and_are_no_longer_addresses() {
        let safe = line("see http://evil.example/x?y=1 or me@evil.example, www.a.ma, 1.500 DH");
        assert_eq!(safe.replace(WORD_JOINER, ""), "see http://evil.example/x?y=1 or me@evil.example, www.a.ma, 1.500 DH");
        for live in ["http://", "evil.example", "me@", "www.a", "a.ma"] {
            assert!(!safe.contains(live), "{live}");
        }
        assert!(safe.contains("1.500 DH"));
    }

    #[test]
    fn lines_are_lines_and_nothing_is_hidden() {
        assert_eq!(line("a\r\nBcc: x\u{2028}b\0c\u{202e}d"), "a Bcc: x b cd");
        assert_eq!(paragraphs("a\r\n\r\n  b\u{2029}c"), ["a", "b", "c"]);
        assert_eq!(name(&"é".repeat(1000)).chars().count(), LONGEST_NAME);
    }

    #[test]
    fn people_are_greeted_by_names_only() {
        for name in ["Leila Bennani", "ليلى بناني", "M. El Fassi", "J.P. Alaoui", "Atlas 24"] {
            assert_eq!(greeting(name).as_deref().map(|shown| shown.replace(WORD_JOINER, "")), Some(name.to_owned()));
        }
        for other in ["boutique-atlas.example", "@atlas", "leila@post.example", "boutique_atlas", "https://a.ma/x", "0612345678", "", "Boutique (a.ma)"] {
            assert_eq!(greeting(other), None, "{other}");
        }
    }

    #[test]
    fn the_sellers_site_can_be_copied_and_a_call_to_click_cannot_be_followed() {
        assert_eq!(copied(&line("boutique-atlas.example")), "boutique-atlas.example");
        for kept in ["go to evil.example now", "http://evil.example/x"] {
            assert!(!copied(&line(kept)).contains("evil.example"), "{kept}");
        }
    }

    #[test]
    fn t35_nothing_in_a_first_letter_can_be_followed_dialled_or_written_to() {
        for live in ["evil.example", "me@evil.example", "https://evil.example/x", "0612345678", "+212612345678", "06 12 34 56 78"] {
            let shown = copied(&dead(&line(live)));
            assert!(!shown.contains(live), "{live}");
            assert_eq!(shown.replace(WORD_JOINER, ""), live);
        }
        for plain in ["Leila Bennani", "AT-48213", "1 500,00 DH", "3 novembre 2026"] {
            assert_eq!(copied(&dead(&line(plain))), plain);
        }
    }

    proptest! {
        #[test]
        fn no_control_survives(text in ".*") {
            let controls = |text: &str| text.chars().any(char::is_control);
            prop_assert!(!controls(&line(&text)));
            prop_assert!(!paragraphs(&text).iter().any(|line| controls(line)));
        }
    }
}
