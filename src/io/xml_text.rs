//! The text of XML: of elements, of `CDATA` and of references such as `&amp;`.

use quick_xml::events::{BytesRef, Event};

/// The text that an event adds to its element; none where it adds none.
pub(super) fn text_of(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Text(text) => Some(text.xml10_content().into_owned()),
        Event::CData(text) => Some(text.xml10_content().into_owned()),
        Event::GeneralRef(reference) => Some(resolved(reference)),
        _ => None,
    }
}

/// The character that a reference stands for; an unknown one stays as it is written.
fn resolved(reference: &BytesRef<'_>) -> String {
    let name = reference.xml10_content();
    let char = match &*name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => reference.resolve_char_ref().ok().flatten(),
    };
    char.map_or_else(|| format!("&{name};"), String::from)
}
