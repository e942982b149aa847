//! The model is asked again: about quotes and the words around them, what these express by themselves, and
//! about the sentences that are shown, which words decided.

use rayon::prelude::*;

use super::example_sentence::ExampleSentence;
use super::exemplars::{Exemplar, typical};
use super::quotes::{QuotePlace, Quotes};
use super::rationale::Rationale;
use super::report_data::Report;
use super::sentence_label::{Judge, SentenceLabel};
use crate::model::{Explanation, Model, Prediction};
use crate::model_input::ModelInput;
use crate::target::{Finder, Target, TargetRelation};
use crate::text::Span;
use crate::text::stop_words::is_function_word;

/// What can be asked about a sentence once more.
pub(crate) trait Predictor: Sync {
    /// What it expresses.
    fn predict(&self, input: &ModelInput<'_>) -> Prediction;

    /// What it expresses, and why.
    fn explain(&self, input: &ModelInput<'_>) -> Explanation;
}

impl Predictor for Model {
    fn predict(&self, input: &ModelInput<'_>) -> Prediction {
        Model::predict(self, input)
    }

    fn explain(&self, input: &ModelInput<'_>) -> Explanation {
        // Function words are never shown as evidence.
        self.explain_words(input, &|word| !is_function_word(&word.to_lowercase()))
    }
}

impl Report {
    /// Fills in which words decided in the sentences that are shown. `model` is the one that predicted
    /// them. With an encoder that takes longer than all the rest, for it reads each sentence
    /// again without each of its words: call it for what shows these words alone.
    pub fn explain(&mut self, model: &Model) {
        self.explain_by(model);
    }

    /// As `explain`, so that tests need no model.
    pub(crate) fn explain_by(&mut self, predictor: &dyn Predictor) {
        let targets = self.provenance.targets.clone();
        Explainer::new(&targets, Some(predictor)).explain(self);
    }
}

/// A model, and where targets stand in a text.
pub(super) struct Explainer<'e> {
    targets: &'e [Target],
    /// One per target; none where each sentence counts whole.
    finders: Vec<Finder>,
    /// None where the predictions were given.
    predictor: Option<&'e dyn Predictor>,
}

impl<'e> Explainer<'e> {
    /// For some targets.
    pub(super) fn new(targets: &'e [Target], predictor: Option<&'e dyn Predictor>) -> Self {
        let finders = targets.iter().map(Target::finder).collect();
        Explainer { targets, finders, predictor }
    }

    fn explain(&self, report: &mut Report) {
        for (target, summary) in report.targets.iter_mut().enumerate() {
            summary.outlets.par_iter_mut().for_each(|outlet| {
                outlet.evidence.iter_mut().for_each(|of| self.explain_exemplar(target, of));
                outlet.typical = typical(&outlet.evidence);
                let examples = outlet.openings.shown.iter_mut();
                let sentences = examples.flat_map(|of| of.headline.iter_mut().chain(&mut of.lead));
                sentences.for_each(|sentence| self.explain_example(target, sentence));
            });
        }
    }

    /// A hand label has no words of the model behind it.
    fn explain_exemplar(&self, target: usize, exemplar: &mut Exemplar) {
        let Some(predictor) = self.predictor.filter(|_| exemplar.by == Judge::Model) else {
            return;
        };
        let mentions = self.mentions(target, &exemplar.text);
        let input = self.input(target, &exemplar.text, &mentions);
        let explanation = predictor.explain(&exemplar.surroundings.around(input));
        let found = Rationale::new(&exemplar.text, &mentions, exemplar.label.index, &explanation);
        (exemplar.words, exemplar.marks) = (found.words, found.marks);
    }

    fn explain_example(&self, target: usize, sentence: &mut ExampleSentence) {
        let predicted = sentence.judged.as_ref().filter(|of| !of.is_checked());
        let Some((predicted, predictor)) = predicted.zip(self.predictor) else { return };
        let (text, mentions) = (&sentence.text, &sentence.mentions);
        let input = self.input(target, text, mentions);
        let explanation = predictor.explain(&sentence.surroundings.around(input));
        sentence.evidence = Rationale::new(text, mentions, predicted.label.index, &explanation);
    }

    /// Labels quotes, and the words around them, by what they express by themselves.
    pub(super) fn label_quotes(&self, quotes: &mut Quotes) {
        for quote in &mut quotes.shared {
            self.relabel(&quote.text, &mut quote.judged);
        }
        let uses = quotes.shared.iter_mut().flat_map(|quote| &mut quote.uses);
        let places = uses.filter_map(|of| of.place.as_mut());
        let outlets = quotes.outlets.iter_mut();
        let exclusive = outlets.flat_map(|of| &mut of.shown).map(|quote| &mut quote.place);
        places.chain(exclusive).for_each(|place| self.label_context(place));
    }

    fn label_context(&self, place: &mut QuotePlace) {
        let context = &mut place.wrapping;
        match context.is_judged() {
            true if self.predictor.is_some() => self.relabel(&context.own, &mut context.judged),
            // The sentence's label is as much about the quote.
            true => context.judged.iter_mut().for_each(|label| {
                label.take_if(|label| !label.is_checked());
            }),
            false => context.judged.fill(None),
        }
    }

    /// Puts what a text expresses by itself in place of what the sentences with it express; where these
    /// express nothing, nor does it. What a coder said stands, and without a model the sentence's label.
    fn relabel(&self, text: &str, labels: &mut [Option<SentenceLabel>]) {
        let is_unchecked =
            |label: &Option<SentenceLabel>| label.as_ref().is_some_and(|of| !of.is_checked());
        for (target, label) in labels.iter_mut().enumerate().filter(|(_, of)| is_unchecked(of)) {
            let mentions = self.mentions(target, text);
            let about = match mentions.is_empty() && !self.finders.is_empty() {
                true => TargetRelation::Context,
                false => TargetRelation::Mention,
            };
            *label = match self.predictor {
                Some(predictor) => {
                    let prediction = predictor.predict(&self.input(target, text, &mentions));
                    Some(SentenceLabel::predicted(about, &prediction))
                }
                None => label.take().map(|label| SentenceLabel { about, ..label }),
            };
        }
    }

    fn input<'a>(&'a self, target: usize, text: &'a str, mentions: &'a [Span]) -> ModelInput<'a> {
        let subject = self.targets.get(target).map_or("", |target| &target.name);
        ModelInput { subject, ..ModelInput::sentence(text, mentions) }
    }

    fn mentions(&self, target: usize, text: &str) -> Vec<Span> {
        self.finders.get(target).map_or_else(Vec::new, |finder| finder.mentions(text))
    }
}
