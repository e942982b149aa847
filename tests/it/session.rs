//! Runs the command as a user does.

use std::fmt::Write;
use std::path::Path;

use assert_cmd::Command;

/// The demo articles, with their subject and everything that they call it.
pub(crate) const DEMO: [&str; 9] = [
    "tests/articles/tidal-barrier.csv",
    "--target",
    "tidal barrier",
    "--alias",
    "the barrier",
    "--alias",
    "the scheme",
    "--alias",
    "the gates",
];

/// What was typed, and what came back.
pub(crate) struct Session {
    typed: String,
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs a command that must succeed, in the project's folder.
#[track_caller]
pub(crate) fn framescope(arguments: &[&str]) -> Session {
    Session::run(arguments, &[])
}

/// Hands over a folder that is gone afterwards.
pub(crate) fn in_folder<T>(work: impl FnOnce(&Path) -> T) -> T {
    let folder = tempfile::tempdir().unwrap();
    work(folder.path())
}

impl Session {
    #[track_caller]
    pub(crate) fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        Session::of(command(arguments, root).envs(environment.iter().copied()), arguments).fine()
    }

    #[track_caller]
    pub(crate) fn with_input(arguments: &[&str], input: &[u8]) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        Session::of(command(arguments, root).write_stdin(input), arguments).fine()
    }

    #[track_caller]
    pub(crate) fn within(folder: &Path, arguments: &[&str]) -> Self {
        Session::any(folder, arguments).fine()
    }

    /// A session that may fail.
    pub(crate) fn any(folder: &Path, arguments: &[&str]) -> Self {
        Session::of(&mut command(arguments, folder), arguments)
    }

    fn of(command: &mut Command, arguments: &[&str]) -> Self {
        let output = command.output().unwrap();
        let quoted = |argument: &&str| match argument.contains(' ') {
            true => format!("'{argument}'"),
            false => (*argument).to_string(),
        };
        Session {
            typed: arguments.iter().map(quoted).collect::<Vec<_>>().join(" "),
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    fn fine(self) -> Self {
        assert_eq!(self.code, Some(0), "{}\n{}", self.typed, self.stderr);
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap()
    }

    /// As on a screen.
    pub(crate) fn whole(&self) -> String {
        let mut screen = format!("$ framescope {}\n{}", self.typed, self.stdout);
        if !self.stderr.is_empty() {
            write!(screen, "[stderr]\n{}", self.stderr).unwrap();
        }
        screen
    }
}

fn command(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_framescope"));
    command.args(arguments).current_dir(folder);
    command
}
