//! One sentence in its paragraph, and who speaks as far as the paragraph alone tells.

use super::attribution::Attribution;
use super::cue_clause::{Clause, CueVerbForm};
use super::lexicon::{self, tags};
use super::name_parts;
use super::noun_phrase::{self, SourcePhrase};
use super::paragraph::Paragraph;
use super::reported_speech::{Speech, SpeechParse};
use super::sentence_tokens::{SentenceTokens, listed};
use super::speaker_introduction::{self, Introduction};
use super::speech_kind::SpeechKind;

/// Maximum length of what stands before a subject and only tells when, where or with whom, in tokens.
const ADJUNCT: usize = 20;
/// Maximum distance to the end of a quotation, in sentences.
const MAX_QUOTE: usize = 40;

/// One paragraph with what it reports.
pub(super) struct ParagraphContext<'p> {
    pub(super) paragraph: &'p Paragraph,
    pub(super) words: &'p [SentenceTokens<'p>],
    pub(super) parses: &'p [SpeechParse],
    /// Who was announced for it.
    pub(super) introduction: Option<Introduction>,
    /// Whether all of it is the announced speaker's.
    pub(super) is_covered: bool,
}

/// One sentence of a paragraph.
#[derive(Clone, Copy)]
pub(super) struct SentenceContext<'p> {
    pub(super) paragraph: &'p ParagraphContext<'p>,
    /// Its index in the paragraph.
    pub(super) index: usize,
    pub(super) words: &'p SentenceTokens<'p>,
    pub(super) parse: &'p SpeechParse,
    /// What the rules take the sentence before it for; none for a paragraph's first.
    pub(super) before: Option<&'p Attribution>,
}

impl<'p> SentenceContext<'p> {
    pub(super) fn new(
        paragraph: &'p ParagraphContext<'p>,
        index: usize,
        before: Option<&'p Attribution>,
    ) -> Self {
        let (words, parse) = (&paragraph.words[index], &paragraph.parses[index]);
        SentenceContext { paragraph, index, words, parse, before }
    }

    /// Who was announced for the paragraph, if this is its first sentence.
    pub(super) fn introduction(self) -> Option<&'p Introduction> {
        self.paragraph.introduction.as_ref().filter(|_| self.index == 0)
    }

    /// Who was announced for the paragraph, if all of the sentence is theirs.
    pub(super) fn covering(self) -> Option<&'p Introduction> {
        let reports = self.parse.main().is_some_and(|speech| {
            speech.trails || speech.source.as_ref().is_some_and(|source| source.head.is_name())
        });
        self.paragraph.introduction.as_ref().filter(|_| self.paragraph.is_covered && !reports)
    }

    /// `Oak has gone, | she added`, `Asked about Oak, | she said`: whether those who are named before a
    /// pronoun are others.
    pub(super) fn names_others_before(self, pronoun: usize) -> bool {
        let (words, main) = (self.words, self.parse.main());
        // `After a meeting with Oak, | he said`
        let is_set_off = words.has_before(pronoun, tags!("comma"));
        let is_joint = |i: usize| {
            // `In his letter to Oak | he wrote`
            let is_sent =
                || words.any(i, listed!["to"]) && words.find(0..i, tags!("written-work")).is_some();
            (is_set_off && words.any(i, listed!["with", "against", "alongside"])) || is_sent()
        };
        let is_beside = words.has(0, tags!("preposition ing subordinate-opener"))
            && (1..pronoun.min(ADJUNCT)).any(is_joint);
        let is_topic = words.any(0, listed!["of"]) || words.any(1, listed!["about"]) || is_beside;
        let is_told = main.is_some_and(|one| one.trails && one.kind != SpeechKind::Frame)
            && words.find(0..pronoun, tags!("quoted scare colon subordinate-opener")).is_none();
        is_topic || is_told
    }

    /// Whether the sentence quotes, or has a cue that stands as a verb: without either nobody but
    /// the outlet can be speaking.
    pub(super) fn mentions_speech(self) -> bool {
        let words = self.words;
        let is_verb = |i: usize| {
            words.cue(i).is_some_and(|cue| {
                let clause = Clause::new(words, i);
                // `I think …` is the text's own.
                let is_own = words.has_before(clause.start, tags!("first-or-second-person"));
                matches!(clause.form, CueVerbForm::Finite | CueVerbForm::Participle)
                    && !clause.negated
                    && !is_own
                    && !clause.is_noun(words)
                    && !clause.is_ruled_out(words, cue)
            })
        };
        (0..words.len()).any(|i| words.has(i, tags!("quoted")) || is_verb(i))
    }

    /// The sentence whose reporting clause tells who speaks here: where the quotation that covers this
    /// one ends, or, where nobody was told before, the next in the paragraph that goes on quoting.
    pub(super) fn closing_speech(self) -> Option<(SentenceContext<'p>, &'p Speech)> {
        let all = self.paragraph;
        let is_told = self.before.is_some_and(|before| !before.speakers.is_empty());
        let quoting = (self.index + 1..all.words.len()).take(MAX_QUOTE).take_while(|next| {
            all.paragraph.goes_on_quoting(*next)
                || (!is_told && all.words[*next].has(0, tags!("quoted")))
        });
        quoting
            .filter_map(|next| Some((next, all.parses[next].main()?)))
            .find(|(_, speech)| speech.trails)
            .map(|(next, speech)| (SentenceContext::new(all, next, self.before), speech))
    }

    /// `“…” — Jo Elm, Valley News` below the quotation that opens the paragraph: who signed it.
    pub(super) fn signature(self) -> Option<(SentenceContext<'p>, SourcePhrase)> {
        let last = self.paragraph.words.len() - 1;
        let signed = &self.paragraph.words[last];
        if !self.paragraph.words[0].has(0, tags!("mark quoted")) {
            return None;
        }
        let is_capital = |i: usize| signed.text(i).starts_with(char::is_uppercase);
        let is_part =
            |i: usize| is_capital(i) || signed.has(i, tags!("comma preposition coordinator other"));
        let is_line = signed.has(0, tags!("dash")) && (1..signed.len()).all(is_part);
        let comma = is_line.then(|| signed.find(1..signed.len(), tags!("comma"))).flatten()?;
        // `— Editorial, Valley News`
        let is_unsigned = signed.any(1, listed!["editorial"]) && comma == 2;
        let name = if is_unsigned { comma + 1..signed.len() } else { 1..comma };
        let source = noun_phrase::within(signed, name)?;
        Some((SentenceContext::new(self.paragraph, last, None), source))
    }

    /// Whose paragraph of a transcript the sentence goes on with: the sentence that opens it with
    /// `ELM: …`, and the name; no name behind `Q:` and `A:`.
    pub(super) fn transcribed(self) -> Option<(SentenceContext<'p>, Option<SourcePhrase>)> {
        let first = &self.paragraph.words[0];
        let opening = SentenceContext::new(self.paragraph, 0, None);
        if matches!(first.text(0), "Q" | "A") && first.has(1, tags!("colon")) {
            return Some((opening, None));
        }
        let label = speaker_introduction::before_colon(first).filter(|_| self.index > 0)?;
        let trails = self.parse.main().is_some_and(|speech| speech.trails);
        (!trails).then_some((opening, Some(label)))
    }

    /// `Elm branded it “a dam that shames us all”`: whose sentence quotes, where it opens with neither a
    /// quotation nor a cue.
    pub(super) fn quoting_subject(self) -> Option<SourcePhrase> {
        let opens_quoted = self.words.has(0, tags!("quoted mark"));
        let subject = self.parse.leading.clone().filter(|_| !opens_quoted)?;
        subject.head.is_name_or_pronoun().then_some(subject)
    }

    /// `“…,” he grinned.`, `“…,” the mayor shot back.`, `“…,” Elm had written on a wall.`: a clause of a few words
    /// behind a quotation reports it, whatever its verb.
    pub(super) fn reporting_tail(self) -> Option<(SourcePhrase, usize)> {
        let words = self.words;
        let end = words.run(1..words.len().max(1), tags!("quoted")).end;
        let is_written = |i: usize| words.any(i, listed!["written", "posted", "texted"]);
        let verbs = (end + 1..words.len().min(end + 6))
            .filter(|verb| words.len() <= verb + 3 || is_written(*verb));
        let mut sources = verbs.filter_map(|verb| {
            let helper = usize::from(words.any_before(verb, listed!["had", "has"]));
            Some((noun_phrase::before(words, verb - helper)?, verb))
        });
        let is_clause = |(source, verb): &(SourcePhrase, usize)| {
            let is_definite = words.any(source.range.start, listed!["the"]);
            source.range.start >= end
                && words.has_small(*verb, tags!("word"))
                && (source.head.is_name_or_pronoun() || is_definite)
        };
        sources.find(is_clause).filter(|_| words.has(0, tags!("quoted")))
    }
}

/// `the clerk's list`, `Elm's own transcript of the talks`, `Valley News poll`: whoever wrote it.
pub(super) fn author(printed: &str) -> &str {
    let has = |word: &str, tags| lexicon::find(&name_parts::plain(word).to_lowercase()).has(tags);
    let small = printed.split(' ').find(|word| !word.starts_with(char::is_uppercase));
    if let Some((publisher, _)) = small.and_then(|small| {
        let work = has(small, tags!("study written-work"));
        printed.split_once(&format!(" {small}")).filter(|_| work)
    }) && !publisher
        .split(' ')
        .any(|word| has(word, tags!("time title determiner label adjective")))
        && !publisher.split(' ').next_back().is_some_and(name_parts::is_usually_small)
    {
        return name_parts::plain(publisher);
    }
    let owner = printed.split_once("’s ").or_else(|| printed.split_once("'s "));
    let is_work = |owned: &str| {
        let entries = owned.split(' ').map(lexicon::find);
        let phrase = entries.take_while(|entry| !entry.has(tags!("preposition")));
        phrase.last().is_some_and(|head| head.has(tags!("written-work")))
    };
    // `Monday's report` is not Monday's.
    let is_time = |owner: &str| has(owner, tags!("time"));
    let author = owner.filter(|(owner, owned)| is_work(owned) && !is_time(owner));
    author.map_or(printed, |(owner, _)| owner)
}
