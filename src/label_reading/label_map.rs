//! The option `--map`: what a spelling in the label column means.

use super::spelling::folded;
use crate::error::Error;

/// What some spellings mean, whatever they would mean else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelMap {
    /// A spelling as it was typed, and the label; an empty label means "not coded".
    pairs: Vec<(String, String)>,
}

impl LabelMap {
    /// Takes pairs such as `con=critical`; `99=` counts rows with 99 as not coded, `=neutral` reads a blank
    /// as neutral.
    ///
    /// # Errors
    /// A pair without `=`, and a spelling that is given twice.
    pub fn parse<S: AsRef<str>>(pairs: &[S]) -> Result<Self, Error> {
        let mut map = LabelMap::default();
        for pair in pairs.iter().map(AsRef::as_ref) {
            let Some((from, to)) = pair.split_once('=') else {
                let reason = format!("--map {pair}: expected FROM=TO, as in con=critical");
                return Err(Error::Option(reason));
            };
            let (from, to) = (from.trim().to_string(), to.trim().to_string());
            if map.pairs.iter().any(|(known, _)| *known == from) {
                return Err(Error::Option(format!("--map {from}=… is given twice")));
            }
            map.pairs.push((from, to));
        }
        Ok(map)
    }

    /// What a spelling means: first as it stands there, then in any case.
    pub(super) fn get(&self, written: &str) -> Option<&str> {
        let exact = self.pairs.iter().find(|(from, _)| from == written);
        let alike = || self.pairs.iter().find(|(from, _)| folded(from) == folded(written));
        exact.or_else(alike).map(|(_, to)| to.as_str())
    }

    /// The pairs, in the order given.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(from, to)| (from.as_str(), to.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spelling_as_it_stands_wins() {
        let map = LabelMap::parse(&["X=critical", "x = neutral", "99=", "=neutral"]).unwrap();
        assert_eq!((map.get("X"), map.get("x")), (Some("critical"), Some("neutral")));
        assert_eq!((map.get("99.0"), map.get(""), map.get("y")), (Some(""), Some("neutral"), None));
    }

    #[test]
    fn pairs_that_cannot_be_used() {
        let refused = |pairs: &[&str]| LabelMap::parse(pairs).unwrap_err().to_string();
        assert_eq!(refused(&["con"]), "--map con: expected FROM=TO, as in con=critical");
        assert_eq!(refused(&["a=b", "a=c"]), "--map a=… is given twice");
    }
}
