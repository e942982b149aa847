//! The labels of predictions that a table gives.

use super::column_names::is_column;
use crate::category::Categories;
use crate::model::Prediction;

/// What a table's columns of predictions are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenLabels {
    /// The column of the label itself, before the first column `p_…`; `stance` where there is none.
    pub dimension: String,
    /// The labels, in the order of their columns `p_…`.
    pub labels: Categories,
}

impl GivenLabels {
    /// Takes the names of a table's columns.
    ///
    /// # Errors
    /// A table without two columns `p_…`.
    pub fn of_columns(columns: &[String]) -> Result<Self, String> {
        let label = |name: &String| name.strip_prefix("p_").map(str::to_owned);
        let labels: Vec<String> =
            columns.iter().filter_map(label).filter(|label| !label.is_empty()).collect();
        if labels.len() < 2 {
            return Err(
                "no probabilities: expected a column p_LABEL for each label, such as p_critical"
                    .to_owned(),
            );
        }
        let first = columns.iter().position(|name| name.starts_with("p_")).unwrap_or(0);
        let before = first.checked_sub(1).map(|at| columns[at].as_str());
        let dimension = before.filter(|name| !name.is_empty() && !is_column(name));
        Ok(GivenLabels {
            dimension: dimension.unwrap_or("stance").to_owned(),
            labels: labels.into(),
        })
    }

    /// A prediction with the probabilities of a row, in the order of the columns, and the label that the
    /// row names. Without a name the most probable one is the label, the first of equals; without
    /// probabilities there is no prediction.
    ///
    /// # Errors
    /// A name that is no label, and another number of probabilities.
    pub fn prediction(
        &self,
        label: &str,
        probabilities: &[(String, f64)],
    ) -> Result<Option<Prediction>, String> {
        if probabilities.is_empty() {
            return Ok(None);
        }
        if !probabilities.iter().map(|(label, _)| label).eq(self.labels.iter()) {
            let expected = self.labels.join(", p_");
            return Err(format!(
                "other columns of probabilities than before; expected p_{expected}"
            ));
        }
        let probabilities: Vec<f64> = probabilities.iter().map(|(_, p)| *p).collect();
        let best = |best: usize, at: usize| {
            if probabilities[at] > probabilities[best] { at } else { best }
        };
        let label = match label.trim() {
            "" => (0..probabilities.len()).fold(0, best),
            name => self.labels.iter().position(|known| known == name).ok_or_else(|| {
                let expected = self.labels.join(", ");
                format!("`{}` is `{name}`; expected one of {expected}", self.dimension)
            })?,
        };
        Ok(Some(Prediction { label, probabilities, labels: self.labels.clone() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(columns: &[&str]) -> Result<GivenLabels, String> {
        let columns: Vec<String> = columns.iter().map(ToString::to_string).collect();
        GivenLabels::of_columns(&columns)
    }

    #[test]
    fn columns_tell_dimension_and_labels() {
        let found = labels(&["about", "tone", "p_bad", "p_good", "model"]).unwrap();
        assert_eq!(
            (&*found.dimension, &found.labels[..]),
            ("tone", &["bad", "good"].map(String::from)[..])
        );
        assert_eq!(labels(&["about", "p_bad", "p_good"]).unwrap().dimension, "stance");
        assert!(labels(&["text", "p_bad"]).unwrap_err().contains("no probabilities"));
    }

    #[test]
    fn a_row_names_its_label_or_the_most_probable_one_counts() {
        let labels = labels(&["p_bad", "p_good"]).unwrap();
        let p = |bad: f64| [("bad".to_owned(), bad), ("good".to_owned(), 1.0 - bad)];
        let label =
            |name: &str, bad: f64| labels.prediction(name, &p(bad)).map(|of| of.unwrap().label);
        assert_eq!([label("", 0.25), label("", 0.5), label("good", 0.9)], [1, 0, 1].map(Ok));
        assert_eq!(
            label("ugly", 0.9).unwrap_err(),
            "`stance` is `ugly`; expected one of bad, good"
        );
        assert_eq!(labels.prediction("", &[]), Ok(None));
        assert!(labels.prediction("", &p(0.5)[..1]).is_err());
    }
}
