//! Reported speech within one sentence: who, by which cue, and what part of it is content.

use crate::text::Span;

use super::attributed_share::Shares;
use super::cue_clause::{self, Clause};
use super::cue_complement;
use super::inverted_subject;
use super::leading_phrase;
use super::lexicon::{Complement, Cue, tags};
use super::noun_head::NounHead;
use super::noun_phrase::{self, SourcePhrase};
use super::sentence_tokens::{REACH, SentenceTokens, listed};
use super::source_frame::{self, SourceFrame};
use super::speech_kind::SpeechKind;

/// One act of speech that a sentence reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Speech {
    /// The attributing words, in tokens.
    pub(super) cue: Span,
    pub(super) source: Option<SourcePhrase>,
    /// Whether its content begins before it: `…, he said`.
    pub(super) trails: bool,
    pub(super) kind: SpeechKind,
}

/// What a sentence reports.
#[derive(Debug)]
pub(super) struct SpeechParse {
    /// In the order of their cues.
    pub(super) speeches: Vec<Speech>,
    /// The subject that the sentence opens with.
    pub(super) leading: Option<SourcePhrase>,
    /// How many letters are content, and how many only tell who speaks.
    pub(super) shares: Shares,
    /// Content reaches from the sentence's start to this token …
    before: usize,
    /// … and over these, to the sentence's end or to where another clause goes on.
    behind: Span,
    /// `Elm, who has said so, | left`: the verb behind an aside that reports.
    main_verb: Option<usize>,
    /// Where the main clause begins: `While Elm says so, | Oak said …`.
    pub(super) main_clause: usize,
    /// For each token, whether it is quoted.
    is_quoted: Vec<bool>,
    /// For each token, whether it only tells who speaks.
    is_frame: Vec<bool>,
}

impl SpeechParse {
    /// Finds the acts of speech of one sentence.
    pub(super) fn new(words: &SentenceTokens<'_>) -> Self {
        let mut parse = SpeechParse {
            speeches: Vec::new(),
            leading: leading_phrase::leading(words),
            shares: Shares::default(),
            before: 0,
            behind: words.len()..words.len(),
            main_verb: None,
            main_clause: cue_clause::main_clause(words),
            is_quoted: (0..words.len()).map(|i| words.has(i, tags!("quoted"))).collect(),
            is_frame: vec![false; words.len()],
        };
        let mut i = 0;
        while i < words.len() {
            if let Some(frame) = source_frame::find(words, i) {
                let start = i;
                i = frame.end.max(i + 1);
                parse.add_frame(words, start, frame);
                continue;
            }
            match words.cue(i) {
                Some(cue) => parse.add_verb(words, i, cue),
                None => parse.add_unlisted(words, i),
            }
            i += 1;
        }
        for i in 0..words.len() {
            parse.shares.count(words.weight(i), parse.is_content(i), parse.is_frame[i]);
        }
        parse
    }

    /// Whether the sentence conveys content more than anything else.
    pub(super) fn is_mostly_content(&self) -> bool {
        let opens_quoted = self.is_quoted.first().is_some_and(|is_quoted| *is_quoted)
            && self.speeches.iter().any(|speech| speech.trails);
        self.shares.are_mostly_content(opens_quoted)
    }

    /// `Elm, who has said so, | left`: whether all that is reported stands in a relative clause that the main
    /// clause goes on behind.
    pub(super) fn is_aside(&self) -> bool {
        self.speeches.len() == 1 && self.main_verb.is_some() && self.before == 0
    }

    /// Whether a token is part of what somebody is said to have said.
    pub(super) fn is_content(&self, i: usize) -> bool {
        i < self.before || self.behind.contains(&i) || self.is_quoted[i]
    }

    /// Content begins at this token at the latest.
    fn begin_behind(&mut self, start: usize) {
        self.behind.start = self.behind.start.min(start);
    }

    /// `according to the mayor`, `in Elm's words`, from `start` on.
    fn add_frame(&mut self, words: &SentenceTokens<'_>, start: usize, frame: SourceFrame) {
        let end = match frame.is_open {
            true => cue_clause::next_comma(words, frame.cue.end).unwrap_or(words.len()),
            false => frame.end,
        };
        let leads = frame.cue.start <= 2 || start < 2;
        self.before = self.before.max(start);
        self.begin_behind(end);
        self.is_frame[start..end].fill(true);
        self.speeches.push(Speech {
            cue: frame.cue,
            source: Some(frame.source),
            trails: !leads,
            kind: SpeechKind::Frame,
        });
    }

    /// `“…,” beamed Jo Elm`, `“…,” came the reply from Elm`: between a quotation and a name any verb
    /// reports it.
    fn add_unlisted(&mut self, words: &SentenceTokens<'_>, verb: usize) {
        let Some((source, behind)) = inverted_subject::after_unlisted(words, verb) else { return };
        self.is_frame[verb..behind].fill(true);
        self.resume(words, verb, behind, true);
        let (cue, source) = (verb..verb + 1, Some(source));
        self.speeches.push(Speech { cue, source, trails: true, kind: SpeechKind::Words });
    }

    /// A verb that attributes, if it does so here.
    fn add_verb(&mut self, words: &SentenceTokens<'_>, verb: usize, cue: Cue) {
        let clause = Clause::new(words, verb);
        if clause.is_noun(words) || clause.is_ruled_out(words, cue) {
            return;
        }
        let Some(subject) = self.subject(words, &clause) else { return };
        let source = subject.source.as_ref();
        if source.is_some_and(|source| {
            source.head == NounHead::FirstOrSecondPerson
                || cue_clause::is_noun_after(words, source, verb)
        }) {
            return;
        }
        let behind = subject.behind;
        let start = match source {
            Some(source)
                if !subject.is_inverted
                    && subject.is_near
                    // `laughed at for calling it “…”` tells what somebody did.
                    && !words.has_before(clause.start, tags!("preposition")) =>
            {
                source.range.start.min(clause.start)
            }
            _ => clause.start,
        };
        let kind = SpeechKind::of_verb(words, &clause, cue, source, behind);
        let mut trails = start > 1;
        let is_as_clause =
            cue.complement != Complement::Quote && self.add_as_clause(words, start, behind);
        if !is_as_clause {
            trails = subject.is_near && cue_clause::trails(words, start, behind, verb);
            let is_reporting = || {
                cue_complement::is_complement(words, behind, cue)
                    || source.is_some_and(|source| cue_clause::is_study(words, source))
            };
            if trails {
                self.resume(words, start, behind, subject.is_inverted);
            } else if !subject.is_inverted && is_reporting() {
                self.begin_behind(behind);
                // `…, who said so, left.`, `…, which its owners say, broke.`
                let opens_aside = |at: usize| {
                    words.has_before(at, tags!("relative"))
                        && words.has(at.wrapping_sub(2), tags!("comma"))
                };
                let is_aside = opens_aside(clause.start) || opens_aside(start);
                let end = cue_clause::next_comma(words, behind).filter(|_| is_aside);
                self.main_verb = end.and_then(|end| cue_clause::verb_past(words, end));
                let is_closed = opens_aside(clause.start) || self.main_verb.is_some();
                self.behind.end = end.filter(|_| is_closed).unwrap_or(words.len());
                if cue_clause::is_adjunct(words, start) {
                    self.is_frame[..start].fill(true);
                }
            } else {
                return;
            }
            self.is_frame[start..behind].fill(true);
            if !subject.is_inverted && source.is_some_and(|source| source.range.start > verb) {
                self.frame_relay(words, start);
            }
        }
        let (cue, source) = (verb..verb + 1, subject.source);
        self.speeches.push(Speech { cue, source, trails, kind });
    }

    /// `The News | quoted Elm as saying`: whoever relays is no content.
    fn frame_relay(&mut self, words: &SentenceTokens<'_>, verb: usize) {
        if let Some(relay) = noun_phrase::before(words, verb) {
            self.is_frame[relay.range.start..verb].fill(true);
        }
    }

    /// `As Elm said, …`, `…, as Elm said`: all but the clause is content.
    fn add_as_clause(&mut self, words: &SentenceTokens<'_>, start: usize, behind: usize) -> bool {
        let Some(joint) = start.checked_sub(1).filter(|joint| words.any(*joint, listed!["as"]))
        else {
            return false;
        };
        let end = words.run(behind..behind + REACH, tags!("word")).end;
        let closes = words.has(end, tags!("comma")) || (joint > 1 && words.has(end, tags!("stop")));
        let opens = joint == 0 || (joint == 1 && words.has(0, tags!("connective")));
        if !closes || !(opens || words.has_before(joint, tags!("comma"))) {
            return false;
        }
        if opens {
            self.begin_behind(end);
        } else {
            self.before = self.before.max(joint);
        }
        self.is_frame[joint..end].fill(true);
        true
    }

    /// Content stands before a reporting clause, and goes on after `…, he said, …` unless an aside follows.
    fn resume(
        &mut self,
        words: &SentenceTokens<'_>,
        start: usize,
        behind: usize,
        is_inverted: bool,
    ) {
        self.before = self.before.max(start);
        let end = cue_clause::next_comma(words, behind).unwrap_or(words.len());
        if !(is_inverted && words.has(end + 1, tags!("aside-opener ing"))) {
            self.begin_behind(end);
        }
        self.is_frame[behind..end].fill(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::lexicon::Tags;
    use crate::voice::quotations;

    /// The sentence's attributing words, and whether it is mostly content.
    #[track_caller]
    fn check(text: &str, cues: &[&str], attributed: bool) {
        let lower = text.to_ascii_lowercase();
        let found = quotations::quotes(text);
        let words = SentenceTokens::new(text, &lower, &(0..text.len()), |start| {
            match found.iter().find(|quote| quote.span.contains(&start)) {
                None => Tags::default(),
                Some(quote) if quote.is_scare => tags!("scare"),
                Some(_) => tags!("quoted"),
            }
        });
        let parse = SpeechParse::new(&words);
        let seen: Vec<&str> =
            parse.speeches.iter().map(|speech| words.slice(&speech.cue)).collect();
        assert_eq!(seen, cues, "{text}");
        assert_eq!(parse.is_mostly_content(), attributed, "{text}");
    }

    #[test]
    fn indirect_speech() {
        check("The mayor said that the dam would hold for years.", &["said"], true);
        check("The dam would hold for years, the mayor said on Monday.", &["said"], true);
        check("The dam, she said, would hold for years.", &["said"], true);
        check("Officials told reporters the dam was safe.", &["told"], true);
    }

    #[test]
    fn direct_and_mixed_speech() {
        check("“The dam will hold for years,” said Jo Elm.", &["said"], true);
        check("Elm called it “the worst dam in the whole valley.”", &["called"], true);
        check("“We tried,” Elm said, adding that nobody helped them.", &["said", "adding"], true);
    }

    #[test]
    fn according() {
        check("According to the mayor, the dam will hold.", &["According to"], true);
        check("As reported by the Valley News, the dam will hold.", &["As reported by"], true);
        check("The dam will hold, according to the mayor.", &["according to"], true);
    }

    #[test]
    fn narrated_acts_stay_the_outlets() {
        check("The mayor defended the plan on Monday.", &[], false);
        check("The idea was scorned by senior engineers.", &[], false);
        check("The plan drew ridicule from all sides.", &[], false);
        check("The report was late.", &[], false);
        check("Elm would not say where she stood.", &[], false);
    }

    #[test]
    fn aims() {
        check("Elm vowed to rebuild the dam within a year.", &["vowed"], true);
        check("Elm urged the council to rebuild the dam.", &["urged"], true);
    }

    #[test]
    fn what_is_no_speech() {
        check("Nobody said that the dam would hold.", &[], false);
        check("Nobody could say when the dam would open.", &[], false);
        check("Elm declined to say what she thinks of the dam.", &[], false);
        check("Shares in the dam, which has said it would close, rose.", &["said"], false);
        check("I think the dam will hold for years.", &[], false);
    }

    #[test]
    fn as_somebody_said() {
        check("As the Valley News reported, the dam had been leaking.", &["reported"], true);
        check("The dam had been leaking for years, as Elm noted.", &["noted"], true);
        check("As the crowd cheered, the dam was opened.", &[], false);
    }

    #[test]
    fn days_and_asides_before_the_clause() {
        check("The Valley News reported on Monday the dam was leaking.", &["reported"], true);
        check("But in dry years, he said the dam could stay empty.", &["said"], true);
    }

    #[test]
    fn nouns_are_no_verbs() {
        check("Her claims about the dam were many.", &[], false);
        check("The new report surprised the whole valley.", &[], false);
    }
}
