//! TOML that is read to its end whatever is wrong in it: every mistake becomes a sentence with its line.
//!
//! serde stops at the first mistake; the person who mends a file wants all of them at once. So tables are asked for
//! what is known of them, and what was never asked for is an unknown key.

use crate::domain::Fault;
use crate::domain::fault::nearest;
use std::cell::RefCell;
use std::ops::RangeInclusive;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// One file, and the faults that were found in it so far.
#[derive(Debug)]
pub struct Page<'a> {
    file: &'a str,
    text: &'a str,
    faults: RefCell<Vec<Fault>>,
}

/// A word of a file and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What is written.
    pub text: String,
    /// Its byte offset in the file.
    pub at: usize,
}

/// A table of a page. It is asked for its keys and then closed with [`Table::end`].
#[derive(Debug)]
pub struct Table<'p> {
    page: &'p Page<'p>,
    rows: DeTable<'p>,
    asked: Vec<&'static str>,
    /// What the table is, for sentences: `state "invited"`.
    label: String,
    /// The byte offset of its header; `None` for the whole file.
    at: Option<usize>,
}

type Value<'p> = Spanned<DeValue<'p>>;

impl<'a> Page<'a> {
    /// A page of that `text`; `file` is its name as the person knows it.
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, faults: RefCell::new(Vec::new()) }
    }

    /// The whole file as a table; `None`, with every error of syntax noted, if it is not TOML.
    pub fn table(&'a self) -> Option<Table<'a>> {
        let (rows, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            self.fault(error.span().map(|span| span.start), format!("This is not TOML: {}.", error.message()));
        }
        errors.is_empty().then(|| Table { page: self, rows: rows.into_inner(), asked: Vec::new(), label: "this file".to_owned(), at: None })
    }

    /// Notes a fault at the byte `offset`; `None` means the file as a whole.
    pub fn fault(&self, offset: Option<usize>, sentence: impl Into<String>) {
        let fault = match offset {
            Some(offset) => Fault::at(self.file, self.text, offset, sentence),
            None => Fault::new(self.file, 0, sentence),
        };
        self.faults.borrow_mut().push(fault);
    }

    /// Reads `word` by `parse`; if it is none of `known`, notes that `what` is unknown and which word is right.
    pub fn choose<T>(&self, word: &Word, what: &str, known: &[&str], parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = parse(&word.text);
        if found.is_none() {
            self.fault(Some(word.at), format!("\"{}\" is no {what}; {}", word.text, right_words(&word.text, known)));
        }
        found
    }

    /// Whether nothing is wrong so far.
    pub fn is_sound(&self) -> bool {
        self.faults.borrow().is_empty()
    }

    /// Every fault, in the order of the file, each once.
    pub fn into_faults(self) -> Vec<Fault> {
        let mut faults = self.faults.into_inner();
        faults.sort();
        faults.dedup();
        faults
    }
}

/// The end of a sentence about a wrong word: the nearest right one, or all of them.
pub fn right_words(wrong: &str, known: &[&str]) -> String {
    match nearest(wrong, known.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None if known.is_empty() => "there is none yet.".to_owned(),
        None => format!("there are: {}.", known.join(", ")),
    }
}

impl<'p> Table<'p> {
    /// What the table is called in sentences from now on.
    pub fn named(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The byte offset of its header, for faults about the table as a whole.
    pub fn at(&self) -> Option<usize> {
        self.at
    }

    /// The page that it stands on.
    pub fn page(&self) -> &'p Page<'p> {
        self.page
    }

    /// The text under `key`, if the key is there.
    pub fn text(&mut self, key: &'static str) -> Option<Word> {
        let value = self.take(key)?;
        let at = value.span().start;
        match value.into_inner() {
            DeValue::String(text) => Some(Word { text: text.into_owned(), at }),
            other => self.wrong_kind(key, at, "a text in quotation marks", &other),
        }
    }

    /// The text under `key`, which must be there and not be blank.
    pub fn needed_text(&mut self, key: &'static str, example: &str) -> Option<Word> {
        if !self.has(key) {
            self.asked.push(key);
            self.page.fault(self.at, format!("In {} the key \"{key}\" is missing; write for example {key} = {example}.", self.label));
            return None;
        }
        let word = self.text(key)?;
        if word.text.trim().is_empty() {
            self.page.fault(Some(word.at), format!("\"{key}\" is empty; write for example {key} = {example}."));
            return None;
        }
        Some(word)
    }

    /// The whole number under `key`, if the key is there; a fault if it is outside `bounds`.
    pub fn number(&mut self, key: &'static str, bounds: RangeInclusive<u64>) -> Option<u64> {
        let value = self.take(key)?;
        let at = value.span().start;
        let number = match value.get_ref() {
            DeValue::Integer(written) => u64::from_str_radix(written.as_str(), written.radix()).ok(),
            other => return self.wrong_kind(key, at, "a whole number", other),
        };
        match number {
            Some(number) if bounds.contains(&number) => Some(number),
            _ => {
                self.page.fault(Some(at), format!("\"{key}\" must be between {} and {}.", bounds.start(), bounds.end()));
                None
            }
        }
    }

    /// True or false under `key`, if the key is there.
    pub fn truth(&mut self, key: &'static str) -> Option<bool> {
        let value = self.take(key)?;
        let at = value.span().start;
        match value.into_inner() {
            DeValue::Boolean(truth) => Some(truth),
            other => self.wrong_kind(key, at, "true or false", &other),
        }
    }

    /// The list of texts under `key`; empty if the key is not there.
    pub fn texts(&mut self, key: &'static str) -> Vec<Word> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let at = value.span().start;
        match value.into_inner() {
            DeValue::Array(items) => self.words_of(key, items),
            other => self.wrong_kind(key, at, "a list of texts, as in [\"one\", \"two\"]", &other).unwrap_or_default(),
        }
    }

    fn words_of(&self, key: &str, items: DeArray<'p>) -> Vec<Word> {
        let mut words = Vec::new();
        for item in items {
            let at = item.span().start;
            match item.into_inner() {
                DeValue::String(text) => words.push(Word { text: text.into_owned(), at }),
                other => words.extend(self.wrong_kind::<Word>(key, at, "a list of texts, as in [\"one\", \"two\"]", &other)),
            }
        }
        words
    }

    /// The table under `key`, if the key is there.
    pub fn table(&mut self, key: &'static str) -> Option<Table<'p>> {
        let value = self.take(key)?;
        self.as_table(key, value)
    }

    /// The tables under `key`, written as `[[key]]`, in the order of the file.
    pub fn tables(&mut self, key: &'static str) -> Vec<Table<'p>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let at = value.span().start;
        match value.into_inner() {
            DeValue::Array(items) => items.into_iter().filter_map(|item| self.as_table(key, item)).collect(),
            other => self.wrong_kind(key, at, &format!("a list of tables, written [[{key}]]"), &other).unwrap_or_default(),
        }
    }

    /// Every remaining row that is a text, with its key, in the order of the file.
    pub fn remaining_texts(&mut self) -> Vec<(Word, Word)> {
        let mut rows = Vec::new();
        for (key, value) in self.drain() {
            let at = value.span().start;
            match value.into_inner() {
                DeValue::String(text) => rows.push((key, Word { text: text.into_owned(), at })),
                other => rows.extend(self.wrong_kind::<(Word, Word)>(&key.text, at, "a text in quotation marks", &other)),
            }
        }
        rows
    }

    /// Every remaining row that is a list of texts, with its key, in the order of the file.
    pub fn remaining_lists(&mut self) -> Vec<(Word, Vec<Word>)> {
        let mut rows = Vec::new();
        for (key, value) in self.drain() {
            let at = value.span().start;
            match value.into_inner() {
                DeValue::Array(items) => {
                    let words = self.words_of(&key.text, items);
                    rows.push((key, words));
                }
                other => rows.extend(self.wrong_kind::<(Word, Vec<Word>)>(&key.text, at, "a list of texts, as in [\"one\", \"two\"]", &other)),
            }
        }
        rows
    }

    /// Every remaining row that is a table, with its key, in the order of the file.
    pub fn remaining_tables(&mut self) -> Vec<(Word, Table<'p>)> {
        let rows = self.drain();
        rows.into_iter().filter_map(|(key, value)| self.as_table(&key.text.clone(), value).map(|table| (key, table))).collect()
    }

    /// Closes the table: what was never asked for is unknown.
    pub fn end(mut self) {
        let asked = std::mem::take(&mut self.asked);
        for (key, _) in self.drain() {
            self.page.fault(Some(key.at), format!("\"{}\" is no key of {}; {}", key.text, self.label, right_words(&key.text, &asked)));
        }
    }

    /// Whether `key` is there.
    pub fn has(&self, key: &str) -> bool {
        self.rows.contains_key(key)
    }

    fn take(&mut self, key: &'static str) -> Option<Value<'p>> {
        self.asked.push(key);
        self.rows.remove(key)
    }

    fn drain(&mut self) -> Vec<(Word, Value<'p>)> {
        let rows = std::mem::take(&mut self.rows);
        let mut rows: Vec<(Word, Value<'p>)> =
            rows.into_iter().map(|(key, value)| (Word { at: key.span().start, text: key.into_inner().into_owned() }, value)).collect();
        rows.sort_by_key(|(key, _)| key.at);
        rows
    }

    fn as_table(&self, key: &str, value: Value<'p>) -> Option<Table<'p>> {
        let at = value.span().start;
        match value.into_inner() {
            DeValue::Table(rows) => Some(Table { page: self.page, rows, asked: Vec::new(), label: format!("\"{key}\""), at: Some(at) }),
            other => self.wrong_kind(key, at, &format!("a table, written [{key}]"), &other),
        }
    }

    fn wrong_kind<T>(&self, key: &str, at: usize, wanted: &str, found: &DeValue<'p>) -> Option<T> {
        let kind = match found {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.page.fault(Some(at), format!("\"{key}\" must be {wanted}, and this is {kind}."));
        None
    }
}
