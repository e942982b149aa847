//! Precision and recall.

#[derive(Default)]
pub(crate) struct Score {
    pub(crate) all: usize,
    pub(crate) right: usize,
    pub(crate) found: usize,
    pub(crate) gold: usize,
}

impl Score {
    pub(crate) fn count(&mut self, is_gold: bool, is_found: bool) {
        self.all += 1;
        self.add(usize::from(is_gold && is_found), usize::from(is_found), usize::from(is_gold));
    }

    pub(crate) fn add(&mut self, right: usize, found: usize, gold: usize) {
        self.right += right;
        self.found += found;
        self.gold += gold;
    }

    /// The harmonic mean of precision and recall.
    pub(crate) fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.gold) as f64
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let precision = self.right as f64 / self.found as f64;
        let recall = self.right as f64 / self.gold as f64;
        write!(
            f,
            "precision {precision:.3}, recall {recall:.3}, F1 {:.3}, gold {}",
            self.f1(),
            self.gold
        )
    }
}
