//! Mails of programs that keep tickets: the line above which one is to answer, and the comments that they list below it, the newest first.

use super::super::content::clip;
use super::super::fold::fold;
use super::attribution::tells_time;
use super::header::is_divider;
use super::words::{find_word, table};
use std::sync::LazyLock;

/// Words for where one is to answer.
static ABOVE: LazyLock<Vec<String>> = LazyLock::new(|| table("above|au-dessus|oberhalb|por encima|sopra|boven|فوق|أعلى"));

/// Whether the line asks to write above it.
pub(super) fn asks_above(line: &str) -> bool {
    let folded = fold(clip(line, 400));
    let above = || ABOVE.iter().any(|word| find_word(&folded, word).is_some());
    is_divider(line) && above()
}

/// Where comments begin in `lines` from a line on, and where their texts do: a rule, and under it a name, a date and a time.
pub(super) fn comments(lines: &[&str], from: usize) -> Vec<(usize, usize)> {
    let rules = lines.iter().enumerate().skip(from).filter(|(_, line)| is_ruled(line));
    let headed = |at: usize| {
        let below = lines.get(at.checked_add(1)?..)?;
        let blank = below.iter().take(BLANK).take_while(|line| line.trim().is_empty()).count();
        is_heading(below.get(blank)?).then(|| (at, at.saturating_add(blank).saturating_add(2)))
    };
    let ruled: Vec<(usize, usize)> = rules.filter_map(|(at, _)| headed(at)).collect();
    if ruled.is_empty() { headings(lines, from) } else { ruled }
}

/// The same where no rule stands: a name alone on a line, under it a date and a time, and blank lines around both.
fn headings(lines: &[&str], from: usize) -> Vec<(usize, usize)> {
    let blank = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_none_or(|line| line.trim().is_empty());
    let dated = |line: &str| line.len() <= 60 && line.chars().filter(|c| c.is_numeric()).count() >= 7 && tells_time(&fold(line));
    let named = |line: &str| line.len() <= 80 && line.chars().any(char::is_alphabetic) && !line.chars().any(|c| c.is_numeric() || matches!(c, ':' | '@' | '>'));
    let any = |line: &str| line.len() <= 80 && line.chars().any(char::is_alphanumeric);
    let name = |at: usize| lines.get(at).map(|line| line.trim());
    let heads = |at: &usize| {
        let date = lines.get(at.saturating_add(1)).map(|line| line.trim());
        name(*at).is_some_and(any) && date.is_some_and(dated) && blank(at.checked_sub(1)) && blank(at.checked_add(2))
    };
    let found: Vec<usize> = (from..lines.len()).filter(heads).collect();
    // Where one of them is perhaps none, nobody can tell whose words stand where.
    if found.iter().all(|at| name(*at).is_some_and(named)) { found.into_iter().map(|at| (at, at.saturating_add(2))).collect() } else { Vec::new() }
}

/// What stands above the first comment of `text`, if it has any.
pub(in crate::letter) fn above_comments(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let (first, _) = comments(&lines, 0).first().copied()?;
    Some(lines.get(..first)?.join("\n"))
}

/// What stands below the line above which one is to answer, if `text` begins with it.
pub(in crate::letter) fn below_delimiter(text: &str) -> Option<&str> {
    let (first, below) = text.trim_start().split_once('\n')?;
    asks_above(first).then_some(below)
}

/// Blank lines between the rule and the heading.
const BLANK: usize = 3;
/// Dashes of the rule at the least.
const DASHES: usize = 20;

fn is_ruled(line: &str) -> bool {
    let line = line.trim();
    line.len() >= DASHES && line.bytes().all(|byte| byte == b'-')
}

/// "Leila, 2 mars 2026, 09:00 UTC".
fn is_heading(line: &str) -> bool {
    let Some((name, date)) = clip(line, 160).split_once([',', '،']) else { return false };
    let digits = date.chars().filter(|c| c.is_numeric()).count();
    name.chars().any(char::is_alphabetic) && !name.chars().any(char::is_numeric) && digits >= 7 && line.len() <= 160 && tells_time(&fold(date))
}
