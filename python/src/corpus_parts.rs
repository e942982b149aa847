//! Parts of a corpus that is too large for one machine: what was counted of each, what is known of its
//! articles beforehand, and the texts that it may share with others.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use framescope::article::Article;
use framescope::classifier::{TextHolders, TextKey, text_keys as keys_of};
use framescope::cli::embedded::{self, Embedded, SurveyedArticle};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;
use rayon::prelude::*;

use crate::failure::{Failure, raised};
use crate::frame::{Frame, held};
use crate::report::Report;
use crate::table::Table;
use crate::worker::{Notes, in_background};

/// A text's key as Python has it: whether it is quoted, its hash, and the outlets that hold it.
pub(crate) type HeldText = (bool, i64, Vec<String>);

/// What is known of an article as Python has it: its id, the bytes of its text, what it has in common with
/// the same article, and whether it is selected.
type Surveyed = (String, usize, Option<i64>, bool);

/// Which outlets hold texts.
pub(crate) fn holders(texts: &[HeldText]) -> TextHolders {
    let held = texts.iter().map(|(is_quoted, hash, outlets)| {
        let key = TextKey { is_quoted: *is_quoted, hash: hash.cast_unsigned() };
        (key, outlets.clone())
    });
    TextHolders::new(&held.collect::<Vec<_>>())
}

/// Counts the part of a corpus that the arguments of `report` name; gives the bytes of its state.
#[pyfunction]
#[pyo3(signature = (arguments, frames, progress = None))]
pub(crate) fn partial(
    py: Python<'_>,
    arguments: Vec<String>,
    frames: BTreeMap<String, Py<Frame>>,
    progress: Option<Py<PyAny>>,
) -> PyResult<(Bound<'_, PyBytes>, Notes)> {
    let held = held(&frames);
    let (bytes, notes) = in_background(py, progress.as_ref(), move |host| {
        Ok(Embedded { arguments, held, host }.partial()?.to_bytes())
    })?;
    Ok((PyBytes::new(py, &bytes), notes))
}

/// Merges states; gives the bytes of one.
#[pyfunction]
pub(crate) fn merge_states(
    py: Python<'_>,
    states: Vec<PyBackedBytes>,
) -> PyResult<Bound<'_, PyBytes>> {
    let (bytes, _) = in_background(py, None, move |_| Ok(embedded::merge_states(&states)?))?;
    Ok(PyBytes::new(py, &bytes))
}

/// Makes the report on parts of a corpus; the arguments are those of `report`.
#[pyfunction]
#[pyo3(signature = (arguments, states, progress = None))]
pub(crate) fn merged_report(
    py: Python<'_>,
    arguments: Vec<String>,
    states: Vec<PyBackedBytes>,
    progress: Option<Py<PyAny>>,
) -> PyResult<(Report, Notes)> {
    let held = held(&BTreeMap::new());
    in_background(py, progress.as_ref(), move |host| {
        Ok(Report::new(Embedded { arguments, held, host }.merged(&states)?))
    })
}

/// What is known of each article before it is classified.
#[pyfunction]
pub(crate) fn survey(
    py: Python<'_>,
    arguments: Vec<String>,
    frames: BTreeMap<String, Py<Frame>>,
) -> PyResult<(Vec<Surveyed>, Notes)> {
    let held = held(&frames);
    in_background(py, None, move |host| {
        let surveyed = Embedded { arguments, held, host }.survey()?.into_iter();
        let of_article = |of: SurveyedArticle| {
            (of.id, of.bytes, of.duplicate.map(u64::cast_signed), of.is_selected)
        };
        Ok(surveyed.map(of_article).collect())
    })
}

/// The keys of all that the articles could share, with the outlets that hold them: a row for each.
#[pyfunction]
pub(crate) fn text_keys(
    py: Python<'_>,
    arguments: Vec<String>,
    frames: BTreeMap<String, Py<Frame>>,
) -> PyResult<(Table, Notes)> {
    let held = held(&frames);
    let (mut found, notes) = in_background(py, None, move |host| {
        let mut found: Vec<(String, TextKey)> = Vec::new();
        let process = |articles: Vec<Article>| {
            let of_article = |article: &Article| {
                let keys = keys_of(article).into_iter();
                keys.map(|key| (article.outlet.clone(), key)).collect::<Vec<_>>()
            };
            articles.par_iter().flat_map_iter(of_article).collect::<Vec<_>>()
        };
        Embedded { arguments, held, host }.articles(process, |more| {
            found.extend(more);
            Ok(())
        })?;
        Ok(found)
    })?;
    found.sort_unstable();
    found.dedup();
    Ok((keys_table(&found).map_err(raised)?, notes))
}

fn keys_table(found: &[(String, TextKey)]) -> Result<Table, Failure> {
    let outlets: StringArray = found.iter().map(|(outlet, _)| Some(outlet)).collect();
    let quoted: Int64Array = found.iter().map(|(_, key)| Some(i64::from(key.is_quoted))).collect();
    let hashes: Int64Array = found.iter().map(|(_, key)| Some(key.hash.cast_signed())).collect();
    let schema = Arc::new(Schema::new(vec![
        Field::new("outlet", DataType::Utf8, true),
        Field::new("quoted", DataType::Int64, true),
        Field::new("hash", DataType::Int64, true),
    ]));
    let columns: Vec<ArrayRef> = vec![Arc::new(outlets), Arc::new(quoted), Arc::new(hashes)];
    let batch = RecordBatch::try_new(Arc::clone(&schema), columns);
    let batch = batch.map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(Table::new(schema, vec![batch]))
}
