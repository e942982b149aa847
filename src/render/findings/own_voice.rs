//! Findings on what outlets say in their own voice.

use super::line::{Line, LinkDestination};
use super::target_wording::TargetWording;
use crate::render::{sanitize, wording};
use crate::report::{FEW_SENTENCES, LabelCount, LabelShare, OutletCount, Shortened};
use crate::voice::Voice;

/// Maximum number of characters shown of a sentence.
const SENTENCE: usize = 100;

impl TargetWording<'_> {
    pub(super) fn own_voice(
        &self,
        (outlet, label): (usize, usize),
        naming: &LabelCount,
        context: &LabelCount,
        share: Option<LabelShare>,
    ) -> Line {
        let sentences = if naming.all == 1 { "own sentence" } else { "own sentences" };
        let reads = if naming.count == 1 { "is read as" } else { "are read as" };
        let (named, name) = (self.naming(naming.all), self.label(label));
        let line = self
            .of(outlet)
            .count(outlet, label, Voice::Outlet, naming)
            .words(format!(" {sentences}{named} {reads} {name}"))
            .words(share.map(in_brackets).unwrap_or_default());
        let mut line = self.with_surest(line, outlet, naming);
        if context.count > 0 {
            line = line.words("; without naming it ").count(outlet, label, Voice::Outlet, context);
            line = self.with_surest(line, outlet, context);
        }
        line.words(".")
    }

    /// Adds the sentence of which the model is surest, with the probability of its label.
    pub(super) fn with_surest(&self, line: Line, outlet: usize, count: &LabelCount) -> Line {
        let evidence = &self.outlet(outlet).evidence;
        let Some(of) = count.surest.and_then(|at| evidence.get(at)) else { return line };
        let text = sanitize::start(&sanitize::tidy(&of.text), SENTENCE);
        let (article, number) = (of.article.clone(), of.sentence);
        let how = if of.probability < 0.5 { "barely" } else { "most surely" };
        line.words(format!(", {how} "))
            .link(format!("“{text}”"), LinkDestination::Sentence { outlet, article, number })
            .words(format!(" ({} %)", wording::percent(of.probability)))
    }

    /// The opposite label too, so that nobody can say that only one was looked for.
    pub(super) fn opposite_own_voice(
        &self,
        label: usize,
        outlets: &Shortened<OutletCount>,
    ) -> Line {
        let name = self.label(label);
        match outlets.shown.is_empty() {
            true => Line::plain(format!(
                "Read as {name}: no own sentence{} in any outlet.",
                self.naming(1)
            )),
            false => Line::plain(format!("Read as {name} in their own words: "))
                .list(self.counts(label, Voice::Outlet, outlets), ", ")
                .words("."),
        }
    }

    pub(super) fn too_few(&self, outlets: &[usize]) -> Line {
        let least = match self.report.provenance.audit {
            Some(_) => "hand labels".to_owned(),
            None => {
                format!("own sentences{} (fewer than {FEW_SENTENCES})", self.naming(2))
            }
        };
        let whose = match outlets.len() == self.target.outlets.len() {
            true => "every outlet".to_owned(),
            false => self.names(outlets),
        };
        Line::plain(format!("Too few {least} to say how often: {whose}. Read them."))
    }
}

fn in_brackets(share: LabelShare) -> String {
    let interval = share
        .interval
        .map_or_else(String::new, |of| format!("; 95 % interval {}", wording::interval(Some(of))));
    let by = if share.is_corrected { "corrected by hand labels" } else { "by the model alone" };
    format!(" ({} % {by}{interval})", wording::percent(share.value))
}
