//! What outlets made of the same quotes, and of their own headlines, in words.

use super::clean;
use super::phrase;
use crate::report::{ArticleGap, HeadlineGap, OutletSummary, Place, Report, SharedQuote, Use};
use crate::voice::cues::Class;

/// So many shared quotes are told; all stand in JSON.
const TOLD: usize = 12;

/// Says how shared quotes are read.
pub(super) const QUOTES: &str = "The same words of a source across outlets: full, trimmed (with \
    the words left out), paraphrased, or absent; in brackets the attributing word and the tenth of \
    the article. Found by rules; a paraphrase may be missed.";

/// Says how headlines are compared.
pub(super) const HEADLINES: &str = "Headlines that read otherwise than their article: the probability \
    of the headline's label there, and its mean over the body's own-voice sentences that name the \
    target.";

/// One quote with what each outlet made of it: a line for the quote, then one per outlet.
pub(super) struct QuoteLines {
    pub(super) quote: String,
    pub(super) uses: Vec<String>,
}

/// The quotes that most outlets share.
pub(super) fn quotes(report: &Report) -> Vec<QuoteLines> {
    report.quotes.shared.iter().take(TOLD).map(|quote| lines(report, quote)).collect()
}

fn lines(report: &Report, quote: &SharedQuote) -> QuoteLines {
    let speakers = match clean::list(&quote.speakers, "; ") {
        names if names.is_empty() => "speaker not found".to_owned(),
        names => names,
    };
    let outlet = |at: usize| phrase::outlet(&report.outlets[at].name);
    let told = quote.uses.iter().enumerate().filter_map(|(at, of)| match of {
        Use::Quoted(quoted) if quoted.dropped.is_empty() => {
            Some(format!("{}: full ({})", outlet(at), place(&quoted.place)))
        }
        Use::Quoted(quoted) => {
            let dropped = clean::shortened(&quoted.dropped.join(" "));
            Some(format!("{}: trimmed ({}), without: {dropped}", outlet(at), place(&quoted.place)))
        }
        Use::Paraphrased(at_place) => {
            Some(format!("{}: paraphrased ({})", outlet(at), place(at_place)))
        }
        Use::Absent => None,
    });
    let mut uses: Vec<String> = told.collect();
    let absent = quote.uses.iter().enumerate().filter(|(_, of)| **of == Use::Absent);
    let absent: Vec<String> = absent.map(|(at, _)| outlet(at)).collect();
    if !absent.is_empty() {
        uses.push(format!("absent: {}", absent.join(", ")));
    }
    QuoteLines { quote: format!("“{}” ({speakers})", clean::shortened(&quote.text)), uses }
}

pub(super) fn place(place: &Place) -> String {
    let class = match place.class {
        None | Some(Class::Neutral) => "",
        Some(Class::Doubting) => ", doubting",
        Some(Class::Conceding) => ", conceding",
        Some(Class::Attacking) => ", attacking",
        Some(Class::Praising) => ", praising",
    };
    match clean::name(&place.cue) {
        cue if cue.is_empty() => format!("{}", place.tenth),
        cue => format!("{cue}{class}; {}", place.tenth),
    }
}

/// The outlets that lack quotes which at least half of the outlets have, and their exclusive
/// quotes; empty where nothing is shared.
pub(super) fn omissions(report: &Report) -> Vec<String> {
    let quotes = &report.quotes;
    if quotes.too_many > 0 {
        return vec![format!(
            "Quotes are not compared: {} attributed sentences are too many for a table. Report on \
             one event at a time.",
            quotes.too_many
        )];
    }
    if quotes.shared.is_empty() {
        return Vec::new();
    }
    let n_outlets = report.outlets.len();
    let common: Vec<usize> = (0..quotes.shared.len())
        .filter(|&at| 2 * quotes.shared[at].n_quoted() >= n_outlets)
        .collect();
    let line = |(at, outlet): (usize, &crate::report::Outlet)| {
        let lacks = |quote: &&usize| quotes.shared[**quote].uses[at] == Use::Absent;
        let absent: Vec<String> =
            common.iter().filter(lacks).map(|quote| (quote + 1).to_string()).collect();
        let exclusive = quotes.exclusive.get(at).copied().unwrap_or(0);
        let left_out = match absent.len() {
            0 => "leaves out none of the quotes that half of the outlets have".to_owned(),
            _ => format!("leaves out quotes that half of the outlets have: {}", absent.join(", ")),
        };
        let exclusive = phrase::several(exclusive as u64, "quote");
        format!("{}: {left_out}; {exclusive} of its own", phrase::outlet(&outlet.name))
    };
    report.outlets.iter().enumerate().map(line).collect()
}

/// How far an outlet's headlines go beyond the bodies, label by label; none where no article has
/// both.
pub(super) fn headline_gap(report: &Report, outlet: &OutletSummary) -> Option<String> {
    let HeadlineGap { articles, gaps, .. } = &outlet.headline_gap;
    if *articles == 0 {
        return None;
    }
    let gap = |(label, (mean, interval)): (usize, &(f64, Option<crate::bootstrap::Interval>))| {
        let interval = interval
            .map_or_else(String::new, |i| format!(" ({})", super::inference::points_interval(i)));
        let points = super::inference::points(*mean);
        format!("{} {points}{interval}", clean::name(report.label(label)))
    };
    let gaps: Vec<String> = gaps.iter().enumerate().map(gap).collect();
    let of = phrase::several(*articles as u64, "article");
    Some(format!(
        "{}: headline less body in {of}, points: {}",
        phrase::outlet(&outlet.outlet),
        gaps.join(", ")
    ))
}

/// One headline that goes further than its body.
pub(super) fn further(report: &Report, gap: &ArticleGap) -> String {
    format!(
        "{} {} % in the headline, {} % in {} of the body [article {}]: {}",
        clean::name(report.label(gap.label)),
        phrase::percent(gap.of_headline),
        phrase::percent(gap.of_body),
        phrase::several(gap.sentences, "sentence"),
        clean::name(&gap.article),
        clean::shortened(&gap.headline),
    )
}
