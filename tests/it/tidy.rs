//! The house rules: the map of `src`, the size of its files, and what must not be forgotten.

use std::fs;
use std::path::{Path, PathBuf};

/// Who may import whom. The law of `src`, and its map: leaves first, faces last.
const MAY_USE: &[(&str, &[&str])] = &[
    // leaves
    ("article", &[]),
    ("category", &[]),
    ("error", &[]),
    ("codebook", &[]),
    ("calendar_day", &[]),
    ("written_date", &["calendar_day"]),
    ("text", &[]),
    ("example", &["text"]),
    ("language", &["text"]),
    ("target", &["text"]),
    ("model_input", &["text"]),
    // arithmetic: pure
    ("random", &[]),
    ("cluster_bootstrap", &["random"]),
    ("evaluate", &["cluster_bootstrap", "random"]),
    ("agreement", &["cluster_bootstrap", "codebook", "error", "evaluate", "example"]),
    ("label_reading", &["agreement", "codebook", "error", "example", "text"]),
    ("statistics", &["cluster_bootstrap", "random"]),
    ("sparse_matrix", &[]),
    ("encoder", &["model_input", "text"]),
    ("features", &["model_input", "text"]),
    ("le_array", &[]),
    ("word_vectors", &["features"]),
    ("vocabulary", &["features", "le_array", "text"]),
    ("feature_counts", &["features", "word_vectors", "sparse_matrix", "vocabulary"]),
    (
        "model",
        &[
            "category",
            "encoder",
            "evaluate",
            "features",
            "word_vectors",
            "le_array",
            "model_input",
            "sparse_matrix",
            "text",
            "vocabulary",
        ],
    ),
    // news: pure
    ("article_parts", &["article", "text"]),
    ("voice", &["article_parts", "text"]),
    ("text_reuse", &["text"]),
    ("target_candidates", &["article", "article_parts", "target", "text"]),
    // story
    (
        "classifier",
        &[
            "article",
            "model",
            "model_input",
            "article_parts",
            "text_reuse",
            "target",
            "text",
            "voice",
        ],
    ),
    (
        "sentence_table",
        &["article", "article_parts", "category", "classifier", "model", "target", "text", "voice"],
    ),
    ("passage", &["classifier", "model", "model_input", "article_parts", "voice"]),
    (
        "training",
        &[
            "agreement",
            "calendar_day",
            "cluster_bootstrap",
            "codebook",
            "encoder",
            "error",
            "evaluate",
            "example",
            "features",
            "feature_counts",
            "word_vectors",
            "model",
            "model_input",
            "random",
            "sparse_matrix",
            "target",
            "text",
            "vocabulary",
        ],
    ),
    (
        "report",
        &[
            "agreement",
            "article",
            "calendar_day",
            "category",
            "cluster_bootstrap",
            "classifier",
            "error",
            "evaluate",
            "example",
            "statistics",
            "model",
            "model_input",
            "article_parts",
            "passage",
            "random",
            "target",
            "text",
            "voice",
        ],
    ),
    (
        "audit_sampling",
        &[
            "classifier",
            "model",
            "statistics",
            "article_parts",
            "sentence_table",
            "target",
            "voice",
        ],
    ),
    ("training_sampling", &["audit_sampling", "classifier", "text", "voice"]),
    (
        "label_page",
        &[
            "agreement",
            "article",
            "article_parts",
            "audit_sampling",
            "calendar_day",
            "cluster_bootstrap",
            "codebook",
            "statistics",
            "text",
            "voice",
        ],
    ),
    ("label_exchange", &["label_page"]),
    // shapes: for people and for machines
    (
        "render",
        &[
            "agreement",
            "calendar_day",
            "cluster_bootstrap",
            "evaluate",
            "example",
            "label_page",
            "statistics",
            "model",
            "report",
            "audit_sampling",
            "sentence_table",
            "target",
            "target_candidates",
            "text",
            "training",
            "voice",
        ],
    ),
    ("io", &["article", "error", "example", "text", "written_date"]),
    // faces
    (
        "label_server",
        &[
            "agreement",
            "article",
            "article_parts",
            "cluster_bootstrap",
            "codebook",
            "error",
            "io",
            "label_page",
            "render",
            "text",
            "voice",
        ],
    ),
    // the only one that prints
    (
        "cli",
        &[
            "agreement",
            "article",
            "article_parts",
            "calendar_day",
            "cluster_bootstrap",
            "classifier",
            "codebook",
            "encoder",
            "error",
            "example",
            "io",
            "language",
            "label_exchange",
            "label_page",
            "label_server",
            "label_reading",
            "word_vectors",
            "model",
            "model_input",
            "random",
            "render",
            "report",
            "audit_sampling",
            "sentence_table",
            "target",
            "target_candidates",
            "text",
            "training",
            "training_sampling",
            "voice",
        ],
    ),
];

/// Maximum number of lines of a file.
const MAX_LINES: usize = 400;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Every Rust file of `src` with the top module that it belongs to.
pub(crate) fn sources() -> Vec<(String, PathBuf, String)> {
    let mut found = Vec::new();
    files_below(&root().join("src"), &mut found);
    let rust = found.into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs"));
    rust.map(|path| {
        let below = path.strip_prefix(root().join("src")).unwrap();
        let module = below.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        (module.to_string(), path.clone(), fs::read_to_string(&path).unwrap())
    })
    .collect()
}

/// A file without its tests, which may use more.
pub(crate) fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap()
}

#[test]
fn modules_import_only_what_the_map_allows() {
    for (module, path, text) in sources() {
        if ["lib", "main"].contains(&module.as_str()) || path.ends_with("tests.rs") {
            continue;
        }
        let may = MAY_USE.iter().find(|(name, _)| *name == module).map(|(_, may)| *may);
        let may = may.unwrap_or_else(|| panic!("`{module}` is not on the map"));
        for (number, line) in without_tests(&text).lines().enumerate() {
            for target in line.split("crate::").skip(1) {
                let target =
                    target.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                let fine = target == module || may.contains(&target);
                assert!(
                    fine,
                    "{}:{}: `{module}` may not use `{target}`",
                    path.display(),
                    number + 1
                );
            }
            assert!(
                !line.contains("super::super::"),
                "{}:{}: write crate::",
                path.display(),
                number + 1
            );
        }
    }
}

#[test]
fn the_map_has_no_cycle_and_names_nothing_that_is_gone() {
    for (at, (module, may)) in MAY_USE.iter().enumerate() {
        let known = root().join(format!("src/{module}.rs")).exists()
            || root().join(format!("src/{module}/mod.rs")).exists();
        assert!(known, "`{module}` is on the map but not in src");
        for target in *may {
            let before = MAY_USE[..at].iter().any(|(name, _)| name == target);
            assert!(
                before,
                "`{module}` uses `{target}`, which does not stand before it on the map"
            );
        }
    }
}

/// Who contributes finds every module in the drawing of layers.
#[test]
fn the_layers_are_drawn_with_every_module() {
    let text = read("CONTRIBUTING.md");
    let drawing = text.split("## The layers").nth(1).unwrap().split("```").nth(1).unwrap();
    let drawn: Vec<&str> = drawing.split_whitespace().collect();
    for (module, _) in MAY_USE {
        assert!(drawn.contains(module), "CONTRIBUTING.md does not draw `{module}`");
    }
}

#[test]
fn every_dependency_is_used() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let dependencies = manifest["dependencies"].as_table().unwrap().keys();
    let sources = sources();
    for name in dependencies.map(|name| name.replace('-', "_")) {
        let paths = [format!("{name}::"), format!("use {name};")];
        let is_used =
            sources.iter().any(|(_, _, text)| paths.iter().any(|path| text.contains(path)));
        assert!(is_used, "`{name}` stands in Cargo.toml and nowhere in src");
    }
}

#[test]
fn no_file_is_too_long() {
    let mut python = Vec::new();
    for folder in ["python/src", "python/framescope", "python/tests"] {
        files_below(&root().join(folder), &mut python);
    }
    let is_source = |path: &PathBuf| path.extension().is_some_and(|e| e == "rs" || e == "py");
    let python = python.into_iter().filter(is_source).map(|path| {
        let text = read(&path);
        ("python".to_string(), path, text)
    });
    for (_, path, text) in sources().into_iter().chain(python) {
        let n = text.lines().count();
        assert!(n <= MAX_LINES, "{} has {n} lines, {MAX_LINES} are allowed", path.display());
    }
}

/// Phrases that readers misunderstood, or that say more than is known; CONTRIBUTING has the words to use.
const FORBIDDEN: [&str; 10] = [
    "most surely",
    "barely",
    "Named it is",
    " is read as",
    " are read as",
    "leaves out",
    "poorer judge",
    "In one minute",
    "At a glance",
    "\"menus\"",
];

#[test]
fn no_reader_meets_a_forbidden_phrase() {
    for (module, path, text) in sources() {
        let shown = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = shown.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in lines.filter(|_| module == "render") {
            check_phrases(line, &path);
        }
    }
    for (path, text) in crate::manual::pages() {
        text.lines().for_each(|line| check_phrases(line, &path));
    }
}

#[track_caller]
fn check_phrases(line: &str, path: &Path) {
    let found = FORBIDDEN.iter().find(|phrase| line.contains(**phrase));
    assert!(found.is_none(), "{}: {found:?} in {line}", path.display());
}

#[test]
fn every_feature_has_its_manual() {
    for (module, path, text) in sources() {
        if module != "features" || !text.contains("const TEMPLATE: FeatureTemplate") {
            continue;
        }
        for heading in ["What it notices", "Why it bears on stance", "Example", "What it misses"] {
            assert!(text.contains(&format!("/// ## {heading}")), "{}: {heading}", path.display());
        }
    }
}

#[test]
fn the_version_is_in_the_changelog() {
    assert!(read("CHANGELOG.md").contains(&format!("## {}", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn every_command_has_an_example_in_its_help_and_a_session() {
    let pages = crate::manual::pages().into_iter().map(|(_, text)| text);
    let sessions: String = pages.chain([read("tests/it/sessions.rs")]).collect();
    for command in [
        "train", "evaluate", "classify", "report", "sample", "label", "convert", "plan", "explain",
        "inspect", "agree", "targets",
    ] {
        let source = read(format!("src/cli/{command}.rs"));
        assert!(source.contains(&format!("Example:\\n  framescope {command}")), "{command}");
        assert!(sessions.contains(command), "no session shows `{command}`");
    }
}
