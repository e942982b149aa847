//! The story of an article's voices, told paragraph by paragraph: what one sentence leaves open,
//! those before it may answer.

use std::borrow::Cow;

use crate::text::Span;

use super::function_words::Role;
use super::noun_head::NounHead;
use super::noun_phrase::{self, SourcePhrase};
use super::paragraph::Paragraph;
use super::paragraph_context::{ParagraphContext, author, reporting_tail, transcribed};
use super::person_names::PersonNames;
use super::reported_speech::{Speech, SpeechParse};
use super::sentence_tokens::{Kind, SentenceTokens, listed};
use super::speaker_introduction::{self, Introduction, IntroductionKind};
use super::{Attribution, Voice};

/// After how many paragraphs without a speaker the last one is forgotten.
const MEMORY: usize = 2;

/// How many of the people named last are kept in mind.
const RECENT: usize = 4;

/// What is known so far.
#[derive(Debug)]
pub(super) struct SpeakerTracker {
    names: PersonNames,
    /// Who spoke last, and how many paragraphs ago.
    last: Vec<String>,
    silence: usize,
    /// The person that the latest sentence was about.
    subject: Option<String>,
    /// Whether the latest sentence opened with that person.
    introduced: bool,
    /// Whether that sentence reported nothing, so that the person took the speaker's place.
    turned: bool,
    /// The people that the latest sentences named, the last one last.
    recent: Vec<String>,
    /// The only person that the sentence before named, in the outlet's voice and this paragraph.
    sole: Option<String>,
    /// Whether the paragraph before was left open.
    open: bool,
    lead: Option<Introduction>,
}

/// What the rules make of one sentence.
#[derive(Debug)]
pub(super) struct RuleVerdict {
    pub(super) by_rules: Attribution,
    /// Where they leave it to the outlet: what it is if its signs tell that it is not; none where
    /// nobody else could be speaking.
    pub(super) instead: Option<Attribution>,
    /// Whether the page itself tells whose words they are: a signature, an announcement.
    pub(super) sure: bool,
}

impl SpeakerTracker {
    pub(super) fn new(names: PersonNames) -> Self {
        SpeakerTracker {
            names,
            last: Vec::new(),
            silence: 0,
            subject: None,
            introduced: false,
            turned: false,
            recent: Vec::new(),
            sole: None,
            open: false,
            lead: None,
        }
    }

    /// The voice of each sentence of the next paragraph, by the rules.
    pub(super) fn tell(
        &mut self,
        paragraph: &Paragraph,
        words: &[SentenceTokens<'_>],
        readings: &[SpeechParse],
    ) -> Vec<RuleVerdict> {
        let signers = speaker_introduction::signers(words, readings);
        let lead = self.lead.take();
        let covered = lead.as_ref().is_some_and(|lead| lead.covers(words, readings));
        self.sole = None;
        let scene = ParagraphContext { paragraph, words, readings, lead, covered };
        let mut found: Vec<RuleVerdict> = Vec::with_capacity(words.len());
        for (at, signer) in signers.iter().enumerate() {
            // A tweet set into the text is nobody's turn to speak in it.
            if let Some(name) = signer {
                let by_rules =
                    bare(attributed(vec![self.names.full(name).into_owned()], String::new()));
                found.push(RuleVerdict { by_rules, instead: None, sure: true });
                continue;
            }
            let before = found.last().map(|told| &told.by_rules);
            let by_rules = self.sentence(&scene, at, before);
            let left = by_rules.voice == Voice::Outlet;
            let instead = left.then(|| self.instead(&scene, at, before)).flatten();
            self.learn(&words[at], &readings[at], &by_rules);
            self.remember(&words[at], &by_rules);
            let announced = scene.covered && readings[at].speeches.is_empty();
            let sure = announced || by_rules.cue == ":";
            found.push(RuleVerdict { by_rules, instead, sure });
        }
        self.silence += 1;
        self.open = paragraph.is_open();
        let fading = scene.lead.as_ref().filter(|_| scene.covered).map(Introduction::fade);
        self.lead = self.announced(&scene, &found).or(fading);
        found
    }

    fn sentence(
        &self,
        scene: &ParagraphContext<'_>,
        at: usize,
        before: Option<&Attribution>,
    ) -> Attribution {
        let (words, reading) = (&scene.words[at], &scene.readings[at]);
        let covered = scene.covered && reading.speeches.is_empty();
        if let Some(lead) = scene.lead.as_ref().filter(|_| covered) {
            return bare(attributed(lead.speakers.clone(), lead.cue.clone()));
        }
        let framed = reading.main().is_some_and(|speech| speech.trails);
        if let Some(source) = speaker_introduction::before_colon(words).filter(|_| !framed) {
            return attributed(self.resolve(words, &source, before), ":".to_string());
        }
        if let Some(speakers) = transcribed(scene, at, before) {
            return attributed(speakers, if at == 0 { ":".to_string() } else { String::new() });
        }
        if !reading.is_mostly_content() {
            return Attribution::outlet();
        }
        match reading.main() {
            Some(speech) => {
                let cue = words.slice(&speech.cue).to_string();
                attributed(self.speakers(scene, at, speech, before), cue)
            }
            None => self.floating(scene, at, before),
        }
    }

    /// Who would speak in a sentence that the rules leave to the outlet.
    fn instead(
        &self,
        scene: &ParagraphContext<'_>,
        at: usize,
        before: Option<&Attribution>,
    ) -> Option<Attribution> {
        let words = &scene.words[at];
        if words.is(0, Kind::Mark) {
            return Some(self.floating(scene, at, before));
        }
        if let Some(speech) = scene.readings[at].main() {
            let cue = words.slice(&speech.cue).to_string();
            return Some(attributed(self.speakers(scene, at, speech, before), cue));
        }
        if !scene.tells_of_somebody(at) {
            return None;
        }
        // `Elm is hopeful that …`: whose mind the sentence tells.
        let subject = noun_phrase::leading(words).filter(|source| {
            matches!(source.head, NounHead::Name(_) | NounHead::Office(_) | NounHead::Pronoun(_))
        });
        let mut speakers =
            subject.map_or_else(Vec::new, |source| self.resolve(words, &source, before));
        // What opens a sentence has a capital, name or not.
        speakers.retain(|name| self.names.is_known(name));
        Some(attributed(speakers, String::new()))
    }

    /// Everybody whose words the sentence conveys.
    fn speakers(
        &self,
        scene: &ParagraphContext<'_>,
        at: usize,
        main: &Speech,
        before: Option<&Attribution>,
    ) -> Vec<String> {
        let (words, reading) = (&scene.words[at], &scene.readings[at]);
        let Some(source) = &main.source else {
            let lead = scene
                .lead
                .as_ref()
                .filter(|lead| at == 0 && lead.kind == IntroductionKind::Unfinished);
            return lead.map_or_else(Vec::new, |lead| lead.speakers.clone());
        };
        let named = reading.named_instead(words, source).unwrap_or(source);
        let mut speakers = self.resolve(words, named, before);
        for speech in reading.joined(words, main) {
            for name in speech.source.iter().flat_map(|source| self.resolve(words, source, before))
            {
                if !speakers.contains(&name) {
                    speakers.push(name);
                }
            }
        }
        speakers
    }

    /// A sentence of quoted words and no attributing word.
    fn floating(
        &self,
        scene: &ParagraphContext<'_>,
        at: usize,
        before: Option<&Attribution>,
    ) -> Attribution {
        if let Some((source, verb)) = reporting_tail(&scene.words[at]) {
            let words = &scene.words[at];
            return attributed(self.resolve(words, &source, before), words.text(verb).to_string());
        }
        if let Some((next, speech)) = scene.closing_speech(at) {
            return attributed(self.speakers(scene, next, speech, before), String::new());
        }
        if let Some(lead) = scene.lead.as_ref().filter(|_| at == 0) {
            return attributed(lead.speakers.clone(), lead.cue.clone());
        }
        let speakers = match before {
            Some(before) if before.voice == Voice::Attributed => before.speakers.clone(),
            None if self.open || self.silence <= MEMORY => self.last.clone(),
            _ => self.subject.iter().filter(|_| self.introduced).cloned().collect(),
        };
        attributed(speakers, String::new())
    }

    /// The names behind a phrase; none where it is not plain.
    fn resolve(
        &self,
        words: &SentenceTokens<'_>,
        source: &SourcePhrase,
        before: Option<&Attribution>,
    ) -> Vec<String> {
        match &source.head {
            NounHead::Name(name) => {
                let names = words.slice(name).split(" and ");
                names.map(|name| self.names.full(name).into_owned()).collect()
            }
            NounHead::Office(role) | NounHead::Group(role) => vec![self.role(words, role)],
            NounHead::Pronoun(at) => self.pronoun(words, *at, before),
            NounHead::Own => Vec::new(),
        }
    }

    /// Who `the senator` is; as printed where that is not plain.
    fn role(&self, words: &SentenceTokens<'_>, role: &Span) -> String {
        let printed = author(words.slice(role));
        let printed = printed.trim_end_matches(" himself").trim_end_matches(" herself");
        let before = role.start.wrapping_sub(1);
        let some = words.any(before, listed!["a", "an", "one", "another", "some", "any"]);
        if some || printed.split(' ').count() > 3 || printed.ends_with('s') {
            return printed.to_string();
        }
        // `Jo Elm came. “…,” the senator said.`
        let same = words.any(before, listed!["the"]) && words.plays(role.end - 1, Role::Title);
        let sole = || self.sole.clone().filter(|_| same && !words.is_capital(role.end - 1));
        let full = || self.names.full(printed).into_owned();
        self.names.holder(printed).or_else(sole).unwrap_or_else(full)
    }

    fn pronoun(
        &self,
        words: &SentenceTokens<'_>,
        at: usize,
        before: Option<&Attribution>,
    ) -> Vec<String> {
        let female = match words.lower(at) {
            "he" => false,
            "she" => true,
            _ => return self.group(before),
        };
        let fits = |name: &&String| self.names.is_female(name).is_none_or(|is| is == female);
        let named = self.names.people_in(words, 0..at).map(Cow::into_owned);
        let mut here: Vec<String> = named.filter(|name| fits(&name)).collect();
        here.dedup();
        if here.iter().any(|name| self.names.is_female(name).is_some()) {
            here.retain(|name| self.names.is_female(name).is_some());
        }
        if here.len() == 1 {
            return here;
        }
        let speaker = match &self.last[..] {
            [one] if self.silence <= MEMORY && is_person(one) => Some(one),
            _ => None,
        };
        let subject = self.subject.as_ref();
        let known = subject.is_some_and(|name| self.names.is_female(name).is_some());
        let speaks_on = self.silence == 0 && !(self.turned && known);
        let nearest = if speaks_on { [speaker, subject] } else { [subject, speaker] };
        let fitting = nearest.into_iter().flatten().find(fits);
        fitting.or_else(|| self.only(female)).cloned().into_iter().collect()
    }

    /// The only woman, or man, whom the latest sentences named.
    fn only(&self, female: bool) -> Option<&String> {
        let mut fitting =
            self.recent.iter().filter(|name| self.names.is_female(name) == Some(female));
        let first = fitting.next()?;
        fitting.all(|name| name == first).then_some(first)
    }

    /// Whom `they` stands for: whoever spoke last, if several.
    fn group(&self, before: Option<&Attribution>) -> Vec<String> {
        let last = before.map_or(&self.last, |before| &before.speakers);
        let several = last.len() > 1 || last.first().is_some_and(|name| !is_person(name));
        if several && self.silence <= MEMORY { last.clone() } else { Vec::new() }
    }

    /// `She said …` tells that whoever speaks is a woman.
    fn learn(&mut self, words: &SentenceTokens<'_>, reading: &SpeechParse, told: &Attribution) {
        let source = reading.main().and_then(|speech| speech.source.as_ref());
        if let (Some(NounHead::Pronoun(at)), [name]) =
            (source.map(|source| &source.head), &told.speakers[..])
        {
            match words.lower(*at) {
                "he" => self.names.learn(name, false),
                "she" => self.names.learn(name, true),
                _ => {}
            }
        }
    }

    /// Keeps in mind who spoke and whom the sentence was about.
    fn remember(&mut self, words: &SentenceTokens<'_>, told: &Attribution) {
        if !told.speakers.is_empty() {
            self.last.clone_from(&told.speakers);
            self.silence = 0;
        }
        let spoken = told.speakers.first().filter(|name| is_person(name)).cloned();
        let mut people: Vec<Cow<'_, str>> = self.names.people_in(words, 0..words.len()).collect();
        people.dedup();
        let leads = |name: &str| {
            noun_phrase::leading(words).is_some_and(|source| match &source.head {
                NounHead::Name(range) => self.names.full(words.slice(range)) == name,
                _ => false,
            })
        };
        self.sole = match &people[..] {
            [name] if told.voice == Voice::Outlet && leads(name) => Some(name.to_string()),
            _ => None,
        };
        let forgotten = (self.recent.len() + people.len()).saturating_sub(RECENT);
        self.recent.drain(..forgotten.min(self.recent.len()));
        let latest = people.len().saturating_sub(RECENT);
        self.recent.extend(people[latest..].iter().map(ToString::to_string));
        let opening = 0..words.len().min(4);
        self.introduced = self.names.people_in(words, opening).next().is_some();
        self.turned = self.introduced && told.voice == Voice::Outlet;
        let named = || people.into_iter().next().map(Cow::into_owned);
        self.subject = spoken.or_else(named).or_else(|| self.subject.take());
    }

    /// Who was announced for the next paragraph.
    fn announced(
        &self,
        scene: &ParagraphContext<'_>,
        found: &[RuleVerdict],
    ) -> Option<Introduction> {
        let (words, reading) = (scene.words.last()?, scene.readings.last()?);
        let announcement = speaker_introduction::announcement(words, reading)?;
        let before = found.len().checked_sub(2).map(|at| &found[at].by_rules);
        let verb = announcement.verb;
        let source = announcement.source.as_ref();
        let mut speakers =
            source.map_or_else(Vec::new, |source| self.resolve(words, source, before));
        if !speakers.iter().any(|name| is_person(name)) {
            // `Elm's report found … as follows:`: whoever was named last before the verb.
            let until = reading.speeches.last().map(|speech| speech.cue.start).or(verb)?;
            let nearest = self.names.people_in(words, 0..until).last();
            speakers = nearest.map(Cow::into_owned).into_iter().collect();
        }
        let cue = match verb {
            Some(verb) => words.text(verb),
            None if announcement.kind == IntroductionKind::Colon => ":",
            None => "",
        };
        let (cue, kind) = (cue.to_string(), announcement.kind);
        (!speakers.is_empty()).then_some(Introduction { speakers, cue, kind })
    }
}

fn attributed(speakers: Vec<String>, cue: String) -> Attribution {
    Attribution { voice: Voice::Attributed, speakers, cue, is_bare: false }
}

/// Of a sentence that is the source's own words without quote marks.
fn bare(told: Attribution) -> Attribution {
    Attribution { is_bare: true, ..told }
}

/// Groups and roles begin with a small letter, people do not.
fn is_person(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}
