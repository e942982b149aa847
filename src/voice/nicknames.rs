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
        let names = (i..last).filter(|i| self.has(*i, tags!("word")));
        let is_plain = |i: usize| self.text(i).chars().all(|c| c.is_alphabetic() || c == '-');
        let goes_on = is_name(last + 1) || self.has(last + 1, tags!("name-particle"));
        let (mut fits, mut capitals) = (goes_on, 0);
        for name in names {
            fits &=
                is_plain(name) && !(self.has(i, tags!("open")) && self.text(name).contains('-'));
            capitals += usize::from(self.text(name).starts_with(char::is_uppercase));
        }
        (fits && (1..3).contains(&capitals)).then_some(last + 1)
    }
}
