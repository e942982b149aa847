//! Measures sentences and voices on texts that people marked.
//!
//! `cargo run --release --example voices -- FOLDER [dev|train]`; the folder may also be named by
//! `FRAMESCOPE_DATA`. It holds `seesaw` and `polnear`, which are no part of the project: without
//! them nothing is measured.
#![allow(clippy::print_stdout, reason = "a program that prints its measurements")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use framescope::article::Article;
use framescope::parts::{self, Part};
use framescope::text::{Span, sentence};
use framescope::voice::{self, Voice};

type Row = BTreeMap<String, String>;
type Done<T> = Result<T, Box<dyn Error>>;

fn main() -> Done<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().or_else(|| std::env::var("FRAMESCOPE_DATA").ok());
    let split = arguments.next().unwrap_or_else(|| "dev".to_string());
    let Some(folder) = folder.map(PathBuf::from).filter(|folder| folder.is_dir()) else {
        println!("skipped: no folder of data given, neither as argument nor by FRAMESCOPE_DATA");
        return Ok(());
    };
    boundaries(&folder.join(format!("seesaw/articles_{split}.csv")))?;
    voices(&folder.join("polnear"), &split)
}

/// Sentence ends against articles that hold one sentence per line.
fn boundaries(path: &Path) -> Done<()> {
    let mut score = Score::default();
    for article in rows(path)? {
        let lines = article["text"].lines().map(str::trim).filter(|line| !line.is_empty());
        let (mut text, mut gold) = (String::new(), Vec::new());
        for line in lines {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(line);
            gold.push(text.len());
        }
        let found: Vec<usize> = sentence::sentences(&text).into_iter().map(|s| s.end).collect();
        let right = found.iter().filter(|end| gold.binary_search(end).is_ok()).count();
        score.add(right, found.len(), gold.len());
    }
    println!("sentence ends, {}: {score}", path.display());
    Ok(())
}

/// Whose words, and who speaks, against marked attributions.
fn voices(folder: &Path, split: &str) -> Done<()> {
    let mut marked: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows(&folder.join(format!("attributions_{split}.csv")))? {
        marked.entry(row["article_id"].clone()).or_default().push(row);
    }
    let (mut strict, mut fair, mut narrow) = <(Score, Score, Score)>::default();
    let mut speakers = Speakers::default();
    let show = std::env::var_os("FRAMESCOPE_SHOW").is_some();
    for row in rows(&folder.join(format!("articles_{split}.csv")))? {
        let article = Article { text: row["text"].clone(), ..Article::default() };
        let gold = Marked::new(&article.text, marked.get(&row["id"]).map_or(&[], Vec::as_slice));
        let sentences = parts::split(&article);
        for (sentence, found) in sentences.iter().zip(voice::attribute(&sentences)) {
            if sentence.part != Part::Body {
                continue;
            }
            let is_found = found.voice == Voice::Attributed;
            let share = gold.share(&sentence.span);
            strict.count(share.of_all, is_found);
            fair.count(share.of_rest, is_found);
            if share.of_rest == share.of_words {
                narrow.count(share.of_words, is_found);
            }
            let sources = gold.sources(&sentence.span);
            if share.of_all {
                speakers.add(&sources, &found.speakers);
            }
            if show {
                let marks =
                    [share.of_all, share.of_rest, is_found].map(|is| if is { 'A' } else { '-' });
                let marks: String = marks.iter().collect();
                let text = sentence.text.replace('\n', " ");
                let cues = gold.cues(&sentence.span);
                println!(
                    "{marks}\t{:?}\t{cues:?}\t{sources:?}\t{:?}\t{text}",
                    found.cue, found.speakers
                );
            }
        }
    }
    println!("attributed or not, {} ({split}), {} sentences", folder.display(), strict.all);
    println!("  gold: at least half of the characters lie in contents of attributions");
    println!("    {strict}");
    println!("  gold: at least half of the characters outside sources and cues do");
    println!("    {fair}");
    println!(
        "  the same without the {} sentences that only a stand or an act makes gold",
        fair.all - narrow.all
    );
    println!("    {narrow}");
    println!("{speakers}");
    Ok(())
}

/// The attributions marked in one text.
struct Marked<'a> {
    text: &'a str,
    /// For every byte, 1-based, which attribution's content it lies in; 0 for none.
    content: Vec<usize>,
    /// For each attribution, whether it tells of words or thoughts and not of a stand or an act.
    worded: Vec<bool>,
    /// For every byte, whether it lies in a source or a cue.
    frame: Vec<bool>,
    sources: Vec<String>,
    cues: Vec<String>,
}

/// Whether at least half of a sentence's characters other than white space are content.
struct Share {
    of_all: bool,
    /// Sources and cues left aside.
    of_rest: bool,
    /// The same, and what is attributed by a stand or an act is no content.
    of_words: bool,
}

impl<'a> Marked<'a> {
    fn new(text: &'a str, attributions: &[Row]) -> Self {
        let places: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (content, frame) = (vec![0; text.len()], vec![false; text.len()]);
        let mut marked = Marked {
            text,
            content,
            frame,
            worded: Vec::new(),
            sources: Vec::new(),
            cues: Vec::new(),
        };
        for row in attributions {
            marked.sources.push(row["source"].clone());
            marked.cues.push(row["cue"].clone());
            marked.worded.push(row["label"] != "indirect" || !tells_act(&row["cue"]));
            for (from, to) in spans(&row["content_spans"]) {
                let outer = &mut marked.content[places[from]..places[to]];
                outer.iter_mut().filter(|at| **at == 0).for_each(|at| *at = marked.sources.len());
            }
            for (from, to) in spans(&row["source_spans"]).chain(spans(&row["cue_spans"])) {
                marked.frame[places[from]..places[to]].fill(true);
            }
        }
        marked
    }

    fn share(&self, span: &Span) -> Share {
        let solid = |(at, c): (usize, char)| (!c.is_whitespace()).then_some(span.start + at);
        let (mut all, mut within, mut frame, mut worded) = (0, 0, 0, 0);
        for at in self.text[span.clone()].char_indices().filter_map(solid) {
            all += 1;
            within += usize::from(self.content[at] > 0);
            worded +=
                usize::from(self.content[at].checked_sub(1).is_some_and(|at| self.worded[at]));
            frame += usize::from(self.content[at] == 0 && self.frame[at]);
        }
        let most = |part: usize| part > 0 && part * 2 >= all - frame;
        Share { of_all: within * 2 >= all, of_rest: most(within), of_words: most(worded) }
    }

    /// The sources of all contents that reach into the sentence.
    fn sources(&self, span: &Span) -> Vec<&str> {
        self.reaching(span).into_iter().map(|at| self.sources[at].as_str()).collect()
    }

    /// The cues of the same contents.
    fn cues(&self, span: &Span) -> Vec<&str> {
        self.reaching(span).into_iter().map(|at| self.cues[at].as_str()).collect()
    }

    /// The attributions whose contents reach into the sentence.
    fn reaching(&self, span: &Span) -> Vec<usize> {
        let mut seen: Vec<usize> = self.content[span.clone()].to_vec();
        seen.sort_unstable();
        seen.dedup();
        seen.into_iter().filter(|at| *at > 0).map(|at| at - 1).collect()
    }
}

/// How cues begin that our codebook takes for the outlet's narration: somebody's stand, an act, an
/// impression, silence, or a mere preposition.
const ACTS: &[&str] = &[
    "abandon",
    "adopt",
    "appear",
    "approv",
    "attack",
    "avoid",
    "back",
    "champion",
    "choose",
    "chose",
    "consider",
    "critic",
    "decid",
    "declin",
    "defend",
    "dismiss",
    "embrac",
    "endors",
    "expected",
    "favor",
    "focus",
    "ignor",
    "intend",
    "known",
    "like",
    "look",
    "offer",
    "oppos",
    "plan",
    "prais",
    "push",
    "refus",
    "reject",
    "seek",
    "seem",
    "sought",
    "sue",
    "support",
    "tried",
    "tries",
    "try",
    "view",
    "vote",
    "voting",
    "would not",
    "wouldn’t",
    "did not",
    "didn’t",
    "has not",
    "not ",
];
const PREPOSITIONS: &[&str] = &["in", "to", "for", "by", "on", "of", "under", "at", "from", "with"];
const HELPERS: &[&str] =
    &["is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "also", "to"];

fn tells_act(cue: &str) -> bool {
    let cue = cue.to_lowercase();
    let words: Vec<&str> = cue.split_whitespace().collect();
    let bare = words
        .iter()
        .skip_while(|word| HELPERS.contains(word))
        .copied()
        .collect::<Vec<_>>()
        .join(" ");
    PREPOSITIONS.contains(&cue.as_str())
        || ACTS.iter().any(|act| bare.starts_with(act) || cue.starts_with(act))
}

/// `3-10;15-20`.
fn spans(text: &str) -> impl Iterator<Item = (usize, usize)> {
    text.split(';').filter_map(|span| {
        let (from, to) = span.split_once('-')?;
        Some((from.parse().ok()?, to.parse().ok()?))
    })
}

#[derive(Default)]
struct Score {
    all: usize,
    right: usize,
    found: usize,
    gold: usize,
}

impl Score {
    fn count(&mut self, is_gold: bool, is_found: bool) {
        self.all += 1;
        self.add(usize::from(is_gold && is_found), usize::from(is_found), usize::from(is_gold));
    }

    fn add(&mut self, right: usize, found: usize, gold: usize) {
        self.right += right;
        self.found += found;
        self.gold += gold;
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let precision = self.right as f64 / self.found as f64;
        let recall = self.right as f64 / self.gold as f64;
        let f1 = 2.0 * self.right as f64 / (self.found + self.gold) as f64;
        write!(f, "precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}, gold {}", self.gold)
    }
}

/// Speakers of attributed sentences, by what kind of source is marked.
#[derive(Default)]
struct Speakers {
    named: usize,
    named_found: usize,
    named_right: usize,
    groups: usize,
    groups_right: usize,
    pronouns: usize,
    pronouns_resolved: usize,
}

impl Speakers {
    fn add(&mut self, sources: &[&str], found: &[String]) {
        let found = found.join("; ");
        let names: Vec<&str> = sources.iter().filter_map(|source| last_name(source)).collect();
        if !names.is_empty() {
            self.named += 1;
            self.named_found += usize::from(!found.is_empty());
            // Transcripts shout their names.
            let found = found.to_lowercase();
            let is_named = |name: &&str| found.contains(&name.to_lowercase());
            self.named_right += usize::from(names.iter().any(is_named));
        } else if sources.iter().all(|source| is_pronoun(source)) {
            self.pronouns += 1;
            self.pronouns_resolved += usize::from(!found.is_empty());
        } else {
            self.groups += 1;
            let found = found.to_lowercase();
            let heads = sources.iter().filter_map(|source| source.split_whitespace().last());
            self.groups_right +=
                usize::from(heads.into_iter().any(|head| found.contains(&head.to_lowercase())));
        }
    }
}

impl std::fmt::Display for Speakers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |right: usize, all: usize| right as f64 / all.max(1) as f64;
        writeln!(
            f,
            "speaker of attributed sentences, surname of a marked source in it: {:.3} of {}, \
             {:.3} of the {} that were given a speaker",
            share(self.named_right, self.named),
            self.named,
            share(self.named_right, self.named_found),
            self.named_found
        )?;
        writeln!(
            f,
            "unnamed sources, last word in it: {:.3} of {}",
            share(self.groups_right, self.groups),
            self.groups
        )?;
        write!(
            f,
            "pronouns, resolved to somebody (right or wrong): {:.3} of {}",
            share(self.pronouns_resolved, self.pronouns),
            self.pronouns
        )
    }
}

/// The surname at a source's head: the last word of its first part that ends with a capitalised
/// word, where commas and the like part it.
fn last_name(source: &str) -> Option<&str> {
    let parts = source.split([',', '(', ';', '—']).flat_map(|part| part.split(" who "));
    let parts = parts.flat_map(|part| part.split(" of ")).flat_map(|part| part.split(" from "));
    parts.filter_map(|part| part.split_whitespace().last()).find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let possessive = word.ends_with("’s") || word.ends_with("'s");
        let named = word.starts_with(char::is_uppercase) && !possessive && !is_pronoun(word);
        named.then_some(word)
    })
}

fn is_pronoun(word: &str) -> bool {
    let word = word.to_lowercase();
    matches!(
        word.as_str(),
        "" | "he"
            | "she"
            | "they"
            | "i"
            | "we"
            | "it"
            | "who"
            | "you"
            | "his"
            | "her"
            | "their"
            | "which"
    )
}

fn rows(path: &Path) -> Done<Vec<Row>> {
    let mut reader =
        csv::Reader::from_path(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(reader.deserialize().collect::<Result<_, _>>()?)
}
