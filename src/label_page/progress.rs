//! How far the labelling has come, and what it is worth.

use serde::Serialize;

use super::card::Stratum;
use super::session::Session;
use crate::agreement::coder_labels::ADJUDICATED;
use crate::statistics::prediction_powered::{Lambda, MIN_LABELS, Sums};
use crate::statistics::sample_size::half_width;
use crate::voice::Voice;

/// How many labels more the widths are told for.
const MORE: [usize; 3] = [20, 50, 100];

/// Pauses that are longer than so many seconds are no work.
const PAUSE: u64 = 120;

/// How far the labelling has come.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Progress {
    /// Each coder.
    pub coders: Vec<CoderProgress>,
    /// Each target and voice of all outlets together, where there are several.
    pub together: Vec<StratumProgress>,
    /// Each outlet, target and voice.
    pub strata: Vec<StratumProgress>,
    /// How many labels more [`StratumProgress::more`] stands for.
    pub steps: [usize; 3],
    /// Number of cards.
    pub cards: usize,
    /// Number of cards with a label.
    pub labelled: usize,
}

/// How far a coder has come.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoderProgress {
    /// The coder.
    pub coder: String,
    /// Number of cards.
    pub cards: usize,
    /// Number of cards with a decision.
    pub decided: usize,
    /// Number of cards left for later.
    pub skipped: usize,
    /// Decisions a minute, pauses of more than two minutes left out; none before there are ten.
    pub per_minute: Option<f64>,
    /// Minutes left at that rate.
    pub minutes_left: Option<f64>,
}

/// How far an outlet, target and voice has come.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StratumProgress {
    /// The outlet; empty for all together.
    pub outlet: String,
    /// The target's name.
    pub target: String,
    /// The voice.
    pub voice: Voice,
    /// Number of sentences in the articles.
    pub sentences: u64,
    /// Number of them that were drawn.
    pub drawn: usize,
    /// Number of them that have a label.
    pub labelled: usize,
    /// The label whose interval is widest.
    pub label: String,
    /// How far its 95 % interval reaches to either side, as a share of 1; none below 30 labels.
    pub now: Option<f64>,
    /// The same with [`Progress::steps`] labels more, of all strata together; none below 30 labels.
    pub more: [Option<f64>; 3],
    /// Whether the model's worth is measured on the labels; else it is taken to be right here.
    pub is_measured: bool,
}

impl Progress {
    /// Sums up a session.
    pub fn of(session: &Session) -> Self {
        let shares = label_shares(session);
        let n_labelled = shares.iter().flatten().count();
        let left = session.cards().len() - n_labelled;
        let strata = &session.header().strata;
        let of = |group: &[usize]| of_group(session, &shares, group, left);
        let together = of_all_outlets(strata).iter().map(|group| of(group)).collect();
        let strata = (0..strata.len()).map(|number| of(&[number])).collect();
        let coders = (0..session.header().coders.len()).map(|at| coder(session, at)).collect();
        let cards = session.cards().len();
        Progress { coders, together, strata, steps: MORE, cards, labelled: n_labelled }
    }

    /// What one of several coders may see: how far they have come themselves.
    #[must_use]
    pub fn of_coder(mut self, coder: usize) -> Self {
        let own = self.coders.drain(..).nth(coder);
        let labelled = own.as_ref().map_or(0, |own| own.decided);
        let cards = own.as_ref().map_or(0, |own| own.cards);
        let coders = own.into_iter().collect();
        Progress { coders, together: Vec::new(), strata: Vec::new(), cards, labelled, ..self }
    }
}

/// For each card the share of each label: the adjudicated one, else that of all coders in equal parts.
fn label_shares(session: &Session) -> Vec<Option<Vec<f64>>> {
    let labels = &session.header().labels;
    let mut counts: Vec<Option<(bool, Vec<f64>)>> = vec![None; session.cards().len()];
    for (card, _, decision) in session.decisions() {
        let label = decision.answer.label();
        let Some(at) = label.and_then(|label| labels.iter().position(|known| known == label))
        else {
            continue;
        };
        let is_final = decision.coder == ADJUDICATED;
        let Some(of_card) = counts.get_mut(card as usize) else { continue };
        let empty = || (false, vec![0.0; labels.len()]);
        if is_final || of_card.as_ref().is_none_or(|(is_final, _)| !is_final) {
            let (had_final, counts) = of_card.get_or_insert_with(empty);
            if is_final {
                counts.fill(0.0);
            }
            *had_final |= is_final;
            counts[at] += 1.0;
        }
    }
    let share = |(_, counts): (bool, Vec<f64>)| {
        let sum: f64 = counts.iter().sum();
        counts.into_iter().map(|count| count / sum).collect()
    };
    counts.into_iter().map(|counts| counts.map(share)).collect()
}

/// The strata of each target and voice that more than one outlet has.
fn of_all_outlets(strata: &[Stratum]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (number, of) in strata.iter().enumerate() {
        let is_same = |other: &usize| {
            (&strata[*other].target, strata[*other].voice) == (&of.target, of.voice)
        };
        match groups.iter_mut().find(|group| group.first().is_some_and(is_same)) {
            Some(group) => group.push(number),
            None => groups.push(vec![number]),
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// What share of its labels a group of strata is worth, as they are drawn unevenly: `N² / Σ(N²/n)` of `Σ n`
/// (Kish 1965), where N are all sentences of a stratum and n those drawn.
fn evenness(group: &[&Stratum]) -> f64 {
    let drawn_of = || group.iter().filter(|of| of.drawn > 0);
    let all: f64 = drawn_of().map(|of| of.sentences as f64).sum();
    let spread: f64 = drawn_of().map(|of| (of.sentences as f64).powi(2) / of.drawn as f64).sum();
    let drawn: f64 = drawn_of().map(|of| of.drawn as f64).sum();
    if spread > 0.0 { all * all / spread / drawn } else { 1.0 }
}

fn of_group(
    session: &Session,
    shares: &[Option<Vec<f64>>],
    group: &[usize],
    left: usize,
) -> StratumProgress {
    let of: Vec<&Stratum> = group.iter().map(|number| &session.header().strata[*number]).collect();
    let (sentences, drawn) =
        (of.iter().map(|of| of.sentences).sum(), of.iter().map(|of| of.drawn).sum());
    let evenness = evenness(&of);
    let cards = session.cards().iter().zip(shares);
    let is_mine = |stratum: u32| group.contains(&(stratum as usize));
    let mine: Vec<_> = cards.filter(|(card, _)| is_mine(card.stratum)).collect();
    let labelled = mine.iter().filter(|(_, share)| share.is_some()).count();
    // The cards stand in random order, so more labels fall on each stratum by what it has left.
    let part = (mine.len() - labelled) as f64 / left.max(1) as f64;
    let widths = (0..of[0].sums.len()).map(|label| {
        let total = |of_stratum: fn(&(f64, f64)) -> f64| -> f64 {
            of.iter().filter_map(|of| of.sums.get(label)).map(of_stratum).sum()
        };
        let (mut n, mut sum, mut squares) = (sentences as f64, total(|of| of.0), total(|of| of.1));
        let mut of_labelled = Sums::default();
        for (card, share) in &mine {
            let Some(share) = share else { continue };
            let p = card.predicted.get(label).copied().unwrap_or(0.0);
            (n, sum, squares) = (n - 1.0, sum - p, squares - p * p);
            of_labelled.add_labelled(share[label], p, card.drawn);
        }
        let mut sums = Sums::of_rest(n.max(0.0), sum.max(0.0), squares.max(0.0));
        sums.add(&of_labelled, 1.0);
        let measured = sums.correlation().filter(|_| !sums.are_too_few());
        let correlation = measured.or(sums.correlation_if_calibrated()).unwrap_or(0.0).max(0.0);
        let estimate = sums.estimate(Lambda::Tuned).filter(|_| measured.is_some());
        let share = estimate.map(|estimate| estimate.value).or(sums.mean_predicted());
        let share = share.unwrap_or(0.5).clamp(0.01, 0.99);
        let width = |more: usize| {
            let labels = (labelled as f64 + (more as f64 * part)).min(mine.len() as f64);
            let enough = labels >= MIN_LABELS;
            enough.then(|| half_width(share, correlation, labels * evenness, sentences as f64))
        };
        (label, share * (1.0 - share), measured.is_some(), width(0), MORE.map(width))
    });
    let widest = widths
        .max_by(|a, b| (a.3, a.1).partial_cmp(&(b.3, b.1)).unwrap_or(std::cmp::Ordering::Equal));
    let (label, _, is_measured, now, more) = widest.unwrap_or((0, 0.0, false, None, [None; 3]));
    StratumProgress {
        outlet: if group.len() == 1 { of[0].outlet.clone() } else { String::new() },
        target: of[0].target.clone(),
        voice: of[0].voice,
        sentences,
        drawn,
        labelled,
        label: session.header().labels.get(label).cloned().unwrap_or_default(),
        now,
        more,
        is_measured,
    }
}

fn coder(session: &Session, coder: usize) -> CoderProgress {
    let (decided, skipped) = session.counts(coder);
    let mut times: Vec<u64> =
        session.decisions().filter(|(_, by, _)| *by == coder).map(|(_, _, d)| d.time).collect();
    times.sort_unstable();
    let gaps = times.windows(2).map(|two| two[1] - two[0]).filter(|gap| *gap <= PAUSE);
    let (n, seconds) = gaps.fold((0_u32, 0_u64), |(n, seconds), gap| (n + 1, seconds + gap));
    let rate = (n >= 10 && seconds > 0).then(|| f64::from(n) * 60.0 / seconds as f64);
    let cards = session.assignment().queue(coder).len();
    CoderProgress {
        coder: session.header().coders[coder].clone(),
        cards,
        decided,
        skipped,
        per_minute: rate,
        minutes_left: rate.map(|rate| (cards - decided) as f64 / rate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label_page::fixture::{decision, label, session, session_of};
    use crate::label_page::journal::Record;

    #[test]
    fn widths_are_those_of_the_formula_and_shrink() {
        let mut session = session(&["Ann"], 200);
        let of = Progress::of(&session).strata[0].clone();
        assert_eq!((of.labelled, of.now, of.is_measured), (0, None, false));
        // 20 more are too few for an interval.
        assert!(of.more[0].is_none() && of.more[1].is_some());
        for card in 0..100 {
            let name = if card % 10 < 3 { "critical" } else { "neutral" };
            session.apply(Record::Decided(decision("Ann", card, label(name))));
        }
        let progress = Progress::of(&session);
        let of = &progress.strata[0];
        assert_eq!((of.labelled, progress.labelled, of.is_measured), (100, 100, true));
        // Labels here do not follow the model, so it does not help: 1.96 √(0.3 · 0.7 / 100) = 0.09.
        let now = of.now.unwrap();
        assert!((now - 0.0898).abs() < 0.003, "{now}");
        let [a, b, c] = of.more.map(|width| width.unwrap());
        assert!(now > a && a > b && b > c, "{now} {a} {b} {c}");
    }

    #[test]
    fn all_outlets_together_are_told_where_each_has_too_few() {
        let mut session = session_of(&["Ann"], 80, &[("A", 400), ("B", 100)]);
        for card in 0..40 {
            let name = if card % 10 < 3 { "critical" } else { "neutral" };
            session.apply(Record::Decided(decision("Ann", card, label(name))));
        }
        let progress = Progress::of(&session);
        assert!(progress.strata.iter().all(|of| of.now.is_none()), "{progress:?}");
        let [of] = &progress.together[..] else { panic!("{progress:?}") };
        assert_eq!((of.sentences, of.drawn, of.labelled, of.outlet.as_str()), (500, 80, 40, ""));
        // 500² / (400² / 40 + 100² / 40) = 58.8 of 80: 40 labels are worth 29.4.
        assert!(
            (evenness(&session.header().strata.iter().collect::<Vec<_>>()) - 0.735).abs() < 0.001
        );
        let now = of.now.unwrap();
        assert!((now - 1.96 * (0.3 * 0.7 / 29.4_f64).sqrt()).abs() < 0.02, "{now}");
        assert!(Progress::of(&session).of_coder(0).together.is_empty());
    }

    #[test]
    fn a_rate_leaves_pauses_out() {
        let mut session = session(&["Ann"], 40);
        for card in 0..12 {
            // Ten seconds each, and a night between.
            let time = 10 * u64::from(card) + if card > 5 { 40_000 } else { 0 };
            let decision = crate::label_page::decision::Decision {
                time,
                ..decision("Ann", card, label("neutral"))
            };
            session.apply(Record::Decided(decision));
        }
        let of = &Progress::of(&session).coders[0];
        assert_eq!((of.decided, of.per_minute), (12, Some(6.0)));
        assert!((of.minutes_left.unwrap() - 28.0 / 6.0).abs() < 1e-9);
    }

    #[test]
    fn the_adjudicated_label_counts_alone() {
        let mut session = session(&["Ann", "Ben"], 4);
        for (coder, name) in [("Ann", "critical"), ("Ben", "neutral")] {
            session.apply(Record::Decided(decision(coder, 1, label(name))));
        }
        assert_eq!(label_shares(&session)[1], Some(vec![0.5, 0.5]));
        session.apply(Record::Decided(decision(ADJUDICATED, 1, label("critical"))));
        assert_eq!(label_shares(&session)[1], Some(vec![1.0, 0.0]));
    }
}
