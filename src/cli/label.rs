use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use clap::builder::RangedU64ValueParser;

use super::label_project::{Labelling, begin};
use super::label_training::check_training;
use super::progress_bar::say;
use super::sample::Purpose;
use super::shared_options::{SeedOption, TargetOptions};
use crate::error::Error;
use crate::label_page::{Header, Stratum};
use crate::label_server::{LabelProject, Link, MakeReport, Role, Serving, serve};

/// Label sentences on a page in the browser
///
/// Draws sentences as `sample` does and serves one page on this machine: the sentence in its article, the
/// codebook beside it, one key a label. Every label is on disk before the page goes on. The label file is
/// what report, plan, train and agree take; beside it FILE.journal keeps every decision, also those that
/// were changed, and what --resume needs. The model's guess is never shown.
#[derive(Debug, Args)]
#[command(
    mut_arg("inputs", |inputs| inputs.required(false).required_unless_present("resume")),
    after_help = "Example:\n  framescope label articles.csv --target 'cyber security unit' \
    --out labels.csv --coder Ann\n  framescope label --resume labels.csv"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) question: TargetOptions,
    /// The label file to begin; nothing is overwritten
    #[arg(long, value_name = "FILE", required_unless_present = "resume")]
    out: Option<PathBuf>,
    /// Go on with a label file that was begun here
    #[arg(long, value_name = "FILE", conflicts_with_all = ["inputs", "out", "target"])]
    resume: Option<PathBuf>,
    /// Who labels
    #[arg(long, value_name = "NAME", default_value = "coder", conflicts_with = "coders")]
    coder: String,
    /// Who labels, where there are several: each gets a link of their own
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    coders: Vec<String>,
    /// How much of it all of several coders label, so that their agreement can be measured
    #[arg(long, value_name = "PER CENT", default_value = "20%", value_parser = per_cent)]
    overlap: f64,
    /// What the labels are for: to correct a report, which wants a random sample, or to train a model
    #[arg(long = "for", value_enum, value_name = "PURPOSE", default_value = "report")]
    purpose: Purpose,
    /// How many sentences of each outlet and target, half from each voice
    #[arg(long, value_name = "N", default_value_t = 60)]
    #[arg(value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    per_outlet: usize,
    #[command(flatten)]
    seed: SeedOption,
    /// What the labels mean, as TOML like those in labels/ [default: the built-in codebook]
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// Hide outlet, date and address, so that they lead nobody
    #[arg(long)]
    blind: bool,
    /// Where to listen; anything but this machine needs --coders [default: 127.0.0.1:8090]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
}

fn per_cent(value: &str) -> Result<f64, String> {
    let number =
        value.trim().strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok());
    let share = number.map(|number| number / 100.0).filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "expected per cent from 0% to 100%, such as 20%".to_string())
}

impl Arguments {
    /// `typed` are the arguments behind the command's name; `run_typed` runs others.
    pub(super) fn run(self, typed: &[OsString], run_typed: RunTyped) -> Result<(), Error> {
        let (label_file, project) = match (&self.resume, &self.out) {
            (Some(resume), _) => (resume.clone(), LabelProject::open(resume)?),
            (None, Some(out)) => (out.clone(), self.begin(out, typed)?),
            (None, None) => return Err(Error::Option("give --out FILE".to_string())),
        };
        self.check_listening(project.header().coders.len())?;
        // Another program may hold the usual port; links hold for the port that is taken.
        let usual = [8090, 0].map(|port| SocketAddr::from(([127, 0, 0, 1], port)));
        let listen = self.listen.map_or(usual.to_vec(), |listen| vec![listen]);
        let make_report = make_report(project.header(), run_typed);
        let is_for_training = project.is_for_training()?;
        let check_training = is_for_training.then(|| check_training(project.header()));
        let (n_cards, n_decided) = (project.n_cards(), project.n_decided());
        let strata = project.header().strata.clone();
        let serving = Serving { project, listen, make_report, check_training };
        serve(serving, |address, links| {
            say(&format!("{n_cards} sentences to label; {n_decided} decisions so far."));
            say_if_few(&strata);
            self.say_links(address, links);
        })?;
        let file = label_file.display();
        say(&format!(
            "Everything is saved in {file}. Go on with: framescope label --resume {file}"
        ));
        Ok(())
    }

    fn begin(&self, out: &Path, typed: &[OsString]) -> Result<LabelProject, Error> {
        let labelling = Labelling {
            purpose: self.purpose,
            per_outlet: self.per_outlet,
            seed: self.seed.seed,
            coders: self.coder_names()?,
            overlap: self.overlap,
            is_blind: self.blind,
            codebook: self.codebook.as_deref(),
            typed,
        };
        begin(&self.question, out, &labelling)
    }

    fn coder_names(&self) -> Result<Vec<String>, Error> {
        let named =
            if self.coders.is_empty() { vec![self.coder.clone()] } else { self.coders.clone() };
        let names: Vec<String> = named.iter().map(|name| name.trim().to_string()).collect();
        for (at, name) in names.iter().enumerate() {
            if name.is_empty() || name.chars().any(char::is_control) || name.chars().count() > 80 {
                let reason = format!("coder {} has no usable name: 1 to 80 characters", at + 1);
                return Err(Error::Option(reason));
            }
            if names[..at].contains(name) || name == crate::agreement::coder_labels::ADJUDICATED {
                let reason =
                    format!("a coder cannot be called `{name}`: the name stands for another");
                return Err(Error::Option(reason));
            }
        }
        Ok(names)
    }

    /// Other machines are served only where each person has a link.
    fn check_listening(&self, n_coders: usize) -> Result<(), Error> {
        match self.listen {
            Some(address) if !address.ip().is_loopback() && n_coders < 2 => {
                Err(Error::Option(format!(
                    "--listen {address} can be reached from other machines: name who labels, as in \
                     --coders Ann,Ben"
                )))
            }
            _ => Ok(()),
        }
    }

    fn say_links(&self, address: SocketAddr, links: &[Link]) {
        if !address.ip().is_loopback() {
            say(
                "warning: other machines can reach this page. Whoever has a link can read the drawn \
                 articles and label under its name; nothing is encrypted on the way. Use it in a network \
                 that you trust, and hand each link to its person only.",
            );
        }
        let url = |link: &Link| format!("http://{address}/#{}", link.token);
        for link in links {
            let what = match link.role {
                Role::Coder(_) => format!("{} labels here", link.name),
                Role::Lead => "progress, agreement and disputes are here".to_string(),
            };
            say(&format!("{what}: {}", url(link)));
        }
        say("End with Control-C.");
        if let (true, Some(link)) = (self.open, links.first()) {
            open_in_browser(&url(link));
        }
    }
}

/// Says that no outlet and voice can have an interval, however many sentences are labelled.
fn say_if_few(strata: &[Stratum]) {
    if !strata.is_empty() && !strata.iter().any(Stratum::can_have_interval) {
        say(
            "note: too few sentences were drawn to tell an interval of any outlet and voice by itself; \
             --per-outlet 60 draws enough",
        );
    }
}

/// Asks the system to open an address.
fn open_in_browser(url: &str) {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let quiet = std::process::Stdio::null;
    let started =
        std::process::Command::new(program).arg(url).stdout(quiet()).stderr(quiet()).spawn();
    if started.is_err() {
        say(&format!("note: `{program}` is not here; open the link yourself"));
    }
}

/// Options that `label` has and `report` does not, and whether they take a value.
const OWN_OPTIONS: [(&str, bool); 11] = [
    ("--out", true),
    ("--resume", true),
    ("--coder", true),
    ("--coders", true),
    ("--overlap", true),
    ("--for", true),
    ("--per-outlet", true),
    ("--codebook", true),
    ("--listen", true),
    ("--blind", false),
    ("--open", false),
];

/// What `report` must be asked to report on the same articles.
fn report_arguments(typed: &[String]) -> Vec<OsString> {
    let mut kept = Vec::new();
    let mut rest = typed.iter();
    while let Some(argument) = rest.next() {
        let name = argument.split('=').next().unwrap_or_default();
        match OWN_OPTIONS.iter().find(|(own, _)| *own == name) {
            // `--name value` in two arguments.
            Some((_, true)) if !argument.contains('=') => drop(rest.next()),
            Some(_) => {}
            None => kept.push(OsString::from(argument)),
        }
    }
    kept
}

/// Runs the program's arguments, its name first.
type RunTyped = fn(&[OsString]) -> Result<(), Error>;

/// Runs `report` as if it were typed where the labelling was begun.
fn make_report(header: &Header, run_typed: RunTyped) -> MakeReport {
    let (kept, folder) = (report_arguments(&header.arguments), header.folder.clone());
    Arc::new(move |label_file, page| {
        let here = std::env::current_dir().map(|here| here.display().to_string());
        if here.ok().as_ref() != Some(&folder) {
            return Err(Error::Option(format!(
                "the articles were read from the folder {folder}; start `framescope label --resume` there \
                 to make the report"
            )));
        }
        let options: [&std::ffi::OsStr; 6] = [
            "--labels".as_ref(),
            label_file.as_os_str(),
            "--format".as_ref(),
            "html".as_ref(),
            "--out".as_ref(),
            page.as_os_str(),
        ];
        let head = ["framescope", "report"].map(OsString::from).into_iter();
        let options = options.into_iter().map(OsString::from);
        let arguments: Vec<OsString> = head.chain(options).chain(kept.iter().cloned()).collect();
        run_typed(&arguments)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_asked_for_without_what_is_labels_own() {
        let typed = "a.csv --target plan --out x.csv --coders=Ann,Ben --blind --alias p --seed 3";
        let typed: Vec<String> = typed.split(' ').map(String::from).collect();
        let expected = "a.csv --target plan --alias p --seed 3".split(' ').map(OsString::from);
        assert_eq!(report_arguments(&typed), expected.collect::<Vec<_>>());
    }

    #[test]
    fn overlap_is_per_cent() {
        assert_eq!((per_cent("20%"), per_cent("0 %")), (Ok(0.2), Ok(0.0)));
        assert!(["0.2", "120%", "", "x%"].iter().all(|value| per_cent(value).is_err()));
    }
}
