//! Whose headline goes further than its body.

use super::{FindingContext, FindingLine, KeyFinding, Place, TOLD, sides};
use crate::render::{sanitize, wording};
use crate::report::{ArticleGap, FAR, LoneQuote, OutletSummary, Report};
use crate::target::TargetRelation;

/// So many characters of a headline are shown.
const EXCERPT: usize = 110;

/// By what the model reads in headline and body, and by what the headline quotes.
pub(super) fn answer(asked: &FindingContext<'_>) -> KeyFinding {
    let mut further: Vec<(usize, &ArticleGap)> = asked
        .outlets()
        .flat_map(|(at, outlet)| outlet.headline_gap.furthest.iter().map(move |gap| (at, gap)))
        .filter(|(_, gap)| sides(asked.report).any(|side| side == gap.label.index))
        .collect();
    further.sort_by(|(_, a), (_, b)| b.gap().total_cmp(&a.gap()));
    let mut lines: Vec<FindingLine> =
        further.iter().take(TOLD).map(|(at, gap)| further_line(asked, *at, gap)).collect();
    let lone = asked
        .outlets()
        .flat_map(|(at, outlet)| outlet.headline_quotes.shown.iter().map(move |lone| (at, lone)));
    lines.extend(lone.take(TOLD).map(|(at, lone)| lone_line(asked, at, lone)));
    lines.extend(summary(asked));
    lines.extend(incomparable(asked));
    if lines.is_empty() {
        lines.push(FindingLine::plain("No headline was read."));
    }
    let question = "Whose headline goes further than its body?".to_owned();
    KeyFinding { question, key: String::new(), lines }
}

fn further_line(asked: &FindingContext<'_>, at: usize, gap: &ArticleGap) -> FindingLine {
    let said = |probability| wording::label_probability(gap.label.name(), probability);
    let unnamed = match gap.about {
        TargetRelation::Context => ", which does not name the target,",
        TargetRelation::Mention | TargetRelation::None => "",
    };
    FindingLine::of(at)
        .words(format!("{}: ", asked.outlet(at)))
        .link(quoted(&gap.headline), place(at, &gap.article))
        .words(format!(
            "{} is read as {}, the body’s {}{} as {} %.",
            unnamed,
            said(gap.of_headline),
            wording::several(gap.sentences, "own sentence"),
            asked.naming(gap.sentences),
            wording::percent(gap.of_body),
        ))
}

fn quoted(headline: &str) -> String {
    format!("“{}”", sanitize::start(&sanitize::tidy(headline), EXCERPT))
}

fn place(outlet: usize, article: &str) -> Place {
    Place::Headline { outlet, article: article.to_owned() }
}

/// How many of an outlet's headlines go further than their bodies: one that is more neutral than its
/// body does not.
pub(in crate::render) fn n_further(report: &Report, outlet: &OutletSummary) -> usize {
    sides(report).filter_map(|side| outlet.headline_gap.gaps.get(side)).map(|of| of.further).sum()
}

/// How many headlines go clearly further, of how many that can be compared.
fn summary(asked: &FindingContext<'_>) -> Option<FindingLine> {
    let compared: usize = asked.outlets().map(|(_, outlet)| outlet.headline_gap.articles).sum();
    let further: usize = asked.outlets().map(|(_, of)| n_further(asked.report, of)).sum();
    if compared == 0 {
        return None;
    }
    let (found, headlines, goes) = match further {
        0 => ("No headline of ".to_owned(), "", "goes"),
        1 => ("1 of the ".to_owned(), "headlines ", "goes"),
        _ => (format!("{further} of the "), "headlines ", "go"),
    };
    let all = format!("{compared} {headlines}that can be compared");
    let line = FindingLine::plain(found).link(all, Place::Headlines);
    let far = wording::percent(FAR);
    Some(
        line.words(format!(
            " {goes} further by the model: by {far} points of probability or more."
        )),
    )
}

fn lone_line(asked: &FindingContext<'_>, at: usize, lone: &LoneQuote) -> FindingLine {
    FindingLine::of(at)
        .words(format!("{}: ", asked.outlet(at)))
        .link(quoted(&lone.headline), place(at, &lone.article))
        .words(format!(
            " quotes “{}”, which no sentence of the body has.",
            sanitize::name(&lone.words)
        ))
}

/// Outlets with headlines that have nothing to be compared with.
fn incomparable(asked: &FindingContext<'_>) -> Option<FindingLine> {
    let cannot =
        |outlet: &OutletSummary| outlet.headlines.total() > 0 && outlet.headline_gap.articles == 0;
    let found = asked.outlets().filter(|(_, outlet)| cannot(outlet));
    let found: Vec<usize> = found.map(|(at, _)| at).collect();
    (!found.is_empty()).then(|| {
        FindingLine::plain(format!(
            "Cannot be compared, as the body has no own sentence{}: {}.",
            asked.naming(1),
            asked.names(&found)
        ))
    })
}
