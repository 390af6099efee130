//! Documents in PDF (ISO 32000): written anew from what their pages show, and from nothing else.
//!
//! Everything that is copied is copied because it stands on a list: of entries of dictionaries in `page` and `rebuild`, of operators in
//! `content`. So what describes the document, its makers or its history, what it carries along and what it does is gone without being looked for; earlier
//! revisions and objects that no page needs are never visited. What a list does not know and a page needs makes the document one that cannot be cleaned.
//!
//! No crate does that: those that read PDFs unpack without a bound and copy what they do not know.

mod content;
mod encode;
mod lexer;
mod object;
mod page;
mod rebuild;
mod reference;
mod source;
mod stream;

use super::WithheldBecause;
use super::inflate::Budget;

/// `bytes`, one PDF file, with its pages alone; at most `most` bytes.
pub(super) fn clean(bytes: &[u8], budget: &mut Budget, most: usize) -> Result<Vec<u8>, WithheldBecause> {
    let source = source::Source::open(bytes, budget)?;
    page::clean(source, most)
}
