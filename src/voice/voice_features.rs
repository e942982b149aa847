//! What is noticed about a sentence beside what the rules make of it: a closed list of signs, from
//! our own tables of words and from what stands around them. `judge` weighs them.

use std::fmt;
use std::sync::LazyLock;

use super::attribution_cues;
use super::clause::{Clause, Form};
use super::function_words::Role;
use super::reported_speech::SpeechParse;
use super::sentence_tokens::{Kind, Quoted, SentenceTokens};
use super::voice_hint_words::{ANYWHERE, OPENING};

/// Shares are told apart in so many steps, and none at all.
const STEPS: usize = 8;
/// From how many tokens on a sentence is longer than the step before.
const LENGTHS: [usize; 8] = [4, 7, 11, 16, 21, 26, 31, 41];
/// More idle words are not told apart.
const MOST_IDLE: usize = 4;

/// A kind of sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Group {
    /// In every sentence: where the judgement starts from.
    Start,
    /// The rules take the sentence for attributed.
    Rules,
    /// What the rules take the sentences before and behind it for.
    Beside,
    /// The share of content among its letters, without those that only tell who speaks.
    Content,
    /// The share of its letters between quote marks.
    Quoted,
    /// Its length.
    Length,
    /// How many attributing words are idle: they attribute nothing here, by the rules.
    Idle,
    /// The form of an idle word.
    Form,
    /// What stands behind an idle word.
    Behind,
    /// An idle word itself.
    Cue,
    /// A word from `hints`, outside quotations.
    Word,
    /// What it opens with.
    Opens,
    /// A mark, or the lack of one.
    Mark,
}

/// Every kind with its name and the names of its values.
const GROUPS: [(Group, &str, Values); 13] = [
    (Group::Start, "start", Values::Named(&["always"])),
    (Group::Rules, "rules", Values::Named(&["attributed"])),
    (Group::Beside, "beside", Values::Pairs(&Neighbour::NAMES)),
    (Group::Content, "content", Values::Numbered(STEPS + 2)),
    (Group::Quoted, "quoted", Values::Numbered(STEPS + 2)),
    (Group::Length, "length", Values::Numbered(LENGTHS.len() + 1)),
    (Group::Idle, "idle", Values::Numbered(MOST_IDLE + 1)),
    (Group::Form, "form", Values::Named(&FORMS)),
    (Group::Behind, "behind", Values::Named(&["that", "to", "colon", "else"])),
    (Group::Cue, "cue", Values::Cues),
    (Group::Word, "word", Values::Words(ANYWHERE)),
    (Group::Opens, "opens", Values::Words(OPENING)),
    (Group::Mark, "mark", Values::Named(&MARKS)),
];

/// The forms of idle words, then those of nouns of the same form, then both denied.
const FORMS: [&str; 16] = [
    "finite",
    "passive",
    "infinitive",
    "participle",
    "finite noun",
    "passive noun",
    "infinitive noun",
    "participle noun",
    "finite denied",
    "passive denied",
    "infinitive denied",
    "participle denied",
    "finite noun denied",
    "passive noun denied",
    "infinitive noun denied",
    "participle noun denied",
];

const MARKS: [&str; 14] = [
    "?",
    "!",
    ".",
    "none",
    "quoted ?",
    "quoted !",
    "quoted .",
    "quoted none",
    "scare quotes",
    "quoted first",
    "quoted last",
    "colon",
    "own",
    "title",
];
/// The value of a sentence that opens with no listed word.
static NO_OPENING: LazyLock<usize> = LazyLock::new(|| OPENING.split_whitespace().count());
const SCARE: usize = 8;
const QUOTED_FIRST: usize = 9;
const QUOTED_LAST: usize = 10;
const COLON: usize = 11;
const OWN: usize = 12;
const TITLE: usize = 13;

/// What the values of a group are called.
enum Values {
    Named(&'static [&'static str]),
    Numbered(usize),
    /// Two of these, the one before and the one behind.
    Pairs(&'static [&'static str]),
    /// The attributing words.
    Cues,
    /// Words, and last what is none of them.
    Words(&'static str),
}

impl Values {
    fn names(&self) -> Vec<String> {
        match self {
            Values::Named(names) => names.iter().map(ToString::to_string).collect(),
            Values::Numbered(count) => (0..*count).map(|value| value.to_string()).collect(),
            Values::Pairs(names) => names
                .iter()
                .flat_map(|before| names.iter().map(move |behind| format!("{before}, {behind}")))
                .collect(),
            Values::Cues => attribution_cues::all().map(|(form, _)| form.to_string()).collect(),
            Values::Words(words) => {
                words.split_whitespace().chain(["else"]).map(ToString::to_string).collect()
            }
        }
    }
}

/// What stands beside a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Neighbour {
    None,
    Outlet,
    Attributed,
    /// In another paragraph.
    OutletApart,
    AttributedApart,
}

impl Neighbour {
    const NAMES: [&'static str; 5] =
        ["none", "outlet", "attributed", "outlet apart", "attributed apart"];
}

/// One thing noticed about a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VoiceFeature {
    group: Group,
    value: u16,
}

impl VoiceFeature {
    fn new(group: Group, value: usize) -> Self {
        VoiceFeature { group, value: u16::try_from(value).unwrap_or(u16::MAX) }
    }

    /// What stands before and behind the sentence.
    pub(super) fn beside(before: Neighbour, behind: Neighbour) -> Self {
        VoiceFeature::new(Group::Beside, before as usize * Neighbour::NAMES.len() + behind as usize)
    }

    /// The rules take the sentence for attributed.
    pub(super) fn attributed() -> Self {
        VoiceFeature::new(Group::Rules, 0)
    }

    /// Where it stands in a table of groups and values.
    pub(super) fn place(self) -> (usize, usize) {
        (self.group as usize, usize::from(self.value))
    }
}

/// The names of all signs, by group and value: `word could`, `cue said`.
pub(super) fn names() -> Vec<Vec<String>> {
    let named = |(_, group, values): &(Group, &str, Values)| {
        values.names().into_iter().map(|value| format!("{group} {value}")).collect()
    };
    GROUPS.iter().map(named).collect()
}

impl fmt::Display for VoiceFeature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (_, group, values) = &GROUPS[self.group as usize];
        let value = values.names().into_iter().nth(usize::from(self.value));
        write!(f, "{group} {}", value.as_deref().unwrap_or("-"))
    }
}

/// Hands over every sign of one sentence but what depends on its neighbours and on the rules; a
/// sign as often as it is seen.
pub(super) fn each(
    words: &SentenceTokens<'_>,
    reading: &SpeechParse,
    mut seen: impl FnMut(VoiceFeature),
) {
    let mut see = |group, value| seen(VoiceFeature::new(group, value));
    see(Group::Start, 0);
    see_shares(words, reading, &mut see);
    see_idle(words, reading, &mut see);
    see_words(words, &mut see);
    see_marks(words, &mut see);
}

fn see_shares(
    words: &SentenceTokens<'_>,
    reading: &SpeechParse,
    see: &mut impl FnMut(Group, usize),
) {
    let shares = reading.shares;
    see(Group::Content, step(shares.content, shares.all - shares.frame));
    let quoted = (0..words.len()).filter(|at| words.quoted(*at) == Quoted::Yes);
    see(Group::Quoted, step(quoted.map(|at| words.weight(at)).sum(), shares.all));
    see(Group::Length, LENGTHS.iter().take_while(|length| words.len() >= **length).count());
}

/// 0 for nothing, then rising steps up to the whole.
fn step(part: usize, all: usize) -> usize {
    if part == 0 { 0 } else { 1 + part * STEPS / all.max(part) }
}

fn see_idle(words: &SentenceTokens<'_>, reading: &SpeechParse, see: &mut impl FnMut(Group, usize)) {
    let mut idle = 0;
    for at in 0..words.len() {
        let told = || reading.speeches.binary_search_by_key(&at, |speech| speech.cue.start).is_ok();
        let Some(cue) = words.cue(at).filter(|_| !told()) else { continue };
        idle += 1;
        let clause = Clause::new(words, at);
        let form = match clause.form {
            Form::Finite => 0,
            Form::Passive => 1,
            Form::Infinitive => 2,
            Form::Participle => 3,
        };
        let noun = clause.is_noun(words);
        see(Group::Form, form + 4 * usize::from(noun) + 8 * usize::from(clause.negated));
        if !noun {
            see(Group::Cue, usize::from(cue.row));
            see(Group::Behind, behind(words, at + 1));
        }
    }
    see(Group::Idle, idle.min(MOST_IDLE));
}

fn behind(words: &SentenceTokens<'_>, at: usize) -> usize {
    match words.lower(at) {
        "that" => 0,
        "to" => 1,
        ":" => 2,
        _ => 3,
    }
}

fn see_words(words: &SentenceTokens<'_>, see: &mut impl FnMut(Group, usize)) {
    for at in 0..words.len() {
        if words.quoted(at) == Quoted::Yes {
            continue;
        }
        if let Some(row) = words.hint(at) {
            see(Group::Word, row);
        }
        if words.plays(at, Role::Own) {
            see(Group::Mark, OWN);
        }
    }
    if words.quoted(0) != Quoted::Yes {
        see(Group::Opens, words.opening().unwrap_or(*NO_OPENING));
    }
}

fn see_marks(words: &SentenceTokens<'_>, see: &mut impl FnMut(Group, usize)) {
    let Some(last) = words.len().checked_sub(1) else { return };
    let stop = match words.text(last) {
        "?" => 0,
        "!" => 1,
        "." => 2,
        _ => 3,
    };
    let ends_quoted = words.quoted(last) == Quoted::Yes;
    see(Group::Mark, stop + 4 * usize::from(ends_quoted));
    let (mut has_scare, mut has_colon, mut has_small) = (false, false, false);
    for at in 0..=last {
        has_scare |= words.quoted(at) == Quoted::Scare;
        has_colon |= words.is(at, Kind::Colon);
        has_small |= words.is(at, Kind::Word) && !words.is_capital(at);
    }
    for (value, is) in [
        (SCARE, has_scare),
        (QUOTED_FIRST, words.quoted(0) == Quoted::Yes),
        (QUOTED_LAST, ends_quoted),
        (COLON, has_colon),
        (TITLE, words.is_capital(0) && !has_small),
    ] {
        if is {
            see(Group::Mark, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::sentence_tokens::plain;

    #[test]
    fn groups_stand_in_their_places() {
        for (at, (group, ..)) in GROUPS.iter().enumerate() {
            assert_eq!(*group as usize, at);
        }
    }

    #[test]
    fn every_sign_has_a_name() {
        let text =
            "If the dam could be reported as safe: would you say that “it will hold for long”?";
        let lower = text.to_ascii_lowercase();
        let words = plain(text, &lower);
        let mut seen = Vec::new();
        each(&words, &SpeechParse::new(&words), |sign| seen.push(sign.to_string()));
        for name in
            ["opens if", "word could", "cue reported", "form passive", "mark ?", "mark colon"]
        {
            assert!(seen.iter().any(|sign| sign == name), "{name} is not in {seen:?}");
        }
        assert!(seen.iter().all(|sign| !sign.ends_with('-')), "{seen:?}");
    }
}
