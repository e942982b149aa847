//! `framescope.toml` in the working folder: options that need not be typed.

use std::ffi::OsString;
use std::path::Path;

use clap::{ArgAction, Command};
use toml::{Table, Value};

use crate::error::Error;
use crate::io;

const FILE: &str = "framescope.toml";
const MAX_BYTES: usize = 1 << 20;

/// Adds the file's options behind the command's name, except those that the user typed. A typed
/// `--target` replaces the file's targets and aliases together.
///
/// # Errors
/// A file that cannot be read, is not TOML, or has a key that is no option.
pub(super) fn complete(arguments: Vec<OsString>, cli: &Command) -> Result<Vec<OsString>, Error> {
    let path = Path::new(FILE);
    let Some(name) = arguments.get(1).and_then(|name| name.to_str()) else { return Ok(arguments) };
    let Some(command) = cli.find_subcommand(name) else { return Ok(arguments) };
    if !path.exists() {
        return Ok(arguments);
    }
    let typed: Vec<String> =
        arguments[2..].iter().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let added = additions(&read(path)?, cli, command, &typed)
        .map_err(|reason| Error::file(path, reason))?
        .into_iter()
        .map(OsString::from);
    let (head, tail) = arguments.split_at(2);
    Ok(head.iter().cloned().chain(added).chain(tail.iter().cloned()).collect())
}

/// The arguments that the file adds to the typed ones of a command.
fn additions(
    table: &Table,
    cli: &Command,
    command: &Command,
    typed: &[String],
) -> Result<Vec<String>, String> {
    check(table, cli)?;
    let options = options_of(table, command.get_name());
    let added = options.into_iter().filter(|(key, _)| has(command, key) && !is_typed(typed, key));
    let arguments = added.map(|(key, value)| as_arguments(key, value, command));
    Ok(arguments.collect::<Result<Vec<_>, _>>()?.concat())
}

fn has(command: &Command, key: &str) -> bool {
    command.get_arguments().any(|argument| argument.get_long() == Some(key))
}

fn read(path: &Path) -> Result<Table, Error> {
    let bytes = io::read_bytes(path, MAX_BYTES)?;
    let text = String::from_utf8(bytes)
        .map_err(|error| Error::file(path, format!("not UTF-8: {error}")))?;
    text.parse().map_err(|error: toml::de::Error| Error::file(path, error.to_string().trim_end()))
}

/// Every key must be an option of some command; every table a command with these options.
fn check(table: &Table, cli: &Command) -> Result<(), String> {
    for (key, value) in table {
        match value {
            Value::Table(section) => {
                let command = cli.find_subcommand(key);
                let command = command.ok_or_else(|| {
                    format!("unknown section [{key}], expected the name of a command")
                })?;
                if let Some(unknown) = section.keys().find(|option| !has(command, option)) {
                    return Err(format!(
                        "unknown key `{unknown}` in [{key}]: `{key}` has no option --{unknown}"
                    ));
                }
            }
            _ if !cli.get_subcommands().any(|command| has(command, key)) => {
                return Err(format!("unknown key `{key}`: no command has an option --{key}"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The options for a command: those of its section, then those at the top that the section lacks;
/// targets before aliases.
fn options_of<'a>(table: &'a Table, command: &str) -> Vec<(&'a str, &'a Value)> {
    let section = table.get(command).and_then(Value::as_table);
    let top = table.iter().filter(|(key, value)| {
        !value.is_table() && section.is_none_or(|section| !section.contains_key(*key))
    });
    let mut options: Vec<(&str, &Value)> = section
        .into_iter()
        .flatten()
        .chain(top)
        .map(|(key, value)| (key.as_str(), value))
        .collect();
    options.sort_by_key(|(key, _)| *key != "target");
    options
}

fn is_typed(typed: &[String], key: &str) -> bool {
    let names = |key: &str| {
        let long = format!("--{key}");
        let mut before_end = typed.iter().take_while(|argument| *argument != "--");
        before_end.any(|argument| *argument == long || argument.starts_with(&format!("{long}=")))
    };
    let together = ["target", "alias", "not"];
    if together.contains(&key) { together.iter().any(|key| names(key)) } else { names(key) }
}

/// `--key=value`, once for each of several values; a flag where the value is true.
fn as_arguments(key: &str, value: &Value, command: &Command) -> Result<Vec<String>, String> {
    let argument = command.get_arguments().find(|argument| argument.get_long() == Some(key));
    let is_flag = argument.is_some_and(|a| matches!(a.get_action(), ArgAction::SetTrue));
    let expected = |what| Err(format!("`{key}` is a {}, expected {what}", value.type_str()));
    match value {
        Value::Boolean(on) if is_flag => Ok(if *on { vec![format!("--{key}")] } else { vec![] }),
        _ if is_flag => expected("true or false"),
        Value::String(text) => Ok(vec![format!("--{key}={text}")]),
        Value::Integer(number) => Ok(vec![format!("--{key}={number}")]),
        Value::Float(number) => Ok(vec![format!("--{key}={number}")]),
        Value::Table(target) if key == "target" => target_arguments(target, command),
        Value::Array(values) => {
            let one = |value| as_arguments(key, value, command);
            Ok(values.iter().map(one).collect::<Result<Vec<_>, _>>()?.concat())
        }
        _ => expected("text, a number or a list of them"),
    }
}

/// The arguments of a target of its own: `[[target]]` with `name`, `alias` and `not`.
fn target_arguments(target: &Table, command: &Command) -> Result<Vec<String>, String> {
    if let Some(unknown) =
        target.keys().find(|key| !["name", "alias", "not"].contains(&key.as_str()))
    {
        return Err(format!("unknown key `{unknown}` in [[target]], expected name, alias or not"));
    }
    let Some(name) = target.get("name").and_then(Value::as_str) else {
        return Err("a [[target]] has no `name`".to_string());
    };
    let mut arguments = vec![format!("--target={name}")];
    for key in ["alias", "not"] {
        if let Some(value) = target.get(key) {
            arguments.extend(as_arguments(key, value, command)?);
        }
    }
    Ok(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn added(toml: &str, command: &str, typed: &[&str]) -> Result<Vec<String>, String> {
        let cli = crate::cli::Cli::command();
        let typed: Vec<String> = typed.iter().map(ToString::to_string).collect();
        additions(&toml.parse().unwrap(), &cli, cli.find_subcommand(command).unwrap(), &typed)
    }

    #[test]
    fn targets_come_before_their_aliases() {
        let arguments = added("alias = [\"the plan\"]\ntarget = \"unit\"", "report", &[]).unwrap();
        assert_eq!(arguments, ["--target=unit", "--alias=the plan"]);
    }

    #[test]
    fn several_targets_have_their_own_aliases() {
        let toml = "[[target]]\nname = \"a\"\nalias = [\"b\", \"c\"]\n[[target]]\nname = \"d\"\nnot = \"e\"";
        let arguments = added(toml, "report", &[]).unwrap();
        assert_eq!(arguments, ["--target=a", "--alias=b", "--alias=c", "--target=d", "--not=e"]);
        assert!(added(toml, "report", &["--target", "x"]).unwrap().is_empty());
        let unknown = added("[[target]]\nname = \"a\"\nalais = \"b\"", "report", &[]).unwrap_err();
        assert!(unknown.contains("unknown key `alais` in [[target]]"));
        assert!(added("[[target]]", "report", &[]).unwrap_err().contains("has no `name`"));
    }

    #[test]
    fn what_is_typed_wins() {
        assert!(
            added("alias = \"b\"\ntarget = \"a\"", "report", &["--target", "c"])
                .unwrap()
                .is_empty()
        );
        assert!(added("format = \"json\"", "report", &["--format=csv"]).unwrap().is_empty());
        assert_eq!(added("seed = 3", "train", &["--", "--seed"]).unwrap(), ["--seed=3"]);
    }

    #[test]
    fn a_section_wins_over_the_top() {
        let toml = "seed = 1\n[report]\nseed = 2";
        assert_eq!(added(toml, "report", &[]).unwrap(), ["--seed=2"]);
        assert_eq!(added(toml, "train", &[]).unwrap(), ["--seed=1"]);
    }

    #[test]
    fn unknown_keys_are_refused() {
        assert!(
            added("tagret = \"a\"", "report", &[]).unwrap_err().contains("unknown key `tagret`")
        );
        assert!(added("[repot]", "report", &[]).unwrap_err().contains("unknown section [repot]"));
        let error = added("[explain]\nseed = 1", "explain", &[]).unwrap_err();
        assert!(error.contains("`explain` has no option --seed"));
        assert!(
            added("skip-bad = 3", "report", &[]).unwrap_err().contains("expected true or false")
        );
    }
}
