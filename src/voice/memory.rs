//! What a sentence leaves for those behind it: who spoke, whom it was about, what was written.

use std::borrow::Cow;

use crate::text::Span;

use super::attribution::{Attribution, Voice};
use super::lexicon::tags;
use super::name_parts::{is_person, is_role};
use super::noun_head::{NounHead, gender};
use super::noun_phrase::SOME;
use super::paragraph_context::SentenceContext;
use super::reported_speech::SpeechParse;
use super::sentence_tokens::{SentenceTokens, is_possessive, listed};
use super::speaker_tracker::SpeakerTracker;

/// Maximum number of people that are remembered.
const MAX_RECENT: usize = 4;
/// Maximum length of a phrase for somebody that is taken whole, in words.
const MAX_WHOLE: usize = 4;

/// `a nurse`, `one of the nurses`, `the driver's sister`: whether a phrase tells of one person for the first
/// time.
fn is_introduced(words: &SentenceTokens<'_>, role: &Span) -> bool {
    let start = role.start;
    let endings = ["s", "es"];
    let singular = |i: usize| endings.map(|ending| words.lower(i).strip_suffix(ending));
    let is_people = |i: usize| singular(i).into_iter().flatten().any(is_role);
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
        let leading = parse.leading.as_ref().map(|source| &source.head);
        let holder = leading.and_then(|head| self.holder_told_of(words, head));
        let people = self.names.people_in(words, 0..words.len()).map(Cow::into_owned);
        let mut people: Vec<String> = holder.iter().cloned().chain(people).collect();
        people.dedup();
        let leader = match leading {
            Some(NounHead::Name(range)) => Some(self.names.full(words.slice(range)).into_owned()),
            _ => holder,
        };
        let leader = leader.and_then(|leader| people.iter().position(|name| *name == leader));
        self.only_named = match &people[..] {
            [name] if *voice == Voice::Outlet && leader.is_some() => Some(name.clone()),
            _ => None,
        };
        let latest = people.len().saturating_sub(MAX_RECENT);
        self.recent.extend_from_slice(&people[latest..]);
        self.latest = if people.is_empty() { self.latest } else { people.len() - latest };
        self.recent.drain(..self.recent.len().saturating_sub(MAX_RECENT));
        let unnamed = leading.and_then(|head| self.introduced(words, head));
        let opening = 0..words.len().min(4);
        self.opened_with_subject = leader.is_some()
            || unnamed.is_some()
            || self.names.people_in(words, opening).next().is_some();
        self.latest_voice = Some(*voice);
        self.remember_works(words, leading);
        self.party = leading.and_then(|head| self.party_told_of(words, head)).or(self.party.take());

        let personal = people.iter().position(|name| self.names.is_personal(name));
        // `He beat Oak` goes on about whoever *he* is.
        let goes_on = matches!(leading, Some(NounHead::Pronoun(i)) if gender(words, *i).is_some());
        let named = people.into_iter().filter(|_| !goes_on || self.subject.is_none());
        let named = named.into_iter().nth(leader.or(personal).unwrap_or(0));
        let speaker = speakers.first().filter(|name| is_person(name) || is_role(name)).cloned();
        let person = speaker.clone().filter(|name| !is_relay && self.names.can_be_personal(name));
        let subject = person.or(unnamed).or(named).or(speaker);
        self.subject = subject.or_else(|| self.subject.take());
    }

    /// `The president went home.`: who that is.
    fn holder_told_of(&self, words: &SentenceTokens<'_>, head: &NounHead) -> Option<String> {
        let NounHead::Group(role) = head else { return None };
        let is_title = words.has(role.end - 1, tags!("title"));
        let is_definite = words.any_before(role.start, listed!["the"]);
        (is_title && is_definite).then(|| self.names.holder(words.slice(role))).flatten()
    }

    /// `A nurse came in.`: somebody without a name, where nobody with one stands before it.
    fn introduced(&self, words: &SentenceTokens<'_>, head: &NounHead) -> Option<String> {
        let NounHead::Group(role) = head else { return None };
        if !is_introduced(words, role)
            || self.names.people_in(words, 0..role.start).next().is_some()
        {
            return None;
        }
        // `the mother of one of the boys`: what follows the noun may hold the verb.
        let joint = words.find(role.start + 1..role.end, tags!("preposition"));
        let end = joint.filter(|_| role.len() > MAX_WHOLE).unwrap_or(role.end);
        Some(words.slice(&(role.start..end)).to_string())
    }

    /// The group or institution that a sentence opens with.
    fn party_told_of(&self, words: &SentenceTokens<'_>, head: &NounHead) -> Option<String> {
        let party = match head {
            NounHead::Office(range) | NounHead::Group(range) => words.slice(range).to_string(),
            NounHead::Name(range)
                if range.len() > 1 || is_told_an_institution(words, range.end) =>
            {
                self.names.full(words.slice(range)).into_owned()
            }
            _ => return None,
        };
        (!self.names.is_personal(&party)).then_some(party)
    }

    /// Adds what was written, by whoever the sentence opens with.
    fn remember_works(&mut self, words: &SentenceTokens<'_>, leading: Option<&NounHead>) {
        let author = match leading {
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
        self.works.add(words, author.as_deref(), |name| self.names.full(name).into_owned());
    }
}
