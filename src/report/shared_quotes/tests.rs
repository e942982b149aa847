//! Whole articles in, quotes out. Every sentence here is invented.

use super::*;
use crate::article::Article;
use crate::article_parts;
use crate::classifier::Classified;
use crate::classifier::TargetStance;
use crate::model::{Explanation, Prediction};
use crate::model_input::ModelInput;
use crate::report::explanation::{Explainer, Predictor};
use crate::report::fixture::{LongestWord, article, body, prediction, quoted};
use crate::report::quotes::{OutletUse, UseForm};
use crate::report::speaker_index::{NameCounts, SpeakerIndex};
use crate::target::TargetRelation;
use crate::voice;

const FULL_QUOTE: &str = "“We will not spend one more penny on this wall of steel, and I mean \
    it,” said Ann Lee.";

/// Any words are as supportive as the function says.
struct Supportive(fn(&str) -> f64);

impl Predictor for Supportive {
    fn predict(&self, input: &ModelInput<'_>) -> Prediction {
        prediction([0.0, 0.0, (self.0)(input.text)])
    }

    fn explain(&self, input: &ModelInput<'_>) -> Explanation {
        LongestWord.explain(input)
    }
}

/// The quotes of some outlets; any words are as supportive as `express` says.
fn finish(
    quotes: QuoteCollector,
    outlets: &[String],
    speaker_index: &SpeakerIndex,
    express: fn(&str) -> f64,
) -> Quotes {
    let mut quotes = quotes.finish(&CorpusFinishInputs { outlets, targets: &[], speaker_index });
    Explainer::new(&[], Some(&Supportive(express))).label_quotes(&mut quotes);
    quotes
}

fn add(quotes: &mut QuoteCollector, sentences: &[Classified<'_>]) {
    quotes.add(&ArticleView::new(sentences, false).unwrap());
}

fn of(outlets: &[(&str, &[&str])]) -> Quotes {
    let articles: Vec<Article> =
        outlets.iter().map(|(outlet, _)| article(outlet, &format!("{outlet}-1"))).collect();
    let mut quotes = QuoteCollector::default();
    for (article, (_, texts)) in articles.iter().zip(outlets) {
        let line = |(at, text): (usize, &&'static str)| {
            quoted("Ann Lee", body(article, at + 1, text, TargetRelation::Mention, [0.1, 0.8, 0.1]))
        };
        // The texts live as long as the test.
        let texts: Vec<&'static str> =
            texts.iter().map(|text| &*Box::leak(text.to_string().into_boxed_str())).collect();
        let lines: Vec<Classified<'_>> = texts.iter().enumerate().map(line).collect();
        add(&mut quotes, &lines);
    }
    let names: Vec<String> = outlets.iter().map(|(outlet, _)| outlet.to_string()).collect();
    finish(quotes, &names, &SpeakerIndex::default(), |_| 0.5)
}

/// What outlets made of the quotes in one article each, read from its text; `express` says how
/// supportive any words are.
fn read(articles: &[(&str, &str)], express: fn(&str) -> f64) -> Quotes {
    let articles: Vec<Article> = (articles.iter())
        .map(|(outlet, text)| Article { text: (*text).to_owned(), ..article(outlet, outlet) })
        .collect();
    let (mut quotes, mut people) = (QuoteCollector::default(), NameCounts::default());
    for article in &articles {
        let sentences = article_parts::split(article);
        let voices = voice::attribute(&sentences);
        let lines = sentences.into_iter().zip(voices).map(|(sentence, attribution)| {
            attribution.speakers.iter().for_each(|name| people.add(name, 1));
            let prediction = Some(prediction([0.8, 0.1, 0.1]));
            let reading = TargetStance {
                about: TargetRelation::Context,
                mentions: Vec::new(),
                prediction,
                hand_label: None,
            };
            let (readings, shared_with) = (vec![reading], Vec::new());
            Classified { article, sentence, attribution, readings, shared_with }
        });
        let lines: Vec<Classified<'_>> = lines.collect();
        add(&mut quotes, &lines);
    }
    let names: Vec<String> = articles.iter().map(|article| article.outlet.clone()).collect();
    finish(quotes, &names, &people.finish(), express)
}

/// Each shared quote with its speakers, and one letter an outlet: full, trimmed, paraphrased, absent.
fn table(quotes: &Quotes) -> Vec<(String, String, String)> {
    let letter = |of: &OutletUse| match of.form {
        UseForm::Full => 'F',
        UseForm::Trimmed => 'T',
        UseForm::Paraphrased => 'P',
        UseForm::Absent => '-',
    };
    let line = |quote: &SharedQuote| {
        let uses = quote.uses.iter().map(letter).collect();
        (quote.text.clone(), quote.speakers.join("; "), uses)
    };
    quotes.shared.iter().map(line).collect()
}

#[track_caller]
fn check(articles: &[(&str, &str)], expected: &[(&str, &str, &str)]) {
    check_rows(&table(&read(articles, |_| 0.5)), expected);
}

#[track_caller]
fn check_rows(found: &[(String, String, String)], expected: &[(&str, &str, &str)]) {
    let found: Vec<(&str, &str, &str)> = found
        .iter()
        .map(|(text, who, uses)| (text.as_str(), who.as_str(), uses.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn two_people_s_words_and_the_name_of_a_programme_stay_apart() {
    let fox = "Talks with the mill are like talks with a fox.";
    let idea = "not the worst idea I have heard this year.";
    let joined = "“Talks with the mill are like talks with a fox,” Mayor Jo Elm wrote, while Senator \
        Al Oak said on “Talk of the Valley” that it was “not the worst idea I have heard this year.”";
    let apart = "Mayor Jo Elm wrote: “Talks with the mill are like talks with a fox.”\n\nSenator Al \
        Oak said it was “not the worst idea I have heard this year.”";
    check(&[("A", joined), ("B", apart)], &[(fox, "Jo Elm", "FF"), (idea, "Al Oak", "FF")]);
}

#[test]
fn nobody_is_told_where_as_many_outlets_name_somebody_else() {
    let quote = "We will not spend one more penny on this wall of steel.";
    let said = |name: &str| {
        format!("“We will not spend one more penny on this wall of steel.” said {name}.")
    };
    let (ann, jo) = (said("Ann Lee"), said("Jo Elm"));
    check(&[("A", &ann), ("B", &jo)], &[(quote, "", "FF")]);
    check(&[("A", &ann), ("B", &jo), ("C", &ann)], &[(quote, "Ann Lee", "FFF")]);
}

#[test]
fn a_tweet_without_marks_is_found_sentence_by_sentence() {
    let signed = "Mayor Jo Elm wrote again.\n\nThe fact that we met does not mean I trust them. They \
        can't-but a treaty can,& did! — Jo Elm (@joelm) July 9, 2031";
    let marked = "Mayor Jo Elm tweeted: \"The fact that we met does not mean I trust them. They can't \
        - but a treaty can, & did!\"";
    let (first, second) = (
        "The fact that we met does not mean I trust them.",
        "They can't - but a treaty can, & did!",
    );
    let expected = [(first, "Jo Elm", "FF"), (second, "Jo Elm", "FF")];
    let mut found = table(&read(&[("A", signed), ("B", marked)], |_| 0.5));
    found.sort();
    check_rows(&found, &expected);
}

#[test]
fn the_wording_that_most_outlets_print_stands_for_a_quote() {
    let printed = "Mayor Jo Elm said: “It is not the worst dam I have ever seen, but it is close.”";
    let part = "Mayor Jo Elm called it “not the worst dam I have ever seen.”";
    let reworded = "Mayor Jo Elm said: “It is not the poorest dam I have ever seen, but rather it is quite close.”";
    let bare =
        "It is not the worst dam I have ever seen, but it is close. — Jo Elm (@joelm) July 9, 2031";
    let quote = "It is not the worst dam I have ever seen, but it is close.";
    check(
        &[("A", reworded), ("B", printed), ("C", part), ("D", bare)],
        &[(quote, "Jo Elm", "PFTF")],
    );
    check(&[("D", bare), ("E", bare)], &[(quote, "Jo Elm", "FF")]);
}

#[test]
fn a_phrase_that_most_outlets_print_stands_for_whoever_repeats_it() {
    let chanted = "The crowd chanted “tear it down now” for hours.";
    let told = "“We had shirts on which we had all of us printed tear it down now,” said Ann Lee.";
    let outlets = [("A", chanted), ("B", chanted), ("C", chanted), ("D", told)];
    check(&outlets, &[("tear it down now", "crowd", "FFFF")]);
}

#[test]
fn what_nobody_says_is_no_quote() {
    let narrated = "The old dam above the mill broke in the night, officials said on Monday.";
    check(&[("A", narrated), ("B", narrated)], &[]);
}

#[test]
fn the_very_words_without_marks_are_no_paraphrase() {
    let marked = "Jo Elm said the town “will not spend one more penny on this wall of steel.”";
    let unmarked = "Jo Elm said the town will not spend one more penny on this wall of steel.";
    let reworded = "Jo Elm said that on a wall of steel the town would spend no penny more.";
    check(
        &[("A", marked), ("B", marked), ("C", unmarked), ("D", reworded)],
        &[("will not spend one more penny on this wall of steel.", "Jo Elm", "FFFP")],
    );
}

#[test]
fn an_article_may_print_a_quote_in_pieces() {
    let whole = "“We will not spend one more penny on this wall of steel; the ferry has to do for \
        us,” said Ann Lee.";
    let pieces = "Ann Lee said the town “will not spend one more penny on this wall of steel.” Lee \
        added that “the ferry has to do for us.”";
    check(
        &[("A", whole), ("B", pieces)],
        &[(
            "We will not spend one more penny on this wall of steel; the ferry has to do for us",
            "Ann Lee",
            "FF",
        )],
    );
}

#[test]
fn quotes_that_only_share_a_part_with_a_third_are_not_the_same() {
    let one = "“We shall build it higher and stronger before the next winter comes,” Ann Lee said.";
    let other =
        "“Nobody in town sleeps before the next winter comes and the ice with it,” Ann Lee said.";
    let part = "Ann Lee spoke of the time “before the next winter comes.”";
    let quotes = read(&[("A", one), ("B", other), ("C", part)], |_| 0.5);
    let found = table(&quotes);
    assert_eq!((found.len(), quotes.different), (1, 2), "{found:?}");
}

#[test]
fn a_quote_has_one_stance_wherever_it_is_printed() {
    let plain = "Ann Lee said: “It is a fine old dam and it will hold.”";
    let mocked = "The hapless Ann Lee made a fool of herself, saying “it is a fine old dam and it will hold.”";
    let express = |text: &str| if text.contains("hapless") { 0.1 } else { 0.9 };
    let quotes = read(&[("A", plain), ("B", mocked)], express);
    let judged: Vec<f64> =
        quotes.shared[0].judged.iter().flatten().map(|judged| judged.probability).collect();
    assert_eq!(judged, [0.9]);
}

#[test]
fn full_trimmed_paraphrased_and_absent_are_told_apart() {
    let quotes = of(&[
        ("A", &[FULL_QUOTE]),
        ("B", &["Lee said they would “not spend one more penny on this wall of steel”."]),
        ("C", &["Lee said she would spend no penny more on a steel wall, and meant it."]),
        ("D", &["“The weather has been mild for months,” said Ann Lee."]),
    ]);
    let [quote] = quotes.shared.as_slice() else { panic!("{quotes:?}") };
    let forms: Vec<UseForm> = quote.uses.iter().map(|of| of.form).collect();
    assert_eq!(forms, UseForm::ALL);
    assert_eq!(quote.uses[1].dropped, ["We will", "and I mean it"]);
    let exclusive: Vec<usize> = quotes.outlets.iter().map(|of| of.exclusive).collect();
    assert_eq!((exclusive, quotes.different), (vec![0, 0, 0, 1], 2));
    let omitted: Vec<&[usize]> = quotes.outlets.iter().map(|of| of.omitted.as_slice()).collect();
    assert_eq!(omitted, [&[][..], &[], &[], &[0]]);
    let [alone] = quotes.outlets[3].shown.as_slice() else { panic!() };
    assert_eq!(alone.text, "The weather has been mild for months");
}

#[test]
fn apostrophes_cut_nothing_and_a_word_that_comes_twice_is_kept_where_it_belongs() {
    let quotes = of(&[
        ("A", &["“I won’t pay for it and I will not ask my neighbours to,” said Ann Lee."]),
        ("B", &["“I won't pay for it and I will not ask my neighbours to,” said Ann Lee."]),
        ("C", &["“I will not ask my neighbours to,” said Ann Lee."]),
    ]);
    let uses: Vec<_> = quotes.shared[0].uses.iter().map(|of| of.dropped.clone()).collect();
    assert_eq!(uses, [vec![], vec![], vec!["I won’t pay for it and".to_owned()]]);
}

#[test]
fn too_many_passages_are_not_compared() {
    let article = article("A", "a");
    let line = quoted("Ann Lee", body(&article, 1, FULL_QUOTE, TargetRelation::None, [0.0; 3]));
    let mut quotes = QuoteCollector::default();
    // Each is a quote and tells something.
    (0..=MAX_PASSAGES / 2).for_each(|_| add(&mut quotes, std::slice::from_ref(&line)));
    add(&mut quotes, &[line]);
    let quotes =
        finish(quotes, &["A".to_string(), "B".to_string()], &SpeakerIndex::default(), |_| 0.5);
    assert_eq!((quotes.shared.len(), quotes.too_many), (0, MAX_PASSAGES + 1));
}

#[test]
fn one_quote_a_thousand_times_is_one() {
    let line = |outlet: &str| {
        let of = article(outlet, outlet);
        let line = quoted("Ann Lee", body(&of, 1, FULL_QUOTE, TargetRelation::None, [0.0; 3]));
        attributed_passage::passages(&[&line])
    };
    let passages = (0..1000).flat_map(|_| line("A")).chain(line("B")).collect();
    let quotes = QuoteCollector { passages, ..QuoteCollector::default() };
    let quotes =
        finish(quotes, &["A".to_string(), "B".to_string()], &SpeakerIndex::default(), |_| 0.5);
    assert_eq!((quotes.shared.len(), quotes.different), (1, 1));
}

#[test]
fn too_many_passages_are_as_many_in_parts() {
    let article = article("A", "a");
    let line = quoted("Ann Lee", body(&article, 1, FULL_QUOTE, TargetRelation::None, [0.0; 3]));
    let collected = |n: usize| {
        let mut quotes = QuoteCollector::default();
        (0..n).for_each(|_| add(&mut quotes, std::slice::from_ref(&line)));
        quotes
    };
    let n = MAX_PASSAGES / 2 + 20;
    let whole = collected(n);
    for first in [0, 1, n / 2, n - 10, n] {
        let mut parts = collected(first);
        parts.merge(collected(n - first));
        assert_eq!(parts.n_passages, whole.n_passages);
        assert!(parts.passages.is_empty());
    }
}
