//! Text that flows (RFC 3676): a blank at the end of a line says that it goes on in the next one.

/// `text` with its paragraphs whole and without stuffing. `deletes` says that the blank at the end of a line was put there by the program (DelSp).
pub(super) fn unfolded(text: &str, deletes: bool) -> String {
    let mut whole = String::with_capacity(text.len());
    // How deep the line before is quoted, if it goes on.
    let mut open: Option<usize> = None;
    for line in text.split('\n').map(|line| line.trim_end_matches('\r')) {
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let said = line.get(depth..).unwrap_or_default();
        let said = said.strip_prefix(' ').unwrap_or(said);
        let flows = said.ends_with(' ') && said != "-- ";
        let joins = open.take().is_some_and(|before| before == depth && said != "-- ");
        if !joins {
            if !whole.is_empty() || depth > 0 && line.is_empty() {
                whole.push('\n');
            }
            (0..depth).for_each(|_| whole.push('>'));
            if depth > 0 && !said.is_empty() {
                whole.push(' ');
            }
        }
        let said = if flows && deletes { said.strip_suffix(' ').unwrap_or(said) } else { said };
        // A sign that was stuffed before a number is the writer's; before words it is the mark of a quotation, whoever set it.
        match said.strip_prefix('>').filter(|rest| !joins && depth == 0 && rest.starts_with(|c: char| c.is_ascii_digit())) {
            Some(rest) => {
                whole.push('›');
                whole.push_str(rest);
            }
            None => whole.push_str(said),
        }
        open = flows.then_some(depth);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::unfolded;

    #[test]
    fn lines_go_on_where_they_say_so() {
        for (text, deletes, whole) in [
            ("Je ne suis pas \r\nd'accord.\r\n", false, "Je ne suis pas d'accord.\n"),
            ("まだ届きま \nせん。", true, "まだ届きません。"),
            ("un  \ndeux", true, "un deux"),
            ("a\nb\n\nc \n\nd", false, "a\nb\n\nc \nd"),
            ("oui\n-- \nLeila", false, "oui\n-- \nLeila"),
            ("oui \n-- \nLeila", false, "oui \n-- \nLeila"),
            ("> un \n> deux\n>> trois \n> quatre\ncinq", false, "> un deux\n>> trois \n> quatre\ncinq"),
            ("oui \n> un", false, "oui \n> un"),
            (" >50 euros \n et plus", false, "›50 euros et plus"),
            (" > REFUSER K7P", false, "> REFUSER K7P"),
            (" From Casa", false, "From Casa"),
            (">", false, ">"),
            ("", true, ""),
        ] {
            assert_eq!(unfolded(text, deletes), whole, "{text:?}");
        }
    }
}
