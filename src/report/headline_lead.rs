//! Headline and lead side by side, with what the body below them says. Readers who stop early have
//! read nothing else.

use serde::Serialize;

use super::example_sentence::ExampleSentence;
use super::predicted_label::{PredictedLabel, about};
use super::prediction_sums::PredictionSums;
use crate::article_parts::ArticlePart;
use crate::classifier::Classified;
use crate::model::Explanation;
use crate::target::TargetRelation;
use crate::text::Span;
use crate::voice::Voice;

/// So many articles of an outlet are shown; all are counted.
const SHOWN: usize = 10;

/// How one outlet's articles about the target begin. Its headlines added up are
/// [`Headlines`](super::Headlines).
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HeadlineLead {
    /// Leads in the outlet's own voice that name the target, added up. The lead is the first
    /// sentence of the body.
    pub mention: PredictionSums,
    /// Those that do not name it.
    pub context: PredictionSums,
    /// Leads that convey a source's words; they are in neither.
    pub attributed: u64,
    /// The own-voice sentences of the bodies that name the target, leads included, added up.
    pub body: PredictionSums,
    /// The first ten articles: those whose headline names the target first, then by id.
    pub shown: Vec<HeadlineLeadExample>,
}

/// How one article begins.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadlineLeadExample {
    /// The article's id.
    pub article: String,
    /// Its date as given.
    pub date: String,
    /// Where it was published.
    pub url: String,
    /// The headline; none where there is none.
    pub headline: Option<ExampleSentence>,
    /// The first sentence of the body; none where there is none.
    pub lead: Option<ExampleSentence>,
    /// The body's own-voice sentences that name the target, the lead included, added up.
    pub body: PredictionSums,
}

impl HeadlineLead {
    /// Takes in the counted sentences of one article; `body` adds up its own-voice sentences that
    /// name the target. An article of which neither headline, lead nor body bears on the target is
    /// none.
    pub(super) fn add(
        &mut self,
        counted: &[&Classified<'_>],
        target: usize,
        body: &PredictionSums,
    ) {
        let first_of = |part: ArticlePart| counted.iter().find(|of| of.sentence.part == part);
        let line = |part: ArticlePart| first_of(part).map(|of| ExampleSentence::new(of, target));
        let is_about = counted
            .iter()
            .any(|of| of.readings.get(target).is_some_and(|reading| reading.prediction.is_some()));
        if !is_about {
            return;
        }
        self.body.merge(body);
        if let Some(lead) = first_of(ArticlePart::Body) {
            self.add_lead(lead, target);
        }
        let Some(first) = counted.first().map(|of| of.article) else { return };
        let opening = HeadlineLeadExample {
            article: first.id.clone(),
            date: first.date.clone(),
            url: first.url.clone(),
            headline: line(ArticlePart::Headline),
            lead: line(ArticlePart::Body),
            body: body.clone(),
        };
        let place = self.shown.partition_point(|kept| kept.key() <= opening.key());
        if place < SHOWN {
            self.shown.insert(place, opening);
            self.shown.truncate(SHOWN);
        }
    }

    fn add_lead(&mut self, lead: &Classified<'_>, target: usize) {
        let Some(reading) = lead.readings.get(target) else { return };
        let Some(said) = &reading.prediction else { return };
        match (lead.attribution.voice, about(reading)) {
            (Voice::Attributed, _) => self.attributed += 1,
            (Voice::Outlet, TargetRelation::Context) => self.context.add(said),
            (Voice::Outlet, TargetRelation::Mention | TargetRelation::None) => {
                self.mention.add(said);
            }
        }
    }

    /// With the words that decided.
    pub(super) fn finish(&self, explain: &dyn Fn(&str, &[Span]) -> Explanation) -> Self {
        let explained =
            |line: &Option<ExampleSentence>| line.as_ref().map(|line| line.explained(explain));
        let opening = |opening: &HeadlineLeadExample| HeadlineLeadExample {
            headline: explained(&opening.headline),
            lead: explained(&opening.lead),
            ..opening.clone()
        };
        HeadlineLead { shown: self.shown.iter().map(opening).collect(), ..self.clone() }
    }
}

impl HeadlineLeadExample {
    /// Headlines that name the target come first; then the id; the rest only tells apart two
    /// articles of one id.
    fn key(&self) -> (bool, &str, [Option<&str>; 2]) {
        let judged = self.headline.as_ref().and_then(|headline| headline.judged.as_ref());
        let is_first = judged.is_some_and(PredictedLabel::is_mention);
        let texts = [&self.headline, &self.lead].map(|line| Some(line.as_ref()?.text.as_str()));
        (!is_first, &self.article, texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{article, body, explain, headline, prediction, quoted};

    #[test]
    fn headline_lead_and_body_stand_side_by_side() {
        let articles = ["a", "b", "c"].map(|id| article("A", id));
        let mut own = PredictionSums::default();
        own.add(&prediction([0.5, 0.25, 0.25]));
        let mut openings = HeadlineLead::default();
        for (n, article) in articles.iter().enumerate() {
            let about = if n == 2 { TargetRelation::Mention } else { TargetRelation::Context };
            let lead = body(article, 2, "Talks went badly on.", about, [0.5, 0.25, 0.25]);
            let lead = if n == 1 { quoted("Ann Lee", lead) } else { lead };
            let later =
                body(article, 3, "The plan fell.", TargetRelation::Mention, [0.5, 0.25, 0.25]);
            let lines = [headline(article, "Plan mocked", about, [0.8, 0.1, 0.1]), lead, later];
            openings.add(&lines.iter().collect::<Vec<_>>(), 0, &own);
        }
        let bare = article("A", "d");
        let rain = body(&bare, 1, "It rained.", TargetRelation::None, [0.0; 3]);
        openings.add(&[&rain], 0, &PredictionSums::default());

        let found = openings.finish(&explain);
        let ids: Vec<&str> = found.shown.iter().map(|opening| opening.article.as_str()).collect();
        assert_eq!(ids, ["c", "a", "b"]);
        let counts = (found.mention.sentences(), found.context.sentences(), found.attributed);
        assert_eq!((counts, found.body.sentences()), ((1, 1, 1), 3));
        let [headline, lead] = [&found.shown[0].headline, &found.shown[0].lead];
        let (headline, lead) = (headline.as_ref().unwrap(), lead.as_ref().unwrap());
        assert_eq!((headline.text.as_str(), lead.sentence), ("Plan mocked", 2));
        assert_eq!(headline.evidence.words, ["mocked"]);
        assert_eq!(found.shown[0].body.mean(0), Some(0.5));
    }
}
