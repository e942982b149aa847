//! The card of a model, and its heaviest features.

use std::borrow::Cow;

use serde::Serialize;

use super::json::pretty;
use super::scores;
use crate::model::Model;
use crate::model::card::Card;
use crate::render::sanitize::tidy;
use crate::render::terminal::wrap;

/// Maximum number of features shown of each label.
const TOP_FEATURES: usize = 20;

/// For people.
pub fn text(model: &Model) -> String {
    let card = model.card();
    let mut out = format!(
        "model      {}\ndimension  {}\nlabels     {}\nfeatures   {}\n{}\
         made by    framescope {}{}\nsettings   {} folds, seed {}, penalty {}{}{}\n",
        model.name(),
        tidy(&card.dimension),
        tidy(&card.labels.join(", ")),
        features(model),
        card.settings
            .base
            .as_ref()
            .map_or(String::new(), |base| format!("adapted    from {}\n", tidy(base))),
        tidy(&card.program),
        card.date.as_ref().map_or(String::new(), |date| format!(" on {}", tidy(date))),
        card.cross_validation.map_or(card.settings.folds, |how| how.folds),
        card.settings.seed,
        card.penalty,
        card.settings.max_features.map_or(String::new(), |n| format!(", {n} features at most")),
        without(&card.settings.without),
    );
    for source in &card.sources {
        out += &format!("trained on {} sha256 {}\n", tidy(&source.name), tidy(&source.sha256));
    }
    for file in &card.words {
        out += &format!(
            "words from {} sha256 {}: {} words used, {} numbers each\n",
            tidy(&file.name),
            tidy(&file.sha256),
            file.n_words,
            file.dimension
        );
    }
    out += &match &card.scores {
        Some(found) => {
            format!("\nIn cross-validation, on rows not seen:\n{}", scores::text(found, None))
        }
        None => format!("\n{}", scores::NOT_KNOWN),
    };
    out + "\n" + &weights(model)
}

/// How many features, and of what.
fn features(model: &Model) -> String {
    match model.encoder() {
        None => model.n_features().to_string(),
        Some(encoder) => {
            let of = encoder.description();
            format!(
                "{} numbers of the encoder {} ({}, {} layers, made from {}, {})",
                model.n_features(),
                tidy(encoder.name()),
                tidy(&of.name),
                of.layers,
                tidy(&of.base),
                tidy(&of.licence)
            )
        }
    }
}

/// The kinds of features that the model was trained without.
fn without(kinds: &[String]) -> String {
    if kinds.is_empty() { String::new() } else { tidy(&format!(", without {}", kinds.join(", "))) }
}

/// For programs: the card and the heaviest features of each label.
pub fn json(model: &Model) -> String {
    #[derive(Serialize)]
    struct Inspection<'a> {
        format: u32,
        model: &'a str,
        features: usize,
        card: &'a Card,
        #[serde(skip_serializing_if = "Option::is_none")]
        scores: Option<&'static str>,
        top_features: Vec<Vec<(Cow<'a, str>, f64)>>,
    }
    let labels = 0..model.labels().len();
    pretty(&Inspection {
        format: 1,
        model: model.name(),
        features: model.n_features(),
        card: model.card(),
        scores: model.card().scores.is_none().then(|| scores::NOT_KNOWN.trim_end()),
        top_features: labels.map(|label| model.top_features(label, TOP_FEATURES)).collect(),
    })
}

/// The features that speak most for each label.
pub(super) fn weights(model: &Model) -> String {
    if model.encoder().is_some() {
        return "An encoder's features have no names: `framescope explain` shows which words count.\n"
            .to_string();
    }
    let mut out = "Features that weigh most (stems; TARGET stands for the target)\n".to_string();
    for (index, label) in model.labels().iter().enumerate() {
        let features = model.top_features(index, TOP_FEATURES);
        let features: Vec<String> = features
            .iter()
            .map(|(name, weight)| format!("{}\u{a0}{weight:+.2}", unbroken(name)))
            .collect();
        wrap(&mut out, &format!("  {}: ", tidy(label)), &features.join(", "), 4);
    }
    out.replace('\u{a0}', " ")
}

/// A name that is not wrapped at its own spaces.
fn unbroken(name: &str) -> String {
    tidy(name).replace(' ', "\u{a0}")
}
