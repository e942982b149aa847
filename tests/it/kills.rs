//! Commands are killed at random moments: of each file that they write the old one or the new one is there,
//! whole.
//!
//! `FRAMESCOPE_KILLS=200 cargo test --test it kills::` kills each command 200 times.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::label_server::{BEGIN, Server, articles, rows};
use crate::session::{Session, in_folder};
use crate::writing_commands::{WRITING_COMMANDS, WritingCommand, lay_down, of_target, unfinished};

const OLD: &[u8] = b"what was there before\n";

/// How often each command is killed.
fn n_kills() -> u32 {
    std::env::var("FRAMESCOPE_KILLS").map_or(2, |kills| kills.parse().unwrap())
}

/// Random numbers from 0 to 1.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        f64::from(u32::try_from(self.0 >> 33).unwrap()) / 2_147_483_648.0
    }
}

fn start(folder: &Path, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_framescope"))
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills a command at a moment up to a bit after its usual end.
fn kill(folder: &Path, arguments: &[&str], usual: Duration, chance: &mut Chance) {
    let mut process = start(folder, arguments);
    std::thread::sleep(usual.mul_f64(1.2 * chance.next()));
    process.kill().unwrap();
    process.wait().unwrap();
}

/// Kills one command again and again; gives how often the new file was there.
fn kill_often(folder: &Path, command: &WritingCommand<'_>, chance: &mut Chance) -> u32 {
    let (arguments, begun) = (command.arguments(), Instant::now());
    Session::within(folder, &arguments);
    let usual = begun.elapsed();
    let read = |name: &&str| fs::read(folder.join(name)).ok();
    let new: Vec<Vec<u8>> = command.files.iter().map(|name| read(name).unwrap()).collect();
    let mut n_new = 0;
    for number in 0..n_kills() {
        // Every second time there is no file before.
        let old = (number % 2 == 0).then(|| OLD.to_vec());
        for name in command.files {
            let path = folder.join(name);
            match &old {
                Some(old) => fs::write(path, old).unwrap(),
                None => fs::remove_file(path).unwrap_or_default(),
            }
        }
        kill(folder, &arguments, usual, chance);
        for (name, new) in command.files.iter().zip(&new) {
            let found = read(name);
            let is_new = found.as_ref() == Some(new);
            assert!(is_new || found == old, "{}: {name} is neither old nor new", command.typed);
            n_new += u32::from(is_new);
        }
        let left = unfinished(folder);
        assert!(left.len() <= command.files.len(), "{}: {left:?}", command.typed);
    }
    Session::within(folder, &arguments);
    assert!(unfinished(folder).is_empty(), "{}: {:?}", command.typed, unfinished(folder));
    for (name, new) in command.files.iter().zip(&new) {
        assert_eq!(read(name).as_ref(), Some(new), "{}: {name}", command.typed);
    }
    n_new
}

#[test]
fn a_killed_command_leaves_the_old_files_or_the_new_ones() {
    in_folder(|folder| {
        lay_down(folder);
        let mut chance = Chance(3);
        for command in &WRITING_COMMANDS {
            let n_new = kill_often(folder, command, &mut chance);
            eprintln!("{}: {n_new} new files after {} kills", command.typed, n_kills());
        }
    });
}

/// A labelling that was killed as it began was begun or was not.
#[test]
fn a_labelling_that_is_killed_as_it_begins_can_be_gone_on_with_or_begun() {
    in_folder(|folder| {
        articles(folder, 20);
        let listen = ["--listen", "127.0.0.1:0"];
        let typed = [&["label"][..], &BEGIN, &listen].concat();
        let paths = ["labels.csv", "labels.csv.journal"].map(|name| folder.join(name));
        let begun = Instant::now();
        Server::start(folder, &BEGIN).interrupt();
        let usual = begun.elapsed();
        let (mut chance, mut n_begun) = (Chance(5), 0);
        for _ in 0..n_kills() {
            for path in &paths {
                let _ = fs::remove_file(path);
            }
            kill(folder, &typed, usual, &mut chance);
            let is_begun = paths[1].exists();
            assert!(is_begun || !paths[0].exists());
            n_begun += u32::from(is_begun);
            let server = match is_begun {
                true => Server::start(folder, &["--resume", "labels.csv"]),
                false => Server::start(folder, &BEGIN),
            };
            assert_eq!(server.client(0).label(0, "critical").unwrap().0, 200);
            server.interrupt();
            assert_eq!(rows(&paths[0]).len(), 1);
            assert!(unfinished(folder).is_empty(), "{:?}", unfinished(folder));
        }
        eprintln!("{n_begun} labellings were begun");
    });
}

#[test]
fn several_runs_that_write_one_file_leave_one_of_theirs() {
    in_folder(|folder| {
        lay_down(folder);
        let path = folder.join("out.csv");
        let names = ["barrier", "scheme", "the council", "flood", "harbour"];
        let runs = names.map(|name| of_target(name, "out.csv"));
        let expected = runs.map(|arguments| {
            Session::within(folder, &arguments);
            fs::read(&path).unwrap()
        });
        for _ in 0..n_kills() {
            let running = runs.each_ref().map(|arguments| start(folder, arguments));
            for mut process in running {
                assert!(process.wait().unwrap().success());
            }
            assert!(expected.contains(&fs::read(&path).unwrap()));
            assert!(unfinished(folder).is_empty(), "{:?}", unfinished(folder));
        }
    });
}
