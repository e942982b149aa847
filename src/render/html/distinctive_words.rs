//! The words that an outlet uses more than the others, with sentences that have them.

use maud::{Markup, html};

use super::html_view::HtmlView;
use super::markup::{marked_excerpt, web_link};
use super::sortable_table::data;
use crate::render::cell::Cell;
use crate::render::figures::distinctive_words::{KEY, word};
use crate::render::sanitize;
use crate::render::table::Table;
use crate::report::{DistinctiveWord, Exemplar};
use crate::text::Span;
use crate::voice::Voice;

/// Maximum number of sentences shown of a word.
const MOST_SENTENCES: usize = 2;

/// Word by word, outlet by outlet.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let all = page.outlets.iter().map(|&at| (at, &page.report.outlets[at].distinctive));
    let outlets: Vec<(usize, &Vec<DistinctiveWord>)> =
        all.filter(|(_, words)| !words.is_empty()).collect();
    let words = outlets
        .iter()
        .flat_map(|(outlet, words)| words.iter().map(|word| (page.outlet_name(*outlet), word)));
    (!outlets.is_empty()).then(|| {
        html! {
            p class="hint" {
                (KEY) " Choose a word to see own sentences of the outlet in which it stands."
            }
            dl {
                @for (outlet, words) in &outlets {
                    dt data-outlet=(outlet) dir="auto" { (page.outlet_name(*outlet)) }
                    dd data-outlet=(outlet) { @for word in *words { (one(page, *outlet, word)) } }
                }
            }
            (data("words", &Table::of_fields(FIELDS, words)))
        }
    })
}

/// The fields in CSV: an outlet's name and a word.
const FIELDS: [(&str, fn(&(String, &DistinctiveWord)) -> Cell); 6] = [
    ("outlet", |(outlet, _)| Cell::text(outlet)),
    ("word", |(_, of)| Cell::text(&of.word)),
    ("count", |(_, of)| Cell::count(of.count)),
    ("articles", |(_, of)| Cell::count(of.articles)),
    ("z", |(_, of)| Cell::figure(Some(of.z))),
    ("q", |(_, of)| Cell::figure(of.q)),
];

fn one(page: &HtmlView<'_>, outlet: usize, of: &DistinctiveWord) -> Markup {
    let shown = page.report.targets.iter().flat_map(|target| &target.outlets[outlet].evidence);
    let own = shown.filter(|sentence| sentence.voice == Voice::Outlet);
    let mut sentences: Vec<(&Exemplar, Span)> = own
        .filter_map(|sentence| {
            Some((sentence, find_word(sanitize::excerpt(&sentence.text), &of.word)?))
        })
        .collect();
    sentences.dedup_by(|(a, _), (b, _)| a.text == b.text);
    sentences.truncate(MOST_SENTENCES);
    html! {
        @if sentences.is_empty() { span class="word" { (word(of)) } }
        @else {
            details class="word" {
                summary { (word(of)) }
                ul { @for (sentence, span) in &sentences {
                    li dir="auto" {
                        (marked_excerpt(&sentence.text, std::slice::from_ref(span))) " "
                        small { (web_link(&sentence.url, &format!("article {}", sanitize::name(&sentence.article)))) }
                    }
                } }
            }
        }
    }
}

/// Where a text has a word, whole and in any case.
fn find_word(text: &str, word: &str) -> Option<Span> {
    let joins = |c: char| c.is_alphanumeric();
    let fits = |start: usize| {
        let end = start + word.len();
        let found = text.get(start..end)?;
        let before = text[..start].chars().next_back().is_some_and(joins);
        let after = text[end..].chars().next().is_some_and(joins);
        (found.to_lowercase() == word && !before && !after).then_some(start..end)
    };
    text.char_indices().find_map(|(start, _)| fits(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole() {
        assert_eq!(find_word("A fiascos' Fiasco, é.", "fiasco"), Some(11..17));
        assert_eq!(find_word("naïve fiascos", "fiasco"), None);
        assert_eq!(find_word("É", "é"), Some(0..2));
    }
}
