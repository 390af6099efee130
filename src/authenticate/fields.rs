//! The fields of a mail's head, in their order, as nobody could take them for anything else.

/// One field: its name as written, and its value with its folds.
pub struct Field<'a> {
    name: &'a [u8],
    /// What stands after the colon, without the end of the last line.
    pub value: &'a [u8],
}

impl Field<'_> {
    /// Whether the field is `name`, or a lenient program could take it for that, as in `Subject :`.
    pub fn may_be(&self, name: &str) -> bool {
        self.name.trim_ascii().eq_ignore_ascii_case(name.as_bytes())
    }

    /// Whether nothing but letters of another case tells it from `name`.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }
}

/// The fields of `mail`, topmost first; `None` if any line of its head is neither a field nor the continuation of one.
pub fn fields(mail: &[u8]) -> Option<Vec<Field<'_>>> {
    let mut fields = Vec::new();
    let mut began: Option<usize> = None;
    let mut at = 0usize;
    for line in mail.split_inclusive(|byte| *byte == b'\n') {
        let continues = matches!(line.first(), Some(b' ' | b'\t'));
        if !continues && let Some(began) = began {
            fields.push(field(mail.get(began..at)?)?);
        }
        match continues {
            _ if matches!(line, b"\r\n" | b"\n") => return Some(fields),
            true => began.map(|_| ())?,
            false => began = Some(at),
        }
        at = at.saturating_add(line.len());
    }
    if let Some(began) = began {
        fields.push(field(mail.get(began..)?)?);
    }
    Some(fields)
}

fn field(line: &[u8]) -> Option<Field<'_>> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = line.split_at(colon);
    let plain = name.trim_ascii_end();
    let sound = !plain.is_empty() && plain.iter().all(u8::is_ascii_graphic);
    sound.then(|| Field { name, value: value.get(1..).unwrap_or_default().trim_ascii_end() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_taken_apart_or_not_at_all() {
        let read = fields(b"A: 1\r\n 2\r\nB : 3\r\n\r\nC: 4\r\n").unwrap();
        assert_eq!(read.len(), 2);
        assert!(read[0].is("a") && read[0].value == b" 1\r\n 2" && read[1].may_be("b") && !read[1].is("b"));
        assert_eq!(fields(b"A: 1").map(|read| read.len()), Some(1));
        for bad in [&b" A: 1\r\n\r\n"[..], b"A\r\nB: 1\r\n\r\n", b": 1\r\n\r\n", b"From a@b at 10:00\r\nA: 1\r\n\r\n"] {
            assert!(fields(bad).is_none(), "{bad:?}");
        }
    }
}
