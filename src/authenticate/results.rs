//! Authentication-Results (RFC 8601 §2.2), read strictly: whatever the grammar does not allow is no result at all.

use super::verdict::Method;
use mail_auth::common::to_a_label;

/// Longest field that is read; servers write a few hundred bytes.
const LONGEST: usize = 16 << 10;

/// Most results of one field that are looked at; each aligned one may cost look-ups.
const MOST: usize = 20;

/// What one server found out.
pub struct Results {
    /// Its authserv-id, in lower case.
    pub server: String,
    reports: Vec<Report>,
}

struct Report {
    method: String,
    result: String,
    properties: Vec<(String, String)>,
}

impl Results {
    /// Reads the value of a field.
    pub fn parse(value: &[u8]) -> Option<Results> {
        let mut scanner = Scanner::new(value)?;
        scanner.blank()?;
        let server = scanner.word()?.to_lowercase();
        let apart = scanner.blank()?;
        if !scanner.is_at(b';') {
            // A version that is not the first may mean anything (RFC 8601 §2.3).
            if !apart || scanner.word()? != "1" {
                return None;
            }
            scanner.blank()?;
        }
        let mut reports = Vec::new();
        while scanner.take(b';') {
            scanner.blank()?;
            let method = scanner.word()?.to_lowercase();
            scanner.blank()?;
            if method == "none" && reports.is_empty() && scanner.is_empty() {
                return Some(Results { server, reports });
            }
            reports.push(scanner.report(method)?);
            if reports.len() > MOST {
                return None;
            }
        }
        (scanner.is_empty() && !reports.is_empty()).then_some(Results { server, reports })
    }

    /// By which method the server says that `domain` stands for the mail, and the domains of which one must then speak for `domain`.
    ///
    /// DMARC speaks if it passed, once, for exactly that domain; signatures only where DMARC says nothing at all. Any other word is not a pass.
    pub fn speakers(&self, domain: &str) -> Option<(Method, Vec<String>)> {
        let mut dmarc = self.of("dmarc")?.into_iter();
        match (dmarc.next(), dmarc.next()) {
            (Some(only), None) if only.result == "pass" => {
                let from = only.property("header.from")??;
                (plain(from) == plain(domain)).then(|| (Method::Dmarc, vec![plain(domain)]))
            }
            (Some(only), None) if only.result != "none" => None,
            (_, None) => {
                let passed: Vec<&Report> = self.of("dkim")?.into_iter().filter(|report| report.result == "pass").collect();
                let signers: Option<Vec<String>> = passed.into_iter().map(Report::signer).collect();
                signers.filter(|signers| !signers.is_empty()).map(|signers| (Method::Dkim, signers))
            }
            (_, Some(_)) => None,
        }
    }

    /// The reports of `method`; `None` if one is of a version that is not known.
    fn of(&self, method: &str) -> Option<Vec<&Report>> {
        let mut found = Vec::new();
        for report in &self.reports {
            let (name, version) = report.method.split_once('/').unwrap_or((&report.method, "1"));
            if name == method {
                found.push((version == "1").then_some(report)?);
            }
        }
        Some(found)
    }
}

impl Report {
    /// The value of a property; the outer `None` if it is given twice.
    fn property(&self, name: &str) -> Option<Option<&str>> {
        let mut values = self.properties.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let first = values.next();
        values.next().is_none().then_some(first)
    }

    /// The domain that signed: `header.d`, or that of `header.i`, which must not lie outside the first.
    fn signer(&self) -> Option<String> {
        let domain = self.property("header.d")?.map(plain);
        let identity = match self.property("header.i")? {
            Some(identity) => Some(plain(identity.rsplit_once('@')?.1)),
            None => None,
        };
        match (domain, identity) {
            (Some(domain), Some(identity)) => {
                let within = identity.strip_suffix(domain.as_str()).is_some_and(|before| before.is_empty() || before.ends_with('.'));
                within.then_some(domain)
            }
            (domain, identity) => domain.or(identity),
        }
        .filter(|domain| !domain.is_empty())
    }
}

/// A domain as it is compared.
fn plain(domain: &str) -> String {
    to_a_label(&domain.to_lowercase()).into_owned()
}

/// Reads a field from its beginning to its end, each byte once.
pub(super) struct Scanner<'a> {
    rest: &'a [u8],
}

impl<'a> Scanner<'a> {
    /// A scanner at the beginning of `value`; `None` if bytes stand in it that no field may have.
    pub fn new(value: &'a [u8]) -> Option<Self> {
        let sound = |byte: &u8| !byte.is_ascii_control() || matches!(byte, b'\t' | b'\r' | b'\n');
        (value.len() <= LONGEST && value.iter().all(sound)).then_some(Self { rest: value })
    }

    /// `=result`, then reasons and properties up to the next `;`.
    fn report(&mut self, method: String) -> Option<Report> {
        if !self.take(b'=') {
            return None;
        }
        self.blank()?;
        let result = self.word()?.to_lowercase();
        let mut apart = self.blank()?;
        let mut properties = Vec::new();
        while !self.is_empty() && !self.is_at(b';') {
            let name = self.word().filter(|_| apart)?.to_lowercase();
            let known = name == "reason" || name.split_once('.').is_some_and(|(kind, property)| !kind.is_empty() && !property.is_empty());
            self.blank()?;
            if !known || !self.take(b'=') {
                return None;
            }
            self.blank()?;
            let value = self.value()?;
            apart = self.blank()?;
            properties.push((name, value));
        }
        Some(Report { method, result, properties })
    }

    /// White space and comments, which may be nested; says whether there were any. `None` if a comment does not end.
    pub fn blank(&mut self) -> Option<bool> {
        let before = self.rest.len();
        let mut depth = 0usize;
        while let Some((first, rest)) = self.rest.split_first() {
            match first {
                b'(' => depth = depth.saturating_add(1),
                b')' if depth > 0 => depth = depth.saturating_sub(1),
                b'\\' if depth > 0 => {
                    self.rest = rest.get(1..)?;
                    continue;
                }
                b' ' | b'\t' | b'\r' | b'\n' => {}
                _ if depth > 0 => {}
                _ => break,
            }
            self.rest = rest;
        }
        (depth == 0).then_some(self.rest.len() < before)
    }

    /// A token, or a quoted string without its quotes.
    pub fn word(&mut self) -> Option<String> {
        self.run(|byte| byte.is_ascii_graphic() && !matches!(byte, b'(' | b')' | b'<' | b'>' | b',' | b';' | b'\\' | b'"' | b'='))
    }

    /// The value of a property; servers write signatures into it without quoting them.
    fn value(&mut self) -> Option<String> {
        self.run(|byte| byte.is_ascii_graphic() && !matches!(byte, b'(' | b')' | b'<' | b'>' | b',' | b';' | b'\\' | b'"'))
    }

    fn run(&mut self, belongs: impl Fn(u8) -> bool) -> Option<String> {
        if self.take(b'"') {
            return self.quoted();
        }
        let length = self.rest.iter().position(|byte| !belongs(*byte)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(length).filter(|_| length > 0)?;
        self.rest = rest;
        // What clings to a token is neither part of it nor anything else.
        let ends = rest.first().is_none_or(|next| matches!(next, b' ' | b'\t' | b'\r' | b'\n' | b'(' | b';' | b'='));
        ends.then(|| String::from_utf8_lossy(word).into_owned())
    }

    fn quoted(&mut self) -> Option<String> {
        let mut text = Vec::new();
        loop {
            let (first, rest) = self.rest.split_first()?;
            self.rest = rest;
            match first {
                b'"' => break,
                b'\\' => {
                    let (escaped, rest) = self.rest.split_first()?;
                    text.push(*escaped);
                    self.rest = rest;
                }
                byte => text.push(*byte),
            }
        }
        let ends = self.rest.first().is_none_or(|next| matches!(next, b' ' | b'\t' | b'\r' | b'\n' | b'(' | b';' | b'='));
        String::from_utf8(text).ok().filter(|_| ends)
    }

    fn take(&mut self, byte: u8) -> bool {
        match self.rest.split_first() {
            Some((first, rest)) if *first == byte => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    fn is_at(&self, byte: u8) -> bool {
        self.rest.first() == Some(&byte)
    }

    /// Whether everything was read.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(value: &str) -> Option<(Method, Vec<String>)> {
        Results::parse(value.as_bytes()).and_then(|results| results.speakers("example.org"))
    }

    #[test]
    fn what_the_grammar_allows_is_read() {
        let dmarc = Some((Method::Dmarc, vec!["example.org".to_owned()]));
        for value in [
            "mx.a; dmarc=pass header.from=example.org",
            " mx.a 1; dmarc=pass header.from=example.org",
            "(a (nested\\) one)) mx.a (b)\r\n\t; (c) dmarc (d) = (e) pass (p=none) header.from (f) = (g) EXAMPLE.org (h)",
            "\"mx.a\"; dmarc=pass reason=\"all; dmarc=fail is well\" header.from=\"example.org\"",
            "mx.a; spf=softfail smtp.mailfrom=x@y.example; dkim=fail header.d=z header.b=Ab+/=; dmarc=pass header.from=example.org",
            "mx.a; dmarc/1=pass header.from=example.org",
            "mx.a;dmarc=PASS header.from=example.org;dkim=none",
        ] {
            assert_eq!(says(value), dmarc, "{value}");
        }
        for value in ["mx.a; dkim=pass header.d=Example.org", "mx.a; dmarc=none header.from=example.org; dkim=pass header.i=@example.org header.s=x"] {
            assert_eq!(says(value), Some((Method::Dkim, vec!["example.org".to_owned()])), "{value}");
        }
        assert_eq!(says("mx.a; dkim=pass header.d=a.example header.i=u@b.a.example"), Some((Method::Dkim, vec!["a.example".to_owned()])));
        assert!(Results::parse(b"mx.a; none").is_some_and(|results| results.server == "mx.a" && results.speakers("example.org").is_none()));
    }

    #[test]
    fn what_is_not_a_plain_pass_says_nothing() {
        for value in [
            "mx.a",
            "mx.a;",
            "mx.a; dmarc=pass",
            "mx.a; dmarc=pass header.from=other.example",
            "mx.a; dmarc=pass header.from=example.org header.from=example.org",
            "mx.a; dmarc=pass header.from=example.org; dmarc=fail header.from=example.org",
            "mx.a; dmarc=fail header.from=example.org; dkim=pass header.d=example.org",
            "mx.a; dmarc=temperror header.from=example.org; dkim=pass header.d=example.org",
            "mx.a; dmarc=bestguesspass header.from=example.org",
            "mx.a; dmarc=pass action=none header.from=example.org",
            "mx.a; dmarc/2=pass header.from=example.org",
            "mx.a 2; dmarc=pass header.from=example.org",
            "mx.a dmarc=pass header.from=example.org",
            "mx.a; dmarc=pass header.from=example.org;",
            "mx.a; dmarc=pass header.from=example.org (unended",
            "mx.a; dmarc=pass header.from=example.org )",
            "mx.a; dmarc=pass header.from=\"example.org",
            "mx.a; dmarc=pass header.from=\"example.org\"x",
            "mx.a; dmarc=pass header.from=example.org, other.example",
            "mx.a; (dmarc=pass header.from=example.org)",
            "mx.a; dkim=pass",
            "mx.a; dkim=pass header.d=example.org header.i=@evil.example",
            "mx.a; dkim=pass header.d=example.org header.i=nobody",
            "mx.a; dkim=pass header.d=other.example; dkim=pass",
            "mx.a; none; dmarc=pass header.from=example.org",
            "mx.a; dmarc=pass header.from=example.org\0",
        ] {
            assert_eq!(says(value), None, "{value}");
        }
        assert!(Results::parse("mx.a; dkim=fail".repeat(10_000).as_bytes()).is_none());
        assert!(Results::parse(format!("mx.a{}", "; dkim=fail".repeat(21)).as_bytes()).is_none());
    }
}
