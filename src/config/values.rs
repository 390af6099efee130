//! Values that several sections have: one of a few words, an address.

use crate::domain::Address;
use crate::workflow::page::{Page, Table, Word};

/// How a connection is protected. There is no way to switch verification off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte (RFC 8314).
    Implicit,
    /// After STARTTLS, before anything else is said.
    StartTls,
    /// Not at all; only on this machine.
    None,
}

/// The word under `key` as one of `words`, or `default` if the key is not there. `None` is a fault.
pub(super) fn one_of<T: Copy>(table: &mut Table, key: &'static str, words: &[(&'static str, T)], default: T) -> Option<T> {
    let Some(word) = table.text(key) else { return Some(default) };
    choose(table.page(), &word, key, words)
}

/// What `word`, the value of `key`, stands for.
pub(super) fn choose<T: Copy>(page: &Page, word: &Word, key: &str, words: &[(&'static str, T)]) -> Option<T> {
    let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
    page.choose(word, &format!("value of \"{key}\""), &known, |text| words.iter().find(|(known, _)| *known == text).map(|(_, meaning)| *meaning))
}

/// The e-mail address under `key`.
pub(super) fn address(table: &mut Table, key: &'static str) -> Option<(Word, Address)> {
    let word = table.needed_text(key, "\"mediation@example.org\"")?;
    match Address::parse(&word.text) {
        Ok(address) => Some((word, address)),
        Err(error) => {
            table.page().fault(Some(word.at), format!("The address under \"{key}\" cannot be used: {error}."));
            None
        }
    }
}

/// An address of the service: everybody must be able to write to it, also whose server knows no SMTPUTF8 (RFC 6531).
pub(super) fn own_address(table: &mut Table, key: &'static str) -> Option<(Word, Address)> {
    let (word, address) = address(table, key)?;
    if address.as_str().is_ascii() {
        return Some((word, address));
    }
    table.page().fault(
        Some(word.at),
        format!("The address under \"{key}\" has letters outside ASCII, and not everybody could write to it; give the service one without them."),
    );
    None
}
