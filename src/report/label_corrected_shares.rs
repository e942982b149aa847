//! Shares of all sentences, corrected by the hand labels of some.

use serde::{Serialize, Serializer};

use super::article_clusters::ArticleCluster;
use super::drawn_articles::DrawnArticles;
use super::serialize::{ends, rounded};
use crate::category::Category;
use crate::cluster_bootstrap::{self, Interval, MIN_CLUSTERS, Over, Resampling};
use crate::statistics::prediction_powered::{Lambda, Sums};

/// What hand labels say of the sentences of one voice and relation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Audited {
    /// How many sentences have a hand label.
    pub labelled: u64,
    /// From how many articles.
    pub articles: usize,
    /// Whether every sentence has one: then the shares are counts.
    #[serde(rename = "complete")]
    pub is_complete: bool,
    /// One per label.
    pub shares: Vec<AuditedShare>,
}

/// What hand labels say of one label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AuditedShare {
    /// The label.
    pub label: Category,
    /// How many of the labelled sentences have it; in parts where coders differ.
    #[serde(serialize_with = "rounded")]
    pub with_label: f64,
    /// Its share of all sentences; none where the hand labels are too few to say: not all sentences, and
    /// fewer than 30, or fewer than 5 with or without the label.
    #[serde(flatten, serialize_with = "corrected_fields")]
    pub corrected: Option<Corrected>,
}

/// A share of all sentences, estimated from hand labels and model together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Corrected {
    /// The share, 0 to 1.
    pub value: f64,
    /// 95 %; none where every sentence is labelled, so that nothing is left to chance.
    pub interval: Option<Interval>,
    /// The standard error that belongs to it.
    pub standard_error: f64,
    /// What the interval is over.
    pub over: Over,
    /// The PPI++ weight λ of the model's predictions, 0 to 1 (Angelopoulos, Duchi and Zrnic 2023), the same
    /// for all labels, so that their shares sum to 1; at 0 the hand labels alone are counted.
    pub lambda: f64,
}

fn corrected_fields<C: Copy + Into<Option<Corrected>>, S: Serializer>(
    corrected: &C,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Fields {
        #[serde(serialize_with = "rounded")]
        share: Option<f64>,
        #[serde(flatten, serialize_with = "ends")]
        interval: Option<Interval>,
        #[serde(serialize_with = "rounded")]
        standard_error: Option<f64>,
        #[serde(serialize_with = "rounded")]
        lambda: Option<f64>,
        over: Option<Over>,
    }
    let corrected: Option<Corrected> = (*corrected).into();
    let fields = Fields {
        share: corrected.map(|of| of.value),
        interval: corrected.and_then(|of| of.interval),
        standard_error: corrected.map(|of| of.standard_error),
        lambda: corrected.map(|of| of.lambda),
        over: corrected.map(|of| of.over),
    };
    fields.serialize(serializer)
}

/// What the hand labels among the articles' sentences say; none where there are none. `articles`
/// stand in an order that depends on their values alone; `empty` counts those without a sentence.
pub(super) fn audited(
    articles: &[&ArticleCluster],
    empty: usize,
    draw: Resampling,
) -> Option<Audited> {
    let n_labels = articles.first()?.audit.len();
    let totals = totals(articles, n_labels);
    let labelled = totals.first().map_or(0.0, Sums::labelled);
    if labelled < 1.0 {
        return None;
    }
    let is_labelled = |article: &&&ArticleCluster| article.audit[0].labelled() > 0.0;
    let n_articles = articles.iter().filter(is_labelled).count();
    let drawn = match n_articles >= MIN_CLUSTERS {
        true => {
            let rows = articles.iter().map(|article| article.audit_figures(n_labels));
            DrawnArticles::new(n_labels * Sums::N, rows, empty, draw)
                .replicates(|_, totals| values(totals))
        }
        false => Vec::new(),
    };
    let is_complete = totals[0].rest() <= 0.0;
    let lambda = Lambda::tuned_together(&totals);
    let share = |(label, sums): (usize, &Sums)| AuditedShare {
        label: Category::new(label, &articles[0].labels),
        with_label: sums.with_label(),
        corrected: match sums.are_too_few() {
            _ if is_complete => Some(counted(sums)),
            true => None,
            false => corrected(sums, lambda, drawn.iter().map(|values| values[label])),
        },
    };
    Some(Audited {
        labelled: whole(labelled),
        articles: n_articles,
        is_complete,
        shares: totals.iter().enumerate().map(share).collect(),
    })
}

/// A count of sentences; those on whose label coders differ count in parts.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of sentences")]
pub(super) fn whole(count: f64) -> u64 {
    count.round() as u64
}

/// The share where every sentence has a hand label: a count, of which nothing is left to chance.
fn counted(sums: &Sums) -> Corrected {
    Corrected {
        value: sums.with_label() / sums.labelled(),
        interval: None,
        standard_error: 0.0,
        over: Over::Sentences,
        lambda: 0.0,
    }
}

fn corrected(
    sums: &Sums,
    lambda: Lambda,
    drawn: impl Iterator<Item = f64> + Clone,
) -> Option<Corrected> {
    let found = sums.estimate(lambda)?;
    let within = |interval: Interval| Interval {
        low: interval.low.clamp(0.0, 1.0),
        high: interval.high.clamp(0.0, 1.0),
    };
    let (interval, standard_error, over) =
        match cluster_bootstrap::standard_deviation(drawn.clone()) {
            Some(deviation) => {
                (Some(cluster_bootstrap::interval(drawn)), deviation, Over::Articles)
            }
            None => (Some(found.interval()), found.standard_error, Over::Sentences),
        };
    Some(Corrected {
        value: found.value.clamp(0.0, 1.0),
        interval: interval.map(within),
        standard_error,
        over,
        lambda: found.lambda,
    })
}

/// The sums of articles by label.
pub(super) fn totals(articles: &[&ArticleCluster], n_labels: usize) -> Vec<Sums> {
    let mut totals = vec![Sums::default(); n_labels];
    for article in articles {
        totals.iter_mut().zip(&article.audit).for_each(|(total, sums)| total.add(sums, 1.0));
    }
    totals
}

/// The shares of one draw, λ and all, from its totals in the order of
/// [`ArticleCluster::audit_figures`]; none where it took no labelled sentence.
pub(super) fn values(totals: &[f64]) -> Option<Vec<f64>> {
    let (totals, _) = totals.as_chunks::<{ Sums::N }>();
    let totals: Vec<Sums> = totals.iter().map(|sums| Sums::from_array(*sums)).collect();
    let lambda = Lambda::tuned_together(&totals);
    totals.iter().map(|sums| sums.estimate(lambda).map(|found| found.value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAW: Resampling = Resampling { resamples: 200, seed: 1 };

    /// An article of ten sentences, so many of them labelled, of which every third is critical.
    fn article(number: u32, labelled: u32) -> ArticleCluster {
        let mut critical = Sums::default();
        for sentence in 0..10 {
            let is_critical = (number + sentence).is_multiple_of(3);
            let predicted = if is_critical { 0.7 } else { 0.4 } + f64::from(number % 4) / 20.0;
            match sentence < labelled {
                true => critical.add_labelled(f64::from(u8::from(is_critical)), predicted, 0.5),
                false => critical.add_rest(predicted),
            }
        }
        ArticleCluster {
            sentences: 10.0,
            sums: [5.0].into(),
            predicted: [5.0].into(),
            audit: [critical].into(),
            labels: [String::new()].into(),
        }
    }

    fn of(articles: u32, labelled: u32) -> Option<Audited> {
        let articles: Vec<ArticleCluster> = (0..articles).map(|n| article(n, labelled)).collect();
        audited(&articles.iter().collect::<Vec<_>>(), 0, DRAW)
    }

    #[test]
    fn a_biased_model_is_corrected() {
        let found = of(20, 4).unwrap();
        assert_eq!((found.labelled, found.articles, found.is_complete), (80, 20, false));
        let share = found.shares[0].corrected.unwrap();
        assert!((share.value - 1.0 / 3.0).abs() < 0.03, "{share:?}");
        let interval = share.interval.unwrap();
        assert!(interval.low < share.value && share.value < interval.high);
        assert_eq!(share.over, Over::Articles);
    }

    #[test]
    fn few_labels_say_nothing_and_few_articles_say_little() {
        assert_eq!(of(7, 4).unwrap().shares[0].corrected, None);
        assert_eq!(of(7, 0), None);
        assert_eq!(of(4, 9).unwrap().shares[0].corrected.unwrap().over, Over::Sentences);
    }

    #[test]
    fn all_labelled_in_few_articles_leaves_nothing_to_chance() {
        let found = of(4, 10).unwrap();
        let share = found.shares[0].corrected.unwrap();
        assert!(found.is_complete && share.interval.is_none());
        assert_eq!((share.value, share.lambda), (14.0 / 40.0, 0.0));
    }
}
