//! Whose words a sentence conveys: the outlet's own or a source's.

mod clause;
mod complement;
pub mod cues;
mod exception;
mod head;
mod inversion;
mod lead;
mod lexicon;
mod names;
mod noun;
mod paragraph;
mod quotes;
mod speech;
mod teller;
mod words;

use crate::parts::{Part, Sentence};

use names::Names;
use paragraph::Paragraph;
use teller::Teller;

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
}

impl Attribution {
    /// The outlet's own voice.
    pub fn outlet() -> Self {
        Attribution { voice: Voice::Outlet, speakers: Vec::new(), cue: String::new() }
    }
}

/// The voice of every sentence of one article, in the order given.
pub fn attribute(sentences: &[Sentence<'_>]) -> Vec<Attribution> {
    let groups: Vec<_> = sentences.chunk_by(|one, next| one.paragraph == next.paragraph).collect();
    let opens_quoted =
        |group: &&[Sentence<'_>]| group.first().is_some_and(|s| quotes::opens_with_mark(s.text));
    let paragraphs: Vec<Paragraph> = (0..groups.len())
        .map(|at| Paragraph::new(groups[at], groups.get(at + 1).is_some_and(opens_quoted)))
        .collect();
    let words: Vec<_> = paragraphs.iter().map(Paragraph::words).collect();
    let mut names = Names::default();
    for (group, words) in groups.iter().zip(&words) {
        if group[0].part == Part::Body {
            for words in words {
                names.note(words);
            }
        }
    }
    let mut teller = Teller::new(names);
    let mut found = Vec::with_capacity(sentences.len());
    for ((group, paragraph), words) in groups.iter().zip(&paragraphs).zip(&words) {
        if group[0].part.is_counted() {
            found.extend(teller.tell(paragraph, words));
        } else {
            found.extend(group.iter().map(|_| Attribution::outlet()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::parts;
    use proptest::prelude::*;

    /// Every sentence below the headline as `speaker|cue`, or `outlet`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let article = Article { text: text.into(), ..Article::default() };
        let sentences = parts::split(&article);
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
            attribute(&parts::split(&article));
        }
    }

    proptest! {
        #[test]
        fn every_sentence_has_a_voice(
            text in "(?s)(he said |Jo Elm |according to |: |, |[.!?…\"”“'’()\n—@] ?|\\PC){0,80}",
        ) {
            let article = Article { text, ..Article::default() };
            let sentences = parts::split(&article);
            let found = attribute(&sentences);
            prop_assert_eq!(found.len(), sentences.len());
            for told in found.iter().filter(|told| told.voice == Voice::Outlet) {
                prop_assert_eq!(told, &Attribution::outlet());
            }
        }
    }
}
