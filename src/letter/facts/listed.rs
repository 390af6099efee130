//! Lists whose numbers nothing sets off from what follows: "4 450 dh" under a line that begins with 3 is 450.

use std::borrow::Cow;

/// Lines that make a list.
const LINES: usize = 3;
/// What may stand between a number and what is listed.
const SET_OFF: [char; 7] = [' ', '-', '.', '/', ':', ')', '\t'];

/// `text` with a bracket behind the numbers of its lists, where the next mark was, and with a tab where a blank parts digits of two scripts: these are
/// never one number.
pub(in crate::letter) fn set_off(text: &str) -> Cow<'_, str> {
    let marks = [seams(text), numbers(text)].concat();
    if marks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for (at, mark) in marks {
        bytes.get_mut(at).into_iter().for_each(|byte| *byte = mark);
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Where the marks behind the numbers of a list stand that set nothing off: in lines that begin with 1, 2, 3 and so on.
fn numbers(text: &str) -> Vec<(usize, u8)> {
    let (mut found, mut listed) = (Vec::new(), 0usize);
    let mut at = 0usize;
    for line in text.split_inclusive('\n') {
        let next = u32::try_from(listed.saturating_add(1)).ok();
        if let Some((_, end)) = leading(line).filter(|(number, _)| Some(*number) == next) {
            listed = listed.saturating_add(1);
            let rest = line.get(end..).unwrap_or_default();
            // "4 450", "4-450" and "4.450" may be one number, "4. 450" and "4) 450" cannot.
            let bare = match rest.chars().next() {
                Some(' ' | '\t') => !rest.trim_start().starts_with(SET_OFF),
                Some(')') | None => false,
                Some(_) => !rest.chars().nth(1).is_some_and(char::is_whitespace),
            };
            found.extend(bare.then_some((at.saturating_add(end), b')')));
        }
        at = at.saturating_add(line.len());
    }
    if listed >= LINES { found } else { Vec::new() }
}

/// The number of one or two digits that `line` begins with, and where it ends, if one of the marks and something else follows.
fn leading(line: &str) -> Option<(u32, usize)> {
    let start = line.len().saturating_sub(line.trim_start().len());
    let digits = line.get(start..)?.chars().map_while(|c| digit(c).map(|(value, _)| (value, c.len_utf8()))).take(3);
    let (count, number, end) = digits.fold((0u8, 0u32, start), |(count, number, end), (value, length)| {
        (count.saturating_add(1), number.saturating_mul(10).saturating_add(value), end.saturating_add(length))
    });
    let listed = line.get(end..)?.strip_prefix(SET_OFF).is_some_and(|rest| !rest.trim().is_empty());
    ((1..=2).contains(&count) && listed).then_some((number, end))
}

/// Where a blank stands between digits of two scripts.
fn seams(text: &str) -> Vec<(usize, u8)> {
    let blanks = text.match_indices(' ').map(|(at, _)| at);
    let parts = |at: &usize| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back()).and_then(digit);
        let after = text.get(at.saturating_add(1)..).and_then(|after| after.chars().next()).and_then(digit);
        before.zip(after).is_some_and(|((_, left), (_, right))| left != right)
    };
    blanks.filter(parts).map(|at| (at, b'\t')).collect()
}

/// The value of a digit, and its zero: which script it is of.
fn digit(c: char) -> Option<(u32, char)> {
    let zero = ['0', '\u{660}', '\u{6f0}'].into_iter().rev().find(|zero| c >= *zero)?;
    let value = u32::from(c).checked_sub(u32::from(zero))?;
    (value <= 9).then_some((value, zero))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_list_are_set_off() {
        for (text, expected) in [
            ("1 Rif Tapis\n2 RT-77\n3 450 dh", "1)Rif Tapis\n2)RT-77\n3)450 dh"),
            ("Bonjour\n1-Rif\n\n2-RT-77\nsuite\n3-320dh\nMerci", "Bonjour\n1)Rif\n\n2)RT-77\nsuite\n3)320dh\nMerci"),
            ("١ دار\n٢ ٤٠٠ درهم\n٣ استرجاع", "١)دار\n٢)٤٠٠ درهم\n٣)استرجاع"),
            ("1 دار\n2 لا\n3 ٤٠٠ درهم", "1)دار\n2)لا\n3)٤٠٠ درهم"),
            ("1. Rif\n2- RT-77\n3 - non\n4 450 dh", "1. Rif\n2- RT-77\n3 - non\n4)450 dh"),
            ("le 2 ٤٠٠ درهم", "le 2\t٤٠٠ درهم"),
        ] {
            assert_eq!(set_off(text), expected, "{text}");
        }
        for text in ["1 450 dh\n2 300 dh", "2 sacs\n3 robes\n4 tapis", "1 450 dh", "1\n2\n3", "100 dh\n200 dh\n300 dh", "", "1 500 dh\n1 200 dh\n1 100 dh"] {
            assert!(matches!(set_off(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
