//! Where in the articles things stand, for programs.

use serde::Serialize;

use super::example_sentence::PredictedLabelJson;
use super::rounded;
use super::summary::Mean;
use crate::report::{self, Report};

/// `articles` name the target; of the bodies of all of them `tenths` has ten entries, the beginning
/// first, and `ribbons` the five that name it most, sentence by sentence.
#[derive(Serialize)]
pub(super) struct Prominence<'r> {
    articles: u64,
    tenths: Vec<Decile<'r>>,
    ribbons: Vec<SentenceStrip<'r>>,
}

/// `naming` and `attributed` are shares of `sentences`, null where there are none; `own` and `told`
/// add up the sentences that name the target in the outlet's voice and in sources'.
#[derive(Serialize)]
struct Decile<'r> {
    sentences: u64,
    naming: Option<f64>,
    attributed: Option<f64>,
    own: Mean<'r>,
    told: Mean<'r>,
}

#[derive(Serialize)]
struct SentenceStrip<'r> {
    article: &'r str,
    date: &'r str,
    url: &'r str,
    naming: usize,
    cells: Vec<Cell<'r>>,
}

/// `text` is the beginning of the sentence; `judged` is null where nothing is expressed toward the
/// target.
#[derive(Serialize)]
struct Cell<'r> {
    sentence: usize,
    tenth: usize,
    voice: &'static str,
    speakers: &'r [String],
    judged: Option<PredictedLabelJson<'r>>,
    shared: bool,
    text: &'r str,
}

impl<'r> Prominence<'r> {
    pub(super) fn new(report: &'r Report, prominence: &'r report::Prominence) -> Self {
        let ribbon = |ribbon: &'r report::SentenceStrip| SentenceStrip {
            article: &ribbon.article,
            date: &ribbon.date,
            url: &ribbon.url,
            naming: ribbon.naming,
            cells: ribbon.cells.iter().map(|cell| Cell::new(report, cell)).collect(),
        };
        Prominence {
            articles: prominence.articles,
            tenths: prominence.tenths.iter().map(|tenth| Decile::new(report, tenth)).collect(),
            ribbons: prominence.ribbons.iter().map(ribbon).collect(),
        }
    }
}

impl<'r> Decile<'r> {
    fn new(report: &'r Report, tenth: &report::Decile) -> Self {
        Decile {
            sentences: tenth.sentences,
            naming: tenth.naming().map(rounded),
            attributed: tenth.attributed().map(rounded),
            own: Mean::new(report, &tenth.own),
            told: Mean::new(report, &tenth.told),
        }
    }
}

impl<'r> Cell<'r> {
    fn new(report: &'r Report, cell: &'r report::Cell) -> Self {
        Cell {
            sentence: cell.sentence,
            tenth: cell.tenth,
            voice: cell.voice.name(),
            speakers: &cell.speakers,
            judged: cell.judged.map(|judged| PredictedLabelJson::new(report, judged)),
            shared: cell.is_shared,
            text: &cell.text,
        }
    }
}
