//! Where in the articles things stand, for programs.

use serde::Serialize;

use super::line::Judged;
use super::rounded;
use super::summary::Mean;
use crate::report::{self, Report};

/// `articles` name the target; of the bodies of all of them `tenths` has ten entries, the beginning
/// first, and `ribbons` the five that name it most, sentence by sentence.
#[derive(Serialize)]
pub(super) struct Prominence<'r> {
    articles: u64,
    tenths: Vec<Tenth<'r>>,
    ribbons: Vec<Ribbon<'r>>,
}

/// `naming` and `attributed` are shares of `sentences`, null where there are none; `own` and `told`
/// add up the sentences that name the target in the outlet's voice and in sources'.
#[derive(Serialize)]
struct Tenth<'r> {
    sentences: u64,
    naming: Option<f64>,
    attributed: Option<f64>,
    own: Mean<'r>,
    told: Mean<'r>,
}

#[derive(Serialize)]
struct Ribbon<'r> {
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
    judged: Option<Judged<'r>>,
    shared: bool,
    text: &'r str,
}

impl<'r> Prominence<'r> {
    pub(super) fn new(report: &'r Report, prominence: &'r report::Prominence) -> Self {
        let ribbon = |ribbon: &'r report::Ribbon| Ribbon {
            article: &ribbon.article,
            date: &ribbon.date,
            url: &ribbon.url,
            naming: ribbon.naming,
            cells: ribbon.cells.iter().map(|cell| Cell::new(report, cell)).collect(),
        };
        Prominence {
            articles: prominence.articles,
            tenths: prominence.tenths.iter().map(|tenth| Tenth::new(report, tenth)).collect(),
            ribbons: prominence.ribbons.iter().map(ribbon).collect(),
        }
    }
}

impl<'r> Tenth<'r> {
    fn new(report: &'r Report, tenth: &report::Tenth) -> Self {
        Tenth {
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
            judged: cell.judged.map(|judged| Judged::new(report, judged)),
            shared: cell.is_shared,
            text: &cell.text,
        }
    }
}
