//! What training prints.

use super::model_card;
use super::scores::{self, signed};
use crate::model::card::{Card, CrossValidation, HeldOutUnit};
use crate::render::sanitize::tidy;
use crate::render::terminal::wrap;
use crate::training::dataset::Dataset;
use crate::training::{Trained, Tried};

/// Maximum number of outlets named.
const MOST_OUTLETS: usize = 8;

/// What was read, the scores in cross-validation, the heaviest features, and warnings.
pub fn text(trained: &Trained, dataset: &Dataset) -> String {
    let card = trained.model.card();
    let mut out = read(dataset);
    out += &match (&card.scores, card.cross_validation) {
        (Some(found), Some(how)) => format!("\n{}\n{}", held_out(how), scores::text(found, None)),
        _ => format!("\n{}", scores::NOT_KNOWN),
    };
    out += &base(trained, card);
    out += &penalties(trained, card);
    out += &format!("\n{}", model_card::weights(&trained.model));
    for warning in &trained.warnings {
        out += &format!("\nwarning: {warning}");
    }
    if !trained.warnings.is_empty() {
        out.push('\n');
    }
    out
}

fn read(dataset: &Dataset) -> String {
    let counts = dataset.labels.iter().zip(dataset.label_counts());
    let labels: Vec<String> =
        counts.map(|(label, count)| format!("{} {count:.0}", tidy(label))).collect();
    let (n, without) = (dataset.gold.len(), dataset.n_without_article);
    let articles = match without {
        0 => format!("in {} articles", dataset.n_articles()),
        without if without == n => "without article_id".to_string(),
        without => format!("in {} articles, {without} without article_id", dataset.n_articles()),
    };
    let mut out = format!(
        "read     {} rows: {n} sentences {articles}\nlabels   {}\noutlets  {}\n",
        dataset.n_rows,
        labels.join(", "),
        outlets(dataset),
    );
    if dataset.n_repeated() > 0 {
        out += &format!(
            "repeats  {} sentences nearly stand in another article too\n",
            dataset.n_repeated()
        );
    }
    if !dataset.silver.is_empty() {
        out += &format!(
            "silver   {} sentences, learnt from and never judged by\n",
            dataset.silver.len()
        );
    }
    if dataset.n_coded_twice > 0 {
        out += &format!(
            "coders   {} sentences coded more than once, {} of them adjudicated\n",
            dataset.n_coded_twice, dataset.n_adjudicated
        );
    }
    out
}

/// How rows were held out.
fn held_out(how: CrossValidation) -> String {
    let units = match how.unit {
        HeldOutUnit::Articles => "whole articles",
        HeldOutUnit::Sentences => "sentences",
    };
    let mut out = String::new();
    let again = match how.repetitions {
        1 => String::new(),
        n => {
            format!(" Penalties are compared on {n} such assignments, the scores are of the first.")
        }
    };
    let line = format!(
        "{} folds of {units}; every row is judged by a model that has read neither it nor what nearly \
         repeats it.{again}",
        how.folds
    );
    wrap(&mut out, "Cross-validation: ", &line, 0);
    out
}

/// The outlets with the most sentences.
fn outlets(dataset: &Dataset) -> String {
    let mut outlets: Vec<(&String, &usize)> =
        dataset.outlets.iter().filter(|(name, _)| !name.is_empty()).collect();
    if outlets.is_empty() {
        return "none named".to_string();
    }
    outlets.sort_by(|a, b| b.1.cmp(a.1));
    let named = outlets.iter().take(MOST_OUTLETS).map(|(name, n)| format!("{} {n}", tidy(name)));
    let named: Vec<String> = named.collect();
    match outlets.len().saturating_sub(MOST_OUTLETS) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// What adapting the base gains.
fn base(trained: &Trained, card: &Card) -> String {
    let (Some(base), Some(name)) = (&trained.base, &card.settings.base) else {
        return String::new();
    };
    format!(
        "\nbase     {} alone: macro-F1 {:.3} on the same rows\n         adapting it has brought {}\n",
        tidy(name),
        base.macro_f1,
        signed(base.gain)
    )
}

/// The penalties tried, the one chosen, and how the solver converged.
fn penalties(trained: &Trained, card: &Card) -> String {
    let figures =
        |tried: &Tried| format!("{} ({:.4}, {:.3})", tried.penalty, tried.log_loss, tried.macro_f1);
    let tried = trained.tried.iter().map(figures);
    let tried: Vec<String> = tried.collect();
    let convergence = trained.convergence;
    let mut out = String::from("\n");
    let criterion = match card.settings.base {
        Some(_) => "chosen as the strongest within one standard error of the lowest log-loss",
        None => "chosen by the lowest log-loss",
    };
    let tried = tried.join(", ");
    let unchosen = format!("{}, in the middle of those to try: nothing was held out", card.penalty);
    let chosen =
        format!("{} {criterion}; log-loss and macro-F1 on rows not seen: {tried}", card.penalty);
    let line = if tried.is_empty() { unchosen } else { chosen };
    wrap(&mut out, "penalty ", &line, 9);
    if card.settings.balance > 0.0 {
        let line = format!(
            "{}: rare labels are predicted from lower probabilities on (0: always the most probable)",
            card.settings.balance
        );
        wrap(&mut out, "balance ", &line, 9);
    }
    out + &format!(
        "solver   converged in {} Newton steps ({} products): loss {:.4}, gradient {:.1e}\n",
        convergence.steps, convergence.products, convergence.value, convergence.gradient
    )
}
