//! New text against quoted text and signature (THREATS T30): what the sender wrote for this mail.

mod alignment;
mod attribution;
mod banner;
mod below;
mod block;
mod closing;
mod desk;
mod header;
mod marks;
mod phrases;
mod quotation;
mod signature;
#[cfg(test)]
mod tests;
mod words;

pub(super) use below::{goes_on_below, points_below};
pub(super) use block::without_notices;
pub(super) use closing::is_personal;
pub(super) use desk::{above_comments, below_delimiter};
pub(super) use marks::is_quoted;
pub(super) use quotation::begins_copy;

/// A text, split. Every line that is not blank stands in exactly one of the three.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Reply {
    /// What was newly written.
    pub text: String,
    /// The signature that was cut from it, with the blank lines before it: `text`, a line feed and it give the new text back.
    pub signature: String,
    /// What was cut as quoted, in its order.
    pub quoted: String,
    /// Whether anything was newly written: if not, `text` is what others wrote, and commands nothing.
    pub own: bool,
    /// What was newly written without the signature, piece by piece as it stands between what is quoted; at most [`PASSAGES`].
    pub passages: Vec<Passage>,
}

/// A piece of what was newly written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Passage {
    /// The end of what is quoted directly above it.
    pub below: String,
    /// The piece.
    pub text: String,
}

/// What is known of a text besides itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Circumstances<'a> {
    /// What the HTML beside it shows.
    pub page: Option<&'a str>,
    /// Whether the mail says that it answers another (RFC 5322 section 3.6.4).
    pub answers: bool,
    /// The display name in From.
    pub sender: Option<&'a str>,
}

/// Whether a subject says that the mail answers another, in the language of the mail program: "RE:", "Rép :", "رد:".
pub(super) fn answers(subject: &str) -> bool {
    subject.split_once([':', '：']).is_some_and(|(mark, _)| mark.len() <= 20 && words::is_answer(mark))
}

/// Splits `text`. If stripping would leave nothing, nothing is stripped.
pub(super) fn split(text: &str, circumstances: Circumstances<'_>) -> Reply {
    let lines: Vec<&str> = text.lines().collect();
    let banners = banner::banners(&lines);
    let below = lines.get(banners..).unwrap_or_default();
    let found = quotation::find(below, circumstances.answers, circumstances.sender);
    let mut quoted = found.quoted;
    if let Some(page) = circumstances.page.filter(|_| !quoted.contains(&true))
        && let Some(from) = alignment::quoted_from(below, page)
    {
        quoted.iter_mut().skip(from).for_each(|mark| *mark = true);
    }
    quoted.splice(..0, std::iter::repeat_n(true, banners));
    let (mut new, mut signature, mut cut): (Vec<&str>, Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new(), Vec::new());
    let (mut passages, mut pieces, mut above) = (0usize, Vec::new(), "".to_owned());
    let marked: Vec<(&str, bool)> = lines.into_iter().zip(quoted).collect();
    for passage in marked.chunk_by(|left, right| left.1 == right.1) {
        let is_quoted = passage.first().is_some_and(|(_, quoted)| *quoted);
        let passage: Vec<&str> = passage.iter().map(|(line, _)| *line).collect();
        if is_quoted {
            above = passage.get(passage.len().saturating_sub(QUOTED_LINES)..).unwrap_or_default().join("\n");
            cut.extend(passage);
            continue;
        }
        // Where something was cut out, one blank line is left at the most.
        let joins = !cut.is_empty() && new.last().is_none_or(|line: &&str| line.trim().is_empty());
        let blank = if joins { passage.iter().take_while(|line| line.trim().is_empty()).count() } else { 0 };
        let passage = passage.get(blank..).unwrap_or_default();
        passages = passages.saturating_add(1);
        let at = if passages > PASSAGES { passage.len() } else { signature::signature_at(passage, new.is_empty(), circumstances.sender) };
        let (kept, signed) = passage.split_at_checked(at).unwrap_or((passage, &[]));
        if signature.is_empty() && !signed.is_empty() {
            signature.extend(kept.iter().rev().take_while(|line| line.trim().is_empty()));
        }
        if passages <= PASSAGES && kept.iter().any(|line| !line.trim().is_empty()) {
            pieces.push(Passage { below: std::mem::take(&mut above), text: kept.join("\n") });
        }
        new.extend(kept);
        signature.extend(signed);
    }
    let written = trimmed(&new);
    if !written.is_empty() {
        return Reply { text: written, signature: ended(&signature), quoted: trimmed(&cut), own: found.own, passages: pieces };
    }
    let signed = trimmed(&signature);
    if !signed.is_empty() {
        return Reply { text: signed, quoted: trimmed(&cut), own: found.own, ..Reply::default() };
    }
    Reply { text: text.trim().to_owned(), ..Reply::default() }
}

/// Passages between quotations under which a signature is looked for.
const PASSAGES: usize = 200;
/// Quoted lines that are kept above a passage: as many as a question has.
const QUOTED_LINES: usize = 12;

/// Without blank lines at both ends and blanks at the ends of lines.
fn trimmed(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The same, with the blank lines before it.
fn ended(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}
