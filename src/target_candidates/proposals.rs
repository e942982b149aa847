//! Targets and aliases that are proposed.

use super::phrase_counts::{PhraseCount, PhraseCounts};
use super::phrases::PhraseKind;
use crate::target::Target;

/// A target that is proposed, with what else it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedTarget {
    /// The name with its counts.
    pub name: PhraseCount,
    /// Shorter forms of the name: its last word, its initials.
    pub aliases: Vec<PhraseCount>,
}

/// Minimum number of articles of a phrase.
const LEAST_ARTICLES: u32 = 2;

/// Titles before a name: *President Vell* is no fuller name than *Vell*.
const TITLES: [&str; 14] = [
    "President ",
    "Vice ",
    "Mr",
    "Ms",
    "Mrs",
    "Dr",
    "Sen",
    "Rep",
    "Gov",
    "Speaker ",
    "Judge ",
    "Justice ",
    "Secretary ",
    "Minister ",
];

/// Share of the articles about a target among those with a phrase, by which it belongs to the target.
const BELONGS: f64 = 0.5;

/// The names and common phrases of most outlets and articles, with the shorter forms of each, `most` at
/// most.
pub fn proposals(counts: &PhraseCounts, most: usize) -> Vec<ProposedTarget> {
    let all = counts.of_articles(LEAST_ARTICLES.min(counts.n_articles()));
    let named = all.iter().filter(|of| of.kind != PhraseKind::Definite);
    let mut found: Vec<ProposedTarget> = Vec::new();
    for candidate in named {
        if found.len() >= most {
            break;
        }
        if found.iter().any(|of| finds_all(&of.name.phrase, &candidate.phrase)) {
            continue;
        }
        let is_known = |of: &&mut ProposedTarget| is_short_form(&candidate.phrase, &of.name.phrase);
        if let Some(longer) = found.iter_mut().find(is_known) {
            longer.aliases.push(candidate.clone());
            continue;
        }
        // The full name may come after its short form, since it stands in fewer articles.
        let is_full = |of: &&PhraseCount| {
            of.kind == candidate.kind
                && !TITLES.iter().any(|title| of.phrase.starts_with(title))
                && of.articles * 4 >= candidate.articles
                && is_short_form(&candidate.phrase, &of.phrase)
        };
        let full = all.iter().filter(is_full).max_by_key(|of| of.articles);
        let taken = full.is_some_and(|full| found.iter().any(|of| of.name.phrase == full.phrase));
        let (name, aliases) = match full.filter(|_| !taken) {
            Some(full) => (full, vec![candidate.clone()]),
            None => (candidate, Vec::new()),
        };
        found.push(ProposedTarget { name: name.clone(), aliases });
    }
    found
}

/// Whether a target of some name is found in all of a phrase: the name itself, its plural or singular.
fn finds_all(name: &str, phrase: &str) -> bool {
    let found = Target::named(name).mentions(phrase);
    found.first().is_some_and(|first| *first == (0..phrase.len()))
}

/// Whether a phrase is the last word of a name, its first words or its initials.
fn is_short_form(short: &str, name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let initials: String =
        words.iter().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
    words.len() > 1
        && short.len() < name.len()
        && (words.last() == Some(&short)
            || (initials.len() > 1 && initials == short)
            || name.strip_suffix(short).is_some_and(|before| before.ends_with(' ')))
}

/// The phrases that stand where a target is meant and seldom elsewhere, `most` at most: those that share
/// a word with one of its names first. What it finds itself is left out.
pub fn aliases(counts: &PhraseCounts, target: &Target, most: usize) -> Vec<PhraseCount> {
    let finder = target.finder();
    let names: Vec<String> =
        std::iter::once(&target.name).chain(&target.aliases).map(|n| n.to_lowercase()).collect();
    let shares_word = |of: &PhraseCount| {
        let phrase = of.phrase.to_lowercase();
        let mut words = phrase.split(' ').filter(|word| word.len() > 3);
        words.any(|word| names.iter().any(|name| name.split([' ', '-']).any(|own| own == word)))
    };
    let background = f64::from(counts.n_about()) / f64::from(counts.n_articles().max(1));
    let share = |of: &PhraseCount| f64::from(of.articles_about) / f64::from(of.articles.max(1));
    let least = if counts.n_about() < 10 { 1 } else { LEAST_ARTICLES };
    let mut found: Vec<(bool, PhraseCount)> = counts
        .of_articles(least)
        .into_iter()
        .filter(|of| of.kind != PhraseKind::Common && of.articles_about >= least)
        .filter(|of| finder.mentions(&of.phrase).is_empty())
        .map(|of| (shares_word(&of), of))
        .filter(|(shares, of)| {
            *shares || (of.articles_about > 1 && share(of) >= BELONGS.max(background))
        })
        .collect();
    found.sort_by(|(a_shares, a), (b_shares, b)| {
        b_shares
            .cmp(a_shares)
            .then(b.articles_about.cmp(&a.articles_about))
            .then(a.phrase.cmp(&b.phrase))
    });
    found.into_iter().map(|(_, of)| of).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    fn counts(texts: &[(&str, &str)], target: Option<&Target>) -> PhraseCounts {
        let finder = target.map(Target::finder);
        let mut counts = PhraseCounts::default();
        for (outlet, text) in texts {
            let article =
                Article { outlet: (*outlet).into(), text: (*text).into(), ..Article::default() };
            counts.add(&article, finder.as_ref());
        }
        counts
    }

    const TEXTS: [(&str, &str); 3] = [
        (
            "Lamp",
            "Then came Dorothea Penhale. The tidal barrier leaks, so Penhale left the tidal barrier. The scheme failed. Nobody likes the tidal barrier.",
        ),
        (
            "Bell",
            "Why does Dorothea Penhale smile? A tidal barrier rose. We pay for the scheme, the tidal barrier.",
        ),
        ("Horn", "All love Penhale. She has a garden."),
    ];

    #[test]
    fn short_forms_are_aliases() {
        let found = proposals(&counts(&TEXTS, None), 5);
        let names: Vec<&str> = found.iter().map(|of| of.name.phrase.as_str()).collect();
        assert_eq!(names, ["tidal barrier", "Dorothea Penhale"]);
        assert_eq!(found[1].aliases[0].phrase, "Penhale");
        assert_eq!((found[1].aliases[0].articles, found[1].name.articles), (2, 2));
        assert!(is_short_form("OTB", "Ostrey Tidal Board") && !is_short_form("Ostrey", "Penhale"));
    }

    #[test]
    fn a_name_and_its_plural_are_one_target() {
        let texts = [
            ("Lamp", "The tidal barriers leak. We need tidal barriers. A tidal barrier sank."),
            (
                "Bell",
                "Nobody likes tidal barriers. Such tidal barriers rust. Our tidal barrier rose.",
            ),
        ];
        let found = proposals(&counts(&texts, None), 5);
        let names: Vec<&str> = found.iter().map(|of| of.name.phrase.as_str()).collect();
        assert_eq!(names, ["tidal barriers"]);
    }

    #[test]
    fn phrases_where_the_target_is_meant() {
        let target = Target::named("tidal barrier");
        let counted = counts(&TEXTS, Some(&target));
        assert_eq!((counted.n_about(), counted.n_articles(), counted.n_outlets()), (2, 3, 3));
        let found = aliases(&counted, &target, 9);
        assert!(
            found.iter().any(|of| of.phrase == "the scheme" && of.articles_about == 2),
            "{found:?}"
        );
        assert!(found.iter().all(|of| of.phrase != "the tidal barrier"));
    }
}
