//! Detects the encoding of a file and turns it into UTF-8, without holding the file.
//!
//! A byte order mark tells the encoding. Without one, NUL in every other byte means UTF-16. Otherwise
//! ASCII is passed on until the first byte beyond it, and the 64 KiB around that byte decide: UTF-8
//! where they are valid, else what a page declares or `charset` guesses. So a file whose first accent stands after a
//! gigabyte is decoded as well as one that begins with it.
//!
//! UTF-8 is passed on unchecked. `numbered_lines` checks it: there an invalid byte has a line, and
//! makes only its row unusable.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};

use super::charset::{declared, guess, unmarked_utf16};

/// Maximum number of bytes that are examined to detect the encoding.
pub(super) const WINDOW: usize = 64 << 10;
/// Number of bytes before the first one beyond ASCII that are examined too.
const CONTEXT: usize = 1 << 10;

/// The encoding of the bytes.
enum InputEncoding {
    /// Only ASCII so far.
    Undecided,
    Utf8,
    Other(Box<Decoder>),
}

impl InputEncoding {
    fn new(encoding: &'static Encoding) -> Self {
        if encoding == UTF_8 {
            return InputEncoding::Utf8;
        }
        InputEncoding::Other(Box::new(encoding.new_decoder_without_bom_handling()))
    }
}

/// Wraps a reader of any encoding; reads UTF-8.
pub(super) struct Utf8Reader<R> {
    inner: R,
    encoding: InputEncoding,
    /// What a page or feed says of itself.
    declared: Option<&'static Encoding>,
    /// Read, but not yet decoded.
    raw: Vec<u8>,
    /// Decoded; the first `n_consumed` bytes were passed on.
    decoded: Vec<u8>,
    n_consumed: usize,
    /// Whether `inner` has no more bytes.
    has_ended: bool,
    /// Returned after every byte that was read before it, so that a message can name the line.
    failure: Option<io::Error>,
}

impl<R: Read> Utf8Reader<R> {
    pub(super) fn new(inner: R) -> Self {
        let mut reader = Utf8Reader {
            inner,
            encoding: InputEncoding::Undecided,
            declared: None,
            raw: Vec::with_capacity(WINDOW),
            decoded: Vec::with_capacity(WINDOW),
            n_consumed: 0,
            has_ended: false,
            failure: None,
        };
        reader.fill();
        reader.declared = declared(&reader.raw);
        if let Some((encoding, length)) = Encoding::for_bom(&reader.raw) {
            reader.raw.drain(..length);
            reader.encoding = InputEncoding::new(encoding);
        } else if let Some(encoding) = unmarked_utf16(&reader.raw) {
            reader.encoding = InputEncoding::new(encoding);
        }
        reader
    }

    /// Reads from `inner` until the window is full.
    fn fill(&mut self) {
        let n_missing = WINDOW - self.raw.len();
        if self.has_ended || n_missing == 0 {
            return;
        }
        let read = self.inner.by_ref().take(n_missing as u64).read_to_end(&mut self.raw);
        self.has_ended = self.raw.len() < WINDOW;
        if let Err(error) = read {
            self.stop(error);
        }
    }

    fn stop(&mut self, error: io::Error) {
        self.has_ended = true;
        self.failure = Some(error);
    }

    /// Decodes more bytes, or decides about the encoding.
    fn advance(&mut self) {
        self.fill();
        match &mut self.encoding {
            InputEncoding::Utf8 => std::mem::swap(&mut self.raw, &mut self.decoded),
            InputEncoding::Undecided => self.pass_ascii(),
            InputEncoding::Other(_) => self.decode(),
        }
    }

    fn pass_ascii(&mut self) {
        match self.raw.iter().position(|byte| !byte.is_ascii()) {
            None => std::mem::swap(&mut self.raw, &mut self.decoded),
            Some(first) if first > CONTEXT => {
                self.decoded.extend(self.raw.drain(..first - CONTEXT));
            }
            Some(_) => self.encoding = InputEncoding::new(guess(&self.raw, self.declared)),
        }
    }

    fn decode(&mut self) {
        let InputEncoding::Other(decoder) = &mut self.encoding else { return };
        let is_last = self.has_ended && self.failure.is_none();
        let n_bytes = decoder.max_utf8_buffer_length_without_replacement(self.raw.len());
        let mut text = String::with_capacity(n_bytes.unwrap_or(4 * WINDOW));
        let (result, n_read) =
            decoder.decode_to_string_without_replacement(&self.raw, &mut text, is_last);
        self.raw.drain(..n_read);
        self.decoded = text.into_bytes();
        if matches!(result, DecoderResult::Malformed(..)) {
            let error = malformed(decoder.encoding());
            self.raw.clear();
            self.stop(error);
        }
        if self.has_ended && self.raw.is_empty() {
            // A decoder must not be called again after the end.
            self.encoding = InputEncoding::Utf8;
        }
    }

    fn is_over(&self) -> bool {
        self.has_ended && self.raw.is_empty() && !matches!(self.encoding, InputEncoding::Other(_))
    }
}

impl<R: Read> BufRead for Utf8Reader<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.n_consumed == self.decoded.len() {
            self.n_consumed = 0;
            self.decoded.clear();
            if self.is_over() {
                return self.failure.take().map_or(Ok(&[]), Err);
            }
            self.advance();
        }
        Ok(&self.decoded[self.n_consumed..])
    }

    fn consume(&mut self, n: usize) {
        self.n_consumed += n;
    }
}

impl<R: Read> Read for Utf8Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

fn malformed(encoding: &'static Encoding) -> io::Error {
    let reason = format!(
        "bytes that are not valid {}, in which the file seems to be written; save it as UTF-8",
        encoding.name()
    );
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode(bytes: &[u8]) -> io::Result<String> {
        let mut text = Vec::new();
        Utf8Reader::new(bytes).read_to_end(&mut text)?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes).unwrap(), expected);
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn utf8_with_and_without_a_mark() {
        check("“naïve” – 漢字 🗞".as_bytes(), "“naïve” – 漢字 🗞");
        check("\u{feff}naïve".as_bytes(), "naïve");
        check(b"plain", "plain");
        check(b"", "");
    }

    #[test]
    fn utf16_with_and_without_a_mark() {
        check(&utf16("\u{feff}“Café” 🗞", u16::to_le_bytes), "“Café” 🗞");
        check(&utf16("\u{feff}“Café” 🗞", u16::to_be_bytes), "“Café” 🗞");
        check(&utf16("id,text\n1,“Café”\n", u16::to_le_bytes), "id,text\n1,“Café”\n");
        check(&utf16("id,text\n1,“Café”\n", u16::to_be_bytes), "id,text\n1,“Café”\n");
    }

    #[test]
    fn windows_1252() {
        check(
            b"\x93He\x92s na\xefve,\x94 she said \x96 at the caf\xe9",
            "“He’s naïve,” she said – at the café",
        );
    }

    #[test]
    fn the_first_accent_may_come_late() {
        for n in [CONTEXT - 1, CONTEXT, CONTEXT + 1, WINDOW - 1, WINDOW, 3 * WINDOW + 7] {
            let ascii = "It rained. ".repeat(n / 11 + 1);
            check(format!("{ascii}café").as_bytes(), &format!("{ascii}café"));
            check(&[ascii.as_bytes(), b"caf\xe9"].concat(), &format!("{ascii}café"));
        }
    }

    #[test]
    fn characters_across_windows() {
        let text = "a“漢🗞é".repeat(WINDOW / 5);
        check(text.as_bytes(), &text);
        check(&utf16(&format!("\u{feff}{text}"), u16::to_le_bytes), &text);
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        check(b"caf\xc3\xa9 \xe2\x80\x99 \xff!", "café ’ \u{fffd}!");
    }

    #[test]
    fn malformed_utf16_is_refused_after_what_precedes_it() {
        let mut bytes = utf16("\u{feff}first line\n", u16::to_le_bytes);
        bytes.extend([0x00, 0xd8, b'a', 0]);
        let mut reader = Utf8Reader::new(&bytes[..]);
        let mut before = [0; 64];
        let n = reader.read(&mut before).unwrap();
        assert_eq!(&before[..n], b"first line\n");
        assert!(reader.read(&mut before).unwrap_err().to_string().contains("UTF-16LE"));
        assert!(decode(b"\xff\xfea").unwrap_err().to_string().contains("UTF-16LE"));
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = decode(&bytes);
        }

        #[test]
        fn any_text_comes_back(text in "[^\u{feff}\0]\\PC{0,300}") {
            prop_assert_eq!(decode(text.as_bytes()).unwrap(), text);
        }
    }
}
