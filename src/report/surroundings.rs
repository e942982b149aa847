//! What stands around a sentence that does not name its target.

use super::article_view::SentenceStance;
use super::stored::stored;
use crate::model_input::ModelInput;
use crate::target::TargetRelation;

/// What a model that reads with an encoder was told beside such a sentence, so that it can be asked again.
/// Empty where the sentence names its target, for then nothing was told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Surroundings {
    /// The article's headline.
    pub(super) title: String,
    /// The sentence before.
    pub(super) before: String,
}

stored!(Surroundings { title, before });

impl Surroundings {
    /// Of a sentence that expresses something toward the target.
    pub(super) fn of(reading: &SentenceStance<'_>) -> Self {
        match reading.about {
            TargetRelation::Context => Surroundings {
                title: reading.sentence.article.title.clone(),
                before: reading.before.to_owned(),
            },
            TargetRelation::Mention | TargetRelation::None => Surroundings::default(),
        }
    }

    /// The question about a sentence, with what stands around it.
    pub(super) fn around<'a>(&'a self, sentence: ModelInput<'a>) -> ModelInput<'a> {
        ModelInput { title: &self.title, before: &self.before, ..sentence }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use crate::model::{Explanation, Prediction};
    use crate::model_input::ModelInput;
    use crate::report::ReportBuilder;
    use crate::report::explanation::Predictor;
    use crate::report::fixture::{LongestWord, article, body, headline, provenance};
    use crate::target::TargetRelation;

    /// Notes the text, headline and sentence before of what it is asked to explain.
    #[derive(Default)]
    struct Listener(Mutex<Vec<[String; 3]>>);

    impl Predictor for Listener {
        fn predict(&self, input: &ModelInput<'_>) -> Prediction {
            LongestWord.predict(input)
        }

        fn explain(&self, input: &ModelInput<'_>) -> Explanation {
            let heard = [input.text, input.title, input.before].map(str::to_owned);
            self.0.lock().unwrap().push(heard);
            LongestWord.explain(input)
        }
    }

    #[test]
    fn context_is_explained_with_what_it_was_read_with() {
        let mut article = article("A", "a");
        article.title = "The cyber unit opens.".to_owned();
        let sure = [0.8, 0.1, 0.1];
        let mut builder = ReportBuilder::new();
        builder.add(&[
            headline(&article, "The cyber unit opens.", TargetRelation::Mention, sure),
            body(&article, 2, "It costs a lot.", TargetRelation::Context, sure),
        ]);
        let listener = Listener::default();
        builder.conclude(provenance(), None).explain_by(&listener);
        let mut heard = listener.0.into_inner().unwrap();
        heard.sort();
        heard.dedup();
        let title = "The cyber unit opens.";
        assert_eq!(heard, [["It costs a lot.", title, title], [title, "", ""]]);
    }
}
