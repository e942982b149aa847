//! The label page: its journal, and what clients send it.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, mpsc};
use std::time::Duration;

use framescope::label_server::{LabelProject, Serving, serve};

use crate::file::file;

const JOURNAL: &[u8] = include_bytes!("../../tests/upgrades/0.1/labels.csv.journal");

/// A journal, whose label file is written anew.
pub(crate) fn journal(bytes: &[u8]) {
    let path = file("labels.csv.journal", bytes).with_extension("");
    let _ = std::fs::remove_file(&path);
    drop(LabelProject::open(&path));
}

/// A running page.
struct Page {
    address: SocketAddr,
    token: String,
}

static PAGE: LazyLock<Page> = LazyLock::new(|| {
    let path: PathBuf = file("page.csv.journal", JOURNAL).with_extension("");
    let project = LabelProject::open(&path).expect("the kept journal");
    let serving = Serving {
        project,
        listen: vec![SocketAddr::from(([127, 0, 0, 1], 0))],
        make_report: Arc::new(|_, page| {
            std::fs::write(page, "<!doctype html>").expect("a page");
            Ok(())
        }),
        check_training: None,
    };
    let (send, ready) = mpsc::channel();
    std::thread::spawn(move || {
        let said = |address, links: &[framescope::label_server::Link]| {
            let token = links.first().map(|link| link.token.clone()).unwrap_or_default();
            send.send(Page { address, token }).expect("the test waits");
        };
        assert!(serve(serving, said).is_ok());
    });
    ready.recv().expect("the page listens")
});

/// One connection. `@TOKEN@` stands for the secret of the link and `@HOST@` for the address, which no fuzzer
/// could guess.
pub(crate) fn http(bytes: &[u8]) {
    let filled = replaced(bytes, b"@TOKEN@", PAGE.token.as_bytes());
    let filled = replaced(&filled, b"@HOST@", PAGE.address.to_string().as_bytes());
    let mut stream = TcpStream::connect(PAGE.address).expect("the page still listens");
    stream.set_read_timeout(Some(Duration::from_millis(500))).expect("a timeout");
    let sent = stream.write_all(&filled).and_then(|()| stream.shutdown(Shutdown::Write));
    if sent.is_ok() {
        let _ = stream.take(1 << 20).read_to_end(&mut Vec::new());
    }
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut filled = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.windows(from.len()).position(|window| window == from) {
        filled.extend_from_slice(&rest[..at]);
        filled.extend_from_slice(to);
        rest = &rest[at + from.len()..];
    }
    filled.extend_from_slice(rest);
    filled
}
