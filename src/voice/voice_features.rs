//! The features of a sentence beside what the rules decide: a closed list, from the lexicon and from
//! how the sentence is built. `voice_model` weighs them.

use std::borrow::Cow;
use std::fmt;

use super::cue_clause::{self, Clause, CueVerbForm};
use super::cue_complement;
use super::lexicon::{self, tags};
use super::noun_head::NounHead;
use super::noun_phrase::SourcePhrase;
use super::reported_speech::SpeechParse;
use super::sentence_tokens::{FAR, SentenceTokens, listed};
use super::speaker_introduction::is_in_first_person;
use super::speech_kind::SpeechKind;

/// Number of steps of a share above nothing.
const STEPS: usize = 8;
/// Minimum number of tokens of each step of length above the first.
const LENGTHS: [usize; 8] = [4, 7, 11, 16, 21, 26, 31, 41];
/// Maximum number of idle cues that has a feature of its own.
const MAX_IDLE: usize = 4;

/// A group of features.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Group {
    /// In every sentence: the intercept.
    Start,
    /// The rules take the sentence for attributed.
    Rules,
    /// What the rules take the sentences before and after it for.
    Beside,
    /// The share of content among its letters, without those that only tell who speaks.
    Content,
    /// The share of its letters between quote marks.
    Quoted,
    /// Its length.
    Length,
    /// The clause that a reporting cue stands in.
    Clause,
    /// A reporting cue itself.
    Says,
    /// Number of idle cues: by the rules they attribute nothing here.
    Idle,
    /// The form of an idle cue.
    Form,
    /// What stands behind an idle cue.
    Behind,
    /// An idle cue itself.
    Cue,
    /// A hint of the lexicon, outside quotations.
    Word,
    /// The opening of the lexicon that it begins with.
    Opens,
    /// A mark, or the lack of one.
    Mark,
    /// The subject of a reporting cue.
    Source,
    /// What stands behind a reporting cue.
    Said,
    /// The subject that the sentence opens with.
    Leads,
    /// The same where an idle cue is its verb.
    Main,
}

/// Every group with its name and the names of its values.
const GROUPS: [(Group, &str, Values); 19] = [
    (Group::Start, "start", Values::Named("always")),
    (Group::Rules, "rules", Values::Named("attributed")),
    (Group::Beside, "beside", Values::Pairs(AdjacentVoice::NAMES)),
    (Group::Content, "content", Values::Numbered(STEPS + 2)),
    (Group::Quoted, "quoted", Values::Numbered(STEPS + 2)),
    (Group::Length, "length", Values::Numbered(LENGTHS.len() + 1)),
    (Group::Clause, "clause", Values::Named(CLAUSES)),
    (Group::Says, "says", Values::Words),
    (Group::Idle, "idle", Values::Numbered(MAX_IDLE + 1)),
    (Group::Form, "form", Values::Named(FORMS)),
    (Group::Behind, "behind", Values::Named("that|to|colon|else")),
    (Group::Cue, "cue", Values::Words),
    (Group::Word, "word", Values::Words),
    (Group::Opens, "opens", Values::Words),
    (Group::Mark, "mark", Values::Named(MARKS)),
    (Group::Source, "source", Values::Named(SUBJECTS)),
    (Group::Said, "said", Values::Named(COMPLEMENTS)),
    (Group::Leads, "leads", Values::Named(SUBJECTS)),
    (Group::Main, "main", Values::Named(SUBJECTS)),
];

/// The heads of subjects.
const SUBJECTS: &str = "name|office|group|pronoun|own|study|none";

/// What stands behind a reporting cue: `else` is a phrase, and `nothing` one without any verb behind it.
const COMPLEMENTS: &str = "that|to|colon|quoted|comma|stop|clause|else|nothing";

/// The clauses of reporting cues: set behind its content, the sentence's main one, or one within another
/// that goes on.
const CLAUSES: &str = "trailing|main|relative|participle|adjunct|subordinate|infinitive|frame";

/// The forms of idle cues, then those of nouns of the same form, then both denied.
const FORMS: &str = "finite|passive|infinitive|participle\
    |finite noun|passive noun|infinitive noun|participle noun\
    |finite denied|passive denied|infinitive denied|participle denied\
    |finite noun denied|passive noun denied|infinitive noun denied|participle noun denied";

/// The stops of sentences, then those within quotations, then what else there is.
const MARKS: &str = "?|!|.|none|quoted ?|quoted !|quoted .|quoted none\
    |own|scare quotes|quoted first|quoted last|colon|title|colon last|first person";
/// The value of `own`; the others come after it.
const OWN: usize = 8;

/// The names of a group's values.
enum Values {
    /// These, with `|` between them.
    Named(&'static str),
    Numbered(usize),
    /// Two of these, the one before and the one after.
    Pairs(&'static str),
    /// The words of the lexicon by their rows, and `else` for row 0.
    Words,
}

impl Values {
    fn names(&self) -> Vec<Cow<'static, str>> {
        match self {
            Values::Named(names) => names.split('|').map(Cow::from).collect(),
            Values::Numbered(count) => (0..*count).map(|value| value.to_string().into()).collect(),
            Values::Pairs(names) => {
                let pair = |before| names.split('|').map(move |after| format!("{before}, {after}"));
                names.split('|').flat_map(pair).map(Cow::from).collect()
            }
            Values::Words => ["else"].into_iter().chain(lexicon::words()).map(Cow::from).collect(),
        }
    }
}

/// What the rules take a sentence beside another for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AdjacentVoice {
    None,
    Outlet,
    Attributed,
    /// In another paragraph.
    OutletApart,
    AttributedApart,
}

impl AdjacentVoice {
    const NAMES: &'static str = "none|outlet|attributed|outlet apart|attributed apart";
    const COUNT: usize = 5;
}

/// One feature of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VoiceFeature {
    group: Group,
    value: u16,
}

impl VoiceFeature {
    fn new(group: Group, value: usize) -> Self {
        VoiceFeature { group, value: u16::try_from(value).unwrap_or(u16::MAX) }
    }

    /// What stands before and after the sentence.
    pub(super) fn beside(before: AdjacentVoice, after: AdjacentVoice) -> Self {
        VoiceFeature::new(Group::Beside, before as usize * AdjacentVoice::COUNT + after as usize)
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

/// The names of all features by group and value: `word`, `could`.
pub(super) fn names() -> impl Iterator<Item = (&'static str, Vec<Cow<'static, str>>)> {
    GROUPS.iter().map(|(_, group, values)| (*group, values.names()))
}

impl fmt::Display for VoiceFeature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (_, group, values) = &GROUPS[self.group as usize];
        let value = values.names().into_iter().nth(usize::from(self.value));
        write!(f, "{group} {}", value.as_deref().unwrap_or("-"))
    }
}

/// Hands over every feature of one sentence, as often as it occurs, but those of its neighbours and
/// of the rules.
pub(super) fn each(
    words: &SentenceTokens<'_>,
    parse: &SpeechParse,
    mut add: impl FnMut(VoiceFeature),
) {
    let mut add = |group, value| add(VoiceFeature::new(group, value));
    add(Group::Start, 0);
    add_shares(words, parse, &mut add);
    add_clauses(words, parse, &mut add);
    add_idle(words, parse, &mut add);
    add_words(words, &mut add);
    add_marks(words, &mut add);
}

fn add_shares(words: &SentenceTokens<'_>, parse: &SpeechParse, add: &mut impl FnMut(Group, usize)) {
    let shares = parse.shares;
    add(Group::Content, step(shares.content, shares.all - shares.frame));
    let quoted = (0..words.len()).filter(|i| words.has(*i, tags!("quoted")));
    add(Group::Quoted, step(quoted.map(|i| words.weight(i)).sum(), shares.all));
    add(Group::Length, LENGTHS.partition_point(|length| words.len() >= *length));
}

/// 0 for nothing, then rising steps up to the whole.
fn step(part: usize, all: usize) -> usize {
    if part == 0 { 0 } else { 1 + part * STEPS / all.max(part) }
}

fn add_clauses(
    words: &SentenceTokens<'_>,
    parse: &SpeechParse,
    add: &mut impl FnMut(Group, usize),
) {
    for speech in &parse.speeches {
        let clause = Clause::new(words, speech.cue.start);
        let subject = speech.source.as_ref().map_or(clause.start, |source| source.range.start);
        // `Elm, who called it “…”, left.`
        let goes_on = |i: usize| {
            (i..words.len()).any(|i| words.has(i, tags!("comma")) && !words.in_quotes(i))
        };
        let before = |i: usize, tags| words.has_before(i, tags);
        let is_frame = speech.kind == SpeechKind::Frame;
        let kind = if is_frame {
            7
        } else if speech.trails {
            0
        } else if before(clause.start, tags!("relative")) && goes_on(speech.cue.end) {
            2
        } else if clause.form == CueVerbForm::Participle {
            if before(clause.start, tags!("preposition conjunction")) { 4 } else { 3 }
        } else if before(subject.min(clause.start), tags!("subordinate-opener adjunct-opener")) {
            5
        } else if clause.form == CueVerbForm::Infinitive {
            6
        } else {
            1
        };
        add(Group::Clause, kind);
        if !is_frame {
            add(Group::Says, words.row(speech.cue.start));
            add(Group::Source, subject_kind(words, speech.source.as_ref()));
            add(Group::Said, complement(words, speech.cue.end));
        }
    }
}

/// The place of a subject's head in `SUBJECTS`.
fn subject_kind(words: &SentenceTokens<'_>, source: Option<&SourcePhrase>) -> usize {
    match source {
        None => 6,
        Some(source) if cue_clause::is_study(words, source) => 5,
        Some(source) => match source.head {
            NounHead::Name(_) => 0,
            NounHead::Office(_) => 1,
            NounHead::Group(_) => 2,
            NounHead::Pronoun(_) => 3,
            NounHead::FirstOrSecondPerson => 4,
        },
    }
}

/// The place in `COMPLEMENTS` of what stands from a token on.
fn complement(words: &SentenceTokens<'_>, from: usize) -> usize {
    let is_verb = |i: usize| {
        words.has(i, tags!("quoted scare to ed ing colon clause-opener"))
            || cue_complement::is_finite(words, i)
    };
    let at_once = [
        words.any(from, listed!["that"]),
        words.has(from, tags!("to")),
        words.has(from, tags!("colon")),
        words.in_quotes(from),
        words.has(from, tags!("comma")),
        words.has(from, tags!("stop edge")),
    ];
    let has_verb = || (from..words.len().min(from + FAR)).any(is_verb);
    match at_once.iter().position(|stands| *stands) {
        Some(kind) => kind,
        None if cue_complement::is_clause(words, from) => at_once.len(),
        None => at_once.len() + if has_verb() { 1 } else { 2 },
    }
}

fn add_idle(words: &SentenceTokens<'_>, parse: &SpeechParse, add: &mut impl FnMut(Group, usize)) {
    let mut idle = 0;
    let leading = parse.leading.as_ref();
    let subject = subject_kind(words, leading);
    add(Group::Leads, subject);
    let subject_end = leading.map(|leading| leading.range.end);
    for i in 0..words.len() {
        let reports = || parse.speeches.binary_search_by_key(&i, |speech| speech.cue.start).is_ok();
        if words.cue(i).is_none() || reports() {
            continue;
        }
        idle += 1;
        let clause = Clause::new(words, i);
        let form = match clause.form {
            CueVerbForm::Finite => 0,
            CueVerbForm::Passive => 1,
            CueVerbForm::Infinitive => 2,
            CueVerbForm::Participle => 3,
        };
        let is_noun = clause.is_noun(words);
        add(Group::Form, form + 4 * usize::from(is_noun) + 8 * usize::from(clause.negated));
        if !is_noun {
            add(Group::Cue, words.row(i));
            let behind = ["that", "to", ":"].iter().position(|word| *word == words.lower(i + 1));
            add(Group::Behind, behind.unwrap_or(3));
            if clause.form == CueVerbForm::Finite && subject_end == Some(clause.start) {
                add(Group::Main, subject);
            }
        }
    }
    add(Group::Idle, idle.min(MAX_IDLE));
}

fn add_words(words: &SentenceTokens<'_>, add: &mut impl FnMut(Group, usize)) {
    for i in (0..words.len()).filter(|i| !words.has(*i, tags!("quoted"))) {
        if words.has(i, tags!("hint")) {
            add(Group::Word, words.row(i));
        }
        if words.has(i, tags!("first-or-second-person")) {
            add(Group::Mark, OWN);
        }
    }
    if !words.has(0, tags!("quoted")) {
        add(Group::Opens, if words.has(0, tags!("opening")) { words.row(0) } else { 0 });
    }
}

fn add_marks(words: &SentenceTokens<'_>, add: &mut impl FnMut(Group, usize)) {
    let Some(last) = words.len().checked_sub(1) else { return };
    let stop = ["?", "!", "."].iter().position(|stop| *stop == words.text(last)).unwrap_or(3);
    let ends_quoted = words.has(last, tags!("quoted"));
    add(Group::Mark, stop + 4 * usize::from(ends_quoted));
    let all = 0..words.len();
    let has_small = all.clone().any(|i| words.has_small(i, tags!("word")));
    let others = [
        words.find(all.clone(), tags!("scare")).is_some(),
        words.has(0, tags!("quoted")),
        ends_quoted,
        words.find(all, tags!("colon")).is_some(),
        words.has(0, tags!("capital")) && !has_small,
        words.has(last, tags!("colon")),
        is_in_first_person(words),
    ];
    let present = (OWN + 1..).zip(others).filter(|(_, is_present)| *is_present);
    present.for_each(|(value, _)| add(Group::Mark, value));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::sentence_tokens::plain;

    #[test]
    fn groups_stand_in_their_places() {
        for (place, (group, ..)) in GROUPS.iter().enumerate() {
            assert_eq!(*group as usize, place);
        }
    }

    #[test]
    fn every_feature_has_a_name() {
        let text =
            "If the dam could be reported as safe: would you say that “it will hold for long”?";
        let lower = text.to_ascii_lowercase();
        let words = plain(text, &lower);
        let mut seen = Vec::new();
        each(&words, &SpeechParse::new(&words), |feature| seen.push(feature.to_string()));
        for name in
            ["opens if", "word could", "cue reported", "form passive", "mark ?", "mark colon"]
        {
            assert!(seen.iter().any(|feature| feature == name), "{name} is not in {seen:?}");
        }
        assert!(seen.iter().all(|feature| !feature.ends_with('-')), "{seen:?}");
    }
}
