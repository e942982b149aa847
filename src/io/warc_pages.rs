//! The pages of a web archive (ISO 28500), read one by one.

use std::io::{self, BufRead, Read};

use encoding_rs::Encoding;
use flate2::read::{MultiGzDecoder, ZlibDecoder};

use super::encoding::Utf8Reader;
use super::numbered_lines::MAX_RECORD;

/// Maximum size in bytes of the head of a record, and maximum number of its lines.
const MAX_HEAD: u64 = 64 << 10;
const MAX_HEADERS: usize = 128;

/// Whether a file begins as a web archive.
pub(super) fn is_warc(start: &[u8]) -> bool {
    start.starts_with(b"WARC/1.")
}

/// One page of an archive.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WarcPage {
    pub(super) url: String,
    pub(super) text: String,
    /// Whether the text is HTML; else it was taken from a page before.
    pub(super) is_html: bool,
}

/// The pages of an archive. What is no page, and pages that a server did not have, are left out.
pub(super) struct WarcPages<R> {
    reader: R,
    number: u64,
}

/// The head of a record.
struct Head {
    kind: String,
    url: String,
    content_type: String,
    n_bytes: u64,
}

impl<R: BufRead> WarcPages<R> {
    pub(super) fn new(reader: R) -> Self {
        WarcPages { reader, number: 0 }
    }

    /// The next page, or why its record cannot be read; none at the end. The outer error ends the file.
    pub(super) fn next_page(&mut self) -> Result<Option<Result<WarcPage, String>>, String> {
        while let Some(head) = self.head()? {
            self.number += 1;
            let is_page = match head.kind.as_str() {
                "response" => head.content_type.contains("http"),
                "resource" | "conversion" => head.content_type.starts_with("text/"),
                _ => false,
            };
            if !is_page || head.n_bytes > MAX_RECORD as u64 {
                let mut skipped = self.reader.by_ref().take(head.n_bytes);
                let n_skipped = io::copy(&mut skipped, &mut io::sink());
                self.check_length(n_skipped, &head)?;
                if is_page {
                    let limit = MAX_RECORD >> 20;
                    return Ok(Some(Err(self.refusal(&format!("longer than {limit} MiB")))));
                }
                continue;
            }
            let mut block = Vec::new();
            let read = self.reader.by_ref().take(head.n_bytes).read_to_end(&mut block);
            self.check_length(read.map(|n| n as u64), &head)?;
            let page =
                if head.kind == "response" { answer(&block) } else { Ok(resource(&block, &head)) };
            match page {
                Ok(None) => {}
                Ok(Some((text, is_html))) => {
                    return Ok(Some(Ok(WarcPage { url: head.url, text, is_html })));
                }
                Err(reason) => return Ok(Some(Err(self.refusal(&reason)))),
            }
        }
        Ok(None)
    }

    fn refusal(&self, reason: &str) -> String {
        format!("record {}: {reason}", self.number)
    }

    fn check_length(&self, n_read: io::Result<u64>, head: &Head) -> Result<(), String> {
        let reason = match n_read {
            Ok(n) if n == head.n_bytes => return Ok(()),
            Ok(n) => {
                format!("breaks off after {n} of {} bytes; get the archive anew", head.n_bytes)
            }
            Err(error) => format!("cannot be read on from here: {error}"),
        };
        Err(self.refusal(&reason))
    }

    /// The head of the next record; none at the end of the file.
    fn head(&mut self) -> Result<Option<Head>, String> {
        let mut head = Vec::new();
        loop {
            let before = head.len();
            let mut rest = self.reader.by_ref().take(MAX_HEAD);
            let read = rest.read_until(b'\n', &mut head);
            read.map_err(|error| self.refusal(&format!("cannot be read on from here: {error}")))?;
            let line = head[before..].trim_ascii();
            match (line.is_empty(), before) {
                // Empty lines end the record before.
                (true, 0) if head.is_empty() => return Ok(None),
                (true, 0) => head.clear(),
                (true, _) => break,
                (false, 0) if !is_warc(line) => {
                    let found = String::from_utf8_lossy(&line[..line.len().min(20)]).into_owned();
                    let reason = format!(
                        "the next one begins with `{found}`, expected `WARC/1.0`; get the archive anew"
                    );
                    return Err(self.refusal(&reason));
                }
                (false, _) if head.len() as u64 > MAX_HEAD => {
                    return Err(
                        self.refusal("the next one has no end of its head; get the archive anew")
                    );
                }
                (false, _) => {}
            }
        }
        self.parsed(&head).map(Some)
    }

    fn parsed(&self, head: &[u8]) -> Result<Head, String> {
        let text = String::from_utf8_lossy(head);
        let value = |wanted: &str| {
            let mut pairs = text.lines().filter_map(|line| line.split_once(':'));
            let found = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
            found.map_or("", |(_, value)| value.trim()).to_string()
        };
        let n_bytes = value("Content-Length").parse();
        let n_bytes = n_bytes.map_err(|_| {
            self.refusal("the next one does not say its length; get the archive anew")
        })?;
        Ok(Head {
            kind: value("WARC-Type").to_lowercase(),
            url: value("WARC-Target-URI").trim_matches(['<', '>']).to_string(),
            content_type: value("Content-Type").to_lowercase(),
            n_bytes,
        })
    }
}

/// A text that stands in the archive without an answer of a server, and whether it is HTML.
fn resource(block: &[u8], head: &Head) -> Option<(String, bool)> {
    let is_html = head.content_type.contains("html");
    (is_html || head.content_type.starts_with("text/plain"))
        .then(|| (decoded(block, &head.content_type), is_html))
}

/// The page in a server's answer; none where it is no page.
fn answer(block: &[u8]) -> Result<Option<(String, bool)>, String> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let parsed =
        response.parse(block).map_err(|error| format!("no answer of a server: {error}"))?;
    let httparse::Status::Complete(n_head) = parsed else { return Ok(None) };
    let value = |wanted: &str| {
        let found = response.headers.iter().find(|h| h.name.eq_ignore_ascii_case(wanted));
        found.map_or_else(String::new, |h| String::from_utf8_lossy(h.value).to_lowercase())
    };
    let content_type = value("Content-Type");
    if response.code != Some(200) || !content_type.contains("html") {
        return Ok(None);
    }
    let body = block.get(n_head..).unwrap_or_default();
    let body = match value("Transfer-Encoding").contains("chunked") {
        true => unchunked(body),
        false => body.to_vec(),
    };
    let body = unpacked(body, &value("Content-Encoding"))?;
    Ok(Some((decoded(&body, &content_type), true)))
}

/// Joins the chunks of a body. Archives that say that there are some and have none are common.
fn unchunked(body: &[u8]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Ok(httparse::Status::Complete((start, length))) = httparse::parse_chunk_size(rest) {
        let end = usize::try_from(length).ok().and_then(|length| start.checked_add(length));
        let Some(chunk) = end.and_then(|end| rest.get(start..end)) else { break };
        if chunk.is_empty() {
            return joined;
        }
        joined.extend_from_slice(chunk);
        rest = rest.get(start + chunk.len()..).unwrap_or_default().trim_ascii_start();
    }
    if joined.is_empty() { body.to_vec() } else { joined }
}

fn unpacked(body: Vec<u8>, packing: &str) -> Result<Vec<u8>, String> {
    let mut reader: Box<dyn Read + '_> = match packing {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
            Box::new(MultiGzDecoder::new(&body[..]))
        }
        "deflate" => Box::new(ZlibDecoder::new(&body[..])),
        // Archives whose bodies were unpacked keep the header.
        "" | "identity" | "gzip" | "x-gzip" => return Ok(body),
        _ => {
            return Err(format!(
                "a page packed as `{packing}`, expected gzip, deflate or none; write the archive anew \
                 with unpacked pages"
            ));
        }
    };
    let mut whole = Vec::new();
    let read = reader.by_ref().take(MAX_RECORD as u64 + 1).read_to_end(&mut whole);
    read.map_err(|error| format!("a page that cannot be unpacked: {error}"))?;
    if whole.len() > MAX_RECORD {
        return Err(format!("a page longer than {} MiB", MAX_RECORD >> 20));
    }
    drop(reader);
    Ok(whole)
}

/// Text of bytes, in the encoding that the type of the content names; without one they tell it.
fn decoded(bytes: &[u8], content_type: &str) -> String {
    let label = content_type.split("charset=").nth(1).unwrap_or_default();
    let label = label.split(';').next().unwrap_or_default().trim_matches(['"', '\'', ' ']);
    if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
        return encoding.decode(bytes).0.into_owned();
    }
    let mut text = Vec::new();
    // What was decoded before a fault is kept.
    let _ = Utf8Reader::new(bytes).read_to_end(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://q.example/1\r\n\
             Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    }

    fn read(archive: &[u8]) -> Vec<Result<WarcPage, String>> {
        let mut pages = WarcPages::new(archive);
        std::iter::from_fn(|| pages.next_page().unwrap()).collect()
    }

    const HTTP: &str = "application/http; msgtype=response";

    #[test]
    fn pages_are_found_among_records() {
        let chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\n\
            Transfer-Encoding: chunked\r\n\r\n4\r\n<p>\xa3\r\n2\r\n5.\r\n0\r\n\r\n";
        let missing = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone";
        let image = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG";
        let archive = [
            record("warcinfo", "application/warc-fields", b"software: x"),
            record("response", HTTP, chunked),
            record("response", HTTP, missing),
            record("response", HTTP, image),
            record("conversion", "text/plain", "Tolls – £5".as_bytes()),
        ]
        .concat();
        let page = |text: &str, is_html| {
            let (url, text) = ("https://q.example/1".to_string(), text.to_string());
            Ok(WarcPage { url, text, is_html })
        };
        assert_eq!(read(&archive), [page("<p>£5.", true), page("Tolls – £5", false)]);
        assert!(read(b"").is_empty());
    }

    #[test]
    fn damaged_archives_are_refused() {
        let whole = record("response", HTTP, b"HTTP/1.1 200 OK\r\n\r\n");
        let message = |archive: &[u8]| WarcPages::new(archive).next_page().unwrap_err();
        assert!(message(&whole[..whole.len() - 9]).contains("record 1: breaks off after"));
        assert!(message(b"GIF89a").contains("begins with `GIF89a`, expected `WARC/1.0`"));
        assert!(
            message(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n").contains("does not say its length")
        );
        let packed =
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n\x0b";
        let refused = read(&record("response", HTTP, packed)).remove(0).unwrap_err();
        assert!(refused.contains("record 1: a page packed as `br`"), "{refused}");
    }
}
