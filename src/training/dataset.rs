//! Datasets: instances made from the rows of label files.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::fold_assignment;
use super::instance::Instance;
use crate::agreement::coder_labels::{ADJUDICATED, item_key};
use crate::codebook::Codebook;
use crate::error::Error;
use crate::example::Example;
use crate::target::Target;
use crate::text::Span;

/// One in this many sentences that name their target is added with the target masked.
const MASKED_EVERY: usize = 5;

/// Largest weight of a row; one divided by it is the smallest.
const HEAVIEST: f64 = 1e6;

/// Most sentences of which letters are features: with more, each word is there often enough.
const MOST_FOR_LETTERS: usize = 5000;

/// The instances of label files.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dataset {
    /// The labels, in the codebook's order.
    pub labels: Vec<String>,
    /// Instances labelled by people: to train and to evaluate on.
    pub gold: Vec<Instance>,
    /// Instances labelled by a program: to train on only.
    pub silver: Vec<Instance>,
    /// Copies of other instances with the target masked: to train on only.
    pub masked: Vec<Instance>,
    /// Number of rows that gold was made from.
    pub n_rows: usize,
    /// Number of gold instances that several coders coded.
    pub n_coded_twice: usize,
    /// Number of these with an adjudicated label.
    pub n_adjudicated: usize,
    /// Number of gold instances whose sentence does not contain their target; they are read as a whole.
    pub n_target_missing: usize,
    /// Number of gold instances without an article's id.
    pub n_without_article: usize,
    /// Number of gold instances of each outlet.
    pub outlets: BTreeMap<String, usize>,
}

impl Dataset {
    /// Turns label rows into instances, gold and silver. `labels` are those of a model to evaluate; without
    /// them, the labels are those of the codebook that occur in gold, or all that occur, in byte order,
    /// where the dimension has no codebook.
    ///
    /// # Errors
    /// Refuses other labels, a silver row without a share of each label, and weights below 10⁻⁶ or above
    /// 10⁶; gives file and line.
    pub fn gather(
        gold: &[Example],
        silver: &[Example],
        dimension: &str,
        labels: Option<&[String]>,
    ) -> Result<Self, Error> {
        let names = label_names(gold, dimension, labels)?;
        check_labels(silver, &names)?;
        check_silver(silver, &names)?;
        gold.iter().chain(silver).try_for_each(check_weight)?;
        let mut dataset = Dataset { labels: names, n_rows: gold.len(), ..Dataset::default() };
        let coded = by_item(gold);
        let firsts = || coded.iter().map(|codes| codes[0].1).chain(silver);
        let rows = firsts().map(|example| (example.article_id.as_str(), example.text.as_str()));
        let articles = fold_assignment::articles(rows);
        let texts: Vec<&str> = firsts().map(|example| example.text.as_str()).collect();
        let clusters = fold_assignment::text_clusters(&texts);
        let mut places = articles.into_iter().zip(clusters);
        for (codes, place) in coded.iter().zip(&mut places) {
            dataset.push(codes, place);
        }
        let instance = |((row, example), place)| dataset.instance(&[(row, example)], place);
        dataset.silver = silver.iter().enumerate().zip(places).map(instance).collect();
        let named = dataset.gold_and_silver().filter(|instance| !instance.mentions.is_empty());
        let masked = named.step_by(MASKED_EVERY).cloned();
        dataset.masked = masked.map(|named| Instance { is_masked: true, ..named }).collect();
        Ok(dataset)
    }

    /// The sum of each label's shares over gold.
    pub fn label_counts(&self) -> Vec<f64> {
        let of = |label: usize| self.gold.iter().map(|instance| instance.label_shares[label]).sum();
        (0..self.labels.len()).map(of).collect()
    }

    /// Number of articles that gold comes from.
    pub fn n_articles(&self) -> usize {
        self.gold.iter().map(|instance| instance.article).collect::<BTreeSet<_>>().len()
    }

    /// Number of gold instances that an instance of another article nearly repeats.
    pub fn n_repeated(&self) -> usize {
        let mut articles = BTreeMap::<usize, BTreeSet<usize>>::new();
        for instance in &self.gold {
            articles.entry(instance.text_cluster).or_default().insert(instance.article);
        }
        self.gold.iter().filter(|instance| articles[&instance.text_cluster].len() > 1).count()
    }

    /// Whether letters of words help: few sentences, most of which do not name their target.
    pub fn suits_letters(&self) -> bool {
        let all = self.gold_and_silver().count();
        let marked = self.gold_and_silver().filter(|item| !item.mentions.is_empty()).count();
        all <= MOST_FOR_LETTERS && 2 * marked < all
    }

    /// Gold, then silver.
    pub fn gold_and_silver(&self) -> impl Iterator<Item = &Instance> {
        self.gold.iter().chain(&self.silver)
    }

    /// Instances that are trained on and never evaluated on.
    pub fn train_only(&self) -> impl Iterator<Item = &Instance> {
        self.silver.iter().chain(&self.masked)
    }

    /// All instances, gold first.
    pub fn all(&self) -> impl Iterator<Item = &Instance> {
        self.gold.iter().chain(self.train_only())
    }

    /// The stems of all words of the instances.
    pub fn stems(&self) -> FxHashSet<String> {
        let all: Vec<&Instance> = self.gold_and_silver().collect();
        let stems = |mut found: FxHashSet<String>, instance: &&Instance| {
            let view = instance.view();
            found.extend(view.terms.iter().map(|term| view.stem(term)));
            found
        };
        let union = |mut a: FxHashSet<String>, b| {
            a.extend(b);
            a
        };
        all.par_iter().fold(FxHashSet::default, stems).reduce(FxHashSet::default, union)
    }

    fn push(&mut self, codes: &[(usize, &Example)], place: (usize, usize)) {
        let (_, first) = codes[0];
        let adjudicated = codes.iter().find(|(_, code)| code.coder == ADJUDICATED);
        self.n_coded_twice += usize::from(codes.len() > 1);
        self.n_adjudicated += usize::from(adjudicated.is_some());
        let instance = self.instance(adjudicated.map_or(codes, std::slice::from_ref), place);
        self.n_target_missing +=
            usize::from(instance.mentions.is_empty() && !first.target.is_empty());
        self.n_without_article += usize::from(first.article_id.is_empty());
        *self.outlets.entry(first.outlet.clone()).or_default() += 1;
        self.gold.push(instance);
    }

    /// An instance from its rows, and its article and cluster of texts.
    fn instance(
        &self,
        codes: &[(usize, &Example)],
        (article, text_cluster): (usize, usize),
    ) -> Instance {
        let (row, first) = codes[0];
        let mentions = mentions(first);
        Instance {
            text: first.text.clone(),
            subject: subject(first).to_string(),
            title: first.title.clone(),
            before: first.before.clone(),
            mentions,
            label_shares: mean_shares(codes, &self.labels),
            weight: first.weight,
            is_masked: false,
            article,
            text_cluster,
            drawing: first.drawing,
            outlet: first.outlet.clone(),
            date: first.date.clone(),
            row,
        }
    }
}

/// The labels that a model can give.
fn label_names(
    gold: &[Example],
    dimension: &str,
    labels: Option<&[String]>,
) -> Result<Vec<String>, Error> {
    if let Some(labels) = labels {
        check_labels(gold, labels)?;
        return Ok(labels.to_vec());
    }
    let occurring: BTreeSet<&String> =
        gold.iter().flat_map(|example| &example.label_shares).map(|(label, _)| label).collect();
    let Some(book) = Codebook::of(dimension) else {
        return Ok(occurring.into_iter().cloned().collect());
    };
    check_labels(gold, &book.names())?;
    Ok(book.names().into_iter().filter(|label| occurring.contains(label)).collect())
}

fn check_labels(examples: &[Example], known: &[String]) -> Result<(), Error> {
    for example in examples {
        if let Some((found, _)) = example.label_shares.iter().find(|(l, _)| !known.contains(l)) {
            let expected = known.join(", ");
            let reason = format!("unknown label `{found}`, expected one of {expected}");
            return Err(Error::row(&example.path, example.line, reason));
        }
    }
    Ok(())
}

/// Checks that a silver row has a share of every label; a missing column would count as 0.
fn check_silver(silver: &[Example], labels: &[String]) -> Result<(), Error> {
    let is_whole = |example: &&Example| example.label_shares.len() == labels.len();
    let Some(example) = silver.iter().find(|example| !is_whole(example)) else { return Ok(()) };
    let expected: Vec<String> = labels.iter().map(|label| format!("p_{label}")).collect();
    let reason =
        format!("no silver row; expected {} (or logit_…), all filled", expected.join(", "));
    Err(Error::row(&example.path, example.line, reason))
}

/// Checks a row's weight: beside one beyond these no other row counts, or it counts for nothing.
fn check_weight(example: &Example) -> Result<(), Error> {
    let (least, most) = (1.0 / HEAVIEST, HEAVIEST);
    if (least..=most).contains(&example.weight) {
        return Ok(());
    }
    let reason = format!(
        "the weight is {:e}; expected {least} to {most}, 1 for an ordinary row",
        example.weight
    );
    Err(Error::row(&example.path, example.line, reason))
}

/// The rows of each item with their places, in the order of their first rows. Rows without a coder
/// are items of their own.
fn by_item(examples: &[Example]) -> Vec<Vec<(usize, &Example)>> {
    let mut places = BTreeMap::new();
    let mut items: Vec<Vec<(usize, &Example)>> = Vec::new();
    for (row, example) in examples.iter().enumerate() {
        let next = items.len();
        let place = match example.coder.is_empty() {
            true => next,
            false => *places.entry(item_key(example)).or_insert(next),
        };
        if place == next {
            items.push(Vec::new());
        }
        items[place].push((row, example));
    }
    items
}

/// The mean share of each label over the codes.
fn mean_shares(codes: &[(usize, &Example)], labels: &[String]) -> Vec<f64> {
    let n = codes.len() as f64;
    let given = || codes.iter().flat_map(|(_, code)| &code.label_shares);
    let of = |label| given().filter(|(l, _)| l == label).map(|(_, share)| share).sum::<f64>() / n;
    labels.iter().map(of).collect()
}

/// The name of an example's target: its own where it has one, else the target where no place is given, so
/// that it is looked up by its name, as in an article.
fn subject(example: &Example) -> &str {
    match example.subject.is_empty() && example.mention.is_none() {
        true => &example.target,
        false => &example.subject,
    }
}

/// Where an example's target stands: where its row says, and wherever else one of its names is found.
pub fn mentions(example: &Example) -> Vec<Span> {
    let (name, aliases) = (example.target.clone(), example.other_names.clone());
    let target = Target { name, aliases, ..Target::default() };
    target.mentions_beside(&example.text, example.mention.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(line: u64, id: &str, coder: &str, label: &str) -> Example {
        Example {
            path: "labels.csv".into(),
            line,
            id: id.into(),
            article_id: String::new(),
            outlet: "Beacon".into(),
            date: String::new(),
            text: "The plan beats the old plan".into(),
            target: "plan".into(),
            mention: None,
            label_shares: vec![(label.into(), 1.0)],
            weight: 1.0,
            coder: coder.into(),
            ..Example::default()
        }
    }

    fn gather(examples: &[Example]) -> Result<Dataset, Error> {
        Dataset::gather(examples, &[], "stance", None)
    }

    #[test]
    fn the_adjudicated_label_is_final() {
        let rows = [
            example(2, "1", "a", "critical"),
            example(3, "1", "b", "neutral"),
            example(4, "1", ADJUDICATED, "neutral"),
        ];
        let dataset = gather(&rows).unwrap();
        assert_eq!((dataset.n_rows, dataset.n_coded_twice, dataset.n_adjudicated), (3, 1, 1));
        assert_eq!(dataset.gold[0].label_shares, [0.0, 1.0]);
    }

    #[test]
    fn coders_who_differ_share_the_item() {
        let rows = [example(2, "1", "a", "critical"), example(3, "1", "b", "supportive")];
        let dataset = gather(&rows).unwrap();
        assert_eq!(dataset.labels, ["critical", "supportive"]);
        assert_eq!(dataset.gold[0].label_shares, [0.5, 0.5]);
    }

    #[test]
    fn rows_without_a_coder_are_instances_of_their_own() {
        let rows = [example(2, "1", "", "critical"), example(3, "1", "", "neutral")];
        assert_eq!(gather(&rows).unwrap().gold.len(), 2);
    }

    #[test]
    fn silver_shares_articles_with_gold_and_is_kept_apart() {
        let mut silver = example(2, "s", "", "neutral");
        silver.label_shares = vec![("neutral".into(), 0.25), ("critical".into(), 0.75)];
        let gold = [example(2, "1", "", "critical"), example(3, "2", "", "neutral")];
        let dataset = Dataset::gather(&gold, &[silver], "stance", None).unwrap();
        assert_eq!((dataset.gold.len(), dataset.silver.len()), (2, 1));
        assert_eq!(dataset.silver[0].label_shares, [0.75, 0.25]);
        assert_eq!(dataset.silver[0].article, dataset.gold[0].article);
        let strange = [example(9, "s", "", "supportive")];
        assert!(Dataset::gather(&gold, &strange, "stance", None).is_err());
    }

    #[test]
    fn one_in_five_that_name_their_target_is_masked_too() {
        let mut rows: Vec<Example> = (0..11).map(|n| example(n, "", "", "neutral")).collect();
        rows[0].target = "tax".into();
        let dataset = gather(&rows).unwrap();
        assert_eq!((dataset.gold.len(), dataset.masked.len()), (11, 2));
        assert!(dataset.masked.iter().all(|instance| instance.view().target.is_none()));
        assert!(dataset.gold.iter().all(|instance| !instance.is_masked));
    }

    #[test]
    fn an_unknown_label_is_named_with_its_place() {
        let error = gather(&[example(7, "1", "", "negative")]).unwrap_err().to_string();
        assert_eq!(
            error,
            "labels.csv, line 7: unknown label `negative`, expected one of critical, neutral, supportive"
        );
    }

    #[test]
    fn coders_in_files_of_their_own_are_brought_together() {
        let mut rows = [example(2, "a-1", "a", "critical"), example(2, "b-1", "b", "critical")];
        rows[1].path = "others.csv".into();
        assert_eq!(gather(&rows).unwrap().gold.len(), 1);
        rows[1].mention = Some(4..8);
        assert_eq!(gather(&rows).unwrap().gold.len(), 2);
    }

    #[test]
    fn silver_that_leaves_a_label_out_is_refused() {
        let gold = [example(2, "1", "", "critical"), example(3, "2", "", "neutral")];
        let silver = [example(9, "s", "", "neutral")];
        let error = Dataset::gather(&gold, &silver, "stance", None).unwrap_err().to_string();
        assert!(error.contains("line 9: no silver row; expected p_critical, p_neutral"), "{error}");
    }

    #[test]
    fn the_main_mention_comes_first_and_others_follow() {
        let mut row = example(2, "1", "", "critical");
        row.mention = Some(23..27);
        assert_eq!(mentions(&row), [23..27, 4..8]);
        row.target = "tax".into();
        row.mention = None;
        assert!(mentions(&row).is_empty());
        row.other_names = vec!["The plan".into()];
        assert_eq!(mentions(&row).first(), Some(&(0..8)));
        assert_eq!(subject(&row), "tax");
    }

    #[test]
    fn labels_of_an_own_dimension_are_those_found() {
        let rows = [example(2, "1", "", "warm"), example(3, "2", "", "cold")];
        assert_eq!(Dataset::gather(&rows, &[], "tone", None).unwrap().labels, ["cold", "warm"]);
    }
}
