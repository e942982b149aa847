//! The command line: arguments in, exit status out. One file per command.

mod agree;
mod asked_targets;
mod audit_sample_option;
mod batches;
mod chart_options;
mod classify;
mod config;
mod convert;
pub mod embedded;
mod evaluate;
mod explain;
mod generate;
pub mod host;
mod inspect;
mod label;
mod label_files;
mod label_project;
mod label_training;
mod merged_states;
mod model_option;
mod plan;
mod progress_bar;
mod rare_targets;
mod reference;
mod report;
mod report_input;
mod sample;
mod selection_options;
mod sentence_tables;
mod shared_options;
mod table_output;
mod targets;
mod train;
mod validation_options;
mod word_vector_options;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::error::Error;

/// How each outlet treats a subject: stance and framing of news, sentence by sentence.
///
/// Splits articles into sentences, tells the outlet's own voice from quoted voices, predicts the
/// stance of each sentence toward a target, and sums it up for every outlet, with evidence.
#[derive(Debug, Parser)]
#[command(name = "framescope", version, arg_required_else_help = true)]
#[command(after_help = "Every long option can stand in framescope.toml in the working folder: at \
    its top for all commands, under [report], [train], … for one.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Train(Box<train::Arguments>),
    Evaluate(evaluate::Arguments),
    Classify(classify::Arguments),
    Report(report::Arguments),
    Targets(targets::Arguments),
    Sample(sample::Arguments),
    Label(Box<label::Arguments>),
    Convert(convert::Arguments),
    Plan(plan::Arguments),
    Explain(explain::Arguments),
    Inspect(inspect::Arguments),
    Agree(agree::Arguments),
    Generate(generate::Arguments),
}

/// Runs the program: 0 fine, 1 the input's fault, 2 usage.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let done = config::complete(arguments.into_iter().collect(), &Cli::command())
        .map_err(Failure::Input)
        .and_then(|arguments| {
            let cli = parse(&arguments).map_err(Failure::Usage)?;
            cli.command.run(arguments.get(2..).unwrap_or_default()).map_err(Failure::Input)
        });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// Understands arguments, the program's name first.
fn parse(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    let matches = Cli::command().try_get_matches_from(arguments)?;
    Cli::from_arg_matches(&matches)
}

/// Runs what was typed once more, the program's name first.
fn run_typed(arguments: &[OsString]) -> Result<(), Error> {
    let cli = parse(arguments).map_err(|error| Error::Option(error.to_string()))?;
    cli.command.run(arguments.get(2..).unwrap_or_default())
}

/// Why the program fails.
enum Failure {
    /// The arguments, or a request for help.
    Usage(clap::Error),
    /// An error of reading, writing or training.
    Input(Error),
}

impl Failure {
    /// Reports the failure. A reader of the output that has stopped reading is none.
    fn report(&self) -> ExitCode {
        match self {
            Failure::Usage(error) => {
                // Standard error may be closed.
                let _ = error.print();
                ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
            }
            Failure::Input(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
            Failure::Input(error) => {
                progress_bar::say(&format!("error: {error}"));
                ExitCode::from(1)
            }
        }
    }
}

impl Command {
    /// `typed` are the arguments behind the command's name.
    fn run(self, typed: &[OsString]) -> Result<(), Error> {
        match self {
            Command::Train(arguments) => arguments.run(),
            Command::Evaluate(arguments) => arguments.run(),
            Command::Classify(arguments) => arguments.run(),
            Command::Report(arguments) => arguments.run(),
            Command::Targets(arguments) => arguments.run(),
            Command::Sample(arguments) => arguments.run(),
            Command::Label(arguments) => arguments.run(typed, run_typed),
            Command::Convert(arguments) => arguments.run(),
            Command::Plan(arguments) => arguments.run(),
            Command::Explain(arguments) => arguments.run(),
            Command::Inspect(arguments) => arguments.run(),
            Command::Agree(arguments) => arguments.run(),
            Command::Generate(arguments) => arguments.run(&mut Cli::command()),
        }
    }
}
