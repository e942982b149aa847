//! Several coders' labels of the same items, side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::coefficients::Codes;
use crate::codebook::Codebook;
use crate::error::Error;
use crate::example::Example;

/// The coder whose label is final where several coded the same item.
pub const ADJUDICATED: &str = "adjudicated";

/// The labels of several coders, item by item; adjudicated labels are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct CoderLabels {
    /// The labels, in the codebook's order.
    pub labels: Vec<String>,
    /// The coders, in byte order.
    pub coders: Vec<String>,
    /// The label of each coder for each item.
    pub codes: Codes,
    /// The items, in the order of `codes`.
    pub items: Vec<CodedItem>,
    /// Number of coded rows that name no coder; they are left out.
    pub n_without_coder: usize,
}

/// An item that was coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedItem {
    /// Its id.
    pub id: String,
    /// Its sentence.
    pub text: String,
    /// The target of the label.
    pub target: String,
}

impl CoderLabels {
    /// Collects the rows of label files: rows of the same article, text, target and place are the same
    /// item.
    ///
    /// # Errors
    /// Fewer than two coders, or one coder who coded an item twice, with file and line.
    pub fn gather(examples: &[Example], dimension: &str) -> Result<Self, Error> {
        let rows: Vec<&Example> = examples.iter().filter(|e| e.coder != ADJUDICATED).collect();
        let coders: BTreeSet<&str> =
            rows.iter().map(|row| row.coder.as_str()).filter(|coder| !coder.is_empty()).collect();
        let coders: Vec<String> = coders.into_iter().map(str::to_string).collect();
        if coders.len() < 2 {
            let found = coders.join(", ");
            return Err(Error::Option(format!(
                "agreement needs two coders or more, found {}: one row per item and coder, column \
                 `coder`, or a file per coder, each named by --coder NAME=FILE",
                if found.is_empty() { "none" } else { &found }
            )));
        }
        let is_unnamed = |row: &&&Example| row.coder.is_empty() && !row.label_shares.is_empty();
        let n_without_coder = rows.iter().filter(is_unnamed).count();
        let mut coder_labels = CoderLabels {
            labels: labels(&rows, dimension),
            codes: Codes { units: Vec::new(), n_labels: 0 },
            coders,
            items: Vec::new(),
            n_without_coder,
        };
        coder_labels.codes.n_labels = coder_labels.labels.len();
        coder_labels.fill(&rows)?;
        Ok(coder_labels)
    }

    fn fill(&mut self, rows: &[&Example]) -> Result<(), Error> {
        let mut places = BTreeMap::new();
        for row in rows.iter().filter(|row| !row.coder.is_empty()) {
            let place = *places.entry(item_key(row)).or_insert(self.items.len());
            if place == self.items.len() {
                self.codes.units.push(vec![None; self.coders.len()]);
                let (id, text, target) = (row.id.clone(), row.text.clone(), row.target.clone());
                self.items.push(CodedItem { id, text, target });
            }
            let coder = self.coders.binary_search(&row.coder).unwrap_or(0);
            let label = self.labels.iter().position(|label| Some(label.as_str()) == row.label());
            let code = &mut self.codes.units[place][coder];
            if code.is_some() {
                let reason = format!("coder `{}` coded item `{}` twice", row.coder, row.id);
                return Err(Error::row(&row.path, row.line, reason));
            }
            *code = label;
        }
        Ok(())
    }

    /// Number of items that two coders or more coded.
    pub fn n_coded_twice(&self) -> usize {
        let twice = |unit: &&Vec<Option<usize>>| unit.iter().flatten().count() > 1;
        self.codes.units.iter().filter(twice).count()
    }

    /// The items on which coders differ, with their labels.
    pub fn disagreements(&self) -> impl Iterator<Item = (&CodedItem, &[Option<usize>])> {
        let units = self.codes.units.iter().map(Vec::as_slice);
        self.items.iter().zip(units).filter(|(_, codes)| {
            let given: BTreeSet<_> = codes.iter().flatten().collect();
            given.len() > 1
        })
    }
}

/// What several coders' rows of one item have in common: article, text, target and its place.
pub(crate) fn item_key(example: &Example) -> (&str, &str, &str, Option<usize>) {
    let place = example.mention.as_ref().map(|mention| mention.start);
    (&example.article_id, &example.text, &example.target, place)
}

/// The codebook's labels that occur, in its order, then all others.
fn labels(rows: &[&Example], dimension: &str) -> Vec<String> {
    let mut occurring: BTreeSet<String> = rows
        .iter()
        .filter(|row| !row.coder.is_empty())
        .filter_map(|row| row.label())
        .map(String::from)
        .collect();
    let known = Codebook::of(dimension).map(|book| book.names()).unwrap_or_default();
    let first: Vec<String> = known.into_iter().filter(|label| occurring.remove(label)).collect();
    first.into_iter().chain(occurring).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, coder: &str, label: &str) -> Example {
        Example {
            path: "codes.csv".into(),
            line: 2,
            id: id.into(),
            article_id: String::new(),
            outlet: String::new(),
            date: String::new(),
            text: id.into(),
            target: String::new(),
            mention: None,
            label_shares: vec![(label.into(), 1.0)],
            weight: 1.0,
            coder: coder.into(),
            ..Example::default()
        }
    }

    #[test]
    fn coders_stand_side_by_side_and_the_adjudicator_does_not() {
        let rows = [
            row("1", "b", "neutral"),
            row("1", "a", "critical"),
            row("1", ADJUDICATED, "critical"),
            row("2", "a", "neutral"),
        ];
        let coder_labels = CoderLabels::gather(&rows, "stance").unwrap();
        assert_eq!(
            (coder_labels.labels.join(" "), coder_labels.coders.join(" ")),
            ("critical neutral".into(), "a b".into())
        );
        assert_eq!(coder_labels.codes.units, [[Some(0), Some(1)], [Some(1), None]]);
        assert_eq!(coder_labels.disagreements().count(), 1);
    }

    #[test]
    fn one_coder_is_not_enough_and_codes_once() {
        let error = CoderLabels::gather(&[row("1", "a", "neutral")], "stance").unwrap_err();
        assert!(error.to_string().contains("found a:"), "{error}");
        let rows = [row("1", "a", "neutral"), row("1", "a", "neutral"), row("1", "b", "neutral")];
        let error = CoderLabels::gather(&rows, "stance").unwrap_err().to_string();
        assert_eq!(error, "codes.csv, line 2: coder `a` coded item `1` twice");
    }

    #[test]
    fn what_nobody_coded_is_missing_and_what_nobody_signed_is_counted() {
        let blank = Example { label_shares: Vec::new(), ..row("1", "b", "") };
        let rows = [row("1", "a", "neutral"), blank, row("2", "", "critical")];
        let coder_labels = CoderLabels::gather(&rows, "stance").unwrap();
        assert_eq!(coder_labels.codes.units, [[Some(0), None]]);
        assert_eq!((coder_labels.n_coded_twice(), coder_labels.n_without_coder), (0, 1));
    }
}
