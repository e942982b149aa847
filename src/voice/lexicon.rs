//! The lexicon: what is known of a word without its context. One table, `lexicon.tsv`, and one
//! lookup per word.
//!
//! The table has one word per row, in small letters and with straight apostrophes, in byte order:
//!
//! ```text
//! word        how it is printed, in small letters
//! class       of an attributing word: how its writer stands to what was said (`CueClass`), else `-`
//! complement  of an attributing word: what must stand beside it (`Complement`), else `-`
//! tags        what else is known of it (`Tag`), in byte order, else `-`
//! ```

use std::ops::BitOr;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::de::IntoDeserializer;
use serde::de::value::Error;
use serde::{Deserialize, Serialize};

use crate::text::word_key::WordKey;

/// How a writer who chooses an attributing word stands to what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CueClass {
    /// Reports and no more: *said*.
    Neutral,
    /// Doubts the claim: *claimed*.
    Doubting,
    /// Grants that it is so: *admitted*, *pointed out*.
    Conceding,
    /// Says that somebody was attacked: *blasted*.
    Attacking,
    /// Says that somebody was praised or defended: *hailed*.
    Praising,
}

impl CueClass {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            CueClass::Neutral => "neutral",
            CueClass::Doubting => "doubting",
            CueClass::Conceding => "conceding",
            CueClass::Attacking => "attacking",
            CueClass::Praising => "praising",
        }
    }
}

/// What must stand beside an attributing word so that it conveys content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Complement {
    /// Anything: *said*, *told*.
    Anything,
    /// A clause: *announced that*, *found the plan was*.
    Clause,
    /// A clause or an aim: *vowed to*, *called for*.
    Aim,
    /// Quoted words only: *defended the plan as “…”*.
    Quote,
}

/// One attributing word (cue).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) class: CueClass,
    pub(super) complement: Complement,
    /// Its index among all cues.
    pub(super) row: u16,
}

/// A property of a token. A token has several. Those of words stand in the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Tag {
    /// Begin a noun phrase.
    Determiner,
    /// Determiners that cannot stand alone: *the*, *her*.
    Article,
    /// Determiners that count: *several*.
    Quantifier,
    /// Join two noun phrases into one.
    Preposition,
    /// End a noun phrase and begin something else.
    Conjunction,
    /// Conjunctions and adverbs that open a sentence without a subordinate clause.
    Connective,
    /// Open a subordinate clause or adjunct before the main clause: *while*, *despite*.
    SubordinateOpener,
    /// Open an adjunct of time or manner before the subject, prepositions aside: *asked*, *hours*.
    AdjunctOpener,
    /// Open an aside or what follows a reporting clause.
    AsideOpener,
    /// Begin a clause that reports content: *that*, *whether*.
    ClauseOpener,
    /// Subjects that begin a clause without a conjunction.
    ClauseSubject,
    /// Third-person pronouns for a person or group named before.
    Pronoun,
    /// Pronouns of whoever writes and reads: such statements are the text's own.
    FirstOrSecondPerson,
    /// Pronouns of whoever speaks.
    FirstPerson,
    /// Pronouns and nouns that stand after a verb, never before it.
    ObjectPronoun,
    /// *himself*.
    Reflexive,
    /// Subjects that deny a speaker: *none*.
    Nobody,
    /// Verbs that help others; one of them marks a finite clause.
    Auxiliary,
    /// Forms of *to be*: before a past form they make it passive.
    Be,
    /// Auxiliaries of what may be: *might*.
    Modal,
    /// Between a subject and its verb.
    Adverb,
    /// Deny the verb after them.
    Negation,
    /// Tell when.
    Time,
    /// Parts of the day and the year.
    TimeUnit,
    /// Adjectives that stand before a noun and have no ending of their own.
    Adjective,
    /// Participles and adverbs that modify the noun before them: *released*.
    PostModifier,
    /// Plurals without an *-s*, and what stands for them.
    PluralNoun,
    /// Titles, offices, parties and nations that stand before a name and are no part of it.
    Title,
    /// Attributing forms that are as often nouns.
    NounOrVerb,
    /// Polls and studies: inanimate sources that find and show.
    Study,
    /// What people write and publish; whatever it says, its author says.
    WrittenWork,
    /// Stand before a colon and are no speakers.
    Label,
    /// End the names of institutions.
    Institution,
    /// Within a surname: *de*.
    NameParticle,
    /// First names of women.
    FemaleName,
    /// First names of men.
    MaleName,
    /// Verbs that attribute nothing; what stands behind them is their object.
    OtherVerb,
    /// Verbs that attribute in `as Elm reported` although they take a clause elsewhere.
    AsClauseVerb,
    /// Verbs before `to say` that leave it a statement: *went on*.
    AspectualVerb,
    /// Forms of *say* but nouns.
    SayVerb,
    /// Forms of *ask*.
    AskVerb,
    /// *call* and *find*, which take an object and a name for it.
    NamingVerb,
    /// Verbs that before *about* give a topic, not content.
    TopicVerb,
    /// *declined*, *refused*.
    Refusal,
    /// *yes*, *no*.
    YesOrNo,
    /// *to*.
    To,
    /// *and*, *or*.
    Coordinator,
    /// *about*.
    About,
    /// Words that bear on whose words a sentence conveys and attribute nothing themselves: the
    /// features `word` of `models/voice.csv`.
    Hint,
    /// The same at the start of a sentence: the features `opens`.
    Opening,
    /// A word or a number, with the stop of its abbreviation.
    #[serde(skip)]
    Word,
    #[serde(skip)]
    Comma,
    #[serde(skip)]
    Colon,
    #[serde(skip)]
    Semicolon,
    #[serde(skip)]
    Dash,
    /// A full stop, question mark or the like.
    #[serde(skip)]
    Stop,
    /// An opening bracket.
    #[serde(skip)]
    Open,
    /// A closing bracket.
    #[serde(skip)]
    Close,
    /// A quote mark.
    #[serde(skip)]
    Mark,
    /// Any other character.
    #[serde(skip)]
    Other,
    /// A word with a capital.
    #[serde(skip)]
    Capital,
    /// A word in *-ed*.
    #[serde(skip)]
    Ed,
    /// A word in *-ing*.
    #[serde(skip)]
    Ing,
    /// A word in *-ly* without a capital.
    #[serde(skip)]
    Ly,
    /// Between quote marks.
    #[serde(skip)]
    Quoted,
    /// Between quote marks, in a phrase too short to be a statement.
    #[serde(skip)]
    Scare,
    /// Outside the sentence.
    #[serde(skip)]
    Edge,
}

/// A set of tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tags(u128);

impl Tags {
    pub(super) const fn of(tags: &[Tag]) -> Self {
        let (mut set, mut i) = (0, 0);
        while i < tags.len() {
            set |= 1 << tags[i] as u32;
            i += 1;
        }
        Tags(set)
    }

    /// Whether two sets share a tag.
    pub(super) fn intersect(self, other: Tags) -> bool {
        self.0 & other.0 != 0
    }
}

impl From<Tag> for Tags {
    fn from(tag: Tag) -> Self {
        Tags(1 << tag as u32)
    }
}

impl<T: Into<Tags>> BitOr<T> for Tags {
    type Output = Tags;

    fn bitor(self, other: T) -> Tags {
        Tags(self.0 | other.into().0)
    }
}

impl<T: Into<Tags>> BitOr<T> for Tag {
    type Output = Tags;

    fn bitor(self, other: T) -> Tags {
        Tags::from(self) | other
    }
}

/// What the lexicon knows of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    pub(super) tags: Tags,
    pub(super) cue: Option<Cue>,
    /// Its index among the hints.
    pub(super) hint: Option<u16>,
    /// Its index among the openings.
    pub(super) opening: Option<u16>,
}

impl Entry {
    pub(super) fn has(self, tag: Tag) -> bool {
        self.tags.intersect(tag.into())
    }
}

/// One row of the table: word, class, complement and tags.
fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    let lines = include_str!("lexicon.tsv").lines().skip(1);
    lines.filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok())
}

/// A class, complement or tag by its name in the table.
fn parse<T: Deserialize<'static>>(name: &'static str) -> Option<T> {
    T::deserialize(IntoDeserializer::<Error>::into_deserializer(name)).ok()
}

static ENTRIES: LazyLock<FxHashMap<WordKey, Entry>> = LazyLock::new(|| {
    let mut entries = FxHashMap::default();
    let (mut cues, mut hints, mut openings) = (0.., 0.., 0..);
    for [word, class, complement, tags] in rows() {
        let tags =
            tags.split(' ').filter_map(parse).fold(Tags::default(), |all, tag: Tag| all | tag);
        let mut entry = Entry { tags, ..Entry::default() };
        if let (Some(class), Some(complement)) = (parse(class), parse(complement)) {
            entry.cue = cues.next().map(|row| Cue { class, complement, row });
        }
        entry.hint = if entry.has(Tag::Hint) { hints.next() } else { None };
        entry.opening = if entry.has(Tag::Opening) { openings.next() } else { None };
        // Printed with either apostrophe.
        for word in [word, &word.replace('\'', "’")] {
            entries.insert(WordKey::of(word, &(0..word.len())), entry);
        }
    }
    entries
});

/// The entry of a word in small letters.
pub(super) fn find(word: &str) -> Entry {
    entry(WordKey::of(word, &(0..word.len())))
}

/// The entry of a word in small letters, by its key.
#[inline]
pub(super) fn entry(key: WordKey) -> Entry {
    ENTRIES.get(&key).copied().unwrap_or_default()
}

/// All cues, in the order of their rows.
pub(super) fn cues() -> impl Iterator<Item = &'static str> {
    rows().filter(|[_, class, ..]| *class != "-").map(|[word, ..]| word)
}

/// All words with a tag, in the order of their rows.
pub(super) fn tagged(tag: &str) -> impl Iterator<Item = &'static str> {
    rows().filter(move |[.., tags]| tags.split(' ').any(|name| name == tag)).map(|[word, ..]| word)
}

/// How the writer who chose `cue` stands to what was said; none for a word that is no cue.
/// `according` attributes only before `to`.
pub fn cue_class(cue: &str) -> Option<CueClass> {
    let cue = cue.to_lowercase();
    let class = find(&cue).cue.map(|cue| cue.class);
    class.or_else(|| (cue == "according to").then_some(CueClass::Neutral))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_its_names_are_known() {
        let table = include_str!("lexicon.tsv");
        assert_eq!(table.lines().next(), Some("word\tclass\tcomplement\ttags"));
        assert_eq!(rows().count(), table.lines().count() - 1);
        let words: Vec<&str> = rows().map(|[word, ..]| word).collect();
        assert!(words.is_sorted_by(|one, next| one < next), "words are in order, each once");
        for [word, class, complement, tags] in rows() {
            assert!(word.is_ascii() && word == word.to_lowercase(), "{word}");
            assert_eq!(class == "-", complement == "-", "{word}");
            assert!(class == "-" || parse::<CueClass>(class).is_some(), "{word}: {class}");
            assert!(complement == "-" || parse::<Complement>(complement).is_some(), "{word}");
            assert!(class != "-" || tags != "-", "{word} has neither class nor tags");
            if tags != "-" {
                let tags: Vec<&str> = tags.split(' ').collect();
                assert!(tags.is_sorted_by(|one, next| one < next), "{word}: {tags:?}");
                assert!(tags.iter().all(|tag| parse::<Tag>(tag).is_some()), "{word}: {tags:?}");
            }
        }
        assert!(cues().count() > 200);
        assert!((Tag::Edge as u32) < u128::BITS);
    }

    #[test]
    fn words_have_their_tags() {
        assert!(find("the").has(Tag::Determiner));
        assert!(find("her").has(Tag::Determiner) && find("her").has(Tag::ObjectPronoun));
        assert!(find("didn’t").has(Tag::Negation) && find("didn't").has(Tag::Auxiliary));
        assert!(find("said").cue.is_some());
        assert!(!find("dam").has(Tag::Title));
    }

    #[test]
    fn classes() {
        assert_eq!(cue_class("said"), Some(CueClass::Neutral));
        assert_eq!(cue_class("According to"), Some(CueClass::Neutral));
        assert_eq!(cue_class("claims"), Some(CueClass::Doubting));
        assert_eq!(cue_class("admitted"), Some(CueClass::Conceding));
        assert_eq!(cue_class("blasted"), Some(CueClass::Attacking));
        assert_eq!(cue_class("hailed"), Some(CueClass::Praising));
        assert_eq!(cue_class("walked"), None);
    }
}
