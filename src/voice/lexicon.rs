//! The lexicon: what is known of a word without its context. One table, `lexicon.tsv`, and one
//! lookup per word.
//!
//! The table has one word per row, in small letters and with straight apostrophes, in byte order:
//!
//! ```text
//! word        how it is printed, in small letters
//! class       of an attributing word: how its writer stands to what was said (`CueClass`), else `-`
//! complement  of an attributing word: what must stand beside it (`Complement`), else `-`
//! tags        what else is known of it (`NAMES`), in byte order, else `-`
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
}

/// The names of all tags, in the order of their bits. The table holds those up to `opening`; the
/// others tell what a token is and where it stands.
///
/// ```text
/// determiner              begins a noun phrase
/// article                 a determiner that cannot stand alone: *the*, *her*
/// quantifier              a determiner that counts: *several*
/// preposition             joins two noun phrases
/// joint                   a preposition that often joins a noun to the one before: *of*
/// conjunction             ends a noun phrase and begins something else
/// connective              opens a sentence before its first phrase: *but*, *still*
/// subordinate-opener      opens a clause or adjunct before the main clause: *while*, *despite*
/// adjunct-opener          opens an adjunct of time or manner, prepositions aside: *hours*, *asked*
/// aside-opener            opens an aside, or what follows a reporting clause
/// clause-opener           begins a clause that reports content: *that*, *whether*
/// clause-subject          a subject that begins a clause without a conjunction: *he*, *there*
/// pronoun                 a third-person pronoun for a person or group named before
/// first-or-second-person  a pronoun of whoever writes or reads; its statements are the text's own
/// first-person            a pronoun of whoever speaks
/// object-pronoun          a pronoun or noun that stands after a verb, never before it
/// reflexive               *himself*, *themselves*
/// nobody                  a subject that denies a speaker: *none*
/// auxiliary               a verb that helps another; marks a finite clause
/// be                      a form of *to be*: before a past form it makes it passive
/// modal                   an auxiliary of what may be: *might*
/// adverb                  may stand between a subject and its verb
/// negation                denies the verb after it
/// time                    a day, a month, *last*, *this*
/// time-unit               a part of the day or the year
/// adjective               an adjective that no ending marks
/// post-modifier           modifies the noun before it: *released*, *out*
/// plural-noun             a plural without *-s*, or what stands for one
/// title                   a title, office, party or nation that stands before a name and is no
///                         part of it
/// title-modifier          a title that tells of no office: a nation, a party, *senior*
/// noun-or-verb            a cue that is as often a noun
/// study                   an inanimate source that finds and shows: *poll*, *study*
/// written-work            what people write and publish; whatever it says, its author says
/// publisher               stands for an institution that was named before: *the agency*
/// label                   stands before a colon and is no speaker
/// institution             ends the name of an institution
/// place                   a state, country or city that may stand before a name
/// name-particle           stands within a surname: *de*
/// female-name             a first name of women
/// male-name               a first name of men
/// other-verb              a verb that attributes nothing; what stands behind it is its object
/// as-clause-verb          a cue that attributes in `as Elm reported` although it takes a clause
///                         elsewhere
/// aspectual-verb          a verb before `to say` that leaves it a statement: *went on*
/// say-verb                a form of *say*
/// ask-verb                a form of *ask*
/// naming-verb             a form of *call* or *find*, which take an object and a name for it
/// topic-verb              a verb that before *about* gives a topic, not content
/// refusal                 *declined*, *refused*
/// yes-or-no               *yes*, *no*
/// to                      *to*
/// coordinator             *and*, *or*
/// about                   *about*
/// frame-opener            may begin words that tell whose content a sentence is: *according*
/// frame-closer            may end them: *words* in *in her words*
/// opinion                 what somebody thinks or answers: *view*
/// owner                   *his*, *her*, *their*
/// particle                may belong to the verb before it: *back*
/// relative                may begin a relative clause: *who*
/// hint                    bears on the voice and attributes nothing: the features `word` of
///                         `models/voice.csv`
/// opening                 the same at the start of a sentence: the features `opens`
/// word                    a word or a number, with the stop of its abbreviation
/// comma                   `,`
/// colon                   `:`
/// semicolon               `;`
/// dash                    a dash of any length
/// stop                    a full stop, question mark or the like
/// open                    an opening bracket
/// close                   a closing bracket
/// mark                    a quote mark
/// other                   any other character
/// capital                 a word with a capital
/// ed                      a word in *-ed*
/// ing                     a word in *-ing*
/// ly                      a word in *-ly* without a capital
/// quoted                  between quote marks
/// scare                   between quote marks, in a phrase too short to be a statement
/// edge                    outside the sentence
/// ```
const NAMES: &str = "\
    determiner article quantifier preposition joint conjunction connective subordinate-opener \
    adjunct-opener aside-opener clause-opener clause-subject pronoun first-or-second-person \
    first-person object-pronoun reflexive nobody auxiliary be modal adverb negation time \
    time-unit adjective post-modifier plural-noun title title-modifier noun-or-verb study written-work publisher label \
    institution place name-particle female-name male-name other-verb as-clause-verb aspectual-verb \
    say-verb ask-verb naming-verb topic-verb refusal yes-or-no to coordinator about frame-opener frame-closer opinion owner particle relative hint opening \
    word comma colon semicolon dash stop open close mark other capital ed ing ly quoted scare \
    edge";

/// A set of tags: what is known of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tags(u128);

/// A set of tags by their names, looked up by the compiler: `tags!("comma dash")`.
macro_rules! tags {
    ($names:literal) => {
        const { $crate::voice::lexicon::Tags::named($names) }
    };
}
pub(super) use tags;

impl Tags {
    /// The tags with some names, with spaces between them.
    pub(super) const fn named(names: &str) -> Tags {
        let (mut rest, mut set) = (names.as_bytes(), 0);
        while !rest.is_empty() {
            let (name, others) = split_name(rest);
            (rest, set) = (others, set | 1 << bit(name));
        }
        Tags(set)
    }

    /// Without the tags of another set.
    pub(super) fn without(self, other: Tags) -> Tags {
        Tags(self.0 & !other.0)
    }

    /// Whether two sets share a tag.
    pub(super) fn intersect(self, other: Tags) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Tags {
    type Output = Tags;

    fn bitor(self, other: Tags) -> Tags {
        Tags(self.0 | other.0)
    }
}

/// The first of some names, and the others.
const fn split_name(names: &[u8]) -> (&[u8], &[u8]) {
    let mut end = 0;
    while end < names.len() && names[end] != b' ' {
        end += 1;
    }
    let (name, rest) = names.split_at(end);
    (name, if let [b' ', others @ ..] = rest { others } else { rest })
}

/// The bit of the tag with a name; there is one.
const fn bit(name: &[u8]) -> u32 {
    let (mut rest, mut bit) = (NAMES.as_bytes(), 0);
    while !rest.is_empty() {
        let (known, others) = split_name(rest);
        let mut same = 0;
        while same < name.len() && same < known.len() && name[same] == known[same] {
            same += 1;
        }
        if same == name.len() && same == known.len() {
            return bit;
        }
        (rest, bit) = (others, bit + 1);
    }
    panic!("no tag has this name")
}

/// What the lexicon knows of a word.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) tags: Tags,
    pub(super) cue: Option<Cue>,
    /// Its row in the table; 0 for a word that is not in it.
    pub(super) row: u16,
}

impl Entry {
    /// Whether the word has any of some tags.
    pub(super) fn has(&self, tags: Tags) -> bool {
        self.tags.intersect(tags)
    }
}

/// One row of the table: word, class, complement and tags.
fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    let lines = include_str!("lexicon.tsv").lines().skip(1);
    lines.filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok())
}

/// A class or a complement by its name in the table.
fn parse<T: Deserialize<'static>>(name: &'static str) -> Option<T> {
    T::deserialize(IntoDeserializer::<Error>::into_deserializer(name)).ok()
}

static ENTRIES: LazyLock<FxHashMap<WordKey, Entry>> = LazyLock::new(|| {
    let bits: FxHashMap<&str, u32> = NAMES.split(' ').zip(0..).collect();
    let mut entries = FxHashMap::default();
    for (row, [word, class, complement, tags]) in (1..).zip(rows()) {
        let bits = tags.split(' ').filter_map(|name| bits.get(name));
        let tags = Tags(bits.map(|bit| 1 << bit).sum());
        let cue = parse(class).zip(parse(complement));
        let cue = cue.map(|(class, complement)| Cue { class, complement });
        // Printed with either apostrophe.
        for word in [word, &word.replace('\'', "’")] {
            entries.insert(WordKey::of(word, &(0..word.len())), Entry { tags, cue, row });
        }
    }
    entries
});

/// What is known of a word that is not in the table.
pub(super) static UNKNOWN: Entry = Entry { tags: Tags(0), cue: None, row: 0 };

/// The entry of a word in small letters.
pub(super) fn find(word: &str) -> &'static Entry {
    entry(WordKey::of(word, &(0..word.len())))
}

/// The entry of a word in small letters, by its key.
#[inline]
pub(super) fn entry(key: WordKey) -> &'static Entry {
    ENTRIES.get(&key).unwrap_or(&UNKNOWN)
}

/// All words, in the order of their rows from 1 on.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    rows().map(|[word, ..]| word)
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
        let words: Vec<&str> = words().collect();
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
                let known = |tag: &&str| bit(tag.as_bytes()) <= bit(b"opening");
                assert!(tags.iter().all(known), "{word}: {tags:?}");
            }
        }
        assert!(rows().filter(|[_, class, ..]| *class != "-").count() > 200);
        assert!(bit(b"edge") < u128::BITS);
    }

    #[test]
    fn words_have_their_tags() {
        assert!(find("the").has(tags!("determiner")));
        assert!(find("her").has(tags!("determiner")) && find("her").has(tags!("object-pronoun")));
        assert!(find("didn’t").has(tags!("negation")) && find("didn't").has(tags!("auxiliary")));
        assert!(find("said").cue.is_some());
        assert!(!find("dam").has(tags!("title")));
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
