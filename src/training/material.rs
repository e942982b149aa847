//! What all regressions of a training have in common.

use super::fit::{Fitted, ROUGH, Training};
use super::hold::Hold;
use super::items::{Item, Items};
use crate::error::Error;
use crate::features;
use crate::inventory::{Inventory, Learnt};
use crate::model::Model;
use crate::model::card::Settings;
use crate::model::softmax::Softmax;
use crate::vocabulary::Vocabulary;

/// Labelled sentences with all that was noticed in them, and the base that is adapted.
#[derive(Debug)]
pub(super) struct Material<'a> {
    pub(super) items: &'a Items,
    pub(super) settings: &'a Settings,
    inventory: Inventory,
    base: Option<Base<'a>>,
}

/// A model whose weights are the anchor of every regression.
#[derive(Debug)]
struct Base<'a> {
    model: &'a Model,
    /// Its weights over its own columns.
    regression: Softmax,
}

impl<'a> Material<'a> {
    /// Reads the features of everything.
    pub(super) fn new(items: &'a Items, settings: &'a Settings, base: Option<&'a Model>) -> Self {
        let is_wanted =
            |&part: &usize| !settings.without.iter().any(|name| name == features::ALL[part].name());
        let parts = (0..features::ALL.len()).filter(is_wanted).collect();
        let all: Vec<&Item> = items.all().collect();
        let known = base.map(Model::vocabulary);
        let inventory = Inventory::take(all.len(), |row| all[row].view(), parts, known);
        let base = base.map(|model| Base { model, regression: model.regression() });
        Material { items, settings, inventory, base }
    }

    /// What some of the rows have to teach.
    pub(super) fn of<'s>(&self, rows: &'s [usize]) -> Training<'_, 's> {
        let learnt = self.inventory.learn(rows);
        let anchor = self.base.as_ref().map(|base| base.on(&learnt));
        Training::new(self, rows, learnt, anchor)
    }

    /// Where every fold starts from: a fit on what is learnt from only and shares no group with any
    /// item, so that nothing of a fold's own items is in it. None where there is nothing such.
    pub(super) fn start(&self) -> Result<Option<Fitted<'_>>, Error> {
        let hold = Hold::out(self.items, |_| true, |_| true);
        if hold.rest.is_empty() {
            return Ok(None);
        }
        self.of(&hold.rest).fit(self.settings.penalties[0], None, ROUGH).map(Some)
    }

    /// The vocabulary of a model, and its weights: those fitted, and beside them the base's of
    /// features that no row has shown.
    pub(super) fn model(&self, fitted: &Fitted<'_>) -> Result<(Vocabulary, Softmax), Error> {
        let all: Vec<&Item> = self.items.all().collect();
        let known = self.base.as_ref().map(|base| base.model.vocabulary());
        let (vocabulary, order) =
            fitted.learnt.vocabulary(|row| all[row].view(), known).map_err(Error::Training)?;
        let k = self.items.labels.len();
        let nothing = Softmax::zeros(0, k);
        let mut whole = self.base.as_ref().map_or(nothing, |base| base.regression.clone());
        whole.intercept.clone_from(&fitted.regression.intercept);
        let columns =
            fitted.regression.weights.chunks_exact(k).zip(fitted.learnt.columns_in_base());
        for (weights, column) in columns {
            match column {
                Some(column) => whole.weights[column * k..][..k].copy_from_slice(weights),
                None => whole.weights.extend_from_slice(weights),
            }
        }
        Ok((vocabulary, whole.in_order(&order)))
    }
}

impl Base<'_> {
    /// The base's weights on a vocabulary; what is new starts from zero.
    fn on(&self, learnt: &Learnt<'_>) -> Softmax {
        let k = self.regression.intercept.len();
        let mut anchor = Softmax::zeros(learnt.len(), k);
        let columns = anchor.weights.chunks_exact_mut(k).zip(learnt.columns_in_base());
        for (weights, column) in columns {
            if let Some(column) = column {
                weights.copy_from_slice(&self.regression.weights[column * k..][..k]);
            }
        }
        anchor.intercept.clone_from(&self.regression.intercept);
        anchor
    }
}
