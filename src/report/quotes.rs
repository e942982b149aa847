//! Which outlet has which quote, and the outlet's own words around it.

use serde::{Serialize, Serializer};

use super::sentence_label::SentenceLabel;
use super::stored::stored;
use crate::voice::CueClass;

/// What outlets made of the same quotes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quotes {
    /// Quotes that two outlets or more have, those of most outlets first, then by first mention.
    pub shared: Vec<SharedQuote>,
    /// One per outlet, in the order of the report.
    pub outlets: Vec<OmittedAndExclusiveQuotes>,
    /// How many different quotes there are.
    pub different: usize,
    /// The number of quotes and sentences of indirect speech, at least, where these are too many to be
    /// compared; else 0.
    pub too_many: usize,
}

/// What one outlet quotes alone, and what it leaves out.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct OmittedAndExclusiveQuotes {
    /// The outlet's name.
    pub outlet: String,
    /// Shared quotes about a target that were not found in it in any form, as indices, of those that at
    /// least half of the outlets quote.
    pub omitted: Vec<usize>,
    /// How many of its quotes no other outlet has.
    pub exclusive: usize,
    /// Five of these, from the beginnings of its articles on.
    pub shown: Vec<ExclusiveQuote>,
}

/// One quote across outlets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SharedQuote {
    /// The wording that most outlets print between quote marks, the longest of these, without the
    /// marks; one without marks only where no outlet sets any.
    pub text: String,
    /// Who speaks, where an outlet names somebody.
    pub speakers: Vec<String>,
    /// What this wording alone expresses, by target, whatever an outlet wrote around it; none where
    /// no article that has it is about the target.
    pub judged: Vec<Option<SentenceLabel>>,
    /// By target: whether it is about it, because some sentence that prints it names the target.
    pub targets: Vec<bool>,
    /// One per outlet, in the order of the report.
    pub uses: Vec<OutletUse>,
}

/// A quote that one outlet alone has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExclusiveQuote {
    /// Without quote marks.
    pub text: String,
    /// Who speaks, where that is plain.
    pub speakers: Vec<String>,
    /// Where, and how it is introduced.
    #[serde(flatten, serialize_with = "place")]
    pub place: QuotePlace,
}

/// What one outlet made of a quote.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutletUse {
    /// The outlet's name.
    pub outlet: String,
    /// In which form it has the quote.
    #[serde(rename = "use")]
    pub form: UseForm,
    /// Where; none where it is absent.
    #[serde(flatten, serialize_with = "place")]
    pub place: Option<QuotePlace>,
    /// The parts of the wording that it left out, as printed there, in order; empty unless it is
    /// trimmed.
    pub dropped: Vec<String>,
}

/// In which form an outlet has a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum UseForm {
    /// It prints all of the words.
    Full,
    /// It prints some of them.
    Trimmed,
    /// It says much the same in other words, or puts other words between the marks.
    Paraphrased,
    /// It has nothing like it.
    Absent,
}

impl UseForm {
    /// All forms, the most complete first.
    pub const ALL: [UseForm; 4] =
        [UseForm::Full, UseForm::Trimmed, UseForm::Paraphrased, UseForm::Absent];

    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            UseForm::Full => "full",
            UseForm::Trimmed => "trimmed",
            UseForm::Paraphrased => "paraphrased",
            UseForm::Absent => "absent",
        }
    }
}

/// Where an outlet has a quote, and how it introduces it.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotePlace {
    /// The article's id.
    pub article: String,
    /// The sentence's number.
    pub sentence: usize,
    /// Which tenth of the article's body it stands in, 1 to 10.
    pub tenth: usize,
    /// The attributing word; empty where there is none.
    pub cue: String,
    /// The stance of that word toward what was said.
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
    pub judged: Vec<Option<SentenceLabel>>,
    /// The sentence before, where it is the outlet's own.
    pub before: Option<AdjacentSentence>,
    /// The sentence after, where it is the outlet's own.
    pub after: Option<AdjacentSentence>,
}

/// An own-voice sentence beside a quote.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AdjacentSentence {
    /// Its number in the article.
    pub sentence: usize,
    /// As printed.
    pub text: String,
    /// What it expresses, by target; none where it expresses nothing.
    pub judged: Vec<Option<SentenceLabel>>,
}

stored!(AdjacentSentence { sentence, text, judged });

/// Maximum number of shared quotes that are compared outlet by outlet, those of most outlets.
const COMPARED: usize = 30;

/// A shared quote that an outlet has in no form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// Its index.
    pub quote: usize,
    /// Whether at least half of all outlets quote it.
    pub is_common: bool,
}

impl Quotes {
    /// The shared quotes that are compared outlet by outlet.
    pub fn compared(&self) -> &[SharedQuote] {
        &self.shared[..self.shared.len().min(COMPARED)]
    }

    /// The compared quotes about a target that were not found in an outlet in any form.
    pub fn left_out(&self, outlet: usize) -> Vec<LeftOut> {
        let is_common =
            |quote: &usize| self.outlets.get(outlet).is_some_and(|of| of.omitted.contains(quote));
        let compared = self.compared().iter().enumerate();
        let absent = compared.filter(|(_, quote)| quote.is_about_any() && quote.is_absent(outlet));
        absent
            .map(|(quote, _)| quote)
            .map(|quote| LeftOut { quote, is_common: is_common(&quote) })
            .collect()
    }
}

impl SharedQuote {
    /// Whether it is about any target.
    pub fn is_about_any(&self) -> bool {
        self.targets.contains(&true)
    }

    /// Whether its own words name a target.
    pub fn names_target(&self, target: usize) -> bool {
        let label = self.judged.get(target).and_then(Option::as_ref);
        label.is_some_and(SentenceLabel::is_mention)
    }

    /// How many outlets quote it, in full or in part.
    pub fn n_quoted(&self) -> usize {
        let is_quoted = |of: &&OutletUse| matches!(of.form, UseForm::Full | UseForm::Trimmed);
        self.uses.iter().filter(is_quoted).count()
    }

    /// How many outlets print all of its words.
    pub fn n_in_full(&self) -> usize {
        self.uses.iter().filter(|of| of.form == UseForm::Full).count()
    }

    /// Whether an outlet has it in no form.
    pub fn is_absent(&self, outlet: usize) -> bool {
        self.uses.get(outlet).is_some_and(|of| of.form == UseForm::Absent)
    }
}

impl Serialize for Quotes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'q> {
            compared: bool,
            different: usize,
            exclusive: Vec<usize>,
            shared: &'q [SharedQuote],
            outlets: &'q [OmittedAndExclusiveQuotes],
        }
        let compared = self.too_many == 0;
        let counted = if compared && self.outlets.len() > 1 { &self.outlets[..] } else { &[] };
        let fields = Fields {
            compared,
            different: self.different,
            exclusive: counted.iter().map(|of| of.exclusive).collect(),
            shared: &self.shared,
            outlets: &self.outlets,
        };
        fields.serialize(serializer)
    }
}

/// The fields of a place, all null where there is none.
fn place<'p, P, S: Serializer>(place: &'p P, serializer: S) -> Result<S::Ok, S::Error>
where
    &'p P: Into<PlaceFields<'p>>,
{
    place.into().serialize(serializer)
}

#[derive(Default, Serialize)]
struct PlaceFields<'p> {
    article: Option<&'p str>,
    sentence: Option<usize>,
    tenth: Option<usize>,
    cue: Option<&'p str>,
    cue_class: Option<CueClass>,
    own: Option<&'p str>,
    judged: Option<&'p [Option<SentenceLabel>]>,
    before: Option<&'p AdjacentSentence>,
    after: Option<&'p AdjacentSentence>,
}

impl<'p> From<&'p Option<QuotePlace>> for PlaceFields<'p> {
    fn from(place: &'p Option<QuotePlace>) -> Self {
        place.as_ref().map(PlaceFields::from).unwrap_or_default()
    }
}

impl<'p> From<&'p QuotePlace> for PlaceFields<'p> {
    fn from(place: &'p QuotePlace) -> Self {
        PlaceFields {
            article: Some(&place.article),
            sentence: Some(place.sentence),
            tenth: Some(place.tenth),
            cue: Some(place.cue.as_str()).filter(|cue| !cue.is_empty()),
            cue_class: place.class,
            own: Some(&place.wrapping.own),
            judged: Some(&place.wrapping.judged),
            before: place.wrapping.before.as_ref(),
            after: place.wrapping.after.as_ref(),
        }
    }
}
