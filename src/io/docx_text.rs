//! The text of a Word document.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::office_file::{damaged, part};
use super::xml_text::text_of;

/// Elements whose text is not part of the document: text that was moved away, and a second copy of
/// drawings for old programs.
const LEFT_OUT: &[&str] = &["moveFrom", "Fallback"];

/// Takes a whole file; gives its paragraphs with an empty line between them. Headers, footers, notes and
/// comments are not part of it.
pub(super) fn text(bytes: &[u8]) -> Result<String, String> {
    let xml = part(bytes, "word/document.xml")?;
    paragraphs(&xml).map(|paragraphs| paragraphs.join("\n\n"))
}

fn paragraphs(xml: &str) -> Result<Vec<String>, String> {
    let mut reader = Reader::from_str(xml);
    let mut collected = Collected::default();
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(element) => collected.open(element.local_name().as_ref()),
            Event::End(element) => collected.close(element.local_name().as_ref()),
            Event::Empty(element) => collected.add_mark(element.local_name().as_ref()),
            Event::Eof => break,
            event => collected.add_text(&event),
        }
    }
    collected.end_paragraph();
    Ok(collected.paragraphs)
}

/// What was read so far.
#[derive(Default)]
struct Collected {
    paragraphs: Vec<String>,
    paragraph: String,
    /// Whether text stands in an element for text, not between others.
    is_in_text: bool,
    /// The number of open elements that are left out.
    n_left_out: usize,
}

impl Collected {
    fn open(&mut self, name: &str) {
        self.n_left_out += usize::from(LEFT_OUT.contains(&name));
        self.is_in_text |= name == "t";
        self.add_mark(name);
    }

    fn close(&mut self, name: &str) {
        self.n_left_out -= usize::from(LEFT_OUT.contains(&name) && self.n_left_out > 0);
        match name {
            "t" => self.is_in_text = false,
            "p" => self.end_paragraph(),
            _ => {}
        }
    }

    /// Adds what elements stand for.
    fn add_mark(&mut self, name: &str) {
        let mark = match name {
            "tab" => '\t',
            "br" | "cr" => '\n',
            "noBreakHyphen" => '-',
            _ => return,
        };
        // The properties of a paragraph list its tabulators.
        if self.n_left_out == 0 && !(self.paragraph.is_empty() && mark == '\t') {
            self.paragraph.push(mark);
        }
    }

    fn add_text(&mut self, event: &Event<'_>) {
        if self.is_in_text && self.n_left_out == 0 {
            self.paragraph.extend(text_of(event));
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        if !paragraph.trim().is_empty() {
            self.paragraphs.push(paragraph.trim().to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_paragraphs() {
        let xml = "<w:document><w:body><w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>\
            <w:r><w:t>Harbour </w:t></w:r><w:r><w:t>tolls &amp; d&#252;es</w:t></w:r></w:p><w:p/>\
            <w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>One.</w:t><w:br/>\
            <w:t>Two.</w:t><w:instrText>PAGE</w:instrText></w:r></w:p><mc:Fallback><w:p><w:r>\
            <w:t>twice</w:t></w:r></w:p></mc:Fallback></w:body></w:document>";
        assert_eq!(paragraphs(xml).unwrap(), ["Harbour tolls & dües", "One.\nTwo."]);
        assert!(paragraphs("<w:p></w:t>").is_err());
        assert!(text(b"PK\x03\x04").unwrap_err().contains("damaged"));
    }
}
