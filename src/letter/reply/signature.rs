//! The signature as a person would cut it: closing and name, how the writer is reached, lines of mail programs, notices.

use super::super::content::clip;
use super::super::fold::{fold, is_letter_or_digit};
use super::closing::{Closing, closing, is_added, is_contact, is_data, is_farewell, is_footer, is_name, is_office, plain, speaks_of_himself};
use super::marks::is_rule;

/// Lines that may follow the two dashes of a signature (RFC 3676 section 4.3) or a line of a mail program, and a row of marks.
const DELIMITED_LINES: usize = 40;
const RULED_LINES: usize = 14;
/// Lines of a name with its office and addresses, and their length.
const BLOCK_LINES: usize = 9;
const BLOCK_CHARS: usize = 80;

/// Where the signature of `sender` begins in a passage of new lines; its length if nowhere. The first line of a mail is no signature.
pub(super) fn signature_at(lines: &[&str], first: bool, sender: Option<&str>) -> usize {
    let hard = hard_start(lines, first);
    let tail = tail_start(lines.get(..hard).unwrap_or_default());
    let body = lines.get(..tail).unwrap_or_default();
    let soft = closing_start(body, sender).or_else(|| contact_start(body)).or_else(|| sender_start(body, sender?)).unwrap_or(tail);
    let named = if soft == tail && hard < lines.len() { name_before(body, lines.get(hard)) } else { soft };
    let at = without_blank_end(lines, named);
    if first && lines.iter().take(at).all(|line| line.trim().is_empty()) { lines.len() } else { at }
}

/// The line at which nothing but a signature can begin.
fn hard_start(lines: &[&str], first: bool) -> usize {
    let mut left = lines.iter().filter(|line| !line.trim().is_empty()).count();
    let (mut said, mut above) = (!first, Above::default());
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        if said && left <= DELIMITED_LINES && starts_hard(lines.get(at..).unwrap_or_default(), left, above) {
            return at;
        }
        let text = plain(line);
        said = said || text.chars().any(is_letter_or_digit);
        above = Above { announces: text.ends_with([':', '：']), divided: above.divided || delimits(line) };
        left = left.saturating_sub(1);
    }
    lines.len()
}

/// What stands above a line.
#[derive(Debug, Clone, Copy, Default)]
struct Above {
    /// Whether the line before it says that something follows.
    announces: bool,
    /// Whether the writer divides paragraphs by the lines that delimit signatures.
    divided: bool,
}

/// Whether a signature begins at the head of `lines`, of which `left` are not blank.
fn starts_hard(lines: &[&str], left: usize, above: Above) -> bool {
    let Some((line, rest)) = lines.split_first() else { return false };
    let text = plain(line);
    let row = |marks: &str, least: usize| text.chars().count() >= least && text.chars().all(|c| marks.contains(c)) && left <= RULED_LINES;
    let spoken = || speaks(below_blank(rest));
    if delimits(line) {
        let usual = line.trim_end_matches('\r') == "-- " || matches!(text, "- --" | "-- --");
        return match above.divided {
            true => signs(rest) || rest.iter().find(|line| !line.trim().is_empty()).is_some_and(|line| is_name(line)),
            false if usual => !(lists(below_blank(rest)) || begins_with_data(rest) && rest.iter().any(|line| delimits(line))),
            false => !above.announces && !goes_on(rest) && !speaks(rest) && !rest.iter().any(|line| is_divider(plain(line))),
        };
    }
    row("_", 4) && !above.announces && !goes_on(rest) && !spoken()
        || row("-=*~–—", 3) && !above.announces && signs(rest) && !lists(rest)
        || is_added(line) && !is_told(rest) && !spoken()
}

/// Whether the line is the delimiter of RFC 3676, or what is left of it.
fn delimits(line: &str) -> bool {
    let text = plain(line);
    matches!(text, "- --" | "-- --") || line.trim_end_matches('\r') == "-- " || is_divider(text)
}

/// Whether the line is what many mail programs leave of the delimiter of RFC 3676, and people put between two paragraphs.
fn is_divider(text: &str) -> bool {
    matches!(text, "--" | "—" | "__")
}

/// Whether the writer goes on under such a line: in sentences, with what was ordered, or in the middle of a sentence.
fn goes_on(lines: &[&str]) -> bool {
    let first = lines.iter().find(|line| !line.trim().is_empty());
    let broken = |line: &&&str| plain(line).starts_with(char::is_lowercase) && line.split_whitespace().nth(2).is_some() && !is_contact(line) && !is_added(line);
    is_told(lines) || begins_with_data(lines) || first.filter(broken).is_some()
}

fn begins_with_data(lines: &[&str]) -> bool {
    lines.iter().find(|line| !line.trim().is_empty()).is_some_and(|line| is_data(line))
}

/// What follows the first blank line.
fn below_blank<'a, 'b>(lines: &'a [&'b str]) -> &'a [&'b str] {
    let blank = lines.iter().position(|line| line.trim().is_empty()).unwrap_or(lines.len());
    lines.get(blank..).unwrap_or_default()
}

/// Whether something of an order is told in `lines`.
fn lists(lines: &[&str]) -> bool {
    lines.iter().any(|line| is_data(line) && !is_footer(&[*line]))
}

/// Whether somebody speaks of himself or tells something of an order in `lines`.
fn speaks(lines: &[&str]) -> bool {
    let spoken = |line: &&&str| !is_added(line) && !is_contact(line) && closing(line).is_none() && (is_data(line) || speaks_of_himself(line));
    paragraphs(lines).any(|(_, paragraph)| !is_footer(paragraph) && paragraph.iter().any(|line| spoken(&line)))
}

/// Whether sentences stand in `lines` that are no notices: the writer goes on.
fn is_told(lines: &[&str]) -> bool {
    paragraphs(lines).any(|(_, paragraph)| !is_footer(paragraph) && paragraph.iter().filter(|line| is_sentence(line) && !is_added(line)).count() >= 2)
}

/// Whether `lines` look like a signature: short, no sentence, and somewhere an address or a number.
fn signs(lines: &[&str]) -> bool {
    let mut written = lines.iter().filter(|line| !line.trim().is_empty()).peekable();
    let named = written.peek().is_some_and(|line| is_name(line) && line.split_whitespace().count() >= 2) && written.clone().count() <= 4;
    let bare = named && !lines.iter().any(|line| line.chars().any(char::is_numeric));
    written.peek().is_some()
        && (bare || lines.iter().any(|line| is_contact(line)))
        && written.all(|line| line.chars().count() <= BLOCK_CHARS && !is_sentence(line))
}

/// Whether the line is a sentence, or the end of one.
fn is_sentence(line: &str) -> bool {
    let text = plain(line);
    let words = || text.split_whitespace().filter(|word| word.chars().any(is_letter_or_digit));
    let spelt = || words().filter(|word| word.chars().any(char::is_alphabetic)).count();
    // Groups of digits are words of numbers, of which a line of a signature may hold several.
    words().count() >= 4 && text.ends_with(['.', '?', '!', '؟', '…', ':', ';']) || words().count() >= 12 && spelt() >= 6
}

/// Paragraphs of notices at the most.
const NOTICES: usize = 12;

/// Where the notices begin under the text.
fn tail_start(lines: &[&str]) -> usize {
    let all: Vec<(usize, &[&str])> = paragraphs(lines).collect();
    let mut start = lines.len();
    for (number, (at, paragraph)) in all.iter().enumerate().rev().take(NOTICES) {
        if is_footer(paragraph) {
            start = *at;
            continue;
        }
        // A notice may have a paragraph that says nothing typical, or a line of a name under it: one is skipped if a notice stands above.
        let above = number.checked_sub(1).and_then(|above| all.get(above));
        let skipped = above.is_some_and(|(_, above)| above.len().saturating_mul(60) >= 60 && is_footer(above) && above.concat().len() >= 80);
        if !skipped || all.len().saturating_sub(number) > 4 {
            break;
        }
    }
    start
}

/// Paragraphs with the lines where they begin.
fn paragraphs<'a, 'b>(lines: &'a [&'b str]) -> impl Iterator<Item = (usize, &'a [&'b str])> {
    let mut at = 0usize;
    lines.split(|line| line.trim().is_empty()).filter_map(move |paragraph| {
        let start = at;
        at = at.saturating_add(paragraph.len()).saturating_add(1);
        (!paragraph.is_empty()).then_some((start, paragraph))
    })
}

/// Where a closing stands with a name under it.
fn closing_start(lines: &[&str], sender: Option<&str>) -> Option<usize> {
    let written: Vec<usize> = lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(|(at, _)| at).collect();
    let last = written.iter().rev().take(BLOCK_LINES.saturating_add(1)).rev();
    for at in last {
        let Some(kind) = lines.get(*at).and_then(|line| closing(line)) else { continue };
        let skipped = at.saturating_add(if kind == Closing::Wrapped { 2 } else { 1 });
        let rest: Vec<&str> = lines.get(skipped..).unwrap_or_default().iter().filter(|line| !line.trim().is_empty()).copied().collect();
        let named = rest.first().is_some_and(|name| is_name(name) || is_signed(name));
        let signed = match kind {
            Closing::Named => true,
            Closing::Wish => named && signs_surely(&rest, sender),
            Closing::Alone => named || rest.len() <= OFFICE_LINES && rest.first().is_some_and(|line| is_office(line)),
            Closing::Wrapped => named,
        };
        if signed && rest.iter().all(|line| is_block_line(line)) {
            return Some(*at);
        }
    }
    None
}

/// Lines that an office and its house sign with.
const OFFICE_LINES: usize = 4;

/// Whether `rest` begins with what can be no words of the letter: a name with capitals that does not shout, that of the sender, or one with addresses under it.
fn signs_surely(rest: &[&str], sender: Option<&str>) -> bool {
    let Some(name) = rest.first() else { return false };
    let known = name_words(sender.unwrap_or_default());
    let capital = name.chars().any(char::is_uppercase) && name.chars().any(char::is_lowercase);
    capital || name_words(name).iter().any(|word| known.contains(word)) || rest.iter().any(|line| is_contact(line))
}

/// A name with a slash or dash before it, or with its office behind it.
fn is_signed(line: &str) -> bool {
    let text = plain(line).trim_start_matches(['/', '-', '—', '–', ' ']);
    let name = text.split(['|', ',', '(', '–', '-', '<']).next().unwrap_or_default().split("  ").next().unwrap_or_default();
    is_name(name)
}

fn is_block_line(line: &str) -> bool {
    let text = plain(line);
    // Letters that become these when they are small.
    let folded = if text.starts_with(['p', 'P', 'n', 'N', 'م']) { text.to_lowercase() } else { String::new() };
    let postscript = ["ps", "p.s", "nb", "n.b", "ملاحظة"].iter().any(|mark| folded.strip_prefix(mark).is_some_and(|rest| rest.starts_with([':', '.', ' '])));
    line.chars().count() <= BLOCK_CHARS && !postscript && !is_data(line) && (!is_sentence(line) || is_contact(line)) || is_rule(line)
}

/// Where the last paragraphs are a name and how its bearer is reached.
fn contact_start(lines: &[&str]) -> Option<usize> {
    let all: Vec<(usize, &[&str])> = paragraphs(lines).collect();
    let (mut contacts, mut taken) = (0usize, 0usize);
    for (at, paragraph) in all.iter().rev().take(3) {
        taken = taken.saturating_add(paragraph.len());
        let signed = paragraph.split_first().filter(|(line, rest)| !rest.is_empty() && is_farewell(line)).map_or(*paragraph, |(_, rest)| rest);
        let fits = signed
            .iter()
            .all(|line| is_contact(line) || is_block_line(line) && !line.chars().any(char::is_numeric) && !plain(line).ends_with(['.', '?', '!', ':']));
        if !fits || taken > BLOCK_LINES {
            return None;
        }
        contacts = contacts.saturating_add(signed.iter().filter(|line| is_contact(line)).count());
        let name = signed.first().is_some_and(|line| is_name(plain(line).split(',').next().unwrap_or_default()) && plain(line).split_whitespace().count() >= 2);
        if name && contacts >= 1 {
            return (*at > 0).then_some(*at);
        }
        if !signed.iter().all(|line| is_contact(line)) {
            return None;
        }
    }
    None
}

/// Where the last paragraph begins with the whole name of the sender.
fn sender_start(lines: &[&str], sender: &str) -> Option<usize> {
    let (at, paragraph) = paragraphs(lines).last()?;
    let (name, known) = (name_words(paragraph.first()?), name_words(sender));
    let signs = name.len() >= 2 && name.iter().all(|word| known.contains(word));
    let fits = paragraph.len() <= BLOCK_LINES && paragraph.iter().all(|line| is_contact(line) || is_block_line(line));
    (at > 0 && signs && fits).then_some(at)
}

/// The words of a name as they are compared.
fn name_words(name: &str) -> Vec<String> {
    fold(clip(name, BLOCK_CHARS)).split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).map(str::to_owned).collect()
}

/// Where the name stands that belongs to the line of a mail program right under it.
fn name_before(body: &[&str], added: Option<&&str>) -> usize {
    let end = body.len();
    let above = body.split_last().filter(|(last, rest)| {
        let alone = rest.last().is_none_or(|line| line.trim().is_empty());
        alone && is_name(last) && plain(last).split_whitespace().count() >= 2 && added.is_some_and(|line| is_added(line))
    });
    if above.is_some() { end.saturating_sub(1) } else { end }
}

/// `at`, or the end if nothing but blank lines follows.
fn without_blank_end(lines: &[&str], at: usize) -> usize {
    if lines.iter().skip(at).all(|line| line.trim().is_empty()) { lines.len() } else { at }
}
