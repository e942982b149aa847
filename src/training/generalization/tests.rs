use std::collections::BTreeSet;

use proptest::prelude::*;

use super::holdout::{leave_outlet_out, temporal_split};
use super::*;
use crate::calendar_day::Day;
use crate::example::Example;
use crate::model::card::Settings;
use crate::training::base_prior::Prior;
use crate::training::dataset::Dataset;
use crate::training::instance::Instance;
use crate::training::{Trained, train};

fn example(text: &str, label: usize) -> Example {
    Example {
        path: "labels.csv".into(),
        line: 2,
        id: String::new(),
        article_id: String::new(),
        outlet: String::new(),
        date: String::new(),
        text: text.into(),
        target: String::new(),
        mention: None,
        label_shares: vec![(["dim", "lit"][label].into(), 1.0)],
        weight: 1.0,
        coder: String::new(),
        ..Example::default()
    }
}

/// Rows of three outlets, which say the same with words of their own.
pub(super) fn with_house_styles() -> Vec<Example> {
    let words = [["soot", "glow"], ["murk", "beam"], ["fog", "gleam"]];
    let row = |n: usize| {
        let (outlet, label) = (n % 3, n / 3 % 2);
        Example {
            outlet: ["Beacon", "Clarion", "Wire"][outlet].into(),
            date: format!("2031-06-{:02}", 1 + n / 12),
            article_id: format!("{outlet}-{}", n / 6),
            ..example(&format!("{} number {n}", words[outlet][label]), label)
        }
    };
    (0..120).map(row).collect()
}

pub(super) fn gather(gold: &[Example], silver: &[Example]) -> Dataset {
    Dataset::gather(gold, silver, "light", None).unwrap()
}

fn settings() -> Settings {
    let without = vec!["letters".to_string()];
    Settings { penalties: vec![1.0], without, resamples: 200, folds: 4, ..Settings::default() }
}

pub(super) fn trained(dataset: &Dataset) -> Trained {
    train("light", dataset, &settings(), Prior::default(), Vec::new(), None).unwrap()
}

#[test]
fn house_styles_show_as_an_outlet_leak() {
    let dataset = gather(&with_house_styles(), &[]);
    let trained = trained(&dataset);
    let holdout = Holdout::new(ValidationMethod::Outlets, &dataset, &settings()).unwrap();
    let found = Validation::new(&dataset, &trained, Prior::default()).compare(holdout).unwrap();
    assert_eq!((found.articles.parts, found.held_out.parts), (3, 3));
    assert!((found.held_out.n_train - 80.0).abs() < 1e-9);
    assert!((found.articles.n_train - 80.0).abs() < 3.0, "{}", found.articles.n_train);
    // Whoever has read the outlet knows its words; whoever has not knows nothing.
    assert!(found.articles.scores.accuracy.value > 0.99);
    assert!(found.held_out.scores.accuracy.value < 0.7);
    assert!(found.fall.interval.unwrap().low > 0.2, "{:?}", found.fall);
    let names: Vec<&str> = found.held_out_by_outlet.iter().map(|o| o.outlet.as_str()).collect();
    assert_eq!(names, ["Beacon", "Clarion", "Wire"]);
}

#[test]
fn the_latest_days_are_judged_by_the_earlier_ones() {
    let dataset = gather(&with_house_styles(), &[]);
    let holdout = Holdout::new(ValidationMethod::Time, &dataset, &settings()).unwrap();
    // Twelve rows a day over ten days; a quarter is 30 rows, and two days are as close as three.
    assert_eq!(holdout.from, Day::parse("2031-06-08"));
    assert_eq!((holdout.splits[0].test.len(), holdout.splits[0].train.len()), (36, 84));
    let trained = trained(&dataset);
    let found = Validation::new(&dataset, &trained, Prior::default()).compare(holdout).unwrap();
    assert_eq!((found.articles.scores.rows, found.held_out.scores.rows), (36, 36));
    assert!(found.held_out.scores.accuracy.value > 0.99, "the words stay the same over time");
    assert!(found.fall.value.abs() < 1e-9);
}

#[test]
fn the_learning_curve_ends_at_the_cross_validation() {
    let dataset = gather(&with_house_styles(), &[]);
    let trained = trained(&dataset);
    let steps = Validation::new(&dataset, &trained, Prior::default()).learning_curve().unwrap();
    let shares: Vec<f64> = steps.iter().map(|step| step.share).collect();
    assert_eq!(shares, [0.1, 0.25, 0.5, 0.75, 1.0]);
    assert!(steps.windows(2).all(|pair| pair[0].n_train < pair[1].n_train));
    assert_eq!(steps[4].scores, trained.model.card().scores);
    assert_eq!(steps[0].gain, None);
    let rows = |step: &LearningCurvePoint| step.scores.as_ref().map(|scores| scores.rows);
    assert!(steps[1..].iter().all(|step| rows(step) == Some(120)), "the same rows are judged");
}

#[test]
fn an_ablation_leaves_out_one_kind_after_the_other() {
    let dataset = gather(&with_house_styles(), &[]);
    let trained = trained(&dataset);
    let steps = Validation::new(&dataset, &trained, Prior::default()).ablation().unwrap();
    assert_eq!(steps.len(), crate::features::TEMPLATES.len());
    let whole = trained.model.card().scores.as_ref().unwrap();
    assert_eq!((steps[0].without, &steps[0].scores), (None, whole));
    // The sentences name no target: what is counted from it brings nothing.
    let without = |part: &str| steps.iter().find(|step| step.without == Some(part)).unwrap();
    assert!(without("side").loss.unwrap().value.abs() < 1e-9);
}

#[test]
fn what_cannot_be_held_out_is_refused() {
    let refused = |method, change: &dyn Fn(usize, &mut Example)| {
        let mut rows = with_house_styles();
        rows.iter_mut().enumerate().for_each(|(n, row)| change(n, row));
        Holdout::new(method, &gather(&rows, &[]), &settings()).unwrap_err().to_string()
    };
    let error = refused(ValidationMethod::Outlets, &|_, row| row.outlet.clear());
    assert!(error.ends_with("two outlets or more (column outlet), found none"), "{error}");
    let error = refused(ValidationMethod::Outlets, &|_, row| row.outlet = "Beacon".into());
    assert!(error.ends_with("found Beacon only"), "{error}");
    let error = refused(ValidationMethod::Time, &|_, row| row.date = "2031-06-01".into());
    assert!(error.ends_with("two days or more (column date), found 2031-06-01 only"), "{error}");
    let error = refused(ValidationMethod::Time, &|_, row| row.date = "June".into());
    assert!(error.contains("date is `June`; holding out the latest days needs days"), "{error}");
    let error = refused(ValidationMethod::Outlets, &|_, row| {
        row.outlet = ["Beacon", "Wire"][usize::from(row.label() == Some("lit"))].into();
        row.article_id.clear();
    });
    assert!(error.contains("no row labelled dim would be left to learn from"), "{error}");
}

/// Rows with outlets, days and articles by chance, some of which are not known.
fn rows() -> impl Strategy<Value = Vec<Example>> {
    let row = (0_usize..2, 0_usize..9, 0_usize..9, 0_usize..12);
    let row = row.prop_map(|(label, outlet, day, article)| Example {
        outlet: if outlet == 0 { String::new() } else { format!("Outlet {outlet}") },
        date: if day == 0 { String::new() } else { format!("2031-06-0{day}") },
        article_id: if article == 0 { String::new() } else { article.to_string() },
        ..example("", label)
    });
    prop::collection::vec(row, 1..60).prop_map(|mut rows| {
        rows.iter_mut().enumerate().for_each(|(n, row)| row.text = format!("row {n}"));
        rows
    })
}

proptest! {
    #[test]
    fn nothing_held_out_is_trained_on(gold in rows(), silver in rows()) {
        let silver: Vec<Example> = silver
            .into_iter()
            .map(|row| Example {
                text: format!("silver {}", row.text),
                label_shares: vec![("dim".into(), 0.5), ("lit".into(), 0.5)],
                ..row
            })
            .collect();
        let both = ["dim", "lit"].map(String::from);
        let dataset = Dataset::gather(&gold, &silver, "light", Some(&both)).unwrap();
        let all: Vec<_> = dataset.all().collect();
        for method in [ValidationMethod::Outlets, ValidationMethod::Time] {
            let holdout = match method {
                ValidationMethod::Outlets => leave_outlet_out(&dataset, &settings()),
                ValidationMethod::Time => temporal_split(&dataset, &settings()),
            };
            let Ok(holdout) = holdout else { continue };
            for split in &holdout.splits {
                let test = || split.test.iter().map(|&row| all[row]);
                let articles: BTreeSet<usize> = test().map(|item| item.article).collect();
                let texts: BTreeSet<usize> = test().map(|item| item.text_cluster).collect();
                let outlets: BTreeSet<&str> = test().map(|item| item.outlet.as_str()).collect();
                let first = test().map(|item| item.date.as_str()).min().unwrap_or_default();
                for item in split.train.iter().map(|&row| all[row]) {
                    prop_assert!(!articles.contains(&item.article));
                    prop_assert!(!texts.contains(&item.text_cluster));
                    match method {
                        ValidationMethod::Outlets => prop_assert!(!outlets.contains(item.outlet.as_str())),
                        ValidationMethod::Time => prop_assert!(item.date.as_str() < first),
                    }
                }
            }
            let unknown = |item: &&Instance| match method {
                ValidationMethod::Outlets => item.outlet.is_empty(),
                ValidationMethod::Time => item.date.is_empty(),
            };
            prop_assert_eq!(holdout.n_unknown, dataset.gold_and_silver().filter(unknown).count());
            let held = holdout.rows();
            prop_assert!(held.windows(2).all(|pair| pair[0] < pair[1]), "each is held once");
            if method == ValidationMethod::Outlets {
                let named = dataset.gold.iter().filter(|item| !item.outlet.is_empty());
                prop_assert_eq!(held.len(), named.count(), "each that names an outlet");
            }
        }
    }
}
