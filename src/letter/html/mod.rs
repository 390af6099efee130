//! HTML → text: lines where a reader sees lines; what others wrote is marked with `>`, a signature with `--`.
//! One pass, linear, nothing is fetched or run.

mod bar;
mod copied;
mod enriched;
mod recovery;
mod role;
mod signed;
mod style;
mod tag;
#[cfg(test)]
mod tests;

pub(super) use enriched::enriched;
use mail_parser::decoders::html::add_html_token;
use role::Role;
use std::ops::Range;
use tag::Tag;

/// The text that `html` shows. Whatever a mail program marks as quoted has `>` before its lines, with or without `blockquote`.
pub(super) fn to_text(html: &str) -> String {
    let mut page = Page { quotation_marks: true, ..Page::default() };
    let mut rest = html;
    while let Some(next) = rest.find('<') {
        let (before, from) = rest.split_at(next);
        page.words(before);
        rest = page.markup(from);
    }
    page.words(rest);
    page.finish()
}

/// Elements whose content is not shown.
const UNSEEN: [&str; 6] = ["script", "style", "head", "title", "template", "noscript"];
/// Elements that begin and end a line.
const BLOCKS: [&str; 24] = [
    "p", "div", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "section", "article", "header", "footer", "dl", "dt", "dd",
    "center", "form",
];
/// Elements without an end.
const VOID: [&str; 13] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements with a meaning that may stand within each other; deeper ones have none.
const OPEN: usize = 64;
/// Marks before a line at the most.
const DEPTH: usize = 20;

#[derive(Default)]
struct Page {
    text: String,
    line: String,
    lines: Vec<Line>,
    space: bool,
    blank: bool,
    unseen: Option<&'static str>,
    /// Whether it stands in a head, which goes on behind it.
    in_head: bool,
    /// What the style sheets say, and the classes that they hide.
    sheet: String,
    hidden: Vec<String>,
    preformatted: usize,
    open: Vec<Open>,
    /// How many elements were open when all that follows became quoted.
    rest: Option<usize>,
    quotation_marks: bool,
    /// The lines of signatures that ended.
    signed: Vec<Range<usize>>,
}

/// Where a line ends in the text, and how deep it is quoted.
struct Line {
    end: usize,
    depth: usize,
}

/// An element with a meaning that has not ended.
struct Open {
    name: String,
    role: Role,
    /// Elements of the same name within it.
    nested: usize,
    /// Lines before it.
    first: usize,
    /// Whether a quotation began in it, or a signature was marked.
    reached: bool,
}

impl Page {
    /// Takes one piece of markup from the head of `from` and gives what is left.
    fn markup<'a>(&mut self, from: &'a str) -> &'a str {
        if let Some(comment) = from.strip_prefix("<!--") {
            return Page::after_comment(comment);
        }
        let inside = from.get(1..).unwrap_or_default();
        if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            self.words("&lt;");
            return inside;
        }
        let Some((tag, after)) = Tag::take(inside, &mut self.quotation_marks) else { return "" };
        self.element(&tag);
        after
    }

    fn element(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        if self.unseen.is_some() && !self.ends_unseen(tag) {
            return;
        }
        if let Some(unseen) = UNSEEN.iter().find(|unseen| **unseen == name) {
            self.unseen = (!tag.closes && !tag.empty).then_some(*unseen);
            return;
        }
        if !tag.closes && (BLOCKS.contains(&name) || name == "blockquote") {
            self.end_paragraph();
        }
        match name {
            "br" => self.line_break(true),
            "p" => {
                self.line_break(false);
                self.blank = !self.lines.is_empty();
            }
            "td" | "th" => self.space = true,
            "pre" => {
                self.line_break(false);
                self.preformatted = if tag.closes { self.preformatted.saturating_sub(1) } else { self.preformatted.saturating_add(1) };
            }
            "blockquote" => self.line_break(false),
            _ if BLOCKS.contains(&name) => self.line_break(false),
            _ => {}
        }
        if tag.closes { self.close(name) } else { self.begin(tag) }
    }

    /// An element begins.
    fn begin(&mut self, tag: &Tag<'_>) {
        let mut role = role::role(tag, &self.hidden);
        if role == Role::Sized && !self.open.iter().any(|open| open.role == Role::Tiny) {
            role = Role::Plain;
        }
        if role == Role::Barred {
            self.line_break(false);
            role = if self.is_introduced(&tag.name) { Role::Quote } else { role };
        }
        if matches!(role, Role::Rest) {
            self.line_break(false);
            if self.rest.is_none() && self.depth() == 0 {
                self.rest = Some(self.open.len());
            }
        }
        let void = tag.empty || VOID.contains(&tag.name.as_str());
        if void {
            return;
        }
        if matches!(role, Role::Plain | Role::Rest) || self.open.len() >= OPEN {
            if let Some(open) = self.open.iter_mut().rev().find(|open| open.name == tag.name) {
                open.nested = open.nested.saturating_add(1);
            }
            return;
        }
        if !role.is_sight() {
            self.line_break(false);
        }
        if role == Role::Quote
            && let Some(envelope) = self.open.last_mut().filter(|open| open.role == Role::Envelope && tag.name == "blockquote")
        {
            envelope.reached = true;
        }
        self.open.push(Open { name: tag.name.clone(), role, nested: 0, first: self.lines.len(), reached: false });
    }

    /// An element ends.
    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
        let Some(open) = self.open.get_mut(at) else { return };
        if open.nested > 0 {
            open.nested = open.nested.saturating_sub(1);
            return;
        }
        if !open.role.is_sight() {
            self.line_break(false);
        }
        let (role, first) = self.open.get(at).map_or((Role::Plain, 0), |open| (open.role, open.first));
        let headed = matches!(role, Role::Headed | Role::Titled);
        let inner: Vec<(usize, String)> = self.open.drain(at..).skip(1).filter(|open| open.role == Role::Barred).map(|open| (open.first, open.name)).collect();
        // What stands in it and was left open ends with it.
        inner.into_iter().for_each(|(first, name)| self.judge_bar(first, &name));
        self.rest = self.rest.filter(|rest| *rest <= at);
        if headed && self.rest.is_none() && self.depth() == 0 && self.holds_header(first, role) {
            self.lines.iter_mut().skip(first).for_each(|line| line.depth = line.depth.max(1));
            self.rest = Some(at);
        }
        if role == Role::Signature {
            self.end_signature(first);
        }
        if role == Role::Barred {
            self.judge_bar(first, name);
        }
    }

    /// Sets deeper what stands beside a bar from line `first` on, if it is a quotation.
    fn judge_bar(&mut self, first: usize, element: &str) {
        if self.is_copy(first, element) {
            self.lines.iter_mut().skip(first).for_each(|line| line.depth = line.depth.saturating_add(1).min(DEPTH));
        }
    }

    /// How deep the place is quoted.
    fn depth(&self) -> usize {
        let quotes = self.open.iter().filter(|open| open.role == Role::Quote).count();
        let introduced = quotes == 0 && self.open.iter().any(|open| open.role == Role::Envelope && !open.reached);
        quotes.saturating_add(usize::from(introduced)).saturating_add(usize::from(self.rest.is_some())).min(DEPTH)
    }

    /// Whether nobody sees what stands here.
    fn is_hidden(&self) -> bool {
        let size = self.open.iter().rev().find(|open| matches!(open.role, Role::Tiny | Role::Sized));
        size.is_some_and(|open| open.role == Role::Tiny) || self.open.iter().any(|open| open.role == Role::Hidden)
    }

    fn words(&mut self, words: &str) {
        if self.unseen == Some("style") && self.sheet.len().saturating_add(words.len()) <= style::SHEET {
            self.sheet.push_str(words);
        }
        if self.unseen.is_some() || self.is_hidden() {
            return;
        }
        let mut rest = words;
        while let Some(c) = rest.chars().next() {
            if matches!(c, ' ' | '\t' | '\r' | '\n') {
                if c == '\n' && self.preformatted > 0 {
                    self.line_break(true);
                }
                self.space = true;
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            if std::mem::take(&mut self.space) && !self.line.is_empty() {
                self.line.push(' ');
            }
            rest = self.word(rest, c);
        }
    }

    fn word<'a>(&mut self, rest: &'a str, c: char) -> &'a str {
        if c == '&'
            && let Some(end) = rest.bytes().take(34).position(|byte| byte == b';')
            && let Some((entity, after)) = rest.split_at_checked(end.saturating_add(1))
        {
            let before = self.line.len();
            add_html_token(&mut self.line, entity.as_bytes(), false);
            if self.line.get(before..).is_some_and(|added| matches!(added, "\u{a0}" | "\n" | "\r")) {
                self.line.truncate(before);
                self.line.push(' ');
            }
            return after;
        }
        let end = rest.find([' ', '\t', '\r', '\n', '&']).filter(|end| *end > 0).unwrap_or(if c == '&' { 1 } else { rest.len() });
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        self.line.push_str(word);
        after
    }

    fn line_break(&mut self, even_if_empty: bool) {
        self.space = false;
        let empty = self.line.trim().is_empty();
        if empty && !even_if_empty {
            // An element with nothing but a space that does not break is a blank line.
            if !std::mem::take(&mut self.line).is_empty() && !self.lines.is_empty() && !self.ends_blank() {
                self.push("", 0);
            }
            return;
        }
        if std::mem::take(&mut self.blank) && !self.lines.is_empty() && !self.ends_blank() {
            self.push("", 0);
        }
        let line = std::mem::take(&mut self.line);
        let line = line.trim_end();
        if !empty {
            self.note(line);
        }
        let depth = self.depth();
        self.push(line, depth);
    }

    /// What the first line of an element says of it.
    fn note(&mut self, line: &str) {
        let quoted = self.depth() > 0;
        // A forwarded mail: no answers of the writer stand in it.
        if let Some(envelope) = self.open.iter_mut().rev().find(|open| open.role == Role::Envelope && !open.reached && line.starts_with("--")) {
            envelope.role = Role::Quote;
        }
        if let Some(signature) = self.open.last_mut().filter(|open| open.role == Role::Signature && !open.reached && !quoted) {
            signature.reached = true;
            if !line.starts_with("--") && !self.ends_with_dashes() {
                self.push("--", 0);
            }
        }
    }

    fn push(&mut self, line: &str, depth: usize) {
        self.text.push_str(line);
        self.text.push('\n');
        self.lines.push(Line { end: self.text.len(), depth });
    }

    fn ends_with_dashes(&self) -> bool {
        self.text.trim_end().rsplit('\n').next().is_some_and(|line| line.trim() == "--")
    }

    fn ends_blank(&self) -> bool {
        self.text.ends_with("\n\n") || self.text == "\n"
    }

    fn finish(mut self) -> String {
        self.line_break(false);
        // What was never closed ends with the page.
        while let Some(open) = self.open.last_mut() {
            open.nested = 0;
            let name = open.name.clone();
            self.close(&name);
        }
        self.settle_signatures();
        let mut shown = String::with_capacity(self.text.len());
        let mut start = 0;
        for line in &self.lines {
            let written = self.text.get(start..line.end).unwrap_or_default();
            start = line.end;
            for _ in 0..line.depth {
                shown.push('>');
            }
            if line.depth > 0 && written != "\n" {
                shown.push(' ');
            }
            shown.push_str(written);
        }
        shown.trim().to_owned()
    }
}
