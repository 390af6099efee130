//! Blocks → the HTML part of a letter: for a telephone first, with everything it needs inside and nothing fetched from elsewhere.

use super::page::{Block, Inline};
use super::paper::{bare, turns, typeset};
use super::words::{Trilingual, pick};
use crate::domain::Language;
use std::fmt::Write;

/// Characters of the longest word, or answer, that is not broken over two lines: what fits on a telephone of 320 points.
const LONGEST_WHOLE: usize = 24;
const BODY: &str = "margin:0;padding:0;background:#f3f3ef;color:#1c1c1c;-webkit-text-size-adjust:100%";
const SHEET: &str = "max-width:600px;margin:0 auto;padding:20px 20px 28px;background:#ffffff;font-size:17px;line-height:1.6;overflow-wrap:break-word";
const FONTS: Trilingual = [LATIN, "'Noto Naskh Arabic','Geeza Pro','Segoe UI',Tahoma,Arial,sans-serif", LATIN];
const LATIN: &str = "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const BANNER: &str = "margin:0 0 18px;padding:8px 12px;background:#eef2f6;border-radius:6px;font-size:14px;line-height:1.45;color:#33475b";
const PARAGRAPH: &str = "margin:0 0 14px";
const HEADING: &str = "margin:20px 0 8px;font-size:17px;font-weight:bold";
const ANSWERS: &str = "margin:0 0 16px;padding:0;list-style:none";
const ITEM: &str = "margin:0 0 6px";
const QUOTED: &str = "margin:6px 0";
const BUTTON: &str =
    "display:inline-block;margin:4px 0 2px;padding:7px 16px;background:#1f4e79;border-radius:8px;color:#ffffff;font-weight:bold;text-decoration:none";
const WHOLE: &str = "white-space:nowrap";
const LINK: &str = "color:#1f4e79;font-weight:bold";
const FOOTER: &str = "margin:24px 0 0;padding:14px 0 0;border-top:1px solid #d8d8d2;font-size:13px;line-height:1.5;color:#555555";
const CHARTER: &str = "margin:28px 0 0;padding:16px 0 0;border-top:3px double #c9d3dd;font-size:14px;line-height:1.55;color:#333333";

/// The HTML part. The first paragraph is the channel's banner; what follows the last rule is the footer, and below it stands the charter.
pub(super) fn html(subject: &str, blocks: &[Block], charter: &[Block], language: Language) -> String {
    let direction = if language.is_right_to_left() { "rtl" } else { "ltr" };
    let footer = blocks.iter().rposition(|block| *block == Block::Rule);
    let (letter, footer) = footer.and_then(|at| blocks.split_at_checked(at)).unwrap_or((blocks, &[]));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta name=\"format-detection\" content=\"telephone=no,date=no,address=no,email=no,url=no\">\n\
         <meta name=\"color-scheme\" content=\"light\">\n<title>{}</title>\n</head>\n<body style=\"{BODY}\">\n\
         <div lang=\"{language}\" dir=\"{direction}\" style=\"{SHEET};font-family:{}\">\n",
        escape(subject),
        pick(FONTS, language)
    );
    let (banner, letter) = letter.split_at_checked(1).unwrap_or((letter, &[]));
    for block in banner {
        write_block(block, language, BANNER, &mut page);
    }
    write_blocks(letter, language, &mut page);
    if !footer.is_empty() {
        let _ = writeln!(page, "<div style=\"{FOOTER}\">");
        write_blocks(footer.get(1..).unwrap_or_default(), language, &mut page);
        page.push_str("</div>\n");
    }
    if !charter.is_empty() {
        let _ = writeln!(page, "<div style=\"{CHARTER}\">");
        write_blocks(charter, language, &mut page);
        page.push_str("</div>\n");
    }
    page.push_str("</div>\n</body>\n</html>\n");
    page
}

fn write_blocks(blocks: &[Block], language: Language, page: &mut String) {
    for block in blocks {
        write_block(block, language, PARAGRAPH, page);
    }
}

fn write_block(block: &Block, language: Language, paragraph: &str, page: &mut String) {
    match block {
        Block::Paragraph(inlines) => write_element("p", paragraph, inlines, language, page),
        Block::Heading(inlines) => write_element("p", HEADING, inlines, language, page),
        Block::List(first, items) => write_list(*first, items, language, page),
        Block::Quote(inside) => {
            let _ = writeln!(page, "<blockquote style=\"margin:0 0 14px;padding:2px 14px;border-{}:3px solid #c9d3dd;color:#333333\">", start_side(language));
            for block in inside {
                if let Block::Paragraph(inlines) = block {
                    let _ = writeln!(page, "<p dir=\"auto\" style=\"{QUOTED}\">{}</p>", words(&bare(inlines)));
                }
            }
            page.push_str("</blockquote>\n");
        }
        Block::Rule => page.push_str("<hr style=\"border:0;border-top:1px solid #d8d8d2;margin:18px 0\">\n"),
    }
}

fn write_element(name: &str, style: &str, inlines: &[Inline], language: Language, page: &mut String) {
    let _ = write!(page, "<{name} style=\"{style}\">");
    write_line(inlines, language, page);
    let _ = writeln!(page, "</{name}>");
}

fn write_list(first: Option<u64>, items: &[Vec<Block>], language: Language, page: &mut String) {
    let (name, start) = match first {
        Some(first) => ("ol", format!(" start=\"{first}\"")),
        None => ("ul", String::new()),
    };
    let answers = first.is_none() && items.iter().all(|item| matches!(item.first(), Some(Block::Paragraph(inlines)) if begins_with_reply(inlines)));
    let list = format!("margin:0 0 14px;padding:0;padding-{}:24px", start_side(language));
    let _ = writeln!(page, "<{name}{start} style=\"{}\">", if answers { ANSWERS } else { &list });
    for item in items {
        let _ = write!(page, "<li style=\"{ITEM}\">");
        for block in item {
            match block {
                Block::Paragraph(inlines) => write_line(inlines, language, page),
                other => write_block(other, language, PARAGRAPH, page),
            }
        }
        page.push_str("</li>\n");
    }
    let _ = writeln!(page, "</{name}>");
}

/// A reply with which a line begins is made a button, with what it means below; inside a sentence it is a link.
fn write_line(inlines: &[Inline], language: Language, page: &mut String) {
    match inlines.split_first() {
        Some((Inline::Link(destination, inside), rest)) if begins_with_reply(inlines) => {
            write_link(destination, inside, BUTTON, language, page);
            page.push_str("<br>\n");
            write_inlines(&without_colon(rest), language, page);
        }
        _ => write_inlines(inlines, language, page),
    }
}

/// `words` as a sentence of their own, without the sign that stands between a reply and its meaning in the text part.
fn without_colon(words: &[Inline]) -> Vec<Inline> {
    match words.split_first() {
        Some((Inline::Text(first), rest)) => {
            let mut letters = first.trim_start_matches([' ', ':', '–']).chars();
            let capital = letters.next().into_iter().flat_map(char::to_uppercase);
            [Inline::Text(capital.chain(letters).collect())].into_iter().chain(rest.iter().cloned()).collect()
        }
        Some((Inline::Break, rest)) => rest.to_vec(),
        _ => words.to_vec(),
    }
}

fn begins_with_reply(inlines: &[Inline]) -> bool {
    matches!(inlines.first(), Some(Inline::Link(destination, _)) if destination.starts_with("mailto:"))
}

fn write_inlines(inlines: &[Inline], language: Language, page: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(words) => page.push_str(&escape(&typeset(words, language))),
            Inline::Value(value) => write_value(value, language, page),
            Inline::Strong(inside) => enclose("b", inside, language, page),
            Inline::Emphasis(inside) => enclose("i", inside, language, page),
            Inline::Link(destination, inside) => write_link(destination, inside, LINK, language, page),
            Inline::Break => page.push_str("<br>\n"),
        }
    }
}

/// A reference, a number or an address stays on one line, also among other words, and in the direction of its own letters.
fn write_value(value: &str, language: Language, page: &mut String) {
    let whole = is_whole(value) && !value.contains(' ');
    let _ = match (turns(value, language), whole) {
        (true, true) => write!(page, "<bdi style=\"{WHOLE}\">{}</bdi>", escape(value)),
        (true, false) => write!(page, "<bdi>{}</bdi>", words(value)),
        (false, true) => write!(page, "<span style=\"{WHOLE}\">{}</span>", escape(value)),
        (false, false) => write!(page, "{}", words(value)),
    };
}

fn is_whole(value: &str) -> bool {
    value.chars().count() <= LONGEST_WHOLE
}

/// Several words, of which those with a hyphen are kept from being broken there.
fn words(value: &str) -> String {
    if !value.contains('-') {
        return escape(value);
    }
    let mut written = String::with_capacity(value.len());
    for (place, word) in value.split(' ').enumerate() {
        if place > 0 {
            written.push(' ');
        }
        if word.contains('-') && is_whole(word) {
            let _ = write!(written, "<span style=\"{WHOLE}\">{}</span>", escape(word));
        } else {
            add_escaped(word, &mut written);
        }
    }
    written
}

fn enclose(name: &str, inside: &[Inline], language: Language, page: &mut String) {
    let _ = write!(page, "<{name}>");
    write_inlines(inside, language, page);
    let _ = write!(page, "</{name}>");
}

fn write_link(destination: &str, inside: &[Inline], style: &str, language: Language, page: &mut String) {
    let whole = if is_whole(&bare(inside)) { format!(";{WHOLE}") } else { String::new() };
    let _ = write!(page, "<a href=\"{}\" style=\"{style}{whole}\">", escape(destination));
    write_inlines(inside, language, page);
    page.push_str("</a>");
}

/// The side on which lines begin; mail programs do not know the logical names of CSS.
fn start_side(language: Language) -> &'static str {
    if language.is_right_to_left() { "right" } else { "left" }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    add_escaped(text, &mut escaped);
    escaped
}

fn add_escaped(text: &str, page: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.bytes().position(is_markup).and_then(|at| rest.split_at_checked(at)) {
        let mut following = after.chars();
        page.push_str(before);
        page.push_str(match following.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            _ => "&#39;",
        });
        rest = following.as_str();
    }
    page.push_str(rest);
}

fn is_markup(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')
}

#[cfg(test)]
mod tests {
    use super::super::page::{read, sealed};
    use super::*;

    #[test]
    fn a_complaint_cannot_make_markup() {
        let page = html("s<", &read(&format!("x\n\n{}", sealed("<script>\"'&</script>"))), &[], Language::En);
        assert!(page.contains("&lt;script&gt;&quot;&#39;&amp;&lt;/script&gt;"));
        assert!(page.contains("<title>s&lt;</title>"));
        assert!(!page.contains("<script"));
    }

    #[test]
    fn arabic_runs_from_right_to_left_and_isolates_what_does_not() {
        let page = html("s", &read(&format!("ملف {}\n\nنص\n\n---\n\nذيل", sealed("EL-7K3Q"))), &[], Language::Ar);
        assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"));
        assert!(page.contains("ملف <bdi style=\"white-space:nowrap\">EL-7K3Q</bdi>"));
        assert!(page.contains(FOOTER));
    }

    #[test]
    fn a_reply_at_the_head_of_a_line_is_a_button() {
        let reply = format!("[{}]({})", sealed("YES X7K"), sealed("mailto:a@b?x=1&y=2"));
        let page = html("s", &read(&format!("b\n\n- {reply} so\n\nor {reply}")), &[], Language::En);
        assert_eq!(page.matches(BUTTON).count(), 1);
        assert_eq!(page.matches(LINK).count(), 1);
        assert!(page.contains("mailto:a@b?x=1&amp;y=2"));
    }
}
