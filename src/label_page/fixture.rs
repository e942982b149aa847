//! A labelling for tests.

use super::card::Stratum;
use super::decision::{Answer, Decision};
use super::journal::Header;
use super::session::{CardFacts, Session};
use crate::voice::Voice;

pub(super) fn session(coders: &[&str], n_cards: usize) -> Session {
    session_of(coders, n_cards, &[("A", 400)])
}

/// Outlets with a number of sentences each; of every one as many cards, in turn.
pub(super) fn session_of(coders: &[&str], n_cards: usize, outlets: &[(&str, u64)]) -> Session {
    let drawn = n_cards / outlets.len();
    let stratum = |(outlet, sentences): &(&str, u64)| Stratum {
        outlet: (*outlet).into(),
        target: "plan".into(),
        voice: Voice::Outlet,
        sentences: *sentences,
        drawn,
        sums: [(0.3, 0.15), (0.7, 0.55)]
            .map(|(sum, squares)| (sum * *sentences as f64, squares * *sentences as f64))
            .to_vec(),
    };
    let header = Header {
        format: 1,
        arguments: Vec::new(),
        folder: String::new(),
        dimension: "stance".into(),
        labels: ["critical", "neutral"].map(String::from).to_vec(),
        codebook: None,
        coders: coders.iter().map(ToString::to_string).collect(),
        overlap: 0.5,
        is_blind: false,
        secret: String::new(),
        strata: outlets.iter().map(stratum).collect(),
    };
    let facts = |n: usize| CardFacts {
        stratum: u32::try_from(n % outlets.len()).unwrap(),
        predicted: vec![[0.3, 0.7][n % 2], [0.7, 0.3][n % 2]],
        drawn: drawn as f64 / outlets[n % outlets.len()].1 as f64,
    };
    Session::new(header, (0..n_cards).map(facts).collect())
}

pub(super) fn decision(coder: &str, card: u32, answer: Answer) -> Decision {
    Decision {
        card,
        coder: coder.into(),
        request: format!("{coder}-{card}"),
        answer,
        note: String::new(),
        voice: None,
        speaker: None,
        part: None,
        marks: Vec::new(),
        time: 60 * u64::from(card),
        seconds: 3.0,
        codebook: "stance 1".into(),
    }
}

pub(super) fn label(name: &str) -> Answer {
    Answer::Label(name.into())
}
