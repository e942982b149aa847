//! From rows of label files to what is trained on.

use std::collections::{BTreeMap, BTreeSet};

use super::fold_assignment;
use crate::agreement::coder_labels::{ADJUDICATED, item_key};
use crate::codebook::Codebook;
use crate::error::Error;
use crate::evaluate::argmax;
use crate::example::Example;
use crate::features::View;
use crate::target::Target;
use crate::text::Span;

/// Of so many sentences that name their target one is learnt from without it, too.
const UNNAMED_EVERY: usize = 5;

/// One sentence to learn from or to be judged by.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// The sentence.
    pub text: String,
    /// Where the target stands, the main mention first.
    pub mentions: Vec<Span>,
    /// How much of it is which label; sums to 1.
    pub label_shares: Vec<f64>,
    /// How much it counts beside others.
    pub weight: f64,
    /// Whether it is read as if it did not name the target.
    pub is_unnamed: bool,
    /// Its article, as a number from 0; rows of one text share it.
    pub article: usize,
    /// The articles with which it must stay together, as a number from 0.
    pub group: usize,
    /// Who published it; empty where that is not known.
    pub outlet: String,
    /// When, as the file writes it; empty where that is not known.
    pub date: String,
    /// The first of the rows that it was made from, as a place in its label files.
    pub row: usize,
}

/// Label files, read and understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// The labels, in the codebook's order.
    pub labels: Vec<String>,
    /// What to learn from and to be judged by.
    pub items: Vec<Instance>,
    /// What to learn from only: labelled by a program, never judged by.
    pub silver: Vec<Instance>,
    /// Copies of some of the others with the target left out, to learn from only.
    pub unnamed: Vec<Instance>,
    /// How many rows they were made from.
    pub n_rows: usize,
    /// How many items several coders coded, and how many of these are adjudicated.
    pub n_coded_twice: usize,
    /// Of those, how many have an adjudicated label.
    pub n_adjudicated: usize,
    /// How many name a target that does not stand in the sentence; these count whole.
    pub n_target_missing: usize,
    /// How many items each outlet has.
    pub outlets: BTreeMap<String, usize>,
}

impl Instance {
    /// The sentence as the features see it.
    pub fn view(&self) -> View<'_> {
        match self.is_unnamed {
            true => View::unnamed(&self.text, &self.mentions),
            false => View::new(&self.text, &self.mentions),
        }
    }

    /// The label that has the largest share.
    pub fn label(&self) -> usize {
        argmax(&self.label_shares)
    }
}

impl Dataset {
    /// Understands label rows: gold, and silver beside it. `labels` are those that must be used, for
    /// judging a model; without them they are the codebook's that occur in gold, or all that occur
    /// in byte order where the dimension has no codebook.
    ///
    /// # Errors
    /// A label that is none of these, and silver that leaves a label out, with file and line.
    pub fn gather(
        gold: &[Example],
        silver: &[Example],
        dimension: &str,
        labels: Option<&[String]>,
    ) -> Result<Self, Error> {
        let names = label_names(gold, dimension, labels)?;
        check_labels(silver, &names)?;
        check_silver(silver, &names)?;
        let mut gathered = Dataset {
            labels: names,
            items: Vec::new(),
            silver: Vec::new(),
            unnamed: Vec::new(),
            n_rows: gold.len(),
            n_coded_twice: 0,
            n_adjudicated: 0,
            n_target_missing: 0,
            outlets: BTreeMap::new(),
        };
        let coded = by_item(gold);
        let firsts = || coded.iter().map(|codes| codes[0].1).chain(silver);
        let rows = firsts().map(|example| (example.article_id.as_str(), example.text.as_str()));
        let articles = fold_assignment::articles(rows);
        let texts: Vec<&str> = firsts().map(|example| example.text.as_str()).collect();
        let groups = fold_assignment::groups(&articles, &texts);
        let mut places = articles.into_iter().zip(groups);
        for (codes, place) in coded.iter().zip(&mut places) {
            gathered.push(codes, place);
        }
        let as_item = |((row, example), place)| gathered.item(&[(row, example)], place);
        gathered.silver = silver.iter().enumerate().zip(places).map(as_item).collect();
        let named = gathered.read().filter(|item| !item.mentions.is_empty());
        let unnamed = named.step_by(UNNAMED_EVERY).cloned();
        gathered.unnamed = unnamed.map(|item| Instance { is_unnamed: true, ..item }).collect();
        Ok(gathered)
    }

    /// How much of the items is each label.
    pub fn label_counts(&self) -> Vec<f64> {
        let of = |label: usize| self.items.iter().map(|item| item.label_shares[label]).sum();
        (0..self.labels.len()).map(of).collect()
    }

    /// How many articles the items come from.
    pub fn n_articles(&self) -> usize {
        self.items.iter().map(|item| item.article).collect::<BTreeSet<_>>().len()
    }

    /// How many groups of articles there are that share no text.
    pub fn n_groups(&self) -> usize {
        self.items.iter().map(|item| item.group).collect::<BTreeSet<_>>().len()
    }

    /// Everything that was read: the items, then silver.
    pub fn read(&self) -> impl Iterator<Item = &Instance> {
        self.items.iter().chain(&self.silver)
    }

    /// What is learnt from and never judged by.
    pub fn learnt_only(&self) -> impl Iterator<Item = &Instance> {
        self.silver.iter().chain(&self.unnamed)
    }

    /// Everything that is learnt from, the items first.
    pub fn all(&self) -> impl Iterator<Item = &Instance> {
        self.items.iter().chain(self.learnt_only())
    }

    fn push(&mut self, codes: &[(usize, &Example)], place: (usize, usize)) {
        let (_, first) = codes[0];
        let final_word = codes.iter().find(|(_, code)| code.coder == ADJUDICATED);
        self.n_coded_twice += usize::from(codes.len() > 1);
        self.n_adjudicated += usize::from(final_word.is_some());
        let item = self.item(final_word.map_or(codes, std::slice::from_ref), place);
        self.n_target_missing += usize::from(item.mentions.is_empty() && !first.target.is_empty());
        *self.outlets.entry(first.outlet.clone()).or_default() += 1;
        self.items.push(item);
    }

    /// An item from its rows, and its article and group.
    fn item(&self, codes: &[(usize, &Example)], (article, group): (usize, usize)) -> Instance {
        let (row, first) = codes[0];
        Instance {
            text: first.text.clone(),
            mentions: mentions(first),
            label_shares: mean_shares(codes, &self.labels),
            weight: first.weight,
            is_unnamed: false,
            article,
            group,
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

/// Silver tells how much of a row is each label; a column that is missing would count as none.
fn check_silver(silver: &[Example], labels: &[String]) -> Result<(), Error> {
    let is_whole = |example: &&Example| example.label_shares.len() == labels.len();
    let Some(example) = silver.iter().find(|example| !is_whole(example)) else { return Ok(()) };
    let expected: Vec<String> = labels.iter().map(|label| format!("p_{label}")).collect();
    let reason =
        format!("no silver row; expected {} (or logit_…), all filled", expected.join(", "));
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

/// How much of the codes is each label.
fn mean_shares(codes: &[(usize, &Example)], labels: &[String]) -> Vec<f64> {
    let n = codes.len() as f64;
    let given = || codes.iter().flat_map(|(_, code)| &code.label_shares);
    let of = |label| given().filter(|(l, _)| l == label).map(|(_, share)| share).sum::<f64>() / n;
    labels.iter().map(of).collect()
}

/// Where an example's target stands: where its row says, and wherever else its name is found.
pub fn mentions(example: &Example) -> Vec<Span> {
    Target::named(example.target.as_str()).mentions_beside(&example.text, example.mention.as_ref())
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
        let items = gather(&rows).unwrap();
        assert_eq!((items.n_rows, items.n_coded_twice, items.n_adjudicated), (3, 1, 1));
        assert_eq!(items.items[0].label_shares, [0.0, 1.0]);
    }

    #[test]
    fn coders_who_differ_share_the_item() {
        let rows = [example(2, "1", "a", "critical"), example(3, "1", "b", "supportive")];
        let items = gather(&rows).unwrap();
        assert_eq!(items.labels, ["critical", "supportive"]);
        assert_eq!(items.items[0].label_shares, [0.5, 0.5]);
    }

    #[test]
    fn rows_without_a_coder_are_items_of_their_own() {
        let rows = [example(2, "1", "", "critical"), example(3, "1", "", "neutral")];
        assert_eq!(gather(&rows).unwrap().items.len(), 2);
    }

    #[test]
    fn silver_shares_articles_with_gold_and_is_kept_apart() {
        let mut silver = example(2, "s", "", "neutral");
        silver.label_shares = vec![("neutral".into(), 0.25), ("critical".into(), 0.75)];
        let gold = [example(2, "1", "", "critical"), example(3, "2", "", "neutral")];
        let items = Dataset::gather(&gold, &[silver], "stance", None).unwrap();
        assert_eq!((items.items.len(), items.silver.len()), (2, 1));
        assert_eq!(items.silver[0].label_shares, [0.75, 0.25]);
        assert_eq!(items.silver[0].article, items.items[0].article);
        let strange = [example(9, "s", "", "supportive")];
        assert!(Dataset::gather(&gold, &strange, "stance", None).is_err());
    }

    #[test]
    fn one_in_five_that_name_their_target_is_learnt_from_without_it() {
        let mut rows: Vec<Example> = (0..11).map(|n| example(n, "", "", "neutral")).collect();
        rows[0].target = "tax".into();
        let items = gather(&rows).unwrap();
        assert_eq!((items.items.len(), items.unnamed.len()), (11, 2));
        assert!(items.unnamed.iter().all(|item| item.view().target.is_none()));
        assert!(items.items.iter().all(|item| !item.is_unnamed));
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
        assert_eq!(gather(&rows).unwrap().items.len(), 1);
        rows[1].mention = Some(4..8);
        assert_eq!(gather(&rows).unwrap().items.len(), 2);
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
    }

    #[test]
    fn labels_of_an_own_dimension_are_those_found() {
        let rows = [example(2, "1", "", "warm"), example(3, "2", "", "cold")];
        assert_eq!(Dataset::gather(&rows, &[], "tone", None).unwrap().labels, ["cold", "warm"]);
    }
}
