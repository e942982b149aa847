//! Which outlet took which quote: the same words of a source, found again across outlets.
//!
//! Two quotes are the same where half of the five-word runs of the shorter stand in the longer, or
//! four fifths of its words do in the same order (after Niculae et al. 2015, QUOTUS). Quotes that are
//! the same as a third are the same as each other.

mod cluster;
mod passage;

use std::collections::{BTreeMap, BTreeSet};

use cluster::{clusters, kept_in_order};
use passage::Passage;

use crate::classifier::Classified;
use crate::voice::Voice;
use crate::voice::cues::{self, Class};

/// What outlets made of the same quotes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quotes {
    /// Quotes that two outlets or more have, those of most outlets first, then by first mention.
    pub shared: Vec<SharedQuote>,
    /// By outlet, in the order of the report: how many of its quotes no other outlet has.
    pub exclusive: Vec<usize>,
    /// How many different quotes there are.
    pub different: usize,
    /// How many passages there were beyond those that are compared; above 0 nothing is compared.
    pub too_many: usize,
}

/// One quote across outlets.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedQuote {
    /// Its longest version, without quote marks.
    pub text: String,
    /// Who speaks, where an outlet names somebody.
    pub speakers: Vec<String>,
    /// One per outlet, in the order of the report.
    pub uses: Vec<Use>,
}

/// What one outlet made of a quote.
#[derive(Debug, Clone, PartialEq)]
pub enum Use {
    /// It quotes these words, all or some.
    Quoted(Quoted),
    /// It says much the same in other words.
    Paraphrased(Place),
    /// It has nothing like it.
    Absent,
}

/// A quote as an outlet printed it.
#[derive(Debug, Clone, PartialEq)]
pub struct Quoted {
    /// Where.
    pub place: Place,
    /// The words of the longest version that it left out, in order; empty where the quote is full.
    pub dropped: Vec<String>,
}

/// Where an outlet has a quote, and how it introduces it.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The article's id.
    pub article: String,
    /// The sentence's number.
    pub sentence: usize,
    /// Which tenth of the article it stands in, 1 to 10.
    pub tenth: usize,
    /// The attributing word; empty where there is none.
    pub cue: String,
    /// How whoever chose that word stands to what was said.
    pub class: Option<Class>,
}

/// So much of the longest version makes a quote full.
const FULL: f64 = 0.9;

/// More passages are not compared: a quote matrix is for one event, and memory must stay bounded.
const MOST_PASSAGES: usize = 4000;

/// The passages of all outlets while articles come in.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    passages: Vec<Passage>,
    beyond: usize,
}

impl Gathering {
    /// Takes in the attributed sentences of one article.
    pub(super) fn add(&mut self, article: &[&Classified<'_>]) {
        let is_attributed = |of: &&&Classified<'_>| of.attribution.voice == Voice::Attributed;
        let more = article.iter().filter(is_attributed).count();
        if self.beyond > 0 || self.passages.len() + more > MOST_PASSAGES {
            self.beyond += more + std::mem::take(&mut self.passages).len();
        } else {
            self.passages.extend(passage::passages(article));
        }
    }

    /// What outlets made of the same quotes.
    pub(super) fn finish(mut self, outlets: &[String]) -> Quotes {
        if self.beyond > 0 || outlets.len() < 2 {
            return Quotes { too_many: self.beyond, ..Quotes::default() };
        }
        self.passages.sort_by(|a, b| a.key().cmp(&b.key()));
        let (quoted, told): (Vec<Passage>, Vec<Passage>) =
            self.passages.into_iter().partition(|passage| passage.is_quoted);
        let groups = clusters(&quoted);
        let mut exclusive = vec![0; outlets.len()];
        let mut shared: Vec<(usize, SharedQuote)> = Vec::new();
        for group in &groups {
            let members: Vec<&Passage> = group.iter().map(|&at| &quoted[at]).collect();
            let holders: BTreeSet<&String> = members.iter().map(|m| &m.outlet).collect();
            if holders.len() > 1 {
                let first = members.iter().map(|member| member.tenth).min().unwrap_or(0);
                shared.push((first, shared_quote(&members, &told, outlets)));
            } else if let Some(at) = outlets.iter().position(|o| holders.contains(o)) {
                exclusive[at] += 1;
            }
        }
        shared.sort_by(|(first, a), (second, b)| {
            (b.n_quoted(), first, &a.text).cmp(&(a.n_quoted(), second, &b.text))
        });
        let shared = shared.into_iter().map(|(_, quote)| quote).collect();
        Quotes { shared, exclusive, different: groups.len(), too_many: 0 }
    }
}

impl SharedQuote {
    /// How many outlets quote it, in full or in part.
    pub fn n_quoted(&self) -> usize {
        self.uses.iter().filter(|of| matches!(of, Use::Quoted(_))).count()
    }
}

fn shared_quote(members: &[&Passage], told: &[Passage], outlets: &[String]) -> SharedQuote {
    let longest = members.iter().fold(members[0], |longest, member| {
        if member.words.len() > longest.words.len() { member } else { longest }
    });
    let mut best: BTreeMap<&String, (usize, &Passage)> = BTreeMap::new();
    for member in members {
        let kept = kept_in_order(&longest.words, &member.words).len();
        let entry = best.entry(&member.outlet).or_insert((kept, member));
        if kept > entry.0 {
            *entry = (kept, member);
        }
    }
    let use_of = |outlet: &String| match best.get(outlet) {
        Some((_, member)) => Use::Quoted(quoted(longest, member)),
        None => paraphrase(longest, outlet, told)
            .map_or(Use::Absent, |passage| Use::Paraphrased(passage.place())),
    };
    let speakers = members.iter().map(|member| &member.speakers).find(|names| !names.is_empty());
    SharedQuote {
        text: longest.text.clone(),
        speakers: speakers.cloned().unwrap_or_default(),
        uses: outlets.iter().map(use_of).collect(),
    }
}

fn quoted(longest: &Passage, member: &Passage) -> Quoted {
    let kept = kept_in_order(&longest.words, &member.words);
    let is_full = kept.len() as f64 >= FULL * longest.words.len() as f64;
    let dropped = longest.words.iter().enumerate().filter(|(at, _)| !is_full && !kept.contains(at));
    Quoted { place: member.place(), dropped: dropped.map(|(_, word)| word.clone()).collect() }
}

/// The sentence of an outlet that tells most of a quote in other words: half of its telling words,
/// four at least.
fn paraphrase<'p>(longest: &Passage, outlet: &String, told: &'p [Passage]) -> Option<&'p Passage> {
    let telling = longest.telling();
    let common = |passage: &Passage| telling.intersection(&passage.telling()).count();
    let candidates = told.iter().filter(|passage| passage.outlet == *outlet);
    let (found, best) =
        candidates.map(|passage| (common(passage), passage)).max_by_key(|(common, _)| *common)?;
    (found >= 4 && 2 * found >= telling.len()).then_some(best)
}

impl Passage {
    fn place(&self) -> Place {
        Place {
            article: self.article.clone(),
            sentence: self.sentence,
            tenth: self.tenth,
            cue: self.cue.clone(),
            class: cues::class(&self.cue),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::report::fixture::{article, body, quoted};
    use crate::target::About;

    const FULL_QUOTE: &str = "“We will not spend one more penny on this wall of steel, and I mean \
        it,” said Ann Lee.";

    fn of(outlets: &[(&str, &[&str])]) -> Quotes {
        let articles: Vec<Article> =
            outlets.iter().map(|(outlet, _)| article(outlet, &format!("{outlet}-1"))).collect();
        let mut gathering = Gathering::default();
        for (article, (_, texts)) in articles.iter().zip(outlets) {
            let line = |(at, text): (usize, &&'static str)| {
                quoted("Ann Lee", body(article, at + 1, text, About::None, [0.0; 3]))
            };
            // The texts live as long as the test.
            let texts: Vec<&'static str> =
                texts.iter().map(|text| &*Box::leak(text.to_string().into_boxed_str())).collect();
            let lines: Vec<Classified<'_>> = texts.iter().enumerate().map(line).collect();
            gathering.add(&lines.iter().collect::<Vec<_>>());
        }
        let names: Vec<String> = outlets.iter().map(|(outlet, _)| outlet.to_string()).collect();
        gathering.finish(&names)
    }

    #[test]
    fn full_trimmed_paraphrased_and_absent_are_told_apart() {
        let quotes = of(&[
            ("A", &[FULL_QUOTE]),
            ("B", &["Lee said they would “not spend one more penny on this wall of steel”."]),
            ("C", &["Lee said she would spend no penny more on a steel wall, and meant it."]),
            ("D", &["“The weather has been mild for months,” said Ann Lee."]),
        ]);
        let [quote] = quotes.shared.as_slice() else { panic!("{quotes:?}") };
        let kinds: Vec<&str> = (quote.uses.iter())
            .map(|of| match of {
                Use::Quoted(quoted) if quoted.dropped.is_empty() => "full",
                Use::Quoted(_) => "trimmed",
                Use::Paraphrased(_) => "paraphrased",
                Use::Absent => "absent",
            })
            .collect();
        assert_eq!(kinds, ["full", "trimmed", "paraphrased", "absent"]);
        let Use::Quoted(trimmed) = &quote.uses[1] else { panic!() };
        assert_eq!(trimmed.dropped, ["we", "will", "and", "i", "mean", "it"]);
        assert_eq!((quotes.exclusive, quotes.different), (vec![0, 0, 0, 1], 2));
    }

    #[test]
    fn too_many_passages_are_not_compared() {
        let article = article("A", "a");
        let line = quoted("Ann Lee", body(&article, 1, FULL_QUOTE, About::None, [0.0; 3]));
        let mut gathering = Gathering::default();
        (0..=MOST_PASSAGES).for_each(|_| gathering.add(&[&line]));
        let quotes = gathering.finish(&["A".to_string(), "B".to_string()]);
        assert_eq!((quotes.shared.len(), quotes.too_many), (0, MOST_PASSAGES + 1));
    }
}
