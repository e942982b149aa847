//! What a calling program holds in memory in place of files: tables that are read, and what is written.

use std::cell::RefCell;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use csv::StringRecord;

use super::columns::Columns;
use super::header::{Header, Schema};
use super::progress::Progress;
use super::read_error::ReadError;
use super::row::{Row, Rows};
use crate::error::Error;

/// The rows of a held table: a field for each column, or what is wrong with one.
pub type HeldRows = Box<dyn Iterator<Item = Result<StringRecord, String>> + Send>;

/// A table in memory, which is read as a file of its name would be.
pub struct HeldTable {
    /// The names of its columns.
    pub columns: Vec<String>,
    /// The number of its rows.
    pub n_rows: u64,
    /// Reads it from the start.
    pub rows: Box<dyn Fn() -> HeldRows + Send + Sync>,
}

impl std::fmt::Debug for HeldTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HeldTable").field("columns", &self.columns).finish_non_exhaustive()
    }
}

/// What stands in place of files and of standard output while [`Held::while_running`] runs something.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// Tables by the names under which they are asked for as inputs.
    pub tables: Vec<(String, Arc<HeldTable>)>,
    /// What is written where no file is named.
    pub written: HeldBytes,
}

thread_local! {
    static HELD: RefCell<Option<Held>> = const { RefCell::new(None) };
}

impl Held {
    /// Runs something on this thread that finds the tables, and writes here what it would write to
    /// standard output.
    pub fn while_running<T>(self, run: impl FnOnce() -> T) -> T {
        let _restore = Restore(HELD.replace(Some(self)));
        run()
    }

    /// Whether this thread holds a table of that name.
    pub fn holds(name: &Path) -> bool {
        Held::table(name).is_some()
    }

    /// The table of a name, where this thread holds one.
    pub(super) fn table(name: &Path) -> Option<Arc<HeldTable>> {
        HELD.with_borrow(|held| {
            let tables = held.iter().flat_map(|held| &held.tables);
            let mut named = tables.filter(|(known, _)| Path::new(known) == name);
            named.next().map(|(_, table)| Arc::clone(table))
        })
    }

    /// What takes the place of standard output, where something does.
    pub(super) fn output() -> Option<HeldBytes> {
        HELD.with_borrow(|held| held.as_ref().map(|held| held.written.clone()))
    }
}

/// Puts back what was held before, however the run ends.
struct Restore(Option<Held>);

impl Drop for Restore {
    fn drop(&mut self) {
        HELD.replace(self.0.take());
    }
}

/// Bytes that grow as they are written. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct HeldBytes(Arc<Mutex<Vec<u8>>>);

impl HeldBytes {
    /// Takes out what was written so far.
    pub fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for HeldBytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads a held table; messages call it by its name and count its rows from 1. `progress` counts rows.
pub(super) fn rows(
    table: &HeldTable,
    name: &Path,
    schema: &'static Schema,
    columns: &Columns,
    progress: &Progress,
) -> Result<Rows, Error> {
    let refuse = |reason| Error::file(name, reason);
    let header = Header::new(table.columns.clone(), schema, columns).map_err(refuse)?;
    let mut wanted = columns.renamed_fields().chain(schema.expected.iter().copied());
    if let Some(field) = wanted.find(|field| header.lacks(field)) {
        return Err(refuse(header.missing_column(field, columns)));
    }
    let (header, path, progress) = (Arc::new(header), name.to_path_buf(), progress.clone());
    Ok(Box::new((1..).zip((table.rows)()).map(move |(number, fields)| {
        progress.add(1);
        let row = |reason: String| ReadError::Row(Error::row(&path, number, reason));
        let fields = fields.map_err(row)?;
        if let Some(at) = fields.iter().position(|field| field.contains('\0')) {
            let name = &header.names[at];
            return Err(row(format!("a NUL in the column `{name}`; expected text")));
        }
        Ok(Row::new(number, number, Arc::clone(&header), fields))
    })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::io::{BadRows, Inputs, Output};

    fn table(columns: &[&str], rows: &'static [&'static [&'static str]]) -> Arc<HeldTable> {
        let read = move || rows.iter().map(|row| Ok(StringRecord::from(row.to_vec())));
        Arc::new(HeldTable {
            columns: columns.iter().map(ToString::to_string).collect(),
            n_rows: rows.len() as u64,
            rows: Box::new(move || Box::new(read())),
        })
    }

    fn read(table: Arc<HeldTable>) -> Result<Vec<Article>, Error> {
        let tables = vec![("<articles>".to_string(), table)];
        Held { tables, ..Held::default() }.while_running(|| {
            let inputs = Inputs::find(&["<articles>"], None)?;
            let progress = inputs.progress();
            let articles = inputs.articles(&Columns::default(), BadRows::Refuse)?;
            let articles = articles.collect::<Result<_, _>>()?;
            assert_eq!(Some(progress.bytes()), progress.total_bytes());
            Ok(articles)
        })
    }

    #[test]
    fn a_table_is_read_as_a_file_is() {
        let rows: &[&[&str]] =
            &[&["A", "Ox won.", "03/02/2031"], &["B", "Elk lost.", "14/02/2031"]];
        let articles = read(table(&["newspaper", "Body", "date"], rows)).unwrap();
        assert_eq!(articles[0].date, "2031-02-03");
        assert_eq!((articles[1].outlet.as_str(), articles[1].text.as_str()), ("B", "Elk lost."));
        assert_eq!(articles[1].id, "articles-2");
        assert!(Inputs::find(&["<articles>"], None).is_err());
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let message = read(table(&["words"], &[&["a"]])).unwrap_err().to_string();
        assert!(message.starts_with("<articles>: no column `text`, found `words`"), "{message}");
        let message = read(table(&["text"], &[&["a"], &["\0"]])).unwrap_err().to_string();
        assert_eq!(message, "<articles>, line 2: a NUL in the column `text`; expected text");
    }

    #[test]
    fn standard_output_is_held_even_in_a_run_within_a_run() {
        let write = |text: &str| {
            let mut output = Output::create(None).unwrap();
            output.write_all(text.as_bytes()).unwrap();
            output.finish().unwrap();
        };
        let (outer, inner) = (Held::default(), Held::default());
        let (outer_bytes, inner_bytes) = (outer.written.clone(), inner.written.clone());
        outer.while_running(|| {
            inner.while_running(|| write("in"));
            write("out");
        });
        assert_eq!((outer_bytes.take(), inner_bytes.take()), (b"out".to_vec(), b"in".to_vec()));
    }
}
