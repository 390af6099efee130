//! What browsers make of markup that was never finished: it hides nothing of a text.

use super::tag::Tag;
use super::{BLOCKS, Open, Page, UNSEEN, style};

/// Elements of a body: a head that never ended is over where one begins.
const BODY: [&str; 12] = ["a", "b", "blockquote", "br", "em", "font", "i", "img", "span", "strong", "td", "u"];

impl Page {
    /// What follows a comment. It ends as browsers end it, also where it was never written properly.
    pub(super) fn after_comment(comment: &str) -> &str {
        if let Some(after) = comment.strip_prefix('>').or_else(|| comment.strip_prefix("->")) {
            return after;
        }
        let dashes = comment.bytes().enumerate().filter(|(_, byte)| *byte == b'-');
        let mut ends = dashes.filter_map(|(at, _)| comment.get(at..)).filter_map(|end| end.strip_prefix("-->").or_else(|| end.strip_prefix("--!>")));
        ends.next().unwrap_or_default()
    }

    /// Whether what is not shown is over with `tag`, and `tag` still to be taken as an element of its own.
    pub(super) fn ends_unseen(&mut self, tag: &Tag<'_>) -> bool {
        let name = tag.name.as_str();
        let over = name == "body" || tag.closes && name == "head";
        if !over && tag.closes && self.unseen == Some(name) {
            if name == "style" {
                self.hidden.extend(style::hidden_classes(&std::mem::take(&mut self.sheet)));
                self.hidden.truncate(style::HIDDEN);
            }
            self.unseen = std::mem::take(&mut self.in_head).then_some("head");
            return false;
        }
        if over {
            (self.unseen, self.in_head) = (None, false);
        }
        if over || self.unseen != Some("head") || tag.closes {
            return false;
        }
        if let Some(unseen) = UNSEEN.iter().find(|unseen| **unseen == name && name != "head" && !tag.empty) {
            (self.unseen, self.in_head) = (Some(*unseen), true);
            return false;
        }
        let begins = BODY.contains(&name) || BLOCKS.contains(&name);
        if begins {
            self.unseen = None;
        }
        begins
    }

    /// A paragraph holds no block: where one begins, it is over, whether it says so or not.
    pub(super) fn end_paragraph(&mut self) {
        let is_cell = |open: &Open| matches!(open.name.as_str(), "td" | "th" | "table");
        let at = self.open.iter().rposition(|open| open.name == "p" || is_cell(open));
        if let Some(open) = at.and_then(|at| self.open.get_mut(at)).filter(|open| open.name == "p") {
            open.nested = 0;
            self.close("p");
        }
    }
}
