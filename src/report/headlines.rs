//! What an outlet's headlines express. They are written for another purpose than the body, often by
//! someone else, and are what most people see.

use super::collector::{Collector, OutletFinishInputs, SentenceStance, TargetView, keep_first};
use super::probability_sums::PredictionSums;
use super::sentence_label::{Judge, SentenceLabel};
use super::serialize::rounded;
use super::stored::stored;
use crate::category::Category;
use crate::target::TargetRelation;
use serde::Serialize;

/// Maximum number of headlines shown of an outlet; all are counted.
const SHOWN: usize = 10;

/// The headlines of one outlet.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Headlines {
    /// Those that name the target, added up.
    pub mention: PredictionSums,
    /// Those that do not, over articles about it.
    pub context: PredictionSums,
    /// The first ten: those that name the target first, then in byte order of article ids.
    pub shown: Vec<Headline>,
}

stored!(Headlines { mention, context, shown });

/// One headline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Headline {
    /// The article's id.
    pub article: String,
    /// Where the article was published.
    pub url: String,
    /// Whether it names the target.
    pub about: TargetRelation,
    /// The headline as printed.
    pub text: String,
    /// Its most probable label.
    pub label: Category,
    /// That label's probability.
    #[serde(serialize_with = "rounded")]
    pub probability: f64,
    /// Who gave it.
    pub by: Judge,
}

stored!(Headline { article, url, about, text, label, probability, by });

impl Collector<TargetView<'_>, OutletFinishInputs<'_>> for Headlines {
    type Out = Self;

    fn add(&mut self, view: &TargetView<'_>) {
        for headline in view.readings.iter().filter(|reading| reading.is_headline()) {
            match headline.about {
                TargetRelation::Context => self.context.add(headline.prediction),
                TargetRelation::Mention | TargetRelation::None => {
                    self.mention.add(headline.prediction);
                }
            }
            self.keep(Headline::new(headline));
        }
    }

    fn merge(&mut self, later: Self) {
        self.mention.merge(&later.mention);
        self.context.merge(&later.context);
        later.shown.into_iter().for_each(|headline| self.keep(headline));
    }

    fn finish(self, _: &OutletFinishInputs<'_>) -> Self {
        self
    }
}

impl Headlines {
    fn keep(&mut self, headline: Headline) {
        keep_first(&mut self.shown, headline, SHOWN, |a, b| a.key().cmp(&b.key()));
    }

    /// How many headlines were counted.
    pub fn total(&self) -> u64 {
        self.mention.sentences() + self.context.sentences()
    }
}

impl Headline {
    fn new(headline: &SentenceStance<'_>) -> Self {
        let article = headline.sentence.article;
        let SentenceLabel { about, label, probability, by } = headline.label();
        Headline {
            about,
            article: article.id.clone(),
            url: article.url.clone(),
            text: headline.sentence.sentence.text.to_owned(),
            label,
            probability,
            by,
        }
    }

    fn key(&self) -> (TargetRelation, &str, &str) {
        (self.about, &self.article, &self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{add, article, headline};

    #[test]
    fn the_first_ten_are_shown_and_all_are_counted() {
        let articles: Vec<_> = (0..20).map(|n| article("A", &format!("a{n:02}"))).collect();
        let mut headlines = Headlines::default();
        for (n, article) in articles.iter().enumerate().rev() {
            let about = if n % 4 == 3 { TargetRelation::Mention } else { TargetRelation::Context };
            let line = headline(article, "It is a plan", about, [0.7, 0.2, 0.1]);
            add(&mut headlines, &[line]);
        }
        assert_eq!((headlines.mention.sentences(), headlines.context.sentences()), (5, 15));
        let shown: Vec<_> = headlines.shown.iter().map(|line| line.article.as_str()).collect();
        let expected = ["a03", "a07", "a11", "a15", "a19", "a00", "a01", "a02", "a04", "a05"];
        assert_eq!(shown, expected);
        assert_eq!((headlines.shown[0].label.index, headlines.shown[0].probability), (0, 0.7));
    }
}
