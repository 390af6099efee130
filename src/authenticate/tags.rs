//! Tag lists, `a=b; c=d` (RFC 6376 §3.2), read strictly: mail-auth lets pass what the RFC calls an error.

/// The tags of one list.
pub struct Tags(Vec<(String, String)>);

impl Tags {
    /// Reads a list; `None` if a name is malformed or given twice, or a tag is empty.
    pub fn parse(list: &[u8]) -> Option<Tags> {
        let list = String::from_utf8_lossy(list);
        let mut tags: Vec<(String, String)> = Vec::new();
        let mut specs = list.split(';').peekable();
        while let Some(spec) = specs.next() {
            if spec.trim().is_empty() && specs.peek().is_none() && !tags.is_empty() {
                break;
            }
            let (name, value) = spec.split_once('=')?;
            let name = name.trim();
            let well_formed = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !well_formed || tags.iter().any(|(known, _)| known == name) {
                return None;
            }
            tags.push((name.to_owned(), value.trim().to_owned()));
        }
        Some(Tags(tags))
    }

    /// The value of `name`, without white space at its ends.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether each of `names` has a value.
    pub fn have(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.get(name).is_some_and(|value| !value.is_empty()))
    }

    /// The entries of a value that is a list of its own, `a:b:c`.
    pub fn entries(&self, name: &str) -> Option<impl Iterator<Item = &str>> {
        self.get(name).map(|value| value.split(':').map(str::trim))
    }

    /// Whether `name` is absent or a number.
    pub fn is_number_if_given(&self, name: &str) -> bool {
        self.get(name).is_none_or(|value| !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read() {
        let tags = Tags::parse(b" v=1; h=From : To;\r\n\tt = 5 ;").unwrap();
        assert_eq!(tags.get("v"), Some("1"));
        assert_eq!(tags.entries("h").unwrap().collect::<Vec<_>>(), ["From", "To"]);
        assert!(tags.is_number_if_given("t") && tags.is_number_if_given("x") && !tags.is_number_if_given("h"));
        assert!(tags.have(&["v", "h"]) && !tags.have(&["b"]));
    }

    #[test]
    fn what_the_rfc_calls_an_error_is_one() {
        for bad in ["", ";", "v=1;;b=2", "v=1; v=1", "=1", "a b=1", "v", "1v=2", ";v=1"] {
            assert!(Tags::parse(bad.as_bytes()).is_none(), "{bad:?}");
        }
    }
}
