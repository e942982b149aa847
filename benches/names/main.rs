//! Measures how much the probabilities change when a name is swapped.
//!
//! `cargo run --release --example names -- [FOLDER] [--model MODEL]`; the folder may also be named by
//! `FRAMESCOPE_DATA`, and without `--model` the built-in model is measured. The folder holds
//! `newsmtsc`, which is no part of the project: without it nothing is measured.
//!
//! Of each kind of name 200 sentences are taken, spread evenly over `dev.csv`; into each of them go
//! twenty names of politicians, ten of each party. A full name is replaced by a full name, a last
//! name by a last name, a first name by a first name; titles and pronouns stay as they are. A name
//! that somebody else in the sentence bears is left out there: it would make two persons one.
#![allow(clippy::print_stdout, reason = "a program that prints its measurements")]

mod places;

use std::error::Error;
use std::path::PathBuf;

use framescope::example::Example;
use framescope::model::Model;
use framescope::model_input::ModelInput;
use framescope::text::Span;
use framescope::text::tokenizer::tokens;
use framescope::training::dataset::mentions;

use places::{Form, Place, Row, found_names, marked_others, read};

type Done<T> = Result<T, Box<dyn Error>>;

/// Number of sentences.
const SENTENCES: usize = 200;

/// The built-in model.
static BUILT_IN: &[u8] = include_bytes!("../../models/stance.safetensors");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Party {
    Democrat,
    Republican,
}
use Party::{Democrat, Republican};

/// A person's name.
#[derive(Debug, Clone, Copy)]
struct Name {
    first: &'static str,
    last: &'static str,
    party: Party,
}

const fn name(first: &'static str, last: &'static str, party: Party) -> Name {
    Name { first, last, party }
}

/// Ten of each party, five women and five men, each name of two words.
const NAMES: [Name; 20] = [
    name("Barack", "Obama", Democrat),
    name("Joe", "Biden", Democrat),
    name("Bernie", "Sanders", Democrat),
    name("Chuck", "Schumer", Democrat),
    name("Cory", "Booker", Democrat),
    name("Hillary", "Clinton", Democrat),
    name("Nancy", "Pelosi", Democrat),
    name("Elizabeth", "Warren", Democrat),
    name("Kamala", "Harris", Democrat),
    name("Amy", "Klobuchar", Democrat),
    name("Donald", "Trump", Republican),
    name("Mike", "Pence", Republican),
    name("Ted", "Cruz", Republican),
    name("Mitch", "McConnell", Republican),
    name("Paul", "Ryan", Republican),
    name("Sarah", "Palin", Republican),
    name("Nikki", "Haley", Republican),
    name("Susan", "Collins", Republican),
    name("Lisa", "Murkowski", Republican),
    name("Marsha", "Blackburn", Republican),
];

fn main() -> Done<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = arguments.iter().position(|argument| argument == "--model");
    let named = option.map(|at| arguments.drain(at..).nth(1).ok_or("--model names no file"));
    let named = named.transpose()?;
    let folder = arguments.into_iter().next().or_else(|| std::env::var("FRAMESCOPE_DATA").ok());
    let Some(folder) = folder.map(PathBuf::from).filter(|folder| folder.is_dir()) else {
        println!("skipped: no folder of data given, neither as argument nor by FRAMESCOPE_DATA");
        return Ok(());
    };
    let model = match named {
        Some(path) => Model::from_bytes(&std::fs::read(path)?)?,
        None => Model::from_static(BUILT_IN)?,
    };
    let rows = read(&folder.join("newsmtsc/dev.csv"))?;
    println!("model {}, {} names, {} rows read", model.name(), NAMES.len(), rows.len());
    let of_targets = first_of_each_sentence(&rows, |at| rows[at].places());
    let of_found = first_of_each_sentence(&rows, |at| found_names(&rows[at].example));
    let of_marked = first_of_each_sentence(&rows, |at| marked_others(&rows, at));
    for (what, cases) in [
        ("The target's own name", of_targets),
        ("Another name in the sentence, as the program tells names", of_found),
        ("Another person in the sentence, as NewsMTSC marks persons", of_marked),
    ] {
        let moved = Moved::measure(&model, &spread(&cases, SENTENCES));
        println!("\n{what} (of {} sentences that have one)\n{moved}", cases.len());
    }
    Ok(())
}

/// A sentence and the name that is swapped in it.
#[derive(Debug)]
struct Case<'r> {
    example: &'r Example,
    places: Vec<Place>,
}

/// The first row of each sentence that has such a name.
fn first_of_each_sentence(
    rows: &[Row],
    places: impl Fn(usize) -> Option<Vec<Place>>,
) -> Vec<Case<'_>> {
    let mut seen = std::collections::BTreeSet::new();
    let mut cases = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if seen.contains(&row.sentence) {
            continue;
        }
        if let Some(places) = places(at) {
            seen.insert(&row.sentence);
            cases.push(Case { example: &row.example, places });
        }
    }
    cases
}

/// A number of rows, evenly spread.
fn spread<T>(all: &[T], wanted: usize) -> Vec<&T> {
    let n = wanted.min(all.len());
    (0..n).map(|at| &all[at * all.len() / n]).collect()
}

/// Whether a word of the name is elsewhere in the sentence.
fn is_taken(case: &Case<'_>, name: Name) -> bool {
    let text = &case.example.text;
    let stays = |span: &Span| {
        case.places.iter().all(|place| place.span.end <= span.start || span.end <= place.span.start)
    };
    let mut words = tokens(text).map(|token| token.span).filter(stays);
    words.any(|span| [name.first, name.last].contains(&&text[span]))
}

/// The row with another name, and the new place of its target.
fn swapped(case: &Case<'_>, name: Name) -> Example {
    let old = &case.example.text;
    let (mut text, mut from) = (String::new(), 0);
    let mut shifts: Vec<(usize, isize)> = Vec::new();
    for Place { span, form } in &case.places {
        let new = match form {
            Form::Full => format!("{} {}", name.first, name.last),
            Form::First => name.first.to_string(),
            Form::Last => name.last.to_string(),
        };
        text += &old[from..span.start];
        text += &new;
        from = span.end;
        shifts.push((span.end, new.len().cast_signed() - span.len().cast_signed()));
    }
    text += &old[from..];
    let moved = |at: usize| {
        let before = shifts.iter().filter(|(end, _)| *end <= at);
        at.saturating_add_signed(before.map(|(_, shift)| shift).sum())
    };
    let mention = case.example.mention.clone().map(|span| moved(span.start)..moved(span.end));
    let target = mention.clone().map_or(case.example.target.clone(), |span| text[span].to_string());
    Example { text, target, mention, ..case.example.clone() }
}

/// Changes of the probabilities of each label.
#[derive(Debug)]
struct Moved {
    labels: Vec<String>,
    n_sentences: usize,
    /// By pair of sentence and name, and by label: the new probability less the one before.
    changes: Vec<Vec<f64>>,
    /// By pair: the party whose name was put in.
    parties: Vec<Party>,
    /// Pairs after whose swap another label was the most probable one.
    n_other_label: usize,
}

impl Moved {
    fn measure(model: &Model, cases: &[&Case<'_>]) -> Self {
        let mut moved = Moved {
            labels: model.labels().to_vec(),
            n_sentences: cases.len(),
            changes: Vec::new(),
            parties: Vec::new(),
            n_other_label: 0,
        };
        let predict = |example: &Example| {
            model.predict(&ModelInput::sentence(&example.text, &mentions(example)))
        };
        for case in cases {
            let before = predict(case.example);
            for name in NAMES.into_iter().filter(|name| !is_taken(case, *name)) {
                let after = predict(&swapped(case, name));
                let pairs = after.probabilities.iter().zip(&before.probabilities);
                moved.changes.push(pairs.map(|(after, before)| after - before).collect());
                moved.parties.push(name.party);
                moved.n_other_label += usize::from(after.label != before.label);
            }
        }
        moved
    }

    /// The mean change of a label's probability under names of one party.
    fn of_party(&self, label: usize, party: Party) -> f64 {
        let of = self.changes.iter().zip(&self.parties).filter(|(_, of)| **of == party);
        mean(of.map(|(changes, _)| changes[label]))
    }
}

impl std::fmt::Display for Moved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "label         mean |change|  largest |change|  Democrat's name  Republican's  difference"
        )?;
        let sizes = |label: usize| self.changes.iter().map(move |changes| changes[label].abs());
        for (label, name) in self.labels.iter().enumerate() {
            let [ours, theirs] = [Democrat, Republican].map(|party| self.of_party(label, party));
            writeln!(
                f,
                "{name:12}  {:13.4}  {:16.4}  {ours:+15.4}  {theirs:+12.4}  {:+10.4}",
                mean(sizes(label)),
                sizes(label).fold(0.0, f64::max),
                ours - theirs
            )?;
        }
        let all = || (0..self.labels.len()).flat_map(sizes);
        writeln!(f, "{:12}  {:13.4}  {:16.4}", "all", mean(all()), all().fold(0.0, f64::max))?;
        write!(
            f,
            "{} pairs of {} sentences and {} names; another label is the most probable one in {}",
            self.changes.len(),
            self.n_sentences,
            NAMES.len(),
            self.n_other_label
        )
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (n, sum) = values.fold((0.0, 0.0), |(n, sum), value| (n + 1.0, sum + value));
    if n > 0.0 { sum / n } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PELOSI: Name = name("Nancy", "Pelosi", Democrat);

    fn row(text: &str, target: &str, further: &[&str]) -> Row {
        let place = |name: &str| text.find(name).map(|at| at..at + name.len());
        let example = Example {
            path: PathBuf::new(),
            line: 2,
            id: "1".into(),
            article_id: String::new(),
            outlet: String::new(),
            date: String::new(),
            text: text.into(),
            target: target.into(),
            mention: place(target),
            label_shares: Vec::new(),
            weight: 1.0,
            coder: String::new(),
            ..Example::default()
        };
        let further = further.iter().filter_map(|name| place(name)).collect();
        Row { example, sentence: "s".into(), further }
    }

    #[track_caller]
    fn check(row: &Row, places: Option<Vec<Place>>, text: &str, target: &str) {
        let case = Case { example: &row.example, places: places.expect("a plain name") };
        let new = swapped(&case, PELOSI);
        assert_eq!((new.text.as_str(), new.target.as_str()), (text, target));
        assert_eq!(&new.text[new.mention.expect("a place")], target);
    }

    #[test]
    fn each_form_of_the_targets_name_is_swapped_for_the_same_form() {
        let text = "Ada Brook won; Ms. Brook’s rival says she, Ada, cheated.";
        let row = row(text, "Ms. Brook", &["Ada Brook", "she", "Ada,"]);
        let expected = "Nancy Pelosi won; Ms. Pelosi’s rival says she, Nancy, cheated.";
        check(&row, row.places(), expected, "Ms. Pelosi");
    }

    #[test]
    fn other_peoples_words_are_left_alone() {
        let text = "Brook’s brookside house, said Ed Marsh, is old Brook land.";
        let row = row(text, "Brook", &["Ed Marsh"]);
        let expected = "Pelosi’s brookside house, said Ed Marsh, is old Pelosi land.";
        check(&row, row.places(), expected, "Pelosi");
    }

    #[test]
    fn pronouns_and_descriptions_are_no_plain_names() {
        for target in ["She", "the mayor", "Mayor", "Brook and Marsh", "Brook, a lawyer"] {
            let text = format!("{target} left.");
            assert_eq!(row(&text, target, &[]).places(), None, "{target}");
        }
    }

    #[test]
    fn a_name_that_the_program_hides_is_swapped_and_the_target_kept() {
        let row = row("In March the émigré Ed Marsh told Brook to go.", "Brook", &[]);
        let expected = "In March the émigré Nancy Pelosi told Brook to go.";
        check(&row, found_names(&row.example), expected, "Brook");
    }

    #[test]
    fn another_marked_person_is_swapped_at_the_head_of_the_sentence_too() {
        let text = "Marsh told Brook to go.";
        let rows = [row(text, "Brook", &[]), row(text, "Marsh", &[])];
        check(&rows[0], marked_others(&rows, 0), "Pelosi told Brook to go.", "Brook");
    }

    #[test]
    fn a_name_that_somebody_else_bears_is_taken() {
        let row = row("Brook told Nancy to go.", "Brook", &[]);
        let case = Case { example: &row.example, places: row.places().expect("a plain name") };
        assert!(is_taken(&case, PELOSI));
        assert!(!is_taken(&case, name("Ada", "Brook", Democrat)));
    }

    #[test]
    fn the_choice_is_spread_evenly_and_the_same_each_time() {
        assert_eq!(spread(&[0, 1, 2, 3, 4, 5, 6], 3), [&0, &2, &4]);
        assert_eq!(spread(&[0, 1], 3), [&0, &1]);
    }

    #[test]
    fn both_parties_have_ten_names() {
        assert_eq!(NAMES.iter().filter(|name| name.party == Democrat).count(), 10);
    }
}
