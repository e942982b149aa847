//! The targets that are asked about.

use std::collections::BTreeSet;

use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgAction, ArgMatches, Args, FromArgMatches};

use crate::target::Target;

/// Maximum number of targets of one run: each sentence is held for each of them.
const MOST_TARGETS: usize = 1000;

/// The targets with their aliases, each of which belongs to the target before it.
#[derive(Debug)]
pub(super) struct Targets(pub(super) Vec<Target>);

impl Args for Targets {
    fn augment_args(command: clap::Command) -> clap::Command {
        let name = |id, value, help| {
            Arg::new(id)
                .long(id)
                .value_name(value)
                .help(help)
                .action(ArgAction::Append)
                .value_parser(NonEmptyStringValueParser::new())
        };
        let alias = "Another name of the --target before it; may be repeated";
        let not = "A longer name that holds a name of the --target before it and means something else, such as \
                   'Supreme Court of Ohio'; may be repeated";
        let exact = "Find names only as they are typed: the same case, accents, hyphens and number";
        command
            .arg(name("target", "NAME", "What the stance is toward; may be repeated"))
            .arg(name("alias", "TEXT", alias))
            .arg(name("not", "TEXT", not))
            .arg(Arg::new("exact").long("exact").help(exact).action(ArgAction::SetTrue))
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Targets {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let placed = |id| {
            let places = matches.indices_of(id).into_iter().flatten();
            places.zip(matches.get_many::<String>(id).into_iter().flatten().cloned())
        };
        let mut targets: Vec<(usize, Target)> =
            placed("target").map(|(place, name)| (place, Target::named(name))).collect();
        for id in ["alias", "not"] {
            for (place, name) in placed(id) {
                let before = targets.iter_mut().rev().find(|(of_target, _)| *of_target < place);
                let Some((_, target)) = before else {
                    return Err(usage(&format!("--{id} '{name}' stands before any --target")));
                };
                match id {
                    "alias" => target.aliases.push(name),
                    _ => target.excluded.push(name),
                }
            }
        }
        let is_exact = matches.get_flag("exact");
        targets.iter_mut().for_each(|(_, target)| target.is_exact = is_exact);
        let targets: Vec<Target> = targets.into_iter().map(|(_, target)| target).collect();
        let mut names = BTreeSet::new();
        if let Some(twice) = targets.iter().find(|target| !names.insert(target.name.as_str())) {
            return Err(usage(&format!("--target '{}' is given twice", twice.name)));
        }
        if targets.len() > MOST_TARGETS {
            return Err(usage(&format!(
                "{} targets are asked about, {MOST_TARGETS} can be at once; ask in several runs",
                targets.len()
            )));
        }
        if let Some(blank) = targets.iter().find(|target| target.is_blank()) {
            return Err(usage(&format!("--target '{}' holds no word", blank.name)));
        }
        Ok(Targets(targets))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// A usage error in clap's form.
fn usage(message: &str) -> clap::Error {
    clap::Error::raw(clap::error::ErrorKind::ValueValidation, format!("{message}\n"))
}
