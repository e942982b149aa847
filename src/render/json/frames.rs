//! What a frame model says of the passages.

use serde::Serialize;

use super::labelled_share::Figure;
use crate::report::{self, OutletFrames, TargetFrames, VoiceFrames};

#[derive(Serialize)]
pub(super) struct Frames<'r> {
    model: &'r str,
    dimension: &'r str,
    labels: &'r [String],
    targets: Vec<OfTarget<'r>>,
}

#[derive(Serialize)]
struct OfTarget<'r> {
    name: &'r str,
    outlets: Vec<OfOutlet<'r>>,
}

#[derive(Serialize)]
struct OfOutlet<'r> {
    outlet: &'r str,
    voices: Vec<OfVoice<'r>>,
}

#[derive(Serialize)]
struct OfVoice<'r> {
    voice: &'static str,
    articles: usize,
    passages: u64,
    shares: Vec<Figure<'r>>,
}

impl<'r> Frames<'r> {
    pub(super) fn new(frames: &'r report::Frames) -> Self {
        let of_voice = |of_voice: &'r VoiceFrames| OfVoice {
            voice: of_voice.voice.name(),
            articles: of_voice.articles,
            passages: of_voice.passages,
            shares: (frames.labels.iter().zip(&of_voice.shares))
                .map(|(label, share)| Figure::new(label, share))
                .collect(),
        };
        let of_outlet = |outlet: &'r OutletFrames| OfOutlet {
            outlet: &outlet.outlet,
            voices: outlet.voices.iter().map(of_voice).collect(),
        };
        let of_target = |target: &'r TargetFrames| OfTarget {
            name: &target.name,
            outlets: target.outlets.iter().map(of_outlet).collect(),
        };
        Frames {
            model: &frames.model,
            dimension: &frames.dimension,
            labels: &frames.labels,
            targets: frames.targets.iter().map(of_target).collect(),
        }
    }
}
