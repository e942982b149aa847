//! Speakers whom only the next paragraph names: `“It broke.”`, and below it `Jo Elm says so calmly.`

use std::borrow::Cow;

use super::attribution::{Attribution, Voice};
use super::lexicon::tags;
use super::name_parts::is_role;
use super::noun_head::{NounHead, gender};
use super::person_names::PersonNames;
use super::reported_speech::SpeechParse;
use super::sentence_tokens::SentenceTokens;
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
    if !verdicts.iter().any(|verdict| told(verdict).is_some_and(is_open)) {
        return;
    }
    let Some(name) = opening_person(below.0, below.1, names) else { return };
    for (i, verdict) in verdicts.iter_mut().enumerate() {
        let agrees = match parses[i].main().and_then(|speech| speech.source.as_ref()) {
            None => words[i].has(0, tags!("quoted mark")),
            Some(source) => match source.head {
                NounHead::Pronoun(pronoun) => gender(&words[i], pronoun).is_some_and(|is_female| {
                    names.is_female(&name).is_none_or(|known| known == is_female)
                }),
                _ => false,
            },
        };
        let RuleVerdict { attribution, alternative, .. } = verdict;
        let told = [Some(attribution), alternative.as_mut()];
        for open in told.into_iter().flatten().filter(|told| agrees && is_open(told)) {
            open.speakers = vec![name.clone()];
        }
    }
}

/// What a sentence is, or would be if the model took it for a source's.
fn told(verdict: &RuleVerdict) -> Option<&Attribution> {
    let is_own = verdict.attribution.voice == Voice::Attributed;
    if is_own { Some(&verdict.attribution) } else { verdict.alternative.as_ref() }
}

fn is_open(told: &Attribution) -> bool {
    told.voice == Voice::Attributed && told.speakers.is_empty()
}

/// Whom a sentence opens with, or else names first.
fn opening_person(
    words: &SentenceTokens<'_>,
    parse: &SpeechParse,
    names: &PersonNames,
) -> Option<String> {
    let leading = match parse.leading.as_ref().map(|source| &source.head) {
        Some(NounHead::Group(role)) => {
            Some(Cow::Borrowed(words.slice(role))).filter(|role| is_role(role))
        }
        Some(NounHead::Name(name)) => {
            Some(names.full(words.slice(name))).filter(|name| names.is_somebody(name))
        }
        _ => None,
    };
    let mut people = names.people_in(words, 0..words.len());
    let named = || people.next().filter(|name| names.is_personal(name));
    leading.or_else(named).map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use crate::voice::told;

    #[track_caller]
    fn check(below: &str, expected: &str) {
        assert_eq!(told(&format!("“It broke.”\n\n{below}"))[0], expected, "{below}");
    }

    #[test]
    fn the_next_paragraph_names_who_spoke() {
        check("Jo Elm shrugged as she told of it.", "Jo Elm|");
        check("These were the words of Senator Al Oak in May.", "Al Oak|");
        check("The young man came home late.", "young man|");
        check("It rained on Oakton for a week.", "|");
    }
}
