//! A table in a text: RFC 4180, with the line and the column of every fault.

use std::fmt;
use std::iter::Peekable;
use std::str::Chars;

/// Most faults that are told of one file.
pub(super) const MOST_FAULTS: usize = 100;

/// What is wrong in a table, where, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TableFault {
    /// The line, from 1.
    pub(super) line: usize,
    /// The column, from 1; 0 where the table does not have it.
    pub(super) column: usize,
    /// Name of the column, where it has one.
    pub(super) name: &'static str,
    /// What is wrong and what would be right.
    pub(super) sentence: String,
}

impl fmt::Display for TableFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.name.is_empty() { String::new() } else { format!(" ({})", self.name) };
        match self.column {
            0 => write!(f, "{}: there is no column{}: {}", self.line, name.replace(['(', ')'], "`"), self.sentence),
            column => write!(f, "{}: column {column}{name}: {}", self.line, self.sentence),
        }
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The line on which it begins.
    pub(super) line: usize,
    /// Its fields.
    pub(super) fields: Vec<String>,
}

/// The rows of `text`; lines with nothing on them are passed over.
pub(super) fn rows(text: &str) -> Result<Vec<Row>, TableFault> {
    let mut reader = Reader { chars: text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable(), line: 1 };
    let mut rows = Vec::new();
    while reader.chars.peek().is_some() {
        let row = reader.row()?;
        if row.fields.iter().any(|field| !field.trim().is_empty()) {
            rows.push(row);
        }
    }
    Ok(rows)
}

struct Reader<'a> {
    chars: Peekable<Chars<'a>>,
    line: usize,
}

impl Reader<'_> {
    fn row(&mut self) -> Result<Row, TableFault> {
        let mut row = Row { line: self.line, fields: Vec::new() };
        loop {
            let column = row.fields.len().saturating_add(1);
            let field = if self.chars.next_if_eq(&'"').is_some() { self.quoted(column)? } else { self.bare(column)? };
            row.fields.push(field);
            if self.chars.next_if_eq(&',').is_some() {
                continue;
            }
            self.chars.next_if_eq(&'\r');
            match self.chars.next() {
                None => return Ok(row),
                Some('\n') => {
                    self.line = self.line.saturating_add(1);
                    return Ok(row);
                }
                Some(_) => return Err(self.fault(column, "something follows a closing quotation mark; write a quotation mark within a field twice")),
            }
        }
    }

    fn bare(&mut self, column: usize) -> Result<String, TableFault> {
        let mut field = String::new();
        while let Some(c) = self.chars.next_if(|c| !matches!(c, ',' | '\r' | '\n')) {
            if c == '"' {
                return Err(self.fault(column, "a quotation mark stands in a field without them; put the whole field in quotation marks and write it twice"));
            }
            field.push(c);
        }
        Ok(field)
    }

    fn quoted(&mut self, column: usize) -> Result<String, TableFault> {
        let begins = self.line;
        let mut field = String::new();
        while let Some(c) = self.chars.next() {
            match c {
                '"' if self.chars.next_if_eq(&'"').is_some() => field.push('"'),
                '"' => return Ok(field),
                '\n' => {
                    self.line = self.line.saturating_add(1);
                    field.push(c);
                }
                other => field.push(other),
            }
        }
        self.line = begins;
        Err(self.fault(column, "a quotation mark is opened here and never closed; close it"))
    }

    fn fault(&self, column: usize, sentence: &str) -> TableFault {
        TableFault { line: self.line, column, name: "", sentence: sentence.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Vec<Vec<String>> {
        rows(text).unwrap().into_iter().map(|row| row.fields).collect()
    }

    #[test]
    fn a_table_is_read_as_rfc_4180_says() {
        assert_eq!(fields("\u{feff}a,b\r\n\"c, d\",\"e \"\"f\"\"\"\r\n,\n\n\"g\nh\",i"), [vec!["a", "b"], vec!["c, d", "e \"f\""], vec!["g\nh", "i"]]);
        assert_eq!(rows("a\n\"b\nc\"\nd").unwrap().iter().map(|row| row.line).collect::<Vec<_>>(), [1, 2, 4]);
        assert!(rows("").unwrap().is_empty());
    }

    #[test]
    fn what_is_no_table_is_named_with_its_place() {
        for (text, line, column) in [("a,b\nc,\"d", 2, 2), ("a\nb\"c", 2, 1), ("a,b,\"c\"d", 1, 3), ("\"a\nb\"\n\"c\n\n", 3, 1)] {
            let fault = rows(text).unwrap_err();
            assert_eq!((fault.line, fault.column), (line, column), "{text}: {fault}");
            assert!(fault.to_string().contains("quotation mark"));
        }
    }
}
