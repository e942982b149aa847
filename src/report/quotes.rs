//! Which outlet has which quote, and the outlet's own words around it.

use super::predicted_label::PredictedLabel;
use crate::voice::CueClass;

/// What outlets made of the same quotes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quotes {
    /// Quotes that two outlets or more have, those of most outlets first, then by first mention.
    pub shared: Vec<SharedQuote>,
    /// By outlet, in the order of the report: how many of its quotes no other outlet has.
    pub exclusive: Vec<usize>,
    /// By outlet: five of these, from the beginnings of its articles on.
    pub exclusive_shown: Vec<Vec<ExclusiveQuote>>,
    /// By outlet: which shared quotes it leaves out, as indices, of those that at least half of the
    /// outlets quote.
    pub omitted: Vec<Vec<usize>>,
    /// How many different quotes there are.
    pub different: usize,
    /// How many quotes and telling sentences there are at least, where these are too many; above 0
    /// nothing is compared.
    pub too_many: usize,
}

/// One quote across outlets.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedQuote {
    /// The wording that most outlets print between quote marks, the longest of these, without the
    /// marks; one without marks only where no outlet sets any.
    pub text: String,
    /// Who speaks, where an outlet names somebody.
    pub speakers: Vec<String>,
    /// What this wording alone expresses, by target, whatever an outlet wrote around it; none where
    /// no article that has it is about the target.
    pub judged: Vec<Option<PredictedLabel>>,
    /// One per outlet, in the order of the report.
    pub uses: Vec<Use>,
}

/// A quote that one outlet alone has.
#[derive(Debug, Clone, PartialEq)]
pub struct ExclusiveQuote {
    /// Without quote marks.
    pub text: String,
    /// Who speaks, where that is plain.
    pub speakers: Vec<String>,
    /// Where, and how it is introduced.
    pub place: Place,
}

/// What one outlet made of a quote.
#[derive(Debug, Clone, PartialEq)]
pub enum Use {
    /// It prints these words, all or some.
    Quoted(Quoted),
    /// It says much the same in other words, or puts other words between the marks.
    Paraphrased(Place),
    /// It has nothing like it.
    Absent,
}

/// A quote as an outlet printed it.
#[derive(Debug, Clone, PartialEq)]
pub struct Quoted {
    /// Where.
    pub place: Place,
    /// The stretches of the wording that it left out, as printed there, in order; empty
    /// where the quote is full.
    pub dropped: Vec<String>,
}

/// Where an outlet has a quote, and how it introduces it.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The article's id.
    pub article: String,
    /// The sentence's number.
    pub sentence: usize,
    /// Which tenth of the article's body it stands in, 1 to 10.
    pub tenth: usize,
    /// The attributing word; empty where there is none.
    pub cue: String,
    /// How whoever chose that word stands to what was said.
    pub class: Option<CueClass>,
    /// The outlet's own words around it.
    pub wrapping: QuoteContext,
}

/// An outlet's own words around a quote.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct QuoteContext {
    /// Those in the sentence itself, with … for what it quotes; empty where it only quotes. Of a
    /// paraphrase the whole sentence.
    pub own: String,
    /// What these words express, by target; none where they are fewer than five or where the
    /// article is not about the target.
    pub judged: Vec<Option<PredictedLabel>>,
    /// The sentence before, where it is the outlet's own.
    pub before: Option<Neighbour>,
    /// The sentence after, where it is the outlet's own.
    pub after: Option<Neighbour>,
}

/// An own-voice sentence beside a quote.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbour {
    /// Its number in the article.
    pub sentence: usize,
    /// As printed.
    pub text: String,
    /// What it expresses, by target; none where it expresses nothing.
    pub judged: Vec<Option<PredictedLabel>>,
}

impl SharedQuote {
    /// How many outlets quote it, in full or in part.
    pub fn n_quoted(&self) -> usize {
        self.uses.iter().filter(|of| matches!(of, Use::Quoted(_))).count()
    }
}
