//! Whose words a sentence conveys: the outlet's own or a source's.

mod article_parse;
mod attributed_share;
pub mod attribution_cues;
mod clause;
mod cue_complement;
mod cue_exceptions;
mod function_words;
mod inverted_subject;
mod noun_head;
mod noun_phrase;
mod paragraph;
mod paragraph_context;
mod person_names;
mod quotations;
mod reported_speech;
mod sentence_tokens;
mod speaker_introduction;
mod speaker_tracker;
mod voice_features;
mod voice_hint_words;
mod voice_model;

pub use article_parse::quoted;
pub use person_names::is_full_name;
pub use voice_features::VoiceFeature;

use crate::article_parts::Sentence;
use crate::text::Span;

use article_parse::{ArticleParse, content, is_judged, neighbours, readings};
use speaker_tracker::RuleVerdict;

/// Whose words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// The outlet speaks itself.
    Outlet,
    /// The sentence mainly conveys what a source said, wrote or thought.
    Attributed,
}

impl Voice {
    /// Both, in the order of reports.
    pub const ALL: [Voice; 2] = [Voice::Outlet, Voice::Attributed];

    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Voice::Outlet => "outlet",
            Voice::Attributed => "attributed",
        }
    }
}

/// The voice of one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Whose words.
    pub voice: Voice,
    /// Full names or groups; empty for the outlet's voice and where the source is not plain.
    pub speakers: Vec<String>,
    /// The attributing words as printed ("said", "according to"); empty where there are none.
    pub cue: String,
    /// Whether all of it is the source's own words, unmarked: a signed tweet, what a colon announced.
    pub is_bare: bool,
}

impl Attribution {
    /// The outlet's own voice.
    pub fn outlet() -> Self {
        let (speakers, cue) = (Vec::new(), String::new());
        Attribution { voice: Voice::Outlet, speakers, cue, is_bare: false }
    }
}

/// The voice of every sentence of one article, in the order given.
pub fn attribute(sentences: &[Sentence<'_>]) -> Vec<Attribution> {
    let page = ArticleParse::new(sentences);
    let words = page.words();
    let readings = readings(&words);
    let pairs = words.iter().flatten().zip(readings.iter().flatten());
    let scores: Vec<f32> =
        pairs.map(|(words, reading)| voice_model::score(words, reading)).collect();
    let told = page.tell(&words, &readings);
    let voices: Vec<Voice> = (0..told.len())
        .map(|at| {
            let rules = told[at].by_rules.voice;
            if !is_judged(&sentences[at], &told[at]) {
                return rules;
            }
            let (before, behind) = neighbours(sentences, &told, at);
            voice_model::verdict(scores[at], rules, before, behind)
        })
        .collect();
    let settle = |(told, voice): (RuleVerdict, Voice)| match voice {
        Voice::Outlet => Attribution::outlet(),
        // What the rules leave to the outlet stays there where nobody else could be speaking.
        Voice::Attributed => told.instead.unwrap_or(told.by_rules),
    };
    told.into_iter().zip(voices).map(settle).collect()
}

/// What the rules alone take every sentence of one article for.
pub fn by_rules(sentences: &[Sentence<'_>]) -> Vec<Voice> {
    let page = ArticleParse::new(sentences);
    let words = page.words();
    let readings = readings(&words);
    page.tell(&words, &readings).iter().map(|told| told.by_rules.voice).collect()
}

/// What is noticed about every sentence of one article, for fitting the weights in
/// `models/voice.csv`; nothing about those that are not judged: headlines, comments, furniture,
/// signed tweets, announced paragraphs.
pub fn signs(sentences: &[Sentence<'_>]) -> Vec<Vec<VoiceFeature>> {
    let page = ArticleParse::new(sentences);
    let words = page.words();
    let readings = readings(&words);
    let told = page.tell(&words, &readings);
    let pairs = words.iter().flatten().zip(readings.iter().flatten());
    pairs
        .enumerate()
        .map(|(at, (words, reading))| {
            if !is_judged(&sentences[at], &told[at]) {
                return Vec::new();
            }
            let mut seen = Vec::new();
            voice_features::each(words, reading, |sign| seen.push(sign));
            if told[at].by_rules.voice == Voice::Attributed {
                seen.push(VoiceFeature::attributed());
            }
            let (before, behind) = neighbours(sentences, &told, at);
            seen.push(VoiceFeature::beside(before, behind));
            seen
        })
        .collect()
}

/// Which parts of every sentence convey what a source said or wrote, in bytes of the sentence; all
/// of it where an attributed sentence holds no telling part. Nothing in comments and furniture.
pub fn contents(sentences: &[Sentence<'_>]) -> Vec<Vec<Span>> {
    let page = ArticleParse::new(sentences);
    let words = page.words();
    let readings = readings(&words);
    let pairs = words.iter().flatten().zip(readings.iter().flatten());
    let found = pairs.zip(attribute(sentences)).zip(sentences);
    found
        .map(|(((words, reading), told), sentence)| {
            let attributed = told.voice == Voice::Attributed;
            if !sentence.part.is_counted() || (reading.speeches.is_empty() && !attributed) {
                return Vec::new();
            }
            let spans = content(words, reading);
            let whole = spans.is_empty() && attributed;
            if whole { std::iter::once(0..sentence.text.len()).collect() } else { spans }
        })
        .collect()
}

/// The places between quote marks in one sentence, phrases of a few words left out.
pub fn quotations(sentence: &str) -> Vec<Span> {
    let quotes = quotations::quotes(sentence).into_iter();
    quotes.filter(|quote| !quote.is_scare()).map(|quote| quote.span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::article_parts;
    use proptest::prelude::*;

    /// Every sentence below the headline as `speaker|cue`, or `outlet`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let article = Article { text: text.into(), ..Article::default() };
        let sentences = article_parts::split(&article);
        let found: Vec<String> = attribute(&sentences).iter().map(show).collect();
        assert_eq!(found, expected, "{text}");
    }

    fn show(found: &Attribution) -> String {
        match found.voice {
            Voice::Outlet => "outlet".to_string(),
            Voice::Attributed => format!("{}|{}", found.speakers.join("; "), found.cue),
        }
    }

    #[test]
    fn direct_indirect_and_mixed() {
        check("“The dam will hold,” said Mayor Jo Elm.", &["Jo Elm|said"]);
        check("Mayor Jo Elm said that the dam would hold.", &["Jo Elm|said"]);
        check("The dam would hold, Jo Elm said on Monday.", &["Jo Elm|said"]);
        check("According to engineers, the dam is going to hold.", &["engineers|According to"]);
        check("Elm called it “a dam that shames the valley.”", &["Elm|called"]);
    }

    #[test]
    fn the_outlet_speaks_itself() {
        check("The dam drew ridicule. Jo Elm defended it.", &["outlet", "outlet"]);
        check("The plan was scorned by senior engineers.", &["outlet"]);
        check("The “so-called dam” broke in the night.", &["outlet"]);
        check("Why did she say it?", &["outlet"]);
        check("I think that the mayor chose well.", &["outlet"]);
        check(
            "Al Oak is one of the few who can add up. “It leaks,” he said.",
            &["outlet", "Al Oak|said"],
        );
    }

    #[test]
    fn surnames_and_pronouns() {
        check(
            "Mayor Joan Elm left. Elm said the dam was safe. She added that it was old.",
            &["outlet", "Joan Elm|said", "Joan Elm|added"],
        );
    }

    #[test]
    fn quotations_run_on() {
        check(
            "“It held for years. It will hold,” Jo Elm said. “We know it.”",
            &["Jo Elm|", "Jo Elm|said", "Jo Elm|"],
        );
        check(
            "“It held for years,” Jo Elm said.\n\n“Now it leaks. Nobody cares.\n\n“I do care.”",
            &["Jo Elm|said", "Jo Elm|", "Jo Elm|", "Jo Elm|"],
        );
    }

    #[test]
    fn an_unbalanced_mark_swallows_nothing() {
        check(
            "It was \"an old dam in the valley. It broke.\n\nThe town slept.",
            &["outlet", "outlet", "outlet"],
        );
    }

    #[test]
    fn announced_speakers() {
        check(
            "Senator Jo Elm:\n\nThe dam will hold.\n\nIt rained.",
            &["outlet", "Jo Elm|:", "outlet"],
        );
        check("Former Mayor Jo Elm…\n\n…said the dam was safe.", &["outlet", "Jo Elm|said"]);
        check("Valley News: Old dam breaks in the night", &["Valley News|:"]);
        check("Then Elm tweeted:\n\nA strange thing to say.", &["outlet", "outlet"]);
    }

    #[test]
    fn tweets_are_their_authors() {
        check("Sad day! We go on. — Jo B. Elm (@joelm) July 9, 2017", &["Jo Elm|", "Jo Elm|"]);
    }

    #[test]
    fn several_speakers() {
        check(
            "Jo Elm said the dam was safe, while Al Oak said it was not.",
            &["Jo Elm; Al Oak|said"],
        );
    }

    #[test]
    fn initials_and_titles() {
        check(
            "Cllr. J. R. Oak left. “It leaks,” he said. Oak added that it was old.",
            &["outlet", "J. R. Oak|said", "J. R. Oak|added"],
        );
        check("Engineer Joan Elm said the dam was safe.", &["Joan Elm|said"]);
    }

    #[test]
    fn roles_told_behind_a_name() {
        check(
            "Joan Elm, the town's engineer, came. Al Oak, a pilot, left.\n\n“It leaks,” the engineer said.",
            &["outlet", "outlet", "Joan Elm|said"],
        );
        check(
            "Joan Elm was back. “It leaks,” the minister said. A minister said it did not.",
            &["outlet", "Joan Elm|said", "minister|said"],
        );
        check(
            "The dam has leaked for years, according to the mayor’s letter.",
            &["mayor|according to"],
        );
    }

    #[test]
    fn a_pronoun_tells_who_is_a_woman() {
        check(
            "“It leaks,” said Gwyn Elm. “It does,” she said. R. T. Oak left too. It was old, he said.",
            &["Gwyn Elm|said", "Gwyn Elm|said", "outlet", "R. T. Oak|said"],
        );
    }

    #[test]
    fn names_before_long_asides() {
        for aside in [
            "22, of Oakton, Ohio,",
            "head of the Dam Friends, a small club,",
            "D-Ohio, chairman of a board,",
        ] {
            check(
                &format!("Joan Elm, {aside} said the dam was safe for everybody below it."),
                &["Joan Elm|said"],
            );
        }
        check("While Oak says it leaks, Elm said it was safe.", &["Elm|said"]);
    }

    #[test]
    fn groups_and_roles() {
        check("Senior engineers said the dam was safe.", &["Senior engineers|said"]);
        check(
            "Senator Joan Elm came. The senator said that the dam was safe.",
            &["outlet", "Joan Elm|said"],
        );
    }

    #[test]
    fn contents_are_what_was_said() {
        let told = |text: &str| {
            let article = Article { text: text.into(), ..Article::default() };
            let sentences = article_parts::split(&article);
            let spans = contents(&sentences).remove(0);
            spans.into_iter().map(|span| sentences[0].text[span].to_string()).collect::<Vec<_>>()
        };
        assert_eq!(told("“The dam will hold,” said Mayor Jo Elm."), ["“The dam will hold,”"]);
        let both = ["The dam,", ", would hold for many years to come."];
        assert_eq!(told("The dam, she said, would hold for many years to come."), both);
        assert_eq!(told("The dam broke in the night."), Vec::<String>::new());
        let long = quotations("A “so-called dam” and “it will not hold for long”.").pop();
        assert_eq!(long, Some(26..57));
    }

    #[test]
    fn signs_are_seen_where_a_sentence_is_judged() {
        let article = Article {
            title: "Dam breaks".into(),
            text: "The dam could break, Jo Elm said.\n\nRelated Articles".into(),
            ..Article::default()
        };
        let seen = signs(&article_parts::split(&article));
        assert!(seen[0].is_empty() && seen[2].is_empty());
        let names: Vec<String> = seen[1].iter().map(ToString::to_string).collect();
        for name in ["start always", "rules attributed", "word could", "beside none, none"] {
            assert!(names.iter().any(|seen| seen == name), "{name} is not in {names:?}");
        }
    }

    #[test]
    fn odd_texts() {
        check("", &[]);
        check("“”", &["outlet"]);
        check("\0 😀", &["outlet"]);
        assert_eq!(attribute(&[]), []);
    }

    #[test]
    fn furniture_is_never_attributed() {
        check("Related Articles\n\n“It will hold,” says Elm", &["outlet", "outlet"]);
    }

    #[test]
    fn long_texts_cost_no_more_than_their_length() {
        for piece in [
            "he said that ",
            "5, said ",
            "Oak, who is said ",
            "Jo Elm, a said ",
            "As Oak said, ",
            "“ab. ",
            "Oak, ",
            "according to X, ",
            "( ",
            "“It rained. ",
        ] {
            let article = Article { text: piece.repeat(100_000), ..Article::default() };
            attribute(&article_parts::split(&article));
        }
    }

    proptest! {
        #[test]
        fn every_sentence_has_a_voice(
            text in "(?s)(he said |Jo Elm |according to |: |, |[.!?…\"”“'’()\n—@] ?|\\PC){0,80}",
        ) {
            let article = Article { text, ..Article::default() };
            let sentences = article_parts::split(&article);
            let found = attribute(&sentences);
            prop_assert_eq!(found.len(), sentences.len());
            for told in found.iter().filter(|told| told.voice == Voice::Outlet) {
                prop_assert_eq!(told, &Attribution::outlet());
            }
        }
    }
}
