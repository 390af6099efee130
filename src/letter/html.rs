//! HTML → text: lines where a reader sees lines, quotations marked with `>`. One pass, linear, nothing is fetched or run.

use mail_parser::decoders::html::add_html_token;

/// The text that `html` shows.
pub(super) fn to_text(html: &str) -> String {
    let mut page = Page::default();
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
const HIDDEN: [&str; 6] = ["script", "style", "head", "title", "template", "noscript"];
/// Elements that begin and end a line.
const BLOCKS: [&str; 24] = [
    "p", "div", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "section", "article", "header", "footer", "dl", "dt", "dd",
    "center", "form",
];

#[derive(Default)]
struct Page {
    text: String,
    line: String,
    space: bool,
    blank: bool,
    quotes: usize,
    hidden: Option<&'static str>,
}

impl Page {
    /// Takes one piece of markup from the head of `from` and gives what is left.
    fn markup<'a>(&mut self, from: &'a str) -> &'a str {
        if let Some(comment) = from.strip_prefix("<!--") {
            return comment.split_once("-->").map_or("", |(_, after)| after);
        }
        let inside = from.get(1..).unwrap_or_default();
        if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            self.words("&lt;");
            return inside;
        }
        let Some((tag, after)) = inside.split_once('>') else { return "" };
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).take(12).collect::<String>().to_ascii_lowercase();
        self.element(&name, closes, tag.ends_with('/'));
        after
    }

    fn element(&mut self, name: &str, closes: bool, empty: bool) {
        if let Some(hidden) = self.hidden {
            if (closes && name == hidden) || name == "body" {
                self.hidden = None;
            }
            return;
        }
        if let Some(hidden) = HIDDEN.iter().find(|hidden| **hidden == name) {
            self.hidden = (!closes && !empty).then_some(*hidden);
            return;
        }
        match name {
            "br" => self.line_break(true),
            "blockquote" => {
                self.line_break(false);
                self.quotes = if closes { self.quotes.saturating_sub(1) } else { self.quotes.saturating_add(1).min(20) };
            }
            "p" => {
                self.line_break(false);
                self.blank = !self.text.is_empty();
            }
            "td" | "th" => self.space = true,
            _ if BLOCKS.contains(&name) => self.line_break(false),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.hidden.is_some() {
            return;
        }
        let mut rest = words;
        while let Some(c) = rest.chars().next() {
            if matches!(c, ' ' | '\t' | '\r' | '\n') {
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
            if self.line.get(before..) == Some("\u{a0}") {
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
        if self.line.trim().is_empty() && !even_if_empty {
            self.line.clear();
            return;
        }
        if std::mem::take(&mut self.blank) && !self.text.ends_with("\n\n") && !self.text.is_empty() {
            self.text.push('\n');
        }
        for _ in 0..self.quotes {
            self.text.push('>');
        }
        if self.quotes > 0 {
            self.text.push(' ');
        }
        self.text.push_str(self.line.trim_end());
        self.text.push('\n');
        self.line.clear();
    }

    fn finish(mut self) -> String {
        self.line_break(false);
        self.text.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::to_text;

    #[test]
    fn lines_quotes_and_entities_come_out_as_seen() {
        let html = "<html><head><title>x</title><style>p{}</style></head><body><p>Bonjour,<br>j&#39;attends 1&nbsp;500 DH &amp; rien</p>\
                    <div>a <b>b</b></div><blockquote><p>ancien</p></blockquote><script>evil()</script>fin</body></html>";
        assert_eq!(to_text(html), "Bonjour,\nj'attends 1 500 DH & rien\n\na b\n\n> ancien\n\nfin");
    }

    #[test]
    fn broken_markup_is_read_to_its_end() {
        for html in ["<", "a < b", "<p", "<!-- x", "&", "&#xD800;", "&#99999999;", "&;", "</blockquote>x", "<p>é&é"] {
            let _ = to_text(html);
        }
        assert_eq!(to_text("a < b & c"), "a < b & c");
    }
}
