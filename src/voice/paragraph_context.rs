//! One paragraph under reading, and what can be told from it alone.

use super::Attribution;
use super::clause::{Clause, Form};
use super::function_words::{self, Role};
use super::noun_head::NounHead;
use super::noun_phrase::{self, SourcePhrase};
use super::paragraph::Paragraph;
use super::reported_speech::{Speech, SpeechParse};
use super::sentence_tokens::{Kind, Quoted, SentenceTokens};
use super::speaker_introduction::{self, Introduction};

/// How many sentences ahead the end of a quotation is looked for.
const LONGEST_QUOTE: usize = 40;

/// What people write and publish; whatever it says, its author says.
const WORKS: &[&str] = &[
    "account",
    "announcement",
    "blog",
    "book",
    "column",
    "comments",
    "description",
    "email",
    "figures",
    "letter",
    "list",
    "memo",
    "memoir",
    "message",
    "op-ed",
    "post",
    "remarks",
    "report",
    "speech",
    "statement",
    "summary",
    "testimony",
    "transcript",
    "tweet",
    "tweets",
    "website",
];

/// One paragraph under reading.
pub(super) struct ParagraphContext<'p> {
    pub(super) paragraph: &'p Paragraph,
    pub(super) words: &'p [SentenceTokens<'p>],
    pub(super) readings: &'p [SpeechParse],
    /// Who was announced for it.
    pub(super) lead: Option<Introduction>,
    /// Whether all of it is the announced speaker's.
    pub(super) covered: bool,
}

impl ParagraphContext<'_> {
    /// Whether a sentence quotes, or has an attributing verb that stands as one: without either
    /// nobody but the outlet can be speaking.
    pub(super) fn tells_of_somebody(&self, at: usize) -> bool {
        let words = &self.words[at];
        let is_verb = |at: usize| {
            words.cue(at).is_some_and(|cue| {
                let clause = Clause::new(words, at);
                let stands = matches!(clause.form, Form::Finite | Form::Participle)
                    && !clause.negated
                    && !clause.is_noun(words);
                // `I think …` is the text's own.
                let own = words.plays(clause.start.wrapping_sub(1), Role::Own);
                stands && !own && !clause.is_ruled_out(words, cue)
            })
        };
        (0..words.len()).any(|at| words.quoted(at) == Quoted::Yes || is_verb(at))
    }

    /// The reporting clause in which the quotation that covers a sentence ends further on.
    pub(super) fn closing_speech(&self, at: usize) -> Option<(usize, &Speech)> {
        let quoting = (at + 1..self.words.len())
            .take(LONGEST_QUOTE)
            .take_while(|next| self.paragraph.goes_on_quoting(*next));
        quoting
            .filter_map(|next| Some((next, self.readings[next].main()?)))
            .find(|(_, speech)| speech.trails)
    }
}

/// A transcript: `Q:` and `A:`, and what goes on after `ELM: …` in the same paragraph.
pub(super) fn transcribed(
    scene: &ParagraphContext<'_>,
    at: usize,
    before: Option<&Attribution>,
) -> Option<Vec<String>> {
    let first = &scene.words[0];
    if at == 0 {
        let labelled = matches!(first.text(0), "Q" | "A") && first.is(1, Kind::Colon);
        return labelled.then(Vec::new);
    }
    let opened = speaker_introduction::before_colon(first).is_some()
        || matches!(first.text(0), "Q" | "A") && first.is(1, Kind::Colon);
    let silent = scene.readings[at].main().is_none_or(|speech| !speech.trails);
    let quoted = first.len() > 2 && (0..first.len()).any(|at| first.quoted(at) != Quoted::No);
    before.filter(|_| opened && silent && !quoted).map(|before| before.speakers.clone())
}

/// `“…,” he grinned.`: a clause of a few words behind a quotation reports it, whatever its verb.
pub(super) fn reporting_tail(words: &SentenceTokens<'_>) -> Option<(SourcePhrase, usize)> {
    let end = (1..words.len()).find(|at| words.quoted(*at) != Quoted::Yes)?;
    let verb = (end + 1..words.len().min(end + 6)).find(|at| !words.is_capital(*at))?;
    let source = noun_phrase::before(words, verb).filter(|source| source.range.start >= end)?;
    let named = matches!(source.head, NounHead::Name(_) | NounHead::Pronoun(_));
    let few = words.len() <= verb + 3;
    (words.quoted(0) == Quoted::Yes && named && few && words.is(verb, Kind::Word))
        .then_some((source, verb))
}

/// `the clerk's list`, `Elm's own transcript of the talks`: whoever wrote it.
pub(super) fn author(printed: &str) -> &str {
    let owner = printed.split_once("’s ").or_else(|| printed.split_once("'s "));
    let is_work = |of: &str| {
        let words =
            of.split(' ').take_while(|word| !function_words::find(word).plays(Role::Preposition));
        words.last().is_some_and(|head| WORKS.contains(&head))
    };
    // `Monday's report` is not Monday's.
    let is_time = |owner: &str| function_words::find(&owner.to_lowercase()).plays(Role::Time);
    owner.filter(|(owner, of)| is_work(of) && !is_time(owner)).map_or(printed, |(owner, _)| owner)
}
