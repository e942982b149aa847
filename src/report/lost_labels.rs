//! Hand labels that count for nothing, and why.

use super::stored::{stored, stored_enum};
use serde::Serialize;

use crate::example::Example;
use crate::target::Target;

/// A hand label that counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LostLabel {
    /// The label file, as it was named.
    pub file: String,
    /// The line on which its row starts.
    pub line: u64,
    /// The article's id.
    pub article: String,
    /// The name of its target.
    pub target: String,
    /// Why it is lost.
    pub reason: LossReason,
}

stored!(LostLabel { file, line, article, target, reason });

/// Why a hand label counts for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LossReason {
    /// No article that was read has the sentence: it was changed, or the article is not among them.
    NotFound,
    /// The sentence names its target by an alias that was given when the sample was drawn and is not given
    /// now.
    OtherAliases,
}

stored_enum!(LossReason { NotFound, OtherAliases });

impl LostLabel {
    /// The label of a sentence that its row says names its target, and that none of the target's names
    /// stands in; else none.
    pub(super) fn of_renamed(example: &Example, targets: &[Target]) -> Option<Self> {
        let target = targets.iter().find(|target| target.name == example.target)?;
        let aliases = example.other_names.clone();
        let at_drawing = Target { aliases, ..target.clone() };
        let is_named = |target: &Target| !target.mentions(&example.text).is_empty();
        (is_named(&at_drawing) && !is_named(target)).then(|| LostLabel {
            file: example.path.display().to_string(),
            line: example.line,
            article: example.article_id.clone(),
            target: example.target.clone(),
            reason: LossReason::OtherAliases,
        })
    }
}
