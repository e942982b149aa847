//! The words that set an outlet apart, with sentences in which they stand.

use maud::{Markup, html};

use super::html_view::HtmlView;
use super::link;
use super::sentence_explorer::marked;
use super::sortable_table::{Cell, ColumnHead, Row, RowAttributes, SortableTable, data};
use crate::render::cell::decimal;
use crate::render::figures::distinctive_words;
use crate::render::sanitize;
use crate::report::{DistinctiveWord, Exemplars};
use crate::text::Span;
use crate::voice::Voice;

/// So many sentences are shown of a word.
const LINES: usize = 2;

/// Word by word, outlet by outlet.
pub(super) fn content(page: &HtmlView<'_>) -> Option<Markup> {
    let outlets = || {
        let all = page.outlets.iter().map(|&at| (at, &page.report.outlets[at]));
        all.filter(|(_, outlet)| !outlet.distinctive.is_empty())
    };
    outlets().next()?;
    let rows = outlets()
        .flat_map(|(at, outlet)| outlet.distinctive.iter().map(move |word| row(page, at, word)));
    let grid = SortableTable {
        id: "words".to_owned(),
        caption: String::new(),
        heads: ["outlet", "word", "count", "articles", "z", "q"].map(ColumnHead::words).into(),
        rows: rows.collect(),
    };
    Some(html! {
        p class="hint" {
            (distinctive_words::KEY) " A word opens sentences of the outlet’s own voice in which it \
            stands, from those shown above."
        }
        dl {
            @for (at, outlet) in outlets() {
                dt data-outlet=(at) dir="auto" { (page.outlet_name(at)) }
                dd data-outlet=(at) {
                    @for word in &outlet.distinctive { (one(page, at, word)) }
                }
            }
        }
        (data("words", &grid.csv()))
    })
}

fn row(page: &HtmlView<'_>, at: usize, word: &DistinctiveWord) -> Row {
    let z = decimal(Some(word.z));
    let cells = vec![
        Cell::words(&page.outlet_name(at)),
        Cell::words(&word.word),
        Cell::count(word.count),
        Cell::count(word.articles),
        Cell::words(&z),
        Cell::words(&decimal(word.q)),
    ];
    Row { facts: RowAttributes::of_outlet(at), cells }
}

fn one(page: &HtmlView<'_>, outlet: usize, word: &DistinctiveWord) -> Markup {
    let evidence = page.targets().flat_map(|(_, target)| &target.outlets[outlet].evidence);
    let own = evidence.filter(|of| of.voice == Voice::Outlet);
    let mut lines: Vec<(&Exemplars, Span)> =
        own.filter_map(|of| Some((of, place(sanitize::excerpt(&of.text), &word.word)?))).collect();
    lines.dedup_by(|(a, _), (b, _)| a.text == b.text);
    lines.truncate(LINES);
    html! {
        @if lines.is_empty() { span class="word" { (distinctive_words::word(word)) } }
        @else {
            details class="word" {
                summary { (distinctive_words::word(word)) }
                ul { @for (of, span) in &lines {
                    li dir="auto" {
                        (marked(sanitize::excerpt(&of.text), std::slice::from_ref(span)))
                        (sanitize::more(&of.text)) " "
                        small { (link(&of.url, &format!("article {}", sanitize::name(&of.article)))) }
                    }
                } }
            }
        }
    }
}

/// Where a word stands in a text, whole and in any case.
fn place(text: &str, word: &str) -> Option<Span> {
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
        assert_eq!(place("A fiascos' Fiasco, é.", "fiasco"), Some(11..17));
        assert_eq!(place("naïve fiascos", "fiasco"), None);
        assert_eq!(place("É", "é"), Some(0..2));
    }
}
