//! A running `framescope label`, and a client that asks as the page does.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// The program, listening.
pub(crate) struct Server {
    pub(crate) process: Child,
    pub(crate) address: String,
    /// In the order of coders; last the one of who leads, where there are several.
    pub(crate) tokens: Vec<String>,
    _errors: BufReader<std::process::ChildStderr>,
}

impl Server {
    /// Starts it in a folder, on a free port.
    #[track_caller]
    #[expect(clippy::zombie_processes, reason = "the test ends with the assertion")]
    pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_framescope"))
            .arg("label")
            .args(arguments)
            .args(["--listen", "127.0.0.1:0"])
            .current_dir(folder)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut errors = BufReader::new(process.stderr.take().unwrap());
        let (mut address, mut tokens) = (String::new(), Vec::new());
        let mut said = String::new();
        loop {
            let mut line = String::new();
            assert!(errors.read_line(&mut line).unwrap() > 0, "it ended: {said}");
            said += &line;
            if let Some((_, link)) = line.trim().split_once("http://") {
                let (of, token) = link.split_once("/#").unwrap();
                of.clone_into(&mut address);
                tokens.push(token.to_string());
            }
            if line.starts_with("End with") {
                return Server { process, address, tokens, _errors: errors };
            }
        }
    }

    /// The link of a coder.
    pub(crate) fn link(&self, coder: usize) -> String {
        format!("http://{}/#{}", self.address, self.tokens[coder])
    }

    pub(crate) fn client(&self, coder: usize) -> Client {
        Client::new(&self.address, &self.tokens[coder])
    }

    /// As `kill -9`.
    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// As Control-C; it must end well.
    pub(crate) fn interrupt(mut self) {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        assert!(self.process.wait().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One connection that is kept open.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
    address: String,
    token: String,
}

impl Client {
    fn new(address: &str, token: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        Client { stream: BufReader::new(stream), address: address.into(), token: token.into() }
    }

    pub(crate) fn get(&mut self, path: &str) -> Option<(u16, Value)> {
        self.send(&format!("GET {path} HTTP/1.1\r\n"), "")
    }

    #[expect(clippy::needless_pass_by_value, reason = "asked with literals")]
    pub(crate) fn post(&mut self, path: &str, body: Value) -> Option<(u16, Value)> {
        let head = format!("POST {path} HTTP/1.1\r\nContent-Type: application/json\r\n");
        self.send(&head, &body.to_string())
    }

    /// A label, given for the first time.
    pub(crate) fn label(&mut self, card: u64, label: &str) -> Option<(u16, Value)> {
        let request = format!("{card}-{label}");
        let answer = json!({"label": label});
        self.post(
            "/api/decide",
            json!({"card": card, "seen": 0, "request": request, "answer": answer, "seconds": 1.0}),
        )
    }

    /// None where the server is gone.
    fn send(&mut self, head: &str, body: &str) -> Option<(u16, Value)> {
        let request = format!(
            "{head}Host: {}\r\nX-Framescope-Token: {}\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            self.token,
            body.len()
        );
        self.raw(request.as_bytes())
    }

    /// Sends bytes as they are; gives status and body.
    pub(crate) fn raw(&mut self, bytes: &[u8]) -> Option<(u16, Value)> {
        self.stream.get_mut().write_all(bytes).ok()?;
        let mut line = String::new();
        self.stream.read_line(&mut line).ok()?;
        let status = line.split(' ').nth(1)?.parse().ok()?;
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line).ok()?;
            if line.trim().is_empty() {
                break;
            }
            let lower = line.to_ascii_lowercase();
            if let Some(value) = lower.strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).ok()?;
        Some((status, serde_json::from_slice(&body).unwrap_or(Value::Null)))
    }
}

/// Writes articles in which so many sentences of each of two outlets name the plan.
pub(crate) fn articles(folder: &Path, per_outlet: usize) {
    let mut table = csv::Writer::from_path(folder.join("articles.csv")).unwrap();
    table.write_record(["id", "outlet", "date", "title", "text", "url"]).unwrap();
    for outlet in ["Courier", "Beacon"] {
        for article in 0..per_outlet.div_ceil(10) {
            let sentences = (0..10).map(|n| {
                format!(
                    "The plan of street {article} has reached its stage {n} in the {outlet} ward."
                )
            });
            let text = sentences.collect::<Vec<_>>().join(" ");
            let id = format!("{outlet}-{article}");
            table.write_record([&id, outlet, "2031-06-02", "News", &text, ""]).unwrap();
        }
    }
    table.flush().unwrap();
}

/// The arguments that begin a labelling of them.
pub(crate) const BEGIN: [&str; 5] = ["articles.csv", "--target", "plan", "--out", "labels.csv"];

/// The rows of a label file.
pub(crate) fn rows(path: &Path) -> Vec<csv::StringRecord> {
    csv::Reader::from_path(path).unwrap().records().map(Result::unwrap).collect()
}

/// The place of a column.
pub(crate) fn column(path: &Path, name: &str) -> usize {
    let header = csv::Reader::from_path(path).unwrap().headers().unwrap().clone();
    header.iter().position(|column| column == name).unwrap()
}
