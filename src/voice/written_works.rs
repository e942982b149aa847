//! What was written, and by whom: whose *the letter* is.

use crate::text::word_key::WordKey;

use super::lexicon::tags;
use super::name_parts::plain;
use super::noun_head::NounHead;
use super::noun_phrase::{self, SourcePhrase};
use super::sentence_tokens::{SentenceTokens, is_possessive, listed};

/// Nouns for one kind of text, and the verbs that tell that somebody wrote one.
const KINDS: [(&[WordKey], &[WordKey]); 6] = [
    (
        listed!["study", "paper", "report", "research", "survey", "analysis", "poll", "findings"],
        listed!["surveyed", "polled"],
    ),
    (listed!["complaint", "lawsuit", "suit", "petition", "filing"], listed!["sued"]),
    (listed!["ruling", "opinion", "decision", "judgment"], listed!["ruled"]),
    (listed!["letter", "email", "message", "memo", "note"], listed!["wrote", "written"]),
    (listed!["statement", "release", "announcement"], &[]),
    (listed!["article", "story", "op-ed", "column", "editorial", "essay", "post"], &[]),
];
/// Maximum number of words between a determiner and its noun.
const MAX_MODIFIERS: usize = 4;

/// What a text is called: one of `KINDS`, or another noun.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Listed(usize),
    Noun(String),
}

/// The texts that were told of with their authors, one of each kind.
#[derive(Debug, Default)]
pub(super) struct WrittenWorks {
    authors: Vec<(Kind, String)>,
}

impl WrittenWorks {
    /// Adds the texts that a sentence tells of for the first time. `subject` is whom it is about; `full` gives
    /// the full name of somebody who is printed.
    pub(super) fn add(
        &mut self,
        words: &SentenceTokens<'_>,
        subject: Option<&str>,
        full: impl Fn(&str) -> String,
    ) {
        for i in (0..words.len()).filter(|i| !words.has(*i, tags!("quoted capital"))) {
            // `was sued`, `a note written by Elm` tell of somebody else.
            let is_passive = words.has_before(i, tags!("be")) || words.any(i + 1, listed!["by"]);
            let verb = KINDS.iter().position(|(_, verbs)| words.any(i, verbs) && !is_passive);
            let verb = verb.map(Kind::Listed);
            let noun = noun(words, i);
            let printed = noun.is_some().then(|| author_beside(words, i)).flatten();
            let is_told = verb.is_some() || (noun.is_some() && is_new(words, i));
            let subject = || subject.filter(|_| is_told).map(str::to_string);
            if let Some(kind) = noun.or(verb)
                && let Some(author) = printed.map(&full).or_else(subject)
            {
                self.authors.retain(|(known, _)| *known != kind);
                self.authors.push((kind, author));
            }
        }
    }

    /// Who wrote the text that a noun stands for: *the letter*; none where nobody was told to have written one.
    pub(super) fn author(&self, words: &SentenceTokens<'_>, at: usize) -> Option<&str> {
        let kind = noun(words, at)?;
        let found = self.authors.iter().find(|(known, _)| *known == kind);
        found.map(|(_, author)| author.as_str())
    }
}

/// What a noun calls a text; none where it calls none.
fn noun(words: &SentenceTokens<'_>, i: usize) -> Option<Kind> {
    let listed = KINDS.iter().position(|(nouns, _)| words.any(i, nouns)).map(Kind::Listed);
    let other = || Kind::Noun(words.lower(i).to_string());
    listed.or_else(|| words.has_small(i, tags!("study written-work")).then(other))
}

/// `a study by Jo Elm`, `Elm's letter`: the author beside a text.
fn author_beside<'a>(words: &SentenceTokens<'a>, work: usize) -> Option<&'a str> {
    let behind = noun_phrase::past_by(words, work + 1).and_then(|by| noun_phrase::after(words, by));
    let named = |author: SourcePhrase| match author.head {
        NounHead::Name(name) if name.len() > 1 || !words.is_usually_small(name.start) => Some(name),
        NounHead::Office(name) => Some(name),
        _ => None,
    };
    if let Some(author) = behind {
        return match author.head {
            NounHead::Group(group) => {
                let is_time = words.any(group.end - 1, listed!["a.m.", "p.m."])
                    || words.find(group.clone(), tags!("time time-unit")).is_some();
                (!is_time).then(|| words.slice(&group))
            }
            _ => named(author).map(|name| words.slice(&name)),
        };
    }
    let before = work.saturating_sub(MAX_MODIFIERS)..work;
    let owner = before.rev().find(|i| is_possessive(words.lower(*i)))?;
    let others = tags!("determiner preposition conjunction auxiliary other-verb");
    // `Elm's dog ate the | letter`
    if (owner + 1..work).any(|i| words.has(i, others) || words.cue(i).is_some()) {
        return None;
    }
    let name = words.run_back(0..owner + 1, tags!("capital"));
    let is_time = words.has(owner, tags!("time"));
    let owner = noun_phrase::within(words, name).filter(|_| !is_time).and_then(named)?;
    Some(plain(words.slice(&owner)))
}

/// `a pastoral letter`, `its report`: whether a text was not told of before.
fn is_new(words: &SentenceTokens<'_>, work: usize) -> bool {
    let start = work.saturating_sub(MAX_MODIFIERS);
    let modifiers = words.run_back(start..work, tags!("word"));
    let determiner = words.rfind(modifiers, tags!("determiner"));
    // `said in a statement`, but `according to a statement`.
    let is_object =
        |i: usize| !words.has_before(i, tags!("preposition")) || words.any_before(i, listed!["in"]);
    determiner.is_some_and(|i| {
        words.any(i, listed!["a", "an", "his", "her", "its", "their"]) && is_object(i)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::sentence_tokens::plain as words_of;

    #[test]
    fn texts_have_authors() {
        let author = |told: &str, subject: Option<&str>, asked: &str| {
            let mut works = WrittenWorks::default();
            let lower = told.to_ascii_lowercase();
            works.add(&words_of(told, &lower), subject, str::to_string);
            works.author(&words_of(asked, asked), 0).map(str::to_string)
        };
        let elm = Some("Jo Elm");
        let found = |author: &str| Some(author.to_string());
        assert_eq!(author("Jo Elm had a pastoral letter read.", elm, "letter"), found("Jo Elm"));
        assert_eq!(author("Jo Elm sued the firm.", elm, "complaint"), found("Jo Elm"));
        assert_eq!(
            author("A study by the Valley Board was out.", None, "report"),
            found("Valley Board")
        );
        assert_eq!(author("They read Jo Elm's letter.", None, "letter"), found("Jo Elm"));
        // Neither what was read nor what was only cited is the subject's.
        assert_eq!(author("Jo Elm read the letter.", elm, "letter"), None);
        assert_eq!(author("It leaks, according to a report.", elm, "report"), None);
        assert_eq!(author("Jo Elm had a letter read.", elm, "ruling"), None);
    }
}
