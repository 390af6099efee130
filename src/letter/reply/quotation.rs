//! Which lines of a text were written by others.

use super::super::fold::is_silent;
use super::attribution::{Told, attribution, introduces_on_one_line, may_tell};
use super::desk::{asks_above, comments};
use super::header::{copy_begins, divides_alone, is_headed_by};
use super::marks::{is_arrowed, is_quoted};

/// What is known of the lines of a text.
pub(super) struct Quotation {
    /// Whether each line is quoted.
    pub quoted: Vec<bool>,
    /// Whether a line was newly written for sure: not so if an introduction stands above everything and no line below is marked.
    pub own: bool,
}

/// Tells the quoted lines. A mail that `answers` none and introduces no quotation has none: marks between its paragraphs are the writer's own.
pub(super) fn find(lines: &[&str], answers: bool, sender: Option<&str>) -> Quotation {
    let mut quoted: Vec<bool> = lines.iter().map(|line| is_quoted(line)).collect();
    let mut found = find_introduced(lines, &mut quoted, answers, sender);
    if !answers && !found.introduced {
        let last = lines.iter().zip(&quoted).rposition(|(line, quoted)| !quoted && !line.trim().is_empty());
        // A line that ends with a colon announces the list right below it.
        let announced = |last: &usize| lines.get(*last).is_some_and(|line| line.trim_end().ends_with([':', '：']));
        let listed = last.filter(announced).filter(|last| quoted.get(last.saturating_add(1)) == Some(&true)).map(|_| lines.len());
        quoted.iter_mut().take(listed.or(last).unwrap_or(0)).for_each(|mark| *mark = false);
        found.own |= last.is_some();
    }
    take_wrapped(lines, &mut quoted);
    Quotation { quoted, own: found.own }
}

/// Written lines in which introductions are looked for: nobody writes more above what is answered.
const SEARCHED_LINES: usize = 3_000;

/// What the introductions of a text say.
struct Introduced {
    introduced: bool,
    own: bool,
}

/// Marks what introductions and copied mails show to be quoted.
fn find_introduced(lines: &[&str], quoted: &mut [bool], answers: bool, sender: Option<&str>) -> Introduced {
    let marks = quoted.contains(&true);
    let (mut at, mut own, mut doubtful, mut introduced, mut searched) = (0usize, false, false, false, 0usize);
    let told: Vec<Told> = lines.iter().map(|line| Told::by(line)).collect();
    while at < lines.len() && searched < SEARCHED_LINES {
        let ahead = lines.get(at..).unwrap_or_default();
        if ahead.first().is_some_and(|line| is_arrowed(line)) && !marked_below(lines, quoted, at.saturating_add(1)) {
            introduced = true;
            set(quoted, at, lines.len());
            break;
        }
        if begins_run(quoted, at) && introduces_alone(lines, quoted, at) {
            introduced = true;
            if own {
                set(quoted, at, lines.len());
                break;
            }
            doubtful = true;
        }
        if quoted.get(at) == Some(&true) || ahead.first().is_some_and(|line| line.trim().is_empty()) {
            at = at.saturating_add(1);
            continue;
        }
        searched = searched.saturating_add(1);
        if !own && !introduced && ahead.first().is_some_and(|line| asks_above(line)) {
            introduced = true;
            let comments = comments(lines, at);
            let next = comments.get(1).map(|(next, _)| *next);
            let from = comments.first().map_or(at.saturating_add(1), |(_, text)| *text);
            set(quoted, at, from);
            set(quoted, next.unwrap_or(lines.len()), lines.len());
            // A comment that stands alone may be the copy of what was sent to the desk.
            doubtful |= next.is_none();
            at = from;
            continue;
        }
        let begins = copy_begins(ahead).or_else(|| (answers && ahead.first().is_some_and(|line| divides_alone(line))).then_some(1));
        // Who heads a letter with the own name, as on paper, copies none: what is quoted below is marked.
        let headed = |count: &usize| !own && !introduced && marks && sender.is_some_and(|sender| is_headed_by(ahead.get(..*count).unwrap_or_default(), sender));
        if let Some(count) = begins.filter(headed) {
            own = true;
            at = at.saturating_add(count);
            continue;
        }
        let marked = begins.map(|count| at.saturating_add(count)).filter(|after| marked_below(lines, quoted, *after));
        if begins.is_some() || ahead.first().is_some_and(|line| introduces_on_one_line(line)) {
            introduced = true;
            set(quoted, at, marked.unwrap_or(lines.len()));
            let Some(after) = marked else { break };
            at = after;
            continue;
        }
        let found = if may_tell(told.get(at..).unwrap_or_default()) { attribution(ahead) } else { None };
        let Some(found) = found.filter(|found| found.sure || marked_below(lines, quoted, at.saturating_add(found.lines))) else {
            own |= !doubtful;
            at = at.saturating_add(1);
            continue;
        };
        introduced = true;
        let after = at.saturating_add(found.lines);
        let marked = marked_below(lines, quoted, after);
        set(quoted, at, if !marked && own { lines.len() } else { after });
        doubtful |= !marked && !own;
        at = if !marked && own { lines.len() } else { after };
    }
    Introduced { introduced, own }
}

/// How many lines stand above the first that introduces a quotation, or a copied mail; all of them if none does.
pub(in crate::letter) fn begins_copy(lines: &[&str]) -> usize {
    let begins = |at: &usize| {
        let ahead = lines.get(*at..).unwrap_or_default();
        let one = ahead.first().is_some_and(|line| is_arrowed(line) || introduces_on_one_line(line) || divides_alone(line));
        one || copy_begins(ahead).is_some() || attribution(ahead).is_some_and(|found| found.sure)
    };
    (0..lines.len().min(SEARCHED_LINES)).find(begins).unwrap_or(lines.len())
}

/// Marked lines that an introduction takes at the most.
const INTRODUCTION: usize = 16;

/// Whether a run of marked lines begins at `at`.
fn begins_run(quoted: &[bool], at: usize) -> bool {
    quoted.get(at) == Some(&true) && at.checked_sub(1).is_none_or(|before| quoted.get(before) == Some(&false))
}

/// Whether the marked lines from `at` on say no more than who wrote what follows, and that is not marked: some webmails mark the one and leave the other.
fn introduces_alone(lines: &[&str], quoted: &[bool], at: usize) -> bool {
    let marked = quoted.iter().skip(at).take(INTRODUCTION.saturating_add(1)).take_while(|marked| **marked).count();
    let after = at.saturating_add(marked);
    let below = lines.get(after..).unwrap_or_default();
    if marked > INTRODUCTION || below.iter().all(|line| line.trim().is_empty()) || marked_below(lines, quoted, after) {
        return false;
    }
    let bare: Vec<&str> =
        lines.iter().skip(at).take(marked).map(|line| line.trim_start_matches(|c: char| c.is_whitespace() || is_silent(c) || c == '>')).collect();
    let is_all = |taken: usize| bare.iter().skip(taken).all(|line| line.trim().is_empty());
    // What is answered piece by piece is marked further down.
    copy_begins(&bare).is_some_and(is_all)
        || attribution(&bare).is_some_and(|found| found.sure && is_all(found.lines)) && !quoted.iter().skip(after).any(|marked| *marked)
}

/// Whether the next line that says something is marked as quoted.
fn marked_below(lines: &[&str], quoted: &[bool], after: usize) -> bool {
    let blank = lines.get(after..).unwrap_or_default().iter().take_while(|line| line.trim().is_empty()).count();
    quoted.get(after.saturating_add(blank)) == Some(&true)
}

/// Characters of a line that a mail program may have wrapped.
const WRAPPED: usize = 60;

/// The rest of a quoted line that was wrapped and lost its mark: one line between two marked ones that goes on in the middle of a sentence.
fn take_wrapped(lines: &[&str], quoted: &mut [bool]) {
    for at in 1..lines.len() {
        let (Some(before), Some(line), Some(after)) = (lines.get(at.saturating_sub(1)), lines.get(at), lines.get(at.saturating_add(1))) else { return };
        let marked = |at: usize| quoted.get(at) == Some(&true);
        if marked(at) || !marked(at.saturating_sub(1)) || !marked(at.saturating_add(1)) || before.chars().count() < WRAPPED || line.trim().is_empty() {
            continue;
        }
        let text = line.trim_start();
        let goes_on =
            text.starts_with(char::is_lowercase) || text.starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase()) && !before.trim_end().ends_with('.');
        let asked = before.trim_end().ends_with(['?', '؟', ':', '!', '…']);
        // Where the mark is missing from the last line, a lone mark follows.
        if goes_on && !asked && text.chars().count() < before.chars().count() && !after.trim().is_empty() {
            set(quoted, at, at.saturating_add(1));
        }
    }
}

fn set(quoted: &mut [bool], from: usize, to: usize) {
    quoted.iter_mut().take(to).skip(from).for_each(|mark| *mark = true);
}
