//! One record of a CSV table, which may go over several lines.

use csv::StringRecord;
use memchr::{memchr, memchr_iter};

use super::numbered_lines::{MAX_RECORD, NumberedLine};

/// A record, which grows line by line.
pub(super) struct Record {
    /// The line on which it starts.
    pub(super) line: u64,
    delimiter: u8,
    pub(super) fields: StringRecord,
    /// The last field, which has not ended.
    field: String,
    /// The line of the opening quotation mark of a field that is not closed yet.
    pub(super) open_quote: Option<u64>,
    pub(super) n_bytes: usize,
    /// What is wrong first, and the line of it.
    pub(super) fault: Option<(u64, String)>,
}

impl Record {
    pub(super) fn new(first: &NumberedLine<'_>, delimiter: u8) -> Self {
        Record {
            line: first.number,
            delimiter,
            fields: StringRecord::with_capacity(first.text.len(), 8),
            field: String::new(),
            open_quote: None,
            n_bytes: 0,
            fault: None,
        }
    }

    /// The delimiter that the record names, where it is the line `sep=;` and no header.
    pub(super) fn named_delimiter(&self) -> Option<u8> {
        // The delimiter parts the line that names it.
        let mut fields = self.fields.iter();
        let first = fields.next()?;
        match named_delimiter(first) {
            _ if self.fields.len() > 2 => None,
            None if first == "sep=" => Some(self.delimiter),
            named => named.filter(|_| self.fields.len() == 1),
        }
    }

    pub(super) fn add(&mut self, line: &NumberedLine<'_>) {
        self.n_bytes += line.text.len();
        if let Some(reason) = &line.fault {
            self.fault.get_or_insert_with(|| (line.number, reason.clone()));
        }
        let mut rest = Some(&*line.text);
        while let Some(text) = rest {
            rest = match text.strip_prefix('"') {
                _ if self.open_quote.is_some() => self.add_quoted(text, line.number),
                Some(text) => {
                    self.open_quote = Some(line.number);
                    self.add_quoted(text, line.number)
                }
                None => self.add_unquoted(text),
            };
        }
        if line.is_cut {
            self.open_quote = None;
        }
    }

    /// Takes text from the rest of a field on; gives what follows the delimiter.
    fn add_unquoted<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let (field, rest) = match memchr(self.delimiter, text.as_bytes()) {
            Some(end) => (&text[..end], Some(&text[end + 1..])),
            None => (without_line_end(text), None),
        };
        self.field.push_str(field);
        self.fields.push_field(&self.field);
        self.field.clear();
        rest
    }

    /// Takes text from within quotation marks on, which a later line may close; gives what follows
    /// the delimiter.
    fn add_quoted<'a>(&mut self, text: &'a str, line: u64) -> Option<&'a str> {
        let mut rest = text;
        while let Some(end) = memchr(b'"', rest.as_bytes()) {
            let (before, after) = (&rest[..end], &rest[end + 1..]);
            self.field.push_str(before);
            let Some(more) = after.strip_prefix('"') else {
                self.close_quote(after, line);
                return self.add_unquoted(after);
            };
            self.field.push('"');
            rest = more;
        }
        self.field.push_str(rest);
        None
    }

    /// Takes what follows a closing quotation mark, which must be a delimiter or the line end.
    fn close_quote(&mut self, after: &str, line: u64) {
        let opened = self.open_quote.take().unwrap_or(line);
        if after.as_bytes().first() != Some(&self.delimiter) && !without_line_end(after).is_empty()
        {
            let found: String = without_line_end(after).chars().take(20).collect();
            let reason = format!(
                "a quoted field opened on line {opened} is closed and then goes on with `{found}`; \
                 double the quotation marks inside a quoted field"
            );
            self.fault.get_or_insert((line, reason));
        }
    }
}

pub(super) fn never_closed(opened: u64, is_too_large: bool) -> String {
    let limit = MAX_RECORD >> 20;
    let within = if is_too_large { format!(" within {limit} MiB") } else { String::new() };
    format!(
        "a quoted field opened on line {opened} is never closed{within}; look for a stray \" there"
    )
}

pub(super) fn without_line_end(text: &str) -> &str {
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let n = text.bytes().rev().take_while(is_end).count();
    &text[..text.len() - n]
}

/// The delimiter that a line such as `sep=;` names.
pub(super) fn named_delimiter(line: &str) -> Option<u8> {
    match line.trim_matches(['"', '\u{feff}', '\r', '\n', ' ']).strip_prefix("sep=")?.as_bytes() {
        [delimiter] if delimiter.is_ascii() => Some(*delimiter),
        _ => None,
    }
}

/// The delimiter that occurs most often in the header. Spreadsheets write semicolons where the comma
/// is the decimal mark.
pub(super) fn most_frequent_delimiter(header: &str) -> u8 {
    let count = |delimiter: u8| memchr_iter(delimiter, header.as_bytes()).count();
    // The last of equals is taken: a header without any of them has one column.
    [b';', b'\t', b','].into_iter().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',')
}
