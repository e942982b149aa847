//! Reads files about words: word vectors, and tables of scores.

use std::path::Path;

use super::columns::Columns;
use super::file_reader::OpenedFile;
use super::format_table;
use super::header::Schema;
use super::row::Row;
use crate::error::Error;

const WORD_SCORE: &[&str] = &["word", "score"];

static SCORES: Schema =
    Schema { noun: "word scores", required: WORD_SCORE, ..Schema::of(WORD_SCORE) };

/// What separates a word and its numbers. Other white space may be part of a word.
const SEPARATORS: [char; 4] = [' ', '\t', '\r', '\n'];

/// Passes every word of a file and its vector to `consume`, in the file's order; gives the dimension
/// of the vectors. Each line holds a word and its numbers, separated by spaces, as GloVe and word2vec
/// write them as text; word2vec's first line, which counts words and numbers, is skipped. The file may
/// be compressed, and is never held as a whole. Refuses a damaged line, vectors of different dimensions
/// or with other than finite numbers, and a file without words.
pub fn word_vectors(path: &Path, mut consume: impl FnMut(&str, &[f32])) -> Result<usize, Error> {
    let mut lines = OpenedFile::at(path)?.lines()?;
    let mut dimension = None;
    let mut vector = Vec::new();
    while let Some(line) = lines.next().map_err(Error::from)? {
        let refuse = |reason: String| Error::row(path, line.number, reason);
        let text = line.checked().map_err(refuse)?.trim_matches(SEPARATORS);
        if text.is_empty() || (line.number == 1 && is_count(text)) {
            continue;
        }
        let dimension = *dimension.get_or_insert_with(|| text.split(SEPARATORS).count() - 1);
        let word = parse_line(text, dimension, &mut vector).map_err(refuse)?;
        consume(word, &vector);
    }
    let empty = "no word vectors in it; expected lines of a word and its numbers";
    dimension.ok_or_else(|| Error::file(path, empty))
}

/// Passes every word of a table and its score to `consume`, from the columns `word` and `score`, in
/// the table's order. The file may be compressed. Refuses a damaged row, a row without a word or with
/// a score that is not a finite number, and a table without rows.
pub fn word_scores(path: &Path, mut consume: impl FnMut(&str, f32)) -> Result<(), Error> {
    let mut is_empty = true;
    for row in format_table::table_rows(OpenedFile::at(path)?, &SCORES, &Columns::default())? {
        let row = row.map_err(Error::from)?;
        is_empty = false;
        let score = score(&row).map_err(|reason| Error::row(path, row.line, reason))?;
        consume(row.get("word").trim(), score);
    }
    match is_empty {
        true => Err(Error::file(path, "no word scores: there is no row in it")),
        false => Ok(()),
    }
}

/// Whether a line counts words and numbers, as word2vec's first line does.
fn is_count(text: &str) -> bool {
    let fields: Vec<&str> = text.split(SEPARATORS).collect();
    fields.len() == 2 && fields.iter().all(|field| field.parse::<u64>().is_ok())
}

/// Takes a line; gives its word, which may contain separators, and writes its numbers to `vector`.
fn parse_line<'l>(
    text: &'l str,
    dimension: usize,
    vector: &mut Vec<f32>,
) -> Result<&'l str, String> {
    if dimension == 0 {
        return Err(format!(
            "no number behind `{}`; expected a word and its numbers, kept apart by spaces",
            shortened(text)
        ));
    }
    let wrong_number = |found: String, word: &str| {
        let word = shortened(word);
        format!("found {found} behind `{word}`, expected {dimension} as in the first line")
    };
    vector.clear();
    let mut rest = text;
    for _ in 0..dimension {
        let Some((before, field)) = rest.rsplit_once(SEPARATORS) else {
            let n_found = text.split(SEPARATORS).count() - 1;
            return Err(wrong_number(format!("{n_found} numbers"), rest));
        };
        vector.push(finite(field).ok_or_else(|| {
            let field = shortened(field);
            format!("`{field}` is no number; expected {dimension} numbers behind the word")
        })?);
        rest = before;
    }
    vector.reverse();
    match rest.rsplit_once(SEPARATORS) {
        Some((_, last)) if last.parse::<f32>().is_ok() => {
            let word = rest.split(SEPARATORS).next().unwrap_or_default();
            Err(wrong_number(format!("{} numbers or more", dimension + 1), word))
        }
        _ => Ok(rest),
    }
}

fn finite(field: &str) -> Option<f32> {
    field.parse::<f32>().ok().filter(|number| number.is_finite())
}

/// The start of a text, for a message.
fn shortened(text: &str) -> String {
    text.chars().take(20).collect()
}

fn score(row: &Row) -> Result<f32, String> {
    if row.get("word").trim().is_empty() {
        return Err("`word` is empty; fill it or delete the row".to_string());
    }
    let field = row.get("score").trim();
    finite(field).ok_or_else(|| format!("score is `{}`; expected a number", shortened(field)))
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
