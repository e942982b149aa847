//! Exports of news databases: each holds several articles, parted by marks of its product.

mod database_page;
mod date_line;
mod factiva;
mod factiva_fields;
mod field_line;
mod lexis_nexis;
mod nexis_uni;
mod paragraph;
mod proquest;

use crate::article::Article;

/// One product, how its exports are told and how they are read.
pub(super) struct Export {
    begins: fn(&str) -> bool,
    articles: fn(&str) -> Vec<Result<Article, String>>,
}

/// Exports as text; the first one that the text tells is taken.
const TEXTS: &[Export] = &[
    // Some of its exports number their articles as LexisNexis does.
    Export { begins: proquest::begins, articles: proquest::articles },
    Export { begins: lexis_nexis::begins, articles: lexis_nexis::articles },
    Export { begins: nexis_uni::begins, articles: nexis_uni::articles },
    Export { begins: factiva_fields::begins, articles: factiva_fields::articles },
    Export { begins: factiva::begins, articles: factiva::articles },
];

/// Exports as pages.
const PAGES: &[Export] = &[
    Export { begins: database_page::is_factiva, articles: database_page::factiva },
    Export { begins: database_page::is_europresse, articles: database_page::europresse },
];

impl Export {
    /// Takes a text or the start of one; gives the export that it is, if any.
    pub(super) fn of_text(text: &str) -> Option<&'static Self> {
        TEXTS.iter().find(|export| (export.begins)(text))
    }

    /// Takes a page or the start of one; gives the export that it is, if any.
    pub(super) fn of_page(html: &str) -> Option<&'static Self> {
        PAGES.iter().find(|export| (export.begins)(html))
    }

    /// Takes the whole export; gives its articles, or why one of them cannot be read.
    pub(super) fn articles(&self, text: &str) -> Vec<Result<Article, String>> {
        (self.articles)(text)
    }
}

/// Marks that stand once in each article of an export, in the products' own spellings.
const MARKS: &[(&str, fn(&str) -> bool)] = &[
    ("Load-Date:", |line| line.starts_with("Load-Date:") || line.starts_with("LOAD-DATE:")),
    ("450 words", factiva::is_word_count),
    ("Document with a code", factiva::is_document_code),
    ("ProQuest document ID:", |line| line.starts_with("ProQuest document ID:")),
];

/// Why a text that is told as no export cannot be one article: marks of several.
pub(super) fn several_articles(text: &str) -> Option<String> {
    MARKS.iter().find_map(|(mark, is_mark)| {
        let n = text.lines().filter(|line| is_mark(line.trim())).count();
        (n > 1).then(|| {
            format!(
                "{n} lines like `{mark}`, so it seems to hold {n} articles of a news database, which \
                 cannot be parted; export it anew with full documents as text, or save each article as \
                 a file of its own"
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fused_articles_are_told() {
        let text = "Tolls\n\nLOAD-DATE: March 5, 2031\n\nBarges\n\nLOAD-DATE: March 7, 2031\n";
        assert!(several_articles(text).unwrap().contains("hold 2 articles"));
        assert_eq!(several_articles("Tolls\n\nLOAD-DATE: March 5, 2031\n"), None);
    }

    #[test]
    fn an_article_is_no_export() {
        let text = "Body of a whale found\n\nBody\n\nCopyright law, the port said, is harbour law.";
        assert!(Export::of_text(text).is_none());
        assert!(Export::of_page("<article><p>Factiva</p></article>").is_none());
    }
}
