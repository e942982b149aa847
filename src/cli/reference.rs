//! Pages of the manual that are made from the program's own tables, in Markdown.

use clap::builder::StyledStr;
use clap::{Arg, Command};

use crate::codebook::{Codebook, CodebookExample, Counterexample};
use crate::io;

/// What stands at the head of each page, for those who want to change it.
const MADE: &str =
    "<!-- Made by `FRAMESCOPE_UPDATE=1 cargo test --test it manual_reference::`: do not edit. -->";

/// Every command with its arguments.
pub(super) fn options(cli: &Command) -> String {
    let mut page = format!("# Commands and options\n\n{MADE}\n\n");
    page += "Every long option can stand in `framescope.toml` in the working folder, at its top for all commands, \
             under `[report]`, `[train]`, … for one ([Selection and settings](../settings.md)). The exit status is 0 \
             where all went well, 1 where the input is at fault, 2 where the command line is.\n";
    for command in cli.get_subcommands().filter(|command| !command.is_hide_set()) {
        page += &format!("\n## {}\n\n", command.get_name());
        page += &paragraphs(command.get_long_about().or(command.get_about()));
        let example = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        if let Some(example) = example.strip_prefix("Example:\n") {
            page += &format!("\n```sh\n{}\n```\n", example.trim());
        }
        page += "\n| argument | what it does |\n| --- | --- |\n";
        page +=
            &command.get_arguments().filter(|arg| !arg.is_hide_set()).map(row).collect::<String>();
    }
    page
}

/// One argument as a row of a table.
fn row(arg: &Arg) -> String {
    let value = arg.get_value_names().into_iter().flatten().map(|name| format!("<{name}>"));
    let takes_value = arg.get_action().takes_values();
    let value = if takes_value { value.collect::<Vec<_>>().join(" ") } else { String::new() };
    let name = match arg.get_long() {
        Some(long) => format!("--{long} {value}"),
        None => value,
    };
    let mut meaning = plain(arg.get_long_help().or(arg.get_help()));
    if takes_value {
        for possible in arg.get_possible_values().iter().filter(|value| !value.is_hide_set()) {
            meaning += &format!("<br>`{}`", possible.get_name());
            meaning += &match possible.get_help() {
                Some(help) => format!(": {}", plain(Some(help))),
                None => String::new(),
            };
        }
        let defaults: Vec<_> =
            arg.get_default_values().iter().map(|v| v.to_string_lossy()).collect();
        if !defaults.is_empty() {
            meaning += &format!("<br>Default: `{}`", defaults.join(" "));
        }
    }
    format!("| `{}` | {meaning} |\n", name.trim().replace('|', "\\|"))
}

/// Help as text in a cell.
fn plain(help: Option<&StyledStr>) -> String {
    let text = help.map(ToString::to_string).unwrap_or_default();
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Help as paragraphs.
fn paragraphs(help: Option<&StyledStr>) -> String {
    let text = help.map(ToString::to_string).unwrap_or_default();
    let paragraphs =
        text.split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    let closed = paragraphs.map(|part| match part.ends_with(['.', ':']) {
        true => part,
        false => part + ".",
    });
    escaped(&closed.collect::<Vec<_>>().join("\n\n")) + "\n"
}

/// Text in which no character is markup.
fn escaped(text: &str) -> String {
    let escape = |char| match char {
        '<' => "&lt;".to_string(),
        '*' | '_' | '|' | '[' | ']' | '`' => format!("\\{char}"),
        other => other.to_string(),
    };
    text.chars().map(escape).collect()
}

/// Every format that is read, and the names of columns that are known.
pub(super) fn formats() -> String {
    let mut page = format!("# Formats\n\n{MADE}\n\n");
    page += "What is read, in the order in which contents are looked at; where the content tells nothing, the ending \
             does. Each may be compressed (`.gz`, `.zst`). Tables also hold labels and sentences; the other formats hold \
             articles only. More: [Your own articles](../articles.md).\n\n\
             | format | endings | told by its content | table |\n| --- | --- | --- | --- |\n";
    for format in io::known_formats() {
        let endings: Vec<_> = format.endings.iter().map(|ending| format!("`.{ending}`")).collect();
        let is_table = if format.is_table { "yes" } else { "" };
        page +=
            &format!("| {} | {} | {} | {is_table} |\n", format.is, endings.join(" "), format.sign);
    }
    page += "\n## Usual names of columns\n\n\
             Where a table of articles has no column of a field's own name, one of these is taken, the first that is there. \
             Case, blanks and marks do not count: `Full text`, `full_text` and `fullText` are one.\n\n\
             | field | usual names |\n| --- | --- |\n";
    for (field, names) in io::usual_article_columns() {
        page += &format!("| `{field}` | `{}` |\n", names.join("`, `"));
    }
    page + "\nWhat is written stands with `--format` of each [command](options.md); its columns are on the page \
            [Columns](columns.md).\n"
}

/// The built-in codebooks.
pub(super) fn codebook() -> String {
    let mut page = format!("# Codebook\n\n{MADE}\n\n");
    page += "What the labels mean: the codebooks in `labels/`, which are part of the program. The label page shows them \
             beside the sentence.\n";
    for dimension in ["stance", "frame"] {
        page += &Codebook::of(dimension).map(|book| dimension_section(&book)).unwrap_or_default();
    }
    page
}

fn dimension_section(book: &Codebook) -> String {
    let mut text =
        format!("\n## {}\n\n{} (version {})\n", book.dimension, book.question, book.version);
    for label in &book.labels {
        text += &format!("\n### {}\n\n{} {}\n\n", label.name, label.definition, label.rule);
        if !label.synonyms.is_empty() {
            text += &format!("In other files: `{}`.\n\n", label.synonyms.join("`, `"));
        }
        text += &label.examples.iter().map(example).collect::<String>();
        text += &label.counterexamples.iter().map(counterexample).collect::<String>();
    }
    text
}

fn example(CodebookExample { text, target, why }: &CodebookExample) -> String {
    format!("- *{}*{}: {}\n", escaped(text), toward(target), escaped(why))
}

fn counterexample(Counterexample { text, target, label, why }: &Counterexample) -> String {
    format!("- Not, but {label}: *{}*{}: {}\n", escaped(text), toward(target), escaped(why))
}

fn toward(target: &str) -> String {
    if target.is_empty() { String::new() } else { format!(" (toward {})", escaped(target)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_is_text_and_no_markup() {
        assert_eq!(escaped("a <b> | *c*_d"), "a &lt;b> \\| \\*c\\*\\_d");
        let arg =
            Arg::new("x").long("to").value_name("A|B").help("Where\n to *go*").default_value("b");
        assert_eq!(row(&arg), "| `--to <A\\|B>` | Where to \\*go\\*<br>Default: `b` |\n");
    }

    #[test]
    fn every_format_and_label_is_told() {
        let page = formats();
        assert!(
            page.contains("| `.csv` |")
                && page.contains("`.warc`")
                && page.contains("| `outlet` |")
        );
        let page = codebook();
        assert!(["### critical", "### conflict"].iter().all(|heading| page.contains(heading)));
    }
}
