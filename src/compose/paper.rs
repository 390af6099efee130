//! Blocks → the text part of a letter.

use super::clean::copied;
use super::page::{Block, Inline};
use crate::domain::Language;

/// The line between a letter and its footer.
const LINE: &str = "————————————";
/// The line between a footer and the charter below it.
const BELOW: &str = "════════════";
/// First strong isolate and its end: what stands between them does not disturb the order of the words around it (Unicode UAX 9).
const ISOLATE: char = '\u{2068}';
const END_ISOLATE: char = '\u{2069}';
/// Makes a line that begins with Latin letters run from right to left.
const RIGHT_TO_LEFT_MARK: char = '\u{200f}';

/// The text part: one line for each paragraph, as every mail program of today breaks lines itself.
pub(super) fn text(blocks: &[Block], charter: &[Block], language: Language) -> String {
    let mut lines = write_blocks(blocks, language);
    if !charter.is_empty() {
        lines.extend([String::new(), BELOW.to_owned(), String::new()]);
        lines.extend(write_blocks(charter, language));
    }
    if language.is_right_to_left() {
        for line in &mut lines {
            if !line.starts_with("> ") && !begins_right_to_left(line) {
                line.insert(0, RIGHT_TO_LEFT_MARK);
            }
        }
    }
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

/// Whether a value needs its own direction inside a text of `language`.
pub(super) fn turns(value: &str, language: Language) -> bool {
    let arabic = || value.chars().any(is_arabic);
    match language {
        Language::Ar => value.chars().any(|c| c.is_alphabetic() && !is_arabic(c)) || (!arabic() && value.chars().any(char::is_numeric)),
        Language::Fr | Language::En => arabic(),
    }
}

/// The words of a template as they are printed: French puts a space that does not break before some signs, and behind `n°`.
pub(super) fn typeset(words: &str, language: Language) -> String {
    if language != Language::Fr {
        return words.to_owned();
    }
    let (mut typeset, mut before) = (String::with_capacity(words.len()), ['\0'; 2]);
    let mut rest = words.chars().peekable();
    while let Some(c) = rest.next() {
        let opened = matches!(before, [_, '«'] | ['n' | 'N', '°']);
        let joins = c == ' ' && (opened || matches!(rest.peek(), Some(':' | ';' | '?' | '!' | '»')));
        typeset.push(if joins { '\u{a0}' } else { c });
        let [_, last] = before;
        before = [last, c];
    }
    typeset
}

/// A value inside a sentence of ours, in the direction of its own letters.
pub(super) fn apart(value: &str, language: Language) -> String {
    if turns(value, language) { format!("{ISOLATE}{value}{END_ISOLATE}") } else { value.to_owned() }
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}') && c.is_alphabetic()
}

/// Whether the first letter outside isolates is an Arabic one (UAX 9, rule P2); a line without letters has no direction to mend.
fn begins_right_to_left(line: &str) -> bool {
    let mut inside = 0_usize;
    for c in line.chars() {
        match c {
            ISOLATE => inside = inside.saturating_add(1),
            END_ISOLATE => inside = inside.saturating_sub(1),
            letter if inside == 0 && letter.is_alphabetic() => return is_arabic(letter),
            _ => {}
        }
    }
    !line.contains(ISOLATE)
}

fn write_blocks(blocks: &[Block], language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    for (place, block) in blocks.iter().enumerate() {
        if place > 0 {
            lines.push(String::new());
        }
        match block {
            Block::Paragraph(inlines) | Block::Heading(inlines) => {
                lines.extend(write_inlines(inlines, language).split('\n').map(|line| line.trim().to_owned()))
            }
            Block::List(first, items) => lines.extend(write_list(*first, items, language)),
            Block::Quote(inside) => {
                lines.extend(inside.iter().filter_map(|block| if let Block::Paragraph(words) = block { Some(format!("> {}", bare(words))) } else { None }))
            }
            Block::Rule => lines.push(LINE.to_owned()),
        }
    }
    lines
}

fn write_list(first: Option<u64>, items: &[Vec<Block>], language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    for (place, item) in (0_u64..).zip(items) {
        let mark = first.map_or_else(|| "- ".to_owned(), |first| format!("{}. ", first.saturating_add(place)));
        let indent = " ".repeat(mark.len());
        for (number, line) in write_blocks(item, language).into_iter().filter(|line| !line.is_empty()).enumerate() {
            lines.push(format!("{}{line}", if number == 0 { &mark } else { &indent }));
        }
    }
    lines
}

fn write_inlines(inlines: &[Inline], language: Language) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(words) => text.push_str(&typeset(words, language)),
            Inline::Value(value) if turns(value, language) => text.extend([ISOLATE].into_iter().chain(copied(value).chars()).chain([END_ISOLATE])),
            Inline::Value(value) => text.push_str(&copied(value)),
            Inline::Strong(inside) | Inline::Emphasis(inside) => text.push_str(&write_inlines(inside, language)),
            Inline::Link(destination, inside) => text.push_str(&write_link(destination, inside, language)),
            Inline::Break => text.push('\n'),
        }
    }
    text
}

/// The words of a reply are typed or copied by people, so nothing that is seen stands around them; of another link the address is shown.
/// Among Arabic words a code that begins with a digit would fall apart where a mail program lets every line run from left to right.
fn write_link(destination: &str, inside: &[Inline], language: Language) -> String {
    if destination.starts_with("mailto:") {
        return apart(&bare(inside), language);
    }
    let words = write_inlines(inside, language);
    let shown = destination.trim_start_matches("https://").trim_start_matches("www.").trim_end_matches('/');
    if words == shown { words } else { format!("{words} ({shown})") }
}

/// Words and values without anything around them: somebody's own words, which have their own direction, and what is to be copied.
pub(super) fn bare(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(words) | Inline::Value(words) => words.clone(),
            Inline::Strong(inside) | Inline::Emphasis(inside) | Inline::Link(_, inside) => bare(inside),
            Inline::Break => " ".to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::page::{read, sealed};
    use super::*;

    fn written(markdown: &str, language: Language) -> String {
        text(&read(markdown), &[], language)
    }

    #[test]
    fn text_reads_naturally() {
        let markdown = format!(
            "Bonjour,\n\n**À vous** : répondez\n\n- [{}]({}) pour *oui*\n- non\n\n> {}\n\n---\n\na\\\nb",
            sealed("OUI X7K"),
            sealed("mailto:a@b"),
            sealed("mot")
        );
        let expected = format!("Bonjour,\n\nÀ vous\u{a0}: répondez\n\n- OUI X7K pour oui\n- non\n\n> mot\n\n{LINE}\n\na\nb\n");
        assert_eq!(written(&markdown, Language::Fr), expected);
    }

    #[test]
    fn latin_values_are_isolated_in_arabic_and_arabic_ones_in_french() {
        assert_eq!(written(&format!("ملف {} هنا", sealed("EL-7K3Q")), Language::Ar), "ملف \u{2068}EL-7K3Q\u{2069} هنا\n");
        assert_eq!(written(&format!("{} هنا", sealed("EL-7K3Q")), Language::Ar), "\u{2068}EL-7K3Q\u{2069} هنا\n");
        let reply = format!("ردوا بعبارة [{}]({}) للتوقيف", sealed("توقيف 9J7"), sealed("mailto:a@b"));
        assert_eq!(written(&reply, Language::Ar), "ردوا بعبارة \u{2068}توقيف 9J7\u{2069} للتوقيف\n");
        assert_eq!(written(&sealed("EL-7K3Q"), Language::Ar), "\u{200f}\u{2068}EL-7K3Q\u{2069}\n");
        assert_eq!(written(&format!("- {}", sealed("الجمعة 11 دجنبر")), Language::Ar), "- الجمعة 11 دجنبر\n");
        assert_eq!(written(&format!("Nom {}", sealed("ليلى")), Language::Fr), "Nom \u{2068}ليلى\u{2069}\n");
    }

    #[test]
    fn links_show_where_they_lead() {
        assert_eq!(written("[a.ma](https://a.ma/) [b](https://c.ma)", Language::En), "a.ma b (c.ma)\n");
    }
}
