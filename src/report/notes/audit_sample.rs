//! What hand labels allow to be said in this run, and what is lacking without them.

use super::counted::several;
use crate::cluster_bootstrap::Over;
use crate::report::audit_sample::AuditFacts;
use crate::report::label_corrected_shares::Corrected;
use crate::report::lost_labels::{LossReason, LostLabel};
use crate::report::report_data::{Report, TargetSummary};
use crate::report::voice_stratum::Stratum;
use crate::target::TargetRelation;

/// Below this probability errors are said to differ between outlets.
const DIFFER: f64 = 0.05;

/// The notes on hand labels, or on their absence.
pub(super) fn notes(report: &Report) -> Vec<String> {
    match &report.provenance.audit {
        None => vec![without(report)],
        Some(audit) => with(report, audit),
    }
}

fn without(report: &Report) -> String {
    let lacking = "Nobody labelled any of these sentences by hand, so no difference between outlets \
                   can be claimed. `framescope sample` draws the sentences to label, `--labels` \
                   takes them.";
    match report.provenance.confusion {
        Some(_) => format!(
            "{lacking} Model-based shares correct the counts by the errors that the model made in \
             cross-validation, on its own training texts; where it errs otherwise here, or \
             otherwise in one outlet, they are worse than no correction."
        ),
        None => format!(
            "{lacking} The model's card holds no cross-validated confusion, so the counts cannot be \
             corrected by its errors either."
        ),
    }
}

fn with(report: &Report, audit: &AuditFacts) -> Vec<String> {
    let is_all = naming(report).all(|stratum| stratum.sentences == 0 || stratum.is_census());
    let mut notes = if is_all { Vec::new() } else { vec![labelled(audit)] };
    notes.push(agreement(audit));
    notes.extend((audit.blank > 0).then(|| {
        format!(
            "Drawn for labelling and left blank: {}. The corrected shares hold only if these were \
             left out at random.",
            several(audit.blank as u64, "sentence")
        )
    }));
    notes.extend(lost(audit));
    notes.extend(report.targets.iter().filter_map(errors));
    notes.extend(census(report));
    notes.extend(scope(report));
    notes
}

/// Whether every counted sentence of some voices, or of all, is labelled.
fn census(report: &Report) -> Option<String> {
    let (labelled, others): (Vec<&Stratum>, Vec<&Stratum>) = naming(report)
        .filter(|stratum| stratum.sentences > 0)
        .partition(|stratum| stratum.is_census());
    let sentences = labelled.iter().map(|stratum| stratum.sentences).sum();
    let whose = match (labelled.is_empty(), others.is_empty()) {
        (true, _) => return None,
        (false, true) => "Every sentence that names a target is labelled by hand".to_owned(),
        (false, false) => format!(
            "In {} of {} voices of outlets every sentence that names a target is labelled by hand",
            labelled.len(),
            labelled.len() + others.len()
        ),
    };
    Some(format!(
        "{whose} ({}): a census. Its figures are counts of these articles, without an interval, and \
         nothing of the model is in them.",
        several(sentences, "sentence")
    ))
}

/// The sentences that name a target, by target, outlet and voice.
fn naming(report: &Report) -> impl Iterator<Item = &Stratum> {
    let outlets = report.targets.iter().flat_map(|target| &target.outlets);
    let strata = outlets.flat_map(|outlet| &outlet.strata);
    strata.filter(|stratum| stratum.about == TargetRelation::Mention)
}

fn labelled(audit: &AuditFacts) -> String {
    format!(
        "Corrected shares rest on {} that were labelled by hand, drawn at random within outlet and \
         voice; they need no assumption on the model's errors, but on the draw: labels picked by \
         hand, or by the model's doubt, would bias them.",
        several(audit.labelled as u64, "sentence")
    )
}

/// Maximum number of rows that are named for a reason; JSON names all.
const MOST_ROWS: usize = 12;

/// Which labels count for nothing, and why.
fn lost(audit: &AuditFacts) -> Option<String> {
    let because = |reason: LossReason| {
        let rows: Vec<&LostLabel> =
            audit.lost_labels.iter().filter(|lost| lost.reason == reason).collect();
        let said = match reason {
            LossReason::NotFound => "not found in these articles",
            LossReason::OtherAliases => {
                "their target is not named with these aliases, as it was when the sample was drawn"
            }
        };
        (!rows.is_empty()).then(|| format!("{} {said} ({})", rows.len(), places(&rows)))
    };
    let reasons = [LossReason::NotFound, LossReason::OtherAliases];
    let reasons: Vec<String> = reasons.into_iter().filter_map(because).collect();
    (audit.lost > 0).then(|| {
        let n = several(audit.lost as u64, "sentence");
        format!("Labelled and lost: {n}, which count for nothing: {}.", reasons.join("; "))
    })
}

/// Where some rows stand: each file with the lines.
fn places(rows: &[&LostLabel]) -> String {
    let shown = &rows[..rows.len().min(MOST_ROWS)];
    let files = shown.chunk_by(|a, b| a.file == b.file).map(|of_file| {
        let lines: Vec<String> = of_file.iter().map(|lost| lost.line.to_string()).collect();
        let noun = if lines.len() == 1 { "line" } else { "lines" };
        format!("{}, {noun} {}", of_file[0].file, lines.join(", "))
    });
    let places = files.collect::<Vec<_>>().join("; ");
    match rows.len() - shown.len() {
        0 => places,
        more => format!("{places} and {more} more"),
    }
}

fn agreement(audit: &AuditFacts) -> String {
    let Some(alpha) = audit.alpha else {
        return "The hand labels are not known to be firm: no two coders labelled the same \
                sentences, so differences are called suggested at most."
            .to_owned();
    };
    let said = match alpha.value {
        alpha if alpha >= 0.8 => "firm enough to report",
        alpha if alpha >= 0.667 => "tentative: differences are called suggested at most",
        _ => "too low to report a difference: mend the codebook first",
    };
    let coders = audit.coders.join(", ");
    format!("Coders {coders} agree with an alpha of {:.2}: {said}.", alpha.value)
}

/// Whether the model's errors are alike, which is why correction by outlet is needed or not.
fn errors(target: &TargetSummary) -> Option<String> {
    let p = target.errors_alike?;
    Some(match p < DIFFER {
        true => format!(
            "The model errs otherwise in some outlets than in others (permutation test over \
             articles, p {p:.3}): raw shares are not comparable between outlets."
        ),
        false => format!(
            "The hand labels do not show that the model errs differently between outlets \
             (permutation test over articles, p {p:.3}); small samples would hardly show it."
        ),
    })
}

/// Whether some intervals are about these articles only.
fn scope(report: &Report) -> Option<String> {
    let strata = report.targets.iter().flat_map(|target| &target.outlets);
    let mut shares = strata.flat_map(|outlet| &outlet.strata).flat_map(|stratum| {
        stratum.audited.iter().flat_map(|audited| &audited.shares).filter_map(|s| s.corrected)
    });
    let is_over_sentences = |of: Corrected| of.over == Over::Sentences && of.interval.is_some();
    shares.any(is_over_sentences).then(|| {
        "Where fewer than five articles of an outlet have hand labels, the interval of a corrected \
         share is over its sentences: it is about these articles, not about others."
            .to_owned()
    })
}
