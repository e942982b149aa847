//! The story of an article's voices, told paragraph by paragraph: what one sentence leaves open,
//! those before it may answer.

use super::lexicon::Role;
use super::names::Names;
use super::noun::{self, Head, Source};
use super::paragraph::Paragraph;
use super::speech::Reading;
use super::words::{Kind, Quoted, Words};
use super::{Attribution, Voice};

/// The longest paragraph, in words, that only names who speaks in the next.
const LONGEST_LEAD: usize = 14;

/// What is known so far.
#[derive(Debug)]
pub(super) struct Teller {
    names: Names,
    /// Who spoke last, and how many paragraphs ago.
    last: Vec<String>,
    silence: usize,
    /// The person that the latest sentence was about.
    subject: Option<String>,
    /// Whether the paragraph before was left open.
    open: bool,
    lead: Option<Lead>,
}

/// Who speaks in the next paragraph, as the one before it announced.
#[derive(Debug)]
struct Lead {
    speakers: Vec<String>,
    cue: String,
    kind: LeadKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LeadKind {
    /// `Elm said:`; what follows is Elm's.
    Colon,
    /// `Elm tweeted:`; the tweet itself may have been lost on the page.
    Tweet,
    /// `Mayor Jo Elm…`; what follows goes on with the verb.
    Unfinished,
    /// Elm's paragraph has passed; another in the first person would be Elm's too.
    Fading,
}

impl Teller {
    pub(super) fn new(names: Names) -> Self {
        Teller { names, last: Vec::new(), silence: 0, subject: None, open: false, lead: None }
    }

    /// The voice of each sentence of the next paragraph.
    pub(super) fn tell(&mut self, paragraph: &Paragraph, words: &[Words<'_>]) -> Vec<Attribution> {
        let readings: Vec<Reading> = words.iter().map(Reading::new).collect();
        let lead = self.lead.take();
        let block = lead.as_ref().filter(|lead| lead.covers(paragraph, words, &readings));
        let mut found: Vec<Attribution> = Vec::with_capacity(words.len());
        for at in 0..words.len() {
            let told =
                self.sentence(paragraph, words, &readings, at, lead.as_ref(), block, found.last());
            if told.voice == Voice::Attributed && !told.speakers.is_empty() {
                self.last.clone_from(&told.speakers);
                self.silence = 0;
            }
            self.remember(&words[at], &told);
            found.push(told);
        }
        sign(words, &mut found, &self.names);
        self.silence += 1;
        self.open = paragraph.is_open();
        self.lead = self.next_lead(words, &readings, &found).or_else(|| block.and_then(Lead::fade));
        found
    }

    #[allow(clippy::too_many_arguments, reason = "all that a sentence's voice can depend on")]
    fn sentence(
        &self,
        paragraph: &Paragraph,
        words: &[Words<'_>],
        readings: &[Reading],
        at: usize,
        lead: Option<&Lead>,
        block: Option<&Lead>,
        before: Option<&Attribution>,
    ) -> Attribution {
        let (here, reading) = (&words[at], &readings[at]);
        let colon = colon_source(here);
        if let Some(block) = block.filter(|_| reading.speeches.is_empty()) {
            return attributed(block.speakers.clone(), block.cue.clone());
        }
        if let Some(source) = colon.filter(|_| {
            reading.main().is_none_or(|speech| speech.source.is_none() || !speech.trails)
        }) {
            return attributed(self.resolve(here, &source, before), ":".to_string());
        }
        if !reading.is_mostly_content(here) {
            return Attribution::outlet();
        }
        let Some(speech) = reading.main() else {
            return self.floating(paragraph, words, readings, at, before, lead);
        };
        let cue = here.slice(&speech.cue).to_string();
        let speakers = match (&speech.source, lead) {
            (Some(source), _) => self.resolve(here, source, before),
            (None, Some(lead)) if at == 0 => lead.speakers.clone(),
            (None, _) => Vec::new(),
        };
        attributed(speakers, cue)
    }

    /// A sentence of quoted words with nobody in it who says them.
    fn floating(
        &self,
        paragraph: &Paragraph,
        words: &[Words<'_>],
        readings: &[Reading],
        at: usize,
        before: Option<&Attribution>,
        lead: Option<&Lead>,
    ) -> Attribution {
        // The same quotation may end in a reporting clause further on.
        for next in at + 1..words.len() {
            if !paragraph.goes_on_quoting(next) {
                break;
            }
            if let Some(speech) = readings[next].main().filter(|speech| speech.trails) {
                let source = speech.source.as_ref();
                let speakers = source
                    .map_or_else(Vec::new, |source| self.resolve(&words[next], source, before));
                return attributed(speakers, String::new());
            }
        }
        if let Some(lead) = lead.filter(|_| at == 0) {
            return attributed(lead.speakers.clone(), lead.cue.clone());
        }
        let speakers = match before {
            Some(before) if before.voice == Voice::Attributed => before.speakers.clone(),
            None if self.open || self.silence <= 2 => self.last.clone(),
            _ => self.subject.iter().cloned().collect(),
        };
        attributed(speakers, String::new())
    }

    /// The names behind a phrase; none where it is not plain.
    fn resolve(
        &self,
        words: &Words<'_>,
        source: &Source,
        before: Option<&Attribution>,
    ) -> Vec<String> {
        match &source.head {
            Head::Name(name) => {
                let printed = words.slice(name);
                printed.split(" and ").map(|name| self.names.full(name)).collect()
            }
            Head::Office(office) => {
                let printed = words.slice(office);
                vec![self.names.holder(printed).unwrap_or_else(|| printed.to_string())]
            }
            Head::Group(group) => {
                let printed = words.slice(group);
                let role = Some(printed)
                    .filter(|role| role.split(' ').count() <= 3 && !role.ends_with('s'));
                vec![
                    role.and_then(|role| self.names.holder(role))
                        .unwrap_or_else(|| printed.to_string()),
                ]
            }
            Head::Pronoun(at) => self.pronoun(words, *at, before),
            Head::Own => Vec::new(),
        }
    }

    fn pronoun(&self, words: &Words<'_>, at: usize, before: Option<&Attribution>) -> Vec<String> {
        let female = match words.lower(at) {
            "he" => false,
            "she" => true,
            _ => return self.group(before),
        };
        let fits = |name: &String| self.names.is_female(name).is_none_or(|is| is == female);
        let mut here: Vec<String> = self.names.people_in(words, 0..at);
        here.retain(fits);
        here.dedup();
        if let [one] = &here[..] {
            return vec![one.clone()];
        }
        let last = (self.silence <= 2)
            .then_some(&self.last)
            .filter(|last| last.len() == 1 && is_person(&last[0]));
        let speaker = last.and_then(|last| last.first());
        let subject = self.subject.as_ref();
        let (first, second) =
            if self.silence == 0 { (speaker, subject) } else { (subject, speaker) };
        first
            .filter(|name| fits(name))
            .or(second.filter(|name| fits(name)))
            .cloned()
            .into_iter()
            .collect()
    }

    /// Whom `they` stands for: whoever spoke last, if several.
    fn group(&self, before: Option<&Attribution>) -> Vec<String> {
        let last = before.map_or(&self.last, |before| &before.speakers);
        let several = last.len() > 1 || last.first().is_some_and(|name| !is_person(name));
        if several && self.silence <= 2 { last.clone() } else { Vec::new() }
    }

    /// Keeps in mind whom the sentence was about.
    fn remember(&mut self, words: &Words<'_>, told: &Attribution) {
        let named = self.names.people_in(words, 0..words.len()).into_iter().next();
        let spoken = told.speakers.first().filter(|name| is_person(name)).cloned();
        self.subject = spoken.or(named).or_else(|| self.subject.take());
    }

    /// What the paragraph's last sentence announces.
    fn next_lead(
        &self,
        words: &[Words<'_>],
        readings: &[Reading],
        found: &[Attribution],
    ) -> Option<Lead> {
        let (last, reading) = (words.last()?, readings.last()?);
        let end = last.len().checked_sub(1)?;
        let short = last.len() <= LONGEST_LEAD + 2;
        if last.text(end) == "…" || (last.text(end) == "." && last.text(end.wrapping_sub(1)) == ".")
        {
            let first = noun::after(last, 0).filter(|_| short && reading.speeches.is_empty())?;
            let speakers = self.resolve(last, &first, None);
            return Some(Lead { speakers, cue: String::new(), kind: LeadKind::Unfinished });
        }
        if !last.is(end, Kind::Colon) {
            return None;
        }
        let before = found.len().checked_sub(2).map(|at| &found[at]);
        let announced = announcing(last, end);
        let cue = announced.map_or_else(|| ":".to_string(), |at| last.text(at).to_string());
        let kind = if cue.starts_with("tweet") { LeadKind::Tweet } else { LeadKind::Colon };
        let source =
            announced.and_then(|at| noun::before(last, at)).or_else(|| noun::after(last, 0));
        let named = source.filter(|source| {
            announced.is_some() || (short && matches!(source.head, Head::Name(_)))
        })?;
        let mut speakers = self.resolve(last, &named, before);
        if speakers.is_empty() || !matches!(named.head, Head::Name(_)) {
            speakers = self.names.people_in(last, 0..end).into_iter().take(1).collect();
        }
        (!speakers.is_empty()).then_some(Lead { speakers, cue, kind })
    }
}

impl Lead {
    /// Whether the paragraph after it is the speaker's, quote marks or not.
    fn covers(&self, paragraph: &Paragraph, words: &[Words<'_>], readings: &[Reading]) -> bool {
        let first = readings.first().is_some_and(|reading| reading.speeches.is_empty());
        let owned = || words.iter().any(is_in_first_person);
        first
            && match self.kind {
                LeadKind::Colon => !paragraph.opens_quoted(),
                LeadKind::Tweet | LeadKind::Fading => !paragraph.opens_quoted() && owned(),
                LeadKind::Unfinished => false,
            }
    }

    fn fade(&self) -> Option<Lead> {
        (self.kind != LeadKind::Unfinished).then(|| Lead {
            speakers: self.speakers.clone(),
            cue: String::new(),
            kind: LeadKind::Fading,
        })
    }
}

fn attributed(speakers: Vec<String>, cue: String) -> Attribution {
    Attribution { voice: Voice::Attributed, speakers, cue }
}

/// Groups and roles begin with a small letter, people do not.
fn is_person(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

fn is_in_first_person(words: &Words<'_>) -> bool {
    (0..words.len()).any(|at| {
        words.quoted(at) == Quoted::No
            && (words.plays(at, Role::Own)
                || words.any(at, &["my", "our", "i've", "i’ve", "i'm", "i’m"]))
            && !words.any(at, &["there", "one", "us"])
    })
}

/// The attributing verb in the last words before a colon, or `as follows`.
fn announcing(words: &Words<'_>, colon: usize) -> Option<usize> {
    let from = colon.saturating_sub(8);
    (from..colon).rev().find(|at| words.cue(*at).is_some() || words.any(*at, &["follows"]))
}

/// `Jo Elm: The dam will hold`: who stands before the colon that opens a sentence.
fn colon_source(words: &Words<'_>) -> Option<Source> {
    let colon = (1..words.len().min(7)).find(|at| words.is(*at, Kind::Colon))?;
    let named = (0..colon).all(|at| words.is_capital(at) || words.is(at, Kind::Stop))
        && !words.plays(0, Role::Label)
        && !words.plays(0, Role::Time);
    let shouted = words.text(0).chars().all(|c| !c.is_lowercase()) && colon > 2;
    let followed =
        words.len() > colon + 4 && (words.is_capital(colon + 1) || words.is(colon + 1, Kind::Mark));
    let source = noun::before(words, colon).filter(|_| named && followed && !shouted)?;
    matches!(source.head, Head::Name(_)).then_some(source)
}

/// Gives a tweet's sentences to whoever signed it.
fn sign(words: &[Words<'_>], found: &mut [Attribution], names: &Names) {
    let mut from = 0;
    for at in 0..words.len() {
        if let Some(name) = signature(&words[at]) {
            for told in &mut found[from..=at] {
                if told.cue.is_empty() || told.speakers.is_empty() || at == from {
                    *told = attributed(vec![names.full(name)], String::new());
                }
            }
            from = at + 1;
        }
    }
}

/// The name in `— Jo Elm (@joelm)`.
fn signature<'a>(words: &Words<'a>) -> Option<&'a str> {
    let handle = (1..words.len())
        .rev()
        .take(12)
        .find(|at| words.text(*at).starts_with('@') && words.is(at - 1, Kind::Open))?;
    let dash = (0..handle - 1).rev().take(10).find(|at| words.is(*at, Kind::Dash))?;
    Some(words.slice(&(dash + 1..handle - 1))).filter(|name| !name.is_empty())
}
