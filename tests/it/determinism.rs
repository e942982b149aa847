//! The same input gives the same bytes: on any number of threads, wherever and in whatever language the machine
//! stands, and in whatever order files are given.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::label_server::{column, rows};
use crate::session::in_folder;
use crate::writing_commands::{WRITING_COMMANDS, WritingCommand, lay_down, of};

/// Threads, locale and time zone. Turkish has other small letters for I, the zones are a day apart.
const PLACES: [[&str; 3]; 3] = [
    ["1", "C", "UTC"],
    ["2", "tr_TR.UTF-8", "Pacific/Kiritimati"],
    ["7", "de_DE.UTF-8", "Pacific/Pago_Pago"],
];

/// What only prints.
const PRINTING: [WritingCommand<'static>; 8] = [
    of("explain Residents_cheered_the_barrier. --target barrier --format json", &[]),
    of("report articles.csv @ --table quotes", &[]),
    of("report articles.csv @ --table timeline", &[]),
    of("report articles.csv @ --full", &[]),
    of("report sentences.csv --format json", &[]),
    of("sample articles.csv @ --for training --per-outlet 5", &[]),
    of("convert labels.csv --to doccano", &[]),
    of("targets articles.csv", &[]),
];

/// What a command prints, says and writes.
fn outcome(folder: &Path, command: &WritingCommand<'_>, place: [&str; 3]) -> Vec<Vec<u8>> {
    let [threads, locale, zone] = place;
    let ended = Command::new(env!("CARGO_BIN_EXE_framescope"))
        .args(command.arguments())
        .current_dir(folder)
        .env("RAYON_NUM_THREADS", threads)
        .env("LC_ALL", locale)
        .env("TZ", zone)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{}: {said}", command.typed);
    let written = command.files.iter().map(|name| fs::read(folder.join(name)).unwrap());
    [ended.stdout.clone(), ended.stderr.clone()].into_iter().chain(written).collect()
}

#[test]
fn every_command_gives_the_same_bytes_on_any_machine() {
    in_folder(|folder| {
        lay_down(folder);
        for command in WRITING_COMMANDS.iter().chain(&PRINTING) {
            let [first, others @ ..] = PLACES.map(|place| outcome(folder, command, place));
            for (other, place) in others.iter().zip(&PLACES[1..]) {
                assert!(*other == first, "{} differs with {place:?}", command.typed);
            }
        }
    });
}

/// Writes the articles into files of one article each; gives their names.
fn split(folder: &Path) -> Vec<String> {
    let whole = folder.join("articles.csv");
    let header = csv::Reader::from_path(&whole).unwrap().headers().unwrap().clone();
    let id = column(&whole, "id");
    let write = |row: csv::StringRecord| {
        let name = format!("{}.csv", &row[id]);
        let mut file = csv::Writer::from_path(folder.join(&name)).unwrap();
        file.write_record(&header).unwrap();
        file.write_record(&row).unwrap();
        name
    };
    rows(&whole).into_iter().map(write).collect()
}

/// A report counts its articles and does not mind in which order. What is listed by article, such as the table of
/// sentences, comes in the order of the files.
#[test]
fn reports_do_not_mind_the_order_of_files() {
    in_folder(|folder| {
        lay_down(folder);
        let mut names = split(folder);
        let mut reports: Vec<Vec<Vec<u8>>> = Vec::new();
        for _ in 0..3 {
            let files = names.join(" ");
            let formats = ["text", "markdown", "html", "csv", "json"];
            let write = |format: &str| {
                let typed = format!("report {files} @ --labels labels.csv --format {format}");
                outcome(folder, &WritingCommand { typed: &typed, files: &[] }, PLACES[1])
                    .swap_remove(0)
            };
            reports.push(formats.map(write).to_vec());
            names.reverse();
            names.rotate_left(2);
        }
        let copies = Path::new(env!("CARGO_TARGET_TMPDIR")).join("orders");
        for (number, report) in reports.iter().enumerate() {
            for (format, written) in report.iter().enumerate() {
                fs::create_dir_all(&copies).unwrap();
                fs::write(copies.join(format!("{number}-{format}")), written).unwrap();
            }
        }
        assert!(reports[1..].iter().all(|other| *other == reports[0]), "see {}", copies.display());
    });
}

/// The words and sentences of a folder are the same in whatever order its files were made.
#[test]
fn the_order_in_which_files_were_made_does_not_matter() {
    in_folder(|folder| {
        lay_down(folder);
        let names = split(folder);
        let classified = |made: &mut dyn Iterator<Item = &String>| {
            let inner = folder.join("inner");
            fs::create_dir(&inner).unwrap();
            for name in made {
                fs::copy(folder.join(name), inner.join(name)).unwrap();
            }
            let typed = "classify inner @";
            let found = outcome(folder, &WritingCommand { typed, files: &[] }, PLACES[2]);
            fs::remove_dir_all(&inner).unwrap();
            found
        };
        assert!(classified(&mut names.iter()) == classified(&mut names.iter().rev()));
    });
}
