//! The state of the labelling: who has decided what, and what comes next.

use std::collections::BTreeMap;

use super::assignment::Assignment;
use super::decision::{Answer, Decision};
use super::journal::{Header, Record, Undone};
use crate::agreement::coder_labels::ADJUDICATED;

/// What is kept in memory of a card; its text stays on disk.
#[derive(Debug, Clone, PartialEq)]
pub struct CardFacts {
    /// Number of its stratum.
    pub stratum: u32,
    /// The model's probability of each label.
    pub predicted: Vec<f64>,
    /// The probability of being drawn.
    pub drawn: f64,
}

/// A coder's decisions on a card.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    /// Grows with each decision and each one taken back.
    pub revision: u32,
    /// The decisions that were not taken back; the last one counts.
    pub decisions: Vec<Decision>,
    /// The request that changed it last.
    last_request: String,
}

/// Why a decision is not taken.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// The page had not seen this coder's last decision on the card.
    Changed(Box<Entry>),
    /// The same request has been done already: nothing is left to do.
    Repeated,
    /// It cannot be.
    Invalid(String),
}

/// Everything that was drawn and decided.
#[derive(Debug)]
pub struct Session {
    header: Header,
    cards: Vec<CardFacts>,
    assignment: Assignment,
    entries: BTreeMap<(u32, usize), Entry>,
    /// For each coder, and last for the adjudicator, whether each card has been decided.
    statuses: Vec<Vec<Status>>,
    /// In the same order: the cards, as they were decided.
    order: Vec<Vec<u32>>,
    /// In the same order: the request that was done last, and its card.
    last_requests: Vec<(String, u32)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Open,
    Skipped,
    Decided,
}

impl Session {
    /// A session in which nothing is decided.
    pub fn new(header: Header, cards: Vec<CardFacts>) -> Self {
        let n_coders = header.coders.len();
        let assignment = Assignment::new(cards.len(), n_coders, header.overlap);
        let statuses = vec![vec![Status::Open; cards.len()]; n_coders + 1];
        let order = vec![Vec::new(); n_coders + 1];
        let last_requests = vec![(String::new(), 0); n_coders + 1];
        let entries = BTreeMap::new();
        Session { header, cards, assignment, entries, statuses, order, last_requests }
    }

    /// What is labelled, by whom, and how.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The drawn sentences.
    pub fn cards(&self) -> &[CardFacts] {
        &self.cards
    }

    /// Who labels which card.
    pub fn assignment(&self) -> &Assignment {
        &self.assignment
    }

    /// The number of a coder; the adjudicator's comes last.
    pub fn coder(&self, name: &str) -> Option<usize> {
        let adjudicator = (name == ADJUDICATED).then_some(self.header.coders.len());
        self.header.coders.iter().position(|coder| coder == name).or(adjudicator)
    }

    /// A coder's decisions on a card; none where there never was one.
    pub fn entry(&self, card: u32, coder: usize) -> Option<&Entry> {
        self.entries.get(&(card, coder))
    }

    /// A coder's decision on a card that counts.
    pub fn decision(&self, card: u32, coder: usize) -> Option<&Decision> {
        self.entry(card, coder).and_then(|entry| entry.decisions.last())
    }

    /// All decisions that count: by card, then by coder.
    pub fn decisions(&self) -> impl Iterator<Item = (u32, usize, &Decision)> {
        let last = |(&(card, coder), entry): (&(u32, usize), &'_ Entry)| {
            entry.decisions.last().map(|_| (card, coder))
        };
        let keys: Vec<(u32, usize)> = self.entries.iter().filter_map(last).collect();
        keys.into_iter()
            .filter_map(|(card, coder)| Some((card, coder, self.decision(card, coder)?)))
    }

    /// For each card whether somebody gave it a label.
    pub fn labelled_cards(&self) -> Vec<bool> {
        let mut labelled = vec![false; self.cards.len()];
        let labels = self.decisions().filter(|(_, _, of)| of.answer.label().is_some());
        labels.for_each(|(card, ..)| labelled[card as usize] = true);
        labelled
    }

    /// Whether a decision can be taken, given the revision that the page has seen.
    pub fn check(&self, decision: &Decision, seen: u32, length: usize) -> Result<(), Refusal> {
        let coder = self.may(decision.card, &decision.coder)?;
        decision.check(&self.header.labels, length).map_err(Refusal::Invalid)?;
        self.is_new(decision.card, coder, &decision.request, seen)
    }

    /// The card of the decision that a coder would take back; none where there is none left.
    pub fn last_decided(&self, coder: usize) -> Option<u32> {
        self.order.get(coder).and_then(|order| order.last()).copied()
    }

    /// The card of a coder's last request, if it was this one.
    pub fn card_of_last_request(&self, coder: usize, request: &str) -> Option<u32> {
        let last = self.last_requests.get(coder).filter(|(last, _)| last == request);
        last.map(|(_, card)| *card)
    }

    fn may(&self, card: u32, coder: &str) -> Result<usize, Refusal> {
        let known = self.coder(coder);
        let fits = |number: &usize| match *number == self.header.coders.len() {
            true => (card as usize) < self.cards.len(),
            false => self.assignment.has(*number, card),
        };
        let reason = || Refusal::Invalid(format!("card {card} is not among those of `{coder}`"));
        known.filter(fits).ok_or_else(reason)
    }

    fn is_new(&self, card: u32, coder: usize, request: &str, seen: u32) -> Result<(), Refusal> {
        let Some(entry) = self.entry(card, coder) else { return Ok(()) };
        match entry {
            _ if entry.last_request == request => Err(Refusal::Repeated),
            _ if entry.revision != seen => Err(Refusal::Changed(Box::new(entry.clone()))),
            _ => Ok(()),
        }
    }

    /// Takes in a record of the journal; passes over what the session does not know.
    pub fn apply(&mut self, record: Record) {
        match record {
            Record::Decided(decision) => {
                let Some(coder) = self.coder(&decision.coder) else { return };
                let (card, request) = (decision.card, decision.request.clone());
                self.change(card, coder, request, |entry| entry.decisions.push(decision));
                self.order[coder].push(card);
            }
            Record::Undone(Undone { card, coder, request, .. }) => {
                let Some(coder) = self.coder(&coder) else { return };
                self.change(card, coder, request, |entry| {
                    entry.decisions.pop();
                });
                if let Some(at) = self.order[coder].iter().rposition(|decided| *decided == card) {
                    self.order[coder].remove(at);
                }
            }
            Record::Header(_) | Record::Article(_) | Record::Card(_) => {}
        }
    }

    fn change(&mut self, card: u32, coder: usize, request: String, do_it: impl FnOnce(&mut Entry)) {
        let Some(status) = self.statuses[coder].get_mut(card as usize) else { return };
        let entry = self.entries.entry((card, coder)).or_default();
        do_it(entry);
        entry.revision += 1;
        entry.last_request.clone_from(&request);
        self.last_requests[coder] = (request, card);
        *status = match entry.decisions.last().map(|decision| &decision.answer) {
            None => Status::Open,
            Some(Answer::Skipped) => Status::Skipped,
            Some(Answer::Label(_) | Answer::CannotSay) => Status::Decided,
        };
    }

    /// The place in a coder's queue of the next card to be labelled: the first without a decision behind
    /// `after`, then from the start, then the skipped ones; none where all is done.
    pub fn next(&self, coder: usize, after: Option<usize>) -> Option<usize> {
        let queue = self.assignment.queue(coder);
        let status = self.statuses.get(coder)?;
        let from = after.map_or(0, |after| after + 1).min(queue.len());
        let places = || (from..queue.len()).chain(0..from);
        let with = |wanted| places().find(|at| status[queue[*at] as usize] == wanted);
        with(Status::Open).or_else(|| with(Status::Skipped))
    }

    /// How many cards of a coder have been decided, how many skipped.
    pub fn counts(&self, coder: usize) -> (usize, usize) {
        let of = |wanted| {
            let status = &self.statuses[coder];
            let queue = self.assignment.queue(coder).iter();
            queue.filter(|card| status[**card as usize] == wanted).count()
        };
        (of(Status::Decided), of(Status::Skipped))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label_page::fixture::{decision, label, session};

    fn undone(card: u32, request: &str) -> Undone {
        Undone { card, coder: "Ann".into(), request: request.into(), time: 0 }
    }

    #[test]
    fn a_decision_is_taken_once_and_a_tab_that_lags_behind_is_told() {
        let mut session = session(&["Ann"], 3);
        let first = decision("Ann", 0, label("critical"));
        assert_eq!(session.check(&first, 0, 10), Ok(()));
        session.apply(Record::Decided(first.clone()));
        assert_eq!(session.check(&first, 0, 10), Err(Refusal::Repeated));
        let other = Decision { request: "tab 2".into(), ..decision("Ann", 0, label("neutral")) };
        let Err(Refusal::Changed(entry)) = session.check(&other, 0, 10) else { panic!() };
        assert_eq!((entry.revision, &entry.decisions[0]), (1, &first));
        assert_eq!(session.check(&other, 1, 10), Ok(()));
        let unknown = decision("Eve", 0, label("neutral"));
        assert!(matches!(session.check(&unknown, 0, 10), Err(Refusal::Invalid(_))));
    }

    #[test]
    fn undo_goes_back_decision_by_decision() {
        let mut session = session(&["Ann"], 3);
        session.apply(Record::Decided(decision("Ann", 0, label("critical"))));
        session.apply(Record::Decided(decision("Ann", 1, label("neutral"))));
        let again = Decision { request: "b".into(), ..decision("Ann", 0, label("neutral")) };
        session.apply(Record::Decided(again));
        for (card, left) in [(0, Some("critical")), (1, None), (0, None)] {
            assert_eq!(session.last_decided(0), Some(card));
            let undone = undone(card, &format!("u{card}{left:?}"));
            assert_eq!(session.card_of_last_request(0, &undone.request), None);
            session.apply(Record::Undone(undone.clone()));
            assert_eq!(session.card_of_last_request(0, &undone.request), Some(card));
            let label = session.decision(card, 0).and_then(|decision| decision.answer.label());
            assert_eq!(label, left);
        }
        assert_eq!((session.last_decided(0), session.counts(0)), (None, (0, 0)));
    }

    #[test]
    fn skipped_cards_come_back_at_the_end() {
        let mut session = session(&["Ann"], 3);
        assert_eq!(session.next(0, None), Some(0));
        session.apply(Record::Decided(decision("Ann", 0, Answer::Skipped)));
        assert_eq!(session.next(0, Some(0)), Some(1));
        session.apply(Record::Decided(decision("Ann", 2, label("neutral"))));
        assert_eq!(session.next(0, Some(2)), Some(1));
        session.apply(Record::Decided(decision("Ann", 1, Answer::CannotSay)));
        assert_eq!((session.next(0, Some(1)), session.counts(0)), (Some(0), (2, 1)));
        let late = Decision { request: "late".into(), ..decision("Ann", 0, label("critical")) };
        session.apply(Record::Decided(late));
        assert_eq!(session.next(0, None), None);
    }
}
