//! What is found in bytes and codings in few steps is what a plain reading of all of them finds.

use super::*;
use proptest::strategy::Strategy;

/// What [`readable::readable`] finds without leaving anything out beforehand.
fn readable_slowly(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for stretch in chunk.valid().split(|c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n')).filter(|stretch| stretch.len() >= 5) {
            text.push_str(stretch);
            text.push('\n');
        }
    }
    for first in [0, 1] {
        let (pairs, _) = bytes.get(first..).unwrap_or_default().as_chunks::<2>();
        for order in [0, 1] {
            let mut stretch = Vec::new();
            for pair in pairs.iter().chain([&[0xff, 0xff]]) {
                let (high, low) = if order == 0 { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
                if high <= 0x06 && (high > 0 || low >= b' ') {
                    stretch.push(u16::from_be_bytes([high, low]));
                    continue;
                }
                if stretch.len() >= 5 {
                    text.push_str(&String::from_utf16_lossy(&stretch));
                    text.push('\n');
                }
                stretch.clear();
            }
        }
    }
    text
}

proptest::proptest! {
    /// What is left out beforehand holds nothing that could be read.
    #[test]
    fn nothing_readable_is_left_out(
        pieces in proptest::collection::vec(proptest::prop_oneof![
            proptest::collection::vec(proptest::num::u8::ANY, 0..40),
            "[ -~éàمرحبا€\u{85}\u{1f600}\t\n\u{1}]{0,12}".prop_map(String::into_bytes),
            "[a-zمé]{3,9}".prop_map(|text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            "[a-zم]{3,9}".prop_map(|text| text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ], 0..8),
    ) {
        let bytes = pieces.concat();
        let mut found = String::new();
        readable::readable(&bytes, &mut found);
        proptest::prop_assert_eq!(found, readable_slowly(&bytes));
        // The same bytes as base64 between other words: what is never unpacked holds nothing either.
        same_when_packed(&format!("x {}. é{}", STANDARD.encode(&bytes), STANDARD.encode(&bytes)))?;
    }

    /// Runs of any lengths, rich in the sextets of which UTF-16 is made.
    #[test]
    fn nothing_readable_is_left_out_of_base64(text in "([ABCDEGIQYaehilmswy4]{0,14}[.!é\u{a0} ]?){0,8}", other in "[A-Za-z0-9+/ é\u{3000}.\u{e001}]{0,80}") {
        same_when_packed(&(text + &other))?;
    }

    /// What each sign of a text is in base64 is told byte by byte as it is sign by sign.
    #[test]
    fn runs_of_base64_end_at_every_other_sign(text in "([A-Za-z0-9+/_-]{0,9}\\PC?[\u{85}\u{a0}\u{1680}\u{2003}\u{2028}\u{205f}\u{3000}\t\n é€مà\u{2060}]?){0,9}") {
        let mut expected = vec![0];
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            match expected.last_mut() {
                Some(length) if c.is_ascii_alphanumeric() || "+/-_".contains(c) => *length += 1,
                _ => expected.push(0),
            }
        }
        expected.retain(|length| *length >= 6);
        let mut runs = Vec::new();
        unpack::sextets(&text, &mut runs);
        let found: Vec<usize> = runs.split(|sextet| *sextet == 0xff).map(<[u8]>::len).filter(|length| *length > 0).collect();
        proptest::prop_assert_eq!(found, expected);
    }
}

/// What is read in the base64 of `text` is what is read in all of its bytes.
fn same_when_packed(text: &str) -> Result<(), proptest::test_runner::TestCaseError> {
    let (mut runs, mut room, mut likely) = (Vec::new(), Vec::new(), likely::Likely::default());
    unpack::sextets(text, &mut runs);
    likely.look(&runs);
    for offset in 0..4 {
        let (mut found, mut packed) = (String::new(), Vec::new());
        unpack::packed(&runs, offset, &mut packed);
        readable::readable_packed(&runs, &likely, offset, &mut room, &mut found);
        proptest::prop_assert_eq!(found, readable_slowly(&packed), "{} from {}", text, offset);
    }
    Ok(())
}
