//! Targets that the articles hardly name, with the spelling that they may have there.

use super::progress_bar::say;
use super::shared_options::InputOptions;
use crate::classifier::Classifier;
use crate::error::Error;
use crate::target_candidates::NearestSpelling;

/// A target in so many sentences or fewer is rare.
const RARE: usize = 2;

/// Maximum number of articles that are read again.
const MOST_ARTICLES: usize = 20_000;

/// Says which targets the classified articles name in no sentence or hardly any, and what is spelled nearly
/// as they are. Reads files again for that, if there is such a target.
pub(super) fn say_rare_targets(classifier: &Classifier, input: &InputOptions) -> Result<(), Error> {
    let counted = classifier.targets().iter().zip(classifier.n_mentioning());
    let rare = counted.filter(|(_, n)| *n <= RARE);
    let mut searched: Vec<_> =
        rare.map(|(target, n)| (target, n, NearestSpelling::of(&target.name))).collect();
    if searched.is_empty() {
        return Ok(());
    }
    if !input.inputs.iter().any(|path| path.as_os_str() == "-") {
        let mut selection = input.selection.start();
        for article in
            input.articles(input.reading.find_silently(&input.inputs)?)?.take(MOST_ARTICLES)
        {
            for article in selection.keep(vec![article?]) {
                searched.iter_mut().for_each(|(_, _, search)| search.add(&article));
            }
        }
    }
    for (target, n, search) in searched {
        // What the target is found by stands elsewhere in lines of the page.
        let is_other = |printed: &str| target.mentions(printed).is_empty();
        let nearest = search.nearest().filter(|nearest| nearest.times > n);
        let nearest = nearest.filter(|nearest| is_other(&nearest.printed));
        let nearest =
            nearest.map(|near| format!("`{}` stands there {}", near.printed, times(near.times)));
        let name = &target.name;
        let message = match (n, nearest) {
            (0, None) => {
                format!("no sentence names `{name}`; `framescope targets` shows what is named")
            }
            (0, Some(nearest)) => format!("no sentence names `{name}`; {nearest}"),
            (1, Some(nearest)) => format!("only 1 sentence names `{name}`; {nearest}"),
            (_, Some(nearest)) => format!("only {n} sentences name `{name}`; {nearest}"),
            (_, None) => continue,
        };
        say(&format!("note: {message}"));
    }
    Ok(())
}

fn times(n: usize) -> String {
    if n == 1 { "once".to_string() } else { format!("{n} times") }
}
