//! The README and the manual in `docs/src`: what they show is what the program prints, and every link leads
//! somewhere. With `FRAMESCOPE_UPDATE` set, lines that are printed no more become those that begin most alike.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::session::framescope;

const MAX_README_LINES: usize = 300;

/// Folders of which the manual names files.
const FOLDERS: [&str; 6] = ["benches/", "labels/", "models/", "tests/", "src/", "docs/"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The README and every page of the manual, with their texts.
pub(crate) fn pages() -> Vec<(PathBuf, String)> {
    let mut paths = vec![root().join("README.md")];
    let mut folders = vec![root().join("docs/src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|ending| ending == "md") {
                paths.push(entry);
            }
        }
    }
    paths.sort();
    read(paths)
}

fn read(paths: Vec<PathBuf>) -> Vec<(PathBuf, String)> {
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// The other texts whose links are checked.
fn beside_the_manual() -> Vec<(PathBuf, String)> {
    let names = [
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "labels/README.md",
        "models/README.md",
        "models/encoder.md",
        "models/teacher/README.md",
        "benches/compare/README.md",
        "tests/labels/README.md",
    ];
    read(names.map(|name| root().join(name)).to_vec())
}

/// The lines of a text outside blocks of code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    text.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    })
}

/// The targets of the links and pictures of a text.
fn links(text: &str) -> Vec<String> {
    let prose = prose(text).collect::<Vec<_>>().join("\n");
    let without_code = prose.split('`').step_by(2).collect::<Vec<_>>().join("code");
    let links = without_code.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    links.map(|(target, _)| target.to_string()).collect()
}

/// The names under which headings of a text can be linked, as GitHub and mdBook make them.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = prose(text).filter(|line| line.starts_with('#'));
    let heading = headings.map(|line| line.trim_start_matches('#').trim().to_lowercase());
    let anchor = heading.map(|heading| {
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    });
    anchor.collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut n_links = 0;
    for (path, text) in pages().into_iter().chain(beside_the_manual()) {
        for link in links(&text).iter().filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let file = match file {
                "" => path.clone(),
                file => path.parent().unwrap().join(file),
            };
            assert!(file.exists(), "{}: {link} leads nowhere", path.display());
            if !anchor.is_empty() {
                let known = anchors(&fs::read_to_string(&file).unwrap());
                assert!(known.contains(anchor), "{}: {link}: only {known:?}", path.display());
            }
            n_links += 1;
        }
    }
    assert!(n_links > 50, "{n_links}");
}

/// A book knows only its own pages.
#[test]
fn pages_of_the_book_link_within_it() {
    let book = root().join("docs/src").canonicalize().unwrap();
    for (path, text) in pages().iter().filter(|(path, _)| path.starts_with(root().join("docs"))) {
        for link in links(text).iter().filter(|link| !link.contains("://")) {
            let file = link.split('#').next().unwrap();
            let target = path.parent().unwrap().join(file).canonicalize().unwrap();
            assert!(target.starts_with(&book), "{}: {link}", path.display());
        }
    }
}

#[test]
fn the_table_of_contents_names_every_page_once() {
    let folder = root().join("docs/src");
    let summary = fs::read_to_string(folder.join("SUMMARY.md")).unwrap();
    let mut named: Vec<PathBuf> = links(&summary).iter().map(|link| folder.join(link)).collect();
    named.sort();
    let pages = pages().into_iter().map(|(path, _)| path).filter(|path| path.starts_with(&folder));
    let pages: Vec<PathBuf> = pages.filter(|path| !path.ends_with("SUMMARY.md")).collect();
    assert_eq!(named, pages);
}

#[test]
fn the_readme_is_short() {
    let n_lines = fs::read_to_string(root().join("README.md")).unwrap().lines().count();
    assert!(
        n_lines < MAX_README_LINES,
        "{n_lines} lines: move what is not for everybody to docs/src"
    );
}

#[test]
fn paths_named_in_the_manual_exist() {
    for (page, text) in pages().into_iter().chain(beside_the_manual().into_iter().take(1)) {
        let parts = text.split(|c: char| c.is_whitespace() || "`()[],\"'|".contains(c));
        for part in parts.filter(|part| FOLDERS.iter().any(|folder| part.starts_with(folder))) {
            let path = part.trim_end_matches(['.', ':', ';']).split('#').next().unwrap();
            // NAME stands for a name that the reader chooses.
            let is_there = root().join(path).exists() || path.contains("NAME");
            assert!(is_there, "{} names `{path}`, which does not exist", page.display());
        }
    }
}

/// A block that begins with ```` ```text ```` is what a command printed, cut where it says so: the command as
/// typed, then lines of its output.
struct Printed {
    page: PathBuf,
    command: Vec<String>,
    lines: Vec<String>,
}

fn blocks() -> Vec<Printed> {
    let blocks = |(page, text): (PathBuf, String)| {
        let blocks = text.split("```text\n").skip(1).map(|rest| rest.split("```").next().unwrap());
        blocks.map(|block| printed(page.clone(), block)).collect::<Vec<_>>()
    };
    pages().into_iter().flat_map(blocks).collect()
}

fn printed(page: PathBuf, block: &str) -> Printed {
    let unbroken = block.replace("\\\n", " ");
    let (first, rest) = unbroken.split_once('\n').unwrap();
    let typed = first.strip_prefix("$ framescope ");
    let typed = typed.unwrap_or_else(|| panic!("{}: no command: {first}", page.display()));
    let lines = rest.lines().filter(|line| !line.is_empty() && *line != "[…]");
    Printed { page, command: arguments(typed), lines: lines.map(str::to_string).collect() }
}

/// Splits what was typed as a shell does, in double quotes or without.
fn arguments(typed: &str) -> Vec<String> {
    let in_quotes = typed.split('"').enumerate().map(|(at, part)| (at % 2 == 1, part));
    let parts = in_quotes.flat_map(|(is_quoted, part)| match is_quoted {
        true => vec![part],
        false => part.split_whitespace().collect(),
    });
    parts.map(str::to_string).collect()
}

#[track_caller]
fn check_printed(is_wanted: impl Fn(&Printed) -> bool, n: usize) {
    let folder = tempfile::tempdir().unwrap();
    let wanted: Vec<Printed> = blocks().into_iter().filter(is_wanted).collect();
    assert!(wanted.len() >= n, "only {} blocks", wanted.len());
    for Printed { page, mut command, lines } in wanted {
        for at in 1..command.len() {
            if ["--out", "--suspects"].contains(&&*command[at - 1]) {
                command[at] = folder.path().join(&command[at]).display().to_string();
            }
        }
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        assert!(lines.len() > 10, "{}: {command:?}", page.display());
        let printed = framescope(&command).stdout;
        let gone = |line: &&String| !printed.lines().any(|other| other == *line);
        let gone: Vec<&String> = lines.iter().filter(gone).collect();
        let changes: Vec<(&str, &str)> =
            gone.iter().map(|line| (line.as_str(), most_alike(line, &printed))).collect();
        if std::env::var("FRAMESCOPE_UPDATE").is_ok() {
            let text = fs::read_to_string(&page).unwrap();
            let changed = changes.iter().fold(text, |text, (line, now)| text.replace(line, now));
            fs::write(&page, changed).unwrap();
            continue;
        }
        let told: String = changes.iter().map(|(line, now)| format!("-{line}\n+{now}\n")).collect();
        let update = "FRAMESCOPE_UPDATE=1 writes what is printed now; read the diff";
        assert!(told.is_empty(), "{}, not printed any more:\n{told}{update}", page.display());
    }
}

/// The printed line whose beginning is most like that of another.
fn most_alike<'p>(line: &str, printed: &'p str) -> &'p str {
    let n_alike =
        |other: &&str| line.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    printed.lines().max_by_key(n_alike).unwrap_or_default()
}

#[test]
fn the_manual_shows_real_output() {
    check_printed(|block| block.command[0] != "train", 4);
}

#[test]
fn the_manual_shows_real_output_of_training() {
    check_printed(|block| block.command[0] == "train", 2);
}
