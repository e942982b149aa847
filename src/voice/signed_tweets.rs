//! Tweets set into a text, and the signature that tells whose words each was: `— Jo Elm (@joelm)`.

use super::lexicon::tags;
use super::reported_speech::SpeechParse;
use super::sentence_tokens::SentenceTokens;

/// Maximum number of sentences of one tweet.
const MAX_TWEET: usize = 6;

/// For each sentence of a paragraph, who signed the tweet that it belongs to.
pub(super) fn signers<'a>(
    words: &[SentenceTokens<'a>],
    parses: &[SpeechParse],
) -> Vec<Option<&'a str>> {
    let mut signers = vec![None; words.len()];
    for last in 0..words.len() {
        let Some(name) = signature(&words[last]) else { continue };
        signers[last] = Some(name);
        for i in (0..last).rev().take(MAX_TWEET - 1) {
            if signers[i].is_some() || speaks_of(&words[i], &parses[i], name) {
                break;
            }
            signers[i] = Some(name);
        }
    }
    signers
}

/// Whether a sentence before a tweet is about its author, not by its author.
fn speaks_of(words: &SentenceTokens<'_>, parse: &SpeechParse, author: &str) -> bool {
    let surname = author.rsplit(' ').next().unwrap_or(author);
    words.has(words.len().saturating_sub(1), tags!("colon"))
        || parse.speeches.iter().any(|speech| speech.trails)
        || (0..words.len()).any(|i| words.text(i).starts_with(surname))
}

/// The name in `— Jo Elm (@joelm)`.
fn signature<'a>(words: &SentenceTokens<'a>) -> Option<&'a str> {
    if !words.mentions(tags!("open")) {
        return None;
    }
    let mut near = (1..words.len()).rev().take(12);
    let is_handle = |i: &usize| words.has(i - 1, tags!("open")) && words.text(*i).starts_with('@');
    let open = near.find(is_handle)? - 1;
    let dash = words.rfind(open.saturating_sub(10)..open, tags!("dash"))?;
    Some(words.slice(&(dash + 1..open))).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::sentence_tokens::plain;

    #[test]
    fn signatures() {
        let name = |text: &str| {
            let lower = text.to_ascii_lowercase();
            signature(&plain(text, &lower)).map(str::to_string)
        };
        assert_eq!(name("Sad! — Jo B. Elm (@jo) July 3, 2017").as_deref(), Some("Jo B. Elm"));
        assert_eq!(name("Sad (so it is)"), None);
    }
}
