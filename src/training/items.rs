//! From rows of label files to what is trained on.

use std::collections::BTreeMap;

use super::folds;
use crate::codebook::Codebook;
use crate::error::Error;
use crate::evaluate::argmax;
use crate::example::Example;
use crate::target::Target;
use crate::text::Span;

/// The coder whose word is final where several coded the same item.
pub const ADJUDICATED: &str = "adjudicated";

/// One sentence to learn from or to be judged by.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The sentence.
    pub text: String,
    /// Where the target stands, the main mention first.
    pub mentions: Vec<Span>,
    /// How much of it is which label; sums to 1.
    pub label_shares: Vec<f64>,
    /// Its article, as a number from 0; rows that must stay together share it.
    pub article: usize,
}

/// Label files, read and understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Items {
    /// The labels, in the codebook's order.
    pub labels: Vec<String>,
    /// What to learn from.
    pub items: Vec<Item>,
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

impl Item {
    /// The label that has the largest share.
    pub fn label(&self) -> usize {
        argmax(&self.label_shares)
    }
}

impl Items {
    /// Understands label rows. `labels` are those that must be used, for judging a model; without
    /// them they are the codebook's that occur, or all that occur in byte order where the
    /// dimension has no codebook.
    ///
    /// # Errors
    /// A label that is none of these, and rows of one item that disagree on its text, with file and
    /// line.
    pub fn gather(
        examples: &[Example],
        dimension: &str,
        labels: Option<&[String]>,
    ) -> Result<Self, Error> {
        let known =
            labels.map(<[_]>::to_vec).or_else(|| Codebook::of(dimension).map(|b| b.names()));
        check_labels(examples, known.as_deref())?;
        let occurring: std::collections::BTreeSet<&String> =
            examples.iter().map(|example| &example.label).collect();
        let names: Vec<String> = match (labels, known) {
            (Some(labels), _) => labels.to_vec(),
            (None, Some(known)) => known.into_iter().filter(|l| occurring.contains(l)).collect(),
            (None, None) => occurring.into_iter().cloned().collect(),
        };
        let mut gathered = Items {
            labels: names,
            items: Vec::new(),
            n_rows: examples.len(),
            n_coded_twice: 0,
            n_adjudicated: 0,
            n_target_missing: 0,
            outlets: BTreeMap::new(),
        };
        let coded = by_item(examples)?;
        let firsts =
            coded.iter().map(|codes| (codes[0].article_id.as_str(), codes[0].text.as_str()));
        let articles = folds::groups(firsts);
        for (codes, article) in coded.iter().zip(articles) {
            gathered.push(codes, article);
        }
        Ok(gathered)
    }

    /// How much of the items is each label.
    pub fn label_counts(&self) -> Vec<f64> {
        let of = |label: usize| self.items.iter().map(|item| item.label_shares[label]).sum();
        (0..self.labels.len()).map(of).collect()
    }

    /// How many articles they come from.
    pub fn n_articles(&self) -> usize {
        self.items.iter().map(|item| item.article + 1).max().unwrap_or(0)
    }

    fn push(&mut self, codes: &[&Example], article: usize) {
        let first = codes[0];
        let final_word = codes.iter().find(|code| code.coder == ADJUDICATED);
        self.n_coded_twice += usize::from(codes.len() > 1);
        self.n_adjudicated += usize::from(final_word.is_some());
        let counted = final_word.map_or(codes, std::slice::from_ref);
        let label_shares = shares(counted, &self.labels);
        let mentions = mentions(first);
        self.n_target_missing += usize::from(mentions.is_empty() && !first.target.is_empty());
        *self.outlets.entry(first.outlet.clone()).or_default() += 1;
        self.items.push(Item { text: first.text.clone(), mentions, label_shares, article });
    }
}

fn check_labels(examples: &[Example], known: Option<&[String]>) -> Result<(), Error> {
    let Some(known) = known else { return Ok(()) };
    match examples.iter().find(|example| !known.contains(&example.label)) {
        Some(example) => {
            let found = &example.label;
            let expected = known.join(", ");
            let reason = format!("unknown label `{found}`, expected one of {expected}");
            Err(Error::row(&example.path, example.line, reason))
        }
        None => Ok(()),
    }
}

/// The rows of each item, in the order of their first rows. Rows without a coder are items of
/// their own.
fn by_item(examples: &[Example]) -> Result<Vec<Vec<&Example>>, Error> {
    let mut places = BTreeMap::new();
    let mut items: Vec<Vec<&Example>> = Vec::new();
    for example in examples {
        let next = items.len();
        let place = match example.coder.is_empty() {
            true => next,
            false => *places.entry((&example.path, &example.id)).or_insert(next),
        };
        if place == next {
            items.push(vec![example]);
            continue;
        }
        let first = items[place][0];
        if (&first.text, &first.target) != (&example.text, &example.target) {
            let reason = format!(
                "item `{}` has another text or target than on line {}; give items ids of their own",
                example.id, first.line
            );
            return Err(Error::row(&example.path, example.line, reason));
        }
        items[place].push(example);
    }
    Ok(items)
}

/// How much of the codes is each label.
fn shares(codes: &[&Example], labels: &[String]) -> Vec<f64> {
    let n = codes.len() as f64;
    let of = |label| codes.iter().filter(|code| &code.label == label).count() as f64 / n;
    labels.iter().map(of).collect()
}

/// Where an example's target stands: where its row says, and wherever else its name is found.
pub fn mentions(example: &Example) -> Vec<Span> {
    let found = Target::named(example.target.as_str()).mentions(&example.text);
    let Some(main) = &example.mention else { return found };
    let apart = |span: &Span| span.end <= main.start || main.end <= span.start;
    std::iter::once(main.clone()).chain(found.into_iter().filter(apart)).collect()
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
            label: label.into(),
            coder: coder.into(),
        }
    }

    fn gather(examples: &[Example]) -> Result<Items, Error> {
        Items::gather(examples, "stance", None)
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
    fn an_unknown_label_is_named_with_its_place() {
        let error = gather(&[example(7, "1", "", "negative")]).unwrap_err().to_string();
        assert_eq!(
            error,
            "labels.csv, line 7: unknown label `negative`, expected one of critical, neutral, supportive"
        );
    }

    #[test]
    fn an_item_with_two_texts_is_refused() {
        let mut rows = [example(2, "1", "a", "critical"), example(3, "1", "b", "critical")];
        rows[1].text = "Another".into();
        assert!(
            gather(&rows).unwrap_err().to_string().contains("line 3: item `1` has another text")
        );
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
        assert_eq!(Items::gather(&rows, "tone", None).unwrap().labels, ["cold", "warm"]);
    }
}
