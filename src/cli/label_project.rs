//! Begins a labelling: draws, finds the drawn sentences in their articles, and writes the journal.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use super::batches::for_each_article_batch;
use super::progress_bar::watched;
use super::sample::{Purpose, for_each_classified};
use super::shared_options::{TargetOptions, refuse_overwriting};
use crate::article::Article;
use crate::article_parts;
use crate::audit_sampling::{AuditSampler, Drawn};
use crate::classifier::Classifier;
use crate::codebook::Codebook;
use crate::error::Error;
use crate::io;
use crate::label_page::{Card, FORMAT, Header, Stratum};
use crate::label_server::LabelProject;
use crate::target::Target;
use crate::training_sampling::TrainingSampler;
use crate::voice::Voice;

/// What is labelled, by whom.
pub(super) struct Labelling<'a> {
    pub(super) purpose: Purpose,
    pub(super) per_outlet: usize,
    pub(super) seed: u64,
    pub(super) coders: Vec<String>,
    pub(super) overlap: f64,
    pub(super) is_blind: bool,
    pub(super) codebook: Option<&'a Path>,
    /// The arguments behind the command's name.
    pub(super) typed: &'a [OsString],
}

/// The largest codebook that is read.
const MAX_CODEBOOK: usize = 1 << 20;

/// Draws the sentences and begins their label file.
pub(super) fn begin(
    question: &TargetOptions,
    out: &Path,
    of: &Labelling<'_>,
) -> Result<LabelProject, Error> {
    refuse_overwriting(out, question.paths())?;
    LabelProject::check_new(out)?;
    if question.input.inputs.iter().any(|path| path == Path::new("-")) {
        let reason = "standard input cannot be labelled: the articles are read twice; give a file";
        return Err(Error::Option(reason.to_string()));
    }
    let targets = question.targets.0.clone();
    let classifier = watched(Classifier::new(question.model.read()?, targets));
    let (dimension, labels) = (classifier.model().dimension(), classifier.model().labels());
    let codebook = codebook(of.codebook, dimension, labels)?;
    let (drawn, strata) = draw(question, &classifier, of)?;
    let (articles, cards) = placed(question, drawn, &strata)?;
    let folder = std::env::current_dir().map(|folder| folder.display().to_string());
    let typed = of.typed.iter().map(|argument| argument.to_string_lossy().into_owned());
    let header = Header {
        format: FORMAT,
        arguments: typed.collect(),
        folder: folder.unwrap_or_default(),
        dimension: dimension.to_string(),
        labels: labels.to_vec(),
        codebook,
        coders: of.coders.clone(),
        overlap: of.overlap,
        is_blind: of.is_blind,
        secret: LabelProject::secret()?,
        strata,
    };
    LabelProject::create(out, header, &articles, &cards)
}

/// Draws at random, or what teaches most; of that no share is told, so that it has no strata.
fn draw(
    question: &TargetOptions,
    classifier: &Classifier,
    of: &Labelling<'_>,
) -> Result<(Vec<Drawn>, Vec<Stratum>), Error> {
    let (input, voices, seed) = (&question.input, &Voice::ALL, of.seed);
    let (drawn, expected) = match of.purpose {
        Purpose::Report => {
            let mut sampler = AuditSampler::new(classifier, of.per_outlet, voices, seed);
            for_each_classified(input, classifier, |article| sampler.add(article))?;
            sampler.finish()
        }
        Purpose::Training => {
            let labelled = Vec::new();
            let mut sampler =
                TrainingSampler::new(classifier, of.per_outlet, voices, seed, labelled);
            for_each_classified(input, classifier, |article| sampler.add(article))?;
            (sampler.finish(), Vec::new())
        }
    };
    if drawn.is_empty() {
        let reason = "no sentence names the target: nothing to draw from; give what the articles \
                      call it as --alias";
        return Err(Error::Option(reason.to_string()));
    }
    Ok((drawn, expected.into_iter().map(Stratum::from).collect()))
}

/// The user's codebook or the built-in one; its labels must be the model's, or no report could be made.
fn codebook(
    path: Option<&Path>,
    dimension: &str,
    labels: &[String],
) -> Result<Option<Codebook>, Error> {
    let Some(path) = path else { return Ok(Codebook::of(dimension)) };
    let bytes = io::read_bytes(path, MAX_CODEBOOK)?;
    let text = String::from_utf8(bytes)
        .map_err(|error| Error::file(path, format!("not UTF-8: {error}")))?;
    let book: Codebook =
        toml::from_str(&text).map_err(|error| Error::file(path, error.to_string().trim_end()))?;
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    if book.dimension != dimension || sorted(book.names()) != sorted(labels.to_vec()) {
        return Err(Error::file(
            path,
            format!(
                "defines {} with {}, but the model tells {dimension} with {}; both must have the same labels",
                book.dimension,
                book.names().join(", "),
                labels.join(", ")
            ),
        ));
    }
    Ok(Some(book))
}

/// Finds the drawn sentences in their articles; gives the articles and the cards in the order drawn.
fn placed(
    question: &TargetOptions,
    drawn: Vec<Drawn>,
    strata: &[Stratum],
) -> Result<(Vec<Article>, Vec<Card>), Error> {
    let mut wanted: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, row) in drawn.iter().enumerate() {
        wanted.entry(row.article_id.clone()).or_default().push(at);
    }
    let mut articles: Vec<Article> = Vec::new();
    let mut place_of: Vec<Option<u32>> = vec![None; drawn.len()];
    let find = |batch: Vec<Article>| {
        for article in batch {
            let Some(rows) = wanted.get(&article.id) else { continue };
            let sentences = article_parts::split(&article);
            let is_here = |row: &Drawn| {
                let sentence = row.sentence.checked_sub(1).and_then(|at| sentences.get(at));
                row.outlet == article.outlet && sentence.is_some_and(|s| s.text == row.text)
            };
            let number = u32::try_from(articles.len()).unwrap_or(u32::MAX);
            let mut is_used = false;
            for &row in rows {
                if place_of[row].is_none() && is_here(&drawn[row]) {
                    place_of[row] = Some(number);
                    is_used = true;
                }
            }
            drop(sentences);
            if is_used {
                articles.push(article);
            }
        }
    };
    let input = &question.input;
    for_each_article_batch(input.find()?, input, find, |()| Ok(()))?;
    let mut cards = Vec::with_capacity(drawn.len());
    for (row, place) in drawn.into_iter().zip(place_of) {
        let Some(article) = place else {
            let id = &row.article_id;
            let reason = format!("article `{id}` was changed while it was read; start again");
            return Err(Error::Option(reason));
        };
        let target = question.targets.0.iter().find(|target| target.name == row.target);
        let mentions = target.map_or_else(Vec::new, |target: &Target| target.mentions(&row.text));
        let is_of =
            |s: &Stratum| (&s.outlet, &s.target, s.voice) == (&row.outlet, &row.target, row.voice);
        let stratum = strata.iter().position(is_of).and_then(|at| u32::try_from(at).ok());
        cards.push(Card { article, mentions, stratum: stratum.unwrap_or_default(), drawn: row });
    }
    Ok((articles, cards))
}
