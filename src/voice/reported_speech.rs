//! Reported speech within one sentence: who, by which word, and what part of it is content.

use crate::text::Span;

use super::attributed_share::Shares;
use super::attribution_cues::{Complement, Cue};
use super::clause::{self, Clause, Form};
use super::cue_complement;
use super::function_words::Role;
use super::inverted_subject;
use super::noun_head::NounHead;
use super::noun_phrase::{self, SourcePhrase};
use super::sentence_tokens::{Kind, Quoted, SentenceTokens, listed};

/// One act of speech that a sentence reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Speech {
    /// The attributing words, in tokens.
    pub(super) cue: Span,
    pub(super) source: Option<SourcePhrase>,
    /// Whether its content begins before it: `…, he said`.
    pub(super) trails: bool,
    /// Whether its word conveys quoted words only.
    weak: bool,
}

/// How a token stands to what is reported.
#[derive(Debug, Clone, Copy)]
struct Significance {
    /// Whether it is quoted or reported in brackets.
    is_quoted: bool,
    /// Whether it only tells who speaks.
    is_frame: bool,
}

/// What a sentence reports.
#[derive(Debug)]
pub(super) struct SpeechParse {
    /// In the order of their attributing words.
    pub(super) speeches: Vec<Speech>,
    /// How many letters are content, and how many only tell who speaks.
    pub(super) shares: Shares,
    /// Content reaches from the sentence's start to this token …
    before: usize,
    /// … and from this token …
    behind: usize,
    /// … to this one, where another clause begins, or to its end.
    until: usize,
    /// Where a clause that only leads up to the main one ends: `While Elm says so, | Oak said …`.
    opening: usize,
    /// For each token.
    standings: Vec<Significance>,
}

impl SpeechParse {
    /// Reads one sentence.
    pub(super) fn new(words: &SentenceTokens<'_>) -> Self {
        let standing =
            |at| Significance { is_quoted: words.quoted(at) == Quoted::Yes, is_frame: false };
        let mut reading = SpeechParse {
            speeches: Vec::new(),
            shares: Shares::default(),
            before: 0,
            behind: words.len(),
            until: words.len(),
            opening: clause::opening(words),
            standings: (0..words.len()).map(standing).collect(),
        };
        for at in 0..words.len() {
            let as_reported = at == 1 && words.any(0, listed!["as"]) && words.any(2, listed!["by"]);
            let according = words.any(at, listed!["according"]) && words.any(at + 1, listed!["to"]);
            if according || (as_reported && words.any(at, listed!["reported", "noted", "stated"])) {
                reading.according(words, at);
            } else if let Some(cue) = words.cue(at) {
                reading.verb(words, at, cue);
            }
        }
        let mut shares = Shares::default();
        for (at, standing) in reading.standings.iter().enumerate() {
            shares.count(words.weight(at), reading.is_content(at), standing.is_frame);
        }
        SpeechParse { shares, ..reading }
    }

    /// The act that frames the sentence: the one that trails it, else the first.
    pub(super) fn main(&self) -> Option<&Speech> {
        let mut speeches = self.speeches.iter();
        speeches
            .clone()
            .find(|speech| speech.trails)
            .or_else(|| {
                speeches.clone().find(|speech| !speech.weak && speech.cue.start >= self.opening)
            })
            .or_else(|| speeches.find(|speech| !speech.weak))
            .or_else(|| self.speeches.first())
    }

    /// Other acts that the sentence sets beside its main one: `Elm said …, while Oak said …`.
    pub(super) fn joined<'s>(
        &'s self,
        words: &'s SentenceTokens<'_>,
        main: &'s Speech,
    ) -> impl Iterator<Item = &'s Speech> {
        self.speeches.iter().filter(move |speech| {
            let named =
                speech.source.as_ref().filter(|source| matches!(source.head, NounHead::Name(_)));
            named.is_some_and(|source| {
                speech.cue != main.cue && clause::is_coordinate(words, source.range.start)
            })
        })
    }

    /// `One person thought … – Jo Elm, who called …`: the name that a mere somebody gets later on.
    pub(super) fn named_instead(
        &self,
        words: &SentenceTokens<'_>,
        source: &SourcePhrase,
    ) -> Option<&SourcePhrase> {
        let NounHead::Group(group) = &source.head else { return None };
        let nobody =
            group.len() == 1 && words.any(group.start, listed!["person", "man", "woman", "one"]);
        let mut sources = self.speeches.iter().filter_map(|speech| speech.source.as_ref());
        sources.find(|source| nobody && matches!(source.head, NounHead::Name(_)))
    }

    /// Whether the sentence conveys content more than anything else.
    pub(super) fn is_mostly_content(&self) -> bool {
        let opens_quoted = self.standings.first().is_some_and(|first| first.is_quoted)
            && self.speeches.iter().any(|speech| speech.trails);
        self.shares.are_mostly_content(opens_quoted)
    }

    /// Whether a token is part of what somebody is said to have said.
    pub(super) fn is_content(&self, at: usize) -> bool {
        at < self.before || (self.behind..self.until).contains(&at) || self.standings[at].is_quoted
    }

    /// Notes that some tokens only tell who speaks.
    fn frame(&mut self, tokens: Span) {
        self.standings[tokens].iter_mut().for_each(|token| token.is_frame = true);
    }

    /// `according to the mayor`.
    fn according(&mut self, words: &SentenceTokens<'_>, at: usize) {
        let source = noun_phrase::after(words, at + 2);
        let end = clause::next_comma(words, at + 2).unwrap_or(words.len());
        if let Some(open) = clause::bracket_before(words, at) {
            self.standings[open..at].iter_mut().for_each(|token| token.is_quoted = true);
        } else {
            self.before = self.before.max(at);
            if at <= 2 || !clause::aside_follows(words, end) {
                self.behind = self.behind.min(end);
            }
        }
        self.frame(at..end);
        self.speeches.push(Speech { cue: at..at + 2, source, trails: at > 2, weak: false });
    }

    /// A verb that attributes, if it does so here.
    fn verb(&mut self, words: &SentenceTokens<'_>, at: usize, cue: Cue) {
        let clause = Clause::new(words, at);
        if clause.is_noun(words) || clause.is_ruled_out(words, cue) {
            return;
        }
        let Some(subject) = self.subject(words, &clause) else { return };
        let source = subject.source.as_ref();
        if source.is_some_and(|source| source.head == NounHead::Own)
            || (words.plays(at, Role::Noun)
                && (!clause::is_verb_after(words, source, at)
                    || clause::is_object(words, source, at)))
        {
            return;
        }
        let behind = subject.behind;
        let start = match source {
            // `Elm left, saying “…”` is about what was said; `Elm left, saying little` is not.
            Some(source) if !subject.inverted && (subject.near || self.quotes_after(behind)) => {
                source.range.start.min(clause.start)
            }
            _ => clause.start,
        };
        if clause::reports(words, at, cue) && self.as_told(words, start, behind) {
            let speech =
                Speech { cue: at..at + 1, source: subject.source, trails: start > 1, weak: false };
            self.speeches.push(speech);
            return;
        }
        let trails = subject.near
            && cue.takes != Complement::Quote
            && clause::trails(words, start, behind, at);
        if trails {
            self.before = self.before.max(start);
            self.resume(words, &subject);
            let end = clause::next_comma(words, behind).unwrap_or(words.len());
            self.frame(behind..end);
        } else if subject.inverted
            || !(cue_complement::takes(words, behind, cue) || clause::is_study(words, source))
        {
            return;
        } else {
            self.behind = self.behind.min(behind);
            self.until = clause::limit(words, start, behind);
            if clause::is_adjunct(words, start) {
                self.frame(0..start);
            }
        }
        self.frame(start..behind);
        let weak = cue.takes == Complement::Quote;
        self.speeches.push(Speech { cue: at..at + 1, source: subject.source, trails, weak });
    }

    /// `As Elm said, …`, `…, as Elm said`: all but the clause is content.
    fn as_told(&mut self, words: &SentenceTokens<'_>, start: usize, behind: usize) -> bool {
        let Some(joint) = start.checked_sub(1).filter(|at| words.any(*at, listed!["as"])) else {
            return false;
        };
        let end =
            (behind..words.len().min(behind + clause::REACH)).find(|at| !words.is(*at, Kind::Word));
        let end = end.unwrap_or(words.len());
        let set_off = joint == 0 || words.is(joint - 1, Kind::Comma);
        if !set_off || !(words.is(end, Kind::Comma) || (joint > 0 && words.is(end, Kind::Stop))) {
            return false;
        }
        if joint == 0 {
            self.behind = self.behind.min(end);
        } else {
            self.before = self.before.max(joint);
        }
        self.frame(joint..end);
        true
    }

    /// Whether a quotation follows soon.
    fn quotes_after(&self, behind: usize) -> bool {
        self.standings.iter().skip(behind).take(clause::REACH).any(|token| token.is_quoted)
    }

    /// Content goes on after `…, he said, …` unless an aside follows.
    fn resume(&mut self, words: &SentenceTokens<'_>, subject: &Subject) {
        let Some(comma) = clause::next_comma(words, subject.behind) else { return };
        let aside = if subject.inverted {
            clause::aside_follows(words, comma)
        } else {
            clause::participle_follows(words, comma)
        };
        if !aside {
            self.behind = self.behind.min(comma);
        }
    }

    /// Who does it: before the verb, after it, or whoever spoke earlier in the sentence; none where
    /// the verb attributes nothing.
    fn subject(&self, words: &SentenceTokens<'_>, clause: &Clause) -> Option<Subject> {
        let start = clause.start;
        let far = |source| Subject { source, behind: clause.at + 1, inverted: false, near: false };
        if start > 0 && words.any(start - 1, listed!["who", "which", "that"]) {
            let before = start - 1 - usize::from(start > 1 && words.is(start - 2, Kind::Comma));
            return Some(far(noun_phrase::before(words, before)));
        }
        let joined = start > 0 && words.any(start - 1, listed!["and", "but", "or", "then"]);
        if clause.form == Form::Participle || joined {
            return Some(far(self.inherited(words)));
        }
        if inverted_subject::is_inverted(words, clause) {
            let source = noun_phrase::after(words, clause.at + 1)?;
            let behind = source.range.end;
            return Some(Subject { source: Some(source), behind, inverted: true, near: true });
        }
        // `…said the plan was dead`: the subject stands in the paragraph before.
        if start > 0 && (0..start).all(|at| words.is(at, Kind::Stop)) {
            return Some(far(None));
        }
        noun_phrase::before(words, start).map(|source| Subject { near: true, ..far(Some(source)) })
    }

    /// The speaker of the sentence so far, or its first phrase.
    fn inherited(&self, words: &SentenceTokens<'_>) -> Option<SourcePhrase> {
        if let Some(speech) = self.speeches.last() {
            return speech.source.clone();
        }
        noun_phrase::leading(words)
    }
}

/// The subject of an attributing verb.
struct Subject {
    source: Option<SourcePhrase>,
    /// Past the verb and a subject behind it.
    behind: usize,
    /// Whether it stands behind the verb.
    inverted: bool,
    /// Whether it stands beside the verb, and is not taken from elsewhere in the sentence.
    near: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::quotations;

    /// The sentence's attributing words, and whether it is mostly content.
    #[track_caller]
    fn check(text: &str, cues: &[&str], attributed: bool) {
        let lower = text.to_ascii_lowercase();
        let found = quotations::quotes(text);
        let words = SentenceTokens::new(text, &lower, &(0..text.len()), |at| {
            match found.iter().find(|quote| quote.span.contains(&at)) {
                None => Quoted::No,
                Some(quote) if quote.is_scare() => Quoted::Scare,
                Some(_) => Quoted::Yes,
            }
        });
        let reading = SpeechParse::new(&words);
        let seen: Vec<&str> =
            reading.speeches.iter().map(|speech| words.slice(&speech.cue)).collect();
        assert_eq!(seen, cues, "{text}");
        assert_eq!(reading.is_mostly_content(), attributed, "{text}");
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
        check("As reported by the Valley News, the dam will hold.", &["reported by"], true);
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
        check("The valley says yes: a new dam at last.", &[], false);
        check("Thirty farmers asked to speak before the vote.", &[], false);
        check("Nobody could say when the dam would open.", &[], false);
        check("Elm declined to say what she thinks of the dam.", &[], false);
        check("Oak wrote about rivers for a paper upstream.", &[], false);
        check("Elm was arrested and charged with breaking the dam.", &[], false);
        check("A club that calls itself the Friends met on Monday.", &[], false);
        check("The engineers gave thinner answers than they should have.", &[], false);
        check("Shares in the dam, which has said it would close, rose.", &["said"], false);
        check("I would rather explain the dam to my neighbours.", &[], false);
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
        check("A report published Monday said the dam was leaking.", &["said"], true);
        check("But in dry years, he said the dam could stay empty.", &["said"], true);
    }

    #[test]
    fn nouns_are_no_verbs() {
        check("Her claims about the dam were many.", &[], false);
        check("The new report surprised the whole valley.", &[], false);
    }

    #[test]
    fn own_voice() {
        check("I think the dam will hold for years.", &[], false);
    }
}
