//! The lexicon: what is known of a word without its context. One table, `lexicon.tsv`, and one
//! lookup per word.
//!
//! The table has one word per row, in small letters and with straight apostrophes, in byte order:
//!
//! ```text
//! word        how it is printed, in small letters
//! class       of an attributing word: how its writer stands to what was said (`CueClass`), else `-`
//! complement  of an attributing word: what must stand beside it (`Complement`), else `-`
//! tags        what else is known of it (`tags.tsv`), in byte order, else `-`
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
    /// A clause or an aim: *vowed to*.
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

/// One tag per line in the order of their bits, and behind a tab what it says. `lexicon.tsv` holds those up
/// to `opening`; the others tell what a token is and where it stands.
const TAGS: &str = include_str!("tags.tsv");

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
            let (name, others) = split_once(rest, b' ');
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

/// What stands before the first of some marks, and what behind it.
const fn split_once(text: &[u8], mark: u8) -> (&[u8], &[u8]) {
    let mut end = 0;
    while end < text.len() && text[end] != mark {
        end += 1;
    }
    let (first, rest) = text.split_at(end);
    (first, if let [_, others @ ..] = rest { others } else { rest })
}

/// The bit of the tag with a name; there is one.
const fn bit(name: &[u8]) -> u32 {
    let (mut rest, mut bit) = (TAGS.as_bytes(), 0);
    while !rest.is_empty() {
        let (line, others) = split_once(rest, b'\n');
        let (known, _) = split_once(line, b'\t');
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
    let names = TAGS.lines().filter_map(|line| line.split('\t').next());
    let bits: FxHashMap<&str, u32> = names.zip(0..).collect();
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
