//! A glance clears no text in which the plain way finds something, however it is cut.

use super::super::glance::Glance;
use super::super::segment::{Memory, cut};
use super::super::unpack::{Digits, Joined, hexadecimal};
use super::*;
use crate::domain::shingles::{phrase, phrases};
use proptest::strategy::{Just, Strategy};

/// Only a token, as in the first letters of a dispute.
fn few() -> Guard {
    let mut guard = Guard::default();
    guard.forbid_token(&token());
    guard
}

fn parts(text: &str) -> Vec<(&str, &str)> {
    let (mut found, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        let (piece, signs, after) = cut(rest);
        found.push((piece, signs));
        rest = after;
    }
    found
}

fn clears(guard: &Guard, memory: Option<&Memory>, text: &str) -> bool {
    Glance::new(guard, memory).clears(&mut Inspection::new(guard, None), text)
}

/// `text` with something put in at every so many characters.
fn broken(text: &str, every: usize, sign: &str) -> String {
    text.chars().enumerate().map(|(at, c)| if at > 0 && at % every == 0 { format!("{sign}{c}") } else { c.to_string() }).collect()
}

/// What may stand in a text: words, what is forbidden in many codings, and everything at which a text is cut.
fn fragments() -> impl Strategy<Value = String> {
    let secrets: Vec<String> = canaries().into_iter().map(|(_, text)| text).collect();
    let coded = proptest::sample::select(secrets).prop_flat_map(|secret| {
        let ways: Vec<String> = spellings(&secret).into_iter().map(|(_, text)| text).collect();
        let nested = [percent(&hex(secret.as_bytes())), STANDARD.encode(percent(&secret)), STANDARD.encode(utf16(&secret, true)), quoted(&secret)];
        let sign = proptest::sample::select(vec!["", "\n", "\r\n", "<b>", " ", "=\r\n", "=\n", "> ", "<", ". ", "\n\n   "]);
        (proptest::sample::select(ways.into_iter().chain(nested).collect::<Vec<_>>()), 2..40_usize, sign)
            .prop_map(|(text, every, sign)| broken(&text, every, sign))
    });
    proptest::prop_oneof![
        4 => "[a-zéàA-F0-9مر’ .:,=%&;@-]{0,14}",
        2 => proptest::sample::select(vec!["\r\n", "\n", "<", ">", "> ", "</p>\r\n<p>", "=\r\n", "=0D\n", "&amp;", "&#39;", "%3C", "0x", "BBBBABCD", ":"]).prop_map(str::to_owned),
        3 => coded,
        1 => Just("Bonjour, que trois cents dirhams\nme suffiraient".to_owned()),
    ]
}

proptest::proptest! {
    #[test]
    fn nothing_that_is_found_is_cleared(fragments in proptest::collection::vec(fragments(), 0..9)) {
        let (text, mut memory) = (fragments.concat(), Memory::default());
        fragments.iter().step_by(2).for_each(|known| memory.learn(known));
        for guard in [guard(), few()] {
            let found = Inspection::new(&guard, None).read(&text);
            let cleared = clears(&guard, Some(&memory), &text);
            proptest::prop_assert!(found.is_ok() || !cleared, "{:?} in {:?}", found, text);
            proptest::prop_assert_eq!(cleared, clears(&guard, None, &text));
        }
    }

    #[test]
    fn pieces_are_joined_to_what_the_whole_is(fragments in proptest::collection::vec(fragments(), 0..12)) {
        let text = fragments.concat();
        let parts = parts(&text);
        proptest::prop_assert_eq!(parts.iter().map(|(piece, signs)| format!("{piece}{signs}")).collect::<String>(), text.as_str());
        let heard: Vec<_> = parts.iter().map(|(piece, signs)| (phrase(piece), signs.contains('\n'))).collect();
        proptest::prop_assert_eq!(phrases(heard.iter().map(|(phrase, line)| (phrase, *line))), words(&text));
        let (mut joined, mut room, mut expected) = (Joined::default(), Vec::new(), Vec::new());
        for (piece, signs) in &parts {
            joined.add(&Digits::of(piece, &mut room));
            joined.part(signs.len());
        }
        hexadecimal(&text, &mut expected);
        proptest::prop_assert_eq!(joined.finish(), expected, "{:?}", text);
    }
}

#[test]
fn an_ordinary_text_is_cleared_at_a_glance() {
    let text = "Bonjour,\r\n<p style=\"margin:0\">J&#39;ai achet\u{e9} une lampe</p>\r\n> le 12.11.2026, r\u{e9}f. EL-7K3Q-9Y2B\r\nMerci\r\n";
    assert!(clears(&guard(), None, text) && clears(&few(), None, text));
    let secret = text.replace("lampe", "lampe <b>leila</b>.bennani@courrier.example");
    assert!(!clears(&guard(), None, &secret) && clears(&few(), None, &secret));
}
