//! Articles go in one by one; a report comes out.

use std::collections::BTreeMap;

use super::article_clusters::canonical;
use super::audit_sample::Audit;
use super::collector::{
    ArticleView, Collector, CorpusFinishInputs, OutletFinishInputs, collectors,
};
use super::confusion_adjusted_shares::ErrorRates;
use super::distinctive_words::{DistinctiveWord, WordCollector};
use super::duplicate_ids::{DuplicateIds, IdCounter};
use super::explanation::{Explainer, Predictor};
use super::gap_decomposition::{self, Side};
use super::label_corrected_shares::{self, whole};
use super::outlet_collector::{OutletCollector, OutletFigures, TargetFigures};
use super::outlet_differences::differences;
use super::prediction_source::PredictionSource;
use super::provenance::{Provenance, Settings};
use super::quotes::Quotes;
use super::report_data::{Outlet, Report, TargetSummary, Together};
use super::shared_quotes::QuoteCollector;
use super::speaker_index::{NameCounts, SpeakerIndex};
use super::stored::stored;
use super::timeline::{self, DatedArticles};
use super::voice_stratum::Stratum;
use super::{exemplars, notes, speakers};
use crate::category::Categories;
use crate::classifier::Classified;
use crate::model::Model;
use crate::statistics::error_homogeneity::{self, ArticleErrors};
use crate::target::Target;
use crate::voice::Voice;

collectors! {
    /// Every figure on a whole corpus.
    CorpusCollector(ArticleView, CorpusFinishInputs) -> CorpusFigures {
        words: WordCollector,
        quotes: QuoteCollector,
        ids: IdCounter,
    }
}

#[derive(Debug, Default)]
pub(super) struct CorpusFigures {
    /// By outlet.
    words: Vec<Vec<DistinctiveWord>>,
    quotes: Quotes,
    ids: DuplicateIds,
}

/// Counts classified articles. Keeps counts and sums of each, and a few sentences of each outlet.
#[derive(Debug, Default)]
pub struct ReportBuilder {
    corpus: CorpusCollector,
    outlets: BTreeMap<String, OutletCollector>,
    audit: Option<Audit>,
}

stored!(ReportBuilder { corpus, outlets, audit });

impl ReportBuilder {
    /// Nothing counted yet.
    pub fn new() -> Self {
        ReportBuilder::default()
    }

    /// As `new`, for a corpus some sentences of which were labelled by hand.
    pub fn audited(audit: Audit) -> Self {
        ReportBuilder { audit: Some(audit), ..ReportBuilder::default() }
    }

    /// The hand labels, which have found their sentences when all articles are added.
    pub fn audit(&self) -> Option<&Audit> {
        self.audit.as_ref()
    }

    /// Takes in all the sentences of one article. An article without a sentence leaves no trace.
    pub fn add(&mut self, article: &[Classified<'_>]) {
        let corrected = self.audit.as_mut().and_then(|audit| audit.corrected(article));
        let article = corrected.as_deref().unwrap_or(article);
        let Some(view) = ArticleView::new(article, self.audit.is_some()) else { return };
        self.corpus.add(&view);
        self.outlets.entry(view.article.outlet.clone()).or_default().add(&view);
    }

    /// Takes in what another builder has counted of other articles. Parts of a corpus that are merged, in
    /// any order, make the same report, byte for byte, as one builder makes of all articles.
    ///
    /// # Errors
    /// Builders with other hand labels, or one without.
    pub fn merge(&mut self, other: ReportBuilder) -> Result<(), String> {
        match (&mut self.audit, other.audit) {
            (Some(mine), Some(theirs)) => mine.merge(theirs)?,
            (None, None) => {}
            _ => return Err("counted with hand labels, and other parts without".to_owned()),
        }
        self.corpus.merge(other.corpus);
        for (outlet, collector) in other.outlets {
            self.outlets.entry(outlet).or_default().merge(collector);
        }
        Ok(())
    }

    /// The report on all articles that were added, of predictions by `source`, without the words that
    /// decided ([`Report::explain`]). `model` is the one that gave them, where it is at hand: it is asked
    /// what quotes express by themselves.
    pub fn finish(
        self,
        source: PredictionSource,
        targets: Vec<Target>,
        settings: Settings,
        model: Option<&Model>,
    ) -> Report {
        let audit = self.audit.as_ref().map(Audit::facts);
        let provenance = source.provenance(targets, settings, audit);
        self.conclude(provenance, model.map(|model| model as &dyn Predictor))
    }

    /// As `finish`, with what the model contributes laid open, so that tests need none.
    pub(crate) fn conclude(
        mut self,
        provenance: Provenance,
        predictor: Option<&dyn Predictor>,
    ) -> Report {
        let speaker_index = self.speaker_index();
        let outlets = self.outlet_figures(&provenance, &speaker_index);
        let names: Vec<String> = outlets.iter().map(|outlet| outlet.name.clone()).collect();
        let figures = self.corpus.finish(&CorpusFinishInputs {
            outlets: &names,
            targets: &provenance.targets,
            speaker_index: &speaker_index,
        });
        let outlet = |(outlet, distinctive): (&OutletFigures, Vec<DistinctiveWord>)| Outlet {
            name: outlet.name.clone(),
            counts: outlet.counts.clone(),
            distinctive,
        };
        let targets = provenance.targets.clone();
        let explainer = Explainer::new(&targets, predictor);
        let mut report = Report {
            outlets: outlets.iter().zip(figures.words).map(outlet).collect(),
            targets: target_summaries(outlets, &provenance),
            quotes: figures.quotes,
            same_ids: figures.ids,
            provenance,
            frames: None,
            notes: Vec::new(),
        };
        explainer.label_quotes(&mut report.quotes);
        let outlets = report.targets.iter_mut().flat_map(|target| &mut target.outlets);
        outlets.for_each(|outlet| outlet.typical = exemplars::typical(&outlet.evidence));
        report.notes = notes::notes(&report);
        report.notes.extend(predictor.is_none().then(|| notes::unexplained(&report)));
        report
    }

    /// Which names are one speaker's.
    fn speaker_index(&self) -> SpeakerIndex {
        let mut names = NameCounts::default();
        self.outlets.values().for_each(|outlet| outlet.speakers.add_to(&mut names));
        names.finish()
    }

    /// The figures on each outlet by itself.
    fn outlet_figures(
        &mut self,
        provenance: &Provenance,
        speaker_index: &SpeakerIndex,
    ) -> Vec<OutletFigures> {
        let outlets = std::mem::take(&mut self.outlets);
        let settings = &provenance.settings;
        // Without hand labels, only the model's errors in cross-validation can correct shares.
        let confusion = provenance.confusion.as_ref().filter(|_| self.audit.is_none());
        let error_rates =
            confusion.map(|confusion| ErrorRates::new(confusion, settings.resampling()));
        let n_exemplars =
            exemplars::n_shown(&outlets.values().flat_map(OutletCollector::exemplar_pools));
        let n_speakers = speakers::n_shown(outlets.len());
        let finish = |(name, outlet): (String, OutletCollector)| {
            let context = OutletFinishInputs {
                name: &name,
                articles: outlet.counts.articles,
                n_targets: provenance.targets.len().max(1),
                resampling: settings.outlet_resampling(&name),
                error_rates: error_rates.as_ref(),
                speaker_index,
                n_exemplars,
                n_speakers,
            };
            outlet.finish(&context)
        };
        outlets.into_iter().map(finish).collect()
    }
}

/// How all outlets treat each target; a single summary without a name where each sentence counts whole.
fn target_summaries(
    mut outlets: Vec<OutletFigures>,
    provenance: &Provenance,
) -> Vec<TargetSummary> {
    let whole = [Target::default()];
    let targets =
        if provenance.targets.is_empty() { &whole } else { provenance.targets.as_slice() };
    let names: Categories = outlets.iter().map(|outlet| outlet.name.clone()).collect();
    let summary = |(number, target): (usize, &Target)| {
        let take = |outlet: &mut OutletFigures| std::mem::take(&mut outlet.targets[number]);
        let figures: Vec<TargetFigures> = outlets.iter_mut().map(take).collect();
        target_summary(target, figures, &outlets, &names, provenance)
    };
    targets.iter().enumerate().map(summary).collect()
}

/// How all outlets treat one target; `figures` has one entry per outlet.
fn target_summary(
    target: &Target,
    figures: Vec<TargetFigures>,
    outlets: &[OutletFigures],
    names: &Categories,
    provenance: &Provenance,
) -> TargetSummary {
    let by_outlet = || outlets.iter().zip(&figures);
    let strata: Vec<&[Stratum]> = figures.iter().map(|of| of.summary.strata.as_slice()).collect();
    let sides: Vec<Side<'_>> = by_outlet()
        .map(|(outlet, of)| Side {
            articles: &of.clusters,
            strata: &of.summary.strata,
            resampling: outlet.resampling,
        })
        .collect();
    let courses: Vec<DatedArticles<'_>> = by_outlet()
        .map(|(outlet, of)| DatedArticles {
            outlet: &outlet.name,
            days: &outlet.days,
            articles: &of.clusters,
            resampling: outlet.resampling,
        })
        .collect();
    let undated = outlets.iter().map(|outlet| outlet.counts.undated).sum();
    let errors = figures.iter().enumerate().flat_map(|(outlet, of)| {
        let confusions = of.errors.iter().cloned();
        confusions.map(move |confusion| ArticleErrors { outlet, confusion })
    });
    let errors: Vec<ArticleErrors> = errors.collect();
    TargetSummary {
        name: target.name.clone(),
        aliases: target.aliases.clone(),
        differences: differences(&strata, names, provenance.audit.as_ref()),
        gaps: gap_decomposition::gaps(&sides, names),
        timeline: timeline::timeline(&courses, undated),
        errors_alike: error_homogeneity::p_value(&errors, provenance.settings.resampling()),
        changes: None,
        together: Voice::ALL
            .into_iter()
            .zip(0..)
            .map(|of| together(&figures, of, provenance))
            .collect(),
        agreement: agreement(&errors),
        outlets: figures.into_iter().map(|of| of.summary).collect(),
    }
}

/// All outlets' sentences of one voice that name the target.
fn together(
    figures: &[TargetFigures],
    (voice, number): (Voice, usize),
    provenance: &Provenance,
) -> Together {
    let clusters = figures.iter().flat_map(|of| &of.clusters).map(|of| &of.voices[number]);
    let clusters = canonical(clusters.filter(|cluster| cluster.sentences > 0.0));
    let sentences = clusters.iter().map(|cluster| cluster.sentences).sum::<f64>();
    let audited = label_corrected_shares::audited(&clusters, 0, provenance.settings.resampling());
    Together { voice, sentences: whole(sentences), audited }
}

/// In how many of the checked sentences the model gave the label that the coders gave, of how many.
fn agreement(errors: &[ArticleErrors]) -> (u64, u64) {
    let rows = || errors.iter().flat_map(|of| of.confusion.iter().enumerate());
    let agreed = rows().map(|(label, row)| row.get(label).copied().unwrap_or(0.0)).sum::<f64>();
    let all = rows().flat_map(|(_, row)| row).sum::<f64>();
    (whole(agreed), whole(all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{
        article, articles, body, classified, explained, prediction, provenance, report_on,
    };
    use crate::target::TargetRelation;
    use crate::voice::Voice;

    fn conclude(builder: ReportBuilder) -> Report {
        explained(builder, provenance())
    }

    #[test]
    fn order_of_articles_changes_nothing() {
        let mut all = articles();
        let forth = report_on(&all);
        all.reverse();
        assert_eq!(report_on(&all), forth);
        all.rotate_left(2);
        assert_eq!(report_on(&all), forth);
    }

    #[test]
    fn another_outlet_changes_no_share_and_no_interval() {
        let all = articles();
        let (both, alone) = (report_on(&all), report_on(&all[..5]));
        assert_eq!(both.targets[0].outlets[0], alone.targets[0].outlets[0]);
    }

    #[test]
    fn voices_and_relations_stay_apart() {
        let report = report_on(&articles()[..1]);
        let summary = &report.targets[0].outlets[0];
        let sentences: Vec<_> = summary
            .strata
            .iter()
            .map(|s| (s.voice.name(), s.about.name(), s.articles, s.sentences, s.shares.len()))
            .collect();
        let expected = [
            ("outlet", "mention", 1, 1, 3),
            ("outlet", "context", 1, 2, 3),
            ("attributed", "mention", 1, 1, 3),
            ("attributed", "context", 0, 0, 0),
        ];
        assert_eq!(sentences, expected);
    }

    #[test]
    fn a_share_is_the_mean_probability() {
        let article = article("A", "a");
        let mut builder = ReportBuilder::new();
        builder.add(&[
            body(&article, 1, "One.", TargetRelation::Mention, [0.5, 0.25, 0.25]),
            body(&article, 2, "Two.", TargetRelation::Mention, [0.25, 0.75, 0.0]),
            body(&article, 3, "Three.", TargetRelation::None, [1.0, 0.0, 0.0]),
        ]);
        let report = conclude(builder);
        let stratum =
            report.targets[0].outlets[0].stratum(Voice::Outlet, TargetRelation::Mention).unwrap();
        assert_eq!(stratum.shares.iter().map(|s| s.mean).collect::<Vec<_>>(), [0.375, 0.5, 0.125]);
        assert_eq!(stratum.shares.iter().map(|s| s.predicted).collect::<Vec<_>>(), [1, 1, 0]);
        assert_eq!(report.outlets[0].counts.sentences, 3);
    }

    #[test]
    fn comments_are_counted_apart() {
        let counts = &report_on(&articles()).outlets[0].counts;
        assert_eq!((counts.articles, counts.sentences, counts.comments), (5, 20, 5));
        assert_eq!((counts.words, counts.shared, counts.boilerplate), (65, 5, 0));
    }

    #[test]
    fn without_a_target_each_sentence_counts_whole() {
        let article = article("A", "a");
        let mut line = body(&article, 1, "One.", TargetRelation::None, [0.0; 3]);
        line.readings[0].prediction = Some(prediction([0.5, 0.25, 0.25]));
        let mut builder = ReportBuilder::new();
        builder.add(&[line]);
        let report = explained(builder, Provenance { targets: Vec::new(), ..provenance() });
        let [target] = report.targets.as_slice() else { panic!("one summary") };
        assert_eq!(target.name, "");
        assert_eq!(target.outlets[0].strata[0].sentences, 1);
    }

    #[test]
    fn typical_sentences_carry_the_words_that_decided() {
        let report = report_on(&articles());
        let typical = &report.targets[0].outlets[1].typical[0];
        assert_eq!((typical.article.as_str(), typical.sentence), ("p1", 2));
        assert_eq!(typical.words, ["reckless"]);
        assert_eq!((typical.marks[0].start, typical.marks.len()), (2, 1));
    }

    #[test]
    fn nothing_read_is_said() {
        let report = conclude(ReportBuilder::new());
        assert!(report.outlets.is_empty() && report.targets[0].outlets.is_empty());
        assert!(report.notes.iter().any(|note| note.contains("No article was read")));
    }

    #[test]
    fn an_article_without_sentences_leaves_no_trace() {
        let all = articles();
        let mut builder = ReportBuilder::new();
        for article in &all {
            builder.add(&classified(article));
        }
        builder.add(&[]);
        assert_eq!(conclude(builder), report_on(&all));
    }
}
