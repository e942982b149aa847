//! What small words tell about how a sentence is built. One table; one lookup per word.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::attribution_cues::{self, Cue};
use super::voice_hint_words;
use crate::text::word_key::WordKey;

/// A part that a word can play. A word can play several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Begin a noun phrase.
    Determiner,
    /// Join two noun phrases into one.
    Preposition,
    /// End a noun phrase and begin something else.
    Conjunction,
    /// Verbs that help others; one of them tells a finite clause.
    Auxiliary,
    /// Forms of *to be*: before a past form they make it passive.
    Be,
    /// Between a subject and its verb.
    Adverb,
    /// Deny the verb after them.
    Negation,
    /// Stand for a person or group named before.
    Pronoun,
    /// Whose statements are the text's own.
    Own,
    /// Subjects that begin a clause without a conjunction.
    Subject,
    /// Tell when.
    Time,
    /// Open an aside or what follows a reporting clause.
    Aside,
    /// Titles, offices, parties and nations that stand before a name and are no part of it.
    Title,
    /// Attributing forms that are as often nouns.
    Noun,
    /// What finds and shows without a mouth: polls and papers.
    Study,
    /// Begin a clause that reports content.
    Opener,
    /// Verbs that attribute nothing; what stands behind them is their object.
    Verb,
    /// Within a surname.
    Particle,
    /// Stand after a verb, never before it.
    Object,
    /// Stand before a colon and are no speakers.
    Label,
    /// End the names of institutions.
    Institution,
}

/// The roles that one word plays, the attributing word and the hint that it is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    roles: u32,
    pub(super) cue: Option<Cue>,
    /// Its place among the hints.
    pub(super) hint: Option<u16>,
    /// Its place among the words that a sentence opens with.
    pub(super) opening: Option<u16>,
}

impl Entry {
    pub(super) fn plays(self, role: Role) -> bool {
        self.roles & 1 << role as u32 != 0
    }
}

/// Every word with its role, in small letters and with straight apostrophes.
const TABLE: &[(Role, &str)] = &[
    (
        Role::Determiner,
        "the a an this these those his her its their our my your some many several most \
         another both all no each every few two three four one other",
    ),
    (
        Role::Preposition,
        "of for from at in with within on inside near to by about against under over during \
         after before into through across between among around without since outside behind \
         per",
    ),
    (
        Role::Conjunction,
        "that because as when if while although though whether which who whom whose what how \
         why where until unless and but or nor so yet than like even not just",
    ),
    (
        Role::Auxiliary,
        "is are was were be been being has have had do does did will would can could should \
         may might must isn't wasn't aren't won't wouldn't can't cannot couldn't didn't \
         doesn't don't hasn't hadn't haven't shouldn't weren't it's he's she's there's \
         they're that's i'm we're needs wants",
    ),
    (Role::Be, "is are was were be been being get got"),
    (
        Role::Adverb,
        "also then later once again still now often always never first even just already ever \
         further instead earlier previously recently reportedly meanwhile too not \
         nevertheless nonetheless therefore thus similarly long",
    ),
    (Role::Negation, "not never didn't doesn't don't won't wouldn't hasn't couldn't cannot can't"),
    (Role::Pronoun, "he she they it"),
    (
        Role::Own,
        "i we you let's me us i've i'm i'd i'll we've we're we'll we'd you're you've you'll",
    ),
    (
        Role::Subject,
        "he she they it i we you there it's he's she's they're he'd she'd they'd he'll that's \
         i'm we're it'll she'll they'll",
    ),
    (
        Role::Time,
        "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight \
         jan. feb. march april may june july aug. sept. oct. nov. dec. january february \
         august september october november december last this early late earlier later \
         recently afterward",
    ),
    (
        Role::Aside,
        "who which whose where a an the whom one his her its their according prompting \
         drawing using as citing noting echoing",
    ),
    (
        Role::Title,
        "president vice senator sen. sens. sen rep. reps. rep representative gov. gov \
         governor secretary state treasury defense defence foreign minister prime ambassador \
         congressman congresswoman speaker leader majority minority chairman chairwoman chair \
         judge justice attorney general gen. mayor former ex-president mr. mr mrs. mrs ms. ms \
         dr. dr sir dame lord lady king queen pope prince princess spokesman spokeswoman \
         spokesperson director chief deputy officer commissioner sheriff republican \
         democratic democrat democrats republicans gop tory labour conservative liberal house \
         white senate us u.s. uk u.k. eu american russian british french german chinese \
         israeli iranian iraqi syrian turkish saudi ukrainian mexican canadian australian \
         nations united kremlin pentagon capt. col. lt. sgt. maj. adm. rev. reverend father \
         bishop cardinal rabbi imam prof. professor ceo cfo coach captain counselor adviser \
         advisor staff press national security homeland interior health energy supreme court \
         first then-president president-elect nominee candidate host anchor columnist \
         reporter author editor economist analyst lawyer counsel manager strategist aide \
         actor actress comedian singer businessman billionaire mogul det. detective pastor \
         activist congressional committee budget judiciary intelligence commerce labor \
         education agent principal co-founder founder federal senior top assistant acting \
         undersecretary envoy delegate councilman councilwoman lawmaker pollster historian \
         scholar witness doctor nurse cllr. cllr councillor councilor council engineer \
         alderman sergeant inspector constable superintendent colonel \
         major commander treasurer trustee owner resident whip ayatollah grand brother sister mother wife husband son daughter",
    ),
    (
        Role::Noun,
        "forecast forecasts projects remarks remark notes note plan plans show shows call calls report reports tweet \
         tweets claim claims question questions promise promises pledge pledges demand \
         demands hope hopes fear fears request requests doubt doubts figure figures rules \
         reads points charges estimates jokes counters answers finding warning feeling find \
         finds reading offering backs supports attacks challenges protests objects praises \
         credits champions thanks addresses holds want wants wishes wish worries worry \
         comments state stress blame praise hail reject",
    ),
    (
        Role::Study,
        "poll polls survey surveys study studies report reports data figures records \
         documents research analysis average review audit investigation statistics numbers \
         filings filing emails results polling",
    ),
    (
        Role::Label,
        "update updated note photo photos video watch related image source sources correction \
         opinion analysis breaking live exclusive location editor's fact story ps more read \
         listen verdict background why what how who when where here file part step the this \
         there one first second third warning and but so yes no also see bottom result here's \
         correction bombshell revealed wow question alert shock corrections clarification",
    ),
    (Role::Opener, "that whether how why what where who if there when"),
    (
        Role::Verb,
        "gave took made came saw held won lost left kept brought drew ran led sent got met paid \
         gives takes makes comes sees holds wins loses leaves keeps brings draws runs leads sends \
         gets meets pays went goes knew knows became becomes began begins fell falls rose grew",
    ),
    (Role::Particle, "de van von bin al el la del der di da ibn den le"),
    (Role::Object, "him them us me her himself herself themselves itself reporters"),
    (
        Role::Institution,
        "house court department party times news committee senate states york street \
         university post journal press council congress agency administration union nations \
         city county school college association office bureau center institute group company \
         church service act democrats republicans americans caucus campaign foundation \
         america law",
    ),
];

static ENTRIES: LazyLock<FxHashMap<WordKey, Entry>> = LazyLock::new(|| {
    let mut entries: FxHashMap<WordKey, Entry> = FxHashMap::default();
    let form = |word: &str| WordKey::of(word, &(0..word.len()));
    for &(role, words) in TABLE {
        for word in words.split_whitespace() {
            // Printed with either apostrophe.
            for word in [word.to_string(), word.replace('\'', "’")] {
                entries.entry(form(&word)).or_default().roles |= 1 << role as u32;
            }
        }
    }
    for (cued, cue) in attribution_cues::all() {
        entries.entry(form(cued)).or_default().cue = Some(cue);
    }
    for (row, word) in (0..).zip(voice_hint_words::ANYWHERE.split_whitespace()) {
        entries.entry(form(word)).or_default().hint = Some(row);
    }
    for (row, word) in (0..).zip(voice_hint_words::OPENING.split_whitespace()) {
        entries.entry(form(word)).or_default().opening = Some(row);
    }
    entries
});

/// What is known of a word in small letters.
pub(super) fn find(word: &str) -> Entry {
    entry(WordKey::of(word, &(0..word.len())))
}

/// What is known of a word in small letters, by its form.
#[inline]
pub(super) fn entry(form: WordKey) -> Entry {
    ENTRIES.get(&form).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_play_their_roles() {
        assert!(find("the").plays(Role::Determiner));
        assert!(find("her").plays(Role::Determiner) && find("her").plays(Role::Object));
        assert!(find("didn’t").plays(Role::Negation) && find("didn't").plays(Role::Auxiliary));
        assert!(find("said").cue.is_some());
        assert!(!find("dam").plays(Role::Title));
    }
}
