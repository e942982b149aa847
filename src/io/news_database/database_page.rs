//! Pages of several articles that databases give: Factiva and Europresse.

use dom_query::{Document, Selection};

use super::date_line::{date_in, date_of_line};
use super::factiva::{is_document_code, is_language, is_word_count};
use super::factiva_fields;
use super::field_line::is_copyright;
use crate::article::Article;

/// Whether a page begins as one of Factiva, whose classes begin with a language.
pub(super) fn is_factiva(html: &str) -> bool {
    let languages = ["en", "fr", "de", "es", "it"];
    languages.iter().any(|language| {
        let classes = ["Headline", "Article", "articleParagraph"];
        classes.iter().any(|class| html.contains(&format!("{language}{class}")))
    })
}

/// Whether a page begins as one of Europresse.
pub(super) fn is_europresse(html: &str) -> bool {
    html.contains("DocPublicationName")
}

/// The articles of a page of Factiva.
pub(super) fn factiva(html: &str) -> Vec<Result<Article, String>> {
    let page = Document::from(html);
    let articles = page.select("div.article");
    if articles.is_empty() {
        return vec![Err(nothing("div class=\"article\"", "Factiva"))];
    }
    articles.iter().map(|article| factiva_article(&article)).collect()
}

fn factiva_article(article: &Selection<'_>) -> Result<Article, String> {
    let rows = article.select("tr");
    if !rows.is_empty() {
        return coded_rows(&rows);
    }
    let title = joined(&article.select(".enHeadline, .headline, #hd, b"));
    let lines: Vec<String> = article.select("div").iter().map(|line| line_of(&line)).collect();
    let counted = lines.iter().position(|line| is_word_count(line));
    let below = counted.map_or(&lines[..], |at| &lines[at + 1..]);
    let date_at = below.iter().position(|line| date_of_line(line).is_some());
    let date = date_at.and_then(|at| date_of_line(&below[at])).unwrap_or_default();
    let is_outlet = |line: &&String| {
        let is_time = line.contains(':') && line.starts_with(|char: char| char.is_ascii_digit());
        !is_time && !line.is_empty() && !is_language(line) && !is_copyright(line)
    };
    let after_date = date_at.map_or(&[][..], |at| &below[at + 1..]);
    let outlet = after_date.iter().find(is_outlet).cloned().unwrap_or_default();
    let text = body(&article.select("p.articleParagraph"));
    some(Article { outlet, date, title, text, ..Article::default() })
}

/// An article in a table of codes and values.
fn coded_rows(rows: &Selection<'_>) -> Result<Article, String> {
    let mut coded = String::new();
    for row in rows {
        let cells: Vec<Selection<'_>> = row.select("td").iter().collect();
        if let [code, value, ..] = &cells[..] {
            let paragraphs = value.select("p");
            let value = if paragraphs.is_empty() { line_of(value) } else { body(&paragraphs) };
            coded.push_str(&format!("{}\t{value}\n", line_of(code)));
        }
    }
    factiva_fields::articles(&coded).pop().unwrap_or_else(|| Err(nothing("tr", "Factiva")))
}

/// The articles of a page of Europresse.
pub(super) fn europresse(html: &str) -> Vec<Result<Article, String>> {
    let page = Document::from(html);
    let articles = page.select("article");
    if articles.is_empty() {
        return vec![Err(nothing("article", "Europresse"))];
    }
    articles.iter().map(|article| europresse_article(&article)).collect()
}

fn europresse_article(article: &Selection<'_>) -> Result<Article, String> {
    let publication = joined(&article.select(".DocPublicationName").first());
    // The number of the issue follows the name.
    let outlet = publication.split(", no").next().unwrap_or_default().trim().to_string();
    let header = joined(&article.select(".DocHeader"));
    let title = joined(&article.select(".titreArticle, .titreArticleVisu").first());
    let container = article.select(".docOcurrContainer, .DocText");
    let paragraphs = container.select("p");
    let text = match paragraphs.is_empty() {
        true => joined(&container.first()),
        false => body(&paragraphs),
    };
    let date = date_in(&header).unwrap_or_default();
    some(Article { outlet, date, title, text, ..Article::default() })
}

fn some(article: Article) -> Result<Article, String> {
    if article.title.is_empty() && article.text.is_empty() {
        return Err(
            "an article without headline and text; export the page anew with full articles"
                .to_string(),
        );
    }
    Ok(article)
}

fn nothing(element: &str, product: &str) -> String {
    format!("no <{element}> in this page of {product}; export it anew with full articles")
}

/// The text of an element without further elements in it, in one line.
fn line_of(element: &Selection<'_>) -> String {
    element.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of all elements, in one line.
fn joined(elements: &Selection<'_>) -> String {
    elements.iter().next().map_or_else(String::new, |element| line_of(&element))
}

/// The text of paragraphs, with an empty line between them.
fn body(paragraphs: &Selection<'_>) -> String {
    let is_text = |text: &String| !text.is_empty() && !is_document_code(text);
    let texts = paragraphs.iter().map(|paragraph| lines_of(&paragraph)).filter(is_text);
    texts.collect::<Vec<_>>().join("\n\n")
}

fn lines_of(paragraph: &Selection<'_>) -> String {
    let text = paragraph.text();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(outlet: &str, date: &str, title: &str, text: &str) -> Article {
        Article {
            outlet: outlet.to_string(),
            date: date.to_string(),
            title: title.to_string(),
            text: text.to_string(),
            ..Article::default()
        }
    }

    fn read(found: Vec<Result<Article, String>>) -> Vec<Article> {
        found.into_iter().map(Result::unwrap).collect()
    }

    #[test]
    fn factiva_pages() {
        let page = "<div class='article enArticle'><div id='hd'><span class='enHeadline'>Harbour tolls \
            to double</span></div><div class='author'>By Orin Sedge</div><div>88 words</div>\
            <div>4 March 2031</div><div>09:30</div><div>The Quay Herald</div><div>QUAYH</div>\
            <div>English</div><div>Copyright 2031</div><p class='articleParagraph'>The tolls &amp; dues \
            would double.</p><p class='articleParagraph'>It said no more.</p><p>Document \
            QUAYH0002031</p></div><div class='article'><table><tr><td><b>HD</b></td><td>Barges stay put\
            </td></tr><tr><td>PD</td><td>6 March 2031</td></tr><tr><td>SN</td><td>The Fen Weekly</td>\
            </tr><tr><td>LP</td><td><p class='articleParagraph'>Forty barges stayed.</p></td></tr>\
            </table></div>";
        assert!(is_factiva(page));
        let text = "The tolls & dues would double.\n\nIt said no more.";
        let expected = [
            article("The Quay Herald", "2031-03-04", "Harbour tolls to double", text),
            article("The Fen Weekly", "2031-03-06", "Barges stay put", "Forty barges stayed."),
        ];
        assert_eq!(read(factiva(page)), expected);
        assert!(factiva("<p class='enarticleParagraph'>x</p>")[0].is_err());
    }

    #[test]
    fn europresse_pages() {
        let page = "<article><header><div class='rdp__DocPublicationName'><span \
            class='DocPublicationName'>Le Quai, no. 43018</span></div><span class='DocHeader'>Ports, \
            mardi 4 mars 2031 88 mots, p. 3</span><div class='titreArticle'><p>Tolls to double</p>\
            </div></header><section><div class='DocText clearfix'><div class='docOcurrContainer'>\
            <p>The tolls would double.</p><p>It said no more.</p></div></div></section></article>";
        assert!(is_europresse(page));
        let text = "The tolls would double.\n\nIt said no more.";
        let expected = [article("Le Quai", "2031-03-04", "Tolls to double", text)];
        assert_eq!(read(europresse(page)), expected);
    }
}
