//! Short biographies of authors: `Jo Elm is a reporter at The Dam.`

use super::boilerplate_line::{MAX_LENGTH, line_start};
use super::boilerplate_words::WORDS;

/// Whether a paragraph is the biography of an author. `is_in_news` tells whether the text above is
/// about somebody of a name.
pub(super) fn is_biography(text: &str, is_in_news: impl Fn(&str) -> bool) -> bool {
    if text.len() > MAX_LENGTH {
        return false;
    }
    let mut words = text.split_whitespace().skip_while(|word| !word.contains(char::is_alphabetic));
    let n_names = words.by_ref().take_while(|word| word.starts_with(char::is_uppercase)).count();
    let mut line = line_start(text).split_whitespace();
    let name: Vec<&str> = line.by_ref().take(n_names).collect();
    if !(2..=4).contains(&n_names) || name.iter().any(|part| part.ends_with(':')) {
        return false;
    }
    let verb = line.next().unwrap_or_default().to_ascii_lowercase();
    // `take_while` has consumed the verb.
    let object: Vec<&str> =
        words.take(14).map(|word| word.trim_end_matches(['.', ',', ';'])).collect();
    let first = object.first().copied().unwrap_or_default();
    let is_in_news = || is_in_news(&name.join(" "));
    let is_described = matches!(verb.as_str(), "is" | "has" | "was" | "covers" | "writes")
        && !quotes_somebody(text);
    let is_at_work = matches!(verb.as_str(), "covers" | "writes" | "reports" | "edits")
        || (verb == "has" && matches!(first, "covered" | "written" | "reported"));
    let has_trade = || object.iter().any(|word| WORDS.trades.contains(*word));
    let has_office = || object.iter().any(|word| WORDS.offices.contains(*word));
    (verb == "reported" && first == "from")
        || (is_described && has_trade())
        || ((is_at_work || (is_described && has_office())) && !is_in_news())
}

/// Whether somebody is quoted; a title of a book or a show in quotation marks is no quotation.
fn quotes_somebody(text: &str) -> bool {
    text.contains(['“', '”', '"'])
        && ["said", "says", "told"].iter().any(|word| text.contains(word))
}
