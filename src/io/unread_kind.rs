//! Kinds of files that people have and that are not read, each with what to do instead.

use std::path::Path;

/// What such a file begins with, how its name ends, and why it is refused.
struct UnreadKind {
    beginning: &'static [u8],
    endings: &'static [&'static str],
    refusal: &'static str,
}

const KINDS: [UnreadKind; 3] = [
    UnreadKind {
        beginning: b"%PDF-",
        endings: &["pdf"],
        refusal: "PDF is not read, since columns and hyphens would come out wrong; take the text or Word export of \
                  the database, or convert it with `pdftotext -layout` and look at what it gives",
    },
    UnreadKind {
        beginning: b"ARROW1",
        endings: &["arrow", "feather", "ipc"],
        refusal: "Arrow IPC (Feather) is not read; write Parquet instead: `df.to_parquet(\"articles.parquet\")` in pandas, \
                  `arrow::write_parquet(df, \"articles.parquet\")` in R",
    },
    UnreadKind {
        beginning: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        endings: &["doc", "xls", "ppt", "msg"],
        refusal: "files of Word and Excel before 2007 are not read; save this one as `.docx` or `.xlsx`",
    },
];

/// Why a file is refused that begins so; none where that tells no such kind.
pub(super) fn by_content(start: &[u8]) -> Option<&'static str> {
    KINDS.iter().find(|kind| start.starts_with(kind.beginning)).map(|kind| kind.refusal)
}

/// Why a file of this name is not read; none where its name tells no such kind.
pub(super) fn by_name(path: &Path) -> Option<&'static str> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    KINDS.iter().find(|kind| kind.endings.contains(&&*ending)).map(|kind| kind.refusal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_content_and_by_name() {
        assert!(by_content(b"ARROW1\0\0").unwrap().starts_with("Arrow"));
        assert!(by_content(b"%PDF-1.4").unwrap().contains("pdftotext"));
        assert!(by_content(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0").unwrap().contains(".docx"));
        assert_eq!(by_content(b"id,text"), None);
        assert!(by_name(Path::new("a/b.Feather")).unwrap().starts_with("Arrow"));
        assert_eq!((by_name(Path::new("pdf")), by_name(Path::new("a.csv"))), (None, None));
    }
}
