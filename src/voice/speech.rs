//! Reported speech within one sentence: who, by which word, and what part of it is content.

use crate::text::Span;

use super::cues::{Cue, Takes};
use super::lexicon::{
    ADVERBS, ASIDES, AUXILIARIES, BE, CLAUSE_OPENERS, CONJUNCTIONS, DETERMINERS, NEGATIONS, NOUNS,
    OBJECTS, PREPOSITIONS, STUDIES, SUBJECTS, TIMES, TITLES,
};
use super::noun::{self, Head, Source};
use super::words::{Kind, Quoted, Words};

/// How far a clause is looked for behind an attributing word, in tokens.
const REACH: usize = 10;

/// One act of speech that a sentence reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Speech {
    /// The attributing words, in tokens.
    pub(super) cue: Span,
    pub(super) source: Option<Source>,
    /// Whether its content begins before it: `…, he said`.
    pub(super) trails: bool,
}

/// What a sentence reports.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// In the order of their attributing words.
    pub(super) speeches: Vec<Speech>,
    /// For each token, whether it is somebody's content.
    content: Vec<bool>,
}

impl Reading {
    /// Reads one sentence.
    pub(super) fn new(words: &Words<'_>) -> Self {
        let mut reading = Reading { speeches: Vec::new(), content: vec![false; words.len()] };
        for at in 0..words.len() {
            if words.quoted(at) == Quoted::Yes {
                reading.content[at] = true;
            } else if words.any(at, &["according"]) && words.any(at + 1, &["to"]) {
                reading.according(words, at);
            } else if let Some(cue) = words.cue(at) {
                reading.verb(words, at, cue);
            }
        }
        reading
    }

    /// The act that frames the sentence: the one that trails it, else the first.
    pub(super) fn main(&self) -> Option<&Speech> {
        self.speeches.iter().find(|speech| speech.trails).or_else(|| self.speeches.first())
    }

    /// Whether at least half of the sentence is content.
    pub(super) fn is_mostly_content(&self, words: &Words<'_>) -> bool {
        let weigh = |at: &usize| if words.is(*at, Kind::Mark) { 0 } else { words.weight(*at) };
        let all: usize = (0..words.len()).map(|at| weigh(&at)).sum();
        let content: usize =
            (0..words.len()).filter(|at| self.content[*at]).map(|at| weigh(&at)).sum();
        content > 0 && content * 2 >= all
    }

    /// `according to the mayor`.
    fn according(&mut self, words: &Words<'_>, at: usize) {
        let source = noun::after(words, at + 2);
        let from = at + 2;
        let end = (from..words.len())
            .find(|at| words.is(*at, Kind::Comma) || words.is(*at, Kind::Semicolon))
            .unwrap_or(words.len());
        let open = (0..at).rev().find(|at| words.is(*at, Kind::Open) || words.is(*at, Kind::Close));
        if let Some(open) = open.filter(|open| words.is(*open, Kind::Open)) {
            self.content[open..at].fill(true);
        } else {
            self.content[..at].fill(true);
            if at <= 2 || !aside_follows(words, end) {
                self.content[end..].fill(true);
            }
        }
        self.speeches.push(Speech { cue: at..at + 2, source, trails: at > 2 });
    }

    /// A verb that attributes, if it does so here.
    fn verb(&mut self, words: &Words<'_>, at: usize, cue: Cue) {
        let clause = Clause::new(words, at);
        if clause.is_noun(words) || clause.is_ruled_out(words, cue) {
            return;
        }
        let Some((source, inverted_end)) = self.subject(words, &clause) else { return };
        if source.as_ref().is_some_and(|source| source.head == Head::Own)
            || (words.any(at, NOUNS) && !is_verb_after(words, source.as_ref(), at))
        {
            return;
        }
        let subject_start = match (&source, inverted_end) {
            (Some(source), None) => source.range.start.min(clause.start),
            _ => clause.start,
        };
        let behind = inverted_end.unwrap_or(at + 1);
        let trails = cue.takes != Takes::Quote && trails(words, subject_start, behind);
        if trails {
            self.content[..subject_start].fill(true);
            self.resume(words, behind);
        } else if inverted_end.is_some()
            || !(takes(words, behind, cue) || is_study(words, source.as_ref()))
        {
            return;
        } else {
            self.content[behind..].fill(true);
        }
        self.speeches.push(Speech { cue: at..at + 1, source, trails });
    }

    /// Content goes on after `…, he said, …` unless an aside follows.
    fn resume(&mut self, words: &Words<'_>, from: usize) {
        let comma = (from..words.len()).find(|at| words.is(*at, Kind::Comma));
        if let Some(comma) = comma.filter(|comma| !aside_follows(words, *comma)) {
            self.content[comma..].fill(true);
        }
    }

    /// Who does it: before the verb, after it, or whoever spoke earlier in the sentence. The second
    /// part is the end of a subject that stands after the verb.
    #[allow(clippy::option_option, reason = "no speech at all differs from an unknown speaker")]
    fn subject(
        &self,
        words: &Words<'_>,
        clause: &Clause,
    ) -> Option<(Option<Source>, Option<usize>)> {
        let start = clause.start;
        if start > 0 && words.any(start - 1, &["who", "which", "that"]) {
            let before = start - 1 - usize::from(start > 1 && words.is(start - 2, Kind::Comma));
            return Some((noun::before(words, before), None));
        }
        if clause.is_participle
            || (start > 0 && words.any(start - 1, &["and", "but", "or", "then"]))
        {
            return self.inherited(words).map(|source| (source, None));
        }
        if is_inverted(words, clause) {
            let source = noun::after(words, clause.at + 1)?;
            let end = source.range.end;
            return Some((Some(source), Some(end)));
        }
        // `…said the plan was dead`: the subject stands in the paragraph before.
        if start > 0 && (0..start).all(|at| words.is(at, Kind::Stop)) {
            return Some((None, None));
        }
        noun::before(words, start).map(|source| (Some(source), None))
    }

    /// The speaker of the sentence so far, or its first phrase.
    fn inherited(&self, words: &Words<'_>) -> Option<Option<Source>> {
        if let Some(speech) = self.speeches.last() {
            return Some(speech.source.clone());
        }
        let lead = usize::from(words.any(0, CONJUNCTIONS));
        let first = noun::after(words, lead);
        Some(first.filter(|source| source.range.start == lead))
    }
}

/// The attributing verb with what stands between it and its subject.
struct Clause {
    at: usize,
    /// Where adverbs and helping verbs before it begin.
    start: usize,
    negated: bool,
    passive: bool,
    /// `to say`.
    infinitive: bool,
    /// `saying` without a helping verb.
    is_participle: bool,
}

impl Clause {
    fn new(words: &Words<'_>, at: usize) -> Self {
        let is_ing = words.lower(at).ends_with("ing");
        let (mut start, mut negated, mut helped, mut passive) = (at, false, false, false);
        while start > 0 {
            let before = start - 1;
            if words.any(before, AUXILIARIES) {
                passive |= !helped && !is_ing && words.any(before, BE);
                helped = true;
            } else if !(words.any(before, ADVERBS) || is_adverb(words, before)) {
                break;
            }
            negated |= words.any(before, NEGATIONS);
            start = before;
        }
        let infinitive = start > 0 && words.any(start - 1, &["to"]);
        Clause { at, start, negated, passive, infinitive, is_participle: is_ing && !helped }
    }

    /// `the report`, `his calls`, `more demands`: a noun of the same form.
    fn is_noun(&self, words: &Words<'_>) -> bool {
        let form = words.lower(self.at);
        let is_past = form.ends_with("ed") || matches!(form, "said" | "told" | "wrote" | "says");
        if self.start == 0 || self.start < self.at {
            return self.at == 0 && !self.is_participle && !is_past;
        }
        let before = self.start - 1;
        let possessive = words.lower(before).ends_with("'s") || words.lower(before).ends_with("’s");
        if self.is_participle || is_past {
            return words.any(before, DETERMINERS)
                && !words.any(
                    before,
                    &["all", "some", "many", "most", "others", "one", "both", "few", "several"],
                )
                || (possessive && !is_past);
        }
        words.any(before, DETERMINERS)
            || words.any(before, PREPOSITIONS) && !words.any(before, &["to"])
            || possessive
            || is_adjective(words, before)
            || words.any(self.at + 1, &["of"])
    }

    /// Passives, denials and infinitives that convey nothing said.
    fn is_ruled_out(&self, words: &Words<'_>, cue: Cue) -> bool {
        if self.passive || (self.negated && cue.takes == Takes::Anything) {
            return true;
        }
        self.infinitive
            && !words.any(
                self.start.wrapping_sub(2),
                &[
                    "on",
                    "continued",
                    "continues",
                    "continue",
                    "continuing",
                    "quick",
                    "came",
                    "began",
                    "used",
                    "took",
                    "twitter",
                ],
            )
    }
}

/// Whether a form that may be a noun is a verb: after a name or a plural, or before a clause.
fn is_verb_after(words: &Words<'_>, source: Option<&Source>, at: usize) -> bool {
    let plural = |group: &Span| {
        let joint = group.clone().find(|at| words.any(*at, PREPOSITIONS)).unwrap_or(group.end);
        let head = words.lower(joint - 1);
        let is_plural = head.ends_with('s')
            || matches!(
                head,
                "people" | "men" | "women" | "some" | "many" | "most" | "others" | "both"
            );
        is_plural != words.lower(at).ends_with('s')
    };
    let fits = source.is_none_or(|source| match &source.head {
        Head::Group(group) => plural(group),
        _ => true,
    });
    fits && !words.is(at + 1, Kind::Comma) || words.any(at + 1, &["that"])
}

/// Whether a poll or a paper is the source: whatever it shows is content.
fn is_study(words: &Words<'_>, source: Option<&Source>) -> bool {
    let Some(Source { head: Head::Group(group), .. }) = source else { return false };
    let joint = group.clone().find(|at| words.any(*at, PREPOSITIONS)).unwrap_or(group.end);
    words.any(joint - 1, STUDIES)
}

/// `…,” said Elm`: the subject stands after the verb.
fn is_inverted(words: &Words<'_>, clause: &Clause) -> bool {
    let (at, start) = (clause.at, clause.start);
    if start != at || start == 0 || !begins_subject(words, at + 1) {
        return false;
    }
    let before = start - 1;
    if words.quoted(before) == Quoted::Yes {
        return true;
    }
    if !words.is(before, Kind::Comma) {
        return false;
    }
    let after_quote = before > 0 && words.quoted(before - 1) == Quoted::Yes;
    after_quote || (stands_alone(words, at + 1) && (0..before).any(|at| is_finite(words, at)))
}

/// Whether no verb follows the phrase that starts here.
fn stands_alone(words: &Words<'_>, from: usize) -> bool {
    let named = (from..words.len()).take_while(|at| {
        words.is_capital(*at) || words.any(*at, TITLES) || words.any(*at, DETERMINERS)
    });
    let end = from + named.count();
    !has_finite(words, from)
        && (!words.is(end, Kind::Word)
            || words.any(end, PREPOSITIONS)
            || words.any(end, CONJUNCTIONS)
            || end == from)
}

fn begins_subject(words: &Words<'_>, at: usize) -> bool {
    words.is(at, Kind::Word)
        && !words.any(at, PREPOSITIONS)
        && !words.any(at, CLAUSE_OPENERS)
        && !words.any(at, SUBJECTS)
        && !words.any(at, TIMES)
        && !words.any(at, OBJECTS)
        && !is_adverb(words, at)
}

/// Whether the words before a reporting clause are its content: they end in a comma or a quotation,
/// and nothing that could be content follows at once.
fn trails(words: &Words<'_>, start: usize, behind: usize) -> bool {
    if start < 2 {
        return false;
    }
    let before = start - 1;
    let quoted = words.quoted(before) == Quoted::Yes;
    let set_off = words.is(before, Kind::Comma)
        || words.is(before, Kind::Mark)
        || words.is(before, Kind::Dash)
        || words.is(before, Kind::Stop);
    (quoted || set_off) && !content_follows(words, behind, quoted)
}

/// Whether content follows at once, up to the next comma.
fn content_follows(words: &Words<'_>, from: usize, after_quote: bool) -> bool {
    if !words.is(from, Kind::Word) {
        return words.is(from, Kind::Colon) || words.quoted(from) == Quoted::Yes;
    }
    if words.any(from, CLAUSE_OPENERS) || words.any(from, SUBJECTS) {
        return true;
    }
    let adjunct = words.any(from, PREPOSITIONS)
        || words.any(from, TIMES)
        || words.any(from, CONJUNCTIONS)
        || is_adverb(words, from);
    !(adjunct || after_quote) || (!after_quote && has_finite(words, from))
}

/// Whether a clause with its own verb begins within reach, before the next comma or stop.
fn has_finite(words: &Words<'_>, from: usize) -> bool {
    (from..words.len().min(from + 2 * REACH))
        .take_while(|at| {
            matches!(
                words.kind(*at),
                Some(Kind::Word | Kind::Mark | Kind::Open | Kind::Close | Kind::Other)
            )
        })
        .any(|at| {
            is_finite(words, at) || words.any(at, &["that"]) || words.quoted(at) == Quoted::Yes
        })
}

fn is_finite(words: &Words<'_>, at: usize) -> bool {
    words.any(at, AUXILIARIES) || words.any(at, SUBJECTS)
}

/// Whether what stands behind the word is what it takes.
fn takes(words: &Words<'_>, from: usize, cue: Cue) -> bool {
    if from >= words.len() || words.is(from, Kind::Stop) {
        return false;
    }
    match cue.takes {
        Takes::Anything => true,
        Takes::Quote => (from..words.len()).any(|at| words.quoted(at) == Quoted::Yes),
        Takes::Clause => takes_clause(words, from),
        Takes::Aim => takes_aim(words, from) || takes_clause(words, from),
    }
}

fn takes_clause(words: &Words<'_>, from: usize) -> bool {
    let reach = from..words.len().min(from + REACH);
    if words.is(from, Kind::Colon) || words.any(from, CLAUSE_OPENERS) || words.any(from, SUBJECTS) {
        return true;
    }
    if reach.clone().take(4).any(|at| words.quoted(at) == Quoted::Yes) {
        return true;
    }
    let adjunct = words.any(from, PREPOSITIONS) || words.any(from, TIMES) || is_adverb(words, from);
    for at in reach {
        if !words.is(at, Kind::Word) {
            return false;
        }
        if words.any(at, &["that", "whether"]) {
            return adjunct || at <= from + 1;
        }
        if words.any(at, &["which", "who"]) {
            return false;
        }
        if words.any(at, AUXILIARIES) && at > from {
            return !adjunct;
        }
    }
    false
}

fn takes_aim(words: &Words<'_>, from: usize) -> bool {
    if words.any(from, &["for"]) {
        return true;
    }
    (from..words.len().min(from + REACH)).take_while(|at| words.is(*at, Kind::Word)).any(|at| {
        words.any(at, &["to"]) && !words.is_capital(at + 1) && !words.any(at + 1, DETERMINERS)
    })
}

/// After a comma: an apposition, a relative clause or the like, not more content.
fn aside_follows(words: &Words<'_>, comma: usize) -> bool {
    let next = comma + 1;
    words.quoted(next) != Quoted::Yes
        && (words.any(next, ASIDES)
            || words.lower(next).ends_with("ing")
            || words.cue(next).is_some())
}

fn is_adverb(words: &Words<'_>, at: usize) -> bool {
    words.is(at, Kind::Word) && words.lower(at).ends_with("ly") && !words.is_capital(at)
}

/// A guess by its ending, good enough before a word that may be a noun.
fn is_adjective(words: &Words<'_>, at: usize) -> bool {
    let form = words.lower(at);
    !words.is_capital(at)
        && (["ous", "ive", "ful", "ical", "able", "less", "est"]
            .iter()
            .any(|end| form.ends_with(end))
            || matches!(
                form,
                "new"
                    | "recent"
                    | "more"
                    | "false"
                    | "own"
                    | "any"
                    | "public"
                    | "federal"
                    | "such"
                    | "earlier"
                    | "previous"
                    | "repeated"
                    | "early"
                    | "late"
                    | "final"
            ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::quotes;

    /// The sentence's attributing words, and whether it is mostly content.
    #[track_caller]
    fn check(text: &str, cues: &[&str], attributed: bool) {
        let lower = text.to_ascii_lowercase();
        let found = quotes::quotes(text);
        let words = Words::new(text, &lower, &(0..text.len()), |at| {
            match found.iter().find(|quote| quote.span.contains(&at)) {
                None => Quoted::No,
                Some(quote) if quote.is_scare() => Quoted::Scare,
                Some(_) => Quoted::Yes,
            }
        });
        let reading = Reading::new(&words);
        let seen: Vec<&str> =
            reading.speeches.iter().map(|speech| words.slice(&speech.cue)).collect();
        assert_eq!(seen, cues, "{text}");
        assert_eq!(reading.is_mostly_content(&words), attributed, "{text}");
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
    fn nouns_are_no_verbs() {
        check("Her claims about the dam were many.", &[], false);
        check("The new report surprised the whole valley.", &[], false);
    }

    #[test]
    fn own_voice() {
        check("I think the dam will hold for years.", &[], false);
    }
}
