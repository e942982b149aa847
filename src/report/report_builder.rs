//! Articles go in one by one; a report comes out.

use std::collections::BTreeMap;

use super::adjusted_shares::ErrorRates;
use super::article_clusters::seed_of;
use super::audit_sample::Audit;
use super::distinctive_words::{self, WordCounts, WordIds};
use super::duplicate_ids::IdCounter;
use super::gap_decomposition::{self, Side};
use super::outlet_collector::{EachVoice, OutletCollector};
use super::outlet_differences::differences;
use super::predicted_label::PredictedLabel;
use super::provenance::{Provenance, Settings};
use super::shared_quotes::QuoteCollector;
use super::speaker_index::{People, SpeakerIndex};
use super::stratum::Stratum;
use super::timeline::{self, DatedArticles, Timeline};
use super::types::{Outlet, OutletSummary, Report, TargetSummary};
use super::{exemplars, notes, speakers};
use crate::category::Categories;
use crate::classifier::{Classified, Classifier};
use crate::cluster_bootstrap::Resampling;
use crate::inference::error_homogeneity::{self, ArticleErrors};
use crate::model::Explanation;
use crate::target::{Target, TargetRelation};
use crate::text::Span;

/// Adds up classified articles. Keeps counts and sums of each, and a few sentences of each outlet.
#[derive(Debug, Default)]
pub struct Builder {
    outlets: BTreeMap<String, OutletCollector>,
    lexicon: WordIds,
    quotes: QuoteCollector,
    audit: Option<Audit>,
    ids: IdCounter,
}

impl Builder {
    /// Nothing added up yet.
    pub fn new() -> Self {
        Builder::default()
    }

    /// As `new`, for a corpus some sentences of which were labelled by hand.
    pub fn audited(audit: Audit) -> Self {
        Builder { audit: Some(audit), ..Builder::default() }
    }

    /// The hand labels, which have found their sentences when all articles are added.
    pub fn audit(&self) -> Option<&Audit> {
        self.audit.as_ref()
    }

    /// Takes in all the sentences of one article. An article without a sentence leaves no trace.
    pub fn add(&mut self, article: &[Classified<'_>]) {
        let Some(first) = article.first() else { return };
        let counted = article.iter().filter(|of| of.sentence.part.is_counted());
        self.quotes.add(&counted.collect::<Vec<_>>());
        self.ids.add(&first.article.id);
        let outlet = first.article.outlet.clone();
        let ledger = self.outlets.entry(outlet).or_default();
        ledger.add(article, &mut self.lexicon, self.audit.as_mut());
    }

    /// The report on all articles that were added. `classifier` is the one that classified them; it
    /// is asked which words decided in the typical sentences.
    pub fn finish(self, classifier: &Classifier, settings: &Settings) -> Report {
        let model = classifier.model();
        let provenance = Provenance {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model: model.name().to_owned(),
            model_date: model.card().date.clone(),
            dimension: model.dimension().to_owned(),
            labels: model.labels().to_vec(),
            targets: classifier.targets().to_vec(),
            seed: settings.seed,
            resamples: settings.resamples,
            inputs: settings.inputs.clone(),
            files: settings.files.clone(),
            models: settings.models.clone(),
            confusion: model.card().scores.as_ref().map(|scores| scores.confusion.clone()),
            audit: self.audit.as_ref().map(Audit::facts),
        };
        self.conclude(provenance, &|text, mentions| classifier.explain(text, mentions))
    }

    /// As `finish`, with what the classifier contributes laid open, so that tests need no model.
    pub(crate) fn conclude(
        mut self,
        provenance: Provenance,
        explain: &dyn Fn(&str, &[Span]) -> Explanation,
    ) -> Report {
        self.outlets.values_mut().for_each(|ledger| ledger.words.settle());
        let outlets = self.outlets(&provenance.targets);
        let people = self.people();
        let targets = self.targets(&provenance, &people, explain);
        let names: Vec<String> = self.outlets.keys().cloned().collect();
        let judge = |text: &str| judged(text, &provenance.targets, explain);
        let quotes = self.quotes.finish(&names, &people, &judge);
        let mut report = Report {
            outlets,
            targets,
            quotes,
            same_ids: self.ids.finish(),
            provenance,
            frames: None,
            notes: Vec::new(),
        };
        report.notes = notes::notes(&report);
        report
    }

    fn outlets(&self, targets: &[Target]) -> Vec<Outlet> {
        let mut all = WordCounts::default();
        self.outlets.values().for_each(|ledger| all.merge(&ledger.words));
        let names =
            targets.iter().flat_map(|target| std::iter::once(&target.name).chain(&target.aliases));
        let unshown = distinctive_words::unshown(names.map(String::as_str));
        let outlet = |(name, ledger): (&String, &OutletCollector)| Outlet {
            name: name.clone(),
            counts: ledger.counts.clone(),
            distinctive: distinctive_words::distinctive(
                &ledger.words,
                &all,
                &self.lexicon,
                &unshown,
            ),
        };
        self.outlets.iter().map(outlet).collect()
    }

    /// Who is who among all speakers.
    fn people(&self) -> SpeakerIndex {
        let mut people = People::default();
        self.outlets.values().for_each(|ledger| ledger.note_speakers(&mut people));
        people.finish()
    }

    fn targets(
        &self,
        provenance: &Provenance,
        people: &SpeakerIndex,
        explain: &dyn Fn(&str, &[Span]) -> Explanation,
    ) -> Vec<TargetSummary> {
        let whole = [Target { name: String::new(), aliases: Vec::new() }];
        let targets = match provenance.targets.as_slice() {
            [] => &whole,
            given => given,
        };
        let rates = self.rates(provenance);
        let names: Categories = self.outlets.keys().cloned().collect();
        let draw = |name: &str| {
            let seed = seed_of(provenance.seed, name);
            Resampling { resamples: provenance.resamples, seed }
        };
        let each = EachVoice {
            sentences: exemplars::each(&self.outlets.values().flat_map(OutletCollector::evidence)),
            speakers: speakers::each(self.outlets.len()),
        };
        let outlet = |(name, ledger): (&String, &OutletCollector), target: usize| {
            ledger.finish(name, target, draw(name), rates.as_ref(), (each, people), explain)
        };
        let summary = |(number, target): (usize, &Target)| {
            let outlets: Vec<OutletSummary> =
                self.outlets.iter().map(|entry| outlet(entry, number)).collect();
            let entries = self.outlets.iter();
            let sides: Vec<Side<'_>> = entries
                .zip(&outlets)
                .map(|((name, ledger), outlet)| Side {
                    articles: ledger.voices(number),
                    draw: draw(name),
                    strata: &outlet.strata,
                })
                .collect();
            let strata: Vec<&[Stratum]> =
                outlets.iter().map(|outlet| outlet.strata.as_slice()).collect();
            TargetSummary {
                name: target.name.clone(),
                aliases: target.aliases.clone(),
                differences: differences(&strata, &names, provenance.audit.as_ref()),
                gaps: gap_decomposition::gaps(&sides, &names),
                timeline: self.timeline(number, &draw),
                errors_alike: self.errors_alike(number, provenance),
                outlets,
            }
        };
        targets.iter().enumerate().map(summary).collect()
    }

    fn timeline(&self, target: usize, draw: &dyn Fn(&str) -> Resampling) -> Timeline {
        let undated = self.outlets.values().map(|ledger| ledger.counts.undated).sum();
        let courses: Vec<DatedArticles<'_>> = (self.outlets.iter())
            .map(|(name, ledger)| DatedArticles {
                outlet: name,
                days: &ledger.days,
                articles: ledger.dated_voices(target),
                draw: draw(name),
            })
            .collect();
        timeline::timeline(&courses, undated)
    }

    /// The model's errors elsewhere, which are all there is where nobody labelled anything here.
    fn rates(&self, provenance: &Provenance) -> Option<ErrorRates> {
        let confusion = provenance.confusion.as_ref().filter(|_| self.audit.is_none())?;
        let draw = Resampling { resamples: provenance.resamples, seed: provenance.seed };
        Some(ErrorRates::new(confusion, draw))
    }

    fn errors_alike(&self, target: usize, provenance: &Provenance) -> Option<f64> {
        let of_outlet = |(outlet, ledger): (usize, &OutletCollector)| {
            let confusions = ledger.errors(target).into_iter();
            confusions.map(|confusion| ArticleErrors { outlet, confusion }).collect::<Vec<_>>()
        };
        let errors: Vec<ArticleErrors> =
            self.outlets.values().enumerate().flat_map(of_outlet).collect();
        let draw = Resampling { resamples: provenance.resamples, seed: provenance.seed };
        error_homogeneity::p_value(&errors, draw)
    }
}

/// What a text expresses toward each target; as a whole where there is none.
fn judged(
    text: &str,
    targets: &[Target],
    explain: &dyn Fn(&str, &[Span]) -> Explanation,
) -> Vec<PredictedLabel> {
    let toward = |about: TargetRelation, mentions: &[Span]| {
        PredictedLabel::new(about, &explain(text, mentions).prediction)
    };
    if targets.is_empty() {
        return vec![toward(TargetRelation::Mention, &[])];
    }
    let of_target = |target: &Target| {
        let mentions = target.mentions(text);
        let about =
            if mentions.is_empty() { TargetRelation::Context } else { TargetRelation::Mention };
        toward(about, &mentions)
    };
    targets.iter().map(of_target).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{
        article, articles, body, classified, explain, prediction, provenance, report_on,
    };
    use crate::voice::Voice;

    fn conclude(builder: Builder) -> Report {
        builder.conclude(provenance(), &explain)
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
        let mut builder = Builder::new();
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
        let mut builder = Builder::new();
        builder.add(&[line]);
        let report = builder.conclude(Provenance { targets: Vec::new(), ..provenance() }, &explain);
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
        let report = conclude(Builder::new());
        assert!(report.outlets.is_empty() && report.targets[0].outlets.is_empty());
        assert!(report.notes.iter().any(|note| note.contains("No article was read")));
    }

    #[test]
    fn an_article_without_sentences_leaves_no_trace() {
        let all = articles();
        let mut builder = Builder::new();
        for article in &all {
            builder.add(&classified(article));
        }
        builder.add(&[]);
        assert_eq!(conclude(builder), report_on(&all));
    }
}
