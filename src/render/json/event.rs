//! Shared quotes and headline gaps, for programs.

use serde::Serialize;

use super::rounded;
use crate::report::{self, Place, Report, Use};
use crate::voice::cues::Class;

/// `compared` is false where there were too many passages.
#[derive(Serialize)]
pub(super) struct Quotes<'r> {
    compared: bool,
    different: usize,
    exclusive: &'r [usize],
    shared: Vec<Quote<'r>>,
}

#[derive(Serialize)]
struct Quote<'r> {
    text: &'r str,
    speakers: &'r [String],
    uses: Vec<Cell<'r>>,
}

/// `use` is full, trimmed, paraphrased or absent; `tenth` of the article, 1 to 10.
#[derive(Serialize)]
struct Cell<'r> {
    outlet: &'r str,
    r#use: &'static str,
    article: Option<&'r str>,
    sentence: Option<usize>,
    tenth: Option<usize>,
    cue: Option<&'r str>,
    cue_class: Option<&'static str>,
    dropped: &'r [String],
}

impl<'r> Quotes<'r> {
    pub(super) fn new(report: &'r Report) -> Self {
        let quotes = &report.quotes;
        let cells = |uses: &'r [Use]| {
            report.outlets.iter().zip(uses).map(|(outlet, of)| Cell::new(&outlet.name, of))
        };
        let quote = |quote: &'r report::SharedQuote| Quote {
            text: &quote.text,
            speakers: &quote.speakers,
            uses: cells(&quote.uses).collect(),
        };
        Quotes {
            compared: quotes.too_many == 0,
            different: quotes.different,
            exclusive: &quotes.exclusive,
            shared: quotes.shared.iter().map(quote).collect(),
        }
    }
}

impl<'r> Cell<'r> {
    fn new(outlet: &'r str, of: &'r Use) -> Self {
        let (name, place, dropped): (_, Option<&Place>, &[String]) = match of {
            Use::Quoted(quoted) if quoted.dropped.is_empty() => ("full", Some(&quoted.place), &[]),
            Use::Quoted(quoted) => ("trimmed", Some(&quoted.place), &quoted.dropped),
            Use::Paraphrased(place) => ("paraphrased", Some(place), &[]),
            Use::Absent => ("absent", None, &[]),
        };
        Cell {
            outlet,
            r#use: name,
            article: place.map(|place| place.article.as_str()),
            sentence: place.map(|place| place.sentence),
            tenth: place.map(|place| place.tenth),
            cue: place.map(|place| place.cue.as_str()).filter(|cue| !cue.is_empty()),
            cue_class: place.and_then(|place| place.class).map(class),
            dropped,
        }
    }
}

fn class(class: Class) -> &'static str {
    match class {
        Class::Neutral => "neutral",
        Class::Doubting => "doubting",
        Class::Conceding => "conceding",
        Class::Attacking => "attacking",
        Class::Praising => "praising",
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
}

#[derive(Serialize)]
struct Furthest<'r> {
    article: &'r str,
    url: &'r str,
    headline: &'r str,
    label: &'r str,
    of_headline: f64,
    of_body: f64,
    sentences: u64,
}

impl<'r> HeadlineGap<'r> {
    pub(super) fn new(report: &'r Report, found: &'r report::HeadlineGap) -> Self {
        let label_gap = |(label, (gap, interval)): (usize, &(f64, Option<_>))| {
            let interval: Option<crate::bootstrap::Interval> = *interval;
            LabelGap {
                label: report.label(label),
                gap: rounded(*gap),
                low: interval.map(|interval| rounded(interval.low)),
                high: interval.map(|interval| rounded(interval.high)),
            }
        };
        let furthest = |gap: &'r report::ArticleGap| Furthest {
            article: &gap.article,
            url: &gap.url,
            headline: &gap.headline,
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
