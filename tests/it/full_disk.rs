//! Disks that are full, folders that cannot be written, readers that go away: a word, and what was there stays.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::json;

use crate::label_server::{BEGIN, Server, articles, rows};
use crate::session::{Session, in_folder};
use crate::writing_commands::{WRITING_COMMANDS, WritingCommand, lay_down, unfinished};

/// A small disk of its own.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// None where none may be mounted.
    fn mount(folder: &Path, kilobytes: usize) -> Option<Self> {
        fs::create_dir_all(folder).unwrap();
        let size = format!("size={kilobytes}k");
        let options = ["-t", "tmpfs", "-o", &size, "none"];
        if mount_works(Command::new("mount").args(options).arg(folder)) {
            return Some(SmallDisk(folder.to_path_buf()));
        }
        eprintln!("skipped: no disk may be mounted here");
        None
    }

    fn fill(&self) {
        let mut filler = fs::File::create(self.0.join("filler")).unwrap();
        while filler.write_all(&[0; 512]).is_ok() {}
    }

    fn empty(&self) {
        fs::remove_file(self.0.join("filler")).unwrap();
    }

    fn lock(&self) {
        let remount = ["-o", "remount,ro"];
        assert!(mount_works(Command::new("mount").args(remount).arg(&self.0)));
    }
}

fn mount_works(command: &mut Command) -> bool {
    command.stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

/// Runs a command that must fail with a message, its files in another folder.
#[track_caller]
fn fails(folder: &Path, disk: &Path, command: &WritingCommand<'_>, expected: &str) {
    let there = disk.file_name().unwrap().to_str().unwrap();
    let placed = |argument: &str| match command.files.contains(&argument) {
        true => format!("{there}/{argument}"),
        false => argument.to_string(),
    };
    let arguments: Vec<String> = command.arguments().into_iter().map(placed).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let session = Session::any(folder, &arguments);
    assert_eq!(session.code, Some(1), "{}: {}", command.typed, session.stderr);
    assert!(session.stderr.contains(expected), "{}: {}", command.typed, session.stderr);
}

/// The old files stay, and nothing is left beside them.
#[track_caller]
fn stays(disk: &Path, command: &WritingCommand<'_>) {
    for name in command.files {
        assert_eq!(fs::read(disk.join(name)).unwrap(), b"old", "{}: {name}", command.typed);
    }
    assert!(unfinished(disk).is_empty(), "{}", command.typed);
}

#[test]
fn nothing_is_lost_on_a_full_disk_or_a_locked_one() {
    in_folder(|folder| {
        let path = folder.join("disk");
        let Some(disk) = SmallDisk::mount(&path, 256) else { return };
        lay_down(folder);
        let lay_old = |command: &WritingCommand<'_>| {
            command.files.iter().for_each(|name| fs::write(path.join(name), b"old").unwrap());
        };
        WRITING_COMMANDS.iter().for_each(lay_old);
        disk.fill();
        for command in &WRITING_COMMANDS {
            fails(folder, &path, command, "No space left on device");
            stays(&path, command);
        }
        disk.empty();
        disk.lock();
        for command in &WRITING_COMMANDS {
            fails(folder, &path, command, "Read-only file system");
            stays(&path, command);
        }
    });
}

/// A label that the disk does not take is refused with a word; once there is room, labelling goes on.
#[test]
fn the_label_page_on_a_full_disk() {
    in_folder(|folder| {
        let path = folder.join("disk");
        let Some(disk) = SmallDisk::mount(&path, 512) else { return };
        articles(&path, 20);
        let server = Server::start(&path, &BEGIN);
        let mut client = server.client(0);
        assert_eq!(client.label(0, "critical").unwrap().0, 200);
        disk.fill();
        // What is left of the last block holds some labels still.
        let refused = (1..20).find(|&card| {
            let (status, told) = client.label(card, "critical").unwrap();
            assert!([200, 507].contains(&status), "{told}");
            status == 507 && told.to_string().contains("No space left on device")
        });
        let refused = refused.expect("the disk was full");
        let (_, shown) = client.get(&format!("/api/card?card={refused}")).unwrap();
        assert!(shown["decision"].is_null(), "{shown}");
        disk.empty();
        let again =
            json!({"card": refused, "seen": 0, "request": "again", "answer": {"label": "neutral"}});
        assert_eq!(client.post("/api/decide", again).unwrap().0, 200);
        let n_labels = rows(&path.join("labels.csv")).len();
        assert_eq!(n_labels as u64, refused + 1);
        server.kill();
        let server = Server::start(&path, &["--resume", "labels.csv"]);
        let (_, state) = server.client(0).get("/api/next").unwrap();
        assert_eq!(state["counts"]["decided"].as_u64(), Some(refused + 1), "{state}");
        server.interrupt();
    });
}

/// Standard output that takes nothing: a full device, and a reader that has gone.
#[test]
fn standard_output_that_takes_nothing() {
    in_folder(|folder| {
        lay_down(folder);
        for command in &WRITING_COMMANDS {
            let arguments = command.arguments();
            let Some(out) = arguments.iter().position(|argument| *argument == "--out") else {
                continue;
            };
            let is_trained = arguments[0] == "train";
            let printed: Vec<&str> = match is_trained {
                true => arguments.clone(),
                false => [&arguments[..out], &arguments[out + 2..]].concat(),
            };
            let run = |stdout: Stdio| {
                let mut process = Command::new(env!("CARGO_BIN_EXE_framescope"));
                let process = process.args(&printed).current_dir(folder).stdout(stdout);
                process.stderr(Stdio::piped()).spawn().unwrap()
            };
            let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
            let ended = run(full.into()).wait_with_output().unwrap();
            let said = String::from_utf8(ended.stderr).unwrap();
            assert_eq!(ended.status.code(), Some(1), "{}: {said}", command.typed);
            assert!(said.contains("cannot write standard output: No space left"), "{said}");
            let mut process = run(Stdio::piped());
            drop(process.stdout.take());
            let ended = process.wait_with_output().unwrap();
            let said = String::from_utf8(ended.stderr).unwrap();
            assert_eq!(ended.status.code(), Some(0), "{}: {said}", command.typed);
            assert!(!said.contains("error: "), "{}: {said}", command.typed);
        }
    });
}
