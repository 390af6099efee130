//! Shows mails as a person would see them, as they arrive.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Where the demo speaks.
pub struct Screen {
    began: Instant,
    colour: bool,
}

impl Screen {
    /// The standard output; coloured on a terminal.
    pub fn new() -> Self {
        Self { began: Instant::now(), colour: std::io::stdout().is_terminal() }
    }

    /// One line.
    pub fn say(&self, line: &str) {
        println!("{line}");
        let _ = std::io::stdout().flush();
    }

    /// A mail that somebody writes.
    pub fn written(&self, who: &str, subject: &str, text: &str) {
        self.head(&format!("{who} writes"), subject, None);
        self.body(text);
    }

    /// A letter that somebody receives, and how long it took.
    pub fn received(&self, who: &str, subject: &str, text: &str, took: Duration) {
        self.head(&format!("{who} receives"), subject, Some(took));
        self.body(text);
    }

    fn head(&self, what: &str, subject: &str, took: Option<Duration>) {
        let took = took.map(|took| format!("   after {:.1} s", took.as_secs_f64())).unwrap_or_default();
        let (bold, plain) = if self.colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        println!("\n{bold}── {:>5.1} s ── {what}: {subject}{took}{plain}", self.began.elapsed().as_secs_f64());
    }

    fn body(&self, text: &str) {
        for line in text.trim_end().lines() {
            println!("   │ {line}");
        }
        let _ = std::io::stdout().flush();
    }
}
