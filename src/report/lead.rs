//! What stands at the head of a report: a title and at most three sentences, as far as the evidence goes.
//!
//! Labels of the model are guesses, which nobody has checked. A title or sentence here rests on counts of
//! words and voices, on hand labels, or on shares that hand labels correct; never on the model alone.

use std::collections::BTreeMap;

use super::label_corrected_shares::Corrected;
use super::lead_statement::{Evidence, Lead, LeadTitle, Promise, Statement};
use super::outlet_differences::{OutletDifference, Significance};
use super::report_data::{OutletSummary, Report, TargetSummary};
use super::share::FEW_SENTENCES;
use super::voice_stratum::Stratum;
use crate::target::TargetRelation;
use crate::voice::{self, Voice};

/// With so many sentences or fewer each is worth a label.
const ALL_LABELLED: u64 = 60;

/// Number of labels that say something of all outlets together.
const FIRST_LABELS: u64 = 40;

/// Maximum number of speakers that are named.
const SPEAKERS: usize = 3;

impl Report {
    /// What stands at the head of the report on a target, given by its number.
    pub fn lead(&self, target: usize) -> Lead {
        Reading::new(self, target).lead()
    }
}

/// A target with what is counted of it.
struct Reading<'r> {
    report: &'r Report,
    number: usize,
    target: &'r TargetSummary,
    /// The outlets that name the target, with the number of their sentences that do, own and quoted.
    naming: Vec<(usize, [u64; 2])>,
    sides: Vec<usize>,
}

impl<'r> Reading<'r> {
    fn new(report: &'r Report, number: usize) -> Self {
        let target = &report.targets[number];
        let count = |outlet: &OutletSummary| {
            Voice::ALL.map(|voice| naming(outlet, voice).map_or(0, |stratum| stratum.sentences))
        };
        let counts = target.outlets.iter().map(count).enumerate();
        let naming = counts.filter(|(_, [own, quoted])| own + quoted > 0).collect();
        let sides = report.provenance.sides().collect();
        Reading { report, number, target, naming, sides }
    }

    fn lead(&self) -> Lead {
        let evidence = evidence(self.target);
        let (title, sentences) = match evidence {
            _ if self.naming.is_empty() => (LeadTitle::NotNamed, vec![Statement::LookedFor]),
            Evidence::Unchecked => self.unchecked(),
            Evidence::FirstChecks => self.first_checks(),
            Evidence::Checked => self.checked(),
        };
        Lead { evidence, title, sentences }
    }

    fn sum(&self, voice: usize) -> u64 {
        self.naming.iter().map(|(_, counts)| counts[voice]).sum()
    }

    fn all(&self) -> u64 {
        self.sum(0) + self.sum(1)
    }

    fn unchecked(&self) -> (LeadTitle, Vec<Statement>) {
        let title = LeadTitle::Quoted { quoted: self.sum(1), all: self.all() };
        let total = |of: &(usize, [u64; 2])| of.1[0] + of.1[1];
        let mut sentences = Vec::new();
        // Of outlets with as many sentences the first one stands for all.
        let most = self.naming.iter().rev().max_by_key(|of| total(of));
        let least = self.naming.iter().min_by_key(|of| total(of));
        if let (Some(most), Some(least)) = (most, least) {
            let of = |of: &(usize, [u64; 2])| (of.0, total(of));
            let (most, least) = (of(most), of(least));
            sentences.push(Statement::Coverage { naming: self.naming.len(), most, least });
        }
        sentences.extend(self.same_words().or_else(|| self.quoted_by_most()));
        if self.sides.len() == 2 {
            sentences.push(self.promise());
        }
        (title, sentences)
    }

    fn promise(&self) -> Statement {
        let all = self.all();
        let shows = match self.naming.as_slice() {
            _ if self.sum(0) == 0 => Promise::Quoted,
            _ if all <= ALL_LABELLED => Promise::Who,
            [(outlet, _)] => Promise::TheOutlet(*outlet),
            _ => Promise::Together,
        };
        let labels = if all <= ALL_LABELLED { all } else { FIRST_LABELS };
        Statement::Unchecked { labels, shows }
    }

    /// The quote about the target that most outlets print in full, where at least three do and half of them.
    fn same_words(&self) -> Option<Statement> {
        let naming = self.naming.len();
        let quotes = self.report.quotes.shared.iter().enumerate();
        let about = quotes.filter(|(_, quote)| quote.names_target(self.number));
        let (quote, most) = about
            .map(|(at, quote)| (at, quote.n_in_full()))
            .rev()
            .max_by_key(|(_, printing)| *printing)?;
        let is_common = most >= 3 && most * 2 >= naming;
        is_common.then_some(Statement::SameWords { quote, printing: most, naming })
    }

    /// Names that stand for somebody in at least two outlets and three sentences.
    fn quoted_by_most(&self) -> Option<Statement> {
        let mut names: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
        for (outlet, _) in &self.naming {
            for speaker in &self.target.outlets[*outlet].speakers.most_quoted {
                let sentences = speaker.about.sentences();
                if sentences > 0 && voice::is_full_name(&speaker.name) {
                    let of = names.entry(&speaker.name).or_default();
                    *of = (of.0 + 1, of.1 + sentences);
                }
            }
        }
        let mut names: Vec<(&str, (usize, u64))> =
            names.into_iter().filter(|(_, of)| of.0 >= 2 && of.1 >= 3).collect();
        names.sort_by(|(name, a), (other, b)| b.cmp(a).then_with(|| name.cmp(other)));
        names.truncate(SPEAKERS);
        let names: Vec<(String, usize)> =
            names.into_iter().map(|(name, of)| (name.to_owned(), of.0)).collect();
        let naming = self.naming.len();
        (!names.is_empty()).then_some(Statement::QuotedByMost { names, naming })
    }

    fn first_checks(&self) -> (LeadTitle, Vec<Statement>) {
        let own = self.target.together.first().and_then(|of| of.audited.as_ref());
        let told = |label: usize| {
            let share = own?.shares.get(label)?.corrected?;
            Some((label, share)).filter(|(_, share)| share.interval.is_some())
        };
        let shares: Vec<(usize, Corrected)> =
            self.sides.iter().filter_map(|label| told(*label)).collect();
        let first = match shares.is_empty() {
            false => Statement::Together { shares },
            true => self.checked_own(),
        };
        let large = self.naming.iter().filter(|(_, [own, _])| *own >= FEW_SENTENCES).count();
        let compare = Statement::ToCompare { is_possible: large > 1 };
        (LeadTitle::FirstChecks, vec![first, self.agreement(), compare])
    }

    /// How many own sentences of all outlets are checked, by label.
    fn checked_own(&self) -> Statement {
        let n_labels = self.report.provenance.labels.len();
        let counts: Vec<u64> = (0..n_labels).map(|label| self.with_label(0, label)).collect();
        Statement::CheckedOwn { checked: counts.iter().sum(), counts }
    }

    /// How many checked sentences of a voice have a label, over all outlets.
    fn with_label(&self, voice: usize, label: usize) -> u64 {
        let outlets = self.target.outlets.iter();
        let strata = outlets.filter_map(|outlet| naming(outlet, Voice::ALL[voice]));
        strata.map(|stratum| stratum.labelled_as(label)).sum()
    }

    fn agreement(&self) -> Statement {
        let (agreed, labelled) = self.target.agreement;
        Statement::Agreement { agreed, labelled }
    }

    fn checked(&self) -> (LeadTitle, Vec<Statement>) {
        let told = |label: usize| self.told(label);
        let Some(label) = self.sides.iter().copied().find(|label| !told(*label).is_empty()) else {
            return if self.is_census() { self.few() } else { self.almost_neutral() };
        };
        let shares = told(label);
        let differing = self.sides.iter().find_map(|label| self.farthest_apart(*label));
        let checked = self.checked_of();
        if let Some(difference) = differing {
            let differ = |of: &&OutletDifference| of.standing != Significance::Open;
            let same = self.target.differences.iter().filter(|of| of.label == difference.label);
            let (all, differing) = (same.clone().count(), same.filter(differ));
            let of_all = differing.clone().filter(|of| of.is_sure_of_all()).count();
            let differ = differing.count();
            let pairs = (all > 1).then_some(Statement::Pairs { differ, of_all, all });
            let title = LeadTitle::Differ(difference.clone());
            let first = Statement::Difference(difference.clone());
            let sentences = [first].into_iter().chain(pairs).chain([checked]);
            return (title, sentences.collect());
        }
        match shares.as_slice() {
            [(outlet, share)] => {
                let title = LeadTitle::OneShare { label, outlet: *outlet, share: *share };
                let held = match share.interval {
                    Some(interval) => Statement::WithInterval(interval),
                    None => Statement::TheseArticles(vec![self.articles(*outlet)]),
                };
                let others = (self.naming.len() > 1).then_some(Statement::OthersTooFew);
                (title, [held].into_iter().chain(others).chain([checked]).collect())
            }
            several => self.several(label, several, checked),
        }
    }

    fn several(
        &self,
        label: usize,
        shares: &[(usize, Corrected)],
        checked: Statement,
    ) -> (LeadTitle, Vec<Statement>) {
        let value = |of: &(usize, Corrected)| (of.0, of.1.value);
        let by_share =
            |a: &&(usize, Corrected), b: &&(usize, Corrected)| a.1.value.total_cmp(&b.1.value);
        let (Some(most), Some(least)) =
            (shares.iter().rev().max_by(by_share), shares.iter().min_by(by_share))
        else {
            return self.almost_neutral();
        };
        let (most, least) = (value(most), value(least));
        if shares.iter().any(|(_, share)| share.interval.is_none()) {
            let articles = [most.0, least.0].map(|outlet| self.articles(outlet)).to_vec();
            let sentences = vec![Statement::TheseArticles(articles), Statement::ReadMore, checked];
            return (LeadTitle::Extremes { label, most, least }, sentences);
        }
        (LeadTitle::NotApart, vec![Statement::Range { label, least, most }, checked])
    }

    /// The outlets whose share of a label in own words may be told.
    fn told(&self, label: usize) -> Vec<(usize, Corrected)> {
        let told = |(outlet, _): &(usize, [u64; 2])| {
            let stratum = naming(&self.target.outlets[*outlet], Voice::Outlet)?;
            Some((*outlet, *stratum.told(label)?))
        };
        self.naming.iter().filter_map(told).collect()
    }

    /// Of the pairs of outlets that differ, the one whose interval lies farthest from 0; one that differs
    /// firmly goes before.
    fn farthest_apart(&self, label: usize) -> Option<&'r OutletDifference> {
        let differ =
            |of: &&OutletDifference| of.label.index == label && of.standing != Significance::Open;
        let is_firm = |of: &OutletDifference| of.standing == Significance::Firm;
        let differences = self.target.differences.iter().filter(differ);
        // Of pairs as far apart the first one stands for all.
        differences.rev().max_by(|a, b| {
            let by_distance = a.interval.low.total_cmp(&b.interval.low);
            is_firm(a).cmp(&is_firm(b)).then(by_distance)
        })
    }

    fn articles(&self, outlet: usize) -> (usize, u64) {
        (outlet, self.target.outlets[outlet].prominence.articles)
    }

    fn is_census(&self) -> bool {
        is_census(self.target)
    }

    /// Where every sentence is checked and none of the outlets has enough for a share.
    fn few(&self) -> (LeadTitle, Vec<Statement>) {
        let counts = |label: usize| [0, 1].map(|voice| self.with_label(voice, label));
        // Of labels with as many sentences the first one is told.
        let most = self.sides.iter().rev().max_by_key(|label| counts(**label).iter().sum::<u64>());
        let Some(&label) = most.filter(|label| counts(**label).iter().sum::<u64>() > 0) else {
            return (LeadTitle::NoSide, vec![Statement::TooFewToRank]);
        };
        let [own, quoted] = counts(label);
        let count =
            Statement::SideCount { label, with_label: own + quoted, quoted, all: self.all() };
        let in_own = |(outlet, counts): &(usize, [u64; 2])| {
            let stratum = naming(&self.target.outlets[*outlet], Voice::Outlet)?;
            let count = stratum.labelled_as(label);
            (count > 0).then_some((*outlet, count, counts[0]))
        };
        let outlets: Vec<_> = self.naming.iter().filter_map(in_own).collect();
        let in_own = (!outlets.is_empty()).then_some(Statement::InOwnWords { label, outlets });
        let title = LeadTitle::Whose { label, all: own + quoted, quoted };
        let sentences = [count].into_iter().chain(in_own).chain([Statement::TooFewToRank]);
        (title, sentences.collect())
    }

    fn almost_neutral(&self) -> (LeadTitle, Vec<Statement>) {
        let n_labels = self.report.provenance.labels.len();
        let counts: Vec<u64> = (0..n_labels).map(|label| self.with_label(0, label)).collect();
        let checked = counts.iter().sum();
        let title = LeadTitle::AlmostNeutral(counts.clone());
        (title, vec![Statement::CheckedOwn { checked, counts }, self.checked_of()])
    }

    fn checked_of(&self) -> Statement {
        let strata = self.target.outlets.iter().flat_map(naming_strata);
        let labelled = strata.filter_map(|stratum| stratum.audited.as_ref()).map(|of| of.labelled);
        Statement::Checked { checked: labelled.sum(), all: self.all() }
    }
}

/// What hand labels there are of the sentences that name a target.
pub(super) fn evidence(target: &TargetSummary) -> Evidence {
    let mut strata = target.outlets.iter().flat_map(naming_strata);
    let is_told = |outlet: &OutletSummary| {
        naming(outlet, Voice::Outlet).is_some_and(|stratum| {
            (0..stratum.shares.len()).any(|label| stratum.told(label).is_some())
        })
    };
    match strata.all(|stratum| stratum.audited.is_none()) {
        true => Evidence::Unchecked,
        false if is_census(target) || target.outlets.iter().any(is_told) => Evidence::Checked,
        false => Evidence::FirstChecks,
    }
}

/// Whether every sentence that names the target is checked.
fn is_census(target: &TargetSummary) -> bool {
    let mut strata = target.outlets.iter().flat_map(naming_strata);
    strata.all(|stratum| stratum.sentences == 0 || stratum.is_census())
}

/// An outlet's sentences of one voice that name the target.
fn naming(outlet: &OutletSummary, voice: Voice) -> Option<&Stratum> {
    outlet.stratum(voice, TargetRelation::Mention)
}

fn naming_strata(outlet: &OutletSummary) -> impl Iterator<Item = &Stratum> {
    Voice::ALL.into_iter().filter_map(move |voice| naming(outlet, voice))
}
