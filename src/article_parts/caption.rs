//! Captions of photographs that stand as paragraphs of their own.

/// Maximum number of words of a caption.
const MOST_WORDS: usize = 100;

/// What an agency puts before the caption of a picture from its archive.
const ARCHIVE: [&str; 4] = ["FILE - ", "FILE – ", "FILE — ", "FILE PHOTO: "];

/// How the credit in brackets begins that closes a caption, in small letters.
const CREDITS: [&str; 7] =
    ["ap photo", "photo by ", "photo: ", "image: ", "getty images", "reuters/", "courtesy "];

/// Whether a paragraph is the caption of a photograph: `FILE - In this May 2 photo, …`, `1 of 5 This image …`,
/// `… at the dam. (AP Photo/Jo Elm)`, `… at the dam. REUTERS/Jo Elm`.
pub(super) fn is_caption(text: &str) -> bool {
    let unnumbered = without_number(text);
    let begins = || ARCHIVE.iter().any(|start| unnumbered.unwrap_or(text).starts_with(start));
    let is_numbered =
        || unnumbered.is_some_and(|rest| rest.starts_with("This ") || rest.starts_with("In this "));
    (begins() || is_numbered() || ends_with_credit(text))
        && text.split_whitespace().nth(MOST_WORDS).is_none()
}

/// What follows the number of a picture among several: `1 of 5 This image …`.
fn without_number(text: &str) -> Option<&str> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits(text));
    let rest = rest.strip_prefix(" of ")?;
    let (all, rest) = rest.split_at(digits(rest));
    (!number.is_empty() && !all.is_empty()).then_some(rest.strip_prefix(' ')?)
}

fn ends_with_credit(text: &str) -> bool {
    let in_brackets = || {
        let (_, credit) = text.trim_end_matches('.').strip_suffix(')')?.rsplit_once('(')?;
        let credit = credit.to_lowercase();
        Some(CREDITS.iter().any(|start| credit.starts_with(start)))
    };
    let of_agency = || {
        let (before, name) = text.rsplit_once(" REUTERS/")?;
        Some(before.ends_with(['.', '"', '”']) && name.split(' ').nth(4).is_none())
    };
    in_brackets().or_else(of_agency).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_are_told_by_what_opens_and_closes_them() {
        for text in [
            "FILE - In this May 2, 2031 file photo, the dam leaks. The mayor said it was safe.",
            "2 of 7 This image from the dam shows a leak.",
            "3 of 4 FILE - In this May 2 photo, the dam leaks.",
            "The dam leaks at Fenholt on Monday. (AP Photo/Jo Elm)",
            "The dam leaks. (Photo by Jo Elm for the Valley News).",
            "A man looks at the dam in Fenholt, May 2, 2031. REUTERS/Jo Elm/File Photo",
        ] {
            assert!(is_caption(text), "{text}");
        }
    }

    #[test]
    fn sentences_about_pictures_are_none() {
        for text in [
            "In this photo the dam looks safe, but it is not.",
            "3 of 10 residents want the dam gone.",
            "2 of 7 This",
            "Files from the dam were lost (the mayor has copies).",
            "The picture was sold to the Valley News, REUTERS/Elm told us before it was withdrawn.",
            "",
        ] {
            assert!(!is_caption(text), "{text}");
        }
        let long = format!("FILE - {}", "The dam leaks. ".repeat(40));
        assert!(!is_caption(&long));
    }
}
