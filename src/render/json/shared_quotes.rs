//! Shared quotes and headline gaps, for programs.

use serde::Serialize;

use super::example_sentence::PredictedLabelJson;
use super::rounded;
use crate::report::{self, Neighbour, Place, Report, Use};
use crate::voice::CueClass;

/// `compared` is false where there were too many passages.
#[derive(Serialize)]
pub(super) struct Quotes<'r> {
    compared: bool,
    different: usize,
    exclusive: &'r [usize],
    shared: Vec<Quote<'r>>,
    outlets: Vec<OfOutlet<'r>>,
}

/// `omitted` are places in `shared`, from 0, of quotes that half of the outlets have and this one
/// has in no form; `exclusive` is how many quotes it alone has, of which five are `shown`.
#[derive(Serialize)]
struct OfOutlet<'r> {
    outlet: &'r str,
    omitted: &'r [usize],
    exclusive: usize,
    shown: Vec<Exclusive<'r>>,
}

#[derive(Serialize)]
struct Exclusive<'r> {
    text: &'r str,
    speakers: &'r [String],
    #[serde(flatten)]
    place: Where<'r>,
}

/// `judged` has one entry per target: what the text alone expresses.
#[derive(Serialize)]
struct Quote<'r> {
    text: &'r str,
    speakers: &'r [String],
    judged: Vec<Option<PredictedLabelJson<'r>>>,
    uses: Vec<Cell<'r>>,
}

/// `use` is full, trimmed, paraphrased or absent; `dropped` are the stretches of the quote's text
/// that are left out.
#[derive(Serialize)]
struct Cell<'r> {
    outlet: &'r str,
    r#use: &'static str,
    #[serde(flatten)]
    place: Where<'r>,
    dropped: &'r [String],
}

/// All null where the outlet has nothing like the quote. `tenth` of the body, 1 to 10. `own` are the
/// outlet's words in the sentence, with … for what is quoted; `judged` has one entry per target.
#[derive(Serialize)]
struct Where<'r> {
    article: Option<&'r str>,
    sentence: Option<usize>,
    tenth: Option<usize>,
    cue: Option<&'r str>,
    cue_class: Option<&'static str>,
    own: Option<&'r str>,
    judged: Option<Vec<Option<PredictedLabelJson<'r>>>>,
    before: Option<Beside<'r>>,
    after: Option<Beside<'r>>,
}

/// The outlet's own sentence before or after; `judged` has one entry per target.
#[derive(Serialize)]
struct Beside<'r> {
    sentence: usize,
    text: &'r str,
    judged: Vec<Option<PredictedLabelJson<'r>>>,
}

impl<'r> Quotes<'r> {
    pub(super) fn new(report: &'r Report) -> Self {
        let quotes = &report.quotes;
        let cells = |uses: &'r [Use]| {
            let outlets = report.outlets.iter().zip(uses);
            outlets.map(|(outlet, of)| Cell::new(report, &outlet.name, of))
        };
        let quote = |quote: &'r report::SharedQuote| Quote {
            text: &quote.text,
            speakers: &quote.speakers,
            judged: PredictedLabelJson::all(report, &quote.judged),
            uses: cells(&quote.uses).collect(),
        };
        let alone = |quote: &'r report::ExclusiveQuote| Exclusive {
            text: &quote.text,
            speakers: &quote.speakers,
            place: Where::new(report, Some(&quote.place)),
        };
        let of_outlet = |(at, outlet): (usize, &'r report::Outlet)| OfOutlet {
            outlet: &outlet.name,
            omitted: quotes.omitted.get(at).map_or(&[], Vec::as_slice),
            exclusive: quotes.exclusive.get(at).copied().unwrap_or(0),
            shown: quotes.exclusive_shown.get(at).into_iter().flatten().map(alone).collect(),
        };
        Quotes {
            compared: quotes.too_many == 0,
            different: quotes.different,
            exclusive: &quotes.exclusive,
            shared: quotes.shared.iter().map(quote).collect(),
            outlets: report.outlets.iter().enumerate().map(of_outlet).collect(),
        }
    }
}

impl<'r> Cell<'r> {
    fn new(report: &'r Report, outlet: &'r str, of: &'r Use) -> Self {
        let (name, place, dropped): (_, Option<&Place>, &[String]) = match of {
            Use::Quoted(quoted) if quoted.dropped.is_empty() => ("full", Some(&quoted.place), &[]),
            Use::Quoted(quoted) => ("trimmed", Some(&quoted.place), &quoted.dropped),
            Use::Paraphrased(place) => ("paraphrased", Some(place), &[]),
            Use::Absent => ("absent", None, &[]),
        };
        Cell { outlet, r#use: name, place: Where::new(report, place), dropped }
    }
}

impl<'r> Where<'r> {
    fn new(report: &'r Report, place: Option<&'r Place>) -> Self {
        let wrapping = place.map(|place| &place.wrapping);
        let beside = |beside: &'r Neighbour| Beside {
            sentence: beside.sentence,
            text: &beside.text,
            judged: PredictedLabelJson::all(report, &beside.judged),
        };
        Where {
            article: place.map(|place| place.article.as_str()),
            sentence: place.map(|place| place.sentence),
            tenth: place.map(|place| place.tenth),
            cue: place.map(|place| place.cue.as_str()).filter(|cue| !cue.is_empty()),
            cue_class: place.and_then(|place| place.class).map(CueClass::name),
            own: wrapping.map(|wrapping| wrapping.own.as_str()),
            judged: wrapping.map(|wrapping| PredictedLabelJson::all(report, &wrapping.judged)),
            before: wrapping.and_then(|wrapping| wrapping.before.as_ref()).map(beside),
            after: wrapping.and_then(|wrapping| wrapping.after.as_ref()).map(beside),
        }
    }
}

/// `gap` is headline less body, −1 to 1.
#[derive(Serialize)]
pub(super) struct HeadlineGap<'r> {
    articles: usize,
    gaps: Vec<LabelGap<'r>>,
    furthest: Vec<Furthest<'r>>,
}

#[derive(Serialize)]
struct LabelGap<'r> {
    label: &'r str,
    gap: f64,
    low: Option<f64>,
    high: Option<f64>,
    further: usize,
}

#[derive(Serialize)]
struct Furthest<'r> {
    article: &'r str,
    url: &'r str,
    headline: &'r str,
    about: &'static str,
    label: &'r str,
    of_headline: f64,
    of_body: f64,
    sentences: u64,
}

impl<'r> HeadlineGap<'r> {
    pub(super) fn new(report: &'r Report, found: &'r report::HeadlineGap) -> Self {
        let label_gap = |(label, (gap, interval)): (usize, &(f64, Option<_>))| {
            let interval: Option<crate::cluster_bootstrap::Interval> = *interval;
            LabelGap {
                label: report.label(label),
                gap: rounded(*gap),
                low: interval.map(|interval| rounded(interval.low)),
                high: interval.map(|interval| rounded(interval.high)),
                further: found.further.get(label).copied().unwrap_or(0),
            }
        };
        let furthest = |gap: &'r report::ArticleGap| Furthest {
            article: &gap.article,
            url: &gap.url,
            headline: &gap.headline,
            about: gap.about.name(),
            label: report.label(gap.label),
            of_headline: rounded(gap.of_headline),
            of_body: rounded(gap.of_body),
            sentences: gap.sentences,
        };
        HeadlineGap {
            articles: found.articles,
            gaps: found.gaps.iter().enumerate().map(label_gap).collect(),
            furthest: found.furthest.iter().map(furthest).collect(),
        }
    }
}
