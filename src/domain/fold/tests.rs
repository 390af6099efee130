use super::*;

fn told(text: &str) -> String {
    let mut told = String::new();
    signs(text, |_, sign| {
        told.push(match sign {
            Sign::Letter(c) => c,
            Sign::Gap => '.',
            Sign::Line => '/',
        });
    });
    told
}

#[test]
fn letters_that_are_known_by_themselves_fold_as_in_a_whole_text() {
    let whole = |text: &str| squeezed(text.nfkd().filter(|c| !is_silent(*c)).flat_map(char::to_lowercase).filter(|c| !is_silent(*c)), text.len());
    let all: Vec<char> = (0..LETTERS).chain(MARKS).filter_map(char::from_u32).collect();
    for (one, next) in all.iter().zip(all.iter().cycle().skip(1)) {
        for text in [format!("é{one}"), format!("{one}{one}{one}\u{5b0}{next}"), format!("{next}\u{301}{one}"), format!("a{one}{one}{one}{one}\u{483}")] {
            assert_eq!(fold(&text), whole(&text), "{text:?}");
        }
        let mut signs_of = Vec::new();
        signs(&one.to_string(), |_, sign| signs_of.push(sign));
        assert!(one.is_ascii() || "œŒæÆ\u{2028}\u{2029}".contains(*one) || signs_of == heard(*one).collect::<Vec<_>>(), "{one:?}");
        assert_eq!(is_of_word(*one), one.is_alphanumeric() || is_silent(*one));
    }
    for text in ["AAAb``ccCC", "ooh111", "`", "aaA", "ab", "éaaa", "éAab", "aéaaab", "éaéaa", "œaaa", "eœeee", "aaéaaa", "éa`b", "é...aa"] {
        assert_eq!(fold(text), whole(text), "{text}");
    }
}

#[test]
fn a_text_is_spelt_with_the_letters_that_are_told_of_it() {
    let codes = (0..0x3400).chain((0x3400..0xfb00).step_by(37)).chain(0xfb00..0x10000).chain(0x1d400..0x1d500).chain([0x1f600, 0x10ffff]);
    for text in codes.filter_map(char::from_u32).map(|c| format!("a{c}Éb {c}{c}")) {
        let (mut told, mut spelt) = (String::new(), Vec::new());
        signs(&text, |_, sign| told.extend(sign.letter()));
        spell(&text, &mut spelt);
        assert_eq!(String::from_utf8(spelt).unwrap(), told, "{text:?}");
    }
}

#[test]
fn whatever_looks_the_same_is_the_same() {
    for (text, expected) in [
        ("Élodie ŒUVRE", "elodie.oeuvre"),
        ("l\u{200b}e\u{2060}i\u{ad}la", "leila"),
        ("ｌｅｉｌａ＠ｐｏｓｔ", "leila.post"),
        ("\u{1d4f5}\u{1d4ee}\u{1d4f2}\u{1d4f5}\u{1d4ea}", "leila"),
        ("lеilа", "leila"),
        ("٠٦ ۱۲", "06.12"),
        ("l\0e\0i\0l\0a\0", "leila"),
        ("a\u{fe0f}b\nc\u{2028}d", "ab/c/d"),
        ("أَقْبَلُ", "اقبل"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}
