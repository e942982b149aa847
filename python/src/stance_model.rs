//! A model that is asked about single sentences, for scikit-learn.

use std::sync::Arc;

use framescope::cli::embedded::Embedded;
use framescope::io::Held;
use framescope::model::{Model, Prediction, ReaderKind};
use framescope::model_input::ModelInput;
use framescope::target::Target;
use pyo3::prelude::*;
use rayon::prelude::*;

use crate::worker::in_background;

/// Number of sentences that one core reads at a time.
const BLOCK: usize = 128;

/// A trained model.
#[pyclass(frozen, module = "framescope._core")]
pub(crate) struct StanceModel(Arc<Model>);

#[pymethods]
impl StanceModel {
    /// Reads the model that the options of `explain` name.
    #[staticmethod]
    fn read(py: Python<'_>, options: Vec<String>) -> PyResult<Self> {
        let arguments = ["explain".to_string(), String::new()].into_iter().chain(options).collect();
        let (model, _) = in_background(py, None, move |host| {
            Ok(Embedded { arguments, held: Held::default(), host }.model()?)
        })?;
        Ok(StanceModel(Arc::new(model)))
    }

    /// The labels, in the order of probabilities.
    #[getter]
    fn labels(&self) -> Vec<String> {
        self.0.labels().to_vec()
    }

    /// A short name, the same for the same weights.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// Takes rows of a sentence, what it calls the target, the headline and the sentence before, empty where
    /// they are not known; gives for each the index of its label and the labels' probabilities.
    #[pyo3(signature = (rows, progress = None))]
    fn predict(
        &self,
        py: Python<'_>,
        rows: Vec<[String; 4]>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Vec<(usize, Vec<f64>)>> {
        let model = Arc::clone(&self.0);
        let (predictions, _) =
            in_background(py, progress.as_ref(), move |_| Ok(predictions(&model, &rows)))?;
        Ok(predictions.into_iter().map(|found| (found.label, found.probabilities)).collect())
    }
}

fn predictions(model: &Model, rows: &[[String; 4]]) -> Vec<Prediction> {
    let of_block = |rows: &[[String; 4]]| {
        let found = rows.iter().map(|[text, target, ..]| match target.is_empty() {
            true => Vec::new(),
            false => Target::named(target.as_str()).mentions(text),
        });
        let found: Vec<_> = found.collect();
        let inputs = rows.iter().zip(&found).map(|([text, target, title, before], mentions)| {
            let sentence = ModelInput::sentence(text, mentions);
            ModelInput { subject: target, title, before, ..sentence }
        });
        model.predict_all(&inputs.collect::<Vec<_>>(), &|_| ())
    };
    match model.reader() {
        ReaderKind::Words => rows.par_chunks(BLOCK).flat_map_iter(of_block).collect(),
        // It reads all of them together, on every core.
        ReaderKind::Encoder => of_block(rows),
    }
}
