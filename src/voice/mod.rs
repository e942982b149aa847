//! Attributes sentences: whether each conveys the outlet's own words or a source's.
//!
//! What decides: rules over its tokens take a sentence for a source's words where most of it is
//! content that somebody is said to have said, and a logistic regression over a closed list of
//! features, the verdict of the rules among them, overrules them where its score says otherwise and
//! somebody but the outlet could be speaking.
//!
//! ```text
//! paragraph, quotations         sentences joined; what stands between quote marks
//! lexicon, usual_case           what is known of a word: its tags, whether it is usually small
//! *token*, nicknames            words and marks with their tags
//! clause, cue_*, inverted_*     whether a cue is a verb that reports here
//! source_frame                  words that report without a verb: *according to*
//! noun_*, leading_phrase        who its subject is
//! reported_speech, speech_*     the acts of speech of one sentence, what of it is content, and whose
//! speaker_*, reference, *name*  names for pronouns, roles and quotations without a cue
//! office_holders, places        who holds which office where
//! memory, written_works         what a sentence leaves for those behind it: subjects, texts and authors
//! interview_answer, name_below  paragraphs without marks below a heading; speakers named below
//! voice_features, voice_model   the features of a sentence and their weights
//! article_parse                 all of this for one article
//! ```

mod article_parse;
mod attributed_share;
mod attribution;
mod cue_clause;
mod cue_complement;
mod initials;
mod interview_answer;
mod inverted_subject;
mod leading_phrase;
mod lexicon;
mod memory;
mod name_below;
mod name_parts;
mod namesakes;
mod nicknames;
mod noun_head;
mod noun_phrase;
mod office_holders;
mod paragraph;
mod paragraph_context;
mod person_names;
mod places;
mod printed_name;
mod quotations;
mod reference;
mod reported_speech;
mod sentence_tokens;
mod signed_tweets;
mod source_frame;
mod speaker_introduction;
mod speaker_tracker;
mod speech_acts;
mod speech_kind;
mod speech_subject;
mod token_ends;
mod usual_case;
mod voice_features;
mod voice_model;
mod written_works;

pub use article_parse::{attribute, by_rules, contents, features, quoted};
pub use attribution::{Attribution, Voice};
pub use lexicon::{CueClass, cue_class};
pub use name_parts::is_full_name;
pub use quotations::quotations;
pub use voice_features::VoiceFeature;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::article_parts;
    use proptest::prelude::*;

    /// Every sentence of an article without a headline as `speaker|cue`, or `outlet`.
    pub(super) fn told(text: &str) -> Vec<String> {
        let article = Article { text: text.into(), ..Article::default() };
        let show = |found: Attribution| match found.voice {
            Voice::Outlet => "outlet".to_string(),
            Voice::Attributed => format!("{}|{}", found.speakers.join("; "), found.cue),
        };
        attribute(&article_parts::split(&article)).into_iter().map(show).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(told(text), expected, "{text}");
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
        check("Senator Jo Elm:\n\nIt will hold.\n\nIt rained.", &["outlet", "Jo Elm|:", "outlet"]);
        check("Former Mayor Jo Elm…\n\n…said the dam was safe.", &["outlet", "Jo Elm|said"]);
        check("Valley News: Old dam breaks in the night", &["Valley News|:"]);
        check("Then Elm tweeted:\n\nA strange thing to say.", &["outlet", "outlet"]);
        check(
            "Engineer Jo Elm said of the dam:\n\nIt held for years. Nobody saw it leak.\n\nIt rained.",
            &["Jo Elm|said", "Jo Elm|said", "Jo Elm|said", "outlet"],
        );
        check("It rained here:\n\nThe dam was full. It held.", &["outlet", "outlet", "outlet"]);
    }

    #[test]
    fn tweets_are_their_authors() {
        check("Sad day! We go on. — Jo B. Elm (@joelm) July 9, 2017", &["Jo Elm|", "Jo Elm|"]);
        check("Jo Elm (@joelm)\n\nA dam is a con #dams", &["outlet", "Jo Elm|"]);
        check(
            "Here is the full statement from Jo Elm:\n\nThe dam must go. It will fall.",
            &["outlet", "Jo Elm|:", "Jo Elm|:"],
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
    fn roles_in_an_apposition() {
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
    fn a_pronoun_gives_the_gender() {
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
    fn authors_of_studies_and_subjects_of_participles() {
        check(
            "It leaks, according to a study by the Valley Board.",
            &["Valley Board|according to"],
        );
        check(
            "(SOUNDBITE) MAYOR JO ELM SAYING: “The dam will hold for many years to come.”",
            &["JO ELM|SAYING"],
        );
        check(
            "Joan Elm met critics who want the dam rebuilt, saying it would hold for years.",
            &["Joan Elm|saying"],
        );
        check(
            "OAKTON, Ohio (AP) — Joan Elm left in a hurry, saying that it would hold for years.",
            &["Joan Elm|saying"],
        );
        check(
            "Finally, Joan Elm came. However, she was silent, saying only that it would hold for years.",
            &["outlet", "Joan Elm|saying"],
        );
    }

    #[test]
    fn names_of_institutions_are_whole() {
        check(
            "The Department of Roads and Dams said it was safe.",
            &["Department of Roads and Dams|said"],
        );
        check("A report published Monday said the dam was leaking.", &["report|said"]);
        check(
            "The Valley River Board said that it was safe. It had been built well, the agency said.",
            &["Valley River Board|said", "Valley River Board|said"],
        );
    }

    #[test]
    fn several_speakers() {
        check("Jo Elm and Al Oak both said it was safe.", &["Jo Elm; Al Oak|said"]);
        check("Jo Elm said it was safe, while Al Oak said not.", &["Jo Elm; Al Oak|said"]);
    }

    #[test]
    fn what_stands_before_a_name_is_no_part_of_it() {
        check(
            "Ohio Administrator Al Oak came. It was safe, Oak said. “It is,” the Ohio Republican said.",
            &["outlet", "Al Oak|said", "Al Oak|said"],
        );
        check("Theresa May said it was safe.", &["Theresa May|said"]);
        check("Mary Elm, head of a board, Valley Dams Ltd., said it was safe.", &["Mary Elm|said"]);
    }

    #[test]
    fn who_speaks_is_a_person() {
        check(
            "Hide Caption: the dam. Jo Elm came. It was in New Hampshire. “It holds,” she said.",
            &["outlet", "outlet", "outlet", "Jo Elm|said"],
        );
        check("TARGET: four dams in the valley leak", &["outlet"]);
    }

    #[test]
    fn somebody_without_a_name_goes_on() {
        check(
            "Mayor Dora Elm came. An Oakton nurse wept. “It leaks,” she said.",
            &["outlet", "outlet", "Oakton nurse|said"],
        );
        check(
            "The board met. The Dockers’ Guild, in a reply to Al Oak of Ohio, demanded that it close.",
            &["outlet", "Dockers’ Guild|demanded"],
        );
        check("Jo Elm has in the meantime said it was safe.", &["Jo Elm|said"]);
        check(
            "Jo Elm ruled on the dam. It had leaked for years, the ruling said.",
            &["outlet", "Jo Elm|said"],
        );
    }

    #[test]
    fn released_statements_and_labels_announce() {
        check(
            "Jo Elm released a statement on the dam:\n\nIt is wrong. I will not have it.",
            &["outlet", "Jo Elm|:", "Jo Elm|:"],
        );
        check("It leaks (via the Valley News):\n\nThe dam is old.", &["outlet", "Valley News|:"]);
        check(
            "SEN. JO ELM, MAYOR: The dam is old. It leaks.\n\nI saw it. It was wet.\n\nAL OAK, HOST: It rained.",
            &["JO ELM|:", "JO ELM|", "JO ELM|", "JO ELM|", "outlet"],
        );
    }

    #[test]
    fn contents_are_what_was_said() {
        let said = |text: &str| {
            let article = Article { text: text.into(), ..Article::default() };
            let sentences = article_parts::split(&article);
            let spans = contents(&sentences).remove(0);
            spans.into_iter().map(|span| sentences[0].text[span].to_string()).collect::<Vec<_>>()
        };
        assert_eq!(said("“The dam will hold,” said Mayor Jo Elm."), ["“The dam will hold,”"]);
        let both = ["The dam,", ", would hold for many years to come."];
        assert_eq!(said("The dam, she said, would hold for many years to come."), both);
        assert_eq!(said("The dam broke in the night."), Vec::<String>::new());
        let long = quotations("A “so-called dam” and “it will not hold for long”.").pop();
        assert_eq!(long, Some(26..57));
    }

    #[test]
    fn features_are_found_where_the_model_decides() {
        let article = Article {
            title: "Dam breaks".into(),
            text: "The dam could break, Jo Elm said.\n\nRelated Articles".into(),
            ..Article::default()
        };
        let found = features(&article_parts::split(&article));
        assert!(found[0].is_empty() && found[2].is_empty());
        let names: Vec<String> = found[1].iter().map(ToString::to_string).collect();
        for name in ["start always", "rules attributed", "word could", "beside none, none"] {
            assert!(names.iter().any(|found| found == name), "{name} is not in {names:?}");
        }
    }

    #[test]
    fn odd_texts() {
        check("", &[]);
        check("“”", &["outlet"]);
        check("\0 😀", &["outlet"]);
        assert_eq!(attribute(&[]), []);
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
            "a study by ",
            "nurse, ",
            "reply ",
            "Board of ",
            "Jo Elm of Xa, ",
            "12:12 ",
            "quoted Elm, ",
            "Elm (D-Ohio), ",
            "Jo Elm, who said ",
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
            for outlet in found.iter().filter(|found| found.voice == Voice::Outlet) {
                prop_assert_eq!(outlet, &Attribution::outlet());
            }
        }
    }
}
