//! Speakers whom only the next paragraph names: `“It broke.”`, and below it `Jo Elm says so calmly.`

use std::borrow::Cow;

use super::attribution::{Attribution, Voice};
use super::lexicon::tags;
use super::name_parts::{is_person, is_role};
use super::noun_head::{NounHead, gender};
use super::person_names::PersonNames;
use super::reported_speech::SpeechParse;
use super::sentence_tokens::{SentenceTokens, listed};
use super::speaker_tracker::RuleVerdict;

/// Gives sentences that quote somebody who was not told of yet, or *he* or *she*, to whoever the paragraph
/// below opens with.
pub(super) fn fill(
    verdicts: &mut [RuleVerdict],
    parses: &[SpeechParse],
    words: &[SentenceTokens<'_>],
    below: (&SentenceTokens<'_>, &SpeechParse),
    names: &PersonNames,
) {
    if !verdicts.iter().any(|verdict| likely(verdict).is_some_and(is_open)) {
        return;
    }
    let Some((name, is_tied)) = opening_person(below.0, below.1, names) else { return };
    for (i, verdict) in verdicts.iter_mut().enumerate() {
        let agrees = match parses[i].main().and_then(|speech| speech.source.as_ref()) {
            None => is_tied && words[i].has(0, tags!("quoted mark")),
            Some(source) => match source.head {
                NounHead::Pronoun(pronoun) => gender(&words[i], pronoun).is_some_and(|is_female| {
                    names.is_female(&name).is_none_or(|known| known == is_female)
                }),
                _ => false,
            },
        };
        let RuleVerdict { attribution, alternative, .. } = verdict;
        let both = [Some(attribution), alternative.as_mut()];
        for open in both.into_iter().flatten().filter(|one| agrees && is_open(one)) {
            open.speakers = vec![name.clone()];
        }
    }
}

/// What a sentence is, or would be if the model took it for a source's.
fn likely(verdict: &RuleVerdict) -> Option<&Attribution> {
    let is_own = verdict.attribution.voice == Voice::Attributed;
    if is_own { Some(&verdict.attribution) } else { verdict.alternative.as_ref() }
}

fn is_open(attribution: &Attribution) -> bool {
    attribution.voice == Voice::Attributed && attribution.speakers.is_empty()
}

/// Whom a sentence opens with, or names where it opens with what was quoted (`These were the words of …`), and
/// whether it tells of speech or of the quotation.
fn opening_person(
    words: &SentenceTokens<'_>,
    parse: &SpeechParse,
    names: &PersonNames,
) -> Option<(String, bool)> {
    let opening = listed!["these", "those", "this", "that", "so", "with"];
    let points_back = words.any(0, opening);
    let mentions_cue = (0..words.len()).any(|i| words.cue(i).is_some());
    let leading = match parse.leading.as_ref().map(|source| &source.head) {
        // `The young man who …`
        Some(NounHead::Group(role)) if words.has(role.end, tags!("relative")) => {
            Some(Cow::Borrowed(words.slice(role))).filter(|role| is_role(role))
        }
        Some(NounHead::Name(name)) => {
            Some(names.full(words.slice(name))).filter(|name| names.is_somebody(name))
        }
        _ => None,
    };
    let is_role = leading.as_ref().is_some_and(|name| !is_person(name));
    let mut people = names.people_in(words, 0..words.len());
    let named = || people.next().filter(|_| points_back || mentions_cue);
    let name = leading.or_else(named)?.into_owned();
    Some((name, points_back || mentions_cue || is_role))
}

#[cfg(test)]
mod tests {
    use crate::voice::tests::told;

    #[track_caller]
    fn check(below: &str, expected: &str) {
        assert_eq!(told(&format!("“It broke.”\n\n{below}"))[0], expected, "{below}");
    }

    #[test]
    fn the_next_paragraph_names_who_spoke() {
        check("Jo Elm says so with a shrug.", "Jo Elm|");
        check("These were the words of Senator Al Oak in May.", "Al Oak|");
        check("The young man who came home late wept.", "young man|");
        check("Mayor Jo Elm was in Rome.", "|");
        check("It rained on Oakton for a week.", "|");
    }
}
