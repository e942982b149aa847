//! How much further headlines go than the bodies below them.

use super::headline_lead;
use crate::render::document::{Block, Item, subsection};
use crate::render::sanitize;
use crate::render::wording;
use crate::report::{ArticleGap, HeadlineGap, LabelGap, OutletSummary, TargetSummary};

/// Says how headlines are compared.
pub(crate) const KEY: &str = "How much more (+) or less (−) probable each label is in the \
    headline than on average in the body's own-voice sentences that name the target.";

/// A line for each outlet; below it the headlines that go furthest, where articles are few.
pub(crate) fn blocks(target: &TargetSummary) -> Vec<Block> {
    let are_few = headline_lead::are_few(target);
    let gap = |outlet: &OutletSummary| {
        let below = if are_few { &[] } else { outlet.headline_gap.furthest.as_slice() };
        let below = below.iter().map(|gap| Item::line(further(gap))).collect();
        Some(Item { text: line(outlet)?, below })
    };
    let lines = target.outlets.iter().filter_map(gap).collect();
    subsection("Headlines that read otherwise than their article", KEY, lines)
}

/// How far an outlet's headlines go beyond the bodies, label by label; none where no article has
/// both.
fn line(outlet: &OutletSummary) -> Option<String> {
    let HeadlineGap { articles, gaps, .. } = &outlet.headline_gap;
    if *articles == 0 {
        return None;
    }
    let gap = |gap: &LabelGap| {
        let interval = gap.interval.map(wording::points_interval);
        let interval = interval.map(|interval| format!(" ({interval})"));
        let (label, points) = (sanitize::name(gap.label.name()), wording::points(gap.gap));
        format!("{label} {points}{}", interval.unwrap_or_default())
    };
    let gaps: Vec<String> = gaps.iter().map(gap).collect();
    let articles = wording::several(*articles as u64, "article");
    Some(format!(
        "{}: headline beside body in {articles}, points: {}",
        wording::outlet(&outlet.outlet),
        gaps.join(", ")
    ))
}

/// One headline that goes further than its body.
pub(crate) fn further(gap: &ArticleGap) -> String {
    format!(
        "{} headline; on average the {} of its body are less so: “{}” [article {}]",
        sanitize::name(gap.label.name()),
        wording::several(gap.sentences, "sentence"),
        sanitize::shortened(&gap.headline),
        sanitize::name(&gap.article),
    )
}
