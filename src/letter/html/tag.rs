//! One tag of HTML: its name and those attributes that say what a mail program means by it.

/// A tag.
pub(super) struct Tag<'a> {
    /// Its name in lower case.
    pub name: String,
    /// Whether it closes an element.
    pub closes: bool,
    /// Whether it is written as empty: `<br/>`.
    pub empty: bool,
    attributes: &'a str,
}

/// Bytes of one tag whose attributes are looked at.
const ATTRIBUTE_BYTES: usize = 4 << 10;
/// Letters of a name that are looked at.
const NAME_CHARS: usize = 12;

impl<'a> Tag<'a> {
    /// Takes the tag from the head of `inside`, which follows `<`; with what comes after it. `None` if it never ends.
    ///
    /// `quotes` says whether a `>` within quotation marks belongs to a value. It is cleared where a quotation mark never ends,
    /// so that a page is searched to its end once only.
    pub fn take(inside: &'a str, quotes: &mut bool) -> Option<(Tag<'a>, &'a str)> {
        let end = match quotes.then(|| quoted_end(inside)) {
            Some(Some(end)) => end,
            Some(None) => {
                *quotes = false;
                inside.find('>')?
            }
            None => inside.find('>')?,
        };
        let (tag, after) = inside.split_at_checked(end)?;
        let after = after.get(1..).unwrap_or_default();
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let length = tag.bytes().take(NAME_CHARS).take_while(u8::is_ascii_alphanumeric).count();
        let (name, attributes) = tag.split_at_checked(length).unwrap_or((tag, ""));
        let attributes = super::super::content::clip(attributes, ATTRIBUTE_BYTES);
        Some((Tag { name: name.to_ascii_lowercase(), closes, empty: tag.ends_with('/'), attributes }, after))
    }

    /// Whether it may say that it is not shown: most say nothing of the kind.
    pub fn may_hide(&self) -> bool {
        let mut windows = self.attributes.as_bytes().windows(5);
        windows.any(|window| window.eq_ignore_ascii_case(b"style") || window.eq_ignore_ascii_case(b"hidde"))
    }

    /// Its attributes: names and values in lower case.
    pub fn attributes(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut rest = self.attributes;
        while found.len() < 30 {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\''));
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
            let (name, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            if name.is_empty() && after.is_empty() {
                break;
            }
            let (value, after) = match after.trim_start().strip_prefix('=') {
                Some(value) => self::value(value.trim_start()),
                None => ("", after),
            };
            found.push((name.to_ascii_lowercase(), value.to_ascii_lowercase()));
            rest = after;
        }
        found
    }
}

/// The value at the head of `text`, with what follows it.
fn value(text: &str) -> (&str, &str) {
    for mark in ['"', '\''] {
        if let Some(text) = text.strip_prefix(mark) {
            return text.split_once(mark).unwrap_or((text, ""));
        }
    }
    text.split_at_checked(text.find(char::is_whitespace).unwrap_or(text.len())).unwrap_or((text, ""))
}

/// Where the tag ends if what stands in quotation marks after `=` belongs to its values. `None` if a quotation mark never ends.
fn quoted_end(inside: &str) -> Option<usize> {
    let (mut quote, mut last) = (None, b' ');
    for (at, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') if last == b'=' => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Tag;

    #[test]
    fn attributes_are_read_however_they_are_written() {
        let mut quotes = true;
        let (tag, after) = Tag::take("DIV class='a b' Id=x title=\"1 > 0\" hidden data-marker = \"__Q__\">rest", &mut quotes).unwrap();
        assert_eq!((tag.name.as_str(), tag.closes, after), ("div", false, "rest"));
        let expected = [("class", "a b"), ("id", "x"), ("title", "1 > 0"), ("hidden", ""), ("data-marker", "__q__")];
        assert_eq!(tag.attributes(), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn a_quotation_mark_that_never_ends_swallows_no_page() {
        let mut quotes = true;
        let (tag, after) = Tag::take("a href=\"x>text", &mut quotes).unwrap();
        assert_eq!((tag.name.as_str(), after, quotes), ("a", "text", false));
        assert!(Tag::take("a href=", &mut quotes).is_none());
        for odd in ["=>", "/>", "a =>", "a / = 'x>", "é=\"ü\">"] {
            let _ = Tag::take(odd, &mut true).map(|(tag, _)| tag.attributes());
        }
    }
}
