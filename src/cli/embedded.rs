//! The commands for a program that calls them: arguments as on the command line, tables in memory in place
//! of files, and results in place of output.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

pub use super::batches::{BATCH_ARTICLES, BATCH_BYTES};
pub use super::classify::SurveyedArticle;
use super::host::{self, Host};
use super::merged_states::{NamedState, merged_state};
use super::{Cli, Command, parse};
use crate::article::Article;
use crate::classifier::{Classified, Classifier};
use crate::error::Error;
use crate::io::Held;
use crate::model::Model;
use crate::report::{Report, ReportState};

/// What a command is run with.
pub struct Embedded {
    /// The command and its options, as they are typed behind the program's name. `framescope.toml` is not
    /// read.
    pub arguments: Vec<String>,
    /// Tables that the arguments name as inputs, and what takes the place of standard output.
    pub held: Held,
    /// Hears what the command says.
    pub host: Arc<dyn Host>,
}

impl Embedded {
    /// Runs any command; gives what it writes to standard output.
    ///
    /// # Errors
    /// Those of the command, and [`Error::Option`] where arguments are not understood.
    pub fn run(self) -> Result<Vec<u8>, Error> {
        let written = self.held.written.clone();
        self.with(Command::run)?;
        Ok(written.take())
    }

    /// Runs `classify` on articles: each batch that is classified together goes to `process`, and what that
    /// gives, in order, to `consume`. Takes the classifier apart from `process`, which other threads run.
    ///
    /// # Errors
    /// Those of the command, those of `consume`, and [`Error::Option`] where the arguments ask for anything
    /// else or are not understood.
    pub fn classify<M: Send>(
        self,
        process: impl Fn(&Classifier, Vec<Vec<Classified<'_>>>) -> M + Send,
        consume: impl FnMut(M) -> Result<(), Error> + Send,
    ) -> Result<(), Error> {
        self.with(|command, _| match command {
            Command::Classify(arguments) => arguments.classified(process, consume),
            _ => Err(not_asked_for("classify")),
        })
    }

    /// Runs `report`; gives the report in place of writing it.
    ///
    /// # Errors
    /// As for [`Embedded::classify`].
    pub fn report(self) -> Result<Report, Error> {
        self.with(|command, _| match command {
            Command::Report(mut arguments) => arguments.report(true),
            _ => Err(not_asked_for("report")),
        })
    }

    /// Runs `report` on a part of a corpus; gives what was counted of it.
    ///
    /// # Errors
    /// As for [`Embedded::classify`].
    pub fn partial(self) -> Result<ReportState, Error> {
        self.with(|command, _| match command {
            Command::Report(mut arguments) => arguments.state(),
            _ => Err(not_asked_for("report")),
        })
    }

    /// Runs `report` on parts of a corpus, which it merges in place of reading its inputs. Errors call the
    /// first part `<state 1>`.
    ///
    /// # Errors
    /// As for [`Embedded::classify`], and bytes that are no states or do not belong together.
    pub fn merged(self, states: &[impl AsRef<[u8]>]) -> Result<Report, Error> {
        self.with(|command, _| match command {
            Command::Report(mut arguments) => arguments.merged(held_states(states), true),
            _ => Err(not_asked_for("report")),
        })
    }

    /// Reads the articles that the arguments of `classify` name and select: those that are read together
    /// go to `process`, and what that gives, in order, to `consume`.
    ///
    /// # Errors
    /// As for [`Embedded::classify`].
    pub fn articles<M: Send>(
        self,
        process: impl FnMut(Vec<Article>) -> M + Send,
        consume: impl FnMut(M) -> Result<(), Error> + Send,
    ) -> Result<(), Error> {
        self.with(|command, _| match command {
            Command::Classify(arguments) => arguments.articles_together(process, consume),
            _ => Err(not_asked_for("classify")),
        })
    }

    /// Looks over the articles that the arguments of `classify` name: all that are read, also those that
    /// are not selected.
    ///
    /// # Errors
    /// As for [`Embedded::classify`].
    pub fn survey(self) -> Result<Vec<SurveyedArticle>, Error> {
        self.with(|command, _| match command {
            Command::Classify(arguments) => arguments.survey(),
            _ => Err(not_asked_for("classify")),
        })
    }

    /// Reads the model that the options of `explain` name; gives it in place of an explanation.
    ///
    /// # Errors
    /// As for [`Embedded::classify`].
    pub fn model(self) -> Result<Model, Error> {
        self.with(|command, _| match command {
            Command::Explain(arguments) => arguments.model(),
            _ => Err(not_asked_for("explain")),
        })
    }

    fn with<T>(
        self,
        run: impl FnOnce(Command, &[OsString]) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let Embedded { arguments, held, host } = self;
        let name = std::iter::once("framescope".into());
        let typed: Vec<OsString> = name.chain(arguments.into_iter().map(Into::into)).collect();
        let Cli { command } = parse(&typed).map_err(|error| not_understood(&error))?;
        host::while_running(host, || {
            held.while_running(|| run(command, typed.get(2..).unwrap_or_default()))
        })
    }
}

/// Merges what was counted of parts of a corpus; gives the bytes of all of it.
///
/// # Errors
/// As for [`Embedded::merged`].
pub fn merge_states(states: &[impl AsRef<[u8]>]) -> Result<Vec<u8>, Error> {
    Ok(merged_state(held_states(states))?.to_bytes())
}

fn held_states<S: AsRef<[u8]>>(
    states: &[S],
) -> impl Iterator<Item = Result<NamedState, Error>> + '_ {
    (1..).zip(states).map(|(number, bytes)| {
        let name = PathBuf::from(format!("<state {number}>"));
        let state = ReportState::from_bytes(bytes.as_ref());
        let state = state.map_err(|reason| Error::file(&name, reason))?;
        Ok((name, state))
    })
}

fn not_asked_for(command: &str) -> Error {
    Error::Option(format!("expected the command `{command}`"))
}

/// The first paragraph of a message, which tells what is wrong; usage is told elsewhere.
fn not_understood(error: &clap::Error) -> Error {
    let message = error.to_string();
    let first = message.split("\n\n").next().unwrap_or_default().trim();
    Error::Option(first.strip_prefix("error: ").unwrap_or(first).to_string())
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use csv::StringRecord;

    use super::*;
    use crate::io::HeldTable;

    /// Writes down what it hears.
    #[derive(Default)]
    struct Heard(Mutex<Vec<String>>, Mutex<(u64, Option<u64>)>);

    impl Host for Heard {
        fn say(&self, line: &str) {
            self.0.lock().unwrap().push(line.to_string());
        }

        fn progress(&self, done: u64, total: Option<u64>) {
            *self.1.lock().unwrap() = (done, total);
        }
    }

    fn embedded(arguments: &[&str]) -> (Embedded, Arc<Heard>) {
        let row = || ["Lamp", "The dam is a disgrace, critics said. The dam stands."].to_vec();
        let rows = move || (0..2).map(move |_| Ok(StringRecord::from(row())));
        let table = HeldTable {
            columns: vec!["outlet".into(), "body".into()],
            n_rows: 2,
            rows: Box::new(move || Box::new(rows())),
        };
        let held =
            Held { tables: vec![("<articles>".to_string(), Arc::new(table))], ..Held::default() };
        let heard = Arc::new(Heard::default());
        let arguments = arguments.iter().map(ToString::to_string).collect();
        (Embedded { arguments, held, host: Arc::<Heard>::clone(&heard) }, heard)
    }

    const CLASSIFY: [&str; 4] = ["classify", "<articles>", "--target", "dam"];

    #[test]
    fn classified_batches_are_what_the_command_writes() {
        let (run, heard) = embedded(&CLASSIFY);
        let written = String::from_utf8(run.run().unwrap()).unwrap();
        let said = heard.0.lock().unwrap().clone();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].starts_with("note: the text is read from the column `body`"), "{said:?}");
        assert!(said[1].contains("stood in the same outlet before"), "{said:?}");
        assert_eq!(*heard.1.lock().unwrap(), (2, Some(2)));
        let mut rows = Vec::new();
        let (run, _) = embedded(&CLASSIFY);
        let texts = |_: &Classifier, batch: Vec<Vec<Classified<'_>>>| {
            batch.iter().flatten().map(|of| of.sentence.text.to_string()).collect::<Vec<_>>()
        };
        run.classify(texts, |texts| {
            rows.extend(texts);
            Ok(())
        })
        .unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(written.lines().count(), 3);
        assert!(rows.iter().all(|text| written.contains(text.as_str())));
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        let message =
            embedded(&["classify", "<articles>", "--no"]).0.run().unwrap_err().to_string();
        assert_eq!(message, "unexpected argument '--no' found");
        let message = embedded(&["agree", "x.csv"]).0.report().unwrap_err().to_string();
        assert_eq!(message, "expected the command `report`");
        let message = embedded(&["report", "<none>"]).0.report().unwrap_err().to_string();
        assert!(message.starts_with("cannot read <none>: "), "{message}");
    }
}
