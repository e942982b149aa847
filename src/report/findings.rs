//! Decides what may be said of a target: who gets a label in own words or only in quotes, which
//! quotes an outlet leaves out, and whose headline goes further than its body.
//!
//! Few sentences are counted and give no share; no outlet is ranked above another.

use std::cmp::Reverse;

use super::finding::{Finding, Findings, LabelCount, OutletCount, QuotedCount, Shortened};
use super::headline_gap::ArticleGap;
use super::label_share::LabelShare;
use super::quotes::{LeftOut, MOST_NAMED};
use super::report_data::{OutletSummary, Report, TargetSummary};
use crate::target::TargetRelation::{Context, Mention};
use crate::voice::Voice;

/// Maximum number of outlets with a finding of their own; the others are counted.
const MOST: usize = 8;

/// What may be said of a target; none where nothing was read or no label takes a side.
pub(crate) fn findings(report: &Report, target: &TargetSummary) -> Option<Findings> {
    if target.outlets.is_empty() {
        return None;
    }
    let sides: Vec<usize> = report.provenance.sides().collect();
    let &label = sides.first()?;
    let opposite = sides.get(1).copied().filter(|_| sides.len() == 2);
    let target = Target { report, summary: target, outlets: &target.outlets };
    Some(Findings {
        label,
        own_voice: target.own_voice(label, opposite),
        only_quoted: target.only_quoted(label, opposite),
        left_out: target.left_out(),
        headlines: target.headlines(&sides),
    })
}

/// The outlets whose figures are judged.
struct Target<'r> {
    report: &'r Report,
    summary: &'r TargetSummary,
    outlets: &'r [OutletSummary],
}

impl<'r> Target<'r> {
    fn outlets(&self) -> impl Iterator<Item = (usize, &'r OutletSummary)> + use<'r> {
        self.outlets.iter().enumerate()
    }

    /// The outlets that fit.
    fn which(&self, fits: impl Fn(&OutletSummary) -> bool) -> Vec<usize> {
        self.outlets().filter(|(_, outlet)| fits(outlet)).map(|(at, _)| at).collect()
    }

    fn own_voice(&self, label: usize, opposite: Option<usize>) -> Vec<Finding> {
        let naming = |outlet: &OutletSummary| outlet.count(Voice::Outlet, Mention, label);
        let context = |outlet: &OutletSummary| outlet.count(Voice::Outlet, Context, label);
        let mut naming_it: Vec<_> =
            self.outlets().filter(|(_, outlet)| naming(outlet).count > 0).collect();
        if naming_it.len() > MOST {
            naming_it.sort_by_key(|(_, outlet)| Reverse(naming(outlet).count));
        }
        let own_voice = naming_it.iter().map(|&(at, outlet)| Finding::OwnVoice {
            outlet: at,
            label,
            naming: naming(outlet),
            context: context(outlet),
            share: self.share(outlet, label),
        });
        let mut found = with_more(own_voice.collect());
        let only_context =
            |outlet: &OutletSummary| naming(outlet).count == 0 && context(outlet).count > 0;
        let in_context = self.which(only_context).into_iter();
        let in_context = in_context.map(|at| Finding::OwnVoiceInContext {
            outlet: at,
            label,
            context: context(&self.outlets[at]),
        });
        found.extend(with_more(in_context.collect()));
        let without = self.which(|outlet| naming(outlet).count + context(outlet).count == 0);
        found.extend(
            (!without.is_empty()).then_some(Finding::NoOwnVoice { label, outlets: without }),
        );
        found.extend(opposite.map(|label| Finding::OppositeOwnVoice {
            label,
            outlets: self.counts(|outlet| {
                let LabelCount { count, all, .. } = outlet.count(Voice::Outlet, Mention, label);
                (count > 0).then_some((count, all))
            }),
        }));
        let is_audited = self.report.provenance.audit.is_some();
        let few = self.summary.outlets_with_too_few(is_audited);
        found.extend((!few.is_empty()).then_some(Finding::TooFew { outlets: few }));
        found
    }

    /// The share of the own sentences that name the target, where there is enough to state one.
    fn share(&self, outlet: &OutletSummary, label: usize) -> Option<LabelShare> {
        let is_audited = self.report.provenance.audit.is_some();
        // Without an interval the model alone says nothing.
        LabelShare::stated(outlet.own_mentions()?, label, is_audited)
            .filter(|share| share.is_corrected || share.interval.is_some())
    }

    fn only_quoted(&self, label: usize, opposite: Option<usize>) -> Vec<Finding> {
        let only = self.which(|outlet| outlet.quoted(label).is_nearly_only());
        let mut found: Vec<Finding> = (only.iter().copied())
            .map(|at| Finding::OnlyQuoted {
                outlet: at,
                label,
                naming: self.outlets[at].quoted(label),
                quoted_context: self.outlets[at].count(Voice::Attributed, Context, label),
                own_context: self.outlets[at].count(Voice::Outlet, Context, label),
            })
            .collect();
        found = with_more(found);
        if only.is_empty() {
            found.push(Finding::NobodyOnlyQuoted { label });
        }
        let quoted = |label: usize, fits: fn(&QuotedCount) -> bool| {
            let counts = self.counts(|outlet| {
                let of = outlet.quoted(label);
                fits(&of).then_some((of.quoted, of.all))
            });
            (!counts.shown.is_empty()).then_some(counts)
        };
        let both = quoted(label, |of| of.quoted > 0 && !of.is_nearly_only());
        found.extend(both.map(|outlets| Finding::BothVoices { label, outlets }));
        found.extend(opposite.and_then(|label| {
            let outlets = quoted(label, QuotedCount::is_nearly_only)?;
            Some(Finding::OppositeOnlyQuoted { label, outlets })
        }));
        found
    }

    /// The counts of the outlets that have one.
    fn counts(
        &self,
        count: impl Fn(&OutletSummary) -> Option<(u64, u64)>,
    ) -> Shortened<OutletCount> {
        let count = |(outlet, of): (usize, &OutletSummary)| {
            count(of).map(|(count, all)| OutletCount { outlet, count, all })
        };
        Shortened::of(self.outlets().filter_map(count).collect(), MOST)
    }

    fn left_out(&self) -> Vec<Finding> {
        let quotes = &self.report.quotes;
        if quotes.too_many > 0 {
            return vec![Finding::QuotesNotCompared];
        }
        if quotes.shared.is_empty() {
            return vec![Finding::NoSharedQuote];
        }
        let of_outlet = |outlet: usize| {
            let all = quotes.left_out(outlet);
            let named = LeftOut::named(&all).take(MOST_NAMED).collect::<Vec<_>>();
            Finding::SharedQuotesNotFound {
                outlet,
                compared: quotes.compared().len(),
                others: all.len() - named.len(),
                quotes: named,
            }
        };
        let n = self.outlets.len();
        let more = n.saturating_sub(MOST);
        let mut found: Vec<Finding> = (0..n.min(MOST)).map(of_outlet).collect();
        found.extend((more > 0).then_some(Finding::MoreOutletsLeaveOut { n: more }));
        found
    }

    fn headlines(&self, sides: &[usize]) -> Vec<Finding> {
        let gaps = self
            .outlets()
            .flat_map(|(outlet, of)| of.headline_gap.furthest.iter().map(move |gap| (outlet, gap)));
        let mut gaps: Vec<(usize, &ArticleGap)> =
            gaps.filter(|(_, gap)| sides.contains(&gap.label.index)).collect();
        gaps.sort_by(|(_, a), (_, b)| b.gap().total_cmp(&a.gap()));
        let further = |(outlet, gap): (usize, &ArticleGap)| Finding::HeadlineGoesFurther {
            outlet,
            gap: gap.clone(),
        };
        let mut found: Vec<Finding> = gaps.into_iter().take(MOST).map(further).collect();
        let alone = self.outlets().flat_map(|(outlet, of)| {
            let shown = of.headline_quotes.shown.iter().cloned();
            shown.map(move |quote| Finding::HeadlineQuotesAlone { outlet, quote })
        });
        found.extend(alone.take(MOST));
        let compared: usize = self.outlets.iter().map(|of| of.headline_gap.articles).sum();
        let further = self.outlets.iter().map(|of| of.headline_gap.n_further(sides)).sum();
        found.extend((compared > 0).then_some(Finding::HeadlinesGoFurther { further, compared }));
        let outlets = self.which(|of| of.headlines.total() > 0 && of.headline_gap.articles == 0);
        found.extend((!outlets.is_empty()).then_some(Finding::HeadlinesNotComparable { outlets }));
        if found.is_empty() {
            found.push(Finding::NoHeadline);
        }
        found
    }
}

/// The first findings, and how many more there are.
fn with_more(mut found: Vec<Finding>) -> Vec<Finding> {
    let n = found.len().saturating_sub(MOST);
    found.truncate(MOST);
    found.extend((n > 0).then_some(Finding::MoreOutlets { n }));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{articles, report_on};

    fn found(report: &Report) -> Findings {
        findings(report, &report.targets[0]).unwrap()
    }

    #[test]
    fn few_sentences_give_no_share() {
        let mut report = report_on(&articles());
        let shares = |report: &Report| {
            let found = found(report).own_voice;
            let share = |of: &Finding| match of {
                Finding::OwnVoice { share, .. } => Some(share.is_some()),
                _ => None,
            };
            (found.iter().filter_map(share).collect::<Vec<_>>(), found.last().cloned())
        };
        let few = |outlets| Some(Finding::TooFew { outlets });
        assert_eq!(shares(&report), (vec![false, false], few(vec![0, 1])));
        report.targets[0].outlets[0].strata[0].sentences = 40;
        assert_eq!(shares(&report), (vec![true, false], few(vec![1])));
    }

    #[test]
    fn the_opposite_label_is_judged_too() {
        let report = report_on(&articles());
        let count = |outlet, count| OutletCount { outlet, count, all: count };
        let outlets = Shortened { shown: vec![count(0, 5), count(1, 1)], more: 0 };
        let expected = [
            Finding::NobodyOnlyQuoted { label: 0 },
            Finding::OppositeOnlyQuoted { label: 2, outlets },
        ];
        assert_eq!(found(&report).only_quoted, expected);
        assert_eq!(report.targets[0].findings, Some(found(&report)));
    }

    #[test]
    fn nothing_read_is_no_finding() {
        assert_eq!(report_on(&[]).targets[0].findings, None);
    }
}
