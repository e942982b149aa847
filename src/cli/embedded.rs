//! The commands for a program that calls them: arguments as on the command line, tables in memory in place
//! of files, and results in place of output.

use std::ffi::OsString;
use std::sync::Arc;

use super::host::{self, Host};
use super::{Cli, Command, parse};
use crate::classifier::{Classified, Classifier};
use crate::error::Error;
use crate::io::Held;
use crate::model::Model;
use crate::report::Report;

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
            Command::Report(mut arguments) => {
                let reason = "--partial writes the state of a report, and gives no report";
                arguments.report(true)?.ok_or_else(|| Error::Option(reason.to_string()))
            }
            _ => Err(not_asked_for("report")),
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
