//! Which shared quotes an outlet leaves out.

use super::{FindingContext, FindingLine, FindingPart, KeyFinding, Place, TOLD};
use crate::render::figures::quotes;
use crate::render::sanitize;
use crate::report::Report;

/// So many shared quotes are compared here and on the page, those of most outlets.
pub(in crate::render) const COMPARED: usize = 30;

/// So many quotes that an outlet leaves out are named, whoever has them; where there are more, those
/// that at least half of the outlets have.
pub(in crate::render) const NAMED: usize = 15;

/// So many characters of a quote are shown.
const WORDS: usize = 30;

/// The shared quotes that an outlet has in no form: their numbers, and whether at least half of all
/// outlets have them.
pub(in crate::render) fn left_out(report: &Report, outlet: usize) -> Vec<(usize, bool)> {
    let omitted = report.quotes.outlets.get(outlet).map_or(&[][..], |of| &of.omitted);
    let quotes = report.quotes.shared.iter().enumerate().take(COMPARED);
    quotes
        .filter(|(_, quote)| quote.is_absent(outlet))
        .map(|(at, _)| (at, omitted.contains(&at)))
        .collect()
}

/// Outlet by outlet.
pub(super) fn answer(asked: &FindingContext<'_>) -> KeyFinding {
    let question = "Which shared quotes does each outlet leave out?".to_owned();
    let quotes = &asked.report.quotes;
    let mut lines: Vec<FindingLine> = match (quotes.too_many, quotes.shared.len()) {
        (0, 0) => vec![FindingLine::plain("No quote was found in two outlets.")],
        (0, _) => Vec::new(),
        _ => quotes::omissions(asked.report)
            .into_iter()
            .map(|of| FindingLine::plain(of.text))
            .collect(),
    };
    if lines.is_empty() {
        let outlets = asked.target.outlets.len();
        lines.extend((0..outlets.min(TOLD)).map(|at| of_outlet(asked, at)));
        if let Some(more) = outlets.checked_sub(TOLD).filter(|more| *more > 0) {
            let all = Place::Omissions;
            lines.push(
                FindingLine::plain("And ").link(format!("{more} more outlets"), all).words("."),
            );
        }
    }
    let key =
        "Found by rules, paraphrases too; a free rewording is missed, and so is a post that was \
        embedded and is not in the text."
            .to_owned();
    KeyFinding { question, key, lines }
}

fn of_outlet(asked: &FindingContext<'_>, at: usize) -> FindingLine {
    let report = asked.report;
    let compared = report.quotes.shared.len().min(COMPARED);
    let absent = left_out(report, at);
    let is_named = |is_common: bool| is_common || absent.len() <= NAMED;
    let named = absent.iter().filter(|(_, is_common)| is_named(*is_common));
    let mut parts: Vec<FindingPart> =
        named.take(NAMED).map(|(quote, _)| part(report, *quote)).collect();
    let others = absent.len() - parts.len();
    let name = asked.outlet(at);
    let line = FindingLine::of(at).words(format!("{name}: "));
    let counted = format!("{} of {compared}", absent.len());
    if absent.is_empty() {
        return line.words(format!("none of {compared}."));
    }
    if parts.is_empty() {
        let line = line.link(counted, Place::Omissions);
        return line.words(", none of which half of the outlets have.");
    }
    parts.extend(
        (others > 0).then(|| FindingPart {
            words: format!("{others} more"),
            place: Some(Place::Omissions),
        }),
    );
    line.words(format!("{counted}: ")).list(parts, "; ").words(".")
}

/// The beginning of a quote, with the last name of who speaks.
fn part(report: &Report, quote: usize) -> FindingPart {
    let of = &report.quotes.shared[quote];
    let speaker = of.speakers.first().map(|speaker| sanitize::name(speaker)).unwrap_or_default();
    let last = speaker.rsplit(' ').next().unwrap_or_default();
    let gap = if last.is_empty() { "" } else { " " };
    let text = sanitize::start(&sanitize::tidy(&of.text), WORDS);
    FindingPart { words: format!("“{text}”{gap}{last}"), place: Some(Place::Quote(quote)) }
}
