//! No file of `src` needs another one that needs it: files form layers, as modules do.
//!
//! A file needs another where one of its paths, in a `use` or in an expression, leads to a module
//! that the other file holds. `mod` lines do not count, and tests may use what they like.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::tidy::{sources, without_tests};

/// The path of a module, such as `["training", "dataset"]`.
type Module = Vec<String>;

/// For each module the modules that it needs.
type Needs = BTreeMap<Module, BTreeSet<Module>>;

#[test]
fn files_form_no_cycle() {
    let needs = needs();
    let mut message = String::new();
    for cycle in cycles(&needs) {
        writeln!(message, "{} files need each other:", cycle.len()).unwrap();
        for module in &cycle {
            let needed = needs[module].intersection(&cycle).map(file_name);
            let needed = needed.collect::<Vec<_>>().join(", ");
            writeln!(message, "    {} needs {needed}", file_name(module)).unwrap();
        }
    }
    assert!(
        message.is_empty(),
        "{message}move what several files need into a file of its own that needs none of them"
    );
}

/// A module as the start of its file's name.
fn file_name(module: &Module) -> String {
    module.join("/")
}

fn needs() -> Needs {
    let files: BTreeMap<Module, String> = sources()
        .into_iter()
        .filter_map(|(_, path, text)| Some((module_of(&path)?, text)))
        .collect();
    let modules: BTreeSet<Module> = files.keys().cloned().collect();
    let needed = |(module, text): (&Module, &String)| {
        let code = without_comments_and_strings(without_tests(text));
        let paths = paths(&code);
        let targets = paths.iter().filter_map(|path| target(path, module, &modules));
        (module.clone(), targets.filter(|target| target != module).collect())
    };
    files.iter().map(needed).collect()
}

/// The module that a file holds; none for `lib.rs` and `main.rs`, which nothing can need.
fn module_of(path: &std::path::Path) -> Option<Module> {
    let below = path.strip_prefix(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap();
    let mut module: Module =
        below.with_extension("").iter().map(|part| part.to_str().unwrap().to_string()).collect();
    module.pop_if(|last| last == "mod");
    (module != ["lib"] && module != ["main"]).then_some(module)
}

/// The code of a file without its comments and strings, so that a path in them is none.
fn without_comments_and_strings(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("r#\"") {
            rest.find("\"#").map_or(rest.len(), |end| end + 2)
        } else if next == '"' {
            end_of_string(rest)
        } else if rest.starts_with("'\"'") {
            3
        } else {
            code.push(next);
            next.len_utf8()
        };
        rest = &rest[skipped..];
    }
    code
}

/// Where the string that a text begins with ends.
fn end_of_string(text: &str) -> usize {
    let mut is_escaped = false;
    let closes = |(_, c): &(usize, char)| {
        let closes = *c == '"' && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        closes
    };
    text.char_indices().skip(1).find(closes).map_or(text.len(), |(at, _)| at + 1)
}

/// Every path of the code, as its parts; the trees of `use` are written out.
fn paths(code: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = code;
    while let Some(at) = rest.find(is_name) {
        let start = &rest[at..];
        let end = start.find(|c: char| !is_name(c)).unwrap_or(start.len());
        let is_use = &start[..end] == "use";
        let end_of_use = if is_use { start.find(';').unwrap_or(start.len()) } else { 0 };
        if is_use {
            let tree: String = start[end..end_of_use].split_whitespace().collect();
            write_out(&tree, &[], &mut found);
            rest = &start[end_of_use..];
            continue;
        }
        let mut path = vec![start[..end].to_string()];
        rest = &start[end..];
        while let Some(after) = rest.strip_prefix("::").filter(|after| after.starts_with(is_name)) {
            let end = after.find(|c: char| !is_name(c)).unwrap_or(after.len());
            path.push(after[..end].to_string());
            rest = &after[end..];
        }
        if path.len() > 1 {
            found.push(path);
        }
    }
    found
}

/// Writes out a tree such as `super::{scores::argmax, sum}`, whose paths begin with `before`.
fn write_out(tree: &str, before: &[String], found: &mut Vec<Vec<String>>) {
    let (stem, branches) = tree.split_once('{').unwrap_or((tree, ""));
    let stem = stem.split("::").filter(|part| !part.is_empty()).map(str::to_string);
    let path: Vec<String> = before.iter().cloned().chain(stem).collect();
    if branches.is_empty() {
        found.push(path);
        return;
    }
    let branches = branches.strip_suffix('}').unwrap_or(branches);
    let mut depth = 0;
    let is_comma = |c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    };
    for branch in branches.split(is_comma).filter(|branch| !branch.is_empty()) {
        write_out(branch, &path, found);
    }
}

/// The module that a path written in another one leads to; none where it leads out of the crate.
fn target(path: &[String], from: &Module, modules: &BTreeSet<Module>) -> Option<Module> {
    let n_super = path.iter().take_while(|part| *part == "super").count();
    let (mut target, rest) = match path[0].as_str() {
        "crate" => (Vec::new(), &path[1..]),
        "self" => (from.clone(), &path[1..]),
        "super" => (from[..from.len() - n_super].to_vec(), &path[n_super..]),
        _ => (from.clone(), path),
    };
    let n_at_start = target.len();
    for part in rest {
        target.push(part.clone());
        if !modules.contains(&target) {
            target.pop();
            break;
        }
    }
    let is_relative = !["crate", "self", "super"].contains(&path[0].as_str());
    let leads_nowhere = target.is_empty() || (is_relative && target.len() == n_at_start);
    (!leads_nowhere).then_some(target)
}

/// The groups of modules that can all be reached from each other.
fn cycles(needs: &Needs) -> Vec<BTreeSet<Module>> {
    let reached: BTreeMap<&Module, BTreeSet<&Module>> =
        needs.keys().map(|module| (module, reached_from(module, needs))).collect();
    let group = |module: &Module| -> BTreeSet<Module> {
        let back = reached[module].iter().filter(|other| reached[**other].contains(module));
        back.map(|other| (*other).clone()).collect()
    };
    let groups: BTreeSet<BTreeSet<Module>> = needs.keys().map(group).collect();
    groups.into_iter().filter(|group| group.len() > 1).collect()
}

fn reached_from<'n>(module: &'n Module, needs: &'n Needs) -> BTreeSet<&'n Module> {
    let mut reached = BTreeSet::new();
    let mut open = vec![module];
    while let Some(module) = open.pop() {
        let needed = needs[module].iter().filter(|needed| needs.contains_key(*needed));
        open.extend(needed.filter(|needed| reached.insert(*needed)));
    }
    reached
}

#[test]
fn paths_are_found_wherever_they_stand() {
    let code = without_comments_and_strings(
        "use super::{scores::{sum, argmax}, io};\n// crate::no\nfn f() { crate::a::b(\"https://crate::no\") }",
    );
    let found: Vec<String> = paths(&code).iter().map(|path| path.join("::")).collect();
    assert_eq!(found, ["super::scores::sum", "super::scores::argmax", "super::io", "crate::a::b"]);
}
