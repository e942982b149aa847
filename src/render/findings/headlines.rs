//! Findings on headlines against their bodies.

use super::line::{Line, LinkDestination};
use super::target_wording::TargetWording;
use crate::render::{sanitize, wording};
use crate::report::{ArticleGap, FAR, LoneQuote};
use crate::target::TargetRelation;

impl TargetWording<'_> {
    pub(super) fn headline(&self, outlet: usize, gap: &ArticleGap) -> Line {
        let unnamed = match gap.about {
            TargetRelation::Context => ", which does not name the target,",
            TargetRelation::Mention | TargetRelation::None => "",
        };
        self.of(outlet).headline(outlet, &gap.article, &gap.headline).words(format!(
            "{unnamed} is read as {}, the body’s {}{} as {} %.",
            wording::label_probability(gap.label.name(), gap.of_headline),
            wording::several(gap.sentences, "own sentence"),
            self.naming(gap.sentences),
            wording::percent(gap.of_body),
        ))
    }

    pub(super) fn headline_quote(&self, outlet: usize, quote: &LoneQuote) -> Line {
        self.of(outlet).headline(outlet, &quote.article, &quote.headline).words(format!(
            " quotes “{}”, which no sentence of the body has.",
            sanitize::name(&quote.words)
        ))
    }
}

/// How many headlines go further than their bodies.
pub(super) fn go_further(further: usize, compared: usize) -> Line {
    let (found, headlines, goes) = match further {
        0 => ("No headline of ".to_owned(), "", "goes"),
        1 => ("1 of the ".to_owned(), "headlines ", "goes"),
        _ => (format!("{further} of the "), "headlines ", "go"),
    };
    let all = format!("{compared} {headlines}that can be compared");
    let far = wording::percent(FAR);
    Line::plain(found)
        .link(all, LinkDestination::Headlines)
        .words(format!(" {goes} further by the model: by {far} points of probability or more."))
}
