//! The files of one labelling: the journal with the drawn sentences, and the label file beside it.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::label_file::LabelFile;
use crate::article::Article;
use crate::error::Error;
use crate::io::{LinesAt, SyncedLog};
use crate::label_page::{Card, CardFacts, Decision, FORMAT, Header, Record, Session};
use crate::render::label_table;

/// A labelling that is open: its state in memory, and its files.
#[derive(Debug)]
pub struct LabelProject {
    pub(super) session: Session,
    pub(super) texts: CardTexts,
    pub(super) journal: SyncedLog,
    pub(super) label_file: LabelFile,
}

/// The texts of cards and articles, which stay on disk.
#[derive(Debug)]
pub(super) struct CardTexts {
    lines: LinesAt,
    cards: Vec<(u64, usize)>,
    articles: Vec<(u64, usize)>,
}

impl LabelProject {
    /// A secret for a header, from the system's random numbers.
    pub fn secret() -> Result<String, Error> {
        random_hexadecimal()
    }

    /// The journal of a label file: its name with `.journal` behind it.
    pub fn journal_path(label_file: &Path) -> PathBuf {
        let mut name = label_file.as_os_str().to_owned();
        name.push(".journal");
        PathBuf::from(name)
    }

    /// Refuses a label file that is there already, or whose journal is.
    pub fn check_new(label_file: &Path) -> Result<(), Error> {
        let path = Self::journal_path(label_file);
        for path in [label_file, &path] {
            if path.exists() {
                let file = label_file.display();
                let reason = format!(
                    "is there already; go on with it by `framescope label --resume {file}`, or give \
                     --out another name"
                );
                return Err(Error::file(path, reason));
            }
        }
        Ok(())
    }

    /// Begins a labelling: writes the journal and an empty label file.
    ///
    /// # Errors
    /// A label file or journal that is there already, and what cannot be written.
    pub fn create(
        label_file: &Path,
        header: Header,
        articles: &[Article],
        cards: &[Card],
    ) -> Result<Self, Error> {
        Self::check_new(label_file)?;
        let path = Self::journal_path(label_file);
        let header = std::iter::once(Record::Header(Box::new(header)));
        let articles = articles.iter().map(|article| Record::Article(article.clone()));
        let cards = cards.iter().map(|card| Record::Card(Box::new(card.clone())));
        let journal = SyncedLog::create(&path, |out| {
            header.chain(articles).chain(cards).try_for_each(|record| out.write_all(&line(&record)))
        })?;
        journal.keep_private()?;
        Self::load(label_file, journal)
    }

    /// Opens a labelling where it was left.
    ///
    /// # Errors
    /// No journal, one of another version or a damaged one, one that another program holds, and a label file
    /// that was changed elsewhere.
    pub fn open(label_file: &Path) -> Result<Self, Error> {
        let path = Self::journal_path(label_file);
        if !path.exists() {
            let reason = "there is no such journal: --resume takes the label file that `framescope \
                          label --out` has begun, with its journal beside it";
            return Err(Error::file(&path, reason));
        }
        Self::load(label_file, SyncedLog::open(&path)?)
    }

    fn load(label_file: &Path, journal: SyncedLog) -> Result<Self, Error> {
        let mut reading = Reading::default();
        journal.for_each_line(|start, line| reading.add(start, line))?;
        let Reading { header, facts, cards, articles, decided } = reading;
        let Some(header) = header else {
            return Err(Error::file(journal.path(), "is empty; expected a journal's header"));
        };
        let texts = CardTexts { lines: journal.lines_at()?, cards, articles };
        let mut session = Session::new(*header, facts);
        let mut written = Vec::new();
        for record in decided {
            if let Record::Decided(decision) = &record {
                let key = (decision.card, decision.coder.clone());
                written.push((key, texts.row(decision)?));
            }
            session.apply(record);
        }
        let label_file = LabelFile::open(label_file, &written, &session)?;
        Ok(LabelProject { session, texts, journal, label_file })
    }

    /// What is labelled, by whom, and how.
    pub fn header(&self) -> &Header {
        self.session.header()
    }

    /// The number of drawn sentences.
    pub fn n_cards(&self) -> usize {
        self.session.cards().len()
    }

    /// Whether the sentences were chosen to train on, not drawn at random.
    ///
    /// # Errors
    /// A journal that cannot be read any more.
    pub fn is_for_training(&self) -> Result<bool, Error> {
        let first = (self.n_cards() > 0).then(|| self.texts.card(0)).transpose()?;
        Ok(first.is_some_and(|card| card.drawn.probability.is_none()))
    }

    /// The number of decisions that count.
    pub fn n_decided(&self) -> usize {
        self.session.decisions().count()
    }
}

impl CardTexts {
    /// A card with its text.
    pub(super) fn card(&self, number: u32) -> Result<Card, Error> {
        match self.record(self.cards.get(number as usize))? {
            Some(Record::Card(card)) => Ok(*card),
            _ => Err(Error::Option(format!("there is no card {number}"))),
        }
    }

    /// An article.
    pub(super) fn article(&self, number: u32) -> Result<Article, Error> {
        match self.record(self.articles.get(number as usize))? {
            Some(Record::Article(article)) => Ok(article),
            _ => Err(Error::Option(format!("there is no article {number}"))),
        }
    }

    /// A decision as a row of the label file.
    pub(super) fn row(&self, decision: &Decision) -> Result<Vec<u8>, Error> {
        Ok(label_table::row(&self.card(decision.card)?, decision))
    }

    fn record(&self, place: Option<&(u64, usize)>) -> Result<Option<Record>, Error> {
        let Some(&(start, length)) = place else { return Ok(None) };
        let line = self.lines.read(start, length)?;
        let damaged = |error| Error::Option(format!("the journal was changed: {error}"));
        serde_json::from_slice(&line).map(Some).map_err(damaged)
    }
}

/// 32 random hexadecimal digits from the system.
pub(super) fn random_hexadecimal() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::Option(format!("the system gives no random numbers: {error}")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// One record as a line of the journal.
pub(super) fn line(record: &Record) -> Vec<u8> {
    // Records hold neither maps with odd keys nor anything else that JSON cannot hold.
    let mut line = serde_json::to_vec(record).unwrap_or_default();
    line.push(b'\n');
    line
}

/// What a journal holds, as it is read.
#[derive(Default)]
struct Reading {
    header: Option<Box<Header>>,
    facts: Vec<CardFacts>,
    cards: Vec<(u64, usize)>,
    articles: Vec<(u64, usize)>,
    decided: Vec<Record>,
}

impl Reading {
    fn add(&mut self, start: u64, line: &[u8]) -> Result<(), String> {
        let record: Record = serde_json::from_slice(line)
            .map_err(|error| format!("no record of a journal: {error}; was the file changed?"))?;
        let place = (start, line.len());
        match record {
            Record::Header(header) if header.format != FORMAT => {
                let found = header.format;
                return Err(format!(
                    "format {found}, this program reads {FORMAT}: go on with the program that wrote it"
                ));
            }
            Record::Header(header) => self.header = Some(header),
            Record::Article(_) => self.articles.push(place),
            Record::Card(card) => {
                let Card { drawn, stratum, .. } = *card;
                // What was chosen to train on has no probability, and no interval rests on it.
                let (predicted, drawn) = (drawn.predicted, drawn.probability.unwrap_or(1.0));
                self.facts.push(CardFacts { stratum, predicted, drawn });
                self.cards.push(place);
            }
            decided @ (Record::Decided(_) | Record::Undone(_)) => self.decided.push(decided),
        }
        Ok(())
    }
}
