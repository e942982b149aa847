//! What stands within or behind a name and is no part of it: nicknames, and lists of links.

use super::lexicon::tags;
use super::sentence_tokens::SentenceTokens;

/// Maximum length of a nickname within a name, with its marks, in tokens.
const MAX_NICKNAME: usize = 7;
/// Maximum number of words from a name to where it is printed in full again.
const MAX_REPEATED: usize = 12;

impl SentenceTokens<'_> {
    /// `Jo Elm Joan Mary ElmOther stories of the day MORE said`: leaves out a list of links that a page sets
    /// behind a name, which is printed in full again there.
    pub(super) fn drop_links(&mut self) {
        let mut from = 0;
        while let Some(end) = (from + 3..self.len()).find(|i| self.text(*i) == "MORE") {
            let Some(name) = (from..end).find(|i| self.is_printed_again(*i, end)) else {
                from = end + 1;
                continue;
            };
            self.leave_out(name + 1..end + 1);
            from = name + 1;
        }
    }

    /// Whether a name is printed in full again before a token, with the first link right behind it.
    fn is_printed_again(&self, i: usize, end: usize) -> bool {
        let name = self.text(i);
        let is_glued = |next: usize| {
            let rest = self.text(next).strip_prefix(name);
            rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
        };
        name.len() > 2
            && self.has(i, tags!("capital"))
            && (i + 1..end.min(i + MAX_REPEATED)).any(is_glued)
    }

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

#[cfg(test)]
mod tests {
    use crate::voice::sentence_tokens::plain;

    #[test]
    fn links_behind_a_name() {
        let text =
            "Senator Jo Elm Joan Mary ElmDam breaks Ten more stories MORE (D) said it leaks.";
        let lower = text.to_ascii_lowercase();
        let words = plain(text, &lower);
        let left: Vec<&str> = (0..words.len()).map(|i| words.text(i)).collect();
        assert_eq!(left.join(" "), "Senator Jo Elm ( D ) said it leaks .");
    }
}
