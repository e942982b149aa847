//! Every command that writes, with the files that it writes.

use std::path::Path;

use crate::session::Session;
use crate::upgrades;

/// A command and the files that it writes.
pub(crate) struct WritingCommand<'a> {
    pub(crate) typed: &'a str,
    pub(crate) files: &'static [&'static str],
}

pub(crate) const fn of(
    typed: &'static str,
    files: &'static [&'static str],
) -> WritingCommand<'static> {
    WritingCommand { typed, files }
}

/// `@` stands for a target with its aliases.
pub(crate) const WRITING_COMMANDS: [WritingCommand<'static>; 18] = [
    of("classify articles.csv @ --out out.csv", &["out.csv"]),
    of("classify articles.csv @ --out out.jsonl", &["out.jsonl"]),
    of("classify sample.csv --unit sentence --out out.csv", &["out.csv"]),
    of("report articles.csv @ --out out.txt", &["out.txt"]),
    of("report articles.csv @ --out out.md", &["out.md"]),
    of("report articles.csv @ --out out.csv", &["out.csv"]),
    of("report articles.csv @ --labels labels.csv --out out.json", &["out.json"]),
    of(
        "report articles.csv @ --out out.html --chart a.svg --timeline-chart b.svg",
        &["out.html", "a.svg", "b.svg"],
    ),
    of("report articles.csv @ --partial out.state", &["out.state"]),
    of("report part.state --merge --out out.html", &["out.html"]),
    of("sample articles.csv @ --per-outlet 5 --out out.csv", &["out.csv"]),
    of(
        "convert labels.csv --to label-studio --out out.json --labelling-config out.xml",
        &["out.json", "out.xml"],
    ),
    of("plan articles.csv @ --out out.json", &["out.json"]),
    of("agree labels.csv others.csv --out out.json", &["out.json"]),
    of("evaluate labels.csv --model model.safetensors --out out.json", &["out.json"]),
    of("targets articles.csv --out out.json", &["out.json"]),
    of("inspect model.safetensors --out out.json", &["out.json"]),
    of(
        "train many.csv --out out.model --penalty 1 --folds 2 --max-features 200 --suspects out.csv",
        &["out.model", "out.csv"],
    ),
];

impl<'a> WritingCommand<'a> {
    /// The arguments.
    pub(crate) fn arguments(&self) -> Vec<&'a str> {
        let target = ["--target", "tidal barrier", "--alias", "barrier", "--alias", "the scheme"];
        let words = self.typed.split(' ');
        words.flat_map(|word| if word == "@" { target.to_vec() } else { vec![word] }).collect()
    }
}

/// Lays down what the commands read.
pub(crate) fn lay_down(folder: &Path) {
    upgrades::copy(&upgrades::newest(), folder);
    let labels = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labels/tidal-barrier.csv");
    std::fs::copy(labels, folder.join("many.csv")).unwrap();
    let labelled = std::fs::read_to_string(folder.join("labels.csv")).unwrap();
    std::fs::write(folder.join("others.csv"), labelled.replace(",Ann,", ",Ben,")).unwrap();
    let part = of("report articles.csv @ --partial part.state", &[]);
    Session::within(folder, &part.arguments());
}

/// The files of unfinished runs in a folder.
pub(crate) fn unfinished(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".framescope")).collect()
}

/// Classifies the articles about one target.
pub(crate) fn of_target<'a>(target: &'a str, out: &'a str) -> [&'a str; 6] {
    ["classify", "articles.csv", "--target", target, "--out", out]
}
