//! Compares a report with an earlier one.
//!
//! The articles of both reports are taken as independent samples: the error of a difference is
//! `√(e₁² + e₂²)`. A report that read one of the same files is refused, unless it is of other days.

use std::collections::BTreeSet;

use super::changes::{Changes, OutletChange, ShareChange};
use super::earlier_report::{EarlierReport, EarlierStratum, EarlierSummary, EarlierTarget};
use super::outlet_differences::{Significance, standing};
use super::report_data::{OutletSummary, Report, TargetSummary};
use super::share::FEW_SENTENCES;
use super::voice_stratum::Stratum;
use crate::statistics::multiple_comparisons::{difference, holm};
use crate::target::TargetRelation;
use crate::voice::Voice;

impl Report {
    /// Adds to each target what changed since an earlier report.
    ///
    /// # Errors
    /// Why the two cannot be compared: other labels, another target, or a file of which both have read
    /// the same days.
    pub fn compare_with(&mut self, earlier: &EarlierReport) -> Result<(), String> {
        let (made, before) = (&self.provenance, &earlier.provenance);
        if made.dimension != before.dimension || made.labels != before.labels {
            return Err(format!(
                "tells {} ({}), this report {} ({}); both must have the same labels",
                before.dimension,
                before.labels.join(", "),
                made.dimension,
                made.labels.join(", ")
            ));
        }
        let now: BTreeSet<&str> = made.settings.files.iter().map(|of| of.sha256.as_str()).collect();
        let shared = before.files.iter().find(|of| now.contains(of.sha256.as_str()));
        if let Some(file) = shared.filter(|_| !self.is_of_other_days(earlier)) {
            return Err(format!(
                "read the same articles ({}): two reports are compared as independent samples; give \
                 each other articles, or other days of them by --from and --to",
                file.name
            ));
        }
        for target in &mut self.targets {
            let Some(of) = earlier.targets.iter().find(|of| of.name == target.name) else {
                let names: Vec<&str> = earlier.targets.iter().map(|of| of.name.as_str()).collect();
                return Err(format!("is about {}, not about {}", names.join("; "), target.name));
            };
            let alphas = [
                self.provenance.audit.as_ref().and_then(|of| of.alpha).map(|of| of.value),
                earlier.provenance.audit.as_ref().and_then(|of| of.alpha),
            ];
            target.changes = Some(changes(earlier, of, target, alphas));
        }
        Ok(())
    }
}

impl Report {
    /// Whether all articles are later, or all earlier, than those of another report.
    fn is_of_other_days(&self, earlier: &EarlierReport) -> bool {
        match (earlier.days(), self.totals().days) {
            (Some((first, last)), Some((from, to))) => last < from || to < first,
            _ => false,
        }
    }
}

fn changes(
    earlier: &EarlierReport,
    before: &EarlierTarget,
    now: &TargetSummary,
    alphas: [Option<f64>; 2],
) -> Changes {
    let names: BTreeSet<&str> = (before.outlets.iter().map(|of| of.outlet.as_str()))
        .chain(now.outlets.iter().map(|of| of.outlet.as_str()))
        .collect();
    let (mut outlets, mut shares) = (Vec::new(), Vec::new());
    for name in names {
        let before = before.outlets.iter().find(|of| of.outlet == name);
        let now = now.outlets.iter().find(|of| of.outlet == name);
        let count = |voice: Voice| {
            let before = before.and_then(|of| of.naming(voice.name())).map(|of| of.sentences);
            let now = now.and_then(|of| naming(of, voice)).map(|of| of.sentences);
            [before, now].map(Option::unwrap_or_default)
        };
        let [own, quoted] = Voice::ALL.map(count);
        if own.iter().chain(&quoted).any(|count| *count > 0) {
            outlets.push(OutletChange { outlet: name.to_owned(), own, quoted });
        }
        if let (Some(before), Some(now)) = (before, now) {
            shares.extend(share_changes(before, now));
        }
    }
    judge(&mut shares, alphas);
    let aliases = |names: &[String]| names.iter().cloned().collect::<BTreeSet<_>>();
    Changes {
        earlier_days: earlier.days(),
        earlier_articles: earlier.outlets.iter().map(|of| of.articles).sum(),
        same_aliases: aliases(&before.aliases) == aliases(&now.aliases),
        outlets,
        shares,
    }
}

fn naming(outlet: &OutletSummary, voice: Voice) -> Option<&Stratum> {
    outlet.stratum(voice, TargetRelation::Mention)
}

/// The labels whose share may be told of both; counts of all sentences are no samples.
fn share_changes(before: &EarlierSummary, now: &OutletSummary) -> Vec<ShareChange> {
    let (Some(old), Some(new)) = (before.naming(Voice::Outlet.name()), naming(now, Voice::Outlet))
    else {
        return Vec::new();
    };
    let change = |label: usize| {
        let now_share = new.told(label)?;
        let name = new.shares.get(label)?.label.name();
        let (before_share, error) = told(old, name)?;
        let found = difference((now_share.value, now_share.standard_error), (before_share, error))?;
        Some(ShareChange {
            outlet: now.outlet.clone(),
            label: name.to_owned(),
            before: before_share,
            now: now_share.value,
            interval: found.interval,
            p: found.p,
            p_adjusted: 1.0,
            standing: Significance::Open,
        })
    };
    (0..new.shares.len()).filter_map(change).collect()
}

/// The share of a label and its standard error, where they may be told.
fn told(stratum: &EarlierStratum, label: &str) -> Option<(f64, f64)> {
    let of_enough = (stratum.sentences >= FEW_SENTENCES).then_some(stratum)?;
    let share = of_enough.audited.as_ref()?.shares.iter().find(|of| of.label == label)?;
    let found = share.share.zip(share.standard_error)?;
    (found.0.is_finite() && found.1.is_finite() && found.1 >= 0.0).then_some(found)
}

/// Adjusts the p values, says how firm each change is, and puts the surest first. The weaker agreement of
/// coders counts; where one person coded either sample nothing is firm.
fn judge(shares: &mut [ShareChange], alphas: [Option<f64>; 2]) {
    let alpha = alphas[0].zip(alphas[1]).map(|(a, b)| a.min(b));
    let known = alphas.into_iter().flatten().reduce(f64::min);
    let p: Vec<f64> = shares.iter().map(|of| of.p).collect();
    for (share, p_adjusted) in shares.iter_mut().zip(holm(&p)) {
        share.p_adjusted = p_adjusted;
        share.standing = match standing(share.p, p_adjusted, known) {
            Significance::Firm if alpha.is_none() => Significance::Tentative,
            other => other,
        };
    }
    shares.sort_by(|a, b| {
        let place = |of: &ShareChange| (of.outlet.clone(), of.label.clone());
        a.p.total_cmp(&b.p).then_with(|| place(a).cmp(&place(b)))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster_bootstrap::Interval;
    use crate::report::fixture::{article, report_on};

    fn earlier(share: f64, file: &str, target: &str) -> EarlierReport {
        let json = format!(
            r#"{{"format": 2, "provenance": {{"dimension": "stance",
            "labels": ["critical", "neutral", "supportive"], "audit": {{"alpha": 0.9}},
            "files": [{{"name": "may.csv", "sha256": "{file}"}}]}},
            "outlets": [{{"name": "Courier", "articles": 7, "first_day": "2017-05-02", "last_day": "2017-05-30"}}],
            "targets": [{{"name": "{target}", "aliases": ["the plan"], "outlets": [
              {{"outlet": "Gazette", "strata": []}},
              {{"outlet": "Courier", "strata": [{{"voice": "outlet", "about": "mention", "sentences": 50,
                "audited": {{"shares": [{{"label": "critical", "share": {share}, "standard_error": 0.04}}]}}}}]}}]}}]}}"#
        );
        EarlierReport::parse(json.as_bytes()).unwrap()
    }

    /// A report whose critical share is .5 with a standard error of .03.
    fn now() -> Report {
        use crate::category::Category;
        use crate::cluster_bootstrap::Over;
        use crate::report::{Audited, AuditedShare, Corrected};
        let mut report = report_on(&[article("Courier", "c1")]);
        let stratum = &mut report.targets[0].outlets[0].strata[0];
        stratum.sentences = 40;
        let corrected = Corrected {
            value: 0.5,
            interval: Some(Interval { low: 0.44, high: 0.56 }),
            standard_error: 0.03,
            over: Over::Articles,
            lambda: 0.5,
        };
        let label = Category::new(0, &crate::report::fixture::labels());
        let shares = vec![AuditedShare { label, with_label: 20.0, corrected: Some(corrected) }];
        stratum.audited = Some(Audited { labelled: 40, articles: 5, is_complete: false, shares });
        report
    }

    #[test]
    fn a_change_has_the_interval_of_independent_samples() {
        let mut report = now();
        report.compare_with(&earlier(0.3, "other", "cyber unit")).unwrap();
        let changes = report.targets[0].changes.as_ref().unwrap();
        let [change] = changes.shares.as_slice() else { panic!("{changes:?}") };
        // √(.03² + .04²) = .05; .2 ± 1.96 · .05.
        assert!((change.interval.low - 0.102).abs() < 1e-4, "{change:?}");
        assert!((change.interval.high - 0.298).abs() < 1e-4, "{change:?}");
        // One person coded the later sample: nothing is firm.
        assert_eq!(change.standing, Significance::Tentative);
        assert_eq!(changes.outlets[0].own, [50, 40]);
        assert_eq!(changes.earlier_days, Some(("2017-05-02".into(), "2017-05-30".into())));
        assert_eq!((changes.outlets.len(), changes.same_aliases), (1, true));
    }

    #[test]
    fn chance_is_no_change_and_few_sentences_are_not_compared() {
        let mut report = now();
        report.compare_with(&earlier(0.48, "other", "cyber unit")).unwrap();
        let standing = report.targets[0].changes.as_ref().unwrap().shares[0].standing;
        assert_eq!(standing, Significance::Open);
        report.targets[0].outlets[0].strata[0].sentences = 29;
        report.compare_with(&earlier(0.1, "other", "cyber unit")).unwrap();
        assert!(report.targets[0].changes.as_ref().unwrap().shares.is_empty());
    }

    #[test]
    fn what_cannot_be_compared_is_refused() {
        let refused = |earlier: &EarlierReport| now().compare_with(earlier).unwrap_err();
        let same = "ab12".repeat(16);
        let mut of_the_file = earlier(0.3, &same, "cyber unit");
        assert_eq!(now().compare_with(&of_the_file), Ok(()), "of May, not of July");
        of_the_file.outlets[0].last_day = Some("2017-07-09".to_owned());
        assert!(refused(&of_the_file).contains("same articles (may.csv)"));
        assert!(
            refused(&earlier(0.3, "x", "toll")).contains("is about toll, not about cyber unit")
        );
        let mut other = earlier(0.3, "x", "cyber unit");
        other.provenance.labels.pop();
        assert!(refused(&other).contains("both must have the same labels"));
        let parse = |json: &str| EarlierReport::parse(json.as_bytes()).unwrap_err();
        assert!(parse("[1").contains("no JSON"));
        assert!(parse("{}").contains("no `format`"));
        assert!(parse(r#"{"format": 1}"#).contains("a report of format 1; expected 2"));
        assert!(parse(r#"{"format": 2}"#).contains("not a whole report"));
    }
}
