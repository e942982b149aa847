//! What a sentence leaves for those behind it: who spoke, whom it was about, what was written.

use std::borrow::Cow;

use crate::text::Span;
use crate::text::word_key::WordKey;

use super::attribution::{Attribution, Voice};
use super::lexicon::tags;
use super::name_parts::is_person;
use super::noun_head::{NounHead, gender};
use super::paragraph_context::SentenceContext;
use super::reference::is_role;
use super::reported_speech::SpeechParse;
use super::sentence_tokens::{SentenceTokens, is_possessive, listed};
use super::speaker_tracker::SpeakerTracker;

/// Maximum number of people that are remembered.
const MAX_RECENT: usize = 4;
/// What stands before somebody who was not told of yet.
const SOME: &[WordKey] = listed!["a", "an", "one", "another"];

/// `a nurse`, `one of the nurses`, `the driver's sister`: whether a phrase tells of one person for the first
/// time.
fn is_introduced(words: &SentenceTokens<'_>, role: &Span) -> bool {
    let start = role.start;
    let is_people = |i: usize| is_role(words.lower(i).trim_end_matches('s'));
    let is_one = words.any(start, listed!["one"])
        && words.any(start + 1, listed!["of"])
        && role.clone().skip(2).any(is_people);
    let is_related = words.any_before(start, listed!["the", "his", "her", "their"])
        && (words.any(start + 1, listed!["of"])
            || role.clone().any(|i| is_possessive(words.lower(i))));
    is_one || ((words.any_before(start, SOME) || is_related) && is_role(words.slice(role)))
}

/// `Greenwater, a small charity,`: whether an aside behind a name tells that it is an institution's.
fn is_told_an_institution(words: &SentenceTokens<'_>, end: usize) -> bool {
    let aside = words.run(end + 2..end + 6, tags!("word"));
    words.has(end, tags!("comma"))
        && words.any(end + 1, listed!["a", "an", "the"])
        && words.find(aside, tags!("institution publisher")).is_some()
}

impl SpeakerTracker {
    /// `She said …` tells that whoever speaks is a woman.
    pub(super) fn learn_gender(
        &mut self,
        sentence: SentenceContext<'_>,
        attribution: &Attribution,
    ) {
        let source = sentence.parse.main().and_then(|speech| speech.source.as_ref());
        if let Some(NounHead::Pronoun(pronoun)) = source.map(|source| &source.head)
            && let Some(is_female) = gender(sentence.words, *pronoun)
            && let [name] = &attribution.speakers[..]
        {
            self.names.set_gender(name, is_female);
        }
    }

    /// Remembers who spoke and whom the sentence was about.
    pub(super) fn remember(
        &mut self,
        words: &SentenceTokens<'_>,
        parse: &SpeechParse,
        attribution: &Attribution,
    ) {
        let Attribution { voice, speakers, .. } = attribution;
        let is_relay =
            matches!(&*attribution.cue.to_lowercase(), "reported" | "reports" | "according to");
        if !speakers.is_empty() {
            self.last_speakers.clone_from(speakers);
            self.silence = 0;
            self.is_relayed = is_relay;
        }
        let mut people: Vec<Cow<'_, str>> = self.names.people_in(words, 0..words.len()).collect();
        people.dedup();
        let leading = parse.leading.as_ref().map(|source| &source.head);
        let leader = match leading {
            Some(NounHead::Name(range)) => Some(self.names.full(words.slice(range))),
            // `The president went home.`
            Some(NounHead::Group(role))
                if words.any_before(role.start, listed!["the"])
                    && words.has(role.end - 1, tags!("title")) =>
            {
                let holder = self.names.holder(words.slice(role)).map(Cow::Owned);
                people.splice(0..0, holder.clone());
                holder
            }
            _ => None,
        };
        let leader = leader.and_then(|leader| people.iter().position(|name| *name == leader));
        self.only_named = match &people[..] {
            [name] if *voice == Voice::Outlet && leader.is_some() => Some(name.to_string()),
            _ => None,
        };
        let latest = people.len().saturating_sub(MAX_RECENT);
        self.recent.extend(people[latest..].iter().map(ToString::to_string));
        self.latest = if people.is_empty() { self.latest } else { people.len() - latest };
        self.recent.drain(..self.recent.len().saturating_sub(MAX_RECENT));
        let opening = 0..words.len().min(4);
        self.opened_with_subject =
            leader.is_some() || self.names.people_in(words, opening).next().is_some();
        self.latest_voice = Some(*voice);
        // `A nurse came in.`
        let unnamed = match leading {
            Some(NounHead::Group(role))
                if is_introduced(words, role)
                    && self.names.people_in(words, 0..role.start).next().is_none() =>
            {
                // `the mother of one of the boys`: what follows the noun may hold the verb.
                let joint = words.find(role.start + 1..role.end, tags!("preposition"));
                let end = joint.filter(|_| role.len() > 4).unwrap_or(role.end);
                Some(words.slice(&(role.start..end)).to_string())
            }
            _ => None,
        };
        self.opened_with_subject |= unnamed.is_some();
        let speaker = speakers.first().filter(|name| is_person(name) || is_role(name)).cloned();
        let personal = people.iter().position(|name| self.names.is_personal(name));
        // `He beat Oak` goes on about whoever *he* is.
        let goes_on = match &leading {
            Some(NounHead::Pronoun(pronoun)) => gender(words, *pronoun).is_some(),
            _ => false,
        };
        let named = || {
            let people = people.into_iter().filter(|_| !goes_on || self.subject.is_none());
            people.into_iter().nth(leader.or(personal).unwrap_or(0)).map(Cow::into_owned)
        };
        let about = match leading {
            Some(NounHead::Name(range)) => Some(self.names.full(words.slice(range))),
            // A text has no text.
            Some(NounHead::Office(range) | NounHead::Group(range))
                if words.find(range.clone(), tags!("study written-work")).is_none() =>
            {
                Some(words.slice(range).into())
            }
            Some(NounHead::Pronoun(i)) if gender(words, *i).is_some() => {
                self.subject.as_deref().map(Cow::Borrowed)
            }
            Some(NounHead::Pronoun(_)) => self.party.as_deref().map(Cow::Borrowed),
            _ => None,
        };
        self.works.add(words, about.as_deref(), |name| self.names.full(name).into_owned());
        let party = leading.and_then(|head| match head {
            NounHead::Office(range) | NounHead::Group(range) => Some(words.slice(range).into()),
            NounHead::Name(range)
                if range.len() > 1 || is_told_an_institution(words, range.end) =>
            {
                Some(self.names.full(words.slice(range)).into_owned())
            }
            _ => None,
        });
        let party = party.filter(|name: &String| !self.names.is_personal(name));
        self.party = party.or_else(|| self.party.take());
        let person = speaker.clone().filter(|name| !is_relay && self.names.can_be_personal(name));
        let subject = person.or(unnamed).or_else(named).or(speaker);
        self.subject = subject.or_else(|| self.subject.take());
    }
}
