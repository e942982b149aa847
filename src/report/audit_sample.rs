//! An audit sample: sentences of the very corpus, drawn at random and labelled by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Serialize, Serializer};

use super::coded_facts::CodedFacts;
use super::lost_labels::{LossReason, LostLabel};
use super::serialize::six_decimals;
use super::stored::stored;
use crate::agreement::coder_labels::ADJUDICATED;
use crate::agreement::coder_labels::CoderLabels;
use crate::agreement::{Figure, Metric};
use crate::classifier::{Classified, HandLabel};
use crate::cluster_bootstrap::Resampling;
use crate::error::Error;
use crate::evaluate::Estimate;
use crate::example::Example;
use crate::model::Prediction;
use crate::target::Target;
use crate::text::normalised;

/// Largest share of the labels whose sentences may be missing from the articles.
const MOST_LOST: f64 = 0.1;

/// One row of an audit sample.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRow {
    /// The sentence with the label that one coder gave it; without label shares where it has not
    /// been coded yet.
    pub example: Example,
    /// How probable it was that the sentence would be drawn, above 0, at most 1.
    pub drawn: f64,
    /// What it says of the sentence itself.
    pub facts: CodedFacts,
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

stored!(Audit { items, targets, renamed, facts });

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

stored!(AuditFacts { labelled, blank, lost, lost_labels, coders, alpha });

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
    facts: CodedFacts,
    is_found: bool,
    /// Where its first row stands, to be named if nothing is found.
    row: (std::path::PathBuf, u64),
}

stored!(Item { label_shares, drawn, facts, is_found, row });

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
        let facts = CodedFacts::agreed(counted.iter().map(|row| &row.facts));
        let item = Item { label_shares, drawn: first.drawn, facts, is_found: false, row };
        self.items.insert(key(&first.example), item);
        Ok(())
    }

    /// An article with the hand labels of its sentences in place of the model's, and with what their
    /// coders corrected; none where it has no such sentence. A sentence that the article prints twice
    /// was drawn once, and has its label both times.
    pub(super) fn corrected<'a>(
        &mut self,
        article: &[Classified<'a>],
    ) -> Option<Vec<Classified<'a>>> {
        let id = plain(&article.first()?.article.id);
        let first = (id.clone(), String::new(), String::new());
        self.items.range(first..).next().filter(|(key, _)| key.0 == id)?;
        let mut article = article.to_vec();
        for sentence in article.iter_mut().filter(|of| of.sentence.part.is_counted()) {
            self.correct(&id, sentence);
        }
        Some(article)
    }

    fn correct(&mut self, article: &str, sentence: &mut Classified<'_>) {
        for at in 0..sentence.readings.len() {
            let Some(target) = self.targets.get(at) else { continue };
            let key = (article.to_owned(), target.clone(), normalised(sentence.sentence.text));
            let Some(item) = self.items.get_mut(&key) else { continue };
            let reading = &mut sentence.readings[at];
            let Some(predicted) = reading.prediction.take() else { continue };
            item.is_found = true;
            reading.prediction = Some(by_coders(&item.label_shares, &predicted));
            reading.hand_label = Some(HandLabel { predicted, drawn: item.drawn });
            item.facts.correct(sentence);
        }
    }

    /// Takes in which sentences another audit with the same hand labels has found.
    ///
    /// # Errors
    /// Other hand labels.
    pub(super) fn merge(&mut self, other: Audit) -> Result<(), String> {
        let is_same = self.facts == other.facts && self.items.keys().eq(other.items.keys());
        if !is_same {
            return Err("counted with other hand labels than the parts before".to_owned());
        }
        for (mine, theirs) in self.items.values_mut().zip(other.items.into_values()) {
            mine.is_found |= theirs.is_found;
        }
        Ok(())
    }

    /// Nearly every label must have found its sentence: a sample of other articles is not a sample of
    /// these. A few that were not found are counted and said: an article was corrected since, or its
    /// sentences are split otherwise.
    ///
    /// # Errors
    /// The first row whose sentence was not found, where more than a tenth of them were not.
    pub fn check(&self) -> Result<(), Error> {
        let lost = self.items.iter().filter(|(_, item)| !item.is_found);
        let lost: Vec<(&Key, &Item)> = lost.collect();
        let Some(((article, target, _), item)) = lost.iter().min_by_key(|(_, item)| &item.row)
        else {
            return Ok(());
        };
        let n = lost.len();
        if n as f64 <= MOST_LOST * self.items.len() as f64 {
            return Ok(());
        }
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

/// The label that most coders gave. Where as many gave another one, the model's stands if it is among
/// these.
fn by_coders(label_shares: &[f64], predicted: &Prediction) -> Prediction {
    let most = label_shares.iter().copied().fold(0.0, f64::max);
    let first = label_shares.iter().position(|share| *share >= most);
    let is_tied = label_shares.get(predicted.label).is_some_and(|share| *share >= most);
    let label = if is_tied { predicted.label } else { first.unwrap_or(predicted.label) };
    Prediction { label, probabilities: label_shares.to_vec(), labels: predicted.labels.clone() }
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
mod tests;
