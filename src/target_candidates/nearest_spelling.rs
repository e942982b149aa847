//! The spelling in articles that is nearest to a name.

use rustc_hash::FxHashMap;

use crate::article::Article;
use crate::text::words::alphanumeric_runs;

/// A run of words with the number of times it stands in the articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// As it is printed first.
    pub printed: String,
    /// How often it stands.
    pub times: usize,
}

/// Looks for the run of words that is most like a name.
#[derive(Debug)]
pub struct NearestSpelling {
    /// The letters of the name, small.
    name: Vec<char>,
    n_words: usize,
    /// By the letters of what was found.
    found: FxHashMap<String, (usize, Spelling)>,
}

/// One letter in so many may differ.
const LETTERS_PER_SLIP: usize = 4;

impl NearestSpelling {
    /// Prepares a search for a name.
    pub fn of(name: &str) -> Self {
        let letters = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        let n_words = alphanumeric_runs(name).count();
        NearestSpelling { name: letters.collect(), n_words, found: FxHashMap::default() }
    }

    /// Looks through an article.
    pub fn add(&mut self, article: &Article) {
        for text in [&article.title, &article.text] {
            let words: Vec<&str> = alphanumeric_runs(text).collect();
            for n in self.n_words.saturating_sub(1).max(1)..=self.n_words + 1 {
                words.windows(n).for_each(|run| self.compare(run));
            }
        }
    }

    fn compare(&mut self, words: &[&str]) {
        let most = (self.name.len() / LETTERS_PER_SLIP).clamp(1, 3);
        let n_bytes: usize = words.iter().map(|word| word.len()).sum();
        if n_bytes + most < self.name.len() || n_bytes > 4 * (self.name.len() + most) {
            return;
        }
        let letters: Vec<char> =
            words.iter().flat_map(|word| word.chars()).flat_map(char::to_lowercase).collect();
        let Some(slips) = distance(&self.name, &letters, most) else { return };
        let key: String = letters.into_iter().collect();
        let printed = || Spelling { printed: words.join(" "), times: 0 };
        self.found.entry(key).or_insert_with(|| (slips, printed())).1.times += 1;
    }

    /// The nearest spelling; the most frequent one among equals.
    pub fn nearest(self) -> Option<Spelling> {
        let nearest =
            self.found.into_iter().min_by(|(a, (a_slips, a_is)), (b, (b_slips, b_is))| {
                a_slips.cmp(b_slips).then(b_is.times.cmp(&a_is.times)).then(a.cmp(b))
            });
        nearest.map(|(_, (_, spelling))| spelling)
    }
}

/// The number of letters to change, add, leave out or swap with a neighbour (optimal string alignment);
/// none where there are more than `most`.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in b.iter().enumerate() {
            let changed = last[j] + usize::from(letter != other);
            let mut least = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == b[j - 1] && a[i - 1] == *other {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        if row.iter().min().is_none_or(|least| *least > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|slips| *slips <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        let slips = |a: &str, b: &str| {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            distance(&letters(a), &letters(b), 3)
        };
        assert_eq!(slips("barrier", "barrier"), Some(0));
        assert_eq!(slips("barrier", "barreir"), Some(1));
        assert_eq!(slips("barrier", "barier"), Some(1));
        assert_eq!(slips("barrier", "carriers"), Some(2));
        assert_eq!(slips("barrier", "gate"), None);
    }

    #[test]
    fn the_nearest_and_most_frequent_spelling() {
        let mut search = NearestSpelling::of("Dorothea Penhall");
        let text = "Dorothea Penhale spoke. Dorothea Penhal, Dorothea Penhale; Doro Pen.";
        search.add(&Article { text: text.into(), ..Article::default() });
        let expected = Spelling { printed: "Dorothea Penhale".into(), times: 2 };
        assert_eq!(search.nearest(), Some(expected));
        assert_eq!(NearestSpelling::of("dam").nearest(), None);
    }
}
