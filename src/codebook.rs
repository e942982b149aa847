//! Codebooks: what the labels mean. Those in `labels/` are compiled in.

use serde::{Deserialize, Serialize};

/// The labels of one dimension and what they mean.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Codebook {
    /// What is labelled: `stance`, `frame`.
    pub dimension: String,
    /// Increases whenever the meaning of a label changes.
    pub version: String,
    /// The question that a coder answers for each sentence.
    pub question: String,
    /// The label that `none` may be; none where it is no label.
    pub none: Option<NoneLabel>,
    /// What coders write that is no label, and what they should do instead.
    #[serde(default)]
    pub no_labels: Vec<NoLabel>,
    /// The labels, in the order of tables.
    #[serde(rename = "label")]
    pub labels: Vec<Label>,
}

/// One label.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Its name in label files.
    pub name: String,
    /// What other label files call it, in lower case.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// What it means.
    pub definition: String,
    /// How to decide.
    pub rule: String,
    /// Sentences that have the label.
    #[serde(default)]
    pub examples: Vec<CodebookExample>,
    /// Sentences that seem to have it.
    #[serde(default)]
    pub counterexamples: Vec<Counterexample>,
}

/// When `none` is a label, and not a sentence that nobody coded.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NoneLabel {
    /// The label.
    pub label: String,
    /// Synonyms, one of which must stand in the same file.
    pub beside: Vec<String>,
}

/// Something that coders write and that is no label.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NoLabel {
    /// What they write, in lower case.
    pub name: String,
    /// What to do instead.
    pub hint: String,
}

/// A sentence that has the label.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CodebookExample {
    /// The sentence.
    pub text: String,
    /// The target; empty where the dimension has none.
    #[serde(default)]
    pub target: String,
    /// Why it has the label.
    pub why: String,
}

/// A sentence that seems to have the label.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Counterexample {
    /// The sentence.
    pub text: String,
    /// The target; empty where the dimension has none.
    #[serde(default)]
    pub target: String,
    /// The label that it has.
    pub label: String,
    /// Why.
    pub why: String,
}

/// The codebooks that the program carries.
const BUILT_IN: [&str; 2] =
    [include_str!("../labels/stance.toml"), include_str!("../labels/frame.toml")];

impl Codebook {
    /// The built-in codebook of a dimension; none for a dimension of the user's own.
    ///
    /// ```
    /// use framescope::codebook::Codebook;
    /// let stance = Codebook::of("stance").unwrap();
    /// assert_eq!(stance.names(), ["critical", "neutral", "supportive"]);
    /// ```
    pub fn of(dimension: &str) -> Option<Self> {
        let books = BUILT_IN.iter().filter_map(|text| toml::from_str::<Codebook>(text).ok());
        books.into_iter().find(|book| book.dimension == dimension)
    }

    /// The names of the labels, in order.
    pub fn names(&self) -> Vec<String> {
        self.labels.iter().map(|label| label.name.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_codebook_reads_and_holds_together() {
        for text in BUILT_IN {
            let book: Codebook = toml::from_str(text).unwrap();
            let names = book.names();
            assert!(names.len() >= 2);
            for label in &book.labels {
                assert_eq!((label.examples.len(), label.counterexamples.len()), (2, 2));
                for other in &label.counterexamples {
                    assert!(names.contains(&other.label) && other.label != label.name, "{other:?}");
                    assert!(other.text.contains(&other.target), "{other:?}");
                }
                assert!(label.examples.iter().all(|case| case.text.contains(&case.target)));
            }
        }
    }

    #[test]
    fn an_own_dimension_has_no_built_in_codebook() {
        assert_eq!(Codebook::of("tone"), None);
    }
}
