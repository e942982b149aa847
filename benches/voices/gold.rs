//! Attributions annotated by people.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use framescope::text::Span;

pub(crate) type Row = BTreeMap<String, String>;
pub(crate) type Done<T> = Result<T, Box<dyn Error>>;

/// The attributions marked in one text.
pub(crate) struct Marked<'a> {
    text: &'a str,
    /// For every byte, 1-based, which attribution's content it lies in; 0 for none.
    content: Vec<usize>,
    /// For each attribution, whether it tells of words or thoughts and not of a stand or an act.
    worded: Vec<bool>,
    /// For every byte, whether it lies in a source or a cue.
    frame: Vec<bool>,
    sources: Vec<String>,
    cues: Vec<String>,
}

/// Whether at least half of a sentence's characters other than white space are content.
pub(crate) struct Share {
    pub(crate) of_all: bool,
    /// Sources and cues left aside.
    pub(crate) of_rest: bool,
    /// The same, and what is attributed by a stand or an act is no content.
    pub(crate) of_words: bool,
}

impl<'a> Marked<'a> {
    pub(crate) fn new(text: &'a str, attributions: &[Row]) -> Self {
        let places: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (content, frame) = (vec![0; text.len()], vec![false; text.len()]);
        let mut marked = Marked {
            text,
            content,
            frame,
            worded: Vec::new(),
            sources: Vec::new(),
            cues: Vec::new(),
        };
        for row in attributions {
            marked.sources.push(row["source"].clone());
            marked.cues.push(row["cue"].clone());
            marked.worded.push(row["label"] != "indirect" || !tells_act(&row["cue"]));
            for (from, to) in spans(&row["content_spans"]) {
                let outer = &mut marked.content[places[from]..places[to]];
                outer.iter_mut().filter(|at| **at == 0).for_each(|at| *at = marked.sources.len());
            }
            for (from, to) in spans(&row["source_spans"]).chain(spans(&row["cue_spans"])) {
                marked.frame[places[from]..places[to]].fill(true);
            }
        }
        marked
    }

    pub(crate) fn share(&self, span: &Span) -> Share {
        let solid = |(at, c): (usize, char)| (!c.is_whitespace()).then_some(span.start + at);
        let (mut all, mut within, mut frame, mut worded) = (0, 0, 0, 0);
        for at in self.text[span.clone()].char_indices().filter_map(solid) {
            all += 1;
            within += usize::from(self.content[at] > 0);
            worded +=
                usize::from(self.content[at].checked_sub(1).is_some_and(|at| self.worded[at]));
            frame += usize::from(self.content[at] == 0 && self.frame[at]);
        }
        let most = |part: usize| part > 0 && part * 2 >= all - frame;
        Share { of_all: within * 2 >= all, of_rest: most(within), of_words: most(worded) }
    }

    /// For every byte of a sentence, whether it lies in a content; none for white space.
    pub(crate) fn contents(&self, span: &Span) -> Vec<Option<bool>> {
        let text = self.text[span.clone()].as_bytes();
        let within = |at: usize| self.content[span.start + at] > 0;
        (0..text.len()).map(|at| (!text[at].is_ascii_whitespace()).then(|| within(at))).collect()
    }

    /// The sources of all contents that reach into the sentence.
    pub(crate) fn sources(&self, span: &Span) -> Vec<&str> {
        self.reaching(span).into_iter().map(|at| self.sources[at].as_str()).collect()
    }

    /// The cues of the same contents.
    pub(crate) fn cues(&self, span: &Span) -> Vec<&str> {
        self.reaching(span).into_iter().map(|at| self.cues[at].as_str()).collect()
    }

    /// The attributions whose contents reach into the sentence.
    pub(crate) fn reaching(&self, span: &Span) -> Vec<usize> {
        let mut seen: Vec<usize> = self.content[span.clone()].to_vec();
        seen.sort_unstable();
        seen.dedup();
        seen.into_iter().filter(|at| *at > 0).map(|at| at - 1).collect()
    }
}

/// How cues begin that our codebook takes for the outlet's narration: somebody's stand, an act, an
/// impression, silence, or a mere preposition.
const ACTS: &[&str] = &[
    "abandon",
    "adopt",
    "appear",
    "approv",
    "attack",
    "avoid",
    "back",
    "champion",
    "choose",
    "chose",
    "consider",
    "critic",
    "decid",
    "declin",
    "defend",
    "dismiss",
    "embrac",
    "endors",
    "expected",
    "favor",
    "focus",
    "ignor",
    "intend",
    "known",
    "like",
    "look",
    "offer",
    "oppos",
    "plan",
    "prais",
    "push",
    "refus",
    "reject",
    "seek",
    "seem",
    "sought",
    "sue",
    "support",
    "tried",
    "tries",
    "try",
    "view",
    "vote",
    "voting",
    "would not",
    "wouldn’t",
    "did not",
    "didn’t",
    "has not",
    "not ",
];
const PREPOSITIONS: &[&str] = &["in", "to", "for", "by", "on", "of", "under", "at", "from", "with"];
const HELPERS: &[&str] =
    &["is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "also", "to"];

fn tells_act(cue: &str) -> bool {
    let cue = cue.to_lowercase();
    let words: Vec<&str> = cue.split_whitespace().collect();
    let bare = words
        .iter()
        .skip_while(|word| HELPERS.contains(word))
        .copied()
        .collect::<Vec<_>>()
        .join(" ");
    PREPOSITIONS.contains(&cue.as_str())
        || ACTS.iter().any(|act| bare.starts_with(act) || cue.starts_with(act))
}

/// `3-10;15-20`.
fn spans(text: &str) -> impl Iterator<Item = (usize, usize)> {
    text.split(';').filter_map(|span| {
        let (from, to) = span.split_once('-')?;
        Some((from.parse().ok()?, to.parse().ok()?))
    })
}

/// The rows of a CSV file, which may be packed.
pub(crate) fn rows(path: &Path) -> Done<Vec<Row>> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let packed = path.extension().is_some_and(|extension| extension == "gz");
    let bytes: Box<dyn Read> = if packed { Box::new(GzDecoder::new(file)) } else { Box::new(file) };
    Ok(csv::Reader::from_reader(bytes).deserialize().collect::<Result<_, _>>()?)
}
