//! What may be said of one target, before it is put into words.

use super::headline_gap::ArticleGap;
use super::headline_quotes::LoneQuote;
use super::label_share::LabelShare;

/// The answers to four questions on one target. Outlets are indices into the target's outlets,
/// quotes into the shared ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// Index of the label that the first two questions ask about.
    pub label: usize,
    /// Whose own words get the label?
    pub own_voice: Vec<Finding>,
    /// Who conveys it only in sources' words?
    pub only_quoted: Vec<Finding>,
    /// Which shared quotes does each outlet leave out?
    pub left_out: Vec<Finding>,
    /// Whose headline goes further than its body?
    pub headlines: Vec<Finding>,
}

/// One thing that may be said.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// An outlet's own sentences that name the target get the label, others perhaps too.
    OwnVoice {
        /// The outlet.
        outlet: usize,
        /// The label.
        label: usize,
        /// The sentences that name the target.
        naming: LabelCount,
        /// Those that do not.
        context: LabelCount,
        /// Its share of those that name the target, where there is enough to state one.
        share: Option<LabelShare>,
    },
    /// Only own sentences that do not name the target get the label.
    OwnVoiceInContext {
        /// The outlet.
        outlet: usize,
        /// The label.
        label: usize,
        /// Those that do not.
        context: LabelCount,
    },
    /// No own sentence of these outlets gets the label.
    NoOwnVoice {
        /// The label.
        label: usize,
        /// The outlets.
        outlets: Vec<usize>,
    },
    /// The outlets whose own sentences get the opposite label; there may be none.
    OppositeOwnVoice {
        /// The label.
        label: usize,
        /// The outlets.
        outlets: Shortened<OutletCount>,
    },
    /// These outlets have too few own sentences, or hand labels, to say how often.
    TooFew {
        /// The outlets.
        outlets: Vec<usize>,
    },
    /// All or nearly all sentences that name the target and get the label are a source's.
    OnlyQuoted {
        /// The outlet.
        outlet: usize,
        /// The label.
        label: usize,
        /// The sentences that name the target.
        naming: QuotedCount,
        /// A source's sentences that do not name the target.
        quoted_context: LabelCount,
        /// The outlet's own that do not name it.
        own_context: LabelCount,
    },
    /// No outlet conveys the label in quotes alone.
    NobodyOnlyQuoted {
        /// The label.
        label: usize,
    },
    /// These outlets say it themselves and quote it too.
    BothVoices {
        /// The label.
        label: usize,
        /// The outlets.
        outlets: Shortened<OutletCount>,
    },
    /// Who conveys the opposite label only in sources' words.
    OppositeOnlyQuoted {
        /// The label.
        label: usize,
        /// The outlets.
        outlets: Shortened<OutletCount>,
    },
    /// No quote stands in two outlets.
    NoSharedQuote,
    /// There are too many quotes to compare them.
    QuotesNotCompared,
    /// Which of the compared quotes were not found in an outlet: some by number, others counted.
    SharedQuotesNotFound {
        /// The outlet.
        outlet: usize,
        /// How many are compared.
        compared: usize,
        /// Those that are named.
        quotes: Vec<usize>,
        /// How many more there are.
        others: usize,
    },
    /// More outlets leave out quotes than are shown.
    MoreOutletsLeaveOut {
        /// How many more.
        n: usize,
    },
    /// A headline goes further than its body.
    HeadlineGoesFurther {
        /// The outlet.
        outlet: usize,
        /// The headline against its body.
        gap: ArticleGap,
    },
    /// A headline quotes what its body does not have.
    HeadlineQuotesAlone {
        /// The outlet.
        outlet: usize,
        /// The quoted words.
        quote: LoneQuote,
    },
    /// How many headlines go further, of those that can be compared.
    HeadlinesGoFurther {
        /// How many go further.
        further: usize,
        /// How many are compared.
        compared: usize,
    },
    /// These outlets have headlines, but no body to compare them with.
    HeadlinesNotComparable {
        /// The outlets.
        outlets: Vec<usize>,
    },
    /// There is no headline.
    NoHeadline,
    /// More outlets than are shown.
    MoreOutlets {
        /// How many more.
        n: usize,
    },
}

/// How many sentences of one voice and relation get a label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LabelCount {
    /// Those that get it.
    pub count: u64,
    /// All of them.
    pub all: u64,
    /// The one of which the model is surest, as an index into the outlet's evidence.
    pub surest: Option<usize>,
}

/// How many of an outlet's sentences that name the target and get a label are a source's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotedCount {
    /// A source's.
    pub quoted: u64,
    /// Anybody's.
    pub all: u64,
}

/// A count of one outlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutletCount {
    /// The outlet.
    pub outlet: usize,
    /// How many.
    pub count: u64,
    /// Of how many.
    pub all: u64,
}

/// A list that ends early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortened<T> {
    /// The first elements.
    pub shown: Vec<T>,
    /// Number of further elements.
    pub more: usize,
}

impl<T> Shortened<T> {
    /// The first elements of a list, at most so many.
    pub(super) fn of(mut all: Vec<T>, most: usize) -> Self {
        let more = all.len().saturating_sub(most);
        all.truncate(most);
        Shortened { shown: all, more }
    }
}

impl QuotedCount {
    /// Whether all of them are a source's.
    pub fn is_only(&self) -> bool {
        self.quoted > 0 && self.quoted == self.all
    }

    /// Whether at least nine in ten are a source's.
    pub fn is_nearly_only(&self) -> bool {
        self.quoted > 0 && self.quoted * 10 >= self.all * 9
    }
}
