//! What stands on a page around its article: readers' comments are taken out, links to other stories and
//! credits go, and elements that a browser sets on lines of their own come apart.

use dom_query::{Document, NodeRef};
use rustc_hash::FxHashSet;

/// Classes and ids of readers' comments, in small letters and without marks.
const COMMENTS: [&str; 22] = [
    "articlecomments",
    "comment",
    "commentarea",
    "commentbox",
    "commentlist",
    "commentrespond",
    "comments",
    "commentsarea",
    "commentsbox",
    "commentscontainer",
    "commentsection",
    "commentslist",
    "commentssection",
    "commentsthread",
    "commentswrapper",
    "commentthread",
    "disqusthread",
    "fbcomments",
    "readercomments",
    "respond",
    "usercomments",
    "viafoura",
];

/// Classes and ids of links to other stories, written so.
const OTHER_STORIES: [&str; 20] = [
    "elementrichlink",
    "jprelatedposts",
    "morestories",
    "outbrain",
    "readnext",
    "recirculation",
    "recommendedarticles",
    "recommendedstories",
    "relatedarticle",
    "relatedarticles",
    "relatedcontent",
    "relatedlinks",
    "relatedposts",
    "relatedstories",
    "relatedstory",
    "taboola",
    "trcrelated",
    "youmayalsolike",
    "yarpp",
    "yarpprelated",
];

/// What holds the article itself, whatever its class says.
const ARTICLE: &str = "h1, [itemprop=articleBody], .entry-content, .article-body";

/// Inline elements; where a style makes blocks of them, their text is no part of the line.
const BLOCKS: &str = "span[style], a[style], b[style], strong[style], em[style], i[style], font[style], \
    label[style]";

/// Minimum number of words of a paragraph of the article that is hidden from screen readers.
const MIN_HIDDEN: usize = 5;

/// Takes a page; takes its readers' comments out and gives them, a blank line between them. Removes what
/// leads to other stories, credits of photos, and words for screen readers about lists.
pub(super) fn take_out(page: &Document) -> String {
    let comments: Vec<String> = removed(page, is_comment)
        .iter()
        .map(|node| node.formatted_text().trim().to_string())
        .filter(|text| !text.is_empty())
        .collect();
    removed(page, leads_away);
    let credits = "figure [class*=credit], figcaption [class*=credit], [class*=photo-credit], \
        [class*=image-credit]";
    page.select(credits).remove();
    for node in page.select("span, p").nodes() {
        if counts_list(&node.text()) {
            node.remove_from_parent();
        }
    }
    for node in page.select("p[aria-hidden=true]").nodes() {
        // Behind a wall, the article may be hidden from screen readers.
        if node.text().split_whitespace().nth(MIN_HIDDEN).is_some() {
            node.remove_attr("aria-hidden");
        }
    }
    set_apart(page);
    comments.join("\n\n")
}

/// Has elements that browsers set on lines of their own end lines.
pub(super) fn set_apart(page: &Document) {
    page.select("center").rename("div");
    page.select("dt, dd").rename("p");
    for node in page.select(BLOCKS).nodes() {
        let style = node.attr("style").unwrap_or_default().to_ascii_lowercase();
        if style.split(';').any(|rule| rule.replace(' ', "") == "display:block") {
            node.before_html("<br>");
            node.after_html("<br>");
        }
    }
}

/// Removes the outermost elements that a rule is about; gives them.
fn removed<'p>(page: &'p Document, is_meant: fn(&NodeRef<'_>) -> bool) -> Vec<NodeRef<'p>> {
    let named = page.select("[class], [id], [itemprop=comment]");
    let mut found: Vec<NodeRef<'p>> = Vec::new();
    let mut ids = FxHashSet::default();
    for node in named.nodes() {
        let is_within = || node.ancestors_it(None).any(|above| ids.contains(&above.id));
        if is_meant(node) && !is_within() && !holds_article(node) {
            ids.insert(node.id);
            found.push(*node);
        }
    }
    found.iter().for_each(NodeRef::remove_from_parent);
    found
}

fn holds_article(node: &NodeRef<'_>) -> bool {
    let is_outermost =
        node.node_name().is_some_and(|name| matches!(&*name, "html" | "body" | "main"));
    is_outermost || node.is(ARTICLE) || dom_query::Selection::from(*node).select(ARTICLE).exists()
}

/// Whether an element holds readers' comments.
fn is_comment(node: &NodeRef<'_>) -> bool {
    let is_marked = node.attr("itemprop").is_some_and(|name| &*name == "comment");
    is_marked || names(node).iter().any(|name| COMMENTS.contains(&name.as_str()))
}

/// Whether an element is a list of links to other stories: linked text is half of it or more.
fn leads_away(node: &NodeRef<'_>) -> bool {
    if !names(node).iter().any(|name| OTHER_STORIES.contains(&name.as_str())) {
        return false;
    }
    let links = dom_query::Selection::from(*node).select("a").text().len();
    links * 2 >= node.text().trim().len()
}

/// The classes and the id of an element, in small letters and without marks.
fn names(node: &NodeRef<'_>) -> Vec<String> {
    let plain = |name: &str| {
        let letters = name.chars().filter(char::is_ascii_alphabetic);
        letters.map(|letter| letter.to_ascii_lowercase()).collect::<String>()
    };
    let attributes = ["class", "id"].into_iter().filter_map(|name| node.attr(name));
    attributes.flat_map(|value| value.split_whitespace().map(plain).collect::<Vec<_>>()).collect()
}

/// `list of 3 items`, `list 1 of 3`, `end of list`: what screen readers say of a list.
fn counts_list(text: &str) -> bool {
    if text.len() > 40 {
        return false;
    }
    let lower = text.trim().to_ascii_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    match words[..] {
        ["end", "of", "list"] => true,
        ["list", "of", n, "items" | "item"] => is_number(n),
        ["list", at, "of", n] => is_number(at) && is_number(n),
        _ => false,
    }
}

/// Takes the title of a page and its main heading; gives the heading where the title goes on with the name
/// of the site alone.
pub(super) fn without_site<'t>(title: &'t str, heading: &'t str) -> &'t str {
    let rest = title.strip_prefix(heading).unwrap_or("").trim_start();
    let is_site = rest.starts_with(['[', '(', '|', '-', '–', '—', '·', '•', '«', '/']);
    let is_heading = heading.split_whitespace().nth(2).is_some();
    if is_heading && is_site && rest.split_whitespace().nth(8).is_none() { heading } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, text: &str, comments: &str) {
        let page = Document::from(page);
        assert_eq!(take_out(&page), comments);
        assert_eq!(page.select("body").formatted_text().trim(), text);
    }

    #[test]
    fn readers_comments_are_taken_out() {
        let list = "<ol class='comment-list'><li id='comment-1'><p>Sad.</p></li><li><p>Glad.</p></li></ol>";
        check(&format!("<p>The dam holds.</p>{list}"), "The dam holds.", "Sad.\n\nGlad.");
        let marked =
            "<article itemprop='comment'>Sad.</article><div id='disqus_thread'>Glad.</div>";
        check(&format!("<p>The dam holds.</p>{marked}"), "The dam holds.", "Sad.\n\nGlad.");
        // A page about comments, or one that calls its article so.
        check("<div class='comment'><h1>Dams</h1> They hold.</div>", "Dams\n\nThey hold.", "");
        check("<p class='commentary no-comments'>It holds.</p>", "It holds.", "");
    }

    #[test]
    fn what_leads_away_goes() {
        let links = "<a href='/a'>A dam breaks</a> <a href='/b'>Dams in pictures</a>";
        check(
            &format!("<p>It holds.</p><div class='related-links'>{links}</div>"),
            "It holds.",
            "",
        );
        check("<p class='related-story'>It holds, says <a>Elm</a>.</p>", "It holds, says Elm.", "");
        check("<ul><li><span>list 1 of 2</span>Dams</li></ul><span>end of list</span>", "Dams", "");
        let figure =
            "<figure><figcaption>A dam. <i class='photo__credit'>Jo Elm</i></figcaption></figure>";
        check(figure, "A dam.", "");
    }

    #[test]
    fn blocks_end_lines() {
        check("<dl><dt>Dams</dt><dd>They hold.</dd></dl>", "Dams\n\nThey hold.", "");
        check("<center>Dams</center>They hold.", "Dams\n\nThey hold.", "");
        check(
            "<span style='color: red; display: block'>Dams</span>They hold.",
            "Dams\nThey hold.",
            "",
        );
    }

    #[test]
    fn the_site_is_no_part_of_the_headline() {
        assert_eq!(without_site("An old dam [Fen Weekly]", "An old dam"), "An old dam");
        assert_eq!(without_site("An old dam breaks", "An old dam"), "An old dam breaks");
        assert_eq!(without_site("Fen Weekly", ""), "Fen Weekly");
    }
}
