//! The last pass over a report: the model is asked again about the sentences that are shown, which words
//! decided, and about quotes and the words around them, what these express by themselves.

use super::example_sentence::ExampleSentence;
use super::exemplars::{Exemplar, typical};
use super::predicted_label::PredictedLabel;
use super::quotes::{QuotePlace, Quotes};
use super::rationale::Rationale;
use super::report_data::Report;
use crate::model::Explanation;
use crate::target::{Finder, Target, TargetRelation};
use crate::text::Span;

/// A model, and where targets stand in a text.
pub(super) struct Explainer<'e> {
    /// One per target; none where each sentence counts whole.
    finders: Vec<Finder>,
    /// Explains the prediction of a text in which the target stands at some places.
    explain: &'e dyn Fn(&str, &[Span]) -> Explanation,
}

impl<'e> Explainer<'e> {
    /// For some targets. `explain` explains the prediction of a text, given where the target stands.
    pub(super) fn new(
        targets: &[Target],
        explain: &'e dyn Fn(&str, &[Span]) -> Explanation,
    ) -> Self {
        Explainer { finders: targets.iter().map(Target::finder).collect(), explain }
    }

    /// Fills in what only the model knows.
    pub(super) fn fill_in(&self, report: &mut Report) {
        for (target, summary) in report.targets.iter_mut().enumerate() {
            for outlet in &mut summary.outlets {
                outlet.evidence.iter_mut().for_each(|of| self.explain_exemplar(target, of));
                outlet.typical = typical(&outlet.evidence);
                let examples = outlet.openings.shown.iter_mut();
                let sentences = examples.flat_map(|of| of.headline.iter_mut().chain(&mut of.lead));
                sentences.for_each(|sentence| self.explain_example(sentence));
            }
        }
        self.label_quotes(&mut report.quotes);
    }

    fn explain_exemplar(&self, target: usize, exemplar: &mut Exemplar) {
        let mentions = self.mentions(target, &exemplar.text);
        let explanation = (self.explain)(&exemplar.text, &mentions);
        let found = Rationale::new(&exemplar.text, &mentions, exemplar.label.index, &explanation);
        (exemplar.words, exemplar.marks) = (found.words, found.marks);
    }

    fn explain_example(&self, sentence: &mut ExampleSentence) {
        let Some(predicted) = &sentence.judged else { return };
        let (text, mentions) = (&sentence.text, &sentence.mentions);
        let explanation = (self.explain)(text, mentions);
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
            true => self.relabel(&context.own, &mut context.judged),
            false => context.judged.fill(None),
        }
    }

    /// Puts what a text expresses by itself in place of what the sentences with it express; where these
    /// express nothing, nor does it.
    fn relabel(&self, text: &str, labels: &mut [Option<PredictedLabel>]) {
        for (target, label) in labels.iter_mut().enumerate().filter(|(_, label)| label.is_some()) {
            let mentions = self.mentions(target, text);
            let about = match mentions.is_empty() && !self.finders.is_empty() {
                true => TargetRelation::Context,
                false => TargetRelation::Mention,
            };
            let prediction = (self.explain)(text, &mentions).prediction;
            *label = Some(PredictedLabel::new(about, &prediction));
        }
    }

    fn mentions(&self, target: usize, text: &str) -> Vec<Span> {
        self.finders.get(target).map_or_else(Vec::new, |finder| finder.mentions(text))
    }
}
