//! Where every command says what it found and did: on standard output, and on the error output what is wrong.
//!
//! Either may be closed or full. No command stops half way for that: what cannot be written is left out, and the end says so once.
//! What a stranger wrote never drives the terminal that it is shown on, whichever command shows it.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What became of the output so far. There is one of it in a process, and so there is one of this.
struct Spoken {
    /// Why nothing can be written any more.
    lost: Option<io::Error>,
    /// What was done for good, as it was said.
    done: Vec<String>,
}

static SPOKEN: Mutex<Spoken> = Mutex::new(Spoken { lost: None, done: Vec::new() });

/// Says a line on standard output, as `println!` does, which would panic where it is closed or full.
macro_rules! say {
    ($($words:tt)*) => { $crate::cli::output::line(format_args!($($words)*)) };
}

/// Says a line of what was done and cannot be undone: where the output is lost, it is repeated with that news.
macro_rules! done {
    ($($words:tt)*) => { $crate::cli::output::done_line(format_args!($($words)*)) };
}

/// Says a sentence on the error output, with the name of the program before it.
macro_rules! complain {
    ($($words:tt)*) => { $crate::cli::output::complaint(format_args!($($words)*)) };
}

pub(super) use {complain, done, say};

/// See [`say`].
pub(super) fn line(words: Arguments<'_>) {
    data(&tamed(&format!("{words}\n")));
}

/// Says each line of a list, or that there is none.
pub(super) fn list(lines: impl IntoIterator<Item = String>) {
    let mut lines = lines.into_iter().peekable();
    if lines.peek().is_none() {
        say!("none");
    }
    lines.for_each(|one| say!("{one}"));
}

/// See [`done`].
pub(super) fn done_line(words: Arguments<'_>) {
    spoken().done.push(tamed(&words.to_string()));
    line(words);
}

/// See [`complain`].
pub(super) fn complaint(words: Arguments<'_>) {
    // Where this cannot be written there is nobody left to be told.
    let _ = io::stderr().write_all(tamed(&format!("elitige: {words}\n")).as_bytes());
}

/// What somebody wrote in one line, as one line: nothing in it moves the cursor, turns the line round or begins another.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c == '\t' { ' ' } else { c }).map(|c| if is_unruly(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// The same of several lines: they and their tabs stay.
fn tamed(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars().map(|c| if is_unruly(c) && !matches!(c, '\n' | '\t') { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Whether a terminal would obey `c` rather than show it, or show what follows in another order.
fn is_unruly(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// Writes what is read by a program, as it is.
pub(super) fn data(text: &str) {
    bytes(text.as_bytes());
}

/// Writes a mail, byte for byte.
pub(super) fn bytes(bytes: &[u8]) {
    let mut spoken = spoken();
    if spoken.lost.is_none() {
        spoken.lost = io::stdout().write_all(bytes).err();
    }
}

/// Whether nobody reads any more what is said.
pub(super) fn is_lost() -> bool {
    spoken().lost.is_some()
}

/// The exit code of a command that came to `code`: its own where all was written, or the reader had seen enough and closed the pipe.
pub(super) fn end(code: ExitCode) -> ExitCode {
    let mut spoken = spoken();
    let lost = spoken.lost.take().or_else(|| io::stdout().flush().err()).filter(|error| error.kind() != ErrorKind::BrokenPipe);
    let Some(error) = lost else { return code };
    complaint(format_args!("{}", sentence(&error, &spoken.done)));
    ExitCode::from(1)
}

fn sentence(error: &io::Error, done: &[String]) -> String {
    let remedy = "make room where it goes, or send it elsewhere";
    let all_the_same = if done.is_empty() { String::new() } else { format!("; this was done all the same: {}", done.join(" ")) };
    format!("the output cannot be written ({error}); {remedy}{all_the_same}")
}

fn spoken() -> MutexGuard<'static, Spoken> {
    SPOKEN.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_moves_no_cursor_and_turns_no_line() {
        assert_eq!(one_line("a\u{1b}[2Jb\u{202e}c\r\n\td"), "a\u{fffd}[2Jb\u{fffd}c\u{fffd}\u{fffd} d");
        assert_eq!(tamed("a\u{1b}]0;b\u{7}\u{9b}c\r\n\td\re\u{2067}\u{2029}\n"), "a\u{fffd}]0;b\u{fffd}\u{fffd}c\n\td\u{fffd}e\u{fffd}\u{fffd}\n");
        for harmless in ["شكاية été", "👩\u{200d}👧 \u{200f}"] {
            assert_eq!((one_line(harmless).as_str(), tamed(harmless).as_str()), (harmless, harmless));
        }
    }
}
