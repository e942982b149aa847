//! Answers of an interview: paragraphs in the first person, without quote marks, below a heading (`On the dam`).

use crate::article_parts::{ArticlePart, Sentence};

use super::attribution::Attribution;
use super::lexicon::tags;
use super::name_parts::is_person;
use super::sentence_tokens::{SentenceTokens, listed};
use super::speaker_introduction::is_in_first_person;
use super::speaker_tracker::RuleVerdict;

/// Maximum length of the heading of an answer, in tokens.
const MAX_HEADING: usize = 20;

/// Turns the verdicts on sentences of an article that answers hold: they are those of whoever spoke last.
pub(super) fn attribute(
    verdicts: &mut [RuleVerdict],
    sentences: &[Sentence<'_>],
    words: &[SentenceTokens<'_>],
) {
    let (mut is_below_heading, mut speakers, mut start) = (false, Vec::new(), 0);
    for paragraph in sentences.chunk_by(|one, next| one.paragraph == next.paragraph) {
        let own = start..start + paragraph.len();
        start = own.end;
        let is_body = paragraph[0].part == ArticlePart::Body;
        let is_answer =
            is_body && is_below_heading && words[own.clone()].iter().any(is_in_first_person);
        is_below_heading = is_body && is_heading(&words[own.clone()]);
        for i in own.filter(|_| is_body) {
            let verdict = &mut verdicts[i];
            let told = &verdict.attribution.speakers;
            if told.iter().any(|name| is_person(name)) {
                speakers.clone_from(told);
            } else if is_answer && !words[i].in_quotes(0) {
                *verdict = RuleVerdict::certain(Attribution::unquoted(speakers.clone(), ""));
            }
        }
    }
}

/// `On the dam`
fn is_heading(paragraph: &[SentenceTokens<'_>]) -> bool {
    let [words] = paragraph else { return false };
    words.any(0, listed!["on"])
        && words.len() < MAX_HEADING
        && !words.has_before(words.len(), tags!("stop quoted mark colon"))
}

#[cfg(test)]
mod tests {
    use crate::voice::tests::told;

    #[test]
    fn answers_stand_below_their_headings() {
        let talk = "“It holds,” Jo Elm said.\n\nOn the dam\n\n";
        let found = told(&format!("{talk}I built it. It leaks."));
        assert_eq!(found, ["Jo Elm|said", "outlet", "Jo Elm|", "Jo Elm|"]);
        let found = told(&format!("{talk}It was built here. It leaks."));
        assert_eq!(found, ["Jo Elm|said", "outlet", "outlet", "outlet"]);
    }
}
