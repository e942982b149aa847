//! How much of a sentence is what somebody is said to have said.

/// The letters of a sentence, counted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shares {
    pub(super) all: usize,
    pub(super) content: usize,
    /// No content, but tells who speaks.
    pub(super) frame: usize,
}

impl Shares {
    /// Counts a token of so many letters; one that is both counts as content.
    pub(super) fn count(&mut self, letters: usize, is_content: bool, is_frame: bool) {
        self.all += letters;
        if is_content {
            self.content += letters;
        } else if is_frame {
            self.frame += letters;
        }
    }

    /// Whether there is more content than anything else: half of it is, or the sentence opens with a
    /// quotation that somebody is said to have made, or all else only tells who speaks.
    pub(super) fn are_mostly_content(self, opens_quoted: bool) -> bool {
        let Shares { all, content, frame } = self;
        let nothing_else = (content + frame) * 20 >= all * 19;
        content > 0 && (content * 2 >= all || opens_quoted || (nothing_else && content * 4 >= all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_enough_where_all_else_tells_who_speaks() {
        let of = |content, frame, rest| {
            let mut shares = Shares::default();
            shares.count(content, true, true);
            shares.count(frame, false, true);
            shares.count(rest, false, false);
            shares
        };
        assert!(of(50, 0, 50).are_mostly_content(false));
        assert!(!of(49, 0, 51).are_mostly_content(false));
        assert!(of(1, 0, 99).are_mostly_content(true) && !of(0, 0, 99).are_mostly_content(true));
        assert!(of(25, 70, 5).are_mostly_content(false));
        assert!(!of(24, 71, 5).are_mostly_content(false));
        assert!(!of(25, 69, 6).are_mostly_content(false));
    }
}
