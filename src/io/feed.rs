//! The articles of a feed, RSS or Atom.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::xml_text::text_of;
use crate::article::Article;

/// Takes the start of a file; says whether it is a feed.
pub(super) fn is_feed(start: &str) -> bool {
    let mut reader = Reader::from_str(start);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                return ["rss", "feed", "RDF"].contains(&element.local_name().as_ref());
            }
            Ok(Event::Decl(_) | Event::Comment(_) | Event::DocType(_) | Event::PI(_)) => {}
            Ok(Event::Text(text))
                if text
                    .xml10_content()
                    .trim_matches(['\u{feff}', ' ', '\n', '\r', '\t'])
                    .is_empty() => {}
            _ => return false,
        }
    }
}

/// Takes a feed, and what makes text of markup; gives its articles. The feed's title is their outlet, where
/// they name no source or publisher (`dc:publisher`).
/// Where an entry has a summary only, that is its text.
pub(super) fn articles(xml: &str, plain: fn(&str) -> String) -> Result<Vec<Article>, String> {
    let mut reader = Reader::from_str(xml);
    let mut feed = Feed::default();
    loop {
        let event = reader.read_event().map_err(|error| {
            let at = reader.error_position();
            format!("no valid XML at byte {at}: {error}; get the feed anew")
        })?;
        match event {
            Event::Start(element) => feed.open(&element),
            Event::Empty(element) => {
                feed.open(&element);
                feed.close();
            }
            Event::End(_) => feed.close(),
            Event::Eof => break,
            event => feed.text.extend(text_of(&event)),
        }
    }
    Ok(feed.entries.into_iter().map(|entry| entry.article(&feed.title, plain)).collect())
}

/// A feed, which grows element by element.
#[derive(Default)]
struct Feed {
    title: String,
    entries: Vec<Entry>,
    /// The names of the open elements, down to a bounded depth.
    open: Vec<String>,
    /// The text of the innermost element.
    text: String,
}

/// One entry, as it is written.
#[derive(Default)]
struct Entry {
    title: String,
    link: String,
    date: String,
    /// The name of the site that an entry of a collection comes from.
    source: String,
    summary: String,
    content: String,
}

impl Feed {
    fn open(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name().as_ref().to_string();
        if name == "item" || name == "entry" {
            self.entries.push(Entry::default());
        }
        // Markup within the content of an entry may stand there as elements.
        if !self.is_within_content() {
            self.text.clear();
        } else if matches!(name.as_str(), "p" | "br" | "div" | "li") {
            self.text.push_str("\n\n");
        }
        if name == "link" {
            self.add_link(element);
        }
        self.open.push(name);
    }

    fn is_within_content(&self) -> bool {
        self.open
            .iter()
            .any(|name| ["content", "summary", "description", "encoded"].contains(&name.as_str()))
    }

    /// The address in an attribute, where the link leads to the article and not to a feed of comments.
    fn add_link(&mut self, element: &BytesStart<'_>) {
        let value = |name: &str| {
            let attribute = element.try_get_attribute(name).ok().flatten()?;
            attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(String::from)
        };
        let is_article = value("rel").is_none_or(|rel| rel == "alternate");
        if let (Some(entry), Some(address), true) =
            (self.entries.last_mut(), value("href"), is_article)
            && entry.link.is_empty()
        {
            entry.link = address;
        }
    }

    fn close(&mut self) {
        let Some(name) = self.open.pop() else { return };
        if self.is_within_content() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        let parent = self.open.last().map_or("", String::as_str);
        let Some(entry) = self.entries.last_mut() else {
            if name == "title" && matches!(parent, "channel" | "feed") {
                self.title = text.to_string();
            }
            return;
        };
        let is_of_source = parent == "source";
        let field = match name.as_str() {
            "title" if is_of_source => &mut entry.source,
            "title" if matches!(parent, "item" | "entry") => &mut entry.title,
            "link" if parent == "item" => &mut entry.link,
            "pubDate" | "published" | "date" if !is_of_source => &mut entry.date,
            "updated" if !is_of_source && entry.date.is_empty() => &mut entry.date,
            "source" if !text.is_empty() => &mut entry.source,
            "publisher" if entry.source.is_empty() => &mut entry.source,
            "description" | "summary" if parent != "content" => &mut entry.summary,
            "encoded" | "content" => &mut entry.content,
            _ => return,
        };
        if !text.is_empty() {
            *field = text.to_string();
        }
    }
}

impl Entry {
    fn article(self, feed_title: &str, plain: fn(&str) -> String) -> Article {
        let text = if self.content.is_empty() { &self.summary } else { &self.content };
        let outlet = if self.source.is_empty() { feed_title.to_string() } else { self.source };
        Article {
            outlet,
            date: self.date,
            title: plain(&self.title).trim().to_string(),
            text: plain(text).trim().to_string(),
            url: self.link,
            ..Article::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> Vec<Article> {
        assert!(is_feed(xml));
        articles(xml, |markup| markup.replace("<p>", "").replace("</p>", "")).unwrap()
    }

    fn article(outlet: &str, date: &str, title: &str, text: &str, url: &str) -> Article {
        Article {
            outlet: outlet.to_string(),
            date: date.to_string(),
            title: title.to_string(),
            text: text.to_string(),
            url: url.to_string(),
            ..Article::default()
        }
    }

    #[test]
    fn items_name_their_outlets() {
        let items = "<item><dc:publisher>Fen</dc:publisher><title>A</title></item><item><source \
            url='q'>Quay</source><dc:publisher>Q Ltd</dc:publisher><title>B</title></item><item><title>C\
            </title></item>";
        let xml = format!("<rss><channel><title>All</title>{items}</channel></rss>");
        let outlets: Vec<String> = read(&xml).into_iter().map(|article| article.outlet).collect();
        assert_eq!(outlets, ["Fen", "Quay", "All"]);
    }

    #[test]
    fn rss() {
        let xml = "<?xml version='1.0'?><rss><channel><title>Quay &amp; Herald</title><link>https://q.example\
            </link><image><title>Logo</title></image><item><title>Tolls double</title><link>https://q.example/1</link>\
            <pubDate>Tue, 04 Mar 2031 12:00:00 GMT</pubDate><description>Short.</description>\
            <content:encoded><![CDATA[<p>The tolls would double.</p>]]></content:encoded></item>\
            <item><title>Barges</title><description>&lt;p>Forty stayed.&lt;/p></description></item>\
            </channel></rss>";
        let date = "Tue, 04 Mar 2031 12:00:00 GMT";
        let expected = [
            article(
                "Quay & Herald",
                date,
                "Tolls double",
                "The tolls would double.",
                "https://q.example/1",
            ),
            article("Quay & Herald", "", "Barges", "Forty stayed.", ""),
        ];
        assert_eq!(read(xml), expected);
    }

    #[test]
    fn atom() {
        let xml = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Quay Herald</title><entry>\
            <title>Tolls double</title><link rel='self' href='https://q.example/f'/>\
            <link href='https://q.example/1?a=1&amp;b=2'/><updated>2031-03-05</updated>\
            <published>2031-03-04T12:00:00Z</published><content type='xhtml'><div><p>One.</p><p>Two.</p>\
            </div></content></entry></feed>";
        let url = "https://q.example/1?a=1&b=2";
        let expected =
            [article("Quay Herald", "2031-03-04T12:00:00Z", "Tolls double", "One.\n\nTwo.", url)];
        let found = read(xml);
        assert_eq!(found[0].text.split_whitespace().collect::<Vec<_>>(), ["One.", "Two."]);
        assert_eq!(Article { text: expected[0].text.clone(), ..found[0].clone() }, expected[0]);
    }

    #[test]
    fn what_is_no_feed() {
        assert!(!is_feed("<html><rss>"));
        assert!(!is_feed("A text about <rss>."));
        assert!(articles("<rss><channel></rss>", str::to_string).is_err());
    }
}
