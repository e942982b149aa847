//! Who speaks by a cue: before the verb, behind it, or earlier in the sentence.

use super::cue_clause::{Clause, CueVerbForm};
use super::cue_complement;
use super::inverted_subject;
use super::lexicon::tags;
use super::noun_head::NounHead;
use super::noun_phrase::{self, SourcePhrase};
use super::reported_speech::SpeechParse;
use super::sentence_tokens::{REACH, SentenceTokens, listed};

/// The subject of an attributing verb.
pub(super) struct Subject {
    pub(super) source: Option<SourcePhrase>,
    /// The token past the verb and a subject behind it.
    pub(super) behind: usize,
    /// Whether it stands behind the verb.
    pub(super) is_inverted: bool,
    /// Whether it stands beside the verb, and is not taken from elsewhere in the sentence.
    pub(super) is_near: bool,
}

impl SpeechParse {
    /// Who does it: before the verb, after it, or whoever spoke earlier in the sentence; none where
    /// the verb attributes nothing.
    pub(super) fn subject(&self, words: &SentenceTokens<'_>, clause: &Clause) -> Option<Subject> {
        let (start, joint) = (clause.start, clause.start.wrapping_sub(1));
        let behind = clause.verb + 1;
        let far = |source| Subject { source, behind, is_inverted: false, is_near: false };
        let is_joined = words.any(joint, listed!["and", "but", "or", "then"]);
        if clause.form == CueVerbForm::Participle || is_joined {
            if let Some(own) = noun_phrase::before_participle(words, start).filter(|_| !is_joined) {
                return Some(Subject { is_near: true, ..far(Some(own)) });
            }
            let earlier = self.speeches.last().map(|speech| speech.source.clone());
            return Some(far(earlier.unwrap_or_else(|| self.leading.clone())));
        }
        let told = inverted_subject::quoted(words, clause);
        if let Some((source, behind)) = told.or_else(|| inverted_subject::opening(words, clause)) {
            return Some(Subject { behind, is_near: true, ..far(Some(source)) });
        }
        if inverted_subject::is_inverted(words, clause) {
            let source = noun_phrase::after(words, behind)?;
            let behind = source.range.end;
            return Some(Subject {
                source: Some(source),
                behind,
                is_inverted: true,
                is_near: true,
            });
        }
        // `…said the plan was dead`: the subject stands in the paragraph before.
        if start > 0 && words.run(0..start, tags!("stop")).end == start {
            return Some(far(None));
        }
        // `Jo Elm, who | says …`
        let is_relative =
            words.any(joint, listed!["who"]) && words.has_before(joint, tags!("comma"));
        let capitals =
            |end: usize| words.run_back(end.saturating_sub(REACH)..end, tags!("capital"));
        let antecedent = || noun_phrase::within(words, capitals(joint - 1));
        let named = is_relative.then(antecedent).flatten();
        // `an exchange with Oak, who | said`, but `Jo Elm of Ohio, who | said`.
        let named = named.filter(|named| {
            let start = named.range.start;
            let is_alone = words.has_before(start, tags!("preposition"))
                && !words.any_before(start, listed!["of"])
                && !words.has(start, tags!("place institution"));
            named.head.is_long_name() || (named.head.is_name() && is_alone)
        });
        let found = named.or_else(|| noun_phrase::before(words, start));
        let source = self.before_aside(words, found.as_ref(), start).or(found)?;
        Some(Subject { is_near: true, ..far(Some(source)) })
    }

    /// `Elm, on a visit to a farm, | said`: the subject before an aside, whatever stands before the verb.
    fn before_aside(
        &self,
        words: &SentenceTokens<'_>,
        found: Option<&SourcePhrase>,
        verb: usize,
    ) -> Option<SourcePhrase> {
        let leading = self.leading.as_ref()?;
        let aside = leading.range.end..found.map_or(verb, |found| found.range.start);
        let is_role = |head: &NounHead| matches!(head, NounHead::Group(_));
        let is_long = |head: &NounHead| head.is_long_name() && !leading.head.is_long_name();
        // `The mayor, Jo Elm,`
        let is_better = |head: &NounHead| match leading.head.is_name() {
            true => is_long(head),
            false => !is_role(head),
        };
        let is_named = found.is_some_and(|found| is_better(&found.head));
        if aside.is_empty() || (is_named && aside.len() < REACH) {
            return None;
        }
        // `The watchdog, the Valley Board,`
        let inner = || noun_phrase::within(words, aside.start + 1..verb.saturating_sub(1));
        let is_short = found.is_none() && is_role(&leading.head) && aside.len() < REACH;
        if let Some(inner) = is_short.then(inner).flatten().filter(|inner| !is_role(&inner.head)) {
            return Some(inner);
        }
        let comma = tags!("comma");
        let is_set_off = words.has(aside.start, comma) && words.has_before(verb, comma);
        let is_verb = |i: usize| cue_complement::is_finite(words, i) || words.in_quotes(i);
        let is_object =
            words.has_before(aside.end, tags!("preposition")) && !aside.clone().any(is_verb);
        (is_set_off || is_object).then(|| leading.clone())
    }
}

#[cfg(test)]
mod tests {
    use crate::voice::tests::told;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(told(text), [expected], "{text}");
    }

    #[test]
    fn verbs_away_from_their_subjects() {
        check("The News quoted Al Oak as saying that it was safe.", "Al Oak|quoted");
        check("Said Jo Elm, the mayor: “It is safe.”", "Jo Elm|Said");
        check("“It is safe,” Jo Elm had written on a wall of the dam.", "Jo Elm|written");
        check("First of those who came was Jo Elm, who said it was safe.", "Jo Elm|said");
    }

    #[test]
    fn what_stands_in_an_aside_alone_is_the_outlets() {
        check("Jo Elm, who has said that she will go, won the race in the rain.", "outlet");
        check("The dam, which its owners say is safe, broke on Monday.", "outlet");
    }
}
