//! Whether headlines go further than the articles below them.

use serde::Serialize;

use super::article_clusters::{ArticleCluster, canonical, intervals};
use super::prediction_sums::PredictionSums;
use super::serialize::{ends, rounded};
use crate::category::{Categories, Category};
use crate::classifier::Classified;
use crate::cluster_bootstrap::{Interval, Resampling};
use crate::model::Prediction;
use crate::target::TargetRelation;

/// Headlines against the own-voice sentences of the same articles' bodies that name the target.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HeadlineGap {
    /// How many articles have both.
    pub articles: usize,
    /// One per label; empty where no article has both.
    pub gaps: Vec<LabelGap>,
    /// The articles whose headline goes furthest beyond their body, the furthest first.
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
    /// Whether it names the target.
    pub about: TargetRelation,
    /// The headline's most probable label.
    pub label: Category,
    /// That label's probability in the headline.
    #[serde(serialize_with = "rounded")]
    pub of_headline: f64,
    /// Its mean probability in the body.
    #[serde(serialize_with = "rounded")]
    pub of_body: f64,
    /// Over so many sentences.
    pub sentences: u64,
}

/// So many articles are shown.
const SHOWN: usize = 5;

/// A headline goes further than its article from so large a gap on.
pub const FAR: f64 = 0.25;

/// Headlines and bodies while articles come in.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// Per article the difference of the probabilities, by label, as of a single sentence.
    differences: Vec<ArticleCluster>,
    /// By label.
    further: Vec<usize>,
    furthest: Vec<ArticleGap>,
}

impl Pairs {
    /// Takes in one article's headline and body.
    pub(super) fn add(
        &mut self,
        (headline, about): (&Classified<'_>, TargetRelation),
        said: &Prediction,
        body: &PredictionSums,
    ) {
        let labels = 0..said.probabilities.len();
        let means: Option<Vec<f64>> = labels.map(|label| body.mean(label)).collect();
        let Some(means) = means.filter(|means| !means.is_empty()) else { return };
        let differences = said.probabilities.iter().zip(&means).map(|(p, mean)| p - mean);
        self.differences.push(ArticleCluster {
            sentences: 1.0,
            sums: differences.collect(),
            predicted: [].into(),
            labels: Categories::clone(&said.labels),
            audit: [].into(),
        });
        let found = ArticleGap {
            article: headline.article.id.clone(),
            url: headline.article.url.clone(),
            headline: headline.sentence.text.to_owned(),
            about,
            label: said.category(),
            of_headline: said.probabilities[said.label],
            of_body: means[said.label],
            sentences: body.sentences(),
        };
        self.further.resize(said.probabilities.len(), 0);
        if found.gap() >= FAR {
            self.further[said.label] += 1;
            let place = self.furthest.partition_point(|kept| kept.comes_before(&found));
            self.furthest.insert(place, found);
            self.furthest.truncate(SHOWN);
        }
    }

    pub(super) fn finish(&self, draw: Resampling) -> HeadlineGap {
        let rows = canonical(&self.differences);
        let intervals = intervals(&rows, 0, draw);
        let n = self.differences.len();
        let gap = |(label, &further): (usize, &usize)| LabelGap {
            label: Category::new(label, &rows[0].labels),
            gap: rows.iter().map(|row| row.sums[label]).sum::<f64>() / n as f64,
            interval: intervals.as_ref().map(|intervals| intervals[label]),
            further,
        };
        let gaps = self.further.iter().enumerate().map(gap).collect();
        HeadlineGap { articles: n, gaps, furthest: self.furthest.clone() }
    }
}

impl ArticleGap {
    /// How much further the headline goes.
    pub fn gap(&self) -> f64 {
        self.of_headline - self.of_body
    }

    fn comes_before(&self, other: &ArticleGap) -> bool {
        let key = |of: &ArticleGap| (of.article.clone(), of.headline.clone());
        other.gap().total_cmp(&self.gap()).then_with(|| key(self).cmp(&key(other))).is_le()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{article, headline, prediction};

    #[test]
    fn headlines_stand_against_their_own_bodies() {
        let articles: Vec<_> = (0..6).map(|n| article("A", &format!("a{n}"))).collect();
        let mut body = PredictionSums::default();
        body.add(&prediction([0.3, 0.6, 0.1]));
        let mut pairs = Pairs::default();
        for article in &articles {
            let said = [0.8, 0.1, 0.1];
            let line = headline(article, "Plan mocked", TargetRelation::Mention, said);
            pairs.add((&line, TargetRelation::Mention), &prediction(said), &body);
        }
        let said = prediction([0.9, 0.1, 0.0]);
        let bare = headline(&articles[0], "Plan mocked", TargetRelation::Mention, [0.9, 0.1, 0.0]);
        pairs.add((&bare, TargetRelation::Mention), &said, &PredictionSums::default());
        let found = pairs.finish(Resampling { resamples: 100, seed: 1 });
        assert_eq!((found.articles, found.furthest.len()), (6, SHOWN));
        assert_eq!(found.gaps.iter().map(|of| of.further).collect::<Vec<_>>(), [6, 0, 0]);
        assert!((found.gaps[0].gap - 0.5).abs() < 1e-6 && found.gaps[0].interval.is_some());
        let ids: Vec<_> = found.furthest.iter().map(|gap| gap.article.as_str()).collect();
        assert_eq!((ids, found.furthest[0].label.index), (vec!["a0", "a1", "a2", "a3", "a4"], 0));
    }
}
