//! What can be noticed about a sentence: a table of parts, each in its own file.
//!
//! A part notes features. A feature's name is the part's name, `=`, and its details:
//! `word=scorn`, `side=right scorn`. On the way to a column names are only hashed ([`Key`]);
//! they are written out when a model is trained or an answer explained.

mod clause;
mod in_quotes;
mod mention;
mod near_target;
mod negation;
mod phrase;
mod sentence_view;
mod stem_cache;
mod target_role;
mod target_side;
mod word;
mod word_classes;
mod word_pair;

pub use sentence_view::{Term, View};
pub(crate) use stem_cache::CacheGeneration;
pub use stem_cache::Word;

use crate::text::Span;
pub(crate) use crate::text::word_key::fnv as hash;

/// Lists the parts once, for those who ask what they are and for those who ask what they see. The
/// second are in a hurry: each part's code is made for their notebook, so that what is noted is not
/// first written down for a stranger.
macro_rules! parts {
    ($($part:expr),+ $(,)?) => {
        /// Every part, in the order of the manual.
        pub const ALL: &[&dyn Feature] = &[$(&$part),+];

        /// Has the parts that the notebook opens for note what they see.
        #[inline]
        pub(crate) fn extract_into(view: &View<'_>, notebook: &mut impl FeatureSink) {
            let mut place = 0;
            $(
                if notebook.open(place) {
                    $part.extract(view, notebook);
                }
                place += 1;
            )+
            debug_assert_eq!(place, ALL.len());
        }
    };
}

// Adding a part is adding a line here.
parts![
    word::Words,
    word_pair::Pairs,
    target_side::Sides,
    near_target::Near,
    clause::Clause,
    phrase::Phrases,
    target_role::Role,
    negation::Negated,
    in_quotes::Quoted,
    mention::TargetMention,
];

/// Tells what the parts that `is_asked` see. To both a part is its place in [`ALL`].
pub fn extract(
    view: &View<'_>,
    is_asked: impl Fn(usize) -> bool,
    tell: impl FnMut(usize, &Observation<'_>),
) {
    extract_into(view, &mut Specificity { part: 0, is_asked, tell });
}

/// Where parts note what they see.
pub trait FeatureSink {
    /// Whether a part, given as its place in [`ALL`], is to be asked. What is noted then is its.
    fn open(&mut self, part: usize) -> bool;

    /// One feature more.
    fn note(&mut self, seen: Observation<'_>);
}

/// A notebook that keeps nothing.
struct Specificity<I, T> {
    part: usize,
    is_asked: I,
    tell: T,
}

impl<I: Fn(usize) -> bool, T: FnMut(usize, &Observation<'_>)> FeatureSink for Specificity<I, T> {
    fn open(&mut self, part: usize) -> bool {
        self.part = part;
        (self.is_asked)(part)
    }

    fn note(&mut self, seen: Observation<'_>) {
        (self.tell)(self.part, &seen);
    }
}

/// One kind of thing that can be noticed about a sentence.
pub trait Feature: Sync + std::fmt::Debug {
    /// The first half of every name that it notes: `side` in `side=right scorn`.
    fn name(&self) -> &'static str;

    /// How noted amounts become values of columns.
    fn scaling(&self) -> Scaling;

    /// The details that may stand before a single term, as [`NamePart::forms`] numbers them.
    fn forms(&self) -> &'static [NamePart] {
        &[]
    }

    /// What stands before the stem in the names of those of its features that are of one stem: `left`
    /// in `side=left scorn`, nothing in `word=scorn`. What is known of words counts for these.
    fn before_one_stem(&self) -> &'static [&'static str] {
        &[]
    }

    /// Notes what it sees: no feature twice of the same terms, nor twice of none. Cannot fail: odd
    /// text is not an error.
    fn extract(&self, view: &View<'_>, notebook: &mut impl FeatureSink)
    where
        Self: Sized;
}

/// How the amounts of one part become values.
///
/// After this, the values of each part are divided by their Euclidean length, so that a long
/// sentence weighs no more than a short one and no part drowns another. What a model adds to a part
/// of its base has a length of its own: see [`normalise`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scaling {
    /// What becomes of a summed amount.
    pub amount: Amount,
    /// Whether rarer features count more: times ln((1 + n) / (1 + df)) + 1, with `n` training
    /// rows of which `df` hold the feature (Salton & Buckley 1988, smoothed as in scikit-learn).
    pub idf: bool,
    /// In how many training rows a feature must stand to get a column.
    pub min_rows: usize,
}

impl Scaling {
    /// The value of a summed amount of a feature with an idf.
    #[inline]
    pub fn value(self, amount: f32, idf: f32) -> f32 {
        self.amount.value(amount) * idf
    }
}

/// Divides the values of each block by their Euclidean length. A block is the columns of one part
/// that were learnt at one time; `block` gives the number of a column's, below `n_blocks`.
pub fn normalise(row: &mut [(u32, f32)], n_blocks: usize, block: impl Fn(u32) -> usize) {
    let mut lengths = vec![0.0_f32; n_blocks];
    row.iter().for_each(|&(column, value)| lengths[block(column)] += value * value);
    lengths.iter_mut().for_each(|length| *length = length.sqrt());
    row.iter_mut().for_each(|(column, value)| *value /= lengths[block(*column)]);
}

/// Adds up what was noted of each feature; ids rise.
pub fn summed<I: Ord + Copy>(row: &mut Vec<(I, f32)>) {
    row.sort_by_key(|&(id, _)| id);
    row.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
}

/// What becomes of a summed amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// 1 + ln(count): the second occurrence says less than the first.
    Sublinear,
    /// The sum as it is.
    Linear,
    /// 1, however often.
    Presence,
}

impl Amount {
    /// What becomes of a summed amount.
    #[inline]
    pub(crate) fn value(self, amount: f32) -> f32 {
        match self {
            // Nearly all counts are 1, whose logarithm is 0, and taking it would cost most here.
            #[expect(clippy::float_cmp, reason = "what is nearly 1 has another logarithm")]
            Amount::Sublinear if amount != 1.0 => 1.0 + amount.ln(),
            Amount::Linear => amount,
            Amount::Sublinear | Amount::Presence => 1.0,
        }
    }
}

/// One thing noticed.
#[derive(Debug)]
pub struct Observation<'a> {
    /// What distinguishes it from the part's other features; one to four.
    pub details: &'a [NamePart],
    /// How much of it; amounts of one feature in a sentence are added up.
    pub amount: f32,
    /// Where in the sentence; empty where it is about the sentence as a whole.
    pub place: Span,
}

/// One piece of a feature's name, without white space.
#[derive(Debug, Clone, Copy)]
pub struct NamePart {
    /// What it is, so that whoever has met it before need not ask for the text.
    pub(crate) piece: PartSource,
    /// See [`Key`].
    pub(crate) hash: u64,
}

/// Where a detail comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartSource {
    /// A term of the view, by its place.
    Term(u32),
    /// One of the part's [forms](Feature::forms): its number, and as written in the name.
    Form(u32, &'static str),
    /// Anything else, as written in the name.
    Other(&'static str),
}

impl NamePart {
    /// A piece with its hash.
    pub const fn new(text: &'static str) -> Self {
        NamePart { piece: PartSource::Other(text), hash: hash(text) }
    }

    /// The forms of a part: pieces that stand before a single term, numbered from 0.
    pub const fn forms<const N: usize>(texts: [&'static str; N]) -> [Self; N] {
        let mut forms = [NamePart::new(""); N];
        let (mut at, mut number) = (0, 0);
        while at < N {
            forms[at] =
                NamePart { piece: PartSource::Form(number, texts[at]), hash: hash(texts[at]) };
            (at, number) = (at + 1, number + 1);
        }
        forms
    }
}

/// A feature's name, hashed. Two of a model's features never share one: training refuses that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u64);

impl Key {
    /// The key of what a part noted.
    pub fn of(part: &str, details: &[NamePart]) -> Self {
        details.iter().fold(Key::of_part(part), |key, detail| key.followed_by(detail.hash))
    }

    /// What the keys of a part begin with.
    pub(crate) fn of_part(part: &str) -> Self {
        Key(hash(part))
    }

    /// The key with one more detail, given by its hash.
    #[inline]
    pub(crate) fn followed_by(self, detail: u64) -> Self {
        Key(mix(self.0 ^ detail))
    }

    /// The key of a feature by its name.
    pub fn of_name(name: &str) -> Self {
        let (part, details) = split_name(name);
        Key(details.split(' ').fold(hash(part), |key, detail| mix(key ^ hash(detail))))
    }
}

/// The name of what a part noted in a view.
pub fn name(part: &str, details: &[NamePart], view: &View<'_>) -> String {
    let text = |detail: &NamePart| match detail.piece {
        PartSource::Term(at) => view.stem(&view.terms[at as usize]),
        PartSource::Form(_, text) | PartSource::Other(text) => text.to_string(),
    };
    let details: Vec<String> = details.iter().map(text).collect();
    format!("{part}={}", details.join(" "))
}

/// A name's part and details.
pub fn split_name(name: &str) -> (&str, &str) {
    name.split_once('=').unwrap_or((name, ""))
}

/// Spreads a key over all 64 bits, so that the order of details counts (the finalizer of
/// `SplitMix64`; Steele, Lea & Flood 2014).
const fn mix(key: u64) -> u64 {
    let key = (key ^ (key >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let key = (key ^ (key >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    key ^ (key >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every name that a part notes about a sentence, sorted, with the summed amounts.
    #[track_caller]
    pub(super) fn check(
        feature: &dyn Feature,
        sentence: &str,
        target: Option<&str>,
        expected: &[(&str, f32)],
    ) {
        let mentions: Vec<Span> =
            target.map(|t| crate::target::Target::named(t).mentions(sentence)).unwrap_or_default();
        let mut noted = std::collections::BTreeMap::<String, f32>::new();
        let view = View::new(sentence, &mentions);
        let is_asked = |place: usize| ALL[place].name() == feature.name();
        extract(&view, is_asked, |_, seen| {
            *noted.entry(name(feature.name(), seen.details, &view)).or_default() += seen.amount;
        });
        let noted: Vec<(&str, f32)> = noted.iter().map(|(n, a)| (n.as_str(), *a)).collect();
        assert_eq!(noted, expected);
    }

    #[test]
    fn a_key_can_be_made_from_the_name() {
        let details = [NamePart::new("right"), NamePart::new("a=b")];
        let name = name("side", &details, &View::new("", &[]));
        assert_eq!((Key::of("side", &details), &*name), (Key::of_name(&name), "side=right a=b"));
    }

    #[test]
    fn the_order_of_details_counts() {
        assert_ne!(Key::of_name("pair=a b"), Key::of_name("pair=b a"));
        assert_ne!(Key::of_name("pair=a a"), Key::of_name("word=a"));
    }

    #[test]
    fn parts_have_names_of_their_own() {
        let names: std::collections::BTreeSet<_> = ALL.iter().map(|part| part.name()).collect();
        assert_eq!(names.len(), ALL.len());
        assert!(names.iter().all(|name| !name.contains(['=', ' '])));
    }
}
