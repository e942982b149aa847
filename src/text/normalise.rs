//! Normalises texts for comparison.

/// The letters and digits of a text, in lower case: copies of a sentence are equal in this form, whatever
/// their quotation marks and spaces.
pub fn normalised(text: &str) -> String {
    let bytes = text.as_bytes();
    // Branch-free for ASCII: every byte is written, and the next one overwrites it if it is no letter.
    let mut letters = vec![0; bytes.len()];
    let (mut at, mut end) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii() {
            letters[end] = LOWER_CASE[usize::from(*byte)];
            end += usize::from(letters[end] != 0);
            at += 1;
        } else if bytes[at..].starts_with(PUNCTUATION) {
            at += PUNCTUATION.len() + 1;
        } else if let Some(c) = text[at..].chars().next() {
            at += c.len_utf8();
            for small in c.to_lowercase().filter(|_| c.is_alphanumeric()) {
                // A lower-case letter may take more bytes than its capital.
                letters.resize(letters.len().max(end + small.len_utf8() + bytes.len() - at), 0);
                end += small.encode_utf8(&mut letters[end..]).len();
            }
        }
    }
    letters.truncate(end);
    String::from_utf8(letters).unwrap_or_default()
}

/// The first two bytes of U+2000 to U+203F: dashes and curly quotation marks, no letters.
const PUNCTUATION: &[u8] = &[0xE2, 0x80];

/// The lower-case form of each ASCII letter and digit; 0 for every other byte.
pub(crate) const LOWER_CASE: [u8; 256] = {
    let mut letters = [0; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        if byte.is_ascii_alphanumeric() {
            letters[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    letters
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_letters_and_digits_are_kept() {
        assert_eq!(normalised("“It’s 3–4 °C,” É. said…"), "its34césaid");
        // Longer in lower case.
        assert_eq!(normalised("ȺȺ!Ⱥa"), "ⱥⱥⱥa");
    }

    proptest! {
        #[test]
        fn bytes_agree_with_characters(text in "([a-zA-Z .,“”–İȺΣ]|\\PC){0,60}") {
            let letters = text.chars().filter(|c| c.is_alphanumeric());
            prop_assert_eq!(normalised(&text), letters.flat_map(char::to_lowercase).collect::<String>());
        }
    }
}
