//! How to read the figures, and what they cannot show; said of this run, not in general.

mod audit_sample;
mod counted;

use counted::{several, shortened};

use super::frames::Frames;
use super::report_data::{OutletSummary, Report, TargetSummary};
use super::share::FEW_SENTENCES;
use crate::cluster_bootstrap::MIN_CLUSTERS;
use crate::target::TargetRelation;
use crate::voice::Voice;

/// Below so many articles percentile intervals are too narrow; with five they hold the truth in
/// about 83 of 100 cases instead of 95.
const FEW_ARTICLES: usize = 20;

/// What becomes of a report on a folder that holds articles twice, as a table and as files of text.
const COPIES: &str = " Nearly all they say stands in another outlet as well: if they are the same \
    articles, given twice, counts, intervals and shared quotes are wrong; read one of the two alone.";

/// The notes of a report.
pub(super) fn notes(report: &Report) -> Vec<String> {
    let mut notes: Vec<String> = audit_sample::notes(report).into_iter().collect();
    notes.extend([
        "The figures describe this coverage. They do not show how an outlet treats the subject \
         elsewhere, nor why."
            .to_owned(),
        "Shares that no hand label corrects are mean calibrated probabilities of the model; error rates may \
         differ between outlets. Counts beside them are the sentences to which the model gives the label."
            .to_owned(),
    ]);
    notes.push(intervals(report));
    notes.extend(corpus(report));
    for target in &report.targets {
        notes.extend(mentions(target));
        notes.extend(few(target));
    }
    notes.push(words());
    notes
}

fn intervals(report: &Report) -> String {
    format!(
        "95 % intervals come from {} resamples of each outlet's articles (seed {}): how far a \
         share could differ in other articles like these. They do not include the model's errors. \
         Intervals of two outlets that overlap do not show that the outlets are alike.",
        report.provenance.settings.resamples, report.provenance.settings.seed
    )
}

fn corpus(report: &Report) -> impl Iterator<Item = String> {
    let totals = report.totals();
    let unnamed = report.outlets.iter().find(|outlet| outlet.name.is_empty());
    let notes = [
        (report.outlets.is_empty())
            .then(|| "No article was read: there are no figures.".to_owned()),
        unnamed.map(|outlet| {
            let count = several(outlet.counts.articles, "article");
            let copies = if outlet.is_copy() { COPIES } else { "" };
            format!("Without the name of an outlet: {count}. They stand together as one.{copies}")
        }),
        (totals.undated > 0).then(|| {
            let count = several(totals.undated, "article");
            format!(
                "Without a date that begins with year-month-day: {count}. The days shown and the \
                 timeline leave them out."
            )
        }),
        (report.same_ids.articles > 0).then(|| {
            let count = several(report.same_ids.articles, "article");
            let ids: Vec<&str> = report.same_ids.ids.iter().map(String::as_str).collect();
            format!(
                "With an id that another article has: {count} ({}). Where a place names such an id, \
                 it may be in either; give each article an id of its own.",
                shortened(&ids)
            )
        }),
        (totals.shared > 0).then(|| {
            let count = several(totals.shared, "sentence");
            format!("Printed by more than one outlet, and counted in each: {count}.")
        }),
    ];
    notes.into_iter().flatten()
}

/// Whether the target is found at all, and how much of the coverage does not name it.
fn mentions(target: &TargetSummary) -> Option<String> {
    let count = |about| -> u64 {
        let strata = target.outlets.iter().flat_map(|outlet| &outlet.strata);
        strata.filter(|stratum| stratum.about == about).map(|stratum| stratum.sentences).sum()
    };
    let (mention, context) = (count(TargetRelation::Mention), count(TargetRelation::Context));
    if target.name.is_empty() || target.outlets.is_empty() {
        return None;
    }
    let name = shortened(&[&target.name]);
    match (mention, context) {
        (0, _) => Some(format!(
            "No sentence names `{name}`{}: the main figures are empty. Look up how the articles \
             write it, and give that as an alias.",
            if target.aliases.is_empty() { "" } else { " or one of its aliases" }
        )),
        (_, 0) => None,
        (mention, context) => Some(format!(
            "{} of {} in articles about `{name}` do not name it (context). The main figures leave \
             them out: there the model errs more often. Theirs stand in CSV, JSON and the page.",
            context,
            several(mention + context, "sentence")
        )),
    }
}

/// Which figures rest on little.
fn few(target: &TargetSummary) -> impl Iterator<Item = String> {
    let of = if target.name.is_empty() {
        String::new()
    } else {
        format!(" for `{}`", shortened(&[&target.name]))
    };
    let pick = |fits: &dyn Fn(usize, u64) -> bool| list(&target.outlets, fits);
    let none = pick(&|articles, sentences| sentences > 0 && articles < MIN_CLUSTERS);
    let narrow = pick(&|articles, _| (MIN_CLUSTERS..FEW_ARTICLES).contains(&articles));
    let little = pick(&|_, sentences| (1..FEW_SENTENCES).contains(&sentences));
    let notes = [
        none.map(|names| {
            format!(
                "An interval over articles needs 5 articles with such sentences. Without one{of}: {names}."
            )
        }),
        narrow.map(|names| {
            format!(
                "Intervals from fewer than {FEW_ARTICLES} articles tend to be too narrow. Such \
                 intervals{of}: {names}."
            )
        }),
        little.map(|names| {
            format!(
                "With fewer than {FEW_SENTENCES} sentences, read them all instead of trusting a \
                 percentage. So few{of}: {names}."
            )
        }),
    ];
    notes.into_iter().flatten()
}

/// The voices and outlets whose main figures fit, by numbers of articles and of sentences.
fn list(outlets: &[OutletSummary], fits: &dyn Fn(usize, u64) -> bool) -> Option<String> {
    let of_voice = |voice: Voice| {
        let fitting = |outlet: &&OutletSummary| {
            let stratum = outlet.stratum(voice, TargetRelation::Mention);
            stratum.is_some_and(|stratum| fits(stratum.articles, stratum.sentences))
        };
        let names: Vec<&str> = outlets.iter().filter(fitting).map(outlet_name).collect();
        let voice = if voice == Voice::Outlet { "own voice" } else { "attributed voice" };
        (!names.is_empty()).then(|| format!("{voice} in {}", shortened(&names)))
    };
    let voices: Vec<String> = Voice::ALL.into_iter().filter_map(of_voice).collect();
    (!voices.is_empty()).then(|| voices.join("; "))
}

fn outlet_name(outlet: &OutletSummary) -> &str {
    if outlet.outlet.is_empty() { "articles without an outlet" } else { &outlet.outlet }
}

/// What a report lacks whose predictions were given in a table: the model that made them is not at hand.
pub(super) fn unexplained(report: &Report) -> String {
    format!(
        "The predictions are those of {}, as a table gives them; no model was asked here. So the words \
         that decided are left out, and what an outlet's own words around a quote express. A quote has \
         the stance of the sentence that prints it.",
        report.provenance.model
    )
}

/// What is not exact in a report that was merged of parts.
pub(super) fn merged(parts: u64) -> String {
    format!(
        "Merged of {parts} parts. Text that several outlets print, and the one stance of one quote, were \
         looked for within each part: what is shared between parts is not marked. A report that is merged \
         of sentence tables is exact."
    )
}

fn words() -> String {
    "Distinctive words: own voice only, without sentences shared with other outlets. Function \
     words, names and the target's own words are not shown. A word must stand in three articles and \
     stand out among all words compared (z over articles, Benjamini and Hochberg at 5 %); outlets \
     with fewer than three articles are described, not tested."
        .to_owned()
}

impl Report {
    /// Adds what a frame model says, and a note on how to read it.
    #[must_use]
    pub fn with_frames(mut self, frames: Frames) -> Self {
        self.notes.push(frames_note(&frames));
        self.frames = Some(frames);
        self
    }
}

/// How to read the frames.
fn frames_note(frames: &Frames) -> String {
    format!(
        "Frames are the judgement of model {} on passages: what one paragraph of the body says in \
         one voice. Shares are its mean probabilities, not hand labels. A frame is not a stance, and \
         a model that was trained on one subject knows little of another: label a sample of your \
         own passages, and run `framescope evaluate` on it.",
        frames.model
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::ReportBuilder;
    use crate::report::fixture::{article, articles, body, explained, provenance, report_on};

    fn has(report: &Report, expected: &str) {
        assert!(report.notes.iter().any(|note| note.contains(expected)), "{:#?}", report.notes);
    }

    fn has_not(report: &Report, unexpected: &str) {
        assert!(!report.notes.iter().any(|note| note.contains(unexpected)), "{:#?}", report.notes);
    }

    #[test]
    fn what_hand_labels_there_are_stands_first() {
        let report = report_on(&articles());
        assert!(report.notes[0].contains("by hand"), "{:#?}", report.notes);
        for report in [report, report_on(&[])] {
            has(&report, "mean calibrated probabilities of the model");
        }
    }

    #[test]
    fn few_articles_and_sentences_are_named() {
        let report = report_on(&articles());
        has(
            &report,
            "needs 5 articles with such sentences. Without one for `cyber unit`: own voice in Post",
        );
        has(&report, "too narrow. Such intervals for `cyber unit`: own voice in Courier");
        has(
            &report,
            "So few for `cyber unit`: own voice in Courier, Post; attributed voice in Courier, Post",
        );
        has(&report, "9 of 24 sentences in articles about `cyber unit` do not name it");
        has(&report, "counted in each: 6 sentences");
        has_not(&report, "No sentence names");
    }

    #[test]
    fn a_target_that_nothing_names_is_named() {
        let article = article("", "a");
        let mut builder = ReportBuilder::new();
        builder.add(&[body(&article, 1, "Rain.", TargetRelation::None, [0.0; 3])]);
        let report = explained(builder, provenance());
        has(
            &report,
            "No sentence names `cyber unit` or one of its aliases: the main figures are empty.",
        );
        has(&report, "Without the name of an outlet: 1 article.");
        has_not(&report, "An interval over articles");
    }

    #[test]
    fn articles_without_a_day_are_counted() {
        let mut all = articles();
        all[0].date = "9 July".to_owned();
        has(&report_on(&all), "year-month-day: 1 article.");
        has_not(&report_on(&articles()), "year-month-day");
    }

    #[test]
    fn long_lists_are_cut() {
        let names = ["a", "b", "c", "d", "e", "f", "g"];
        assert_eq!(shortened(&names), "a, b, c, d, e and 2 more");
        assert_eq!(shortened(&names[..5]), "a, b, c, d, e");
    }
}
