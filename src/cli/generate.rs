use std::path::PathBuf;

use clap::{Args, Command, ValueEnum};
use clap_complete::Shell;

use super::reference;
use super::shared_options::write_all;
use crate::error::Error;
use crate::io::Output;

/// Make shell completions, man pages or the manual's reference from the program's own definitions
#[derive(Debug, Args)]
#[command(hide = true)]
#[command(after_help = "Example:\n  framescope generate bash > /etc/bash_completion.d/framescope")]
pub(super) struct Arguments {
    /// What to make: completions for a shell, man pages, or pages of the manual's reference
    #[arg(value_enum)]
    what: What,
    /// The folder for the pages
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
    Man,
    Reference,
}

impl Arguments {
    /// `cli` is the whole command line.
    pub(super) fn run(self, cli: &mut Command) -> Result<(), Error> {
        let shell = match self.what {
            What::Bash => Shell::Bash,
            What::Elvish => Shell::Elvish,
            What::Fish => Shell::Fish,
            What::Powershell => Shell::PowerShell,
            What::Zsh => Shell::Zsh,
            What::Man => return self.man_pages(cli),
            What::Reference => return self.reference(cli),
        };
        let mut script = Vec::new();
        clap_complete::generate(shell, cli, "framescope", &mut script);
        write_all(Output::create(None)?, &script)
    }

    /// The pages of `docs/src/reference` that are made from the program's tables.
    fn reference(&self, cli: &Command) -> Result<(), Error> {
        let pages = [
            ("options.md", reference::options(cli)),
            ("formats.md", reference::formats()),
            ("codebook.md", reference::codebook()),
        ];
        pages.into_iter().try_for_each(|(name, page)| {
            write_all(Output::create(Some(&self.folder.join(name)))?, page.as_bytes())
        })
    }

    /// `framescope.1` and one page per command.
    fn man_pages(&self, cli: &Command) -> Result<(), Error> {
        let commands = cli.get_subcommands().filter(|command| !command.is_hide_set());
        let pages = commands.map(|c| (format!("framescope-{}", c.get_name()), c.clone()));
        for (name, command) in pages.chain([("framescope".to_string(), cli.clone())]) {
            let path = self.folder.join(format!("{name}.1"));
            let mut page = Vec::new();
            clap_mangen::Man::new(command.name(name))
                .render(&mut page)
                .map_err(|error| Error::write(&path, error))?;
            write_all(Output::create(Some(&path))?, &page)?;
        }
        Ok(())
    }
}
