//! Whether headlines go further than the articles below them.

use super::serialize::{ends, rounded};
use crate::category::{Categories, Category};
use serde::Serialize;
use std::cmp::Ordering;

use super::article_clusters::{ArticleCluster, canonical, intervals};
use super::collector::{Collector, OutletFinishInputs, SentenceStance, TargetView, keep_first};
use super::provenance::takes_side;
use super::stored::stored;
use crate::cluster_bootstrap::Interval;

/// Headlines that name the target in the outlet's own voice, against the own-voice sentences of the same
/// articles' bodies that name it. A body with fewer than three of these is compared with nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HeadlineGap {
    /// How many articles are compared.
    pub articles: usize,
    /// One per label; empty where no article is compared.
    pub gaps: Vec<LabelGap>,
    /// The articles whose headline goes furthest beyond their body to a side, the furthest first.
    pub furthest: Vec<ArticleGap>,
}

/// How much more probable a label is in headlines than in bodies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LabelGap {
    /// The label.
    pub label: Category,
    /// The mean over articles of headline less body, −1 to 1.
    #[serde(serialize_with = "rounded")]
    pub gap: f64,
    /// 95 % over articles; none where there are fewer than five.
    #[serde(flatten, serialize_with = "ends")]
    pub interval: Option<Interval>,
    /// In how many articles the headline gets the label, and at a probability that is greater by
    /// [`FAR`] or more than in the body.
    pub further: usize,
}

/// One article's headline against its body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArticleGap {
    /// The article's id.
    pub article: String,
    /// Where the article was published.
    pub url: String,
    /// The headline as printed.
    pub headline: String,
    /// The headline's most probable label.
    pub label: Category,
    /// That label's probability in the headline.
    #[serde(serialize_with = "rounded")]
    pub of_headline: f64,
    /// Its mean probability in the body.
    #[serde(serialize_with = "rounded")]
    pub of_body: f64,
    /// The number of these sentences.
    pub sentences: u64,
}

stored!(ArticleGap { article, url, headline, label, of_headline, of_body, sentences });

/// Maximum number of articles shown.
const SHOWN: usize = 5;

/// Minimum number of sentences of a body that a headline is compared with.
const FEWEST: u64 = 3;

/// Minimum gap from which a headline goes further than its article.
pub const FAR: f64 = 0.25;

/// Compares headlines with bodies.
#[derive(Debug, Default)]
pub(super) struct HeadlineGapCollector {
    /// Per article the difference of the probabilities, by label, as of a single sentence.
    differences: Vec<ArticleCluster>,
    /// By label.
    further: Vec<usize>,
    furthest: Vec<ArticleGap>,
}

stored!(HeadlineGapCollector { differences, further, furthest } where |of, labels| {
    let n = if of.differences.is_empty() { 0 } else { labels.len() };
    of.further.len() == n
});

impl Collector<TargetView<'_>, OutletFinishInputs<'_>> for HeadlineGapCollector {
    type Out = HeadlineGap;

    fn add(&mut self, view: &TargetView<'_>) {
        let headline = view.headline().filter(|of| of.is_own_mention());
        let Some(headline) = headline.filter(|_| view.body.sentences() >= FEWEST) else { return };
        let probabilities = &headline.prediction.probabilities;
        let means = (0..probabilities.len()).map(|label| view.body.mean(label));
        let means: Option<Vec<f64>> = means.collect();
        let Some(means) = means.filter(|means| !means.is_empty()) else { return };
        let differences = probabilities.iter().zip(&means).map(|(p, mean)| p - mean);
        self.differences.push(ArticleCluster {
            sentences: 1.0,
            sums: differences.collect(),
            predicted: vec![0.0; probabilities.len()].into(),
            labels: Categories::clone(&headline.prediction.labels),
            audit: [].into(),
        });
        self.further.resize(probabilities.len(), 0);
        let label = headline.prediction.label;
        let gap = ArticleGap::new(headline, &means, view.body.sentences());
        if gap.gap() >= FAR {
            self.further[label] += 1;
            if takes_side(gap.label.name()) {
                self.keep(gap);
            }
        }
    }

    fn merge(&mut self, later: Self) {
        self.differences.extend(later.differences);
        self.further.resize(self.further.len().max(later.further.len()), 0);
        self.further.iter_mut().zip(later.further).for_each(|(sum, count)| *sum += count);
        later.furthest.into_iter().for_each(|gap| self.keep(gap));
    }

    fn finish(self, context: &OutletFinishInputs<'_>) -> HeadlineGap {
        let rows = canonical(&self.differences);
        let intervals = intervals(&rows, 0, context.resampling);
        let gap = |(label, &further): (usize, &usize)| LabelGap {
            label: Category::new(label, &rows[0].labels),
            gap: rows.iter().map(|row| row.sums[label]).sum::<f64>() / rows.len() as f64,
            interval: intervals.as_ref().map(|intervals| intervals[label]),
            further,
        };
        let gaps = self.further.iter().enumerate().map(gap).collect();
        HeadlineGap { articles: rows.len(), gaps, furthest: self.furthest }
    }
}

impl HeadlineGapCollector {
    fn keep(&mut self, gap: ArticleGap) {
        keep_first(&mut self.furthest, gap, SHOWN, ArticleGap::order);
    }
}

impl ArticleGap {
    fn new(headline: &SentenceStance<'_>, means: &[f64], n_sentences: u64) -> Self {
        let (article, label) = (headline.sentence.article, headline.prediction.label);
        ArticleGap {
            article: article.id.clone(),
            url: article.url.clone(),
            headline: headline.sentence.sentence.text.to_owned(),
            label: headline.prediction.category(),
            of_headline: headline.prediction.probabilities[label],
            of_body: means[label],
            sentences: n_sentences,
        }
    }

    /// How much further the headline goes.
    pub fn gap(&self) -> f64 {
        self.of_headline - self.of_body
    }

    /// The largest gap first.
    fn order(&self, other: &ArticleGap) -> Ordering {
        let by_text = || (&self.article, &self.headline).cmp(&(&other.article, &other.headline));
        other.gap().total_cmp(&self.gap()).then_with(by_text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{add, article, body, headline, outlet_context, quoted};
    use crate::target::TargetRelation;

    const ABOUT: TargetRelation = TargetRelation::Mention;
    const TEXTS: [&str; 3] = ["The plan fell.", "The plan rose.", "The plan stood."];

    #[test]
    fn headlines_stand_against_their_own_bodies() {
        let articles: Vec<_> = (0..6).map(|n| article("A", &format!("a{n}"))).collect();
        let mut gaps = HeadlineGapCollector::default();
        for article in &articles {
            let line = headline(article, "Plan mocked", ABOUT, [0.8, 0.1, 0.1]);
            let below = TEXTS.map(|text| body(article, 2, text, ABOUT, [0.3, 0.6, 0.1]));
            add(&mut gaps, &[vec![line], below.to_vec()].concat());
        }
        let found = gaps.finish(&outlet_context(7));
        assert_eq!((found.articles, found.furthest.len()), (6, SHOWN));
        assert_eq!(found.gaps.iter().map(|of| of.further).collect::<Vec<_>>(), [6, 0, 0]);
        assert!((found.gaps[0].gap - 0.5).abs() < 1e-6 && found.gaps[0].interval.is_some());
        let ids: Vec<_> = found.furthest.iter().map(|gap| gap.article.as_str()).collect();
        assert_eq!((ids, found.furthest[0].label.index), (vec!["a0", "a1", "a2", "a3", "a4"], 0));
    }

    #[test]
    fn a_neutral_headline_goes_to_no_side() {
        let article = article("A", "a");
        let line = headline(&article, "Plan due", ABOUT, [0.1, 0.8, 0.1]);
        let below = TEXTS.map(|text| body(&article, 2, text, ABOUT, [0.8, 0.1, 0.1]));
        let mut gaps = HeadlineGapCollector::default();
        add(&mut gaps, &[vec![line], below.to_vec()].concat());
        let found = gaps.finish(&outlet_context(1));
        assert_eq!(found.gaps.iter().map(|of| of.further).collect::<Vec<_>>(), [0, 1, 0]);
        assert_eq!(found.furthest, []);
    }

    #[test]
    fn a_headline_is_compared_only_where_that_is_fair() {
        let article = article("A", "a");
        let below = || TEXTS.map(|text| body(&article, 2, text, ABOUT, [0.3, 0.6, 0.1])).to_vec();
        let line = |about| headline(&article, "Plan mocked", about, [0.9, 0.1, 0.0]);
        let compared = |sentences: Vec<_>| {
            let mut gaps = HeadlineGapCollector::default();
            add(&mut gaps, &sentences);
            gaps.finish(&outlet_context(1)).articles
        };
        assert_eq!(compared([vec![line(ABOUT)], below()].concat()), 1);
        let context = line(TargetRelation::Context);
        assert_eq!(compared([vec![context], below()].concat()), 0, "it does not name the target");
        let of_source = quoted("Ann Lee", line(ABOUT));
        assert_eq!(compared([vec![of_source], below()].concat()), 0, "a source speaks");
        assert_eq!(compared([vec![line(ABOUT)], below()[1..].to_vec()].concat()), 0, "two of body");
    }
}
