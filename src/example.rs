//! One labelled sentence: the input of training, evaluation and `--unit sentence`.

use std::path::PathBuf;

use crate::text::Span;

/// One row of a label file. Fields that the file does not have are empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Example {
    /// The file it was read from.
    pub path: PathBuf,
    /// 1-based line on which its row starts.
    pub line: u64,
    /// Names the item; several coders' rows of one item share it. Made from the row where absent.
    pub id: String,
    /// The article it stands in; folds never split one.
    pub article_id: String,
    /// Who published it.
    pub outlet: String,
    /// When, as the file writes it.
    pub date: String,
    /// The sentence.
    pub text: String,
    /// The target of the label; empty where the whole sentence counts.
    pub target: String,
    /// Bytes of `text` where the target stands, `text[mention] == target`; none where the file
    /// gives no offsets.
    pub mention: Option<Span>,
    /// What else the text calls the target, as it stands there.
    pub other_names: Vec<String>,
    /// The target's name, where `target` is only the string that stands in the text.
    pub subject: String,
    /// The headline of its article.
    pub title: String,
    /// The sentence before it.
    pub before: String,
    /// The share of each label; sums to 1. Empty only where labels are optional.
    pub label_shares: Vec<(String, f64)>,
    /// Its weight in training.
    pub weight: f64,
    /// Who gave the label.
    pub coder: String,
    /// How the sentence came to be labelled; none where the file does not say.
    pub drawing: Option<Drawing>,
}

/// How a sentence came to be labelled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Drawing {
    /// At random, with this probability, above 0, at most 1.
    Random(f64),
    /// It was chosen because a model can learn much from it: it stands for no other sentence.
    Chosen,
}

/// What the column `drawn` says of sentences that were chosen, where it has a probability else.
pub const CHOSEN: &str = "chosen for training";

impl Example {
    /// The label, or the one with the largest share; none where there is none.
    pub fn label(&self) -> Option<&str> {
        let largest = self.label_shares.iter().max_by(|a, b| a.1.total_cmp(&b.1));
        largest.map(|(label, _)| label.as_str())
    }

    /// Divides the log-odds of the labels by a temperature: above 1 they come closer to each other
    /// (Hinton, Vinyals & Dean 2015).
    pub fn soften(&mut self, temperature: f64) {
        self.label_shares.iter_mut().for_each(|(_, share)| *share = share.powf(1.0 / temperature));
        let sum: f64 = self.label_shares.iter().map(|(_, share)| share).sum();
        self.label_shares.iter_mut().for_each(|(_, share)| *share /= sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temperature_divides_log_odds() {
        let shares = [("critical".to_string(), 0.8), ("neutral".to_string(), 0.2)].to_vec();
        let mut example = Example { label_shares: shares, ..Example::default() };
        example.soften(2.0);
        // √0.8 : √0.2 = 2 : 1.
        assert!((example.label_shares[0].1 - 2.0 / 3.0).abs() < 1e-12);
        assert!((example.label_shares[1].1 - 1.0 / 3.0).abs() < 1e-12);
    }
}
