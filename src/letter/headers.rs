//! The raw header block of a mail, as a strict verifier sees it: which fields stand there, and what is odd about them.

use std::borrow::Cow;

/// One raw field. The value still has its folds and encoded words.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawField<'a> {
    /// What stands before the colon, as written.
    pub name: &'a [u8],
    /// What stands after it.
    pub value: &'a [u8],
    /// The field as it stands, with its folds and the end of its last line.
    pub whole: &'a [u8],
}

/// The fields of a mail in their order.
#[derive(Debug, Default)]
pub(super) struct RawHeaders<'a> {
    /// Topmost first.
    pub fields: Vec<RawField<'a>>,
    /// Size of the block with the empty line that ends it.
    pub bytes: usize,
    /// Where the first line begins that is neither a field nor a continuation.
    pub stray_at: Option<usize>,
    /// Whether a carriage return stands without its line feed.
    pub bare_cr: bool,
    /// Whether a NUL stands in it.
    pub nul: bool,
}

impl RawField<'_> {
    /// Whether the field is `name` (RFC 5322 §2.2 exactly: no blanks, no controls; letters in any case).
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    /// Whether some reader of mail might take the field for `name`: blanks, controls and colons are overlooked, and what stands in the lines before.
    pub fn may_be(&self, name: &str) -> bool {
        let is_called = |written: &[u8]| {
            let plain = written.iter().filter(|byte| byte.is_ascii_graphic() && **byte != b':').map(u8::to_ascii_lowercase);
            plain.eq(name.bytes().map(|byte| byte.to_ascii_lowercase()))
        };
        let last = self.name.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        is_called(self.name) || last.len() < self.name.len() && is_called(last)
    }

    /// The value without its folds, trimmed.
    pub fn unfolded(&self) -> Cow<'_, str> {
        let text = String::from_utf8_lossy(self.value);
        match text.contains(['\r', '\n']) {
            true => Cow::Owned(text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect::<String>().trim().to_owned()),
            false => Cow::Owned(text.trim().to_owned()),
        }
    }
}

impl<'a> RawHeaders<'a> {
    /// Reads the block at the head of `mail`; stops after `most` fields.
    pub fn scan(mail: &'a [u8], most: usize) -> Self {
        let mut headers = RawHeaders::default();
        let mut at = 0usize;
        let mut began: Option<usize> = None;
        for (number, line) in mail.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let end = at.saturating_add(line.len());
            let content = trim_line_end(line);
            let continues = began.is_some() && matches!(content.first(), Some(b' ' | b'\t'));
            if content.is_empty() {
                headers.take(mail, began.take(), at);
                headers.bytes = end;
                headers.look(mail);
                return headers;
            }
            let envelope = number == 0 && is_envelope(content);
            if !continues && !envelope {
                headers.take(mail, began.take(), at);
                began = Some(at);
            }
            at = end;
            if headers.fields.len() >= most {
                break;
            }
        }
        headers.take(mail, began, at);
        headers.bytes = at;
        headers.look(mail);
        headers
    }

    /// The fields called `name`, topmost first.
    pub fn named<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s RawField<'a>> {
        self.fields.iter().filter(move |field| field.is(name))
    }

    /// The unfolded value of the topmost field called `name`.
    pub fn first(&self, name: &str) -> Option<String> {
        self.named(name).next().map(|field| field.unfolded().into_owned())
    }

    /// Whether there is a field called `name`.
    pub fn has(&self, name: &str) -> bool {
        self.named(name).next().is_some()
    }

    fn take(&mut self, mail: &'a [u8], began: Option<usize>, end: usize) {
        let Some(line) = began.and_then(|began| mail.get(began..end)) else { return };
        match line.iter().skip(1).position(|byte| *byte == b':').map(|at| at.saturating_add(1)) {
            Some(colon) => {
                let (name, value) = line.split_at(colon);
                self.fields.push(RawField { whole: line, name, value: trim_line_end(value.get(1..).unwrap_or_default()) });
            }
            None => self.stray_at = self.stray_at.or(began),
        }
    }

    fn look(&mut self, mail: &[u8]) {
        let block = mail.get(..self.bytes).unwrap_or(mail);
        self.nul = block.contains(&0);
        self.bare_cr = block.windows(2).any(|pair| matches!(pair, [b'\r', next] if *next != b'\n'));
    }
}

/// Whether a line is what mailbox files put before a mail, "From leila Mon Mar 23", and no field.
fn is_envelope(line: &[u8]) -> bool {
    let rest = line.strip_prefix(b">").unwrap_or(line).strip_prefix(b"From ");
    rest.is_some_and(|rest| !rest.trim_ascii_start().starts_with(b":"))
}

fn trim_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_in_their_order_with_their_folds() {
        let headers = RawHeaders::scan(b"From x\nA: 1\r\n 2\r\nFrom\n : <a@b>\nb: 3\nstray\n\nbody: no\n", 100);
        assert_eq!(headers.fields.len(), 3);
        assert_eq!(headers.first("a").unwrap(), "1 2");
        assert!(headers.fields.iter().any(|field| field.may_be("From") && !field.is("From")));
        assert_eq!(headers.stray_at, Some(36));
        assert!(!headers.has("body"));
    }

    #[test]
    fn a_mail_without_a_body_and_an_empty_one_are_read() {
        assert_eq!(RawHeaders::scan(b"A: 1", 10).fields.len(), 1);
        assert_eq!(RawHeaders::scan(b"", 10).fields.len(), 0);
        assert!(RawHeaders::scan(b"A: 1\r2\n\n", 10).bare_cr);
    }
}
