//! Tells in which charset bytes are written that are not all ASCII.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Number of bytes in which a page or feed declares its charset, as browsers look for it.
const HEAD: usize = 4 << 10;

/// What news in English has beyond ASCII: signs, and letters of the names of western Europe.
const NEWS: &str = "£€“”‘’‚„–—…•·©®™°½¼¾×§«»¢²\u{a0}\u{ad}àáâãäåæçèéêëìíîïñòóôõöøœùúûüýßÀÁÂÃÄÅÆÇÈÉÊËÌ\
                    ÍÎÏÑÒÓÔÕÖØŒÙÚÛÜÝšžŠŽ";

/// Takes the start of a file; gives the charset that it declares, as pages and feeds do.
pub(super) fn declared(start: &[u8]) -> Option<&'static Encoding> {
    let head = &start[..start.len().min(HEAD)];
    let head: String = head.iter().map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let head = head.trim_start();
    if !head.starts_with('<') {
        return None;
    }
    let named = |after: &str, mark: &str| {
        let (_, value) = after.split_once(mark)?;
        let value = value.trim_start().strip_prefix('=')?.trim_start_matches(['"', '\'', ' ']);
        let is_end = |char: char| !char.is_ascii_alphanumeric() && !"-_:.".contains(char);
        Encoding::for_label(value.split(is_end).next()?.as_bytes())
    };
    let declaration = head.strip_prefix("<?xml").and_then(|rest| rest.split("?>").next());
    let mut metas = head.split("<meta").skip(1).filter_map(|rest| rest.split('>').next());
    let of_page = metas.find_map(|meta| named(meta, "charset"));
    let found = declaration.and_then(|xml| named(xml, "encoding")).or(of_page);
    // What could be read as bytes of ASCII is not written in two bytes a character.
    found.filter(|encoding| ![UTF_16LE, UTF_16BE].contains(encoding))
}

/// UTF-16 without a byte order mark: western text has NUL in every other byte.
pub(super) fn unmarked_utf16(window: &[u8]) -> Option<&'static Encoding> {
    let n_nul = |first: usize| window.iter().skip(first).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (n_nul(0), n_nul(1));
    let mostly = |n: usize, other: usize| n * 5 > window.len() && other * 20 < n;
    if mostly(odd, even) {
        Some(UTF_16LE)
    } else if mostly(even, odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Detects the charset of bytes that are not all ASCII; takes the one that their file declares.
pub(super) fn guess(window: &[u8], declared: Option<&'static Encoding>) -> &'static Encoding {
    let (mut n_valid, mut n_invalid) = (0, 0);
    for chunk in window.utf8_chunks() {
        n_valid += chunk.valid().chars().filter(|char| !char.is_ascii()).count();
        n_invalid += usize::from(!chunk.invalid().is_empty());
    }
    // Text of another charset is almost never valid UTF-8 by accident, and browsers save pages as UTF-8
    // that declare another one.
    let is_valid = n_valid > 0 && n_invalid <= 1;
    if let Some(declared) = declared.filter(|_| !is_valid) {
        return declared;
    }
    // A file that is mostly valid has been damaged, and its rows must be refused, not turned into "â€™".
    if n_valid >= n_invalid {
        return UTF_8;
    }
    if is_sparse(window) {
        let is_news = |charset: &&'static Encoding| is_news(charset, window);
        if let Some(charset) = [WINDOWS_1252, MACINTOSH].into_iter().find(is_news) {
            return charset;
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(window, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether few bytes are beyond ASCII, as in English. In short texts of other languages they are few, too,
/// but not beside as many letters of ASCII.
fn is_sparse(window: &[u8]) -> bool {
    let n_high = window.iter().filter(|byte| !byte.is_ascii()).count();
    let n_letters = window.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    n_high * 20 <= n_letters || n_high <= 8 && n_high * 5 <= n_letters
}

/// Whether everything beyond ASCII is what news prints, if the bytes are written in a charset. A capital
/// behind a small letter is not; a sign of yen is where a sum follows, as its byte is a bullet in another.
fn is_news(charset: &'static Encoding, window: &[u8]) -> bool {
    let (text, _) = charset.decode_without_bom_handling(window);
    let mut before = ' ';
    let after = text.chars().skip(1).chain([' ']);
    text.chars().zip(after).all(|(char, after)| {
        let is_capital_within = char.is_uppercase() && before.is_lowercase();
        before = char;
        let is_sum = char == '¥' && after.is_ascii_digit();
        char.is_ascii() || is_sum || NEWS.contains(char) && !is_capital_within
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1254};

    #[track_caller]
    fn check(bytes: &[u8], expected: &'static Encoding) {
        assert_eq!(guess(bytes, declared(bytes)), expected, "{}", bytes.escape_ascii());
    }

    #[test]
    fn one_sign_of_news_tells_the_charset() {
        for sign in "£€“”‘’–—…©°½éèñüöçÉÖ".chars() {
            for text in [
                format!("id,text\n1,The tram costs a lot {sign} said Ada Roe.\n"),
                format!("The tram cost {sign}4 million."),
                format!("Caf{sign} owners, and all who live by the line, are for the tram."),
            ] {
                let (bytes, _, _) = WINDOWS_1252.encode(&text);
                let read = guess(&bytes, None).decode_without_bom_handling(&bytes).0;
                let is_upper_within = text.starts_with("Caf") && sign.is_uppercase();
                assert!(is_upper_within || read == text, "{read}");
            }
        }
    }

    #[test]
    fn other_charsets_are_still_told() {
        let encoded = |text: &str, charset: &'static Encoding| {
            assert_eq!(charset.encode(text).1, charset);
            charset.encode(text).0.into_owned()
        };
        for (text, charset) in [
            ("Трамвай слишком дорог, сказала Ада Роу в понедельник.", WINDOWS_1251),
            ("Tramwaj jest za drogi, powiedziała Ada Łęcka w środę. Żaden źle.", WINDOWS_1250),
            ("Tramvay çok pahalı, dedi Ayşe Yıldız. Doğru değil, şimdi.", WINDOWS_1254),
            ("路面電車は高すぎると彼女は月曜日に言った。", SHIFT_JIS),
        ] {
            check(&encoded(text, charset), charset);
        }
        check(b"Caf\x8e owners in Orl\x8ea say \xd4enough\xd5.", MACINTOSH);
        check(b"\xa5 The tram is late.\n\xa5 The ferry is not, said Ada Roe.", MACINTOSH);
        check(b"id,text\n1,A ride on the tram is \xa5200 in Osaka.\n", WINDOWS_1252);
        check(b"It\xd5s late. \xd2No,\xd3 said Ada Roe of the tram \xd0 and left.", MACINTOSH);
    }

    #[test]
    fn a_declared_charset_is_obeyed() {
        let page =
            b"<html><head><META http-equiv='x' content='text/html; charset=windows-1250'>\xa3";
        check(page, WINDOWS_1250);
        check(b"<?xml version='1.0' encoding=\"windows-1251\"?><rss>\xd2\xf0</rss>", WINDOWS_1251);
        check(b" <meta charset=ISO-8859-1>caf\xe9", WINDOWS_1252);
        check("<meta charset=windows-1251>café “x”".as_bytes(), UTF_8);
        check(b"<meta charset=utf-16>caf\xe9 and all who live by the line", WINDOWS_1252);
        check(b"<meta charset=utf-8>caf\xe9", UTF_8);
        assert_eq!(declared(b"text\n<meta charset=windows-1251>"), None);
        assert_eq!(declared(b"<meta charset=nonsense>"), None);
    }
}
