//! The Kitagawa decomposition of a gap between two outlets (Kitagawa 1955): who is given room, or what
//! they say.
//!
//! ```text
//! p_A − p_B = Σ (w_A − w_B) (p_A + p_B) / 2      composition: which voices are given room
//!           + Σ (p_A − p_B) (w_A + w_B) / 2      rate: what is said within a voice
//! ```
//!
//! over voices, w being a voice's share of the sentences and p the label's share within it.

/// A voice's share of the sentences, and the label's share within the voice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VoiceShare {
    /// The voice's share of all sentences, 0 to 1.
    pub weight: f64,
    /// The label's share of its sentences, 0 to 1.
    pub share: f64,
}

/// The two parts of a gap; their sum is the gap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kitagawa {
    /// The composition effect: other voices are given room.
    pub selection: f64,
    /// The rate effect: the same voices say other things.
    pub wording: f64,
}

impl Kitagawa {
    /// Decomposes the gap between two outlets, whose voices are in the same order. A voice without
    /// sentences in one outlet gets the share that it has in the other.
    pub fn of(first: &[VoiceShare], second: &[VoiceShare]) -> Self {
        let (mut selection, mut wording) = (0.0, 0.0);
        for (a, b) in first.iter().zip(second) {
            let share = |mine: &VoiceShare, other: &VoiceShare| match mine.weight > 0.0 {
                true => mine.share,
                false => other.share,
            };
            let (p_a, p_b) = (share(a, b), share(b, a));
            selection += (a.weight - b.weight) * f64::midpoint(p_a, p_b);
            wording += (p_a - p_b) * f64::midpoint(a.weight, b.weight);
        }
        Kitagawa { selection, wording }
    }

    /// The whole gap.
    pub fn gap(&self) -> f64 {
        self.selection + self.wording
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(parts: [(f64, f64); 2]) -> [VoiceShare; 2] {
        parts.map(|(weight, share)| VoiceShare { weight, share })
    }

    #[test]
    fn the_harsher_outlet_may_only_quote_more() {
        let a = parts([(0.5, 0.2), (0.5, 0.6)]);
        let split = Kitagawa::of(&a, &parts([(0.8, 0.3), (0.2, 0.6)]));
        assert!((split.gap() - 0.04).abs() < 1e-6, "{split:?}");
        assert!((split.selection - 0.105).abs() < 1e-6, "{split:?}");
        assert!((split.wording + 0.065).abs() < 1e-6, "{split:?}");
    }

    #[test]
    fn a_voice_without_room_says_nothing_of_wording() {
        let split =
            Kitagawa::of(&parts([(1.0, 0.3), (0.0, 0.0)]), &parts([(0.5, 0.3), (0.5, 0.7)]));
        assert!(split.wording.abs() < 1e-12 && (split.gap() + 0.2).abs() < 1e-12, "{split:?}");
    }
}
