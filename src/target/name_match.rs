//! Matches a name at one place of a text.

use unicode_normalization::char::is_combining_mark;

use super::letter_folding::{Folding, is_hyphen, is_invisible, is_part_of_letter};
use super::name_pattern::{Between, Inside, NamePattern, Parting, Step};
use super::name_plural::is_shown;
use super::word_boundary::{begins_at, ends_at, is_in_tag};
use crate::text::tokenizer::is_apostrophe;

impl NamePattern {
    /// The end of the name if it begins at an offset of a text.
    pub(super) fn end_in(&self, text: &str, at: usize) -> Option<usize> {
        if !begins_at(text, at, self.is_initials) {
            return None;
        }
        let mut reader = Reader::new(text, at, self.folding);
        for step in &self.steps {
            let is_met = match step {
                Step::Letter(letter) => reader.letter(*letter),
                Step::Inside(inside) => reader.inside(*inside),
                Step::Between(between) => reader.between(*between),
                Step::Space => reader.space(),
            };
            if !is_met {
                return None;
            }
        }
        let has_case =
            !self.plural.is_capitalised || text[reader.word..].starts_with(char::is_uppercase);
        if self.plural.is_given && !has_case {
            return None;
        }
        let is_plural = |end: &usize| !self.plural.is_of_name || is_shown(text, at, *end);
        let plural_end = || self.plural_end(&reader).filter(|end| has_case && is_plural(end));
        let end = reader.clone().end(self.is_initials).or_else(plural_end)?;
        let printed = &text[at..end];
        let is_capitalised = || printed.starts_with(char::is_uppercase);
        let lacks_accents =
            self.is_accented && self.folding == Folding::Accents && printed.is_ascii();
        let is_small = || printed.chars().next().is_some_and(char::is_lowercase);
        let has_capitals = !self.needs_capitals || !is_small();
        (has_capitals && (!lacks_accents || is_capitalised())).then_some(end)
    }

    fn plural_end(&self, reader: &Reader<'_>) -> Option<usize> {
        let mut endings = self.plural.endings.iter();
        endings.find_map(|ending| {
            let mut reader = reader.clone();
            (reader.take_initials_stop() && ending.chars().all(|letter| reader.letter(letter)))
                .then(|| reader.end(false))?
        })
    }
}

/// Reads folded letters.
#[derive(Debug, Clone)]
struct Reader<'t> {
    text: &'t str,
    /// The end of what is read.
    at: usize,
    folding: Folding,
    /// What is left of the folded form of the last character, backwards.
    folded: Vec<char>,
    /// Where the last word begins.
    word: usize,
    /// Whether full stops stand behind its letters, once that is known.
    is_dotted: Option<bool>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, at: usize, folding: Folding) -> Self {
        Reader { text, at, folding, folded: Vec::new(), word: at, is_dotted: None }
    }

    /// Reads a letter; `false` where another one stands.
    fn letter(&mut self, wanted: char) -> bool {
        loop {
            if let Some(found) = self.folded.pop() {
                if found == wanted {
                    return true;
                }
                if self.folding == Folding::Accents && is_combining_mark(found) {
                    continue;
                }
                return false;
            }
            let Some(c) = self.text[self.at..].chars().next() else { return false };
            self.at += c.len_utf8();
            if !is_invisible(c) {
                let folded = &mut self.folded;
                self.folding.fold(c, |part| folded.push(part));
                folded.reverse();
            }
        }
    }

    /// Reads what may stand between two letters.
    fn inside(&mut self, may: Inside) -> bool {
        let has_stop = may.stop && self.next() == Some('.');
        let was_dotted = *self.is_dotted.get_or_insert(has_stop);
        if has_stop != was_dotted && may.stop {
            return false;
        }
        if has_stop {
            self.take(|c| c == '.');
            let rest = self.text[self.at..].trim_start();
            if rest.starts_with(char::is_uppercase) {
                self.take_space();
            }
            return true;
        }
        match self.next() {
            Some(c) if may.apostrophe && is_apostrophe(c) => self.take(is_apostrophe),
            Some(c) if may.parting != Parting::Nothing && is_hyphen(c) => self.take(is_hyphen),
            Some(' ') if may.parting == Parting::HyphenOrSpace => self.take_space(),
            _ => true,
        }
    }

    /// Reads what may stand between two words.
    fn between(&mut self, may: Between) -> bool {
        let before = self.text[..self.at].chars().next_back();
        let stop = self.is_dotted == Some(true) || may.stop;
        let has_stop = stop && self.next() == Some('.') && self.take(|c| c == '.');
        let (text, at) = (self.text, self.at);
        let is_in_tag = || is_in_tag(text, at);
        let is_met = match self.next() {
            Some(c) if c.is_whitespace() => self.take_space(),
            Some('_') if is_in_tag() => self.take(|c| c == '_'),
            Some(c) if may.hyphen && is_hyphen(c) => {
                let is_taken = self.take(is_hyphen);
                // A word that is parted at the end of a line.
                if self.next() == Some('\n') {
                    self.take_space();
                }
                is_taken
            }
            Some(c) => {
                let is_hump = c.is_uppercase() && before.is_some_and(char::is_lowercase);
                may.hyphen && (may.nothing || has_stop || is_hump || is_in_tag())
            }
            None => false,
        };
        (self.word, self.is_dotted) = (self.at, None);
        is_met
    }

    fn space(&mut self) -> bool {
        self.take_space();
        true
    }

    /// The end of a name here; none where the word goes on.
    fn end(mut self, is_initials: bool) -> Option<usize> {
        if self.folding == Folding::Accents {
            self.folded.retain(|c| !is_combining_mark(*c));
        }
        if !self.folded.is_empty() {
            return None;
        }
        self.take_initials_stop();
        let rest = &self.text[self.at..];
        let marks = rest.find(|c| !is_part_of_letter(c)).unwrap_or(rest.len());
        let is_accent = rest[..marks].chars().any(is_combining_mark);
        if is_accent && self.folding != Folding::Accents {
            return None;
        }
        let end = if is_accent { self.at + marks } else { self.at };
        ends_at(self.text, end, is_initials).then_some(end)
    }

    /// Reads the full stop that ends dotted initials.
    fn take_initials_stop(&mut self) -> bool {
        if self.is_dotted == Some(true) && self.next() == Some('.') {
            self.take(|c| c == '.');
        }
        true
    }

    /// The next character, behind what belongs to the last letter.
    fn next(&mut self) -> Option<char> {
        if self.folding == Folding::Accents {
            self.folded.retain(|c| !is_combining_mark(*c));
        }
        if !self.folded.is_empty() {
            return None;
        }
        let rest = &self.text[self.at..];
        rest.chars().find(|c| !is_part_of_letter(*c))
    }

    /// Reads the next character, which was seen.
    fn take(&mut self, is_wanted: impl Fn(char) -> bool) -> bool {
        let rest = &self.text[self.at..];
        let Some((offset, c)) = rest.char_indices().find(|(_, c)| is_wanted(*c)) else {
            return false;
        };
        self.at += offset + c.len_utf8();
        true
    }

    fn take_space(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let before = rest.find(|c| !is_part_of_letter(c)).unwrap_or(rest.len());
        let rest = &rest[before..];
        let spaces = rest.len() - rest.trim_start().len();
        if spaces > 0 {
            self.at += before + spaces;
        }
        spaces > 0
    }
}
