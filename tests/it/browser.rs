//! The page in a real browser: what it shows, what its script does, and what it must not do.
//!
//! Chromium is driven through its debugging pipe: messages of JSON that end in a zero byte, on the
//! file descriptors 3 and 4. Where there is no Chromium the tests say that they skipped.
//!
//! With `FRAMESCOPE_PICTURES` set to a folder, pictures of the report are left there; one of them is in
//! `docs/src/pictures`.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::session::framescope;

/// A browser with one page.
pub(crate) struct Browser {
    process: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    session: String,
    last: u64,
    /// What the browser told without being asked.
    events: VecDeque<Value>,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// None where there is no browser.
    pub(crate) fn open(page: &Path) -> Option<Self> {
        Browser::at(&format!("file://{}", page.display()))
    }

    /// None where there is no browser.
    pub(crate) fn at(address: &str) -> Option<Self> {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let is_there = |name: &&&str| {
            let found = Command::new("sh").args(["-c", &format!("command -v {name}")]).output();
            found.is_ok_and(|found| found.status.success())
        };
        let Some(name) = names.iter().find(is_there) else {
            eprintln!("skipped: no chromium here");
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        let command = format!(
            "exec {name} --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
             --disable-background-networking --disable-component-update --disable-sync \
             --disable-dev-shm-usage --remote-debugging-pipe --user-data-dir={} about:blank \
             3<&0 4>&1 2>/dev/null",
            profile.path().display()
        );
        let mut process = Command::new("sh")
            .args(["-c", &command])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()
            .unwrap();
        let to = process.stdin.take().unwrap();
        let from = BufReader::new(process.stdout.take().unwrap());
        let mut browser = Browser {
            process,
            to,
            from,
            session: String::new(),
            last: 0,
            events: VecDeque::new(),
            _profile: profile,
        };
        let target = browser.ask("Target.createTarget", json!({"url": "about:blank"}));
        let asked = json!({"targetId": target["targetId"], "flatten": true});
        let attached = browser.ask("Target.attachToTarget", asked);
        attached["sessionId"].as_str().unwrap().clone_into(&mut browser.session);
        for domain in ["Page", "Runtime", "Network", "Log"] {
            browser.ask(&format!("{domain}.enable"), json!({}));
        }
        browser.visit(address);
        Some(browser)
    }

    fn go(&mut self, page: &Path) {
        self.visit(&format!("file://{}", page.display()));
    }

    pub(crate) fn visit(&mut self, address: &str) {
        self.events.retain(|event| event["method"] != "Page.loadEventFired");
        self.ask("Page.navigate", json!({"url": address}));
        self.wait_for_load();
    }

    pub(crate) fn wait_for_load(&mut self) {
        while !self.events.iter().any(|event| event["method"] == "Page.loadEventFired") {
            let event = self.read();
            self.events.push_back(event);
        }
    }

    /// Waits until an expression in the page is true.
    #[track_caller]
    pub(crate) fn wait_until(&mut self, expression: &str) {
        for _ in 0..200 {
            if self.value(expression) == json!(true) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(25));
        }
        panic!("never true: {expression}\n{:?}", self.complaints());
    }

    /// Presses a key as a person does.
    pub(crate) fn press(&mut self, key: &str) {
        let text = if key.chars().count() == 1 { key } else { "" };
        let code = key.chars().next().map_or(0, |c| c.to_ascii_uppercase() as u32);
        let code = match key {
            "Enter" => 13,
            "ArrowLeft" => 37,
            "ArrowRight" => 39,
            "Escape" => 27,
            _ => code,
        };
        let text = if key == "Enter" { "\r" } else { text };
        for kind in ["keyDown", "keyUp"] {
            let mut event = json!({"type": kind, "key": key, "windowsVirtualKeyCode": code});
            if kind == "keyDown" && !text.is_empty() {
                event["text"] = json!(text);
            }
            self.ask("Input.dispatchKeyEvent", event);
        }
    }

    /// Touches the middle of an element as a finger does.
    #[track_caller]
    pub(crate) fn touch(&mut self, selector: &str) {
        let place = self.value(&format!(
            "(() => {{ const box = document.querySelector(\"{selector}\").getBoundingClientRect();
               return [box.left + box.width / 2, box.top + box.height / 2]; }})()"
        ));
        let touched =
            json!({"type": "touchStart", "touchPoints": [{"x": place[0], "y": place[1]}]});
        self.ask("Input.dispatchTouchEvent", touched);
        self.ask("Input.dispatchTouchEvent", json!({"type": "touchEnd", "touchPoints": []}));
    }

    fn read(&mut self) -> Value {
        let mut message = Vec::new();
        self.from.read_until(0, &mut message).unwrap();
        assert_eq!(message.pop(), Some(0), "the browser went away");
        serde_json::from_slice(&message).unwrap()
    }

    #[expect(clippy::needless_pass_by_value, reason = "asked with literals")]
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let mut message = json!({"id": self.last, "method": method, "params": params});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.to.write_all(message.to_string().as_bytes()).unwrap();
        self.to.write_all(&[0]).unwrap();
        loop {
            let mut answer = self.read();
            if answer["id"] == self.last {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].take();
            }
            self.events.push_back(answer);
        }
    }

    /// The value of an expression in the page.
    #[track_caller]
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        let params = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let answer = self.ask("Runtime.evaluate", params);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Errors, warnings and messages of the page, with whatever its policy refused.
    pub(crate) fn complaints(&self) -> Vec<&Value> {
        let told = ["Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"];
        self.events.iter().filter(|event| told.iter().any(|t| event["method"] == *t)).collect()
    }

    /// Every address that was asked for.
    pub(crate) fn fetched(&self) -> Vec<&str> {
        let sent = self.events.iter().filter(|e| e["method"] == "Network.requestWillBeSent");
        sent.filter_map(|event| event["params"]["request"]["url"].as_str()).collect()
    }

    /// Writes what the window shows, as PNG.
    pub(crate) fn picture(&mut self, path: &Path) {
        let taken = self.ask("Page.captureScreenshot", json!({"format": "png"}));
        std::fs::write(path, decoded(taken["data"].as_str().unwrap())).unwrap();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Bytes of base 64.
fn decoded(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => u32::from(c - b'A'),
        b'a'..=b'z' => u32::from(c - b'a') + 26,
        b'0'..=b'9' => u32::from(c - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let letters: Vec<u8> = text.bytes().filter(|c| *c != b'=').collect();
    let group = |four: &[u8]| {
        let bits = four.iter().fold(0, |bits, c| bits << 6 | value(*c)) << (6 * (4 - four.len()));
        bits.to_be_bytes()[1..four.len()].to_vec()
    };
    letters.chunks(4).flat_map(group).collect()
}

/// A page and the same report as JSON.
fn report(folder: &Path, arguments: &[&str]) -> (std::path::PathBuf, Value) {
    let page = folder.join("report.html");
    let json = framescope(&[arguments, &["--format", "json"]].concat()).json();
    let out = ["--format", "html", "--out", page.to_str().unwrap()];
    framescope(&[arguments, &out].concat());
    (page, json)
}

const DEMO: [&str; 8] = [
    "report",
    "tests/articles/tidal-barrier.csv",
    "--target",
    "tidal barrier",
    "--alias",
    "barrier",
    "--alias",
    "the scheme",
];

/// The same report with a sample of its sentences labelled by hand.
fn labelled_report(folder: &Path) -> (std::path::PathBuf, Value) {
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    framescope(&[&["sample"], &DEMO[1..], &["--out", &path("sample.csv")]].concat());
    let label_of = |row: usize, _: &str| ["critical", "neutral", "supportive"][row % 3];
    crate::audit::label(folder, "sample.csv", "labels.csv", "Ada", label_of);
    report(folder, &[&DEMO[..], &["--labels", &path("labels.csv")]].concat())
}

#[test]
fn shares_stand_on_the_page_once_somebody_has_checked() {
    let folder = tempfile::tempdir().unwrap();
    let (page, json) = labelled_report(folder.path());
    let Some(mut browser) = Browser::open(&page) else { return };
    for (outlet, summary) in json["targets"][0]["outlets"].as_array().unwrap().iter().enumerate() {
        let own = &summary["strata"][0];
        assert_eq!((&own["voice"], &own["about"]), (&json!("outlet"), &json!("mention")));
        for (label, share) in own["shares"].as_array().unwrap().iter().enumerate() {
            let row = format!("#stance-0-{label} tr[data-outlet='{outlet}']");
            let cells = browser.value(&format!(
                "[...document.querySelectorAll(\"{row} td\")].map((cell) => cell.textContent)"
            ));
            let counted = format!("{} of {}", share["count"], own["sentences"]);
            assert_eq!(cells[3], json!(counted), "{row}");
        }
    }
    assert!(browser.complaints().is_empty(), "{:?}", browser.complaints());
}

#[test]
fn the_page_shows_the_figures_of_the_report_and_fetches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (page, json) = report(folder.path(), &DEMO);
    let Some(mut browser) = Browser::open(&page) else { return };
    for (outlet, summary) in json["targets"][0]["outlets"].as_array().unwrap().iter().enumerate() {
        let evidence = summary["evidence"].as_array().unwrap().len();
        let shown = browser
            .value(&format!("document.querySelectorAll('#e-0-{outlet} .sentences li').length"));
        assert_eq!(shown, json!(evidence));
        let corpus = browser.value(&format!(
            "+document.querySelector(\"#corpus-table tr[data-outlet='{outlet}']\").cells[2].dataset.value"
        ));
        assert_eq!(corpus.as_u64(), json["outlets"][outlet]["sentences"].as_u64());
    }
    let by_the_model_alone = "document.querySelectorAll('#stance, #voices, #timeline').length";
    assert_eq!(browser.value(by_the_model_alone), json!(0));
    let quotes = json["quotes"]["shared"].as_array().unwrap();
    for (number, quote) in quotes.iter().enumerate() {
        for (outlet, of) in quote["uses"].as_array().unwrap().iter().enumerate() {
            let shown = browser.value(&format!(
                "document.querySelectorAll('#quote-matrix tbody tr')[{number}]\
                 .querySelector(\"td[data-outlet='{outlet}'] .unseen\").textContent"
            ));
            assert_eq!(shown, of["use"], "quote {number}, outlet {outlet}");
        }
    }
    let lead = &json["targets"][0]["lead"];
    assert_eq!(browser.value("document.querySelector('h1').textContent"), lead["title"]);
    let shown = browser.value(
        "[...document.querySelectorAll('header .lead')].map((line) => line.firstChild.textContent)",
    );
    let shown: Vec<&str> =
        shown.as_array().unwrap().iter().map(|line| line.as_str().unwrap().trim_end()).collect();
    assert_eq!(json!(shown), lead["sentences"]);
    for (outlet, summary) in json["targets"][0]["outlets"].as_array().unwrap().iter().enumerate() {
        let row = format!(".stance-chart tr[data-outlet='{outlet}']");
        let counts = browser.value(&format!(
            "[...document.querySelectorAll(\"{row} .number\")].map((number) => +number.textContent)"
        ));
        let of = |stratum: usize| summary["strata"][stratum]["sentences"].clone();
        assert_eq!(counts, json!([of(0), of(2)]), "{row}");
        let squares = browser.value(&format!("document.querySelectorAll(\"{row} rect\").length"));
        assert_eq!(squares.as_u64(), Some(of(0).as_u64().unwrap() + of(2).as_u64().unwrap()));
    }
    assert!(browser.complaints().is_empty(), "{:?}", browser.complaints());
    let fetched = browser.fetched();
    assert!(
        fetched.iter().all(|url| url.starts_with("file://")) && fetched.len() == 1,
        "{fetched:?}"
    );
}

#[test]
fn filters_sorting_and_links_lead_to_the_sentences() {
    let folder = tempfile::tempdir().unwrap();
    let (page, _) = labelled_report(folder.path());
    let Some(mut browser) = Browser::open(&page) else { return };
    let visible =
        "[...document.querySelectorAll('.sentences li')].filter((line) => line.offsetParent)";
    let all = browser.value(&format!("{visible}.length")).as_u64().unwrap();

    // A figure opens its sentences.
    let of_figure = browser.value(
        "new Promise((done) => {
           const link = document.querySelector('#stance-0-0 td:last-child a');
           addEventListener('hashchange', () => setTimeout(() => done(link.hash)), { once: true });
           link.click();
         })",
    );
    let group = of_figure.as_str().unwrap().trim_start_matches('#');
    assert!(group.starts_with("e-0-") && group.ends_with("-own-0"), "{group}");
    let groups = format!("[...new Set({visible}.map((line) => line.closest('.group').id))].join()");
    assert_eq!(browser.value(&groups), json!(group));
    let own = browser.value(&format!("{visible}.length")).as_u64().unwrap();
    assert!(own > 0 && own < all);
    let rows = browser.value(
        "[...document.querySelectorAll('#corpus-table tbody tr')].filter((row) => !row.hidden).length",
    );
    assert_eq!(rows, json!(1));

    // The form narrows further, and says so in the address; everything comes back.
    let chosen = browser.value(
        "(() => {
           const form = document.getElementById('filter');
           form.elements.outlet.value = ''; form.elements.label.value = '';
           form.elements.voice.value = 'quoted';
           form.elements.speaker.value = 'Ines Carrow';
           form.dispatchEvent(new Event('change'));
           return location.hash;
         })()",
    );
    assert_eq!(chosen, json!("#show?voice=quoted&speaker=Ines+Carrow"));
    // Alone, or together with others.
    let speaks = "line.dataset.speaker.split('\\n').includes('Ines Carrow')";
    let speaking = format!("[{visible}.length > 0, {visible}.every((line) => {speaks})]");
    assert_eq!(browser.value(&speaking), json!([true, true]));
    browser.value("document.querySelector('#filter button').click()");
    assert_eq!(browser.value(&format!("{visible}.length")).as_u64(), Some(all));

    // Heads sort, by figure and by word.
    let sorted = browser.value(
        "(() => {
           const head = [...document.querySelectorAll('#corpus-table thead th')][3];
           const column = () => [...document.querySelectorAll('#corpus-table tbody tr')]
             .map((row) => +row.cells[3].dataset.value);
           head.querySelector('button').click();
           const falling = column();
           const first = head.getAttribute('aria-sort');
           head.querySelector('button').click();
           return [falling, column(), first, head.getAttribute('aria-sort')];
         })()",
    );
    let mut expected: Vec<u64> =
        sorted[0].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
    assert!(expected.is_sorted_by(|a, b| a >= b) && expected.len() == 5);
    expected.reverse();
    assert_eq!(sorted[1], json!(expected));
    assert_eq!((&sorted[2], &sorted[3]), (&json!("descending"), &json!("ascending")));
    assert!(browser.complaints().is_empty(), "{:?}", browser.complaints());
}

#[test]
fn a_table_of_which_nothing_is_left_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (page, _) = report(folder.path(), &DEMO);
    let Some(mut browser) = Browser::open(&page) else { return };
    let told = "[...document.querySelectorAll('.nothing')].filter((line) => !line.hidden).length";
    let empty = "[...document.querySelectorAll('main tbody')]
        .filter((list) => [...list.children].every((part) => part.hidden)).length";
    assert_eq!((browser.value(told), browser.value(empty)), (json!(0), json!(0)));
    browser.value(
        "(() => {
           const form = document.getElementById('filter');
           form.elements.voice.value = 'quoted';
           form.elements.speaker.value = 'Ines Carrow';
           form.dispatchEvent(new Event('change'));
         })()",
    );
    assert!(browser.value(told).as_u64().unwrap() > 0);
    assert_eq!(browser.value(empty), json!(0));
    browser.value("document.querySelector('#filter button').click()");
    assert_eq!(browser.value(told), json!(0));
}

#[test]
fn the_page_fits_narrow_and_wide_screens_and_is_whole_without_its_script() {
    let folder = tempfile::tempdir().unwrap();
    let (page, _) = labelled_report(folder.path());
    let Some(mut browser) = Browser::open(&page) else { return };
    if let Ok(folder) = std::env::var("FRAMESCOPE_PICTURES") {
        let screen = json!({"width": 1100, "height": 800, "deviceScaleFactor": 1, "mobile": false});
        browser.ask("Emulation.setDeviceMetricsOverride", screen);
        browser.picture(&Path::new(&folder).join("report-1100-light.png"));
    }
    browser.value("document.querySelectorAll('details').forEach((part) => part.open = true)");
    for width in [1280, 390] {
        let screen =
            json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        browser.ask("Emulation.setDeviceMetricsOverride", screen);
        let wide = browser.value(
            "[...document.querySelectorAll('body *')].filter((element) =>
               element.getBoundingClientRect().right > innerWidth + 1
               && !element.closest('.scroll, svg, pre, .unseen')).map((e) => e.outerHTML.slice(0, 90))",
        );
        assert_eq!(wide, json!([]), "at {width} pixels");
        assert_eq!(
            browser.value("document.scrollingElement.scrollWidth <= innerWidth"),
            json!(true)
        );
    }
    let narrowest = "Math.min(...[...document.querySelectorAll('td .strip')]
        .map((chart) => chart.getBoundingClientRect().width))";
    assert!(browser.value(narrowest).as_f64().unwrap() > 300.0, "charts fill a narrow screen");
    let is_stacked = "[...document.querySelectorAll('.stance-chart td')]
        .every((cell) => cell.getBoundingClientRect().right <= innerWidth)";
    assert_eq!(browser.value(is_stacked), json!(true));
    let loose = browser.value(
        "[...document.querySelectorAll('a[href^=\"#\"]')]
           .map((link) => link.getAttribute('href').slice(1))
           .filter((id) => !document.getElementById(id))",
    );
    assert_eq!(loose, json!([]), "every link has its place, also without the script");
    let ids = browser.value(
        "(() => { const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
           return ids.filter((id, at) => ids.indexOf(id) !== at); })()",
    );
    assert_eq!(ids, json!([]));
    browser.ask("Emulation.setScriptExecutionDisabled", json!({"value": true}));
    browser.events.clear();
    browser.go(&page);
    let dead = browser
        .value("[...document.querySelectorAll('button')].filter((b) => b.offsetParent).length");
    assert_eq!(dead, json!(0), "no control without the script");
}
