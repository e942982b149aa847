//! Headline and lead side by side, with what the body below them says. Readers who stop early have
//! read nothing else.

use super::collector::{Collector, OutletFinishInputs, TargetView, keep_first};
use super::example_sentence::ExampleSentence;
use super::probability_sums::PredictionSums;
use super::sentence_label::{SentenceLabel, prediction_of};
use super::stored::stored;
use crate::article_parts::ArticlePart;
use crate::classifier::Classified;
use crate::target::TargetRelation;
use crate::voice::Voice;
use serde::Serialize;

/// Maximum number of articles shown of an outlet; all are counted.
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

stored!(HeadlineLead { mention, context, attributed, body, shown });

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

stored!(HeadlineLeadExample { article, date, url, headline, lead, body });

impl Collector<TargetView<'_>, OutletFinishInputs<'_>> for HeadlineLead {
    type Out = Self;

    /// An article of which neither headline, lead nor body bears on the target is left out.
    fn add(&mut self, view: &TargetView<'_>) {
        if view.readings.is_empty() {
            return;
        }
        let counted = &view.article.counted;
        let first_of = |part: ArticlePart| counted.iter().find(|of| of.sentence.part == part);
        let example = |part: ArticlePart| {
            let of = first_of(part)?;
            let reading = view.readings.iter().find(|found| std::ptr::eq(found.sentence, *of));
            Some(ExampleSentence::new(of, view.target, reading))
        };
        self.body.merge(&view.body);
        if let Some(lead) = first_of(ArticlePart::Body) {
            self.add_lead(lead, view.target);
        }
        let article = view.article.article;
        self.keep(HeadlineLeadExample {
            article: article.id.clone(),
            date: article.date.clone(),
            url: article.url.clone(),
            headline: example(ArticlePart::Headline),
            lead: example(ArticlePart::Body),
            body: view.body.clone(),
        });
    }

    fn merge(&mut self, later: Self) {
        self.mention.merge(&later.mention);
        self.context.merge(&later.context);
        self.attributed += later.attributed;
        self.body.merge(&later.body);
        later.shown.into_iter().for_each(|example| self.keep(example));
    }

    fn finish(mut self, context: &OutletFinishInputs<'_>) -> Self {
        let examples = self.shown.iter_mut();
        for sentence in examples.flat_map(|of| of.headline.iter_mut().chain(&mut of.lead)) {
            context.speaker_index.canonicalize(&mut sentence.speakers);
        }
        self
    }
}

impl HeadlineLead {
    fn add_lead(&mut self, lead: &Classified<'_>, target: usize) {
        let Some((about, prediction)) = prediction_of(lead, target) else { return };
        match (lead.attribution.voice, about) {
            (Voice::Attributed, _) => self.attributed += 1,
            (Voice::Outlet, TargetRelation::Context) => self.context.add(prediction),
            (Voice::Outlet, TargetRelation::Mention | TargetRelation::None) => {
                self.mention.add(prediction);
            }
        }
    }

    fn keep(&mut self, example: HeadlineLeadExample) {
        keep_first(&mut self.shown, example, SHOWN, |a, b| a.key().cmp(&b.key()));
    }
}

impl HeadlineLeadExample {
    /// Headlines that name the target come first; then the id; the rest only tells apart two
    /// articles of one id.
    fn key(&self) -> (bool, &str, [Option<&str>; 2]) {
        let judged = self.headline.as_ref().and_then(|headline| headline.judged.as_ref());
        let is_first = judged.is_some_and(SentenceLabel::is_mention);
        let texts = [&self.headline, &self.lead].map(|line| Some(line.as_ref()?.text.as_str()));
        (!is_first, &self.article, texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{add, article, body, headline, outlet_context, quoted};

    #[test]
    fn headline_lead_and_body_stand_side_by_side() {
        let articles = ["a", "b", "c"].map(|id| article("A", id));
        let mut openings = HeadlineLead::default();
        for (n, article) in articles.iter().enumerate() {
            let about = if n == 2 { TargetRelation::Mention } else { TargetRelation::Context };
            let lead = body(article, 2, "Talks went badly on.", about, [0.5, 0.25, 0.25]);
            let lead = if n == 1 { quoted("Ann Lee", lead) } else { lead };
            let later =
                body(article, 3, "The plan fell.", TargetRelation::Mention, [0.5, 0.25, 0.25]);
            let lines = [headline(article, "Plan mocked", about, [0.8, 0.1, 0.1]), lead, later];
            add(&mut openings, &lines);
        }
        let bare = article("A", "d");
        let rain = body(&bare, 1, "It rained.", TargetRelation::None, [0.0; 3]);
        add(&mut openings, &[rain]);

        let found = openings.finish(&outlet_context(4));
        let ids: Vec<&str> = found.shown.iter().map(|opening| opening.article.as_str()).collect();
        assert_eq!(ids, ["c", "a", "b"]);
        let counts = (found.mention.sentences(), found.context.sentences(), found.attributed);
        assert_eq!((counts, found.body.sentences()), ((1, 1, 1), 4));
        let [headline, lead] = [&found.shown[0].headline, &found.shown[0].lead];
        let (headline, lead) = (headline.as_ref().unwrap(), lead.as_ref().unwrap());
        assert_eq!((headline.text.as_str(), lead.sentence), ("Plan mocked", 2));
        assert_eq!(found.shown[0].body.mean(0), Some(0.5));
    }
}
