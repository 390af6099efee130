//! The Markdown of a letter, read into blocks from which both the text and the HTML part are written.
//!
//! Values never meet the Markdown parser: handlebars puts each of them in as hexadecimal digits between two private-use
//! characters ([`sealed`]), and they are opened again after the structure of the letter is known. So nothing that a person
//! wrote can become a link, an image, a heading or a list, whatever it contains (THREATS T14, T56).

use pulldown_cmark::{Event, Options, Parser, Tag, TextMergeStream};

const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// A value as it stands in the Markdown of a letter.
pub(super) fn sealed(value: &str) -> String {
    let digits: Vec<[u8; 2]> = value.bytes().map(|byte| PAIRS.get(usize::from(byte)).copied().unwrap_or_default()).collect();
    let mut sealed = String::with_capacity(digits.as_flattened().len().saturating_add(OPEN.len_utf8() + CLOSE.len_utf8()));
    sealed.push(OPEN);
    sealed.push_str(str::from_utf8(digits.as_flattened()).unwrap_or_default());
    sealed.push(CLOSE);
    sealed
}

/// The two hexadecimal digits of each byte.
static PAIRS: [[u8; 2]; 256] = {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let mut pairs = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        pairs[byte] = [DIGITS[byte >> 4], DIGITS[byte & 0xf]];
        byte += 1;
    }
    pairs
};

/// `text` with every sealed value opened.
pub(super) fn opened(text: &str) -> String {
    pieces(text).into_iter().map(|inline| if let Inline::Text(piece) | Inline::Value(piece) = inline { piece } else { String::new() }).collect()
}

/// A block of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading; one size is enough for a letter.
    Heading(Vec<Inline>),
    /// A list, numbered from a number or not.
    List(Option<u64>, Vec<Vec<Block>>),
    /// Somebody's own words.
    Quote(Vec<Block>),
    /// A line across.
    Rule,
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inline {
    /// Words of the template.
    Text(String),
    /// A value that was filled in.
    Value(String),
    /// Set in bold.
    Strong(Vec<Inline>),
    /// Set in italics.
    Emphasis(Vec<Inline>),
    /// A link to a `mailto:` or `https:` address.
    Link(String, Vec<Inline>),
    /// A new line.
    Break,
}

/// Reads the Markdown of a letter. What a letter may not contain was refused when its template was loaded; here it is read as plain text.
pub(super) fn read(markdown: &str) -> Vec<Block> {
    read_blocks(&mut TextMergeStream::new(Parser::new_ext(markdown, Options::empty())))
}

/// The name of what `event` begins, if a letter may not contain it.
pub(super) fn forbidden(event: &Event<'_>) -> Option<&'static str> {
    match event {
        Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => Some("HTML"),
        Event::Start(Tag::Image { .. }) => Some("an image"),
        Event::Start(Tag::CodeBlock(_)) => Some("a code block (or a line that begins with four spaces)"),
        Event::Code(_) => Some("text between back-quotes"),
        Event::Start(Tag::Link { dest_url, .. }) if !is_allowed(dest_url) => Some("a link that is neither https: nor a reply"),
        _ => None,
    }
}

/// Whether a link may lead there.
pub(super) fn is_allowed(destination: &str) -> bool {
    destination.starts_with("https://") || destination.starts_with("mailto:")
}

fn read_blocks<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut loose = Vec::new();
    while let Some(event) = events.next() {
        let block = match event {
            Event::Start(Tag::Paragraph) => Block::Paragraph(read_inlines(events)),
            Event::Start(Tag::Heading { .. }) => Block::Heading(read_inlines(events)),
            Event::Start(Tag::BlockQuote(_)) => Block::Quote(read_blocks(events)),
            Event::Start(Tag::List(first)) => Block::List(first, read_items(events)),
            Event::Rule => Block::Rule,
            Event::End(_) => break,
            other => {
                add_inline(other, events, &mut loose);
                continue;
            }
        };
        flush(&mut loose, &mut blocks);
        blocks.push(block);
    }
    flush(&mut loose, &mut blocks);
    blocks
}

/// The items of a tight list hold their words without a paragraph around them.
fn flush(loose: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
    if !loose.is_empty() {
        blocks.push(Block::Paragraph(std::mem::take(loose)));
    }
}

fn read_items<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> Vec<Vec<Block>> {
    let mut items = Vec::new();
    while let Some(Event::Start(Tag::Item)) = events.next() {
        items.push(read_blocks(events));
    }
    items
}

fn read_inlines<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> Vec<Inline> {
    let mut inlines = Vec::new();
    while let Some(event) = events.next() {
        if matches!(event, Event::End(_)) {
            break;
        }
        add_inline(event, events, &mut inlines);
    }
    inlines
}

fn add_inline<'a>(event: Event<'a>, events: &mut impl Iterator<Item = Event<'a>>, inlines: &mut Vec<Inline>) {
    match event {
        Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => inlines.extend(pieces(&text)),
        Event::SoftBreak => inlines.push(Inline::Text(" ".to_owned())),
        Event::HardBreak => inlines.push(Inline::Break),
        Event::Start(Tag::Strong) => inlines.push(Inline::Strong(read_inlines(events))),
        Event::Start(Tag::Emphasis) => inlines.push(Inline::Emphasis(read_inlines(events))),
        Event::Start(Tag::Link { dest_url, .. }) => {
            let destination = opened(&dest_url);
            let inside = read_inlines(events);
            if is_allowed(&destination) {
                inlines.push(Inline::Link(destination, inside));
            } else {
                inlines.extend(inside);
            }
        }
        Event::Start(_) => inlines.extend(read_inlines(events)),
        _ => {}
    }
}

/// Words of the template and opened values, in order.
fn pieces(text: &str) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let (digits, after) = after.split_once(CLOSE).unwrap_or((after, ""));
        if !before.is_empty() {
            found.push(Inline::Text(before.to_owned()));
        }
        found.push(Inline::Value(unhex(digits)));
        rest = after;
    }
    if !rest.is_empty() {
        found.push(Inline::Text(rest.to_owned()));
    }
    found
}

fn unhex(digits: &str) -> String {
    let (pairs, _) = digits.as_bytes().as_chunks::<2>();
    let mut bytes = Vec::with_capacity(pairs.len());
    bytes.extend(pairs.iter().filter_map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)));
    String::from_utf8(bytes).unwrap_or_else(|fault| String::from_utf8_lossy(fault.as_bytes()).into_owned())
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte & 0xf),
        b'a'..=b'f' | b'A'..=b'F' => Some((byte & 0xf) + 9),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_value_is_never_structure() {
        let hostile = "[x](http://evil) <b> {{secret}} # h\n\n- a\n> b\n```\n![i](https://e)";
        let blocks = read(&format!("Hello {}.\n\n> {}", sealed(hostile), sealed(hostile)));
        let value = || Inline::Value(hostile.to_owned());
        assert_eq!(
            blocks,
            vec![
                Block::Paragraph(vec![Inline::Text("Hello ".to_owned()), value(), Inline::Text(".".to_owned())]),
                Block::Quote(vec![Block::Paragraph(vec![value()])]),
            ]
        );
    }

    #[test]
    fn lists_links_and_bold_words_are_read() {
        let blocks = read(&format!("1. **a** b\\\nc\n2. [{}]({})", sealed("YES"), sealed("mailto:a@b")));
        let Some(Block::List(Some(1), items)) = blocks.first() else { panic!("{blocks:?}") };
        assert_eq!(items[1], vec![Block::Paragraph(vec![Inline::Link("mailto:a@b".to_owned(), vec![Inline::Value("YES".to_owned())])])]);
        assert_eq!(items[0].len(), 1);
    }

    #[test]
    fn a_link_to_elsewhere_is_only_its_words() {
        assert_eq!(read("[a](javascript:x)"), vec![Block::Paragraph(vec![Inline::Text("a".to_owned())])]);
    }

    proptest! {
        #[test]
        fn what_is_sealed_comes_back(value in ".*") {
            prop_assert_eq!(opened(&sealed(&value)), value);
        }
    }
}
