//! A labelling for tests.

use super::card::Stratum;
use super::decision::{Answer, Decision};
use super::journal::Header;
use super::session::{CardFacts, Session};
use crate::voice::Voice;

pub(super) fn session(coders: &[&str], n_cards: usize) -> Session {
    let stratum = Stratum {
        outlet: "A".into(),
        target: "plan".into(),
        voice: Voice::Outlet,
        sentences: 400,
        drawn: n_cards,
        sums: vec![(120.0, 60.0), (280.0, 220.0)],
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
        strata: vec![stratum],
    };
    let facts = |n: usize| CardFacts {
        stratum: 0,
        predicted: vec![[0.3, 0.7][n % 2], [0.7, 0.3][n % 2]],
        drawn: n_cards as f64 / 400.0,
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
