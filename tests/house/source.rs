//! Rust source as far as the checks need it: words and marks without comments and literals, and the paths they form.

/// One file.
pub struct Source {
    /// Relative to `src/`.
    pub path: String,
    /// As it stands.
    pub text: String,
    /// Without comments; a literal is the single token `"`.
    pub tokens: Vec<Token>,
}

/// A word or a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    /// From 1.
    pub line: usize,
    /// Whether it is only compiled for tests.
    pub test: bool,
}

/// A path such as `crate::letter::Letter`, one for each leaf of a `use` tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub segments: Vec<String>,
    pub line: usize,
    pub test: bool,
    /// Whether it is a `pub use`.
    pub exported: bool,
}

impl Source {
    /// Reads a file.
    pub fn read(path: &str, text: &str) -> Source {
        let mut tokens = tokens(text);
        let all = path.ends_with("tests.rs") || path.contains("/tests/");
        mark_tests(&mut tokens, all);
        Source { path: path.to_owned(), text: text.to_owned(), tokens }
    }

    /// The module that the file is: `letter/html.rs` is `["letter", "html"]`, `lib.rs` is `[]`.
    pub fn module(&self) -> Vec<String> {
        let stem = self.path.trim_end_matches(".rs").trim_end_matches("/mod");
        if stem == "lib" { Vec::new() } else { stem.split('/').map(str::to_owned).collect() }
    }

    /// The room that the file belongs to: the first module under the crate.
    pub fn room(&self) -> String {
        self.module().first().cloned().unwrap_or_else(|| "lib".to_owned())
    }

    /// Every path in the file.
    pub fn paths(&self) -> Vec<Named> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let token = &self.tokens[at];
            if token.text == "use" {
                let exported = at > 0 && matches!(self.tokens[at - 1].text.as_str(), "pub" | ")");
                let mut leaves = Vec::new();
                at = self.tree(at + 1, &[], &mut leaves);
                found.extend(leaves.into_iter().map(|segments| Named { segments, line: token.line, test: token.test, exported }));
            } else if token.is_word() && self.text_at(at + 1) == "::" && (at == 0 || self.text_at(at - 1) != "::") {
                let mut segments = vec![token.text.clone()];
                while self.text_at(at + 1) == "::" && self.tokens.get(at + 2).is_some_and(Token::is_word) {
                    segments.push(self.tokens[at + 2].text.clone());
                    at += 2;
                }
                found.push(Named { segments, line: token.line, test: token.test, exported: false });
                at += 1;
            } else {
                at += 1;
            }
        }
        found
    }

    /// The same path from the root of the crate; `None` if it does not begin in this crate. `modules` are all that exist.
    pub fn absolute(&self, named: &Named, modules: &[Vec<String>]) -> Option<Vec<String>> {
        let mut here = self.module();
        let mut rest = named.segments.as_slice();
        let mut within = named.test && !self.path.ends_with("tests.rs");
        match rest.first().map(String::as_str)? {
            "crate" => return Some(rest[1..].to_vec()),
            "elitige" if self.path == "main.rs" => return Some(rest[1..].to_vec()),
            "self" => rest = &rest[1..],
            "super" => {
                while rest.first().is_some_and(|segment| segment == "super") {
                    // Tests stand in a module within the file: their first `super` is the file itself.
                    if !std::mem::take(&mut within) {
                        here.pop();
                    }
                    rest = &rest[1..];
                }
            }
            child => {
                let mut below = here.clone();
                below.push(child.to_owned());
                if self.path == "lib.rs" || self.path == "main.rs" || !modules.contains(&below) {
                    return None;
                }
            }
        }
        here.extend_from_slice(rest);
        Some(here)
    }

    pub fn text_at(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text.as_str())
    }

    /// The position after the bracket that closes the one at `open`.
    pub fn after(&self, open: usize) -> usize {
        after(&self.tokens, open)
    }

    fn tree(&self, mut at: usize, before: &[String], leaves: &mut Vec<Vec<String>>) -> usize {
        let mut path = before.to_vec();
        loop {
            match self.text_at(at) {
                "{" => {
                    at += 1;
                    while self.text_at(at) != "}" && at < self.tokens.len() {
                        at = self.tree(at, &path, leaves);
                    }
                    at += 1;
                    if self.text_at(at) == "," {
                        at += 1;
                    }
                    return at;
                }
                "," | ";" | "" => {
                    leaves.push(path);
                    return at + 1;
                }
                "}" => {
                    leaves.push(path);
                    return at;
                }
                "::" => at += 1,
                "as" => at += 2,
                "self" if !path.is_empty() => at += 1,
                word => {
                    path.push(word.to_owned());
                    at += 1;
                }
            }
        }
    }
}

impl Token {
    /// Whether it is an identifier or keyword.
    pub fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

fn after(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth -= 1,
            _ => (),
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// Marks what stands under `#[cfg(test)]`: up to the end of the next item.
fn mark_tests(tokens: &mut [Token], all: bool) {
    tokens.iter_mut().for_each(|token| token.test = all);
    let mut at = 0;
    while at < tokens.len() {
        let is_attribute =
            ["#", "[", "cfg", "(", "test", ")", "]"].iter().enumerate().all(|(offset, text)| tokens.get(at + offset).is_some_and(|token| token.text == *text));
        if !is_attribute {
            at += 1;
            continue;
        }
        let mut end = at + 7;
        while end < tokens.len() && !matches!(tokens[end].text.as_str(), "{" | ";") {
            end = if matches!(tokens[end].text.as_str(), "(" | "[") { after(tokens, end) } else { end + 1 };
        }
        end = if end < tokens.len() && tokens[end].text == "{" { after(tokens, end) } else { (end + 1).min(tokens.len()) };
        tokens[at..end].iter_mut().for_each(|token| token.test = true);
        at = end;
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let end = match (chars[at], chars.get(at + 1)) {
            (c, _) if c.is_whitespace() => at + 1,
            ('/', Some('/')) => position(&chars, at, |c| c == '\n'),
            ('/', Some('*')) => comment(&chars, at),
            ('"', _) => quoted(&chars, at),
            ('\'', _) => character(&chars, at),
            ('r' | 'b' | 'c', _) if literal_prefix(&chars, at).is_some() => literal_prefix(&chars, at).unwrap(),
            (':', Some(':')) => at + 2,
            (c, _) if c.is_alphanumeric() || c == '_' => position(&chars, at, |c| !(c.is_alphanumeric() || c == '_')),
            _ => at + 1,
        };
        let piece: String = chars[at..end].iter().collect();
        let literal = piece.ends_with(['"', '#']) && piece.len() > 1 || piece.starts_with('\'') || piece.starts_with("b'");
        if literal {
            found.push(Token { text: "\"".to_owned(), line, test: false });
        } else if !piece.starts_with("//") && !piece.starts_with("/*") && !piece.trim().is_empty() {
            found.push(Token { text: piece.clone(), line, test: false });
        }
        line += piece.matches('\n').count();
        at = end;
    }
    found
}

fn position(chars: &[char], from: usize, is_end: impl Fn(char) -> bool) -> usize {
    chars[from..].iter().position(|c| is_end(*c)).map_or(chars.len(), |offset| from + offset)
}

fn comment(chars: &[char], from: usize) -> usize {
    let (mut at, mut depth) = (from, 0);
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => (at, depth) = (at + 2, depth + 1),
            ('*', '/') => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn quoted(chars: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// A character, or the quotation mark of a lifetime.
fn character(chars: &[char], from: usize) -> usize {
    match (chars.get(from + 1), chars.get(from + 2)) {
        (Some('\\'), _) => position(chars, from + 3, |c| c == '\'') + 1,
        (Some(_), Some('\'')) => from + 3,
        _ => position(chars, from + 1, |c| !(c.is_alphanumeric() || c == '_')),
    }
}

/// The end of `r"…"`, `br#"…"#`, `b"…"`, `b'…'`, `c"…"` at `from`, if there is one.
fn literal_prefix(chars: &[char], from: usize) -> Option<usize> {
    if from > 0 && (chars[from - 1].is_alphanumeric() || chars[from - 1] == '_') {
        return None;
    }
    let start = position(chars, from, |c| !matches!(c, 'r' | 'b' | 'c'));
    let raw = chars[from..start].contains(&'r');
    let hashes = if raw { position(chars, start, |c| c != '#') - start } else { 0 };
    match chars.get(start + hashes) {
        Some('"') if raw => {
            let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
            let body = start + hashes + 1;
            let offset = chars[body..].windows(close.len()).position(|window| window == close)?;
            Some(body + offset + close.len())
        }
        Some('"') if start - from == 1 => Some(quoted(chars, start)),
        Some('\'') if chars[from] == 'b' && start - from == 1 => Some(character(chars, start)),
        _ => None,
    }
}

#[test]
fn comments_and_literals_say_nothing() {
    let source = Source::read(
        "a.rs",
        "// unsafe\n/* unsafe /* unsafe */ */ let x: &'a str = \"unsafe \\\" unsafe\"; r#\"unsafe\"#; b'u'; '\\''; 'u'; br\"unsafe\"; go(x)",
    );
    let words: Vec<&str> = source.tokens.iter().filter(|token| token.is_word()).map(|token| token.text.as_str()).collect();
    assert_eq!(words, ["let", "x", "str", "go", "x"]);
}

#[test]
fn paths_are_found_in_trees_and_in_code() {
    let source = Source::read(
        "a/b.rs",
        "pub use crate::{c::{D, e::{self, F}}, g as h};\nfn x() -> super::I { crate::j::k(); y::<Z>() }\n#[cfg(test)]\nmod tests { use super::*; }",
    );
    let found: Vec<String> =
        source.paths().iter().map(|named| format!("{}{}", named.segments.join("::"), if named.test { " in a test" } else { "" })).collect();
    assert_eq!(found, ["crate::c::D", "crate::c::e", "crate::c::e::F", "crate::g", "super::I", "crate::j::k", "y", "super::* in a test"]);
}
