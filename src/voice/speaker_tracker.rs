//! The speakers of an article, followed paragraph by paragraph: what one sentence leaves open, those
//! before it may answer.

use std::borrow::Cow;

use crate::article_parts::ArticlePart;

use super::attribution::{Attribution, Voice};
use super::lexicon::tags;
use super::name_parts::{self, is_person, is_role, plain};
use super::noun_head::{NounHead, gender};
use super::noun_phrase::SourcePhrase;
use super::paragraph::Paragraph;
use super::paragraph_context::{ParagraphContext, SentenceContext};
use super::person_names::PersonNames;
use super::places::is_inhabitant;
use super::reported_speech::{Speech, SpeechParse};
use super::sentence_tokens::{SentenceTokens, listed};
use super::signed_tweets;
use super::speaker_introduction::{self, Introduction, IntroductionKind};
use super::written_works::WrittenWorks;

/// Maximum number of paragraphs without a speaker before the last one is forgotten.
pub(super) const MAX_SILENCE: usize = 2;

/// What the sentences so far tell.
#[derive(Debug, Default)]
pub(super) struct SpeakerTracker {
    pub(super) names: PersonNames,
    pub(super) last_speakers: Vec<String>,
    /// Number of paragraphs since they spoke.
    pub(super) silence: usize,
    /// The person that the latest sentence was about.
    pub(super) subject: Option<String>,
    /// The group or institution that the latest sentences were about.
    pub(super) party: Option<String>,
    pub(super) works: WrittenWorks,
    /// Whether the latest sentence opened with that person.
    pub(super) opened_with_subject: bool,
    /// The voice of that sentence.
    pub(super) latest_voice: Option<Voice>,
    /// Whether whoever spoke last only told what others said: `the Valley News reported`.
    pub(super) is_relayed: bool,
    /// The people that the latest sentences named, the last one last.
    pub(super) recent: Vec<String>,
    /// How many of them the last one of these sentences named.
    pub(super) latest: usize,
    /// The only person that the sentence before named, in the outlet's voice and this paragraph.
    pub(super) only_named: Option<String>,
    /// Whether a quotation was left open at the end of the paragraph before.
    pub(super) is_quote_open: bool,
    pub(super) introduction: Option<Introduction>,
}

/// What the rules decide for one sentence.
#[derive(Debug)]
pub(super) struct RuleVerdict {
    pub(super) attribution: Attribution,
    /// Where that is the outlet: what it is if the model decides otherwise; none where nobody else
    /// could be speaking.
    pub(super) alternative: Option<Attribution>,
    /// Whether the page itself tells whose words they are: a signature, an announcement.
    pub(super) is_certain: bool,
}

impl RuleVerdict {
    /// Nothing else can be decided.
    pub(super) fn certain(attribution: Attribution) -> Self {
        RuleVerdict { attribution, alternative: None, is_certain: true }
    }
}

impl SpeakerTracker {
    pub(super) fn new(names: PersonNames) -> Self {
        SpeakerTracker { names, ..SpeakerTracker::default() }
    }

    /// Whether the latest sentence reported nothing and opened with a person, who took the speaker's place.
    pub(super) fn is_speaker_replaced(&self) -> bool {
        self.opened_with_subject && self.latest_voice == Some(Voice::Outlet)
    }

    /// The verdict on each sentence of the next paragraph.
    pub(super) fn verdicts(
        &mut self,
        paragraph: &Paragraph,
        words: &[SentenceTokens<'_>],
        parses: &[SpeechParse],
    ) -> Vec<RuleVerdict> {
        let introduction = self.introduction.take();
        let is_covered = introduction.as_ref().is_some_and(|one| one.covers(words, parses));
        let context = ParagraphContext { paragraph, words, parses, introduction, is_covered };
        self.only_named = None;
        let mut verdicts: Vec<RuleVerdict> = Vec::with_capacity(words.len());
        for (index, signer) in signed_tweets::signers(words, parses).iter().enumerate() {
            // A tweet set into the text is nobody's turn to speak in it.
            if let Some(name) = signer {
                let speakers = vec![self.names.full(name).into_owned()];
                verdicts.push(RuleVerdict::certain(Attribution::unquoted(speakers, "")));
                continue;
            }
            let before = verdicts.last().map(|verdict| &verdict.attribution);
            let sentence = SentenceContext::new(&context, index, before);
            let attribution = self.attribution(sentence);
            let is_outlet = attribution.voice == Voice::Outlet;
            let alternative = is_outlet.then(|| self.alternative(sentence)).flatten();
            let is_certain = sentence.covering().is_some()
                || attribution.cue == ":"
                || (is_outlet && sentence.parse.is_aside())
                || (!is_outlet && sentence.transcribed().is_some());
            self.learn_gender(sentence, &attribution);
            self.remember(&words[index], &parses[index], &attribution);
            verdicts.push(RuleVerdict { attribution, alternative, is_certain });
        }
        // A headline speaks to the article only for people who are named in it.
        if paragraph.part == ArticlePart::Headline {
            self.last_speakers.retain(|name| self.names.is_known(name));
        }
        self.silence += 1;
        self.is_quote_open = paragraph.is_open();
        self.introduction = self.announced(&context, &verdicts);
        if self.introduction.is_none() {
            let labelled = || labelled(&context, &verdicts);
            let past = context.introduction.clone().filter(|_| is_covered).or_else(labelled);
            self.introduction = past.map(Introduction::past);
        }
        verdicts
    }

    /// The attribution of a sentence by the rules alone.
    fn attribution(&self, sentence: SentenceContext<'_>) -> Attribution {
        if let Some(introduction) = sentence.covering() {
            return Attribution::unquoted(introduction.speakers.clone(), &introduction.cue);
        }
        let main = sentence.parse.main();
        if !main.is_some_and(|speech| speech.trails)
            && let Some(source) = speaker_introduction::before_colon(sentence.words)
        {
            return Attribution::attributed(self.labelled(sentence, &source), ":");
        }
        if let Some((opening, label)) = sentence.transcribed() {
            let is_answer = opening.words.text(0) == "A";
            let speakers = match label {
                Some(label) => self.labelled(opening, &label),
                // `A: …`: whoever answered before, or whom the interview was announced with.
                None if is_answer && !self.last_speakers.is_empty() => self.last_speakers.clone(),
                None if is_answer => self.subject.iter().cloned().collect(),
                None => Vec::new(),
            };
            return Attribution::attributed(speakers, if sentence.index == 0 { ":" } else { "" });
        }
        match main {
            _ if !sentence.parse.is_mostly_content() => Attribution::outlet(),
            Some(speech) => self.reported(sentence, speech),
            None => self.quoted_alone(sentence),
        }
    }

    /// Whom the label of a transcript names.
    fn labelled(&self, sentence: SentenceContext<'_>, label: &SourcePhrase) -> Vec<String> {
        let found = self.resolve(sentence, label);
        let printed = sentence.words.slice(&label.range);
        match self.names.labelled(printed) {
            Some(name) if found.iter().all(|found| found == printed) => vec![name.to_string()],
            _ => found,
        }
    }

    /// Who would speak in a sentence that the rules leave to the outlet.
    fn alternative(&self, sentence: SentenceContext<'_>) -> Option<Attribution> {
        if sentence.words.has(0, tags!("mark")) {
            return Some(self.quoted_alone(sentence));
        }
        if let Some(speech) = sentence.parse.main() {
            return Some(self.reported(sentence, speech));
        }
        if !sentence.mentions_speech() {
            return None;
        }
        // `Elm is hopeful that …`: whose mind the sentence tells.
        let subject = sentence.parse.leading.clone();
        let subject = subject.filter(|source| !matches!(source.head, NounHead::Group(_)));
        let mut speakers = subject.map_or_else(Vec::new, |source| self.resolve(sentence, &source));
        // What opens a sentence has a capital, name or not.
        speakers.retain(|name| self.names.is_known(name));
        Some(Attribution::attributed(speakers, ""))
    }

    /// A sentence whose content a reporting clause frames.
    fn reported(&self, sentence: SentenceContext<'_>, speech: &Speech) -> Attribution {
        let cue = sentence.words.slice(&speech.cue);
        Attribution::attributed(self.speakers(sentence, speech), cue)
    }

    /// Everybody whose words the sentence conveys.
    fn speakers(&self, sentence: SentenceContext<'_>, main: &Speech) -> Vec<String> {
        let Some(source) = &main.source else {
            let introduction = sentence.introduction();
            let unfinished = introduction.filter(|one| one.kind == IntroductionKind::Unfinished);
            return unfinished.map_or_else(Vec::new, |one| one.speakers.clone());
        };
        let (words, parse) = (sentence.words, sentence.parse);
        let named = parse.named_later(words, source).unwrap_or(source);
        let mut speakers = self.resolve(sentence, named);
        for name in parse.coordinate(words, main).flat_map(|source| self.resolve(sentence, source))
        {
            if !speakers.contains(&name) {
                speakers.push(name);
            }
        }
        speakers
    }

    /// A sentence of quoted words without a cue.
    fn quoted_alone(&self, sentence: SentenceContext<'_>) -> Attribution {
        if let Some((source, verb)) = sentence.reporting_tail() {
            let cue = sentence.words.text(verb);
            return Attribution::attributed(self.resolve(sentence, &source), cue);
        }
        if let Some((signed, name)) = sentence.signature() {
            return Attribution::attributed(self.resolve(signed, &name), "");
        }
        if let Some((closing, speech)) = sentence.closing_speech() {
            return Attribution::attributed(self.speakers(closing, speech), "");
        }
        let named = sentence.introduction().filter(|one| !one.speakers.is_empty());
        if let Some(introduction) = named {
            return Attribution::attributed(introduction.speakers.clone(), &introduction.cue);
        }
        if let Some(subject) = sentence.quoting_subject() {
            let speakers = self.resolve(sentence, &subject);
            if speakers.iter().any(|name| self.names.is_somebody(name)) {
                return Attribution::attributed(speakers, "");
            }
        }
        let speakers = match sentence.before {
            Some(before) if before.voice == Voice::Attributed => before.speakers.clone(),
            None if self.is_quote_open
                || (self.silence <= MAX_SILENCE && !self.last_speakers.is_empty()) =>
            {
                self.last_speakers.clone()
            }
            _ if !self.last_speakers.is_empty() && !self.opened_with_subject => {
                self.last_speakers.clone()
            }
            _ => {
                let is_somebody = |name: &&String| self.names.is_somebody(name) || is_role(name);
                self.subject.iter().filter(is_somebody).cloned().collect()
            }
        };
        Attribution::attributed(speakers, "")
    }

    /// The names behind a phrase; none where it is not plain.
    fn resolve(&self, sentence: SentenceContext<'_>, source: &SourcePhrase) -> Vec<String> {
        let mut found = self.named(sentence, source);
        found.retain(|name| !name_parts::is_nobody(name));
        found
    }

    fn named(&self, sentence: SentenceContext<'_>, source: &SourcePhrase) -> Vec<String> {
        match &source.head {
            NounHead::Name(name)
                if name.len() == 1
                    && sentence.words.any_before(name.start, listed!["the"])
                    && is_inhabitant(sentence.words.lower(name.start)) =>
            {
                self.role(sentence, name)
            }
            NounHead::Name(name) => {
                let names = sentence.words.slice(name).split(" and ");
                names.map(|name| self.names.full(name).into_owned()).collect()
            }
            NounHead::Office(role) | NounHead::Group(role) => self.role(sentence, role),
            NounHead::Pronoun(pronoun) => match gender(sentence.words, *pronoun) {
                Some(is_female) => self.person(sentence, *pronoun, is_female),
                None => self.group(sentence.before),
            },
            NounHead::FirstOrSecondPerson => Vec::new(),
        }
    }

    /// Who was announced for the next paragraph.
    fn announced(
        &self,
        paragraph: &ParagraphContext<'_>,
        verdicts: &[RuleVerdict],
    ) -> Option<Introduction> {
        let last = paragraph.words.len().checked_sub(1)?;
        let before = last.checked_sub(1).map(|before| &verdicts[before].attribution);
        let sentence = SentenceContext::new(paragraph, last, before);
        let (words, parse) = (sentence.words, sentence.parse);
        let announcement = speaker_introduction::announcement(words, parse)?;
        let source = announcement.source.as_ref();
        let mut speakers = source.map_or_else(Vec::new, |source| self.resolve(sentence, source));
        let is_lead = announcement.kind == IntroductionKind::Lead;
        if is_lead {
            speakers.retain(|name| self.names.is_somebody(name));
        }
        let speech = parse.speeches.last();
        let until = speech.map(|speech| speech.cue.start).or(announcement.verb);
        let until = until.or(is_lead.then_some(words.len()));
        if let Some(until) = until.filter(|_| !speakers.iter().any(|name| is_person(name))) {
            // `Elm's report found … as follows:`: whoever was named last before the verb.
            let nearest = self.names.people_in(words, 0..until).last();
            speakers = nearest.map(Cow::into_owned).into_iter().collect();
        }
        let cue = match announcement.verb {
            Some(verb) => words.text(verb),
            None if announcement.kind == IntroductionKind::Colon => ":",
            None => "",
        };
        // `The board says of this:`: what a sentence reports goes on below it, whoever said it.
        let reports = !parse.speeches.is_empty();
        if reports && speakers.is_empty() {
            let own = verdicts.last()?;
            let own = own.alternative.as_ref().unwrap_or(&own.attribution);
            speakers.clone_from(&own.speakers);
        }
        // `The key passage reads as follows:`: the text of whoever spoke last; `Her letter reads:`: of whom the
        // latest sentence was about.
        let is_text = || words.find(0..words.len(), tags!("written-work study")).is_some();
        let is_own_text = |source: &SourcePhrase| {
            matches!(source.head, NounHead::Group(_))
                && words.find(source.range.clone(), tags!("written-work study")).is_some()
        };
        // `Part of her letter | reads:`
        if source.is_some_and(is_own_text) {
            speakers.clear();
        }
        speakers.iter_mut().for_each(|name| name.truncate(plain(name).len()));
        let is_near = self.silence <= MAX_SILENCE || self.last_speakers.is_empty();
        if speakers.is_empty()
            && announcement.kind == IntroductionKind::Colon
            && is_near
            && is_text()
        {
            let is_owned = words.find(0..words.len(), tags!("owner")).is_some();
            let (subject, last) = (self.subject.iter(), self.last_speakers.iter());
            speakers = match is_owned || self.last_speakers.is_empty() {
                true => subject.cloned().collect(),
                false => last.cloned().collect(),
            };
        }
        let kind = match announcement.kind {
            IntroductionKind::Lead if reports => IntroductionKind::Colon,
            kind => kind,
        };
        let is_told = !speakers.is_empty() || (reports && kind == IntroductionKind::Colon);
        is_told.then(|| Introduction { speakers, cue: cue.to_string(), kind })
    }
}

/// Whose paragraph of a transcript one is.
fn labelled(paragraph: &ParagraphContext<'_>, verdicts: &[RuleVerdict]) -> Option<Introduction> {
    let label = speaker_introduction::before_colon(paragraph.words.first()?)?;
    let is_shouted = !paragraph.words[0].slice(&label.range).contains(char::is_lowercase);
    let first = &verdicts.first()?.attribution;
    let (speakers, cue) = (first.speakers.clone(), String::new());
    let introduction = Introduction { speakers, cue, kind: IntroductionKind::Past };
    (is_shouted && first.cue == ":").then_some(introduction)
}
