//! What stands within a name and is no part of it: nicknames.

use super::lexicon::tags;
use super::sentence_tokens::SentenceTokens;

/// Maximum length of a nickname within a name, with its marks, in tokens.
const MAX_NICKNAME: usize = 7;

impl SentenceTokens<'_> {
    /// Leaves out what stands between a first name and a surname: `Jo “Dusty” Elm`, `Jo (Joan) Elm`.
    pub(super) fn drop_nicknames(&mut self) {
        if !self.mentions(tags!("mark open")) {
            return;
        }
        let mut i = 1;
        while i < self.len() {
            if let Some(end) = self.nickname(i) {
                self.leave_out(i..end);
            }
            i += 1;
        }
    }

    /// Where a nickname ends that starts at a token.
    fn nickname(&self, i: usize) -> Option<usize> {
        let marks = tags!("mark open close");
        let is_name = |i: usize| {
            self.has(i, tags!("capital"))
                && !self.has(i, tags!("title determiner preposition time"))
        };
        if !self.has(i, tags!("mark open")) || !is_name(i - 1) {
            return None;
        }
        let inner = self.run(i..i + MAX_NICKNAME, tags!("mark open close word"));
        let last =
            inner.clone().rev().find(|i| self.has(*i, marks)).filter(|last| *last > i + 1)?;
        let is_capital = |i: usize| self.text(i).starts_with(char::is_uppercase);
        let goes_on = is_name(last + 1) || self.has(last + 1, tags!("name-particle"));
        (goes_on && (i..last).any(is_capital)).then_some(last + 1)
    }
}
