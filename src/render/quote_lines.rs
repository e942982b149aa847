//! What outlets made of the same quotes, and of their own headlines, in words.

use super::document::Item;
use super::sanitize;
use super::wording;
use crate::report::{
    ArticleGap, ExclusiveQuote, HeadlineGap, OutletSummary, Place, PredictedLabel, Quotes, Report,
    SharedQuote, Use,
};
use crate::voice::attribution_cues::Class;

/// So many shared quotes are told; all stand in JSON.
const TOLD: usize = 8;

/// And so many of the quotes that an outlet alone has.
const EXCLUSIVE: usize = 2;

/// Says how shared quotes are read.
pub(super) const QUOTES: &str = "The same words of a source across outlets: full, trimmed (with \
    what is left out), paraphrased, or absent. In square brackets behind the speaker: what these \
    words alone express toward the target, whatever stands around them. Behind an outlet: in \
    brackets how far down the body it stands and the class of the attributing word; then the \
    outlet's own words in that sentence, … for what it quotes, and what they express where they name \
    the target. Found by rules; a paraphrase may be missed.";

/// Says how headlines are compared.
pub(super) const HEADLINES: &str = "How much more (+) or less (−) probable each label is in the \
    headline than on average in the body's own-voice sentences that name the target.";

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
    let speakers = speakers(&quote.speakers);
    let outlet = |at: usize| wording::outlet(&report.outlets[at].name);
    let told = quote.uses.iter().enumerate().filter_map(|(at, of)| match of {
        Use::Quoted(quoted) if quoted.dropped.is_empty() => {
            Some(format!("{}: full {}", outlet(at), place(report, &quoted.place)))
        }
        Use::Quoted(quoted) => {
            let dropped = sanitize::shortened(&quoted.dropped.join(" … "));
            let place = place(report, &quoted.place);
            Some(format!("{}: trimmed, without “{dropped}” {place}", outlet(at)))
        }
        Use::Paraphrased(at_place) => {
            Some(format!("{}: paraphrased {}", outlet(at), place(report, at_place)))
        }
        Use::Absent => None,
    });
    let mut uses: Vec<String> = told.collect();
    let absent = quote.uses.iter().enumerate().filter(|(_, of)| **of == Use::Absent);
    let absent: Vec<String> = absent.map(|(at, _)| outlet(at)).collect();
    if !absent.is_empty() {
        uses.push(format!("absent: {}", absent.join(", ")));
    }
    let judged = judged(report, &quote.judged, |_| true);
    QuoteLines {
        quote: format!("“{}” ({speakers}){judged}", sanitize::shortened(&quote.text)),
        uses,
    }
}

/// Where a quote stands, and what the outlet itself writes there.
fn place(report: &Report, place: &Place) -> String {
    let class = place.class.filter(|class| *class != Class::Neutral);
    let class = class.map_or_else(String::new, |class| format!(", {}", class.name()));
    let own = match sanitize::shortened(&place.wrapping.own) {
        own if own.is_empty() => own,
        own => {
            format!(": {own}{}", judged(report, &place.wrapping.judged, PredictedLabel::is_mention))
        }
    };
    format!("({}{class}){own}", wording::depth(place.tenth))
}

/// What words express toward each target that is told of, in brackets.
pub(super) fn judged(
    report: &Report,
    judged: &[Option<PredictedLabel>],
    is_told: fn(&PredictedLabel) -> bool,
) -> String {
    let targets = report.targets.iter().zip(judged);
    let said: Vec<String> = targets
        .filter_map(|(target, judged)| {
            let said = wording::judged(report, judged.filter(is_told)?);
            let is_one = report.targets.len() == 1;
            Some(if is_one { said } else { format!("{}: {said}", sanitize::name(&target.name)) })
        })
        .collect();
    if said.is_empty() { String::new() } else { format!(" [{}]", said.join("; ")) }
}

/// The outlets that lack quotes which at least half of the outlets have, and their exclusive
/// quotes; empty where nothing is shared.
pub(super) fn omissions(report: &Report) -> Vec<Item> {
    let quotes = &report.quotes;
    if quotes.too_many > 0 {
        return vec![Item::line(format!(
            "Quotes are not compared: {} quotes and sentences that convey sources, or more, are too \
             many for a table. Report on one event at a time.",
            quotes.too_many
        ))];
    }
    if quotes.shared.is_empty() {
        return Vec::new();
    }
    let line = |(at, outlet): (usize, &crate::report::Outlet)| {
        let absent = quotes.omitted.get(at).into_iter().flatten();
        let absent: Vec<String> = absent.map(|quote| omitted(quotes, *quote)).collect();
        let exclusive = quotes.exclusive.get(at).copied().unwrap_or(0);
        let left_out = match absent.len() {
            0 => "leaves out none of the quotes that half of the outlets have".to_owned(),
            _ => format!("leaves out quotes that half of the outlets have: {}", absent.join(", ")),
        };
        let exclusive = wording::several(exclusive as u64, "quote");
        let shown = quotes.exclusive_shown.get(at).into_iter().flatten().take(EXCLUSIVE);
        let text = format!("{}: {left_out}; {exclusive} of its own", wording::outlet(&outlet.name));
        Item { text, below: shown.map(exclusive_line).collect() }
    };
    report.outlets.iter().enumerate().map(line).collect()
}

/// The number of a quote that is told; the words of another.
fn omitted(quotes: &Quotes, at: usize) -> String {
    let words = || format!("“{}”", sanitize::name(&quotes.shared[at].text));
    if at < TOLD { (at + 1).to_string() } else { words() }
}

fn exclusive_line(quote: &ExclusiveQuote) -> Item {
    let text = sanitize::shortened(&quote.text);
    Item::line(format!("only here: “{text}” ({})", speakers(&quote.speakers)))
}

fn speakers(names: &[String]) -> String {
    wording::or(sanitize::list(names, "; "), "speaker not found")
}

/// How far an outlet's headlines go beyond the bodies, label by label; none where no article has
/// both.
pub(super) fn headline_gap(report: &Report, outlet: &OutletSummary) -> Option<String> {
    let HeadlineGap { articles, gaps, .. } = &outlet.headline_gap;
    if *articles == 0 {
        return None;
    }
    let gap =
        |(label, (mean, interval)): (usize, &(f64, Option<crate::cluster_bootstrap::Interval>))| {
            let interval = interval.map_or_else(String::new, |i| {
                format!(" ({})", super::inference::points_interval(i))
            });
            let points = super::inference::points(*mean);
            format!("{} {points}{interval}", sanitize::name(report.label(label)))
        };
    let gaps: Vec<String> = gaps.iter().enumerate().map(gap).collect();
    let of = wording::several(*articles as u64, "article");
    Some(format!(
        "{}: headline beside body in {of}, points: {}",
        wording::outlet(&outlet.outlet),
        gaps.join(", ")
    ))
}

/// One headline that goes further than its body.
pub(super) fn further(report: &Report, gap: &ArticleGap) -> String {
    format!(
        "{} {} % in the headline, {} % in {} of the body [article {}]: {}",
        sanitize::name(report.label(gap.label)),
        wording::percent(gap.of_headline),
        wording::percent(gap.of_body),
        wording::several(gap.sentences, "sentence"),
        sanitize::name(&gap.article),
        sanitize::shortened(&gap.headline),
    )
}
