//! Odd text is text: whatever an article holds, it is split, read and shown.

use framescope::article::Article;
use framescope::classifier::Classifier;
use framescope::render::{self, Format};
use framescope::report::{PredictionSource, ReportBuilder, Settings};
use framescope::target::Target;
use proptest::prelude::*;

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "The plan ",
        "“",
        "”",
        "\"",
        "'",
        "’s",
        ". ",
        "?! ",
        "… ",
        "\n",
        "\n\n",
        "said ",
        "Sen. ",
        "A. B. Lee ",
        "— Ann (@ann) July 9, 2017",
        "\u{0}",
        "🧵",
        "e\u{301}",
        "\u{202e}",
        "according to ",
        "Related Articles",
        "<b>",
        "&amp;",
        "1. ",
        "• ",
        "\t",
        "\u{a0}",
        "he ",
        ",",
        ":",
        "-",
        "plan",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat()),
        "\\PC{0,200}",
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_sentence_stands_where_it_says_and_nothing_is_lost(title in texts(), text in texts()) {
        let article = Article { id: "a".into(), outlet: "O".into(), title, text, ..Article::default() };
        let classifier = Classifier::new(super::features::model(), vec![Target::named("plan")]);
        let classified = classifier.classify(&article);
        let mut printed = String::new();
        for (at, found) in classified.iter().enumerate() {
            let sentence = &found.sentence;
            let is_headline = sentence.part.name() == "headline";
            let whole = if is_headline { &article.title } else { &article.text };
            prop_assert_eq!(&whole[sentence.span.clone()], sentence.text);
            prop_assert_eq!(sentence.number, at + 1);
            if !is_headline {
                printed += sentence.text;
            }
            for mention in &found.readings[0].mentions {
                prop_assert!(sentence.text[mention.clone()].eq_ignore_ascii_case("plan"));
            }
        }
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(bare(&article.text), bare(&printed));

        let mut builder = ReportBuilder::new();
        builder.add(&classified);
        let mut report = builder.finish(PredictionSource::of_model(classifier.model()), classifier.targets().to_vec(), Settings::default(), Some(classifier.model()));
        report.explain(classifier.model());
        for format in [Format::Text, Format::Markdown, Format::Html, Format::Csv, Format::Json] {
            prop_assert!(render::write(&report, format, &mut Vec::new()).is_ok());
        }
    }
}
