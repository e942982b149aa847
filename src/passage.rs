//! Passages: what one voice says in a paragraph. A frame takes several sentences, so a frame model
//! predicts passages, where a stance model predicts sentences.

use rayon::prelude::*;

use crate::article_parts::ArticlePart;
use crate::classifier::Classified;
use crate::model::{Model, Prediction};
use crate::model_input::ModelInput;
use crate::voice::Voice;

/// The sentences of one paragraph that convey one voice's words.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The paragraph's number, as in [`crate::article_parts::Sentence`].
    pub paragraph: usize,
    /// The outlet's voice or a source's.
    pub voice: Voice,
    /// The prediction for all of them together.
    pub prediction: Prediction,
}

/// The passages of each article's body, predicted on every core, in order. Headlines are single sentences
/// and give no passage.
pub fn passages_together(articles: &[Vec<Classified<'_>>], model: &Model) -> Vec<Vec<Passage>> {
    let predict = |text: &str| model.predict(&ModelInput::sentence(text, &[]));
    articles.par_iter().map(|article| passages(article, &predict)).collect()
}

/// The passages of an article's body, paragraph by paragraph, the outlet's voice first.
fn passages(article: &[Classified<'_>], predict: &dyn Fn(&str) -> Prediction) -> Vec<Passage> {
    let body: Vec<_> = article.iter().filter(|c| c.sentence.part == ArticlePart::Body).collect();
    let mut passages = Vec::new();
    for sentences in body.chunk_by(|a, b| a.sentence.paragraph == b.sentence.paragraph) {
        for voice in Voice::ALL {
            let of_voice = sentences.iter().filter(|c| c.attribution.voice == voice);
            let text = of_voice.map(|c| c.sentence.text).collect::<Vec<_>>().join(" ");
            if !text.is_empty() {
                let paragraph = sentences[0].sentence.paragraph;
                passages.push(Passage { paragraph, voice, prediction: predict(&text) });
            }
        }
    }
    passages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::report::fixture::{body, headline, quoted};
    use crate::target::TargetRelation;

    #[test]
    fn a_passage_is_what_a_paragraph_says_in_one_voice() {
        let article = Article::default();
        let line = |number, text| body(&article, number, text, TargetRelation::None, [0.0; 3]);
        let mut sentences = vec![
            headline(&article, "Docks shut", TargetRelation::None, [0.0; 3]),
            line(2, "The docks shut."),
            quoted("Ann Lee", line(3, "“A shame.”")),
            line(4, "Cranes stood still."),
            line(5, "It rained."),
            line(6, "First!"),
        ];
        sentences[4].sentence.paragraph = 2;
        sentences[5].sentence.part = ArticlePart::Comment;
        // The predicted label is the length of the text.
        let predict = |text: &str| Prediction {
            label: text.len(),
            probabilities: Vec::new(),
            labels: [].into(),
        };
        let found = passages(&sentences, &predict);
        let found: Vec<_> =
            found.into_iter().map(|p| (p.paragraph, p.voice, p.prediction.label)).collect();
        let both = "The docks shut. Cranes stood still.".len();
        let (quote, rain) = ("“A shame.”".len(), "It rained.".len());
        let expected =
            [(1, Voice::Outlet, both), (1, Voice::Attributed, quote), (2, Voice::Outlet, rain)];
        assert_eq!(found, expected);
    }
}
