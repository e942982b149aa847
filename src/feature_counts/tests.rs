use super::*;
use crate::word_vectors::StemMerger;

const SENTENCES: [&str; 3] = ["The plan failed", "The plan failed badly", "A good plan"];

fn view(row: usize) -> View<'static> {
    View::new(SENTENCES[row], &[])
}

fn counts(base: Option<&Vocabulary>) -> FeatureCounts {
    let is_wanted = |&index: &usize| ["word", "pair"].contains(&TEMPLATES[index].name);
    FeatureCounts::count(3, view, (0..TEMPLATES.len()).filter(is_wanted).collect(), base)
}

fn names(rows: &[usize]) -> Vec<String> {
    sorted_names(&counts(None).learn(rows).vocabulary(view, Vec::new(), None).unwrap().0)
}

fn sorted_names(vocabulary: &Vocabulary) -> Vec<String> {
    let name = |column| vocabulary.name(column).into_owned();
    let mut names: Vec<_> = (0..vocabulary.len()).map(name).collect();
    names.sort();
    names
}

#[test]
fn columns_are_the_features_of_two_rows() {
    let expected = ["pair=plan fail", "pair=the plan", "word=fail", "word=plan", "word=the"];
    assert_eq!(names(&[0, 1, 2]), expected);
}

#[test]
fn a_fold_learns_from_its_rows_alone() {
    assert_eq!(names(&[0, 2]), ["word=plan"]);
}

#[test]
fn values_are_those_worked_by_hand() {
    let counts = counts(None);
    let learnt = counts.learn(&[0, 1, 2]);
    // Of "A good plan" only `word=plan` has a column, the most common: so its block has length 1.
    assert_eq!(learnt.encode(&[2]).row(0).collect::<Vec<_>>(), [(0, 1.0)]);
    // "plan" stands in all three rows, everything else in two: ln(4/3) + 1.
    for (at, &idf) in learnt.idf.iter().enumerate() {
        assert!((idf - if at == 0 { 1.0 } else { 1.287_682 }).abs() < 1e-6);
    }
}

#[test]
fn an_encoded_sentence_equals_its_counted_row() {
    let known = [("word=plan".to_string(), 3.0), ("pair=good plan".to_string(), 2.0)];
    for base in [None, Some(&Vocabulary::of(&known).unwrap().0)] {
        let counts = counts(base);
        let learnt = counts.learn(&[0, 1, 2]);
        let (vocabulary, _) = learnt.vocabulary(view, Vec::new(), base).unwrap();
        for (row, sentence) in SENTENCES.iter().enumerate() {
            let mut ours: Vec<f32> = learnt.encode(&[row]).row(0).map(|(_, v)| v).collect();
            let encoded = vocabulary.encode(&View::new(sentence, &[]));
            let mut theirs: Vec<f32> = encoded.iter().map(|(_, v)| *v).collect();
            for values in [&mut ours, &mut theirs] {
                values.sort_by(f32::total_cmp);
            }
            assert_eq!(ours, theirs);
        }
    }
}

#[test]
fn what_a_base_knows_keeps_its_values() {
    let known = [("word=plan".to_string(), 3.0), ("word=good".to_string(), 4.0)];
    let counts = counts(Some(&Vocabulary::of(&known).unwrap().0));
    let learnt = counts.learn(&[0, 1]);
    // `word=good` stands in no row that was learnt from; `pair=a good` is too rare.
    let values: Vec<f32> = learnt.encode(&[2]).row(0).map(|(_, value)| value).collect();
    assert!(values.contains(&0.8) && values.contains(&0.6) && values.len() == 2);
    // Beside the base's `word=plan`, `word=the` and `word=fail` have a length of their own.
    let squares = learnt.encode(&[0]).row(0).map(|(_, value)| value * value).sum::<f32>();
    assert!((squares - 3.0).abs() < 1e-6);
}

#[test]
fn a_name_at_the_start_of_a_sentence_has_no_column() {
    let sentences = ["we met Quill here", "they saw Quill here", "Quill fell", "Quill fell"];
    let view = |row: usize| View::new(sentences[row], &[]);
    let seen = FeatureCounts::count(4, view, vec![0], None);
    let vocabulary = seen.learn(&[0, 1, 2, 3]).vocabulary(view, Vec::new(), None).unwrap().0;
    assert_eq!(sorted_names(&vocabulary), ["word=NAME", "word=fell", "word=here"]);
}

#[test]
fn kept_columns_are_found_again() {
    let counts = counts(None);
    let learnt = counts.learn(&[0, 1, 2]);
    let kept = learnt.keep(&[3, 0]);
    assert_eq!(kept.columns_in(&learnt).collect::<Vec<_>>(), [Some(3), Some(0)]);
    let back: Vec<_> = learnt.columns_in(&kept).collect();
    assert_eq!(back, [Some(1), None, None, Some(0), None]);
    assert_eq!(kept.encode(&[2]).row(0).collect::<Vec<_>>(), [(1, 1.0)]);
}

#[test]
fn words_of_which_something_is_known_need_no_second_row() {
    let mut merger = StemMerger::of(["bad", "good"].map(str::to_string).into_iter().collect());
    merger.score("good", 1.0);
    merger.vector("badly", &[1.0]);
    merger.vector("gull", &[2.0]);
    merger.vector("plans", &[3.0]);
    let words = merger.finish(Vec::new());
    let counts = counts(None).with_words(&words);
    // Row 2 is held out: of its words "good" is known, of its pairs nothing.
    let learnt = counts.learn(&[0, 1]);
    let (vocabulary, _) = learnt.vocabulary(view, Vec::new(), None).unwrap();
    let expected = ["pair=plan fail", "pair=the plan", "word=bad", "word=fail", "word=good"];
    assert_eq!(sorted_names(&vocabulary), [&expected[..], &["word=plan", "word=the"]].concat());
    assert_eq!(learnt.vector_ids().flatten().count(), 3);
    let unseen = learnt.unseen_frequent(&words, None);
    let names: Vec<String> =
        unseen.iter().map(|(id, _)| words.kind(*id).name(words.stem(*id))).collect();
    assert_eq!(names, ["word=gull"]);
    // ln((1 + 3) / (1 + 0)) + 1.
    assert!((unseen[0].1 - 2.386_294).abs() < 1e-5);
}

#[test]
fn what_is_too_rare_for_any_rows_makes_no_difference() {
    let known = [("word=badly".to_string(), 3.0), ("pair=good plan".to_string(), 2.0)];
    for base in [None, Some(&Vocabulary::of(&known).unwrap().0)] {
        let (whole, small) = (counts(base), counts(base).without_rare());
        assert!(small.features.len() < whole.features.len());
        for rows in [&[0, 1, 2][..], &[0, 2], &[1]] {
            let (from_whole, from_small) = (whole.learn(rows), small.learn(rows));
            assert_eq!(from_small.encode(&[0, 1, 2]), from_whole.encode(&[0, 1, 2]));
            let names = |learnt: &FoldVocabulary<'_>| {
                sorted_names(&learnt.vocabulary(view, Vec::new(), base).unwrap().0)
            };
            assert_eq!(names(&from_small), names(&from_whole));
        }
    }
}
