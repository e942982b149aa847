//! Reads the rows of a sentence table back into classified articles.

use std::collections::BTreeSet;

use super::column_names::{SEPARATOR, UNQUOTED};
use super::given_labels::GivenLabels;
use super::table_article::{TableArticle, TableSentence};
use crate::article::Article;
use crate::article_parts::ArticlePart;
use crate::classifier::TargetStance;
use crate::target::{Finder, Target, TargetRelation};
use crate::text::Span;
use crate::voice::{Attribution, Voice};

/// The cells of a row by the names of the columns; empty where the table lacks them.
pub struct RowCells<'r> {
    /// A cell by the name of its column.
    pub cell: &'r dyn Fn(&str) -> &'r str,
    /// The date, as it could be read.
    pub date: String,
    /// The label that the row names.
    pub label: &'r str,
    /// Each label of the columns `p_…` with its probability; none where these are empty.
    pub probabilities: Vec<(String, f64)>,
}

/// Makes articles of rows. Rows of one article stand together, its sentences by rising number, and of
/// one sentence there is a row for each target: as `classify` writes them.
#[derive(Debug)]
pub struct TableReader {
    labels: GivenLabels,
    /// Who predicted, as the rows say.
    model: Option<String>,
    targets: Vec<TableTarget>,
    /// Whether only these targets are read; else each that a row names is added.
    is_closed: bool,
    /// Whether the rows name no target: each sentence counts whole.
    is_whole: Option<bool>,
    article: Option<TableArticle>,
    /// Article and number of the first sentence, whose rows tell which targets there are.
    first: Option<(String, usize)>,
}

/// A target that is read.
#[derive(Debug)]
struct TableTarget {
    target: Target,
    finder: Finder,
    /// What sentences call it.
    names: BTreeSet<String>,
    is_found: bool,
}

/// Maximum number of names of a target that are taken from the table.
const MOST_NAMES: usize = 1000;

impl TableReader {
    /// A reader of predictions with some labels, for some targets; without these, for each that is named.
    pub fn new(labels: GivenLabels, targets: Vec<Target>) -> Self {
        let is_closed = !targets.is_empty();
        let targets = targets.into_iter().map(TableTarget::new).collect();
        TableReader {
            labels,
            model: None,
            targets,
            is_closed,
            is_whole: None,
            article: None,
            first: None,
        }
    }

    /// Takes in the next row; gives the article before, where the row begins another.
    ///
    /// # Errors
    /// A cell that cannot be, or that does not go with the rows before.
    pub fn add(&mut self, row: &RowCells<'_>) -> Result<Option<TableArticle>, String> {
        let cell = row.cell;
        self.check_model(cell("model"))?;
        let number = whole("sentence", cell("sentence"), 1)?;
        let target = cell("target");
        if *self.is_whole.get_or_insert(target.is_empty()) != target.is_empty() {
            return Err("some rows name a target and some none; expected either".to_owned());
        }
        let target = self.target(target, (cell("article_id"), number))?;
        let relation = match self.is_whole {
            Some(true) => TargetRelation::None,
            _ => relation(cell("about"))?,
        };
        let is_same = self.is_same_article(row);
        let sentence = self.article.as_mut().filter(|_| is_same).and_then(TableArticle::last);
        let is_again = sentence.as_ref().is_some_and(|(_, last)| last.number == number);
        let is_before = sentence.as_ref().is_some_and(|(_, last)| last.number > number);
        let has_reading = |at: usize| {
            sentence.as_ref().is_some_and(|(_, last)| {
                last.readings.get(at).is_some_and(|of| of.prediction.is_some())
            })
        };
        let is_double = is_again && target.is_some_and(has_reading);
        // Two articles of one id may follow each other: the second begins with its first sentence.
        let ended = match !is_same || is_before || (is_double && number == 1) {
            true => self.article.replace(TableArticle::new(article(row))),
            false if is_double => {
                let name = cell("target");
                return Err(format!("a second row of sentence {number} about `{name}`"));
            }
            false => None,
        };
        let is_new = !is_again || ended.is_some();
        if is_new {
            let sentence = self.sentence(number, row)?;
            let article = self.article.get_or_insert_with(|| TableArticle::new(article(row)));
            article.push(cell("text").to_owned(), sentence);
        }
        if let Some(target) = target {
            self.read(target, relation, row)?;
        }
        Ok(ended)
    }

    /// The last article, once all rows are added.
    pub fn take_last(&mut self) -> Option<TableArticle> {
        self.article.take()
    }

    /// Who predicted, as the rows say; none where they do not.
    pub fn model(&self) -> Option<&str> {
        self.model.as_deref().filter(|name| !name.is_empty())
    }

    /// The targets of the rows so far. Those that were not given are also called what sentences call them.
    ///
    /// # Errors
    /// A target that was given and that no row names.
    pub fn into_targets(self) -> Result<Vec<Target>, String> {
        if let Some(lost) = self.targets.iter().find(|of| !of.is_found) {
            let name = &lost.target.name;
            return Err(format!(
                "no row of the sentence table is about `{name}`; --target takes the names that stand in \
                 its column `target`, and can be left out"
            ));
        }
        let is_closed = self.is_closed;
        Ok(self.targets.into_iter().map(|of| of.named(is_closed)).collect())
    }

    fn check_model(&mut self, model: &str) -> Result<(), String> {
        match &self.model {
            None => self.model = Some(model.to_owned()),
            Some(known) if known != model => {
                return Err(format!(
                    "predicted by `{model}`, rows before by `{known}`; a report counts predictions of \
                     one model"
                ));
            }
            Some(_) => {}
        }
        Ok(())
    }

    /// The index of the target of a row about some sentence; none of one that is not read.
    fn target(&mut self, name: &str, place: (&str, usize)) -> Result<Option<usize>, String> {
        if self.is_whole == Some(true) {
            return Ok((!self.is_closed).then_some(0));
        }
        let (article, number) = self.first.get_or_insert_with(|| (place.0.to_owned(), place.1));
        let is_first = (article.as_str(), *number) == place;
        if let Some(at) = self.targets.iter().position(|of| of.target.name == name) {
            self.targets[at].is_found = true;
            return Ok(Some(at));
        }
        if self.is_closed {
            return Ok(None);
        }
        if !is_first {
            return Err(format!(
                "`{name}` is a target that the first sentence has no row for; name each as --target"
            ));
        }
        let found = TableTarget { is_found: true, ..TableTarget::new(Target::named(name)) };
        self.targets.push(found);
        Ok(Some(self.targets.len() - 1))
    }

    fn is_same_article(&self, row: &RowCells<'_>) -> bool {
        let Some(open) = self.article.as_ref().map(TableArticle::article) else { return false };
        let fields = [(&open.id, "article_id"), (&open.outlet, "outlet"), (&open.url, "url")];
        fields.into_iter().all(|(known, name)| known == (row.cell)(name)) && open.date == row.date
    }

    fn sentence(&self, number: usize, row: &RowCells<'_>) -> Result<TableSentence, String> {
        let cell = row.cell;
        let text = cell("text");
        let voice = known("voice", cell("voice"), Voice::of_name, Voice::Outlet)?;
        let attribution = match voice {
            Voice::Outlet => Attribution::outlet(),
            Voice::Attributed => Attribution {
                voice,
                speakers: names(cell("speaker")),
                cue: cell("cue").to_owned(),
                is_unquoted: cell("unquoted") == UNQUOTED,
            },
        };
        let unread = |_: usize| TargetStance {
            about: TargetRelation::None,
            mentions: Vec::new(),
            prediction: None,
            hand_label: None,
        };
        let start = whole("start", cell("start"), 0)?;
        Ok(TableSentence {
            number,
            part: known("part", cell("part"), ArticlePart::of_name, ArticlePart::Body)?,
            paragraph: whole("paragraph", cell("paragraph"), 0)?,
            span: start..start.saturating_add(text.len()),
            attribution,
            readings: (0..self.targets.len().max(1)).map(unread).collect(),
            shared_with: names(cell("shared_with")),
        })
    }

    /// Takes what a row says of the open sentence and a target.
    fn read(
        &mut self,
        target: usize,
        about: TargetRelation,
        row: &RowCells<'_>,
    ) -> Result<(), String> {
        let prediction = self.labels.prediction(row.label, &row.probabilities)?;
        let Some((text, sentence)) = self.article.as_mut().and_then(TableArticle::last) else {
            return Ok(());
        };
        let is_read = about != TargetRelation::None || self.is_whole == Some(true);
        let is_counted = sentence.part.is_counted() && is_read;
        if is_counted && prediction.is_none() {
            return Err(
                "no probabilities, although the sentence is about its target; fill in the \
                        columns p_…, or set `about` to none"
                    .to_owned(),
            );
        }
        // A target that was not named before has no place in the sentence yet.
        if sentence.readings.len() <= target {
            let unread = sentence.readings[0].clone();
            let unread = TargetStance { about: TargetRelation::None, prediction: None, ..unread };
            sentence.readings.resize(target + 1, unread);
        }
        let mentions = match self.targets.get_mut(target) {
            Some(of) if about == TargetRelation::Mention => {
                of.mentions(text, (row.cell)("mentions"), self.is_closed)
            }
            _ => Vec::new(),
        };
        let prediction = prediction.filter(|_| is_counted);
        sentence.readings[target] = TargetStance { about, mentions, prediction, hand_label: None };
        Ok(())
    }
}

impl TableTarget {
    fn new(target: Target) -> Self {
        let finder = target.finder();
        TableTarget { target, finder, names: BTreeSet::new(), is_found: false }
    }

    /// Where it stands in a text that calls it by some names.
    fn mentions(&mut self, text: &str, called: &str, is_closed: bool) -> Vec<Span> {
        let called = names(called);
        let known = if is_closed { self.finder.mentions(text) } else { Vec::new() };
        if !known.is_empty() {
            return known;
        }
        let mut places: Vec<Span> =
            called.iter().flat_map(|name| whole_words(text, name)).collect();
        places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
        let mut end = 0;
        places.retain(|place| {
            let is_apart = place.start >= end;
            end = end.max(place.end);
            is_apart
        });
        if !is_closed && self.names.len() < MOST_NAMES {
            self.names.extend(called);
        }
        places
    }

    /// With the names by which sentences call it, those that the others do not find anyway.
    fn named(self, is_closed: bool) -> Target {
        let mut target = self.target;
        if !is_closed {
            for name in self.names {
                if target.mentions(&name).is_empty() {
                    target.aliases.push(name);
                }
            }
        }
        target
    }
}

/// Where a name stands in a text as whole words; where it does nowhere, all places.
fn whole_words(text: &str, name: &str) -> Vec<Span> {
    let places = || text.match_indices(name).map(|(at, found)| at..at + found.len());
    let is_whole = |place: &Span| {
        let before = text[..place.start].chars().next_back();
        let after = text[place.end..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    };
    let whole: Vec<Span> = places().filter(is_whole).collect();
    if whole.is_empty() { places().collect() } else { whole }
}

fn article(row: &RowCells<'_>) -> Article {
    let cell = |name| (row.cell)(name).to_owned();
    Article {
        id: cell("article_id"),
        outlet: cell("outlet"),
        date: row.date.clone(),
        url: cell("url"),
        ..Article::default()
    }
}

/// The names in one cell.
fn names(cell: &str) -> Vec<String> {
    let names = cell.split(SEPARATOR.trim_end()).map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

/// A whole number, `least` where the cell is empty.
fn whole(column: &str, cell: &str, least: usize) -> Result<usize, String> {
    let number = match cell.trim() {
        "" if least == 0 => Some(0),
        cell => cell.strip_suffix(".0").unwrap_or(cell).parse().ok(),
    };
    let number = number.filter(|number| (least..=u32::MAX as usize).contains(number));
    number.ok_or_else(|| format!("`{column}` is `{cell}`; expected a whole number from {least} on"))
}

fn relation(cell: &str) -> Result<TargetRelation, String> {
    let all = [TargetRelation::Mention, TargetRelation::Context, TargetRelation::None];
    let found = all.into_iter().find(|relation| relation.name() == cell.trim());
    found.ok_or_else(|| format!("`about` is `{cell}`; expected mention, context or none"))
}

fn known<T>(
    column: &str,
    cell: &str,
    of_name: impl Fn(&str) -> Option<T>,
    missing: T,
) -> Result<T, String> {
    match cell.trim() {
        "" => Ok(missing),
        name => of_name(name).ok_or_else(|| format!("`{column}` is `{name}`, which there is not")),
    }
}
