//! Paragraphs to be pasted elsewhere: what may be said of a target, and no more. Every figure
//! carries its interval and its count, and the paragraphs name the model, the dates and the limits.

use super::figures::differences;
use super::sanitize;
use super::wording;
use crate::report::{
    LabelShare, OutletShare, OutletSummary, Report, Shortened, Stratum, TargetSummary,
};
use crate::target::TargetRelation;
use crate::voice::Voice;

/// What is told of shares without hand labels.
const UNCHECKED: &str = "Nobody has checked the model's labels, so that no share of an outlet and no difference between \
    outlets is told.";

/// The paragraphs on one target: what was read and how, what came out, what it does not show.
pub(super) fn paragraphs(report: &Report, target: &TargetSummary) -> Vec<String> {
    let mut found = vec![method(report, target)];
    found.extend(findings(report, target));
    found.push(limits(report, target));
    found
}

fn method(report: &Report, target: &TargetSummary) -> String {
    let made = &report.provenance;
    let count = |voice| -> u64 {
        let strata =
            target.outlets.iter().filter_map(|o| o.stratum(voice, TargetRelation::Mention));
        strata.map(|stratum| stratum.sentences).sum()
    };
    let own = wording::several(count(Voice::Outlet), "sentence");
    let date = made
        .model_date
        .as_ref()
        .map_or_else(String::new, |date| format!(" of {}", sanitize::name(date)));
    let read = wording::corpus(report);
    let named = if target.name.is_empty() { "count" } else { "name the target" };
    let hand = match &made.audit {
        None => "None was labelled by hand.".to_owned(),
        Some(audit) if is_census(target) => {
            format!(
                "All of these were labelled by hand{}.",
                agreement(audit.alpha.map(|alpha| alpha.value))
            )
        }
        Some(audit) => format!(
            "{} of these articles, drawn at random, {} labelled by hand{}.",
            wording::several(audit.labelled as u64, "sentence"),
            if audit.labelled == 1 { "was" } else { "were" },
            agreement(audit.alpha.map(|alpha| alpha.value)),
        ),
    };
    format!(
        "Read: {} {own} in the outlets' own voice and {} that convey sources {named}{}. Each was judged \
         for {} ({}) by framescope {} with model {}{date}. {hand}",
        read,
        count(Voice::Attributed),
        of_target(target),
        sanitize::name(&made.dimension),
        sanitize::list(&made.labels, ", "),
        made.version,
        sanitize::name(&made.model),
    )
}

/// Whether every sentence that names the target has a hand label.
fn is_census(target: &TargetSummary) -> bool {
    let of_voice = |voice| {
        let strata = target.outlets.iter();
        strata.filter_map(move |outlet| outlet.stratum(voice, TargetRelation::Mention))
    };
    let mut strata = Voice::ALL.into_iter().flat_map(of_voice).filter(|of| of.sentences > 0);
    strata.all(Stratum::is_census)
}

fn agreement(alpha: Option<f64>) -> String {
    match alpha {
        None => " by one coder".to_owned(),
        Some(alpha) => format!(" (Krippendorff's alpha {alpha:.2})"),
    }
}

fn of_target(target: &TargetSummary) -> String {
    match sanitize::name(&target.name) {
        name if name.is_empty() => name,
        name => format!(", {name}"),
    }
}

fn findings(report: &Report, target: &TargetSummary) -> Vec<String> {
    if report.provenance.audit.is_none() {
        return vec![UNCHECKED.to_owned()];
    }
    let labels = 0..report.provenance.labels.len();
    let shares: Vec<String> = labels.filter_map(|label| one_label(report, target, label)).collect();
    let figures = match shares.is_empty() {
        true => String::new(),
        false => format!(
            "Shares of own-voice sentences, corrected by the hand labels: {}.",
            shares.join("; ")
        ),
    };
    let told = |texts: [String; 2]| texts.into_iter().filter(|text| !text.is_empty());
    let figures = told([figures, too_few(target)]).collect::<Vec<_>>().join(" ");
    told([figures, differences::differences(target).join(" ")]).collect()
}

/// One label's share in each outlet that allows one.
fn one_label(report: &Report, target: &TargetSummary, label: usize) -> Option<String> {
    let Shortened { shown, more } = target.stated_shares(label);
    let mut shares: Vec<String> = shown.iter().map(|of| outlet_share(target, label, of)).collect();
    shares.extend((more > 0).then(|| format!("{more} more outlets not told here")));
    (!shares.is_empty())
        .then(|| format!("{}: {}", sanitize::name(report.label(label)), shares.join(", ")))
}

/// An outlet's share with its interval, and what it rests on.
fn outlet_share(target: &TargetSummary, label: usize, of: &OutletShare) -> String {
    let outlet = &target.outlets[of.outlet];
    let audited = outlet.own_mentions().and_then(|stratum| stratum.audited.as_ref());
    if let Some(counted) = counted(outlet, label) {
        return format!("{} {counted}", wording::outlet(&outlet.outlet));
    }
    let LabelShare { value, interval, .. } = of.share;
    let interval = match interval {
        Some(_) => format!("95 % interval {}", wording::interval(interval)),
        None => "counted".to_owned(),
    };
    let labelled =
        audited.map_or_else(String::new, |audited| format!(", {} labelled", audited.labelled));
    format!(
        "{} {} % ({interval}; {}{labelled})",
        wording::outlet(&outlet.outlet),
        wording::percent(value),
        own_sentences(outlet),
    )
}

/// How many own sentences have a label, where every one is labelled by hand.
fn counted(outlet: &OutletSummary, label: usize) -> Option<String> {
    let stratum = outlet.own_mentions().filter(|stratum| stratum.is_census())?;
    Some(format!("{} of {} (all labelled)", stratum.predicted(label), stratum.sentences))
}

/// How many own sentences name the target.
fn own_sentences(outlet: &OutletSummary) -> String {
    wording::several(outlet.own_mentions().map_or(0, |stratum| stratum.sentences), "sentence")
}

/// The outlets of which no share can be stated.
fn too_few(target: &TargetSummary) -> String {
    let name = |at: usize| {
        let outlet = &target.outlets[at];
        format!("{} ({})", wording::outlet(&outlet.outlet), own_sentences(outlet))
    };
    let names: Vec<String> = target.outlets_with_too_few().into_iter().map(name).collect();
    match names.is_empty() {
        true => String::new(),
        false => format!("Too few to say: {}.", sanitize::list(&names, ", ")),
    }
}

fn limits(report: &Report, target: &TargetSummary) -> String {
    let days = wording::days(&report.totals());
    let days = days.map_or_else(String::new, |days| format!(" of {days}"));
    let subject = match sanitize::name(&target.name) {
        name if name.is_empty() => "their subjects".to_owned(),
        name => name,
    };
    format!(
        "This describes the coverage read here{days}. It does not show how these outlets treat \
         {subject} elsewhere, nor why; where no difference is told, none is ruled out."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::Category;
    use crate::cluster_bootstrap::Interval;
    use crate::cluster_bootstrap::Over;
    use crate::report::fixture::{articles, labels, report_on};
    use crate::report::{Audited, AuditedShare, Corrected, Share};

    fn critical() -> Category {
        Category::new(0, &labels())
    }

    #[test]
    fn the_model_alone_tells_no_share() {
        let mut report = report_on(&articles());
        let stratum = &mut report.targets[0].outlets[0].strata[0];
        stratum.sentences = 40;
        let interval = Some(Interval { low: 0.3, high: 0.46 });
        stratum.shares = vec![Share { label: critical(), mean: 0.384, interval, predicted: 15 }];
        let paragraphs = paragraphs(&report, &report.targets[0]);
        assert_eq!(paragraphs.len(), 3, "{paragraphs:#?}");
        assert_eq!(paragraphs[1], UNCHECKED);
        assert!(
            paragraphs[0]
                .contains("with model stance-test of 2017-08-01. None was labelled by hand.")
        );
        assert!(paragraphs[2].starts_with("This describes the coverage read here of 2017-07-09."));
    }

    #[test]
    fn corrected_shares_stand_with_interval_and_counts() {
        let mut report = report_on(&articles());
        report.provenance.audit =
            Some(crate::report::AuditFacts { labelled: 60, ..Default::default() });
        let corrected = Corrected {
            value: 0.38,
            interval: Some(Interval { low: 0.3, high: 0.46 }),
            standard_error: 0.04,
            over: Over::Articles,
            lambda: 0.5,
        };
        let share =
            AuditedShare { label: critical(), with_label: 20.0, corrected: Some(corrected) };
        report.targets[0].outlets[0].strata[0].audited =
            Some(Audited { labelled: 60, articles: 9, is_complete: false, shares: vec![share] });
        let paragraphs = paragraphs(&report, &report.targets[0]);
        assert_eq!(
            paragraphs[1],
            "Shares of own-voice sentences, corrected by the hand labels: critical: Courier 38 % \
             (95 % interval 30–46; 8 sentences, 60 labelled). Too few to say: Post (1 sentence)."
        );
        assert!(paragraphs[0].ends_with(
            "60 sentences of these articles, drawn at random, were labelled by hand by one coder."
        ));
    }
}
