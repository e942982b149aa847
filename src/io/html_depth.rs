//! The depth of nested elements in a page, from one pass over its tags.

/// Maximum depth of nested elements. The time of extraction grows with its square: a thousand levels
/// take a second, and no real page is as deep.
pub(super) const MAX_DEPTH: usize = 1000;

/// Elements that the parser closes by itself, or that are empty.
const NOT_NESTED: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Elements that hold text alone, even where it looks like tags.
const RAW_TEXT: &[&str] = &["script", "style", "textarea", "title"];

/// The greatest number of elements that are open at once. Stops counting above `max`.
pub(super) fn depth(html: &str, max: usize) -> usize {
    let mut open = Vec::new();
    let mut deepest = 0;
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once('<') {
        rest = read_tag(tag, &mut open);
        deepest = deepest.max(open.len());
        if deepest > max {
            break;
        }
    }
    deepest
}

/// Takes what follows a `<`, and the names of the open elements, which it brings up to date; gives
/// the rest behind the tag's name, or behind the element where that holds text alone.
fn read_tag<'a>(tag: &'a str, open: &mut Vec<String>) -> &'a str {
    if let Some(comment) = tag.strip_prefix("!--") {
        return comment.split_once("-->").map_or("", |(_, after)| after);
    }
    let (is_end, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
    let name = tag_name(tag).to_ascii_lowercase();
    if name.is_empty() || NOT_NESTED.contains(&name.as_str()) {
        return tag;
    }
    // Drawings and formulas have other rules.
    let is_foreign = open.iter().any(|name| name == "svg" || name == "math");
    if is_end {
        // An end tag also closes what was opened within its element.
        let opened = open.iter().rposition(|open| *open == name);
        open.truncate(opened.unwrap_or(open.len()));
    } else if !is_foreign && RAW_TEXT.contains(&name.as_str()) {
        return after_end_tag(tag, &name);
    } else if !(is_foreign && is_self_closing(tag)) {
        open.push(name);
    }
    tag
}

/// The name at the start of a tag; empty where it has none.
fn tag_name(tag: &str) -> &str {
    let is_name = tag.starts_with(|char: char| char.is_ascii_alphabetic());
    let end = tag.find(|char: char| char.is_ascii_whitespace() || char == '>' || char == '/');
    if is_name { &tag[..end.unwrap_or(tag.len())] } else { "" }
}

/// Whether a tag ends in `/>`, which has a meaning in drawings and formulas only.
fn is_self_closing(tag: &str) -> bool {
    tag.split_once('>').is_some_and(|(inside, _)| inside.ends_with('/'))
}

/// What follows the end tag of an element.
fn after_end_tag<'a>(tag: &'a str, name: &str) -> &'a str {
    let mut rest = tag;
    while let Some((_, after)) = rest.split_once("</") {
        rest = after;
        if tag_name(after).eq_ignore_ascii_case(name) {
            return after;
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth_of(html: &str) -> usize {
        depth(html, 1000)
    }

    #[test]
    fn depth_counts_what_nests() {
        assert_eq!(depth_of("<DIV><p>a<p>b<br><b>c</B></div><div></div>"), 2);
        assert_eq!(depth_of(&"<div></div><p><li>".repeat(5000)), 1);
        assert_eq!(depth_of(&format!("<script>{}</script>", "a<b;".repeat(5000))), 0);
        assert_eq!(depth_of(&format!("<!--{}-->", "<b>".repeat(5000))), 0);
        assert_eq!(depth_of(&format!("<svg>{}</svg>", "<path d=''/>".repeat(5000))), 1);
        assert_eq!(depth_of("<<a< /b>"), 1);
    }
}
