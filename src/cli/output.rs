//! Where every command says what it found and did: on standard output, and on the error output what is wrong.
//!
//! Either may be closed or full. No command stops half way for that: what cannot be written is left out, and the end says so once.

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
    data(&format!("{words}\n"));
}

/// See [`done`].
pub(super) fn done_line(words: Arguments<'_>) {
    spoken().done.push(words.to_string());
    line(words);
}

/// See [`complain`].
pub(super) fn complaint(words: Arguments<'_>) {
    // Where this cannot be written there is nobody left to be told.
    let _ = writeln!(io::stderr(), "elitige: {words}");
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
