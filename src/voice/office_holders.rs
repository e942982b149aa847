//! Who holds which office, and where, as the words beside names tell.

use crate::text::Span;

use super::lexicon::{self, tags};
use super::name_parts::{self, office_name, plain, without_middle_names};
use super::places::{is_inhabitant, is_same, joined, place, seat};
use super::printed_name::apposition;
use super::sentence_tokens::{SentenceTokens, is_possessive, listed};

/// Maximum number of words that describe a name, on either side of it, and that are remembered of a kind.
const MAX_WORDS: usize = 8;
/// What most outlets do not tell of their own offices: *the US president* is *the president*.
const HOME: [&str; 3] = ["US", "U.S.", "American"];
/// What a member of a party is called.
const PARTIES: [&str; 3] = ["democrat", "republican", "independent"];
/// Maximum number of people that are remembered.
const MAX_HOLDERS: usize = 200;

/// Everybody whom an office or a place was told of.
#[derive(Debug, Default)]
pub(super) struct OfficeHolders {
    holders: Vec<Holder>,
}

/// What is known of whoever bears a surname.
#[derive(Debug, Default)]
struct Holder {
    surname: String,
    /// In small letters.
    offices: Vec<String>,
    /// Places, nations and parties, *former*, *current*, *vice*, in small letters.
    marks: Vec<String>,
    /// Whether one of them stands before the office somewhere: `Russian President`.
    is_owned: bool,
}

impl OfficeHolders {
    /// Adds what stands beside a name.
    pub(super) fn add(&mut self, words: &SentenceTokens<'_>, name: &Span) {
        let printed = without_middle_names(plain(words.slice(name)));
        let surname = name_parts::surname(&printed);
        let is_full = name.len() > 1;
        let before = before(words, name.start);
        let behind = if is_full { behind(words, name.end) } else { name.end..name.end };
        let apposed = apposition(words, name.end).filter(|_| is_full);
        let is_apposed = before.end < name.start;
        if is_apposed && !is_full {
            return;
        }
        let described = || before.clone().chain(behind.clone());
        let is_office = |i: &usize| {
            // Beside a name, the last word of several is the office.
            (!before.contains(i) || i + 1 == before.end || words.any(i + 1, listed!["of"]))
                && words.has(*i, tags!("title"))
                && !words.has(*i, tags!("title-modifier"))
        };
        let offices: Vec<usize> = described().filter(is_office).collect();
        let marks: Vec<usize> = described().filter(|i| is_mark(words, *i)).collect();
        let is_owned = !offices.is_empty() && marks.iter().any(|mark| before.contains(mark));
        // `Jo Elm (D-Calif.)`, `Jo Elm, D-Calif.,`
        let is_seated = words.has(name.end, tags!("open comma"));
        let seat = is_seated.then(|| seat(words.text(name.end + 1))).flatten();
        let is_described = is_full && (!marks.is_empty() || seat.is_some());
        if offices.is_empty() && !is_described && apposed.is_none() {
            return;
        }
        let Some(holder) = self.bearer(surname) else { return };
        holder.is_owned |= is_owned;
        for office in offices.into_iter().chain(apposed) {
            add(&mut holder.offices, office_name(words.lower(office)));
        }
        let told = marks.into_iter().filter_map(|mark| told_by(words, mark));
        for mark in seat.into_iter().flatten().map(String::from).chain(joined(told)) {
            add(&mut holder.marks, &mark);
        }
    }

    /// Whoever bears a surname; none where enough others are remembered.
    fn bearer(&mut self, surname: &str) -> Option<&mut Holder> {
        let known = self.holders.iter().position(|holder| holder.surname == surname);
        if known.is_none() {
            if self.holders.len() == MAX_HOLDERS {
                return None;
            }
            self.holders.push(Holder { surname: surname.to_string(), ..Holder::default() });
        }
        let last = self.holders.len() - 1;
        self.holders.get_mut(known.unwrap_or(last))
    }

    /// The surname of the only holder of a role (`mayor`, `Oakton mayor`), or of the one who is named twice
    /// as often as any other; somebody of another place does not hold it.
    pub(super) fn holder(
        &self,
        role: &str,
        is_person: impl Fn(&str) -> bool,
        mentions: impl Fn(&str) -> usize,
    ) -> Option<&str> {
        let (modifiers, office) = parts(role);
        let fits = |holder: &Holder| holder.fit(&office, &modifiers);
        let scored = self.holders.iter().filter_map(|holder| Some((fits(holder)?, holder)));
        let scored: Vec<_> = scored.filter(|(_, holder)| is_person(&holder.surname)).collect();
        let best = scored.iter().map(|(score, _)| *score).max()?;
        let fitting = scored.iter().filter(|(score, _)| *score == best);
        let mut counted: Vec<_> = fitting
            .map(|(_, holder)| (mentions(&holder.surname), holder.surname.as_str()))
            .collect();
        counted.sort_unstable();
        let (most, surname) = counted.pop()?;
        let is_plain = |(next, _): &(usize, _)| most >= 2 * next.max(&1);
        counted.last().is_none_or(is_plain).then_some(surname)
    }

    /// Whether somebody is known to be of another state or nation than a role tells; none where the role tells of
    /// none.
    pub(super) fn is_elsewhere(&self, role: &str, name: &str) -> Option<bool> {
        let (told, _) = parts(role);
        let is_listed = |mark: &&String| place(mark).is_some();
        let mut told = told.iter().filter(is_listed).peekable();
        told.peek()?;
        let mut known = self.bearers(name).flat_map(|one| &one.marks).filter(is_listed).peekable();
        let is_known = known.peek().is_some();
        Some(is_known && !known.any(|mark| told.clone().any(|told| told == mark)))
    }

    fn bearers(&self, name: &str) -> impl Iterator<Item = &Holder> {
        let surname = name_parts::surname(name);
        self.holders.iter().filter(move |holder| holder.surname == surname)
    }

    /// Whether all that a role tells is known of somebody.
    pub(super) fn is_told(&self, role: &str, name: &str) -> bool {
        let (modifiers, office) = parts(role);
        self.bearers(name).any(|holder| holder.fit(&office, &modifiers).is_some())
    }

    /// Whether somebody may hold a role: nobody is known to hold it, or this person is.
    pub(super) fn can_hold(&self, role: &str, name: &str) -> bool {
        let role = role.to_lowercase();
        let office = office_name(role.rsplit(' ').next().unwrap_or(&role));
        let mut holders = self.holders.iter().filter(|holder| holder.holds(office)).peekable();
        holders.peek().is_none() || holders.any(|one| one.surname == name_parts::surname(name))
    }
}

/// `the former Ohio | governor`: what tells whose office it is, and the office, in small letters; for `the Ohio
/// Democrat` and `the Norwegian` the office is told again among the modifiers.
fn parts(role: &str) -> (Vec<String>, String) {
    // Of the words before an office places, nations and the like tell whose it is; home is not told.
    let is_mark = |word: &&str| {
        matches!(*word, "former" | "vice" | "current")
            || (word.starts_with(char::is_uppercase) && !HOME.contains(word))
    };
    // `mayor of Oakton` is the Oakton mayor.
    let (role, of) = role.split_once(" of ").unwrap_or((role, ""));
    let (before, office) = role.rsplit_once(' ').unwrap_or(("", role));
    let modifiers = format!("{before} {of}");
    let modifiers = modifiers.split_whitespace().map(plain).filter(is_mark);
    let mut modifiers: Vec<String> = modifiers.map(str::to_lowercase).collect();
    let office = office_name(&office.to_lowercase()).to_string();
    let is_person = place(&office).is_some() || is_inhabitant(&office);
    if is_person || (PARTIES.contains(&&*office) && !modifiers.is_empty()) {
        modifiers.push(office.clone());
    }
    let modifiers = joined(modifiers.iter().map(String::as_str));
    let office = place(&office).map_or(office, str::to_string);
    (modifiers, office)
}

fn add(list: &mut Vec<String>, word: &str) {
    if list.len() < MAX_WORDS && !list.iter().any(|known| known == word) {
        list.push(word.to_string());
    }
}

/// Whether a word beside a name tells whose office it is: `former`, `Ohio`.
fn is_mark(words: &SentenceTokens<'_>, i: usize) -> bool {
    let is_told = words.any(i, listed!["former", "vice", "current", "was"])
        || words.has(i, tags!("title-modifier"))
        || (words.has(i, tags!("capital")) && !words.has(i, tags!("title time")));
    is_told && !HOME.contains(&words.text(i))
}

/// What such a word tells, in small letters.
fn told_by<'a>(words: &SentenceTokens<'a>, mark: usize) -> Option<&'a str> {
    // `who was | mayor`
    match words.any(mark, listed!["was"]) {
        true => words.has(mark + 1, tags!("title")).then_some("former"),
        false => Some(plain(words.lower(mark))),
    }
}

impl Holder {
    fn holds(&self, office: &str) -> bool {
        self.offices.iter().any(|known| known == office)
    }

    /// How well a role fits; none where it does not.
    fn fit(&self, office: &str, modifiers: &[String]) -> Option<usize> {
        let marks = |mark: &str| self.marks.iter().any(|known| is_same(known, mark));
        let tells = |mark: &str| modifiers.iter().any(|told| told == mark);
        // A vice president is no president, nor is whoever holds an office a former holder.
        if marks("vice") != tells("vice") || (marks("current") && tells("former")) {
            return None;
        }
        let matched = modifiers.iter().filter(|modifier| marks(modifier)).count();
        let is_open = modifiers.is_empty() || self.marks.is_empty();
        if self.holds(office) {
            let is_plain = usize::from(modifiers.is_empty() && !self.is_owned);
            let is_whole = matched == modifiers.len();
            return (is_whole || is_open).then_some(2 + 2 * matched + is_plain);
        }
        if modifiers.last().is_some_and(|last| last == office) {
            return (matched == modifiers.len()).then_some(matched);
        }
        let is_any = matches!(office, "leader" | "lawmaker" | "politician");
        let is_office = || lexicon::find(office).has(tags!("title"));
        let fits = is_any || (self.offices.is_empty() && is_office());
        (matched > 0 && fits).then_some(matched)
    }
}

/// `Ohio's governor, | Jo Elm`, `Secretary of State | Al Oak`: the words before a name that describe it.
fn before(words: &SentenceTokens<'_>, name: usize) -> std::ops::Range<usize> {
    let is_apposed = words.has_before(name, tags!("comma")) && name > 1;
    let end = name - usize::from(is_apposed);
    if (is_apposed && !words.has_small(end.wrapping_sub(1), tags!("title")))
        || !(words.has_before(end, tags!("title"))
            || is_possessive(words.lower(end.wrapping_sub(1)))
            || words.any(end.wrapping_sub(3), listed!["secretary", "minister"]))
    {
        return end..end;
    }
    let outside = tags!("conjunction auxiliary determiner pronoun relative time quoted");
    // `the town's chief | engineer`, but `met | Senator`
    let is_small = words.has_small(end - 1, tags!("title"));
    let is_part = |i: &usize| {
        let is_joint = words.any(*i, listed!["of"]) || !words.has(*i, tags!("preposition"));
        words.has(*i, tags!("word"))
            && (is_small || words.has(*i, tags!("capital title preposition")))
            && is_joint
            && !words.has(*i, outside)
            && words.cue(*i).is_none()
    };
    let start = end.saturating_sub(MAX_WORDS);
    end - (start..end).rev().take_while(is_part).count()..end
}

/// `Jo Elm, | who was mayor of Oakton`, `Jo Elm | of Ohio`: the words behind a name that describe it.
fn behind(words: &SentenceTokens<'_>, name: usize) -> std::ops::Range<usize> {
    if words.any(name, listed!["of"]) {
        let told = words.run(name + 1..name + MAX_WORDS, tags!("capital"));
        // `of Oakton, Ohio,`
        let state =
            words.has(told.end, tags!("comma")) && place(words.lower(told.end + 1)).is_some();
        return told.start..told.end + 2 * usize::from(state);
    }
    let start = name + 1;
    let opens = tags!("determiner owner title title-modifier relative");
    if !words.has(name, tags!("comma")) || !words.has(start, opens) {
        return name..name;
    }
    let is_part = |i: &usize| {
        words.has(*i, tags!("word"))
            && (words.has(*i, tags!("relative"))
                || !words.has(*i, tags!("conjunction quoted pronoun modal")))
            && (words.has(*i, tags!("be")) || !words.has(*i, tags!("auxiliary")))
            && words.cue(*i).is_none()
    };
    start..start + (start..start + MAX_WORDS).take_while(is_part).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::printed_name::next_name;
    use crate::voice::sentence_tokens::plain as words_of;

    fn holders(text: &str) -> OfficeHolders {
        let lower = text.to_ascii_lowercase();
        let words = words_of(text, &lower);
        let (mut holders, mut end) = (OfficeHolders::default(), 0);
        while let Some(name) = next_name(&words, end..words.len()) {
            end = name.end;
            holders.add(&words, &name);
        }
        holders
    }

    #[test]
    fn places_tell_whose_office_it_is() {
        let holders = holders(
            "Ohio's governor, Rex Elm, met Governor Ann Oak of Iowa, Chancellor Ida Birch of Germany and \
             Al Ash, who was mayor of Oakton, before Oakton's current mayor, Jo Fir, came.",
        );
        let holder = |role| holders.holder(role, |_| true, |_| 1);
        assert_eq!(holder("Ohio governor"), Some("Elm"));
        assert_eq!(holder("Iowa governor"), Some("Oak"));
        assert_eq!(holder("German leader"), Some("Birch"));
        assert_eq!(holder("former Oakton mayor"), Some("Ash"));
        assert_eq!(holder("Utah governor"), None);
        assert_eq!(holder("senator"), None);
        assert!(holders.can_hold("governor", "Elm") && !holders.can_hold("governor", "Ash"));
    }

    #[test]
    fn of_several_holders_the_one_named_twice_as_often() {
        let holders = holders("Senator Jo Elm met Senator Al Oak and Vice President Ida Ash.");
        let mentions = |surname: &str| if surname == "Elm" { 4 } else { 2 };
        assert_eq!(holders.holder("senator", |_| true, mentions), Some("Elm"));
        assert_eq!(holders.holder("senator", |_| true, |_| 1), None);
        assert_eq!(holders.holder("president", |_| true, |_| 1), None);
        assert_eq!(holders.holder("vice president", |_| true, |_| 1), Some("Ash"));
    }
}
