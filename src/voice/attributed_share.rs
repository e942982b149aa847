//! How much of a sentence is what somebody is said to have said.

/// Numbers of letters of a sentence.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shares {
    pub(super) all: usize,
    /// What somebody is said to have said.
    pub(super) content: usize,
    /// No content, but tells who speaks.
    pub(super) frame: usize,
}

impl Shares {
    /// Counts a token by its letters; one that is both counts as content.
    pub(super) fn count(&mut self, letters: usize, is_content: bool, is_frame: bool) {
        self.all += letters;
        if is_content {
            self.content += letters;
        } else if is_frame {
            self.frame += letters;
        }
    }

    /// Whether most of the sentence is content: half of its letters are, or the sentence opens with a
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
        let shares = |content, frame, rest| {
            let mut found = Shares::default();
            found.count(content, true, true);
            found.count(frame, false, true);
            found.count(rest, false, false);
            found
        };
        assert!(shares(50, 0, 50).are_mostly_content(false));
        assert!(!shares(49, 0, 51).are_mostly_content(false));
        assert!(
            shares(1, 0, 99).are_mostly_content(true) && !shares(0, 0, 99).are_mostly_content(true)
        );
        assert!(shares(25, 70, 5).are_mostly_content(false));
        assert!(!shares(24, 71, 5).are_mostly_content(false));
        assert!(!shares(25, 69, 6).are_mostly_content(false));
    }
}
