//! An audit sample: sentences of the very corpus, drawn at random and labelled by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Serialize, Serializer};

use super::lost_labels::{LossReason, LostLabel};
use super::serialize::six_decimals;
use crate::agreement::coder_labels::ADJUDICATED;
use crate::agreement::coder_labels::CoderLabels;
use crate::agreement::{Figure, Metric};
use crate::cluster_bootstrap::Resampling;
use crate::error::Error;
use crate::evaluate::Estimate;
use crate::example::Example;
use crate::target::Target;
use crate::text::normalised;

/// One row of an audit sample.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRow {
    /// The sentence with the label that one coder gave it; without label shares where it has not
    /// been coded yet.
    pub example: Example,
    /// How probable it was that the sentence would be drawn, above 0, at most 1.
    pub drawn: f64,
}

/// Hand labels of sentences, to be found again in the articles.
#[derive(Debug, Default)]
pub struct Audit {
    items: BTreeMap<Key, Item>,
    /// The names of the targets, a single empty one where each sentence counts whole.
    targets: Vec<String>,
    /// Labelled sentences that do not name their target any more.
    renamed: Vec<LostLabel>,
    facts: AuditFacts,
}

/// The facts on an audit sample that a report states.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct AuditFacts {
    /// How many sentences have a label that counts.
    pub labelled: usize,
    /// How many were drawn and have none.
    pub blank: usize,
    /// How many have a label that counts for nothing.
    pub lost: usize,
    /// These, in the order of their rows.
    pub lost_labels: Vec<LostLabel>,
    /// Who labelled, in byte order; empty where the file does not say.
    pub coders: Vec<String>,
    /// Krippendorff's alpha of the coders; none where one person coded, or where alpha is not
    /// defined.
    #[serde(flatten, serialize_with = "alpha_fields")]
    pub alpha: Option<Estimate>,
}

fn alpha_fields<A: Copy + Into<Option<Estimate>>, S: Serializer>(
    alpha: &A,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Fields {
        alpha: Option<f64>,
        alpha_low: Option<f64>,
        alpha_high: Option<f64>,
    }
    let alpha: Option<Estimate> = (*alpha).into();
    let interval = alpha.and_then(|alpha| alpha.interval);
    let fields = Fields {
        alpha: alpha.map(|alpha| six_decimals(alpha.value)),
        alpha_low: interval.map(|interval| six_decimals(interval.low)),
        alpha_high: interval.map(|interval| six_decimals(interval.high)),
    };
    fields.serialize(serializer)
}

/// Article, target's name, and the sentence's letters and digits: a spreadsheet may have changed its
/// quotes.
type Key = (String, String, String);

#[derive(Debug)]
struct Item {
    label_shares: Vec<f64>,
    drawn: f64,
    is_found: bool,
    /// Where its first row stands, to be named if nothing is found.
    row: (std::path::PathBuf, u64),
}

/// What a person said of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct HandLabel {
    /// How much of it is each label; sums to 1.
    pub(super) label_shares: Vec<f64>,
    /// How probable it was that it would be drawn.
    pub(super) drawn: f64,
}

impl Audit {
    /// Understands the rows of an audit sample for a model with these labels. Where several coded
    /// a sentence the adjudicated label counts, else all in equal parts. Rows about other targets
    /// are passed over.
    ///
    /// # Errors
    /// A label that the model does not have, or not one label for a target that is asked about.
    pub fn gather(
        rows: &[AuditRow],
        labels: &[String],
        targets: &[Target],
        draw: Resampling,
    ) -> Result<Self, Error> {
        let names: Vec<String> = match targets {
            [] => vec![String::new()],
            _ => targets.iter().map(|target| target.name.clone()).collect(),
        };
        let is_asked = |row: &&AuditRow| names.contains(&row.example.target);
        let asked: Vec<&AuditRow> = rows.iter().filter(is_asked).collect();
        let (coded, blank): (Vec<&AuditRow>, Vec<&AuditRow>) =
            asked.into_iter().partition(|row| !row.example.label_shares.is_empty());
        let mut audit = Audit { targets: names.clone(), ..Audit::default() };
        for codes in by_item(&coded).values() {
            match LostLabel::of_renamed(&codes[0].example, targets) {
                Some(lost) => audit.renamed.push(lost),
                None => audit.add(codes, labels)?,
            }
        }
        if let (true, Some(lost)) = (audit.items.is_empty(), audit.renamed.first()) {
            let reason = format!(
                "no labelled sentence names its target with these aliases; here `{}` is called \
                 otherwise: give what the articles call it as --alias, as when the sample was drawn",
                lost.target
            );
            return Err(Error::row(Path::new(&lost.file), lost.line, reason));
        }
        if audit.items.is_empty() {
            return Err(Error::Option(
                "the audit sample holds no label for a target that is asked about; its column \
                 `target` must have the same names as --target, its column `label` the labels"
                    .to_string(),
            ));
        }
        let examples: Vec<Example> = coded.iter().map(|row| row.example.clone()).collect();
        let blank: BTreeSet<Key> = blank.iter().map(|row| key(&row.example)).collect();
        audit.facts = AuditFacts {
            labelled: 0,
            lost: 0,
            lost_labels: Vec::new(),
            blank: blank.iter().filter(|key| !audit.items.contains_key(*key)).count(),
            coders: coders(&examples),
            alpha: alpha(&examples, draw)?,
        };
        Ok(audit)
    }

    fn add(&mut self, codes: &[&AuditRow], labels: &[String]) -> Result<(), Error> {
        let first = codes[0];
        let last_word: Vec<&&AuditRow> =
            codes.iter().filter(|row| row.example.coder == ADJUDICATED).collect();
        let counted = if last_word.is_empty() { codes.iter().collect() } else { last_word };
        let mut label_shares = vec![0.0; labels.len()];
        for row in &counted {
            for (label, share) in &row.example.label_shares {
                let at = labels.iter().position(|known| known == label);
                let at = at.ok_or_else(|| unknown(&row.example, label, labels))?;
                label_shares[at] += share / counted.len() as f64;
            }
        }
        let row = (first.example.path.clone(), first.example.line);
        let item = Item { label_shares, drawn: first.drawn, is_found: false, row };
        self.items.insert(key(&first.example), item);
        Ok(())
    }

    /// The hand label of a sentence, once: a sentence that an article prints twice was drawn once.
    /// `target` is the target's number.
    pub(super) fn take(&mut self, article: &str, target: usize, text: &str) -> Option<HandLabel> {
        let key = (plain(article), self.targets.get(target)?.clone(), normalised(text));
        let item = self.items.get_mut(&key).filter(|item| !item.is_found)?;
        item.is_found = true;
        Some(HandLabel { label_shares: item.label_shares.clone(), drawn: item.drawn })
    }

    /// Takes in which sentences another audit with the same hand labels has found. Articles of one id must
    /// have been added to one of the two: a label is used once.
    pub(super) fn merge(&mut self, other: Audit) {
        for (key, item) in other.items.into_iter().filter(|(_, item)| item.is_found) {
            self.items.entry(key).and_modify(|mine| mine.is_found = true).or_insert(item);
        }
    }

    /// Every label must have found its sentence: a sample of other articles, or of these before
    /// they were changed, is not a sample of them.
    ///
    /// # Errors
    /// The first row whose sentence was not found.
    pub fn check(&self) -> Result<(), Error> {
        let lost = self.items.iter().filter(|(_, item)| !item.is_found);
        let lost: Vec<(&Key, &Item)> = lost.collect();
        let Some(((article, target, _), item)) = lost.iter().min_by_key(|(_, item)| &item.row)
        else {
            return Ok(());
        };
        let n = lost.len();
        let reason = format!(
            "article `{article}` has no such sentence about `{target}` ({n} of {} labelled \
             sentences were not found); the sample must be drawn from the articles that are \
             reported on, with the same targets and aliases, and its column `text` left as it was",
            self.items.len()
        );
        Err(Error::row(&item.row.0, item.row.1, reason))
    }

    /// The facts on the sample.
    pub(super) fn facts(&self) -> AuditFacts {
        let lost = self.items.iter().filter(|(_, item)| !item.is_found);
        let not_found = lost.map(|((article, target, _), item)| LostLabel {
            file: item.row.0.display().to_string(),
            line: item.row.1,
            article: article.clone(),
            target: target.clone(),
            reason: LossReason::NotFound,
        });
        let mut lost_labels: Vec<LostLabel> = not_found.collect();
        let labelled = self.items.len() - lost_labels.len();
        lost_labels.extend(self.renamed.iter().cloned());
        lost_labels.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        let lost = lost_labels.len();
        AuditFacts { labelled, lost, lost_labels, ..self.facts.clone() }
    }
}

fn key(example: &Example) -> Key {
    (plain(&example.article_id), example.target.clone(), normalised(&example.text))
}

/// Without the mark that keeps a spreadsheet from running a cell.
fn plain(id: &str) -> String {
    id.strip_prefix('\'').unwrap_or(id).to_string()
}

fn by_item<'r>(rows: &[&'r AuditRow]) -> BTreeMap<Key, Vec<&'r AuditRow>> {
    let mut items: BTreeMap<Key, Vec<&AuditRow>> = BTreeMap::new();
    rows.iter().for_each(|row| items.entry(key(&row.example)).or_default().push(row));
    items
}

fn unknown(example: &Example, label: &str, labels: &[String]) -> Error {
    let expected = labels.join(", ");
    let reason = format!("unknown label `{label}`, expected one of {expected}");
    Error::row(&example.path, example.line, reason)
}

fn coders(examples: &[Example]) -> Vec<String> {
    let coders: BTreeSet<&String> = examples.iter().map(|example| &example.coder).collect();
    let named = coders.into_iter().filter(|c| !c.is_empty() && *c != ADJUDICATED);
    named.cloned().collect()
}

/// None where fewer than two coders coded the same sentences.
fn alpha(examples: &[Example], draw: Resampling) -> Result<Option<Estimate>, Error> {
    if coders(examples).len() < 2 {
        return Ok(None);
    }
    let dimension = "";
    let coding = CoderLabels::gather(examples, dimension)?;
    Ok(coding.codes.estimate(Figure::Alpha(Metric::Nominal), draw))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAW: Resampling = Resampling { resamples: 50, seed: 1 };

    fn row(article: &str, text: &str, label: &str, coder: &str) -> AuditRow {
        let label_shares = match label {
            "" => Vec::new(),
            label => vec![(label.to_string(), 1.0)],
        };
        let example = Example {
            path: "audit.csv".into(),
            line: 2,
            id: text.into(),
            article_id: article.into(),
            outlet: "A".into(),
            date: String::new(),
            text: text.into(),
            target: "plan".into(),
            mention: None,
            label_shares,
            weight: 1.0,
            coder: coder.into(),
            ..Example::default()
        };
        AuditRow { example, drawn: 0.5 }
    }

    fn gather(rows: &[AuditRow]) -> Result<Audit, Error> {
        let labels = ["critical", "neutral"].map(String::from);
        Audit::gather(rows, &labels, &[Target::named("plan")], DRAW)
    }

    #[test]
    fn coders_count_in_equal_parts_unless_somebody_settled_it() {
        let mut audit = gather(&[
            row("a", "One.", "critical", "x"),
            row("a", "One.", "neutral", "y"),
            row("a", "Two.", "critical", "x"),
            row("a", "Two.", "neutral", ADJUDICATED),
        ])
        .unwrap();
        assert_eq!(audit.take("a", 0, "One.").unwrap().label_shares, [0.5, 0.5]);
        assert_eq!(audit.take("a", 0, "Two.").unwrap().label_shares, [0.0, 1.0]);
        assert_eq!(audit.facts().coders, ["x", "y"]);
    }

    #[test]
    fn a_label_is_used_once_and_must_be_used() {
        let mut audit =
            gather(&[row("a", "One.", "critical", ""), row("b", "Two.", "", "")]).unwrap();
        let error = audit.check().unwrap_err().to_string();
        assert!(error.contains("audit.csv, line 2: article `a` has no such sentence"), "{error}");
        assert!(audit.take("a", 0, "Else.").is_none());
        assert!(audit.take("a", 0, "One.").is_some());
        assert!(audit.take("a", 0, "One.").is_none() && audit.check().is_ok());
        assert_eq!((audit.facts().labelled, audit.facts().blank), (1, 1));
    }

    #[test]
    fn labels_must_be_the_models_and_there_must_be_some() {
        let error = gather(&[row("a", "One.", "hostile", "")]).unwrap_err().to_string();
        assert!(error.contains("unknown label `hostile`, expected one of critical, neutral"));
        assert!(gather(&[row("a", "One.", "", "")]).is_err());
        let other = AuditRow {
            example: Example { target: "else".into(), ..row("a", "One.", "neutral", "").example },
            drawn: 1.0,
        };
        assert!(gather(&[other]).is_err());
    }

    #[test]
    fn what_other_aliases_named_is_lost_and_said() {
        let scheme = |line| {
            let mut row = row("a", "The scheme stands.", "critical", "");
            (row.example.line, row.example.other_names) = (line, vec!["The scheme".into()]);
            row
        };
        let kept = row("a", "A plan stands.", "neutral", "");
        let audit = gather(&[kept, scheme(7)]).unwrap();
        let facts = audit.facts();
        assert_eq!((facts.labelled, facts.lost), (0, 2));
        assert_eq!(facts.lost_labels[1].reason, LossReason::OtherAliases);
        assert_eq!((facts.lost_labels[1].line, facts.lost_labels[0].line), (7, 2));
        let error = gather(&[scheme(7)]).unwrap_err().to_string();
        assert!(error.contains("line 7: no labelled sentence names its target"), "{error}");
        // A sentence that never named it is what its coder took it for.
        let context = row("a", "It stands.", "critical", "");
        assert!(gather(&[context]).unwrap().renamed.is_empty());
    }

    #[test]
    fn a_coder_codes_once() {
        let rows = [
            row("a", "A plan stands.", "critical", "x"),
            row("a", "A plan stands.", "neutral", "x"),
            row("a", "A plan stands.", "neutral", "y"),
        ];
        let error = gather(&rows).unwrap_err().to_string();
        assert!(error.contains("coder `x` coded item"), "{error}");
    }
}
