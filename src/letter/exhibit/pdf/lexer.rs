//! From bytes to objects (ISO 32000-1 §7.2, §7.3); for the file and for the content of its pages.

use super::object::{Dictionary, Object};
use crate::letter::exhibit::WithheldBecause::{self, Damaged, TooLarge};

/// Levels of lists within lists.
const DEPTH: usize = 32;
/// Bytes of a name or number (ISO 32000-1 annex C has 127 for names).
const WORD_BYTES: usize = 255;

/// Bytes, and how far they were read.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Objects that may still be read.
    left: usize,
}

/// An object, or a word that is none: `obj`, `endstream`, an operator.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    Object(Object),
    Word(&'a [u8]),
    End,
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Lexer<'a> {
    /// Reads `bytes` from `at` on, at most `left` objects.
    pub fn new(bytes: &'a [u8], at: usize, left: usize) -> Self {
        Self { bytes, at, left }
    }

    pub fn at(&self) -> usize {
        self.at
    }

    /// Objects that may still be read.
    pub fn left(&self) -> usize {
        self.left
    }

    /// Lets so many more objects be read.
    pub fn allow(&mut self, objects: usize) {
        self.left = objects;
    }

    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes).min(self.bytes.len());
    }

    /// Passes over blanks and comments.
    pub fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            match rest.first() {
                Some(b'%') => self.skip(rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len())),
                Some(byte) if is_blank(*byte) => self.skip(rest.iter().take_while(|byte| is_blank(**byte)).count()),
                _ => return,
            }
        }
    }

    /// The next object or word. References are read where `references` may stand: in a file, not in the content of a page.
    pub fn token(&mut self, references: bool) -> Result<Token<'a>, WithheldBecause> {
        self.nested(references, 0)
    }

    /// The next object.
    pub fn object(&mut self) -> Result<Object, WithheldBecause> {
        match self.token(true)? {
            Token::Object(object) => Ok(object),
            _ => Err(Damaged),
        }
    }

    /// Passes over that word.
    pub fn word(&mut self, word: &[u8]) -> Result<(), WithheldBecause> {
        match self.token(false)? {
            Token::Word(found) if found == word => Ok(()),
            _ => Err(Damaged),
        }
    }

    /// A whole number that counts something.
    pub fn count(&mut self) -> Result<usize, WithheldBecause> {
        match self.token(false)? {
            Token::Object(object) => object.count().ok_or(Damaged),
            _ => Err(Damaged),
        }
    }

    fn nested(&mut self, references: bool, depth: usize) -> Result<Token<'a>, WithheldBecause> {
        self.left = self.left.checked_sub(1).ok_or(TooLarge)?;
        self.blanks();
        let rest = self.rest();
        let object = match rest {
            [] => return Ok(Token::End),
            _ if depth > DEPTH => return Err(Damaged),
            [b'/', ..] => self.name()?,
            [b'(', ..] => self.text()?,
            [b'<', b'<', ..] => self.dictionary(references, depth)?,
            [b'<', ..] => self.hexadecimal()?,
            [b'[', ..] => self.array(references, depth)?,
            [b'{' | b'}', ..] => {
                self.skip(1);
                return Ok(Token::Word(rest.get(..1).unwrap_or_default()));
            }
            [b'+' | b'-' | b'.' | b'0'..=b'9', ..] => self.number(references)?,
            _ => return self.keyword(),
        };
        Ok(Token::Object(object))
    }

    fn run(&mut self) -> Result<&'a [u8], WithheldBecause> {
        let rest = self.rest();
        let length = rest.iter().take_while(|byte| !is_blank(**byte) && !is_delimiter(**byte)).count();
        self.skip(length);
        rest.get(..length).filter(|run| run.len() <= WORD_BYTES).ok_or(Damaged)
    }

    fn keyword(&mut self) -> Result<Token<'a>, WithheldBecause> {
        match self.run()? {
            b"" => Err(Damaged),
            b"true" => Ok(Token::Object(Object::Boolean(true))),
            b"false" => Ok(Token::Object(Object::Boolean(false))),
            b"null" => Ok(Token::Object(Object::Null)),
            word => Ok(Token::Word(word)),
        }
    }

    fn name(&mut self) -> Result<Object, WithheldBecause> {
        self.skip(1);
        let (written, mut name) = (self.run()?, Vec::new());
        let mut bytes = written.iter();
        while let Some(byte) = bytes.next() {
            match (byte, bytes.as_slice()) {
                (b'#', [high, low, ..]) => {
                    name.push(digit(*high).ok_or(Damaged)? << 4 | digit(*low).ok_or(Damaged)?);
                    bytes.nth(1);
                }
                (b'#', _) => return Err(Damaged),
                _ => name.push(*byte),
            }
        }
        Ok(Object::Name(name))
    }

    fn number(&mut self, references: bool) -> Result<Object, WithheldBecause> {
        let written = self.run()?;
        let digits = written.strip_prefix(b"-").or_else(|| written.strip_prefix(b"+")).unwrap_or(written);
        let points = digits.iter().filter(|byte| **byte == b'.').count();
        if points > 1 || digits.len() <= points || digits.len() > 40 || !digits.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') {
            return Err(Damaged);
        }
        let number = Object::Number(written.to_vec());
        let reference = references.then(|| self.reference(&number)).flatten();
        Ok(reference.unwrap_or(number))
    }

    /// A number that is the first one of `12 0 R`.
    fn reference(&mut self, number: &Object) -> Option<Object> {
        let number = u32::try_from(number.count()?).ok()?;
        let rest = self.rest();
        let blanks = rest.iter().take(4).take_while(|byte| is_blank(**byte)).count();
        let rest = rest.get(blanks..).filter(|_| blanks > 0)?;
        let digits = rest.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
        let generation = std::str::from_utf8(rest.get(..digits)?).ok()?.parse().ok()?;
        let rest = rest.get(digits..)?;
        let more = rest.iter().take(4).take_while(|byte| is_blank(**byte)).count();
        let ends = rest.get(more.saturating_add(1)).is_none_or(|byte| is_blank(*byte) || is_delimiter(*byte));
        if more == 0 || rest.get(more) != Some(&b'R') || !ends {
            return None;
        }
        self.skip(blanks.saturating_add(digits).saturating_add(more).saturating_add(1));
        Some(Object::Reference((number, generation)))
    }

    fn text(&mut self) -> Result<Object, WithheldBecause> {
        self.skip(1);
        let (mut text, mut open) = (Vec::new(), 1usize);
        let mut bytes = self.rest().iter();
        loop {
            let byte = *bytes.next().ok_or(Damaged)?;
            match byte {
                b'(' => open = open.saturating_add(1),
                b')' => open = open.saturating_sub(1),
                b'\\' => {
                    escaped(&mut bytes, &mut text)?;
                    continue;
                }
                b'\r' => {
                    if bytes.as_slice().first() == Some(&b'\n') {
                        bytes.next();
                    }
                    text.push(b'\n');
                    continue;
                }
                _ => {}
            }
            if open == 0 {
                self.at = self.bytes.len().saturating_sub(bytes.as_slice().len());
                return Ok(Object::Text(text));
            }
            text.push(byte);
        }
    }

    fn hexadecimal(&mut self) -> Result<Object, WithheldBecause> {
        self.skip(1);
        let rest = self.rest();
        let end = rest.iter().position(|byte| *byte == b'>').ok_or(Damaged)?;
        let digits = rest.iter().take(end).filter(|byte| !is_blank(**byte)).map(|byte| digit(*byte));
        let digits: Vec<u8> = digits.collect::<Option<_>>().ok_or(Damaged)?;
        self.skip(end.saturating_add(1));
        Ok(Object::Text(digits.chunks(2).map(|pair| pair.first().map_or(0, |high| high << 4) | pair.get(1).copied().unwrap_or(0)).collect()))
    }

    fn array(&mut self, references: bool, depth: usize) -> Result<Object, WithheldBecause> {
        self.skip(1);
        let mut items = Vec::new();
        loop {
            self.blanks();
            if self.rest().first() == Some(&b']') {
                self.skip(1);
                return Ok(Object::Array(items));
            }
            match self.nested(references, depth.saturating_add(1))? {
                Token::Object(object) => items.push(object),
                _ => return Err(Damaged),
            }
        }
    }

    fn dictionary(&mut self, references: bool, depth: usize) -> Result<Object, WithheldBecause> {
        self.skip(2);
        let mut entries = Dictionary::new();
        loop {
            self.blanks();
            if self.rest().starts_with(b">>") {
                self.skip(2);
                return Ok(Object::Dictionary(entries));
            }
            let Token::Object(Object::Name(key)) = self.nested(references, depth.saturating_add(1))? else { return Err(Damaged) };
            let Token::Object(value) = self.nested(references, depth.saturating_add(1))? else { return Err(Damaged) };
            if entries.insert(key, value).is_some() {
                return Err(Damaged);
            }
        }
    }
}

/// What follows a backslash (ISO 32000-1 table 3).
fn escaped(bytes: &mut std::slice::Iter<'_, u8>, text: &mut Vec<u8>) -> Result<(), WithheldBecause> {
    match *bytes.next().ok_or(Damaged)? {
        b'n' => text.push(b'\n'),
        b'r' => text.push(b'\r'),
        b't' => text.push(b'\t'),
        b'b' => text.push(8),
        b'f' => text.push(12),
        b'\n' => {}
        b'\r' => {
            if bytes.as_slice().first() == Some(&b'\n') {
                bytes.next();
            }
        }
        first @ b'0'..=b'7' => {
            let mut code = u32::from(first & 7);
            for _ in 0..2 {
                let Some(next @ b'0'..=b'7') = bytes.as_slice().first() else { break };
                code = code << 3 | u32::from(next & 7);
                bytes.next();
            }
            text.push(u8::try_from(code & 255).unwrap_or_default());
        }
        other => text.push(other),
    }
    Ok(())
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
