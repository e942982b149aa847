//! What files say about words: vectors, one line a word, and scores, a table.

use std::path::Path;

use super::header::{Columns, Row, Schema};
use super::inputs::{Source, SourcePlace};
use super::open_file::open;
use super::progress::Progress;
use super::table_rows::rows;
use crate::error::Error;

static SCORES: Schema =
    Schema { noun: "word scores", fields: &["word", "score"], required: &["word", "score"] };

/// Tells every word of a file of vectors with its numbers, in the file's order; gives how many numbers
/// a word has. GloVe and word2vec write such files as text: in each line a word and its numbers, kept
/// apart by spaces. word2vec's first line, which counts words and numbers, is skipped. The file may be
/// compressed, and is never held as a whole.
///
/// # Errors
/// A line that is damaged, has another number of numbers than the first, or something else than finite
/// numbers; a file without words.
pub fn word_vectors(path: &Path, mut tell: impl FnMut(&str, &[f32])) -> Result<usize, Error> {
    let mut lines = open(&source(path), &Progress::of(None), None)?;
    let mut dimension = None;
    let mut numbers = Vec::new();
    while let Some(line) = lines.next().map_err(Error::from)? {
        let refuse = |reason: String| Error::row(path, line.number, reason);
        if let Some(fault) = line.fault {
            return Err(refuse(fault));
        }
        let text = line.text.trim_matches(BLANK);
        if text.is_empty() || (line.number == 1 && is_count(text)) {
            continue;
        }
        let dimension = *dimension.get_or_insert_with(|| text.split(BLANK).count() - 1);
        let word = split(text, dimension, &mut numbers).map_err(refuse)?;
        tell(word, &numbers);
    }
    let empty = "no word vectors in it; expected lines of a word and its numbers";
    dimension.ok_or_else(|| Error::file(path, empty))
}

/// Tells every word of a table with its score, from the columns `word` and `score`, in the table's
/// order. The file may be compressed.
///
/// # Errors
/// A row that is damaged, has no word, or a score that is not a finite number; a table without rows.
pub fn word_scores(path: &Path, mut tell: impl FnMut(&str, f32)) -> Result<(), Error> {
    let lines = open(&source(path), &Progress::of(None), None)?;
    let mut is_empty = true;
    for row in rows(lines, None, &SCORES, &Columns::default())? {
        let row = row.map_err(Error::from)?;
        is_empty = false;
        let score = score(&row).map_err(|reason| Error::row(path, row.line, reason))?;
        tell(row.get("word").trim(), score);
    }
    match is_empty {
        true => Err(Error::file(path, "no word scores: there is no row in it")),
        false => Ok(()),
    }
}

fn source(path: &Path) -> Source {
    let (outlet, name) = (String::new(), String::new());
    Source { path: path.to_path_buf(), place: SourcePlace::File, format: None, outlet, name }
}

/// What stands between a word and its numbers. Other white space may be part of a word.
const BLANK: [char; 4] = [' ', '\t', '\r', '\n'];

/// Whether a line counts what the file holds, as word2vec's first line does.
fn is_count(text: &str) -> bool {
    let fields: Vec<&str> = text.split(BLANK).collect();
    fields.len() == 2 && fields.iter().all(|field| field.parse::<u64>().is_ok())
}

/// The word of a line; writes its numbers, which are as many as `dimension`. A word may hold blanks
/// of its own.
fn split<'l>(text: &'l str, dimension: usize, numbers: &mut Vec<f32>) -> Result<&'l str, String> {
    if dimension == 0 {
        return Err(format!(
            "no number behind `{}`; expected a word and its numbers, kept apart by spaces",
            shown(text)
        ));
    }
    numbers.clear();
    let mut rest = text;
    for _ in 0..dimension {
        let Some((before, field)) = rest.rsplit_once(BLANK) else {
            let found = text.split(BLANK).count() - 1;
            return Err(format!(
                "found {found} numbers behind `{}`, expected {dimension} as in the first line",
                shown(rest)
            ));
        };
        let number = field.parse::<f32>().ok().filter(|number| number.is_finite());
        numbers.push(number.ok_or_else(|| {
            format!("`{}` is no number; expected {dimension} numbers behind the word", shown(field))
        })?);
        rest = before;
    }
    numbers.reverse();
    let last = rest.rsplit(BLANK).next().filter(|last| *last != rest);
    match last.filter(|last| last.parse::<f32>().is_ok()) {
        Some(_) => Err(format!(
            "found {} numbers or more behind `{}`, expected {dimension} as in the first line",
            dimension + 1,
            shown(rest.split(BLANK).next().unwrap_or_default())
        )),
        None => Ok(rest),
    }
}

/// The start of a text, for a message.
fn shown(text: &str) -> String {
    text.chars().take(20).collect()
}

fn score(row: &Row) -> Result<f32, String> {
    if row.get("word").trim().is_empty() {
        return Err("`word` is empty; fill it or delete the row".to_string());
    }
    let field = row.get("score").trim();
    let score = field.parse::<f32>().ok().filter(|score| score.is_finite());
    score.ok_or_else(|| format!("score is `{}`; expected a number", shown(field)))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    type Words = Vec<(String, Vec<f32>)>;

    fn written(bytes: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    fn vectors(text: &[u8]) -> Result<(usize, Words), Error> {
        let mut words = Vec::new();
        let file = written(text);
        let dimension = word_vectors(file.path(), |word, numbers| {
            words.push((word.to_string(), numbers.to_vec()));
        })?;
        Ok((dimension, words))
    }

    fn scores(text: &str) -> Result<Vec<(String, f32)>, Error> {
        let mut words = Vec::new();
        let file = written(text.as_bytes());
        word_scores(file.path(), |word, score| words.push((word.to_string(), score)))?;
        Ok(words)
    }

    #[test]
    fn words_and_their_numbers() {
        let expected = vec![("good".into(), vec![0.5, -1.0]), ("bad".into(), vec![-0.5, 1e-2])];
        let plain = "good 0.5 -1\nbad -0.5 1e-2\n";
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(plain.as_bytes()).unwrap();
        let counted = "2 2\ngood 0.5 -1 \nbad\t-0.5\t1e-2\r\n\n";
        for text in [plain.as_bytes(), counted.as_bytes(), &packed.finish().unwrap()] {
            assert_eq!(vectors(text).unwrap(), (2, expected.clone()));
        }
    }

    #[test]
    fn a_word_may_hold_blanks() {
        let (_, words) = vectors(b"good 0.5 1\nnot so good 1 2\na\xc2\xa0b 3 4\n").unwrap();
        assert_eq!(words[1].0, "not so good");
        assert_eq!(words[2].0, "a\u{a0}b");
    }

    #[test]
    fn vectors_that_cannot_be_used() {
        let refused = |text: &[u8], expected: &str| {
            let message = vectors(text).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        };
        refused(b"", "no word vectors in it; expected lines");
        refused(b"2 3\n", "no word vectors in it");
        refused(b"good\n", "line 1: no number behind `good`; expected a word and its numbers");
        refused(b"good 1 2\nbad 1\n", "line 2: found 1 numbers behind `bad`, expected 2");
        refused(b"good 1 2\nbad 1 2 3\n", "line 2: found 3 numbers or more behind `bad`");
        refused(b"good 1 2\nbad 1 two\n", "line 2: `two` is no number; expected 2 numbers");
        refused(b"good 1 NaN\n", "line 1: `NaN` is no number");
        refused(b"good 1 2\nbad 1 inf\n", "line 2: `inf` is no number");
        refused(b"good 1 2\nbad\0 1 2\n", "line 2: a NUL");
    }

    #[test]
    fn scores_are_a_table() {
        let expected = vec![("good".into(), 1.9), ("bad".into(), -2.5)];
        assert_eq!(scores("word,score,note\ngood,1.9,x\nbad,-2.5,\n").unwrap(), expected);
        assert_eq!(scores("score\tword\n1.9\tgood\n-2.5\tbad\n").unwrap(), expected);
        let refused = |text: &str, expected: &str| {
            let message = scores(text).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        };
        refused("word,value\ngood,1\n", "no column `score`");
        refused("word,score\ngood,high\n", "line 2: score is `high`; expected a number");
        refused("word,score\ngood,nan\n", "line 2: score is `nan`");
        refused("word,score\n ,1\n", "line 2: `word` is empty");
        refused("word,score\n", "no word scores: there is no row in it");
        refused("", "no word scores: the file is empty");
    }
}
