//! Whom a role or a pronoun stands for, as far as the sentences so far tell.

use std::borrow::Cow;

use crate::text::Span;

use super::attribution::Attribution;
use super::lexicon::tags;
use super::name_parts::is_person;
use super::paragraph_context::{SentenceContext, author};
use super::sentence_tokens::{SentenceTokens, listed};
use super::speaker_tracker::{MAX_SILENCE, SpeakerTracker};

impl SpeakerTracker {
    /// Who `the senator` is; as printed where that is not plain.
    pub(super) fn role(&self, words: &SentenceTokens<'_>, role: &Span) -> String {
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
        // `the statement`: whoever issued it; `the agency`: the one named last.
        let is_issued = words.has(noun, tags!("study written-work publisher"));
        if is_definite
            && role.len() == 1
            && let Some(issuer) = self.issuer()
            && (is_issued
                || (words.has(noun, tags!("institution")) && is_short_for(printed, issuer)))
        {
            return issuer.to_string();
        }
        // `Jo Elm came. “…,” the senator said.`
        // `the Ohio senator`, but `the White House`.
        let is_title = words.has(noun, tags!("title"))
            && (is_definite
                || (words.any(article, listed!["the"]) && words.has_small(noun, tags!("word"))));
        let only_named = || self.only_named.clone().filter(|_| is_title);
        let speaker = || match &self.last_speakers[..] {
            [one] if self.silence <= 1 && (is_definite || is_title) => {
                let can_be = !words.has(noun, tags!("institution"))
                    || self.names.is_institution(one)
                    || is_short_for(printed, one);
                let fits = is_person(one) && self.names.is_personal(one) == is_title && can_be;
                fits.then(|| one.clone())
            }
            _ => None,
        };
        let found = self.names.holder(printed).or_else(only_named).or_else(speaker);
        found.unwrap_or_else(|| self.names.full(printed).into_owned())
    }

    /// Which institution `the agency` is, or the one that issued `the statement`: whichever spoke last,
    /// else the latest that a sentence was about.
    fn issuer(&self) -> Option<&str> {
        let last = self.last_speakers.first().filter(|_| self.silence <= MAX_SILENCE);
        let mut named = [last, self.party.as_ref()].into_iter().flatten();
        named.find(|name| self.names.is_institution(name)).map(String::as_str)
    }

    /// Whom `he` or `she` stands for.
    pub(super) fn person(
        &self,
        sentence: SentenceContext<'_>,
        pronoun: usize,
        is_female: bool,
    ) -> Vec<String> {
        let agrees = |name: &str| self.names.is_female(name).is_none_or(|is| is == is_female);
        let fits = |name: &&String| self.names.can_be_personal(name) && agrees(name);
        let is_known = |name: &String| self.names.is_female(name).is_some();
        let named = self.names.people_in(sentence.words, 0..pronoun).map(Cow::into_owned);
        let mut named: Vec<String> = named.filter(|name| fits(&name)).collect();
        named.dedup();
        if named.iter().any(is_known) {
            named.retain(is_known);
        }
        if named.len() == 1 && !sentence.names_others_before(pronoun) {
            return named;
        }
        let speaker = match &self.last_speakers[..] {
            [one] if self.silence <= MAX_SILENCE && is_person(one) => Some(one),
            _ => None,
        };
        let subject = self.subject.as_ref();
        let replaced = self.replaced_speaker && subject.is_some_and(is_known);
        let speaks_on = self.silence == 0 && !replaced;
        let nearest = if speaks_on { [speaker, subject] } else { [subject, speaker] };
        let nearest = nearest.into_iter().flatten().find(fits);
        let somebody = || self.last_speakers.first().filter(|name| self.is_unnamed(name));
        let found = nearest.or_else(|| self.only_recent(is_female)).or_else(somebody);
        match found {
            None if named.len() == 1 => named,
            found => found.cloned().into_iter().collect(),
        }
    }

    /// `a nurse`: whether whoever spoke last may be one person without a name.
    fn is_unnamed(&self, name: &str) -> bool {
        self.silence == 0 && !is_person(name) && !name.split(' ').any(|word| word.ends_with('s'))
    }

    /// The only woman, or man, whom the latest sentences named.
    fn only_recent(&self, is_female: bool) -> Option<&String> {
        let agrees = |name: &&String| self.names.is_female(name) == Some(is_female);
        let mut agreeing = self.recent.iter().filter(agrees);
        let first = agreeing.next()?;
        agreeing.all(|name| name == first).then_some(first)
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
            self.party.iter().cloned().collect()
        }
    }
}

/// `the board` where the Valley River Board is meant.
fn is_short_for(noun: &str, name: &str) -> bool {
    name.rsplit_once(' ').is_some_and(|(_, last)| last.eq_ignore_ascii_case(noun))
}
