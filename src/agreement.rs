//! How far coders agree: percent agreement and Krippendorff's alpha.

/// How far apart two labels are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Two labels are the same or not.
    Nominal,
    /// Labels have an order; those with many codes between them are further apart.
    Ordinal,
}

/// What coders said of the same items.
#[derive(Debug, Clone, PartialEq)]
pub struct Codes {
    /// `units[item][coder]`: the label's place, none where the coder did not code the item.
    pub units: Vec<Vec<Option<usize>>>,
    /// How many labels there are.
    pub n_labels: usize,
}

impl Codes {
    /// The coincidence matrix: how often two codes of one item meet, each item weighing as much as
    /// it has codes (Krippendorff 2011). Items with one code tell nothing.
    pub fn coincidences(&self) -> Vec<Vec<f64>> {
        let mut matrix = vec![vec![0.0; self.n_labels]; self.n_labels];
        for unit in &self.units {
            let codes: Vec<usize> = unit.iter().flatten().copied().collect();
            let pairs = (0..codes.len()).flat_map(|a| (0..codes.len()).map(move |b| (a, b)));
            for (a, b) in pairs.filter(|(a, b)| a != b) {
                matrix[codes[a]][codes[b]] += 1.0 / (codes.len() - 1) as f64;
            }
        }
        matrix
    }

    /// Share of pairs of codes of one item that are the same; none where no item has two codes.
    pub fn percent_agreement(&self) -> Option<f64> {
        let (mut same, mut all) = (0_usize, 0_usize);
        for unit in &self.units {
            let codes: Vec<usize> = unit.iter().flatten().copied().collect();
            for (at, a) in codes.iter().enumerate() {
                all += codes.len() - at - 1;
                same += codes[at + 1..].iter().filter(|b| *b == a).count();
            }
        }
        (all > 0).then(|| same as f64 / all as f64)
    }

    /// Krippendorff's alpha: 1 − observed over expected disagreement (Krippendorff 2004, 2011).
    ///
    /// `α = 1 − (n − 1) Σ o_ck δ²_ck / Σ n_c n_k δ²_ck`; none where all codes are the same, since
    /// agreement without variation proves nothing.
    pub fn alpha(&self, metric: Metric) -> Option<f64> {
        let matrix = self.coincidences();
        let sums: Vec<f64> = matrix.iter().map(|row| row.iter().sum()).collect();
        let n: f64 = sums.iter().sum();
        let (mut observed, mut expected) = (0.0, 0.0);
        for (c, row) in matrix.iter().enumerate() {
            for (k, coincidences) in row.iter().enumerate() {
                let distance = squared_distance(metric, &sums, c, k);
                observed += coincidences * distance;
                expected += sums[c] * sums[k] * distance;
            }
        }
        (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
    }

    /// Alpha of one label against all others: how well coders tell it.
    pub fn alpha_of(&self, label: usize) -> Option<f64> {
        let is_it = |code: &Option<usize>| code.map(|code| usize::from(code == label));
        let units = self.units.iter().map(|unit| unit.iter().map(is_it).collect()).collect();
        Codes { units, n_labels: 2 }.alpha(Metric::Nominal)
    }
}

fn squared_distance(metric: Metric, sums: &[f64], c: usize, k: usize) -> f64 {
    match metric {
        Metric::Nominal => f64::from(u8::from(c != k)),
        Metric::Ordinal => {
            let between: f64 = sums[c.min(k)..=c.max(k)].iter().sum();
            (between - f64::midpoint(sums[c], sums[k])).powi(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_without_variation_proves_nothing() {
        let codes = Codes { units: vec![vec![Some(1), Some(1)]; 5], n_labels: 3 };
        assert_eq!(codes.alpha(Metric::Nominal), None);
        assert_eq!(codes.percent_agreement(), Some(1.0));
    }

    #[test]
    fn one_coder_cannot_agree() {
        let codes = Codes { units: vec![vec![Some(1), None], vec![None, Some(0)]], n_labels: 2 };
        assert_eq!((codes.alpha(Metric::Nominal), codes.percent_agreement()), (None, None));
    }

    #[test]
    fn chance_agreement_has_an_alpha_near_zero() {
        let units = (0..4).map(|n| vec![Some(n % 2), Some(n / 2)]).cycle().take(400).collect();
        let alpha = Codes { units, n_labels: 2 }.alpha(Metric::Nominal).unwrap();
        assert!(alpha.abs() < 0.01, "{alpha}");
    }
}
