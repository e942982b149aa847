//! Findings on shared quotes that outlets leave out.

use super::line::{Line, LinkDestination, Part};
use super::target_wording::TargetWording;
use crate::render::sanitize;

/// Maximum number of characters shown of a quote.
const QUOTE: usize = 30;

impl TargetWording<'_> {
    pub(super) fn quotes_not_found(
        &self,
        outlet: usize,
        compared: usize,
        quotes: &[usize],
        others: usize,
    ) -> Line {
        let line = self.of(outlet);
        let counted = format!("{} of {compared}", quotes.len() + others);
        match (quotes.is_empty(), others) {
            (true, 0) => line.words(format!("none of {compared}.")),
            (true, _) => line
                .link(counted, LinkDestination::Omissions)
                .words(", none of which half of the outlets have."),
            (false, _) => {
                let more = (others > 0).then(|| Part {
                    words: format!("{others} more"),
                    place: Some(LinkDestination::Omissions),
                });
                let quotes = quotes.iter().map(|quote| self.quote(*quote)).chain(more);
                line.words(format!("{counted}: ")).list(quotes.collect(), "; ").words(".")
            }
        }
    }

    /// The beginning of a quote, with the last name of who speaks.
    pub(super) fn quote(&self, quote: usize) -> Part {
        let of = &self.report.quotes.shared[quote];
        let speaker = of.speakers.first().map(|name| sanitize::name(name)).unwrap_or_default();
        let last = speaker.rsplit(' ').next().unwrap_or_default();
        let gap = if last.is_empty() { "" } else { " " };
        let text = sanitize::start(&sanitize::tidy(&of.text), QUOTE);
        Part {
            words: format!("“{text}”{gap}{last}"), place: Some(LinkDestination::Quote(quote))
        }
    }
}
