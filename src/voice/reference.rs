//! Whom a role or a pronoun stands for, as far as the sentences so far tell.

use std::borrow::Cow;

use crate::text::Span;
use crate::text::word_key::WordKey;

use super::attribution::Attribution;
use super::lexicon::{self, tags};
use super::name_parts::{is_person, is_role, noun};
use super::noun_head::NounHead;
use super::paragraph_context::{SentenceContext, author};
use super::places::is_inhabitant;
use super::sentence_tokens::{SentenceTokens, listed};
use super::speaker_tracker::{MAX_SILENCE, SpeakerTracker};

/// Maximum length of a phrase that stands for an institution named before, in words: `the health agency`.
const MAX_ISSUER: usize = 3;

/// Roles that are seldom those of the person that the sentence before was about: who speaks for somebody, and
/// offices that everybody knows the holder of.
const OTHERS: &[WordKey] = listed![
    "president",
    "lawmaker",
    "adviser",
    "advisor",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "aide",
    "assistant",
    "reporter",
    "lawyer",
    "attorney",
    "agent",
    "officer",
    "owner",
    "witness",
    "resident",
    "nurse",
    "analyst",
    "judge",
    "deputy"
];

impl SpeakerTracker {
    /// Who `the senator` is, or who wrote `the letter`; as printed where that is not plain.
    pub(super) fn role(&self, sentence: SentenceContext<'_>, role: &Span) -> Vec<String> {
        let words = sentence.words;
        let (article, noun) = (role.start.wrapping_sub(1), role.end - 1);
        let is_definite = words.any(article, listed!["the", "their"]);
        // `the letter`: whoever spoke last wrote it, or whoever the latest sentence was about.
        if role.len() == 1 && words.any(noun, listed!["letter", "statement", "memo"]) && is_definite
        {
            let author = match self.silence {
                0 | 1 if !self.last_speakers.is_empty() => self.last_speakers.clone(),
                _ => self.party.iter().cloned().collect(),
            };
            if !author.is_empty() {
                return author;
            }
        }
        if is_definite
            && words.find(role.clone(), tags!("capital")).is_none()
            && let Some(author) = self.works.author(words, noun)
        {
            return vec![author.to_string()];
        }
        // `the two ministers`: both who spoke last.
        let is_group =
            words.lower(noun).ends_with('s') && words.any(article, listed!["the", "both"]);
        if is_group && self.last_speakers.len() > 1 && self.silence <= 1 {
            return self.last_speakers.clone();
        }
        vec![self.holder_or_issuer(sentence, role)]
    }

    fn holder_or_issuer(&self, sentence: SentenceContext<'_>, role: &Span) -> String {
        let words = sentence.words;
        let printed = author(words.slice(role));
        let printed = printed.trim_end_matches(" himself").trim_end_matches(" herself");
        let (article, noun) = (role.start.wrapping_sub(1), role.end - 1);
        let is_indefinite = words.any(article, listed!["a", "an", "one", "another", "some", "any"]);
        let is_party = words.any(noun, listed!["republican", "democrat"]);
        let is_definite = words.any(article, listed!["the"])
            && (is_party || words.find(role.clone(), tags!("capital")).is_none());
        if is_indefinite || printed.split(' ').count() > 4 || printed.ends_with('s') {
            return printed.to_string();
        }
        // `the tribunal`: the only institution whose name ends so.
        let institution = || self.names.institution(printed).filter(|_| is_definite);
        if !words.has(noun, tags!("publisher"))
            && let Some(institution) = institution()
        {
            return institution.to_string();
        }
        // `the statement`: whoever issued it; `the agency`: the one named last.
        let is_issued = words.has(noun, tags!("study written-work publisher"));
        if is_definite
            && role.len() <= MAX_ISSUER
            && let Some(issuer) = self.issuer(sentence, role.start)
            && (is_issued
                || (words.has(noun, tags!("institution")) && is_short_for(printed, &issuer)))
        {
            return issuer;
        }
        let found = self.holder(words, role, printed).or_else(|| institution().map(str::to_string));
        found.unwrap_or_else(|| self.names.full(printed).into_owned())
    }

    /// `Jo Elm came. “…,” the senator said.`: who holds a role; `printed` is how it is told.
    fn holder(&self, words: &SentenceTokens<'_>, role: &Span, printed: &str) -> Option<String> {
        let (article, noun) = (role.start.wrapping_sub(1), role.end - 1);
        let has_article = words.any(article, listed!["the"]);
        let is_party = words.any(noun, listed!["republican", "democrat"]);
        let is_definite =
            has_article && (is_party || words.find(role.clone(), tags!("capital")).is_none());
        // `the Ohio senator`, but `the White House`.
        let is_title = words.has(noun, tags!("title"))
            && (is_definite || (has_article && words.has_small(noun, tags!("word"))));
        let only_named = || self.only_named.clone().filter(|_| is_title);
        let speaker = || match &self.last_speakers[..] {
            [_] if is_title && self.is_speaker_replaced() => None,
            // A spokesman or a senator is no president.
            [one] if words.any(noun, listed!["president"]) && self.names.has_office(one) => None,
            [one] if self.silence <= 1 && (is_definite || is_title) => {
                let can_be = !words.has(noun, tags!("institution"))
                    || self.names.is_institution(one)
                    || is_short_for(printed, one);
                let is_kind = match is_title && !words.has(noun, tags!("institution")) {
                    true => self.names.can_be_personal(one) && !is_nation(one),
                    false => !self.names.is_personal(one),
                };
                (is_person(one) && is_kind && can_be).then(|| one.clone())
            }
            _ => None,
        };
        let subject = || {
            let is_office = !words.has(noun, tags!("institution title-modifier"));
            let is_own = is_title && (is_party || is_office) && !words.any(noun, OTHERS);
            let subject = self.subject.as_ref().filter(|_| is_own && self.silence > 0)?;
            let can_hold = self.names.offices().can_hold(printed, subject);
            (self.names.can_be_personal(subject) && can_hold).then(|| subject.clone())
        };
        // `the Ohio Democrat`: whoever spoke last, if that is known to be one.
        let goes_on =
            || speaker().filter(|name| is_party && self.names.offices().is_told(printed, name));
        let only_from = || self.only_from(printed).filter(|_| has_article);
        let told = goes_on().or_else(|| self.names.holder(printed)).or_else(only_from);
        told.or_else(only_named).or_else(speaker).or_else(subject)
    }

    /// Which institution `the agency` is, or the one that issued `the statement`: the one that the sentence
    /// opens with, whichever spoke last, else the latest that a sentence was about.
    fn issuer(&self, sentence: SentenceContext<'_>, until: usize) -> Option<String> {
        let words = sentence.words;
        let leading = sentence.parse.leading.as_ref().filter(|source| source.range.end <= until);
        let leading = leading.and_then(|source| match &source.head {
            NounHead::Name(name) | NounHead::Office(name)
                if words.has_before(name.end, tags!("institution")) =>
            {
                Some(self.names.full(words.slice(name)).into_owned())
            }
            _ => None,
        });
        let last = self.last_speakers.first().filter(|_| self.silence <= MAX_SILENCE);
        let is_issuer = |name: &&String| self.names.is_institution(name) && !is_nation(name);
        let named = [leading.as_ref(), last].into_iter().flatten().find(is_issuer);
        // A subject of several words with capitals is a name, ordinary words or not.
        let is_name = |name: &&String| {
            is_issuer(name)
                || (name.contains(' ') && name.split(' ').all(is_person) && !is_nation(name))
        };
        named.or_else(|| self.party.as_ref().filter(is_name)).cloned()
    }

    /// Whom `he` or `she` stands for.
    pub(super) fn person(
        &self,
        sentence: SentenceContext<'_>,
        pronoun: usize,
        is_female: bool,
    ) -> Vec<String> {
        let agrees = |name: &str| self.names.is_female(name).is_none_or(|is| is == is_female);
        let fits =
            |name: &&String| (self.names.can_be_personal(name) || is_role(name)) && agrees(name);
        let is_known = |name: &String| self.names.is_female(name).is_some();
        // `Elm attacked Oak, who | she said …` is not Oak.
        let words = sentence.words;
        let is_object = words.any_before(pronoun, listed!["who", "whom"])
            && words.has(pronoun.wrapping_sub(2), tags!("comma"));
        let until = if is_object {
            words.run_back(0..pronoun - 2, tags!("capital")).start
        } else {
            pronoun
        };
        let named = self.names.people_in(words, 0..until).map(Cow::into_owned);
        let mut named: Vec<String> = named.filter(|name| fits(&name)).collect();
        named.dedup();
        if named.iter().any(is_known) {
            named.retain(is_known);
        }
        if !sentence.names_others_before(pronoun) {
            // `Spokesman Al Oak would not tell what Elm thinks; he said …`
            let leading = sentence.parse.leading.as_ref().map(|source| &source.head);
            if named.len() > 1
                && let Some(NounHead::Name(name)) = leading
            {
                let name = self.names.full(sentence.words.slice(name));
                named.retain(|other| *other == name);
            }
            if named.len() == 1 {
                return named;
            }
        }
        let speaker = match &self.last_speakers[..] {
            [one] if self.silence <= MAX_SILENCE && (is_person(one) || is_role(one)) => Some(one),
            _ => None,
        };
        let subject = self.subject.as_ref();
        // Whoever is known to be a woman or a man goes before somebody without a name.
        let gives_way = |name: &String| is_role(name) && !speaker.is_some_and(is_known);
        let is_unknown = || speaker.is_none_or(|speaker| !is_known(speaker));
        let replaced = self.is_speaker_replaced()
            && subject.is_some_and(|name| is_known(name) || gives_way(name) || is_unknown());
        let speaks_on = self.silence == 0 && !replaced;
        let nearest =
            if speaks_on && !self.is_relayed { [speaker, subject] } else { [subject, speaker] };
        let nearest = nearest.into_iter().flatten().find(fits);
        let somebody = || {
            let speaker = self.last_speakers.first().filter(|_| self.silence == 0);
            let party = self.party.as_ref().filter(|party| is_role(party));
            [speaker, party].into_iter().flatten().find(|name| is_unnamed(name))
        };
        let found = nearest.or_else(|| self.only_recent(is_female)).or_else(somebody);
        match found {
            None if named.len() == 1 => named,
            found => found.cloned().into_iter().collect(),
        }
    }

    /// `the Norwegian`: the only one of those named last who is not known to be of another place.
    fn only_from(&self, role: &str) -> Option<String> {
        if !(is_role(role) || is_inhabitant(&role.to_lowercase())) {
            return None;
        }
        let is_from = |name: &String| {
            self.names.can_be_personal(name)
                && self.names.offices().is_elsewhere(role, name) == Some(false)
        };
        let is_other = |name: &String| self.names.offices().is_elsewhere(role, name) == Some(true);
        let others = self.recent.iter().any(is_other);
        only(&self.recent, is_from).filter(|_| others).cloned()
    }

    /// The only woman, or man, whom the last sentence with names, or else the latest ones, named.
    fn only_recent(&self, is_female: bool) -> Option<&String> {
        let is_of_gender = |name: &String| self.names.is_female(name) == Some(is_female);
        let latest = self.recent.len().saturating_sub(self.latest);
        only(&self.recent[latest..], is_of_gender).or_else(|| only(&self.recent, is_of_gender))
    }

    /// What `they` or `it` stands for: whoever spoke last, if several or no person; else the latest
    /// subject that is.
    pub(super) fn group(&self, before: Option<&Attribution>) -> Vec<String> {
        let last = before.map_or(&self.last_speakers, |before| &before.speakers);
        let is_group = |name: &String| !is_person(name) || !self.names.is_personal(name);
        let several = last.len() > 1 || last.first().is_some_and(is_group);
        if several && self.silence <= MAX_SILENCE {
            last.clone()
        } else {
            let party = self.party.iter().filter(|party| self.can_speak(party));
            party.cloned().collect()
        }
    }

    /// Whether a phrase can stand for several or for an institution: *Valley Board*, *critics of the dam*, not
    /// *vote for him*.
    fn can_speak(&self, phrase: &str) -> bool {
        let has = |word: &str, tags| lexicon::find(&word.to_lowercase()).has(tags);
        let noun = noun(phrase);
        self.names.is_institution(phrase)
            || noun.ends_with('s')
            || has(noun, tags!("plural-noun"))
            || phrase.split(' ').any(|word| has(word, tags!("study institution publisher")))
    }
}

/// `Oakton nurse`: whether a phrase may be one person without a name.
fn is_unnamed(name: &str) -> bool {
    !is_person(noun(name)) && !name.split(' ').any(|word| word.ends_with('s'))
}

/// `Russians`, `Democrats`: people of one nation or party.
fn is_nation(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    let one = last.strip_suffix('s').map(str::to_lowercase);
    one.is_some_and(|one| lexicon::find(&one).has(tags!("title-modifier")))
}

/// The only name that fits, however often it stands there.
fn only(names: &[String], fits: impl Fn(&String) -> bool) -> Option<&String> {
    let mut fitting = names.iter().filter(|name| fits(name));
    let first = fitting.next()?;
    fitting.all(|name| name == first).then_some(first)
}

/// `the board` where the Valley River Board is meant.
fn is_short_for(noun: &str, name: &str) -> bool {
    name.rsplit_once(' ').is_some_and(|(_, last)| last.eq_ignore_ascii_case(noun))
}
